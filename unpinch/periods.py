"""Two stretches of days side by side, in numbers that describe them and claim no more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import fmean, median

from unpinch.trend import improved, worsened
from unpinch.weeks import OF_A_DAY, WEEK, Rating

Period = tuple[date, date]
"""The first and the last day, both included."""


@dataclass(frozen=True, slots=True)
class PeriodSummary:
    """The rated days of a period: pain on the 0 to 10 scale, None without any.

    Of the `days_with_worst`, which say how bad it got, `high_days` had high pain.
    """

    first: date
    last: date
    n: int
    median: float | None
    mean: float | None
    days_with_worst: int
    high_days: int

    @property
    def high_percent(self) -> float | None:
        """The share of high-pain days, 0 to 100, among those that say how bad it got."""
        return 100 * self.high_days / self.days_with_worst if self.days_with_worst else None


def summarise_period(days: Sequence[Rating], period: Period, thresholds: Mapping[str, float]) -> PeriodSummary:
    """What was rated in the period. `days` as from `weeks.one_a_day`; ratings about whole weeks are left out."""
    first, last = period
    inside = [rating for rating in days if first <= rating.day <= last and rating.days == OF_A_DAY]
    pains = [rating.nrs for rating in inside]
    worsts = [rating.worst for rating in inside if rating.worst is not None]
    return PeriodSummary(
        first,
        last,
        len(inside),
        median(pains) if pains else None,
        fmean(pains) if pains else None,
        len(worsts),
        sum(worst >= thresholds["high_pain_nrs"] for worst in worsts),
    )


def latest_against_before(today: date, weeks: int) -> tuple[Period, Period]:
    """The weeks before the latest ones, and the latest ones, up to today."""
    begin = today - weeks * WEEK + timedelta(days=1)
    return (begin - weeks * WEEK, begin - timedelta(days=1)), (begin, today)


def latest_against_first(first: date, today: date, weeks: int) -> tuple[Period, Period]:
    """As many weeks from the first day on, and the latest ones, up to today."""
    span = weeks * WEEK - timedelta(days=1)
    return (first, first + span), (today - span, today)


def matters(before: float, after: float, thresholds: Mapping[str, float]) -> bool:
    """Whether two averages differ by an amount that matters to most people, by the rules of the verdict."""
    return improved(before, after, thresholds) or worsened(before, after, thresholds)
