"""My data: where it is, what is in it, taking it along, being rid of it."""

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from unpinch import store
from unpinch.diary import CheckIn

REPO = Path(__file__).resolve().parents[1]
AT = datetime(2026, 5, 4, 7, 30, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "unpinch.db"
    monkeypatch.setenv("UNPINCH_DB", str(path))
    monkeypatch.setenv("UNPINCH_NOW", AT.isoformat())
    return path


@pytest.fixture
def kept(path: Path) -> Path:
    with store.connect(path) as db:
        store.add_check_in(db, CheckIn(uid="a", day=AT.date(), at=AT, tz="UTC", nrs=4, note="in confidence"))
        store.add_consent(db, "1", AT, "I understand that this is no diagnosis.", "GB")
    return path


def shown() -> AppTest:
    page = AppTest.from_file(str(REPO / "pages" / "my_data.py"), default_timeout=20).run()
    assert not page.exception
    return page


def words(page: AppTest) -> str:
    texts = (page.markdown, page.caption, page.code, page.error, page.success)
    return "\n".join(element.value for elements in texts for element in elements)


def test_an_empty_file_is_called_empty(path: Path) -> None:
    said = words(shown())
    assert str(path) in said
    assert "It holds nothing yet." in said
    assert "Nothing yet: you are asked before the first question" in said


def test_it_says_where_the_file_is_what_it_holds_and_what_was_agreed(kept: Path) -> None:
    said = words(shown())
    assert str(kept) in said
    assert "- 1 check-in" in said
    assert "SQLite 3." in said
    assert "I understand that this is no diagnosis." in said
    assert "4 May 2026, 07:30" in said


def test_it_advises_on_shared_computers_and_says_that_nobody_reads_notes(kept: Path) -> None:
    said = words(shown())
    for word in ("Encrypt the disk", "account of your own", "not looked at by anyone"):
        assert word in said


def test_the_export_is_everything_as_json(kept: Path) -> None:
    from pages.components import keeping

    exported = json.loads(keeping.exported(kept))
    assert exported["tables"]["check_ins"][0]["note"] == "in confidence"
    button = shown().get("download_button")[0].proto
    assert button.label == "Export everything"


def test_nothing_is_deleted_without_the_word(kept: Path) -> None:
    page = shown()
    page.text_input(key="delete_word").set_value("delete")
    page.button(key="delete_all").click().run()
    assert "Nothing was deleted. Type DELETE" in words(page)
    assert kept.exists()


def test_with_the_word_everything_goes_and_a_receipt_stays(kept: Path) -> None:
    page = shown()
    page.text_input(key="delete_word").set_value("DELETE")
    page.button(key="delete_all").click().run()
    assert not page.exception
    said = words(page)
    assert "Deleted on 4 May 2026, 07:30: `unpinch.db`" in said
    assert "It holds nothing yet." in said
    assert b"in confidence" not in kept.read_bytes()


def test_trouble_with_the_file_is_told_in_plain_words_with_its_mend(path: Path) -> None:
    path.write_text("Dear diary, " * 200)
    page = shown()
    assert "is not Unpinch's database" in page.error[0].value
    assert "UNPINCH_DB" in page.error[0].value
    page.text_input(key="delete_word").set_value("DELETE")
    page.button(key="delete_all").click().run()
    assert "Nothing was deleted." in words(page)
    assert path.read_text().startswith("Dear diary")


def test_the_page_loads_neither_pandas_nor_altair(kept: Path) -> None:
    program = (
        "import runpy, sys; runpy.run_path('pages/my_data.py');"
        "print('loaded', sorted({'pandas', 'altair'} & set(sys.modules)))"
    )
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, cwd=REPO, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "loaded []"
