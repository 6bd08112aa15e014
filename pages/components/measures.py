"""The optional measures on screen: closed until wanted, asked every two weeks at most, each rating kept at once."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

import streamlit as st

from pages.components import question, resources, saving
from pages.components.citations import source_names
from unpinch import store
from unpinch.catalogue import Catalogue
from unpinch.measures import SCALE, Measure, MeasureValue, Question, Round, against_first, asked_from, rounds

NAMES = "activities"
"""The setting that holds what the person's own activities are called."""
NAME_LENGTH = 60


def sentences(values: Iterable[MeasureValue], catalogue: Catalogue) -> tuple[str, ...]:
    """Every measure in words: the latest ratings, and what changed since the first."""
    kept, said = tuple(values), []
    for measure in catalogue.measures.values():
        done = rounds(measure, kept)
        if done:
            last = done[-1]
            mean = f"{last.mean:.1f}".removesuffix(".0")
            said.append(f"{measure.title}, {_day(last.day)}: mean {mean} of 10 ({_better(measure)})")
            said += against_first(measure, done, catalogue.thresholds)
    return tuple(said)


@st.fragment
def draw(catalogue: Catalogue) -> None:
    """Both measures, one below the other."""
    today = resources.today()
    with st.expander("Two optional measures"):
        st.markdown("For those who like to see more than pain. Each takes half a minute, every two weeks at most.")
        _keep(catalogue, today)
        with resources.database() as db:
            values = store.measures(db)
        for measure in catalogue.measures.values():
            _measure(measure, values, catalogue, today)


def _measure(measure: Measure, values: Sequence[MeasureValue], catalogue: Catalogue, today: date) -> None:
    done = rounds(measure, values)
    st.header(measure.title, anchor=False)
    due = asked_from(done, catalogue.thresholds)
    if due is None or today >= due or done[-1].day == today:
        st.markdown(measure.intro)
        given = {one.name: one.value for one in values if one.day == today}
        names = _names(values)
        for place, asked in enumerate(measure.questions):
            if measure.id == "activities":
                _activity(place, asked, given, names, catalogue, today)
            else:
                _scale(asked, asked.text, given, catalogue, today)
    else:
        st.markdown(f"Answered on {_day(done[-1].day)}. It is asked again from {_day(due)}.")
    changed = against_first(measure, done, catalogue.thresholds)
    if changed:
        st.markdown("\n".join(f"- {plain(line)}" for line in changed))
        st.caption("Compared with your own first time. Some settling is expected anyway.")
    if done:
        st.table(_rows(measure, done), hide_index=True)
    st.caption(f"Sources: {source_names(measure.sources, catalogue)}. The wording is our own.")


def _activity(
    place: int, asked: Question, given: dict[str, int], names: Sequence[str], catalogue: Catalogue, today: date
) -> None:
    """The name of an activity and, once it has one, how well it goes."""
    field = f"measure:{today}:{asked.id}:name"
    if place and not (names[place] or names[place - 1]):
        return
    st.text_input(
        asked.text,
        names[place],
        key=field,
        max_chars=NAME_LENGTH,
        placeholder="such as sitting through a film",
        autocomplete="off",
        on_change=_keep,
        args=(catalogue, today),
    )
    if names[place]:
        _scale(asked, f"How well can you do it today: {plain(names[place])}", given, catalogue, today)


def _scale(asked: Question, label: str, given: dict[str, int], catalogue: Catalogue, today: date) -> None:
    st.segmented_control(
        label, list(SCALE), default=given.get(asked.id), key=_key(today, asked), format_func=question.ink, wrap=True,
        on_change=_keep, args=(catalogue, today),
    )  # fmt: skip
    st.caption(f"0 is {asked.low_text}, {SCALE[-1]} is {asked.high_text}")


@saving.told()
def _keep(catalogue: Catalogue, today: date) -> None:
    """Bring what is stored in line with what the widgets say; only differences are written."""
    at, tz = resources.now(), resources.timezone()
    with resources.database() as db:
        values = store.measures(db)
        names = list(_names(values, store.get_setting(db, NAMES, [])))
        before = list(names)
        kept = {one.name: one for one in values if one.day == today}
        for measure in catalogue.measures.values():
            for place, asked in enumerate(measure.questions):
                field = f"measure:{today}:{asked.id}:name"
                if measure.id == "activities" and field in st.session_state:
                    names[place] = " ".join(str(st.session_state[field]).split())
                label = names[place] if measure.id == "activities" else asked.text
                said = st.session_state.get(_key(today, asked), kept[asked.id].value if asked.id in kept else None)
                if said is not None and label:
                    one = MeasureValue(today, at, tz, asked.id, label, said)
                    if asked.id not in kept or (kept[asked.id].value, kept[asked.id].label) != (said, label):
                        store.save_measure(db, one)
                elif asked.id in kept:
                    store.clear_measure(db, today, asked.id)
        if names != before:
            store.set_setting(db, NAMES, names)


def _names(values: Iterable[MeasureValue], kept: Sequence[str] | None = None) -> tuple[str, str, str]:
    """What the three activities are called: as last typed, else as last rated."""
    chosen = kept if kept is not None else resources.setting(NAMES, [])
    rated = {one.name: one.label for one in values}
    names = [*chosen] if chosen else [rated.get(f"activity_{n}", "") for n in (1, 2, 3)]
    first, second, third = (*names, "", "", "")[:3]
    return first, second, third


def _rows(measure: Measure, done: Sequence[Round]) -> list[dict[str, str]]:
    """One line a day, the latest first."""
    rows = []
    for one in reversed(done):
        said = "; ".join(f"{plain(v.label)}: {v.value}" for v in one.values)
        values = said if measure.id == "activities" else ", ".join(str(v.value) for v in one.values)
        rows.append({"Day": _day(one.day), "Ratings": values, "Mean": f"{one.mean:.1f}"})
    return rows


def _better(measure: Measure) -> str:
    return "0 is best" if measure.better == "low" else f"{SCALE[-1]} is best"


def _key(today: date, asked: Question) -> str:
    return f"measure:{today}:{asked.id}"


def _day(day: date) -> str:
    return f"{day.day}\N{NO-BREAK SPACE}{day:%b}\N{NO-BREAK SPACE}{day.year}"


def plain(text: str) -> str:
    """The text with nothing in it that Markdown would read as more than text."""
    return re.sub(r"([\\`*_{}\[\]<>()#+.!|~$:-])", r"\\\1", text)
