"""Harder by small steps when sessions stayed calm, lighter in a flare: the rules, with the sessions behind them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from unpinch.diary import CheckIn, Completion, Hurt, PainEntry, Session
from unpinch.doses import Harder, amount, harder
from unpinch.edits import Change, Edits, declined
from unpinch.exercise import Dose, Step

Thresholds = Mapping[str, float]
PROGRESSING = ("strengthen", "stretch", "mobilise")
"""In this order. Massage is no training, and an irritated nerve answers badly to more."""


@dataclass(frozen=True, slots=True)
class History:
    """What was stored, each in the order of days; `ratings` are all pain ratings, from wherever."""

    sessions: Sequence[Session] = ()
    completions: Sequence[Completion] = ()
    hurts: Sequence[Hurt] = ()
    check_ins: Sequence[CheckIn] = ()
    ratings: Sequence[PainEntry] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """A next step for the person to take or to put off, with the sessions (`evidence`) and facts behind it."""

    exercise: str
    next: Harder
    facts: Mapping[str, object]
    evidence: tuple[str, ...] = field(default=())


def ease_off(history: History, edits: Edits, today: date, thresholds: Thresholds) -> Change | None:
    """Why everything is one step lighter today: a flare, or pain that rose in the last session."""
    since = today - timedelta(days=int(thresholds["flare_days"]))
    flares = [entry for entry in history.check_ins if entry.flare and since < entry.day <= today]
    ended = [one for one in history.sessions if one.pain_after is not None and one.day <= today]
    last = ended[-1] if ended else None
    found = None
    if flares:
        found = Change("flare_lighter", "", {"day": flares[-1].day}, (flares[-1].uid,), "not_now")
    elif last and _rise(last) >= thresholds["pain_rise_nrs"] and (today - last.day).days < thresholds["sore_days"]:
        facts = {"day": last.day, "pain": f"{last.pain_before} to {last.pain_after}"}
        found = Change("rose_lighter", "", facts, (last.uid,), "not_now")
    put_off = {str(one.value.get("of")) for one in edits.declined}
    return found if found and found.evidence[0] not in put_off else None


def proposal(
    steps: Sequence[Step], first: Mapping[str, Dose], allowed: Collection[str], equipment: Collection[str],
    history: History, edits: Edits, today: date, thresholds: Thresholds,
) -> Proposal | None:  # fmt: skip
    """The one thing that may become harder, or None: it takes two calm sessions with that exercise in a row, each
    done in full in the present dose. Between them there may be sessions without it.

    `first` is each exercise's recommended dose, `equipment` what is at hand. Sessions before the last change of a
    dose do not count, so that one variable changes at a time.
    """
    wider = (edits.wider,) if edits.wider else ()
    changed_at = [one.at for one in (*edits.doses.values(), *edits.swaps.values(), *wider)]
    recent = [
        one
        for one in history.sessions
        if one.finished_at
        and (today - one.day).days <= thresholds["progress_recent_days"]
        and all(one.started_at > at for at in changed_at)
    ]
    needed = int(thresholds["progress_sessions"])
    following = {one.uid: _calm(one, history, thresholds) for one in recent}
    not_before = today - timedelta(days=int(thresholds["not_now_days"]) - 1)
    for step in sorted(
        (step for step in steps if step.exercise.family in PROGRESSING),
        key=lambda step: PROGRESSING.index(step.exercise.family),
    ):
        name = step.exercise.id
        last = [one for one in recent if name in _planned(one)][-needed:]
        if len(last) < needed or any(following[one.uid] is None for one in last):
            continue
        others = set(allowed) - {other.exercise.id for other in steps}
        next_one = harder(step, first.get(name, step.dose), others, equipment, thresholds)
        if next_one is None or declined(edits, next_one.rule, name, not_before):
            continue
        if all(_done(one, step, history) for one in last):
            pains = [f"{one.pain_before} – {one.pain_after} – {following[one.uid]}" for one in last]
            facts = {
                "days": tuple(one.day for one in last),
                "pains": ", then ".join(pains),
                "efforts": " and ".join(str(one.effort) for one in last),
                "before": step.dose.text,
                "dose": next_one.dose.text,
            }
            return Proposal(name, next_one, facts, tuple(one.uid for one in last))
    return None


def _planned(session: Session) -> set[str]:
    return {step["exercise"] for step in session.plan.get("steps", ())}


def _rise(session: Session) -> int:
    if session.pain_before is None or session.pain_after is None:
        return 0
    return session.pain_after - session.pain_before


def _calm(session: Session, history: History, thresholds: Thresholds) -> float | None:
    """The pain on the next day with a rating, where everything about a session was calm; else None.

    What was not told is not calm: both pains, the effort and a rating within the next days are needed.
    """
    green = thresholds["green_pain_nrs"]
    pains = (session.pain_before, session.pain_after)
    if any(pain is None or pain > green for pain in pains) or _rise(session) >= thresholds["pain_rise_nrs"]:
        return None
    if session.effort is None or session.effort > thresholds["progress_effort_most"]:
        return None
    if any(hurt.session_uid == session.uid for hurt in history.hurts):
        return None
    if any(entry.flare and entry.day >= session.day for entry in history.check_ins):
        return None
    until = session.day + timedelta(days=int(thresholds["progress_next_days"]))
    later = [one for one in history.ratings if session.day < one.day <= until]
    first = min(later, key=lambda one: (one.day, one.at), default=None)
    return first.nrs if first and first.nrs <= green else None


def _done(session: Session, step: Step, history: History) -> bool:
    """Whether all of the step was completed in that session, in the same dose and form."""
    key = amount(step.dose)
    same = {"sets": step.dose.sets, key: getattr(step.dose, key)}
    planned = [
        number
        for number, one in enumerate(session.plan.get("steps", ()))
        if one.get("exercise") == step.exercise.id
        and one.get("form", 0) == step.form
        and all(one.get("dose", {}).get(name) == value for name, value in same.items())
    ]
    parts = {
        phase["index"]
        for phase in session.plan.get("phases", ())
        if phase["step"] in planned and phase["kind"] in ("hold", "move")
    }
    done = {one.phase for one in history.completions if one.session_uid == session.uid and one.outcome == "completed"}
    return bool(parts) and parts <= done
