"""What all charts share, and the small ones. Each specification is built once without data and kept.

Rows are one table with a column `kind`, because a specification takes one table. The description is given
with the data (`alt`), as it says what they show. Days are local texts without a zone, so that a browser
elsewhere cannot move a day.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

import altair as alt

from pages.components.tables import LONGEST_IN_DAYS, REACH_NAMES
from unpinch.diary import CheckIn

Row = dict[str, Any]

MARKS = [
    "Day", "Week", "Danger", "Starting week", "Session", "Flare",
    "Guide", "Spread", "Danger again", "Better", "Worse", "Change",
    "Whole week", "Event",
]  # fmt: skip
"""Each has the theme's chart colour of its place, the seventh the first again; the coral third is for danger alone."""
INK = "luminance(scale('color', 'Day')) > 0.25 ? '#DDE3E9' : '#2B333D'"
"""The theme's grey text: its chart colours are light on a dark page and dark on a light one."""
PAPER = "luminance(scale('color', 'Day')) > 0.25 ? '#12181F' : '#FCFAF7'"
FAINT = "luminance(scale('color', 'Day')) > 0.25 ? '#2C3742' : '#E4DCCF'"
DAY_LABEL = (
    f"timeFormat(datum.value, domain('x')[1] - domain('x')[0] > {LONGEST_IN_DAYS.days} * 24 * 3600 * 1000"
    " ? '%b %Y' : '%-d %b')"
)
PX_A_DAY = "width / max(1, (domain('x')[1] - domain('x')[0]) / 86400000)"
HALF_A_DAY = timedelta(hours=12)
PLOT_PX, AXIS_PX = 100, 30
NAMES_PX = 52
"""The same room for names and numbers at the left of every chart, so that their days stand below each other."""


@cache
def reach_spec() -> dict[str, Any]:
    """How far down it goes by day, the foot at the bottom."""
    places = alt.Y("place:N", title=None, scale=alt.Scale(domain=list(REACH_NAMES.values())), axis=across())
    return _dots(places, "circle")


@cache
def sitting_spec() -> dict[str, Any]:
    """Minutes of sitting before it hurts, by day."""
    minutes = alt.Y(
        "minutes:Q",
        title=None,
        scale=alt.Scale(zero=True, nice=True),
        axis=across(tickCount=4, tickMinStep=1, labelExpr="datum.label + ' min'"),
    )
    return _dots(minutes, "diamond")


def frame_rows(first: date, last: date) -> list[Row]:
    """Two unseen points that keep the whole range of days on the axis, even around a single entry."""
    ends = (text(first, -HALF_A_DAY), text(last, HALF_A_DAY))
    return [{"kind": "Frame", "at": at, "nrs": 0, "minutes": 0} for at in ends]


def reach_rows(check_ins: Iterable[CheckIn]) -> list[Row]:
    """How far down it went, a dot for each answer."""
    return [
        {
            "kind": "Day",
            "at": text(entry.day),
            "place": REACH_NAMES[entry.reach],
            "words": f"{words(entry.day)}: {REACH_NAMES[entry.reach].lower()}",
        }
        for entry in check_ins
        if entry.reach is not None
    ]


def sitting_rows(check_ins: Iterable[CheckIn]) -> list[Row]:
    """Minutes of sitting before it hurt, a diamond for each answer."""
    return [
        {
            "kind": "Day",
            "at": text(entry.day),
            "minutes": entry.sitting_min,
            "words": f"{words(entry.day)}: {entry.sitting_min} minutes",
        }
        for entry in check_ins
        if entry.sitting_min is not None
    ]


def base() -> alt.Chart:
    """A chart of the rows that are handed in."""
    return alt.Chart(alt.NamedData("rows"))


def by_kind() -> alt.Color:
    """The theme's colour for the row's kind."""
    return alt.Color("kind:N", scale=alt.Scale(domain=MARKS), legend=None)


def of(chart: alt.Chart, *kinds: str) -> alt.Chart:
    """The chart's rows of these kinds."""
    return chart.transform_filter(alt.FieldOneOfPredicate("kind", list(kinds)))


def said() -> alt.Tooltip:
    """The tooltip: a row's own words."""
    return alt.Tooltip("words:N", title=" ")


def along(offset: float = 0) -> alt.X:
    """The days, left to right; `offset` in pixels leaves room for strips between the plot and the axis."""
    axis = alt.Axis(
        labelExpr=DAY_LABEL,
        labelOverlap="greedy",
        labelColor=alt.expr(INK),
        labelPadding=6,
        tickCount={"expr": "width / 75"},
        labelFlush=True,
        grid=False,
        offset=offset,
    )
    return alt.X("at:T", title=None, scale=alt.Scale(nice=False), axis=axis)


def across(**more: Any) -> alt.Axis:
    """The axis of values: labels in the ink of the theme, faint lines across the plot."""
    ink, faint = alt.expr(INK), alt.expr(FAINT)
    fixed: dict[str, Any] = {"minExtent": NAMES_PX, "maxExtent": NAMES_PX, "labelPadding": 8}
    return alt.Axis(labelColor=ink, gridColor=faint, **fixed, **more)


def side(most: float, least: float = 9) -> Any:
    """The size of a mark that takes most of its day's room, within `least` and `most` (both in square pixels)."""
    return alt.ExprRef(f"clamp(pow(0.8 * {PX_A_DAY}, 2), {least:g}, {most:g})")


def wide(most: float) -> Any:
    """The width of a line over a day: most of the day's room, and no more than `most` pixels."""
    return alt.ExprRef(f"clamp(0.8 * {PX_A_DAY}, 1, {most:g})")


def finished(chart: Any) -> dict[str, Any]:
    """The specification without its data, silent mark by mark: the chart has its sentence and its table."""
    spec: dict[str, Any] = chart.to_dict()
    for unused in ("$schema", "data", "config"):
        spec.pop(unused, None)
    for layer in spec["layer"]:
        layer.pop("data", None)
        layer["mark"]["aria"] = False
    return spec


def text(day: date, shift: timedelta = timedelta(0)) -> str:
    """The day as local text; its middle on the axis is where its date stands."""
    return (datetime(day.year, day.month, day.day) + shift).strftime("%Y-%m-%dT%H:%M")


def words(day: date) -> str:
    """The day as a person writes it."""
    return f"{day.day} {day:%b %Y}"


def _dots(y: alt.Y, shape: str) -> dict[str, Any]:
    days = base().encode(x=along())
    frame = of(days, "Frame").mark_point(opacity=0)
    dots = of(days, "Day").mark_point(shape=shape, filled=True, size=side(46, 16), opacity=0.8)
    return finished(
        alt.layer(frame, dots.encode(y=y, color=by_kind(), tooltip=said())).properties(height=PLOT_PX + AXIS_PX)
    )
