"""A moving picture with its pause button. Nothing moves for readers who ask their system for less motion."""

from pathlib import Path

import streamlit as st

_HERE = Path(__file__).parent
_STAGE = '<div class="movement"><div class="stage"></div><button type="button">Pause</button><p></p></div>\n'
_component = st.components.v2.component(
    "unpinch_movement",
    html=_STAGE,
    css=(_HERE / "movement.css").read_text("utf-8"),
    js=(_HERE / "movement.js").read_text("utf-8"),
)


def movement(key: str, svg: str) -> None:
    """Shows `svg`, a picture of ours that moves by SMIL, playing."""
    _component(key=key, data={"svg": svg})
