"""The store's part for medicines, treatments and other events worth remembering beside the ratings."""

from dataclasses import dataclass
from datetime import date, datetime

from unpinch.database import immediate
from unpinch.diary import instant
from unpinch.rows import upsert, utc_text
from unpinch.sqlite import Database

KINDS = ("medicine", "treatment", "event")


@dataclass(frozen=True, slots=True)
class Event:
    """Something that went on from `first_day` to `last_day`, both included; None is "still going on".

    `kind` is one of KINDS, `label` what the person calls it, `at` (aware) and `tz` when and where it was entered.
    Raises ValueError for another kind, an empty label, a naive instant or a last day before the first.
    """

    uid: str
    kind: str
    label: str
    first_day: date
    last_day: date | None
    at: datetime
    tz: str
    note: str = ""

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"kind must be one of {', '.join(KINDS)}, not {self.kind!r}")
        if not self.label.strip():
            raise ValueError("an event needs a label")
        if self.last_day is not None and self.last_day < self.first_day:
            raise ValueError(f"an event cannot end ({self.last_day}) before it begins ({self.first_day})")
        if self.at.tzinfo is None:
            raise ValueError(f"at needs a time zone: {self.at.isoformat()} has none")


def add_event(db: Database, event: Event) -> None:
    """Keep an event; the same uid again corrects it. A removed one stays removed until restored."""
    row = {
        "uid": event.uid, "kind": event.kind, "label": event.label, "first_day": event.first_day.isoformat(),
        "last_day": event.last_day.isoformat() if event.last_day else None, "note": event.note,
        "at": utc_text(event.at), "tz": event.tz,
    }  # fmt: skip
    with immediate(db):
        upsert(db, "events", row, "uid")


def delete_event(db: Database, uid: str, at: datetime) -> None:
    """Take an event out of everything; `restore_event` undoes it."""
    with immediate(db):
        sql = "UPDATE events SET deleted_at = coalesce(deleted_at, ?) WHERE uid = ?"
        db.execute(sql, [utc_text(at), uid])


def restore_event(db: Database, uid: str) -> None:
    """Put a removed event back."""
    with immediate(db):
        db.execute("UPDATE events SET deleted_at = NULL WHERE uid = ?", [uid])


def events(db: Database, since: date | None = None) -> tuple[Event, ...]:
    """Every event that was not removed, by first day; with `since` those that went on then or later."""
    rows = db.execute(
        "SELECT uid, kind, label, first_day, last_day, at, tz, note FROM events"
        " WHERE deleted_at IS NULL AND (last_day IS NULL OR last_day >= ?) ORDER BY first_day, seq",
        [since.isoformat() if since else ""],
    )
    return tuple(
        Event(uid, kind, label, date.fromisoformat(first), date.fromisoformat(last) if last else None,
              instant(at), tz, note)
        for uid, kind, label, first, last, at, tz, note in rows
    )  # fmt: skip
