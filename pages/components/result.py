"""The result: what to do now first, then the pattern, what feeds it, the routine, and what it cannot tell."""

import streamlit as st

from pages.components import assessed, handing_over, history, measures, notice, resources
from pages.components.citations import Cited
from unpinch.catalogue import Catalogue
from unpinch.findings import Urgency
from unpinch.indications import fair_try
from unpinch.pattern import COUNTER, SUPPORTING
from unpinch.routine import Routine

NEIGHBOURS_VARIANT = "knee_to_opposite_shoulder"


def draw(latest: assessed.Latest, catalogue: Catalogue) -> None:
    """The whole page of a finished assessment."""
    urgency = latest.assessment.urgency
    st.title(notice.HEADLINE[urgency], anchor=False)
    numbers = notice.country(catalogue)
    if urgency >= Urgency.URGENT:
        _get_help(latest, catalogue, numbers)
        return
    cited = Cited(catalogue)
    _now(latest, catalogue, numbers)
    _pattern(latest, catalogue, cited)
    _habits(latest, catalogue, cited)
    _routine(latest, catalogue, cited)
    _cautions(latest, catalogue, cited, numbers)
    history.draw(assessed.past(catalogue), catalogue, cited)
    _limits(cited)
    cited.draw()
    measures.draw(catalogue)
    if urgency is Urgency.SELF_CARE:
        handing_over.button(latest, catalogue)
    _again(catalogue)


def _get_help(latest: assessed.Latest, catalogue: Catalogue, numbers: notice.Country) -> None:
    """Nothing but whom to call, what to say, and why."""
    notice.whom_to_call(latest.assessment.urgency, numbers)
    for one in latest.assessment.findings:
        if one.urgency >= Urgency.URGENT:
            notice.finding(one, catalogue, numbers, latest.said)
    handing_over.button(latest, catalogue)
    st.markdown("Exercises are not shown until somebody has looked at this. If you answered by mistake, change it.")
    _again(catalogue)


def _now(latest: assessed.Latest, catalogue: Catalogue, numbers: notice.Country) -> None:
    """What to do now: whom to see and when, or where to begin."""
    if latest.assessment.urgency is Urgency.SELF_CARE:
        st.markdown(notice.NOT_RULED_OUT)
    for one in latest.assessment.at(Urgency.SEE_CLINICIAN):
        notice.finding(one, catalogue, numbers, latest.said)
    for one in latest.assessment.at(Urgency.SELF_CARE):
        if (text := catalogue.findings[one.id]).near_miss:
            with st.container(border=True):
                st.markdown(f"**{text.title}.** {text.meaning} {notice.with_numbers(text.do, numbers)}")
    if latest.assessment.urgency is Urgency.SEE_CLINICIAN:
        handing_over.button(latest, catalogue)
    if assessed.repeat_due(latest.stored.day, resources.today(), catalogue.thresholds):
        since = (resources.today() - latest.stored.day).days
        st.info(f"These answers are {since} days old. Answer again to see what has changed; what lasts is filled in.")
        st.button("Answer again", on_click=assessed.begin, args=(catalogue,))
    routine = latest.routine
    if isinstance(routine, Routine) and routine.steps:
        number = len(routine.steps)
        st.markdown(
            f"Your routine has {number} exercise{'s' * (number > 1)} and takes about {routine.minutes:.0f} minutes."
        )
        if st.button("See the routine", type="primary"):
            st.switch_page("pages/routine.py")


def _pattern(latest: assessed.Latest, catalogue: Catalogue, cited: Cited) -> None:
    pattern = latest.assessment.pattern
    if pattern is None:
        return
    st.header("How it compares", anchor=False)
    text = catalogue.pattern[pattern.match]
    st.markdown(text.text + cited.mark(*text.sources))
    groups = (
        ("Fits", pattern.has, SUPPORTING),
        ("Missing or not known", pattern.lacks, SUPPORTING),
        ("Speaks against", pattern.against, COUNTER),
    )
    for column, (title, features, _) in zip(st.columns(3), groups, strict=True):
        with column:
            st.markdown(f"**{title}**")
            lines = [
                f"- {catalogue.pattern[name].text}{cited.mark(*catalogue.pattern[name].sources)}" for name in features
            ]
            st.markdown("\n".join(lines) or "Nothing")
    behind = dict.fromkeys(item for _, features, items in groups for name in features for item in items[name])
    notice.because(behind, latest.said, catalogue, "pattern")


def _habits(latest: assessed.Latest, catalogue: Catalogue, cited: Cited) -> None:
    if not latest.routine.habits:
        return
    st.header("What in your days may feed it", anchor=False)
    for change in latest.routine.habits:
        habit = catalogue.habits[change.habit]
        with st.container(border=True):
            st.markdown(f"**{habit.name}.** {habit.change} {cited.mark(*habit.sources)}")
            notice.because(change.because, latest.said, catalogue, change.habit)


def _routine(latest: assessed.Latest, catalogue: Catalogue, cited: Cited) -> None:
    routine = latest.routine
    if not isinstance(routine, Routine):
        st.header("Exercises wait", anchor=False)
        titles = ", ".join(catalogue.findings[name].title.lower() for name in routine.because)
        st.markdown(
            f"They wait until somebody has looked at this: {titles}. Easy walking and the changes above remain."
        )
        _neighbours(latest, catalogue, cited)
        return
    st.header("Your routine, and why", anchor=False)
    for step in routine.steps:
        with st.container(border=True):
            st.markdown(f"**{step.exercise.name}**, {step.dose.text} {cited.mark(*step.sources)}")
            notice.because(step.because, latest.said, catalogue, step.exercise.id)
    if not routine.steps:
        st.markdown(
            "No exercise fits these answers. What remains: short walks, easy positions, and breaks from sitting."
        )
    _neighbours(latest, catalogue, cited)
    left_out = [out for out in routine.excluded if out.findings]
    if left_out:
        with st.expander(f"Left out for your safety ({len(left_out)})"):
            ruling = [one for one in latest.assessment.findings if any(one.id in out.findings for out in left_out)]
            for one in ruling:
                names = [catalogue.exercises[out.exercise].name for out in left_out if one.id in out.findings]
                st.markdown(f"**{', '.join(names)}.** {catalogue.findings[one.id].meaning}")
            _behind([item for one in ruling for item in one.because], latest, catalogue, "left_out")


def _neighbours(latest: assessed.Latest, catalogue: Catalogue, cited: Cited) -> None:
    """After a fair try: it may be another of the deep muscles, and which variant reaches them."""
    tried = fair_try(latest.response, catalogue.thresholds)
    if not tried:
        return
    name = catalogue.exercises[NEIGHBOURS_VARIANT].name
    routine = latest.routine
    steps = routine.steps if isinstance(routine, Routine) else ()
    if any(step.exercise.id == NEIGHBOURS_VARIANT for step in steps):
        variant = f"That is why **{name}** is in your routine: it lengthens them at another angle."
    else:
        variant = f"A variant at another angle is **{name}**; it is not in your routine now, so ask before you try it."
    with st.container(border=True):
        st.markdown(
            "**If the usual stretches have done little.** The sore spot may be one of the small muscles beside the "
            f"piriformis, which the figure-4 hardly reaches. {variant}{cited.mark('seed-002', 'mcgovern-2017')}"
        )
        st.page_link("pages/learn.py", label="The neighbours, and what to try", query_params={"read": "neighbours"})
        notice.because(tried, latest.said, catalogue, "neighbours")


def _cautions(latest: assessed.Latest, catalogue: Catalogue, cited: Cited, numbers: notice.Country) -> None:
    notes = [one for one in latest.assessment.at(Urgency.SELF_CARE) if not catalogue.findings[one.id].near_miss]
    if not notes:
        return
    with st.expander(f"Good to know about your answers ({len(notes)})"):
        for one in notes:
            text = catalogue.findings[one.id]
            do = notice.with_numbers(text.do, numbers)
            st.markdown(f"**{text.title}.** {text.meaning} {do}{cited.mark(*text.sources)}")
        _behind([item for one in notes for item in one.because], latest, catalogue, "notes")


def _behind(items: list[str], latest: assessed.Latest, catalogue: Catalogue, place: str) -> None:
    """The answers behind what stands in an expander, and the ways to change them."""
    named = tuple(dict.fromkeys(items))
    st.markdown(
        "Because you answered:\n\n" + "\n".join(f"- {latest.said[item]}" for item in named if item in latest.said)
    )
    notice.ways_to_change(named, catalogue, place)


def _limits(cited: Cited) -> None:
    st.header("What this cannot tell", anchor=False)
    st.markdown(
        "Nobody has examined you here. Reflexes, strength against a hand and pictures can show what answers cannot. "
        "No published figure says how accurate such self-checks are at home"
        + cited.mark("martin-2014", "michel-2013")
        + ". If a danger sign appears, or you are worried, get help whatever this page says."
    )


def _again(catalogue: Catalogue) -> None:
    with st.container(horizontal=True):
        st.button("Change an answer", on_click=assessed.begin_correction, args=(catalogue,))
        st.button("Do it again from the start", on_click=assessed.begin, args=(catalogue,))
