"""`unpinch assess`: the public JSON in and out, and every kind of bad input."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.test_cases import CATALOGUE, person
from unpinch import assess_command

REPO = Path(__file__).resolve().parents[1]
WELL = person({"answers": {}})
ITEM_IDS = {item.id for item in CATALOGUE.questionnaire.items}


def run(path: str | Path) -> tuple[int, str, str]:
    """Exit status, what was printed, and what was said about mistakes."""
    out, err = io.StringIO(), io.StringIO()
    status = assess_command.main(str(path), out, err)
    return status, out.getvalue(), err.getvalue()


def refused(tmp_path: Path, content: str | bytes) -> list[str]:
    """The lines that bad content is refused with; nothing is printed and the exit status is 2."""
    path = tmp_path / "answers.json"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    status, printed, said = run(path)
    assert status == 2
    assert printed == ""
    lines = said.splitlines()
    assert lines
    assert all(line.startswith("unpinch assess: ") for line in lines)
    return [line.removeprefix("unpinch assess: ") for line in lines]


def accepted(tmp_path: Path, answers: dict[str, Any]) -> dict[str, Any]:
    path = tmp_path / "answers.json"
    path.write_text(json.dumps(answers), "utf-8")
    status, printed, said = run(path)
    assert (status, said) == (0, "")
    result: dict[str, Any] = json.loads(printed)
    return result


def assert_shape(result: dict[str, Any]) -> None:
    """The keys and types of the data dictionary, to the letter."""
    assert list(result) == ["urgency", "findings", "pattern", "routine"]
    assert result["urgency"] in ("emergency", "urgent", "see_clinician", "self_care")
    for finding in result["findings"]:
        assert list(finding) == ["id", "urgency", "because", "sources"]
        assert finding["urgency"] in ("emergency", "urgent", "see_clinician", "self_care")
        assert set(finding["because"]) <= ITEM_IDS
        assert set(finding["sources"]) <= set(CATALOGUE.sources)
    if result["pattern"] is not None:
        assert list(result["pattern"]) == ["match", "has", "lacks", "against"]
        assert result["pattern"]["match"] in ("consistent", "partial", "unlikely")
        assert all(isinstance(result["pattern"][key], list) for key in ("has", "lacks", "against"))
    routine = result["routine"]
    assert list(routine) == ["status", "because", "steps", "excluded", "habits", "minutes"]
    assert routine["status"] in ("blocked", "hold_until_seen", "allowed_modified", "allowed")
    assert set(routine["because"]) <= {finding["id"] for finding in result["findings"]}
    for step in routine["steps"]:
        assert list(step) == [
            "exercise", "side", "sets", "reps", "hold_s", "rest_s", "because", "sources",
        ]  # fmt: skip
        assert step["side"] in ("left", "right", "both")
        assert (step["reps"] is None) is not (step["hold_s"] is None)
        assert all(type(step[key]) is int for key in ("sets", "rest_s"))
        assert all(type(step[key]) in (int, type(None)) for key in ("reps", "hold_s"))
        assert set(step["because"]) <= ITEM_IDS
    for out in routine["excluded"]:
        assert list(out) == ["exercise", "because"]
        assert set(out["because"]) <= ITEM_IDS
    for change in routine["habits"]:
        assert list(change) == ["habit", "because"]
        assert set(change["because"]) <= ITEM_IDS
    assert type(routine["minutes"]) is float


def test_a_plain_person_gets_every_part_of_the_answer(tmp_path: Path) -> None:
    result = accepted(tmp_path, WELL)
    assert_shape(result)
    assert result["urgency"] == "self_care"
    assert result["pattern"]["match"] == "consistent"
    assert result["routine"]["steps"]


@pytest.mark.parametrize("sign", [{"fever": "yes"}, {"saddle_numbness": "new"}, {"lump": "yes"}, {"nrs_now": 9}])
def test_the_shape_stays_the_same_for_every_urgency(tmp_path: Path, sign: dict[str, Any]) -> None:
    result = accepted(tmp_path, WELL | sign)
    assert_shape(result)
    assert (result["pattern"] is None) is (result["urgency"] in ("emergency", "urgent"))


def test_answers_may_come_in_any_order_with_null_for_what_is_not_known(tmp_path: Path) -> None:
    turned = dict(reversed(WELL.items()))
    unknown = dict.fromkeys(
        ("sex", "side", "tender_deep_buttock", "figure4_reproduces", "crossing_leg_difficult",
         "foot_turns_out_lying", "sitting_hours")
    )  # fmt: skip
    assert_shape(accepted(tmp_path, turned | unknown))


def test_hours_may_be_halves_and_whole_numbers_may_be_written_with_a_point(tmp_path: Path) -> None:
    assert_shape(accepted(tmp_path, WELL | {"sitting_hours": 7.5, "drives_hours": 0.5, "age": 42.0}))


def test_what_cannot_apply_may_be_left_out(tmp_path: Path) -> None:
    man = {item: answer for item, answer in WELL.items() if item not in ("pregnancy", "cyclical_with_periods")}
    assert_shape(accepted(tmp_path, man | {"sex": "male"}))


def test_every_item_added_later_may_be_missing_or_given(tmp_path: Path) -> None:
    added = [item for item in CATALOGUE.questionnaire.items if item.added]
    assert added
    assert not {item.id for item in added} & set(WELL)
    given = {item.id: "no" for item in added}
    assert accepted(tmp_path, WELL | given)["urgency"] == "self_care"


def test_a_file_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    path = tmp_path / "answers.json"
    path.write_text(json.dumps(WELL), "utf-8-sig")
    assert run(path)[0] == 0


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"fevr": "yes"}, ["fevr", "fever"]),
        ({"fever": "maybe"}, ["fever", "'maybe'", "yes, no, unsure"]),
        ({"fever": True}, ["fever", "True", "yes, no, unsure"]),
        ({"fever": ["yes"]}, ["fever", "['yes']"]),
        ({"fever": {"answer": "yes"}}, ["fever"]),
        ({"fever": 1}, ["fever", "1"]),
        ({"age": True}, ["age", "True", "0 to 120"]),
        ({"age": "42"}, ["age", "'42'", "number"]),
        ({"age": [42]}, ["age", "[42]", "number"]),
        ({"age": 42.5}, ["age", "42.5", "whole"]),
        ({"age": -1}, ["age", "-1", "0 to 120"]),
        ({"age": 121}, ["age", "121", "0 to 120"]),
        ({"nrs_now": 11}, ["nrs_now", "11", "0 to 10"]),
        ({"drives_hours": 24.5}, ["drives_hours", "24.5", "0 to 24"]),
        ({"time_minutes": 0}, ["time_minutes", "0", "1 to 120"]),
        ({"pain_sites": "buttock"}, ["pain_sites", "'buttock'", "list"]),
        ({"pain_sites": ["buttock", "elbow"]}, ["pain_sites", "'elbow'", "low_back"]),
        ({"pain_sites": ["buttock", 3]}, ["pain_sites", "3"]),
        ({"pain_sites": ["buttock", ["foot"]]}, ["pain_sites", "['foot']"]),
        ({"pain_sites": ["buttock", "buttock"]}, ["pain_sites", "twice"]),
        ({"pain_sites": None}, ["pain_sites", "no answer"]),
        ({"fever": None}, ["fever", "warning sign", "no answer"]),
        ({"weeks": None}, ["weeks", "no answer"]),
        ({"pregnancy": None}, ["pregnancy", "no answer"]),
    ],
)  # fmt: skip
def test_a_wrong_answer_is_named_with_what_would_be_right(
    tmp_path: Path, change: dict[str, Any], named: list[str]
) -> None:
    (line,) = refused(tmp_path, json.dumps(WELL | change))
    assert all(word in line for word in named), line


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e400", "-1e400", "1" + "0" * 400])
@pytest.mark.parametrize("item", ["nrs_now", "sitting_hours"])
def test_a_number_that_is_none_is_refused(tmp_path: Path, item: str, number: str) -> None:
    text = json.dumps(WELL | {item: 12345}).replace("12345", number)
    (line,) = refused(tmp_path, text)
    assert line.startswith(f"{item}: ")


def test_a_number_of_ten_thousand_digits_is_refused(tmp_path: Path) -> None:
    refused(tmp_path, json.dumps(WELL | {"age": 12345}).replace("12345", "9" * 10_000))


def test_an_answer_given_twice_is_refused_even_if_both_agree(tmp_path: Path) -> None:
    text = json.dumps(WELL)
    (line,) = refused(tmp_path, text[:-1] + ', "fever": "no", "fever": "no"}')
    assert "fever: appears more than once" in line


def test_an_answer_given_twice_inside_another_object_is_refused_too(tmp_path: Path) -> None:
    lines = refused(tmp_path, json.dumps(WELL)[:-1] + ', "age": {"years": 1, "years": 2}}')
    assert any("years: appears more than once" in line for line in lines)
    assert any(line.startswith("age: ") for line in lines)


def test_all_mistakes_are_named_at_once(tmp_path: Path) -> None:
    wrong = WELL | {"fever": "maybe", "age": "old", "pain_sites": ["elbow"], "shoe_size": 43, "limp": None}
    del wrong["saddle_numbness"]
    lines = refused(tmp_path, json.dumps(wrong))
    assert {line.split(":")[0] for line in lines} == {
        "fever", "age", "pain_sites", "shoe_size", "limp", "saddle_numbness",
    }  # fmt: skip


@pytest.mark.parametrize("item", [item.id for item in CATALOGUE.questionnaire.warning_signs if not item.added])
def test_a_missing_warning_sign_is_named(tmp_path: Path, item: str) -> None:
    (line,) = refused(tmp_path, json.dumps({key: value for key, value in WELL.items() if key != item}))
    assert line.startswith(f"{item}: is a warning sign and has no answer")


def test_nothing_answered_names_everything_that_must_be(tmp_path: Path) -> None:
    named = {line.split(":")[0] for line in refused(tmp_path, "{}")}
    assert {item.id for item in CATALOGUE.questionnaire.warning_signs if not item.added} <= named


@pytest.mark.parametrize(
    "content",
    ["", " \n", "[]", "null", "3", '"yes"', "{", "{}{}", "{'fever': 'no'}", '{"fever": "no",}', "fever = no"],
)
def test_what_is_no_object_of_answers_is_refused_in_one_line(tmp_path: Path, content: str) -> None:
    (line,) = refused(tmp_path, content)
    assert "this is not" in line


def test_a_list_of_answers_is_not_an_object(tmp_path: Path) -> None:
    (line,) = refused(tmp_path, json.dumps([WELL]))
    assert "not an object" in line


@pytest.mark.parametrize("content", [b"\xff\xfe{\x00}\x00", b'{"fever": "\xe9"}', b"\x80"])
def test_what_is_not_utf8_is_refused(tmp_path: Path, content: bytes) -> None:
    (line,) = refused(tmp_path, content)
    assert "not UTF-8" in line


@pytest.mark.parametrize("depth", [500, 5_000, 200_000])
@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a":', "}")])
def test_deep_nesting_is_refused(tmp_path: Path, depth: int, opening: str, closing: str) -> None:
    nest = opening * depth + "1" + closing * depth
    lines = refused(tmp_path, json.dumps(WELL)[:-1] + f', "age": {nest}}}')
    assert all(len(line) < 3_000 for line in lines)


def test_strange_names_are_escaped_and_cut(tmp_path: Path) -> None:
    strange = json.dumps(WELL | {"\ud800": 1, "\x1b[2J": 2, "line\nbreak": 3, "x" * 5_000 + " ": 4})
    lines = refused(tmp_path, strange)
    assert len(lines) == 4
    assert all(line.isprintable() and len(line) < 3_000 for line in lines)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    status, printed, said = run(tmp_path / "none.json")
    assert (status, printed) == (2, "")
    assert "none.json: No such file" in said


def test_a_folder_is_no_file_of_answers(tmp_path: Path) -> None:
    status, printed, said = run(tmp_path)
    assert (status, printed) == (2, "")
    assert "directory" in said


def command(*arguments: str, given: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    program = "import sys; from unpinch.cli import main; sys.exit(main(sys.argv[1:]))"
    return subprocess.run(
        [sys.executable, "-c", program, "assess", *arguments],
        input=given,
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(REPO), **environment},
        check=False,
    )


def test_the_command_reads_standard_input() -> None:
    done = command("-", given=json.dumps(WELL).encode())
    assert (done.returncode, done.stderr) == (0, b"")
    assert_shape(json.loads(done.stdout))


@pytest.mark.parametrize("given", [b"", b"\xff", b"[]", b"\xef\xbb\xbf{}"])
def test_the_command_refuses_bad_standard_input(given: bytes) -> None:
    done = command("-", given=given, LC_ALL="C")
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.startswith(b"unpinch assess: ")
    assert b"Traceback" not in done.stderr


def test_the_command_says_strange_names_in_any_locale() -> None:
    done = command("-", given=json.dumps({"\ud800é": 1}).encode(), LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr


def test_the_command_loads_nothing_of_the_pages_nor_of_the_store(tmp_path: Path) -> None:
    path = tmp_path / "answers.json"
    path.write_text(json.dumps(WELL), "utf-8")
    heavy = "{'streamlit', 'pandas', 'altair', 'numpy', 'sqlite_utils', 'starlette'}"
    program = (
        "import sys; from unpinch.cli import main; assert main(['assess', sys.argv[1]]) == 0;"
        f"print(sorted({heavy} & set(sys.modules)), file=sys.stderr)"
    )
    environment = {**os.environ, "PYTHONPATH": str(REPO)}
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr.splitlines()[-1] == "[]"
