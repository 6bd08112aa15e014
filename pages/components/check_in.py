"""The check-in: the last 24 hours on one screen, one click and a receipt; entries corrected, removed.

Everything is written in callbacks, because a script run may be cut short by the next click. Widgets carry the
entry's id in their keys, so that a new id empties them after the entry is kept, and never before.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal
from uuid import uuid4
from zoneinfo import ZoneInfo

import streamlit as st

from pages.components import assessed, body_map, rescreening, resources
from pages.components.question import ink
from pages.components.tables import REACH_NAMES
from unpinch import store
from unpinch.database import Database, StoreError
from unpinch.diary import RATING, CheckIn, Reach, logical_day

YESTERDAY = "Yesterday"
DANGER = "Any new numbness between the legs, change in bladder or bowel, or new weakness?"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What to say after a write: the words, and the entry that an undo is about."""

    words: str
    uid: str
    undo: str = ""


def form(habits: Mapping[str, str], latest: CheckIn | None, *, main: bool) -> None:
    """The check-in. `habits` maps the ids of the person's habits to names, `latest` gives hints only.

    `main` says that saving it is the one primary action of the screen.
    """
    uid = _token()
    _follow_map()
    corrected: CheckIn | None = st.session_state.get("check_in_corrected")
    if corrected is not None:
        st.markdown(f"Correcting the entry of {_clock(corrected.at, corrected.tz)}, {_day_words(corrected.day)}.")
    st.session_state.setdefault(_key("day"), "Today")
    st.segmented_control("Which day", ["Today", YESTERDAY], required=True, format_func=ink, **_kept("day"))
    st.segmented_control(
        "Average pain over the last 24 hours", list(RATING), wrap=True, format_func=ink,
        help="0 is no pain, 10 the worst you can imagine.", **_kept("nrs"),
    )  # fmt: skip
    st.segmented_control(
        "Worst pain over the last 24 hours", list(RATING), wrap=True, format_func=ink, **_kept("worst")
    )
    st.segmented_control(
        "How far down does it go today?", list(Reach), format_func=lambda reach: ink(REACH_NAMES[reach]), wrap=True,
        **_kept("reach"),
    )  # fmt: skip
    _body()
    left, right = st.columns(2)
    left.number_input(
        "Minutes I can sit before it hurts", 0, 1440, None, 5,
        placeholder=_hint(latest.sitting_min if latest else None), **_kept("sitting_min"),
    )  # fmt: skip
    right.number_input(
        "Hours I sat", 0.0, 24.0, None, 0.5, format="%g",
        placeholder=_hint(latest.sat_hours if latest else None), **_kept("sat_hours"),
    )  # fmt: skip
    if habits:
        st.pills(
            "Habits I kept", list(habits), selection_mode="multi", wrap=True,
            format_func=lambda habit: ink(habits[habit]), **_kept("habits_kept"),
        )  # fmt: skip
    st.toggle("A flare: clearly worse than usual and hard to carry on with", **_kept("flare"))
    st.text_input("Note", max_chars=500, placeholder="Optional. Kept for you; nobody reads it.", **_kept("note"))
    st.segmented_control(DANGER, ["No", "Yes"], format_func=ink, key=_key("danger"), on_change=_danger)
    if problem := st.session_state.pop("check_in_problem", None):
        st.warning(problem)
    with st.container(horizontal=True):
        kind: Literal["primary", "secondary"] = "primary" if main else "secondary"
        st.button("Save check-in", type=kind, key=f"check_in_save_{uid}", on_click=_save)
        if corrected is not None:
            st.button("Keep as it was", key=f"check_in_leave_{uid}", on_click=_new_token)


def _body() -> None:
    """The body map, drawn only once it is asked for, and what is marked on it in words."""
    box = st.expander("Show on the body", key=_key("body"), on_change="rerun")
    if box.open:
        with box:
            st.caption("Optional. Mark where it hurts today; how far down follows.")
            body_map.body_map(_key("map"), _sites(), _follow_map)
    if marked := _sites():
        st.caption(f"Marked: {', '.join(map(body_map.label, marked)).lower()}.")


def _follow_map() -> None:
    body_map.follow(_key("map"), _take_sites)


def _take_sites(regions: tuple[str, ...]) -> None:
    """Keep what is marked. How far down follows the marks; without any, it stays if it was chosen by hand."""
    before = _sites()
    if regions:
        st.session_state[_key("reach")] = Reach(body_map.reach_of(regions))
    elif before and _value("reach") == body_map.reach_of(before):
        st.session_state[_key("reach")] = None
    st.session_state[_key("sites")] = regions


def _sites() -> tuple[str, ...]:
    return tuple(_value("sites") or ())


def messages() -> None:
    """The receipt of the last write with its undo, and the way on after a danger sign."""
    if st.session_state.pop("check_in_danger", False):
        st.switch_page("pages/assess.py")
    if trouble := st.session_state.pop("check_in_trouble", None):
        st.warning(trouble)
    if note := st.session_state.pop("check_in_toast", None):
        st.toast(note)
    receipt: Receipt | None = st.session_state.get("check_in_receipt")
    if receipt is not None:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.success(receipt.words, width="stretch")
            if receipt.undo:
                st.button("Undo", key="check_in_undo", on_click=_undo, args=(receipt,))


def entries(shown: Sequence[CheckIn]) -> None:
    """The entries given, each to correct or to remove."""
    for entry in shown:
        with st.container(horizontal=True, vertical_alignment="center", key=f"entry_{entry.uid}"):
            st.markdown(_summary(entry), width="stretch")
            st.button("Correct", key=f"correct_{entry.uid}", on_click=_correct, args=(entry,))
            st.button("Remove", key=f"remove_{entry.uid}", on_click=_remove, args=(entry,))


def _hint(value: float | None) -> str:
    return "Optional" if value is None else f"Last time {value:g}"


def _token() -> str:
    token: str = st.session_state.setdefault("check_in_uid", uuid4().hex)
    return token


def _key(name: str) -> str:
    return f"check_in_{name}_{_token()}"


def _kept(name: str) -> dict[str, Any]:
    """What every widget of the form has: its key, and that it outlives a visit to another page."""
    return {"key": _key(name), "persist_state": "session"}


def _value(name: str) -> Any:
    return st.session_state.get(_key(name))


def _new_token() -> None:
    st.session_state["check_in_uid"] = uuid4().hex
    st.session_state["check_in_corrected"] = None


def _entered() -> CheckIn:
    """The entry as the widgets stand. Raises ValueError in words for the person if it cannot be kept."""
    corrected: CheckIn | None = st.session_state.get("check_in_corrected")
    nrs, worst = _value("nrs"), _value("worst")
    if nrs is None:
        raise ValueError("Choose your average pain first, then save. Nothing was saved.")
    if worst is not None and worst < nrs:
        raise ValueError(
            f"The worst pain ({worst}) cannot be below the average ({nrs}). Change one of them, then save."
            " Nothing was saved."
        )
    at = corrected.at if corrected else resources.now()
    tz = corrected.tz if corrected else resources.timezone()
    day = resources.today() - timedelta(days=_value("day") == YESTERDAY)
    return CheckIn(
        uid=_token(),
        day=day,
        at=at,
        tz=tz,
        nrs=nrs,
        worst=worst,
        reach=_value("reach"),
        sitting_min=_value("sitting_min"),
        sat_hours=_value("sat_hours"),
        habits_kept=tuple(_value("habits_kept") or ()),
        flare=bool(_value("flare")),
        note=(_value("note") or "").strip(),
        back_filled=day < logical_day(at, tz),
        sites=_sites(),
    )


def _save() -> None:
    st.session_state["check_in_receipt"] = None
    _follow_map()
    try:
        entry = _entered()
        with resources.database() as db:
            store.add_check_in(db, entry)
    except ValueError as problem:
        st.session_state["check_in_problem"] = str(problem)
    except StoreError as problem:
        st.session_state["check_in_problem"] = f"Not saved. {problem}"
    else:
        new = st.session_state.get("check_in_corrected") is None
        words = f"{'Saved' if new else 'Corrected'} {_clock(resources.now(), resources.timezone())}"
        _give_receipt(Receipt(words, entry.uid, "remove" if new else ""))
        _new_token()


def _give_receipt(receipt: Receipt) -> None:
    st.session_state["check_in_receipt"] = receipt
    st.session_state["check_in_toast"] = receipt.words  # seen wherever a phone is scrolled to


def _danger() -> None:
    if _value("danger") != "Yes":
        return
    try:
        rescreening.keep({"new_danger_sign": "yes"}, positive=True)
        assessed.begin(resources.catalogue())
        with resources.database() as db:
            if asked := store.open_response(db):
                store.set_page(db, asked.uid, resources.catalogue().questionnaire.screens[0].id)
    except StoreError as problem:
        st.session_state["check_in_problem"] = f"Not saved. {problem}"
    st.session_state["check_in_danger"] = True


def _correct(entry: CheckIn) -> None:
    st.session_state["check_in_uid"] = entry.uid
    st.session_state["check_in_corrected"] = entry
    st.session_state["check_in_receipt"] = None
    for name in ("nrs", "worst", "reach", "sitting_min", "sat_hours", "flare", "note", "sites"):
        st.session_state[_key(name)] = getattr(entry, name)
    st.session_state[_key("habits_kept")] = list(entry.habits_kept)
    st.session_state[_key("day")] = YESTERDAY if entry.day < resources.today() else "Today"


def _remove(entry: CheckIn) -> None:
    if _write(lambda db: store.delete_check_in(db, entry.uid, resources.now())):
        _give_receipt(Receipt("Removed.", entry.uid, "restore"))
        if st.session_state.get("check_in_corrected") == entry:
            _new_token()


def _undo(receipt: Receipt) -> None:
    at = resources.now()
    if receipt.undo == "restore":
        done = _write(lambda db: store.restore_check_in(db, receipt.uid))
        words = Receipt("Back again.", receipt.uid)
    else:
        done = _write(lambda db: store.delete_check_in(db, receipt.uid, at))
        words = Receipt("Removed.", receipt.uid, "restore")
    if done:
        _give_receipt(words)


def _write(change: Callable[[Database], None]) -> bool:
    try:
        with resources.database() as db:
            change(db)
    except StoreError as problem:
        st.session_state["check_in_trouble"] = f"Nothing was changed. {problem}"
        return False
    return True


def _clock(at: datetime, tz: str) -> str:
    return f"{at.astimezone(ZoneInfo(tz)):%H:%M}"


def _day_words(day: date) -> str:
    return f"{day.day} {day:%B}"


def _summary(entry: CheckIn) -> str:
    parts = [f"**{entry.nrs}** average" if entry.nrs is not None else "no average"]
    if entry.worst is not None:
        parts.append(f"worst {entry.worst}")
    if entry.reach is not None:
        parts.append(REACH_NAMES[entry.reach].lower())
    if entry.flare:
        parts.append("flare")
    if entry.back_filled:
        parts.append("filled in later")
    return f"{_day_words(entry.day)}, {_clock(entry.at, entry.tz)}: {', '.join(parts)}"
