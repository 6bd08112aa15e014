"""The check-in: the last 24 hours, or the last seven days, on one screen, with a receipt.

Everything is written in callbacks, because a script run may be cut short by the next click.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal
from zoneinfo import ZoneInfo

import streamlit as st

from pages.components import assessed, body_map, draft, receipts, rescreening, resources
from pages.components.question import ink
from pages.components.receipts import Receipt
from pages.components.scale_keys import scale_keys
from pages.components.tables import REACH_NAMES
from unpinch import store
from unpinch.database import StoreError
from unpinch.diary import RATING, CheckIn, Reach

PLACE = "check_in"
DANGER = "Any new numbness between the legs, change in bladder or bowel, or new weakness?"
SCALE = "0 is no pain, 10 the worst you can imagine."
KEYS = "Keys: a digit (1 and 0 for ten) or a first letter; Ctrl+Enter saves."


@dataclass(frozen=True, slots=True)
class Wording:
    """The questions of one form: those that differ between a day and a week."""

    nrs: str
    worst: str
    reach: str
    day: str
    sitting: str
    sat: str
    habits: str
    flare: str


WORDINGS: Mapping[int, Wording] = {
    1: Wording(
        nrs="Average pain over the last 24 hours",
        worst="Worst pain over the last 24 hours",
        reach="How far down does it go today?",
        day="Which day",
        sitting="Minutes I can sit before it hurts",
        sat="Hours I sat",
        habits="Habits I kept",
        flare="A flare: clearly worse than usual and hard to carry on with",
    ),
    7: Wording(
        nrs="Average pain over the last seven days",
        worst="Worst pain over the last seven days",
        reach="How far down did it go, on most of these days?",
        day="The seven days up to",
        sitting="Minutes I could sit before it hurt, on most days",
        sat="Hours I sat on a usual day",
        habits="Habits I kept on most days",
        flare="A flare on any of them: clearly worse than usual and hard to carry on with",
    ),
}


def form(habits: Mapping[str, str], latest: CheckIn | None, days: int, *, main: bool) -> None:
    """The check-in over `days`, 1 or 7. `habits` maps the ids of the person's habits to names.

    What `latest` gave is asked in sight, and what it did not give, one fold away. `main` says that saving is the
    one primary action of the screen.
    """
    corrected = draft.corrected()
    st.session_state[draft.key("days")] = corrected.days if corrected else days
    words = WORDINGS[draft.value("days")]
    habits = {**habits, **_names(corrected.habits_kept if corrected else ())}
    _follow_map()
    if corrected is not None:
        clock = f"{corrected.at.astimezone(ZoneInfo(corrected.tz)):%H:%M}"
        st.markdown(f"Correcting the entry of {clock}, {draft.day_words(corrected.day, resources.today())}.")
    with st.container(key="check_in_form"):
        scale_keys("check_in_form", "check_in_scales", "check_in_save_", SCALE, KEYS)
        _scales(words, corrected)
        st.toggle(words.flare, **draft.kept("flare"))
        _fields(words, habits, corrected or latest)
        st.segmented_control(DANGER, ["No", "Yes"], format_func=ink, key=draft.key("danger"), on_change=_danger)
        if problem := st.session_state.pop("check_in_problem", None):
            st.warning(problem)
        with st.container(horizontal=True):
            kind: Literal["primary", "secondary"] = "primary" if main else "secondary"
            st.button("Save check-in", type=kind, key=f"check_in_save_{draft.uid()}", on_click=_save)
            if corrected is not None:
                st.button("Keep as it was", key=f"check_in_leave_{draft.uid()}", on_click=draft.leave)


def _scales(words: Wording, corrected: CheckIn | None) -> None:
    """The day and the three answers that take no thought, which the keys of the form know."""
    with st.container(key="check_in_scales"):
        for name, label in (("nrs", words.nrs), ("worst", words.worst)):
            st.segmented_control(label, list(RATING), wrap=True, format_func=ink, **draft.kept(name))
            rating = getattr(corrected, name, None)
            if not draft.on_the_scale(rating):
                st.caption(f"It was {rating:g}, which this scale cannot show. It stays so unless you choose another.")
        st.segmented_control(
            words.reach, list(Reach), format_func=lambda reach: ink(REACH_NAMES[reach]), wrap=True,
            **draft.kept("reach"),
        )  # fmt: skip
        offered, today = draft.days(), resources.today()
        names = {draft.OWN: draft.opening(draft.day_words(corrected.day, today))} if corrected else {}
        st.session_state.setdefault(draft.key("day"), offered[0])
        st.segmented_control(
            words.day, offered, required=True, format_func=lambda day: ink(names.get(day, day)), **draft.kept("day")
        )


def _fields(words: Wording, habits: Mapping[str, str], before: CheckIn | None) -> None:
    """Sitting, habits, note and body map: in sight what was given `before`, the others folded away."""
    parts: list[tuple[str, bool, Callable[[], None]]] = [
        ("sitting", _gave(before, "sitting_min", "sat_hours"), lambda: _sitting(words, before)),
        ("note", draft.corrected() is not None and _gave(before, "note"), _note),
        ("body map", _gave(before, "sites"), _body),
    ]
    if habits:
        parts.insert(1, ("habits", _gave(before, "habits_kept"), lambda: _habits(words, habits)))
    for _, seen, draw in parts:
        if seen:
            draw()
    folded = [(name, draw) for name, seen, draw in parts if not seen]
    with st.expander(f"More: {', '.join(name for name, _ in folded)}", type="compact", key=draft.key("more")):
        for _, draw in folded:
            draw()
    if marked := _sites():
        st.caption(f"Marked: {', '.join(map(body_map.label, marked)).lower()}.")


def _names(habits: Sequence[str]) -> dict[str, str]:
    known = resources.catalogue().habits
    return {habit: known[habit].name if habit in known else habit for habit in habits}


def _gave(entry: CheckIn | None, *names: str) -> bool:
    return any(getattr(entry, name, None) not in (None, (), "") for name in names)


def _sitting(words: Wording, before: CheckIn | None) -> None:
    left, right = st.columns(2)
    left.number_input(
        words.sitting, 0, 1440, None, 5, placeholder=_hint(before.sitting_min if before else None),
        **draft.kept("sitting_min"),
    )  # fmt: skip
    right.number_input(
        words.sat, 0.0, 24.0, None, 0.5, format="%g", placeholder=_hint(before.sat_hours if before else None),
        **draft.kept("sat_hours"),
    )  # fmt: skip


def _hint(value: float | None) -> str:
    return "Optional" if value is None else f"Last time {value:g}"


def _habits(words: Wording, habits: Mapping[str, str]) -> None:
    st.pills(
        words.habits, list(habits), selection_mode="multi", wrap=True, format_func=lambda habit: ink(habits[habit]),
        **draft.kept("habits_kept"),
    )  # fmt: skip


def _note() -> None:
    placeholder = "Optional. Kept for you; nobody reads it."
    st.text_input("Note", max_chars=500, placeholder=placeholder, **draft.kept("note"))


def _body() -> None:
    """The body map, drawn only once it is asked for."""
    box = st.expander("Show on the body", key=draft.key("body"), on_change="rerun")
    if box.open:
        with box:
            st.caption("Optional. Mark where it hurts; how far down follows.")
            body_map.body_map(draft.key("map"), _sites(), _follow_map)


def _follow_map() -> None:
    body_map.follow(draft.key("map"), _take_sites)


def _take_sites(regions: tuple[str, ...]) -> None:
    """Keep what is marked. How far down follows the marks; without any, it stays if it was chosen by hand."""
    before = _sites()
    if regions:
        st.session_state[draft.key("reach")] = Reach(body_map.reach_of(regions))
    elif before and draft.value("reach") == body_map.reach_of(before):
        st.session_state[draft.key("reach")] = None
    st.session_state[draft.key("sites")] = regions


def _sites() -> Sequence[str]:
    return tuple(draft.value("sites") or ())


def messages() -> None:
    """The receipt of the last write, and the way on after a danger sign."""
    if st.session_state.pop("check_in_danger", False):
        st.switch_page("pages/assess.py")
    receipts.draw(PLACE)


def _save() -> None:
    receipts.give(PLACE, None)
    _follow_map()
    before = draft.corrected()
    try:
        entry = draft.entered()
        with resources.database() as db:
            store.add_check_in(db, entry)
    except ValueError as problem:
        st.session_state["check_in_problem"] = str(problem)
    except StoreError as problem:
        st.session_state["check_in_problem"] = f"Not saved. {problem}"
    else:
        receipts.give(PLACE, _receipt(entry, before))
        draft.leave()


def _receipt(entry: CheckIn, before: CheckIn | None) -> Receipt:
    clock = resources.clock(resources.now())
    if before is None:
        return Receipt(f"Saved {clock}", lambda db: store.delete_check_in(db, entry.uid, resources.now()),
                       removed(entry))  # fmt: skip
    return Receipt(f"Corrected {clock}", lambda db: store.add_check_in(db, before), Receipt("As it was before."))


def removed(entry: CheckIn) -> Receipt:
    """What to say after an entry was removed, and the way to have it back."""
    return Receipt("Removed.", lambda db: store.restore_check_in(db, entry.uid), Receipt("Back again."))


def _danger() -> None:
    if draft.value("danger") != "Yes":
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
