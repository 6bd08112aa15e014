"""How the person checks in: each day or once a week, and at what hour their day starts."""

import streamlit as st

from pages.components import receipts, resources
from pages.components.question import ink
from pages.components.receipts import Receipt
from unpinch import store
from unpinch.database import Database

PLACE = "rhythm"
MODE = "check_in_mode"
MODES = {"daily": "Each day", "weekly": "Once a week"}
DAYS = {"daily": 1, "weekly": 7}
STARTS = tuple(f"{minutes // 60:02}:{minutes % 60:02}" for minutes in range(0, 6 * 60 + 1, 30))


def days(db: Database) -> int:
    """How many days a check-in looks back on, and after how many the next is due: 1, or 7 in the weekly mode."""
    return DAYS.get(store.get_setting(db, MODE), 1)


def draw() -> None:
    """Both choices, each kept at once, with an undo."""
    with resources.database() as db:
        mode = "weekly" if days(db) == DAYS["weekly"] else "daily"
    start = resources.day_starts_at().isoformat("minutes")
    receipts.draw(PLACE)
    _show("rhythm_mode", mode)
    st.segmented_control(
        "How often", list(MODES), required=True, format_func=lambda one: ink(MODES[one]), key="rhythm_mode",
        on_change=_choose, args=("rhythm_mode", MODE, mode),
    )  # fmt: skip
    st.caption(
        "Once a week, one form asks about the last seven days and is due every seventh day. Nothing that is kept"
        " changes. Daily and weekly ratings are not compared with each other."
    )
    _show("rhythm_start", start)
    st.selectbox(
        "My day starts at", sorted({*STARTS, start}), key="rhythm_start",
        on_change=_choose, args=("rhythm_start", resources.DAY_STARTS_AT, start),
    )  # fmt: skip
    st.caption("What you enter before this hour still belongs to the day before. Earlier entries stay as they are.")


def _show(widget: str, stored: str) -> None:
    """A widget shows what is stored, also after an undo or a choice in another tab."""
    if st.session_state.get(widget) != stored:
        st.session_state[widget] = stored


def _choose(widget: str, setting: str, before: str) -> None:
    chosen = st.session_state[widget]
    if chosen == before:
        return
    words = {
        MODE: f"From now on: {MODES.get(chosen, chosen).lower()}.",
        resources.DAY_STARTS_AT: f"Your day now starts at {chosen}.",
    }[setting]
    receipts.write(
        PLACE,
        lambda db: store.set_setting(db, setting, chosen),
        Receipt(words, lambda db: store.set_setting(db, setting, before), Receipt("As it was before.")),
    )
