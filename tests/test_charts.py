"""The charts' specifications and rows: whole axis, gaps as gaps, what every mark says."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from pages.components import charts
from unpinch.catalogue import load
from unpinch.diary import CheckIn, Reach, Session
from unpinch.weeks import Rating, summarise

FIRST = date(2026, 3, 2)
AT = datetime(2026, 3, 2, 22, 30, tzinfo=UTC)
THRESHOLDS = load().thresholds


def on(*numbers: int) -> list[Rating]:
    return [Rating(FIRST + timedelta(days=number), 4) for number in numbers]


@pytest.mark.parametrize("spec", [charts.pain_spec, charts.reach_spec, charts.sitting_spec])
def test_a_specification_is_built_once_and_holds_no_data(spec):
    assert spec() is spec()
    text = json.dumps(spec())
    assert '"data"' not in text
    assert '"datasets"' not in text


def test_the_pain_axis_is_always_whole():
    scales = [
        layer["encoding"]["y"]["scale"]["domain"]
        for layer in charts.pain_spec()["layer"]
        if "scale" in layer["encoding"]["y"]
    ]
    assert scales
    assert all(domain == [0, 10] for domain in scales)


def test_no_line_is_drawn_in_the_colour_of_danger():
    assert charts.MARKS[2] == "Danger"
    rows = charts.day_rows(on(0)) + charts.flare_rows([CheckIn("a", FIRST, AT, "UTC", nrs=3, flare=True)])
    assert "Danger" not in {row["kind"] for row in rows}


def test_the_guide_line_is_cut_at_each_missing_day():
    guide = [row for row in charts.day_rows(on(0, 1, 3, 4, 10)) if row["kind"] == "Guide"]
    assert [row["run"] for row in guide] == ["0", "0", "1", "1", "2"]


def test_the_guide_line_forgets_over_missing_days():
    def last(gap: int) -> float:
        days = [Rating(FIRST, 0), Rating(FIRST + timedelta(days=gap), 10)]
        return [row["nrs"] for row in charts.day_rows(days) if row["kind"] == "Guide"][-1]

    assert last(1) == pytest.approx(2.5)
    assert last(2) == pytest.approx(4.375)


def test_a_missing_day_has_no_row():
    days = [row["at"] for row in charts.day_rows(on(0, 2)) if row["kind"] == "Day"]
    assert days == ["2026-03-02T12:00", "2026-03-04T12:00"]


def test_weeks_show_median_and_number_and_thin_ones_are_left_out():
    weeks = summarise(on(0, 1, 2, 3, 8, 9, 10, 15), FIRST, THRESHOLDS)
    rows = charts.week_rows(weeks, FIRST + timedelta(days=20))
    assert [(row["label"], row["status"], row["nrs"]) for row in rows] == [
        ("4", "solid", 4),
        ("3", "provisional", 4),
    ]
    assert rows[1]["words"] == "Week 2 from 9 Mar 2026: median 4, 3 rated days (provisional)"


def test_the_running_week_ends_today():
    weeks = summarise(on(0, 1, 2), FIRST, THRESHOLDS)
    (row,) = charts.week_rows(weeks, FIRST + timedelta(days=2))
    assert row["until"] == "2026-03-04T23:59"
    assert row["middle"] == "2026-03-04T12:00"


def test_many_weeks_lose_their_numbers_but_not_their_words():
    weeks = summarise(on(*range(7 * 15)), FIRST, THRESHOLDS)
    rows = charts.week_rows(weeks, FIRST + timedelta(days=104))
    assert {row["label"] for row in rows} == {""}
    assert all("7 rated days" in row["words"] for row in rows)


def test_a_session_is_drawn_at_its_own_time_of_day_where_the_person_was():
    session = Session("s", FIRST, AT, "America/New_York", {}, pain_before=5, pain_after=3)
    (row,) = charts.session_rows([session, Session("t", FIRST, AT, "UTC", {})])
    assert (row["at"], row["nrs"], row["after"]) == ("2026-03-02T17:30", 5, 3)
    assert row["words"] == "Session on 2 Mar 2026: pain before 5, after 3"


def test_a_session_with_one_rating_is_one_mark():
    (row,) = charts.session_rows([Session("s", FIRST, AT, "UTC", {}, pain_before=5)])
    assert (row["nrs"], row["after"], row["words"]) == (5, 5, "Session on 2 Mar 2026: pain before 5")


def test_two_flares_of_one_day_are_one_mark():
    flares = [CheckIn(uid, FIRST, AT, "UTC", nrs=7, flare=True) for uid in "ab"]
    assert len(charts.flare_rows(flares)) == 1


def test_unanswered_is_no_row_and_zero_is_one():
    entries = [
        CheckIn("a", FIRST, AT, "UTC", nrs=0),
        CheckIn("b", FIRST, AT, "UTC", nrs=0, reach=Reach.NONE, sitting_min=0),
    ]
    assert [row["place"] for row in charts.reach_rows(entries)] == ["Nowhere"]
    assert [row["minutes"] for row in charts.sitting_rows(entries)] == [0]


def test_a_single_entry_still_gets_the_whole_range_of_days():
    frame = charts.frame_rows(FIRST, FIRST + timedelta(days=13))
    assert [row["at"] for row in frame] == ["2026-03-02T12:00", "2026-03-15T12:00"]
