"""What the readers of foreign diaries agree on: entries, named series of them, and rows that are no good."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from unpinch.exchange.dates import DateOrder, read_when
from unpinch.exchange.decoding import Row

NOTE_LENGTH = 500
_NUMBER = re.compile(
    r"([+-]?\d{1,12}(?:[.,]\d{1,12})?|[.,]\d{1,12})(?:\s*(?:/|out of)\s*10)?(?:\s*[-\N{EN DASH}:(]\s*[^\d\s][^\d]*)?",
    re.ASCII,
)

Scale = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Entry:
    """One rating as it stands in the file. `name` is the column or body part, `day` and `time` are its texts.

    `stamped` says that the row has no day of its own and that of its timestamp stands in for it. `moment` is
    what tells two ratings of one day apart. `more` holds the other columns of Unpinch's own shape.
    """

    line: int
    name: str
    day: str
    value: str
    time: str = ""
    moment: str = ""
    note: str = ""
    stamped: bool = False
    more: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be taken over: its line in the file, what stands there, and why not."""

    line: int
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class Stamps:
    """How timestamps stand to the days that were given beside them.

    Of `both` rows with a day and a timestamp, `same` fall on the same day, and `shifted` would after `hours`.
    """

    both: int
    same: int
    hours: int
    shifted: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader made of a file: its entries and what else must be said.

    `kind` is "columns" or "body parts". `scales` are the scales that the app is known to use, by name;
    `words` the answers in words that may be read as a scale. `ask` names what must never be taken without
    being chosen. `order` is set where the format leaves no doubt about dates.
    """

    format: str
    kind: str
    entries: tuple[Entry, ...]
    notes: tuple[str, ...] = ()
    bad: tuple[BadRow, ...] = ()
    scales: Mapping[str, Scale] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    ask: frozenset[str] = frozenset()
    order: DateOrder | None = None
    stamps: Stamps | None = None


def number(text: str) -> float:
    """A number with a decimal point or comma; "3/10" and "3 - uncomfortable" are 3. Raises ValueError for others."""
    found = _NUMBER.fullmatch(text.strip().replace("\N{MINUS SIGN}", "-"))
    if not found:
        raise ValueError("is not a number")
    return float(found[1].replace(",", "."))


def is_number(text: str) -> bool:
    """Whether `number` can read it."""
    return bool(_NUMBER.fullmatch(text.strip().replace("\N{MINUS SIGN}", "-")))


def is_day(text: str) -> bool:
    """Whether it names a day, be it clear or not which number is the month."""
    for order in DateOrder:
        try:
            read_when(text, order)
        except ValueError:
            continue
        return True
    return False


def plain(text: str) -> str:
    """A text of the file as a note: one space between words, nothing invisible, at most 500 characters.

    Of a text that was guarded against being taken for a formula, the guard is taken off.
    """
    shown = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    if len(shown) > 1 and shown[0] == "'" and shown[1] in "=+-@":
        shown = shown[1:]
    return shown if len(shown) <= NOTE_LENGTH else f"{shown[: NOTE_LENGTH - 1]}…"


def headings(cells: Sequence[str]) -> tuple[str, ...]:
    """The names of columns as they are compared: in small letters, without quotes or marks around them."""
    return tuple(" ".join(cell.strip(" \"'\ufeff").lower().split()) for cell in cells)


def cell_of(names: Sequence[str]) -> Callable[[Row, str], str]:
    """cell(row, name): what stands in the column of that name; "" where the row is too short or has none."""
    places = {name: place for place, name in reversed(tuple(enumerate(names)))}

    def cell(row: Row, name: str) -> str:
        place = places.get(name)
        return row.cells[place] if place is not None and place < len(row.cells) else ""

    return cell
