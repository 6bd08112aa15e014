"""What every browser test needs: Chromium, servers on free ports, pages of any size and theme."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

REPO = Path(__file__).resolve().parents[2]
CHROMIUM_ARGS = (
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
)
PHONE_AGENT = (
    "Mozilla/5.0 (Linux; Android 14; Pixel 7) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/126.0.0.0 Mobile Safari/537.36"
)
START_S = 60


def _cannot(reason: str) -> None:
    """Skips on a developer's machine; in CI a browser test that cannot run is a failure."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _healthy(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/_stcore/health", timeout=2) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False


class Server:
    """A Streamlit server of one script with a database of its own; it can be stopped and started again."""

    def __init__(self, script: Path, db: Path, env: dict[str, str], options: tuple[str, ...]) -> None:
        self.script, self.db, self.options = script, db, options
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.env = {**os.environ, "UNPINCH_DB": str(db), "PYTHONPATH": str(REPO), **env}
        self.log = db.with_suffix(".log")
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Starts the server and waits until it answers; fails with its log if it does not."""
        command = [sys.executable, "-m", "streamlit", "run", str(self.script), *self.options]
        command += [f"--server.port={self.port}", "--server.address=127.0.0.1", "--server.headless=true"]
        command += ["--browser.gatherUsageStats=false", "--server.fileWatcherType=none"]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command, cwd=REPO, env=self.env, stdout=log, stderr=log)
        until = time.monotonic() + START_S
        while not _healthy(self.url):
            if self.process.poll() is not None or time.monotonic() > until:
                self.kill()
                pytest.fail(f"the server did not start:\n{self.log.read_text(errors='replace')}")
            try:
                self.process.wait(timeout=0.1)
            except subprocess.TimeoutExpired:
                continue

    def kill(self) -> None:
        """Ends the server at once, as a power cut would."""
        if self.process is not None:
            self.process.kill()
            self.process.wait(timeout=20)
            self.process = None


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One headless Chromium for the whole run."""
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if path is None:
        _cannot("no Chromium on this system: install chromium, or put it on the PATH")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _cannot("playwright is not installed: pip install playwright")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=list(CHROMIUM_ARGS))
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def expect(browser: Any) -> Any:
    """Playwright's `expect`: assertions that wait until they hold."""
    from playwright.sync_api import expect

    expect.set_options(timeout=20_000)
    return expect


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Server]]:
    """serve(script, *options, db=None, env=None): a running `Server`, ended with the test run.

    `options` go to `streamlit run`; without `db` a new folder is used. UNPINCH_DB is set for the script.
    """
    servers: list[Server] = []

    def start(script: Path | str, *options: str, db: Path | None = None, env: dict[str, str] | None = None) -> Server:
        db = db or tmp_path_factory.mktemp("server") / "unpinch.db"
        server = Server(REPO / script, db, env or {}, options)
        servers.append(server)
        server.start()
        return server

    start.servers = servers  # type: ignore[attr-defined]
    yield start
    for server in servers:
        server.kill()


@pytest.fixture(autouse=True)
def _no_idle_servers(serve: Callable[..., Server]) -> Iterator[None]:
    """Ends the servers that a test started itself; those of its module stay for the next."""
    servers: list[Server] = serve.servers  # type: ignore[attr-defined]
    before = len(servers)
    yield
    for server in servers[before:]:
        server.kill()


@pytest.fixture
def open_page(browser: Any) -> Iterator[Callable[..., Any]]:
    """open_page(url, width=1280, height=900, dark=False, phone=False, calm=False, context=None): a page.

    Each call makes a context of its own unless one is given (then it is another tab), and waits for the app's
    frame. `phone` brings touch and a phone's user agent, `calm` reduced motion.
    """
    contexts: list[Any] = []

    def go(
        url: str, *, width: int = 1280, height: int = 900, dark: bool = False, phone: bool = False,
        calm: bool = False, context: Any = None, **more: Any,
    ) -> Any:  # fmt: skip
        if context is None:
            looks = {"has_touch": True, "user_agent": PHONE_AGENT} if phone else {}
            context = browser.new_context(
                viewport={"width": width, "height": height},
                color_scheme="dark" if dark else "light",
                reduced_motion="reduce" if calm else "no-preference",
                **{**looks, **more},
            )
            contexts.append(context)
        page = context.new_page()
        page.goto(url)
        page.get_by_test_id("stAppViewContainer").wait_for(timeout=20_000)
        return page

    yield go
    for context in contexts:
        context.close()
