"""The store's part for what hurt during sessions, and where."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from unpinch.database import immediate
from unpinch.diary import Hurt, hurt_from_report, instant
from unpinch.rows import insert, require, utc_text
from unpinch.sqlite import Database


def add_hurts(db: Database, session_uid: str, reports: Iterable[Mapping[str, Any]], at: datetime, day: date) -> None:
    """Keep what hurt during a session and where, each report once; a malformed one is left out.

    Raises LookupError when the session is not, or no longer, kept.
    """
    with immediate(db):
        require(db, "sessions", session_uid)
        for report in reports:
            try:
                one = hurt_from_report(session_uid, report, at, day)
            except ValueError:
                continue
            row = {"session_uid": one.session_uid, "id": one.id, "phase": one.phase, "step": one.step,
                   "exercise": one.exercise, "place": one.place, "day": one.day.isoformat(),
                   "at": utc_text(one.at)}  # fmt: skip
            insert(db, "hurts", row)


def hurts(db: Database, since: date | None = None) -> tuple[Hurt, ...]:
    """What hurt during sessions, in the order of days; from the day `since` on when it is given."""
    rows = db.execute(
        "SELECT session_uid, id, phase, step, exercise, place, day, at FROM hurts WHERE day >= ? ORDER BY at, rowid",
        [since.isoformat() if since else ""],
    )
    return tuple(
        Hurt(session, id_, phase, step, exercise, place, date.fromisoformat(day), instant(at))
        for session, id_, phase, step, exercise, place, day, at in rows
    )
