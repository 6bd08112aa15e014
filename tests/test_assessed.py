"""The ways to begin another assessment: a correction, the warning signs again, a repeat; and which one counts."""

import json
from datetime import timedelta

import pytest

from tests.conftest import NOW, well_person
from unpinch import store
from unpinch.diary import Rescreen

PAGE = "pages/assess.py"
EARLIER = NOW - timedelta(days=3)


def press(test, label):
    return next(button for button in test.button if button.label == label).click().run()


def labels(test):
    return [button.label for button in test.button]


def alarm(db, at):
    store.add_rescreen(db, Rescreen("r", at.date(), at, {"saddle_numbness": "new"}, True))


@pytest.fixture
def finished(assessed, database_path):
    """finished(): answers of an assessment by its uid, and the open one beside it."""
    uid = assessed(at=EARLIER, long_lie="no")

    def look():
        with store.connect(database_path) as db:
            opened = store.open_response(db)
            return store.answers(db, uid), opened, store.answers(db, opened.uid) if opened else None

    return look


def test_a_correction_keeps_every_answer_with_its_wording_and_instant_and_speaks_of_the_same_day(
    app, finished, database_path
):
    press(app(PAGE), "Change an answer")
    before, opened, copied = finished()
    assert copied == before
    assert opened.day == EARLIER.date()
    assert opened.replaces
    with store.connect(database_path) as db:
        rows = db.execute("SELECT item, wording, content_version, answered_at FROM answers").fetchall()
    assert len(rows) == 2 * len(before) == 2 * len(set(rows))


@pytest.mark.parametrize(
    ("label", "title"), [("Change: Your days", "Your days"), ("Change: Where it hurts", "Where it hurts")]
)
def test_why_leads_to_the_screen_of_the_answer(app, finished, label, title):
    test = press(app(PAGE), label)
    assert test.title[0].value == title
    assert "To the summary" in labels(test)


def test_a_dropped_correction_leaves_the_finished_one(app, finished, database_path):
    test = press(app(PAGE), "Change an answer")
    test = press(test, "Keep my last result instead")
    assert test.title[0].value == "You can start with self-care"
    before, opened, _ = finished()
    assert (opened, before["nrs_now"]) == (None, 4)


def test_a_finished_correction_counts_once_in_the_history_and_in_the_pain_and_the_first_stays_in_the_file(
    app, finished, database_path, catalogue
):
    test = press(app(PAGE), "Change an answer")
    with store.connect(database_path) as db:
        uid = store.open_response(db).uid
        store.save_answer(db, uid, "nrs_now", 7, {"text": "nrs_now"}, "v", NOW)
    test = press(test.run(), "See my result")
    assert "Since your first assessment" not in [header.value for header in test.header]
    before, _, _ = finished()
    assert before["nrs_now"] == 4
    with store.connect(database_path) as db:
        pain = [(entry.day, entry.nrs) for entry in store.pain_entries(db)]
    assert pain == [(EARLIER.date(), 7)]


def test_an_unchanged_pain_taken_over_is_one_rating_on_the_day_it_was_given(app, finished, database_path):
    press(press(app(PAGE), "Change an answer"), "See my result")
    with store.connect(database_path) as db:
        assert [(entry.day, entry.nrs) for entry in store.pain_entries(db)] == [(EARLIER.date(), 4)]


def test_after_a_reported_danger_sign_a_correction_asks_the_warning_signs_again(
    app, finished, database_path, catalogue
):
    with store.connect(database_path) as db:
        alarm(db, NOW)
    test = press(app(PAGE), "Change: Your days")
    assert test.title[0].value == "Feeling and control"
    assert "Keep my last result instead" not in labels(test)
    before, opened, kept = finished()
    signs = {item.id for item in catalogue.questionnaire.warning_signs}
    assert kept == {item: answer for item, answer in before.items() if item not in signs}
    assert (opened.day, opened.replaces) == (NOW.date(), None)


def test_a_danger_sign_reported_while_answers_are_open_takes_their_warning_signs_back(app, finished, database_path):
    with store.connect(database_path) as db:
        store.start_response(db, "open", at=EARLIER, tz="UTC", day=EARLIER.date(), questionnaire_version="v")
        answers = {**well_person(), "nrs_now": 9}
        store.save_answers(db, "open", {item: (answer, {}) for item, answer in answers.items()}, "v", EARLIER)
        store.set_page(db, "open", "summary")
        alarm(db, NOW - timedelta(hours=1))
    test = app(PAGE)
    assert test.title[0].value == "Feeling and control"
    _, opened, kept = finished()
    assert opened.uid != "open"
    assert "saddle_numbness" not in kept
    assert kept["nrs_now"] == 9
    with store.connect(database_path) as db:
        assert [one.uid for one in store.responses(db) if one.finished_at is None] == [opened.uid]


def test_a_danger_sign_reported_with_the_summary_on_screen_stops_the_result(app, finished, database_path, monkeypatch):
    test = press(app(PAGE), "Change an answer")
    later = NOW + timedelta(minutes=5)
    with store.connect(database_path) as db:
        alarm(db, later)
    monkeypatch.setenv("UNPINCH_NOW", (later + timedelta(minutes=1)).isoformat())
    test = press(test, "See my result")
    assert test.title[0].value == "Feeling and control"
    with store.connect(database_path) as db:
        assert len([one for one in store.responses(db) if one.finished_at]) == 1


def test_a_repeat_may_be_left_only_before_its_first_warning_sign(app, finished, database_path):
    test = press(app(PAGE), "Do it again from the start")
    assert "Keep my last result instead" in labels(test)
    next(box for box in test.checkbox if box.label == "None of these").check().run()
    assert "Keep my last result instead" not in labels(app(PAGE))


def test_what_is_taken_over_keeps_the_words_that_were_shown_when_it_was_given(app, finished, database_path):
    press(app(PAGE), "Do it again from the start")
    _, opened, kept = finished()
    assert "nrs_now" not in kept
    with store.connect(database_path) as db:
        sql = "SELECT wording, answered_at FROM answers WHERE response_uid = ? AND item = 'age'"
        wording, answered_at = db.execute(sql, [opened.uid]).fetchone()
    assert json.loads(wording) == {"text": "age"}
    assert answered_at.startswith("2026-11-17")


def test_a_follow_up_waits_for_the_question_that_it_hangs_on(app, assessed, database_path):
    assessed()
    test = press(app(PAGE), "Do it again from the start")
    with store.connect(database_path) as db:
        uid = store.open_response(db).uid
        store.clear_answer(db, uid, "hip_replacement")
        store.set_page(db, uid, "you")
    test = app(PAGE)
    assert not any("replaced hip" in radio.label for radio in test.radio)
    test = press(test, "Next")
    assert "replaced hip" not in " ".join(error.value for error in test.error)
    next(radio for radio in test.radio if radio.label == "Do you have a hip replacement?").set_value("recent").run()
    assert any("replaced hip" in radio.label for radio in test.radio)
