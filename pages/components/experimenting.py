"""Trying one change at a time: written down first, compared by the trend's thresholds, judged at the end."""

from datetime import date, timedelta

import streamlit as st

from pages.components import assessed, receipts, resources, tried
from pages.components.form import Form
from pages.components.measures import plain
from pages.components.question import ink
from pages.components.receipts import Receipt
from unpinch import store
from unpinch.catalogue import Catalogue
from unpinch.experiment import Experiment, Stage
from unpinch.findings import Urgency

PLACE = "experiment"
TEXT_LENGTH = 160
_FORM, _PROBLEM = Form("experiment"), "experiment_problem"
CARE_FIRST = (
    "Your latest answers call for care first. What a clinician says comes before any experiment; afterwards, answer"
    " the assessment again."
)


def draw(catalogue: Catalogue, today: date) -> None:
    """A line while an experiment runs or has just ended, and the section, closed until it is wanted."""
    with resources.database() as db:
        written = store.experiments(db)
    if written and (line := tried.line(written[-1], today)):
        st.markdown(line)
    box = st.expander("Try one change", key="experiment", on_change="rerun")
    if not box.open:
        return
    with box:
        t = catalogue.thresholds
        least, most = int(t["experiment_weeks_least"]), int(t["experiment_weeks_most"])
        st.markdown(
            f"One change for {least} to {most} weeks, compared with as many weeks before it. The question comes first."
        )
        receipts.draw(PLACE)
        blocked = _blocked(catalogue)
        current = [one for one in written if one.stage(today) is not Stage.OVER]
        for one in current:
            _current(one, catalogue, today)
        _past([one for one in written if one.stage(today) is Stage.OVER], catalogue, today)
        if blocked:
            st.info(blocked)
            if st.button("Go to the assessment", key="experiment_assess"):
                st.switch_page("pages/assess.py")
        elif not current:
            _form(least, most, catalogue, today)


def _blocked(catalogue: Catalogue) -> str:
    """Why none can begin now; empty when one can."""
    latest = assessed.latest(catalogue)
    if latest is None:
        return "The warning signs come first: an experiment can begin after the assessment."
    with resources.database() as db:
        alarm = store.last_rescreen(db)
    reported = alarm is not None and alarm.positive and alarm.at >= latest.finished_at
    return CARE_FIRST if reported or latest.assessment.urgency >= Urgency.URGENT else ""


def _current(one: Experiment, catalogue: Catalogue, today: date) -> None:
    with st.container(border=True):
        st.subheader(plain(one.question), anchor=False)
        st.markdown(f"The change: {plain(one.change)}")
        tried.progress(one, catalogue, today)
        with st.container(horizontal=True):
            if one.stage(today) is Stage.RUNNING:
                st.button("Stop it today", key=f"experiment_stop_{one.uid}", on_click=_stop, args=(one, today))
            st.button("Remove it", key=f"experiment_remove_{one.uid}", on_click=_remove, args=(one, today))


def _past(over: list[Experiment], catalogue: Catalogue, today: date) -> None:
    """The last one with its verdict; those before it once they are asked for."""
    every = len(over) > 1 and st.toggle("Earlier experiments, too", key="experiments_all")
    for one in reversed(over if every else over[-1:]):
        with st.container(border=True):
            st.subheader(plain(one.question), anchor=False)
            st.markdown(f"The change: {plain(one.change)}")
            tried.judged(one, catalogue, today)
            st.button("Remove it", key=f"experiment_remove_{one.uid}", on_click=_remove, args=(one, today))


def _form(least: int, most: int, catalogue: Catalogue, today: date) -> None:
    lengths = range(least, most + 1)
    st.text_input(
        "Your question", max_chars=TEXT_LENGTH, autocomplete="off",
        placeholder="Does getting up every half hour lower my pain?", **_FORM.kept("question"),
    )  # fmt: skip
    st.text_input(
        "The one change", max_chars=TEXT_LENGTH, autocomplete="off",
        placeholder="A timer at 30 minutes on working days", **_FORM.kept("change"),
    )  # fmt: skip
    _FORM.begin("weeks", lengths[0])
    st.segmented_control("Weeks of the change", list(lengths), required=True, format_func=ink, **_FORM.kept("weeks"))
    day = f"first_{today}"  # another one each day: what was the earliest day once may not be one any more
    _FORM.begin(day, today + timedelta(days=1))
    latest = today + timedelta(days=catalogue.thresholds["experiment_start_days"])
    st.date_input("It begins on", min_value=today, max_value=latest, format="DD/MM/YYYY", **_FORM.kept(day))
    first, weeks = _FORM.value(day), _FORM.value("weeks")
    if first and weeks:
        tried.preview(first, int(weeks), catalogue)
    if problem := st.session_state.pop(_PROBLEM, None):
        st.warning(problem)
    st.button("Start the experiment", key=_FORM.key("start"), on_click=_start, args=(catalogue, today))


def _start(catalogue: Catalogue, today: date) -> None:
    receipts.give(PLACE, None)
    question, change = (" ".join(str(_FORM.value(name) or "").split()) for name in ("question", "change"))
    first, weeks = _FORM.value(f"first_{today}"), _FORM.value("weeks")
    if _blocked(catalogue):
        return
    if not (question and change and first and weeks):
        st.session_state[_PROBLEM] = "Write down the question and the change first, then start. Nothing was saved."
        return
    one = Experiment(_FORM.uid(), question, change, first, int(weeks), resources.now(), resources.timezone())
    added: list[bool] = []
    receipt = Receipt(
        "Written down.", lambda db: store.delete_experiment(db, one.uid, one.at), Receipt("Removed again.")
    )
    if receipts.write(PLACE, lambda db: added.append(store.add_experiment(db, one, today)), receipt):
        _FORM.turn_to()
        if added == [False]:
            receipts.give(PLACE, Receipt("Nothing was changed: another experiment is planned or running."))


def _stop(one: Experiment, today: date) -> None:
    receipt = Receipt(
        "Stopped. Today counts as its last day.", lambda db: store.resume_experiment(db, one.uid, today),
        Receipt("It goes on, unless another has begun."),
    )  # fmt: skip
    receipts.write(PLACE, lambda db: store.stop_experiment(db, one.uid, today), receipt)


def _remove(one: Experiment, today: date) -> None:
    at = resources.now()
    receipt = Receipt(
        "Removed.", lambda db: store.restore_experiment(db, one.uid, today), Receipt("Back again, unless another runs.")
    )
    receipts.write(PLACE, lambda db: store.delete_experiment(db, one.uid, at), receipt)
