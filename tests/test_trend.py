"""The verdict: what it says about known courses, when it keeps silent, and how seldom it is wrong."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bench.trend_rules import shares
from unpinch.catalogue import load
from unpinch.diary import CheckIn, PainEntry, logical_day
from unpinch.trend import Direction, TooEarly, Trend, evidence, improved, signed, trend, worsened
from unpinch.weeks import Rating, WeekStatus, one_a_day, ratings_of, summarise

FIRST = date(2026, 3, 2)
THRESHOLDS = load().thresholds
RATED_DAYS = (0, 1, 3, 4, 6)


def weekly(*levels: float | None, rated: Iterable[int] = RATED_DAYS, first: date = FIRST) -> list[Rating]:
    """Five equal ratings a week at each level; None is a week without any."""
    return [
        Rating(first + timedelta(days=7 * week + weekday), level)
        for week, level in enumerate(levels)
        if level is not None
        for weekday in rated
    ]


def verdict(ratings: list[Rating], today: date | None = None) -> Trend:
    return trend(ratings, today or max(rating.day for rating in ratings), THRESHOLDS)


def direction(*levels: float | None) -> Direction:
    return verdict(weekly(*levels)).direction


def test_two_weeks_in_a_row_below_the_starting_week_are_called_improving():
    assert direction(6, 5, 4, 4) is Direction.IMPROVING


def test_one_good_week_is_only_possible_improvement():
    assert direction(6, 6, 4) is Direction.POSSIBLE_IMPROVEMENT


def test_a_week_off_between_two_good_weeks_is_no_two_in_a_row():
    assert direction(6, 6, 4, None, 4) is Direction.POSSIBLE_IMPROVEMENT


def test_a_good_week_that_did_not_last_is_steady():
    assert direction(6, 4, 6, 6) is Direction.STEADY


def test_two_weeks_in_a_row_above_the_starting_week_are_called_worsening():
    assert direction(4, 4, 5.5, 5.5) is Direction.WORSENING


def test_one_worse_week_raises_no_alarm_but_is_counted():
    result = verdict(weekly(4, 4, 6))
    assert result.direction is Direction.STEADY
    assert result.worse_weeks == 1


def test_staying_worse_for_long_stays_worsening():
    assert direction(4, 6, 6, 6, 6, 6, 6) is Direction.WORSENING


@pytest.mark.parametrize(
    ("baseline", "mean", "expected"),
    [
        (6, 4.2, True), (6, 4.3, False), (8, 6, True), (8, 6.1, False), (3, 2, True), (3, 2.1, False),
        (2, 1, True), (1, 0.5, False), (0, 0, False), (5, 5, False),
    ],
)  # fmt: skip
def test_improvement_is_two_points_or_thirty_per_cent_and_both_floors_at_low_baselines(
    baseline, mean, expected
):
    assert improved(baseline, mean, THRESHOLDS) is expected


@pytest.mark.parametrize(
    ("baseline", "mean", "expected"),
    [
        (7, 9, True),
        (7, 8.9, False),
        (5, 6.5, True),
        (5, 6.4, False),
        (2, 3, True),
        (2, 2.9, False),
        (0, 1, True),
    ],
)
def test_worsening_is_two_points_or_thirty_per_cent_with_at_least_one_point(baseline, mean, expected):
    assert worsened(baseline, mean, THRESHOLDS) is expected


def test_without_ratings_it_is_too_early():
    result = trend([], FIRST, THRESHOLDS)
    assert (result.direction, result.reason, result.weeks) == (Direction.TOO_EARLY, TooEarly.NO_RATINGS, ())


def test_a_single_rating_has_no_baseline_and_a_thin_week():
    result = verdict([Rating(FIRST, 5)])
    assert result.reason is TooEarly.NO_BASELINE
    assert [week.status for week in result.weeks] == [WeekStatus.THIN]


def test_two_usable_weeks_are_too_early_however_clear():
    assert verdict(weekly(8, 2)).reason is TooEarly.FEW_WEEKS


def test_three_weeks_with_fewer_than_twelve_ratings_are_too_early():
    ratings = weekly(6, rated=(0, 1, 2, 3)) + weekly(None, 6, 6, rated=(0, 1, 2))
    assert verdict(ratings).reason is TooEarly.FEW_RATINGS


def test_weeks_long_past_give_no_verdict_about_now():
    ratings = weekly(6, 4, 4)
    assert verdict(ratings, FIRST + timedelta(days=34)).direction is Direction.IMPROVING
    assert verdict(ratings, FIRST + timedelta(days=35)).reason is TooEarly.NOT_RECENT


def test_the_baseline_is_the_first_seven_days_with_four_ratings_and_weeks_count_from_it():
    early = [Rating(FIRST - timedelta(days=5), 9)]
    result = verdict(early + weekly(6, 6, 6, rated=(0, 2, 4, 6)))
    assert result.baseline_start == FIRST
    assert result.baseline == 6
    assert [week.week for week in result.weeks] == [0, 1, 2, 3]


def test_the_baseline_stays_where_it_was_when_more_weeks_come():
    assert {verdict(weekly(*[6] * count)).baseline_start for count in (3, 6, 20)} == {FIRST}


def test_a_later_baseline_may_be_chosen():
    ratings = weekly(8, 8, 8, 5, 5, 5)
    later = trend(ratings, ratings[-1].day, THRESHOLDS, baseline_from=FIRST + timedelta(days=21))
    assert (later.baseline, later.direction) == (5, Direction.STEADY)
    assert verdict(ratings).direction is Direction.IMPROVING


def test_weeks_with_three_ratings_are_provisional_and_count_and_thinner_ones_do_not():
    ratings = weekly(6, rated=range(7)) + weekly(None, 4, 1, 4, rated=(0, 1))
    ratings += weekly(None, 4, None, 4, rated=(5,))
    result = verdict(ratings)
    assert [week.status for week in result.weeks] == ["solid", "provisional", "thin", "provisional"]
    assert result.better_weeks == 1


def test_several_ratings_of_a_day_are_averaged_to_one():
    days = one_a_day([Rating(FIRST, 4, 5), Rating(FIRST, 7, 9), Rating(FIRST, 7)], FIRST)
    assert days == (Rating(FIRST, 6, 9),)


def test_days_to_come_are_ignored():
    ratings = weekly(6, 6, 6)
    today = ratings[-1].day
    assert trend([*ratings, Rating(today + timedelta(days=1), 0)], today, THRESHOLDS) == verdict(ratings)


@pytest.mark.parametrize("rating", [Rating(FIRST, -1), Rating(FIRST, 11), Rating(FIRST, 5, 10.5)])
def test_a_rating_outside_the_scale_is_an_error(rating):
    with pytest.raises(ValueError, match="from 0 to 10"):
        verdict([rating])


def test_a_painless_baseline_has_no_percentage():
    result = verdict(weekly(0, 0, 0))
    assert (result.direction, result.change, result.change_percent) == (Direction.STEADY, 0, None)


def test_weeks_run_on_over_the_end_of_a_year():
    assert verdict(weekly(6, 5, 4, 4, first=date(2026, 12, 21))).direction is Direction.IMPROVING


def test_weeks_keep_seven_days_when_the_clocks_change():
    zone = "Europe/Berlin"
    evenings = [
        datetime(2026, 3, 23 + day, 23, 30, tzinfo=ZoneInfo(zone)).astimezone(UTC) for day in range(9)
    ]
    days = [Rating(logical_day(at, zone), 5) for at in evenings]
    assert [week.n for week in summarise(days, days[0].day, THRESHOLDS)] == [7, 2]


def test_only_averages_over_a_day_count():
    at = datetime(2026, 3, 2, 8, tzinfo=UTC)
    logged = CheckIn("a", FIRST, at, "UTC", nrs=4, worst=6)
    unrated = CheckIn("b", FIRST, at, "UTC")
    pain = [
        PainEntry(context, FIRST, at, nrs, context)
        for context, nrs in (("check_in", 4), ("before_session", 8), ("after_session", 1), ("assessment", 5))
    ]
    assert ratings_of([logged, unrated], pain) == (Rating(FIRST, 4, 6), Rating(FIRST, 5))


def test_the_slope_is_the_median_over_all_pairs_of_weeks():
    result = verdict(weekly(8, 7.5, 7, 1, 6, 5.5))
    assert result.slope == pytest.approx(-0.5)
    assert result.slope_low <= result.slope <= result.slope_high


def test_the_range_of_change_is_wider_for_ratings_that_vary():
    calm = verdict(weekly(6, 5, 5))
    varied = verdict([Rating(r.day, r.nrs + (-1) ** i) for i, r in enumerate(weekly(6, 5, 5))])
    assert calm.low == calm.change == calm.high
    assert varied.low < varied.change < varied.high


def test_the_numbers_are_said_in_sentences():
    assert evidence(verdict(weekly(6, 4, 4))) == (
        "Starting week: 6.0 on average (5 rated days from 2 Mar 2026).",
        "Lately: 4.0 on average.",
        "Change: −2.0 points (−33 per cent), plausibly between −2.0 and −2.0.",
    )
    assert evidence(verdict(weekly(6))) == ()
    assert [signed(value) for value in (0.04, -0.04, 0.05, -1)] == ["0.0", "0.0", "+0.1", "−1.0"]


def test_every_direction_and_every_reason_has_its_words():
    assert set(load().trend_texts) == {*Direction, *TooEarly}


@pytest.mark.parametrize(("alike", "at_most"), [(0.4, 0.05), (0.7, 0.08)])
def test_an_unchanging_course_is_seldom_called_improving_or_worsening(alike, at_most):
    said = shares(THRESHOLDS, start=5, per_week=0, alike=alike, diaries=600)
    assert said.get("improving", 0) <= at_most
    assert said.get("worsening", 0) <= 0.05


@pytest.mark.parametrize("alike", [0.4, 0.7])
def test_a_clear_improvement_is_mostly_found(alike):
    said = shares(THRESHOLDS, start=6, per_week=-0.6, alike=alike, diaries=400)
    assert said["improving"] + said["possible_improvement"] >= 0.85


@given(
    st.lists(st.tuples(st.integers(-400, 400), st.integers(0, 10)), max_size=60),
    st.integers(-30, 400),
)
def test_any_diary_gets_a_verdict_whose_parts_agree(entries, day):
    result = trend(
        [Rating(FIRST + timedelta(days=n), nrs) for n, nrs in entries], FIRST + timedelta(day), THRESHOLDS
    )
    assert (result.direction is Direction.TOO_EARLY) == (result.reason is not None) == (result.change is None)
    assert sum(week.n for week in result.weeks) == result.ratings
    if result.change is not None:
        assert result.low <= result.change <= result.high
        assert 0 <= result.baseline + result.change <= 10
