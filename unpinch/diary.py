"""What the person logs: check-ins, sessions, finished steps; and the one rule for which day it is."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

RATING = range(11)
"""The numeric rating scale, 0 (none) to 10 (worst imaginable): pain and effort."""

OUTCOMES = ("completed", "skipped", "stopped")
HURT_PLACES = ("muscle", "down_leg", "tingling")
ADJUSTMENTS = ("dose", "swap", "leave_out", "order", "restore", "forgive", "not_now", "widen")
CONTEXTS = ("check_in", "before_session", "after_session", "assessment")


class Reach(StrEnum):
    """How far down the pain goes today, nearest first."""

    NONE = "none"
    BUTTOCK = "buttock"
    THIGH = "thigh"
    CALF = "calf"
    FOOT = "foot"


@dataclass(frozen=True, slots=True)
class CheckIn:
    """One look back: `nrs` is average, `worst` worst pain, 0-10, whole unless imported; None is "not given".

    `day` is the local day it speaks about, or the last of the `days` (1 or 7) it speaks about; `at` is the instant
    it was entered (aware), `tz` the time zone then. `sites` are the regions that were marked on the body map, such
    as "buttock_right"; none is "not given". `batch` is the import it came with.
    Raises ValueError for a rating, a duration or an instant outside its range.
    """

    uid: str
    day: date
    at: datetime
    tz: str
    nrs: float | None = None
    worst: float | None = None
    reach: Reach | None = None
    sitting_min: int | None = None
    sat_hours: float | None = None
    habits_kept: tuple[str, ...] = ()
    flare: bool = False
    note: str = ""
    back_filled: bool = False
    sites: tuple[str, ...] = ()
    days: int = 1
    batch: str | None = None

    def __post_init__(self) -> None:
        _require_aware(self.at, "at")
        _require_pain(self.nrs, "nrs")
        _require_pain(self.worst, "worst")
        if self.days not in (1, 7):
            raise ValueError(f"a check-in speaks about 1 day or 7 days, not {self.days}")
        if self.sitting_min is not None and not 0 <= self.sitting_min <= 24 * 60:
            raise ValueError(f"sitting_min must be within one day, 0 to 1440 minutes, not {self.sitting_min}")
        if self.sat_hours is not None and not 0 <= self.sat_hours <= 24:
            raise ValueError(f"sat_hours must be within one day, 0 to 24 hours, not {self.sat_hours}")


@dataclass(frozen=True, slots=True)
class PainEntry:
    """One pain rating, wherever it was given; `context` is one of CONTEXTS."""

    uid: str
    day: date
    at: datetime
    nrs: float
    context: str


@dataclass(frozen=True, slots=True)
class Session:
    """One sitting with the routine. `plan` is the routine as it was shown, as JSON-able data.

    Pain before and after and effort are 0-10. Raises ValueError outside that range or for a naive instant.
    """

    uid: str
    day: date
    started_at: datetime
    tz: str
    plan: Any
    pain_before: int | None = None
    pain_after: int | None = None
    effort: int | None = None
    note: str = ""
    finished_at: datetime | None = None

    def __post_init__(self) -> None:
        _require_aware(self.started_at, "started_at")
        if self.finished_at is not None:
            _require_aware(self.finished_at, "finished_at")
        _require_rating(self.pain_before, "pain_before")
        _require_rating(self.pain_after, "pain_after")
        _require_rating(self.effort, "effort")


@dataclass(frozen=True, slots=True)
class Completion:
    """How one hold or one set of movements ended; `seconds` is the time really spent in it.

    `phase` and `step` count from 0 in the session's plan. Raises ValueError for what cannot be.
    """

    session_uid: str
    phase: int
    step: int
    exercise: str
    side: str | None
    set: int
    outcome: str
    seconds: float
    at: datetime

    def __post_init__(self) -> None:
        _require_aware(self.at, "at")
        if self.outcome not in OUTCOMES:
            raise ValueError(f"outcome must be one of {', '.join(OUTCOMES)}, not {self.outcome!r}")
        if self.side not in (None, "left", "right"):
            raise ValueError(f"side must be left, right or nothing, not {self.side!r}")
        if min(self.phase, self.step, self.set) < 0:
            raise ValueError("phase, step and set count from 0 upwards")
        if not (math.isfinite(self.seconds) and self.seconds >= 0):
            raise ValueError(f"seconds must be a length of time, not {self.seconds}")


@dataclass(frozen=True, slots=True)
class Hurt:
    """An exercise that hurt, and where: in the muscle, down the leg, or tingling or numb. `at` is when it was told."""

    session_uid: str
    id: str
    phase: int
    step: int
    exercise: str
    place: str
    day: date
    at: datetime


@dataclass(frozen=True, slots=True)
class Adjustment:
    """What the person chose for the routine: `kind` is one of ADJUSTMENTS, `exercise` may be empty.

    `value` by kind: dose {sets, reps or hold_s, form}, swap {to}, order {exercises}, forgive {session, hurt},
    not_now {of}; `rule` in it names the proposal that was accepted or declined. Raises ValueError for another kind.
    """

    uid: str
    kind: str
    exercise: str
    value: Mapping[str, Any]
    day: date
    at: datetime
    tz: str = "UTC"

    def __post_init__(self) -> None:
        _require_aware(self.at, "at")
        if self.kind not in ADJUSTMENTS:
            raise ValueError(f"kind must be one of {', '.join(ADJUSTMENTS)}, not {self.kind!r}")


@dataclass(frozen=True, slots=True)
class StoredResponse:
    """One time through the questionnaire, of `kind` full or warning_signs.

    `page` is where the person was last; `finished_at` is None while it is open; `replaces` is the response
    that a correction puts right, the first of the row.
    """

    uid: str
    kind: str
    started_at: datetime
    tz: str
    day: date
    questionnaire_version: str
    page: str | None
    finished_at: datetime | None
    replaces: str | None = None


@dataclass(frozen=True, slots=True)
class Consent:
    """What the person agreed to, word for word, when, and the country they chose."""

    version: str
    at: datetime
    text: str
    country: str


@dataclass(frozen=True, slots=True)
class Rescreen:
    """The short repeat of the warning signs before a session; `positive` when any answer asks for care."""

    uid: str
    day: date
    at: datetime
    answers: Mapping[str, Any]
    positive: bool
    tz: str = "UTC"

    def __post_init__(self) -> None:
        _require_aware(self.at, "at")


def completion_from_event(session_uid: str, event: Mapping[str, Any]) -> Completion:
    """What the player reported, as a Completion. Raises ValueError when the event is malformed."""
    try:
        return Completion(
            session_uid=session_uid,
            phase=int(event["phase"]),
            step=int(event["step"]),
            exercise=str(event["exercise"]),
            side=event["side"],
            set=int(event["set"]),
            outcome=event["outcome"],
            seconds=float(event["seconds"]),
            at=datetime.fromisoformat(event["at"]),
        )
    except (KeyError, TypeError, OverflowError) as problem:
        raise ValueError(f"not an event of the player: {problem!r}") from problem


def hurt_from_report(session_uid: str, report: Mapping[str, Any], at: datetime, day: date) -> Hurt:
    """What the player reported as hurting. Raises ValueError when the report is malformed."""
    try:
        one = Hurt(
            session_uid, str(report["id"]), int(report["phase"]), int(report["step"]), str(report["exercise"]),
            report["where"], day, at,
        )  # fmt: skip
    except (KeyError, TypeError, OverflowError) as problem:
        raise ValueError(f"not a report of the player: {problem!r}") from problem
    if one.place not in HURT_PLACES:
        raise ValueError(f"where it hurts must be one of {', '.join(HURT_PLACES)}, not {one.place!r}")
    return one


def logical_day(at: datetime, tz: str, day_starts_at: time = time(0)) -> date:
    """The day the instant `at` belongs to for a person in time zone `tz` whose day begins at `day_starts_at`.

    An hour before the day begins still belongs to the day before. Raises ValueError for a naive instant or
    for a name that is no time zone.
    """
    _require_aware(at, "at")
    try:
        local = at.astimezone(ZoneInfo(tz))
    except (KeyError, ValueError, OSError) as problem:  # OSError: the name is a folder of names
        raise ValueError(f"{tz!r} is not a time zone; use a name such as Europe/Berlin") from problem
    return local.date() if local.time() >= day_starts_at else local.date() - timedelta(days=1)


def instant(text: str) -> datetime:
    """The instant, in UTC, that an ISO-8601 text names. Raises ValueError for a text that names none."""
    at = datetime.fromisoformat(text)
    _require_aware(at, "the instant")
    return at.astimezone(UTC)


def _require_aware(at: datetime, name: str) -> None:
    if at.tzinfo is None:
        raise ValueError(f"{name} needs a time zone: {at.isoformat()} has none")


def _require_pain(value: float | None, name: str) -> None:
    if value is not None and not RATING[0] <= value <= RATING[-1]:
        raise ValueError(f"{name} must be from 0 to 10, not {value}")


def _require_rating(value: int | None, name: str) -> None:
    if value is not None and value not in RATING:
        raise ValueError(f"{name} must be a whole number from 0 to 10, not {value}")
