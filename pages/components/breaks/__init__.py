"""Breaks from sitting: a count that runs in the browser while any page of Unpinch is open.

The browser alone keeps the running count; what is stored is the interval, whether there is a tone, and that a
count runs, so that a page that is loaded anew can take it up wherever it is.
"""

import re
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from pages.components import resources
from unpinch.catalogue import Catalogue
from unpinch.database import StoreError

_HERE = Path(__file__).parent
_KEPT = "sitting_break"
_MINUTES, _TONE, _TIMER = "sitting_break_minutes", "sitting_break_tone", "sitting_break_timer"
_PANEL = """
<div class="breaks"><p class="left"></p><p class="next" role="status"></p>
<div class="row"><button type="button" class="go">Start</button><button type="button">Stop</button></div></div>
"""


def bundle() -> str:
    """The script of the component: its modules as one, where only the default export stays."""
    source = "\n".join((_HERE / name).read_text("utf-8") for name in ("count.js", "breaks.js"))
    source = re.sub(r"^import .*\n", "", source, flags=re.MULTILINE)
    return re.sub(r"^export (?!default)", "", source, flags=re.MULTILINE)


_component = st.components.v2.component(
    "unpinch_breaks", html=_PANEL, css=(_HERE / "breaks.css").read_text("utf-8"), js=bundle()
)
_keeper = st.components.v2.component("unpinch_breaks_keeper", js=bundle())


@dataclass(frozen=True, slots=True)
class Choice:
    """What the person chose: minutes of sitting, a tone at their end, and whether a count is running."""

    minutes: int
    tone: bool = True
    running: bool = False


def panel(catalogue: Catalogue) -> None:
    """The interval, the count with its buttons, and what it can and cannot do."""
    _take_up(catalogue)
    choice = chosen(catalogue)
    least, most = _limits(catalogue)
    st.number_input(
        f"Minutes of sitting before a break ({least} to {most})", least, most, choice.minutes, step=5, key=_MINUTES,
        on_change=_take_up, args=(catalogue,),
    )  # fmt: skip
    st.toggle("A tone when the time is up", choice.tone, key=_TONE, on_change=_take_up, args=(catalogue,))
    _component(key=_TIMER, data=_data(catalogue, panel=True), on_running_change=lambda: _take_up(catalogue))
    st.caption(
        "It counts while a page of Unpinch is open, in whatever tab, and says so on the page, in the title and"
        " with the tone. With the app closed, a calendar can remind you."
    )


def go_on(catalogue: Catalogue) -> None:
    """On any page: take up a count that was running when the page was loaded anew. Draws nothing."""
    try:
        running = chosen(catalogue).running
    except StoreError:
        return
    if running and _TIMER not in st.session_state:
        _keeper(
            key=f"{_TIMER}_keeper", data=_data(catalogue, panel=False), height=1,
            on_running_change=lambda: _take_up(catalogue),
        )  # fmt: skip


def chosen(catalogue: Catalogue) -> Choice:
    """What is stored, read once a visit; outside the limits, and before the first choice, the default."""
    if _KEPT not in st.session_state:
        st.session_state[_KEPT] = resources.setting(_KEPT)
    kept = st.session_state[_KEPT] or {}
    least, most = _limits(catalogue)
    minutes = kept.get("minutes", 0)
    if not least <= minutes <= most:
        minutes = int(catalogue.thresholds["sitting_break_min"])
    return Choice(minutes, bool(kept.get("tone", True)), bool(kept.get("running", False)))


def _limits(catalogue: Catalogue) -> tuple[int, int]:
    """The shortest and the longest interval in minutes."""
    return int(catalogue.thresholds["sitting_break_least_min"]), int(catalogue.thresholds["sitting_break_most_min"])


def _data(catalogue: Catalogue, *, panel: bool) -> dict[str, Any]:
    return {**asdict(chosen(catalogue)), "limits": _limits(catalogue), "panel": panel}


def _take_up(catalogue: Catalogue) -> None:
    """Store what the widgets and the browser say, if it differs from what is stored."""
    before = chosen(catalogue)
    running = [
        state["running"]
        for key in (_TIMER, f"{_TIMER}_keeper")
        if (state := st.session_state.get(key)) is not None and state.get("running") is not None
    ]
    after = Choice(
        int(st.session_state.get(_MINUTES) or before.minutes),
        bool(st.session_state.get(_TONE, before.tone)),
        running[0] if running else before.running,
    )
    if after != before:
        resources.keep_setting(_KEPT, asdict(after))
        st.session_state[_KEPT] = asdict(after)
