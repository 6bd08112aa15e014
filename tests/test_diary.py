"""The person's day, and what may be logged."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unpinch.diary import CheckIn, Completion, Reach, Session, completion_from_event, instant, logical_day

NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
EVENT = {
    "id": "3:completed", "phase": 3, "step": 1, "exercise": "clamshell", "side": "left", "set": 2,
    "outcome": "completed", "seconds": 30.5, "at": "2026-05-04T12:00:30.500Z",
}  # fmt: skip


@pytest.mark.parametrize(
    ("at", "tz", "day"),
    [
        ("2026-05-04T23:15:00Z", "Asia/Kathmandu", date(2026, 5, 5)),  # 05:00 there
        ("2026-05-05T03:00:00Z", "America/Los_Angeles", date(2026, 5, 4)),  # 20:00 there
        ("2011-12-31T10:30:00Z", "Pacific/Apia", date(2012, 1, 1)),  # 30 December 2011 never was in Apia
        ("2026-10-25T00:30:00Z", "Europe/Berlin", date(2026, 10, 25)),  # the first 02:30 of two
        ("2026-10-25T01:30:00Z", "Europe/Berlin", date(2026, 10, 25)),  # the second
        ("2026-05-04T12:00:00Z", "UTC", date(2026, 5, 4)),
    ],
)
def test_an_instant_belongs_to_the_persons_own_day(at: str, tz: str, day: date) -> None:
    assert logical_day(instant(at), tz) == day


def test_ten_mornings_over_the_end_of_summer_time_are_ten_days() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    mornings = [datetime(2026, 10, 20, 8, tzinfo=berlin) + timedelta(days=n) for n in range(10)]
    assert len({logical_day(at.astimezone(UTC), "Europe/Berlin") for at in mornings}) == 10


def test_an_hour_before_the_day_starts_belongs_to_the_day_before() -> None:
    four = time(4)
    assert logical_day(datetime(2026, 5, 4, 3, 59, tzinfo=UTC), "UTC", four) == date(2026, 5, 3)
    assert logical_day(datetime(2026, 5, 4, 4, 0, tzinfo=UTC), "UTC", four) == date(2026, 5, 4)


@given(
    st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)),
    st.sampled_from(("UTC", "Asia/Kathmandu", "Pacific/Apia")),
)
def test_the_day_is_never_further_than_one_from_the_day_in_utc(at: datetime, tz: str) -> None:
    at = at.replace(tzinfo=UTC)
    assert abs((logical_day(at, tz) - at.date()).days) <= 1


@pytest.mark.parametrize("tz", ["", "Nowhere/Atlantis", "Europe", "../etc/passwd"])
def test_a_name_that_is_no_time_zone_is_refused_with_an_example(tz: str) -> None:
    with pytest.raises(ValueError, match="Europe/Berlin"):
        logical_day(NOON, tz)


def test_an_instant_without_a_zone_is_refused() -> None:
    naive = datetime(2026, 5, 4)
    with pytest.raises(ValueError, match="time zone"):
        logical_day(naive, "UTC")
    with pytest.raises(ValueError, match="time zone"):
        CheckIn(uid="a", day=naive.date(), at=naive, tz="UTC")
    with pytest.raises(ValueError, match="time zone"):
        Session(uid="a", day=naive.date(), started_at=naive, tz="UTC", plan={})


@pytest.mark.parametrize(
    "wrong",
    [{"nrs": 11}, {"nrs": -1}, {"worst": 12}, {"sitting_min": -5}, {"sat_hours": 25}, {"sat_hours": -1}],
)
def test_a_check_in_outside_its_ranges_is_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="must be"):
        CheckIn(uid="a", day=NOON.date(), at=NOON, tz="UTC", **wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize("field", ["pain_before", "pain_after", "effort"])
def test_a_session_takes_ratings_from_0_to_10(field: str) -> None:
    plain = Session(uid="a", day=NOON.date(), started_at=NOON, tz="UTC", plan={})
    for good in (0, 10, None):
        replace(plain, **{field: good})
    with pytest.raises(ValueError, match="0 to 10"):
        replace(plain, **{field: 11})


def test_nothing_given_is_not_zero() -> None:
    entry = CheckIn(uid="a", day=NOON.date(), at=NOON, tz="UTC")
    assert (entry.nrs, entry.worst, entry.reach, entry.sitting_min, entry.sat_hours) == (None,) * 5


def test_reach_is_ordered_from_near_to_far() -> None:
    assert list(Reach) == ["none", "buttock", "thigh", "calf", "foot"]


def test_a_players_event_becomes_a_completion() -> None:
    done = completion_from_event("s", EVENT)
    at = datetime(2026, 5, 4, 12, 0, 30, 500_000, tzinfo=UTC)
    assert done == Completion("s", 3, 1, "clamshell", "left", 2, "completed", 30.5, at)


@pytest.mark.parametrize(
    "wrong",
    [
        {"phase": -1}, {"phase": None}, {"phase": "three"}, {"phase": float("inf")}, {"outcome": "won"},
        {"outcome": []}, {"side": "both"}, {"seconds": float("nan")}, {"seconds": -1}, {"seconds": None},
        {"at": "yesterday"}, {"at": "2026-05-04T12:00:00"}, {"at": None}, {"set": -2},
    ],
)  # fmt: skip
def test_a_malformed_event_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"."):
        completion_from_event("s", EVENT | wrong)
    with pytest.raises(ValueError, match="not an event"):
        completion_from_event("s", {key: EVENT[key] for key in EVENT if key != "seconds"})
