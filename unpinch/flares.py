"""Flares: days that the person called one, and days that stand out from the fortnight before."""

from bisect import bisect_left, insort
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from unpinch.weeks import OF_A_DAY, Rating


def flare_days(days: Sequence[Rating], told: Collection[date], thresholds: Mapping[str, float]) -> tuple[date, ...]:
    """The days of a flare in order: those `told`, and those found in `days` (as from `one_a_day`).

    A day stands out when its average is clearly above the median of the fortnight before it, itself left out. It is
    a flare when at least one more of three days in a row stands out too. A flare never moves the starting week.
    """
    rated = [(rating.day.toordinal(), rating.nrs) for rating in days if rating.days == OF_A_DAY]
    above, least = thresholds["flare_above_points"], int(thresholds["flare_least_ratings"])
    before, within = int(thresholds["flare_median_days"]), int(thresholds["flare_within_days"])
    high: list[int] = []
    window: list[float] = []
    first = 0
    for day, nrs in rated:
        while rated[first][0] < day - before:
            del window[bisect_left(window, rated[first][1])]
            first += 1
        if len(window) >= least and nrs >= window[0] + above and nrs >= _median(window) + above:
            high.append(day)
        insort(window, nrs)
    found = set(told)
    for number in range(len(high) - int(thresholds["flare_high_days"]) + 1):
        together = high[number : number + int(thresholds["flare_high_days"])]
        if together[-1] - together[0] < within:
            found.update(map(date.fromordinal, together))
    return tuple(sorted(found))


def _median(ordered: Sequence[float]) -> float:
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
