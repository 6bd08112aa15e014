"""The check-in by keyboard alone, and what is typed a moment before it is saved."""

import sqlite3
from datetime import UTC, datetime

import pytest

from unpinch import catalogue as content
from unpinch import store
from unpinch.demo import fill

NOW = datetime(2026, 5, 20, 14, 5, tzinfo=UTC)
MOST_PRESSES = 9
AVERAGE, WORST = "Average pain over the last 24 hours", "Worst pain over the last 24 hours"
REACH = "How far down does it go today?"
FOCUSED = "() => document.activeElement.closest('[role=radiogroup]')?.getAttribute('aria-label') ?? ''"


@pytest.fixture
def due(serve, tmp_path):
    """The app of somebody who last checked in yesterday."""
    path = tmp_path / "unpinch.db"
    with store.connect(path) as db:
        fill(db, content.load(), NOW.date())
    return serve("app.py", db=path, env={"UNPINCH_NOW": NOW.isoformat()})


def stored(path):
    with sqlite3.connect(path) as db:
        return db.execute("SELECT day, nrs, worst, reach, note, flare FROM check_ins ORDER BY seq DESC").fetchone()


def chosen(page, question, answer):
    return page.get_by_role("radiogroup", name=question).get_by_role("radio", name=answer, exact=True)


def test_a_check_in_takes_fewer_than_ten_key_presses_and_ctrl_enter_saves_what_is_being_typed(due, open_page, expect):
    page = open_page(due.url)
    expect(page.get_by_role("radiogroup", name=REACH).get_by_role("radio")).to_have_count(5)
    expect(page.get_by_text("Ctrl+Enter saves.")).to_be_visible()

    presses = 0

    def press(*keys):
        nonlocal presses
        for key in keys:
            page.keyboard.press(key)
            presses += 1

    press("Tab", "Enter")  # skips to the main content
    while page.evaluate(FOCUSED) != AVERAGE and presses < MOST_PRESSES:
        press("Tab")
    press("4", "Tab", "6")
    for question, answer in ((AVERAGE, "4"), (WORST, "6")):
        expect(chosen(page, question, answer)).to_be_checked()
    press("Control+Enter")
    expect(page.get_by_test_id("stAlert").get_by_text("Saved 14:05")).to_be_visible()
    assert presses <= MOST_PRESSES
    assert stored(due.db) == ("2026-05-20", 4.0, 6.0, None, "", 0)
    expect(page.get_by_role("heading", level=1)).to_be_focused()

    page.get_by_text("Another check-in", exact=True).click()
    page.get_by_text("More: sitting, habits, note, body map").click()
    page.get_by_role("radiogroup", name=AVERAGE).get_by_role("radio", name="0", exact=True).focus()
    press("7", "Tab", "1", "0", "Tab", "t")
    for question, answer in ((AVERAGE, "7"), (WORST, "10"), (REACH, "Thigh")):
        expect(chosen(page, question, answer)).to_be_checked()
    page.get_by_label("Note", exact=True).fill("typed and not left")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("typed and not left")).to_be_visible()
    assert stored(due.db) == ("2026-05-20", 7.0, 10.0, "thigh", "typed and not left", 0)
