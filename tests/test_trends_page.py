"""Trends: the verdict with its reasons, and charts that each have their sentence and their table."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from unpinch import store
from unpinch.catalogue import load
from unpinch.demo import fill
from unpinch.diary import CheckIn, Reach, Session

APP = Path(__file__).resolve().parents[1] / "app.py"
AT = datetime(2026, 5, 20, 14, 5, tzinfo=UTC)
TODAY = AT.date()


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "unpinch.db"
    monkeypatch.setenv("UNPINCH_DB", str(path))
    monkeypatch.setenv("UNPINCH_NOW", AT.isoformat())
    return path


def opened() -> AppTest:
    page = AppTest.from_file(str(APP), default_timeout=30).run().switch_page("pages/trends.py").run()
    assert not page.exception
    return page


def said(page: AppTest) -> str:
    kinds = (page.markdown, page.caption, page.header)
    return "\n".join(element.value for elements in kinds for element in elements)


def charts(page: AppTest) -> list:
    return page.get("vega_lite_chart")


def test_without_data_it_says_so_and_draws_nothing(path):
    page = opened()
    assert "Too early to say" in said(page)
    assert charts(page) == []


def test_pain_around_sessions_alone_is_too_early_and_shown_apart(path):
    with store.connect(path) as db:
        store.start_session(
            db, Session("s", TODAY, AT, "UTC", {}, pain_before=5, pain_after=3, finished_at=AT)
        )
    page = opened()
    assert "Pain before and after a session says how that moment felt" in said(page)
    assert "no rated day" in said(page)
    assert len(charts(page)) == 1
    (table,) = page.table
    assert table.value[["Before", "After"]].to_numpy().tolist() == [["5", "3"]]


def test_one_point_is_a_chart_with_its_sentence(path):
    with store.connect(path) as db:
        store.add_check_in(db, CheckIn("a", TODAY, AT, "UTC", nrs=4, reach=Reach.THIGH, sitting_min=20))
    page = opened()
    assert "one rated day, 4 on 20 May 2026" in said(page)
    assert "One answer: the thigh." in said(page)
    assert "One answer: 20 minutes." in said(page)
    assert len(charts(page)) == 3


def test_twelve_weeks_have_verdict_evidence_charts_and_tables(path):
    with store.connect(path) as db:
        fill(db, load(), TODAY)
    page = opened()
    words = said(page)
    assert "Getting better" in words
    assert "Some settling is expected anyway" in words
    assert "Starting week:" in words
    assert "points per week" in words
    assert len(charts(page)) == 3
    assert [next(iter(table.value.columns)) for table in page.table] == ["Week", "Day", "Day"]


def test_every_chart_says_in_words_what_it_shows(path):
    with store.connect(path) as db:
        fill(db, load(), TODAY)
    page = opened()
    for chart in charts(page):
        assert "description" not in json.loads(chart.proto.spec)
        assert chart.proto.alt in said(page)


@pytest.mark.parametrize(
    ("range_", "first"),
    [("2 weeks", "7 May"), ("6 weeks", "9 Apr"), ("3 months", "19 Feb"), ("All", "25 Feb")],
)
def test_the_range_is_chosen(path, range_, first):
    with store.connect(path) as db:
        fill(db, load(), TODAY)
    page = opened()
    (choice,) = page.get("button_group")
    choice.set_value(range_)
    page.run()
    assert not page.exception
    assert f"{first} 2026 to 20 May 2026" in said(page)


def test_ten_years_are_drawn_as_weeks_alone(path):
    with store.connect(path) as db, store.immediate(db):
        for number in range(0, 3650, 3):
            day = TODAY - timedelta(days=number)
            store.add_check_in(db, CheckIn(str(number), day, AT, "UTC", nrs=number % 5, sitting_min=10))
    page = opened()
    (choice,) = page.get("button_group")
    choice.set_value("All")
    page.run()
    assert not page.exception
    assert len(charts(page)) == 1
    assert "Choose a shorter range to see the days." in said(page)


def test_advice_shows_its_data_and_its_rule(path):
    with store.connect(path) as db:
        for number in range(42):
            day = TODAY - timedelta(days=41 - number)
            store.add_check_in(db, CheckIn(str(number), day, AT, "UTC", nrs=5))
    words = said(opened())
    assert "Six weeks without a change that matters" in words
    assert "Weeks since your starting week began: 6." in words
    assert "The rule: Six weeks since your starting week began" in words
