"""Breaks from sitting and reminders on the Today page: what is kept of them."""

import re
from datetime import time
from pathlib import Path

import pytest

from pages.components import breaks
from unpinch import store

FOLDER = Path(breaks.__file__).parent


@pytest.fixture
def today(app, assessed):
    """Today with the box of breaks open."""
    assessed()
    page = app()
    page.session_state["breaks"] = True
    page.run()
    assert not page.exception
    return page


def kept(path, key):
    with store.connect(path) as db:
        return store.get_setting(db, key)


def test_the_default_and_the_limits_come_from_content(today, catalogue):
    field = next(one for one in today.number_input if one.label.startswith("Minutes of sitting"))
    thresholds = catalogue.thresholds
    assert field.value == thresholds["sitting_break_min"]
    assert (field.min, field.max) == (thresholds["sitting_break_least_min"], thresholds["sitting_break_most_min"])


def test_the_interval_and_the_tone_are_remembered(today, app, database_path):
    next(one for one in today.number_input if one.label.startswith("Minutes of sitting")).set_value(25)
    today.run()
    next(one for one in today.toggle if one.label.startswith("A tone")).set_value(False)
    today.run()
    assert kept(database_path, "sitting_break") == {"minutes": 25, "tone": False, "running": False}
    assert "every 25 minutes" in " ".join(caption.value for caption in today.caption)
    later = app()
    later.session_state["breaks"] = True
    later.run()
    assert next(one for one in later.number_input if one.label.startswith("Minutes of sitting")).value == 25


def test_a_kept_interval_outside_the_limits_becomes_the_default(app, assessed, database_path, catalogue):
    assessed()
    with store.connect(database_path) as db:
        store.set_setting(db, "sitting_break", {"minutes": 500, "running": True})
    page = app()
    assert not page.exception
    mounted = [
        one.proto.json for one in page.get("bidi_component") if one.proto.component_name.endswith("breaks_keeper")
    ]
    assert len(mounted) == 1
    assert '"minutes": 35' in mounted[0]


def test_nothing_is_mounted_while_no_count_runs(app, assessed):
    assessed()
    assert not [one for one in app().get("bidi_component") if "breaks" in one.proto.component_name]


def test_reminders_are_remembered(today, database_path):
    next(one for one in today.get("time_input") if one.label == "Work ends").set_value(time(15, 30))
    today.run()
    next(one for one in today.get("button_group") if one.label == "On these days").set_value([1, 3])
    today.run()
    saved = kept(database_path, "reminders")
    assert (saved["end"], saved["routine_days"]) == ("15:30", [1, 3])


def test_without_any_reminder_there_is_no_file(today):
    for label in ("Breaks from sitting", "The routine"):
        next(one for one in today.toggle if one.label == label).set_value(False)
        today.run()
    assert today.get("download_button")[0].proto.disabled


def test_somebody_who_must_be_seen_first_is_offered_no_timer(app, assessed):
    assessed(saddle_numbness="new")
    assert "Breaks from sitting, and reminders" not in [box.label for box in app().expander]


def test_the_script_is_one_module_without_imports():
    script = breaks.bundle()
    assert not re.search(r"^import ", script, re.MULTILINE)
    assert re.findall(r"^export .*", script, re.MULTILINE) == [
        "export default function ({ parentElement, data, setStateValue }) {"
    ]
    assert all(f"function {name}" in script for name in ("sit", "phase", "create", "panel"))
