"""What is due, how long since the last entry, the trend in one sentence; the check-in on the same screen."""

import streamlit as st

from pages.components.guard import via_app

via_app()

from pages.components import assessed, check_in, draft, due, notice, resources, today_more, verdict  # noqa: E402
from pages.components import course as gathered  # noqa: E402
from unpinch.findings import Urgency  # noqa: E402

catalogue, today = resources.catalogue(), resources.today()
assessment = assessed.latest(catalogue)
habits = due.habits(assessment, catalogue)
with resources.database() as db:
    course = gathered.course(db, catalogue, today)
    agenda = due.agenda(db, assessment, today)
    recent = today_more.recent(db, agenda)

st.title("Today", anchor=False)
st.caption(f"{today:%A}, {today.day} {today:%B}")
check_in.messages()

if agenda.task is due.Task.BEGIN:
    st.markdown(due.WELCOME)
elif agenda.task is due.Task.RESCREEN:
    st.markdown("You reported a possible danger sign. Please go through the warning signs before anything else.")
elif agenda.task is due.Task.CONTINUE:
    st.markdown("Your assessment is not finished. It continues where you left it.")
if agenda.task is not due.Task.BEGIN:
    st.markdown(f"{due.since_last(agenda)} {verdict.sentence(course.trend, catalogue)}")
if assessment is not None and assessment.assessment.urgency >= Urgency.URGENT:
    notice.way("pages/assess.py", "Your answers call for care first: see what to do now")
if advice := gathered.for_today(gathered.logged_advice(course, catalogue)):
    with st.container(border=True):
        st.markdown(f"**{catalogue.advice[advice.id].title}.** {' '.join(advice.because)}")
        notice.way("pages/trends.py", "What to do, and why this is shown")

correcting = draft.corrected() is not None
asked = agenda.task is due.Task.CHECK_IN
if agenda.task in due.ASSESS_LABELS:
    if st.button(due.ASSESS_LABELS[agenda.task], type="secondary" if correcting else "primary"):
        if agenda.task is due.Task.RESCREEN:
            assessed.begin(catalogue)
        st.switch_page("pages/assess.py")
elif agenda.task is due.Task.ROUTINE and not correcting:
    if st.button("Start today's routine", type="primary"):
        st.switch_page("pages/routine.py")
elif agenda.task is due.Task.NOTHING:
    st.markdown(due.DONE)

known = agenda.task is not due.Task.BEGIN or agenda.last is not None or bool(recent)
if correcting or asked:
    st.header("Correct an entry" if correcting else "Check-in", anchor=False)
    check_in.form(habits, agenda.last, agenda.every, main=True)
elif known:
    with st.expander("Another check-in" if agenda.checked_in else "Check-in"):
        check_in.form(habits, agenda.last, agenda.every, main=False)
if agenda.routine_due and asked:
    notice.way("pages/routine.py", "Straight to the routine")
if known:
    today_more.draw(catalogue, assessment, agenda, recent)
