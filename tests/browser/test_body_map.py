"""The body map in use: with the check list of the assessment, and in the check-in."""

import datetime
import re

import pytest

from unpinch import catalogue, demo, store
from unpinch.diary import Reach

AT = datetime.datetime(2026, 11, 20, 9, 30, tzinfo=datetime.UTC)
OURS_ALONE = {"serious", "critical"}
WIDTH = "document.querySelector('[data-testid=stMain]').scrollWidth"
FOCUSED = "[...document.querySelectorAll('*')].map(e => e.shadowRoot?.activeElement?.dataset?.region).find(Boolean)"


@pytest.fixture(scope="module")
def asked(serve, tmp_path_factory):
    """The app, with an assessment left on the screen that asks where it hurts."""
    path, content = tmp_path_factory.mktemp("asked") / "unpinch.db", catalogue.load()
    version = content.questionnaire.version
    with store.connect(path) as db:
        text = "\n".join((*content.consent.points, content.consent.agree))
        store.add_consent(db, content.consent.version, AT, text, "uk")
        store.start_response(db, "r1", at=AT, tz="UTC", day=AT.date(), questionnaire_version=version)
        store.set_page(db, "r1", "where")
    return serve("app.py", db=path)


@pytest.fixture(scope="module")
def screen(asked, browser, expect):
    """One page with that screen, for the tests one after another: loading it takes longer than most of them."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(f"{asked.url}/assess")
    expect(region(page, "Low back, seen from the back")).to_be_visible()
    yield page
    context.close()


@pytest.fixture
def checking_in(serve, tmp_path):
    """The app on twelve weeks of sample data, the check-in of today still open."""
    path = tmp_path / "unpinch.db"
    with store.connect(path) as db:
        demo.fill(db, catalogue.load(), AT.date())
    return serve("app.py", db=path, env={"UNPINCH_NOW": AT.isoformat()})


def answers(server):
    with store.connect(server.db) as db:
        kept = store.answers(db, "r1")
    return set(kept.get("pain_sites") or ()), kept.get("side")


def pill(page, name):
    return page.get_by_role("toolbar", name="Where does it hurt").get_by_role("button", name=name, exact=True)


def region(page, name):
    return page.get_by_role("checkbox", name=name, exact=True)


def nothing_marked(page, expect):
    """Begin with an empty list, whatever was marked before."""
    if page.locator(".region[aria-checked=true]").count():
        pill(page, "None of these").click()
    expect(page.locator(".region[aria-checked=true]")).to_have_count(0)


def faults(page):
    """Serious violations that axe finds."""
    from axe_playwright_python.sync_playwright import Axe

    return [one["id"] for one in Axe().run(page).response["violations"] if one["impact"] in OURS_ALONE]


def test_the_map_works_by_keyboard_alone(asked, screen, expect):
    screen.locator("summary", has_text="Show on the body").focus()
    screen.keyboard.press("Tab")
    expect(region(screen, "Low back, seen from the back")).to_be_focused()
    screen.keyboard.press("ArrowRight")
    expect(region(screen, "Low back, seen from the back")).not_to_be_focused()
    screen.keyboard.press("ArrowLeft")
    screen.keyboard.press("ArrowDown")
    below = screen.evaluate(FOCUSED)
    assert re.match(r"(sacroiliac|buttock|tailbone|lateral_hip)", below)
    screen.keyboard.press("Space")
    expect(screen.locator(f"[data-region={below}][aria-checked=true]").first).to_be_visible()
    code = re.sub(r"_(left|right)$", "", below)
    expect(screen.get_by_role("toolbar", name="Where does it hurt").locator("[aria-pressed=true]")).to_have_count(1)
    assert answers(asked) == ({code}, below.rpartition("_")[2] if code != below else "central")


def test_the_list_and_the_side_mark_the_map(asked, screen, expect):
    nothing_marked(screen, expect)
    pill(screen, "Sit bone").click()
    screen.get_by_role("radiogroup", name="Which side").get_by_text("Both", exact=True).click()
    left, right = (region(screen, f"{side} sit bone, seen from the back") for side in ("Left", "Right"))
    expect(left).to_be_checked()
    expect(right).to_be_checked()
    screen.get_by_role("radiogroup", name="Which side").get_by_text("Left", exact=True).click()
    expect(right).not_to_be_checked()
    expect(left).to_be_checked()
    screen.get_by_role("radiogroup", name="Which side").get_by_text("Both", exact=True).click()
    expect(right).to_be_checked()
    pill(screen, "None of these").click()
    expect(left).not_to_be_checked()
    expect(pill(screen, "Sit bone")).to_have_attribute("aria-pressed", "false")
    assert answers(asked) == (set(), "both")


def test_the_same_mark_counts_again_after_the_list_undid_it(asked, screen, expect):
    nothing_marked(screen, expect)
    for _ in range(2):
        region(screen, "Right knee, seen from the back").click()
        expect(pill(screen, "Knee")).to_have_attribute("aria-pressed", "true")
        pill(screen, "Knee").click()
        expect(region(screen, "Right knee, seen from the back")).not_to_be_checked()
    assert answers(asked) == (set(), "right")


def test_marks_in_quick_succession_are_all_kept(asked, screen, expect):
    nothing_marked(screen, expect)
    for name in ("Low back", "Right buttock", "Right back of the thigh", "Right lower leg", "Right foot"):
        region(screen, f"{name}, seen from the back").click(no_wait_after=True)
    for name in ("Low back", "Buttock", "Back of the thigh", "Calf", "Foot or sole"):
        expect(pill(screen, name)).to_have_attribute("aria-pressed", "true")
    assert answers(asked) == ({"low_back", "buttock", "posterior_thigh", "calf", "foot"}, "right")
    expect(screen.locator(".region[aria-checked=true]")).to_have_count(8)


def test_a_mark_on_the_map_ticks_the_list_names_the_side_and_is_kept(asked, screen, expect):
    nothing_marked(screen, expect)
    region(screen, "Right buttock, seen from the back").click()
    expect(pill(screen, "Buttock")).to_have_attribute("aria-pressed", "true")
    expect(screen.get_by_role("radio", name="Right", exact=True)).to_be_checked()
    region(screen, "Left lower leg, seen from the back").click()
    expect(pill(screen, "Calf")).to_have_attribute("aria-pressed", "true")
    expect(screen.get_by_role("radio", name="Both", exact=True)).to_be_checked()
    assert answers(asked) == ({"buttock", "calf"}, "both")
    region(screen, "Left lower leg, seen from the front").click()
    expect(pill(screen, "Calf")).to_have_attribute("aria-pressed", "false")
    assert answers(asked) == ({"buttock"}, "right")
    assert faults(screen) == []
    assert screen.evaluate(WIDTH) <= 1280
    screen.reload()
    expect(region(screen, "Right buttock, seen from the back")).to_be_checked()
    expect(region(screen, "Left buttock, seen from the back")).not_to_be_checked()


def test_on_a_phone_it_waits_until_it_is_asked_for_shows_one_view_and_fits(asked, open_page, expect):
    page = open_page(f"{asked.url}/assess", width=360, height=800, dark=True, phone=True)
    expect(page.get_by_role("heading", name="Where it hurts")).to_be_visible()
    page.get_by_text("Show on the body").click()
    page.get_by_role("button", name="Front", exact=True).click()
    expect(region(page, "Right buttock, seen from the back")).to_be_hidden()
    region(page, "Right groin, seen from the front").click()
    expect(pill(page, "Groin")).to_have_attribute("aria-pressed", "true")
    assert faults(page) == []
    assert page.evaluate(WIDTH) <= 360


def test_the_check_in_takes_how_far_down_from_the_map_and_keeps_the_places(checking_in, open_page, expect):
    page = open_page(checking_in.url)
    page.get_by_text("More: ").click()
    page.get_by_text("Show on the body").click()
    region(page, "Right buttock, seen from the back").click()
    reach = page.get_by_role("radiogroup", name="How far down")
    expect(reach.get_by_role("radio", name="Buttock")).to_be_checked()
    region(page, "Right lower leg, seen from the back").click()
    expect(reach.get_by_role("radio", name="Calf")).to_be_checked()
    expect(page.get_by_text("Marked: right buttock, right lower leg.")).to_be_visible()
    page.get_by_role("radiogroup", name="Average pain").get_by_text("4", exact=True).click()
    page.get_by_role("button", name="Save check-in").click()
    expect(page.get_by_text("Saved", exact=False).first).to_be_visible()
    with store.connect(checking_in.db) as db:
        entry = store.check_ins(db)[-1]
    assert (entry.nrs, entry.reach, entry.sites) == (4, Reach.CALF, ("buttock_right", "calf_right"))
    page.locator(f".st-key-entry_{entry.uid}").get_by_role("button", name="Correct").click()
    expect(page.get_by_text("Marked: right buttock, right lower leg.")).to_be_visible()
