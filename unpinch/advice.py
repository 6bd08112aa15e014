"""When self-care is not enough, or the plan should change: plain rules that return what they rest on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from statistics import median_low

from unpinch.diary import Reach
from unpinch.findings import Urgency
from unpinch.trend import Direction, Trend, evidence
from unpinch.weeks import WEEK

LADDER = tuple(Reach)
"""How far down it goes, nearest first, so that an index can be compared."""


@dataclass(frozen=True, slots=True)
class AdviceText:
    """What content/advice.toml says about one rule; `rule` is the rule in words."""

    id: str
    urgency: Urgency
    title: str
    text: str
    rule: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Advice:
    """A rule that fired, with the data that made it fire, in words."""

    id: str
    urgency: Urgency
    because: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Course:
    """All that the rules look at on `today`.

    `reaches` holds how far down it went on a day. `adherence` is the share of planned sessions done, 0 to 100
    per cent, or None if nothing was planned or it is not known.
    """

    trend: Trend
    today: date
    reaches: tuple[tuple[date, Reach], ...] = ()
    adherence: float | None = None

    @property
    def weeks_passed(self) -> int:
        """Whole weeks since the starting week began, today included."""
        start = self.trend.baseline_start
        return 0 if start is None else ((self.today - start).days + 1) // WEEK.days


Thresholds = Mapping[str, float]
Evidence = tuple[str, ...]


def worsening_two_weeks(course: Course, thresholds: Thresholds) -> Evidence:
    """Two weeks in a row clearly above the starting week."""
    return evidence(course.trend) if course.trend.direction is Direction.WORSENING else ()


def spreading_down_leg(course: Course, thresholds: Thresholds) -> Evidence:
    """The last seven days usually reach further down than the first week did, past the buttock."""
    days: dict[date, Reach] = {}
    for day, reach in course.reaches:
        if day <= course.today:
            days[day] = max(days.get(day, reach), reach, key=LADDER.index)
    enough = thresholds["trend_reach_days"]
    ordered = sorted(days)
    first = [day for day in ordered if day < ordered[0] + WEEK]
    last = [day for day in ordered if course.today - day < WEEK]
    if not first or len(first) < enough or len(last) < enough or last[0] <= first[-1]:
        return ()
    before, now = (median_low(LADDER.index(days[day]) for day in week) for week in (first, last))
    if now <= max(before, LADDER.index(Reach.BUTTOCK)):
        return ()
    return (
        f"First week: usually {_reach_words(LADDER[before])} ({len(first)} answers).",
        f"Last seven days: usually {_reach_words(LADDER[now])} ({len(last)} answers).",
    )


def not_better_six_weeks(course: Course, thresholds: Thresholds) -> Evidence:
    """Six weeks of a fair try without the change that matters."""
    late = course.weeks_passed >= thresholds["trend_clinician_weeks"]
    return (
        _weeks_and(course) if late and _unchanged(course, thresholds) and _tried(course, thresholds) else ()
    )


def flat_four_weeks(course: Course, thresholds: Thresholds) -> Evidence:
    """Four to six weeks of a fair try with next to no change."""
    between = thresholds["trend_flat_weeks"] <= course.weeks_passed < thresholds["trend_clinician_weeks"]
    flat = between and _flat(course.trend, thresholds)
    return (
        _weeks_and(course) if flat and _unchanged(course, thresholds) and _tried(course, thresholds) else ()
    )


def worse_weeks_unclear(course: Course, thresholds: Thresholds) -> Evidence:
    """A worse week that may still be chance: a gentle question, no alarm."""
    unclear = course.trend.worse_weeks and course.trend.direction is not Direction.WORSENING
    return evidence(course.trend) if unclear else ()


def low_adherence(course: Course, thresholds: Thresholds) -> Evidence:
    """No change that matters, but the plan was hardly tried."""
    late = course.weeks_passed >= thresholds["trend_flat_weeks"]
    if not late or not _unchanged(course, thresholds) or _tried(course, thresholds):
        return ()
    return (f"Sessions done: {course.adherence:.0f} per cent of those planned.", *evidence(course.trend))


RULES: tuple[Callable[[Course, Thresholds], Evidence], ...] = (
    worsening_two_weeks,
    spreading_down_leg,
    not_better_six_weeks,
    low_adherence,
    flat_four_weeks,
    worse_weeks_unclear,
)
"""Every rule, in the order shown within one urgency. The function's name is the id in content/advice.toml."""


def advise(course: Course, texts: Mapping[str, AdviceText], thresholds: Thresholds) -> tuple[Advice, ...]:
    """The advice that today's data call for, most urgent first."""
    fired = []
    for rule in RULES:
        if because := rule(course, thresholds):
            text = texts[rule.__name__]
            fired.append(Advice(text.id, text.urgency, because, text.text))
    return tuple(sorted(fired, key=lambda advice: -advice.urgency))


def _weeks_and(course: Course) -> Evidence:
    return (f"Weeks since your starting week began: {course.weeks_passed}.", *evidence(course.trend))


def _unchanged(course: Course, thresholds: Thresholds) -> bool:
    """Whether nothing that matters got better where something could: a pain-free start cannot improve."""
    baseline, direction = course.trend.baseline, course.trend.direction
    could = baseline is not None and baseline >= thresholds["trend_low_baseline_points"]
    return could and direction is Direction.STEADY


def _flat(trend: Trend, thresholds: Thresholds) -> bool:
    return (
        trend.change is not None
        and trend.change_percent is not None
        and not trend.worse_weeks
        and abs(trend.change) < thresholds["trend_flat_points"]
        and abs(trend.change_percent) < thresholds["trend_flat_percent"]
    )


def _tried(course: Course, thresholds: Thresholds) -> bool:
    return course.adherence is None or course.adherence >= thresholds["trend_adherence_percent"]


def _reach_words(reach: Reach) -> str:
    return "not beyond the back" if reach is Reach.NONE else f"down to the {reach.value}"
