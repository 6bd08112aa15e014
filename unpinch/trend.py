"""The course of pain over weeks: a frozen first week, and a verdict that may be "too early".

The verdict compares weekly means with the first week. How often it is wrong on diaries without any change is
measured by `tests/bench/trend_rules.py`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import combinations
from math import isclose, sqrt
from statistics import fmean, median

from unpinch.weeks import NRS_MAX, WEEK, Rating, WeekSummary, baseline_start, one_a_day, summarise


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
    NOT_RECENT = "not_recent"


@dataclass(frozen=True, slots=True)
class Trend:
    """The verdict and everything it rests on. Points are on the 0 to 10 scale; below zero is less pain.

    `change` is the mean of the latest weeks (two where they follow each other) minus the baseline, and
    `low` to `high` the range that is plausible for it. `slope` is points per week (Theil-Sen over the latest
    weeks), with the lowest and highest slope when any one week is left out. `better_weeks` and `worse_weeks`
    count the latest weeks in a row that pass the threshold. `ratings` counts rated days.
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
    weeks: tuple[WeekSummary, ...]
    ratings: int


def trend(
    ratings: Sequence[Rating],
    today: date,
    thresholds: Mapping[str, float],
    baseline_from: date | None = None,
) -> Trend:
    """The verdict on `today`. Ratings after today are ignored, several of one day are averaged.

    With `baseline_from`, a later day of the person's choice, everything before it is left out.
    The thresholds are the entries `trend_…` of content/thresholds.toml.
    Raises ValueError if a rating is not within 0 to 10.
    """
    days = one_a_day(ratings, today)
    if baseline_from is not None:
        days = tuple(rating for rating in days if rating.day >= baseline_from)
    if not days:
        return _too_early(TooEarly.NO_RATINGS, (), 0)
    start = baseline_start(days, int(thresholds["trend_solid_ratings"]))
    weeks = summarise(days, start or days[0].day, thresholds)
    if start is None:
        return _too_early(TooEarly.NO_BASELINE, weeks, len(days))
    used = tuple(week for week in weeks if week.counts and week.week >= 1)
    baseline = used[0].mean
    reason = _why_too_early(used, sum(week.n for week in weeks if week.week >= 1), today, thresholds)
    if reason is not None:
        return _too_early(reason, weeks, len(days), baseline, start)

    better = _in_a_row(used, lambda week: improved(baseline, week.mean, thresholds))
    worse = _in_a_row(used, lambda week: worsened(baseline, week.mean, thresholds))
    latest = used[-2:] if used[-1].week - used[-2].week == 1 else used[-1:]
    change = fmean(week.mean for week in latest) - baseline
    error = _standard_error(days, used, latest, thresholds)
    reach = thresholds["trend_range_z"] * error
    slope, slope_low, slope_high = _slopes(used[-int(thresholds["trend_slope_weeks"]) :])
    in_a_row = thresholds["trend_weeks_in_a_row"]
    direction = Direction.STEADY
    if worse >= in_a_row and change > thresholds["trend_alarm_z"] * error:
        direction = Direction.WORSENING
    elif better >= in_a_row and change + reach < 0:
        direction = Direction.IMPROVING
    elif better or improved(baseline, baseline + change, thresholds):
        direction = Direction.POSSIBLE_IMPROVEMENT
    return Trend(
        direction=direction,
        reason=None,
        baseline=baseline,
        baseline_start=start,
        change=change,
        change_percent=100 * change / baseline if baseline else None,
        low=max(change - reach, -baseline),
        high=min(change + reach, NRS_MAX - baseline),
        slope=slope,
        slope_low=slope_low,
        slope_high=slope_high,
        better_weeks=better,
        worse_weeks=worse,
        weeks=weeks,
        ratings=len(days),
    )


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


def evidence(trend: Trend) -> tuple[str, ...]:
    """The numbers behind a verdict in sentences; empty while it is too early."""
    if trend.change is None or trend.baseline is None or trend.low is None or trend.high is None:
        return ()
    first = next(week for week in trend.weeks if week.week == 1)
    share = "" if trend.change_percent is None else f" ({signed(trend.change_percent, 0)} per cent)"
    return (
        f"Starting week: {trend.baseline:.1f} on average"
        f" ({first.n} rated days from {first.start.day} {first.start:%b %Y}).",
        f"Lately: {trend.baseline + trend.change:.1f} on average.",
        f"Change: {signed(trend.change)} points{share},"
        f" plausibly between {signed(trend.low)} and {signed(trend.high)}.",
    )


def signed(value: float, places: int = 1) -> str:
    """A number with its sign, a true minus included; zero has none."""
    rounded = round(value, places)
    if not rounded:
        return f"{0:.{places}f}"
    return f"{'+' if rounded > 0 else '−'}{abs(rounded):.{places}f}"


def _why_too_early(
    used: Sequence[WeekSummary], ratings: int, today: date, thresholds: Mapping[str, float]
) -> TooEarly | None:
    if len(used) < thresholds["trend_direction_weeks"]:
        return TooEarly.FEW_WEEKS
    if ratings < thresholds["trend_direction_ratings"]:
        return TooEarly.FEW_RATINGS
    if today - used[-1].start >= WEEK + timedelta(days=thresholds["trend_recent_days"]):
        return TooEarly.NOT_RECENT
    return None


def _too_early(
    reason: TooEarly,
    weeks: tuple[WeekSummary, ...],
    ratings: int,
    baseline: float | None = None,
    start: date | None = None,
) -> Trend:
    unknown = (None,) * 7
    return Trend(Direction.TOO_EARLY, reason, baseline, start, *unknown, 0, 0, weeks, ratings)


def _in_a_row(used: Sequence[WeekSummary], passes: Callable[[WeekSummary], bool]) -> int:
    """How many of the latest weeks pass without a gap between them; the baseline itself is no candidate."""
    count = 0
    for week in reversed(used[1:]):
        if not passes(week) or week.week != used[-1].week - count:
            break
        count += 1
    return count


def _standard_error(
    days: Sequence[Rating],
    used: Sequence[WeekSummary],
    latest: Sequence[WeekSummary],
    thresholds: Mapping[str, float],
) -> float:
    """Standard error of the change, in points.

    Days of a week resemble each other, and so do neighbouring weeks, so the spread within the weeks is
    enlarged (variance of the mean of equally correlated values). The correlations are fixed by content:
    a few weeks are too short to estimate them.
    """
    of_days, of_weeks = thresholds["trend_day_correlation"], thresholds["trend_week_correlation"]
    means = {week.week: week.mean for week in used}
    numbered = (((rating.day - used[0].start).days // WEEK.days + 1, rating.nrs) for rating in days)
    squares = sum((nrs - means[week]) ** 2 for week, nrs in numbered if week in means)
    spread = squares / (sum(week.n for week in used) - len(used)) / (1 - of_days)

    def variance(week: WeekSummary) -> float:
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
