"""How much of the plan was done: what makes a day count, what a week asks for, and that rest is no failure."""

from datetime import date, timedelta

import pytest

from unpinch.adherence import Adherence, DayMark, PlannedSession, adherence, horizon, mark, per_week
from unpinch.catalogue import load

CATALOGUE = load()
LIMITS = CATALOGUE.thresholds
MONDAY = date(2026, 3, 2)
STRETCH, STRENGTH = ("seated_figure4_stretch",), ("glute_bridge",)
"""Five times a week at the least, and three times."""


def done(*days: int, exercises: tuple[str, ...] = STRENGTH, completed: int = 10) -> list[PlannedSession]:
    """A finished session of ten parts on each of these days after the first Monday."""
    return [PlannedSession(MONDAY + timedelta(days=day), True, 10, completed, exercises) for day in days]


def seen(sessions: list[PlannedSession], until: int, start: int | None = 0, **other) -> Adherence:
    """As it looks on the day `until`, with the starting week on day `start`."""
    begun = None if start is None else MONDAY + timedelta(days=start)
    return adherence(sessions, CATALOGUE.exercises, begun, MONDAY + timedelta(days=until), LIMITS, **other)


def counted(result: Adherence) -> list[tuple[int, int]]:
    return [(week.done, week.planned) for week in result.weeks]


@pytest.mark.parametrize(
    ("finished", "work", "completed", "expected"),
    [
        (True, 10, 10, DayMark.DONE), (True, 10, 5, DayMark.DONE), (True, 10, 4, DayMark.PART),
        (True, 9, 5, DayMark.DONE), (True, 9, 4, DayMark.PART), (True, 10, 0, None),
        (False, 10, 10, DayMark.PART), (False, 10, 0, None),
    ],
)  # fmt: skip
def test_a_day_counts_when_a_session_was_finished_with_half_of_its_work(finished, work, completed, expected):
    assert mark(PlannedSession(MONDAY, finished, work, completed), LIMITS) is expected


def test_the_better_session_of_a_day_marks_it():
    part, whole = done(0, completed=2), done(0)
    assert seen(part + whole, 0).marks == seen(whole + part, 0).marks == {MONDAY: DayMark.DONE}


def test_a_week_asks_for_what_the_most_frequent_exercise_needs_at_the_least():
    assert [per_week(names, CATALOGUE.exercises) for names in (STRETCH, STRENGTH, STRETCH + STRENGTH)] == [5, 3, 5]
    assert per_week(("no_longer_there",), CATALOGUE.exercises) is None


@pytest.mark.parametrize(
    ("sessions", "until", "start", "weeks", "percent"),
    [
        (done(0, 2, 4), 6, 0, [(3, 3)], 100),
        (done(0, 2, 4), 5, 0, [(3, 3)], None),  # the week is not over
        (done(0, 2, 4), 8, 0, [(3, 3), (0, 3)], 100),
        (done(0, 1, 2, 3, 4, 5, 6), 13, 0, [(7, 3), (0, 3)], 50),  # more does not make up for nothing
        (done(0, 0, 0), 6, 0, [(1, 3)], pytest.approx(100 / 3)),  # one a day at most
        (done(0, completed=3), 6, 0, [(0, 3)], 0),
        (done(8, 9, 10), 13, 0, [(0, 0), (3, 3)], 100),  # nothing was planned before the first session
        (done(12), 13, 0, [(0, 0), (1, 2)], 50),  # two days of the week were left
        (done(0, 2, 4), 13, 2, [(2, 3), (0, 3)], pytest.approx(200 / 3)),  # weeks run from the starting week
        (done(3, 4, 5), 9, None, [(3, 3)], 100),  # without one from the first session
        (done(0, 2, 4) + done(7, 8, 9, exercises=STRETCH), 13, 0, [(3, 3), (3, 5)], 75),
        ([], 30, 0, [], None),
        (done(0, exercises=("no_longer_there",)), 6, 0, [], None),
        (done(3), 2, 0, [], None),  # a day to come
    ],
)
def test_the_share_of_the_plan(sessions, until, start, weeks, percent):
    result = seen(sessions, until, start)
    assert counted(result) == weeks
    assert result.percent == percent


def test_days_of_rest_have_no_mark_and_cost_nothing():
    result = seen(done(0, 3, 5), 6)
    assert set(result.marks) == {MONDAY, MONDAY + timedelta(days=3), MONDAY + timedelta(days=5)}
    assert result.percent == 100


@pytest.mark.parametrize(
    ("first", "last", "weeks"),
    [
        (7, 13, [(3, 3), (0, 0), (0, 3)]), (7, None, [(3, 3), (0, 0), (0, 0)]), (9, 12, [(3, 3), (0, 3), (0, 3)]),
        (8, 12, [(3, 3), (0, 2), (0, 3)]), (12, 11, [(3, 3), (0, 3), (0, 3)]),
    ],
)  # fmt: skip
def test_days_without_a_plan_ask_for_nothing(first, last, weeks):
    pause = (MONDAY + timedelta(days=first), None if last is None else MONDAY + timedelta(days=last))
    assert counted(seen(done(0, 2, 4), 20, paused=[pause])) == weeks


def test_only_the_last_three_months_make_the_share_and_about_a_year_the_weeks():
    full = [day for week in range(100) for day in (7 * week, 7 * week + 2, 7 * week + 4)]
    today = MONDAY + timedelta(days=7 * 112 - 1)
    since = (horizon(today, LIMITS) - MONDAY).days
    late = [session for session in done(*full) if session.day >= MONDAY + timedelta(days=since)]
    result = seen(late, 7 * 112 - 1, began=MONDAY)
    assert (result.done, result.planned, result.percent) == (0, 36, 0)
    assert result.weeks[0].start >= horizon(today, LIMITS)
    assert {(week.start - MONDAY).days % 7 for week in result.weeks} == {0}
    assert counted(result)[:2] == [(3, 3), (3, 3)]
