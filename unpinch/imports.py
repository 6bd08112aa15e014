"""The store's part for imports: a batch of check-ins kept as one, known again, and taken back as one."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from unpinch.check_ins import add_check_in
from unpinch.database import immediate
from unpinch.diary import CheckIn, instant
from unpinch.rows import insert, json_text, utc_text, whole
from unpinch.sqlite import Database


@dataclass(frozen=True, slots=True)
class Batch:
    """One import: the file's name, its format, what was chosen (`name` and how it was read) and what came of it."""

    uid: str
    at: datetime
    tz: str
    day: date
    file: str
    format: str
    choice: Mapping[str, Any]
    report: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class LastImport:
    """The latest import that was not taken back, and how many of its check-ins are still there."""

    batch: Batch
    check_ins: int


@dataclass(frozen=True, slots=True)
class Held:
    """What is kept already: the uids of imported check-ins, the days and values imported under one name, and the
    instants and values of check-ins that were entered here. Removed ones count, for they were removed on purpose."""

    uids: frozenset[str] = frozenset()
    imported: tuple[tuple[date, float | None], ...] = ()
    moments: frozenset[tuple[datetime, float | None]] = frozenset()


def add_import(db: Database, batch: Batch, check_ins: Sequence[CheckIn]) -> int:
    """Keep a batch, all or nothing, and return how many check-ins it has. The same uid again changes nothing.

    Check-ins that are there already, also removed ones, are left as they are; when none is left, no batch is kept.
    Raises ValueError for a check-in of another batch.
    """
    if any(entry.batch != batch.uid for entry in check_ins):
        raise ValueError(f"every check-in must be of batch {batch.uid}")
    row = {
        "uid": batch.uid, "at": utc_text(batch.at), "tz": batch.tz, "day": batch.day.isoformat(), "file": batch.file,
        "format": batch.format, "choice": json_text(dict(batch.choice)), "report": json_text(dict(batch.report)),
    }  # fmt: skip
    with immediate(db):
        known = {uid for (uid,) in db.execute("SELECT uid FROM check_ins")}
        new = [entry for entry in check_ins if entry.uid not in known]
        if not new or not insert(db, "imports", row):
            (count,) = db.execute("SELECT count(*) FROM check_ins WHERE batch = ?", [batch.uid]).fetchone()
            return int(count)
        for entry in new:
            add_check_in(db, entry)
    return len(new)


def last_import(db: Database) -> LastImport | None:
    """The latest import that was not taken back."""
    row = db.execute(
        "SELECT uid, at, tz, day, file, format, choice, report FROM imports WHERE undone_at IS NULL"
        " ORDER BY seq DESC LIMIT 1"
    ).fetchone()
    if row is None:
        return None
    uid, at, tz, day, file, kind, choice, report = row
    (count,) = db.execute("SELECT count(*) FROM check_ins WHERE batch = ? AND deleted_at IS NULL", [uid]).fetchone()
    batch = Batch(uid, instant(at), tz, date.fromisoformat(day), file, kind, json.loads(choice), json.loads(report))
    return LastImport(batch, count)


def imported_names(db: Database) -> tuple[str, ...]:
    """The columns and body parts whose imports are kept, in the order they came."""
    rows = db.execute("SELECT choice FROM imports WHERE undone_at IS NULL ORDER BY seq")
    return tuple(dict.fromkeys(str(json.loads(choice).get("name")) for (choice,) in rows))


def undo_import(db: Database, uid: str, at: datetime) -> int:
    """Remove the check-ins of a batch for good and note when; returns how many they were.

    Raises LookupError when there is no such import or it was taken back before.
    """
    with immediate(db):
        sql = "UPDATE imports SET undone_at = ? WHERE uid = ? AND undone_at IS NULL"
        if db.execute(sql, [utc_text(at), uid]).rowcount != 1:
            raise LookupError(f"imports holds no {uid} that could be taken back")
        return db.execute("DELETE FROM check_ins WHERE batch = ?", [uid]).rowcount


def held(db: Database, name: str) -> Held:
    """What is kept already, to tell duplicates of an import of the column or body part `name`."""
    batches = dict(db.execute("SELECT uid, choice FROM imports WHERE undone_at IS NULL").fetchall())
    alike = {uid for uid, choice in batches.items() if json.loads(choice).get("name") == name}
    rows = db.execute("SELECT uid, day, at, nrs, batch FROM check_ins").fetchall()
    return Held(
        frozenset(uid for uid, *_ in rows if uid.startswith("import-")),
        tuple((date.fromisoformat(day), whole(nrs)) for _, day, _, nrs, batch in rows if batch in alike),
        frozenset((instant(at).astimezone(UTC), whole(nrs)) for _, _, at, nrs, batch in rows if batch is None),
    )
