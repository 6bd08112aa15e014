"""A foreign diary: what it holds, and the ratings that would come of it once the person has chosen.

Two steps, so that nothing is taken over unseen: `find` reads a file, `choose` turns one column or body part of
it into ratings. Both are pure; nothing is written here.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from unpinch.diary import Reach
from unpinch.exchange import diary_columns
from unpinch.exchange.dates import DateOrder, When, orders, read_time, read_when
from unpinch.exchange.decoding import BadDiary, is_zip, members, table, text_of
from unpinch.exchange.diary_formats import reader_of
from unpinch.exchange.entries import BadRow, Entry, Reading, Scale, Stamps, is_number, number, plain
from unpinch.rows import whole

USUAL: Scale = (0, 10)
NOON = time(12)
_SCALE_IN_NAME = re.compile(r"\b([01])\s*(?:-|\N{EN DASH}|to|bis)\s*(\d{1,3})\b")
_YES = {"1", "yes", "true", "y", "x", "ja"}
_NO = {"", "0", "no", "false", "n", "nein"}


@dataclass(frozen=True, slots=True)
class Series:
    """One column or body part: how many entries it has, how many are numbers, and between which values.

    `scale` is the one that its heading tells or its app is known to use; `ask` says that a scale must be named
    before it is taken over.
    """

    name: str
    entries: int
    numbers: int
    lowest: float | None
    highest: float | None
    scale: Scale | None
    ask: bool
    pain: bool


@dataclass(frozen=True, slots=True)
class Found:
    """What a file holds. `order` is None where no date says which number is the month and `unclear` shows one."""

    format: str
    kind: str
    series: tuple[Series, ...]
    order: DateOrder | None
    unclear: str
    notes: tuple[str, ...]
    reading: Reading

    @property
    def stamps(self) -> Stamps | None:
        """How timestamps stand to days, where some rows have nothing else."""
        return self.reading.stamps

    @property
    def single(self) -> str | None:
        """The name of the only one there is, unless it must be chosen knowingly."""
        return self.series[0].name if len(self.series) == 1 and not self.series[0].ask else None

    def named(self, name: str) -> Series | None:
        """The column or body part of that name, capitals or not."""
        exact = [one for one in self.series if one.name == name]
        alike = [one for one in self.series if one.name.casefold() == name.strip().casefold()]
        return exact[0] if exact else alike[0] if len(alike) == 1 else None


@dataclass(frozen=True, slots=True)
class Choice:
    """What the person chose: which one, on which scale it was kept (no pain, worst pain), which date order.

    `scale` None takes numbers as 0 to 10. `shift_hours` moves timestamps that stand in for a missing day.
    """

    name: str
    scale: Scale | None = None
    order: DateOrder | None = None
    shift_hours: int = 0


@dataclass(frozen=True, slots=True)
class Rated:
    """One rating as it would be kept; `uid` is made from what stands in the file, the same each time."""

    line: int
    uid: str
    day: date
    clock: time | None
    nrs: float | None
    worst: float | None = None
    reach: Reach | None = None
    sitting_min: int | None = None
    sat_hours: float | None = None
    flare: bool = False
    note: str = ""

    def at(self, tz: str) -> datetime:
        """The moment in UTC; noon where the file gives none."""
        return datetime.combine(self.day, self.clock or NOON, ZoneInfo(tz)).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What comes of a choice. `repeats` are lines that say again what another line said; `bad` cannot be kept."""

    ratings: tuple[Rated, ...]
    repeats: tuple[int, ...]
    bad: tuple[BadRow, ...]


def find(data: bytes) -> Found:
    """What the bytes of a file hold. Raises BadDiary, in words for the person, when it is no diary."""
    rows, torn = table(text_of(_from_zip(data) if is_zip(data) else data), diary_columns.is_likely)
    if len(rows) < 2 and not any(map(diary_columns.is_likely, (row.cells for row in rows))):
        raise BadDiary("There is no row of ratings in this file.")
    reading = (reader_of(rows) or diary_columns.columns)(rows)
    if not reading.entries and not reading.bad:
        raise BadDiary("No ratings were found in this file. " + " ".join(reading.notes))
    day_first, month_first, both = orders(entry.day for entry in reading.entries)
    notes = list(reading.notes)
    order = None
    if day_first or month_first:
        order = DateOrder.DAY_FIRST if day_first >= month_first else DateOrder.MONTH_FIRST
        if day_first and month_first:
            notes.append(f"Dates are written in two ways; they are read {order.value.replace('_', ' ')}.")
    if torn:
        notes.append("Some quotation marks are not closed, so each line was read on its own.")
    return Found(reading.format, reading.kind, _series(reading), order, "" if order else both, tuple(notes), reading)


def questions(found: Found, choice: Choice) -> tuple[str, ...]:
    """What still has to be answered: any of "name", "order", "scale"."""
    one = found.named(choice.name)
    if one is None:
        return ("name",)
    unclear = found.unclear and choice.order is None
    return tuple(name for name, open_ in (("order", unclear), ("scale", one.ask and choice.scale is None)) if open_)


def choose(found: Found, choice: Choice, today: date, tz: str) -> Chosen:
    """The ratings of one column or body part, and every row of it that cannot be one, with the reason.

    Raises ValueError while a question is open. `tz` places times that carry their own distance from UTC.
    """
    if left := questions(found, choice):
        raise ValueError(f"still to be chosen: {', '.join(left)}")
    one = found.named(choice.name)
    name = one.name if one else choice.name
    choice = replace(choice, name=name, order=choice.order or found.order)
    words, zone = found.reading.words.get(name, {}), ZoneInfo(tz)
    ratings: list[Rated] = []
    repeats: list[int] = []
    bad = list(found.reading.bad)
    seen: set[str] = set()
    for entry in found.reading.entries:
        if entry.name != name:
            continue
        try:
            when = _when(entry, choice, today, zone)
        except ValueError as problem:
            bad.append(BadRow(entry.line, plain(f"{entry.day} {entry.time}"), str(problem)))
            continue
        try:
            rated = _rated(entry, when, choice, words)
        except ValueError as problem:
            bad.append(BadRow(entry.line, plain(entry.value), str(problem)))
            continue
        if rated.uid in seen:
            repeats.append(entry.line)
        else:
            seen.add(rated.uid)
            ratings.append(rated)
    return Chosen(tuple(ratings), tuple(repeats), tuple(sorted(bad, key=lambda row: row.line)))


def _from_zip(data: bytes) -> bytes:
    files = members(data)
    loops = [name for name in files if name.rpartition("/")[2].lower() == "checkmarks.csv"]
    wanted = min(loops, key=len) if loops else next(iter(files)) if len(files) == 1 else None
    if wanted is None:
        named = ", ".join(sorted(files)[:5])
        raise BadDiary(f"This zip holds {len(files)} CSV files ({named} …). Unpack it and choose one of them.")
    return files[wanted]()


def _series(reading: Reading) -> tuple[Series, ...]:
    grouped: dict[str, list[str]] = {}
    for entry in reading.entries:
        grouped.setdefault(entry.name, []).append(entry.value)
    made = []
    for name, values in grouped.items():
        numbers = [number(value) for value in values if is_number(value)]
        scale = reading.scales.get(name) or _told_scale(name)
        made.append(
            Series(
                name, len(values), len(numbers), min(numbers, default=None), max(numbers, default=None), scale,
                name in reading.ask or scale not in (None, USUAL),
                reading.format == "unpinch" or diary_columns.speaks_of_pain(name),
            )
        )  # fmt: skip
    return tuple(made)


def _told_scale(name: str) -> Scale | None:
    """The scale that a heading such as "pain (0-100)" tells."""
    found = _SCALE_IN_NAME.search(name)
    return (float(found[1]), float(found[2])) if found and float(found[1]) < float(found[2]) else None


def _when(entry: Entry, choice: Choice, today: date, zone: ZoneInfo) -> When:
    when = read_when(entry.day, choice.order)
    if entry.stamped and choice.shift_hours and when.clock and when.offset is None:
        moved = datetime.combine(when.day, when.clock) + timedelta(hours=choice.shift_hours)
        when = When(moved.date(), moved.time())
    if when.clock is None and entry.time:
        when = replace(when, clock=read_time(entry.time))
    when = when.local(zone)
    if when.day > today:
        raise ValueError("is in the future")
    return when


def _rated(entry: Entry, when: When, choice: Choice, words: Mapping[str, float]) -> Rated:
    nrs, said = _value(entry, choice, words)
    moment = entry.moment or (when.clock.isoformat() if when.clock else "")
    key = "\x1f".join((entry.name, when.day.isoformat(), moment, entry.value, entry.note, *entry.more.values()))
    return replace(
        _more(entry, nrs),
        line=entry.line,
        uid=f"import-{hashlib.sha256(key.encode('utf-8', 'replace')).hexdigest()[:32]}",
        day=when.day,
        clock=when.clock,
        nrs=nrs,
        note=plain(" · ".join(filter(None, (said, entry.note)))),
    )


def _value(entry: Entry, choice: Choice, words: Mapping[str, float]) -> tuple[float | None, str]:
    """The rating from 0 to 10, and what it was on its own scale where that was another one."""
    text = entry.value.strip()
    if not text:
        if any(entry.more.values()):
            return None, ""
        raise ValueError("has no rating")
    if words and text not in words:
        raise ValueError(f"is none of {', '.join(words)}")
    value = words[text] if words else number(text)
    low, high = choice.scale or USUAL
    if not min(low, high) <= value <= max(low, high):
        known = "" if choice.scale else "; choose the scale it was kept on"
        raise ValueError(f"is not from {low:g} to {high:g}{known}")
    if (low, high) == USUAL:
        return whole(value), ""
    return whole(round((value - low) / (high - low) * 10, 1)), f"{text} on {low:g} to {high:g}"


def _more(entry: Entry, nrs: float | None) -> Rated:
    """The other columns of Unpinch's own shape."""
    given = {name: text.strip() for name, text in entry.more.items()}
    worst = _number_of(given, "worst", 10)
    if worst is not None and nrs is not None and worst < nrs:
        raise ValueError(f"worst, {worst:g}, is below the average, {nrs:g}")
    reach = given.get("reach", "").lower()
    if reach and reach not in set(Reach):
        raise ValueError(f"reach is none of {', '.join(Reach)}: {reach}")
    flare = given.get("flare", "").lower()
    if flare not in _YES | _NO:
        raise ValueError(f"flare is neither yes nor no: {flare}")
    minutes = _number_of(given, "sitting_min", 1440)
    return Rated(
        0, "", date.min, None, None, worst, Reach(reach) if reach else None,
        None if minutes is None else round(minutes), _number_of(given, "sat_hours", 24), flare in _YES,
    )  # fmt: skip


def _number_of(given: dict[str, str], name: str, most: float) -> float | None:
    text = given.get(name, "")
    if not text:
        return None
    if not is_number(text) or not 0 <= number(text) <= most:
        raise ValueError(f"{name} is not from 0 to {most:g}: {text}")
    return whole(number(text))
