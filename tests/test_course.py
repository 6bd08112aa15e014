"""The course as the pages gather it: sessions, reports and a new starting week, and advice noted and put aside."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from pages.components import course as gathered
from unpinch import store
from unpinch.adherence import DayMark
from unpinch.advice import Advice
from unpinch.diary import CheckIn, Rescreen, Session
from unpinch.findings import Urgency
from unpinch.trend import Direction

TODAY = date(2026, 11, 20)
AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
SPELL = 14
CALM, CLEAR = {"numbness_sites": []}, {"numbness_sites": ["calf", "foot"], "numbness_pattern": "intermittent"}


@pytest.fixture
def db(database_path):
    with store.connect(database_path) as opened:
        yield opened


@pytest.fixture
def seen(db, catalogue):
    """seen(today): the course of that day."""
    return lambda today=TODAY: gathered.course(db, catalogue, today)


def rated(db, *levels: float) -> None:
    """Daily check-ins, a level a week, up to today."""
    first = TODAY - timedelta(days=7 * len(levels) - 1)
    for number in range(7 * len(levels)):
        day = first + timedelta(days=number)
        at = datetime.combine(day, AT.timetz())
        store.add_check_in(db, CheckIn(f"c{number}", day, at, "UTC", levels[number // 7]))


def played(db, days_ago: int, completed: int, finished: bool = True) -> str:
    """A session with four parts of work, so many of them completed."""
    uid, at = f"s{days_ago}", AT - timedelta(days=days_ago)
    kinds = ("prepare", "hold", "rest", "move", "hold", "switch", "hold")
    plan = {"steps": [{"exercise": "glute_bridge"}], "phases": [{"kind": kind} for kind in kinds]}
    store.start_session(db, Session(uid, at.date(), at, "UTC", plan))
    work = [number for number, kind in enumerate(kinds) if kind in ("hold", "move")]
    event = {"step": 0, "exercise": "glute_bridge", "side": None, "set": 1, "seconds": 5.0, "at": at.isoformat()}
    outcomes = ["completed"] * completed + ["skipped"] * (4 - completed)
    store.add_completions(
        db, uid, [{**event, "phase": phase, "outcome": outcome} for phase, outcome in zip(work, outcomes, strict=True)]
    )
    if finished:
        store.finish_session(db, uid, at)
    return uid


def test_sessions_are_counted_from_what_was_stored_of_them(db, seen):
    rated(db, 5)
    for days_ago, completed, finished in ((6, 4, True), (5, 2, True), (4, 1, True), (3, 4, False), (2, 0, True)):
        played(db, days_ago, completed, finished)
    done = seen().adherence
    marks = {(TODAY - day).days: mark for day, mark in done.marks.items()}
    assert marks == {6: DayMark.DONE, 5: DayMark.DONE, 4: DayMark.PART, 3: DayMark.PART}
    assert (done.planned_per_week, done.done, done.planned) == (3, 2, 3)


def test_a_session_that_is_finished_later_counts_then(db, seen):
    uid = played(db, 0, 4, finished=False)
    assert seen().adherence.marks == {TODAY: DayMark.PART}
    store.finish_session(db, uid, AT)
    assert seen().adherence.marks == {TODAY: DayMark.DONE}


def test_a_new_starting_week_by_the_person_counts_until_it_is_taken_back(db, seen):
    rated(db, 8, 8, 8, 4, 4, 4)
    assert seen().trend.direction is Direction.IMPROVING
    store.add_baseline(db, "b", TODAY - timedelta(days=20), AT, "UTC")
    again = seen()
    assert (again.trend.direction, again.trend.baseline, again.weeks_passed) == (Direction.STEADY, 4, 3)
    assert [week.week for week in again.trend.weeks] == [-2, -1, 0, 1, 2, 3]
    store.take_back_baseline(db, "b", AT)
    assert seen().trend.direction is Direction.IMPROVING


@pytest.mark.parametrize(
    ("change", "look"),
    [
        ({"nrs": 9}, lambda course: course.trend.baseline),
        ({"worst": 10}, lambda course: course.trend.weeks[0].worst),
        ({"days": 7}, lambda course: course.trend.left_out),
        ({"flare": True}, lambda course: course.flares),
        ({"day": TODAY + timedelta(days=1)}, lambda course: course.trend.ratings),
    ],
)
def test_a_corrected_or_removed_entry_is_seen_at_once(db, seen, change, look):
    rated(db, 5, 5, 5)
    before = look(seen())
    entry = store.check_ins(db)[3]
    store.add_check_in(db, replace(entry, **change))
    assert look(seen()) != before
    store.add_check_in(db, entry)
    assert look(seen()) == before
    ratings = seen().trend.ratings
    store.delete_check_in(db, entry.uid, AT)
    assert seen().trend.ratings == ratings - 1


def test_an_assessment_is_seen_at_once(assessed, seen):
    assert seen().trend.ratings == 0
    assessed(AT)
    assert seen().trend.ratings == 1


def test_numbness_that_the_assessment_before_did_not_name_is_new(db, assessed, seen):
    assessed(AT - timedelta(days=30), **CALM)
    assert seen().reported.numb == ""
    assessed(AT - timedelta(days=2), **CLEAR)
    told = seen().reported
    assert (told.numb, told.numb_day) == ("New: Calf, Foot", TODAY - timedelta(days=2))
    assessed(AT, **CLEAR)
    assert seen().reported.numb == ""


def test_numbness_that_became_constant_is_new(db, assessed, seen):
    assessed(AT - timedelta(days=30), **CLEAR)
    assessed(AT, **{**CLEAR, "numbness_pattern": "constant"})
    assert seen().reported.numb == "Numbness that has become constant"


def test_a_danger_sign_counts_until_the_warning_signs_are_answered_again(db, assessed, seen, catalogue):
    assessed(AT - timedelta(days=30))
    reported = AT - timedelta(days=1)
    store.add_rescreen(db, Rescreen("r", reported.date(), reported, {"new_danger_sign": "yes"}, True))
    course = seen()
    assert (course.reported.danger, course.reported.signs) == (reported.date(), ())
    (advice,) = gathered.logged_advice(course, catalogue)
    assert advice.urgency is Urgency.URGENT
    assert gathered.for_today([advice]) is None  # Today asks for the answers itself
    assessed(AT)
    assert seen().reported.danger is None


def test_what_was_ticked_before_a_session_is_named(db, seen, catalogue):
    ticked = {"saddle_numbness": "none", "bladder_bowel_change": "none", "leg_weakness": "new"}
    store.add_rescreen(db, Rescreen("r", TODAY, AT, ticked, True))
    (advice,) = gathered.logged_advice(seen(), catalogue)
    assert len(advice.because) == 2
    assert advice.because[1].startswith("You ticked: ")


def test_days_without_a_plan_are_no_failure(db, assessed, seen):
    rated(db, 5, 5, 5)
    played(db, 20, 4)
    assert seen().adherence.planned == 9
    assessed(AT - timedelta(days=14), saddle_numbness="new")
    assert seen().adherence.planned == 3
    assessed(AT - timedelta(days=6))
    assert seen().adherence.planned == 6


def test_a_danger_sign_stops_the_plan_until_it_is_answered(db, assessed, seen):
    rated(db, 5, 5, 5)
    played(db, 20, 4)
    assessed(AT - timedelta(days=20))
    at = AT - timedelta(days=13)
    store.add_rescreen(db, Rescreen("r", at.date(), at, {}, True))
    assert seen().adherence.planned == 3
    assessed(AT - timedelta(days=6))
    assert seen().adherence.planned == 6


def test_how_long_it_has_lasted_comes_from_the_latest_assessment(db, assessed, seen):
    assert seen().reported.began is None
    assessed(AT - timedelta(days=7), weeks=13, assessed_by_clinician="no")
    told = seen().reported
    assert (told.began, told.examined) == (TODAY - timedelta(weeks=14), False)
    assessed(AT, weeks=14, assessed_by_clinician="yes")
    assert seen().reported.examined


def test_advice_is_noted_once_a_spell_and_stays_away_when_it_was_put_aside(db, seen, catalogue, monkeypatch):
    rated(db, 6, 6, 6, 6)

    def on(days: int) -> Advice:
        monkeypatch.setenv("UNPINCH_NOW", (AT + timedelta(days=days)).isoformat())
        (advice,) = gathered.logged_advice(seen(TODAY + timedelta(days=days)), catalogue)
        return advice

    first = on(0)
    assert (first.id, first.acknowledged_at) == ("flat_four_weeks", None)
    assert gathered.for_today([on(1)]) is not None
    gathered.put_aside(on(1), catalogue)
    again = on(2)
    assert again.acknowledged_at == AT + timedelta(days=1)
    assert gathered.for_today([again]) is None
    gathered.show_again(again, catalogue)
    assert on(3).acknowledged_at is None
    (noted,) = store.advice_log(db)
    assert (noted.advice, noted.day, noted.evidence) == ("flat_four_weeks", TODAY, list(first.because))


def test_a_spell_ends_after_its_days_and_the_advice_comes_back(db):
    day, seen = timedelta(days=1), "advice"

    def log(after: int) -> bool:
        return store.log_advice(db, TODAY + after * day, seen, AT, "UTC", [], SPELL)

    assert log(0)
    store.acknowledge(db, seen, TODAY + 13 * day, AT, SPELL)
    assert not log(13)
    assert store.spells(db, TODAY + 13 * day, SPELL)[seen].acknowledged_at == AT
    assert store.spells(db, TODAY + 14 * day, SPELL) == {}
    assert log(14)
    assert store.spells(db, TODAY + 14 * day, SPELL)[seen].acknowledged_at is None
    assert [one.day for one in store.advice_log(db)] == [TODAY, TODAY + 14 * day]
    assert store.advice_log(db, TODAY + day) == store.advice_log(db)[1:]


def test_putting_aside_keeps_its_first_instant_and_needs_a_spell(db):
    store.acknowledge(db, "advice", TODAY, AT, SPELL)
    assert store.advice_log(db) == ()
    store.log_advice(db, TODAY, "advice", AT, "UTC", [], SPELL)
    for hours in (1, 2):
        store.acknowledge(db, "advice", TODAY, AT + timedelta(hours=hours), SPELL)
    assert store.advice_log(db)[0].acknowledged_at == AT + timedelta(hours=1)


def test_what_is_urgent_cannot_be_put_aside_even_if_the_store_says_so(db, seen, catalogue):
    store.add_rescreen(db, Rescreen("r", TODAY, AT, {}, True))
    (advice,) = gathered.logged_advice(seen(), catalogue)
    gathered.put_aside(advice, catalogue)
    assert store.advice_log(db)[0].acknowledged_at is None
    store.acknowledge(db, advice.id, TODAY, AT, SPELL)
    assert gathered.logged_advice(seen(), catalogue)[0].acknowledged_at is None
