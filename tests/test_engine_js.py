"""The browser's engine under node, with the same cases as Python's timeline."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

TESTS = Path(__file__).parent


def test_the_player_engine_keeps_its_promises() -> None:
    node = shutil.which("node")
    if node is None:
        reason = "node is not installed: the player's engine was not tested"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    files = sorted(str(path) for path in (TESTS / "js").glob("*.test.mjs"))
    assert files
    done = subprocess.run([node, "--test", *files], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
