"""After a write: what was done, said where it was done, and one button that takes it back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from pages.components import resources
from unpinch.database import Database, StoreError

Change = Callable[[Database], object]


@dataclass(frozen=True, slots=True)
class Receipt:
    """What to say after a write; `undo` takes it back, and `then` is what to say after that."""

    words: str
    undo: Change | None = None
    then: Receipt | None = None


def give(place: str, receipt: Receipt | None) -> None:
    """Leave a receipt for `draw`, or take the last one away. A toast says it wherever a phone is scrolled to."""
    st.session_state[f"{place}_receipt"] = receipt
    if receipt is not None:
        st.session_state[f"{place}_toast"] = receipt.words


def write(place: str, change: Change, receipt: Receipt) -> bool:
    """Change the store and leave the receipt, both or neither; True when it was done."""
    try:
        with resources.database() as db:
            change(db)
    except StoreError as problem:
        st.session_state[f"{place}_trouble"] = f"Nothing was changed. {problem}"
        return False
    give(place, receipt)
    return True


def draw(place: str) -> None:
    """The receipt of the last write in a place with its undo, or what went wrong."""
    if trouble := st.session_state.pop(f"{place}_trouble", None):
        st.warning(trouble)
    if words := st.session_state.pop(f"{place}_toast", None):
        st.toast(words)
    receipt: Receipt | None = st.session_state.get(f"{place}_receipt")
    if receipt is not None:
        with st.container(horizontal=True, vertical_alignment="center", key=f"{place}_receipt_shown"):
            st.success(receipt.words, width="stretch")
            if receipt.undo is not None:
                st.button("Undo", key=f"{place}_undo", on_click=_undo, args=(place, receipt))


def _undo(place: str, receipt: Receipt) -> None:
    if receipt.undo is not None:
        write(place, receipt.undo, receipt.then or Receipt("Undone."))
