"""Medicines, treatments and other events beside the check-ins: with a day or a range, to correct and to remove."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import streamlit as st

from pages.components import draft, receipts, resources
from pages.components.form import Form
from pages.components.question import ink
from pages.components.receipts import Receipt
from unpinch import store
from unpinch.events import Event

PLACE = "events"
RECENT = timedelta(weeks=8)
KINDS = {"medicine": "Medicine", "treatment": "Treatment", "event": "Something else"}
LENGTHS = {"day": "That day only", "open": "Still going on", "until": "Until another day"}

_FORM, _CORRECTED = Form("event"), "event_corrected"


def draw(today: date) -> None:
    """What goes on and what was lately, and the form for another."""
    st.caption("A medicine, a treatment or anything else worth remembering. Trends marks it beside your ratings.")
    receipts.draw(PLACE)
    correcting = st.session_state.get(_CORRECTED) is not None
    if correcting:
        _form(today)
    every = st.session_state.get("events_all", False)
    with resources.database() as db:
        kept = store.events(db)
    shown = kept if every else [one for one in kept if (one.last_day or today) >= today - RECENT]
    _entries(sorted(shown, key=lambda one: (one.last_day or date.max, one.first_day), reverse=True), today)
    if len(kept) > len(shown) or every:
        st.toggle("Those of more than eight weeks ago, too", key="events_all")
    if not correcting:
        _form(today)


def _entries(shown: Sequence[Event], today: date) -> None:
    for one in shown:
        with st.container(horizontal=True, vertical_alignment="center", key=f"event_{one.uid}"):
            with st.container(gap=None, width=330):
                st.text(one.label)
                st.caption(f"{KINDS[one.kind]}, {_span(one, today)}")
                if one.note:
                    st.text(one.note)
            if one.last_day is None and one.first_day <= today:
                st.button("It ended today", key=f"event_end_{one.uid}", on_click=_end, args=(one,))
            st.button("Correct", key=f"event_correct_{one.uid}", on_click=_correct, args=(one,))
            st.button("Remove", key=f"event_remove_{one.uid}", on_click=_remove, args=(one,))


def _form(today: date) -> None:
    corrected: Event | None = st.session_state.get(_CORRECTED)
    st.markdown(f"**{'Correct it' if corrected else 'Add one'}**")
    st.text_input(
        "What it was",
        max_chars=120,
        placeholder="Such as ibuprofen, physiotherapy, a long flight",
        **_FORM.kept("label"),
    )
    _FORM.begin("kind", "medicine")
    st.segmented_control(
        "Kind", list(KINDS), required=True, format_func=lambda one: ink(KINDS[one]), wrap=True, **_FORM.kept("kind")
    )
    _FORM.begin("first", today)
    _date("First day", "first", today)
    _FORM.begin("length", "day")
    st.segmented_control(
        "How long", list(LENGTHS), required=True, format_func=lambda one: ink(LENGTHS[one]), wrap=True,
        **_FORM.kept("length"),
    )  # fmt: skip
    if _FORM.value("length") == "until":
        _FORM.begin("last", today)
        _date("Last day", "last", today)
    st.text_input("Note on it", max_chars=500, placeholder="Optional, such as the dose", **_FORM.kept("note"))
    if problem := st.session_state.pop("event_problem", None):
        st.warning(problem)
    with st.container(horizontal=True):
        st.button("Save it", key=_FORM.key("save"), on_click=_save)
        if corrected is not None:
            st.button("Keep it as it was", key=_FORM.key("leave"), on_click=_leave)


def _date(label: str, name: str, today: date) -> None:
    """A day; a treatment that is arranged already may be entered ahead."""
    most = today + timedelta(days=366)
    st.date_input(label, min_value=date(1900, 1, 1), max_value=most, format="YYYY-MM-DD", **_FORM.kept(name))


def _leave() -> None:
    _FORM.turn_to()
    st.session_state[_CORRECTED] = None


def _entered() -> Event:
    """The event as the widgets stand. Raises ValueError in words for the person if it cannot be kept."""
    before: Event | None = st.session_state.get(_CORRECTED)
    label, length = (_FORM.value("label") or "").strip(), _FORM.value("length")
    first, last = _FORM.value("first"), _FORM.value("last" if length == "until" else "first")
    if not label:
        raise ValueError("Say what it was, then save. Nothing was saved.")
    if first is None or last is None:
        raise ValueError("Choose the day, then save. Nothing was saved.")
    last = None if length == "open" else last
    if last is not None and last < first:
        raise ValueError("The last day cannot be before the first. Change one of them, then save. Nothing was saved.")
    at, tz = (before.at, before.tz) if before else (resources.now(), resources.timezone())
    return Event(
        _FORM.uid(), _FORM.value("kind") or "event", label, first, last, at, tz, (_FORM.value("note") or "").strip()
    )


def _save() -> None:
    before: Event | None = st.session_state.get(_CORRECTED)
    receipts.give(PLACE, None)
    try:
        event = _entered()
    except ValueError as problem:
        st.session_state["event_problem"] = str(problem)
        return
    if _put(event, before, "Corrected" if before else "Saved"):
        _leave()


def _put(event: Event, before: Event | None, words: str) -> bool:
    """Keep an event, in the place of the one before it if there was one."""
    receipt = Receipt(
        f"{words} {resources.clock(resources.now())}",
        (lambda db: store.add_event(db, before)) if before else _delete(event),
        Receipt("As it was before.") if before else _removed(event),
    )
    return receipts.write(PLACE, lambda db: store.add_event(db, event), receipt)


def _correct(event: Event) -> None:
    _FORM.turn_to(event.uid)
    st.session_state[_CORRECTED] = event
    length = "open" if event.last_day is None else "day" if event.last_day == event.first_day else "until"
    given = {"label": event.label, "kind": event.kind, "first": event.first_day, "length": length, "note": event.note}
    for name, value in given.items():
        _FORM.fill(name, value)
    if event.last_day is not None:
        _FORM.fill("last", event.last_day)
    receipts.give(PLACE, None)


def _end(event: Event) -> None:
    _put(replace(event, last_day=resources.today()), event, "Ended today: saved")


def _remove(event: Event) -> None:
    if receipts.write(PLACE, _delete(event), _removed(event)) and _FORM.uid() == event.uid:
        _leave()


def _delete(event: Event) -> receipts.Change:
    return lambda db: store.delete_event(db, event.uid, resources.now())


def _removed(event: Event) -> Receipt:
    return Receipt("Removed.", lambda db: store.restore_event(db, event.uid), Receipt("Back again."))


def _span(event: Event, today: date) -> str:
    first = draft.day_words(event.first_day, today)
    if event.last_day is None:
        return f"{'since' if event.first_day <= today else 'from'} {first}"
    return first if event.last_day == event.first_day else f"{first} to {draft.day_words(event.last_day, today)}"
