"""The tables of the charts: their rows, and the doors behind which they are drawn only once they are opened."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

import streamlit as st

from unpinch.diary import CheckIn, Reach, Session
from unpinch.events import Event
from unpinch.weeks import OF_A_DAY, WeekStatus, WeekSummary

Table = list[dict[str, str]]

WEEKS = "Weeks, with the number of rated days."
SPREADS = "How far the days of a week lay apart (standard deviation, in points), the worst day, and days of high pain."
SESSIONS = "Pain before and after sessions, at that moment. It is not counted in the verdict, which uses whole days."
PAIN = "Pain over 24 hours, or over the week."
SITTING = "How far down it went, minutes of sitting before it hurt, hours sat."
EVENTS = "Medicines, treatments and other events."
REACH_NAMES = {
    Reach.NONE: "Nowhere",
    Reach.BUTTOCK: "Buttock",
    Reach.THIGH: "Thigh",
    Reach.CALF: "Calf",
    Reach.FOOT: "Foot",
}
EVENT_WORDS = {"medicine": "Medicine", "treatment": "Treatment", "event": "Event"}
LONGEST_IN_DAYS = timedelta(days=400)
"""Over a longer range only weeks are shown: thousands of days would hide what they say."""
REACH_WORDS = {
    Reach.NONE: "nowhere",
    Reach.BUTTOCK: "the buttock",
    Reach.THIGH: "the thigh",
    Reach.CALF: "the calf",
    Reach.FOOT: "the foot",
}


def door(label: str, name: str, *tables: tuple[str, Callable[[], Table]]) -> None:
    """An expander with tables, each with its title; nothing of them is made before it is opened."""
    box = st.expander(label, key=f"tables_{name}", on_change="rerun")
    if not box.open:
        return
    with box:
        for title, rows in tables:
            if table := rows():
                st.caption(title)
                st.table(table, hide_index=True, alt=title)


def weeks(shown: Sequence[WeekSummary]) -> Table:
    """The level of the weeks, the latest first."""
    return [
        {
            "From": short(week.start) + (", start" if week.week == 1 else ""),
            "Days": _rated(week),
            "Median": f"{week.median:.3g}",
            "Mean": f"{week.mean:.1f}",
        }
        for week in reversed(shown)
    ]


def spreads(shown: Sequence[WeekSummary]) -> Table:
    """How far the days of the weeks lay apart and how bad they got, the latest first."""
    return [
        {
            "From": short(week.start),
            "Spread": "–" if week.spread is None else f"{week.spread:.1f}",
            "Worst": _or_dash(week.worst),
            "High pain": f"{week.high_days} of {week.days_with_worst}" if week.days_with_worst else "–",
        }
        for week in reversed(shown)
    ]


def sessions(shown: Sequence[Session]) -> Table:
    """Pain before and after sessions, the latest first; those without either are left out."""
    return [
        {
            "Day": short(session.day),
            "Before": _or_dash(session.pain_before),
            "After": _or_dash(session.pain_after),
            "Effort": _or_dash(session.effort),
        }
        for session in reversed(shown)
        if session.pain_before is not None or session.pain_after is not None
    ]


def days(check_ins: Sequence[CheckIn]) -> Table:
    """Pain in the check-ins, the latest first."""
    return [
        {
            "Day": short(entry.day) + (" (filled in later)" if entry.back_filled else ""),
            "Average": _or_dash(entry.nrs),
            "Worst": _or_dash(entry.worst),
            "Flare": "yes" if entry.flare else "",
        }
        for entry in reversed(check_ins)
    ]


def sitting(check_ins: Sequence[CheckIn]) -> Table:
    """Reach and sitting in the check-ins, the latest first."""
    return [
        {
            "Day": short(entry.day),
            "Down to": REACH_WORDS[entry.reach] if entry.reach is not None else "–",
            "Minutes": _or_dash(entry.sitting_min),
            "Hours": _or_dash(entry.sat_hours),
        }
        for entry in reversed(check_ins)
        if entry.reach is not None or entry.sitting_min is not None or entry.sat_hours is not None
    ]


def events(shown: Sequence[Event]) -> Table:
    """Medicines, treatments and other events, the latest first."""
    return [
        {
            "What": f"{EVENT_WORDS[event.kind]}: {event.label}",
            "From": short(event.first_day),
            "To": short(event.last_day) if event.last_day else "still going on",
        }
        for event in reversed(shown)
    ]


def short(day: date) -> str:
    """A day that does not break over lines in a narrow table."""
    return f"{day.day}\N{NO-BREAK SPACE}{day:%b}\N{NO-BREAK SPACE}{day:%y}"


def _rated(week: WeekSummary) -> str:
    if week.days != OF_A_DAY:
        return f"whole week, {week.status.value}"
    return str(week.n) if week.status is WeekStatus.SOLID else f"{week.n}, {week.status.value}"


def _or_dash(value: float | None) -> str:
    return "–" if value is None else f"{value:g}"
