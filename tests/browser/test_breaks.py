"""Breaks from sitting in a browser: the count outlives the page that began it."""

import datetime

import pytest
from icalendar import Calendar

from unpinch import catalogue, demo, store

OURS_ALONE = {"serious", "critical"}
BOX = "Breaks from sitting, and reminders"


@pytest.fixture
def today(serve, tmp_path):
    """The app on twelve weeks of sample data."""
    path = tmp_path / "unpinch.db"
    with store.connect(path) as db:
        demo.fill(db, catalogue.load(), datetime.datetime.now(datetime.UTC).date())
    return serve("app.py", db=path)


@pytest.fixture
def sitting(today, open_page, expect):
    """Today with a count of 35 minutes begun, on a clock that the test moves."""

    def begin(**look):
        page = open_page(today.url, **look)
        page.clock.install()
        page.reload()
        page.get_by_text(BOX).click()
        page.get_by_role("button", name="Start", exact=True).click()
        expect(page.get_by_text("A break in 35 minutes.")).to_be_visible()
        return page

    return begin


def notice(page):
    return page.get_by_role("alert").get_by_text("35 minutes of sitting are up")


def test_the_time_is_up_on_another_page_and_standing_up_begins_again(sitting, expect):
    page = sitting()
    page.get_by_role("link", name="Learn", exact=True).first.click()
    expect(page.get_by_role("heading", name="Learn", exact=True)).to_be_visible()
    page.clock.fast_forward("34:00")
    expect(notice(page)).to_have_count(0)
    page.clock.fast_forward("01:01")
    expect(notice(page)).to_be_visible()
    assert page.title() == "Stand up · Unpinch"
    page.get_by_role("link", name="Trends", exact=True).first.click()
    expect(page.get_by_role("heading", name="Trends", exact=True)).to_be_visible()
    expect(page).to_have_title("Stand up · Unpinch")
    page.get_by_role("button", name="I stood up").click()
    expect(notice(page)).to_have_count(0)
    expect(page).to_have_title("Unpinch")
    page.clock.fast_forward("35:01")
    expect(notice(page)).to_be_visible()
    page.get_by_role("button", name="Stop", exact=True).click()
    page.clock.fast_forward("59:00")
    expect(notice(page)).to_have_count(0)


def test_the_count_goes_on_after_a_reload_without_being_opened(sitting, today, expect):
    page = sitting()
    page.clock.fast_forward("30:00")
    page.reload()
    expect(page.get_by_role("heading", name="Check-in")).to_be_visible()
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    page.clock.fast_forward("05:01")
    expect(notice(page)).to_be_visible()
    with store.connect(today.db) as db:
        assert store.get_setting(db, "sitting_break") == {"minutes": 35, "tone": True, "running": True}


def test_an_own_interval_is_kept_and_counts_from_when_the_sitting_began(sitting, today, expect):
    page = sitting()
    page.clock.fast_forward("10:00")
    field = page.get_by_label("Minutes of sitting before a break")
    field.fill("50")
    field.press("Enter")
    expect(page.get_by_text("A break in 40 minutes.")).to_be_visible()
    page.get_by_role("button", name="Stop", exact=True).click()
    expect(page.get_by_role("button", name="Start", exact=True)).to_be_visible()
    page.reload()
    page.get_by_text(BOX).click()
    expect(page.get_by_label("Minutes of sitting before a break")).to_have_value("50")
    with store.connect(today.db) as db:
        assert store.get_setting(db, "sitting_break") == {"minutes": 50, "tone": True, "running": False}


def test_the_tone_sounds_once_when_the_time_is_up(sitting, expect):
    page = sitting()
    page.evaluate(
        "() => { window.notes = 0; const begin = OscillatorNode.prototype.start;"
        "OscillatorNode.prototype.start = function (at) { window.notes += 1; return begin.call(this, at) } }"
    )
    page.clock.fast_forward("35:01")
    expect(notice(page)).to_be_visible()
    page.clock.fast_forward("05:00")
    assert page.evaluate("window.notes") == 3


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (360, True)])
def test_box_and_notice_have_no_serious_axe_violation_and_fit(sitting, expect, width, dark):
    from axe_playwright_python.sync_playwright import Axe

    page = sitting(width=width, height=800, dark=dark)
    page.clock.fast_forward("35:01")
    expect(notice(page)).to_be_visible()
    found = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["target"]) for one in found if one["impact"] in OURS_ALONE] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= width


def test_the_calendar_file_holds_breaks_and_routine(today, open_page, expect):
    page = open_page(today.url, timezone_id="Europe/Berlin")
    page.get_by_text(BOX).click()
    expect(page.get_by_role("button", name="Calendar file")).to_be_enabled()
    with page.expect_download() as saving:
        page.get_by_role("button", name="Calendar file").click()
    book = Calendar.from_ical(saving.value.path().read_bytes())
    kinds = [str(event["summary"]) for event in book.events]
    assert kinds.count("Routine in Unpinch") == 1
    assert kinds.count("Stand up and walk a little") == 13
    assert [zone.tz_name for zone in book.timezones] == ["Europe/Berlin"]
