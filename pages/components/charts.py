"""The Altair charts: each specification is built once without data and kept; rows are fed in each run.

Rows are one table with a column `kind`, because a specification takes one table. The description is given
with the data (`alt`), as it says what they show. Instants are local texts without a zone, so that a browser
elsewhere cannot move a day.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import altair as alt

from pages.components.tables import REACH_NAMES
from unpinch.diary import CheckIn, Session
from unpinch.weeks import WEEK, Rating, WeekSummary

Row = dict[str, Any]

NOON = time(12)
EYE_GUIDE_WEIGHT = 0.25
"""Weight of a new day in the guide line; older days fade with the days that passed, rated or not."""
MOST_LABELLED_WEEKS = 14
LONGEST_IN_DAYS = timedelta(days=400)
"""Over a longer range only weeks are drawn: thousands of dots would hide what they say."""
DAY_LABEL = (
    f"timeFormat(datum.value, domain('x')[1] - domain('x')[0] > {LONGEST_IN_DAYS.days} * 24 * 3600 * 1000"
    " ? '%b %Y' : '%-d %b')"
)
MARKS = ["Day", "Week", "Danger", "Starting week", "Session", "Flare", "Guide"]
"""Each has the theme's chart colour of its place, the seventh the first again; the third is for danger."""


@cache
def pain_spec() -> dict[str, Any]:
    """Pain over time: days, weekly medians, an eye guide, the starting week, sessions and flares."""
    base = alt.Chart(alt.NamedData("rows")).encode(
        x=_days(),
        y=alt.Y(
            "nrs:Q",
            title="Pain, 0 to 10",
            scale=alt.Scale(domain=[0, 10], nice=False),
            axis=alt.Axis(values=[0, 2, 4, 6, 8, 10], tickCount=6),
        ),
        color=alt.Color("kind:N", scale=alt.Scale(domain=MARKS), legend=None),
    )

    def of(*kinds: str) -> alt.Chart:
        return base.transform_filter(alt.FieldOneOfPredicate("kind", list(kinds)))

    words = alt.Tooltip("words:N", title=" ")
    layers = [
        of("Frame").mark_point(opacity=0),
        of("Starting week").mark_rule(strokeDash=[2, 4], strokeWidth=1.5).encode(x2="until:T"),
        of("Flare").mark_rule(strokeWidth=6, opacity=0.2).encode(y=alt.value(0), y2=alt.value("height")),
        of("Flare")
        .mark_point(shape="triangle-down", filled=True, size=70, opacity=1)
        .encode(y=alt.datum(10), tooltip=words),
        of("Session").mark_rule(strokeWidth=0.75, opacity=0.6).encode(y2="after:Q"),
        of("Session").mark_point(shape="square", filled=False, size=10, strokeWidth=1).encode(tooltip=words),
        of("Session")
        .mark_point(shape="square", filled=True, size=14, opacity=0.9)
        .encode(y="after:Q", tooltip=words),
        of("Guide").mark_line(strokeWidth=1.5, opacity=0.8).encode(detail="run:N"),
        of("Week")
        .transform_filter("datum.status !== 'solid'")
        .mark_rule(strokeWidth=3, strokeDash=[5, 3], opacity=0.85)
        .encode(x2="until:T", tooltip=words),
        of("Week")
        .transform_filter("datum.status === 'solid'")
        .mark_rule(strokeWidth=4, opacity=0.85)
        .encode(x2="until:T", tooltip=words),
        of("Day").mark_circle(size=52, opacity=0.75).encode(tooltip=words),
        of("Week")
        .mark_text(dy=-7, fontSize=11, fontWeight="bold")
        .encode(x="middle:T", y=alt.value("height"), text="label:N"),
    ]
    return _finished(alt.layer(*layers).properties(height=300))


@cache
def reach_spec() -> dict[str, Any]:
    """How far down it goes by day, the foot at the bottom."""
    chart = _one_kind("Day").encode(
        y=alt.Y("place:N", title=None, scale=alt.Scale(domain=list(REACH_NAMES.values())))
    )
    return _finished(chart.properties(height=160))


@cache
def sitting_spec() -> dict[str, Any]:
    """Minutes of sitting before it hurts, by day."""
    chart = _one_kind("Day").encode(
        y=alt.Y(
            "minutes:Q",
            title="Minutes",
            scale=alt.Scale(zero=True),
            axis=alt.Axis(tickCount=4, tickMinStep=1),
        )
    )
    return _finished(chart.properties(height=150))


def frame_rows(first: date, last: date) -> list[Row]:
    """Two unseen points that keep the whole range of days on the axis, even around a single entry."""
    return [{"kind": "Frame", "at": _text(day), "nrs": 0, "minutes": 0} for day in (first, last)]


def day_rows(days: Sequence[Rating]) -> list[Row]:
    """Rated days as dots, and the eye guide, which ends wherever a day is missing."""
    rows: list[Row] = []
    level, run = 0.0, 0
    for index, rating in enumerate(days):
        passed = (rating.day - days[index - 1].day).days if index else 0
        level += (rating.nrs - level) * (1 - (1 - EYE_GUIDE_WEIGHT) ** passed if index else 1)
        run += passed > 1
        worst = "" if rating.worst is None else f", worst {rating.worst:g}"
        words = f"{_words(rating.day)}: {rating.nrs:.3g} on average{worst}"
        rows.append({"kind": "Day", "at": _text(rating.day), "nrs": rating.nrs, "words": words})
        rows.append({"kind": "Guide", "at": _text(rating.day), "nrs": level, "run": str(run)})
    return rows


def week_rows(weeks: Sequence[WeekSummary], last: date) -> list[Row]:
    """Weekly medians over seven days with the number of rated days; thin weeks are left to the table."""
    used = [week for week in weeks if week.counts]
    return [
        {
            "kind": "Week",
            "at": _text(week.start, time(0)),
            "until": _text(min(week.start + WEEK - timedelta(days=1), last), time(23, 59)),
            "middle": _text(week.start + timedelta(days=min(WEEK.days // 2, (last - week.start).days))),
            "nrs": week.median,
            "status": week.status.value,
            "label": str(week.n) if len(used) <= MOST_LABELLED_WEEKS else "",
            "words": f"Week {week.week} from {_words(week.start)}: median {week.median:g},"
            f" {week.n} rated days ({week.status.value})",
        }
        for week in used
    ]


def baseline_rows(baseline: float, first: date, last: date) -> list[Row]:
    """The level of the starting week, over the range shown."""
    return [{"kind": "Starting week", "at": _text(first), "until": _text(last), "nrs": baseline}]


def session_rows(sessions: Iterable[Session]) -> list[Row]:
    """Pain before (hollow) and after (filled) each session that has both or one, at its own time of day."""
    rows: list[Row] = []
    for session in sessions:
        before, after = session.pain_before, session.pain_after
        given = [value for value in (before, after) if value is not None]
        if not given:
            continue
        at = session.started_at.astimezone(ZoneInfo(session.tz)).time()
        said = [
            f"{name} {value}" for name, value in (("before", before), ("after", after)) if value is not None
        ]
        rows.append(
            {
                "kind": "Session",
                "at": _text(session.day, at),
                "nrs": given[0] if before is None else before,
                "after": given[-1],
                "words": f"Session on {_words(session.day)}: pain {', '.join(said)}",
            }
        )
    return rows


def flare_rows(check_ins: Iterable[CheckIn]) -> list[Row]:
    """One mark for each day called a flare."""
    days = sorted({entry.day for entry in check_ins if entry.flare})
    return [
        {"kind": "Flare", "at": _text(day), "nrs": 10, "words": f"Flare on {_words(day)}"} for day in days
    ]


def reach_rows(check_ins: Iterable[CheckIn]) -> list[Row]:
    """How far down it went, a dot for each answer."""
    return [
        {
            "kind": "Day",
            "at": _text(entry.day),
            "place": REACH_NAMES[entry.reach],
            "words": f"{_words(entry.day)}: {REACH_NAMES[entry.reach].lower()}",
        }
        for entry in check_ins
        if entry.reach is not None
    ]


def sitting_rows(check_ins: Iterable[CheckIn]) -> list[Row]:
    """Minutes of sitting before it hurt, a dot for each answer."""
    return [
        {
            "kind": "Day",
            "at": _text(entry.day),
            "minutes": entry.sitting_min,
            "words": f"{_words(entry.day)}: {entry.sitting_min} minutes",
        }
        for entry in check_ins
        if entry.sitting_min is not None
    ]


def _one_kind(kind: str) -> Any:
    base = alt.Chart(alt.NamedData("rows")).encode(x=_days())
    return alt.layer(
        base.transform_filter(alt.datum.kind == "Frame").mark_point(opacity=0),
        base.transform_filter(alt.datum.kind == kind)
        .mark_circle(size=44, opacity=0.7)
        .encode(
            tooltip=alt.Tooltip("words:N", title=" "),
            color=alt.Color("kind:N", scale=alt.Scale(domain=MARKS), legend=None),
        ),
    )


def _days() -> alt.X:
    axis = alt.Axis(
        labelExpr=DAY_LABEL,
        labelOverlap="greedy",
        tickCount={"expr": "width / 75"},
        labelFlush=True,
        grid=False,
    )
    return alt.X("at:T", title=None, scale=alt.Scale(nice=False), axis=axis)


def _finished(chart: Any) -> dict[str, Any]:
    spec = chart.to_dict()
    for unused in ("$schema", "data", "config"):
        spec.pop(unused, None)
    for layer in spec["layer"]:
        layer.pop("data", None)
        layer["mark"]["aria"] = (
            False  # the chart has its text and its table; single marks would only be noise
        )
    return spec


def _text(day: date, at: time = NOON) -> str:
    return datetime.combine(day, at).strftime("%Y-%m-%dT%H:%M")


def _words(day: date) -> str:
    return f"{day.day} {day:%b %Y}"
