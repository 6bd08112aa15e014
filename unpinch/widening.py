"""A changed plan after a fair try that brought next to nothing: the neighbours' stretch and more strengthening.

It only chooses among what is allowed today, so findings, place, pain and the gate stay where they are.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from unpinch.diary import Adjustment
from unpinch.doses import span
from unpinch.edits import Change
from unpinch.exercise import Exercise, Step
from unpinch.indications import EXERCISE_INDICATIONS
from unpinch.questionnaire import Response
from unpinch.routine import LATER_STAGE, MOST_STEPS, minutes, step_for

Exercises = Mapping[str, Exercise]
Thresholds = Mapping[str, float]

NEIGHBOURS = "knee_to_opposite_shoulder"
"""The stretch that reaches beneath the piriformis: of a later stage, and this is that stage."""


def widened(
    steps: Sequence[Step], allowed: Collection[str], exercises: Exercises, r: Response, thresholds: Thresholds,
    taken_up: Adjustment | None = None,
) -> tuple[list[Step], list[Change]]:  # fmt: skip
    """The recommended steps with the plan changed, and what changed; unchanged where nothing else is allowed.

    With `taken_up`, the choice that asked for it, the first change leads back.
    """
    kept, changes = list(steps), []
    if not kept:
        return kept, []
    for change in (_stretch, _strength):
        tried, found = change(kept, allowed, exercises, r, thresholds)
        if found:
            kept = tried
            changes.append(found)
    if taken_up:
        first = changes[0].exercise if changes else ""
        changes = [
            replace(one, evidence=(taken_up.uid,), undo="narrow" if one.exercise == first else "") for one in changes
        ]
    return kept, changes


def _stretch(
    steps: list[Step], allowed: Collection[str], exercises: Exercises, r: Response, thresholds: Thresholds
) -> tuple[list[Step], Change | None]:
    """The usual stretch makes room for one that reaches muscles that no stretch has reached so far."""
    places = [place for place, step in enumerate(steps) if step.exercise.family == "stretch"]
    names = {step.exercise.id for step in steps}
    if not places or NEIGHBOURS in names:
        return steps, None
    reached = {muscle for place in places for muscle in steps[place].exercise.target}
    offered = [
        one
        for one in _more("stretch", names, allowed, exercises, r, thresholds)
        if set(one.target) - reached and (one.id == NEIGHBOURS or one.id not in LATER_STAGE)
    ]
    if not offered:
        return steps, None
    new, old = min(offered, key=lambda one: one.id != NEIGHBOURS), steps[places[0]]
    kept = [step_for(new, r, thresholds) if step is old else step for step in steps]
    if minutes(kept, thresholds) > max(r.number("time_minutes"), minutes(steps, thresholds)):
        return steps, None
    return kept, Change("widen_stretch", old.exercise.id, {"instead": new.name})


def _strength(
    steps: list[Step], allowed: Collection[str], exercises: Exercises, r: Response, thresholds: Thresholds
) -> tuple[list[Step], Change | None]:
    """A second strengthening exercise, for muscles that the first leaves out; where there are two, a set more.

    None of it while the pain is above amber. To make room, the others may be done once instead of twice.
    """
    strong = [step for step in steps if step.exercise.family == "strengthen"]
    if r.number("nrs_now") > thresholds["amber_pain_nrs"]:
        return steps, None
    available = r.number("time_minutes")
    if len(strong) < 2:
        trained = {muscle for step in strong for muscle in step.exercise.target}
        names = {step.exercise.id for step in steps}
        offered = _more("strengthen", names, allowed, exercises, r, thresholds)
        for new in sorted(offered, key=lambda one: not set(one.target) - trained):
            whole, kept = step_for(new, r, thresholds), _room(steps)
            once = [step if step in strong else _one_set(step) for step in kept]
            for tried in ([*kept, whole], [*kept, _one_set(whole)], [*once, _one_set(whole)]):
                if len(tried) <= MOST_STEPS and minutes(tried, thresholds) <= available:
                    return tried, Change("widen_strength", new.id, {"dose": tried[-1].dose.text})
    for step in strong:
        more = replace(step, dose=replace(step.dose, sets=step.dose.sets + 1))
        tried = [more if one is step else one for one in steps]
        allowed_sets = more.dose.sets <= span(step.exercise, "sets")[1] and "nrs_now" not in step.because
        if allowed_sets and minutes(tried, thresholds) <= available:
            facts = {"dose": more.dose.text, "before": step.dose.text}
            return tried, Change("widen_set", step.exercise.id, facts)
    return steps, None


def _more(
    family: str, names: Collection[str], allowed: Collection[str], exercises: Exercises, r: Response, t: Thresholds
) -> list[Exercise]:
    """What else of a family may be done, best indicated first; of a later stage only what an answer speaks for."""
    ranks = list(EXERCISE_INDICATIONS)
    others = [
        exercises[name]
        for name in sorted(allowed, key=ranks.index)
        if exercises[name].family == family
        and name not in names
        and (name == NEIGHBOURS or name not in LATER_STAGE or EXERCISE_INDICATIONS[name](r, t))
    ]
    return sorted(others, key=lambda one: -len(EXERCISE_INDICATIONS[one.id](r, t)))


def _room(steps: list[Step]) -> list[Step]:
    """The steps with a place free: what loosens, then a second stretch, gives way to strengthening."""
    if len(steps) < MOST_STEPS:
        return steps
    families = [step.exercise.family for step in steps]
    spare = [step for step in steps if step.exercise.family == "mobilise"]
    spare += [step for step in steps if step.exercise.family == "stretch" and families.count("stretch") > 1][1:]
    return [step for step in steps if step is not spare[0]] if spare else steps


def _one_set(step: Step) -> Step:
    return replace(step, dose=replace(step.dose, sets=1))
