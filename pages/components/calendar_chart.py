"""The calendar of adherence: a column a week, a square a day; a day without a session is a day of rest."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any

import altair as alt

from pages.components.charts import AXIS_PX, INK, Row, across, base, by_kind, finished, of, said, text, words
from pages.components.tables import Table, short
from unpinch.adherence import Adherence, DayMark, PlanWeek
from unpinch.weeks import WEEK

PLOT_PX, NUMBERS_PX = 150, 18
MOST_WEEKS = 26
"""More columns than this are too narrow for a phone."""
LOWER_HALF = "M-1,0L1,0L1,1L-1,1Z"
"""The lower half of a square, as a path of Vega's symbols."""
KEY = (
    "A column is a week, the number below it counts its days with a session done.",
    "A filled square is a day with a session done, a half-filled one a day with a part of one, a dot a day without:"
    " days of rest belong to the plan, and which they are is up to you.",
)


@cache
def spec() -> dict[str, Any]:
    """The specification: weeks across, the days of a week down, the number done below."""
    column = alt.X(
        "week:O",
        title=None,
        axis=alt.Axis(
            labelExpr="timeFormat(toDate(datum.value), '%-d %b')",
            labelColor=alt.expr(INK),
            labelAngle=0,
            labelOverlap="greedy",
            labelPadding=22,
            ticks=False,
            domain=False,
        ),
    )
    row = alt.Y(
        "place:O",
        title=None,
        axis=across(labelExpr="timeFormat(toDate(datum.value), '%a')", ticks=False, domain=False, grid=False),
    )
    weeks = base().encode(x=column)
    days = weeks.encode(y=row)
    square = of(days.encode(color=by_kind(), tooltip=said()), "Session")
    done, part = (square.transform_filter(f"datum.mark === '{mark.value}'") for mark in (DayMark.DONE, DayMark.PART))
    numbers = weeks.encode(y=alt.YValue(alt.ExprRef("height + 10")), text="label:N", tooltip=said())
    layers = [
        of(days, "Rest").mark_circle(size=12, color=alt.expr(INK), opacity=0.5).encode(tooltip=said()),
        done.mark_point(shape="square", size=110, filled=True, opacity=0.9),
        part.mark_point(shape="square", size=100, filled=False, strokeWidth=1.5),
        part.mark_point(shape=LOWER_HALF, size=100, filled=True, opacity=0.9),
        of(numbers, "Week done").mark_text(baseline="middle", fontSize=11, color=alt.expr(INK)),
    ]
    return finished(alt.layer(*layers).properties(height=PLOT_PX + AXIS_PX + NUMBERS_PX))


def weeks_shown(found: Adherence, since: date) -> tuple[PlanWeek, ...]:
    """The weeks of the range, the latest where they are too many for a phone.

    Weeks before the starting week, from the first session on, are there without a plan.
    """
    if not found.weeks:
        return ()
    first, begun = found.weeks[0].start, max(min(found.marks, default=since), since)
    before = []
    while first > begun:
        first -= WEEK
        days = (first + timedelta(days=number) for number in range(WEEK.days))
        before.append(PlanWeek(first, sum(found.marks.get(day) is DayMark.DONE for day in days), 0))
    return tuple(week for week in (*reversed(before), *found.weeks) if week.start + WEEK > since)[-MOST_WEEKS:]


def rows(weeks: Sequence[PlanWeek], found: Adherence, until: date) -> list[Row]:
    """A row for each day up to `until`, and one for each week's number."""
    rows: list[Row] = []
    for week in weeks:
        column = {"week": text(week.start)}
        of_plan = f" of {week.planned} planned" if week.planned else ""
        told = f"Week from {words(week.start)}: {week.done}{of_plan} done"
        rows.append({"kind": "Week done", **column, "label": str(week.done), "words": told})
        for number in range(WEEK.days):
            day = week.start + timedelta(days=number)
            mark = found.marks.get(day)
            if day > until:
                continue
            rows.append(
                {
                    "kind": "Session" if mark else "Rest",
                    **column,
                    "place": text(weeks[0].start + timedelta(days=number)),
                    "mark": mark.value if mark else "",
                    "words": f"{words(day)}: {_mark_words(mark)}",
                }
            )
    return rows


def sentence(weeks: Sequence[PlanWeek], found: Adherence, until: date) -> str:
    """What the calendar shows."""
    first = weeks[0].start
    inside = [mark for day, mark in found.marks.items() if first <= day <= until]
    done, part = inside.count(DayMark.DONE), inside.count(DayMark.PART)
    whole = [week for week in weeks if week.planned and week.start + WEEK <= until + timedelta(days=1)]
    mean = sum(week.done for week in whole) / len(whole) if whole else 0
    plan = f"Plan: {found.planned_per_week} a week. " if found.planned_per_week else ""
    told = f"{plan}{words(first)} to {words(until)}: {_days(done)} with a session done"
    if part:
        told += f", {_days(part)} with a part of one"
    if whole:
        told += f"; {mean:.1f} a week on average over {len(whole)} whole week{'s' if len(whole) != 1 else ''}"
    return f"{told}."


def table(weeks: Sequence[PlanWeek], found: Adherence) -> Table:
    """The weeks of the calendar, the latest first."""
    return [
        {
            "From": short(week.start),
            "Done": str(week.done),
            "In part": str(_parts(week, found)),
            "Plan": str(week.planned) if week.planned else "–",
        }
        for week in reversed(weeks)
    ]


def _parts(week: PlanWeek, found: Adherence) -> int:
    days = (week.start + timedelta(days=number) for number in range(WEEK.days))
    return sum(found.marks.get(day) is DayMark.PART for day in days)


def _mark_words(mark: DayMark | None) -> str:
    if mark is None:
        return "no session"
    return "session done" if mark is DayMark.DONE else "a part of a session"


def _days(count: int) -> str:
    return f"{count} day{'s' if count != 1 else ''}"
