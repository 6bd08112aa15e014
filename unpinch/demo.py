"""Twelve weeks of sample data, so that a newcomer sees a living product. Every note says so.

The person is invented: pain in the right buttock from sitting, easing unevenly from about 6 to about 3, two
flares, some days away without entries, a session on four evenings a week.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from unpinch import store
from unpinch.catalogue import Catalogue
from unpinch.database import Database, immediate
from unpinch.diary import CheckIn, Reach, Session
from unpinch.exercise import Step
from unpinch.findings import assess
from unpinch.questionnaire import Answer, Item, Kind, Response, enabled
from unpinch.routine import Routine, recommend
from unpinch.timeline import WORK, Phase, Timing, unroll

NOTE = "sample data"
ZONE = "UTC"
DAYS = 84
AWAY = range(37, 41)
FLARES = (range(23, 27), range(58, 61))
SESSION_WEEKDAYS = {0, 1, 3, 5}
KEPT_HABITS = 4
ANSWERS: Mapping[str, Answer] = {
    "age": 41, "sex": "female", "pregnancy": "no", "hip_replacement": "none", "morning_stiffness_min": 10,
    "pain_sites": ("buttock", "posterior_thigh"), "side": "right", "onset": "gradual", "weeks": 7,
    "nrs_now": 6, "worst": 7, "trend": "stable", "weeks_of_selfcare": 0,
    "aggravators": ("sitting", "driving", "crossing_legs"), "relievers": ("walking", "standing"),
    "tender_deep_buttock": "yes", "figure4_reproduces": "yes", "crossing_leg_difficult": "yes",
    "sitting_hours": 8, "drives_hours": 1, "crosses_legs": "yes",
    "sits_on_wallet": "yes", "setting": "home", "equipment": ("chair", "floor_mat", "ball", "pillow", "wall"),
    "time_minutes": 15, "can_lie_on_floor": "yes", "can_lie_face_down": "yes",
}  # fmt: skip


def fill(db: Database, catalogue: Catalogue, today: date) -> None:
    """Write the sample up to yesterday: today's check-in is still to do. The same day gives the same data.

    Meant for an empty database of its own: everything is added to what is there.
    """
    rng = random.Random(84)  # noqa: S311 - a sample, no secret
    first = today - timedelta(days=DAYS)
    answers = _answers(catalogue)
    pain = _course(rng)
    with immediate(db):
        store.set_setting(db, "demo", True)
        _consent(db, catalogue, first)
        _assessment(db, catalogue, answers, first)
        result = assess(Response(answers), catalogue.findings, catalogue.thresholds)
        routine = recommend(Response(answers), result, catalogue.exercises, catalogue.thresholds)
        steps = routine.steps if isinstance(routine, Routine) else ()
        habits = tuple(change.habit for change in routine.habits)[:KEPT_HABITS]
        phases = unroll(steps, Timing.of(catalogue.thresholds))
        for number in range(1, DAYS):
            day = first + timedelta(days=number)
            if number in AWAY:
                continue
            if rng.random() < 0.82:
                store.add_check_in(db, _check_in(rng, number, day, pain[number], habits))
            if steps and day.weekday() in SESSION_WEEKDAYS and rng.random() < 0.85:
                _session(db, rng, number, day, pain[number], steps, phases)


def _answers(catalogue: Catalogue) -> dict[str, Answer]:
    """An answer to every item that applies: the sample's own, else the one that says nothing is wrong."""
    given: dict[str, Answer] = {}
    for item in catalogue.questionnaire.items:
        if enabled(item, given):
            given[item.id] = ANSWERS[item.id] if item.id in ANSWERS else _nothing(item)
    return given


def _nothing(item: Item) -> Answer:
    if item.kind is Kind.CHOICES:
        return ()
    return item.absent or next(code for code in item.codes if code in ("no", "none"))


def _course(rng: random.Random) -> list[float]:
    """Average pain of each day: a slow fall, noise that lasts from day to day, and the flares."""
    noise, pain = 0.0, []
    for number in range(DAYS):
        noise = 0.5 * noise + rng.gauss(0, 0.7)
        flare = 2.2 if any(number in flare for flare in FLARES) else 0
        pain.append(min(10, max(0, 6.2 - 3.2 * number / DAYS + noise + flare)))
    return pain


def _at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), UTC)


def _consent(db: Database, catalogue: Catalogue, day: date) -> None:
    consent = catalogue.consent
    text = "\n".join((*consent.points, consent.agree, f"({NOTE})"))
    store.add_consent(db, consent.version, _at(day, 19), text, next(iter(catalogue.countries)))


def _assessment(db: Database, catalogue: Catalogue, answers: Mapping[str, Answer], day: date) -> None:
    asked, version = catalogue.questionnaire, catalogue.questionnaire.version
    store.start_response(db, "sample-response", at=_at(day, 19), tz=ZONE, day=day, questionnaire_version=version)
    worded = {}
    for name, answer in answers.items():
        item = asked.item(name)
        shown = [option.text for option in item.options]
        worded[name] = (answer, {"text": item.text, "options": shown, "answer": item.wording(answer)})
    store.save_answers(db, "sample-response", worded, version, _at(day, 19, 3))
    store.finish_response(db, "sample-response", _at(day, 19, 4))


def _check_in(rng: random.Random, number: int, day: date, pain: float, habits: Sequence[str]) -> CheckIn:
    nrs = round(pain)
    reach = Reach.NONE if nrs == 0 else Reach.BUTTOCK if nrs < 5 else Reach.THIGH
    sat = round(2 * min(11, max(2, rng.gauss(7.5 if day.weekday() < 5 else 4, 1.5)))) / 2
    kept = tuple(habit for habit in habits if rng.random() < 0.4 + 0.4 * number / DAYS)
    return CheckIn(
        uid=f"sample-check-in-{number}",
        day=day,
        at=_at(day, 20, rng.randrange(60)),
        tz=ZONE,
        nrs=nrs,
        worst=min(10, nrs + rng.choice((0, 1, 1, 2))),
        reach=reach,
        sitting_min=5 * round(max(5, 70 - 9 * pain + rng.gauss(0, 5)) / 5),
        sat_hours=sat,
        habits_kept=kept,
        flare=any(number in flare for flare in FLARES),
        note=NOTE,
    )


def _session(
    db: Database,
    rng: random.Random,
    number: int,
    day: date,
    pain: float,
    steps: Sequence[Step],
    phases: Sequence[Phase],
) -> None:
    uid, before = f"sample-session-{number}", round(pain)
    plan = {
        "note": NOTE,
        "steps": [{"exercise": step.exercise.id, "side": step.side.value, **asdict(step.dose)} for step in steps],
        "phases": [asdict(phase) for phase in phases],
    }
    at = _at(day, 18, rng.randrange(60))
    store.start_session(db, Session(uid, day, at, ZONE, plan, pain_before=before, note=NOTE))
    events: list[dict[str, Any]] = []
    for phase in phases:
        if phase.kind not in WORK:
            continue
        seconds = phase.seconds or 30.0
        at += timedelta(seconds=seconds + 10)
        events.append(
            {
                "phase": phase.index,
                "step": phase.step,
                "exercise": phase.exercise,
                "side": phase.side.value if phase.side in ("left", "right") else None,
                "set": phase.set,
                "outcome": "completed" if rng.random() < 0.93 else "skipped",
                "seconds": seconds,
                "at": at.isoformat(),
            }
        )
    store.add_completions(db, uid, events)
    after = min(10, max(0, before + rng.choice((-2, -1, -1, -1, 0, 0, 1))))
    store.set_session_pain(db, uid, at=at, after=after, effort=rng.choice((3, 4, 4, 5)))
    store.finish_session(db, uid, at)
