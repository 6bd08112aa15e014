"""Whether pain differs between days with and without something: a difference in points and its range.

Each day is set against the mean of the days around it, pain and the other thing alike, so that a slow course up
or down is no difference. The standard error is that of the moving-block bootstrap in closed form (Künsch 1989):
nothing is drawn at random, and neighbouring days may resemble each other. How many independent comparisons there
are is counted from how often the days alternate. It was chosen over a straight trend line, over whole fortnights
and over permuted weeks; `tests/bench/insight_rules.py` measures how often it is wrong.

Nothing here says what causes what.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from itertools import accumulate
from math import atan, cos, pi, sin, sqrt
from statistics import fmean

from unpinch.weeks import NRS_MAX

SAME_DAY, NEXT_DAY = 0, 1
LAGS = (SAME_DAY, NEXT_DAY)
"""Days from the thing to the pain that is looked at."""


class Answer(StrEnum):
    """What may be said about the two kinds of days."""

    NOT_ENOUGH = "not_enough"
    NOT_MIXED = "not_mixed"
    NO_CLEAR_DIFFERENCE = "no_clear_difference"
    HIGHER = "higher"
    LOWER = "lower"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Days with something against days without it, and the pain of that day or of the next.

    `difference` is pain with minus pain without, in points of 10, and `low` to `high` the range that is plausible for
    it; the two means differ by it and are freed of the slow course. None, all of them, while there is too little.
    `more_with`, `more_without` and `more_days` are the days still missing, the last whatever they are.
    """

    answer: Answer
    lag: int
    with_days: int
    without_days: int
    with_mean: float | None = None
    without_mean: float | None = None
    difference: float | None = None
    low: float | None = None
    high: float | None = None
    more_with: int = 0
    more_without: int = 0
    more_days: int = 0


def compare(
    pain: Mapping[date, float],
    exposed: Mapping[date, bool],
    lag: int,
    thresholds: Mapping[str, float],
    comparisons: int = 1,
) -> Comparison:
    """Pain (0 to 10, one value a day) with and without, `lag` days later. A day that is missing is not known.

    With several `comparisons` shown at once each range is widened (Bonferroni), so that all of them hold together
    as often as one alone. The thresholds are the entries `insight_…` of content/thresholds.toml.
    """
    later = timedelta(days=lag)
    pairs = [(day, float(exposed[day]), pain[day + later]) for day in sorted(exposed) if day + later in pain]
    with_days = sum(having for _, having, _ in pairs)
    counted = Comparison(Answer.NOT_ENOUGH, lag, int(with_days), len(pairs) - int(with_days))
    missing = _missing(counted, thresholds)
    if missing is not None:
        return missing
    xs, ys, freedom = _freed_of_course(pairs, int(thresholds["insight_window_days"]))
    mixed = sum(x * x for x in xs)
    if 4 * mixed < thresholds["insight_mixed_days"]:  # a day amid as many with as without adds a quarter
        return Comparison(Answer.NOT_MIXED, lag, counted.with_days, counted.without_days)
    difference = sum(x * y for x, y in zip(xs, ys, strict=True)) / mixed
    pulls = [x * (y - difference * x) for x, y in zip(xs, ys, strict=True)]
    days = [day.toordinal() for day, *_ in pairs]
    variance = _block_variance(days, pulls, int(thresholds["insight_block_days"]))
    error = sqrt(variance * len(pairs) / max(freedom, 1)) / mixed
    independent = int(4 * mixed / thresholds["insight_days_per_comparison"]) - 1
    outside = (1 - thresholds["insight_percent"] / 100) / comparisons
    reach = _t_quantile(1 - outside, max(independent, 1)) * error
    low, high = max(difference - reach, -NRS_MAX), min(difference + reach, NRS_MAX)
    mean, share = fmean(y for *_, y in pairs), counted.with_days / len(pairs)
    return Comparison(
        _answer(difference, low, high, thresholds), lag, counted.with_days, counted.without_days,
        _on_scale(mean + difference * (1 - share)), _on_scale(mean - difference * share), difference, low, high,
    )  # fmt: skip


def _missing(counted: Comparison, thresholds: Mapping[str, float]) -> Comparison | None:
    """The days still missing, or None when there are enough."""
    side, both = int(thresholds["insight_side_days"]), int(thresholds["insight_paired_days"])
    more_with = max(side - counted.with_days, 0)
    more_without = max(side - counted.without_days, 0)
    more = max(both - counted.with_days - counted.without_days, more_with + more_without)
    if not more:
        return None
    return Comparison(
        Answer.NOT_ENOUGH, counted.lag, counted.with_days, counted.without_days,
        more_with=more_with, more_without=more_without, more_days=more,
    )  # fmt: skip


def _freed_of_course(pairs: Sequence[tuple[date, float, float]], window: int) -> tuple[list[float], list[float], float]:
    """Both values minus their mean over the days up to `window` days away, and the degrees of freedom left."""
    first = pairs[0][0].toordinal()
    days = [day.toordinal() - first for day, *_ in pairs]
    length = days[-1] + 2 * window + 1
    known, having, pain = [0.0] * length, [0.0] * length, [0.0] * length
    for day, (_, x, y) in zip(days, pairs, strict=True):
        known[day + window], having[day + window], pain[day + window] = 1.0, x, y
    counts, with_sums, pain_sums = (_sums(values, 2 * window + 1) for values in (known, having, pain))
    xs = [x - with_sums[day] / counts[day] for day, (_, x, _) in zip(days, pairs, strict=True)]
    ys = [y - pain_sums[day] / counts[day] for day, (_, _, y) in zip(days, pairs, strict=True)]
    used = 1 + sum(1 / counts[day] for day in days)  # the trace of the running mean, and the difference itself
    return xs, ys, len(pairs) - used


def _sums(values: Sequence[float], length: int) -> list[float]:
    """The sum of every `length` values in a row."""
    totals = [0.0, *accumulate(values)]
    return [after - before for before, after in zip(totals, totals[length:], strict=False)]


def _block_variance(days: Sequence[int], pulls: Sequence[float], block: int) -> float:
    """Variance of the sum of the pulls, never below that of independent days."""
    length = days[-1] - days[0] + 2 * block - 1
    placed = [0.0] * length
    for day, pull in zip(days, pulls, strict=True):
        placed[day - days[0] + block - 1] = pull
    alike = sum(total * total for total in _sums(placed, block)) / block
    return max(alike, sum(pull * pull for pull in pulls))


def _answer(difference: float, low: float, high: float, thresholds: Mapping[str, float]) -> Answer:
    """Judged as it is shown, to one decimal, so that words and numbers agree."""
    if abs(round(difference, 1)) >= thresholds["insight_points"]:
        if round(low, 1) > 0:
            return Answer.HIGHER
        if round(high, 1) < 0:
            return Answer.LOWER
    return Answer.NO_CLEAR_DIFFERENCE


def _on_scale(mean: float) -> float:
    return min(max(mean, 0.0), float(NRS_MAX))


@cache
def _t_quantile(inside: float, freedom: int) -> float:
    """The value that Student's t with `freedom` degrees stays within, on both sides, with probability `inside`."""
    low, high = 0.0, 1e6
    while high - low > 1e-9 * (1 + low):
        middle = (low + high) / 2
        low, high = (middle, high) if _t_inside(middle, freedom) < inside else (low, middle)
    return high


def _t_inside(value: float, freedom: int) -> float:
    """The probability that Student's t stays within ±`value` (Abramowitz and Stegun, 26.7.3 and 26.7.4)."""
    angle = atan(value / sqrt(freedom))
    odd = freedom % 2
    total, term = 0.0, cos(angle) if odd else 1.0
    for k in range(1 if odd else 0, freedom - 1, 2):
        total += term
        term *= cos(angle) ** 2 * (k + 1) / (k + 2)
    return 2 / pi * (angle + sin(angle) * total) if odd else sin(angle) * total
