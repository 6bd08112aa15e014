"""What the person chose for the routine, applied to the recommended one as far as it is still allowed."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from unpinch.diary import Adjustment
from unpinch.doses import chosen
from unpinch.exercise import Exercise, Step
from unpinch.questionnaire import Response
from unpinch.routine import step_for

OWN = ("dose", "swap", "leave_out", "order", "widen")
"""The kinds that "Restore the recommended routine" ends. What is told about a pain is not among them."""


@dataclass(frozen=True, slots=True)
class Change:
    """One difference from the recommended routine: its rule in content/adaptation.toml and what happened.

    `facts` fill in the rule's words; `evidence` names the stored rows behind it; `undo` is the kind of way back:
    "take_back" or "narrow" (both of the adjustment `evidence[0]`), "forgive" (the hurts in `evidence`), "not_now",
    or none.
    """

    rule: str
    exercise: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    evidence: tuple[str, ...] = ()
    undo: str = ""


@dataclass(frozen=True, slots=True)
class Edits:
    """The choices that stand: by exercise the latest of a kind; `forgiven` are hurts as "session/hurt"."""

    doses: Mapping[str, Adjustment]
    swaps: Mapping[str, Adjustment]
    left_out: Mapping[str, Adjustment]
    order: Adjustment | None
    forgiven: frozenset[str]
    declined: tuple[Adjustment, ...]
    wider: Adjustment | None = None

    @property
    def any(self) -> bool:
        """Whether there is anything to restore."""
        return bool(self.doses or self.swaps or self.left_out or self.order or self.wider)


def standing(adjustments: Sequence[Adjustment]) -> Edits:
    """What stands of all that was chosen, in the order of choosing: the latest counts, a restore ends the rest."""
    restored = max((place for place, one in enumerate(adjustments) if one.kind == "restore"), default=-1)
    own = adjustments[restored + 1 :]
    latest = {(one.kind, one.exercise): one for one in own if one.kind in OWN}
    by_kind = {
        kind: {exercise: one for (of, exercise), one in latest.items() if of == kind}
        for kind in ("dose", "swap", "leave_out")
    }
    forgiven = (hurt for one in adjustments if one.kind == "forgive" for hurt in one.value["hurts"])
    return Edits(
        by_kind["dose"],
        by_kind["swap"],
        by_kind["leave_out"],
        latest.get(("order", "")),
        frozenset(forgiven),
        tuple(one for one in adjustments if one.kind == "not_now"),
        latest.get(("widen", "")),
    )


def applied(
    steps: Iterable[Step], edits: Edits, allowed: Collection[str], ruled_out: Collection[str],
    exercises: Mapping[str, Exercise], r: Response, thresholds: Mapping[str, float],
) -> tuple[list[Step], list[Change]]:  # fmt: skip
    """The steps as the person wants them, with what was changed and what could not be kept.

    Only `allowed` exercises come in; at least one step stays if there was one. `ruled_out` by findings is said
    aloud; what merely does not fit this place waits silently.
    """
    kept, changes = list(steps), []
    for place, step in enumerate(kept):
        one = edits.swaps.get(step.exercise.id)
        target = str(one.value["to"]) if one else ""
        if one is None or target == step.exercise.id:
            continue
        if target in allowed and target not in {other.exercise.id for other in kept}:
            kept[place] = step_for(exercises[target], r, thresholds)
            facts = {"instead": exercises[target].name, "day": one.day}
            changes.append(Change("own_swap", step.exercise.id, facts, (one.uid,), "take_back"))
        elif target in ruled_out:
            changes.append(Change("own_choice_dropped", target, {"day": one.day}, (one.uid,), "take_back"))
    for exercise, one in edits.doses.items():
        if exercise in ruled_out:
            changes.append(Change("own_choice_dropped", exercise, {"day": one.day}, (one.uid,), "take_back"))
    for place, step in enumerate(kept):
        if one := edits.doses.get(step.exercise.id):
            kept[place] = changed = chosen(step, one.value, r.chosen("equipment"))
            if (changed.dose, changed.form) != (step.dose, step.form):
                facts = {"dose": changed.dose.text, "before": step.dose.text, "day": one.day}
                form = "accepted_form" if changed.form else "accepted"
                rule = form if one.value.get("rule") else "own_dose"
                changes.append(Change(rule, step.exercise.id, facts, (one.uid,), "take_back"))
    kept = _without(kept, edits, changes)
    if edits.order:
        wanted = list(edits.order.value["exercises"])
        kept.sort(key=lambda step: wanted.index(step.exercise.id) if step.exercise.id in wanted else len(wanted))
        changes.append(Change("own_order", "", {"day": edits.order.day}, (edits.order.uid,), "take_back"))
    return kept, changes


def _without(steps: list[Step], edits: Edits, changes: list[Change]) -> list[Step]:
    gone = [step for step in steps if step.exercise.id in edits.left_out]
    if len(gone) == len(steps):  # one stays, strength first
        gone.sort(key=lambda step: step.exercise.family != "strengthen")
        gone = gone[1:]
    kept = [step for step in steps if step not in gone]
    strong = any(step.exercise.family == "strengthen" for step in kept)
    for step in gone:
        one = edits.left_out[step.exercise.id]
        asked_back = step.exercise.family == "strengthen" and not strong
        rule = "strength_left_out" if asked_back else "own_leave_out"
        changes.append(Change(rule, step.exercise.id, {"day": one.day}, (one.uid,), "take_back"))
    return kept


def declined(edits: Edits, rule: str, exercise: str, since: date) -> bool:
    """Whether a proposal was put off on or after the day `since`."""
    return any(
        one.exercise == exercise and one.value.get("rule") == rule and one.day >= since for one in edits.declined
    )
