"""Every page is reached through app.py, also by a bookmark that is the first request after a start."""

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager


def mark() -> None:
    """Called by app.py before its navigation."""
    st.session_state["_via_app"] = True


def via_app() -> None:
    """First line of every page.

    With a `pages` folder beside app.py, Streamlit may run a page by itself when a deep link is the first
    request, and then goes on so for every visitor. This ends that mode and starts over through app.py.
    """
    if "_via_app" not in st.session_state and PagesManager.uses_pages_directory:
        PagesManager.uses_pages_directory = False
        st.rerun()
