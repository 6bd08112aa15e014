"""What an exercise is, how much of it is done, and on which side."""

from dataclasses import dataclass
from enum import StrEnum


class Side(StrEnum):
    """A side of the body, or both."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"

    @property
    def other(self) -> "Side":
        """The opposite side; both stays both."""
        return {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT}.get(self, self)


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence and the key of the source that it rests on; `exercise` names a variant, or is empty.

    Of an easier or harder way: `needs` is the equipment that it asks for; `dose` says that it only speaks about how
    much, so that it is no form of its own.
    """

    text: str
    source: str
    exercise: str = ""
    needs: tuple[str, ...] = ()
    dose: bool = False


@dataclass(frozen=True, slots=True)
class Dose:
    """How much: sets of `reps`, or sets of a hold. Holds and rests in seconds, `per_week` (least, most)."""

    sets: int
    reps: int | None
    hold_s: int | None
    rest_s: int
    seconds_per_rep: float | None
    per_week: tuple[int, int]
    source: str
    note: str = ""

    @property
    def text(self) -> str:
        """The dose in words, for one side."""
        amount = f"{self.hold_s} s" if self.hold_s else f"{self.reps} times"
        return f"{self.sets} × {amount}" if self.sets > 1 else amount


@dataclass(frozen=True, slots=True)
class Exercise:
    """One exercise as clinicians wrote it.

    `needs`: each inner tuple lists equipment of which one piece is enough. `sides`: affected_first (both
    sides), affected_only, or together. `excluded_by`: ids of the findings that rule it out. `limits`: what a
    person may edit.
    """

    id: str
    name: str
    family: str
    target: tuple[str, ...]
    position: str
    needs: tuple[tuple[str, ...], ...]
    settings: tuple[str, ...]
    sides: str
    purpose: str
    setup: str
    instructions: tuple[str, ...]
    feel: str
    cues: tuple[Claim, ...]
    errors: tuple[Claim, ...]
    stop_if: tuple[Claim, ...]
    easier: tuple[Claim, ...]
    harder: tuple[Claim, ...]
    excluded_by: tuple[str, ...]
    dose: Dose
    limits: dict[str, tuple[int, int]]
    doses_by_source: tuple[Claim, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One exercise of a session: its dose, its side, which side leads, and the answers that led to it.

    `form` counts its harder forms upwards and its easier ones downwards from 0, the exercise as described.
    """

    exercise: Exercise
    dose: Dose
    side: Side
    lead: Side
    because: tuple[str, ...]
    sources: tuple[str, ...]
    form: int = 0
