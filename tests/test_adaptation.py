"""The routine learns: every history of tests/cases/adaptation.toml, and what must hold whatever happened."""

import tomllib
from datetime import UTC, date, datetime, time, timedelta
from string import Formatter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.test_cases import CASES, CATALOGUE, person, response_of
from tests.test_safety_properties import people
from unpinch import pain_rules, session_plan
from unpinch.adaptation import Adapted, adapt
from unpinch.diary import Adjustment, CheckIn, Completion, Hurt, PainEntry, Session
from unpinch.doses import amount, span
from unpinch.edits import standing
from unpinch.exercise import Step
from unpinch.findings import assess
from unpinch.progression import History
from unpinch.questionnaire import Response
from unpinch.routine import Routine, Withheld, minutes, recommend
from unpinch.timeline import Timing

TODAY = date(2026, 11, 21)
NOTHING = History()
EXERCISES, T = CATALOGUE.exercises, CATALOGUE.thresholds
KEYS = {"name", "because", "answers", "hurts", "sessions", "check_ins", "choices", "steps", "has", "lacks", "dose",
        "changes", "proposal"}  # fmt: skip
HISTORIES = tomllib.loads((CASES / "adaptation.toml").read_text("utf-8"))["history"]


def ago(days: int, hour: int = 9) -> datetime:
    return datetime.combine(TODAY - timedelta(days=days), time(hour), UTC)


def adapted(
    response: Response, history: History = NOTHING, choices: tuple[Adjustment, ...] = (), today: date = TODAY
) -> Adapted | Withheld:
    assessment = assess(response, CATALOGUE.findings, T)
    return adapt(response, assessment, EXERCISES, choices, history, today, T)


def recommended(response: Response) -> Routine | Withheld:
    return recommend(response, assess(response, CATALOGUE.findings, T), EXERCISES, T)


def plan_of(steps: tuple[Step, ...], allowed: Any = EXERCISES) -> dict[str, Any]:
    return session_plan.plan_of(steps, Timing.of(T), allowed, "v")


def hurt(place: int, one: dict[str, Any]) -> Hurt:
    phase, at = one.get("phase", 1), ago(one["days_ago"], 18)
    session = f"h{one['days_ago'] if 'phase' in one else place}"
    return Hurt(session, f"{phase}:hurt:0", phase, 0, one["exercise"], one["where"], at.date(), at)


def choices_of(case: dict[str, Any]) -> tuple[Adjustment, ...]:
    given = [(one, ago(one["days_ago"])) for one in case.get("choices", ())]
    return tuple(
        Adjustment(f"c{place}", one["kind"], one["exercise"], one["value"], at.date(), at)
        for place, (one, at) in enumerate(given)
    )


def done(uid: str, days_ago: int, plan: dict[str, Any], skipped: tuple[str, ...] = ()) -> list[Completion]:
    """Every part of the plan completed but those of the skipped exercises."""
    return [
        Completion(
            uid, phase["index"], phase["step"], phase["exercise"], phase["side"], phase["set"],
            "skipped" if phase["exercise"] in skipped else "completed", 1.0, ago(days_ago, 10),
        )
        for phase in plan["phases"]
        if phase["kind"] in ("hold", "move")
    ]  # fmt: skip


def history_of(case: dict[str, Any], response: Response, choices: tuple[Adjustment, ...]) -> History:
    sessions, completions, ratings = [], [], []
    for place, one in enumerate(case.get("sessions", ())):
        uid, at = f"s{place}", ago(one["days_ago"], 10)
        then = adapted(response, History(), tuple(choice for choice in choices if choice.at < at), at.date())
        assert isinstance(then, Adapted)
        plan = plan_of(tuple(s for s in then.routine.steps if s.exercise.id not in one.get("without", ())))
        completions += done(uid, one["days_ago"], plan, tuple(one.get("skipped", ())))
        session = Session(uid, at.date(), at, "UTC", plan, one["before"], one["after"], one["effort"], finished_at=at)
        sessions.append(session)
        ratings.append(PainEntry(f"{uid}:before", at.date(), at, one["before"], "before_session"))
        ratings.append(PainEntry(f"{uid}:after", at.date(), at, one["after"], "after_session"))
    check_ins = [
        CheckIn(f"i{place}", ago(one["days_ago"]).date(), ago(one["days_ago"]), "UTC", nrs=one["nrs"],
                flare=one.get("flare", False))
        for place, one in enumerate(case.get("check_ins", ()))
    ]  # fmt: skip
    ratings += [PainEntry(one.uid, one.day, one.at, one.nrs or 0, "check_in") for one in check_ins]
    hurts = [hurt(place, one) for place, one in enumerate(case.get("hurts", ()))]
    return History(tuple(sessions), tuple(completions), tuple(hurts), tuple(check_ins), tuple(ratings))


def outcome(case: dict[str, Any]) -> Adapted:
    answers = person({"answers": case.get("answers", {})})
    assert all(item.problem(answers[item.id]) is None for item in CATALOGUE.questionnaire.items if item.id in answers)
    response = response_of({"answers": case.get("answers", {})})
    choices = choices_of(case)
    result = adapted(response, history_of(case, response, choices), choices)
    assert isinstance(result, Adapted)
    return result


@pytest.mark.parametrize("case", HISTORIES, ids=lambda case: case["name"])
def test_a_clinician_would_agree_with_what_changes(case: dict[str, Any]) -> None:
    assert set(case) <= KEYS
    result = outcome(case)
    steps = {step.exercise.id: step for step in result.routine.steps}
    assert list(steps) == case.get("steps", list(steps))
    assert set(case.get("has", ())) <= set(steps)
    assert not set(case.get("lacks", ())) & set(steps)
    assert sorted(change.rule for change in result.changes) == case["changes"]
    for exercise, dose in case.get("dose", {}).items():
        found = steps[exercise]
        assert {key: found.form if key == "form" else getattr(found.dose, key) for key in dose} == dose
    wanted = case.get("proposal")
    assert (result.proposal is not None) == (wanted is not None), result.proposal
    if wanted and result.proposal:
        one = result.proposal
        assert (one.next.rule, one.exercise) == (wanted["rule"], wanted["exercise"])
        assert {key: getattr(one.next.dose, key) for key in wanted if key in ("sets", "reps", "hold_s")} == {
            key: wanted[key] for key in wanted if key in ("sets", "reps", "hold_s")
        }
        assert one.next.form == wanted.get("form", 0)
        assert len(one.evidence) == T["progress_sessions"]


def test_each_rule_has_its_words_and_each_change_fills_them_in() -> None:
    seen = set()
    for case in HISTORIES:
        result = outcome(case)
        changes = [(change.rule, change.facts) for change in result.changes]
        if result.proposal:
            changes.append((result.proposal.next.rule, result.proposal.facts))
        for rule, facts in changes:
            seen.add(rule)
            asked = {name for _, name, _, _ in Formatter().parse(CATALOGUE.adaptation[rule].text) if name}
            assert asked <= {*facts, "name", "form"}, rule
    only_by_chance = {"harder_exercise", "muscle_left_out", "widen_offer"}
    in_the_player = {"now_easier", "now_swapped", "now_left_out", "now_spread", "now_stop"}
    assert set(CATALOGUE.adaptation) - seen == only_by_chance | in_the_player


days = st.integers(0, 20)
names = st.sampled_from(sorted(EXERCISES))
places = st.sampled_from(["muscle", "muscle", "down_leg", "tingling"])
hurts = st.fixed_dictionaries({"days_ago": days, "exercise": names, "where": places, "phase": st.integers(0, 9)}).map(
    lambda one: hurt(0, one)
)
values = st.fixed_dictionaries(
    {}, optional={"sets": st.integers(0, 99), "reps": st.integers(0, 99), "hold_s": st.integers(0, 999),
                  "form": st.integers(-9, 9)}
)  # fmt: skip
choices = st.one_of(
    st.tuples(st.just("dose"), names, values),
    st.tuples(st.just("swap"), names, names.map(lambda name: {"to": name})),
    st.tuples(st.just("leave_out"), names, st.just({})),
    st.tuples(st.just("order"), st.just(""), st.lists(names, max_size=5).map(lambda order: {"exercises": order})),
    st.tuples(st.just("restore"), st.just(""), st.just({})),
    st.tuples(st.just("widen"), st.just(""), st.just({})),
).map(lambda one: {"kind": one[0], "exercise": one[1], "value": one[2], "days_ago": 1})
flares = st.builds(lambda days_ago: {"days_ago": days_ago, "nrs": 6, "flare": True}, days)
rises = st.builds(lambda days_ago: {"days_ago": days_ago, "before": 1, "after": 6, "effort": 9}, days)


def told(found: list[Hurt], case: dict[str, Any], response: Response) -> History:
    base = history_of(case, response, ())
    ordered = tuple(sorted(found, key=lambda one: one.at))
    return History(base.sessions, base.completions, ordered, base.check_ins, base.ratings)


@settings(max_examples=250, deadline=None)
@given(people, st.lists(hurts, max_size=6), st.lists(choices, max_size=6), st.lists(flares, max_size=2))
def test_whatever_happened_the_routine_stays_within_its_limits(
    answers: dict[str, Any], found: list[Hurt], chosen: list[dict[str, Any]], flared: list[dict[str, Any]]
) -> None:
    response = Response(answers)
    base, picked = recommended(response), choices_of({"choices": chosen})
    result = adapted(response, told(found, {"check_ins": flared}, response), picked)
    if isinstance(base, Withheld):
        assert result == base or isinstance(result, Withheld), "nothing goes round the gate"
        return
    assert isinstance(result, Adapted)
    steps = result.routine.steps
    ids = [step.exercise.id for step in steps]
    ordered = sorted(found, key=lambda one: one.at)
    away = pain_rules.resting(pain_rules.absences(ordered, EXERCISES, TODAY, T), EXERCISES)
    assert len(set(ids)) == len(ids)
    assert not set(ids) & {out.exercise for out in base.excluded}, "never an excluded exercise"
    assert not set(ids) & away, "never what sent pain down the leg"
    assert minutes(steps, T) == result.routine.minutes <= response.number("time_minutes")
    assert len(steps) <= max(4, len(base.steps))
    for step in steps:
        for key in ("sets", amount(step.dose)):
            least, most = span(step.exercise, key)
            value = getattr(step.dose, key)
            assert value <= most
            assert value >= least or (key == "sets" and value >= 1)
        if "nrs_now" in step.because:
            assert step.dose.sets == 1
    before = adapted(response, told(found, {}, response))
    assert isinstance(before, Adapted)
    if before.routine.steps:
        assert steps, "a choice never takes the last exercise away"
    if base.steps and not away:
        assert steps, "at least one stays"
    assert result.proposal is None or result.proposal.next.to in {"", *result.allowed}
    names = {one.name: one.id for one in EXERCISES.values()}
    for change in (*result.wider, *(one for one in result.changes if one.rule.startswith("widen"))):
        came = names.get(change.facts.get("instead")) or change.exercise  # type: ignore[call-overload]
        assert came == "" or came in result.allowed, "a wider plan brings nothing that is ruled out"


@settings(max_examples=100, deadline=None)
@given(people, st.lists(hurts, max_size=4), st.lists(choices, max_size=5), choices)
def test_undo_and_restore_bring_back_exactly_what_was(
    answers: dict[str, Any], found: list[Hurt], chosen: list[dict[str, Any]], last: dict[str, Any]
) -> None:
    response = Response(answers)
    history = told(found, {}, response)
    one_more = choices_of({"choices": [*chosen, last]})
    assert adapted(response, history, one_more[:-1]) == adapted(response, history, choices_of({"choices": chosen}))
    restored = choices_of({"choices": [*chosen, last, {"kind": "restore", "exercise": "", "value": {}, "days_ago": 0}]})
    plain = adapted(response, history)
    assert adapted(response, history, restored) == plain
    assert not standing(restored).any


@settings(max_examples=200, deadline=None)
@given(people, st.lists(hurts, max_size=3), st.data())
def test_a_session_goes_on_without_what_hurt_and_keeps_what_was_played(
    answers: dict[str, Any], found: list[Hurt], data: st.DataObject
) -> None:
    response = Response(answers)
    today = adapted(response, told(found, {}, response))
    if isinstance(today, Withheld) or not today.routine.steps:
        return
    plan = plan_of(today.routine.steps, today.allowed)
    assert session_plan.steps_of(plan, EXERCISES) == tuple(
        session_plan._read(one, EXERCISES[one["exercise"]]) for one in plan["steps"]
    )
    for turn in range(data.draw(st.integers(1, 3))):
        phases = plan["phases"]
        at = data.draw(st.integers(0, len(phases) - 1))
        last = data.draw(st.integers(-1, min(at + 2, len(phases) - 1)))
        played = [phase["index"] for phase in phases[: last + 1] if phase["kind"] in ("hold", "move")]
        where = data.draw(st.sampled_from(["muscle", "down_leg", "tingling"]))
        exercise, step = phases[at]["exercise"], phases[at]["step"]
        report = Hurt("now", f"{at}:hurt:{turn}", at, step, exercise, where, TODAY, ago(0))
        found = [*found, report]
        steps = session_plan.steps_of(plan, EXERCISES)
        reply = pain_rules.reply(report, steps, bool(played), found, plan["allowed"], EXERCISES, response, T)
        timing = Timing.of(T)
        new = session_plan.exchanged(plan, at, played, reply.instead, reply.without, EXERCISES, timing, T)
        kept = max((at, *played)) + 1
        assert new["phases"][:kept] == phases[:kept], "what was played stays"
        assert new["phases"][kept:] == [] or new["phases"][kept]["step"] >= phases[kept - 1]["step"]
        assert [phase["index"] for phase in new["phases"]] == list(range(len(new["phases"])))
        assert {phase["step"] for phase in new["phases"]} <= set(range(len(new["steps"])))
        assert all(new["steps"][phase["step"]]["exercise"] == phase["exercise"] for phase in new["phases"])
        assert {phase["exercise"] for phase in new["phases"][kept:]} <= set(plan["allowed"])
        if step == phases[kept - 1]["step"]:
            assert not {phase["exercise"] for phase in new["phases"][kept:]} & reply.without
        before = sum(phase["seconds"] or 0 for phase in phases)
        assert sum(phase["seconds"] or 0 for phase in new["phases"]) <= before + 3, "no longer than before"
        if where == "tingling":
            assert reply.instead is None
            return
        plan = new


def test_the_well_person_of_these_cases_is_the_one_the_file_describes() -> None:
    base = recommended(response_of({"answers": {}}))
    assert isinstance(base, Routine)
    assert [step.exercise.id for step in base.steps] == HISTORIES[0]["steps"]
    assert person({"answers": {}})["time_minutes"] == 15
