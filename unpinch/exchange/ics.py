"""Reminders as an iCalendar file (RFC 5545) that a calendar anywhere can take up.

Times are local to a time zone that the file describes, so that a reminder at 9:35 stays at 9:35 when the clocks
change.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event, vRecur

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
DAY_MIN = 24 * 60
_SPACE = UUID("6f1c2f0e-5d0b-4b8e-9d53-2c9f4a7e1b60")
"""The namespace of the reminders' ids: the same reminder has the same id in every file."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """The same local time on some weekdays (0 is Monday), `minutes` long. `kind` is part of its identity."""

    kind: str
    summary: str
    description: str
    at: time
    weekdays: tuple[int, ...]
    minutes: int


def sitting_breaks(
    begin: time, end: time, every_min: int, weekdays: Iterable[int], minutes: int
) -> tuple[Reminder, ...]:
    """A break of `minutes` after each `every_min` minutes from `begin` to before `end`, on days that begin then.

    Hours may run past midnight; `begin` equal to `end` is round the clock. Raises ValueError for an interval below
    one minute.
    """
    if every_min < 1:
        raise ValueError(f"the interval must be at least one minute, not {every_min}")
    first = begin.hour * 60 + begin.minute
    last = end.hour * 60 + end.minute
    last += DAY_MIN if last <= first else 0
    days = sorted(set(weekdays))
    return tuple(
        Reminder(
            kind="sitting_break",
            summary="Stand up and walk a little",
            description="A break from sitting. Walk rather than only stand. The relief is short, so it is repeated.",
            at=time(minute % DAY_MIN // 60, minute % 60),
            weekdays=tuple(sorted((day + minute // DAY_MIN) % 7 for day in days)),
            minutes=minutes,
        )
        for minute in range(first + every_min, last, every_min)
    )


def routine_reminder(at: time, weekdays: Iterable[int], minutes: int) -> Reminder:
    """A reminder of the routine, which takes `minutes`."""
    return Reminder(
        kind="routine",
        summary="Routine in Unpinch",
        description="Open Unpinch: it asks for danger signs first. Leave it out on a day when something is wrong.",
        at=at,
        weekdays=tuple(sorted(set(weekdays))),
        minutes=minutes,
    )


def calendar(reminders: Iterable[Reminder], first: date, last: date, tz: str, stamp: datetime) -> bytes:
    """The file with all `reminders` from the day `first` to the day `last`, both in it, in the time zone `tz`.

    `stamp` (aware) is when the file is made. One without weekdays, or without a day of its own in that time, is left
    out. Raises ValueError when `last` is before `first`.
    """
    if last < first:
        raise ValueError(f"the reminders end on {last}, before they begin on {first}")
    zone = ZoneInfo(tz)
    book = Calendar()
    book.add("prodid", "-//Unpinch//Reminders//EN")
    book.add("version", "2.0")
    book.add("x-wr-calname", "Unpinch")
    for reminder in reminders:
        if (begins := _first_day(reminder, first, last)) is not None:
            book.add_component(_event(reminder, begins, last, zone, stamp))
    book.add_missing_timezones(first_date=first - timedelta(days=366), last_date=last + timedelta(days=366))
    return book.to_ical()


def _first_day(reminder: Reminder, first: date, last: date) -> date | None:
    days = (first + timedelta(days=ahead) for ahead in range(min(7, (last - first).days + 1)))
    return next((day for day in days if day.weekday() in reminder.weekdays), None)


def _event(reminder: Reminder, day: date, last: date, zone: ZoneInfo, stamp: datetime) -> Event:
    begin = datetime.combine(day, reminder.at, zone)
    until = datetime.combine(last, time(23, 59, 59), zone).astimezone(UTC)
    name = f"{reminder.kind} {reminder.at:%H:%M} {reminder.weekdays} {zone.key}"
    event = Event()
    event.add("uid", f"{uuid5(_SPACE, name)}@unpinch")
    event.add("dtstamp", stamp.astimezone(UTC))
    event.add("dtstart", begin)
    event.add("duration", timedelta(minutes=reminder.minutes))
    weekdays = [DAYS[weekday] for weekday in reminder.weekdays]
    event.add("rrule", vRecur(freq="WEEKLY", byday=weekdays, until=until))
    event.add("summary", reminder.summary)
    event.add("description", reminder.description)
    event.add("transp", "TRANSPARENT")  # a reminder takes no time that others see as busy
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", reminder.summary)
    alarm.add("trigger", timedelta(0))
    event.add_component(alarm)
    return event
