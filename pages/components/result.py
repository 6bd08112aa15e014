"""The result: what to do now first, then the pattern, what feeds it, the routine, and what it cannot tell."""

import streamlit as st

from pages.components import assessed, notice
from pages.components.citations import Cited
from unpinch.catalogue import Catalogue
from unpinch.findings import Urgency
from unpinch.pattern import COUNTER, SUPPORTING
from unpinch.routine import Routine


def draw(latest: assessed.Latest, catalogue: Catalogue) -> None:
    """The whole page of a finished assessment."""
    urgency = latest.assessment.urgency
    st.title(notice.HEADLINE[urgency])
    numbers = notice.country(catalogue)
    if urgency >= Urgency.URGENT:
        for one in latest.assessment.findings:
            if one.urgency >= Urgency.URGENT:
                notice.finding(one, catalogue, numbers, latest.said)
        st.markdown(
            "Exercises are not shown until somebody has looked at this. If you answered by mistake, change it."
        )
        _change(catalogue)
        return
    if urgency is Urgency.SELF_CARE:
        st.markdown(notice.NOT_RULED_OUT)
    for one in latest.assessment.at(Urgency.SEE_CLINICIAN):
        notice.finding(one, catalogue, numbers, latest.said)
    cited = Cited(catalogue)
    _pattern(latest, catalogue, cited)
    _habits(latest, catalogue, cited)
    _routine(latest, catalogue)
    _cautions(latest, catalogue, cited, numbers)
    _limits(cited)
    cited.draw()
    _change(catalogue)


def _pattern(latest: assessed.Latest, catalogue: Catalogue, cited: Cited) -> None:
    pattern = latest.assessment.pattern
    if pattern is None:
        return
    st.header("How it compares")
    text = catalogue.pattern[pattern.match]
    st.markdown(text.text + cited.mark(*text.sources))
    columns = st.columns(3)
    groups = (
        ("Fits", pattern.has, SUPPORTING),
        ("Missing or not known", pattern.lacks, SUPPORTING),
        ("Speaks against", pattern.against, COUNTER),
    )
    for column, (title, features, _) in zip(columns, groups, strict=True):
        with column:
            st.markdown(f"**{title}**")
            lines = [
                f"- {catalogue.pattern[name].text}{cited.mark(*catalogue.pattern[name].sources)}"
                for name in features
            ]
            st.markdown("\n".join(lines) or "Nothing")
    items = [item for _, features, where in groups for name in features for item in where[name]]
    notice.because(dict.fromkeys(items), latest.said)


def _habits(latest: assessed.Latest, catalogue: Catalogue, cited: Cited) -> None:
    if not latest.routine.habits:
        return
    st.header("What in your days may feed it")
    for change in latest.routine.habits:
        habit = catalogue.habits[change.habit]
        with st.container(border=True):
            st.markdown(f"**{habit.name}.** {habit.change} {cited.mark(*habit.sources)}")
            notice.because(change.because, latest.said)


def _routine(latest: assessed.Latest, catalogue: Catalogue) -> None:
    routine = latest.routine
    if not isinstance(routine, Routine):
        st.header("Exercises wait")
        titles = ", ".join(catalogue.findings[name].title.lower() for name in routine.because)
        st.markdown(
            f"They wait until somebody has looked at this: {titles}. Easy walking and the changes above remain."
        )
        return
    st.header("Your routine")
    if routine.steps:
        names = " · ".join(step.exercise.name for step in routine.steps)
        st.markdown(f"{names}\n\nAbout {routine.minutes:.0f} minutes a session.")
        if st.button("See the routine", type="primary"):
            st.switch_page("pages/routine.py")
    else:
        st.markdown(
            "No exercise fits these answers. What remains: short walks, easy positions, and breaks from sitting."
        )
    left_out = [out for out in routine.excluded if out.findings]
    if left_out:
        with st.expander(f"Left out for your safety ({len(left_out)})"):
            st.markdown("\n".join(_left_out(out.exercise, out.findings, catalogue) for out in left_out))


def _left_out(exercise: str, findings: tuple[str, ...], catalogue: Catalogue) -> str:
    reasons = " ".join(catalogue.findings[name].meaning for name in findings)
    return f"- **{catalogue.exercises[exercise].name}**: {reasons}"


def _cautions(latest: assessed.Latest, catalogue: Catalogue, cited: Cited, numbers: notice.Country) -> None:
    notes = latest.assessment.at(Urgency.SELF_CARE)
    if notes:
        with st.expander(f"Good to know about your answers ({len(notes)})"):
            for one in notes:
                text = catalogue.findings[one.id]
                st.markdown(
                    f"**{text.title}.** {text.meaning} {notice.with_numbers(text.do, numbers)}{cited.mark(*text.sources)}"
                )


def _limits(cited: Cited) -> None:
    st.header("What this cannot tell")
    st.markdown(
        "Nobody has examined you here. Reflexes, strength against a hand and pictures can show what answers cannot. "
        "No published figure says how accurate such self-checks are at home"
        + cited.mark("martin-2014", "michel-2013")
        + ". If a danger sign appears, or you are worried, get help whatever this page says."
    )


def _change(catalogue: Catalogue) -> None:
    def change() -> None:
        assessed.begin(catalogue, page="summary", keep=True)

    def repeat() -> None:
        assessed.begin(catalogue)

    with st.container(horizontal=True):
        st.button("Change an answer", on_click=change)
        st.button("Do it again from the start", on_click=repeat)
