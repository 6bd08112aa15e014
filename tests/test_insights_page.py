"""The two sections of Trends that look closer: what goes along with pain, and one change tried at a time."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from unpinch import store
from unpinch.diary import Adjustment, CheckIn, Session
from unpinch.events import Event
from unpinch.experiment import Experiment

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
TODAY = NOW.date()
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)


def insight_section() -> None:
    from pages.components import insights, resources

    insights.draw(resources.catalogue(), resources.today())


def experiment_section() -> None:
    from pages.components import experimenting, resources

    experimenting.draw(resources.catalogue(), resources.today())


def opened(section: Any, key: str = "", chosen: list[str] | None = None) -> AppTest:
    test = AppTest.from_function(section, default_timeout=30)
    if key:
        test.session_state[key] = True
    if chosen is not None:
        test.session_state["insight_choice"] = chosen
    test.run()
    assert not test.exception
    return test


def said(test: AppTest) -> str:
    kinds = (test.markdown, test.caption, test.subheader, test.info, test.warning, test.success)
    return "\n".join(element.value for elements in kinds for element in elements)


def button(test: AppTest, label: str) -> Any:
    return next(one for one in test.button if one.label == label)


def keep_days(path: Path, days: int, last: date = TODAY) -> None:
    """A diary in which long sitting hurts the same day by two points, and which keeps a habit now and then."""
    with store.connect(path) as db, store.immediate(db):
        for n in range(days):
            long = n % 7 in (0, 2, 3)
            day = last - (days - 1 - n) * DAY
            store.add_check_in(
                db,
                CheckIn(
                    str(n), day, NOW, "UTC", nrs=4 + 2 * long + (n % 5 == 0), sat_hours=9.5 if long else 5.0,
                    habits_kept=("sitting_break",) if n % 2 else (), flare=n == 3,
                ),
            )  # fmt: skip


@pytest.mark.parametrize("section", [insight_section, experiment_section])
def test_a_closed_section_asks_and_shows_nothing(database_path: Path, section: Any) -> None:
    keep_days(database_path, 30)
    test = opened(section)
    assert not [*test.multiselect, *test.text_input, *test.table, *test.button]


def test_a_difference_is_told_with_both_sides_and_without_a_cause(database_path: Path) -> None:
    keep_days(database_path, 60)
    test = opened(insight_section, "insight")
    assert "the more is found by chance" in said(test)
    (choice,) = test.multiselect
    choice.set_value(["sitting", "session"]).run()
    words = said(test)
    assert "Same day: on days when you sat more than 8 hours, pain was **2.0 points higher** (plausibly +" in words
    assert "27 such days, 33 others)" in words
    assert "It could be chance, and it could be the other way round" in words
    assert "not enough yet: there is no day" in words
    assert "with 4 comparisons shown" in words
    assert test.table[0].value["Such days"][0] == "6.2 (27 days)"
    with store.connect(database_path) as db:
        assert store.get_setting(db, "insight_habits") == ["sitting", "session"]
    assert opened(insight_section, "insight").multiselect[0].value == ["sitting", "session"]


def test_too_few_days_are_counted_and_give_no_number(database_path: Path) -> None:
    keep_days(database_path, 19)
    words = said(opened(insight_section, "insight", ["sitting"]))
    assert "Same day: not enough yet: 2 more days. So far 9 such, 10 without." in words
    assert "points" not in words.split("How it is worked out")[0]


def test_a_habit_that_nobody_asked_about_is_never_a_no(database_path: Path, assessed: Any) -> None:
    keep_days(database_path, 60)
    words = said(opened(insight_section, "insight", ["sitting_break"]))
    assert "30 more days" not in words
    assert "7 more days without. So far 30 such, 0 without." in words
    assessed(at=NOW - 70 * DAY, sitting_hours=8)
    words = said(opened(insight_section, "insight", ["sitting_break"]))
    assert "30 such days, 29 others" in words


def test_three_habits_over_half_a_year_cost_little(database_path: Path, assessed: Any) -> None:
    assessed(at=NOW - 190 * DAY, sitting_hours=8)
    keep_days(database_path, 400)
    with store.connect(database_path) as db, store.immediate(db):
        for n in range(100):
            at = NOW - n * DAY * 2
            store.start_session(db, Session(f"s{n}", at.date(), at, "UTC", {"phases": [0] * 999}, finished_at=at))
    test = opened(insight_section, "insight", ["sitting", "session", "sitting_break"])
    begun = process_time()
    test.run()
    assert process_time() - begun < 0.3
    assert len(test.table) == 3


def experiment(first: date, weeks: int = 2, **given: Any) -> Experiment:
    return Experiment("tried", "Does <b>it</b> help?", "A timer", first, weeks, NOW - 90 * DAY, "UTC", **given)


def test_the_question_comes_first_and_one_runs_at_a_time(database_path: Path, assessed: Any) -> None:
    assessed(at=NOW - 60 * DAY)
    keep_days(database_path, 40)
    test = opened(experiment_section, "experiment")
    assert "Compared are the 2 weeks before" in said(test)
    assert "would count as better" in said(test)
    button(test, "Start the experiment").click().run()
    assert "Write down the question and the change first" in said(test)
    test.text_input[0].set_value("Does <b>it</b> help?")
    test.text_input[1].set_value(" A  timer ").run()
    test.date_input[0].set_value(TODAY).run()
    button(test, "Start the experiment").click().run()
    with store.connect(database_path) as db:
        (kept,) = store.experiments(db)
    assert (kept.question, kept.change, kept.first_day, kept.weeks) == ("Does <b>it</b> help?", "A timer", TODAY, 2)
    assert test.subheader[0].value == "Does \\<b\\>it\\</b\\> help?"
    assert "14 days left. 1 rated day since it began." in said(test)
    assert not test.text_input
    button(test, "Stop it today").click().run()
    assert "Not enough ratings to say" in said(test)
    assert "It was stopped early" in said(test)
    button(test, "Undo").click().run()
    button(test, "Remove it").click().run()
    assert test.text_input
    button(test, "Undo").click().run()
    with store.connect(database_path) as db:
        assert store.experiments(db) == (kept,)


def test_at_the_end_the_verdict_has_its_data_and_no_cause(database_path: Path, assessed: Any) -> None:
    assessed(at=NOW - 60 * DAY)
    with store.connect(database_path) as db:
        store.add_experiment(db, experiment(TODAY - 2 * WEEK), TODAY - 20 * DAY)
        for n in range(28):
            day = TODAY - (28 - n) * DAY
            store.add_check_in(db, CheckIn(str(n), day, NOW, "UTC", nrs=(6 if n < 14 else 3) + n % 2))
        store.add_event(db, Event("e", "medicine", "Ibu*profen", TODAY - WEEK, None, NOW, "UTC"))
        store.add_adjustment(db, Adjustment("w", "swap", "clamshell", {"to": "x"}, TODAY - WEEK, NOW))
    test = opened(experiment_section, "experiment")
    words = said(test)
    assert "Your experiment is over" in words
    assert "**Better than before**" in words
    assert "6.5 on average in the weeks before, 3.5 with the change: −3.0 points, plausibly" in words
    assert "cannot prove that the change was the cause" in words
    assert "Something else changed" in words
    assert "Ibu\\*profen" in words
    assert "an exercise was exchanged" in words
    assert len(test.table[0].value) == 4
    assert test.text_input


@pytest.mark.parametrize("changes", [None, {"saddle_numbness": "new"}, {"fever": "yes"}])
def test_none_begins_before_the_warning_signs_or_while_care_comes_first(
    database_path: Path, assessed: Any, changes: dict[str, str] | None
) -> None:
    if changes is not None:
        assessed(**changes)
    test = opened(experiment_section, "experiment")
    assert not test.text_input
    assert test.info[0].value.startswith("The warning signs come first" if changes is None else "Your latest answers")
