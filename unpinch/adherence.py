"""How much of the plan was done: days, weeks and a share. A day of rest is no failure.

A day counts as done when a session of it was finished with enough of its work completed. A week asks for as many
sessions as the plan's most frequent exercise needs at the least, one a day at most.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from unpinch.exercise import Exercise
from unpinch.weeks import WEEK


class DayMark(StrEnum):
    """What a day with a session was: enough of the plan, or a part of it. A day without one has no mark."""

    DONE = "done"
    PART = "part"


@dataclass(frozen=True, slots=True)
class PlannedSession:
    """What is stored of a session, counted: `work` phases in its plan, `completed` ones, and its exercises."""

    day: date
    finished: bool
    work: int
    completed: int
    exercises: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanWeek:
    """Seven days from `start`: days done, and days that the plan asked for; 0 planned counts for nothing."""

    start: date
    done: int
    planned: int


@dataclass(frozen=True, slots=True)
class Adherence:
    """Days done against the plan, over the latest whole weeks: `percent`, 0 to 100, is `done` of `planned`.

    More in one week does not make up for less in another. `percent` is None while there is no whole week.
    `planned_per_week` is what the latest plan asks for, None before the first session. `weeks` run on from the
    starting week (else from the first session's day), about a year of them, and end with the present one.
    """

    planned_per_week: int | None = None
    percent: float | None = None
    marks: Mapping[date, DayMark] = field(default_factory=dict)
    weeks: tuple[PlanWeek, ...] = ()
    done: int = 0
    planned: int = 0


def per_week(exercises: Iterable[str], known: Mapping[str, Exercise]) -> int | None:
    """Sessions a week that these exercises need at the least; None when content knows none of them."""
    least = [known[name].dose.per_week[0] for name in exercises if name in known]
    return min(max(least), WEEK.days) if least else None


def mark(session: PlannedSession, thresholds: Mapping[str, float]) -> DayMark | None:
    """What a session makes of its day; None when nothing of it was done."""
    if session.finished and session.completed >= thresholds["adherence_done_share"] * session.work:
        return DayMark.DONE
    return DayMark.PART if session.completed else None


def horizon(today: date, thresholds: Mapping[str, float]) -> date:
    """The first day whose sessions are looked at: older ones say little, and a long diary would cost more."""
    return today - timedelta(days=int(thresholds["adherence_days"]))


def adherence(
    sessions: Sequence[PlannedSession],
    known: Mapping[str, Exercise],
    start: date | None,
    today: date,
    thresholds: Mapping[str, float],
    paused: Sequence[tuple[date, date | None]] = (),
    began: date | None = None,
) -> Adherence:
    """The share of the plan that was done up to `today`, in weeks from `start`, else from the first session.

    `sessions` in the order of days, those since `horizon`; the very first was on `began`, if it was before them. In
    the days `paused`, first to last, None for not over, no plan was there: a week that they touch asks for no more
    than the days left.
    """
    marks: dict[date, DayMark] = {}
    plans: list[tuple[date, int]] = []
    asked = {names: per_week(names, known) for names in {session.exercises for session in sessions}}
    for session in sessions:
        if session.day > today:
            continue
        found = mark(session, thresholds)
        if found and marks.get(session.day) is not DayMark.DONE:
            marks[session.day] = found
        if (least := asked[session.exercises]) is not None:
            plans.append((session.day, least))
    if not plans:
        return Adherence(marks=marks)
    first = min(began or plans[0][0], plans[0][0])
    start = start or first
    passed = -(-(horizon(today, thresholds) - start).days // WEEK.days)
    weeks = tuple(_weeks(marks, plans, start + max(passed, 0) * WEEK, first, today, paused))
    return of_weeks(weeks, today, thresholds, plans[-1][1], marks)


def of_weeks(
    weeks: Sequence[PlanWeek],
    today: date,
    thresholds: Mapping[str, float],
    per_week: int | None = None,
    marks: Mapping[date, DayMark] | None = None,
) -> Adherence:
    """The share from counted weeks: the latest ones, and of them those that are over."""
    whole = [week for week in weeks if week.planned and week.start + WEEK <= today + timedelta(days=1)]
    latest = whole[-int(thresholds["adherence_weeks"]) :]
    done, planned = sum(min(week.done, week.planned) for week in latest), sum(week.planned for week in latest)
    percent = 100 * done / planned if planned else None
    return Adherence(per_week, percent, marks or {}, tuple(weeks), done, planned)


def _weeks(
    marks: Mapping[date, DayMark],
    plans: Sequence[tuple[date, int]],
    start: date,
    first: date,
    today: date,
    paused: Sequence[tuple[date, date | None]],
) -> Iterable[PlanWeek]:
    """Week by week from `start`. The plan of a week is the latest that was played by its end."""

    def with_plan(day: date) -> bool:
        return day >= first and not any(begun <= day <= (over or today) for begun, over in paused)

    at, asked = 0, plans[0][1]
    while start <= today:
        while at < len(plans) and plans[at][0] < start + WEEK:
            asked = plans[at][1]
            at += 1
        days = [start + timedelta(days=number) for number in range(WEEK.days)]
        done = sum(marks.get(day) is DayMark.DONE for day in days)
        yield PlanWeek(start, done, min(asked, sum(map(with_plan, days))))
        start += WEEK
