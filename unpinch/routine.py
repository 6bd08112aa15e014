"""From an assessment to what to do: a routine, or the reason why there is none.

Order and doses follow the source documents (massage, stretch, strengthen, habits) within limits that content/
sets. Nothing here is validated.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from unpinch.exercise import Dose, Exercise, Side, Step
from unpinch.findings import Assessment, Urgency
from unpinch.indications import EXERCISE_INDICATIONS, HABIT_INDICATIONS, fair_try
from unpinch.questionnaire import Response
from unpinch.timeline import Timing, duration_s, unroll

LYING = ("supine", "prone", "side_lying")
MOST_STEPS = 4
LATER_STAGE = frozenset(
    {"band_walk", "hip_hinge", "knee_to_opposite_shoulder", "nerve_slider", "standing_figure4_stretch"}
)
"""Only offered when an answer speaks for them."""


class Status(StrEnum):
    """What the findings allow."""

    BLOCKED = "blocked"
    HOLD_UNTIL_SEEN = "hold_until_seen"
    ALLOWED_MODIFIED = "allowed_modified"
    ALLOWED = "allowed"


@dataclass(frozen=True, slots=True)
class Excluded:
    """An exercise left out, the items that did it, and the findings behind them (none for lack of means)."""

    exercise: str
    because: tuple[str, ...]
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HabitChange:
    """A habit change that the answers speak for."""

    habit: str
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Routine:
    """A session that may be done: 0 to 4 steps, `minutes` long, what was left out, and the habits."""

    status: Status
    because: tuple[str, ...]
    steps: tuple[Step, ...]
    excluded: tuple[Excluded, ...]
    habits: tuple[HabitChange, ...]
    minutes: float


@dataclass(frozen=True, slots=True)
class Withheld:
    """No exercises: the findings why. Until somebody has looked, habits remain; if blocked, nothing."""

    status: Status
    because: tuple[str, ...]
    excluded: tuple[Excluded, ...]
    habits: tuple[HabitChange, ...]


def recommend(
    response: Response,
    assessment: Assessment,
    exercises: Mapping[str, Exercise],
    thresholds: Mapping[str, float],
) -> Routine | Withheld:
    """The gate and, behind it, the session that suits the answers."""
    excluded = tuple(out for exercise in exercises.values() if (out := _exclusion(exercise, response, assessment)))
    if assessment.urgency >= Urgency.URGENT:
        because = tuple(f.id for f in assessment.findings if f.urgency >= Urgency.URGENT)
        return Withheld(Status.BLOCKED, because, excluded, ())
    habits = _habits(response, thresholds)
    if held := tuple(finding.id for finding in assessment.findings if finding.hold):
        return Withheld(Status.HOLD_UNTIL_SEEN, held, excluded, habits)
    removed = {finding for out in excluded for finding in out.findings}
    modifying = tuple(f.id for f in assessment.findings if f.urgency is Urgency.SEE_CLINICIAN or f.id in removed)
    left_out = {out.exercise for out in excluded}
    pool = [exercise for exercise in exercises.values() if exercise.id not in left_out]
    steps = fit(_session(pool, response, thresholds), response.number("time_minutes"), thresholds)
    status = Status.ALLOWED_MODIFIED if modifying else Status.ALLOWED
    return Routine(status, modifying, steps, excluded, habits, minutes(steps, thresholds))


def minutes(steps: Sequence[Step], thresholds: Mapping[str, float]) -> float:
    """How long the steps take with getting ready, rests and changes of side, in minutes to one decimal."""
    return round(duration_s(unroll(steps, Timing.of(thresholds))) / 60, 1)


def _exclusion(exercise: Exercise, r: Response, assessment: Assessment) -> Excluded | None:
    """Why an exercise is out: findings that rule it out, then place, equipment and position."""
    ruling = [finding for finding in assessment.findings if finding.id in exercise.excluded_by]
    because = [item for finding in ruling for item in finding.because]
    if not r.has("setting", *exercise.settings):
        because.append("setting")
    if any(not r.has("equipment", *alternatives) for alternatives in exercise.needs):
        because.append("equipment")
    if exercise.position in LYING and not _can_lie(r):
        because += ["equipment", "can_lie_on_floor"]
    if exercise.position in LYING and r.has("setting", "office"):
        because.append("setting")
    if exercise.position == "prone" and not r.has("can_lie_face_down", "yes"):
        because.append("can_lie_face_down")
    if not because:
        return None
    return Excluded(exercise.id, tuple(dict.fromkeys(because)), tuple(finding.id for finding in ruling))


def _can_lie(r: Response) -> bool:
    """A firm bed, or a mat for somebody who can get down to it."""
    return r.has("equipment", "firm_bed") or (r.has("equipment", "floor_mat") and r.has("can_lie_on_floor", "yes"))


def _habits(r: Response, thresholds: Mapping[str, float]) -> tuple[HabitChange, ...]:
    return tuple(
        HabitChange(habit, because) for habit, rule in HABIT_INDICATIONS.items() if (because := rule(r, thresholds))
    )


def _session(pool: Sequence[Exercise], r: Response, thresholds: Mapping[str, float]) -> list[Step]:
    """Massage, stretch, strengthen, and one more: the best of each family, in that order."""
    order = list(EXERCISE_INDICATIONS)
    neighbours_due = bool(fair_try(r, thresholds))
    evidence = {exercise.id: EXERCISE_INDICATIONS[exercise.id](r, thresholds) for exercise in pool}

    def ranked(family: str) -> list[Exercise]:
        offered = [exercise for exercise in pool if exercise.family == family]
        offered = [exercise for exercise in offered if evidence[exercise.id] or exercise.id not in LATER_STAGE]
        return sorted(
            offered,
            key=lambda exercise: (
                not (neighbours_due and exercise.id == "knee_to_opposite_shoulder"),
                -len(evidence[exercise.id]),
                order.index(exercise.id),
            ),
        )

    release, stretch, strengthen = ranked("release"), ranked("stretch"), ranked("strengthen")
    light = r.number("nrs_now") <= thresholds["amber_pain_nrs"]
    extra = ranked("nerve") + (strengthen[1:] if light else []) + ranked("mobilise") + stretch[1:]
    chosen = release[:1] + stretch[:1] + strengthen[:1]
    chosen += extra[: MOST_STEPS - len(chosen)]
    families = ("release", "mobilise", "stretch", "nerve", "strengthen")
    chosen.sort(key=lambda exercise: families.index(exercise.family))
    return [step_for(exercise, r, thresholds) for exercise in chosen]


def step_for(exercise: Exercise, r: Response, thresholds: Mapping[str, float]) -> Step:
    """The step with its dose for this person. What nothing else speaks for rests on where it hurts."""
    evidence = EXERCISE_INDICATIONS[exercise.id](r, thresholds)
    affected = {"left": Side.LEFT, "right": Side.RIGHT}.get(str(r.answers.get("side")))
    side = affected if affected and exercise.sides == "affected_only" else Side.BOTH
    because = evidence or ("pain_sites" if r.chosen("pain_sites") else "setting",)
    dose, because = _dose(exercise, because, r, thresholds)
    sources = tuple(dict.fromkeys((*exercise.sources, dose.source)))
    return Step(exercise, dose, side, affected or Side.LEFT, because, sources)


def _dose(
    exercise: Exercise, because: tuple[str, ...], r: Response, thresholds: Mapping[str, float]
) -> tuple[Dose, tuple[str, ...]]:
    """Longer holds for older people, fewer sets while the pain is above amber."""
    dose = exercise.dose
    older = r.number("age") >= thresholds["stretch_older_age"]
    if older and exercise.family == "stretch" and dose.hold_s:
        longest = exercise.limits.get("hold_s", (0, dose.hold_s))[1]
        dose = replace(dose, hold_s=min(int(thresholds["stretch_older_hold_s"]), longest))
        because = (*because, "age")
    if r.number("nrs_now") > thresholds["amber_pain_nrs"] and dose.sets > 1:
        dose = replace(dose, sets=1)
        because = (*because, "nrs_now")
    return dose, because


def fit(steps: Sequence[Step], available: float, thresholds: Mapping[str, float]) -> tuple[Step, ...]:
    """Shorten to `available` minutes: drop the fourth step, then spare sets, then steps; strength goes last."""
    steps = list(steps)
    last_resort = ("strengthen", "stretch", "release", "mobilise", "nerve")

    def spare(step: Step) -> int:
        return last_resort.index(step.exercise.family)

    while steps and minutes(steps, thresholds) > available:
        repeated = [step for step in steps if step.dose.sets > 1]
        if len(steps) == MOST_STEPS or not repeated:
            families = [step.exercise.family for step in steps]
            doubled = [step for step in steps if families.count(step.exercise.family) > 1]
            steps.remove(max(doubled or steps, key=spare))
        else:
            longest = max(repeated, key=lambda step: minutes([step], thresholds))
            shorter = replace(longest, dose=replace(longest.dose, sets=longest.dose.sets - 1))
            steps[steps.index(longest)] = shorter
    return tuple(steps)
