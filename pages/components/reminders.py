"""Reminders for the person's own calendar: breaks from sitting and the routine, as a file to take along."""

from collections.abc import Mapping
from datetime import time, timedelta
from typing import Any

import streamlit as st

from pages.components import resources
from pages.components.question import ink
from unpinch.catalogue import Catalogue

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
BREAK_MIN = 2
_KEPT = "reminders"
_DEFAULTS: Mapping[str, Any] = {
    "breaks": True, "begin": "09:00", "end": "17:00", "work_days": [0, 1, 2, 3, 4],
    "routine": True, "routine_at": "18:00", "routine_days": [0, 1, 2, 3, 4],
}  # fmt: skip


def draw(catalogue: Catalogue, every_min: int, routine_min: float) -> None:
    """What to be reminded of and when, and the file. `every_min` is the interval of breaks, `routine_min` the length
    of a session, both in minutes."""
    if _KEPT not in st.session_state:
        st.session_state[_KEPT] = dict(_DEFAULTS) | (resources.setting(_KEPT) or {})
    kept = st.session_state[_KEPT]
    st.subheader("In your calendar", anchor=False)
    st.toggle("Breaks from sitting", **_field("breaks", kept["breaks"]))
    if st.session_state[_name("breaks")]:
        left, right = st.columns(2)
        left.time_input("Work begins", required=True, **_field("begin", time.fromisoformat(kept["begin"])))
        right.time_input("Work ends", required=True, **_field("end", time.fromisoformat(kept["end"])))
        _days("On these working days", "work_days", kept["work_days"])
    st.toggle("The routine", **_field("routine", kept["routine"]))
    if st.session_state[_name("routine")]:
        st.time_input(
            "Time of the routine", required=True, **_field("routine_at", time.fromisoformat(kept["routine_at"]))
        )
        _days("On these days", "routine_days", kept["routine_days"])
    weeks = int(catalogue.thresholds["reminder_weeks"])
    _button(dict(st.session_state[_KEPT]), every_min, max(1, round(routine_min)), weeks)
    st.caption(
        f"A file for the calendar of your phone or computer, for the next {weeks} weeks, every {every_min} minutes of"
        " work. Take it into a calendar of its own: then it is removed again in one go. It holds no health data"
        " beyond the name Unpinch."
    )


def _button(wanted: Mapping[str, Any], every_min: int, routine_min: int, weeks: int) -> None:
    now, today, tz = resources.now(), resources.today(), resources.timezone()

    def made() -> bytes:  # in another thread, which has no session
        from unpinch.exchange import ics

        reminders: list[ics.Reminder] = []
        if wanted["breaks"]:
            begin, end = time.fromisoformat(wanted["begin"]), time.fromisoformat(wanted["end"])
            reminders += ics.sitting_breaks(begin, end, every_min, wanted["work_days"], BREAK_MIN)
        if wanted["routine"]:
            at = time.fromisoformat(wanted["routine_at"])
            reminders.append(ics.routine_reminder(at, wanted["routine_days"], routine_min))
        return ics.calendar(reminders, today, today + timedelta(weeks=weeks), tz, now)

    nothing = not (wanted["breaks"] and wanted["work_days"]) and not (wanted["routine"] and wanted["routine_days"])
    st.download_button(
        "Calendar file", data=made, file_name="unpinch-reminders.ics", mime="text/calendar", on_click="ignore",
        icon=":material/calendar_add_on:", disabled=nothing,
    )  # fmt: skip


def _days(label: str, name: str, kept: list[int]) -> None:
    st.pills(
        label, list(range(len(DAYS))), selection_mode="multi", format_func=lambda day: ink(DAYS[day]),
        **_field(name, kept),
    )  # fmt: skip


def _field(name: str, kept: Any) -> dict[str, Any]:
    """What a widget that shows what is kept is given, so that it keeps what it is changed to."""
    return {"default" if isinstance(kept, list) else "value": kept, "key": _name(name), "on_change": _keep}


def _name(name: str) -> str:
    return f"reminders_{name}"


def _keep() -> None:
    drawn = {name: st.session_state[_name(name)] for name in _DEFAULTS if _name(name) in st.session_state}
    said = {name: f"{value:%H:%M}" if isinstance(value, time) else value for name, value in drawn.items()}
    kept = dict(st.session_state.get(_KEPT) or _DEFAULTS) | said
    resources.keep_setting(_KEPT, kept)
    st.session_state[_KEPT] = kept
