"""Trends: the verdict with its reasons, and charts that each have their sentence and their table."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from unpinch import store
from unpinch.catalogue import load
from unpinch.demo import fill
from unpinch.diary import CheckIn, Reach, Session
from unpinch.events import Event

APP = Path(__file__).resolve().parents[1] / "app.py"
AT = datetime(2026, 5, 20, 14, 5, tzinfo=UTC)
TODAY = AT.date()


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "unpinch.db"
    monkeypatch.setenv("UNPINCH_DB", str(path))
    monkeypatch.setenv("UNPINCH_NOW", AT.isoformat())
    return path


@pytest.fixture
def sample(path: Path) -> Path:
    with store.connect(path) as db:
        fill(db, load(), TODAY)
    return path


def rated(path: Path, *pains: float, every: int = 1) -> None:
    """One rating a day, or every so many days, the last of them today."""
    with store.connect(path) as db, store.immediate(db):
        for number, nrs in enumerate(reversed(pains)):
            day = TODAY - timedelta(days=number * every)
            store.add_check_in(db, CheckIn(str(number), day, AT, "UTC", nrs=nrs, worst=nrs + 1, sitting_min=10))


def opened(**state: Any) -> AppTest:
    page = AppTest.from_file(str(APP), default_timeout=30).run()
    for key, value in state.items():
        page.session_state[key] = value
    page.switch_page("pages/trends.py").run()
    assert not page.exception
    return page


def said(page: AppTest) -> str:
    kinds = (page.markdown, page.caption, page.header, page.success)
    return "\n".join(element.value for elements in kinds for element in elements)


def charts(page: AppTest) -> list:
    return page.get("vega_lite_chart")


def rows(page: AppTest, number: int = 0) -> list[dict[str, Any]]:
    """The rows that a chart was given."""
    from io import BytesIO

    import pyarrow

    (data,) = charts(page)[number].proto.datasets or [charts(page)[number].proto]
    return pyarrow.ipc.open_stream(BytesIO(data.data.data)).read_all().to_pylist()


def press(page: AppTest, label: str) -> AppTest:
    next(button for button in page.button if button.label == label).click()
    page.run()
    assert not page.exception
    return page


def test_without_data_it_says_so_and_draws_nothing(path):
    page = opened()
    assert "Too early to say" in said(page)
    assert charts(page) == []


def test_pain_around_sessions_alone_is_too_early_and_shown_apart(path):
    with store.connect(path) as db:
        store.start_session(db, Session("s", TODAY, AT, "UTC", {}, pain_before=5, pain_after=3, finished_at=AT))
    page = opened(tables_pain=True)
    assert "Pain before and after a session says how that moment felt" in said(page)
    assert "no rated day" in said(page)
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


def test_twelve_weeks_have_verdict_evidence_charts_and_tables(sample):
    with store.connect(sample) as db:
        begin = TODAY - timedelta(days=20)
        store.add_event(db, Event("e", "medicine", "Ibuprofen", begin, None, AT, "UTC"))
    page = opened(tables_pain=True, tables_sessions=True, tables_check_ins=True)
    words = said(page)
    assert "Getting better" in words
    assert "Some settling is expected anyway" in words
    assert "Starting week:" in words
    assert "points per week" in words
    assert "Plan: " in words
    assert "High pain (worst 7 or more) on" in words
    assert len(charts(page)) == 4
    assert [list(table.value.columns)[1] for table in page.table] == [
        "Days", "Spread", "From", "Before", "Done", "Average", "Down to",
    ]  # fmt: skip
    drawn = rows(page)
    assert {row["label"] for row in drawn if row["kind"] == "Strip"} == {"Rated", "Sessions", "Flares", "Events"}
    assert [row["label"] for row in drawn if row["kind"] == "Event"] == ["Medicine: Ibuprofen"]
    for chart in charts(page):
        assert "description" not in json.loads(chart.proto.spec)
        assert chart.proto.alt in words


@pytest.mark.parametrize(
    ("days", "usual"), [(1, "2 weeks"), (14, "2 weeks"), (15, "6 weeks"), (43, "3 months"), (3650, "3 months")]
)
def test_the_range_begins_as_long_as_the_diary_and_no_longer_than_three_months(path, days, usual):
    rated(path, 4, 5, every=days - 1 or 1)
    assert opened().session_state["trends_range"] == usual


@pytest.mark.parametrize(("range_", "first"), [("2 weeks", "7 May"), ("3 months", "19 Feb"), ("All", "25 Feb")])
def test_the_range_is_chosen(sample, range_, first):
    assert f"{first} 2026 to 20 May 2026" in said(opened(trends_range=range_))


def test_ten_years_cost_no_more_bytes_than_three_months_and_are_drawn_as_weeks(path):
    rated(path, *(number % 5 for number in range(3650)))
    page = opened()
    dots = [row for row in rows(page) if row["kind"] == "Day"]
    assert len(dots) == 91
    assert sum(chart.proto.ByteSize() for chart in charts(page)) < 100_000
    page.session_state["trends_range"] = "All"
    page.run()
    assert not page.exception
    assert len(charts(page)) == 1
    assert not [row for row in rows(page) if row["kind"] in ("Day", "Guide")]
    assert "3650 rated days in 522 weeks" in said(page)
    assert "Choose a shorter range to see them." in said(page)


def test_two_periods_are_compared_in_numbers_and_words(path):
    rated(path, *[6] * 28, *[4] * 28)
    page = opened(compare=True)
    assert "In the second period the average is 2.0 points lower than in the first." in said(page)
    assert "That is an amount that matters to most people." in said(page)
    assert "does not show what brought it about" in said(page)
    (table,) = page.table
    assert table.value.to_numpy().tolist() == [
        ["Days", "26 Mar 2026 to 22 Apr 2026", "23 Apr 2026 to 20 May 2026"],
        ["Rated days", "28", "28"],
        ["Median", "6", "4"],
        ["Average", "6.0", "4.0"],
        ["High pain", "100 % (28 of 28)", "0 % (0 of 28)"],
    ]


def test_periods_that_share_days_are_not_compared(path):
    rated(path, *[5] * 30)
    page = opened(compare=True, compare_periods="Last 4 weeks and the first 4")
    assert "These periods share days" in said(page)
    assert not page.table


def test_counting_anew_is_explained_marked_and_taken_back(path):
    rated(path, *[6] * 28, *[4] * 28)
    assert "6.0 in" not in said(opened())
    page = opened(rebaseline=True, rebaseline_day=TODAY - timedelta(days=27))
    assert "stays in the charts, the tables and the export" in said(page)
    press(page, "Count anew from this day")
    assert "Counting anew from 23 Apr 2026." in said(page)
    assert "Starting week: 4.0 on average" in said(page)
    drawn = rows(page)
    assert [row["at"] for row in drawn if row["kind"] == "Anew"] == ["2026-04-22T12:00"]
    assert len([row for row in drawn if row["kind"] == "Day"]) == 56
    press(page, "Undo")
    assert "Starting week: 6.0 on average" in said(page)
    assert not [row for row in rows(page) if row["kind"] == "Anew"]


def test_advice_shows_its_data_and_its_rule_and_can_be_put_aside(path):
    rated(path, *[5] * 42)
    page = opened()
    words = said(page)
    assert "### Six weeks without a change that matters" in words
    assert "Weeks since your starting week began: 6." in words
    assert "The rule: Six weeks since your starting week began" in words
    press(page, "I have arranged it")
    assert "### Six weeks without a change that matters" not in said(page)
    assert "The rule: Six weeks since your starting week began" in said(page)
    press(page, "Show again")
    assert "### Six weeks without a change that matters" in said(page)
