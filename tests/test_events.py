"""Medicines, treatments and events, the chosen starting week, and the check-ins of one day: kept and taken back."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from unpinch import store
from unpinch.database import Database
from unpinch.diary import CheckIn
from unpinch.events import Event

AT = datetime(2026, 5, 4, 7, 30, tzinfo=UTC)
DAY = date(2026, 5, 4)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with store.connect(tmp_path / "unpinch.db") as opened:
        yield opened


def event(uid: str = "e", first: int = 0, last: int | None = None, label: str = "Ibuprofen") -> Event:
    """An event from `first` to `last` days after DAY; still going on without `last`."""
    ended = None if last is None else DAY + timedelta(days=last)
    return Event(uid, "medicine", label, DAY + timedelta(days=first), ended, AT, "Europe/Berlin", "400 mg")


def check_in(uid: str, day: int, minutes: int = 0) -> CheckIn:
    return CheckIn(uid, DAY + timedelta(days=day), AT + timedelta(minutes=minutes), "UTC", nrs=4)


def test_an_event_comes_back_as_it_was_and_sent_again_is_corrected(db: Database) -> None:
    store.add_event(db, event())
    store.add_event(db, event())
    assert store.events(db) == (event(),)
    store.add_event(db, event(last=3, label="Naproxen"))
    assert store.events(db) == (event(last=3, label="Naproxen"),)


def test_a_removed_event_is_gone_until_it_is_restored(db: Database) -> None:
    store.add_event(db, event())
    store.delete_event(db, "e", AT)
    store.delete_event(db, "e", AT)
    assert store.events(db) == ()
    store.restore_event(db, "e")
    assert store.events(db) == (event(),)


def test_events_come_by_first_day_and_those_since_a_day_are_the_ones_that_went_on_then(db: Database) -> None:
    for uid, first, last in (("open", -40, None), ("over", -30, -20), ("lately", -30, -2), ("single", -2, -2)):
        store.add_event(db, event(uid, first, last))
    assert [one.uid for one in store.events(db)] == ["open", "over", "lately", "single"]
    assert [one.uid for one in store.events(db, DAY - timedelta(days=2))] == ["open", "lately", "single"]
    assert [one.uid for one in store.events(db, DAY)] == ["open"]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"kind": "surgery"}, "kind"),
        ({"label": " "}, "label"),
        ({"last_day": DAY - timedelta(days=1)}, "before it begins"),
        ({"at": datetime(2026, 5, 4)}, "time zone"),
    ],
)
def test_an_event_that_cannot_be_is_refused(changes: dict[str, object], message: str) -> None:
    given = {"uid": "e", "kind": "event", "label": "Flight", "first_day": DAY, "last_day": DAY, "at": AT, "tz": "UTC"}
    with pytest.raises(ValueError, match=message):
        Event(**(given | changes))  # type: ignore[arg-type]


def test_the_starting_week_is_the_latest_that_was_not_taken_back(db: Database) -> None:
    assert store.baseline(db) is None
    store.add_baseline(db, "first", DAY, AT, "UTC")
    store.add_baseline(db, "second", DAY + timedelta(days=9), AT, "UTC")
    store.add_baseline(db, "second", DAY + timedelta(days=20), AT, "UTC")
    assert store.baseline(db) == ("second", DAY + timedelta(days=9))
    store.take_back_baseline(db, "second", AT)
    assert store.baseline(db) == ("first", DAY)
    store.take_back_baseline(db, "first", AT)
    assert store.baseline(db) is None


def test_the_latest_check_in_is_the_last_entered_of_the_last_day_that_has_come(db: Database) -> None:
    assert store.latest_check_in(db, DAY) is None
    for one in (check_in("early", 0), check_in("late", 0, 60), check_in("before", -1, 90), check_in("ahead", 1)):
        store.add_check_in(db, one)
    found = [store.latest_check_in(db, DAY + timedelta(days=day)) for day in (0, 1, -1)]
    assert [one.uid for one in found if one] == ["late", "ahead", "before"]
    store.delete_check_in(db, "late", AT)
    assert store.latest_check_in(db, DAY) == check_in("early", 0)


def test_of_one_day_only_its_check_ins_are_read_and_the_nearest_days_are_known(db: Database) -> None:
    for one in (check_in("a", -9), check_in("b", -3), check_in("c", -3, 5), check_in("d", 0), check_in("gone", -1)):
        store.add_check_in(db, one)
    store.delete_check_in(db, "gone", AT)
    day = DAY - timedelta(days=3)
    assert [one.uid for one in store.check_ins(db, day, day)] == ["b", "c"]
    assert store.days_beside(db, day) == (DAY - timedelta(days=9), DAY)
    assert store.days_beside(db, DAY) == (day, None)
    assert store.check_ins(db, DAY - timedelta(days=1), DAY - timedelta(days=1)) == ()
