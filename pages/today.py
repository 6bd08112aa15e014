"""What is due, how long since the last entry, the trend in one sentence; the check-in on the same screen."""

from datetime import timedelta

import streamlit as st

from pages.components.guard import via_app

via_app()

from pages.components import assessed, breaks, check_in, due, reminders, resources, verdict  # noqa: E402
from unpinch import store  # noqa: E402
from unpinch.findings import Urgency  # noqa: E402
from unpinch.routine import Routine  # noqa: E402

catalogue, today = resources.catalogue(), resources.today()
assessment = assessed.latest(catalogue)
habits = due.habits(assessment, catalogue)
with resources.database() as db:
    check_ins = store.check_ins(db)
    course = verdict.course(db, check_ins, catalogue, today)
    agenda = due.agenda(db, check_ins, assessment, today)

st.title("Today")
st.caption(f"{today:%A}, {today.day} {today:%B}")
check_in.messages()

if agenda.task is due.Task.BEGIN:
    st.markdown(due.WELCOME)
elif agenda.task is due.Task.RESCREEN:
    st.markdown("You reported a possible danger sign. Please go through the warning signs before anything else.")
elif agenda.task is due.Task.CONTINUE:
    st.markdown("Your assessment is not finished. It continues where you left it.")
if agenda.task is not due.Task.BEGIN:
    st.markdown(f"{due.since_last(agenda.days_since)} {verdict.sentence(course.trend, catalogue)}")
if assessment is not None and assessment.assessment.urgency >= Urgency.URGENT:
    st.page_link("pages/assess.py", label="Your answers call for care first: see what to do now")
for advice in verdict.logged_advice(course, catalogue)[:1]:
    with st.container(border=True):
        st.markdown(f"**{catalogue.advice[advice.id].title}.** {' '.join(advice.because)}")
        st.page_link("pages/trends.py", label="What to do, and why this is shown")

if agenda.task in due.ASSESS_LABELS:
    if st.button(due.ASSESS_LABELS[agenda.task], type="primary"):
        if agenda.task is due.Task.RESCREEN:
            assessed.begin(catalogue)
        st.switch_page("pages/assess.py")
elif agenda.task is due.Task.ROUTINE:
    if st.button("Start today's routine", type="primary"):
        st.switch_page("pages/routine.py")
elif agenda.task is due.Task.NOTHING:
    st.markdown("Check-in and routine are done for today.")

asked = agenda.task is due.Task.CHECK_IN
latest = check_ins[-1] if check_ins else None
if asked:
    st.header("Check-in")
    check_in.form(habits, latest, main=True)
elif agenda.task is not due.Task.BEGIN or check_ins:
    correcting = st.session_state.get("check_in_corrected") is not None
    with st.expander("Another check-in" if agenda.checked_in else "Check-in", expanded=correcting):
        check_in.form(habits, latest, main=False)

recent = [entry for entry in reversed(check_ins) if today - timedelta(days=1) <= entry.day <= today]
if recent:
    st.header("Entries of today and yesterday")
    check_in.entries(recent)
if agenda.routine_due and asked:
    st.page_link("pages/routine.py", label="Straight to the routine")
if assessment is not None and isinstance(assessment.routine, Routine):
    box = st.expander("Breaks from sitting, and reminders", key="breaks", on_change="rerun")
    if box.open:
        with box:
            breaks.panel(catalogue)
            reminders.draw(catalogue, breaks.chosen(catalogue).minutes, assessment.routine.minutes)
