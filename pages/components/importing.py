"""Import a diary: choose a file, see what is in it, choose, see what would be added, add it, take it back.

Texts of the file are shown as they are written, never read as markdown.
"""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from functools import partial
from typing import Any
from uuid import uuid4

import streamlit as st

from pages.components import keeping, receipts, resources
from pages.components.question import begin, ink
from pages.components.receipts import Receipt
from unpinch import imports, store
from unpinch.database import Database
from unpinch.exchange.dates import DateOrder, read_when
from unpinch.exchange.decoding import BadDiary
from unpinch.exchange.diaries import Choice, Found, Rated, Series, find, questions
from unpinch.exchange.entries import BadRow, Scale
from unpinch.exchange.proposals import Proposal, batch, propose

PLACE = "import"
SHOWN, BAD_SHOWN = 8, 200
OTHER = "Another scale"
GONE = "Taken back: the ratings of that import are gone."
FORMATS = {
    "bearable": "an export of Bearable",
    "body_parts": "a diary of body parts",
    "daylio": "an export of Daylio",
    "loop": "an export of Loop Habit Tracker",
    "unpinch": "a diary as Unpinch writes it",
    "csv": "a table",
}
SCALES: Mapping[str, Scale] = {
    "0 to 10": (0, 10), "0 to 4": (0, 4), "0 to 5": (0, 5), "1 to 5": (1, 5), "1 to 10": (1, 10), "0 to 100": (0, 100),
    "10 to 0, where 10 is no pain": (10, 0), "5 to 1, where 5 is no pain": (5, 1),
}  # fmt: skip
_FILE, _OF, _FOUND, _CONFIRM = "import_file", "import_of", "import_found", "import_confirm"


def is_open() -> bool:
    """Whether somebody is importing: then adding is the one primary action of the page."""
    return bool(st.session_state.get("import_open"))


def draw() -> None:
    """The section of My data. The file uploader is made only once it is wanted."""
    st.header("Import a diary", anchor=False)
    st.markdown(
        "Ratings that you kept elsewhere: a table as CSV, or the export of Bearable, Daylio or Loop Habit Tracker. "
        "You see first what would be added, and can take it back."
    )
    receipts.draw(PLACE)
    _last()
    box = st.expander("Choose a file", key="import_open", on_change="rerun")
    if box.open:
        with box:
            _file()


def _file() -> None:
    uploaded = st.file_uploader("A diary file", type=["csv", "txt", "tsv", "zip"], key=f"{_FILE}_{_token()}")
    if uploaded is None:
        return
    st.session_state[_OF] = uploaded.file_id
    found = _found(uploaded.file_id, uploaded.getvalue())
    if isinstance(found, str):
        st.warning(literal(found))
        return
    st.markdown(f"This looks like **{FORMATS[found.format]}** with {_counted(found)}.")
    for note in found.notes:
        st.text(note)
    choice = _choice(found)
    if choice is None or questions(found, choice):
        return
    with resources.database() as db:
        held, before = imports.held(db, choice.name), imports.imported_names(db)
    proposal = propose(found, choice, held, resources.today(), resources.timezone())
    _preview(proposal)
    if others := [name for name in before if name != choice.name]:
        said = ", ".join(others)
        st.text(f"Imported before: {said}. Ratings of one day are averaged, so add only what is the same pain.")
    number = len(proposal.new)
    if number:
        st.button(
            f"Add {_ratings(number)}", type="primary", key=_key("import_add"), on_click=_add,
            args=(proposal, uploaded.name, uuid4().hex),
        )  # fmt: skip
    else:
        st.info("There is nothing to add.")


def _choice(found: Found) -> Choice | None:
    """What the person chose up to now, or None before they said which one is the pain."""
    names = [one.name for one in found.series]
    fitting = [one.name for one in found.series if one.pain]
    usual = found.single or (fitting[0] if len(fitting) == 1 else None)
    begin(_key("import_name"), usual)
    many = "Which body part" if found.kind == "body parts" else "Which column"
    name = st.selectbox(
        f"{many} is the pain that you follow here?", names, key=_key("import_name"), placeholder="Choose one",
        format_func=lambda name: _described(found.named(name)),
    )  # fmt: skip
    one = found.named(name) if name is not None else None
    if one is None:
        return None
    order = _order(found.unclear) if found.unclear else None
    scale = _scale(one)
    return Choice(one.name, scale, order, _shift(found, one.name))


def _order(unclear: str) -> DateOrder | None:
    readings = {order: read_when(unclear, order).day for order in DateOrder}
    chosen: DateOrder | None = st.segmented_control(
        "Which day is meant by the first unclear date?", list(readings), key=_key("import_order"),
        format_func=lambda order: ink(_day(readings[order])),
    )  # fmt: skip
    st.text(f"It is written {unclear}; no date in the file says which number is the month.")
    return chosen


def _scale(one: Series) -> Scale | None:
    """The scale, the usual one unless it is known or likely to be another."""
    within = one.lowest is not None and one.highest is not None and one.lowest >= 0 and one.highest <= 10
    begin(_key(f"import_scale_{one.name}"), "0 to 10" if within and not one.ask else None)
    name = st.selectbox(
        "On which scale was it kept? First no pain, then the worst.", [*SCALES, OTHER],
        key=_key(f"import_scale_{one.name}"), placeholder="Choose one",
    )  # fmt: skip
    if one.scale and one.ask:
        low, high = one.scale
        st.caption(
            f"It seems to run from {low:g} to {high:g}. Pain runs from 0 to 10 here; each note keeps the first number."
        )
    if name is None:
        return None
    if name != OTHER:
        return SCALES[name]
    left, right = st.columns(2)
    low = left.number_input("The number for no pain", value=0.0, format="%g", key=_key("import_low"))
    high = right.number_input("The number for the worst", value=20.0, format="%g", key=_key("import_high"))
    if low == high:
        st.warning("These must be two different numbers.")
        return None
    return low, high


def _shift(found: Found, name: str) -> int:
    stamps = found.stamps
    if not stamps or not stamps.hours or not any(one.stamped for one in found.reading.entries if one.name == name):
        return 0
    begin(_key("import_shift"), False)
    moved = st.toggle(f"Move the timestamps by {stamps.hours:+d} hours", key=_key("import_shift"))
    return stamps.hours if moved else 0


def _preview(proposal: Proposal) -> None:
    left = []
    if proposal.duplicates:
        left.append(f"{proposal.duplicates:,} duplicate{'' if proposal.duplicates == 1 else 's'}")
    if proposal.bad:
        left.append(f"{len(proposal.bad):,} row{'' if len(proposal.bad) == 1 else 's'} that cannot be taken over")
    st.markdown(
        f"**{_ratings(len(proposal.new))}** would be added." + (f" Left out: {', '.join(left)}." if left else "")
    )
    if proposal.new:
        first, last = min(one.day for one in proposal.new), max(one.day for one in proposal.new)
        st.markdown(f"They are of {_day(first)} to {_day(last)}. The first ones:")
        st.table([_row(one) for one in proposal.new[:SHOWN]], hide_index=True)
    if proposal.bad:
        _bad(proposal.bad)


def _bad(rows: Sequence[BadRow]) -> None:
    box = st.expander("Rows that cannot be taken over, and why", key=_key("import_bad"), on_change="rerun")
    if box.open:
        with box:
            shown = [
                {"Line": str(row.line), "It says": literal(row.value) or "–", "Why": literal(row.reason)}
                for row in rows[:BAD_SHOWN]
            ]
            st.table(shown, hide_index=True)
            if len(rows) > BAD_SHOWN:
                st.caption(f"And {len(rows) - BAD_SHOWN} more.")


def _add(proposal: Proposal, file: str, uid: str) -> None:
    kept, entries = batch(proposal, uid, file, resources.now(), resources.today())
    added: list[int] = []
    done = receipts.write(PLACE, lambda db: added.append(store.add_import(db, kept, entries)), Receipt("Added."))
    if not done:
        return
    undo = partial(_undo, uid=uid, at=resources.now())
    words = f"Added {_ratings(added[0])} of {literal(proposal.choice.name)}."
    nothing = Receipt("Nothing was added: all of it is there already, perhaps from another tab.")
    receipts.give(PLACE, Receipt(words, undo, Receipt(GONE)) if added[0] else nothing)
    st.session_state["import_token"] = uuid4().hex
    st.session_state.pop(_FOUND, None)


def _last() -> None:
    """The last import, and taking it back once that was confirmed."""
    with resources.database() as db:
        last = store.last_import(db)
    if last is None:
        st.session_state.pop(_CONFIRM, None)
        return
    st.text(
        f"Last import: {_ratings(last.check_ins)} of {last.batch.choice.get('name')}, from {last.batch.file},"
        f" on {keeping.day_of(last.batch.at)}."
    )
    uid = last.batch.uid
    if st.session_state.get(_CONFIRM) != uid:
        st.button("Take it back", key="import_take_back", on_click=_confirm, args=(uid,))
        return
    st.markdown(f"This removes {_ratings(last.check_ins)} for good. What you entered yourself stays.")
    with st.container(horizontal=True):
        st.button(f"Remove {_ratings(last.check_ins)}", key="import_remove", on_click=_take_back, args=(uid,))
        st.button("Keep them", key="import_keep", on_click=_confirm, args=(None,))


def _confirm(uid: str | None) -> None:
    st.session_state[_CONFIRM] = uid


def _take_back(uid: str) -> None:
    at = resources.now()
    receipts.write(PLACE, partial(_undo, uid=uid, at=at), Receipt(GONE))
    st.session_state[_CONFIRM] = None


def _undo(db: Database, uid: str, at: datetime) -> None:
    with suppress(LookupError):  # taken back in another tab, perhaps: then nothing is left to do
        store.undo_import(db, uid, at)


def _found(file_id: str, data: bytes) -> Found | str:
    """What is in the file, read once; a text says why it cannot be read."""
    kept: tuple[str, Found | str] | None = st.session_state.get(_FOUND)
    if kept is None or kept[0] != file_id:
        try:
            kept = (file_id, find(data))
        except BadDiary as refusal:
            kept = (file_id, str(refusal))
        st.session_state[_FOUND] = kept
    return kept[1]


def literal(text: str) -> str:
    """A text of the file for where markdown is read: every mark in it stands for itself."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text)


def _key(name: str) -> str:
    """A key that is new for each file, so that nothing chosen for one is taken for the next."""
    return f"{name}_{_token()}_{st.session_state.get(_OF)}"


def _token() -> str:
    token: str = st.session_state.setdefault("import_token", uuid4().hex)
    return token


def _counted(found: Found) -> str:
    entries, kinds = sum(one.entries for one in found.series), len(found.series)
    what = found.kind if kinds != 1 else found.kind.removesuffix("s")
    return f"{entries:,} entries in {kinds} {what}"


def _described(one: Series | None) -> str:
    if one is None:
        return ""
    between = f", {one.lowest:g} to {one.highest:g}" if one.lowest is not None else ""
    return f"{one.name} ({one.entries}{between})"


def _ratings(number: int) -> str:
    return f"{number:,} rating{'' if number == 1 else 's'}"


def _row(one: Rated) -> dict[str, Any]:
    clock = f", {one.clock:%H:%M}" if one.clock else ""
    pain = "–" if one.nrs is None else f"{one.nrs:g}"
    worst = "" if one.worst is None else f", worst {one.worst:g}"
    return {"Day": f"{_day(one.day)}{clock}", "Pain": f"{pain}{worst}", "Note": literal(one.note)}


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"
