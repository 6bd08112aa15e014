"""Bytes of a foreign file as a table: unpacked, decoded, split into rows. What cannot be read says why."""

import csv
import io
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

MAX_BYTES = 20_000_000
"""Of one file, and of everything that is unpacked from one zip."""
MAX_MEMBERS = 2_000
MAX_ROWS = 100_000

_SEPARATORS = ("\t", ";", "|", ",")
_SAMPLE = 400
_KNOWN = {
    b"%PDF": "a PDF",
    b"SQLite format 3": "a database",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"\xd0\xcf\x11\xe0": "an old spreadsheet",
    b"\x1f\x8b": "a gzip archive",
}


class BadDiary(ValueError):
    """A file that cannot be read as a diary; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Row:
    """One record and the line it begins on; the first line of the file is 1."""

    line: int
    cells: tuple[str, ...]


def members(data: bytes) -> Mapping[str, Callable[[], bytes]]:
    """The CSV files in a zip, by name, each unpacked only when it is called for.

    Raises BadDiary for a zip that is damaged, encrypted, too large or without a CSV. The sizes a zip declares
    are checked first and those really unpacked again, so that a small zip cannot become a large file.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        listed = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as problem:
        raise BadDiary("This zip is damaged. Export it again.") from problem
    names = {one.filename for one in listed}
    if "[Content_Types].xml" in names or "META-INF/manifest.xml" in names:
        raise BadDiary("This is a spreadsheet. Open it and save the sheet as CSV, then choose that file.")
    if len(listed) > MAX_MEMBERS:
        raise BadDiary(f"This zip holds {len(listed)} files; at most {MAX_MEMBERS} are read.")
    if sum(one.file_size for one in listed) > MAX_BYTES:
        raise BadDiary(f"Unpacked, this zip would be larger than {MAX_BYTES // 1_000_000} MB, so it was not opened.")
    found = {one.filename: one for one in listed if one.filename.lower().endswith(".csv") and not one.is_dir()}
    if not found:
        raise BadDiary("There is no CSV file in this zip. Export the diary as CSV.")
    return {name: partial(_unpacked, archive, one) for name, one in found.items()}


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    try:
        with archive.open(member) as file:
            data = file.read(MAX_BYTES + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, OSError) as problem:
        words = "is protected by a password" if member.flag_bits & 1 else "is damaged"
        raise BadDiary(f"The file {member.filename!r} in this zip {words}.") from problem
    if len(data) > MAX_BYTES:
        raise BadDiary(f"Unpacked, this zip is larger than {MAX_BYTES // 1_000_000} MB, so it was not read.")
    return data


def is_zip(data: bytes) -> bool:
    """Whether the bytes begin as a zip does, an empty one included."""
    return data[:4] in (b"PK\x03\x04", b"PK\x05\x06")


def text_of(data: bytes) -> str:
    """The text: UTF-8, UTF-16 with or without its mark, else Windows-1252. Raises BadDiary when it is no text."""
    if len(data) > MAX_BYTES:
        raise BadDiary(f"This file is larger than {MAX_BYTES // 1_000_000} MB, so it was not read.")
    for start, name in _KNOWN.items():
        if data.startswith(start):
            raise BadDiary(f"This is {name}, not a table in text. Export the diary as CSV.")
    text = _decoded(data)
    odd = sum(1 for letter in text if letter < " " and letter not in "\t\r\n\f")
    if "\0" in text or odd > len(text) // 100:
        raise BadDiary("This is not a text file. Export the diary as CSV.")
    if not text.strip():
        raise BadDiary("This file is empty.")
    return text.lstrip("\N{ZERO WIDTH NO-BREAK SPACE}")


def _decoded(data: bytes) -> str:
    encoding = _wide(data)
    try:
        if encoding:
            return data.decode(encoding)
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError as problem:
        raise BadDiary("The letters of this file cannot be read. Save it as UTF-8 text.") from problem


def _wide(data: bytes) -> str | None:
    """The kind of UTF-16, told by its mark or by where the empty halves of plain letters are."""
    if data[:2] == b"\xff\xfe":
        return "utf-16"
    if data[:2] == b"\xfe\xff":
        return "utf-16"
    sample = data[:2000]
    half = len(sample) // 2
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if half and odd > half * 0.6 and even < half * 0.05:
        return "utf-16-le"
    if half and even > half * 0.6 and odd < half * 0.05:
        return "utf-16-be"
    return None


def table(text: str, likely: Callable[[Sequence[str]], bool]) -> tuple[tuple[Row, ...], bool]:
    """The rows of a text whose separator is found out: the one with which most rows are `likely`, then regular.

    The second value says that quotes were not closed somewhere, so that each line was read on its own.
    Raises BadDiary when no separator makes columns, or for too many rows.
    """
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        rows, torn = _split(rest, first.strip()[4])
        return tuple(Row(row.line + 1, row.cells) for row in rows), torn
    sample = "".join(text.splitlines(keepends=True)[:_SAMPLE])
    scores = {separator: _score(sample, separator, likely) for separator in _SEPARATORS}
    best = max(_SEPARATORS, key=lambda separator: scores[separator])
    if scores[best] == (0, 0, 0):
        raise BadDiary("No columns were found in this file. A diary needs a column of days and one of numbers.")
    return _split(text, best)


def _score(sample: str, separator: str, likely: Callable[[Sequence[str]], bool]) -> tuple[int, int, int]:
    rows, _ = _split(sample, separator)
    widths = Counter(len(row.cells) for row in rows)
    width, regular = max(widths.items(), key=lambda pair: (pair[1], pair[0]), default=(0, 0))
    if width < 2:
        wide = [count for cells, count in widths.items() if cells > 1]
        width, regular = (2, max(wide)) if wide else (0, 0)
    return sum(likely(row.cells) for row in rows), regular, width


def _split(text: str, separator: str) -> tuple[tuple[Row, ...], bool]:
    try:
        return _records(text, separator), False
    except csv.Error:
        lines = text.splitlines()
    rows: list[Row] = []
    for number, line in enumerate(lines[: MAX_ROWS + 1], 1):
        cells = line.split(separator)
        rows.append(Row(number, tuple(cell.strip().strip('"') for cell in cells)))
    return _capped([row for row in rows if any(row.cells)]), True


def _records(text: str, separator: str) -> tuple[Row, ...]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True, skipinitialspace=True)
    rows: list[Row] = []
    before = 0
    for cells in reader:
        if any(cell.strip() for cell in cells):
            rows.append(Row(before + 1, tuple(cell.strip() for cell in cells)))
        before = reader.line_num
        if len(rows) > MAX_ROWS:
            break
    return _capped(rows)


def _capped(rows: list[Row]) -> tuple[Row, ...]:
    if len(rows) > MAX_ROWS:
        raise BadDiary(f"This file has more than {MAX_ROWS} rows, so it was not read.")
    return tuple(rows)
