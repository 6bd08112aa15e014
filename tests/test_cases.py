"""Every case of tests/cases: a person, and what a clinician reading the sources expects for them."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from unpinch.assess_command import evaluate
from unpinch.catalogue import Catalogue, load
from unpinch.findings import RULES
from unpinch.questionnaire import Response, missing

CASES = Path(__file__).parent / "cases"
KEYS = {
    "name", "source", "answers", "without", "urgency", "findings", "not_findings", "status", "pattern",
    "must", "must_not", "excluded", "not_excluded", "habits", "not_habits", "max_steps", "max_minutes",
    "dose", "sides",
}  # fmt: skip


def person(case: dict[str, Any]) -> dict[str, Any]:
    """The well person's answers with what the case changes."""
    well = tomllib.loads((CASES / "well.toml").read_text("utf-8"))["answers"]
    answers = well | case["answers"]
    return {item: answer for item, answer in answers.items() if item not in case.get("without", ())}


def response_of(case: dict[str, Any]) -> Response:
    """The answers of a case as the rules read them."""
    return Response({item: tuple(value) if isinstance(value, list) else value for item, value in person(case).items()})


def read_cases() -> list[Any]:
    """Each [[case]] of each file, named by its file and its sentence."""
    return [
        pytest.param(case, id=f"{path.stem}: {case['name']}")
        for path in sorted(CASES.glob("*.toml"))
        for case in tomllib.loads(path.read_text("utf-8")).get("case", ())
    ]


ALL = [case.values[0] for case in read_cases()]
CATALOGUE: Catalogue = load()


@pytest.mark.parametrize("case", read_cases())
def test_a_clinician_would_agree(case: dict[str, Any]) -> None:
    result = evaluate(response_of(case), CATALOGUE)
    routine, found = result["routine"], {finding["id"] for finding in result["findings"]}
    steps = {step["exercise"]: step for step in routine["steps"]}
    excluded = {out["exercise"] for out in routine["excluded"]}
    habits = {change["habit"] for change in routine["habits"]}

    assert result["urgency"] == case["urgency"], found
    assert set(case.get("findings", ())) <= found
    assert not set(case.get("not_findings", ())) & found
    assert routine["status"] == case.get("status", routine["status"]), routine["because"]
    if "pattern" in case:
        assert (result["pattern"]["match"] if result["pattern"] else "none") == case["pattern"]
    assert set(case.get("must", ())) <= set(steps)
    assert not set(case.get("must_not", ())) & set(steps)
    assert set(case.get("excluded", ())) <= excluded
    assert not set(case.get("not_excluded", ())) & excluded
    assert set(case.get("habits", ())) <= habits
    assert not set(case.get("not_habits", ())) & habits
    assert len(steps) <= case.get("max_steps", 4)
    assert routine["minutes"] <= case.get("max_minutes", case["answers"].get("time_minutes", 15))
    for exercise, dose in case.get("dose", {}).items():
        assert {key: steps[exercise][key] for key in dose} == dose
    for exercise, side in case.get("sides", {}).items():
        assert steps[exercise]["side"] == side


def test_there_are_enough_cases_and_each_is_named_once() -> None:
    names = [case["name"] for case in ALL]
    assert len(names) >= 120
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("case", read_cases())
def test_a_case_can_be_read(case: dict[str, Any]) -> None:
    """Its keys, its source, and every answer in it are known, and nothing needed is left out."""
    assert set(case) <= KEYS
    assert {"name", "source", "answers", "urgency"} <= set(case)
    assert case["source"] in CATALOGUE.sources
    items = {item.id: item for item in CATALOGUE.questionnaire.items}
    for item, answer in person(case).items():
        assert items[item].problem(answer) is None
    unanswered = {item.id for item in missing(CATALOGUE.questionnaire, response_of(case).answers)}
    assert unanswered <= {item.id for item in items.values() if item.added}
    rules = {rule.__name__ for rule in RULES}
    assert {*case.get("findings", ()), *case.get("not_findings", ())} <= rules
    for key in ("must", "must_not", "excluded", "not_excluded", "dose", "sides"):
        assert set(case.get(key, ())) <= set(CATALOGUE.exercises)
    assert {*case.get("habits", ()), *case.get("not_habits", ())} <= set(CATALOGUE.habits)


def _named(key: str) -> set[str]:
    return {name for case in ALL for name in case.get(key, ())}


def test_every_rule_has_a_case_on_each_side_of_its_line() -> None:
    rules = {rule.__name__ for rule in RULES}
    assert rules - _named("findings") == set()
    assert rules - _named("not_findings") == set()


def test_every_exercise_is_recommended_somewhere_and_ruled_out_elsewhere() -> None:
    assert set(CATALOGUE.exercises) - _named("must") == set()
    assert set(CATALOGUE.exercises) - _named("must_not") == set()


def test_every_habit_is_suggested_somewhere_and_not_elsewhere() -> None:
    assert set(CATALOGUE.habits) - _named("habits") == set()
    assert set(CATALOGUE.habits) - _named("not_habits") == set()


def test_every_caution_that_rules_something_out_does_so_in_a_case() -> None:
    removing = {caution for exercise in CATALOGUE.exercises.values() for caution in exercise.excluded_by}
    seen = {
        finding for case in ALL if case.get("excluded") or case.get("must_not") for finding in case.get("findings", ())
    }
    assert removing - seen == set()
