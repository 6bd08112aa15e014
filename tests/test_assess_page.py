"""The assessment page: consent, screens, summary, result."""

import json

import pytest

from tests.conftest import NOW
from unpinch import store

PAGE = "pages/assess.py"


def texts(test):
    shown = (*test.title, *test.header, *test.subheader, *test.markdown, *test.error)
    return " ".join(element.value for element in shown)


def press(test, label):
    return next(button for button in test.button if button.label == label).click().run()


def agree(test):
    test.checkbox(key="consent_tick").check()
    return press(test, "Begin")


def tick_none(test):
    return next(box for box in test.checkbox if box.label.startswith("None of")).check().run()


def test_nothing_is_asked_or_kept_without_consent(app, database_path):
    test = press(app(PAGE), "Begin")
    assert "Without it nothing is asked" in texts(test)
    with store.connect(database_path) as db:
        assert store.last_consent(db) is None
        assert store.responses(db) == ()


def test_consent_is_kept_with_its_words_version_and_country(app, database_path, catalogue):
    test = app(PAGE)
    test.selectbox(key="consent_country").select("uk")
    agree(test)
    with store.connect(database_path) as db:
        consent = store.last_consent(db)
    assert (consent.version, consent.country, consent.at) == (catalogue.consent.version, "uk", NOW)
    assert catalogue.consent.points[0] in consent.text


def test_consent_to_an_older_text_is_asked_again(app, database_path):
    with store.connect(database_path) as db:
        store.add_consent(db, "2020-01-01", NOW, "old", "uk")
    assert "Before you begin" in texts(app(PAGE))


def test_warning_signs_come_first_and_next_waits_for_an_answer(app, catalogue):
    test = press(agree(app(PAGE)), "Start")
    assert "Feeling and control" in texts(test)
    test = press(test, "Next")
    assert "Please answer before going on" in texts(test)
    test = press(tick_none(test), "Next")
    assert "Strength and circulation" in texts(test)


def test_each_answer_is_kept_with_the_wording_shown_and_the_content_version(app, database_path, catalogue):
    test = press(agree(app(PAGE)), "Start")
    tick_none(test)
    with store.connect(database_path) as db:
        uid = store.open_response(db).uid
        sql = "SELECT item, answer, wording, content_version FROM answers WHERE response_uid = ?"
        rows = list(db.execute(sql, [uid]))
    kept = {item: (json.loads(answer), json.loads(wording), version) for item, answer, wording, version in rows}
    answer, wording, version = kept["saddle_numbness"]
    assert answer == "none"
    assert wording["text"] == catalogue.questionnaire.item("saddle_numbness").text
    assert wording["answer"] == "No"
    assert version == catalogue.questionnaire.version


def test_a_withdrawn_answer_is_not_kept(app, database_path):
    test = press(agree(app(PAGE)), "Start")
    test = tick_none(test)
    next(box for box in test.checkbox if box.label.startswith("None of")).uncheck().run()
    with store.connect(database_path) as db:
        assert store.answers(db, store.open_response(db).uid) == {}


def test_a_ticked_sign_without_its_follow_up_is_still_missing(app):
    test = press(agree(app(PAGE)), "Start")
    next(box for box in test.checkbox if box.label.startswith("Numbness, tingling")).check().run()
    test = press(tick_none(test), "Next")
    assert "Please answer before going on" in texts(test)
    test.radio[0].set_value("unsure").run()
    test = press(test, "Next")
    assert "Strength and circulation" in texts(test)


@pytest.mark.parametrize(
    ("changes", "headline"),
    [
        ({}, "You can start with self-care"),
        ({"weeks_of_selfcare": 8}, "See a clinician soon"),
        ({"fever": "yes"}, "Be seen today"),
        ({"saddle_numbness": "unsure"}, "Get help now"),
    ],
)
def test_the_result_says_first_what_to_do_now(app, assessed, changes, headline):
    assessed(**changes)
    test = app(PAGE)
    assert test.title[0].value == headline


def test_an_emergency_shows_neither_pattern_nor_routine_and_the_number_of_the_country(app, assessed):
    assessed(saddle_numbness="new")
    shown = texts(app(PAGE))
    assert "999" in shown
    assert "How it compares" not in shown
    assert "Your routine" not in shown
    assert "What to say" in shown


def test_the_result_never_shows_a_percentage(app, assessed):
    assessed()
    assert "%" not in texts(app(PAGE))


def test_a_result_leads_back_to_an_answer_and_keeps_the_first_one(app, assessed, database_path):
    assessed()
    test = press(app(PAGE), "Change an answer")
    assert "Check your answers" in texts(test)
    with store.connect(database_path) as db:
        opened = store.open_response(db)
        assert store.answers(db, opened.uid)["nrs_now"] == store.answers(db, store.latest_response(db).uid)["nrs_now"]


def test_a_repeat_asks_the_warning_signs_afresh(app, assessed, database_path):
    assessed()
    press(app(PAGE), "Do it again from the start")
    with store.connect(database_path) as db:
        kept = store.answers(db, store.open_response(db).uid)
    assert "saddle_numbness" not in kept
    assert "nrs_now" not in kept
    assert kept["age"]


@pytest.mark.parametrize(
    "near_miss",
    [
        {"bladder_bowel_change": "long_standing_unchanged"},
        {"numbness_sites": ["buttock"], "numbness_pattern": "only_while_sitting"},
        {"both_legs": "ache_long_standing"},
    ],
)
def test_a_near_miss_is_not_over_called_and_openly_says_what_would_be_an_emergency(app, assessed, near_miss):
    assessed(**near_miss)
    test = app(PAGE)
    assert test.title[0].value == "You can start with self-care"
    in_the_open = [element.value for element in test.main.markdown if "call 999" in element.value]
    assert in_the_open
