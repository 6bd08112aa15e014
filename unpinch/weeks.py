"""Pain ratings gathered into days and weeks, with how far each week may be relied on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from statistics import fmean, median

from unpinch.diary import CheckIn, PainEntry

WEEK = timedelta(days=7)
NRS_MAX = 10


class WeekStatus(StrEnum):
    """How far a week may be relied on, by its number of rated days."""

    SOLID = "solid"
    PROVISIONAL = "provisional"
    THIN = "thin"


@dataclass(frozen=True, slots=True)
class Rating:
    """Average pain over 24 hours and, if given, the worst, both 0 to 10."""

    day: date
    nrs: float
    worst: float | None = None


@dataclass(frozen=True, slots=True)
class WeekSummary:
    """Seven days from `start`. `n` counts rated days, `worst` is the highest given, week 1 the baseline's."""

    week: int
    start: date
    n: int
    median: float
    mean: float
    worst: float | None
    status: WeekStatus

    @property
    def counts(self) -> bool:
        """Whether the verdict may use the week."""
        return self.status is not WeekStatus.THIN


def ratings_of(check_ins: Iterable[CheckIn], entries: Iterable[PainEntry] = ()) -> tuple[Rating, ...]:
    """What counts for the verdict: every 24-hour average, from check-ins and from assessments.

    Entries made before or after a session say how it hurts at that moment, so they are left out; a check-in
    that is also among `entries` is not counted twice.
    """
    logged = (Rating(entry.day, entry.nrs, entry.worst) for entry in check_ins if entry.nrs is not None)
    assessed = (Rating(entry.day, entry.nrs) for entry in entries if entry.context == "assessment")
    return (*logged, *assessed)


def one_a_day(ratings: Iterable[Rating], today: date) -> tuple[Rating, ...]:
    """Ratings up to today in order of days: those of one day averaged, the highest worst kept.

    Raises ValueError if a rating is not within 0 to 10.
    """
    days: dict[date, list[Rating]] = {}
    for rating in ratings:
        for value in (rating.nrs, rating.worst):
            if value is not None and not 0 <= value <= NRS_MAX:
                raise ValueError(f"{rating.day}: a pain rating must be from 0 to {NRS_MAX}, not {value}")
        if rating.day <= today:
            days.setdefault(rating.day, []).append(rating)
    return tuple(
        Rating(day, fmean(rating.nrs for rating in same), _highest_worst(same))
        for day, same in sorted(days.items())
    )


def baseline_start(days: Sequence[Rating], solid: int) -> date | None:
    """The first rated day with `solid` rated days in the week it opens. `days` as from `one_a_day`."""
    ends = days[solid - 1 :]
    return next(
        (first.day for first, last in zip(days, ends, strict=False) if last.day - first.day < WEEK), None
    )


def summarise(
    days: Sequence[Rating], first: date, thresholds: Mapping[str, float]
) -> tuple[WeekSummary, ...]:
    """Weeks of seven days, number 1 beginning on `first`; a week without any rating is not in the result.

    `days` as from `one_a_day`. Days before `first` fall into weeks 0, -1 and so on.
    """
    blocks: dict[int, list[Rating]] = {}
    for rating in days:
        blocks.setdefault((rating.day - first).days // WEEK.days, []).append(rating)
    return tuple(
        WeekSummary(
            week=block + 1,
            start=first + block * WEEK,
            n=len(members),
            median=median(rating.nrs for rating in members),
            mean=fmean(rating.nrs for rating in members),
            worst=_highest_worst(members),
            status=_status(len(members), thresholds),
        )
        for block, members in sorted(blocks.items())
    )


def _status(n: int, thresholds: Mapping[str, float]) -> WeekStatus:
    if n >= thresholds["trend_solid_ratings"]:
        return WeekStatus.SOLID
    return WeekStatus.PROVISIONAL if n >= thresholds["trend_provisional_ratings"] else WeekStatus.THIN


def _highest_worst(ratings: Iterable[Rating]) -> float | None:
    return max((rating.worst for rating in ratings if rating.worst is not None), default=None)
