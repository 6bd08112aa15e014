"""The body map: where it hurts, on a drawing of back, front and soles.

It follows a control of the page, which stays the primary one: the page hands in what is marked (`body_map`)
and takes up what was changed on the map (`follow`). Regions are codes of `pain_sites`, with `_left` or
`_right` where the body has two.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import streamlit as st

from pages.components.body_map.anatomy import CENTRAL, SIDED, drawing, label, regions

__all__ = ["body_map", "follow", "label", "reach_of", "regions", "regions_of", "side_of", "sites_of"]

_HERE = Path(__file__).parent
_VIEWS = '<div class="switch" role="group" aria-label="View"></div>'
_SAID = '<p class="said" aria-hidden="true"></p>'
_component = st.components.v2.component(
    "unpinch_body_map",
    html=f'<div class="body-map" data-shown="back">\n{_VIEWS}{drawing()}{_SAID}\n</div>',
    css=(_HERE / "body_map.css").read_text("utf-8"),
    js=(_HERE / "body_map.js").read_text("utf-8"),
)
_REACH = (
    ("foot", ("foot",)),
    ("calf", ("calf",)),
    ("thigh", ("posterior_thigh", "anterior_thigh", "knee")),
    ("buttock", ("buttock", "sit_bone", "sacroiliac", "lateral_hip", "tailbone")),
)


def _nothing() -> None:
    """Declares the state when nobody waits for its changes."""


def body_map(key: str, selected: Iterable[str], on_change: Callable[[], None] = _nothing) -> None:
    """Mounts the map with `selected` regions marked; unknown ones are left out.

    After each mark `on_change` runs; it and the top of the script call `follow` with the same `key`.
    """
    marked = set(selected)
    given = [region for region in regions() if region in marked]
    data = {"selected": given, "heard": st.session_state.get(_heard(key), 0)}
    _component(key=key, data=data, on_marking_change=on_change)


def follow(key: str, take: Callable[[tuple[str, ...]], None]) -> None:
    """Hands the map's marked regions to `take` if they were changed there since the last time.

    What the map says is state, so a run that was cut short before it was taken up loses nothing: the next
    one takes it up. `take` must be idempotent.
    """
    state: Any = st.session_state.get(key)
    marking = state.get("marking") if state is not None else None
    if marking is not None and marking["turn"] != st.session_state.get(_heard(key), 0):
        marked = set(marking["regions"])
        take(tuple(region for region in regions() if region in marked))
        st.session_state[_heard(key)] = marking["turn"]


def _heard(key: str) -> str:
    return f"{key}:heard"


def _split(region: str) -> tuple[str, str]:
    code, _, side = region.rpartition("_")
    return (code, side) if code in SIDED and side in ("left", "right") else (region, "")


def sites_of(selected: Iterable[str]) -> tuple[str, ...]:
    """The `pain_sites` codes of marked regions, each once."""
    return tuple(dict.fromkeys(_split(region)[0] for region in selected))


def side_of(selected: Iterable[str]) -> str | None:
    """The code of `side` that the marked regions speak for; None when nothing is marked."""
    sides = {_split(region)[1] for region in selected}
    if not sides:
        return None
    named = sides - {""}
    return "both" if len(named) == 2 else named.pop() if named else "central"


def regions_of(sites: Iterable[str], side: str | None, kept: Iterable[str] = ()) -> tuple[str, ...]:
    """The regions to mark for a check list's codes; both sides unless one side is named.

    `kept` are the regions marked so far: where they agree with the check list they stay as they are, so
    that one side's buttock and the other side's hip are not each doubled; where the check list says "both"
    and only one side would be marked, both are.
    """
    sites, before = tuple(sites), set(kept)
    sides = (side,) if side in ("left", "right") else ("left", "right")
    out: list[str] = []
    for site in sites:
        fitting = [f"{site}_{s}" for s in sides] if site in SIDED else [site] if site in CENTRAL else []
        out += [region for region in fitting if region in before] or fitting
    if before and side == "both" and side_of(out) in ("left", "right"):
        return regions_of(sites, side)
    return tuple(out)


def reach_of(selected: Iterable[str]) -> str:
    """How far down the leg the marked regions go: none, buttock, thigh, calf or foot."""
    sites = set(sites_of(selected))
    return next((reach for reach, codes in _REACH if sites & set(codes)), "none")
