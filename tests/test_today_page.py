"""Today: the one thing to do next, and the check-in with its receipt, correction and undo."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from unpinch import store
from unpinch.catalogue import load
from unpinch.demo import fill
from unpinch.diary import CheckIn, Reach, Rescreen, Session
from unpinch.imports import Batch

APP = Path(__file__).resolve().parents[1] / "app.py"
AT = datetime(2026, 5, 20, 14, 5, tzinfo=UTC)
TODAY = AT.date()


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "unpinch.db"
    monkeypatch.setenv("UNPINCH_DB", str(path))
    monkeypatch.setenv("UNPINCH_NOW", AT.isoformat())
    return path


@pytest.fixture
def assessed(path: Path) -> Path:
    """Twelve weeks of sample data, the last entry yesterday."""
    with store.connect(path) as db:
        fill(db, load(), TODAY)
    return path


def opened() -> AppTest:
    page = AppTest.from_file(str(APP), default_timeout=30).run()
    assert not page.exception
    return page


def run(page: AppTest) -> AppTest:
    page.run()
    assert not page.exception
    return page


def widget(page: AppTest, kind: str, label: str):
    (found,) = [one for one in page.get(kind) if one.label.startswith(label)]
    return found


def button(page: AppTest, label: str):
    return next(one for one in page.button if one.label == label)


def said(page: AppTest) -> str:
    kinds = (page.markdown, page.caption, page.warning, page.success, page.header)
    return "\n".join(element.value for elements in kinds for element in elements)


def primary(page: AppTest) -> list[str]:
    return [one.label for one in page.button if one.proto.type == "primary"]


def kept(path: Path) -> list[CheckIn]:
    with store.connect(path) as db:
        return [entry for entry in store.check_ins(db) if entry.day >= TODAY - timedelta(days=1)]


def rate(page: AppTest, average: int, worst: int | None = None) -> None:
    widget(page, "button_group", "Average pain").set_value(average)
    if worst is not None:
        widget(page, "button_group", "Worst pain").set_value(worst)


def test_a_newcomer_is_told_what_it_is_and_is_not_and_led_to_the_assessment(path):
    page = opened()
    assert "does not diagnose" in said(page)
    assert "one of several possible causes" in said(page)
    assert primary(page) == ["Start the assessment"]
    assert page.get("button_group") == []


def test_an_unfinished_assessment_is_continued(path):
    with store.connect(path) as db:
        store.start_response(db, "r", at=AT, tz="UTC", day=TODAY, questionnaire_version="1")
    assert primary(opened()) == ["Continue the assessment"]


def test_after_the_assessment_the_check_in_is_due(assessed):
    page = opened()
    assert primary(page) == ["Save check-in"]
    assert "Last check-in: yesterday." in said(page)
    assert "Getting better" in said(page)


def test_after_the_check_in_the_routine_is_due_and_after_both_nothing_is(assessed):
    with store.connect(assessed) as db:
        store.add_check_in(db, CheckIn("now", TODAY, AT, "UTC", nrs=3))
    assert primary(opened()) == ["Start today's routine"]
    with store.connect(assessed) as db:
        store.start_session(db, Session("s", TODAY, AT, "UTC", {}, finished_at=AT))
    page = opened()
    assert primary(page) == []
    assert "Nothing more is due today." in said(page)


def test_a_reported_danger_sign_comes_before_everything(assessed):
    with store.connect(assessed) as db:
        store.add_rescreen(db, Rescreen("x", TODAY, AT, {"new_danger_sign": "yes"}, True))
    assert primary(opened()) == ["Go through the warning signs"]


def test_a_check_in_is_kept_with_a_receipt_and_an_empty_form(assessed):
    before = len(kept(assessed))
    page = opened()
    rate(page, 3, 5)
    widget(page, "button_group", "How far down").set_value(Reach.THIGH)
    widget(page, "number_input", "Minutes I can sit").set_value(30)
    widget(page, "number_input", "Hours I sat").set_value(7.5)
    widget(page, "button_group", "Habits I kept").set_value(["sitting_break"])
    widget(page, "toggle", "A flare").set_value(True)
    widget(page, "text_input", "Note").set_value("  after a long drive ")
    button(page, "Save check-in").click()
    run(page)
    entry = kept(assessed)[-1]
    assert len(kept(assessed)) == before + 1
    assert entry == CheckIn(
        uid=entry.uid, day=TODAY, at=AT, tz="UTC", nrs=3, worst=5, reach=Reach.THIGH, sitting_min=30,
        sat_hours=7.5, habits_kept=("sitting_break",), flare=True, note="after a long drive",
    )  # fmt: skip
    assert "Saved 14:05" in said(page)
    assert widget(page, "text_input", "Note").value == ""
    assert widget(page, "button_group", "Average pain").value in (None, [])


def test_what_is_left_empty_stays_unknown(assessed):
    page = opened()
    rate(page, 0)
    button(page, "Save check-in").click()
    run(page)
    entry = kept(assessed)[-1]
    assert (entry.nrs, entry.worst, entry.reach, entry.sitting_min, entry.sat_hours) == (
        0,
        None,
        None,
        None,
        None,
    )
    assert (entry.habits_kept, entry.flare, entry.note) == ((), False, "")


def test_yesterday_can_be_filled_in_and_is_marked(assessed):
    page = opened()
    widget(page, "button_group", "Which day").set_value("Yesterday")
    rate(page, 6)
    button(page, "Save check-in").click()
    run(page)
    (entry,) = [one for one in kept(assessed) if one.back_filled]
    assert (entry.day, entry.at) == (TODAY - timedelta(days=1), AT)
    assert "filled in later" in said(page)


@pytest.mark.parametrize(
    ("ratings", "message"),
    [
        ((5, 3), "worst pain (3) cannot be below the average (5)"),
        ((None, 3), "Choose your average pain first"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(assessed, ratings, message):
    before = kept(assessed)
    page = opened()
    for label, value in zip(("Average pain", "Worst pain"), ratings, strict=True):
        if value is not None:
            widget(page, "button_group", label).set_value(value)
    button(page, "Save check-in").click()
    run(page)
    assert message in said(page)
    assert "Saved" not in said(page)
    assert kept(assessed) == before
    assert widget(page, "button_group", "Worst pain").value == 3


def test_the_same_click_twice_keeps_one_entry(assessed):
    before = len(kept(assessed))
    page = opened()
    rate(page, 4)
    button(page, "Save check-in").click()
    run(page)
    run(page)
    assert len(kept(assessed)) == before + 1


def test_a_saved_entry_can_be_undone_and_brought_back(assessed):
    before = len(kept(assessed))
    page = opened()
    rate(page, 4)
    button(page, "Save check-in").click()
    run(page)
    button(page, "Undo").click()
    run(page)
    assert len(kept(assessed)) == before
    assert "Removed." in said(page)
    button(page, "Undo").click()
    run(page)
    assert len(kept(assessed)) == before + 1
    assert "Back again." in said(page)


def test_an_entry_is_corrected_in_place_and_keeps_its_time(assessed):
    with store.connect(assessed) as db:
        store.add_check_in(db, CheckIn("mine", TODAY, AT - timedelta(hours=3), "UTC", nrs=3, worst=4, note="a"))
    page = opened()
    page.button(key="correct_mine").click()
    run(page)
    assert "Correcting the entry of 11:05" in said(page)
    assert widget(page, "button_group", "Average pain").value == 3
    assert widget(page, "text_input", "Note").value == "a"
    rate(page, 2)
    button(page, "Save check-in").click()
    run(page)
    (entry,) = [one for one in kept(assessed) if one.uid == "mine"]
    assert (entry.nrs, entry.worst, entry.at) == (2, 4, AT - timedelta(hours=3))
    assert not entry.back_filled
    assert "Corrected 14:05" in said(page)


def test_a_correction_can_be_left(assessed):
    with store.connect(assessed) as db:
        store.add_check_in(db, CheckIn("mine", TODAY, AT, "UTC", nrs=3))
    page = opened()
    page.button(key="correct_mine").click()
    run(page)
    rate(page, 9)
    button(page, "Keep as it was").click()
    run(page)
    assert "Correcting" not in said(page)
    assert [one.nrs for one in kept(assessed) if one.uid == "mine"] == [3]


def test_an_entry_is_removed_with_undo(assessed):
    with store.connect(assessed) as db:
        store.add_check_in(db, CheckIn("mine", TODAY, AT, "UTC", nrs=3))
    page = opened()
    page.button(key="remove_mine").click()
    run(page)
    assert "mine" not in [one.uid for one in kept(assessed)]
    button(page, "Undo").click()
    run(page)
    assert "mine" in [one.uid for one in kept(assessed)]


def test_a_danger_sign_in_the_check_in_is_kept_and_leads_to_the_warning_signs(assessed):
    page = opened()
    widget(page, "button_group", "Any new numbness").set_value("Yes")
    run(page)
    with store.connect(assessed) as db:
        rescreen, asked = store.last_rescreen(db), store.open_response(db)
    assert rescreen.positive
    assert asked is not None
    assert asked.page == load().questionnaire.screens[0].id


def test_no_danger_sign_leaves_earlier_reports_as_they_are(assessed):
    page = opened()
    widget(page, "button_group", "Any new numbness").set_value("No")
    run(page)
    with store.connect(assessed) as db:
        assert store.last_rescreen(db) is None


def test_advice_is_shown_with_its_data_and_noted_once_a_day(path):
    with store.connect(path) as db:
        for number in range(28):
            day = TODAY - timedelta(days=28 - number)
            nrs = 4 if number < 14 else 7
            store.add_check_in(db, CheckIn(str(number), day, AT, "UTC", nrs=nrs))
    for _ in range(2):
        assert "Two worse weeks" in said(opened())
    with store.connect(path) as db:
        log = store.export_all(db)["tables"]["advice_log"]
    assert [(row["day"], row["advice"]) for row in log] == [(TODAY.isoformat(), "worsening_two_weeks")]
    assert any("+3.0 points" in line for line in log[0]["evidence"])


def test_days_since_the_last_entry_are_said_without_reproach(path):
    with store.connect(path) as db:
        store.start_response(db, "r", at=AT, tz="UTC", day=TODAY, questionnaire_version="1")
        store.add_check_in(db, CheckIn("old", date(2026, 5, 9), AT, "UTC", nrs=4))
    assert "Last check-in: 11 days ago." in said(opened())


def opened_fold(key: str) -> AppTest:
    page = opened()
    page.session_state[key] = True
    return run(page)


def folds(page: AppTest) -> list[str]:
    return [one.label for one in page.expander]


def test_a_correction_can_be_undone(assessed):
    before = CheckIn("mine", TODAY, AT - timedelta(hours=3), "UTC", nrs=3, worst=4, note="a", sat_hours=2.5)
    with store.connect(assessed) as db:
        store.add_check_in(db, before)
    page = opened()
    page.button(key="correct_mine").click()
    run(page)
    rate(page, 1, 9)
    button(page, "Save check-in").click()
    run(page)
    assert [(one.nrs, one.worst) for one in kept(assessed) if one.uid == "mine"] == [(1, 9)]
    button(page, "Undo").click()
    run(page)
    assert [one for one in kept(assessed) if one.uid == "mine"] == [before]
    assert "As it was before." in said(page)


def test_what_was_begun_before_a_correction_is_still_there_after_it(assessed):
    with store.connect(assessed) as db:
        store.add_check_in(db, CheckIn("mine", TODAY - timedelta(days=1), AT, "UTC", nrs=3))
    page = opened()
    rate(page, 7)
    widget(page, "text_input", "Note").set_value("half written")
    page.button(key="correct_mine").click()
    run(page)
    assert widget(page, "button_group", "Average pain").value == 3
    button(page, "Keep as it was").click()
    run(page)
    assert widget(page, "button_group", "Average pain").value == 7
    assert widget(page, "text_input", "Note").value == "half written"


def test_an_imported_rating_with_decimals_stays_unless_another_is_chosen(assessed):
    batch = Batch("i", AT, "UTC", TODAY, "diary.csv", "csv", {}, {})
    given = CheckIn("mine", TODAY, AT, "UTC", nrs=3.6, worst=5.5, batch="i", habits_kept=("of_another_time",))
    with store.connect(assessed) as db:
        store.add_import(db, batch, [given])
    page = opened()
    page.button(key="correct_mine").click()
    run(page)
    assert "It was 3.6, which this scale cannot show." in said(page)
    assert widget(page, "button_group", "Average pain").value is None
    widget(page, "text_input", "Note").set_value("said")
    button(page, "Save check-in").click()
    run(page)
    assert [one for one in kept(assessed) if one.uid == "mine"] == [replace(given, note="said")]
    page.button(key="correct_mine").click()
    run(page)
    rate(page, 5)
    button(page, "Save check-in").click()
    run(page)
    assert [one for one in kept(assessed) if one.uid == "mine"] == [replace(given, note="said", nrs=5)]


def test_an_entry_of_any_day_is_found_and_keeps_its_day_when_it_is_corrected(assessed):
    page = opened_fold("earlier_entries")
    assert page.date_input(key="earlier_entries_day").value == TODAY - timedelta(days=2)
    long_ago = date(2025, 3, 1)
    with store.connect(assessed) as db:
        store.add_check_in(db, CheckIn("old", long_ago, AT - timedelta(days=445), "UTC", nrs=8, reach=Reach.FOOT))
    page.date_input(key="earlier_entries_day").set_value(long_ago + timedelta(days=1))
    run(page)
    assert "No entry about 2 March 2025." in said(page)
    button(page, "Earlier: 1 March 2025").click()
    run(page)
    page.button(key="correct_old").click()
    run(page)
    rate(page, 2)
    button(page, "Save check-in").click()
    run(page)
    with store.connect(assessed) as db:
        (entry,) = store.check_ins(db, until=long_ago)
    assert (entry.day, entry.nrs, entry.reach, entry.back_filled) == (long_ago, 2, Reach.FOOT, False)


def test_a_returning_person_has_in_sight_what_they_gave_last_time(assessed):
    assert "More: note, body map" in folds(opened())
    with store.connect(assessed) as db:
        store.add_check_in(db, CheckIn("bare", TODAY, AT, "UTC", nrs=3))
    assert "More: sitting, habits, note, body map" in folds(opened())
