"""Exports of other apps, each told by its column names and read into entries.

What was relied on, for no app documents its file in full:

- Bearable: a real export of 2021 in andrewmiller0728/BearableDataProcessing on GitHub (`date,weekday,time of
  day,category,rating/amount,detail,notes`; days such as "22nd Sep 2020"; times "03:00", "pre", "am", "mid",
  "pm", "all day"; symptoms as "Back (lower) pain (Mild)"). The newer column `date formatted` is known only from
  programs that read it (bcwilsondotcom/obsidian-bearable-import-plugin, abocha/streamlit_bearable_dashboard).
  Scales: bearable.app/support, "What are all the different scales used in Bearable?": symptoms 0 to 4, mood and
  energy 1 to 10, sleep quality and custom ratings 1 to 5. That "none" is not exported is an observation of
  OmegaJak/bearable-csv.
- Daylio: a sample in MichaelCurrin/daylio-csv-parser (`full_date,date,weekday,time,mood,activities,note_title,
  note`); the later column `scales` only from descriptions ("name: value | …"), which say nothing of its range.
- Loop Habit Tracker: its own exporter, HabitsCSVExporter.kt and Entry.kt in iSoron/uhabits. Numbers are written
  times 1000 (issues 1750 and 1890 there); scores are the strength of a habit, 0 to 1.
- Named body parts (`name,startday,startmonth,startyear,intensity[,date]`): the diaries of oliviermirat/MyAIGuide.
"""

import re
from collections.abc import Callable, Sequence

from unpinch.exchange.dates import read_when
from unpinch.exchange.decoding import Row
from unpinch.exchange.entries import BadRow, Entry, Reading, Scale, Stamps, cell_of, headings

MOODS = {"rad": 1.0, "good": 2.0, "meh": 3.0, "bad": 4.0, "awful": 5.0}
"""Daylio's five moods in English, best first."""

_PARTS_OF_DAY = {"pre": "03:00", "am": "09:00", "mid": "13:00", "pm": "19:00", "all day": "12:00", "": ""}
_SEVERITY = re.compile(r"\s*\((none|mild|moderate|severe|unbearable|extreme)\)$", re.IGNORECASE)
_BEARABLE_SCALES: dict[str, Scale] = {
    "symptom": (0, 4), "mood": (1, 10), "energy": (1, 10), "sleep quality": (1, 5), "custom": (1, 5),
    "custom ratings": (1, 5),
}  # fmt: skip
_BEARABLE_WHOLE = ("mood", "energy", "sleep quality")
_NO_RATING = re.compile(r"factor|med|supplement|gratitude|food|nutrition|bowel|significant|^sleep$|note|journal")
_LOOP_STATES = {"YES_MANUAL", "YES_AUTO", "NO", "SKIP", "UNKNOWN"}
_LOOP_OWN_STATES = {"YES_MANUAL", "YES_AUTO"}
_LOOP_EMPTY = {"", "UNKNOWN", "SKIP", "-1", "-3"}

Reader = Callable[[Sequence[Row]], Reading]


def reader_of(rows: Sequence[Row]) -> Reader | None:
    """The reader for a table by its first row, or None when no app is known to write such a one."""
    names = set(headings(rows[0].cells))
    if {"name", "startday", "startmonth", "startyear", "intensity"} <= names:
        return body_parts
    if {"day", "nrs"} <= names:
        return own
    if {"category", "rating/amount"} <= names:
        return bearable
    if {"full_date", "mood"} <= names:
        return daylio
    return loop if _is_loop(rows) else None


def own(rows: Sequence[Row]) -> Reading:
    """Unpinch's own shape: `day,nrs` with any of worst, reach, sitting_min, sat_hours, flare, note."""
    names = headings(rows[0].cells)
    cell = cell_of(names)
    more = [name for name in ("worst", "reach", "sitting_min", "sat_hours", "flare") if name in names]
    entries = tuple(
        Entry(row.line, "nrs", cell(row, "day"), cell(row, "nrs"), cell(row, "time"), cell(row, "time"),
              cell(row, "note"), more={name: cell(row, name) for name in more})
        for row in rows[1:]
    )  # fmt: skip
    left = [name for name in names if name.startswith("sessions_")]
    notes = (f"Left out, since sessions are kept by the routine: {', '.join(left)}.",) if left else ()
    return Reading("unpinch", "columns", entries, notes)


def body_parts(rows: Sequence[Row]) -> Reading:
    """A body part, a day in three parts, an intensity, and perhaps the timestamp of the entry.

    Where the day is zero or empty, the timestamp's day stands in for it.
    """
    cell = cell_of(headings(rows[0].cells))
    entries: list[Entry] = []
    bad: list[BadRow] = []
    pairs: list[tuple[str, str]] = []
    for row in rows[1:]:
        name, value, stamp = cell(row, "name").strip(), cell(row, "intensity"), cell(row, "date")
        parts = [cell(row, part).strip() for part in ("startyear", "startmonth", "startday")]
        empty = any(part.strip("0.") == "" for part in parts)
        day = stamp if empty else "-".join(part.removesuffix(".0").zfill(2) for part in parts)
        if not name:
            bad.append(BadRow(row.line, value, "has no name of a body part"))
            continue
        if not empty and stamp:
            pairs.append((day, stamp))
        # The timestamp tells ratings of one day apart. It is not their time: the day may have been long past.
        entries.append(Entry(row.line, name, day, value, moment=stamp, note=cell(row, "note"), stamped=empty))
    said = []
    without = sum(entry.stamped for entry in entries)
    stamps = _stamps(pairs) if without else None
    if without:
        said.append(f"{without} rows have no day of their own: the day of their timestamp is taken.")
    if stamps and stamps.both and stamps.hours:
        said.append(
            f"In {stamps.both} rows with both, the timestamp falls on the day given in {stamps.same}; after a shift of"
            f" {stamps.hours:+d} hours it would in {stamps.shifted}. The timestamps seem to be in another time zone."
        )
    return Reading("body_parts", "body parts", tuple(entries), tuple(said), tuple(bad), stamps=stamps)


def _stamps(pairs: Sequence[tuple[str, str]]) -> Stamps:
    counted = dict.fromkeys(range(-14, 15), 0)
    both = 0
    for day, stamp in pairs:
        try:
            given, stamped = read_when(day).day, read_when(stamp)
        except ValueError:
            continue
        both += 1
        hour = stamped.clock.hour if stamped.clock else 0
        for hours in counted:
            counted[hours] += (stamped.day - given).days + (hour + hours) // 24 == 0
    best = max(counted, key=lambda hours: (counted[hours], -abs(hours)))
    clear = both >= 20 and counted[best] > both * 0.9 > counted[0]
    hours = best if clear else 0
    return Stamps(both, counted[0], hours, counted[hours])


def bearable(rows: Sequence[Row]) -> Reading:
    """One reading a row. Symptoms and measurements go by their own name, mood and energy by their category."""
    names = headings(rows[0].cells)
    cell = cell_of(names)
    dated = "date formatted" if "date formatted" in names else "date"
    entries: list[Entry] = []
    scales: dict[str, Scale] = {}
    left: dict[str, int] = {}
    for row in rows[1:]:
        category, value = cell(row, "category").strip(), cell(row, "rating/amount")
        kind = category.lower()
        if _NO_RATING.search(kind) or (not value and kind != "symptom"):
            left[category] = left.get(category, 0) + 1
            continue
        detail, part = cell(row, "detail"), cell(row, "time of day").strip()
        name = category if kind in _BEARABLE_WHOLE else _SEVERITY.sub("", detail).strip() or category
        if kind in _BEARABLE_SCALES:
            scales[name] = _BEARABLE_SCALES[kind]
        note = " · ".join(filter(None, (cell(row, "notes"), detail if kind in _BEARABLE_WHOLE else "", part)))
        clock = _PARTS_OF_DAY.get(part.lower(), part)
        entries.append(Entry(row.line, name, cell(row, dated) or cell(row, "date"), value, clock, part, note))
    notes = ['Bearable leaves out days on which a symptom was "none": they stay gaps, so pain looks higher.']
    if any(left.values()):
        notes.append("Left out, since they are no ratings: " + _listed(left))
    return Reading("bearable", "body parts", tuple(entries), tuple(notes), scales=scales, ask=frozenset(scales))


def daylio(rows: Sequence[Row]) -> Reading:
    """Moods, which are words and no pain, and the scales that newer versions have."""
    cell = cell_of(headings(rows[0].cells))
    entries: list[Entry] = []
    for row in rows[1:]:
        day, clock = cell(row, "full_date"), cell(row, "time")
        note = " · ".join(filter(None, (cell(row, "note_title"), cell(row, "note"))))
        entries.append(Entry(row.line, "mood", day, cell(row, "mood").lower(), clock, clock, note))
        for scale in cell(row, "scales").split("|"):
            name, colon, value = scale.rpartition(":")
            if colon and name.strip():
                entries.append(Entry(row.line, name.strip(), day, value.strip(), clock, clock, note))
    notes = ("A mood is not pain: it is taken over only if you choose it, with rad as no pain and awful as worst.",)
    return Reading(
        "daylio", "columns", tuple(entries), notes, scales={"mood": (1, 5)}, words={"mood": MOODS},
        ask=frozenset(entry.name for entry in entries),
    )  # fmt: skip


def loop(rows: Sequence[Row]) -> Reading:
    """Habits with a number, and scores. Habits of yes and no hold no rating."""
    names = [cell.strip() for cell in rows[0].cells]
    while names and not names[-1]:
        names.pop()
    single = [name.lower() for name in names[1:]] in (["value"], ["value", "notes"], ["score"])
    habits = names[1:2] if single else names[1:]
    columns = {name: [_at(row, place) for row in rows[1:]] for place, name in enumerate(habits, 1) if name}
    shape = {name: _loop_shape(cells) for name, cells in columns.items()}
    entries = []
    for place, name in enumerate(habits, 1):
        for row in rows[1:]:
            value = _at(row, place)
            if shape.get(name) in (None, "yes or no") or value in _LOOP_EMPTY:
                continue
            if shape[name] == "thousandths":
                value = "0" if value == "NO" else f"{int(value) / 1000:g}" if value.isdecimal() else value
            entries.append(Entry(row.line, name, _at(row, 0), value, note=_at(row, 2) if single else ""))
    ticks = [name for name, found in shape.items() if found == "yes or no"]
    notes = [f"Left out, since they are yes or no: {', '.join(ticks)}."] if ticks else []
    scales: dict[str, Scale] = {name: (0, 1) for name, found in shape.items() if found == "score"}
    if scales:
        notes.append("Scores say how strong a habit is, from 0 to 1. They are not pain.")
    return Reading("loop", "columns", tuple(entries), tuple(notes), scales=scales, ask=frozenset(scales))


def _at(row: Row, place: int) -> str:
    return row.cells[place].strip() if place < len(row.cells) else ""


def _loop_shape(cells: Sequence[str]) -> str:
    filled = [cell for cell in cells if cell not in _LOOP_EMPTY]
    if filled and all(re.fullmatch(r"[01]\.\d{4}", cell) for cell in filled):
        return "score"
    counted = [int(cell) for cell in filled if re.fullmatch(r"\d{1,9}", cell, re.ASCII)]
    return "thousandths" if any(value >= 100 for value in counted) else "yes or no"


def _is_loop(rows: Sequence[Row]) -> bool:
    """Whether every cell beside the dates is a state, a score or a number as Loop writes them.

    Its tables end each line with a comma; only states of its own name make up for a comma that was lost.
    """
    names = headings(rows[0].cells)
    if names[0] != "date" or len(rows) < 2:
        return False
    single = names[1:] in (("value",), ("value", "notes"), ("score",))
    columns = 2 if single else None
    cells = {cell for row in rows[1:200] for cell in row.cells[1:columns] if cell}
    if not cells or (names[-1] and not single and not cells & _LOOP_OWN_STATES):
        return False
    states = cells & _LOOP_STATES
    if not states and all(re.fullmatch(r"[01]\.\d{4}", cell) for cell in cells):
        return True
    numbers = cells - _LOOP_STATES
    if not all(re.fullmatch(r"-?[0-3]|\d{3,9}", cell, re.ASCII) for cell in numbers):
        return False
    return bool(states) or any(len(cell) > 3 for cell in numbers)


def _listed(counts: dict[str, int]) -> str:
    return ", ".join(f"{name or 'without a category'} ({count})" for name, count in counts.items()) + "."
