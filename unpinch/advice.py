"""When self-care is not enough, or the plan should change: plain rules that return what they rest on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from statistics import median_low

from unpinch.adherence import Adherence
from unpinch.diary import Reach
from unpinch.evidence import evidence, signed, starting_week
from unpinch.findings import Urgency
from unpinch.trend import Direction, TooEarly, Trend, standard_error, worsened
from unpinch.weeks import OF_A_DAY, WEEK

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
    """A rule that fired, with the data that made it fire, in words. `acknowledged_at` is when it was put aside."""

    id: str
    urgency: Urgency
    because: tuple[str, ...]
    text: str
    acknowledged_at: datetime | None = None

    @property
    def may_be_put_aside(self) -> bool:
        """Whether the person may put it aside: nothing that needs care today ever."""
        return self.urgency < Urgency.URGENT


@dataclass(frozen=True, slots=True)
class Reported:
    """What the assessments and the short repeats of the warning signs say about the course.

    `danger` is the day of a possible danger sign after which the warning signs were not answered again, `signs` what
    was ticked then, in words. `numb` says what the assessment of `numb_day` newly reports. `began` is when the pain
    began, None if that is not known; `examined` says that a clinician has looked at it.
    """

    danger: date | None = None
    signs: tuple[str, ...] = ()
    numb: str = ""
    numb_day: date | None = None
    began: date | None = None
    examined: bool = False


@dataclass(frozen=True, slots=True)
class Course:
    """All that the rules look at on `today`.

    `reaches` holds how far down it went on a day, at least in the first and in the last seven days with an answer;
    `flares` the days of a flare, told or found by rule.
    """

    trend: Trend
    today: date
    reaches: tuple[tuple[date, Reach], ...] = ()
    adherence: Adherence = field(default_factory=Adherence)
    flares: tuple[date, ...] = ()
    reported: Reported = field(default_factory=Reported)

    @property
    def weeks_passed(self) -> int:
        """Whole weeks since the starting week began, today included."""
        start = self.trend.baseline_start
        return 0 if start is None else ((self.today - start).days + 1) // WEEK.days


Thresholds = Mapping[str, float]
Evidence = tuple[str, ...]


def danger_sign_reported(course: Course, thresholds: Thresholds) -> Evidence:
    """A possible danger sign, and the warning signs have not been answered since."""
    day, signs = course.reported.danger, course.reported.signs
    if day is None:
        return ()
    ticked = tuple(f"You ticked: {sign[0].lower()}{sign[1:].rstrip('.')}." for sign in signs)
    return (f"Reported on {_day(day)}. The warning signs have not been answered since.", *ticked)


def new_numbness(course: Course, thresholds: Thresholds) -> Evidence:
    """The latest assessment reports numbness that the one before did not."""
    told = course.reported
    recent = told.numb_day is not None and (course.today - told.numb_day).days < thresholds["numbness_advice_days"]
    return (f"{told.numb} (assessment of {_day(told.numb_day)}).",) if recent and told.numb_day and told.numb else ()


def worsening_two_weeks(course: Course, thresholds: Thresholds) -> Evidence:
    """Two weeks in a row clearly above the starting week."""
    return evidence(course.trend) if course.trend.direction is Direction.WORSENING else ()


def worse_after_two_weeks(course: Course, thresholds: Thresholds) -> Evidence:
    """The first checkpoint, before any verdict: the latest week is far above the starting week."""
    if not _second_week(course, thresholds):
        return ()
    first, latest = course.trend.used[0], course.trend.used[-1]
    rise = latest.mean - first.mean
    error = standard_error(course.trend.used, [latest], thresholds)
    clear = worsened(first.mean, latest.mean, thresholds) and rise > thresholds["trend_alarm_z"] * error
    return _two_weeks(course) if clear else ()


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


def low_adherence(course: Course, thresholds: Thresholds) -> Evidence:
    """No change that matters, but the plan was hardly tried."""
    late = course.weeks_passed >= thresholds["trend_early_weeks"]
    unchanged = late and (_unchanged(course, thresholds) or _second_week_flat(course, thresholds))
    if not unchanged or _tried(course, thresholds):
        return ()
    return (_sessions(course.adherence), *(evidence(course.trend) or _two_weeks(course)))


def not_better_six_weeks(course: Course, thresholds: Thresholds) -> Evidence:
    """Six weeks of a fair try without the change that matters."""
    late = course.weeks_passed >= thresholds["trend_clinician_weeks"]
    return _weeks_and(course) if late and _unchanged(course, thresholds) and _tried(course, thresholds) else ()


def twelve_weeks_unexamined(course: Course, thresholds: Thresholds) -> Evidence:
    """Still in pain more than twelve weeks after it began, and as far as is known nobody has examined it."""
    told, used = course.reported, course.trend.used
    if told.began is None or told.examined or not used or course.trend.reason is TooEarly.NOT_RECENT:
        return ()
    weeks = (course.today - told.began).days // WEEK.days
    still = used[-1].mean >= thresholds["trend_low_baseline_points"]
    if weeks <= thresholds["long_lasting_weeks"] or not still:
        return ()
    return (f"Weeks since the pain began: about {weeks}.", f"Latest week: {used[-1].mean:.1f} on average.")


def flat_four_weeks(course: Course, thresholds: Thresholds) -> Evidence:
    """Four to six weeks of a fair try with next to no change."""
    between = thresholds["trend_flat_weeks"] <= course.weeks_passed < thresholds["trend_clinician_weeks"]
    flat = between and _steady_and_flat(course, thresholds)
    return _weeks_and(course) if flat and _tried(course, thresholds) else ()


def flat_two_weeks(course: Course, thresholds: Thresholds) -> Evidence:
    """Two to four weeks with next to no change: the dose is worth a look."""
    between = thresholds["trend_early_weeks"] <= course.weeks_passed < thresholds["trend_flat_weeks"]
    flat = between and (_steady_and_flat(course, thresholds) or _second_week_flat(course, thresholds))
    return (evidence(course.trend) or _two_weeks(course)) if flat and _tried(course, thresholds) else ()


def worse_weeks_unclear(course: Course, thresholds: Thresholds) -> Evidence:
    """A worse week that may still be chance: a gentle question, no alarm."""
    if _second_week(course, thresholds):
        first, latest = course.trend.used[0].mean, course.trend.used[-1].mean
        clear = worse_after_two_weeks(course, thresholds)
        return _two_weeks(course) if worsened(first, latest, thresholds) and not clear else ()
    unclear = course.trend.worse_weeks and course.trend.direction is not Direction.WORSENING
    return evidence(course.trend) if unclear else ()


RULES: tuple[Callable[[Course, Thresholds], Evidence], ...] = (
    danger_sign_reported,
    new_numbness,
    worsening_two_weeks,
    worse_after_two_weeks,
    spreading_down_leg,
    low_adherence,
    not_better_six_weeks,
    twelve_weeks_unexamined,
    flat_four_weeks,
    flat_two_weeks,
    worse_weeks_unclear,
)
"""Every rule, in the order shown. The function's name is the id in content/advice.toml.

What alarms comes first; then whether the plan was tried at all, before anything that judges it.
"""


def advise(course: Course, texts: Mapping[str, AdviceText], thresholds: Thresholds) -> tuple[Advice, ...]:
    """The advice that today's data call for, in the order to be shown."""
    fired = []
    for rule in RULES:
        if because := rule(course, thresholds):
            text = texts[rule.__name__]
            fired.append(Advice(text.id, text.urgency, because, text.text))
    return tuple(fired)


def _second_week(course: Course, thresholds: Thresholds) -> bool:
    """Whether it is the time of the first checkpoint: two weeks to compare, recent ones, and no verdict yet."""
    used = course.trend.used
    early = course.trend.reason is TooEarly.FEW_WEEKS and course.trend.days == OF_A_DAY and len(used) > 1
    late = course.weeks_passed >= thresholds["trend_early_weeks"]
    return early and late and course.today - used[-1].start < 2 * WEEK


def _second_week_flat(course: Course, thresholds: Thresholds) -> bool:
    if not _second_week(course, thresholds):
        return False
    first, latest = course.trend.used[0].mean, course.trend.used[-1].mean
    could = first >= thresholds["trend_low_baseline_points"]
    return could and _flat(latest - first, course.trend, thresholds) and not worsened(first, latest, thresholds)


def _steady_and_flat(course: Course, thresholds: Thresholds) -> bool:
    flat = _unchanged(course, thresholds) and _flat(course.trend.change, course.trend, thresholds)
    return flat and not course.trend.worse_weeks


def _two_weeks(course: Course) -> Evidence:
    first, latest = course.trend.used[0], course.trend.used[-1]
    days = f"{latest.n} rated days from {_day(latest.start)}"
    return (
        starting_week(course.trend),
        f"Latest week: {latest.mean:.1f} on average ({days}), a difference of {signed(latest.mean - first.mean)}.",
    )


def _weeks_and(course: Course) -> Evidence:
    return (f"Weeks since your starting week began: {course.weeks_passed}.", *evidence(course.trend))


def _unchanged(course: Course, thresholds: Thresholds) -> bool:
    """Whether nothing that matters got better where something could: a pain-free start cannot improve."""
    baseline, direction = course.trend.baseline, course.trend.direction
    could = baseline is not None and baseline >= thresholds["trend_low_baseline_points"]
    return could and direction is Direction.STEADY


def _flat(change: float | None, trend: Trend, thresholds: Thresholds) -> bool:
    if change is None or not trend.baseline:
        return False
    share = 100 * abs(change) / trend.baseline
    return abs(change) < thresholds["trend_flat_points"] and share < thresholds["trend_flat_percent"]


def _tried(course: Course, thresholds: Thresholds) -> bool:
    return course.adherence.percent is None or course.adherence.percent >= thresholds["trend_adherence_percent"]


def _sessions(adherence: Adherence) -> str:
    counted = f" ({adherence.done} of {adherence.planned})" if adherence.planned else ""
    return f"Days with a session done: {adherence.percent:.0f} per cent of those the plan asks for{counted}."


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def _reach_words(reach: Reach) -> str:
    return "not beyond the back" if reach is Reach.NONE else f"down to the {reach.value}"
