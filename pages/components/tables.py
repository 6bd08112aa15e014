"""What the charts show, in a sentence and a table each."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from statistics import median

import streamlit as st

from unpinch.diary import CheckIn, Reach, Session
from unpinch.weeks import Rating, WeekSummary

REACH_NAMES = {
    Reach.NONE: "Nowhere",
    Reach.BUTTOCK: "Buttock",
    Reach.THIGH: "Thigh",
    Reach.CALF: "Calf",
    Reach.FOOT: "Foot",
}
REACH_WORDS = {
    Reach.NONE: "nowhere",
    Reach.BUTTOCK: "the buttock",
    Reach.THIGH: "the thigh",
    Reach.CALF: "the calf",
    Reach.FOOT: "the foot",
}
PAIN_KEY = (
    "Round dots are days. Thick bars are weekly medians, with the number of rated days below; a broken bar"
    " stands on three days only, and weeks with fewer have none. The thin line guides the eye and stops at"
    " missing days; the dotted line is the average of your starting week. Small squares are pain before"
    " (hollow) and after (filled) a session, a triangle with a shaded day is a flare."
)
LONG_KEY = (
    "Over more than a year only weekly medians are drawn, and the dotted line for the average of your"
    " starting week. Choose a shorter range to see the days."
)


def pain_sentence(days: Sequence[Rating], weeks: Sequence[WeekSummary], since: date, until: date) -> str:
    """What the pain chart shows."""
    span = f"{_day(since)} to {_day(until)}"
    if not days:
        return f"{span}: no rated day."
    if len(days) == 1:
        return f"{span}: one rated day, {days[0].nrs:.3g} on {_day(days[0].day)}."
    lowest, highest = min(day.nrs for day in days), max(day.nrs for day in days)
    said = f"{span}: {len(days)} rated days between {lowest:.3g} and {highest:.3g}"
    used = [week for week in weeks if week.counts]
    if len(used) > 1:
        said += f"; weekly median {used[0].median:g} in the first week shown, {used[-1].median:g} in the last"
    return f"{said}."


def reach_sentence(check_ins: Sequence[CheckIn]) -> str:
    """Where it reached most often."""
    counted = Counter(entry.reach for entry in check_ins if entry.reach is not None)
    reach, times = counted.most_common(1)[0]
    if counted.total() == 1:
        return f"One answer: {REACH_WORDS[reach]}."
    return f"{counted.total()} answers; most often {REACH_WORDS[reach]} ({times})."


def sitting_sentence(check_ins: Sequence[CheckIn]) -> str:
    """How long sitting went well."""
    minutes = [entry.sitting_min for entry in check_ins if entry.sitting_min is not None]
    if len(minutes) == 1:
        return f"One answer: {minutes[0]} minutes."
    return f"{len(minutes)} answers, {min(minutes)} to {max(minutes)} minutes, median {median(minutes):g}."


def weeks(shown: Sequence[WeekSummary]) -> None:
    """The weeks as a table."""
    if not shown:
        return
    with st.expander("Weeks as a table"):
        st.table(
            [
                {
                    "Week": str(week.week),
                    "From": _short(week.start),
                    "Days": str(week.n) if week.status == "solid" else f"{week.n}, {week.status.value}",
                    "Median": f"{week.median:g}",
                    "Mean": f"{week.mean:.1f}",
                    "Worst": _or_dash(week.worst),
                }
                for week in shown
            ],
            hide_index=True,
        )


def sessions(shown: Sequence[Session]) -> None:
    """Pain before and after sessions as a table; it is not part of the verdict."""
    rated = [
        session for session in shown if session.pain_before is not None or session.pain_after is not None
    ]
    if not rated:
        return
    with st.expander("Pain before and after sessions"):
        st.caption("Pain at that moment. It is not counted in the verdict, which uses whole days.")
        st.table(
            [
                {
                    "Day": _short(session.day),
                    "Before": _or_dash(session.pain_before),
                    "After": _or_dash(session.pain_after),
                    "Effort": _or_dash(session.effort),
                }
                for session in reversed(rated)
            ],
            hide_index=True,
        )


def days(check_ins: Sequence[CheckIn]) -> None:
    """The check-ins as a table."""
    with st.expander("Check-ins as a table"):
        st.table(
            [
                {
                    "Day": _short(entry.day) + (" (filled in later)" if entry.back_filled else ""),
                    "Average": _or_dash(entry.nrs),
                    "Worst": _or_dash(entry.worst),
                    "Down to": REACH_WORDS[entry.reach] if entry.reach is not None else "–",
                    "Sitting, min": _or_dash(entry.sitting_min),
                    "Sat, h": _or_dash(entry.sat_hours),
                    "Flare": "yes" if entry.flare else "",
                }
                for entry in reversed(check_ins)
            ],
            hide_index=True,
        )


def _or_dash(value: float | None) -> str:
    return "–" if value is None else f"{value:g}"


def _short(day: date) -> str:
    """A day that does not break over lines in a narrow table."""
    return f"{day.day}\N{NO-BREAK SPACE}{day:%b}\N{NO-BREAK SPACE}{day:%y}"


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"
