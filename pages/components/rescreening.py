"""The three questions before a session, and the stop that a positive answer brings."""

import uuid

import streamlit as st

from pages.components import assessed, resources, saving
from unpinch import store
from unpinch.catalogue import Catalogue
from unpinch.diary import Rescreen
from unpinch.rescreen import ITEMS


def keep(answers: dict[str, str], positive: bool) -> None:
    """Keep one short repeat."""
    with resources.database() as db:
        store.add_rescreen(
            db,
            Rescreen(str(uuid.uuid4()), resources.today(), resources.now(), answers, positive, resources.timezone()),
        )


def ask(catalogue: Catalogue) -> None:
    """Three lines and "none of these". Nothing goes on without an answer."""
    st.markdown("**New or worse since the last time?**")
    for item in ITEMS:
        st.checkbox(catalogue.questionnaire.item(item).tick, key=f"rescreen:{item}")
    st.checkbox("None of these", key="rescreen:none")
    st.button("Go on", type="primary", on_click=_answer)
    if problem := st.session_state.pop("rescreen_problem", None):
        st.error(problem)


@saving.told()
def _answer() -> None:
    ticked = [item for item in ITEMS if st.session_state[f"rescreen:{item}"]]
    nothing = st.session_state["rescreen:none"]
    if bool(ticked) == nothing:
        st.session_state["rescreen_problem"] = "Tick what fits, or “None of these”: one of the two."
        return
    keep({item: "new" if item in ticked else "none" for item in ITEMS}, positive=bool(ticked))


def stopped(catalogue: Catalogue) -> None:
    """What to do after a positive answer."""
    st.error(
        "You reported something new. Exercises stop here until you have answered all warning signs again. "
        "If it is numbness between the legs, or a change in bladder or bowel, do not wait: see the danger signs."
    )
    if st.button("Answer the warning signs again", type="primary"):
        assessed.begin_warning_signs(catalogue)
        st.switch_page("pages/assess.py")
