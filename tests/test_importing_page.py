"""My data, importing a diary: seen first, added with one button, taken back with another."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from unpinch import store
from unpinch.diary import CheckIn

REPO = Path(__file__).resolve().parents[1]
DIARIES = REPO / "tests" / "diaries"
AT = datetime(2026, 5, 4, 7, 30, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "unpinch.db"
    monkeypatch.setenv("UNPINCH_DB", str(path))
    monkeypatch.setenv("UNPINCH_NOW", AT.isoformat())
    return path


def opened() -> AppTest:
    page = AppTest.from_file(str(REPO / "pages" / "my_data.py"), default_timeout=20)
    page.session_state["import_open"] = True
    return page.run()


def with_file(name: str, data: bytes | None = None) -> AppTest:
    page = opened()
    page.file_uploader[0].set_value((name, (DIARIES / name).read_bytes() if data is None else data, "text/csv")).run()
    assert not page.exception
    return page


def words(page: AppTest) -> str:
    kinds = ("markdown", "caption", "text", "success", "warning", "info")
    return "\n".join(element.value for kind in kinds for element in page.get(kind))


def widget(page: AppTest, kind: str, label: str) -> Any:
    return next(one for one in page.get(kind) if label in one.label)


def press(page: AppTest, label: str) -> AppTest:
    widget(page, "button", label).click().run()
    assert not page.exception
    return page


def kept(path: Path) -> tuple[CheckIn, ...]:
    with store.connect(path) as db:
        return store.check_ins(db)


def test_the_uploader_is_made_only_once_it_is_wanted(path: Path) -> None:
    page = AppTest.from_file(str(REPO / "pages" / "my_data.py"), default_timeout=20).run()
    assert not page.exception
    assert "You see first what would be added" in words(page)
    assert len(page.file_uploader) == 0
    assert len(opened().file_uploader) == 1


def test_a_diary_is_seen_added_and_taken_back_by_the_receipt(path: Path) -> None:
    page = with_file("semicolons.csv")
    said = words(page)
    assert "This looks like **a table** with 4 entries in 1 column." in said
    assert "**3 ratings** would be added. Left out: 1 row that cannot be taken over." in said
    assert "They are of 13 May 2024 to 1 Jun 2024." in said
    assert list(page.table[0].value["Pain"]) == ["3.5", "6", "4"]
    assert kept(path) == ()
    press(page, "Add 3 ratings")
    assert len(kept(path)) == 3
    assert all(entry.back_filled and entry.batch for entry in kept(path))
    assert "Added 3 ratings of Schmerz." in words(page)
    assert "Last import: 3 ratings of Schmerz, from semicolons.csv" in words(page)
    press(page, "Undo")
    assert kept(path) == ()
    assert "Taken back" in words(page)


def test_the_same_diary_again_has_nothing_to_add(path: Path) -> None:
    press(with_file("semicolons.csv"), "Add 3 ratings")
    page = with_file("semicolons.csv")
    assert "**0 ratings** would be added. Left out: 3 duplicates, 1 row that cannot be taken over." in words(page)
    assert "There is nothing to add." in words(page)


def test_which_body_part_it_is_has_to_be_said_where_several_could_be_meant(path: Path) -> None:
    page = with_file("body_parts.csv")
    chooser = widget(page, "selectbox", "Which body part")
    assert chooser.value is None
    assert chooser.options[0] == "Hip Pain (10, 2 to 11)"
    chooser.select("Low Back Pain").run()
    assert "**1 rating** would be added" in words(page)


def test_what_was_chosen_for_one_file_is_not_taken_for_the_next(path: Path) -> None:
    page = with_file("body_parts.csv")
    widget(page, "selectbox", "Which body part").select("Knee Pain").run()
    page.file_uploader[0].set_value(("bearable.csv", (DIARIES / "bearable.csv").read_bytes(), "text/csv")).run()
    assert widget(page, "selectbox", "Which body part").value is None


def test_unclear_dates_are_asked_with_both_readings(path: Path) -> None:
    page = with_file("unclear.csv")
    assert "** would be added" not in words(page)
    order = widget(page, "button_group", "Which day is meant")
    assert "no date in the file says which number is the month" in words(page)
    order.set_value("month_first").run()
    assert "They are of 2 Jan 2024 to 2 Mar 2024." in words(page)


def test_a_scale_that_is_known_to_be_another_has_to_be_chosen(path: Path) -> None:
    page = with_file("bearable_newer.csv")
    assert "It seems to run from 0 to 4." in words(page)
    assert "** would be added" not in words(page)
    widget(page, "selectbox", "On which scale").select("0 to 4").run()
    assert list(page.table[0].value["Pain"]) == ["5", "0"]
    assert list(page.table[0].value["Note"]) == ["2 on 0 to 4 · mid", "0 on 0 to 4 · pm"]


def test_what_is_no_diary_is_told_and_offers_nothing(path: Path) -> None:
    page = with_file("letter.csv", b"Dear diary,\nit hurts\n")
    assert "No column" in words(page)
    assert not [one for one in page.button if one.label.startswith("Add")]


def test_texts_of_the_file_are_never_read_as_markdown(path: Path) -> None:
    page = with_file("a.csv", b"day,pain,note\n2024-05-01,3,![x](http://example.org/x.png)\n2024-05-02,**4**,\n")
    note = page.table[0].value["Note"][0]
    assert note == r"\!\[x\]\(http\:\/\/example\.org\/x\.png\)"


def test_the_last_import_is_taken_back_only_after_its_number_was_confirmed(path: Path) -> None:
    press(with_file("semicolons.csv"), "Add 3 ratings")
    with store.connect(path) as db:
        store.add_check_in(db, CheckIn("own", AT.date(), AT, "UTC", nrs=4))
    page = press(AppTest.from_file(str(REPO / "pages" / "my_data.py"), default_timeout=20).run(), "Take it back")
    assert "This removes 3 ratings for good. What you entered yourself stays." in words(page)
    press(page, "Keep them")
    assert len(kept(path)) == 4
    press(press(page, "Take it back"), "Remove 3 ratings")
    assert [entry.uid for entry in kept(path)] == ["own"]
    assert "Last import" not in words(page)
