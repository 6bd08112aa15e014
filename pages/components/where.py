"""The body map under the check list of where it hurts: what is marked ticks the list and names the side, and back.

The check list and the question about the side stay the answers that are kept; the map only speaks through
their widgets, so that both are saved by the one way.
"""

from collections.abc import Callable, Sequence

import streamlit as st

from pages.components import body_map, question
from unpinch.questionnaire import Item

SITES, SIDE = "pain_sites", "side"
HINT = "Tap a part of the picture to tick it, or tick the list above. With the keyboard: arrow keys, then Space."


def follow(items: Sequence[Item], uid: str) -> None:
    """Before the widgets of a screen are drawn or read: take up what was changed on its map, if it has one."""
    if any(item.id == SITES for item in items):
        body_map.follow(question.key(uid, "map"), lambda regions: _take(regions, uid))


def picture(item: Item, uid: str, save: Callable[[], None]) -> None:
    """The map, after the widget of `item` if that is the check list of sites. `save` keeps the answers."""
    if item.id != SITES:
        return

    def changed() -> None:
        follow((item,), uid)
        save()

    ticked, side = st.session_state[question.key(uid, SITES)], st.session_state.get(question.key(uid, SIDE))
    marked = body_map.regions_of((code for code in item.codes if code in ticked), side, _marked(uid))
    st.session_state[_marks(uid)] = marked
    st.caption(HINT)
    body_map.body_map(question.key(uid, "map"), marked, changed)


def side_after(regions: Sequence[str], before: Sequence[str], side: str | None) -> str | None:
    """The answer to `side` once the map shows `regions` instead of `before`.

    A marked side is the answer, except that "it changes" is more than a picture can say. Without one, the
    answer changes only if it was what the picture said before.
    """
    said = body_map.side_of(regions)
    if side == "alternating" or (said in (None, "central") and side not in (None, body_map.side_of(before))):
        return side
    return said


def _take(regions: tuple[str, ...], uid: str) -> None:
    sites, side = question.key(uid, SITES), question.key(uid, SIDE)
    named = side_after(regions, _marked(uid), st.session_state.get(side))
    st.session_state[sites] = list(body_map.sites_of(regions))
    st.session_state[side] = named
    st.session_state[_marks(uid)] = regions


def _marks(uid: str) -> str:
    return f"marked:{uid}"


def _marked(uid: str) -> tuple[str, ...]:
    marked: tuple[str, ...] = st.session_state.get(_marks(uid), ())
    return marked
