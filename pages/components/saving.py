"""Writing from a callback: what could not be saved is said in plain words, and the rest of the page goes on."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from unpinch.store import StoreError

_PROBLEM = "not_saved"
GONE = "What this belongs to was finished or deleted, perhaps in another tab. Reload the page to see what stands."


@contextmanager
def told() -> Iterator[None]:
    """Around every write of a callback. A failure is kept for `problem`, which every page begins with."""
    try:
        yield
    except StoreError as trouble:
        st.session_state[_PROBLEM] = str(trouble)
    except LookupError:
        st.session_state[_PROBLEM] = GONE


def problem() -> None:
    """Says, once, what was not saved and what to do."""
    if text := st.session_state.pop(_PROBLEM, None):
        st.error(f"Not saved. {text}")
