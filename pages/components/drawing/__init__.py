"""A drawing of ours put on the page as it is: through Markdown each line of it would become an element of the app's."""

from pathlib import Path

import streamlit as st

_HERE = Path(__file__).parent
_component = st.components.v2.component(
    "unpinch_drawing",
    html='<div class="drawing"></div>\n',
    css=(_HERE / "drawing.css").read_text("utf-8"),
    js=(_HERE / "drawing.js").read_text("utf-8"),
)


def drawing(key: str, html: str) -> None:
    """Shows `html`, made by `unpinch.figure` and nobody else."""
    _component(key=key, data={"html": html})
