"""The pain chart: days as dots, weekly medians with their spread, what counts as a change, and strips below."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any

import altair as alt

from pages.components import strips
from pages.components.charts import (
    AXIS_PX,
    HALF_A_DAY,
    INK,
    Row,
    across,
    along,
    base,
    by_kind,
    finished,
    of,
    said,
    side,
    text,
    wide,
    words,
)
from unpinch.meaningful import Levels
from unpinch.weeks import NRS_MAX, OF_A_DAY, WEEK, Rating, WeekSummary

EYE_GUIDE_WEIGHT = 0.25
"""Weight of a new day in the guide line; older days fade with the days that passed, rated or not."""
PLOT_PX = 250
HALF_A_BAR = 0.12
"""Half the height of a week's bar, in points of the scale."""
NAME_ABOVE_PX = -7
DAY = timedelta(days=1)


@cache
def spec(lanes: int) -> dict[str, Any]:
    """The specification, with room for that many strips below the plot."""
    days = base().encode(x=along(below(lanes)))
    whole = alt.Scale(domain=[0, NRS_MAX], nice=False)
    nrs = alt.Y("nrs:Q", title=None, scale=whole, axis=across(values=[0, 2, 4, 6, 8, 10], tickCount=6))
    plot = days.encode(y=nrs, color=by_kind())
    span = plot.encode(x2="until:T")
    week = of(span, "Week").encode(y2="to:Q", tooltip=said())
    tall = days.encode(y=alt.value(0), y2=alt.value("height"))
    layers = [
        of(plot, "Frame").mark_point(opacity=0),
        of(span, "Better", "Worse").mark_rect(opacity=0.12).encode(y2="to:Q"),
        of(span, "Better", "Worse").mark_rule(strokeDash=[6, 3], strokeWidth=1),
        of(tall, "Flare").mark_rule(strokeWidth=wide(6), opacity=0.18).encode(color=by_kind()),
        of(tall, "Anew").mark_rule(strokeDash=[8, 4], strokeWidth=1.5, color=alt.expr(INK)),
        of(span, "Starting week").mark_rule(strokeDash=[2, 3], strokeWidth=2),
        of(span, "Spread").mark_rect(opacity=0.18).encode(y2="to:Q", tooltip=said()),
        of(plot, "Guide").mark_line(strokeWidth=1.75, opacity=0.9).encode(detail="run:N"),
        week.transform_filter("datum.status === 'solid'").mark_rect(opacity=0.9),
        week.transform_filter("datum.status !== 'solid'").mark_rect(filled=False, strokeWidth=1.5),
        of(span, "Whole week").mark_rule(strokeWidth=2.5).encode(tooltip=said()),
        of(plot, "Day").mark_circle(size=side(44, 16), opacity=0.8).encode(tooltip=said()),
        *strips.labels(days, "Name", alt.Y("nrs:Q"), dy=NAME_ABOVE_PX),
        *strips.layers(days),
    ]
    return finished(alt.layer(*layers).properties(height=PLOT_PX + AXIS_PX + below(lanes)))


def below(lanes: int) -> int:
    """How much room, in pixels, that many strips take between the plot and the axis."""
    return strips.FIRST_LANE_PX // 2 + lanes * strips.LANE_PX if lanes else 0


def day_rows(days: Sequence[Rating]) -> list[Row]:
    """Rated days as dots, and the eye guide, which ends wherever a day is missing; ratings of a week as lines."""
    rows: list[Row] = []
    level, run, before = 0.0, 0, None
    for rating in days:
        worst = "" if rating.worst is None else f", worst {rating.worst:g}"
        told = f"{words(rating.day)}: {rating.nrs:.3g} on average{worst}"
        if rating.days != OF_A_DAY:
            begin = text(rating.day - WEEK, HALF_A_DAY)
            ends = {"at": begin, "until": text(rating.day, HALF_A_DAY)}
            rows.append({"kind": "Whole week", **ends, "nrs": rating.nrs, "words": f"The week to {told}"})
            continue
        passed = (rating.day - before).days if before else 0
        level += (rating.nrs - level) * (1 - (1 - EYE_GUIDE_WEIGHT) ** passed if before else 1)
        run, before = run + (passed > 1), rating.day
        rows.append({"kind": "Day", "at": text(rating.day), "nrs": rating.nrs, "words": told})
        rows.append({"kind": "Guide", "at": text(rating.day), "nrs": level, "run": str(run)})
    return rows


def week_rows(weeks: Sequence[WeekSummary], first: date, last: date) -> list[Row]:
    """Weekly medians over their days from `first` to `last`, with the spread; thin weeks are left to the table."""
    rows: list[Row] = []
    for week in weeks:
        if not week.counts:
            continue
        end = min(week.start + WEEK - DAY, last)
        ends = {
            "at": text(max(week.start, first), -HALF_A_DAY),
            "until": text(end, HALF_A_DAY),
            "words": _week_words(week),
        }
        if week.highest > week.lowest:
            rows.append({"kind": "Spread", **ends, "nrs": week.highest, "to": week.lowest})
        level = {"nrs": week.median + HALF_A_BAR, "to": week.median - HALF_A_BAR}
        rows.append({"kind": "Week", **ends, **level, "status": week.status.value})
    return rows


def baseline_rows(baseline: float, start: date, levels: Levels, since: date, until: date) -> list[Row]:
    """The level of the starting week, which began on `start`, and the regions beyond which a change matters, named."""
    begin = max(since, start)
    ends = {"at": text(begin, -HALF_A_DAY), "until": text(until, HALF_A_DAY)}
    late = _is_late(begin, since, until)

    def name(label: str, nrs: float) -> Row:
        return _name(label, until + DAY if late else begin, nrs, "before" if late else "after")

    rows = [{"kind": "Starting week", **ends, "nrs": baseline}, name(f"Starting week {baseline:.1f}", baseline)]
    if levels.worse is not None and levels.worse < NRS_MAX:
        rows.append({"kind": "Worse", **ends, "nrs": levels.worse, "to": NRS_MAX})
        rows.append(name(f"Worse: {levels.worse:.1f} or more", levels.worse))
    if levels.better:
        rows.append({"kind": "Better", **ends, "nrs": levels.better, "to": 0})
        rows.append(name(f"Better: {levels.better:.1f} or less", 0))
    return rows


def anew_rows(day: date, since: date, until: date) -> list[Row]:
    """The day from which the person counts anew; nothing when it is not among those shown."""
    if not since <= day <= until:
        return []
    side = "before" if _is_late(day, since, until) else "after"
    return [{"kind": "Anew", "at": text(day, -HALF_A_DAY)}, _name("Counting anew", day, NRS_MAX, side)]


def _name(label: str, day: date, nrs: float, side: str) -> Row:
    return {"kind": "Name", "at": text(day, -HALF_A_DAY), "nrs": nrs, "label": label, "side": side}


def _is_late(day: date, since: date, until: date) -> bool:
    return (day - since) / (until - since + DAY) > strips.TURNING_POINT


def _week_words(week: WeekSummary) -> str:
    if week.days != OF_A_DAY:
        return f"Week {week.week} from {words(week.start)}: {week.median:g}, rated as a whole (provisional)"
    apart = f", days from {week.lowest:.3g} to {week.highest:.3g}" if week.highest > week.lowest else ""
    return (
        f"Week {week.week} from {words(week.start)}: median {week.median:.3g}{apart},"
        f" {week.n} rated days ({week.status.value})"
    )
