"""`unpinch import` and `unpinch undo-import`: what is printed, what is written and what is left alone."""

import io
import json
import os
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from unpinch import cli, imports, store
from unpinch.diary import CheckIn
from unpinch.exchange.dates import DateOrder
from unpinch.import_command import Options, main, undo, zone
from unpinch.imports import Batch

REPO = Path(__file__).resolve().parents[1]
DIARIES = REPO / "tests" / "diaries"
NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
GERMAN = str(DIARIES / "semicolons.csv")
BODY = str(DIARIES / "body_parts.csv")


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "unpinch.db"
    monkeypatch.setenv("UNPINCH_DB", str(path))
    monkeypatch.setenv("TZ", "Europe/Berlin")
    return path


def run(file: str, **options: Any) -> tuple[int, dict[str, Any], str]:
    out, err = io.StringIO(), io.StringIO()
    status = main(Options(file, **options), NOW, out, err)
    return status, json.loads(out.getvalue() or "{}"), err.getvalue()


def kept(path: Path) -> tuple[CheckIn, ...]:
    with store.connect(path) as db:
        return store.check_ins(db)


def taken_back() -> tuple[int, dict[str, Any], str]:
    out, err = io.StringIO(), io.StringIO()
    status = undo(NOW, out, err)
    return status, json.loads(out.getvalue() or "{}"), err.getvalue()


def test_a_look_prints_what_is_found_and_writes_nothing(path: Path) -> None:
    status, said, _ = run(BODY, name="Hip Pain")
    assert status == 0
    assert said["format"] == "body_parts"
    assert said["body_parts"] == {"Hip Pain": 10, "Knee Pain": 1, "Low Back Pain": 1, "happiness": 1}
    assert (said["chosen"], said["would_add"], said["duplicates"], said["added"]) == ("Hip Pain", 4, 1, 0)
    assert said["bad_rows"][0] == {
        "line": 7, "value": "2023-02-31", "reason": "is not a day of the calendar: 2023-02-31"
    }  # fmt: skip
    assert said["first_rows"][0] == {
        "line": 2, "day": "2023-08-16", "time": None, "nrs": 8, "worst": None, "note": ""
    }  # fmt: skip
    assert not path.exists()


def test_without_a_choice_every_body_part_is_counted_and_every_bad_row_named(path: Path) -> None:
    status, said, _ = run(BODY)
    assert (status, said["chosen"], said["would_add"], said["ask"]) == (0, None, None, ["name"])
    assert {one["name"]: one["would_add"] for one in said["choices"]} == {
        "Hip Pain": 4, "Knee Pain": 1, "Low Back Pain": 1, "happiness": 1
    }  # fmt: skip
    assert [row["line"] for row in said["bad_rows"]] == [7, 8, 11, 12, 13, 14]


def test_with_yes_the_ratings_are_kept_as_one_batch_filled_in_later(path: Path) -> None:
    status, said, _ = run(GERMAN, yes=True)
    assert (status, said["would_add"], said["added"]) == (0, 3, 3)
    entries = kept(path)
    assert [(entry.day, entry.nrs, entry.note) for entry in entries] == [
        (date(2024, 5, 13), 3.5, "nach dem Sitzen; besser"), (date(2024, 5, 13), 6, ""), (date(2024, 6, 1), 4, "Käse")
    ]  # fmt: skip
    assert {(entry.tz, entry.back_filled) for entry in entries} == {("Europe/Berlin", True)}
    with store.connect(path) as db:
        last = store.last_import(db)
    assert last is not None
    assert {entry.batch for entry in entries} == {last.batch.uid}
    assert (last.batch.file, last.batch.choice["name"], last.check_ins) == ("semicolons.csv", "Schmerz", 3)


def test_the_same_file_again_adds_nothing_in_any_time_zone(path: Path) -> None:
    run(GERMAN, yes=True)
    for tz in ("Europe/Berlin", "Asia/Kathmandu"):
        status, said, _ = run(GERMAN, yes=True, timezone=tz)
        assert (status, said["would_add"], said["duplicates"], said["added"]) == (0, 0, 3, 0)
    assert len(kept(path)) == 3


def test_what_was_corrected_or_removed_by_hand_does_not_come_back(path: Path) -> None:
    run(GERMAN, yes=True)
    first, second, _ = kept(path)
    with store.connect(path) as db:
        store.delete_check_in(db, first.uid, NOW)
        store.add_check_in(db, CheckIn(second.uid, second.day, second.at, second.tz, nrs=1))
    _, said, _ = run(GERMAN, yes=True)
    assert said["added"] == 0
    assert sorted(entry.nrs or 0 for entry in kept(path)) == [1, 4]


def test_another_body_part_of_the_same_moments_is_no_duplicate(path: Path) -> None:
    run(BODY, name="Hip Pain", yes=True)
    _, said, _ = run(BODY, name="Low Back Pain", yes=True)
    assert (said["added"], said["imported_before"]) == (1, ["Hip Pain"])


def test_the_last_import_is_taken_back_whole_and_only_once(path: Path) -> None:
    run(GERMAN, yes=True)
    run(BODY, name="Knee Pain", yes=True)
    assert taken_back()[1] == {
        "file": "body_parts.csv", "name": "Knee Pain", "imported_on": "2026-11-01", "removed": 1
    }  # fmt: skip
    assert len(kept(path)) == 3
    assert taken_back()[1]["removed"] == 3
    status, said, err = taken_back()
    assert (status, said, err) == (1, {}, "There is no import to take back.\n")
    assert kept(path) == ()
    assert run(GERMAN, yes=True)[1]["added"] == 3


def test_nothing_is_there_to_take_back_and_no_file_is_made(path: Path) -> None:
    assert taken_back()[0] == 1
    assert not path.exists()


@pytest.mark.parametrize(
    ("file", "options", "words"),
    [
        ("body_parts.csv", {}, "Still to be chosen: --as NAME"),
        ("unclear.csv", {}, "Still to be chosen: --day-first or --month-first"),
        ("percent.csv", {"name": "pain (0-100)"}, "Still to be chosen: --scale LOW HIGH"),
        ("percent.csv", {"name": "joy"}, "There is no 'joy' in this file. There is pain (0-100), stress."),
        ("percent.csv", {"name": "stress", "scale": (5.0, 5.0)}, "two different numbers"),
        ("expected.toml", {}, "No column"),
        ("none.csv", {}, "No such file or directory; name a readable file"),
        ("unpinch.csv", {"timezone": "Moon/Crater"}, "'Moon/Crater' is not a time zone"),
    ],
)
def test_what_is_not_clear_is_never_written(path: Path, file: str, options: dict[str, Any], words: str) -> None:
    status, said, err = run(str(DIARIES / file), yes=True, **options)
    assert (status, said) == (2, {})
    assert words in err
    assert not path.exists()


def test_answers_make_it_clear(path: Path) -> None:
    unclear = str(DIARIES / "unclear.csv")
    assert run(unclear)[1]["unclear_date"] == "01/02/2024"
    assert run(unclear, order=DateOrder.DAY_FIRST)[1]["first_rows"][0]["day"] == "2024-02-01"
    assert run(unclear, order=DateOrder.MONTH_FIRST)[1]["first_rows"][0]["day"] == "2024-01-02"
    percent = run(str(DIARIES / "percent.csv"), name="pain (0-100)", scale=(0.0, 100.0))[1]
    assert [row["nrs"] for row in percent["first_rows"]] == [3.5, 8, 0]


def test_trouble_with_the_database_is_told_and_changes_nothing(path: Path) -> None:
    path.write_text("Dear diary, " * 200)
    status, said, err = run(GERMAN, yes=True)
    assert (status, said) == (1, {})
    assert "is not Unpinch's database" in err
    assert taken_back()[0] == 1
    assert path.read_text().startswith("Dear diary")


def test_the_command_line_passes_everything_on(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    percent = str(DIARIES / "percent.csv")
    given = ["import", percent, "--as", "pain (0-100)", "--scale", "0", "100", "--shift", "-8", "--timezone", "UTC"]
    assert cli.main([*given, "--day-first", "--yes"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["date_order"], said["added"]) == ("day_first", 3)
    assert cli.main(["undo-import"]) == 0
    assert json.loads(capsys.readouterr().out)["removed"] == 3
    with pytest.raises(SystemExit) as ended:
        cli.main(["import", percent, "--day-first", "--month-first"])
    assert ended.value.code == 2


def test_importing_loads_no_library_of_the_pages(path: Path) -> None:
    program = (
        "import sys; from unpinch.cli import main; main(sys.argv[1:]);"
        "print('loaded', *sorted({'streamlit', 'pandas', 'altair', 'numpy'} & set(sys.modules)))"
    )
    command = [sys.executable, "-c", program, "import", GERMAN, "--yes"]
    done = subprocess.run(
        command, env={**os.environ, "PYTHONPATH": str(REPO)}, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "loaded"


def test_the_time_zone_is_the_computer_s_own(tmp_path: Path) -> None:
    folder = tmp_path / "zoneinfo" / "Asia"
    folder.mkdir(parents=True)
    (folder / "Kathmandu").touch()
    link = tmp_path / "localtime"
    link.symlink_to(folder / "Kathmandu")
    assert zone({}, link) == "Asia/Kathmandu"
    assert zone({"TZ": ":Europe/Berlin"}, link) == "Europe/Berlin"
    assert zone({"TZ": "nowhere"}, tmp_path / "none") == "UTC"


def test_a_batch_is_kept_whole_once_or_not_at_all(path: Path) -> None:
    batch = Batch("b1", NOW, "UTC", NOW.date(), "a.csv", "csv", {"name": "pain"}, {"added": 2})
    entries = [CheckIn(f"import-{n}", NOW.date(), NOW, "UTC", nrs=n, batch="b1") for n in (1, 2)]
    with store.connect(path) as db:
        with pytest.raises(ValueError, match="of batch b1"):
            store.add_import(db, batch, [CheckIn("import-3", NOW.date(), NOW, "UTC", nrs=3)])
        assert store.add_import(db, batch, []) == 0
        assert store.last_import(db) is None
        assert store.add_import(db, batch, entries) == 2
        assert store.add_import(db, batch, entries) == 2
        assert len(store.check_ins(db)) == 2
        other = Batch("b2", NOW, "UTC", NOW.date(), "a.csv", "csv", {"name": "pain"}, {})
        again = [CheckIn("import-1", NOW.date(), NOW, "UTC", nrs=1, batch="b2")]
        assert store.add_import(db, other, again) == 0
        assert imports.held(db, "pain").imported == ((NOW.date(), 1), (NOW.date(), 2))
        assert imports.held(db, "knee").imported == ()
        assert store.undo_import(db, "b1", NOW) == 2
        with pytest.raises(LookupError):
            store.undo_import(db, "b1", NOW)
        assert store.export_all(db)["tables"]["imports"][0]["undone_at"] is not None
