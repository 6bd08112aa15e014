"""A wheel built from the project runs the same app, pages and content, in an empty environment elsewhere."""

import os
import re
import socket
import subprocess
import sys
import sysconfig
import tomllib
import urllib.request
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((REPO / "pyproject.toml").read_text("utf-8"))["project"]
PAGES = sorted(page.name for page in (REPO / "pages").glob("*.py"))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=REPO, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of commands of an environment that holds the wheel and, by a link, what it depends on.

    The link leads to the libraries of the environment that runs the tests, but not to this checkout: Python
    does not follow the links it finds behind a link.
    """
    place = tmp_path_factory.mktemp("elsewhere") / "environment"
    venv.create(place, with_pip=False)
    python = place / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "--quiet"]
    subprocess.run([*pip, "install", "--no-deps", "--no-index", str(wheel)], check=True)
    asked = [str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    site = Path(subprocess.run(asked, check=True, capture_output=True, text=True).stdout.strip())
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return place / "bin"


def elsewhere(folder: Path) -> dict[str, str]:
    """An environment of variables for a person whose home is `folder`."""
    ours = ("PYTHONPATH", "UNPINCH_DB", "UNPINCH_NOW", "XDG_DATA_HOME", "VIRTUAL_ENV")
    return {name: value for name, value in os.environ.items() if name not in ours} | {"HOME": str(folder)}


def run(command: list[str], folder: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(command, cwd=folder, env=elsewhere(folder), capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def served(installed: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The address of the installed app, started in another folder, and the home of the person."""
    home = tmp_path_factory.mktemp("home")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [str(installed / "unpinch"), "--no-browser", "--port", str(port)]
    process = subprocess.Popen(command, cwd=home, env=elsewhere(home), stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert any("URL" in line for line in iter(process.stdout.readline, "")), "it ended before it served"
    yield f"http://127.0.0.1:{port}", home
    process.terminate()
    process.wait(timeout=20)


def test_the_wheel_carries_app_pages_content_and_settings_and_nothing_else(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder in ("pages", "content"):
        for file in (REPO / folder).rglob("*"):
            if file.is_file() and "__pycache__" not in file.parts:
                assert f"unpinch/_app/{file.relative_to(REPO).as_posix()}" in names
    assert {"unpinch/_app/app.py", "unpinch/_app/.streamlit/config.toml"} <= names
    assert not [name for name in names if re.search(r"__pycache__|\.db|tests/|(^|/)data/", name)]
    assert {name.split("/")[0] for name in names} == {"unpinch", f"unpinch-{PROJECT['version']}.dist-info"}


def test_the_installed_app_answers_with_its_headers(served: tuple[str, Path]) -> None:
    with urllib.request.urlopen(f"{served[0]}/_stcore/health", timeout=20) as answer:
        assert answer.read() == b"ok"
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]


def test_the_installed_app_keeps_its_database_in_the_users_own_folder(served: tuple[str, Path]) -> None:
    (database,) = served[1].rglob("unpinch.db")
    assert database.stat().st_mode & 0o777 == 0o600
    assert database.parent.stat().st_mode & 0o777 == 0o700


def test_the_installed_content_is_in_order(installed: Path, tmp_path: Path) -> None:
    done = run([str(installed / "unpinch"), "check"], tmp_path)
    assert "Content is in order" in done.stdout, done.stderr


def test_every_installed_page_draws_without_an_error(installed: Path, tmp_path: Path) -> None:
    program = (
        "import sys; from streamlit.testing.v1 import AppTest; from unpinch import paths\n"
        "app = AppTest.from_file(str(paths.APP), default_timeout=60).run()\n"
        "for page in sys.argv[1:]:\n"
        "    app.switch_page(f'pages/{page}').run()\n"
        "    assert not app.exception, (page, app.exception)\n"
        "    print(paths.APP, page, len(app.main))\n"
    )
    command = [str(installed / "python"), "-c", program, *PAGES]
    done = run(command, tmp_path)
    assert done.returncode == 0, done.stderr
    lines = [line.split() for line in done.stdout.splitlines()]
    assert [line[1] for line in lines] == PAGES
    assert all(str(REPO) not in line[0] and int(line[2]) > 0 for line in lines)


def test_every_dependency_has_its_exact_version_in_the_constraints() -> None:
    lines = (REPO / "constraints.txt").read_text().splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    assert all(re.fullmatch(r"[\w.-]+==[\w.]+", pin) for pin in pins)
    pinned = {pin.split("==")[0].lower().replace("_", "-") for pin in pins}
    asked = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["test"], "hatchling"]
    names = {re.split(r"[<>=;\[ ]", need)[0].lower().replace("_", "-") for need in asked}
    assert names <= pinned
    assert len(pinned) > len(names)


@pytest.mark.parametrize("file", ["constraints.txt", "pyproject.toml", "run", "test", ".ci/run"])
def test_no_address_is_written_where_packages_are_named(file: str) -> None:
    assert not re.search(r"https?://|--index|--extra-index|--find-links|file:", (REPO / file).read_text())


@pytest.mark.parametrize("script", ["run", "test", ".ci/run", "scripts/environment.sh"])
def test_each_script_is_plain_shell_that_anyone_may_run(script: str) -> None:
    path = REPO / script
    assert path.read_text().startswith("#!/bin/sh\n")
    assert os.access(path, os.X_OK)
    subprocess.run(["sh", "-n", str(path)], check=True)
