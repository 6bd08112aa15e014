"""The guided exercise player: one Streamlit component whose clock runs in the browser.

Python unrolls the phases (`unpinch.timeline`) and stores what comes back; the browser plays them. What is
finished comes as cumulative state, never as a trigger: a rerun, a reload or a lost connection loses nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import streamlit as st

from unpinch.timeline import Phase, Timing

_HERE = Path(__file__).parent
_MODULES = ("engine.js", "words.js", "sound.js", "session.js", "panel.js", "keys.js", "view.js")


def bundle() -> dict[str, str]:
    """The component's html, css and js. The modules become one: only the default export stays."""
    source = "\n".join((_HERE / name).read_text("utf-8") for name in _MODULES)
    source = re.sub(r"^import .*\n", "", source, flags=re.MULTILINE)
    source = re.sub(r"^export (?!default)", "", source, flags=re.MULTILINE)
    html, css = ((_HERE / name).read_text("utf-8") for name in ("player.html", "player.css"))
    return {"html": html, "css": css, "js": source}


_parts = bundle()
_component = st.components.v2.component("unpinch_player", html=_parts["html"], css=_parts["css"], js=_parts["js"])


def _nothing() -> None:
    """Declares a state key whose changes nobody waits for."""


def player_data(
    session: str,
    phases: Sequence[Phase],
    steps: Sequence[Mapping[str, Any]],
    timing: Timing,
    *,
    acked: Iterable[str] = (),
    hurt_acked: Iterable[str] | None = None,
    sound: str = "tones",
    finished: bool | None = None,
    change: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """What the browser needs to play `session` (its uid): phases, steps and what SQLite already holds.

    Each of `steps` is a mapping with "exercise", "name", "cues" (texts), "stop_if" (texts), "side" and
    "picture" ({"left": svg, "right": svg} or None). `acked` and `hurt_acked` are the ids that are stored;
    without `hurt_acked` the reports of pain are sent once and not asked after. `finished` says whether the
    end is stored; False makes the browser report it until it is. `change` is the answer to the latest "It hurts":
    the "phase" that hurt, "title", "text", and the "name" of what comes instead, which may be empty. `phases` and
    `steps` may then differ from what was given before, but only behind what was played.
    """
    return {
        "session": session,
        "phases": [asdict(phase) for phase in phases],
        "steps": [dict(step) for step in steps],
        "timing": asdict(timing),
        "acked": sorted(acked),
        "hurt_acked": None if hurt_acked is None else sorted(hurt_acked),
        "options": {"sound": sound},
        "finished": finished,
        "change": dict(change) if change else None,
    }


def player(
    key: str,
    data: Mapping[str, Any],
    on_outbox_change: Callable[[], None],
    *,
    on_hurt_change: Callable[[], None] = _nothing,
    on_finished_change: Callable[[], None] = _nothing,
    on_sound_change: Callable[[], None] = _nothing,
) -> Any:
    """Mounts the player, with `data` as from `player_data`. Not inside a fragment: a server that was started
    anew does not know the fragment, and would drop what the browser sends until the page is loaded again.

    The result (and `st.session_state[key]`) has the states `outbox` and `hurt` (all that is not acknowledged
    yet), `finished` and `sound`. What is not acknowledged comes again every five seconds and then calls
    `on_outbox_change` and `on_hurt_change` even if it is unchanged, so that a write that failed is tried
    again; both must be idempotent.
    """

    def again() -> None:
        on_outbox_change()
        on_hurt_change()

    state = _component(
        key=key,
        data=dict(data),
        on_outbox_change=on_outbox_change,
        on_hurt_change=on_hurt_change,
        on_finished_change=on_finished_change,
        on_sound_change=on_sound_change,
        on_attempt_change=again,
    )
    # Reports that a new session begins with (the server was restarted) have had no callback yet.
    late = _unknown(state.outbox, data.get("acked", ())), _unknown(state.hurt, data.get("hurt_acked"))
    for unknown, store in zip(late, (on_outbox_change, on_hurt_change), strict=True):
        if unknown:
            store()
    told = f"{key}:caught_up"
    if any(late) and told not in st.session_state:
        st.session_state[told] = True  # once: a store that fails must not rerun for ever
        st.rerun()
    return state


def _unknown(reports: Sequence[Mapping[str, Any]] | None, acked: Iterable[str] | None) -> bool:
    return acked is not None and not {report["id"] for report in reports or ()} <= set(acked)
