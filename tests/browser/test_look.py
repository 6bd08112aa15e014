"""What only a browser shows: accessibility, narrow screens, no request to anywhere else, deep links."""

import datetime
from urllib.parse import urlparse

import pytest

from unpinch import catalogue, demo, store

PAGES = (
    "", "assess", "routine", "trends", "learn", "learn?read=causes", "learn?read=clamshell", "my_data", "danger_signs",
)  # fmt: skip
OURS_ALONE = {"serious", "critical"}


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


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (360, True)], ids=["wide and light", "phone and dark"])
def test_every_page_is_accessible_fits_the_screen_and_asks_nobody_else(living, open_page, expect, width, dark):
    """No serious axe violation; no sideways scroll, on the phone down to 320 px; no foreign host; danger signs near."""
    from axe_playwright_python.sync_playwright import Axe

    page = open_page(living.url, width=width, height=800, dark=dark)
    wrong, hosts = [], set()
    page.on("request", lambda request: hosts.add(urlparse(request.url).hostname))
    for name in PAGES:
        page.goto(f"{living.url}/{name}")
        ready(page, expect)
        for found in Axe().run(page).response["violations"]:
            if found["impact"] in OURS_ALONE:
                targets = [node["target"] for node in found["nodes"]][:3]
                wrong.append(f"{name or 'today'}: {found['id']}: {targets}")
        for narrow in {width, 320} if width < 500 else {width}:
            page.set_viewport_size({"width": narrow, "height": 800})
            if page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") > narrow:
                wrong.append(f"{name or 'today'}: scrolls sideways at {narrow} px")
        page.set_viewport_size({"width": width, "height": 800})
        if name != "danger_signs" and not page.get_by_role("link", name="Danger signs: when to get help now").count():
            wrong.append(f"{name or 'today'}: no way to the danger signs")
    assert wrong == []
    assert hosts - {None} == {"127.0.0.1"}


def test_a_bookmark_as_the_first_request_after_a_start_opens_its_page(serve, open_page, expect):
    server = serve("app.py")
    page = open_page(f"{server.url}/learn")
    expect(page.get_by_role("heading", name="Learn", exact=True)).to_be_visible(timeout=20_000)
    expect(page.get_by_role("link", name="Danger signs").first).to_be_visible()
    page.goto(server.url)
    expect(page.get_by_role("heading", name="Today", exact=True)).to_be_visible()
