"""The recommended routine: the gate, what to do today and why, the player, and how it felt."""

import streamlit as st

from pages.components.guard import via_app

via_app()

from pages.components import assessed, exercise_card, notice, rescreening, resources, session  # noqa: E402
from pages.components.citations import Cited  # noqa: E402
from unpinch import store  # noqa: E402
from unpinch.rescreen import Gate, gate  # noqa: E402
from unpinch.routine import Withheld  # noqa: E402

catalogue = resources.catalogue()
latest = assessed.latest(catalogue)
if latest is None:
    st.title("Routine")
    st.markdown(
        "Your routine is built from your answers. Fill in the self-assessment first; it takes under four minutes."
    )
    if st.button("Begin the self-assessment", type="primary"):
        st.switch_page("pages/assess.py")
    st.stop()

if isinstance(latest.routine, Withheld):
    notice.withheld(latest.routine, latest.assessment, catalogue, latest.said)
    st.stop()

with resources.database() as db:
    last = store.last_rescreen(db)
state = gate(last, latest.finished_at, latest.stored.day, resources.today())
if state is Gate.STOPPED:
    st.title("Stop for now")
    rescreening.stopped(catalogue)
    st.stop()

current = session.current()
if current and current.finished_at is None:
    session.play(current, catalogue)
    st.stop()
if current:
    session.ask_after(current)
    st.stop()

st.title("Today's routine")
session.receipt()
if state is Gate.DUE:
    rescreening.ask(catalogue)
    st.stop()

session.ask_before(latest, catalogue)
plan = session.today_plan(latest, catalogue)
if isinstance(plan, Withheld):
    notice.withheld(plan, latest.assessment, catalogue, latest.said)
    st.stop()
if not plan.steps:
    st.info(
        "No exercise fits this place and time. What remains: a short walk, easy positions, breaks from sitting."
    )
    st.stop()
st.markdown(
    f"{len(plan.steps)} exercises, about {plan.minutes:.0f} minutes. Walk for two or three minutes first."
)
st.button("Start", type="primary", on_click=session.start, args=(plan.steps, catalogue))
cited = Cited(catalogue)
for step in plan.steps:
    exercise_card.short(step, catalogue, latest.said, cited)
cited.draw()
