"""Entries that are kept, each to correct or to remove: the latest ones, and those of any day before."""

from collections.abc import Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import streamlit as st

from pages.components import check_in, draft, receipts, resources
from pages.components.tables import REACH_NAMES
from unpinch import store
from unpinch.diary import CheckIn

_DAY = "earlier_entries_day"


def entries(shown: Sequence[CheckIn], today: date) -> None:
    """The entries given, each to correct or to remove."""
    for entry in shown:
        row = st.container(
            horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key=f"entry_{entry.uid}"
        )
        with row.container(gap=None, width=420):
            st.markdown(_summary(entry, today))
            if entry.note:
                st.text(entry.note)
        with row.container(horizontal=True, width="content"):
            st.button("Correct", key=f"correct_{entry.uid}", on_click=_correct, args=(entry,))
            st.button("Remove", key=f"remove_{entry.uid}", on_click=_remove, args=(entry,))


def earlier(before: date, today: date) -> None:
    """The entries of one day before `before`, chosen by the person; the nearest days with entries beside it."""
    with resources.database() as db:
        if _DAY not in st.session_state:
            st.session_state[_DAY] = store.days_beside(db, before)[0] or before - timedelta(days=1)
        day: date = st.session_state[_DAY] or before
        found, beside = store.check_ins(db, day, day), store.days_beside(db, day)
    st.date_input("Day", key=_DAY, min_value=date(1900, 1, 1), max_value=today, format="YYYY-MM-DD")
    if not found:
        st.markdown(f"No entry about {draft.day_words(day, today)}.")
    entries(found, today)
    with st.container(horizontal=True):
        for other, words in zip(beside, ("Earlier", "Later"), strict=True):
            if other is not None and other <= today:
                label = f"{words}: {draft.day_words(other, today)}"
                st.button(label, key=f"earlier_{words}", on_click=_go, args=(other,))


def _go(day: date) -> None:
    st.session_state[_DAY] = day


def _correct(entry: CheckIn) -> None:
    draft.correct(entry)
    receipts.give(check_in.PLACE, None)


def _remove(entry: CheckIn) -> None:
    def change(db: store.Database) -> None:
        store.delete_check_in(db, entry.uid, resources.now())

    if receipts.write(check_in.PLACE, change, check_in.removed(entry)):
        now = draft.corrected()
        if now is not None and now.uid == entry.uid:
            draft.leave()


def _summary(entry: CheckIn, today: date) -> str:
    parts = [f"**{entry.nrs:g}** average" if entry.nrs is not None else "no average"]
    if entry.worst is not None:
        parts.append(f"worst {entry.worst:g}")
    if entry.reach is not None:
        parts.append(REACH_NAMES[entry.reach].lower())
    if entry.flare:
        parts.append("flare")
    if entry.back_filled:
        parts.append("filled in later")
    if entry.batch is not None:
        parts.append("imported")
    when = f"{draft.opening(draft.day_words(entry.day, today))}, {entry.at.astimezone(ZoneInfo(entry.tz)):%H:%M}"
    if entry.days > 1:
        when = f"Seven days up to {draft.day_words(entry.day, today)}"
    return f"{when}: {', '.join(parts)}"
