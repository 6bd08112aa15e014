"""What pages are given: the content, the clock, the person's day, the database."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st

from unpinch import paths, store
from unpinch.catalogue import Catalogue, Lesson, load
from unpinch.catalogue import lessons as read_lessons
from unpinch.database import Database
from unpinch.diary import instant, logical_day

DAY_STARTS_AT = "day_starts_at"
_day_starts: dict[Path, time] = {}
"""When the person's day starts, by database, as the latest connection to it found: a page asks for it often."""


@st.cache_resource(show_spinner=False)
def catalogue() -> Catalogue:
    """All content, read and checked once."""
    return load()


def now() -> datetime:
    """The present instant, aware, in UTC: the only clock. UNPINCH_NOW, an ISO instant, stops it there."""
    fixed = os.environ.get("UNPINCH_NOW")
    return instant(fixed) if fixed else datetime.now(UTC)


def timezone() -> str:
    """The time zone of the person's browser; UTC when it does not say or says what is unknown here."""
    name = st.context.timezone or "UTC"
    try:
        logical_day(datetime.min.replace(year=2000, tzinfo=UTC), name)
    except ValueError:
        return "UTC"
    return name


def today() -> date:
    """The person's day."""
    return day_of(now())


def day_of(at: datetime) -> date:
    """The day of the person that an instant belongs to, where they are now."""
    return logical_day(at, timezone(), day_starts_at())


def day_starts_at() -> time:
    """When the person's day starts: midnight, unless they chose a later hour. Raises StoreError."""
    path = paths.database()
    if path not in _day_starts:
        with database():
            pass  # which reads it
    return _day_starts[path]


def _time(text: Any) -> time:
    try:
        return time.fromisoformat(text)
    except (TypeError, ValueError):
        return time(0)


@contextmanager
def database() -> Iterator[Database]:
    """The person's database for one use. Nothing of Streamlit belongs inside a transaction."""
    path = paths.database()
    if path.parent == paths.data_folder():
        paths.make_private(path.parent)
    with store.connect(path) as db:
        _day_starts[path] = _time(store.get_setting(db, DAY_STARTS_AT))
        yield db


def setting(key: str, default: Any = None) -> Any:
    """One kept setting, else `default`."""
    with database() as db:
        return store.get_setting(db, key, default)


def keep_setting(key: str, value: Any) -> None:
    """Keep one setting."""
    with database() as db:
        store.set_setting(db, key, value)


def is_demo() -> bool:
    """Whether the open database is the one with sample data."""
    return paths.database() == paths.demo_database()


@st.cache_resource(show_spinner=False)
def lessons() -> tuple[Lesson, ...]:
    """The pages of teaching, read once."""
    return read_lessons()


def clock(at: datetime) -> str:
    """An instant as the person's clock shows it, such as 14:05."""
    return at.astimezone(ZoneInfo(timezone())).strftime("%H:%M")
