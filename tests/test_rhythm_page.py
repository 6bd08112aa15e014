"""How one checks in, and what is noted beside it: the weekly mode, the start of the day, medicines and events."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.test_today_page import button, opened, primary, run, said, widget
from unpinch import store
from unpinch.diary import CheckIn

AT = datetime(2026, 5, 20, 14, 5, tzinfo=UTC)
TODAY = AT.date()


@pytest.fixture
def well(assessed, database_path, monkeypatch) -> Path:
    """The database of somebody who was assessed two days ago and checked in yesterday."""
    monkeypatch.setenv("UNPINCH_NOW", AT.isoformat())
    assessed(at=AT - timedelta(days=2))
    with store.connect(database_path) as db:
        store.add_check_in(db, CheckIn("before", TODAY - timedelta(days=1), AT - timedelta(days=1), "UTC", nrs=5))
    return database_path


def opened_fold(key: str):
    page = opened()
    page.session_state[key] = True
    return run(page)


def kept(path: Path) -> tuple[CheckIn, ...]:
    with store.connect(path) as db:
        return store.check_ins(db)


def test_once_a_week_the_form_asks_about_seven_days_and_is_due_every_seventh(well, monkeypatch):
    with store.connect(well) as db:
        store.set_setting(db, "check_in_mode", "weekly")
    page = opened()
    assert primary(page) == ["Start today's routine"]
    assert "The next is due on Tuesday, 26 May." in said(page)
    monkeypatch.setenv("UNPINCH_NOW", (AT + timedelta(days=6)).isoformat())
    page = opened()
    assert primary(page) == ["Save check-in"]
    widget(page, "button_group", "Average pain over the last seven days").set_value(4)
    widget(page, "button_group", "Habits I kept on most days").set_value(["sitting_break"])
    widget(page, "toggle", "A flare on any of them").set_value(True)
    button(page, "Save check-in").click()
    run(page)
    entry = kept(well)[-1]
    assert (entry.day, entry.days, entry.nrs, entry.flare) == (TODAY + timedelta(days=6), 7, 4, True)
    assert "Seven days up to today: **4** average" in said(page)
    assert "The next is due on Tuesday, 2 June." in said(page)


def test_a_weekly_entry_stays_one_when_it_is_corrected_in_the_daily_mode(well):
    with store.connect(well) as db:
        store.add_check_in(db, CheckIn("mine", TODAY, AT, "UTC", nrs=3, days=7))
    page = opened()
    page.button(key="correct_mine").click()
    run(page)
    widget(page, "button_group", "Average pain over the last seven days").set_value(2)
    button(page, "Save check-in").click()
    run(page)
    assert [(one.nrs, one.days) for one in kept(well) if one.uid == "mine"] == [(2, 7)]


def test_how_one_checks_in_is_kept_at_once_and_can_be_undone(well):
    page = opened_fold("rhythm")
    widget(page, "button_group", "How often").set_value("weekly")
    run(page)
    assert "From now on: once a week." in said(page)
    assert "not compared with each other" in said(page)
    button(page, "Undo").click()
    run(page)
    assert widget(page, "button_group", "How often").value == "daily"
    widget(page, "selectbox", "My day starts at").set_value("04:00")
    run(page)
    assert "Your day now starts at 04:00." in said(page)
    with store.connect(well) as db:
        settings = [store.get_setting(db, key) for key in ("check_in_mode", "day_starts_at")]
    assert settings == ["daily", "04:00"]


def test_before_the_day_starts_it_is_still_the_day_before(well, monkeypatch):
    with store.connect(well) as db:
        store.set_setting(db, "day_starts_at", "04:00")
    monkeypatch.setenv("UNPINCH_NOW", "2026-05-20T03:59:00+00:00")
    page = opened()
    assert "Tuesday, 19 May" in said(page)
    widget(page, "button_group", "Average pain").set_value(6)
    button(page, "Save check-in").click()
    run(page)
    (entry,) = [one for one in kept(well) if one.nrs == 6]
    assert (entry.day, entry.back_filled) == (date(2026, 5, 19), False)
    monkeypatch.setenv("UNPINCH_NOW", "2026-05-20T04:00:00+00:00")
    assert "Wednesday, 20 May" in said(opened())


def events(path: Path) -> list[tuple[str, str, date, date | None]]:
    with store.connect(path) as db:
        return [(one.kind, one.label, one.first_day, one.last_day) for one in store.events(db)]


def test_a_medicine_is_noted_ended_corrected_removed_and_brought_back(well):
    page = opened_fold("events")
    button(page, "Save it").click()
    run(page)
    assert "Say what it was" in said(page)
    widget(page, "text_input", "What it was").set_value(" Ibuprofen ")
    widget(page, "date_input", "First day").set_value(TODAY - timedelta(days=5))
    widget(page, "button_group", "How long").set_value("open")
    button(page, "Save it").click()
    run(page)
    assert events(well) == [("medicine", "Ibuprofen", TODAY - timedelta(days=5), None)]
    assert "Medicine, since 15 May" in said(page)
    assert widget(page, "text_input", "What it was").value == ""
    button(page, "It ended today").click()
    run(page)
    assert events(well)[0][3] == TODAY
    button(page, "Undo").click()
    run(page)
    assert events(well)[0][3] is None
    next(one for one in page.button if one.key.startswith("event_correct_")).click()
    run(page)
    widget(page, "button_group", "Kind").set_value("treatment")
    widget(page, "button_group", "How long").set_value("until")
    run(page)
    widget(page, "date_input", "Last day").set_value(TODAY - timedelta(days=9))
    button(page, "Save it").click()
    run(page)
    assert "cannot be before the first" in said(page)
    widget(page, "date_input", "Last day").set_value(TODAY - timedelta(days=1))
    button(page, "Save it").click()
    run(page)
    changed = [("treatment", "Ibuprofen", TODAY - timedelta(days=5), TODAY - timedelta(days=1))]
    assert events(well) == changed
    assert "Treatment, 15 May to yesterday" in said(page)
    next(one for one in page.button if one.key.startswith("event_remove_")).click()
    run(page)
    assert events(well) == []
    button(page, "Undo").click()
    run(page)
    assert events(well) == changed
