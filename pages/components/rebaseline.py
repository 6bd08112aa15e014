"""Counting anew from a day of the person's choice: what it means first, and a way back after."""

import uuid
from datetime import date

import streamlit as st

from pages.components import resources, saving
from pages.components.charts import words
from pages.components.question import begin
from unpinch import store

MEANING = (
    "For a new beginning: another treatment, an operation, a life that changed for good. The week that begins on that"
    " day becomes your new starting week, and every later week is compared with it. Until three weeks of it are rated,"
    " the verdict says that it is too early. What was before stays in the charts, the tables and the export; only the"
    " verdict no longer looks at it. You can take it back at any time."
)


def draw(first: date, today: date) -> None:
    """The door to it, with what was chosen and the way back. `first` is the earliest day to begin on."""
    with resources.database() as db:
        active = store.baseline(db)
    box = st.expander("Start counting anew", key="rebaseline", on_change="rerun")
    if not box.open:
        return
    with box:
        if active is not None:
            st.markdown(f"You count anew from {words(active[1])}.")
            st.button("Take it back", key="rebaseline_back", on_click=_take_back, args=(active[0],))
        st.markdown(MEANING)
        begin("rebaseline_day", today)
        st.date_input("From", min_value=first, max_value=today, key="rebaseline_day", format="DD/MM/YYYY", width=200)
        st.button("Count anew from this day", key="rebaseline_keep", on_click=_keep)


def receipt() -> None:
    """What was just chosen, with its undo."""
    if kept := st.session_state.get("rebaseline_receipt"):
        said, uid = kept
        with st.container(horizontal=True, vertical_alignment="center"):
            st.success(said, width="stretch")
            if uid:
                st.button("Undo", key="rebaseline_undo", on_click=_take_back, args=(uid,))


@saving.told()
def _keep() -> None:
    day = st.session_state.get("rebaseline_day")
    if not isinstance(day, date):
        return
    uid = str(uuid.uuid4())
    with resources.database() as db:
        store.add_baseline(db, uid, day, resources.now(), resources.timezone())
    st.session_state["rebaseline_receipt"] = (f"Counting anew from {words(day)}.", uid)


@saving.told()
def _take_back(uid: str) -> None:
    with resources.database() as db:
        store.take_back_baseline(db, uid, resources.now())
    st.session_state["rebaseline_receipt"] = ("Taken back: counting as before.", "")
