"""What must be said: danger signs everywhere, findings with their way to act, and why a routine is held back."""

import re
from collections.abc import Iterable, Mapping

import streamlit as st

from pages.components import assessed, resources
from unpinch import store
from unpinch.catalogue import Catalogue, Country
from unpinch.findings import Assessment, Finding, Urgency
from unpinch.routine import Status, Withheld

HEADLINE = {
    Urgency.EMERGENCY: "Get help now",
    Urgency.URGENT: "Be seen today",
    Urgency.SEE_CLINICIAN: "See a clinician soon",
    Urgency.SELF_CARE: "You can start with self-care",
}
NOT_RULED_OUT = (
    "You did not report any of the warning signs today. That does not rule them out. If any appear, stop and get help."
)


def danger_link() -> None:
    """The way to the danger signs, from any page."""
    st.page_link("pages/danger_signs.py", label="Danger signs: when to get help now", icon=":material/warning:")


def way(page: str, label: str) -> None:
    """A way on to another page, with an arrow."""
    st.page_link(page, label=label, icon=":material/arrow_forward:", icon_position="right")


def footer(title: str) -> None:
    """The last lines of every page."""
    st.space("medium")
    if title != "Danger signs":
        danger_link()
    st.caption("Unpinch does not diagnose. No clinician has reviewed it. Your entries stay on this computer.")


def demo_banner() -> None:
    """Says on every page that the data are made up, where they are."""
    if resources.is_demo():
        st.info("Sample data: twelve made-up weeks. Your own data are not touched.")


def country(catalogue: Catalogue) -> Country:
    """The numbers of the country that the person chose, or the words that fit any."""
    with resources.database() as db:
        consent = store.last_consent(db)
    chosen = consent.country if consent else "other"
    return catalogue.countries.get(chosen, catalogue.countries["other"])


def with_numbers(text: str, numbers: Country) -> str:
    """A text of content/ with the numbers to call filled in."""
    return text.format(emergency=numbers.emergency, urgent=numbers.urgent)


def whom_to_call(urgency: Urgency, numbers: Country) -> None:
    """The number before anything else, large; on a phone a touch calls it."""
    whom = numbers.emergency if urgency is Urgency.EMERGENCY else numbers.urgent
    number = re.match(r"\d+$", whom)
    if number:
        st.metric("The number to call", number[0])
        st.link_button(f"Call {number[0]}", f"tel:{number[0]}", type="primary", icon=":material/call:")
    else:
        st.header(f"Call {whom}", anchor=False)


def finding(one: Finding, catalogue: Catalogue, numbers: Country, said: Mapping[str, str]) -> None:
    """One finding: what it is, what to do, what to say, and the answers behind it."""
    text = catalogue.findings[one.id]
    loud = one.urgency >= Urgency.URGENT
    with st.container(border=True):
        st.markdown(f"{'####' if loud else '#####'} {text.title}")
        st.markdown(text.meaning)
        st.markdown(f"**{with_numbers(text.do, numbers)}**" if loud else with_numbers(text.do, numbers))
        if text.say:
            st.markdown(f"**What to say:** {text.say}")
        because(one.because, said, catalogue, one.id)


def because(items: Iterable[str], said: Mapping[str, str], catalogue: Catalogue | None = None, place: str = "") -> None:
    """ "Because you answered …", closed until wanted.

    With the catalogue, and a `place` that no other on the page has, it leads to the screens of these answers.
    """
    named = tuple(items)
    if lines := answered(named, said):
        with st.expander("Why: because you answered", type="compact"):
            st.markdown(lines)
            if catalogue:
                ways_to_change(named, catalogue, place)


def answered(items: Iterable[str], said: Mapping[str, str]) -> str:
    """What was said to some items, as a list; empty where none was answered."""
    return "\n".join(f"- {said[item]}" for item in items if item in said)


def ways_to_change(items: Iterable[str], catalogue: Catalogue, place: str) -> None:
    """A button for each screen that asks one of the items: it opens a correction there."""
    asked = catalogue.questionnaire
    screens = dict.fromkeys(asked.item(item).page for item in items)
    titles = {screen.id: screen.title for screen in asked.screens}
    with st.container(horizontal=True, gap="small"):
        for screen in screens:
            if st.button(
                f"Change: {titles[screen]}",
                key=f"correct:{place}:{screen}",
                type="tertiary",
                icon=":material/edit:",
                on_click=assessed.begin_correction,
                args=(catalogue, screen),
            ):
                st.switch_page("pages/assess.py")  # from another page; here the screen is already drawn instead


def withheld(routine: Withheld, assessment: Assessment, catalogue: Catalogue, said: Mapping[str, str]) -> None:
    """Why there are no exercises, what to do, and what remains."""
    blocked = routine.status is Status.BLOCKED
    st.title(HEADLINE[assessment.urgency] if blocked else "Exercises wait", anchor=False)
    st.markdown("Exercises are not shown until somebody has looked at this.")
    numbers = country(catalogue)
    for one in assessment.findings:
        if one.id in routine.because:
            finding(one, catalogue, numbers, said)
    if routine.habits:
        st.header("What remains", anchor=False)
        for change in routine.habits:
            habit = catalogue.habits[change.habit]
            st.markdown(f"- **{habit.name}.** {habit.change}")
