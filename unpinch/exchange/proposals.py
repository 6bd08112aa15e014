"""What an import would add, worked out before anything is written, and the batch that is written then."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from unpinch.diary import CheckIn
from unpinch.exchange.diaries import Choice, Chosen, Found, Rated, choose
from unpinch.exchange.entries import BadRow
from unpinch.imports import Batch, Held

_REASONS_KEPT = 100


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a choice would add. `duplicates` counts what the file says twice and what is kept already."""

    found: Found
    choice: Choice
    chosen: Chosen
    new: tuple[Rated, ...]
    tz: str

    @property
    def duplicates(self) -> int:
        """Ratings that are not added because they are there already, in the file or in the database."""
        return len(self.chosen.ratings) - len(self.new) + len(self.chosen.repeats)

    @property
    def bad(self) -> tuple[BadRow, ...]:
        """Rows that cannot be taken over, with their reasons."""
        return self.chosen.bad


def propose(found: Found, choice: Choice, held: Held, today: date, tz: str) -> Proposal:
    """What the choice would add to what is held. Raises ValueError while something is still to be chosen."""
    chosen = choose(found, choice, today, tz)
    return Proposal(found, choice, chosen, fresh(chosen.ratings, held, tz), tz)


def fresh(ratings: Iterable[Rated], held: Held, tz: str) -> tuple[Rated, ...]:
    """The ratings that are not kept yet.

    Kept already is what was imported before, be it corrected or removed since; the same value on the same day
    from an earlier import of that name, as often as it is there; and the same value entered at that moment.
    """
    left = Counter(held.imported)
    unknown = []
    for one in ratings:
        if one.uid in held.uids:
            left[one.day, one.nrs] -= 1
        else:
            unknown.append(one)
    new = []
    for one in unknown:
        if left[one.day, one.nrs] > 0:
            left[one.day, one.nrs] -= 1
        elif (one.at(tz), one.nrs) not in held.moments:
            new.append(one)
    return tuple(new)


def batch(proposal: Proposal, uid: str, file: str, at: datetime, day: date) -> tuple[Batch, tuple[CheckIn, ...]]:
    """The batch and its check-ins, marked as filled in later. `file` is a name; a folder in it is left out."""
    choice, found = proposal.choice, proposal.found
    chosen = {
        "name": choice.name, "scale": list(choice.scale) if choice.scale else None, "date_order": choice.order,
        "shift_hours": choice.shift_hours,
    }  # fmt: skip
    report = {
        "added": len(proposal.new), "duplicates": proposal.duplicates, "bad": len(proposal.bad),
        "reasons": [[row.line, row.reason] for row in proposal.bad[:_REASONS_KEPT]], "notes": list(found.notes),
    }  # fmt: skip
    name = file.replace("\\", "/").rpartition("/")[2]
    kept = Batch(uid, at, proposal.tz, day, name, found.format, chosen, report)
    entries = tuple(
        CheckIn(
            one.uid, one.day, one.at(proposal.tz), proposal.tz, one.nrs, one.worst, one.reach, one.sitting_min,
            one.sat_hours, flare=one.flare, note=one.note, back_filled=True, batch=uid,
        )
        for one in proposal.new
    )  # fmt: skip
    return kept, entries
