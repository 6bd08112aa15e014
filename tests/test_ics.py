"""Reminders for a calendar: read back by the format's own parser, and their times worked out."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from icalendar import Calendar

from unpinch.exchange.ics import calendar, routine_reminder, sitting_breaks

STAMP = datetime(2027, 3, 22, 7, 0, tzinfo=UTC)
WORKDAYS = range(5)
SPRING = (date(2027, 3, 22), date(2027, 4, 4))
"""Two weeks; the clocks of Europe go forward on Sunday, 28 March, between them."""


def occurrences(event) -> list[datetime]:
    start = event["dtstart"].dt
    return list(rrulestr(event["rrule"].to_ical().decode(), dtstart=start))


def parsed(reminders, days=SPRING, tz="Europe/Berlin") -> Calendar:
    return Calendar.from_ical(calendar(reminders, *days, tz, STAMP))


def test_breaks_follow_the_interval_within_working_hours():
    breaks = sitting_breaks(time(9), time(12), 35, WORKDAYS, 2)
    assert [one.at for one in breaks] == [time(9, 35), time(10, 10), time(10, 45), time(11, 20), time(11, 55)]
    assert {one.weekdays for one in breaks} == {(0, 1, 2, 3, 4)}
    assert sitting_breaks(time(9), time(9, 30), 35, WORKDAYS, 2) == ()


def test_a_night_shift_ends_on_the_next_day():
    breaks = sitting_breaks(time(23), time(1), 40, (4, 6), 2)
    assert [(one.at, one.weekdays) for one in breaks] == [(time(23, 40), (4, 6)), (time(0, 20), (0, 5))]


def test_a_reminder_keeps_its_local_time_when_the_clocks_change():
    (event,) = parsed(sitting_breaks(time(9), time(10), 35, WORKDAYS, 2)).events
    found = occurrences(event)
    assert [at.date() for at in found] == [date(2027, 3, day) for day in (22, 23, 24, 25, 26, 29, 30, 31)] + [
        date(2027, 4, 1), date(2027, 4, 2)
    ]  # fmt: skip
    assert {at.time() for at in found} == {time(9, 35)}
    assert [at.astimezone(UTC).hour for at in found] == [8] * 5 + [7] * 5


@pytest.mark.parametrize("tz", ["Europe/Berlin", "America/Los_Angeles", "Asia/Kathmandu", "Australia/Lord_Howe"])
def test_the_file_describes_its_time_zone_as_it_is(tz):
    book = parsed(sitting_breaks(time(9), time(10), 35, WORKDAYS, 2), tz=tz)
    (described,) = book.timezones
    assert described.tz_name == tz
    own, known = described.to_tz(), ZoneInfo(tz)
    for days in range(0, 14):
        local = datetime(2027, 3, 22, 9, 35) + timedelta(days=days)
        assert local.replace(tzinfo=own).utcoffset() == local.replace(tzinfo=known).utcoffset()


def test_utc_needs_no_description():
    book = parsed([routine_reminder(time(18), (0, 2, 4), 12)], tz="UTC")
    assert book.timezones == []
    assert {at.hour for at in occurrences(book.events[0])} == {18}


def test_each_reminder_rings_and_blocks_no_time():
    book = parsed([*sitting_breaks(time(9), time(12), 35, WORKDAYS, 2), routine_reminder(time(18), (1, 3), 12)])
    assert len(book.events) == 6
    for event in book.events:
        (alarm,) = event.walk("VALARM")
        assert (alarm["action"], alarm["trigger"].dt) == ("DISPLAY", timedelta(0))
        assert event["transp"] == "TRANSPARENT"
    assert [event["duration"].dt.seconds // 60 for event in book.events] == [2] * 5 + [12]


def test_it_is_the_same_reminder_in_every_file_and_each_has_its_own_id():
    reminders = sitting_breaks(time(9), time(17), 35, WORKDAYS, 2)
    ids = [event["uid"] for event in parsed(reminders).events]
    later = [event["uid"] for event in parsed(reminders, (date(2027, 6, 1), date(2027, 7, 1))).events]
    assert ids == later
    assert len(set(ids)) == len(ids)


def test_lines_end_and_fold_as_the_format_asks():
    text = calendar(sitting_breaks(time(9), time(12), 35, WORKDAYS, 2), *SPRING, "Europe/Berlin", STAMP)
    assert b"\n" not in text.replace(b"\r\n", b"")
    assert max(map(len, text.split(b"\r\n"))) <= 75
    assert Calendar.from_ical(text).to_ical() == text


def test_days_that_never_come_are_left_out_and_an_end_before_the_beginning_is_refused():
    only_monday = routine_reminder(time(18), (0,), 12)
    assert parsed([only_monday], (date(2027, 3, 23), date(2027, 3, 26))).events == []
    assert parsed([routine_reminder(time(18), (), 12)]).events == []
    with pytest.raises(ValueError, match="before they begin"):
        calendar([only_monday], SPRING[1], SPRING[0], "UTC", STAMP)
    with pytest.raises(ValueError, match="at least one minute"):
        sitting_breaks(time(9), time(12), 0, WORKDAYS, 2)
