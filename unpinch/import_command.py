"""`unpinch import FILE` and `unpinch undo-import`: what a foreign diary holds, as JSON; written only with --yes."""

import json
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, TextIO
from uuid import uuid4
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from unpinch import imports, paths, store
from unpinch.diary import logical_day
from unpinch.exchange.dates import DateOrder
from unpinch.exchange.decoding import MAX_BYTES, BadDiary
from unpinch.exchange.diaries import Choice, Found, Rated, find, questions
from unpinch.exchange.entries import BadRow, Scale
from unpinch.exchange.proposals import Proposal, batch, propose

_SHOWN = 5
_HOW = {
    "name": "--as NAME chooses which",
    "order": "--day-first or --month-first says how dates are written",
    "scale": "--scale LOW HIGH says which number meant no pain and which the worst",
}


@dataclass(frozen=True, slots=True)
class Options:
    """What stands on the command line. `name` None chooses the only column there is."""

    file: str
    name: str | None = None
    yes: bool = False
    order: DateOrder | None = None
    scale: Scale | None = None
    shift_hours: int = 0
    timezone: str | None = None


def main(options: Options, now: datetime, out: TextIO | None = None, err: TextIO | None = None) -> int:
    """Print what the file holds and what would be added; with `yes`, add it. `now` is the present instant.

    Exit status 0; 1 for trouble with the database; 2, with a message and nothing printed, for a file, a name or
    a scale that is no good, and with `yes` also while something is still to be chosen.
    """
    out, err = out or sys.stdout, err or sys.stderr
    try:
        tz = options.timezone or zone(os.environ)
        today = logical_day(now, tz)
        if options.scale and options.scale[0] == options.scale[1]:
            raise BadDiary("--scale needs two different numbers, such as --scale 1 5.")
        found = find(_bytes(options.file))
        said, proposal = _described(found, options, today, tz)
        if options.yes:
            if proposal is None:
                raise BadDiary(f"Not added. Still to be chosen: {'; '.join(_HOW[name] for name in said['ask'])}.")
            said["added"] = _written(proposal, options.file, now, today)
    except ValueError as problem:  # BadDiary is one, and so is a time zone that is none
        err.write(f"unpinch import: {problem}\n")
        return 2
    except OSError as problem:
        trouble = f"{options.file}: {problem.strerror}"
        err.write(f"unpinch import: {trouble}; name a readable file, or - for standard input.\n")
        return 2
    except store.StoreError as problem:
        err.write(f"{problem}\n")
        return 1
    json.dump(said, out, ensure_ascii=False, indent=2)
    out.write("\n")
    return 0


def undo(now: datetime, out: TextIO | None = None, err: TextIO | None = None) -> int:
    """Take the last import back, for good. Exit status 0; 1 when there is none or the database is in trouble."""
    out, err = out or sys.stdout, err or sys.stderr
    path = paths.database()
    try:
        last = None
        if path.exists():
            with store.connect(path) as db:
                last = store.last_import(db)
                removed = store.undo_import(db, last.batch.uid, now) if last else 0
    except store.StoreError as problem:
        err.write(f"{problem}\n")
        return 1
    if last is None:
        err.write("There is no import to take back.\n")
        return 1
    said = {"file": last.batch.file, "name": last.batch.choice.get("name"), "imported_on": last.batch.day.isoformat(),
            "removed": removed}  # fmt: skip
    json.dump(said, out, ensure_ascii=False, indent=2)
    out.write("\n")
    return 0


def zone(environment: Mapping[str, str], link: Path = Path("/etc/localtime")) -> str:
    """The name of this computer's time zone: TZ, else where the system's link leads, else UTC."""
    target = str(link.resolve()) if link.is_symlink() else ""
    for name in (environment.get("TZ", "").removeprefix(":"), target.partition("zoneinfo/")[2], "UTC"):
        try:
            if name:
                ZoneInfo(name)
                return name
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue
    return "UTC"


def _bytes(name: str) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    with open(name, "rb") as file:
        return file.read(MAX_BYTES + 1)


def _described(found: Found, options: Options, today: date, tz: str) -> tuple[dict[str, Any], Proposal | None]:
    """What is printed, and the proposal once everything is chosen. Raises BadDiary for a name that is not there."""
    name = options.name if options.name is not None else found.single
    one = found.named(name) if name is not None else None
    if options.name is not None and one is None:
        raise BadDiary(f"There is no {options.name!r} in this file. There is {_listed(found)}.")
    choices = [Choice(each.name, options.scale, options.order, options.shift_hours) for each in found.series]
    before, held = _held(choices)
    proposals = {
        choice.name: None if questions(found, choice) else propose(found, choice, held[choice.name], today, tz)
        for choice in choices
    }
    proposal = proposals[one.name] if one else None
    asked = questions(found, Choice(one.name if one else "", options.scale, options.order))
    order, stamps = options.order or found.order, found.stamps
    said: dict[str, Any] = {
        "file": options.file,
        "format": found.format,
        found.kind.replace(" ", "_"): {each.name: each.entries for each in found.series},
        "choices": [_choice(found, name, proposals[name]) for name in proposals],
        "chosen": one.name if one else None,
        "date_order": order,
        "unclear_date": found.unclear if found.unclear and not order else None,
        "ask": list(asked),
        "would_add": len(proposal.new) if proposal else None,
        "duplicates": proposal.duplicates if proposal else None,
        "bad_rows": [
            {"line": row.line, "value": row.value, "reason": row.reason}
            for row in (proposal.bad if proposal else _all_bad(found, proposals))
        ],
        "first_rows": [_row(rated) for rated in proposal.new[:_SHOWN]] if proposal else [],
        "notes": list(found.notes),
        "imported_before": list(before),
        "added": 0,
    }
    if stamps and stamps.hours:
        said["timestamps"] = {
            "rows_with_a_day": stamps.both, "on_that_day": stamps.same, "shift_that_fits": stamps.hours,
            "on_that_day_after_it": stamps.shifted, "shift": options.shift_hours,
        }  # fmt: skip
    return said, proposal


def _held(choices: Sequence[Choice]) -> tuple[tuple[str, ...], dict[str, imports.Held]]:
    """The names imported before, and what is held of each choice. A database is not made for it."""
    path = paths.database()
    if not path.exists():
        return (), {choice.name: imports.Held() for choice in choices}
    with store.connect(path) as db:
        return imports.imported_names(db), {choice.name: imports.held(db, choice.name) for choice in choices}


def _written(proposal: Proposal, file: str, now: datetime, today: date) -> int:
    path = paths.database()
    if path.parent == paths.data_folder():
        paths.make_private(path.parent)
    kept, entries = batch(proposal, uuid4().hex, file, now, today)
    with store.connect(path) as db:
        return store.add_import(db, kept, entries)


def _choice(found: Found, name: str, proposal: Proposal | None) -> dict[str, Any]:
    one = found.named(name)
    if one is None:
        raise LookupError(name)
    return {
        "name": one.name, "entries": one.entries, "numbers": one.numbers, "lowest": one.lowest,
        "highest": one.highest, "scale": list(one.scale) if one.scale else None,
        "would_add": len(proposal.new) if proposal else None,
        "duplicates": proposal.duplicates if proposal else None, "bad": len(proposal.bad) if proposal else None,
    }  # fmt: skip


def _all_bad(found: Found, proposals: Mapping[str, Proposal | None]) -> Sequence[BadRow]:
    rows = dict.fromkeys(found.reading.bad)
    for proposal in proposals.values():
        rows.update(dict.fromkeys(proposal.bad if proposal else ()))
    return sorted(rows, key=lambda row: row.line)


def _row(rated: Rated) -> dict[str, Any]:
    return {
        "line": rated.line, "day": rated.day.isoformat(), "time": f"{rated.clock:%H:%M}" if rated.clock else None,
        "nrs": rated.nrs, "worst": rated.worst, "note": rated.note,
    }  # fmt: skip


def _listed(found: Found) -> str:
    return ", ".join(one.name for one in found.series)
