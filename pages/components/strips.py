"""The strips below the pain chart: rated days, sessions, flares, changes of the plan, medicines and other events."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import altair as alt

from pages.components.charts import HALF_A_DAY, INK, PAPER, Row, base, by_kind, of, said, side, text, words
from pages.components.tables import EVENT_WORDS
from unpinch.adherence import DayMark
from unpinch.events import Event
from unpinch.weeks import OF_A_DAY, WEEK, WeekSummary

LANE_PX = 22
FIRST_LANE_PX = 16
MOST_LABELLED_WEEKS = 14
LETTER_OF_RANGE = 0.024
"""How much of the range a letter of a label takes on a phone, so that labels in one strip keep apart."""
LABEL_LIMIT = {"expr": "width * 0.6"}
TURNING_POINT = 0.5
"""Beyond this share of the range a label stands before its mark, so that it is not cut off at the edge."""
DASHES: Mapping[str, list[int]] = {"medicine": [1, 0], "treatment": [8, 3], "event": [2, 2]}
"""Medicine is a whole bar, treatment a broken one, anything else dotted."""


def laid(groups: Iterable[tuple[str, list[Row]]]) -> tuple[list[Row], int]:
    """The rows of every group that has any, a strip each from top to bottom, and how many strips there are."""
    rows: list[Row] = []
    filled = [(name, group) for name, group in groups if group]
    for lane, (name, group) in enumerate(filled):
        rows.append({"kind": "Strip", "lane": lane, "label": name})
        rows += [row | {"lane": lane} for row in group]
    return rows, len(filled)


def numbers(weeks: Sequence[WeekSummary], first: date, last: date) -> list[Row]:
    """How many days of each week were rated, thin weeks too; nothing where there is no room for the numbers.

    A week that rests on a rating about the whole of it has a dash.
    """
    if len(weeks) > MOST_LABELLED_WEEKS or all(week.days != OF_A_DAY for week in weeks):
        return []
    return [
        {
            "kind": "Number",
            "at": text(_middle(max(week.start, first), min(week.start + WEEK - timedelta(days=1), last))),
            "label": str(week.n) if week.days == OF_A_DAY else "–",
        }
        for week in weeks
    ]


def sessions(marks: Mapping[date, DayMark], said_of: Mapping[date, str], since: date, until: date) -> list[Row]:
    """Days with a session: filled when it was done, hollow when a part of it was."""
    return [
        {
            "kind": "Session",
            "at": text(day),
            "done": mark is DayMark.DONE,
            "words": f"Session on {words(day)}, {mark.value}{said_of.get(day, '')}",
        }
        for day, mark in sorted(marks.items())
        if since <= day <= until
    ]


def flares(told: Collection[date], found: Collection[date], since: date, until: date) -> list[Row]:
    """One mark for each day of a flare: filled when the person said so, hollow when the ratings alone show it."""
    return [
        {
            "kind": "Flare",
            "at": text(day),
            "done": day in told,
            "words": f"Flare on {words(day)}" + ("" if day in told else ", found in the ratings"),
        }
        for day in sorted({*told, *found})
        if since <= day <= until
    ]


def changes(days: Collection[date], since: date, until: date) -> list[Row]:
    """One mark for each day on which the plan was changed."""
    shown = sorted(day for day in set(days) if since <= day <= until)
    return [{"kind": "Change", "at": text(day), "words": f"Plan changed on {words(day)}"} for day in shown]


def events(shown: Iterable[Event], since: date, until: date) -> list[list[Row]]:
    """Medicines, treatments and other events as labelled bars, as few strips as keep them apart."""
    lanes: list[list[Row]] = []
    taken: list[float] = []
    length = (until - since).days + 1
    for event in sorted(shown, key=lambda one: (one.first_day, one.label)):
        first, last = max(event.first_day, since), min(event.last_day or until, until)
        if first > until or last < since:
            continue
        label = f"{EVENT_WORDS[event.kind]}: {event.label}"
        begin, end = ((first - since).days / length, ((last - since).days + 1) / length)
        before = begin > TURNING_POINT
        room = LETTER_OF_RANGE * len(label)
        left, right = (min(begin, end - room), end) if before else (begin, max(end, begin + room))
        lane = next((at for at, until_here in enumerate(taken) if until_here <= left), len(taken))
        if lane == len(taken):
            taken.append(right)
            lanes.append([])
        taken[lane] = right
        lanes[lane].append(
            {
                "kind": "Event",
                "what": event.kind,
                "at": text(first, -HALF_A_DAY),
                "until": text(last, HALF_A_DAY),
                "anchor": text(last, HALF_A_DAY) if before else text(first, -HALF_A_DAY),
                "side": "before" if before else "after",
                "label": label,
                "words": spoken(event),
            }
        )
    return lanes


def spoken(event: Event) -> str:
    """An event with its days in words."""
    if event.last_day == event.first_day:
        when = f"on {words(event.first_day)}"
    elif event.last_day is None:
        when = f"from {words(event.first_day)}, still going on"
    else:
        when = f"{words(event.first_day)} to {words(event.last_day)}"
    return f"{EVENT_WORDS[event.kind]}: {event.label}, {when}"


def layers(days: alt.Chart) -> list[Any]:
    """The layers of the strips; `days` has the days along it."""
    marks = days.encode(y=_lane(), color=by_kind(), tooltip=said())
    names = base().encode(x=alt.value(-8), y=_lane(), text="label:N")
    numbers = days.encode(y=_lane(), text="label:N")
    bars = days.encode(x2="until:T", y=_lane(6), color=by_kind(), tooltip=said())
    done, part = marks.transform_filter("datum.done"), marks.transform_filter("!datum.done")
    return [
        of(names, "Strip").mark_text(align="right", baseline="middle", fontSize=11, color=alt.expr(INK)),
        of(numbers, "Number").mark_text(baseline="middle", fontSize=11, color=alt.expr(INK)),
        of(done, "Session").mark_point(shape="square", filled=True, size=side(50), opacity=0.9),
        of(part, "Session").mark_point(shape="square", filled=False, size=side(42), strokeWidth=1.5),
        of(done, "Flare").mark_point(shape="triangle-down", filled=True, size=side(60, 24), opacity=0.9),
        of(part, "Flare").mark_point(shape="triangle-down", filled=False, size=side(50, 24), strokeWidth=1.5),
        of(marks, "Change").mark_point(shape="diamond", filled=True, size=side(60, 24), opacity=0.9),
        *(
            of(bars, "Event").transform_filter(f"datum.what === '{kind}'").mark_rule(strokeWidth=5, strokeDash=dash)
            for kind, dash in DASHES.items()
        ),
        *labels(days, "Event", _lane(-3), anchor="anchor"),
    ]


def labels(days: alt.Chart, kind: str, y: Any, anchor: str = "at", dy: int = 0) -> list[Any]:
    """Labels at the left end of what they name, or before its right end where `side` says so, set off from marks."""
    written = of(days, kind).encode(x=f"{anchor}:T", y=y, text="label:N")
    found = []
    for at, align in (("after", "left"), ("before", "right")):
        at_side = written.transform_filter(f"datum.side === '{at}'")
        style: dict[str, Any] = {"align": align, "baseline": "middle", "fontSize": 11, "dy": dy, "limit": LABEL_LIMIT}
        found += [
            at_side.mark_text(**style, stroke=alt.expr(PAPER), strokeWidth=3, strokeJoin="round"),
            at_side.mark_text(**style, color=alt.expr(INK)),
        ]
    return found


def _middle(first: date, last: date) -> date:
    return first + (last - first) // 2


def _lane(down: int = 0) -> Any:
    return alt.YValue(alt.ExprRef(f"height + {FIRST_LANE_PX + down} + datum.lane * {LANE_PX}"))
