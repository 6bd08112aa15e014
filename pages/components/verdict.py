"""What the ratings say, drawn: the verdict in words, the advice it leads to, and where both come from."""

from collections.abc import Iterable

import streamlit as st

from pages.components import course, saving
from unpinch.advice import Advice
from unpinch.catalogue import Catalogue, Sourced
from unpinch.evidence import evidence, high_pain, signed
from unpinch.findings import Urgency
from unpinch.trend import Trend
from unpinch.weeks import OF_A_DAY

URGENCY_WORDS = {
    Urgency.SELF_CARE: "A thought",
    Urgency.SEE_CLINICIAN: "See a clinician",
    Urgency.URGENT: "Be seen today",
    Urgency.EMERGENCY: "Get help now",
}
READ, ARRANGED = "I have read this", "I have arranged it"


def words(result: Trend, catalogue: Catalogue) -> Sourced:
    """The text for the direction, or for the reason why it is too early."""
    return catalogue.trend_texts[result.reason or result.direction]


def sentence(result: Trend, catalogue: Catalogue) -> str:
    """The verdict in one sentence."""
    title = words(result, catalogue).title
    if result.change is None or result.baseline is None:
        kind = "rated day" if result.days == OF_A_DAY else "rated week"
        rated = f"{result.ratings} {kind}{'s' if result.ratings != 1 else ''} so far"
        return f"{title}: {rated}." if result.ratings else f"{title}: no rated day yet."
    lately = result.baseline + result.change
    return f"{title}: {lately:.1f} on average lately, {result.baseline:.1f} in your starting week."


def draw(result: Trend, catalogue: Catalogue) -> None:
    """The verdict with its evidence."""
    text = words(result, catalogue)
    st.header(text.title, anchor=False)
    st.markdown(text.text)
    lines = list(evidence(result))
    if result.slope is not None and result.slope_low is not None and result.slope_high is not None:
        low, high = signed(result.slope_low), signed(result.slope_high)
        slopes = "" if low == high else f" ({low} to {high} with any one week left out)"
        lines.append(f"Slope: about {signed(result.slope)} points per week{slopes}.")
    if in_high_pain := high_pain(result, catalogue.thresholds["high_pain_nrs"]):
        lines.append(in_high_pain)
    if lines:
        st.markdown("\n".join(f"- {line}" for line in lines))
    _sources(text.sources, catalogue)


def draw_advice(given: Iterable[Advice], catalogue: Catalogue) -> None:
    """Each advice with the data that led to it and the rule behind it; what was put aside is folded together."""
    shown = tuple(given)
    for advice in shown:
        if advice.acknowledged_at is None:
            with st.container(border=True):
                st.caption(URGENCY_WORDS[advice.urgency])
                st.markdown(f"### {catalogue.advice[advice.id].title}")
                st.markdown(advice.text)
                with st.expander("Why this is shown"):
                    _because(advice, catalogue)
                if advice.may_be_put_aside:
                    done = READ if advice.urgency is Urgency.SELF_CARE else ARRANGED
                    st.button(done, key=f"put_aside_{advice.id}", on_click=_put_aside, args=(advice, catalogue))
    if folded := [advice for advice in shown if advice.acknowledged_at is not None]:
        with st.expander(f"Advice you have dealt with ({len(folded)})"):
            for advice in folded:
                st.markdown(f"**{catalogue.advice[advice.id].title}.** {advice.text}")
                _because(advice, catalogue)
                st.button("Show again", key=f"again_{advice.id}", on_click=_show_again, args=(advice, catalogue))


def _because(advice: Advice, catalogue: Catalogue) -> None:
    text = catalogue.advice[advice.id]
    st.markdown("\n".join(f"- {line}" for line in advice.because))
    st.markdown(f"The rule: {text.rule}")
    _sources(text.sources, catalogue)


@saving.told()
def _put_aside(advice: Advice, catalogue: Catalogue) -> None:
    course.put_aside(advice, catalogue)


@saving.told()
def _show_again(advice: Advice, catalogue: Catalogue) -> None:
    course.show_again(advice, catalogue)


def _sources(keys: Iterable[str], catalogue: Catalogue) -> None:
    titles = (catalogue.sources[key].title for key in keys)
    st.caption(f"Sources: {'; '.join(titles)}")
