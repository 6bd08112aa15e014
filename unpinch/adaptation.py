"""The routine of today: the recommended one, adapted to what hurt, to what the person chose, and to how it went.

Nothing here goes round the gate: exercises that hurt a nerve are taken away before the recommendation is made, and
everything later only chooses among what it allows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from unpinch import pain_rules
from unpinch.diary import Adjustment
from unpinch.doses import eased, lighter, spare_stretching
from unpinch.edits import Change, Edits, applied, standing
from unpinch.exercise import Exercise, Step
from unpinch.findings import Assessment, Urgency
from unpinch.progression import History, Proposal, ease_off, proposal
from unpinch.questionnaire import Response
from unpinch.routine import Routine, Withheld, fit, minutes, recommend, step_for
from unpinch.widening import widened

Exercises = Mapping[str, Exercise]
Thresholds = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Adapted:
    """A routine with every difference from the recommended one, and what may become harder.

    `allowed` are the exercises that neither a finding, the place, nor a pain rules out today. `wider` is what a
    changed plan would bring after a fair try; empty where it would change nothing or is taken up already.
    """

    routine: Routine
    changes: tuple[Change, ...]
    proposal: Proposal | None
    allowed: frozenset[str]
    edits: Edits
    wider: tuple[Change, ...] = ()


def adapt(
    r: Response, assessment: Assessment, exercises: Exercises, adjustments: Sequence[Adjustment],
    history: History, today: date, thresholds: Thresholds,
) -> Adapted | Withheld:  # fmt: skip
    """The gate and, behind it, the routine of today."""
    away = pain_rules.absences(history.hurts, exercises, today, thresholds)
    resting = pain_rules.resting(away, exercises)
    offered = {name: exercise for name, exercise in exercises.items() if name not in resting}
    routine = recommend(r, assessment, offered, thresholds)
    if isinstance(routine, Withheld):
        return routine
    edits = standing(adjustments)
    allowed = frozenset(offered) - {out.exercise for out in routine.excluded}
    findings = {out.exercise for out in routine.excluded if out.findings}
    hurts = [hurt for hurt in history.hurts if pain_rules.key(hurt) not in edits.forgiven]
    # an aching exercise is neither a harder form nor a part of a changed plan
    calm = {name for name in allowed if not pain_rules.sore(hurts, name, today, thresholds)}
    looked_at = assessment.urgency < Urgency.SEE_CLINICIAN
    wider = widened(routine.steps, calm - set(edits.left_out), exercises, r, thresholds, edits.wider)
    changed, widening = wider if looked_at and edits.wider else (list(routine.steps), [])
    if edits.wider and not looked_at:
        widening = [Change("widen_waits", "", {"day": edits.wider.day}, (edits.wider.uid,), "narrow")]
    wanted, own = applied(changed, edits, allowed, resting | findings, exercises, r, thresholds)
    steps, pains = pain_rules.spared(wanted, hurts, allowed, today, exercises, r, thresholds)
    easing = ease_off(history, edits, today, thresholds)
    if easing:
        steps = [lighter(one, thresholds) if one in wanted else one for one in steps]
    basis = [
        eased(one, thresholds) if pain_rules.sore(hurts, one.exercise.id, today, thresholds) else one
        for one in routine.steps
    ]
    plain = [step_for(one.exercise, r, thresholds) for one in steps]
    left = [one for one in basis if one.exercise.id not in edits.left_out]
    steps, fitting = _fitted((steps, plain, left, basis), r.number("time_minutes"), thresholds)
    changes = (*away, *pains, *((easing,) if easing and steps else ()), *widening, *own, *fitting)
    may_progress = not (away or pains or easing) and looked_at
    next_one = None
    if may_progress:
        first = {step.exercise.id: step.dose for step in changed}
        next_one = proposal(steps, first, calm, r.chosen("equipment"), history, edits, today, thresholds)
        if next_one and _too_long(next_one, steps, r, thresholds):
            next_one = None
    length = minutes(steps, thresholds)
    routine = replace(routine, steps=tuple(steps), minutes=length)
    possible = tuple(wider[1]) if may_progress and steps and not edits.wider else ()
    return Adapted(routine, changes, next_one, allowed, edits, possible)


def _fitted(
    options: Sequence[Sequence[Step]], available: float, thresholds: Thresholds
) -> tuple[list[Step], list[Change]]:
    """The first of the options of which anything fits into the minutes, shortened to them."""
    wanted = options[0]
    for steps in options if wanted else ():
        kept = list(fit(spare_stretching(steps, thresholds), available, thresholds))
        if kept:
            return kept, [] if kept == list(wanted) else [Change("fitted", "", {"minutes": int(available)})]
    return [], []


def _too_long(one: Proposal, steps: Sequence[Step], r: Response, thresholds: Thresholds) -> bool:
    """Whether the harder step would not fit into the minutes, or hold a muscle for too long."""
    if one.next.to:
        return False
    tried = [replace(s, dose=one.next.dose) if s.exercise.id == one.exercise else s for s in steps]
    return minutes(tried, thresholds) > r.number("time_minutes") or spare_stretching(tried, thresholds) != tried
