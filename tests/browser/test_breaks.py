"""Breaks from sitting in a browser: the count outlives the page that began it."""

import datetime
from contextlib import closing

import pytest
from icalendar import Calendar

from tests.browser.person import STILL
from unpinch import catalogue, demo, store

OURS_ALONE = {"serious", "critical"}
BOX = "Breaks from sitting, and reminders"
LISTEN = """() => {
  const heard = window.notes !== undefined;
  window.notes = 0;
  if (heard) return;
  const begin = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (at) { window.notes += 1; return begin.call(this, at) };
}"""
RUNG = """() => navigator.locks.query()
  .then(({ held }) => held.some((lock) => lock.name.startsWith("unpinch:sitting-break:")))"""
EXERCISE = """(active) => {
  (globalThis.unpinchSessions ??= new Map()).set("test", { engine: { active }, forget() {}, views: new Set() });
  dispatchEvent(new Event("unpinch:session"));
}"""
KEPT = "Object.keys(localStorage).filter((key) => key.startsWith('unpinch:'))"


@pytest.fixture(scope="module")
def app(serve, tmp_path_factory):
    """The app on twelve weeks of sample data."""
    path = tmp_path_factory.mktemp("breaks") / "unpinch.db"
    with store.connect(path) as db:
        demo.fill(db, catalogue.load(), datetime.datetime.now(datetime.UTC).date())
    return serve("app.py", db=path)


@pytest.fixture(scope="module")
def tab(app, browser, expect):
    """Today on a clock that the tests move, the box open, for one test after another."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, timezone_id="Europe/Berlin")
    page = context.new_page()
    page.clock.install()
    page.goto(app.url)
    page.get_by_text(BOX).wait_for(timeout=20_000)
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")  # nothing moves
    page.get_by_text(BOX).click()
    expect(page.get_by_role("button", name="Start", exact=True)).to_be_visible()
    yield page
    context.close()


def sit(page, expect):
    """A count of 35 minutes, begun anew on Today."""
    go(page, expect, "Today")
    field = page.get_by_label("Minutes of sitting before a break")
    page.get_by_text(BOX).wait_for()
    if not field.is_visible():
        page.get_by_text(BOX).click()
    field.wait_for()
    page.get_by_role("button", name="Start", exact=True).or_(stop(page)).first.wait_for()
    if stop(page).count():
        stop(page).last.click()
    page.get_by_role("button", name="Start", exact=True).click()
    expect(page.get_by_text("A break in 35 minutes.")).to_be_visible()


def stop(page):
    return page.get_by_role("button", name="Stop", exact=True)


def go(page, expect, name):
    page.get_by_role("link", name=name, exact=True).first.click()
    expect(page.get_by_role("heading", name=name, exact=True)).to_be_visible()


def running(page, app):
    """Whether the app keeps that a count is running, asked until it does or many answers of the server later."""
    for _ in range(2000):
        with store.connect(app.db) as db:
            if (store.get_setting(db, "sitting_break") or {}).get("running"):
                return True
        page.evaluate("() => fetch('_stcore/health').then(() => null)")
    return False


def notice(page):
    return page.get_by_role("alert").get_by_text("35 minutes of sitting are up")


def test_the_time_is_up_on_another_page_rings_once_and_standing_up_begins_again(tab, expect):
    sit(tab, expect)
    tab.evaluate(LISTEN)
    go(tab, expect, "Learn")
    tab.clock.fast_forward("34:00")
    expect(notice(tab)).to_have_count(0)
    tab.clock.fast_forward("01:01")
    expect(notice(tab)).to_be_visible()
    assert tab.title() == "Stand up · Unpinch"
    tab.wait_for_function("window.notes === 3")
    tab.clock.fast_forward("05:00")
    assert tab.evaluate("window.notes") == 3
    go(tab, expect, "Trends")
    expect(tab).to_have_title("Stand up · Unpinch")
    tab.get_by_role("button", name="I stood up").click()
    expect(notice(tab)).to_have_count(0)
    expect(tab).to_have_title("Unpinch")
    tab.clock.fast_forward("35:01")
    expect(notice(tab)).to_be_visible()
    stop(tab).click()
    tab.clock.fast_forward("59:00")
    expect(notice(tab)).to_have_count(0)


def test_a_session_is_no_sitting_and_of_two_tabs_one_rings(tab, app, open_page, expect):
    sit(tab, expect)
    tab.evaluate(LISTEN)
    tab.evaluate(EXERCISE, True)
    tab.clock.fast_forward("34:00")
    expect(tab.get_by_text("A break in 35 minutes.")).to_be_visible()
    tab.clock.fast_forward("02:00")
    expect(tab.get_by_text("A break in 33 minutes.")).to_be_visible()
    tab.evaluate(EXERCISE, False)
    with closing(open_page(app.url, context=tab.context)) as other:
        other.evaluate(LISTEN)
        other.get_by_text(BOX).click()  # a press, so that this tab may sound as well
        expect(other.get_by_text("A break in 33 minutes.")).to_be_visible()
        tab.clock.fast_forward("33:01")  # moves both
        for page in (tab, other):
            expect(notice(page)).to_be_visible()
        tab.wait_for_function(RUNG)
        assert sorted(page.evaluate("window.notes") for page in (tab, other)) == [0, 3]


def test_box_and_notice_have_no_serious_axe_violation_and_fit(tab, expect):
    from axe_playwright_python.sync_playwright import Axe

    sit(tab, expect)
    tab.clock.fast_forward("35:01")
    for width, scheme in ((1280, "light"), (360, "dark")):
        tab.set_viewport_size({"width": width, "height": 800})
        tab.emulate_media(color_scheme=scheme)
        expect(notice(tab)).to_be_visible()
        expect(tab.get_by_test_id("stApp")).to_have_css("color-scheme", scheme)
        expect(tab.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
        tab.wait_for_function(STILL)
        found = Axe().run(tab).response["violations"]
        assert [(one["id"], one["nodes"][0]["target"]) for one in found if one["impact"] in OURS_ALONE] == []
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
        assert tab.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= width
    tab.set_viewport_size({"width": 1280, "height": 800})
    tab.emulate_media(color_scheme="light")


def test_the_calendar_file_holds_breaks_and_routine(tab, expect):
    sit(tab, expect)
    expect(tab.get_by_role("button", name="Calendar file")).to_be_enabled()
    expect(tab.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    with tab.expect_download() as saving:
        tab.get_by_role("button", name="Calendar file").click()
    book = Calendar.from_ical(saving.value.path().read_bytes())
    kinds = [str(event["summary"]) for event in book.events]
    assert kinds.count("Routine in Unpinch") == 1
    assert kinds.count("Stand up and walk a little") == 13
    assert [zone.tz_name for zone in book.timezones] == ["Europe/Berlin"]


def test_the_count_goes_on_after_a_reload_without_being_opened(tab, app, expect):
    sit(tab, expect)
    assert running(tab, app)
    go(tab, expect, "Learn")
    tab.clock.fast_forward("30:00")
    tab.reload()
    expect(tab.get_by_role("heading", name="Learn", exact=True)).to_be_visible()
    tab.clock.fast_forward("05:01")
    expect(notice(tab)).to_be_visible()
    with store.connect(app.db) as db:
        assert store.get_setting(db, "sitting_break") == {"minutes": 35, "tone": True, "running": True}


def test_an_own_interval_is_kept_counts_from_when_the_sitting_began_and_goes_when_all_is_deleted(tab, app, expect):
    sit(tab, expect)
    tab.clock.fast_forward("10:00")
    field = tab.get_by_label("Minutes of sitting before a break")
    field.fill("50")
    field.press("Enter")
    expect(tab.get_by_text("A break in 40 minutes.")).to_be_visible()
    with store.connect(app.db) as db:
        assert store.get_setting(db, "sitting_break") == {"minutes": 50, "tone": True, "running": True}
    tab.get_by_role("button", name="Stop", exact=True).click()
    expect(tab.get_by_role("button", name="Start", exact=True)).to_be_visible()
    tab.get_by_role("button", name="Start", exact=True).click()
    expect(tab.get_by_text("A break in 50 minutes.")).to_be_visible()
    assert tab.evaluate(KEPT)
    go(tab, expect, "My data")
    tab.get_by_label("Type DELETE to confirm").fill("DELETE")
    tab.get_by_role("button", name="Delete everything for good").click()
    expect(tab.get_by_text("and what this browser remembered")).to_be_visible()
    expect(notice(tab)).to_have_count(0)
    tab.wait_for_function(f"{KEPT}.length === 0")
