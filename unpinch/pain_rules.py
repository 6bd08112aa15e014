"""What follows when an exercise hurt: easier, another one, left out, or stop.

In the muscle is common and may be taken back by the person. Pain that goes down the leg and tingling are told by
the nerve: that exercise and its family rest for at least a week, and neither a press nor a new assessment shortens
it, because no answer to a questionnaire can show that the exercise would not do it again.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from unpinch.diary import Hurt
from unpinch.doses import eased, lighter
from unpinch.edits import Change
from unpinch.exercise import Exercise, Step
from unpinch.indications import EXERCISE_INDICATIONS
from unpinch.questionnaire import Response
from unpinch.routine import LATER_STAGE, step_for

Thresholds = Mapping[str, float]

NERVE = {"down_leg": "spread_left_out", "tingling": "tingling_left_out"}
"""Where it hurt → the rule that leaves the family out."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What an "It hurts" leads to within a session: its rule, what comes instead, which exercises go, the facts."""

    rule: str
    instead: Step | None
    without: frozenset[str]
    facts: Mapping[str, object]


def key(hurt: Hurt) -> str:
    """The one name of a report."""
    return f"{hurt.session_uid}/{hurt.id}"


def absences(
    hurts: Iterable[Hurt], exercises: Mapping[str, Exercise], today: date, thresholds: Thresholds
) -> tuple[Change, ...]:
    """Families left out today because an exercise of theirs sent pain or tingling down the leg, latest report each."""
    latest: dict[str, Hurt] = {}
    for hurt in hurts:
        if hurt.place in NERVE and hurt.exercise in exercises and hurt.day <= today:
            latest[exercises[hurt.exercise].family] = hurt
    changes = []
    for family, hurt in latest.items():
        until = hurt.day + timedelta(days=int(thresholds["leave_out_days"]))
        if today < until:
            facts = {"day": hurt.day, "until": until, "family": family}
            changes.append(Change(NERVE[hurt.place], hurt.exercise, facts, (key(hurt),)))
    return tuple(changes)


def resting(changes: Iterable[Change], exercises: Mapping[str, Exercise]) -> frozenset[str]:
    """The exercises of the families that `absences` names, and with them nerve sliding: the nerve needs rest."""
    families = {exercises[change.exercise].family for change in changes}
    families |= {"nerve"} if families else set()
    return frozenset(name for name, exercise in exercises.items() if exercise.family in families)


def alternatives(
    exercise: Exercise, allowed: Collection[str], taken: Collection[str], exercises: Mapping[str, Exercise],
    r: Response, thresholds: Thresholds,
) -> list[Exercise]:  # fmt: skip
    """The other allowed exercises of the family, an easier form first, then the nearest in purpose.

    None of a later stage that nothing speaks for.
    """
    easier = {claim.exercise for claim in exercise.easier}
    ranks = list(EXERCISE_INDICATIONS)
    others = [
        other
        for name in allowed
        if (other := exercises[name]).family == exercise.family
        and name not in {exercise.id, *taken}
        and (name not in LATER_STAGE or EXERCISE_INDICATIONS[name](r, thresholds))
    ]
    return sorted(
        others,
        key=lambda other: (
            other.id not in easier,
            -len(set(other.target) & set(exercise.target)),
            other.position != exercise.position,
            ranks.index(other.id),
        ),
    )


def substitute(
    exercise: Exercise, allowed: Collection[str], taken: Collection[str], exercises: Mapping[str, Exercise],
    r: Response, thresholds: Thresholds,
) -> Exercise | None:  # fmt: skip
    """What takes the place of an exercise that hurts: the first alternative that is not a harder form of it."""
    harder = {claim.exercise for claim in exercise.harder}
    return next(iter(alternatives(exercise, allowed, {*taken, *harder}, exercises, r, thresholds)), None)


def sore(hurts: Iterable[Hurt], exercise: str, today: date, thresholds: Thresholds) -> tuple[Hurt, ...]:
    """The reports of pain in the muscle that still count for an exercise: one a set, within a week of the latest."""
    ours = {
        (hurt.session_uid, hurt.phase): hurt
        for hurt in hurts
        if hurt.place == "muscle" and hurt.exercise == exercise and hurt.day <= today
    }
    week = timedelta(days=int(thresholds["sore_days"]))
    latest = max((hurt.day for hurt in ours.values()), default=None)
    if latest is None or today >= latest + week:
        return ()
    return tuple(hurt for hurt in ours.values() if hurt.day > latest - week)


def spared(
    steps: Sequence[Step], hurts: Sequence[Hurt], allowed: Collection[str], today: date,
    exercises: Mapping[str, Exercise], r: Response, thresholds: Thresholds,
) -> tuple[list[Step], list[Change]]:  # fmt: skip
    """The steps with what hurt in the muscle made easier, or from the second report in a week on exchanged.

    An exercise that sent pain down the leg comes back lighter after its rest. One step stays if there was one.
    """
    kept: list[Step] = []
    changes: list[Change] = []
    aching = {name for name in exercises if sore(hurts, name, today, thresholds)}
    for place, step in enumerate(steps):
        exercise, found = step.exercise, sore(hurts, step.exercise.id, today, thresholds)
        if not found:
            kept.append(_returning(step, hurts, today, thresholds, changes))
            continue
        easier, last = eased(step, thresholds), found[-1].day
        facts: dict[str, object] = {"day": last, "until": last + timedelta(days=int(thresholds["sore_days"]))}
        reports, rule, instead = tuple(map(key, found)), "muscle_lighter", easier
        if len(found) >= thresholds["sore_reports"]:
            taken = {other.exercise.id for other in steps} | {other.exercise.id for other in kept} | aching
            other = substitute(exercise, allowed, taken, exercises, r, thresholds)
            if other:
                rule, instead = "muscle_swapped", lighter(step_for(other, r, thresholds), thresholds)
                facts["instead"] = other.name
            else:
                alone = not kept and place == len(steps) - 1
                rule = "muscle_kept" if alone else "muscle_left_out"
        if rule != "muscle_left_out":
            facts["dose"] = instead.dose.text
            kept.append(instead)
        changes.append(Change(rule, exercise.id, facts, reports, "forgive"))
    return kept, changes


def _returning(step: Step, hurts: Iterable[Hurt], today: date, thresholds: Thresholds, changes: list[Change]) -> Step:
    days = int(thresholds["leave_out_days"])
    ours = [hurt for hurt in hurts if hurt.place in NERVE and hurt.exercise == step.exercise.id]
    if not ours or not timedelta(days=days) <= today - ours[-1].day < timedelta(days=2 * days):
        return step
    light = eased(step, thresholds)
    facts = {"day": ours[-1].day, "dose": light.dose.text}
    changes.append(Change("spread_returns", step.exercise.id, facts, (key(ours[-1]),)))
    return light


def reply(
    hurt: Hurt, steps: Sequence[Step], begun: bool, hurts: Sequence[Hurt], allowed: Collection[str],
    exercises: Mapping[str, Exercise], r: Response, thresholds: Thresholds,
) -> Reply:  # fmt: skip
    """What comes instead of the step that hurt, in the session that is going on.

    `steps` is the plan, `hurts` all reports with this one among them; `begun` says whether a set of the step is
    done already, so that only one more, lighter, follows.
    """
    step, name = steps[hurt.step], steps[hurt.step].exercise.id
    if hurt.place == "tingling":
        return Reply("now_stop", None, frozenset(other.exercise.id for other in steps), {})
    if hurt.place == "down_leg":
        families = (step.exercise.family, "nerve")
        family = frozenset(other for other in exercises if exercises[other].family in families)
        until = hurt.day + timedelta(days=int(thresholds["leave_out_days"]))
        return Reply("now_spread", None, family, {"until": until, "family": step.exercise.family})
    if len(sore(hurts, name, hurt.day, thresholds)) < thresholds["sore_reports"]:
        easier = eased(step, thresholds)
        return Reply("now_easier", _one_set(easier) if begun else easier, frozenset(), {"dose": easier.dose.text})
    aching = {other for other in exercises if sore(hurts, other, hurt.day, thresholds)}
    taken = aching | {other.exercise.id for other in steps}
    other = substitute(step.exercise, allowed, taken, exercises, r, thresholds)
    if other is None:
        return Reply("now_left_out", None, frozenset({name}), {})
    instead = lighter(step_for(other, r, thresholds), thresholds)
    return Reply("now_swapped", instead, frozenset({name}), {"instead": other.name})


def _one_set(step: Step) -> Step:
    return replace(step, dose=replace(step.dose, sets=1))
