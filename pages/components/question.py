"""Asking: one widget for each kind of item, and what its widgets say as an answer."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from unpinch.questionnaire import Answer, AnswerOption, Item, Kind

NONE = "none_of_these"
SHORT_OPTIONS = 32

Values = Mapping[str, object]


def ink(text: object) -> str:
    """An option's words in the ink of the theme: the primary colour of a chosen one is too faint on its tint."""
    return f":gray[{text}]"


def key(uid: str, name: str) -> str:
    """The widget key of an item or list within a response."""
    return f"answer:{uid}:{name}"


def ask(item: Item, uid: str, answer: Answer, known: bool, save: Callable[[], None]) -> None:
    """Draw the widget of one item. `known` says whether `answer` was given, be it empty; `save` follows each change."""
    match item.kind:
        case Kind.CHOICE:
            _choice(item, key(uid, item.id), item.options, answer, save)
        case Kind.CHOICES:
            _choices(item, key(uid, item.id), answer, known, save)
        case Kind.NUMBER:
            _number(item, key(uid, item.id), answer, save)
    if item.help:
        st.caption(item.help)


def begin(name: str, value: object) -> None:
    """Fill a widget of a draft in once. What is stored is a widget's default instead, which every run brings anew:
    a run that a further click cuts short has filled in on the server only."""
    st.session_state.setdefault(name, value)


def _choice(item: Item, name: str, options: Sequence[AnswerOption], answer: Answer, save: Callable[[], None]) -> None:
    texts = {option.code: option.text for option in options}
    st.radio(
        item.text,
        list(texts),
        list(texts).index(str(answer)) if answer in texts else None,
        key=name,
        on_change=save,
        format_func=texts.__getitem__,
        horizontal=sum(map(len, texts.values())) < SHORT_OPTIONS,
    )


def _choices(item: Item, name: str, answer: Answer, known: bool, save: Callable[[], None]) -> None:
    texts = {option.code: option.text for option in item.options} | {NONE: "None of these"}

    def changed() -> None:
        chosen = st.session_state[name]
        if NONE in chosen and len(chosen) > 1:
            newest_is_none = chosen[-1] == NONE
            st.session_state[name] = [NONE] if newest_is_none else [code for code in chosen if code != NONE]
        save()

    st.pills(
        item.text,
        list(texts),
        default=answer if isinstance(answer, tuple) and answer else [NONE] * known,
        key=name,
        on_change=changed,
        selection_mode="multi",
        format_func=lambda code: ink(texts[code]),
    )


def _number(item: Item, name: str, answer: Answer, save: Callable[[], None]) -> None:
    if item.high_text:
        scale = list(range(int(item.low), int(item.high) + 1))
        kept = answer if answer in scale else None
        st.segmented_control(item.text, scale, default=kept, key=name, on_change=save, wrap=True, format_func=ink)
        st.caption(f"{item.low:g} is {item.low_text}, {item.high:g} is {item.high_text}")
        return
    kind: Callable[[float], Any] = int if item.step == int(item.step) else float
    st.number_input(
        f"{item.text} ({item.unit})" if item.unit else item.text,
        key=name,
        on_change=save,
        value=kind(answer) if isinstance(answer, int | float) else None,
        min_value=kind(item.low),
        max_value=kind(item.high),
        step=kind(item.step),
        format="%g" if kind is float else None,
    )


def ask_list(
    name: str,
    title: str,
    items: Sequence[Item],
    uid: str,
    answers: Mapping[str, Answer],
    save: Callable[[], None],
) -> None:
    """A check list: tick what fits, a follow-up where ticked, and "none of these" for the rest."""
    st.markdown(f"**{title}**")
    for item in items:
        tick, answer = key(uid, f"tick:{item.id}"), answers.get(item.id)
        if st.checkbox(item.tick, answer is not None and answer != item.absent, key=tick, on_change=save):
            _follow_up(item, uid, answer, save)
    ticked = any(st.session_state[key(uid, f"tick:{item.id}")] for item in items)
    label = "None of the others" if ticked else "None of these"
    none = any(answers.get(item.id) == item.absent for item in items)
    st.checkbox(label, none, key=key(uid, f"none:{name}"), on_change=save)


def _follow_up(item: Item, uid: str, answer: Answer, save: Callable[[], None]) -> None:
    options = [option for option in item.options if option.code != item.absent]
    plain = [option.code for option in options] == ["yes", "unsure"]
    with st.container(border=True):
        known = answer if answer != item.absent else None
        _choice(item, key(uid, item.id), options, known or ("yes" if plain else None), save)
        if item.help:
            st.caption(item.help)


def given(items: Sequence[Item], uid: str, values: Values) -> dict[str, Answer]:
    """What the widgets of these items say: item id → answer. What was not answered is absent."""
    found: dict[str, Answer] = {}
    for item in items:
        value = values.get(key(uid, item.id))
        if item.group:
            _given_in_list(item, uid, values, found)
        elif item.kind is Kind.CHOICES:
            if isinstance(value, list) and value:
                found[item.id] = tuple(code for code in item.codes if code in value)
        elif isinstance(value, str | int | float):
            found[item.id] = value
    return found


def _given_in_list(item: Item, uid: str, values: Values, found: dict[str, Answer]) -> None:
    if values.get(key(uid, f"tick:{item.id}")):
        follow_up = values.get(key(uid, item.id))
        plain = set(item.codes) == {"yes", "no", "unsure"}
        if isinstance(follow_up, str):
            found[item.id] = follow_up
        elif plain:
            found[item.id] = "yes"
    elif values.get(key(uid, f"none:{item.group}")):
        found[item.id] = item.absent
