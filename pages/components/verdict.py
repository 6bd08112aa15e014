"""What the ratings say, drawn: the verdict in words, the advice it leads to, and where both come from."""

from collections.abc import Iterable
from datetime import date

import streamlit as st

from pages.components import resources
from unpinch import store
from unpinch.advice import Advice, Course, advise
from unpinch.catalogue import Catalogue, Sourced
from unpinch.database import Database
from unpinch.diary import CheckIn
from unpinch.findings import Urgency
from unpinch.trend import Trend, evidence, signed, trend
from unpinch.weeks import ratings_of

URGENCY_WORDS = {
    Urgency.SELF_CARE: "A thought",
    Urgency.SEE_CLINICIAN: "See a clinician",
    Urgency.URGENT: "Be seen today",
    Urgency.EMERGENCY: "Get help now",
}


def course(db: Database, check_ins: Iterable[CheckIn], catalogue: Catalogue, today: date) -> Course:
    """The verdict on today and what the advice looks at beside it."""
    entries = tuple(check_ins)
    ratings = ratings_of(entries, store.pain_entries(db))
    reaches = tuple((entry.day, entry.reach) for entry in entries if entry.reach is not None)
    return Course(trend(ratings, today, catalogue.thresholds), today, reaches)


def logged_advice(course: Course, catalogue: Catalogue) -> tuple[Advice, ...]:
    """The advice of today, noted once a day as shown."""
    given = advise(course, catalogue.advice, catalogue.thresholds)
    if given:
        at = resources.now()
        with resources.database() as db:
            for advice in given:
                store.log_advice(db, course.today, advice.id, at, list(advice.because))
    return given


def words(result: Trend, catalogue: Catalogue) -> Sourced:
    """The text for the direction, or for the reason why it is too early."""
    return catalogue.trend_texts[result.reason or result.direction]


def sentence(result: Trend, catalogue: Catalogue) -> str:
    """The verdict in one sentence."""
    title = words(result, catalogue).title
    if result.change is None or result.baseline is None:
        rated = f"{result.ratings} rated day{'s' if result.ratings != 1 else ''} so far"
        return f"{title}: {rated}." if result.ratings else f"{title}: no rated day yet."
    lately = result.baseline + result.change
    return f"{title}: {lately:.1f} on average lately, {result.baseline:.1f} in your starting week."


def draw(result: Trend, catalogue: Catalogue) -> None:
    """The verdict with its evidence."""
    text = words(result, catalogue)
    st.header(text.title)
    st.markdown(text.text)
    lines = list(evidence(result))
    if result.slope is not None and result.slope_low is not None and result.slope_high is not None:
        low, high = signed(result.slope_low), signed(result.slope_high)
        slopes = "" if low == high else f" ({low} to {high} with any one week left out)"
        lines.append(f"Slope: about {signed(result.slope)} points per week{slopes}.")
    if lines:
        st.markdown("\n".join(f"- {line}" for line in lines))
    _sources(text.sources, catalogue)


def draw_advice(given: Iterable[Advice], catalogue: Catalogue) -> None:
    """Each advice with the data that led to it and the rule behind it."""
    for advice in given:
        text = catalogue.advice[advice.id]
        with st.container(border=True):
            st.caption(URGENCY_WORDS[advice.urgency])
            st.markdown(f"### {text.title}")
            st.markdown(advice.text)
            with st.expander("Why this is shown"):
                st.markdown("\n".join(f"- {line}" for line in advice.because))
                st.markdown(f"The rule: {text.rule}")
                _sources(text.sources, catalogue)


def _sources(keys: Iterable[str], catalogue: Catalogue) -> None:
    titles = (catalogue.sources[key].title for key in keys)
    st.caption(f"Sources: {'; '.join(titles)}")
