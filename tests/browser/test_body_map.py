"""The body map in use: with the check list of the assessment, and in the check-in."""

import datetime
import re

import pytest

from unpinch import catalogue, demo, store
from unpinch.diary import Reach

AT = datetime.datetime(2026, 11, 20, 9, 30, tzinfo=datetime.UTC)
OURS_ALONE = {"serious", "critical"}


@pytest.fixture
def asked(serve, tmp_path):
    """The app, with an assessment left on the screen that asks where it hurts."""
    path, content = tmp_path / "unpinch.db", catalogue.load()
    version = content.questionnaire.version
    with store.connect(path) as db:
        text = "\n".join((*content.consent.points, content.consent.agree))
        store.add_consent(db, content.consent.version, AT, text, "uk")
        store.start_response(db, "r1", at=AT, tz="UTC", day=AT.date(), questionnaire_version=version)
        store.set_page(db, "r1", "where")
    return serve("app.py", db=path)


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


def test_a_mark_on_the_map_ticks_the_list_names_the_side_and_is_kept(asked, open_page, expect):
    page = open_page(f"{asked.url}/assess")
    region(page, "Right buttock, seen from the back").click()
    expect(pill(page, "Buttock")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("radio", name="Right", exact=True)).to_be_checked()
    region(page, "Left lower leg, seen from the back").click()
    expect(pill(page, "Calf")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("radio", name="Both", exact=True)).to_be_checked()
    assert answers(asked) == ({"buttock", "calf"}, "both")
    region(page, "Left lower leg, seen from the front").click()
    expect(pill(page, "Calf")).to_have_attribute("aria-pressed", "false")
    assert answers(asked) == ({"buttock"}, "right")
    page.reload()
    expect(region(page, "Right buttock, seen from the back")).to_be_checked()
    expect(region(page, "Left buttock, seen from the back")).not_to_be_checked()


def test_the_list_and_the_side_mark_the_map(asked, open_page, expect):
    page = open_page(f"{asked.url}/assess")
    pill(page, "Sit bone").click()
    left, right = (region(page, f"{side} sit bone, seen from the back") for side in ("Left", "Right"))
    expect(left).to_be_checked()
    expect(right).to_be_checked()
    page.get_by_role("radiogroup", name="Which side").get_by_text("Left", exact=True).click()
    expect(right).not_to_be_checked()
    expect(left).to_be_checked()
    page.get_by_role("radiogroup", name="Which side").get_by_text("Both", exact=True).click()
    expect(right).to_be_checked()
    pill(page, "None of these").click()
    expect(left).not_to_be_checked()
    expect(pill(page, "Sit bone")).to_have_attribute("aria-pressed", "false")
    assert answers(asked) == (set(), "both")


def test_the_same_mark_counts_again_after_the_list_undid_it(asked, open_page, expect):
    page = open_page(f"{asked.url}/assess")
    for _ in range(2):
        region(page, "Right knee, seen from the back").click()
        expect(pill(page, "Knee")).to_have_attribute("aria-pressed", "true")
        pill(page, "Knee").click()
        expect(region(page, "Right knee, seen from the back")).not_to_be_checked()
    assert answers(asked) == (set(), "right")


def test_marks_in_quick_succession_are_all_kept(asked, open_page, expect):
    page = open_page(f"{asked.url}/assess")
    names = ("low back", "buttock", "back of the thigh", "lower leg", "foot")
    expect(region(page, "Low back, seen from the back")).to_be_visible()
    for name in names:
        full = "Low back" if name == "low back" else f"Right {name}"
        region(page, f"{full}, seen from the back").click(no_wait_after=True)
    for name in ("Low back", "Buttock", "Back of the thigh", "Calf", "Foot or sole"):
        expect(pill(page, name)).to_have_attribute("aria-pressed", "true")
    assert answers(asked) == ({"low_back", "buttock", "posterior_thigh", "calf", "foot"}, "right")
    expect(page.locator(".region[aria-checked=true]")).to_have_count(8)


def test_the_map_works_by_keyboard_alone(asked, open_page, expect):
    page = open_page(f"{asked.url}/assess")
    expect(region(page, "Low back, seen from the back")).to_be_visible()
    summary = page.locator("summary", has_text="Show on the body")
    summary.focus()
    page.keyboard.press("Tab")
    expect(region(page, "Low back, seen from the back")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(region(page, "Low back, seen from the back")).not_to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowDown")
    below = page.evaluate(
        "[...document.querySelectorAll('*')].map(e => e.shadowRoot?.activeElement?.dataset?.region).find(Boolean)"
    )
    assert re.match(r"(sacroiliac|buttock|tailbone|lateral_hip)", below)
    page.keyboard.press("Space")
    expect(page.locator(f"[data-region={below}][aria-checked=true]").first).to_be_visible()
    code = re.sub(r"_(left|right)$", "", below)
    expect(page.get_by_role("toolbar", name="Where does it hurt").locator("[aria-pressed=true]")).to_have_count(1)
    assert answers(asked) == ({code}, below.rpartition("_")[2] if code != below else "central")


@pytest.mark.parametrize(("width", "phone", "dark"), [(1280, False, False), (360, True, True)])
def test_the_screen_has_no_serious_axe_violation_and_does_not_scroll_sideways(
    asked, open_page, expect, width, phone, dark
):
    from axe_playwright_python.sync_playwright import Axe

    page = open_page(f"{asked.url}/assess", width=width, height=800, dark=dark, phone=phone)
    expect(page.get_by_role("heading", name="Where it hurts")).to_be_visible()
    if phone:
        page.get_by_text("Show on the body").click()
        page.get_by_role("button", name="Front", exact=True).click()
        region(page, "Right groin, seen from the front").click()
    else:
        region(page, "Right buttock, seen from the back").click()
    expect(page.get_by_role("radio", name="Right", exact=True)).to_be_checked()
    found = Axe().run(page).response["violations"]
    assert [one["id"] for one in found if one["impact"] in OURS_ALONE] == []
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= width


def test_the_check_in_takes_how_far_down_from_the_map_and_keeps_the_places(checking_in, open_page, expect):
    page = open_page(checking_in.url)
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
    page.get_by_role("button", name="Correct").first.click()
    expect(page.get_by_text("Marked: right buttock, right lower leg.")).to_be_visible()
