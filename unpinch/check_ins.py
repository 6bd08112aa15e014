"""The store's part for check-ins: kept, corrected, removed and put back."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from unpinch.database import immediate
from unpinch.diary import CheckIn, Reach, instant
from unpinch.rows import json_text, upsert, utc_text, whole
from unpinch.sqlite import Database

_KEPT = (
    "SELECT uid, day, at, tz, nrs, worst, reach, sitting_min, sat_hours, habits_kept, flare, note, back_filled,"
    " sites, days, batch FROM check_ins WHERE deleted_at IS NULL "
)
_AFTER_ALL = "9999-12-31"


def add_check_in(db: Database, entry: CheckIn) -> None:
    """Keep a check-in; the same uid again corrects it. A removed one stays removed until restored."""
    row = {
        "uid": entry.uid, "day": entry.day.isoformat(), "at": utc_text(entry.at), "tz": entry.tz,
        "nrs": entry.nrs, "worst": entry.worst, "reach": entry.reach, "sitting_min": entry.sitting_min,
        "sat_hours": entry.sat_hours, "habits_kept": json_text(list(entry.habits_kept)),
        "flare": int(entry.flare), "note": entry.note, "back_filled": int(entry.back_filled),
        "sites": json_text(list(entry.sites)), "days": entry.days, "batch": entry.batch,
    }  # fmt: skip
    with immediate(db):
        upsert(db, "check_ins", row, "uid")


def delete_check_in(db: Database, uid: str, at: datetime) -> None:
    """Take a check-in out of everything; `restore_check_in` undoes it."""
    with immediate(db):
        sql = "UPDATE check_ins SET deleted_at = coalesce(deleted_at, ?) WHERE uid = ?"
        db.execute(sql, [utc_text(at), uid])


def restore_check_in(db: Database, uid: str) -> None:
    """Put a removed check-in back."""
    with immediate(db):
        db.execute("UPDATE check_ins SET deleted_at = NULL WHERE uid = ?", [uid])


def check_ins(db: Database, since: date | None = None, until: date | None = None) -> tuple[CheckIn, ...]:
    """The check-ins that were not removed, in the order of days, from `since` to `until` where these are given."""
    rows = db.execute(
        _KEPT + "AND day BETWEEN ? AND ? ORDER BY day, at, seq",
        [since.isoformat() if since else "", until.isoformat() if until else _AFTER_ALL],
    )
    return tuple(map(_check_in, rows))


def latest_check_in(db: Database, until: date) -> CheckIn | None:
    """The last check-in that was not removed, of those about `until` or a day before it."""
    sql = _KEPT + "AND day <= ? ORDER BY day DESC, at DESC, seq DESC LIMIT 1"
    row = db.execute(sql, [until.isoformat()]).fetchone()
    return _check_in(row) if row else None


def days_beside(db: Database, day: date) -> tuple[date | None, date | None]:
    """The nearest days before and after `day` that a check-in is about."""
    row = db.execute(
        "SELECT (SELECT max(day) FROM check_ins WHERE deleted_at IS NULL AND day < ?1),"
        " (SELECT min(day) FROM check_ins WHERE deleted_at IS NULL AND day > ?1)",
        [day.isoformat()],
    ).fetchone()
    before, after = (date.fromisoformat(one) if one else None for one in row)
    return before, after


def _check_in(row: Sequence[Any]) -> CheckIn:
    uid, day, at, tz, nrs, worst, reach, sitting, sat, habits, flare, note, back_filled, sites, days, batch = row
    return CheckIn(
        uid, date.fromisoformat(day), instant(at), tz, whole(nrs), whole(worst), Reach(reach) if reach else None,
        sitting, sat, tuple(json.loads(habits)), bool(flare), note, bool(back_filled), tuple(json.loads(sites)),
        days, batch,
    )  # fmt: skip
