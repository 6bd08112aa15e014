"""Make sure that the browser tests find a Chromium: this machine's own, else one that Playwright fetches.

When none is on the PATH, a `chromium` is put beside this Python, which the test command has on its PATH.
"""

import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome")
MAC = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
BESIDE = Path(sys.executable).parent / "chromium"


def main() -> int:
    """Return 0 when there is a Chromium in the end."""
    if any(map(shutil.which, NAMES)):
        return 0
    found = next((path for path in MAC if Path(path).exists()), None) or fetched()
    if found is None:
        return 1
    BESIDE.write_text(f'#!/bin/sh\nexec "{found}" "$@"\n')
    BESIDE.chmod(0o755)
    return 0


def fetched() -> str | None:
    """The path of Playwright's own Chromium, fetched now if need be; None when it cannot be had."""
    from playwright.sync_api import sync_playwright

    print("No Chromium on this machine: fetching one for the browser tests.")
    fetching = subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    if fetching.returncode:
        return None
    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


if __name__ == "__main__":
    sys.exit(main())
