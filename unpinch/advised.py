"""The store's part for advice that was shown: noted once a spell, and put aside by the person."""

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from unpinch.database import immediate
from unpinch.diary import instant
from unpinch.rows import insert, json_text, utc_text
from unpinch.sqlite import Database


@dataclass(frozen=True, slots=True)
class Logged:
    """One spell of an advice: the first day it was shown, the data behind it, and when it was put aside."""

    advice: str
    day: date
    at: datetime
    evidence: Any
    acknowledged_at: datetime | None


def log_advice(db: Database, day: date, advice: str, at: datetime, tz: str, evidence: Any, spell_days: int = 1) -> bool:
    """Note that an advice was shown, and why. True when that begins a spell.

    What was noted within the last `spell_days` days, today among them, goes on being the same spell.
    """
    row = {"advice": advice, "day": day.isoformat(), "at": utc_text(at), "tz": tz, "evidence": json_text(evidence)}
    with immediate(db):
        return _spell(db, advice, day, spell_days) is None and insert(db, "advice_log", row)


def acknowledge(db: Database, advice: str, day: date, at: datetime, spell_days: int = 1) -> None:
    """Put the spell of an advice that `day` belongs to aside. The first time counts."""
    with immediate(db):
        db.execute(
            "UPDATE advice_log SET acknowledged_at = coalesce(acknowledged_at, ?) WHERE seq = ?",
            [utc_text(at), _spell(db, advice, day, spell_days)],
        )


def take_back_acknowledgement(db: Database, advice: str, day: date, spell_days: int = 1) -> None:
    """Show the spell of an advice that `day` belongs to again."""
    with immediate(db):
        sql = "UPDATE advice_log SET acknowledged_at = NULL WHERE seq = ?"
        db.execute(sql, [_spell(db, advice, day, spell_days)])


def advice_log(db: Database, since: date | None = None) -> tuple[Logged, ...]:
    """What was shown, one for each spell, in order; from the day `since` on when it is given."""
    rows = db.execute(
        "SELECT advice, day, at, evidence, acknowledged_at FROM advice_log WHERE day >= ? ORDER BY day, seq",
        [since.isoformat() if since else ""],
    )
    return tuple(
        Logged(advice, date.fromisoformat(day), instant(at), json.loads(told), instant(put) if put else None)
        for advice, day, at, told, put in rows
    )


def spells(db: Database, day: date, spell_days: int) -> dict[str, Logged]:
    """The spells that `day` belongs to, by advice."""
    return {one.advice: one for one in advice_log(db, _first(day, spell_days)) if one.day <= day}


def _first(day: date, spell_days: int) -> date:
    return day - timedelta(days=spell_days - 1)


def _spell(db: Database, advice: str, day: date, spell_days: int) -> int | None:
    first = _first(day, spell_days).isoformat()
    sql = "SELECT seq FROM advice_log WHERE advice = ? AND day BETWEEN ? AND ? ORDER BY day DESC LIMIT 1"
    row = db.execute(sql, [advice, first, day.isoformat()]).fetchone()
    return row[0] if row else None
