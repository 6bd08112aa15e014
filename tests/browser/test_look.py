"""What only a browser shows: accessibility, narrow screens, no request to anywhere else."""

import datetime
from urllib.parse import urlparse

import pytest

from tests.browser.person import STILL
from unpinch import catalogue, demo, store

PAGES = (
    "", "assess", "routine", "trends", "learn", "learn?read=causes", "learn?read=clamshell", "my_data", "danger_signs",
)  # fmt: skip
OURS_ALONE = {"serious", "critical"}
PATIENCE_MS = 5000
"""How long a chart may take to follow the width of the window."""
FITS = "width => document.querySelector('[data-testid=stMain]').scrollWidth <= width"


@pytest.fixture(scope="module")
def living(serve, tmp_path_factory):
    """The app on a database with twelve weeks of sample data."""
    path = tmp_path_factory.mktemp("living") / "unpinch.db"
    with store.connect(path) as db:
        demo.fill(db, catalogue.load(), datetime.datetime.now(datetime.UTC).date())
    return serve("app.py", db=path)


def ready(page, expect):
    """Wait until the page stands: its heading is there and no script runs."""
    expect(page.locator("h1, h2").first).to_be_visible(timeout=20_000)
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")


LOOKS = (("light", 1280), ("dark", 360), ("dark", 320))


def test_every_page_is_accessible_fits_the_screen_and_asks_nobody_else(living, open_page, expect):
    """Wide and light, narrow and dark: no serious axe violation, no sideways scroll, danger signs; no foreign host."""
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import TimeoutError as StillTooWide

    page = open_page(living.url, height=800)
    wrong, hosts = [], set()
    page.on("request", lambda request: hosts.add(urlparse(request.url).hostname))
    for name in PAGES:
        page.set_viewport_size({"width": 1280, "height": 800})
        page.emulate_media(color_scheme="light")
        page.goto(f"{living.url}/{name}")
        ready(page, expect)
        if name != "danger_signs":
            expect(page.get_by_role("link", name="Danger signs: when to get help now")).to_be_visible()
        for scheme, width in LOOKS:
            place = f"{name or 'today'}, {scheme}, {width} px"
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size({"width": width, "height": 800})
            ready(page, expect)
            expect(page.get_by_test_id("stApp")).to_have_css("color-scheme", scheme)
            try:
                page.wait_for_function(FITS, arg=width, timeout=PATIENCE_MS)
            except StillTooWide:
                wrong.append(f"{place}: scrolls sideways")
            if width == LOOKS[-1][1]:
                continue
            page.wait_for_function(STILL)
            for found in Axe().run(page).response["violations"]:
                if found["impact"] in OURS_ALONE:
                    targets = [node["target"] for node in found["nodes"]][:3]
                    wrong.append(f"{place}: {found['id']}: {targets}")
    assert wrong == []
    assert hosts - {None} == {"127.0.0.1"}
