"""The body map beside the questions: what it makes of the side, and that nothing it says is lost or doubled."""

import pytest

from pages.components import where
from unpinch import store
from unpinch.diary import CheckIn, Reach

from .conftest import NOW


@pytest.mark.parametrize(
    ("regions", "before", "side", "after"),
    [
        (("buttock_right",), (), None, "right"),
        (("buttock_right", "calf_left"), ("buttock_right",), "right", "both"),
        (("buttock_right",), ("buttock_right", "calf_left"), "both", "right"),
        (("buttock_left",), (), "right", "left"),
        (("low_back",), (), None, "central"),
        (("low_back",), ("low_back", "buttock_right"), "right", "central"),
        (("low_back",), (), "left", "left"),
        (("buttock_right", "buttock_left"), ("buttock_right",), "alternating", "alternating"),
        ((), ("buttock_right",), "left", "left"),
    ],
)
def test_the_side_follows_the_marks_but_never_talks_over_the_person(regions, before, side, after):
    assert where.side_after(regions, before, side) == after


@pytest.fixture
def asking(app, assessed, database_path, catalogue):
    """The assessment on the screen that asks where it hurts."""
    assessed()
    with store.connect(database_path) as db:
        version = catalogue.questionnaire.version
        store.start_response(db, "r1", at=NOW, tz="UTC", day=NOW.date(), questionnaire_version=version)
        store.set_page(db, "r1", "where")
    return app("pages/assess.py")


def kept(path):
    with store.connect(path) as db:
        return store.answers(db, "r1")


def mark(page, key, regions, turn):
    """What the browser reports after a mark. The callback does not run: the next run must take it up."""
    page.session_state[key] = {"marking": {"regions": regions, "turn": turn}}
    page.run()
    assert not page.exception


def test_a_mark_whose_callback_was_cut_short_is_still_kept(asking, database_path):
    mark(asking, "map:r1", ["calf_right", "buttock_right"], 7)
    assert kept(database_path) == {"pain_sites": ["buttock", "calf"], "side": "right"}
    asking.run()
    assert kept(database_path) == {"pain_sites": ["buttock", "calf"], "side": "right"}


def test_a_mark_that_was_taken_up_does_not_undo_what_the_list_says_later(asking, database_path):
    mark(asking, "map:r1", ["buttock_right"], 7)
    sites = next(one for one in asking.get("button_group") if one.label == "Where does it hurt?")
    sites.set_value(["buttock", "knee"])
    asking.run()
    assert kept(database_path)["pain_sites"] == ["buttock", "knee"]
    mark(asking, "map:r1", ["buttock_right"], 7)
    assert kept(database_path)["pain_sites"] == ["buttock", "knee"]


def body(page):
    """The keys of the check-in's map, whose name changes with each entry."""
    return f"check_in_map_{page.session_state['check_in_uid']}"


def reach(page):
    return next(one for one in page.get("button_group") if one.label.startswith("How far down"))


def test_the_check_in_follows_the_map_but_leaves_a_reach_chosen_by_hand(app, assessed, database_path):
    assessed()
    page = app()
    mark(page, body(page), ["calf_left"], 1)
    assert reach(page).value == Reach.CALF
    mark(page, body(page), [], 2)
    assert reach(page).value is None
    reach(page).set_value(Reach.THIGH)
    page.run()
    mark(page, body(page), [], 3)
    assert reach(page).value == Reach.THIGH


def test_an_entry_is_corrected_with_its_places(app, assessed, database_path):
    assessed()
    with store.connect(database_path) as db:
        store.add_check_in(db, CheckIn("mine", NOW.date(), NOW, "UTC", nrs=3, sites=("buttock_left",)))
    page = app()
    page.button(key="correct_mine").click()
    page.run()
    assert "Marked: left buttock." in [caption.value for caption in page.caption]
    next(one for one in page.button if one.label == "Save check-in").click()
    page.run()
    with store.connect(database_path) as db:
        assert store.check_ins(db)[-1].sites == ("buttock_left",)
