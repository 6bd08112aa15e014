"""The store's part for the starting week that the person chose anew."""

from datetime import date, datetime

from unpinch.database import immediate
from unpinch.rows import insert, utc_text
from unpinch.sqlite import Database


def add_baseline(db: Database, uid: str, day: date, at: datetime, tz: str) -> None:
    """Let the trend begin on `day` from now on. The same uid again changes nothing."""
    row = {"uid": uid, "day": day.isoformat(), "at": utc_text(at), "tz": tz}
    with immediate(db):
        insert(db, "baselines", row)


def take_back_baseline(db: Database, uid: str, at: datetime) -> None:
    """Let the trend begin where it did before this choice. The first time counts."""
    with immediate(db):
        sql = "UPDATE baselines SET taken_back_at = coalesce(taken_back_at, ?) WHERE uid = ?"
        db.execute(sql, [utc_text(at), uid])


def baseline(db: Database) -> tuple[str, date] | None:
    """The latest choice that was not taken back: its uid and the day that the trend begins on."""
    sql = "SELECT uid, day FROM baselines WHERE taken_back_at IS NULL ORDER BY seq DESC LIMIT 1"
    row = db.execute(sql).fetchone()
    return (row[0], date.fromisoformat(row[1])) if row else None
