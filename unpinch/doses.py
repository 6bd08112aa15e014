"""One step lighter or harder: one thing at a time, and never beyond what content/ allows for the exercise."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from unpinch.exercise import Claim, Dose, Exercise, Step

Thresholds = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Harder:
    """The next harder step: its rule, the dose, the form, or the exercise that takes over."""

    rule: str
    dose: Dose
    form: int
    to: str = ""


def span(exercise: Exercise, key: str) -> tuple[int, int]:
    """What `sets`, `reps` or `hold_s` may be, least and most; without limits only what the content says."""
    given = getattr(exercise.dose, key) or 0
    return exercise.limits.get(key, (given, given))


def amount(dose: Dose) -> str:
    """What is counted within a set: `hold_s` (seconds) or `reps`."""
    return "hold_s" if dose.hold_s else "reps"


def chosen(step: Step, value: Mapping[str, int], equipment: Collection[str]) -> Step:
    """The step with a dose and a form that were chosen, held within the limits and what is at hand.

    While caution keeps the recommended sets low because of the pain, more sets are not taken up. A harder form for
    which something is missing waits: the nearest one below it comes.
    """
    key = amount(step.dose)
    wanted = {name: value.get(name) or getattr(step.dose, name) for name in ("sets", key)}
    kept: dict[str, Any] = {name: _clamp(number, span(step.exercise, name)) for name, number in wanted.items()}
    if "nrs_now" in step.because:
        kept["sets"] = min(kept["sets"], step.dose.sets)
    easier, harder = forms(step.exercise)
    form = _clamp(value.get("form", 0), (-len(easier), len(harder)))
    while form > 0 and not set(harder[form - 1].needs) <= set(equipment):
        form -= 1
    return replace(step, dose=replace(step.dose, **kept), form=form)


def lighter(step: Step, thresholds: Thresholds) -> Step:
    """Fewer repeats or a shorter hold; at their least, a set fewer. What is at its least stays as it is."""
    dose, key = step.dose, amount(step.dose)
    now, least = getattr(dose, key), span(step.exercise, key)[0]
    fewest = span(step.exercise, "sets")[0]
    if now > least:
        return replace(step, dose=replace(dose, **{key: max(least, now - _size(key, thresholds))}))
    return replace(step, dose=replace(dose, sets=dose.sets - 1)) if dose.sets > fewest else step


def eased(step: Step, thresholds: Thresholds) -> Step:
    """A lighter dose in an easier form, if the exercise has one."""
    easier, _ = forms(step.exercise)
    return replace(lighter(step, thresholds), form=max(step.form - 1, -len(easier[:1])))


def harder(
    step: Step, first: Dose, allowed: Iterable[str], equipment: Collection[str], thresholds: Thresholds
) -> Harder | None:
    """More repeats or a longer hold, then a set more, then the next harder form with the dose `first` again.

    A form that is another exercise needs to be `allowed`, and one that needs something, that it is there. None where
    there is nothing harder.
    """
    dose, key = step.dose, amount(step.dose)
    now, most = getattr(dose, key), span(step.exercise, key)[1]
    if now < most:
        rule = "longer_hold" if key == "hold_s" else "more_reps"
        return Harder(rule, replace(dose, **{key: min(most, now + _size(key, thresholds))}), step.form)
    if dose.sets < span(step.exercise, "sets")[1]:
        return Harder("one_more_set", replace(dose, sets=dose.sets + 1), step.form)
    allowed, level = set(allowed), 0
    for claim in step.exercise.harder:
        own = not claim.exercise and not claim.dose
        level += own
        if claim.exercise in allowed:
            return Harder("harder_exercise", dose, step.form, claim.exercise)
        if own and level > step.form and set(claim.needs) <= set(equipment):
            return Harder("harder_form", first, level)
    return None


def forms(exercise: Exercise) -> tuple[tuple[Claim, ...], tuple[Claim, ...]]:
    """The easier and the harder forms that are the same exercise, in order."""
    own = [
        tuple(claim for claim in side if not claim.exercise and not claim.dose)
        for side in (exercise.easier, exercise.harder)
    ]
    return own[0], own[1]


def form_of(step: Step) -> Claim | None:
    """How the step differs from the exercise as described; None where it does not."""
    easier, harder_ones = forms(step.exercise)
    if step.form < 0:
        return easier[-step.form - 1]
    return harder_ones[step.form - 1] if step.form else None


def spare_stretching(steps: Iterable[Step], thresholds: Thresholds) -> list[Step]:
    """Sets taken off stretches until no muscle is held for longer than its most in one session."""
    kept = list(steps)
    for muscle in {target for step in kept for target in step.exercise.target}:
        while True:
            held = [
                place
                for place, step in enumerate(kept)
                if step.exercise.family == "stretch" and muscle in step.exercise.target and step.dose.hold_s
            ]
            total = sum(kept[place].dose.sets * (kept[place].dose.hold_s or 0) for place in held)
            most = max(held, key=lambda place: kept[place].dose.sets, default=None)
            if total <= thresholds["stretch_most_s"] or most is None or kept[most].dose.sets == 1:
                break
            dose = kept[most].dose
            kept[most] = replace(kept[most], dose=replace(dose, sets=dose.sets - 1))
    return kept


def _size(key: str, thresholds: Thresholds) -> int:
    return int(thresholds["step_hold_s"] if key == "hold_s" else thresholds["step_reps"])


def _clamp(value: int, limits: tuple[int, int]) -> int:
    return max(limits[0], min(limits[1], value))
