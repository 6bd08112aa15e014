"""Optional measures: a few ratings every two weeks, each compared with one's own first."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import isclose
from statistics import fmean

SCALE = range(11)
"""Every rating is a whole number from 0 to 10."""


@dataclass(frozen=True, slots=True)
class Question:
    """One rating that is asked for, with the words at the ends of its scale."""

    id: str
    text: str
    low_text: str
    high_text: str


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure that a person may add. `better` is the better end of its scale: low or high."""

    id: str
    title: str
    intro: str
    better: str
    questions: tuple[Question, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MeasureValue:
    """One rating, 0 to 10, as it was given: `name` is the question's id, `label` the words that were rated.

    Raises ValueError for a rating outside the scale or an instant without a time zone.
    """

    day: date
    at: datetime
    tz: str
    name: str
    label: str
    value: int

    def __post_init__(self) -> None:
        if self.value not in SCALE:
            raise ValueError(f"{self.name} must be a whole number from 0 to 10, not {self.value}")
        if self.at.tzinfo is None:
            raise ValueError(f"at needs a time zone: {self.at.isoformat()} has none")

    @property
    def uid(self) -> str:
        """One rating of a question a day: its key."""
        return f"{self.day.isoformat()}:{self.name}"


@dataclass(frozen=True, slots=True)
class Round:
    """The ratings of one day, in the order of the questions, and their mean."""

    day: date
    values: tuple[MeasureValue, ...]

    @property
    def mean(self) -> float:
        """The mean of the ratings, 0 to 10."""
        return fmean(one.value for one in self.values)


def rounds(measure: Measure, values: Iterable[MeasureValue]) -> tuple[Round, ...]:
    """The days on which the measure was answered in full, in order. Own activities are full with one."""
    order = [question.id for question in measure.questions]
    least = 1 if measure.id == "activities" else len(order)
    days: dict[date, list[MeasureValue]] = {}
    for one in values:
        if one.name in order:
            days.setdefault(one.day, []).append(one)
    return tuple(
        Round(day, tuple(sorted(given, key=lambda one: order.index(one.name))))
        for day, given in sorted(days.items())
        if len(given) >= least
    )


def asked_from(done: Sequence[Round], thresholds: Mapping[str, float]) -> date | None:
    """The day from which the measure is asked again; None before the first time."""
    return done[-1].day + timedelta(days=thresholds["measures_days"]) if done else None


def against_first(measure: Measure, done: Sequence[Round], thresholds: Mapping[str, float]) -> tuple[str, ...]:
    """The latest round against one's own first, in sentences; none before the second.

    Changes that matter: Reed 2024 for the mean of the three questions; the printed form of the
    patient-specific scale for the mean of several activities and for one.
    """
    if len(done) < 2:
        return ()
    if measure.id != "activities":
        return (_sentence("On average", done[0].mean, done[-1].mean, thresholds["peg_change_points"], measure),)
    return tuple(_of_activities(measure, done, thresholds))


def _of_activities(measure: Measure, done: Sequence[Round], thresholds: Mapping[str, float]) -> Iterator[str]:
    """One sentence for each activity that was rated before, and one for their mean."""
    earlier: dict[str, int] = {}
    for one in (value for past in done[:-1] for value in past.values):
        earlier.setdefault(one.label.casefold(), one.value)
    pairs = [
        (one.label, earlier[key], one.value) for one in done[-1].values if (key := one.label.casefold()) in earlier
    ]
    for label, first, now in pairs:
        yield _sentence(f"“{label}”", first, now, thresholds["activity_change_points"], measure)
    if len(pairs) > 1:
        first_mean, now_mean = fmean(first for _, first, _ in pairs), fmean(now for _, _, now in pairs)
        yield _sentence("On average", first_mean, now_mean, thresholds["activities_mean_change_points"], measure)


def _sentence(what: str, first: float, now: float, matters: float, measure: Measure) -> str:
    said = f"{what}: {_number(first)} at first, {_number(now)} now"
    change = now - first
    if isclose(change, 0, abs_tol=0.05):
        return f"{said}, so no change."
    better = (change < 0) == (measure.better == "low")
    size = _number(abs(round(now, 1) - round(first, 1)))
    way = f"{'lower' if change < 0 else 'higher'}, which is {'better' if better else 'worse'}"
    enough = abs(change) > matters or isclose(abs(change), matters, abs_tol=1e-9)
    verdict = "enough to count as a real change" if enough else "it may be chance"
    return f"{said}: {size} {way}; {verdict} (about {matters:g} {'point' if matters == 1 else 'points'})."


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
