"""Pain ratings gathered into days and weeks, with how far each week may be relied on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from math import sqrt
from statistics import fmean

from unpinch.diary import CheckIn, PainEntry

WEEK = timedelta(days=7)
NRS_MAX = 10
OF_A_DAY, OF_A_WEEK = 1, 7
"""The two kinds of ratings, by the days they look back on. They are never compared with each other."""


class WeekStatus(StrEnum):
    """How far a week may be relied on, by its number of rated days."""

    SOLID = "solid"
    PROVISIONAL = "provisional"
    THIN = "thin"


@dataclass(frozen=True, slots=True)
class Rating:
    """Average pain and, if given, the worst, both 0 to 10, over the 1 or 7 `days` up to `day`."""

    day: date
    nrs: float
    worst: float | None = None
    days: int = OF_A_DAY


@dataclass(frozen=True, slots=True)
class WeekSummary:
    """Seven days from `start`, week 1 the baseline's; pain on the 0 to 10 scale.

    `n` counts rated days; with `days` 7 the week rests on ratings about the whole week instead, mostly one, and is
    never more than provisional. `worst` is the highest given; of the `days_with_worst`, `high_days` had high pain.
    `spread` is the standard deviation, None for a single rating.
    """

    week: int
    start: date
    n: int
    median: float
    mean: float
    worst: float | None
    status: WeekStatus
    lowest: float
    highest: float
    spread: float | None
    days_with_worst: int
    high_days: int
    days: int = OF_A_DAY

    @property
    def counts(self) -> bool:
        """Whether the verdict may use the week."""
        return self.status is not WeekStatus.THIN


def ratings_of(check_ins: Iterable[CheckIn], entries: Iterable[PainEntry] = ()) -> tuple[Rating, ...]:
    """What counts for the verdict: every average over a day or a week, from check-ins and from assessments.

    Entries made before or after a session say how it hurts at that moment, so they are left out; a check-in
    that is also among `entries` is not counted twice.
    """
    logged = (Rating(one.day, one.nrs, one.worst, one.days) for one in check_ins if one.nrs is not None)
    assessed = (Rating(entry.day, entry.nrs) for entry in entries if entry.context == "assessment")
    return (*logged, *assessed)


def one_a_day(ratings: Iterable[Rating], today: date) -> tuple[Rating, ...]:
    """Ratings up to today in order of days: those of one day and kind averaged, the highest worst kept.

    Raises ValueError if a rating is not within 0 to 10.
    """
    days: dict[tuple[date, int], list[Rating]] = {}
    for rating in ratings:
        for value in (rating.nrs, rating.worst):
            if value is not None and not 0 <= value <= NRS_MAX:
                raise ValueError(f"{rating.day}: a pain rating must be from 0 to {NRS_MAX}, not {value}")
        if rating.day <= today:
            days.setdefault((rating.day, rating.days), []).append(rating)
    return tuple(
        same[0] if len(same) == 1 else Rating(day, fmean(one.nrs for one in same), _highest_worst(same), kind)
        for (day, kind), same in sorted(days.items())
    )


def baseline_start(days: Sequence[Rating], kind: int, solid: int) -> date | None:
    """The first day of the starting week, from ratings of one kind in order of days.

    Of days: the first rated day with `solid` rated days in the week it opens. Of weeks: the first day that the
    first rating looks back on.
    """
    if kind == OF_A_WEEK:
        return days[0].day - WEEK + timedelta(days=1) if days else None
    ends = days[solid - 1 :]
    return next((first.day for first, last in zip(days, ends, strict=False) if last.day - first.day < WEEK), None)


def summarise(
    days: Sequence[Rating], first: date, thresholds: Mapping[str, float], kind: int = OF_A_DAY
) -> tuple[WeekSummary, ...]:
    """Weeks of seven days, number 1 beginning on `first`; a week without any rating is not in the result.

    `days` as from `one_a_day`. Days before `first` fall into weeks 0, -1 and so on. A rating about seven days
    belongs to the week with most of them. Each week rests on one kind of rating: on `kind` where that is enough
    for the week to count, else on the other if that is.
    """
    blocks: dict[int, list[Rating]] = {}
    mixed = len({rating.days for rating in days}) > 1
    for rating in days:
        middle = rating.day if rating.days == OF_A_DAY else rating.day - WEEK // 2
        blocks.setdefault((middle - first).days // WEEK.days, []).append(rating)
    return tuple(
        _summary(
            block + 1, first + block * WEEK, _one_kind(members, kind, thresholds) if mixed else members, thresholds
        )
        for block, members in sorted(blocks.items())
    )


def _one_kind(ratings: Sequence[Rating], kind: int, thresholds: Mapping[str, float]) -> list[Rating]:
    wanted = [rating for rating in ratings if rating.days == kind]
    other = [rating for rating in ratings if rating.days != kind]
    if not other or (wanted and _status(wanted, thresholds) is not WeekStatus.THIN):
        return wanted
    return other if not wanted or _status(other, thresholds) is not WeekStatus.THIN else wanted


def _summary(week: int, start: date, ratings: Sequence[Rating], thresholds: Mapping[str, float]) -> WeekSummary:
    pains = sorted(rating.nrs for rating in ratings)
    n, mean = len(pains), fmean(pains)
    worsts = [one.worst for one in ratings if one.worst is not None and one.days == OF_A_DAY]
    return WeekSummary(
        week=week,
        start=start,
        n=n,
        median=(pains[(n - 1) // 2] + pains[n // 2]) / 2,
        mean=mean,
        worst=_highest_worst(ratings),
        status=_status(ratings, thresholds),
        lowest=pains[0],
        highest=pains[-1],
        spread=sqrt(sum((pain - mean) ** 2 for pain in pains) / (n - 1)) if n > 1 else None,
        days_with_worst=len(worsts),
        high_days=sum(worst >= thresholds["high_pain_nrs"] for worst in worsts),
        days=ratings[0].days,
    )


def _status(ratings: Sequence[Rating], thresholds: Mapping[str, float]) -> WeekStatus:
    if ratings[0].days == OF_A_WEEK:
        return WeekStatus.PROVISIONAL
    if len(ratings) >= thresholds["trend_solid_ratings"]:
        return WeekStatus.SOLID
    return WeekStatus.PROVISIONAL if len(ratings) >= thresholds["trend_provisional_ratings"] else WeekStatus.THIN


def _highest_worst(ratings: Iterable[Rating]) -> float | None:
    return max((rating.worst for rating in ratings if rating.worst is not None), default=None)
