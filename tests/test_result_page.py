"""The result page: what to do now, why on every line, the neighbours, the repeat, and what is not shown."""

from datetime import timedelta

import pytest

from tests.conftest import NOW, well_person
from unpinch import store
from unpinch.diary import Consent
from unpinch.findings import Urgency, assess
from unpinch.questionnaire import Response
from unpinch.routine import recommend

PAGE = "pages/assess.py"
SETTLED = {"long_lie": "no"}


def words(test):
    shown = (*test.title, *test.header, *test.markdown, *test.info, *test.caption)
    return "\n".join(element.value for element in shown)


def labels(test):
    return [button.label for button in test.button]


def test_every_line_of_the_result_has_its_answers_and_a_way_to_change_them(app, assessed, catalogue):
    assessed(knee_problem="yes", weeks_of_selfcare=8, **SETTLED)
    answers = {**well_person(), "knee_problem": "yes", "weeks_of_selfcare": 8, **SETTLED}
    response = Response({item: tuple(a) if isinstance(a, list) else a for item, a in answers.items()})
    result = assess(response, catalogue.findings, catalogue.thresholds)
    routine = recommend(response, result, catalogue.exercises, catalogue.thresholds)
    test = app(PAGE)
    whys = [box for box in test.expander if box.label == "Why: because you answered"]
    pattern_and_neighbours = 2
    lines = len(result.at(Urgency.SEE_CLINICIAN)) + len(routine.habits) + len(routine.steps) + pattern_and_neighbours
    assert len(whys) == lines
    for why in whys:
        assert [button for button in why.button if button.label.startswith("Change: ")]
        assert "**" in why.markdown[0].value
    for label in ("Left out for your safety", "Good to know about your answers"):
        box = next(box for box in test.expander if box.label.startswith(label))
        assert "Because you answered" in "".join(element.value for element in box.markdown)
        assert [button.label for button in box.button] == ["Change: Your health"]


def test_no_two_ways_to_change_collide_on_a_page_with_everything_on_it(app, assessed):
    assessed(
        knee_problem="yes", balance_problem="yes", anticoagulant="yes", weeks_of_selfcare=8, weeks=30,
        night_pain="positional", pain_sites=["buttock", "lateral_hip", "sit_bone"], **SETTLED,
    )  # fmt: skip
    assert not app(PAGE).exception


@pytest.mark.parametrize(
    ("changes", "number", "action"),
    [({"saddle_numbness": "new"}, "999", "Get help now"), ({"fever": "yes"}, "111", "Be seen today")],
)
def test_what_cannot_wait_shows_the_number_first_and_nothing_else_but_the_way_to_the_desk(
    app, assessed, changes, number, action
):
    assessed(at=NOW - timedelta(days=30), **SETTLED)
    assessed(**changes, **SETTLED)
    test = app(PAGE)
    assert (test.title[0].value, test.metric[0].value) == (action, number)
    assert [header.value for header in test.header] == []
    assert len(test.get("download_button")) == 1
    shown = words(test)
    for absent in ("How it compares", "Your routine", "feed it", "Since your first", "optional measures"):
        assert absent not in shown
    assert not [box for box in test.expander if "optional" in box.label]


def test_a_country_without_one_number_is_told_in_words(app, assessed, database_path, catalogue):
    assessed(saddle_numbness="new", **SETTLED)
    with store.connect(database_path) as db:
        store.add_consent(db, catalogue.consent.version, NOW, "text", "other")
        assert isinstance(store.last_consent(db), Consent)
    test = app(PAGE)
    assert "Call your local emergency number" in words(test)
    assert len(test.metric) == 0


def test_a_fair_try_without_effect_names_the_neighbours_and_their_variant(app, assessed):
    assessed(weeks_of_selfcare=8, trend="stable", **SETTLED)
    shown = words(app(PAGE))
    assert "small muscles beside the piriformis" in shown
    assert "That is why **Knee to opposite shoulder** is in your routine" in shown


def test_a_variant_that_is_left_out_is_not_promised(app, assessed):
    assessed(weeks_of_selfcare=8, trend="stable", hip_joint_signs="yes", **SETTLED)
    shown = words(app(PAGE))
    assert "is in your routine:" not in shown
    assert "ask before you try it" in shown


def test_without_a_fair_try_the_neighbours_are_not_spoken_of(app, assessed):
    assessed(weeks_of_selfcare=1, **SETTLED)
    assert "small muscles beside" not in words(app(PAGE))


@pytest.mark.parametrize(("days", "offered"), [(13, False), (14, True)])
def test_a_repeat_is_offered_after_two_weeks(app, assessed, days, offered):
    assessed(at=NOW - timedelta(days=days), **SETTLED)
    assert ("Answer again" in labels(app(PAGE))) is offered


def test_one_assessment_has_no_history(app, assessed):
    assessed(**SETTLED)
    assert "Since your first assessment" not in words(app(PAGE))


def test_the_latest_is_compared_with_the_first_and_all_are_listed(app, assessed):
    assessed(at=NOW - timedelta(days=40), nrs_now=7, worst=9, **SETTLED)
    assessed(at=NOW - timedelta(days=20), nrs_now=5, worst=6, weeks=60, **SETTLED)
    assessed(nrs_now=4, worst=8, **SETTLED)
    test = app(PAGE)
    shown = words(test)
    assert "2 points or 30 per cent" in shown
    assert "Some settling is expected anyway" in shown
    changed, listed = (table.value for table in test.table)
    average = changed[changed.iloc[:, 0] == "Average pain"].iloc[0]
    assert list(average[["First", "Now", "Difference"]]) == ["7", "4", "3 points less; a real change"]
    worst = changed[changed.iloc[:, 0] == "Worst pain"].iloc[0]
    assert worst["Difference"] == "1 point less; may be ordinary ups and downs"
    assert list(listed["Average"]) == ["4", "5", "7"]
    assert list(listed["Result"]) == ["Self-care", "Clinician soon", "Self-care"]
