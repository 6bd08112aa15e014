"""`unpinch trend FILE…`: diaries as CSV in, for each the verdict as one line of JSON out."""

import csv
import io
import json
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TextIO

from unpinch.adherence import Adherence, PlanWeek, of_weeks
from unpinch.advice import Advice, AdviceText, Course, advise
from unpinch.catalogue import ContentProblems, load
from unpinch.diary import Reach
from unpinch.flares import flare_days
from unpinch.trend import Trend, trend
from unpinch.weeks import NRS_MAX, WEEK, Rating, one_a_day

REQUIRED = ("day", "nrs")
COLUMNS = (*REQUIRED, "worst", "reach", "sitting_min", "flare", "sessions_planned", "sessions_done")
YES_NO = {"1": True, "yes": True, "true": True, "0": False, "no": False, "false": False}
DAY_MINUTES = 24 * 60
MOST_PROBLEMS = 20
DIGITS = 9

Cells = dict[str, str]
Value = date | float | int | bool | Reach | None


class BadDiary(Exception):
    """A diary that cannot be read. `problems` names every mistake with its line, its column and its mend."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(slots=True)
class Diary:
    """What a file holds, in the order of its lines."""

    ratings: list[Rating] = field(default_factory=list)
    reaches: list[tuple[date, Reach]] = field(default_factory=list)
    flares: set[date] = field(default_factory=set)
    sessions: list[tuple[date, int, int]] = field(default_factory=list)
    last: date | None = None


def main(files: Sequence[str], today: date | None, out: TextIO | None = None, err: TextIO | None = None) -> int:
    """Print a line for each diary in the order given, on `today`, else on each one's last day; "-" is standard input.

    Exit status 0; 1 where the content is broken; 2 where a diary cannot be read: its mistakes are told, it has no
    line, and the others are still printed.
    """
    out, err = out or sys.stdout, err or sys.stderr
    try:
        catalogue = load()
    except ContentProblems as problems:
        err.write(f"{problems}\n")
        return 1
    status = 0
    for name in files:
        try:
            diary = parse(_read(name))
        except BadDiary as bad:
            told = bad.problems[:MOST_PROBLEMS]
            if len(bad.problems) > MOST_PROBLEMS:
                told.append(f"and {len(bad.problems) - MOST_PROBLEMS} more mistakes")
            err.write("".join(f"{name}: {problem}\n" for problem in told))
            status = 2
        else:
            line = judged(diary, today, catalogue.advice, catalogue.thresholds)
            out.write(json.dumps({"file": name, **line}) + "\n")
    return status


def judged(
    diary: Diary, today: date | None, texts: Mapping[str, AdviceText], thresholds: Mapping[str, float]
) -> dict[str, Any]:
    """The verdict on a diary and the advice it leads to, JSON-able. Entries after `today` are not looked at."""
    day = today or diary.last or date.min
    result = trend(diary.ratings, day, thresholds)
    flares = flare_days(one_a_day(diary.ratings, day), {one for one in diary.flares if one <= day}, thresholds)
    done = _adherence(diary.sessions, result.baseline_start, day, thresholds)
    given = advise(Course(result, day, tuple(diary.reaches), done, flares), texts, thresholds)
    return _line(result, given)


def parse(text: str) -> Diary:
    """The diary in a CSV text. Raises BadDiary with every mistake in it."""
    rows = csv.reader(io.StringIO(text, newline=""))
    diary, problems = Diary(), []
    try:
        header = next((row for row in rows if any(map(str.strip, row))), [])
        names = _columns(header, rows.line_num)
        for row in rows:
            if not any(map(str.strip, row)):
                continue
            if len(row) != len(names):
                problems.append(
                    f"line {rows.line_num}: has {len(row)} cells where the header has {len(names)};"
                    " add the missing commas, or put a cell with a comma in quotes"
                )
                continue
            found, wrong = _values(dict(zip(names, map(str.strip, row), strict=True)))
            problems += [f"line {rows.line_num}, {problem}" for problem in wrong]
            if not wrong:
                _add(diary, found)
    except csv.Error as fault:
        problems.append(f"line {rows.line_num}: is no CSV ({fault}); save the table as CSV again")
    if problems:
        raise BadDiary(problems)
    return diary


def _read(name: str) -> str:
    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise BadDiary([f"is not UTF-8 text (byte {fault.start + 1}); save it as CSV in UTF-8"]) from fault
    except (OSError, ValueError) as fault:
        told = fault.strerror if isinstance(fault, OSError) else str(fault)
        raise BadDiary([f"cannot be read ({told}); check the name and whether you may read it"]) from fault


def _columns(header: Sequence[str], line: int) -> list[str]:
    names = [name.strip().lower() for name in header]
    problems = [
        f'line {line}, column "{name}": is not known; known are {", ".join(COLUMNS)}'
        for name in names
        if name not in COLUMNS
    ]
    problems += [f'line {line}, column "{name}": is there twice; keep one' for name in _repeated(names)]
    problems += [
        f"line {max(line, 1)}: column {name} is missing; the first line names the columns, at least day,nrs"
        for name in REQUIRED
        if name not in names
    ]
    if problems:
        raise BadDiary(problems)
    return names


def _repeated(names: Sequence[str]) -> Iterable[str]:
    return dict.fromkeys(name for name in names if names.count(name) > 1)


def _values(cells: Cells) -> tuple[dict[str, Any], list[str]]:
    """The cells of a line as values, and what is wrong with them."""
    values: dict[str, Any] = {}
    problems = []
    for name, cell in cells.items():
        try:
            values[name] = READERS[name](cell) if cell or name == "day" else None
        except ValueError as problem:
            problems.append(f'{name} "{cell}": {problem}')
    return values, problems


def _add(diary: Diary, found: Mapping[str, Any]) -> None:
    day: date = found["day"]
    diary.last = max(day, diary.last or day)
    if found["nrs"] is not None:
        diary.ratings.append(Rating(day, found["nrs"], found.get("worst")))
    if found.get("reach") is not None:
        diary.reaches.append((day, found["reach"]))
    if found.get("flare"):
        diary.flares.add(day)
    planned, done = found.get("sessions_planned"), found.get("sessions_done")
    if planned is not None or done is not None:
        diary.sessions.append((day, planned or 0, done or 0))


def _day(cell: str) -> date:
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", cell):
        try:
            return date.fromisoformat(cell)
        except ValueError as problem:
            raise ValueError("is no day of the calendar; correct it") from problem
    raise ValueError("is not a day; write it as 2026-03-31")


def _number(low: int, high: int) -> Callable[[str], float]:
    def read(cell: str) -> float:
        if not re.fullmatch(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)", cell):
            raise ValueError(f"is not a number from {low} to {high}; write it with a decimal point, or leave it empty")
        if not low <= float(cell) <= high:
            raise ValueError(f"is not within {low} to {high}; correct it, or leave it empty")
        return float(cell)

    return read


def _count(cell: str) -> int:
    if not re.fullmatch(r"[0-9]{1,3}", cell):
        raise ValueError("is not a number of sessions; write 0, 1, 2 and so on, or leave it empty")
    return int(cell)


def _reach(cell: str) -> Reach:
    try:
        return Reach(cell.lower())
    except ValueError as problem:
        raise ValueError(f"is not known; use one of {', '.join(Reach)}, or leave it empty") from problem


def _flare(cell: str) -> bool:
    if cell.lower() not in YES_NO:
        raise ValueError("is neither 1 nor 0; use one of them, or leave it empty")
    return YES_NO[cell.lower()]


READERS: Mapping[str, Callable[[str], Value]] = {
    "day": _day,
    "nrs": _number(0, NRS_MAX),
    "worst": _number(0, NRS_MAX),
    "reach": _reach,
    "sitting_min": _number(0, DAY_MINUTES),
    "flare": _flare,
    "sessions_planned": _count,
    "sessions_done": _count,
}


def _adherence(
    sessions: Iterable[tuple[date, int, int]], start: date | None, today: date, thresholds: Mapping[str, float]
) -> Adherence:
    """Sessions done against those planned, in the weeks of the trend."""
    if start is None:
        return Adherence()
    weeks: dict[int, PlanWeek] = {}
    for day, planned, done in sessions:
        number = (day - start).days // WEEK.days
        if number >= 0 and day <= today:
            before = weeks.get(number) or PlanWeek(start + number * WEEK, 0, 0)
            weeks[number] = PlanWeek(before.start, before.done + done, before.planned + planned)
    return of_weeks([weeks[number] for number in sorted(weeks)], today, thresholds)


def _line(result: Trend, given: Iterable[Advice]) -> dict[str, Any]:
    return {
        "direction": result.direction,
        "baseline": _rounded(result.baseline),
        "change": _rounded(result.change),
        "change_percent": _rounded(result.change_percent),
        "weeks": [
            {
                "week": week.week,
                "n": week.n,
                "median": _rounded(week.median),
                "mean": _rounded(week.mean),
                "status": week.status,
            }
            for week in result.weeks
        ],
        "advice": [{"id": one.id, "urgency": one.urgency.code, "because": list(one.because)} for one in given],
    }


def _rounded(value: float | None) -> float | None:
    """Without the noise of the last binary digits."""
    return None if value is None else round(value, DIGITS)
