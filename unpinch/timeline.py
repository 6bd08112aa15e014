"""A routine unrolled into phases: what the guided player plays, one after another.

The player holds a clock over this list and decides nothing; everything about order, sides, rests and lengths
is settled here, so that it can be read, printed and tested without a browser.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from unpinch.exercise import Side, Step


class PhaseKind(StrEnum):
    """What a phase asks of the person; `hold` and `move` are the work."""

    PREPARE = "prepare"
    HOLD = "hold"
    MOVE = "move"
    REST = "rest"
    SWITCH = "switch"


WORK = frozenset({PhaseKind.HOLD, PhaseKind.MOVE})
UNPACED_REP_S = 3.0  # an estimate for "min left" only, never a dose: no repetition ends by it

_POSTURES = {
    "seated": "sit down",
    "standing": "stand up",
    "supine": "lie on your back",
    "side_lying": "lie on your side",
    "prone": "lie on your front",
}


@dataclass(frozen=True, slots=True)
class Timing:
    """Lengths in seconds that belong to the player rather than to an exercise.

    `sleep_gap_s` is the silence after which the device must have slept; `unpaced_rep_s` is how long a
    repetition without a pace counts in estimates, and only there.
    """

    prepare_s: float
    prepare_new_position_s: float
    switch_s: float
    resume_s: float
    sleep_gap_s: float
    unpaced_rep_s: float = UNPACED_REP_S

    @classmethod
    def of(cls, thresholds: Mapping[str, float]) -> Timing:
        """The lengths as they stand in content/thresholds.toml; KeyError where one is missing."""
        names = ("prepare_s", "prepare_new_position_s", "switch_s", "resume_s", "sleep_gap_s")
        return cls(*(thresholds[name] for name in names))


@dataclass(frozen=True, slots=True)
class Phase:
    """One stretch of a session. `seconds` is None where the person ends it (repetitions without a pace).

    `index` counts phases and `step` the routine's steps, both from 0; `set` counts from 1. `side` is the side
    that works, or comes next in a switch; None where sides do not matter.
    """

    index: int
    step: int
    kind: PhaseKind
    exercise: str
    name: str
    side: Side | None
    set: int
    sets: int
    seconds: float | None
    reps: int | None
    label: str


def _sides(step: Step) -> tuple[Side | None, ...]:
    """The sides in the order of doing: the leading one first, or the only one; (None,) for both at once."""
    if step.exercise.sides == "together":
        return (None,)
    if step.side is not Side.BOTH:
        return (step.side,)
    return (step.lead, step.lead.other)


def _step(number: int, step: Step, new_position: bool, timing: Timing, last: bool) -> Iterator[Phase]:
    """The phases of one step, each numbered 0 as yet."""
    exercise, dose = step.exercise, step.dose
    rest_s = float(dose.rest_s)
    known = (0, number, PhaseKind.REST, exercise.id, exercise.name)
    blank = Phase(*known, side=None, set=1, sets=dose.sets, seconds=rest_s, reps=None, label="Rest")
    sides = _sides(step)
    posture = _POSTURES.get(exercise.position) if new_position else None
    yield replace(
        blank,
        kind=PhaseKind.PREPARE,
        side=sides[0],
        seconds=float(timing.prepare_new_position_s if new_position else timing.prepare_s),
        label=f"Get ready: {posture}" if posture else "Get ready",
    )
    if dose.reps is None:
        work = replace(blank, kind=PhaseKind.HOLD, seconds=float(dose.hold_s or 0), label="Hold")
    else:
        pace = dose.seconds_per_rep
        seconds = None if pace is None else float(round(dose.reps * pace, 3))
        work = replace(blank, kind=PhaseKind.MOVE, seconds=seconds, reps=dose.reps, label="Move")
    for half, side in enumerate(sides):
        if half:
            pause_s, label = float(timing.switch_s), f"Change to the {side} side"
            yield replace(blank, kind=PhaseKind.SWITCH, side=side, seconds=pause_s, label=label)
        for number_of_set in range(1, dose.sets + 1):
            if number_of_set > 1 and dose.rest_s > 0:
                yield replace(blank, side=side, set=number_of_set - 1)
            yield replace(work, side=side, set=number_of_set)
    if not last and dose.rest_s > 0:
        yield replace(blank, set=dose.sets)


def unroll(steps: Sequence[Step], timing: Timing) -> tuple[Phase, ...]:
    """The phases of a session, in order.

    Each step: getting ready (longer when the position changes, and at the very beginning), all sets of the
    leading side, the change of sides, all sets of the other side, so that both halves are equal; a rest
    between sets and after each step but the last.
    """
    phases: list[Phase] = []
    position: str | None = None
    for number, step in enumerate(steps):
        new_position = step.exercise.position != position
        position = step.exercise.position
        phases.extend(_step(number, step, new_position, timing, last=number == len(steps) - 1))
    return tuple(replace(phase, index=index) for index, phase in enumerate(phases))


def duration_s(phases: Sequence[Phase], unpaced_rep_s: float = UNPACED_REP_S) -> float:
    """Seconds that the phases take. Repetitions without a pace count `unpaced_rep_s` each, in seconds."""
    return sum((p.reps or 0) * unpaced_rep_s if p.seconds is None else p.seconds for p in phases)
