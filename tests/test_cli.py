"""The command line: what each command prints, writes and returns."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from unpinch import cli, paths, store
from unpinch.diary import CheckIn

REPO = Path(__file__).resolve().parents[1]
AT = datetime(2026, 5, 4, 7, 30, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "unpinch.db"
    monkeypatch.setenv("UNPINCH_DB", str(path))
    return path


@pytest.fixture
def kept(path: Path) -> Path:
    with store.connect(path) as db:
        store.add_check_in(db, CheckIn(uid="a", day=AT.date(), at=AT, tz="UTC", nrs=4, note="„naïve“"))
    return path


def heavy_after(*arguments: str) -> list[str]:
    """The large libraries that `unpinch` with these arguments has loaded by its end."""
    program = (
        "import sys; from unpinch.cli import main; main(sys.argv[1:]);"
        "print('loaded', *sorted({'streamlit', 'pandas', 'altair', 'sqlite_utils'} & set(sys.modules)))"
    )
    command = [sys.executable, "-c", program, *arguments]
    environment = {**os.environ, "PYTHONPATH": str(REPO)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()[-1].split()[1:]


def test_check_finds_the_content_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check"]) == 0
    assert "Content is in order: 16 exercises" in capsys.readouterr().out


def test_check_loads_no_library_of_the_pages() -> None:
    assert heavy_after("check") == []


def test_assess_loads_no_library_of_the_pages(tmp_path: Path) -> None:
    answers = tmp_path / "answers.json"
    answers.write_text("{}")
    assert heavy_after("assess", str(answers)) == []


def test_export_loads_neither_streamlit_nor_pandas(kept: Path, tmp_path: Path) -> None:
    assert heavy_after("export", str(tmp_path / "out.json")) == ["sqlite_utils"]


def test_export_writes_a_new_file_for_the_owner_only(
    kept: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.json"
    assert cli.main(["export", str(out)]) == 0
    assert f"Exported to {out}." in capsys.readouterr().out
    assert out.stat().st_mode & 0o777 == 0o600
    assert json.loads(out.read_text("utf-8"))["tables"]["check_ins"][0]["note"] == "„naïve“"


def test_export_prints_the_same_for_a_dash(kept: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["export", "-"]) == 0
    with store.connect(kept) as db:
        assert json.loads(capsys.readouterr().out) == store.export_all(db)


def test_export_never_writes_over_a_file(kept: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out.json"
    out.write_text("mine")
    assert cli.main(["export", str(out)]) == 1
    assert "exists already and was left as it is" in capsys.readouterr().err
    assert out.read_text() == "mine"


def test_export_says_where_it_cannot_write(kept: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["export", str(tmp_path / "none" / "out.json")]) == 1
    assert "could not be written: No such file or directory" in capsys.readouterr().err


def test_export_of_nothing_makes_no_file(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["export", "-"]) == 1
    assert "nothing to export yet" in capsys.readouterr().err
    assert not path.exists()


def test_export_names_trouble_with_the_file(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path.write_text("Dear diary, " * 200)
    assert cli.main(["export", "-"]) == 1
    assert "is not Unpinch's database" in capsys.readouterr().err


def test_the_demo_is_made_anew_and_touches_no_other_file(kept: Path, tmp_path: Path) -> None:
    before, demo = kept.read_bytes(), tmp_path / "data" / "demo.db"
    cli.make_demo(demo, AT.date())
    with store.connect(demo) as db:
        filled = store.counts(db)
        store.add_check_in(db, CheckIn(uid="by hand", day=AT.date(), at=AT, tz="UTC", nrs=1))
    assert filled["check_ins"] > 50
    cli.make_demo(demo, AT.date())
    with store.connect(demo) as db:
        assert store.counts(db) == filled
    assert kept.read_bytes() == before


@pytest.mark.parametrize(
    "arguments",
    [["--port", "0"], ["--port", "65536"], ["--port", "web"], ["assess"], ["fly"], ["check", "x"]],
)
def test_a_wrong_command_ends_with_status_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(arguments)
    assert ended.value.code == 2
    assert "usage: unpinch" in capsys.readouterr().err


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["--help"])
    said = capsys.readouterr().out
    for word in ("demo", "assess", "export", "check", "--port", "--no-browser"):
        assert word in said


def test_the_database_is_where_the_variable_says_else_in_data(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNPINCH_DB", "~/pain.db")
    assert paths.database() == Path.home() / "pain.db"
    for unset in ("", "  "):
        monkeypatch.setenv("UNPINCH_DB", unset)
        assert paths.database() == REPO / "data" / "unpinch.db"
    monkeypatch.setenv("UNPINCH_DB", "somewhere.db")
    assert paths.database() == Path.cwd() / "somewhere.db"
    assert paths.demo_database() == REPO / "data" / "demo.db"


def test_a_folder_is_made_private(tmp_path: Path) -> None:
    folder = tmp_path / "open"
    folder.mkdir(mode=0o755)
    for made in (folder, tmp_path / "new" / "data"):
        paths.make_private(made)
        assert made.stat().st_mode & 0o777 == 0o700
