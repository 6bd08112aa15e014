"""Habit and pain: what counts as a day with and without, when a number may be given, and what it must not depend on."""

import math
import random
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.bench import experiment_rules, insight_rules
from unpinch.catalogue import load
from unpinch.diary import CheckIn
from unpinch.experiment import Outcome
from unpinch.exposures import habit_kept, long_sitting, pain_of_days, session_done
from unpinch.insight import NEXT_DAY, SAME_DAY, Answer, _t_quantile, compare

FIRST = date(2026, 3, 2)
AT = datetime(2026, 6, 1, 20, tzinfo=UTC)
T = load().thresholds


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


def check_in(number: int, **given) -> CheckIn:
    return CheckIn(f"c{number}-{len(given)}", day(number), AT, "UTC", **given)


def series(days: int, pain: Callable[[int], float], kept: Callable[[int], bool]) -> tuple[dict, dict]:
    numbers = range(days)
    return {day(n): pain(n) for n in numbers}, {day(n): kept(n) for n in numbers}


@pytest.mark.parametrize(
    ("with_days", "without_days", "more"),
    [
        (0, 0, (7, 7, 21)), (3, 20, (4, 0, 4)), (20, 3, (0, 4, 4)), (7, 7, (0, 0, 7)), (10, 10, (0, 0, 1)),
        (1, 2, (6, 5, 18)), (6, 15, (1, 0, 1)),
    ],
)  # fmt: skip
def test_below_the_minimum_the_missing_days_are_named_and_no_number(with_days, without_days, more):
    pain, kept = series(with_days + without_days, lambda n: n % 5, lambda n: n < with_days)
    made = compare(pain, kept, SAME_DAY, T)
    assert made.answer is Answer.NOT_ENOUGH
    assert (made.more_with, made.more_without, made.more_days) == more
    assert (made.difference, made.low, made.high, made.with_mean, made.without_mean) == (None,) * 5


def test_a_plain_effect_is_found_on_its_own_day_with_both_sides_counted():
    noise = random.Random(3)  # noqa: S311
    kept_on = [noise.random() < 0.5 for _ in range(84)]
    pain, kept = series(84, lambda n: 4 + 2 * kept_on[n] + noise.gauss(0, 0.7), kept_on.__getitem__)
    made = compare(pain, kept, SAME_DAY, T, comparisons=6)
    assert made.answer is Answer.HIGHER
    assert (made.with_days, made.without_days) == (sum(kept_on), 84 - sum(kept_on))
    assert 1.5 < made.low < 2 < made.high < 3
    assert math.isclose(made.with_mean - made.without_mean, made.difference)
    assert compare(pain, kept, NEXT_DAY, T, comparisons=6).answer is Answer.NO_CLEAR_DIFFERENCE


def test_the_next_day_is_the_next_day():
    kept_on = [n % 3 == 0 for n in range(60)]
    pain, kept = series(60, lambda n: 4 + 3 * (n > 0 and kept_on[n - 1]) + (n % 2) / 4, kept_on.__getitem__)
    made = compare(pain, kept, NEXT_DAY, T)
    assert made.answer is Answer.HIGHER
    assert made.with_days + made.without_days == 59
    assert abs(made.difference - 3) < 0.2


@pytest.mark.parametrize("effect", [0.5, 0.9, 1.0, 1.4])
def test_less_than_a_point_is_never_called_a_difference(effect):
    pain, kept = series(90, lambda n: 4 + effect * (n % 2) + (n % 3) / 10, lambda n: n % 2 == 1)
    made = compare(pain, kept, SAME_DAY, T)
    assert made.low > 0
    assert (made.answer is Answer.HIGHER) is (effect >= T["insight_points"])


def test_a_habit_taken_up_once_cannot_be_told_from_the_course():
    pain, kept = series(60, lambda n: 7 - n / 20 - 2 * (n >= 30), lambda n: n >= 30)
    made = compare(pain, kept, SAME_DAY, T)
    assert made.answer is Answer.NOT_MIXED
    assert made.difference is None


def test_a_slow_course_is_no_difference():
    pain, kept = series(120, lambda n: 9 - n / 15, lambda n: (n * 37) % 120 < n)
    assert abs(compare(pain, kept, SAME_DAY, T).difference) < 0.2


def test_several_comparisons_widen_the_range_and_leave_the_difference():
    noise = random.Random(5)  # noqa: S311
    pain, kept = series(60, lambda n: noise.randrange(11), lambda n: n % 2 == 0)
    one, six = (compare(pain, kept, SAME_DAY, T, comparisons=n) for n in (1, 6))
    assert one.difference == six.difference
    assert six.low < one.low
    assert one.high < six.high


diaries = st.lists(st.tuples(st.integers(0, 10), st.booleans(), st.booleans()), min_size=1, max_size=120)


def known(diary) -> tuple[dict, dict]:
    pain = {day(n): rating for n, (rating, _, missing) in enumerate(diary) if not missing}
    return pain, {day(n): having for n, (_, having, missing) in enumerate(diary) if not missing}


@settings(max_examples=60, deadline=None)
@given(diaries, st.sampled_from((SAME_DAY, NEXT_DAY)))
def test_swapping_the_sides_flips_the_sign_and_nothing_else(diary, lag):
    pain, having = known(diary)
    made = compare(pain, having, lag, T)
    swapped = compare(pain, {one: not value for one, value in having.items()}, lag, T)
    assert (swapped.with_days, swapped.without_days) == (made.without_days, made.with_days)
    if made.difference is None:
        assert swapped.answer is made.answer
        return
    assert made.low <= made.difference <= made.high
    for value, other in ((made.difference, swapped.difference), (made.low, swapped.high), (made.high, swapped.low)):
        assert math.isclose(value, -other, abs_tol=1e-9)


@settings(max_examples=40, deadline=None)
@given(diaries, st.integers(-5, 5))
def test_adding_a_constant_to_all_pain_changes_nothing(diary, constant):
    pain, having = known(diary)
    made = compare(pain, having, SAME_DAY, T)
    moved = compare({one: value + constant for one, value in pain.items()}, having, SAME_DAY, T)
    if made.difference is None:
        assert moved == made
        return
    assert math.isclose(made.difference, moved.difference, abs_tol=1e-9)
    assert math.isclose(made.low, moved.low, abs_tol=1e-6)


@settings(max_examples=60, deadline=None)
@given(diaries)
def test_a_number_needs_the_days_and_a_difference_its_size(diary):
    pain, having = known(diary)
    made = compare(pain, having, SAME_DAY, T)
    if made.with_days + made.without_days < 21 or min(made.with_days, made.without_days) < 7:
        assert made.difference is None
    if made.answer in (Answer.HIGHER, Answer.LOWER):
        assert abs(round(made.difference, 1)) >= 1
        assert made.low > 0 or made.high < 0


@pytest.mark.parametrize(
    ("inside", "freedom", "value"),
    [(0.95, 1, 12.7062), (0.95, 2, 4.3027), (0.99, 5, 4.0321), (0.95, 30, 2.0423), (0.99, 24, 2.7969)],
)
def test_the_t_distribution_is_that_of_the_tables(inside, freedom, value):
    assert abs(_t_quantile(inside, freedom) - value) < 1e-4


def test_ratings_of_one_day_are_averaged_and_those_of_a_week_left_out():
    entries = [check_in(0, nrs=3), check_in(0, nrs=6, worst=7), check_in(1, nrs=5, days=7), check_in(2, sat_hours=3.0)]
    assert pain_of_days(entries) == {day(0): 4.5}


def test_long_sitting_takes_the_persons_own_middle_when_one_side_is_nearly_empty():
    usual = [check_in(n, sat_hours=6.0 + 4 * (n % 2)) for n in range(30)]
    assert long_sitting(usual, T)[0] == 8
    little = [check_in(n, sat_hours=2.0 + n % 4) for n in range(30)]
    hours, days = long_sitting(little, T)
    assert hours == 3
    assert sum(days.values()) == 14
    assert long_sitting(little[:10], T)[0] == 8
    assert long_sitting([check_in(0, sat_hours=9.0, days=7), check_in(1)], T) == (8, {})


OFFERS = ((day(0), frozenset({"walk", "wallet"})), (day(10), frozenset({"walk"})))


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ([], {}),
        ([check_in(2)], {}),  # no habit was ever ticked: the question was passed over
        ([check_in(1), check_in(2, habits_kept=("walk",)), check_in(3), check_in(4, habits_kept=("walk",)),
          check_in(5)], {2: False, 3: False, 4: False}),
        ([check_in(2, habits_kept=("wallet",)), check_in(3, habits_kept=("wallet", "walk"))], {2: True, 3: True}),
        ([check_in(2, habits_kept=("walk",)), check_in(10), check_in(12), check_in(13, habits_kept=("walk",))],
         {2: False}),  # from day 10 on the wallet was not asked about
        ([check_in(2, habits_kept=("walk",)), check_in(3, batch="b"), check_in(4, days=7),
          check_in(5, habits_kept=("wallet",), batch="b"), check_in(6, habits_kept=("walk",))],
         {2: False, 5: True, 6: False}),
        ([check_in(2, habits_kept=("wallet",)), check_in(2, habits_kept=("walk",), nrs=3)], {2: True}),
    ],
)  # fmt: skip
def test_a_habit_was_not_kept_only_where_the_person_was_asked(entries, expected):
    assert habit_kept(entries, "wallet", OFFERS) == {day(n): kept for n, kept in expected.items()}


def test_the_day_of_the_first_assessment_says_nothing_of_what_was_asked():
    entries = [check_in(0, habits_kept=("walk",)), check_in(1, habits_kept=("walk",))]
    assert habit_kept(entries, "wallet", OFFERS) == {day(1): False}
    assert habit_kept(entries, "wallet", ()) == {}


def test_a_day_without_a_session_counts_from_the_first_one_on_and_one_only_begun_never():
    entries = [check_in(n) for n in (0, 3, 4, 5, 6)]
    sessions = [(day(2), False), (day(3), True), (day(5), False)]
    assert session_done(sessions, entries) == {day(3): True, day(4): False, day(6): False}
    assert session_done([(day(2), False)], entries) == {}


@pytest.mark.parametrize("correlation", [0.4, 0.7])
def test_what_is_not_there_is_hardly_ever_reported_and_what_is_large_mostly(correlation):
    course = {"correlation": correlation, "weeks": 12}
    nothing = insight_rules.shares(T, ("in runs",) * 3, **course, diaries=60)
    assert nothing["any"] <= 0.1
    strong = insight_rules.shares(T, ("working days",), **course, effect=2, diaries=40)
    assert strong["first"] >= 0.9
    assert strong["holds"] >= 0.85


def test_an_experiment_without_an_effect_is_hardly_ever_called_better_or_worse():
    said = experiment_rules.shares(T, level=5, effect=0, correlation=0.7, weeks=3, diaries=80)
    assert said.get(Outcome.BETTER, 0) + said.get(Outcome.WORSE, 0) <= 0.15
    helped = experiment_rules.shares(T, level=6, effect=-3, correlation=0.4, weeks=4, diaries=40)
    assert helped.get(Outcome.BETTER, 0) >= 0.8
