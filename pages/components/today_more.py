"""What stands below the check-in on Today: the latest entries, and what opens only when it is asked for."""

from collections.abc import Callable, Sequence
from datetime import timedelta

import streamlit as st

from pages.components import breaks, check_in_list, draft, event_log, reminders, rhythm, screen_top
from pages.components.assessed import Latest
from pages.components.due import Agenda
from unpinch import store
from unpinch.catalogue import Catalogue
from unpinch.database import Database
from unpinch.diary import CheckIn
from unpinch.routine import Routine

_MOST = 20
"""So many of the latest entries are shown at once; all others are found by their day."""


def recent(db: Database, agenda: Agenda) -> tuple[CheckIn, ...]:
    """The entries of today and yesterday, of the last seven days for who checks in once a week; latest first."""
    return store.check_ins(db, agenda.today - timedelta(days=max(1, agenda.every - 1)))[: -_MOST - 1 : -1]


def draw(catalogue: Catalogue, assessment: Latest | None, agenda: Agenda, entries: Sequence[CheckIn]) -> None:
    """The latest entries, and closed: earlier ones, events, breaks and reminders, how the person checks in."""
    if entries:
        st.header("Latest entries", anchor=False)
        check_in_list.entries(entries, agenda.today)
    before = agenda.today - timedelta(days=1)
    _box("Earlier entries", "earlier_entries", lambda: check_in_list.earlier(before, agenda.today))
    _box("Medicines, treatments and other events", "events", lambda: event_log.draw(agenda.today))
    if assessment is not None and isinstance(assessment.routine, Routine):
        minutes = assessment.routine.minutes
        _box("Breaks from sitting, and reminders", "breaks", lambda: _breaks(catalogue, minutes))
    _box("How you check in", "rhythm", rhythm.draw)
    screen_top.at_top(f"today:{draft.uid()}")  # after an entry was kept, or one is to be corrected


def _box(label: str, key: str, content: Callable[[], None]) -> None:
    """A fold whose content is read and drawn only once it is open."""
    box = st.expander(label, key=key, on_change="rerun")
    if box.open:
        with box:
            content()


def _breaks(catalogue: Catalogue, minutes: float) -> None:
    breaks.panel(catalogue)
    reminders.draw(catalogue, breaks.chosen(catalogue).minutes, minutes)
