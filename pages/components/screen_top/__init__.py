"""Puts a new screen at its top and tells assistive technology that it changed: its heading takes the focus."""

from pathlib import Path

import streamlit as st

_component = st.components.v2.component(
    "unpinch_screen_top", js=(Path(__file__).parent / "screen_top.js").read_text("utf-8")
)


def at_top(screen: str) -> None:
    """Scroll up and focus the heading whenever `screen` differs from the one shown before."""
    _component(key="screen_top", data={"screen": screen}, height=1)
