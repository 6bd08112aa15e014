"""Where a change begins to matter, and two periods side by side."""

from datetime import date, timedelta

import pytest

from pages.components import compare
from unpinch import periods
from unpinch.meaningful import levels
from unpinch.trend import improved, worsened
from unpinch.weeks import OF_A_WEEK, Rating

FIRST = date(2026, 3, 2)
TODAY = date(2026, 5, 20)


def on(number: int, nrs: float, worst: float | None = None, days: int = 1) -> Rating:
    return Rating(FIRST + timedelta(days=number), nrs, worst, days)


@pytest.mark.parametrize("tenths", range(101))
def test_the_levels_are_where_the_verdict_begins_to_say_better_and_worse(tenths, catalogue):
    baseline, limits = tenths / 10, catalogue.thresholds
    found = levels(baseline, limits)
    if found.better is None:
        assert not improved(baseline, 0, limits)
    else:
        assert improved(baseline, found.better, limits)
        assert not improved(baseline, found.better + 0.01, limits)
    if found.worse is None:
        assert not worsened(baseline, 10, limits)
    else:
        assert worsened(baseline, found.worse, limits)
        assert not worsened(baseline, found.worse - 0.01, limits)


@pytest.mark.parametrize(
    ("baseline", "better", "worse"), [(6, 4.2, 7.8), (8, 6, 10), (3, 2, 4), (2, 1, 3), (1, 0, 2), (0.5, None, 1.5)]
)
def test_the_levels_of_some_starting_weeks(baseline, better, worse, catalogue):
    found = levels(baseline, catalogue.thresholds)
    assert found.better == (None if better is None else pytest.approx(better))
    assert found.worse == pytest.approx(worse)


def test_a_period_counts_its_own_days_and_leaves_ratings_of_whole_weeks_out(catalogue):
    days = [on(0, 4, 6), on(1, 5, 7), on(2, 9), on(3, 10, 10, OF_A_WEEK), on(4, 2, 8), on(5, 0)]
    found = periods.summarise_period(days, (FIRST, FIRST + timedelta(days=4)), catalogue.thresholds)
    assert (found.n, found.median, found.mean) == (4, 4.5, 5)
    assert (found.days_with_worst, found.high_days) == (3, 2)
    assert found.high_percent == pytest.approx(66.7, abs=0.1)


def test_an_empty_period_has_no_numbers(catalogue):
    found = periods.summarise_period([], (FIRST, TODAY), catalogue.thresholds)
    assert (found.n, found.median, found.mean, found.high_percent) == (0, None, None, None)


def test_the_latest_weeks_and_those_before_share_no_day():
    (first, last), (begin, end) = periods.latest_against_before(TODAY, 4)
    assert (last - first).days == (end - begin).days == 27
    assert begin == last + timedelta(days=1)
    assert end == TODAY


def test_the_first_weeks_begin_with_the_first_day():
    (first, last), (begin, end) = periods.latest_against_first(FIRST, TODAY, 4)
    assert (first, end) == (FIRST, TODAY)
    assert (last - first).days == (end - begin).days == 27


def period(catalogue, *pains: float) -> periods.PeriodSummary:
    days = [on(number, nrs) for number, nrs in enumerate(pains)]
    return periods.summarise_period(days, (FIRST, TODAY), catalogue.thresholds)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ((5, 5, 5), (3, 3, 3, 3), "Too few rated days to compare: at least 4 in each period are needed"),
        ((5, 5, 5, 5), (), "there are 4 and 0"),
        ((5, 5, 5, 5), (5, 5, 5, 5), "The average is the same in both periods: 5.0."),
        ((5, 5, 5, 5), (3, 4, 3, 4), "In the second period the average is 1.5 points lower than in the first."),
        ((3, 3, 3, 3), (5, 5, 5, 5), "In the second period the average is 2.0 points higher than in the first."),
    ],
)
def test_the_difference_in_words(before, after, words, catalogue):
    assert words in compare.difference(period(catalogue, *before), period(catalogue, *after), 4)


@pytest.mark.parametrize(("before", "after", "much"), [(6, 4, True), (6, 4.5, False), (4, 6, True), (5, 5.5, False)])
def test_what_matters_in_a_comparison_is_what_matters_in_the_verdict(before, after, much, catalogue):
    assert periods.matters(before, after, catalogue.thresholds) is much
