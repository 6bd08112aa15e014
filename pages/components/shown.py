"""What the trends page shows of a range of days: no more is loaded than the range holds."""

from dataclasses import dataclass
from datetime import date, timedelta

import streamlit as st

from pages.components import resources
from pages.components.question import ink
from pages.components.tables import LONGEST_IN_DAYS
from unpinch import store
from unpinch.advice import Course
from unpinch.diary import CheckIn, Session
from unpinch.events import Event
from unpinch.weeks import WEEK, Rating, WeekSummary

RANGES = {"2 weeks": 14, "6 weeks": 42, "3 months": 91, "All": None}
PLAN_CHANGES = frozenset({"dose", "swap", "leave_out", "order", "restore", "widen"})


@dataclass(frozen=True, slots=True)
class Shown:
    """The days from `since` to `until` with all that is known of them; over a long range only weeks and events.

    `changes` are days on which the plan was changed; from the day `anew` on the person chose to count anew.
    """

    since: date
    until: date
    days: tuple[Rating, ...]
    weeks: tuple[WeekSummary, ...]
    check_ins: tuple[CheckIn, ...]
    sessions: tuple[Session, ...]
    events: tuple[Event, ...]
    changes: tuple[date, ...]
    anew: date | None = None

    @property
    def short(self) -> bool:
        """Whether single days are shown."""
        return self.until - self.since <= LONGEST_IN_DAYS


def first_day(course: Course) -> date | None:
    """The earliest day that there is anything to show of."""
    days = [week.start for week in course.trend.weeks[:1]] + [day for day, _ in course.reaches[:1]]
    days += [week.start for week in course.adherence.weeks[:1]] + sorted(course.adherence.marks)[:1]
    return min(days, default=None)


def chosen(first: date, today: date) -> tuple[date, date]:
    """Ask for the range; short diaries begin with a short one, long ones with three months."""
    if "trends_range" not in st.session_state:
        lived = (today - first).days
        usual = next((name for name, length in RANGES.items() if length and lived < length), "3 months")
        st.session_state["trends_range"] = usual
    name = st.segmented_control(
        "Range", list(RANGES), required=True, key="trends_range", wrap=True, format_func=ink, persist_state="session"
    )
    length = RANGES[name or "All"]
    fortnight = today - timedelta(days=13)
    return (min(first, fortnight) if length is None else today - timedelta(days=length - 1)), today


def shown(course: Course, since: date, until: date) -> Shown:
    """Load what there is of the days from `since` to `until`."""
    weeks = tuple(week for week in course.trend.weeks if week.start + WEEK > since)
    with resources.database() as db:
        events, active = store.events(db, since), store.baseline(db)
        anew = active[1] if active else None
        if until - since > LONGEST_IN_DAYS:
            return Shown(since, until, (), weeks, (), (), events, (), anew)
        check_ins = tuple(entry for entry in store.check_ins(db, since) if entry.day <= until)
        sessions = tuple(session for session in store.sessions(db, since) if session.day <= until)
        days = store.daily_ratings(db, until, since)
        changes = tuple(one.day for one in store.adjustments(db) if one.kind in PLAN_CHANGES)
    return Shown(since, until, days, weeks, check_ins, sessions, events, changes, anew)
