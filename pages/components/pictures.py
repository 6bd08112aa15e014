"""Pictures of exercises and postures, drawn once and kept."""

from collections.abc import Mapping

import streamlit as st

from unpinch import figure
from unpinch.catalogue import figure as read
from unpinch.exercise import Side


def show(name: str, side: Side, place: str) -> None:
    """The key poses side by side; `place` keeps two drawings on one page apart."""
    st.markdown(_gallery(name, str(side), f"{place}-{name}"), unsafe_allow_html=True)
    st.space("small")


def for_player(name: str) -> Mapping[str, str]:
    """The pose to hold, for either side."""
    return {side: _last_pose(name, side) for side in (Side.LEFT, Side.RIGHT)}


@st.cache_data(show_spinner=False, max_entries=200)
def _gallery(name: str, side: str, uid: str) -> str:
    return figure.gallery(figure.load(read(name)), side, uid, "all", theme="page")


@st.cache_data(show_spinner=False, max_entries=100)
def _last_pose(name: str, side: str) -> str:
    spec = figure.load(read(name))
    return figure.draw(spec, side, f"play-{name}-{side}", len(spec.poses) - 1, theme="page")
