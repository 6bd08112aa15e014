"""The optional measures as they are given, kept and given back; part of the store."""

from datetime import date

from unpinch.database import immediate
from unpinch.diary import instant
from unpinch.measures import MeasureValue
from unpinch.rows import upsert, utc_text
from unpinch.sqlite import Database


def save_measure(db: Database, one: MeasureValue) -> None:
    """Keep one rating with the words that were rated; the same question on the same day corrects it."""
    row = {"uid": one.uid, "day": one.day.isoformat(), "at": utc_text(one.at), "tz": one.tz, "name": one.name,
           "label": one.label, "value": one.value}  # fmt: skip
    changed = "measures.value <> excluded.value OR measures.label <> excluded.label"
    with immediate(db):
        upsert(db, "measures", row, "uid", when=changed)


def clear_measure(db: Database, day: date, name: str) -> None:
    """Forget one rating, as if it had never been given."""
    with immediate(db):
        db.execute("DELETE FROM measures WHERE day = ? AND name = ?", [day.isoformat(), name])


def measures(db: Database) -> tuple[MeasureValue, ...]:
    """Every rating of an optional measure, in the order of days."""
    rows = db.execute("SELECT day, at, tz, name, label, value FROM measures ORDER BY day, seq")
    return tuple(
        MeasureValue(date.fromisoformat(day), instant(at), tz, name, label, value)
        for day, at, tz, name, label, value in rows
    )
