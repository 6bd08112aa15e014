"""The routine: the gate, what to do today and why, the player, and how it felt."""

import streamlit as st

from pages.components.guard import via_app

via_app()

from pages.components import adapting, adjusting, assessed, notice, rescreening, resources, session, sheet  # noqa: E402
from pages.components.citations import Cited  # noqa: E402
from unpinch import store  # noqa: E402
from unpinch.rescreen import Gate, gate  # noqa: E402
from unpinch.routine import Withheld  # noqa: E402

catalogue = resources.catalogue()
latest = assessed.latest(catalogue)
if latest is None:
    st.title("Routine", anchor=False)
    st.markdown(
        "Your routine is built from your answers. Fill in the self-assessment first; it takes under four minutes."
    )
    if st.button("Begin the self-assessment", type="primary"):
        st.switch_page("pages/assess.py")
    st.stop()

if isinstance(latest.routine, Withheld):
    session.close(catalogue)
    notice.withheld(latest.routine, latest.assessment, catalogue, latest.said)
    st.stop()

with resources.database() as db:
    last = store.last_rescreen(db)
state = gate(last, latest.finished_at, latest.stored.day, resources.today())
if state is Gate.STOPPED:
    session.close(catalogue)
    st.title("Stop for now", anchor=False)
    rescreening.stopped(catalogue)
    st.stop()

current = session.current(catalogue)
if current and current.finished_at is None:
    if session.is_on(current):
        session.play(current, latest, catalogue)
    elif state is Gate.DUE:
        st.title("An interrupted session", anchor=False)
        rescreening.ask(catalogue)
    else:
        session.offer(current)
    st.stop()
if current:
    session.ask_after(current)
    st.stop()

st.title("Today's routine", anchor=False)
session.receipt()
if state is Gate.DUE:
    rescreening.ask(catalogue)
    st.stop()

session.ask_before(latest, catalogue)
plan = adapting.today(latest, catalogue)
if isinstance(plan, Withheld):
    notice.withheld(plan, latest.assessment, catalogue, latest.said)
    st.stop()
cited, steps = Cited(catalogue), plan.routine.steps
if steps:
    number = "One exercise" if len(steps) == 1 else f"{len(steps)} exercises"
    st.markdown(f"{number}, about {plan.routine.minutes:.0f} minutes. Walk for two or three minutes first.")
    st.button("Start", type="primary", on_click=session.start, args=(steps, plan.allowed, catalogue))
else:
    st.info("No exercise fits this place and time. What remains: a short walk, easy positions, breaks from sitting.")
if not adapting.widening(plan, catalogue, cited):  # one change at a time
    adapting.offer(plan, catalogue, cited)
adapting.differences(plan, catalogue, cited)
adjusting.cards(plan, latest, catalogue, cited)
if steps:
    sheet.button(plan.routine, latest, catalogue)
cited.draw()
