"""A table that no app is known for: which column holds the day, which ones ratings, which one a note."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from unpinch.exchange.dates import read_time
from unpinch.exchange.decoding import BadDiary, Row
from unpinch.exchange.entries import BadRow, Entry, Reading, cell_of, headings, is_day, is_number

_SAMPLE = 2_000
_DAY = re.compile(r"\b(day|date|datum|tag|jour|fecha|data|when|timestamp)\b")
_NOTE = re.compile(r"note|comment|remark|notiz|bemerk|kommentar|comentario|journal|description")
_LABEL = re.compile(r"^(name|symptom|body ?part|location|region|area|site|item|category|type|what|körperteil|ort)s?$")
_COUNTER = re.compile(r"^(id|uid|index|row|nr|no|#|unnamed: 0)\.?$")
_PAIN = re.compile(
    r"pain|nrs|aches?\b|hurt|sore|sciatic|buttock|\bhip\b|\bback\b|schmerz|douleur|dolor|pijn|ból|intensity|severity"
)


@dataclass(frozen=True, slots=True)
class _Column:
    place: int
    name: str
    filled: int
    days: int
    times: int
    numbers: int


def is_likely(cells: Sequence[str]) -> bool:
    """Whether a row holds a day and, in another cell, a number: the mark of the right separator."""
    days = [cell for cell in cells if is_day(cell)]
    return bool(days) and any(is_number(cell) for cell in cells if cell not in days)


def speaks_of_pain(name: str) -> bool:
    """Whether the name of a column or body part is about pain."""
    return bool(_PAIN.search(name.lower()))


def columns(rows: Sequence[Row]) -> Reading:
    """Every column of numbers as ratings of the day in the same row.

    Where one column names what was rated, its words are the names. Raises BadDiary without days or numbers.
    """
    rows = _without_title(rows)
    titled = not any(is_day(cell) for cell in rows[0].cells)
    width = max(len(row.cells) for row in rows)
    given = rows[0].cells if titled else ()
    names = _distinct([given[place] if place < len(given) else "" for place in range(width)])
    body = rows[1:] if titled else rows
    found = [_column(place, name, body) for place, name in enumerate(names)]
    day = _day_column(found)
    if day is None:
        return _three_columns(names, body)
    clock = next((one for one in found if one is not day and one.times and one.times * 2 >= one.filled), None)
    return _reading(found, day, clock, body)


def _reading(found: Sequence[_Column], day: _Column, clock: _Column | None, body: Sequence[Row]) -> Reading:
    rest = [one for one in found if one not in (day, clock)]
    label = next((one for one in rest if _LABEL.search(one.name.lower()) and one.filled > one.numbers * 2), None)
    note = next((one for one in rest if one is not label and _NOTE.search(one.name.lower())), None)
    rated = [
        one for one in rest
        if one not in (label, note) and one.numbers and one.days * 2 < one.filled
        and not _COUNTER.search(one.name.lower()) and (one.numbers * 2 >= one.filled or speaks_of_pain(one.name))
    ]  # fmt: skip
    if not rated:
        raise BadDiary("No column of numbers was found in this file. A diary needs a rating for each day.")
    entries = []
    bad = []
    for row in body:
        moment = _at(row, clock)
        if label and not _at(row, label):
            bad.append(BadRow(row.line, "", f"has nothing in {label.name}"))
            continue
        for one in rated:
            value = _at(row, one)
            name = one.name
            if label:
                name = _at(row, label) if len(rated) == 1 else f"{_at(row, label)}: {one.name}"
            if value or label:
                entries.append(Entry(row.line, name, _at(row, day), value, moment, moment, _at(row, note)))
    left = [one.name for one in rest if one not in (label, note, *rated) and one.filled]
    notes = [f"The day is read from {day.name}" + (f" and the time from {clock.name}." if clock else ".")]
    if left:
        notes.append(f"Left out, since they hold no ratings: {', '.join(left)}.")
    return Reading("csv", "body parts" if label else "columns", tuple(entries), tuple(notes), tuple(bad))


def _three_columns(names: Sequence[str], body: Sequence[Row]) -> Reading:
    """Days as year, month and day in three columns."""
    small = headings(names)
    if not {"year", "month", "day"} <= set(small):
        raise BadDiary("No column of days was found in this file. A diary needs one, such as 2024-05-31.")
    cell = cell_of(small)
    joined = [
        Row(row.line, ("-".join(cell(row, part).zfill(2) for part in ("year", "month", "day")), *row.cells))
        for row in body
    ]
    kept = [place for place, name in enumerate(small, 1) if name not in ("year", "month", "day")]
    rest = [_column(place, names[place - 1], joined) for place in kept]
    return _reading(rest, _column(0, "year, month, day", joined), None, joined)


def _without_title(rows: Sequence[Row]) -> Sequence[Row]:
    """The rows from the heading on: lines above the table have fewer cells than it."""
    usual = Counter(len(row.cells) for row in rows).most_common(1)[0][0]
    for place, row in enumerate(rows[:20]):
        if len([cell for cell in row.cells if cell]) > 1 or len(row.cells) >= usual > 1:
            return rows[place:]
    return rows


def _distinct(names: Sequence[str]) -> list[str]:
    """Names of columns, each of its own; the nameless are numbered."""
    plain = [name.strip(" \"'\ufeff") or f"Column {place}" for place, name in enumerate(names, 1)]
    counts = Counter(plain)
    return [f"{name} ({place})" if counts[name] > 1 else name for place, name in enumerate(plain, 1)]


def _column(place: int, name: str, body: Sequence[Row]) -> _Column:
    cells = [row.cells[place] for row in body[:_SAMPLE] if place < len(row.cells) and row.cells[place]]
    numbers = sum(map(is_number, cells))
    days = sum(map(is_day, cells)) if numbers < len(cells) or any(len(cell) >= 8 for cell in cells[:20]) else 0
    times = sum(map(_is_time, cells)) if not days else 0
    return _Column(place, name, len(cells), days, times, numbers)


def _day_column(found: Sequence[_Column]) -> _Column | None:
    fitting = [one for one in found if one.days and one.days * 2 >= one.filled]
    return max(fitting, key=lambda one: (one.days, bool(_DAY.search(one.name.lower())), -one.place), default=None)


def _is_time(text: str) -> bool:
    if ":" not in text:
        return False
    try:
        read_time(text)
    except ValueError:
        return False
    return True


def _at(row: Row, column: _Column | None) -> str:
    return row.cells[column.place] if column is not None and column.place < len(row.cells) else ""
