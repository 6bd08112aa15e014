"""The body map: where it hurts, on a drawing of back, front and soles.

It follows a check list of `pain_sites`, which stays the primary control: the page hands in what is ticked
and merges what comes back. Regions are codes of `pain_sites`, with `_left` or `_right` where the body has
two.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import streamlit as st

from pages.components.body_map.anatomy import CENTRAL, SIDED, drawing, label, regions

__all__ = ["body_map", "label", "reach_of", "regions", "regions_of", "side_of", "sites_of"]

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


def body_map(key: str, selected: Iterable[str], on_change: Callable[[], None] = _nothing) -> tuple[str, ...]:
    """Mounts the map with `selected` regions marked; returns the regions marked now, in the map's order.

    `st.session_state[key].selected` holds the new list when `on_change` runs. Unknown regions are left out.
    """
    known = regions()
    given = [region for region in known if region in set(selected)]
    result: Any = _component(
        key=key, data={"selected": given}, default={"selected": given}, on_selected_change=on_change
    )
    marked = set(result.selected if result.selected is not None else given)
    return tuple(region for region in known if region in marked)


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
    that one side's buttock and the other side's hip are not each doubled.
    """
    before = set(kept)
    sides = (side,) if side in ("left", "right") else ("left", "right")
    out: list[str] = []
    for site in sites:
        fitting = [f"{site}_{s}" for s in sides] if site in SIDED else [site] if site in CENTRAL else []
        out += [region for region in fitting if region in before] or fitting
    return tuple(out)


def reach_of(selected: Iterable[str]) -> str:
    """How far down the leg the marked regions go: none, buttock, thigh, calf or foot."""
    sites = set(sites_of(selected))
    return next((reach for reach, codes in _REACH if sites & set(codes)), "none")
