"""Experiments: one at a time, as many weeks before as with the change, and a verdict that claims no cause."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import chain

import pytest

from unpinch import store
from unpinch.catalogue import load
from unpinch.diary import CheckIn
from unpinch.experiment import Experiment, OtherChange, Outcome, Stage, overlapping, usual_swing, verdict, weeks_before
from unpinch.weeks import Rating

FIRST = date(2026, 3, 2)
AT = datetime(2026, 3, 1, 9, tzinfo=UTC)
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
T = load().thresholds
TRIED = Experiment("a", "Does it help?", "A walk after lunch", FIRST, 3, AT, "UTC")


def weekly(*means: float | None, rated: int = 5, before: int = 3) -> list[Rating]:
    """Weeks in a row, `before` of them before the first day, each around its mean; None is an empty week."""
    swing = (0, 1, -1, 0.5, -0.5, 0, 0)
    days = (
        [Rating(FIRST + (week - before) * WEEK + n * DAY, min(10, max(0, mean + swing[n]))) for n in range(rated)]
        for week, mean in enumerate(means)
        if mean is not None
    )
    return list(chain.from_iterable(days))


@pytest.mark.parametrize(
    ("means", "outcome"),
    [
        ((6, 6, 6, 3, 3, 3), Outcome.BETTER),
        ((6, 6, 6, 5, 5, 5), Outcome.NO_CLEAR_DIFFERENCE),
        ((4, 4, 4, 7, 7, 7), Outcome.WORSE),
        ((4, 4, 4, 4, 4, 4), Outcome.NO_CLEAR_DIFFERENCE),
        ((None, None, 6, 3, 3, 3), Outcome.NOT_ENOUGH),
        ((6, 6, 6, 3, None, None), Outcome.NOT_ENOUGH),
        ((None, 6, 6, 3, 3, None), Outcome.BETTER),
        ((None,) * 6, Outcome.NOT_ENOUGH),
    ],
)
def test_the_verdict_compares_the_weeks_before_with_those_of_the_change(means, outcome):
    found = verdict(TRIED, weekly(*means), T)
    assert found.outcome is outcome
    if outcome is Outcome.NOT_ENOUGH:
        assert (found.change, found.low, found.high) == (None,) * 3
    else:
        assert abs(found.change - (means[3] - means[2])) < 1e-9
        assert found.low < found.change < found.high


def test_a_large_change_within_large_ups_and_downs_is_no_clear_one():
    wild = [
        Rating(FIRST + n * DAY, (0, 10, 5, 1, 9)[n % 5] if n < 0 else (0, 6, 2, 7, 0)[n % 5]) for n in range(-21, 21)
    ]
    found = verdict(TRIED, wild, T)
    assert found.change < -1.5
    assert found.outcome is Outcome.NO_CLEAR_DIFFERENCE


def test_weeks_with_too_few_ratings_are_counted_and_not_used():
    found = verdict(TRIED, weekly(6, 6, 6, 3, 3, 3, rated=2), T)
    assert found.outcome is Outcome.NOT_ENOUGH
    assert (found.before.ratings, found.during.ratings, found.before.weeks) == (6, 6, ())


def test_ratings_outside_the_compared_weeks_change_nothing():
    ratings = weekly(6, 6, 6, 4, 4, 4)
    far = [Rating(TRIED.before_from - DAY, 0), Rating(TRIED.planned_last_day + DAY, 10)]
    assert verdict(TRIED, [*ratings, *far], T) == verdict(TRIED, ratings, T)


def test_days_and_weeks_are_never_mixed():
    about_weeks = [Rating(FIRST + (n + 1) * WEEK - DAY, 6 - 3 * (n >= 0), None, 7) for n in range(-3, 3)]
    assert verdict(TRIED, about_weeks, T).outcome is Outcome.BETTER
    days_before = [one for one in weekly(6, 6, 6) if one.day < FIRST]
    mixed = [*days_before, *(one for one in about_weeks if one.day >= FIRST)]
    assert verdict(TRIED, mixed, T).outcome is Outcome.NOT_ENOUGH


def test_what_was_already_falling_is_told():
    assert abs(verdict(TRIED, weekly(8, 7, 6, 4, 4, 4), T).drift + 2) < 1e-9


@pytest.mark.parametrize(
    ("stopped_after", "weeks_compared", "outcome"),
    [(20, 2, Outcome.BETTER), (14, 2, Outcome.BETTER), (13, 1, Outcome.NOT_ENOUGH), (1, 1, Outcome.NOT_ENOUGH)],
)
def test_one_that_was_stopped_is_judged_by_its_whole_weeks(stopped_after, weeks_compared, outcome):
    stopped = replace(TRIED, stopped_day=FIRST + (stopped_after - 1) * DAY)
    found = verdict(stopped, weekly(6, 6, 6, 3, 3, 3), T)
    assert stopped.stopped_early
    assert found.outcome is outcome
    assert found.before.first == FIRST - weeks_compared * WEEK
    assert not replace(TRIED, stopped_day=TRIED.planned_last_day).stopped_early


@pytest.mark.parametrize(
    ("today", "stage", "left"),
    [
        (FIRST - DAY, Stage.PLANNED, 21), (FIRST, Stage.RUNNING, 21), (FIRST + 20 * DAY, Stage.RUNNING, 1),
        (FIRST + 21 * DAY, Stage.OVER, 0),
    ],
)  # fmt: skip
def test_it_is_planned_then_running_then_over(today, stage, left):
    assert TRIED.stage(today) is stage
    assert TRIED.days_left(today) == left


def test_before_it_starts_the_weeks_before_are_shown_as_far_as_they_are_rated():
    assert weeks_before(TRIED, weekly(5, 6), T).mean == 5.5
    assert weeks_before(TRIED, [], T).mean is None


def test_more_weeks_and_calmer_ones_make_the_usual_ups_and_downs_smaller():
    two, three = (weeks_before(replace(TRIED, weeks=n), weekly(5, 5, 5), T) for n in (2, 3))
    wild = weeks_before(TRIED, [Rating(FIRST - n * DAY, 10 * (n % 2)) for n in range(1, 22)], T)
    assert usual_swing(three, T) < usual_swing(two, T) < usual_swing(wild, T)
    with pytest.raises(ValueError, match="without a week"):
        usual_swing(weeks_before(TRIED, [], T), T)


@pytest.mark.parametrize(
    ("first", "last", "overlaps"),
    [
        (-30, None, False), (-30, -22, False), (-30, -21, True), (-30, 5, True), (-21, 30, False), (-20, None, True),
        (0, 0, True), (20, None, True), (21, None, False), (-30, 20, False),
    ],
)  # fmt: skip
def test_something_else_overlaps_when_it_begins_or_ends_in_the_compared_weeks(first, last, overlaps):
    other = OtherChange("Ibuprofen", FIRST + first * DAY, None if last is None else FIRST + last * DAY)
    assert (overlapping(TRIED, [other]) == (other,)) is overlaps


@pytest.mark.parametrize(
    "change",
    [
        {"question": " "}, {"change": ""}, {"weeks": 0}, {"at": datetime(2026, 3, 1)},
        {"stopped_day": FIRST - DAY},
    ],
)  # fmt: skip
def test_what_cannot_be_an_experiment_is_refused(change):
    with pytest.raises(ValueError, match=r"experiment|time zone"):
        replace(TRIED, **change)


def test_one_is_kept_stopped_resumed_removed_and_put_back(tmp_path):
    today = FIRST + 3 * DAY
    with store.connect(tmp_path / "a.db") as db:
        assert store.add_experiment(db, TRIED, today)
        assert store.add_experiment(db, replace(TRIED, question="Another?"), today)
        assert store.experiments(db) == (TRIED,)
        store.stop_experiment(db, "a", today)
        store.stop_experiment(db, "a", today + DAY)
        assert store.experiments(db)[0].stopped_day == today
        assert store.resume_experiment(db, "a", today)
        store.delete_experiment(db, "a", AT)
        assert store.experiments(db) == ()
        assert store.restore_experiment(db, "a", today)
        assert store.experiments(db) == (TRIED,)


def test_only_one_is_planned_or_running_at_a_time(tmp_path):
    other, today = replace(TRIED, uid="b", first_day=FIRST + 5 * DAY), FIRST
    with store.connect(tmp_path / "a.db") as db:
        assert store.add_experiment(db, TRIED, today)
        assert not store.add_experiment(db, other, today)
        store.stop_experiment(db, "a", today)
        assert store.add_experiment(db, other, today)
        assert not store.resume_experiment(db, "a", today)
        store.delete_experiment(db, "b", AT)
        assert store.resume_experiment(db, "a", today)
        assert not store.restore_experiment(db, "b", today)
        assert store.experiments(db) == (TRIED,)
        assert store.restore_experiment(db, "b", TRIED.planned_last_day + DAY)


def test_one_that_has_not_begun_cannot_be_stopped(tmp_path):
    with store.connect(tmp_path / "a.db") as db:
        store.add_experiment(db, TRIED, FIRST - DAY)
        store.stop_experiment(db, "a", FIRST - DAY)
        assert store.experiments(db) == (TRIED,)


def test_only_the_ratings_of_the_range_are_read(tmp_path):
    with store.connect(tmp_path / "a.db") as db:
        for n in range(5):
            store.add_check_in(db, CheckIn(str(n), FIRST + n * DAY, AT, "UTC", nrs=n, days=7 if n == 3 else 1))
        store.add_check_in(db, CheckIn("none", FIRST + DAY, AT, "UTC"))
        store.delete_check_in(db, "2", AT)
        found = store.ratings_between(db, FIRST + DAY, FIRST + 3 * DAY)
    assert found == (Rating(FIRST + DAY, 1), Rating(FIRST + 3 * DAY, 3, None, 7))
