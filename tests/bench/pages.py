"""How fast pages feel: warm page switches and widget reruns of the app against an empty Streamlit page, in one run.

Run from the checkout with the test environment: `.venv-test/bin/python -m tests.bench.pages`. Both servers use the
same settings, the app on twelve weeks of sample data. Times are medians, in ms, from the click to the page at rest.
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

REPO = Path(__file__).resolve().parents[2]
ROUNDS = 15
MEASURE = """([selector, heading]) => new Promise(done => {
    const app = document.querySelector('[data-testid=stApp]');
    const state = () => app.getAttribute('data-test-script-state');
    const there = () => [...document.querySelectorAll('h1,h2')].some(h => h.innerText.trim() === heading);
    let ran = false;
    const watch = new MutationObserver(look);
    function look() {
        ran ||= state() === 'running';
        if (ran && state() === 'notRunning' && (!heading || there())) {
            watch.disconnect();
            requestAnimationFrame(() => done(performance.now() - start));
        }
    }
    watch.observe(document.body, {subtree: true, childList: true, attributes: true, characterData: true});
    const start = performance.now();
    document.querySelector(selector).click();
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


def switches(page: Page, links: list[tuple[str, str]]) -> float:
    """Median of switching through (link, heading) pairs, the first round left out."""
    times = []
    for turn in range(ROUNDS):
        for link, heading in links:
            selector = f"[data-testid=stTopNavLink][href$='{link}'], a[href$='{link}']"
            taken = page.evaluate(MEASURE, [selector, heading])
            if turn:
                times.append(taken)
    return statistics.median(times)


def reruns(page: Page, selector: str) -> float:
    """Median of clicking one widget."""
    times = [page.evaluate(MEASURE, [selector, ""]) for _ in range(ROUNDS)]
    return statistics.median(times[1:])


def main() -> None:
    """Print the table."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    db = Path(tempfile.mkdtemp()) / "unpinch.db"
    with store.connect(db) as connection:
        demo.fill(connection, catalogue.load(), datetime.datetime.now(datetime.UTC).date())
    empty, empty_url = serve("tests/bench/empty_app.py", db)
    app, app_url = serve("app.py", db)
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=list(CHROMIUM_ARGS))
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            page.goto(empty_url)
            page.get_by_role("heading", name="First").wait_for()
            floor = switches(page, [("/second", "Second"), ("/", "First")])
            floor_rerun = reruns(page, "input[type=checkbox]")
            print(f"{'empty page':24} switch {floor:6.0f}   rerun {floor_rerun:6.0f}")
            page.goto(app_url)
            page.get_by_role("heading", name="Today", exact=True).wait_for()
            for link, heading in (
                ("/routine", "Today's routine"),
                ("/trends", "Trends"),
                ("/learn", "Learn"),
                ("/my_data", "My data"),
                ("/danger_signs", "Danger signs"),
            ):
                taken = switches(page, [(link, heading), ("/", "Today")])
                print(f"{'today ↔ ' + heading:24} switch {taken:6.0f}   × {taken / floor:.2f}")
            page.goto(app_url)
            page.get_by_role("heading", name="Today", exact=True).wait_for()
            taken = reruns(page, "[data-testid=stMain] input[type=checkbox], [data-testid=stMain] [role=radio]")
            print(f"{'today, a choice':24} rerun  {taken:6.0f}   × {taken / floor_rerun:.2f}")
            browser.close()
    finally:
        empty.kill()
        app.kill()


if __name__ == "__main__":
    main()
