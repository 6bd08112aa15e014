"""The verdict: what it says about known courses, when it keeps silent, and how seldom it is wrong."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bench.trend_rules import WEEKLY, shares
from unpinch.catalogue import load
from unpinch.diary import CheckIn, PainEntry, logical_day
from unpinch.evidence import evidence, high_pain, signed
from unpinch.flares import flare_days
from unpinch.trend import Direction, TooEarly, Trend, improved, trend, worsened
from unpinch.weeks import OF_A_DAY, OF_A_WEEK, Rating, WeekStatus, one_a_day, ratings_of, summarise

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


@pytest.mark.parametrize(
    ("levels", "direction"),
    [
        ((7, 6.5, 6, 5.6, 5.3, 5.1), Direction.POSSIBLE_IMPROVEMENT),  # 0.4 a week over six weeks is 2 points
        ((7, 6.7, 6.4, 6.1, 5.8, 5.5), Direction.STEADY),  # 1.5 points
        ((7, 6.3, 5.7, 5.1), Direction.STEADY),  # four weeks are too few for a slope
        ((6, 6, 9, 8.5, 8, 7.5, 7, 6.5, 6, 5.5), Direction.STEADY),  # falling, but from a height
    ],
)
def test_a_slope_that_adds_up_to_what_matters_is_possible_improvement(levels, direction):
    assert verdict(weekly(*levels)).direction is direction


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
def test_improvement_is_two_points_or_thirty_per_cent_and_both_floors_at_low_baselines(baseline, mean, expected):
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
    late = verdict(ratings, FIRST + timedelta(days=35))
    assert late.reason is TooEarly.NOT_RECENT
    assert evidence(late) == (
        "Starting week: 6.0 on average (5 rated days from 2 Mar 2026).",
        "The last weeks with enough ratings, up to 22 Mar 2026: 4.0 on average, a difference of −2.0. That was then;"
        " it says nothing about now.",
    )


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
    assert (later.baseline, later.direction, later.ratings) == (5, Direction.STEADY, 15)
    assert [week.week for week in later.weeks] == [-2, -1, 0, 1, 2, 3]
    assert evidence(later)[0] == "Starting week: 5.0 on average (5 rated days from 23 Mar 2026, your own choice)."
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
    evenings = [datetime(2026, 3, 23 + day, 23, 30, tzinfo=ZoneInfo(zone)).astimezone(UTC) for day in range(9)]
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


def test_a_check_in_about_a_week_stays_one():
    at = datetime(2026, 3, 2, 8, tzinfo=UTC)
    assert ratings_of([CheckIn("a", FIRST, at, "UTC", nrs=4, days=7)]) == (Rating(FIRST, 4, days=OF_A_WEEK),)


def whole_weeks(*levels: float | None, first: date = FIRST) -> list[Rating]:
    """A rating about each whole week, on its last day."""
    return [
        Rating(first + timedelta(days=7 * week + 6), level, days=OF_A_WEEK)
        for week, level in enumerate(levels)
        if level is not None
    ]


@pytest.mark.parametrize(
    ("levels", "direction", "reason"),
    [
        ((6,), Direction.TOO_EARLY, TooEarly.FEW_WEEKLY),
        ((6, 2, 2), Direction.TOO_EARLY, TooEarly.FEW_WEEKLY),
        ((6, 6, 2, 2), Direction.IMPROVING, None),
        ((6, 6, 6, 3), Direction.POSSIBLE_IMPROVEMENT, None),
        ((6, 6, 4, 4), Direction.POSSIBLE_IMPROVEMENT, None),  # two in a row, but within the error of looking back
        ((6, None, 6, 6), Direction.TOO_EARLY, TooEarly.FEW_WEEKLY),
        ((6, 5, 6, 6), Direction.STEADY, None),
        ((3, 3, 7, 7), Direction.WORSENING, None),
        ((4, 4, 6, 6), Direction.STEADY, None),
    ],
)
def test_four_ratings_about_whole_weeks_are_asked_and_judged_with_their_own_error(levels, direction, reason):
    result = verdict(whole_weeks(*levels))
    assert (result.direction, result.reason, result.days) == (direction, reason, OF_A_WEEK)
    assert result.baseline == 6 or result.baseline == levels[0]
    assert {(week.n, week.status) for week in result.weeks} == {(1, WeekStatus.PROVISIONAL)}


@pytest.mark.parametrize(("moved", "weeks"), [(0, [1, 2]), (3, [1, 2]), (-3, [1, 2]), (4, [1, 3]), (-4, [1])])
def test_a_rating_about_seven_days_belongs_to_the_week_with_most_of_them(moved, weeks):
    first, second = whole_weeks(6, 6)
    later = Rating(second.day + timedelta(days=moved), 5, days=OF_A_WEEK)
    assert [week.week for week in verdict([first, later]).weeks] == weeks


def test_a_week_without_enough_rated_days_becomes_provisional_by_a_rating_about_it():
    result = verdict(weekly(6, 6, 6) + weekly(None, None, None, 5, rated=(0, 1)) + whole_weeks(None, None, None, 7))
    last = result.weeks[-1]
    assert (last.n, last.days, last.mean, last.status) == (1, OF_A_WEEK, 7, WeekStatus.PROVISIONAL)
    assert (result.days, [week.week for week in result.used]) == (OF_A_DAY, [1, 2, 3])


def test_ratings_of_days_and_of_weeks_are_never_compared_with_each_other():
    days, weeks = weekly(6, 6, 6, 6), whole_weeks(9, 9, 9, 9)
    both, alone = verdict(days + weeks), verdict(days)
    assert (both.baseline, both.change, both.direction) == (alone.baseline, alone.change, alone.direction)
    assert both.left_out == 4
    assert evidence(both)[-1].startswith("4 ratings about a whole week left out")
    assert [week.days for week in both.weeks] == [OF_A_DAY] * 4


def test_whole_weeks_decide_once_days_are_no_longer_rated():
    days = weekly(6, 6, 6)
    weeks = whole_weeks(None, None, None, 6, 6, 3, 2, 2)
    assert verdict(days + weeks[:2]).days == OF_A_DAY
    few = verdict(days + weeks[:3])
    assert (few.days, few.reason) == (OF_A_WEEK, TooEarly.FEW_WEEKLY)
    later = verdict(days + weeks)
    assert (later.days, later.direction) == (OF_A_WEEK, Direction.IMPROVING)
    assert later.baseline_start == FIRST + timedelta(days=21)
    assert "Only ratings about whole weeks are compared; 15 rated days are left out" in evidence(later)[-1]


def test_the_spread_and_the_days_in_high_pain_of_a_week():
    days = [Rating(FIRST + timedelta(days=n), nrs, worst) for n, (nrs, worst) in enumerate(
        [(2, 6), (4, 6.9), (6, 7), (8, 10), (5, None)]
    )]  # fmt: skip
    (week,) = summarise(days, FIRST, THRESHOLDS)
    assert (week.lowest, week.highest, week.spread) == (2, 8, pytest.approx(5**0.5))
    assert (week.days_with_worst, week.high_days, week.worst) == (4, 2, 10)
    (single,) = summarise(days[:1], FIRST, THRESHOLDS)
    assert single.spread is None


def test_time_in_high_pain_is_said_for_all_for_the_start_and_for_lately():
    worsts = [8, 8, 8, 6, 6] * 2 + [8, 6, 6, 6, None]
    days = [Rating(one.day, one.nrs, worst) for one, worst in zip(weekly(5, 5, 5), worsts, strict=True)]
    assert high_pain(verdict(days), THRESHOLDS["high_pain_nrs"]) == (
        "Days with a worst pain of 7 or more: 7 of 14 (50 per cent) in all, 3 of 5 (60 per cent) in the starting week,"
        " 4 of 9 (44 per cent) in the latest two weeks."
    )
    assert high_pain(verdict(weekly(5, 5, 5)), 7) is None


@pytest.mark.parametrize(
    ("levels", "points"),
    [((6, 5, 5, 5), 1), ((6, 5.1, 5.1, 5.1), None), ((6, 6, 4, 5), 1), ((6, 4), None), ((6, 5, None, None, 2), None)],
)
def test_a_bad_start_is_a_starting_week_a_point_above_the_three_that_follow(levels, points):
    assert verdict(weekly(*levels)).bad_start == points


def test_settling_after_a_bad_start_is_not_said_of_a_course_that_got_worse():
    assert not any("settling" in line for line in evidence(verdict(weekly(6, 4, 4, 8, 8))))


@pytest.mark.parametrize(
    ("pains", "found"),
    [
        ([3] * 7 + [5, 5], [7, 8]),
        ([3] * 7 + [5, 3, 5], [7, 9]),
        ([3] * 7 + [5, 3, 3, 5], []),  # three days apart
        ([3] * 7 + [5], []),
        ([3] * 7 + [4.9, 4.9], []),
        ([3] * 3 + [6, 6, 6], [4, 5]),  # four ratings before it, and they hold the first high day
        ([3] * 2 + [6, 6], []),
        ([3] * 7 + [None] * 11 + [6, 6], []),  # the fortnight before holds too few
        ([3, 3, 5, 5, 7, 7], [4, 5]),
        ([3] * 7 + [6] * 20, [7, 8, 9, 10, 11, 12, 13]),  # what lasts becomes the usual
    ],
)
def test_a_flare_is_two_of_three_days_clearly_above_the_fortnight_before(pains, found):
    days = [Rating(FIRST + timedelta(days=n), nrs) for n, nrs in enumerate(pains) if nrs is not None]
    assert [(day - FIRST).days for day in flare_days(days, (), THRESHOLDS)] == found


def test_a_flare_that_was_told_counts_and_moves_no_starting_week():
    ratings = weekly(4, 4, 9, rated=range(7))
    told = FIRST + timedelta(days=3)
    days = flare_days(one_a_day(ratings, ratings[-1].day), [told], THRESHOLDS)
    assert days[0] == told
    assert set(range(14, 21)) == {(day - FIRST).days for day in days[1:]}
    assert (verdict(ratings).baseline, verdict(ratings).baseline_start) == (4, FIRST)


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
        "Your starting week was 2.0 points above the weeks that followed it. After a bad week some settling is"
        " expected anyway, whatever was done.",
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


@pytest.mark.parametrize(("alike", "at_most"), [(0.4, 0.05), (0.7, 0.08)])
def test_an_unchanging_course_told_in_whole_weeks_is_seldom_called_better_or_worse(alike, at_most):
    said = shares(THRESHOLDS, start=5, per_week=0, alike=alike, rated=WEEKLY, diaries=600)
    assert said.get("improving", 0) <= at_most
    assert said.get("worsening", 0) <= 0.05


@pytest.mark.parametrize("alike", [0.4, 0.7])
@pytest.mark.parametrize("rated", [5, WEEKLY])
def test_a_clear_improvement_is_mostly_found(alike, rated):
    said = shares(THRESHOLDS, start=6, per_week=-0.6, alike=alike, rated=rated, diaries=400)
    assert said["improving"] + said["possible_improvement"] >= 0.85


@given(
    st.lists(st.tuples(st.integers(-400, 400), st.integers(0, 10), st.sampled_from([1, 1, 1, 7])), max_size=60),
    st.integers(-30, 400),
    st.none() | st.integers(-100, 100),
)
def test_any_diary_gets_a_verdict_whose_parts_agree(entries, day, chosen):
    today = FIRST + timedelta(day)
    since = None if chosen is None else FIRST + timedelta(days=chosen)
    ratings = [Rating(FIRST + timedelta(days=n), nrs, days=days) for n, nrs, days in entries]
    result = trend(ratings, today, THRESHOLDS, since)
    assert (result.direction is Direction.TOO_EARLY) == (result.reason is not None) == (result.change is None)
    if {days for _, _, days in entries} <= {1} and since is None:
        assert sum(week.n for week in result.weeks) == result.ratings
    assert {week.days for week in result.used} <= {result.days}
    flares = flare_days(one_a_day(ratings, today), (), THRESHOLDS)
    assert all(flare <= today for flare in flares)
    if result.change is not None:
        assert result.low <= result.change <= result.high
        assert 0 <= result.baseline + result.change <= 10
