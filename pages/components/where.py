"""The body map under the check list of where it hurts: what is marked ticks the list and names the side, and back.

The check list and the question about the side stay the answers that are kept; the map only speaks through
their widgets, so that both are saved by the one way.
"""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from pages.components import body_map, question
from unpinch.questionnaire import Answer, Item

SITES, SIDE = "pain_sites", "side"
LABEL = "Show on the body"
HINT = "Tap a part of the picture to tick it, or tick the list above. With the keyboard: arrow keys, then Space."


def follow(items: Sequence[Item], uid: str) -> None:
    """Before the widgets of a screen are read or drawn: take up what was changed on its map, if it has one."""
    if any(item.id == SITES for item in items):
        body_map.follow(_map(uid), lambda regions: _take(regions, uid))


def picture(item: Item, uid: str, answers: Mapping[str, Answer], save: Callable[[], None]) -> None:
    """The map, after the widget of `item` if that is the check list of sites.

    `answers` are those kept, for the question about the side is drawn later; `save` follows the map and keeps.
    """
    if item.id != SITES:
        return
    ticked, side = st.session_state[question.key(uid, SITES)], answers.get(SIDE)
    sites = [code for code in item.codes if code in ticked]
    marked = body_map.regions_of(sites, str(side) if side else None, _marked(uid))
    st.session_state[_marks(uid)] = marked
    box = st.expander(LABEL, expanded=not _on_a_phone(), key=f"{_map(uid)}:box", on_change="rerun")
    if box.open:
        with box:
            st.caption(HINT)
            body_map.body_map(_map(uid), marked, save)


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
    if named is not None:
        st.session_state[side] = named
    st.session_state[_marks(uid)] = regions


def _on_a_phone() -> bool:
    """A phone shows one view at a time, larger than its screen: there the map waits until it is asked for."""
    return "Mobi" in str(st.context.headers.get("User-Agent", ""))


def _map(uid: str) -> str:
    return f"map:{uid}"


def _marks(uid: str) -> str:
    return f"marked:{uid}"


def _marked(uid: str) -> tuple[str, ...]:
    marked: tuple[str, ...] = st.session_state.get(_marks(uid), ())
    return marked
