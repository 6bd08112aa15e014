"""The course of pain over weeks: a frozen first week, and a verdict that may be "too early".

The verdict compares weekly means with the first week. How often it is wrong on diaries without any change is
measured by `tests/bench/trend_rules.py`. Ratings of days and ratings about whole weeks are never compared with
each other: pain is remembered as higher than it was rated day by day (Broderick 2008).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import combinations
from math import isclose, sqrt
from statistics import fmean, median

from unpinch.weeks import (
    NRS_MAX,
    OF_A_DAY,
    OF_A_WEEK,
    WEEK,
    Rating,
    WeekSummary,
    baseline_start,
    one_a_day,
    summarise,
)


class Direction(StrEnum):
    """What may be said about the course."""

    TOO_EARLY = "too_early"
    POSSIBLE_IMPROVEMENT = "possible_improvement"
    IMPROVING = "improving"
    STEADY = "steady"
    WORSENING = "worsening"


class TooEarly(StrEnum):
    """Why nothing can be said yet."""

    NO_RATINGS = "no_ratings"
    NO_BASELINE = "no_baseline"
    FEW_WEEKS = "few_weeks"
    FEW_RATINGS = "few_ratings"
    FEW_WEEKLY = "few_weekly"
    NOT_RECENT = "not_recent"


@dataclass(frozen=True, slots=True)
class Trend:
    """The verdict and everything it rests on. Points are on the 0 to 10 scale; below zero is less pain.

    `change` is the mean of the latest weeks (two where they follow each other) minus the baseline, and
    `low` to `high` the range that is plausible for it. `slope` is points per week (Theil-Sen over the latest
    weeks), with the lowest and highest slope when any one week is left out. `better_weeks` and `worse_weeks`
    count the latest weeks in a row that pass the threshold. `bad_start` is by how many points the starting week
    lies above the three that follow, where that is much. `ratings` counts rated days, or with `days` 7 ratings about
    whole weeks; `left_out` are those of the other kind. `chosen` says that the person chose where it begins.
    None means that it cannot be said.
    """

    direction: Direction
    reason: TooEarly | None
    baseline: float | None
    baseline_start: date | None
    change: float | None
    change_percent: float | None
    low: float | None
    high: float | None
    slope: float | None
    slope_low: float | None
    slope_high: float | None
    better_weeks: int
    worse_weeks: int
    bad_start: float | None
    weeks: tuple[WeekSummary, ...]
    ratings: int
    days: int = OF_A_DAY
    left_out: int = 0
    chosen: bool = False

    @property
    def used(self) -> tuple[WeekSummary, ...]:
        """The weeks that the verdict may use, the starting week first; none without a starting week."""
        if self.baseline_start is None:
            return ()
        return tuple(week for week in self.weeks if week.week >= 1 and week.counts and week.days == self.days)


def trend(
    ratings: Sequence[Rating],
    today: date,
    thresholds: Mapping[str, float],
    baseline_from: date | None = None,
) -> Trend:
    """The verdict on `today`. Ratings after today are ignored, several of one day are averaged.

    With `baseline_from`, a later day of the person's choice, everything before it is only shown. Ratings of days
    decide where they suffice for a verdict, else ratings about whole weeks, else the kind given last.
    The thresholds are the entries `trend_…` of content/thresholds.toml.
    Raises ValueError if a rating is not within 0 to 10.
    """
    return trend_of(one_a_day(ratings, today), today, thresholds, baseline_from)


def trend_of(
    days: Sequence[Rating], today: date, thresholds: Mapping[str, float], baseline_from: date | None = None
) -> Trend:
    """The verdict from ratings that are one a day and kind already, in order, none of them after today."""
    last = {rating.days: rating.day for rating in days}
    kinds = sorted(last) or [OF_A_DAY]
    verdicts = [_of_kind(days, kind, today, thresholds, baseline_from) for kind in kinds]
    told = [one for one in verdicts if one.direction is not Direction.TOO_EARLY]
    return told[0] if told else max(verdicts, key=lambda one: (last.get(one.days, today), -one.days))


def _of_kind(
    days: Sequence[Rating], kind: int, today: date, thresholds: Mapping[str, float], baseline_from: date | None
) -> Trend:
    since = baseline_from or date.min
    counted = [rating for rating in days if rating.days == kind and rating.day >= since]
    start = baseline_start(counted, kind, int(thresholds["trend_solid_ratings"]))
    weeks = summarise(days, start or baseline_from or days[0].day, thresholds, kind) if days else ()
    early = Trend(
        Direction.TOO_EARLY, None, None, start, *(None,) * 7, 0, 0, None, weeks, len(counted), kind,
        sum(rating.days != kind and rating.day >= since for rating in days), baseline_from is not None,
    )  # fmt: skip
    used = early.used
    if not used:
        return replace(early, reason=TooEarly.NO_BASELINE if counted else TooEarly.NO_RATINGS)
    baseline = used[0].mean
    early = replace(early, baseline=baseline, reason=_why_too_early(early, today, thresholds))
    return early if early.reason else _judged(early, baseline, thresholds)


def _judged(early: Trend, baseline: float, thresholds: Mapping[str, float]) -> Trend:
    """The trend with its verdict, once nothing keeps from one."""
    used = early.used
    better = _in_a_row(used, lambda week: improved(baseline, week.mean, thresholds))
    worse = _in_a_row(used, lambda week: worsened(baseline, week.mean, thresholds))
    latest = latest_of(used)
    change = fmean(week.mean for week in latest) - baseline
    error = standard_error(used, latest, thresholds)
    reach = thresholds["trend_range_z"] * error
    sloping = used[-int(thresholds["trend_slope_weeks"]) :]
    slope, slope_low, slope_high = _slopes(sloping)
    by_slope = baseline + slope * (sloping[-1].week - sloping[0].week)
    fallen = len(used) >= thresholds["trend_slope_least"] and _reaches(-change, thresholds["trend_flat_points"])
    in_a_row = thresholds["trend_weeks_in_a_row"]
    direction = Direction.STEADY
    if worse >= in_a_row and change > thresholds["trend_alarm_z"] * error:
        direction = Direction.WORSENING
    elif better >= in_a_row and change + reach < 0:
        direction = Direction.IMPROVING
    elif (
        better
        or improved(baseline, baseline + change, thresholds)
        or (fallen and improved(baseline, by_slope, thresholds))
    ):
        direction = Direction.POSSIBLE_IMPROVEMENT
    return replace(
        early,
        direction=direction,
        change=change,
        change_percent=100 * change / baseline if baseline else None,
        low=max(change - reach, -baseline),
        high=min(change + reach, NRS_MAX - baseline),
        slope=slope,
        slope_low=slope_low,
        slope_high=slope_high,
        better_weeks=better,
        worse_weeks=worse,
        bad_start=_bad_start(used, thresholds),
    )


def latest_of(used: Sequence[WeekSummary]) -> Sequence[WeekSummary]:
    """The weeks that stand for how it is lately: the last two if they follow each other, else the last."""
    return used[-2:] if len(used) > 1 and used[-1].week - used[-2].week == 1 else used[-1:]


def improved(baseline: float, mean: float, thresholds: Mapping[str, float]) -> bool:
    """Whether a weekly mean is meaningfully below the baseline: by points or by share, low ones by both.

    Farrar 2001 and Ostelo 2008 for the points and the share; the floor for low baselines is this project's.
    """
    fall = baseline - mean
    by_share = fall > 0 and _reaches(100 * fall, thresholds["trend_better_percent"] * baseline)
    if baseline <= thresholds["trend_low_baseline"]:
        return by_share and _reaches(fall, thresholds["trend_low_baseline_points"])
    return by_share or _reaches(fall, thresholds["trend_better_points"])


def worsened(baseline: float, mean: float, thresholds: Mapping[str, float]) -> bool:
    """Whether a weekly mean is above the baseline by the points that matter, or by the share and a floor."""
    rise = mean - baseline
    if _reaches(rise, thresholds["trend_worse_points"]):
        return True
    by_share = _reaches(100 * rise, thresholds["trend_worse_percent"] * baseline)
    return by_share and _reaches(rise, thresholds["trend_worse_floor_points"])


def _reaches(value: float, limit: float) -> bool:
    return value >= limit or isclose(value, limit, abs_tol=1e-9)


def _why_too_early(trend: Trend, today: date, thresholds: Mapping[str, float]) -> TooEarly | None:
    used = trend.used
    if trend.days == OF_A_WEEK and len(used) < thresholds["trend_direction_weekly"]:
        return TooEarly.FEW_WEEKLY
    if len(used) < thresholds["trend_direction_weeks"]:
        return TooEarly.FEW_WEEKS
    ratings = sum(week.n for week in trend.weeks if week.week >= 1 and week.days == trend.days)
    if trend.days == OF_A_DAY and ratings < thresholds["trend_direction_ratings"]:
        return TooEarly.FEW_RATINGS
    if today - used[-1].start >= WEEK + timedelta(days=thresholds["trend_recent_days"]):
        return TooEarly.NOT_RECENT
    return None


def _bad_start(used: Sequence[WeekSummary], thresholds: Mapping[str, float]) -> float | None:
    """Points by which the starting week lies above the median of the three weeks after it, where that is much."""
    following = [week.mean for week in used[1:] if week.week <= 1 + thresholds["trend_bad_start_weeks"]]
    if len(following) < thresholds["trend_bad_start_least"]:
        return None
    above = used[0].mean - median(following)
    return above if _reaches(above, thresholds["trend_bad_start_points"]) else None


def _in_a_row(used: Sequence[WeekSummary], passes: Callable[[WeekSummary], bool]) -> int:
    """How many of the latest weeks pass without a gap between them; the baseline itself is no candidate."""
    count = 0
    for week in reversed(used[1:]):
        if not passes(week) or week.week != used[-1].week - count:
            break
        count += 1
    return count


def standard_error(
    used: Sequence[WeekSummary], latest: Sequence[WeekSummary], thresholds: Mapping[str, float]
) -> float:
    """Standard error, in points, of the mean of the `latest` weeks minus the first of the `used` ones.

    Days of a week resemble each other, and so do neighbouring weeks, so the spread within the weeks is
    enlarged (variance of the mean of equally correlated values). The correlations are fixed by content, for a few
    weeks are too short to estimate them; so is the error of a rating about a whole week, which shows no spread.
    """
    of_days, of_weeks = thresholds["trend_day_correlation"], thresholds["trend_week_correlation"]
    squares = sum((week.spread or 0) ** 2 * (week.n - 1) for week in used)
    spread = squares / max(sum(week.n - 1 for week in used), 1) / (1 - of_days)

    def variance(week: WeekSummary) -> float:
        if week.days == OF_A_WEEK:
            return thresholds["trend_weekly_error"] ** 2
        return spread * (1 + (week.n - 1) * of_days) / week.n

    together = 1 + of_weeks if len(latest) > 1 else 1
    return sqrt(variance(used[0]) + sum(map(variance, latest)) / len(latest) ** 2 * together)


def _slopes(weeks: Sequence[WeekSummary]) -> tuple[float, float, float]:
    points = [(week.week, week.mean) for week in weeks]
    without_one = [_theil_sen(points[:gap] + points[gap + 1 :]) for gap in range(len(points))]
    return _theil_sen(points), min(without_one), max(without_one)


def _theil_sen(points: Sequence[tuple[int, float]]) -> float:
    """Median of the slopes between all pairs of points (Theil 1950, Sen 1968)."""
    return median((b[1] - a[1]) / (b[0] - a[0]) for a, b in combinations(points, 2))
