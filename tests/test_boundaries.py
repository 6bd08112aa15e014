"""The edges of days and diaries: clocks that change, moves across zones, year ends, nothing, one entry, ten years."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from time import process_time
from zoneinfo import ZoneInfo

import pytest

from pages.components import course as gathered
from unpinch import store
from unpinch.advice import advise
from unpinch.catalogue import load
from unpinch.database import Database
from unpinch.diary import CheckIn, PainEntry, Reach, Session, logical_day
from unpinch.sqlite import sqlite3
from unpinch.trend import Direction, TooEarly, trend
from unpinch.weeks import OF_A_WEEK, Rating, one_a_day, ratings_of, summarise

CATALOGUE = load()
LIMITS = CATALOGUE.thresholds
BERLIN, NEW_YORK, KIRITIMATI, PAGO_PAGO = "Europe/Berlin", "America/New_York", "Pacific/Kiritimati", "Pacific/Pago_Pago"
SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)
"""The days on which clocks change in Berlin: 02:00 becomes 03:00, and 03:00 becomes 02:00."""


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with store.connect(tmp_path / "unpinch.db") as opened:
        yield opened


def entered(day: date, at: time, zone: str = BERLIN, nrs: float = 5, starts: time = time(0), **other) -> CheckIn:
    """A check-in made at that time of the person's clock, on the day that it belongs to."""
    moment = datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC)
    return CheckIn(f"{moment.isoformat()} {nrs}", logical_day(moment, zone, starts), moment, zone, nrs, **other)


def kept(db: Database, *entries: CheckIn) -> None:
    for entry in entries:
        store.add_check_in(db, entry)


def days_of(db: Database, until: date = date(2030, 1, 1)) -> list[date]:
    return [rating.day for rating in store.daily_ratings(db, until)]


@pytest.mark.parametrize("change", [SPRING, AUTUMN])
@pytest.mark.parametrize("at", [time(0, 0), time(0, 30), time(1, 59), time(2, 30), time(3, 0), time(23, 59, 59)])
def test_a_week_keeps_its_seven_days_when_the_clocks_change(db, change, at):
    first = change - timedelta(days=3)
    kept(db, *(entered(first + timedelta(days=day), at) for day in range(14)))
    assert days_of(db) == [first + timedelta(days=day) for day in range(14)]
    weeks = summarise(store.daily_ratings(db, first + timedelta(days=13)), first, LIMITS)
    assert [week.n for week in weeks] == [7, 7]


@pytest.mark.parametrize("hour", [0, 1])
def test_the_hour_that_comes_twice_is_one_day(hour):
    moment = datetime(2026, 10, 25, hour, 30, tzinfo=UTC)  # 02:30 in Berlin, the first time and the second
    assert moment.astimezone(ZoneInfo(BERLIN)).time() == time(2, 30)
    assert logical_day(moment, BERLIN) == AUTUMN
    assert logical_day(moment, BERLIN, time(3)) == AUTUMN - timedelta(days=1)


@pytest.mark.parametrize(
    ("at", "starts", "back"),
    [
        (time(3, 59), time(4), 1), (time(4, 0), time(4), 0), (time(0, 0), time(0), 0), (time(23, 59), time(4), 0),
        (time(2, 59), time(3), 1), (time(3, 0), time(3), 0), (time(12, 0), time(18), 1),
    ],
)  # fmt: skip
@pytest.mark.parametrize("day", [SPRING, AUTUMN, date(2026, 6, 1), date(2027, 1, 1)])
def test_an_own_start_of_day_decides_which_day_it_is(day, at, starts, back):
    if (day, at) == (SPRING, time(2, 59)):
        at = time(1, 59)  # there is no 02:59 on that day
    assert entered(day, at, starts=starts).day == day - timedelta(days=back)


def test_check_ins_around_a_move_west_are_two_days_and_one_evening_may_hold_two(db):
    leaving = entered(date(2026, 5, 4), time(23, 30), BERLIN, nrs=4)
    arrived = entered(date(2026, 5, 5), time(0, 30), NEW_YORK, nrs=6)
    same_night = entered(date(2026, 5, 4), time(23, 45), NEW_YORK, nrs=8)
    assert leaving.at < same_night.at < arrived.at
    kept(db, leaving, arrived, same_night)
    assert store.daily_ratings(db, date(2026, 5, 5)) == (Rating(date(2026, 5, 4), 6), Rating(date(2026, 5, 5), 6))


def test_a_move_across_the_date_line_may_repeat_a_day_or_leave_one_out(db):
    there = entered(date(2026, 5, 4), time(0, 30), KIRITIMATI, nrs=4)
    back = entered(date(2026, 5, 3), time(23, 30), PAGO_PAGO, nrs=6)
    assert there.at < back.at
    kept(db, there, back)
    assert days_of(db) == [date(2026, 5, 3), date(2026, 5, 4)]
    assert [rating.nrs for rating in store.daily_ratings(db, date(2026, 5, 4))] == [6, 4]


@pytest.mark.parametrize("first", [date(2026, 12, 25), date(2027, 12, 31), date(2028, 2, 26)])
def test_weeks_run_on_over_the_end_of_a_year_and_a_leap_day(db, first):
    kept(db, *(entered(first + timedelta(days=day), time(20), nrs=6 if day < 14 else 3) for day in range(28)))
    until = first + timedelta(days=27)
    result = trend(store.daily_ratings(db, until), until, LIMITS)
    assert (result.direction, [week.n for week in result.weeks]) == (Direction.IMPROVING, [7, 7, 7, 7])
    assert result.weeks[3].start == first + timedelta(days=21)


def test_a_rating_about_a_week_may_span_the_end_of_a_year(db):
    kept(db, *(entered(date(2026, 12, 20) + timedelta(days=7 * n), time(20), days=7) for n in range(4)))
    until = date(2027, 1, 10)
    result = trend(store.daily_ratings(db, until), until, LIMITS)
    assert (result.days, result.baseline_start) == (OF_A_WEEK, date(2026, 12, 14))
    assert [week.week for week in result.weeks] == [1, 2, 3, 4]


def test_days_to_come_are_not_looked_at(db):
    today = date(2026, 5, 4)
    kept(db, entered(today, time(8), reach=Reach.THIGH), entered(today + timedelta(days=1), time(8), flare=True))
    assert days_of(db, today) == [today]
    assert store.told_flares(db, today) == frozenset()
    course = gathered.course(db, CATALOGUE, today)
    assert (course.trend.ratings, course.flares, len(course.reaches)) == (1, (), 1)


def test_the_same_moment_twice_is_averaged_and_the_same_entry_twice_is_one(db):
    day = date(2026, 5, 4)
    first, second = entered(day, time(8), nrs=4), entered(day, time(8), nrs=7)
    kept(db, first, first, second)
    assert store.daily_ratings(db, day) == (Rating(day, 5.5),)
    store.delete_check_in(db, second.uid, second.at)
    assert store.daily_ratings(db, day) == (Rating(day, 4),)


@pytest.mark.parametrize("nrs", [-0.1, 10.1, -1, 11, float("nan"), float("inf")])
def test_a_rating_outside_the_scale_gets_in_nowhere(db, nrs):
    day = date(2026, 5, 4)
    with pytest.raises(ValueError, match="from 0 to 10"):
        entered(day, time(8), nrs=nrs)
    with pytest.raises(ValueError, match="from 0 to 10"):
        trend([Rating(day, nrs)], day, LIMITS)
    kept(db, entered(day, time(8)))
    with pytest.raises(sqlite3.IntegrityError):
        db.execute("UPDATE check_ins SET nrs = ?", [nrs if nrs == nrs else 11])


@pytest.mark.parametrize("nrs", [0, 10])
def test_the_ends_of_the_scale_are_on_it(db, nrs):
    kept(db, *(entered(date(2026, 5, 4) + timedelta(days=day), time(8), nrs=nrs, worst=nrs) for day in range(21)))
    result = gathered.course(db, CATALOGUE, date(2026, 5, 24)).trend
    assert (result.direction, result.baseline, result.change) == (Direction.STEADY, nrs, 0)
    assert [week.high_days for week in result.weeks] == [7 * (nrs == 10)] * 3


def test_an_empty_diary_and_a_single_entry_are_too_early(db):
    today = date(2026, 5, 4)
    empty = gathered.course(db, CATALOGUE, today)
    assert (empty.trend.reason, empty.trend.weeks, empty.adherence.weeks) == (TooEarly.NO_RATINGS, (), ())
    kept(db, entered(today, time(8)))
    single = gathered.course(db, CATALOGUE, today)
    assert (single.trend.reason, [week.n for week in single.trend.weeks]) == (TooEarly.NO_BASELINE, [1])
    assert advise(empty, CATALOGUE.advice, LIMITS) == advise(single, CATALOGUE.advice, LIMITS) == ()


def test_a_new_starting_week_in_the_days_to_come_waits_for_ratings(db):
    today = date(2026, 5, 31)
    kept(db, *(entered(today - timedelta(days=day), time(8)) for day in range(28)))
    store.add_baseline(db, "b", today + timedelta(days=1), datetime(2026, 5, 31, tzinfo=UTC), "UTC")
    result = gathered.course(db, CATALOGUE, today).trend
    assert (result.reason, result.ratings, len(result.weeks)) == (TooEarly.NO_RATINGS, 0, 4)


def test_days_gathered_in_the_store_are_those_gathered_from_entries(db):
    first = date(2026, 5, 4)
    for number in range(60):
        day = first + timedelta(days=number * 3 % 20)
        kept(db, entered(day, time(number % 24, number), nrs=number % 11, worst=10 if number % 3 else None,
                         days=7 if number % 5 == 0 else 1))  # fmt: skip
    kept(db, CheckIn("unrated", first, datetime(2026, 5, 4, tzinfo=UTC), "UTC", worst=9))
    at = datetime(2026, 5, 6, 9, tzinfo=UTC)
    store.start_response(db, "r", at=at, tz="UTC", day=at.date(), questionnaire_version="v")
    store.save_answer(db, "r", "nrs_now", 3, {}, "v", at)
    store.finish_response(db, "r", at)
    store.start_session(db, Session("s", first, at, "UTC", {}, pain_before=9, pain_after=1, finished_at=at))
    entries: tuple[PainEntry, ...] = store.pain_entries(db)
    for until in (first - timedelta(days=1), first + timedelta(days=9), first + timedelta(days=30)):
        slowly = one_a_day(ratings_of(store.check_ins(db), entries), until)
        quickly = store.daily_ratings(db, until)
        assert [(one.day, one.days, one.worst) for one in quickly] == [(one.day, one.days, one.worst) for one in slowly]
        assert [one.nrs for one in quickly] == pytest.approx([one.nrs for one in slowly])


def test_ten_years_are_asked_with_as_many_questions_as_ten_weeks_and_answered_at_once(tmp_path):
    asked, spent = [], []
    today = date(2026, 11, 20)
    for days in (70, 3652):
        with store.connect(tmp_path / f"{days}.db") as db:
            _fill(db, today, days)
            gathered.course(db, CATALOGUE, today)
            statements: list[str] = []
            db.conn.set_trace_callback(statements.append)
            begun = process_time()
            course = gathered.course(db, CATALOGUE, today)
            spent.append(process_time() - begun)
            asked.append(len(statements))
            assert (course.trend.direction, course.trend.ratings) == (Direction.STEADY, days)
    assert asked[0] == asked[1]
    assert max(spent) < 0.5


def _fill(db: Database, today: date, days: int) -> None:
    """A check-in every day and a session every other, written as fast as can be."""
    plan = '{"steps": [{"exercise": "glute_bridge"}], "phases": [{"kind": "hold"}, {"kind": "rest"}, {"kind": "hold"}]}'
    texts = [(today - timedelta(days=number)).isoformat() for number in range(days)]
    with store.immediate(db):
        db.conn.executemany(
            "INSERT INTO check_ins (uid, day, at, tz, nrs, worst, reach, habits_kept, flare, note, back_filled, sites,"
            " days) VALUES (?1, ?1, ?1 || 'T08:00:00+00:00', 'UTC', 5, 6, 'thigh', '[]', 0, '', 0, '[]', 1)",
            [(text,) for text in texts],
        )
        db.conn.executemany(
            "INSERT INTO sessions (uid, day, started_at, tz, plan, note, finished_at)"
            " VALUES (?1, ?1, ?1 || 'T08:00:00+00:00', 'UTC', ?2, '', ?1 || 'T08:20:00+00:00')",
            [(text, plan) for text in texts[::2]],
        )
