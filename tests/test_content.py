"""What clinicians wrote: it can be read, each table agrees with the others, and each mistake is named with its mend."""

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from unpinch import catalogue
from unpinch.cautions import CAUTION_RULES
from unpinch.cross_check import cross_check
from unpinch.findings import RULES, Urgency
from unpinch.indications import EXERCISE_INDICATIONS, HABIT_INDICATIONS
from unpinch.paths import CONTENT
from unpinch.questionnaire import Condition, Kind
from unpinch.table import ContentError

REPO = Path(__file__).parents[1]
WHOLE = catalogue.load()
LESSONS = catalogue.lessons()
DICTIONARY = tomllib.loads((REPO / "tests/cases/dictionary.toml").read_text("utf-8"))
ITEMS = {item.id: item for item in WHOLE.questionnaire.items}


def test_no_table_contradicts_another() -> None:
    assert cross_check(WHOLE, LESSONS, catalogue.figures()) == ()


def test_rules_and_findings_are_the_same_ids_once_each() -> None:
    names = [rule.__name__ for rule in RULES]
    assert len(set(names)) == len(names)
    assert set(names) == set(WHOLE.findings)
    assert all(rule.__doc__ for rule in RULES)


def test_exercises_and_habits_are_the_ids_of_the_dictionary_and_of_the_indications() -> None:
    assert set(WHOLE.exercises) == set(DICTIONARY["exercises"]) == set(EXERCISE_INDICATIONS)
    assert set(WHOLE.habits) == set(DICTIONARY["habits"]) == set(HABIT_INDICATIONS)


@pytest.mark.parametrize("item", sorted(DICTIONARY["items"]))
def test_every_published_item_keeps_its_id_its_codes_and_its_kind(item: str) -> None:
    published, asked = DICTIONARY["items"][item], ITEMS[item]
    assert asked.kind == published["kind"]
    assert set(published.get("codes", ())) <= set(asked.codes)
    assert asked.optional is published.get("optional", False)
    assert asked.warning_sign is published.get("warning_sign", False)
    assert not asked.added


def test_every_item_that_was_not_published_at_first_may_be_missing() -> None:
    assert {item.id for item in ITEMS.values() if item.added} == set(ITEMS) - set(DICTIONARY["items"])


def test_warning_signs_are_asked_before_anything_else() -> None:
    pages = [screen.id for screen in WHOLE.questionnaire.screens]
    asked = [item.page for item in ITEMS.values() if item.warning_sign and not item.added]
    others = [item.page for item in ITEMS.values() if not item.warning_sign]
    assert max(map(pages.index, asked)) < min(map(pages.index, others))


def test_what_is_excluded_is_excluded_by_cautions_that_only_caution() -> None:
    for rule in CAUTION_RULES:
        assert WHOLE.findings[rule.__name__].urgency is Urgency.SELF_CARE
    for exercise in WHOLE.exercises.values():
        assert set(exercise.excluded_by) <= {rule.__name__ for rule in CAUTION_RULES}


TABLE_OF_EXCLUSIONS: dict[str, set[str]] = {
    "hip_replacement_precautions": {
        "seated_figure4_stretch", "supine_figure4_stretch", "standing_figure4_stretch", "hip_twist_stretch",
        "side_stretch", "frog_press_strengthener", "ball_release_seated", "ball_release_lying", "clamshell",
        "hip_hinge", "knee_to_opposite_shoulder",
    },
    "hip_replacement_cleared": {"hip_twist_stretch", "side_stretch"},
    "hip_joint_picture": {"hip_twist_stretch", "side_stretch", "standing_figure4_stretch"},
    "pregnancy_caution": {
        "frog_press_strengthener", "standing_figure4_stretch", "hip_twist_stretch", "side_stretch",
        "ball_release_lying", "supine_figure4_stretch", "glute_bridge", "knee_to_opposite_shoulder",
    },
    "anticoagulant_caution": {"ball_release_seated", "ball_release_lying"},
    "numb_buttock_skin": {"ball_release_seated", "ball_release_lying"},
    "bruised_buttock": {"ball_release_seated", "ball_release_lying"},
    "local_skin_or_lump": {"ball_release_seated", "ball_release_lying"},
    "lateral_hip_picture": {
        "seated_figure4_stretch", "supine_figure4_stretch", "standing_figure4_stretch", "hip_twist_stretch",
        "side_stretch", "ball_release_lying", "ball_release_seated", "knee_to_opposite_shoulder", "clamshell",
    },
    "sit_bone_picture": {"seated_figure4_stretch", "standing_figure4_stretch", "ball_release_seated"},
    "tailbone_picture": {"ball_release_seated"},
    "knee_caution": {"hip_twist_stretch", "standing_figure4_stretch", "seated_figure4_stretch"},
    "balance_caution": {"standing_figure4_stretch", "band_walk"},
    "balance_without_chair": {"belly_dancer_stretch"},
    "severe_pain": {
        "ball_release_seated", "ball_release_lying", "glute_bridge", "clamshell", "frog_press_strengthener",
        "isometric_glute_squeeze", "band_walk", "hip_hinge", "standing_figure4_stretch", "hip_twist_stretch",
    },
    "back_dominant_caution": {"hip_twist_stretch", "side_stretch"},
    "back_extension_sensitive": {"frog_press_strengthener"},
    "groin_pain_caution": {"frog_press_strengthener"},
    "fragile_bone": {"hip_twist_stretch", "side_stretch"},
}  # fmt: skip
"""What each health condition must take away, whatever else is written. More may be taken, never less."""


@pytest.mark.parametrize("caution", sorted(TABLE_OF_EXCLUSIONS))
def test_each_condition_takes_away_at_least_what_it_must(caution: str) -> None:
    taken = {name for name, exercise in WHOLE.exercises.items() if caution in exercise.excluded_by}
    assert TABLE_OF_EXCLUSIONS[caution] <= taken


def test_every_exercise_has_cues_errors_stop_rules_and_an_easier_and_a_harder_form() -> None:
    for exercise in WHOLE.exercises.values():
        for part in ("cues", "errors", "stop_if", "easier", "harder", "doses_by_source", "instructions"):
            assert getattr(exercise, part), (exercise.id, part)
        assert "car" not in exercise.settings


def test_no_stretch_asks_for_more_than_four_minutes_a_muscle() -> None:
    for exercise in WHOLE.exercises.values():
        if exercise.family == "stretch" and exercise.dose.hold_s:
            longest, most = exercise.limits["hold_s"][1], exercise.limits["sets"][1]
            assert longest <= 60
            assert longest * most <= 240


def strings_of_the_code() -> set[str]:
    """Every text constant in unpinch/ and pages/."""
    files = [*(REPO / "unpinch").rglob("*.py"), *(REPO / "pages").rglob("*.py")]
    trees = (ast.parse(file.read_text("utf-8")) for file in files)
    constants = (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return {node.value for node in constants if isinstance(node.value, str)}


def test_every_threshold_is_used() -> None:
    assert set(WHOLE.thresholds) - strings_of_the_code() == set()


def test_every_threshold_that_the_rules_read_is_written() -> None:
    read = set()
    for file in (REPO / "unpinch").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
                named = getattr(node.value, "id", getattr(node.value, "attr", ""))
                read |= {node.slice.value} if named in ("t", "thresholds") else set()
    assert read
    assert read - set(WHOLE.thresholds) == set()


FORBIDDEN = re.compile(r"diagnose you|\bcures?\b|clinically proven|safe for everyone|guarantee|!(?!=)", re.IGNORECASE)


def texts(value: Any) -> Iterator[str]:
    """Every text inside a parsed file."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from texts(inner)


@pytest.mark.parametrize("path", sorted(CONTENT.rglob("*.toml")), ids=lambda path: path.stem)
def test_the_wording_promises_nothing_and_does_not_shout(path: Path) -> None:
    for text in texts(tomllib.loads(path.read_text("utf-8"))):
        assert not FORBIDDEN.search(text), text


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of content/ that a test may spoil."""
    return Path(shutil.copytree(CONTENT, tmp_path / "content"))


def spoil(path: Path, before: str, after: str) -> None:
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), "utf-8")


@pytest.mark.parametrize(
    ("file", "before", "after", "place", "problem"),
    [
        ("findings.toml", 'urgency = "emergency"', 'urgency = "now"', "cauda_equina_saddle.urgency", "not known"),
        ("findings.toml", 'urgency = "emergency"\n', "", "cauda_equina_saddle.urgency", "missing"),
        ("findings.toml", "title = ", "titel = ", "cauda_equina_saddle.titel", "unknown key"),
        ("questionnaire.toml", 'kind = "choice"', 'kind = "pick"', "item[saddle_numbness].kind", "not known"),
        ("questionnaire.toml", 'kind = "choice"\n', "", "item[saddle_numbness].kind", "missing"),
        ("questionnaire.toml", 'lists = { control = "', 'lists = { control = 3, x = "', "screen", "wrong type"),
        ("thresholds.toml", "value = 4", 'value = "4"', "trend_solid_ratings.value", "wrong type"),
        ("sources.toml", 'trust = "read"', 'trust = "sure"', "trust", "not known"),
        ("exercises/clamshell.toml", "needs = []", "needs = 3", "needs", "not a list of lists"),
        ("exercises/clamshell.toml", "reps = 10", "reps = 10\nhold_s = 3", "dose.hold_s", "either"),
        ("exercises/clamshell.toml", "per_week = [3, 4]", "per_week = [4, 3]", "per_week", "not a range"),
        ("exercises/clamshell.toml", 'family = "strengthen"', 'family = "power"', "family", "not known"),
    ],
)  # fmt: skip
def test_a_mistake_of_form_is_named_with_its_place_and_its_mend(
    copy: Path, file: str, before: str, after: str, place: str, problem: str
) -> None:
    spoil(copy / file, before, after)
    _, errors = catalogue.read(copy)
    assert errors
    fitting = [error for error in errors if place in error.path and problem in error.problem]
    assert fitting, errors
    assert all(error.mend and error.file.endswith(Path(file).name) for error in fitting)
    with pytest.raises(catalogue.ContentProblems):
        catalogue.load(copy)


def test_broken_toml_and_a_missing_file_are_reported_together(copy: Path) -> None:
    (copy / "habits.toml").write_text("[sitting_break\n", "utf-8")
    (copy / "advice.toml").unlink()
    _, errors = catalogue.read(copy)
    assert {"habits.toml", "advice.toml"} <= {error.file for error in errors}


def test_a_lesson_without_its_heading_lines_is_named(copy: Path) -> None:
    (copy / "learn" / "sitting.md").write_text("Sit.\n", "utf-8")
    with pytest.raises(catalogue.ContentProblems, match=r"sitting\.md"):
        catalogue.lessons(copy)


CROSS_MISTAKES = [
    ("findings.toml", '"ces-card"', '"ces-cart"', "'ces-cart', which is not listed"),
    ("sources.toml", "[acsm]", '[never]\ntitle = "a"\nwhere = "b"\ntrust = "own"\n[acsm]', "cited nowhere"),
    ("findings.toml", "[fever]", "[feverish]", "of the rules without words"),
    ("findings.toml", "[fever]", "[feverish]", "no rule knows"),
    ("findings.toml", '[fever]\nurgency = "urgent"', '[fever]\nurgency = "self_care"', "but its rule is urgent"),
    ("findings.toml", "{emergency}", "{number}", "asks for number"),
    ("findings.toml", 'urgency = "emergency"', 'urgency = "emergency"\nhold = true', "is set at emergency"),
    ("questionnaire.toml", 'item = "claudication"', 'item = "weeks"', "'weeks' is not asked before"),
    ("questionnaire.toml", 'answer = "stops_when_standing_still"', 'answer = "stops"', "'stops' is no code"),
    ("questionnaire.toml", 'item = "age", operator = "<", answer = 60', 'item = "age", answer = "60"', "counted"),
    ("questionnaire.toml", 'group = "control"', 'group = "feeling"', "'feeling' has no title"),
    ("questionnaire.toml", "lists = { days", 'lists = { nights = "a", days', "'nights' holds no item"),
    ("questionnaire.toml", 'absent = "none"', 'absent = "never"', "'never' is not one of its codes"),
    ("questionnaire.toml", 'page = "numbness_and_control"', 'page = "first"', "'first' is no screen"),
    ("questionnaire.toml", 'id = "fever"', 'id = "unwell"', "is there twice"),
    ("exercises/clamshell.toml", '"severe_pain"', '"great_pain"', "'great_pain' is not known here"),
    ("exercises/clamshell.toml", "needs = []", 'needs = [["rope"]]', "'rope' is not known here"),
    ("exercises/clamshell.toml", '"travel"', '"car"', "'car' is not known here"),
    ("exercises/clamshell.toml", "reps = 10", "reps = 40", "does not hold 40"),
    ("exercises/seated_figure4_stretch.toml", '"supine_figure4_stretch"', '"supine"', "'supine' is not known here"),
    ("habits.toml", "[sitting_break]", "[sitting_pause]", "no rule knows"),
    ("advice.toml", "[low_adherence]", "[lazy]", "no rule knows"),
    ("trend.toml", "[steady]", "[flat]", "no rule knows"),
    ("pattern.toml", "[one_sided]", "[one_side]", "no rule knows"),
    ("learn/causes.md", "[[habit:sitting_break]]", "[[sitting_break]]", "leads nowhere"),
    ("learn/causes.md", "[@seed-002]", "[@seed-2]", "'seed-2', which is not listed"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "before", "after", "problem"), CROSS_MISTAKES)
def test_a_contradiction_between_tables_is_named(copy: Path, file: str, before: str, after: str, problem: str) -> None:
    spoil(copy / file, before, after)
    read, errors = catalogue.read(copy)
    assert errors == ()
    found = cross_check(read, catalogue.lessons(copy), catalogue.figures(copy))
    fitting = [error for error in found if problem in error.problem]
    assert fitting, found
    assert all(error.file.startswith("content/") and error.path and error.mend for error in fitting)


def test_an_exercise_without_a_figure_and_a_figure_of_nothing_are_named() -> None:
    figures: dict[str, object] = {name: None for name in WHOLE.exercises if name != "clamshell"}
    found = cross_check(WHOLE, LESSONS, {**figures, "handstand": None})
    assert [error.file for error in found] == [
        "content/exercises/clamshell.toml", "content/figures/handstand.toml",
    ]  # fmt: skip


def test_a_claim_without_a_source_is_named() -> None:
    fever = replace(WHOLE.findings["fever"], sources=())
    found = cross_check(replace(WHOLE, findings={**WHOLE.findings, "fever": fever}), LESSONS)
    assert [(error.path, error.problem) for error in found] == [("fever", "cites no source")]


def test_check_prints_every_contradiction_with_its_mend(copy: Path) -> None:
    shutil.copytree(REPO / "unpinch", copy.parent / "unpinch", ignore=shutil.ignore_patterns("__pycache__"))
    spoil(copy / "habits.toml", "[seat_cushion]", "[seat_pillow]")
    program = "import sys; from unpinch.cli import main; sys.exit(main(['check']))"
    done = subprocess.run([sys.executable, "-c", program], cwd=copy.parent, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert "content/habits.toml: seat_cushion: is a habit of the rules without words; write it" in done.stderr
    assert "content/habits.toml: seat_pillow: is a habit that no rule knows; remove it" in done.stderr


def test_an_error_reads_as_one_sentence() -> None:
    error = ContentError("content/habits.toml", "sitting_break.cue", "is missing", 'add cue = "…"')
    assert str(error) == 'content/habits.toml: sitting_break.cue: is missing; add cue = "…"'


def test_an_item_is_hidden_only_by_what_is_known() -> None:
    pregnancy = ITEMS["pregnancy"]
    assert pregnancy.kind is Kind.CHOICE
    assert all(condition.holds({}) for condition in pregnancy.enable_when)
    assert not Condition("sex", "male", "!=").holds({"sex": "male"})
    assert Condition("numbness_sites", 1, ">=").holds({"numbness_sites": ("foot",)})
    assert not Condition("numbness_sites", 1, ">=").holds({"numbness_sites": ()})
