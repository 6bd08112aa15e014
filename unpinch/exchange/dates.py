"""Days and times as diaries write them. Which of two numbers is the month is never guessed here."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

PIVOT = 69
"""A year of two digits from here on is 19.., below it 20.., as in POSIX's %y."""

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar janvier janv enero ene gennaio gen januari",
            "feb february februar février fevrier févr febrero febbraio februari",
            "mar march märz maerz mär mrz mars marzo maart mrt",
            "apr april avril avr abril abr aprile",
            "may mai mayo maggio mag mei",
            "jun june juni juin junio giugno giu",
            "jul july juli juillet juil julio luglio lug",
            "aug august août aout agosto ago augustus",
            "sep sept september septembre septiembre settembre set",
            "oct october okt oktober octobre octubre ottobre ott",
            "nov november novembre noviembre",
            "dec december dez dezember décembre déc decembre diciembre dic dicembre",
        ),
        1,
    )
    for name in names.split()
}
_WEEKDAY = r"(?:[^\W\d_]{2,12}\.?,?\s+)?"
_YEAR = r"(\d{4}|\d{2})(?!\d)"
_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)", re.ASCII)
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})(?!\d)", re.ASCII)
_NUMBERS = re.compile(rf"{_WEEKDAY}(\d{{1,2}})\s?([-/. ])\s?(\d{{1,2}})\s?\2\s?{_YEAR}")
_WORD = r"([^\W\d_]{3,10})"
_DAY_WORD = re.compile(rf"{_WEEKDAY}(\d{{1,2}})(?:st|nd|rd|th|er|\.)?(?:\s+of)?[\s-]*{_WORD}\.?,?[\s-]+{_YEAR}")
_WORD_DAY = re.compile(rf"{_WEEKDAY}{_WORD}\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+{_YEAR}")
_CLOCK_FIRST = re.compile(
    r"(\D+ \d{1,2}) (\d{1,2}:\d{2}:\d{2})(?: ((?:GMT|UTC)[+-]\d{2}:?\d{2}|UTC|GMT)| [A-Z]{3,5})? (\d{4})"
)
_TIME = re.compile(
    r"(?:[T,]\s*|at\s+)?(\d{1,2})[:.h](\d{2})(?:[:.](\d{2})(?:[.,]\d{1,9})?)?\s*(?:([ap])\.?m\.?)?"
    r"\s*(Z|(?:UTC|GMT)?[+-]\d{2}:?\d{2}|UTC|GMT)?(?:\s*\([^)]*\))?",
    re.IGNORECASE,
)
_EPOCH = re.compile(r"(1\d{9})(?:\.\d+)?|(1\d{12})", re.ASCII)


class DateOrder(StrEnum):
    """Which comes first in a date of three numbers that ends in the year."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"


@dataclass(frozen=True, slots=True)
class When:
    """A day, the time of day if one was given, and its distance from UTC if that was given, too."""

    day: date
    clock: time | None = None
    offset: timedelta | None = None

    def local(self, tz: ZoneInfo) -> "When":
        """The same moment on the clocks of `tz`; what names no distance from UTC is taken to be local already."""
        if self.clock is None or self.offset is None:
            return self
        there = datetime.combine(self.day, self.clock, timezone(self.offset)).astimezone(tz)
        return When(there.date(), there.time())


@lru_cache(maxsize=4096)
def read_when(text: str, order: DateOrder | None = None) -> When:
    """The day, and the time if there is one. Raises ValueError with the reason for a text that names none.

    `order` is needed only for a date of three numbers that could be read both ways: without it such a date
    is refused. Dates with dots are written day first wherever they are used.
    """
    plain = " ".join(text.split())
    if not plain:
        raise ValueError("has no day")
    if epoch := _EPOCH.fullmatch(plain):
        seconds = int(epoch[1] or epoch[2][:-3])
        at = datetime.fromtimestamp(seconds, UTC)
        return When(at.date(), at.time(), timedelta(0))
    if clock_first := _CLOCK_FIRST.fullmatch(plain):  # as C and Java write it, the year at the end
        day_and_month, clock_text, zone, year = clock_first.groups()
        plain = " ".join(filter(None, (day_and_month, year, clock_text, zone)))
    day, rest = _day(plain, order)
    if not rest:
        return When(day)
    clock, offset = _clock(rest, text)
    return When(day, clock, offset)


def read_time(text: str) -> time:
    """A time of day such as 21:40, 9:40 pm or 21.40. Raises ValueError for a text that is none."""
    return _clock(" ".join(text.split()), text)[0]


def orders(texts: Iterable[str]) -> tuple[int, int, str]:
    """How many dates can only be day first, how many only month first, and the first that can be both, else ""."""
    day_first = month_first = 0
    both = ""
    for text in texts:
        possible = _possible(" ".join(text.split()))
        if possible == {DateOrder.DAY_FIRST}:
            day_first += 1
        elif possible == {DateOrder.MONTH_FIRST}:
            month_first += 1
        elif possible and not both:
            both = text
    return day_first, month_first, both


@lru_cache(maxsize=4096)
def _possible(plain: str) -> frozenset[DateOrder]:
    found = None if _ISO.match(plain) else _NUMBERS.match(plain)
    if not found or found[2] == "." or found[1] == found[3]:
        return frozenset()
    valid = set()
    for order in DateOrder:
        try:
            _numbers(found, order)
        except ValueError:
            continue
        valid.add(order)
    return frozenset(valid)


def _day(plain: str, order: DateOrder | None) -> tuple[date, str]:
    if found := _ISO.match(plain):
        return _made(found[1], found[3], found[4], found[0]), plain[found.end() :]
    if found := _COMPACT.match(plain):
        return _made(found[1], found[2], found[3], found[0]), plain[found.end() :]
    if found := _NUMBERS.match(plain):
        if found[2] == "." or found[1] == found[3]:
            order = DateOrder.DAY_FIRST
        elif order is None:
            possible = _possible(plain)
            if len(possible) == 2:
                raise ValueError(f"could be day first or month first: {found[0]}")
            order = next(iter(possible), DateOrder.DAY_FIRST)
        return _numbers(found, order), plain[found.end() :]
    for pattern, at_day, at_month in ((_DAY_WORD, 1, 2), (_WORD_DAY, 2, 1)):
        found = pattern.match(plain)
        if found and (month := _MONTHS.get(found[at_month].lower())):
            return _made(found[3], str(month), found[at_day], found[0]), plain[found.end() :]
    raise ValueError(f"is not a day that can be read: {_short(plain)}")


def _numbers(found: re.Match[str], order: DateOrder) -> date:
    day, month = (found[1], found[3]) if order is DateOrder.DAY_FIRST else (found[3], found[1])
    return _made(found[4], month, day, found[0])


def _made(year: str, month: str, day: str, said: str) -> date:
    full = int(year) if len(year) == 4 else int(year) + (1900 if int(year) >= PIVOT else 2000)
    try:
        made = date(full, int(month), int(day))
    except ValueError:
        raise ValueError(f"is not a day of the calendar: {said}") from None
    if not 1900 <= made.year <= 2200:
        raise ValueError(f"is not a year of a diary: {said}")
    return made


def _clock(text: str, said: str) -> tuple[time, timedelta | None]:
    found = _TIME.fullmatch(text.strip())
    if not found:
        raise ValueError(f"is not a day or time that can be read: {_short(said)}")
    hour, half = int(found[1]), (found[4] or "").lower()
    if half and not 1 <= hour <= 12:
        raise ValueError(f"is not a time of day: {_short(said)}")
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        clock = time(hour, int(found[2]), int(found[3] or 0))
    except ValueError:
        raise ValueError(f"is not a time of day: {_short(said)}") from None
    return clock, _offset(found[5])


def _offset(zone: str | None) -> timedelta | None:
    if not zone:
        return None
    digits = re.sub(r"[^\d]", "", zone)
    if not digits:
        return timedelta(0)
    length = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    if length >= timedelta(hours=24):
        raise ValueError(f"is not a distance from UTC: {zone}")
    return -length if "-" in zone else length


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"
