"""The plan of a session as it is stored and played, and how it is changed on the way.

A plan is JSON-able: `steps` and `phases` for the player, the `allowed` exercises, and `changes`, what was exchanged
since. What has been played or is being played is never changed.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from unpinch.doses import form_of
from unpinch.exercise import Dose, Exercise, Side, Step
from unpinch.routine import fit
from unpinch.timeline import Phase, Timing, duration_s, unroll

DOSE = ("sets", "reps", "hold_s", "rest_s", "seconds_per_rep")


def plan_of(steps: Sequence[Step], timing: Timing, allowed: Iterable[str], version: str) -> dict[str, Any]:
    """The plan of these steps; `version` is that of the content they come from."""
    phases = unroll(steps, timing)
    return {
        "phases": [asdict(phase) for phase in phases],
        "steps": [_written(step) for step in steps],
        "allowed": sorted(allowed),
        "content_version": version,
        "changes": [],
    }


def phases_of(plan: Mapping[str, Any]) -> list[Phase]:
    """The phases of a stored plan."""
    return [Phase(**phase) for phase in plan["phases"]]


def steps_of(plan: Mapping[str, Any], exercises: Mapping[str, Exercise]) -> tuple[Step, ...]:
    """The steps of a stored plan. Raises KeyError when content no longer has one, or the plan is an older one."""
    return tuple(_read(step, exercises[step["exercise"]]) for step in plan["steps"])


def exchanged(
    plan: Mapping[str, Any], at: int, done: Iterable[int], instead: Step | None, without: Collection[str],
    exercises: Mapping[str, Exercise], timing: Timing, thresholds: Mapping[str, float],
) -> dict[str, Any]:  # fmt: skip
    """The plan with the rest of the step at phase `at` exchanged for `instead`, and steps `without` left out.

    Phases up to `at`, and up to the last of `done`, stay as they are, for the player has reported on them. What
    comes after gets new step numbers and takes no longer than what it replaces.
    """
    phases, steps = phases_of(plan), steps_of(plan, exercises)
    cut = max((at, *done))
    here = phases[cut].step
    went_back = here != phases[at].step and steps[here].exercise.id not in without
    kept = [phase for phase in phases if phase.index <= cut or (went_back and phase.step == here)]
    later = [step for step in steps[here + 1 :] if step.exercise.id not in without]
    left_min = (duration_s(phases) - duration_s(kept)) / 60
    rest = fit([*([instead] if instead else []), *later], left_min, thresholds)
    coming = [
        replace(phase, index=phase.index + len(kept), step=phase.step + here + 1) for phase in unroll(rest, timing)
    ]
    return {
        **plan,
        "phases": [asdict(phase) for phase in (*kept, *coming)],
        "steps": [*plan["steps"][: here + 1], *map(_written, rest)],
    }


def last_place(plan: Mapping[str, Any], outcomes: Mapping[int, str], told: Iterable[int]) -> Phase | None:
    """The work phase at which an interrupted session goes on; None when all of it is done.

    `outcomes` gives what is stored by phase, `told` the phases at which something hurt: behind those it goes on.
    """
    phases = phases_of(plan)
    behind = max((*(phase for phase, outcome in outcomes.items() if outcome != "stopped"), *told), default=-1)
    return next((phase for phase in phases[behind + 1 :] if phase.kind in ("hold", "move")), None)


def _written(step: Step) -> dict[str, Any]:
    exercise, form = step.exercise, form_of(step)
    cues = [claim.text for claim in exercise.cues]
    return {
        "exercise": exercise.id,
        "name": exercise.name,
        "cues": [form.text, *cues] if form else cues,
        "stop_if": [claim.text for claim in exercise.stop_if],
        "side": step.side,
        "lead": step.lead,
        "form": step.form,
        "because": list(step.because),
        "dose": {key: getattr(step.dose, key) for key in DOSE},
    }


def _read(step: Mapping[str, Any], exercise: Exercise) -> Step:
    dose: Dose = replace(exercise.dose, **step["dose"])
    because = tuple(step["because"])
    return Step(exercise, dose, Side(step["side"]), Side(step["lead"]), because, exercise.sources, step["form"])
