"""Pictures of exercises and postures, drawn once and kept; the movement and the other side where they are asked for."""

from collections.abc import Mapping

import streamlit as st

from pages.components.drawing import drawing
from pages.components.question import ink
from unpinch import figure
from unpinch.catalogue import figure as read
from unpinch.exercise import Side
from unpinch.figure import FigureSpec

POSTURES = {
    "sitting": "lumbar_support_upright",
    "driving": "driving_break_lumbar",
    "sleeping": "sleep_pillow",
}
"""The figure of the posture that a lesson is about."""
_SIDE = "picture_side"


def show(name: str, side: Side, place: str) -> None:
    """The key poses side by side; `place` keeps two drawings on one page apart."""
    drawing(f"drawing-{place}-{name}", _gallery(name, str(side), f"{place}-{name}"))


def explore(name: str, place: str) -> None:
    """The picture with a switch for the side and, where there is a movement, a toggle that shows it."""
    spec = _spec(name)
    side, moving = Side.RIGHT, False
    if spec.sided or len(spec.poses) > 1:
        with st.container(horizontal=True, vertical_alignment="bottom"):
            if spec.sided:
                st.session_state.setdefault(_SIDE, Side.RIGHT)
                chosen = st.segmented_control(
                    "Side shown", [Side.LEFT, Side.RIGHT], key=_SIDE, required=True, persist_state="session",
                    format_func=lambda one: ink(one.capitalize()),
                )  # fmt: skip
                side = Side(chosen or side)
            if len(spec.poses) > 1:
                moving = st.toggle("Show the movement", key=f"moving-{place}-{name}")
    if moving:
        from pages.components.movement import movement

        movement(f"movement-{place}-{name}", _moving(name, side))
        st.space("small")
    else:
        show(name, side, place)


def posture(lesson: str) -> None:
    """The picture of the posture that a lesson is about, if it is about one."""
    if lesson in POSTURES:
        explore(POSTURES[lesson], "lesson")


def for_player(name: str) -> Mapping[str, str]:
    """The pose to hold, for either side."""
    return {side: _last_pose(name, side) for side in (Side.LEFT, Side.RIGHT)}


@st.cache_data(show_spinner=False, max_entries=200)
def _gallery(name: str, side: str, uid: str) -> str:
    return figure.gallery(_spec(name), side, uid, "all", theme="page")


@st.cache_resource(show_spinner=False)
def _spec(name: str) -> FigureSpec:
    return figure.load(read(name))


@st.cache_data(show_spinner=False, max_entries=40)
def _moving(name: str, side: str) -> str:
    return figure.animate(_spec(name), side, f"moving-{name}", theme="page")


@st.cache_data(show_spinner=False, max_entries=100)
def _last_pose(name: str, side: str) -> str:
    spec = _spec(name)
    return figure.draw(spec, side, f"play-{name}-{side}", len(spec.poses) - 1, theme="page")
