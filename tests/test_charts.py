"""The charts' specifications and rows: whole axis, gaps as gaps, what every mark says."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from pages.components import calendar_chart, charts, pain_chart, sentences, strips, tables
from unpinch.adherence import Adherence, DayMark, PlanWeek
from unpinch.catalogue import load
from unpinch.diary import CheckIn, Reach, Session
from unpinch.events import Event
from unpinch.meaningful import Levels
from unpinch.weeks import OF_A_WEEK, Rating, summarise

FIRST = date(2026, 3, 2)
AT = datetime(2026, 3, 2, 22, 30, tzinfo=UTC)
THRESHOLDS = load().thresholds
DAY = timedelta(days=1)


def on(*numbers: int) -> list[Rating]:
    return [Rating(FIRST + timedelta(days=number), 4) for number in numbers]


def kinds(rows: list[charts.Row], kind: str) -> list[charts.Row]:
    return [row for row in rows if row["kind"] == kind]


SPECS = [lambda: pain_chart.spec(0), lambda: pain_chart.spec(5), charts.reach_spec, charts.sitting_spec]


@pytest.mark.parametrize("spec", [*SPECS, calendar_chart.spec])
def test_a_specification_is_built_once_and_holds_no_data(spec):
    assert spec() is spec()
    text = json.dumps(spec())
    assert '"data"' not in text
    assert '"datasets"' not in text


def test_the_pain_axis_is_always_whole():
    scales = [
        layer["encoding"]["y"]["scale"]["domain"]
        for layer in pain_chart.spec(3)["layer"]
        if "scale" in layer["encoding"].get("y", {})
    ]
    assert scales
    assert all(domain == [0, 10] for domain in scales)


def test_no_mark_is_drawn_in_the_colour_of_danger():
    assert [place for place, name in enumerate(charts.MARKS) if "Danger" in name] == [2, 8]
    coloured = {name for place, name in enumerate(charts.MARKS) if place % 6 == 2}
    text = json.dumps([spec()["layer"] for spec in (*SPECS, calendar_chart.spec)])
    assert not [name for name in coloured if f'"oneOf": ["{name}"]' in text]


def test_strips_lie_between_the_plot_and_its_axis():
    offsets = [pain_chart.spec(lanes)["layer"][0]["encoding"]["x"]["axis"]["offset"] for lanes in (0, 1, 4)]
    assert offsets == [0, pain_chart.below(1), pain_chart.below(4)]
    assert pain_chart.spec(4)["height"] - pain_chart.spec(0)["height"] == offsets[2]


def test_the_guide_line_is_cut_at_each_missing_day():
    guide = kinds(pain_chart.day_rows(on(0, 1, 3, 4, 10)), "Guide")
    assert [row["run"] for row in guide] == ["0", "0", "1", "1", "2"]


@pytest.mark.parametrize(("gap", "level"), [(1, 2.5), (2, 4.375)])
def test_the_guide_line_forgets_over_missing_days(gap, level):
    days = [Rating(FIRST, 0), Rating(FIRST + timedelta(days=gap), 10)]
    assert kinds(pain_chart.day_rows(days), "Guide")[-1]["nrs"] == pytest.approx(level)


def test_a_missing_day_has_no_row_and_every_day_says_what_it_was():
    days = kinds(pain_chart.day_rows([Rating(FIRST, 4, 6), Rating(FIRST + 2 * DAY, 3.5)]), "Day")
    assert [row["at"] for row in days] == ["2026-03-02T00:00", "2026-03-04T00:00"]
    assert [row["words"] for row in days] == ["2 Mar 2026: 4 on average, worst 6", "4 Mar 2026: 3.5 on average"]


def test_a_rating_of_a_whole_week_is_a_line_over_it_and_no_part_of_the_guide():
    rows = pain_chart.day_rows([Rating(FIRST, 4), Rating(FIRST + DAY, 6, None, OF_A_WEEK), Rating(FIRST + DAY, 5)])
    (line,) = kinds(rows, "Whole week")
    assert (line["at"], line["until"], line["nrs"]) == ("2026-02-24T12:00", "2026-03-03T12:00", 6)
    assert line["words"].startswith("The week to 3 Mar 2026: 6")
    assert [row["run"] for row in kinds(rows, "Guide")] == ["0", "0"]


def test_weeks_show_their_median_and_spread_and_thin_ones_are_left_out():
    days = [Rating(FIRST + timedelta(days=number), nrs) for number, nrs in enumerate((3, 4, 4, 7))]
    weeks = summarise([*days, *on(8, 9, 10, 15)], FIRST, THRESHOLDS)
    rows = pain_chart.week_rows(weeks, FIRST, FIRST + 20 * DAY)
    bars = [(row["status"], (row["nrs"] + row["to"]) / 2) for row in kinds(rows, "Week")]
    assert bars == [("solid", pytest.approx(4)), ("provisional", pytest.approx(4))]
    assert [(row["to"], row["nrs"]) for row in kinds(rows, "Spread")] == [(3, 7)]
    first, second = (row["words"] for row in kinds(rows, "Week"))
    assert first == "Week 1 from 2 Mar 2026: median 4, days from 3 to 7, 4 rated days (solid)"
    assert second == "Week 2 from 9 Mar 2026: median 4, 3 rated days (provisional)"


def test_the_running_week_ends_today_and_the_first_begins_with_the_range():
    weeks = summarise(on(0, 1, 2), FIRST, THRESHOLDS)
    (row,) = kinds(pain_chart.week_rows(weeks, FIRST + DAY, FIRST + 2 * DAY), "Week")
    assert (row["at"], row["until"]) == ("2026-03-02T12:00", "2026-03-04T12:00")


def test_the_number_of_rated_days_stands_below_each_week_while_there_is_room():
    few, many = (summarise(on(*range(length)), FIRST, THRESHOLDS) for length in (16, 7 * 15))
    assert [row["label"] for row in strips.numbers(few, FIRST, FIRST + 15 * DAY)] == ["7", "7", "2"]
    assert strips.numbers(few, FIRST, FIRST + 15 * DAY)[-1]["at"] == "2026-03-16T00:00"
    assert strips.numbers(many, FIRST, FIRST + 104 * DAY) == []


def test_the_starting_week_and_what_counts_as_a_change_are_named():
    rows = pain_chart.baseline_rows(5.7, FIRST, Levels(3.99, 7.41), FIRST, FIRST + 20 * DAY)
    assert [row["label"] for row in kinds(rows, "Name")] == [
        "Starting week 5.7",
        "Worse: 7.4 or more",
        "Better: 4.0 or less",
    ]
    (better,), (worse,) = kinds(rows, "Better"), kinds(rows, "Worse")
    assert (better["nrs"], better["to"], worse["nrs"], worse["to"]) == (3.99, 0, 7.41, 10)


def test_names_of_a_late_starting_week_stand_at_the_right_and_the_new_beginning_is_marked():
    since, until = FIRST, FIRST + 20 * DAY
    rows = pain_chart.baseline_rows(5.7, FIRST + 15 * DAY, Levels(3.99, 7.41), since, until)
    assert {(row["at"], row["side"]) for row in kinds(rows, "Name")} == {("2026-03-22T12:00", "before")}
    assert [row["at"] for row in kinds(rows, "Starting week")] == ["2026-03-16T12:00"]
    assert [row["side"] for row in kinds(pain_chart.anew_rows(FIRST, since, until), "Name")] == ["after"]
    assert pain_chart.anew_rows(FIRST - DAY, since, until) == []


def test_a_region_that_no_week_could_reach_is_not_drawn():
    rows = pain_chart.baseline_rows(0.5, FIRST, Levels(None, 10), FIRST, FIRST + 20 * DAY)
    assert [row["label"] for row in kinds(rows, "Name")] == ["Starting week 0.5"]
    assert not kinds(rows, "Better") + kinds(rows, "Worse")


def test_only_filled_strips_are_drawn_each_with_its_name():
    rows, count = strips.laid([("Rated", []), ("Sessions", [{"kind": "Session"}]), ("Flares", [{"kind": "Flare"}])])
    assert count == 2
    assert [(row["label"], row["lane"]) for row in kinds(rows, "Strip")] == [("Sessions", 0), ("Flares", 1)]
    assert kinds(rows, "Flare") == [{"kind": "Flare", "lane": 1}]


def test_a_session_says_whether_it_was_done_and_how_it_felt_around_it():
    session = Session("s", FIRST, AT, "UTC", {}, pain_before=5, pain_after=3)
    marks = {FIRST: DayMark.DONE, FIRST + DAY: DayMark.PART, FIRST - DAY: DayMark.DONE}
    rows = strips.sessions(marks, {FIRST: sentences.pain_around(session)}, FIRST, FIRST + DAY)
    assert [(row["done"], row["words"]) for row in rows] == [
        (True, "Session on 2 Mar 2026, done: pain before 5, after 3"),
        (False, "Session on 3 Mar 2026, part"),
    ]


def test_a_flare_that_was_told_differs_from_one_found_in_the_ratings():
    rows = strips.flares({FIRST}, {FIRST, FIRST + DAY}, FIRST, FIRST + DAY)
    assert [(row["done"], row["words"]) for row in rows] == [
        (True, "Flare on 2 Mar 2026"),
        (False, "Flare on 3 Mar 2026, found in the ratings"),
    ]


def test_days_on_which_the_plan_was_changed_are_marked_once():
    rows = strips.changes([FIRST, FIRST, FIRST - DAY], FIRST, FIRST + DAY)
    assert [(row["at"], row["words"]) for row in rows] == [("2026-03-02T00:00", "Plan changed on 2 Mar 2026")]


def event(kind: str, label: str, begin: int, end: int | None) -> Event:
    return Event(label, kind, label, FIRST + begin * DAY, None if end is None else FIRST + end * DAY, AT, "UTC")


@pytest.mark.parametrize(
    ("one", "at", "until", "side", "words"),
    [
        (event("event", "Flight", 2, 2), "2026-03-03T12:00", "2026-03-04T12:00", "after", "Flight, on 4 Mar 2026"),
        (event("medicine", "Pills", -9, 5), "2026-03-01T12:00", "2026-03-07T12:00", "after", "21 Feb 2026 to 7 Mar"),
        (event("treatment", "Hands", 30, None), "2026-03-31T12:00", "2026-04-11T12:00", "before", "still going on"),
    ],
)
def test_an_event_is_a_bar_within_the_range_with_its_label_where_there_is_room(one, at, until, side, words):
    ((row,),) = strips.events([one], FIRST, FIRST + 40 * DAY)
    assert (row["at"], row["until"], row["side"]) == (at, until, side)
    assert words in row["words"]
    assert row["label"].endswith(one.label)


def test_events_share_a_strip_only_where_neither_bars_nor_labels_meet():
    far = [event("event", "A", 0, 1), event("event", "B", 25, 26), event("medicine", "Long name", 2, 3)]
    lanes = strips.events(far, FIRST, FIRST + 40 * DAY)
    assert [[row["label"] for row in lane] for lane in lanes] == [["Event: A", "Event: B"], ["Medicine: Long name"]]


def test_events_outside_the_range_are_left_out():
    assert strips.events([event("event", "A", -5, -1), event("event", "B", 41, 42)], FIRST, FIRST + 40 * DAY) == []


def test_unanswered_is_no_row_and_zero_is_one():
    entries = [
        CheckIn("a", FIRST, AT, "UTC", nrs=0),
        CheckIn("b", FIRST, AT, "UTC", nrs=0, reach=Reach.NONE, sitting_min=0),
    ]
    assert [row["place"] for row in charts.reach_rows(entries)] == ["Nowhere"]
    assert [row["minutes"] for row in charts.sitting_rows(entries)] == [0]


def test_a_single_entry_still_gets_the_whole_range_of_days():
    frame = charts.frame_rows(FIRST, FIRST + 13 * DAY)
    assert [row["at"] for row in frame] == ["2026-03-01T12:00", "2026-03-15T12:00"]


TRIED = Adherence(
    4,
    50,
    {FIRST: DayMark.DONE, FIRST + 2 * DAY: DayMark.PART, FIRST + 8 * DAY: DayMark.DONE},
    (PlanWeek(FIRST, 1, 4), PlanWeek(FIRST + 7 * DAY, 1, 4)),
)


def test_the_calendar_has_a_mark_for_every_day_so_far_and_calls_none_a_failure():
    until = FIRST + 9 * DAY
    rows = calendar_chart.rows(TRIED.weeks, TRIED, until)
    assert len(kinds(rows, "Rest")) + len(kinds(rows, "Session")) == 10
    assert [(row["mark"], row["words"]) for row in kinds(rows, "Session")] == [
        ("done", "2 Mar 2026: session done"),
        ("part", "4 Mar 2026: a part of a session"),
        ("done", "10 Mar 2026: session done"),
    ]
    assert kinds(rows, "Rest")[0]["words"] == "3 Mar 2026: no session"
    assert [row["label"] for row in kinds(rows, "Week done")] == ["1", "1"]
    said = calendar_chart.sentence(TRIED.weeks, TRIED, until)
    assert said == (
        "Plan: 4 a week. 2 Mar 2026 to 11 Mar 2026: 2 days with a session done, 1 day with a part of one;"
        " 1.0 a week on average over 1 whole week."
    )
    assert [(row["Done"], row["In part"], row["Plan"]) for row in calendar_chart.table(TRIED.weeks, TRIED)] == [
        ("1", "0", "4"),
        ("1", "1", "4"),
    ]


def test_the_calendar_goes_back_to_the_first_session_however_late_the_starting_week_is():
    marks = {FIRST + DAY: DayMark.DONE, FIRST + 20 * DAY: DayMark.DONE}
    found = Adherence(3, None, marks, (PlanWeek(FIRST + 20 * DAY, 1, 3),))
    weeks = calendar_chart.weeks_shown(found, FIRST)
    assert [((week.start - FIRST).days, week.done, week.planned) for week in weeks] == [
        (-1, 1, 0),
        (6, 0, 0),
        (13, 0, 0),
        (20, 1, 3),
    ]
    assert len(calendar_chart.weeks_shown(found, FIRST + 14 * DAY)) == 2
    assert calendar_chart.weeks_shown(Adherence(), FIRST) == ()


def test_the_calendar_keeps_the_latest_weeks_that_a_phone_has_room_for():
    weeks = tuple(PlanWeek(FIRST + 7 * number * DAY, 0, 3) for number in range(60))
    shown = calendar_chart.weeks_shown(Adherence(3, 0, {}, weeks), FIRST)
    assert len(shown) == calendar_chart.MOST_WEEKS
    assert shown[-1] == weeks[-1]


def test_time_in_high_pain_counts_the_days_shown_and_the_weeks_where_there_are_none():
    days = [Rating(FIRST + timedelta(days=number), 5, worst) for number, worst in enumerate((7, 8, 6, None))]
    weeks = summarise(days, FIRST, THRESHOLDS)
    assert sentences.high_pain(days[:2], weeks, 7).startswith("High pain (worst 7 or more) on 2 of 2 days")
    assert sentences.high_pain((), weeks, 7).startswith("High pain (worst 7 or more) on 2 of 3 days")
    assert sentences.high_pain(on(0), (), 7) == ""


def test_the_key_explains_what_is_drawn_and_nothing_else():
    key = sentences.key({"Day", "Better"}, THRESHOLDS, short=True)
    assert len(key) == 2
    assert "2 points or 30 per cent" in key[1]


def test_the_tables_of_weeks_say_what_rests_on_little_and_how_far_days_lay_apart():
    weeks = summarise([*on(-3, 0, 1, 2, 3), Rating(FIRST + 13 * DAY, 5, None, OF_A_WEEK)], FIRST, THRESHOLDS)
    assert [row["Days"] for row in tables.weeks(weeks)] == ["whole week, provisional", "4", "1, thin"]
    assert [row["From"].endswith(", start") for row in tables.weeks(weeks)] == [False, True, False]
    assert [row["Spread"] for row in tables.spreads(weeks)] == ["–", "0.0", "–"]
