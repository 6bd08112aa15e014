"""The optional measures: rounds, when they are asked again, what a change means, and how they are kept on screen."""

import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import NOW
from unpinch import catalogue as content
from unpinch import store
from unpinch.catalogue import Catalogue
from unpinch.cross_check import cross_check
from unpinch.measures import MeasureValue, against_first, asked_from, rounds
from unpinch.paths import CONTENT

PAGE = "pages/assess.py"
DAY = NOW.date()
PEG = ("peg_pain", "peg_enjoyment", "peg_activity")
Value = tuple[str, int]


def peg(day: date, *values: int) -> list[MeasureValue]:
    return [MeasureValue(day, NOW, "UTC", name, name, value) for name, value in zip(PEG, values, strict=False)]


def activities(day: date, *given: Value) -> list[MeasureValue]:
    return [
        MeasureValue(day, NOW, "UTC", f"activity_{place}", label, value)
        for place, (label, value) in enumerate(given, 1)
    ]


def test_the_three_questions_count_only_together(catalogue: Catalogue) -> None:
    measure = catalogue.measures["peg"]
    values = [*peg(DAY, 6, 7, 5), *peg(DAY - timedelta(days=20), 3, 4)]
    (done,) = rounds(measure, reversed(values))
    assert (done.day, done.mean, [one.name for one in done.values]) == (DAY, 6, list(PEG))


def test_they_are_asked_again_after_two_weeks(catalogue: Catalogue) -> None:
    measure = catalogue.measures["peg"]
    assert asked_from((), catalogue.thresholds) is None
    assert asked_from(rounds(measure, peg(DAY, 1, 1, 1)), catalogue.thresholds) == DAY + timedelta(days=14)


@pytest.mark.parametrize(
    ("first", "latest", "words"),
    [
        ((6, 7, 5), (5, 6, 4), "6 at first, 5 now: 1 lower, which is better; enough to count as a real change"),
        ((6, 7, 5), (6, 6, 4), "6 at first, 5.3 now: 0.7 lower, which is better; it may be chance (about 1 point)"),
        ((6, 7, 6), (5, 5, 4), "6.3 at first, 4.7 now: 1.6 lower, which is better"),
        ((3, 3, 3), (5, 5, 5), "3 at first, 5 now: 2 higher, which is worse; enough"),
        ((3, 3, 3), (3, 3, 3), "3 at first, 3 now, so no change."),
    ],
)
def test_about_one_point_of_the_mean_matters(
    catalogue: Catalogue, first: tuple[int, ...], latest: tuple[int, ...], words: str
) -> None:
    measure = catalogue.measures["peg"]
    done = rounds(measure, [*peg(DAY - timedelta(days=15), *first), *peg(DAY, *latest)])
    (sentence,) = against_first(measure, done, catalogue.thresholds)
    assert words in sentence


def test_one_activity_takes_three_points_and_the_mean_of_several_two(catalogue: Catalogue) -> None:
    measure = catalogue.measures["activities"]
    earlier = activities(DAY - timedelta(days=15), ("Driving", 3), ("Shoes", 4))
    done = rounds(measure, [*earlier, *activities(DAY, ("driving", 5), ("Shoes", 7))])
    one, other, mean = against_first(measure, done, catalogue.thresholds)
    assert "“driving”: 3 at first, 5 now: 2 higher, which is better; it may be chance (about 3 points)" in one
    assert "3 higher, which is better; enough to count as a real change" in other
    assert "On average: 3.5 at first, 6 now: 2.5 higher, which is better; enough" in mean


def test_an_activity_that_is_new_is_compared_from_its_own_first_time_on(catalogue: Catalogue) -> None:
    measure = catalogue.measures["activities"]
    first, second, third = (DAY - timedelta(days=days) for days in (40, 20, 0))
    values = [*activities(first, ("Driving", 3)), *activities(second, ("Stairs", 8))]
    assert against_first(measure, rounds(measure, values), catalogue.thresholds) == ()
    values += activities(third, ("Stairs", 4))
    (sentence,) = against_first(measure, rounds(measure, values), catalogue.thresholds)
    assert "“Stairs”: 8 at first, 4 now: 4 lower, which is worse; enough" in sentence


@pytest.mark.parametrize("value", [-1, 11])
def test_a_rating_off_the_scale_is_refused(value: int) -> None:
    with pytest.raises(ValueError, match="0 to 10"):
        peg(DAY, value)


def test_a_rating_is_kept_once_a_day_corrected_and_withdrawn(tmp_path: Path) -> None:
    with store.connect(tmp_path / "unpinch.db") as db:
        for value in (4, 4, 6):
            store.save_measure(db, *peg(DAY, value))
        assert [(one.name, one.value) for one in store.measures(db)] == [("peg_pain", 6)]
        store.clear_measure(db, DAY, "peg_pain")
        assert store.measures(db) == ()


def scale(test: Any, begins: str) -> Any:
    return next(group for group in test.get("button_group") if group.label.startswith(begins))


def kept(path: Path) -> dict[str, tuple[str, int]]:
    with store.connect(path) as db:
        return {one.name: (one.label, one.value) for one in store.measures(db)}


def test_each_rating_is_kept_at_once_with_its_words(
    app: Any, assessed: Any, database_path: Path, catalogue: Catalogue
) -> None:
    assessed(long_lie="no")
    test = app(PAGE)
    scale(test, "How strong").set_value(6).run()
    question = catalogue.measures["peg"].questions[0]
    assert kept(database_path) == {"peg_pain": (question.text, 6)}


def test_an_activity_is_named_rated_renamed_and_taken_back(app: Any, assessed: Any, database_path: Path) -> None:
    assessed(long_lie="no")
    test = app(PAGE)
    field = next(field for field in test.text_input if field.label == "Activity 1")
    field.set_value("  Tie *my* shoes ").run()
    scale(test, "How well can you do it today").set_value(3).run()
    assert kept(database_path) == {"activity_1": ("Tie *my* shoes", 3)}
    next(field for field in test.text_input if field.label == "Activity 1").set_value("Tie shoes").run()
    assert kept(database_path) == {"activity_1": ("Tie shoes", 3)}
    next(field for field in test.text_input if field.label == "Activity 1").set_value("").run()
    assert kept(database_path) == {}


def test_what_was_answered_within_two_weeks_is_shown_and_not_asked(
    app: Any, assessed: Any, database_path: Path
) -> None:
    assessed(long_lie="no")
    with store.connect(database_path) as db:
        for one in [*peg(DAY - timedelta(days=30), 6, 6, 6), *peg(DAY - timedelta(days=3), 5, 5, 5)]:
            store.save_measure(db, one)
    test = app(PAGE)
    assert not [group for group in test.get("button_group") if group.label.startswith("How strong")]
    shown = "\n".join(element.value for element in test.markdown)
    assert "asked again from 1\N{NO-BREAK SPACE}Dec\N{NO-BREAK SPACE}2026" in shown
    assert "1 lower, which is better" in shown.replace("\\", "")


def test_an_activity_named_earlier_is_offered_again_in_the_same_words(
    app: Any, assessed: Any, database_path: Path
) -> None:
    assessed(long_lie="no")
    with store.connect(database_path) as db:
        for one in activities(DAY - timedelta(days=20), ("Driving <b>far</b>", 3)):
            store.save_measure(db, one)
    test = app(PAGE)
    assert test.text_input[0].value == "Driving <b>far</b>"
    assert "\\<b\\>" in scale(test, "How well").label


def test_a_mistake_in_the_content_of_a_measure_is_named(tmp_path: Path) -> None:
    copy = Path(shutil.copytree(CONTENT, tmp_path / "content"))
    measures = copy / "measures.toml"
    text = measures.read_text("utf-8").replace('better = "low"', 'better = "less"')
    measures.write_text(text.replace('"krebs-2009"', '"krebs-1909"'), "utf-8")
    read, errors = content.read(copy)
    assert [(error.path, error.problem) for error in errors] == [("peg.better", "'less' is not known")]
    found = cross_check(read, content.lessons(copy))
    assert any(error.file == "content/measures.toml" and "krebs-1909" in error.problem for error in found)
