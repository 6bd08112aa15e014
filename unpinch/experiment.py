"""One change at a time, tried for two to four weeks: as many weeks before it against the weeks of it.

A change counts by the same thresholds as the trend's, and only beyond the usual ups and downs. A comparison of
before and after cannot prove a cause; how often it is wrong by chance is measured by
`tests/bench/experiment_rules.py`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from math import sqrt
from statistics import fmean

from unpinch.trend import improved, worsened
from unpinch.weeks import OF_A_DAY, OF_A_WEEK, WEEK, Rating, WeekSummary, one_a_day, summarise


class Stage(StrEnum):
    """Where an experiment stands."""

    PLANNED = "planned"
    RUNNING = "running"
    OVER = "over"


class Outcome(StrEnum):
    """What may be said at the end."""

    BETTER = "better"
    WORSE = "worse"
    NO_CLEAR_DIFFERENCE = "no_clear_difference"
    NOT_ENOUGH = "not_enough"


@dataclass(frozen=True, slots=True)
class Experiment:
    """A `question`, written down first, and the one `change` that is to answer it, from `first_day` for `weeks`.

    `stopped_day` is the last day of the change when it ended early. `at` (aware) and `tz` say when and where it was
    written down. Raises ValueError for an empty text, a naive instant, no week, or a stop before the first day.
    """

    uid: str
    question: str
    change: str
    first_day: date
    weeks: int
    at: datetime
    tz: str
    stopped_day: date | None = None

    def __post_init__(self) -> None:
        if not (self.question.strip() and self.change.strip()):
            raise ValueError("an experiment needs a question and a change")
        if self.weeks < 1:
            raise ValueError(f"an experiment takes whole weeks, not {self.weeks}")
        if self.at.tzinfo is None:
            raise ValueError(f"at needs a time zone: {self.at.isoformat()} has none")
        if self.stopped_day is not None and self.stopped_day < self.first_day:
            raise ValueError(f"an experiment cannot stop ({self.stopped_day}) before it begins ({self.first_day})")

    @property
    def before_from(self) -> date:
        """The first day of the weeks before, which are as many."""
        return self.first_day - self.weeks * WEEK

    @property
    def planned_last_day(self) -> date:
        """The last day of the change as it was planned."""
        return self.first_day + self.weeks * WEEK - timedelta(days=1)

    @property
    def last_day(self) -> date:
        """The last day of the change as it was."""
        return min(self.stopped_day or self.planned_last_day, self.planned_last_day)

    @property
    def stopped_early(self) -> bool:
        """Whether it ended before it was planned to."""
        return self.last_day < self.planned_last_day

    def stage(self, today: date) -> Stage:
        """Where it stands on a day. On the day of a stop it is over."""
        if self.stopped_day is not None or today > self.planned_last_day:
            return Stage.OVER
        return Stage.PLANNED if today < self.first_day else Stage.RUNNING

    def days_left(self, today: date) -> int:
        """Days of the change that are still to come, today among them."""
        return max((self.planned_last_day - max(today, self.first_day)).days + 1, 0)


@dataclass(frozen=True, slots=True)
class Period:
    """Whole weeks from `first` to `last` with `ratings` in them. `weeks` are those with enough, all of one kind.

    `mean` is the mean of the weekly means on the 0 to 10 scale, None without such a week.
    """

    first: date
    last: date
    ratings: int
    weeks: tuple[WeekSummary, ...]

    @property
    def mean(self) -> float | None:
        """Mean of the weekly means."""
        return fmean(week.mean for week in self.weeks) if self.weeks else None


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome with its data. `change` is during minus before in points, with the range plausible for it.

    `drift` is by how much pain already rose (falling: below zero) from the first to the last week before the change.
    None is "cannot be said".
    """

    outcome: Outcome
    before: Period
    during: Period
    change: float | None = None
    low: float | None = None
    high: float | None = None
    drift: float | None = None


@dataclass(frozen=True, slots=True)
class OtherChange:
    """Something else that began on `first` and ended on `last`; None is "still going on"."""

    words: str
    first: date
    last: date | None


def verdict(experiment: Experiment, ratings: Iterable[Rating], thresholds: Mapping[str, float]) -> Verdict:
    """What the ratings say. Of an experiment that was stopped only whole weeks count, with as many before it.

    The thresholds are the entries `experiment_…` and `trend_…` of content/thresholds.toml.
    Raises ValueError if a rating is not within 0 to 10.
    """
    weeks = min(((experiment.last_day - experiment.first_day).days + 1) // WEEK.days, experiment.weeks)
    before, during = _periods(experiment, max(weeks, 1), ratings, thresholds)
    least = thresholds["experiment_counted_weeks"]
    old, new = before.mean, during.mean
    if old is None or new is None or min(len(before.weeks), len(during.weeks)) < least:
        return Verdict(Outcome.NOT_ENOUGH, before, during)
    change = new - old
    reach = thresholds["experiment_range_z"] * _standard_error(before.weeks, during.weeks, thresholds)
    outcome = Outcome.NO_CLEAR_DIFFERENCE
    if improved(old, new, thresholds) and change + reach < 0:
        outcome = Outcome.BETTER
    elif worsened(old, new, thresholds) and change - reach > 0:
        outcome = Outcome.WORSE
    drift = before.weeks[-1].mean - before.weeks[0].mean
    return Verdict(outcome, before, during, change, change - reach, change + reach, drift)


def weeks_before(experiment: Experiment, ratings: Iterable[Rating], thresholds: Mapping[str, float]) -> Period:
    """The weeks that the change will be compared with, as far as they are rated."""
    return _periods(experiment, experiment.weeks, ratings, thresholds)[0]


def usual_swing(before: Period, thresholds: Mapping[str, float]) -> float:
    """Points that the weeks of a change have to differ by at the least, if they are rated as those `before` are.

    Below it lie the usual ups and downs. Raises ValueError without a week before.
    """
    if not before.weeks:
        raise ValueError("without a week before nothing is known of its ups and downs")
    return thresholds["experiment_range_z"] * _standard_error(before.weeks, before.weeks, thresholds)


def overlapping(experiment: Experiment, changes: Iterable[OtherChange]) -> tuple[OtherChange, ...]:
    """Those that began or ended within the days that are compared, its own first day included."""
    first, last = experiment.before_from, experiment.last_day

    def within(one: OtherChange) -> bool:
        ended = one.last is not None and first <= one.last < last
        return first < one.first <= last or ended

    return tuple(one for one in changes if within(one))


def _periods(
    experiment: Experiment, weeks: int, ratings: Iterable[Rating], thresholds: Mapping[str, float]
) -> tuple[Period, Period]:
    begin, first = experiment.first_day - weeks * WEEK, experiment.first_day
    end = first + weeks * WEEK - timedelta(days=1)
    days = [one for one in one_a_day(ratings, min(end, experiment.last_day)) if one.day >= begin]
    kinds = {kind: summarise(days, first, thresholds, kind) for kind in (OF_A_DAY, OF_A_WEEK)}
    usable = {
        kind: [one for one in found if one.counts and one.days == kind and 1 - weeks <= one.week <= weeks]
        for kind, found in kinds.items()
    }
    kind = max(usable, key=lambda one: (len(usable[one]), -one))
    numbered = [(one, one.day < first) for one in days]
    return (
        Period(begin, first - timedelta(days=1), sum(old for _, old in numbered),
               tuple(one for one in usable[kind] if one.week < 1)),
        Period(first, end, sum(not old for _, old in numbered), tuple(one for one in usable[kind] if one.week >= 1)),
    )  # fmt: skip


def _standard_error(
    before: Sequence[WeekSummary], during: Sequence[WeekSummary], thresholds: Mapping[str, float]
) -> float:
    """Standard error of the difference of two means of weekly means, in points.

    As in the trend, the correlations between days and between neighbouring weeks are fixed by content: a few weeks
    are too short to estimate them.
    """
    of_days, of_weeks = thresholds["trend_day_correlation"], thresholds["trend_week_correlation"]
    both = (*before, *during)
    squares = sum((week.spread or 0) ** 2 * (week.n - 1) for week in both)
    spread = squares / max(sum(week.n - 1 for week in both), 1) / (1 - of_days)

    def variance(week: WeekSummary) -> float:
        if week.days == OF_A_WEEK:
            return thresholds["trend_weekly_error"] ** 2
        return spread * (1 + (week.n - 1) * of_days) / week.n

    def of_mean(weeks: Sequence[WeekSummary]) -> float:
        together = 1 + 2 * of_weeks * (len(weeks) - 1) / len(weeks)
        return sum(map(variance, weeks)) / len(weeks) ** 2 * together

    return sqrt(of_mean(before) + of_mean(during))
