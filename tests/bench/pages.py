"""How fast pages feel: opening, warm page switches and widget reruns against an empty Streamlit page, in one run.

Run from the checkout with the test environment: `.venv-test/bin/python -m tests.bench.pages`. Both servers use the
same settings, the app on twelve weeks of sample data, the warning signs asked today. Times are medians, in ms, from
the click to the page at rest.
"""

import datetime
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.browser.conftest import CHROMIUM_ARGS, _free_port, _healthy
from unpinch import catalogue, demo, store
from unpinch.diary import Rescreen

REPO = Path(__file__).resolve().parents[2]
ROUNDS = 15
OPENINGS = 6
PAGES = {
    "/assess": "#you-can-start-with-self-care, #see-a-clinician-soon",
    "/routine": "#todays-routine",
    "/trends": "#trends",
    "/learn": "#learn",
    "/my_data": "#my-data",
    "/danger_signs": "#danger-signs",
}
MEASURE = """([selector, sign]) => new Promise((done, fail) => {
    const app = document.querySelector('[data-testid=stApp]');
    const start = performance.now();
    const look = () => {
        const rest = app.dataset.testScriptState === 'notRunning';
        if (rest && document.querySelector(sign)) done(performance.now() - start);
        else if (performance.now() - start > 20000) fail(`${sign} did not come`);
        else requestAnimationFrame(look);
    };
    document.querySelector(selector).click();
    requestAnimationFrame(look);
})"""


OPENED = """sign => new Promise(done => {
    const look = () => {
        const app = document.querySelector('[data-testid=stApp]');
        if (app?.dataset.testScriptState === 'notRunning' && document.querySelector(sign)) done(performance.now());
        else requestAnimationFrame(look);
    };
    look();
})"""


def serve(script: str, db: Path) -> tuple[subprocess.Popen[bytes], str]:
    """A server of one script with the settings that the project ships."""
    port = _free_port()
    command = [sys.executable, "-m", "streamlit", "run", script, f"--server.port={port}"]
    process = subprocess.Popen(
        command, cwd=REPO, env={**os.environ, "UNPINCH_DB": str(db), "PYTHONPATH": str(REPO)},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    url = f"http://127.0.0.1:{port}"
    while not _healthy(url):
        if process.poll() is not None:
            raise SystemExit(f"{script} did not start")
    return process, url


def measure(page: Page, clicks: list[tuple[str, str]]) -> float:
    """Median ms from a click on a selector to its sign on the page and the script at rest; the first round warms up."""
    times = []
    for turn in range(ROUNDS):
        for selector, sign in clicks:
            taken = page.evaluate(MEASURE, [selector, sign])
            if turn:
                times.append(taken)
    return statistics.median(times)


def opening(page: Page, url: str, sign: str) -> float:
    """Median ms from a page's address entered to its sign on the page and the script at rest; the first warms up."""
    times = []
    for _ in range(OPENINGS):
        page.goto(url)
        times.append(page.evaluate(OPENED, sign))
    return statistics.median(times[1:])


def ticking(page: Page, click: tuple[str, str]) -> float:
    """Median ms from ticking a box to what it brings; it is unticked again between, unmeasured."""
    times = []
    for _ in range(ROUNDS):
        times.append(page.evaluate(MEASURE, list(click)))
        page.wait_for_load_state("networkidle")
        page.locator(click[0]).first.click(force=True)
        page.locator(click[1]).first.wait_for(state="detached")
    return statistics.median(times[1:])


def link(path: str) -> str:
    """The way to a page in the navigation at the top."""
    return f"[data-testid=stTopNavLink][href$='{path}'], header a[href$='{path}']"


def main() -> None:
    """Print the table."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    db, now = Path(tempfile.mkdtemp()) / "unpinch.db", datetime.datetime.now(datetime.UTC)
    with store.connect(db) as connection:
        demo.fill(connection, catalogue.load(), now.date())
        store.add_rescreen(connection, Rescreen("bench", now.date(), now, {}, positive=False))
    empty, empty_url = serve("tests/bench/empty_app.py", db)
    app, app_url = serve("app.py", db)
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=list(CHROMIUM_ARGS))
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            page.goto(empty_url)
            page.get_by_role("heading", name="First").wait_for()
            floor = measure(page, [(link("/second"), "#second"), (link("/"), "#first")])
            box = ("[data-testid=stMain] input[type=checkbox]", "#ticked")
            floor_rerun = ticking(page, box)
            floor_open = opening(page, f"{empty_url}/second", "#second")
            print(f"{'empty page':24} switch {floor:5.0f}           open {floor_open:5.0f}    rerun {floor_rerun:5.0f}")
            for path, sign in PAGES.items():
                opened = opening(page, f"{app_url}{path}", sign)
                page.goto(app_url)
                page.locator("#today").wait_for()
                taken = measure(page, [(link(path), sign), (link("/"), "#today")])
                print(
                    f"{'today and ' + path:24} switch {taken:5.0f}  × {taken / floor:.2f}"
                    f"   open {opened:5.0f}  × {opened / floor_open:.2f}"
                )
            page.goto(f"{app_url}/assess")
            page.get_by_role("button", name="Do it again from the start").click()
            page.get_by_role("checkbox").first.wait_for()
            follow_up = "[data-testid=stMain] [role=radiogroup]"
            taken = ticking(page, (box[0], follow_up))
            print(f"{'a tick, saved':24} rerun  {taken:5.0f}    × {taken / floor_rerun:.2f}")
            browser.close()
    finally:
        empty.kill()
        app.kill()


if __name__ == "__main__":
    main()
