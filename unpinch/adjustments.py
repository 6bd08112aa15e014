"""The store's part for what the person chose for the routine; nothing is deleted, only taken back."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from unpinch.database import immediate
from unpinch.diary import Adjustment, instant
from unpinch.rows import insert, json_text, require, utc_text
from unpinch.sqlite import Database


def add_adjustment(db: Database, one: Adjustment, instead_of: str | None = None) -> None:
    """Keep a choice, taking back the one with the uid `instead_of`. The same uid again changes nothing."""
    row = {"uid": one.uid, "kind": one.kind, "exercise": one.exercise, "value": json_text(dict(one.value)),
           "day": one.day.isoformat(), "at": utc_text(one.at), "tz": one.tz}  # fmt: skip
    with immediate(db):
        if insert(db, "adjustments", row) and instead_of:
            _take_back(db, instead_of, one.at)


def take_back(db: Database, uid: str, at: datetime) -> None:
    """Undo a choice: everything is as if it had not been made. The first time counts."""
    with immediate(db):
        _take_back(db, uid, at)


def adjustments(db: Database) -> tuple[Adjustment, ...]:
    """Every choice that was not taken back, in the order in which they were made."""
    rows = db.execute(
        "SELECT uid, kind, exercise, value, day, at, tz FROM adjustments WHERE taken_back_at IS NULL ORDER BY seq"
    )
    return tuple(
        Adjustment(uid, kind, exercise, json.loads(value), date.fromisoformat(day), instant(at), tz)
        for uid, kind, exercise, value, day, at, tz in rows
    )


def set_session_plan(db: Database, uid: str, plan: Mapping[str, Any]) -> None:
    """Keep the plan of a session as it was changed on the way. Raises LookupError when the session is not kept."""
    with immediate(db):
        require(db, "sessions", uid)
        db.execute("UPDATE sessions SET plan = ? WHERE uid = ?", [json_text(dict(plan)), uid])


def _take_back(db: Database, uid: str, at: datetime) -> None:
    sql = "UPDATE adjustments SET taken_back_at = coalesce(taken_back_at, ?) WHERE uid = ?"
    db.execute(sql, [utc_text(at), uid])
