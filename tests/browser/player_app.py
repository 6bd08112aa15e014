"""A page with the player and a database, for tests. Query: `session`, `plan`, `picture`, `resume` (s).

The field "Which" takes another query without loading the page anew.
"""

import json
import os
import sqlite3
from contextlib import closing
from urllib.parse import parse_qsl

import streamlit as st

from pages.components.player import player, player_data
from unpinch.timeline import Phase, PhaseKind, Timing

SVG = (
    '<svg viewBox="0 0 240 150" role="img"><title>{0} side</title>'
    '<rect width="240" height="150" rx="8" fill="#8884"/>'
    '<circle cx="70" cy="60" r="22" fill="none" stroke="currentColor" stroke-width="6"/>'
    '<path d="M70 82v40h90" fill="none" stroke="currentColor" stroke-width="6"/></svg>'
)
NAMES = ("Seated figure-4 stretch", "Clamshell", "Glute bridge")
# kind, step, side, seconds, reps
PLANS = {
    "short": (
        ("prepare", 0, "right", 0.3, None), ("hold", 0, "right", 0.7, None), ("switch", 0, "left", 0.2, None),
        ("hold", 0, "left", 0.7, None), ("rest", 0, None, 0.2, None), ("prepare", 1, None, 0.2, None),
        ("move", 1, None, 0.6, 3),
    ),
    # stands still at phase 2 until somebody goes on, so that a fault can be timed exactly
    "gate": (
        ("prepare", 0, "right", 0.2, None), ("hold", 0, "right", 0.5, None), ("switch", 0, "left", 300, None),
        ("hold", 0, "left", 0.5, None), ("rest", 0, None, 0.2, None), ("prepare", 1, None, 0.2, None),
        ("move", 1, None, 0.6, 3),
    ),
    "long": (
        ("prepare", 0, "right", 12, None), ("hold", 0, "right", 30, None), ("switch", 0, "left", 8, None),
        ("hold", 0, "left", 30, None), ("rest", 0, None, 10, None), ("prepare", 1, "right", 12, None),
        ("move", 1, "right", 40, 10), ("rest", 1, None, 30, None), ("prepare", 2, None, 12, None),
        ("move", 2, None, None, 10),
    ),
}  # fmt: skip
if which := st.text_input("Which"):
    st.query_params.from_dict(dict(parse_qsl(which)))
QUERY = st.query_params.to_dict()
UID, PLAN = QUERY.get("session", "one"), PLANS[QUERY.get("plan", "short")]
KEY = f"player:{UID}"


def phases() -> tuple[Phase, ...]:
    labels = {"prepare": "Get ready: sit down", "switch": "Change to the left side"}
    return tuple(
        Phase(
            i, step, PhaseKind(kind), f"exercise_{step}", NAMES[step], side, 1, 1, seconds, reps,
            labels.get(kind, kind.capitalize()),
        )
        for i, (kind, step, side, seconds, reps) in enumerate(PLAN)
    )  # type: ignore[arg-type]  # fmt: skip


def database() -> sqlite3.Connection:
    db = sqlite3.connect(os.environ["UNPINCH_DB"], timeout=10, isolation_level=None)
    key = "primary key (session, kind, id)"
    db.execute(f"create table if not exists reports (session, kind, id, body, arrived, {key})")
    return db


def ids(kind: str) -> list[str]:
    with closing(database()) as db:
        rows = db.execute("select id from reports where session = ? and kind = ?", (UID, kind))
        return [row[0] for row in rows]


def keep(kind: str, reports: list[dict]) -> None:
    rows = [(UID, kind, report["id"], json.dumps(report)) for report in reports]
    with closing(database()) as db:
        db.executemany("insert or ignore into reports values (?, ?, ?, ?, julianday('now'))", rows)


def keep_outbox() -> None:
    keep("event", st.session_state[KEY].outbox or [])


def keep_hurt() -> None:
    keep("hurt", st.session_state[KEY].hurt or [])


def keep_finished() -> None:
    keep("finished", [{"id": "finished"}])


def session() -> None:
    pictures = {side: SVG.format(side) for side in ("left", "right")} if "picture" in QUERY else None
    steps = [
        {
            "exercise": f"exercise_{i}", "name": name, "side": "both", "picture": pictures,
            "cues": ["Keep the foot flexed", "Breathe evenly"],
            "stop_if": ["Tingling or numbness runs down the leg"],
        }
        for i, name in enumerate(NAMES[: PLAN[-1][1] + 1])
    ]  # fmt: skip
    quick = Timing(0.4, 0.4, 0.3, float(QUERY.get("resume", 0.2)), 90)
    data = player_data(
        UID,
        phases(),
        steps,
        quick,
        acked=ids("event"),
        hurt_acked=ids("hurt"),
        finished=bool(ids("finished")),
    )
    state = player(KEY, data, keep_outbox, on_hurt_change=keep_hurt, on_finished_change=keep_finished)
    st.caption(f"session {UID}, sound {state.sound}, stored {len(ids('event'))}")


if not st.toggle("Elsewhere"):
    session()
st.button("Something else")
st.text_input("A note")
st.session_state["runs"] = st.session_state.get("runs", 0) + 1
st.caption(f"runs {st.session_state['runs']}")
