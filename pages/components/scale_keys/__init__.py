"""A form by keyboard: a digit or first letter answers the scale that has the focus, Ctrl+Enter saves.

Streamlit's own scales know arrows and Space only, and take Ctrl+Enter for a press of the option in focus.
"""

from pathlib import Path

import streamlit as st

_HERE = Path(__file__).parent
_component = st.components.v2.component(
    "unpinch_scale_keys",
    html='<p><span class="about"></span> <span class="keys"></span></p>\n',
    css=(_HERE / "scale_keys.css").read_text("utf-8"),
    js=(_HERE / "scale_keys.js").read_text("utf-8"),
)


def scale_keys(form: str, scales: str, save: str, about: str, hint: str) -> None:
    """Keys inside the container keyed `form`: for the scales in `scales`, and for the button keyed `save`….

    `about` and `hint` are written here, the latter where there is a pointer that hovers, which a phone's does not.
    """
    _component(key=f"{form}_keys", data={"form": form, "scales": scales, "save": save, "about": about, "hint": hint})
