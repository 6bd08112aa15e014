"""The routine page: nobody gets an exercise past the gate."""

from datetime import timedelta

import pytest

from tests.conftest import NOW
from unpinch import store
from unpinch.diary import Rescreen, Session

PAGE = "pages/routine.py"
YESTERDAY = NOW - timedelta(days=1)


def texts(test):
    return " ".join(element.value for element in (*test.markdown, *test.title, *test.header, *test.subheader, *test.error, *test.info))


def labels(test):
    return [button.label for button in test.button]


def press(test, label):
    return next(button for button in test.button if button.label == label).click().run()


def test_without_an_assessment_there_is_no_exercise(app):
    test = app(PAGE)
    assert "Fill in the self-assessment first" in texts(test)
    assert "Start" not in labels(test)


@pytest.mark.parametrize("sign", [{"fever": "yes"}, {"both_legs": "nerve_symptoms_new"}, {"leg_weakness": "mild"}])
def test_a_sign_that_needs_care_withholds_the_routine(app, assessed, sign):
    assessed(**sign)
    test = app(PAGE)
    assert "Start" not in labels(test)
    assert "until somebody has looked at this" in texts(test)


def test_each_exercise_says_why_from_which_source_and_when_to_stop(app, assessed):
    assessed()
    test = app(PAGE)
    assert "Start" in labels(test)
    shown = texts(test)
    assert "Stop if" in shown
    assert "Sources" in [expander.label for expander in test.expander]
    why = [expander for expander in test.expander if expander.label.startswith("Why")]
    assert why
    assert all("**" in box.markdown[0].value for box in why)


def test_the_first_session_of_a_later_day_asks_the_three_questions(app, assessed):
    assessed(at=YESTERDAY)
    test = app(PAGE)
    assert "New or worse since the last time?" in texts(test)
    assert "Start" not in labels(test)
    test = press(test, "Go on")
    assert "one of the two" in texts(test)
    test.checkbox(key="rescreen:none").check()
    assert "Start" in labels(press(test, "Go on"))


def test_a_positive_answer_stops_until_the_assessment_is_done_again(app, assessed, database_path):
    assessed(at=YESTERDAY)
    test = app(PAGE)
    test.checkbox(key="rescreen:leg_weakness").check()
    test = press(test, "Go on")
    assert "Stop for now" in texts(test)
    with store.connect(database_path) as db:
        assert store.last_rescreen(db).positive
    assert "Stop for now" in texts(app(PAGE))
    assessed(at=NOW + timedelta(minutes=5), day=NOW.date())
    assert "Start" in labels(app(PAGE))


def test_a_positive_answer_also_stops_a_session_that_is_open(app, assessed, database_path):
    assessed()
    with store.connect(database_path) as db:
        store.start_session(db, Session("s", NOW.date(), NOW, "UTC", {"phases": [], "steps": []}))
        store.add_rescreen(db, Rescreen("r", NOW.date(), NOW + timedelta(seconds=1), {}, True))
    assert "Stop for now" in texts(app(PAGE))


def test_a_session_is_opened_once_with_its_plan_and_the_pain_before(app, assessed, database_path):
    assessed()
    test = app(PAGE)
    next(group for group in test.button_group if group.key == "pain_now").set_value(6).run()
    press(test, "Start")
    with store.connect(database_path) as db:
        (session,) = store.sessions(db)
    assert session.pain_before == 6
    assert [phase["index"] for phase in session.plan["phases"]] == list(range(len(session.plan["phases"])))
    assert session.plan["steps"]


def test_strong_pain_now_leaves_out_what_needs_calm(app, assessed):
    assessed(equipment=("chair", "ball", "floor_mat"))
    test = app(PAGE)
    assert "Glute bridge" in texts(test)
    next(group for group in test.button_group if group.key == "pain_now").set_value(9).run()
    assert "Glute bridge" not in texts(test)
    assert "Ball massage" not in texts(test)


def test_strength_rests_on_the_day_after_strength(app, assessed, database_path):
    assessed(at=YESTERDAY)
    with store.connect(database_path) as db:
        store.start_session(db, Session("s", YESTERDAY.date(), YESTERDAY, "UTC", {"phases": [], "steps": []}))
        event = {"phase": 1, "step": 0, "exercise": "glute_bridge", "side": None, "set": 1, "outcome": "completed",
                 "seconds": 40, "at": YESTERDAY.isoformat()}  # fmt: skip
        store.add_completions(db, "s", [event])
        store.finish_session(db, "s", YESTERDAY)
    test = app(PAGE)
    test.checkbox(key="rescreen:none").check()
    shown = texts(press(test, "Go on"))
    assert "strengthening rests today" in shown
    assert "Glute bridge" not in shown


def test_pain_after_is_kept_and_a_rise_is_not_cheered(app, assessed, database_path):
    assessed()
    with store.connect(database_path) as db:
        store.start_session(db, Session("s", NOW.date(), NOW, "UTC", {"phases": [], "steps": []}, pain_before=3))
        store.finish_session(db, "s", NOW)
    test = app(PAGE)
    assert "Session over" in texts(test)
    next(group for group in test.button_group if group.key == "pain_after").set_value(6).run()
    test = press(test, "Save")
    assert "It rose. Do less next time" in test.success[0].value
    with store.connect(database_path) as db:
        assert store.sessions(db)[0].pain_after == 6
