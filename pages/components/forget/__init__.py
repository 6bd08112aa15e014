"""What the browser itself remembers goes with the file: an interrupted session, the sound, the count of sitting."""

from pathlib import Path

import streamlit as st

_component = st.components.v2.component("unpinch_forget", js=(Path(__file__).parent / "forget.js").read_text("utf-8"))


def in_browser(deletion: str) -> None:
    """Clear it, once for each `deletion`, which is any text that names it."""
    _component(key="forget", data={"deletion": deletion}, height=1)
