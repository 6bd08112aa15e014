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
    "name", "source", "answers", "without", "urgency", "findings", "not_findings", "status", "pattern", "must",
    "must_not", "excluded", "not_excluded", "habits", "not_habits", "max_steps", "max_minutes", "dose", "sides",
}  # fmt: skip


def person(case: dict[str, Any]) -> dict[str, Any]:
    """The well person's answers with what the case changes."""
    well = tomllib.loads((CASES / "well.toml").read_text("utf-8"))["answers"]
    answers = well | case["answers"]
    return {item: answer for item, answer in answers.items() if item not in case.get("without", ())}


def response_of(case: dict[str, Any]) -> Response:
    """The answers of a case as the rules read them."""
    return Response(
        {item: tuple(value) if isinstance(value, list) else value for item, value in person(case).items()}
    )


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
