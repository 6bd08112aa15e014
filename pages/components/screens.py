"""The questionnaire on screen: one topic at a time, each answer kept as it is given, a summary at the end."""

from collections.abc import Mapping, Sequence

import streamlit as st

from pages.components import assessed, question, resources, saving, where
from pages.components.assessed import SUMMARY
from unpinch import store
from unpinch.catalogue import Catalogue
from unpinch.questionnaire import Answer, Item, Questionnaire, Screen, applicable, missing, visible_items

SECONDS_A_SCREEN = 16


def stored_answers(uid: str) -> dict[str, Answer]:
    """The answers kept for a response."""
    with resources.database() as db:
        kept = store.answers(db, uid)
    return {item: tuple(answer) if isinstance(answer, list) else answer for item, answer in kept.items()}


def keep(uid: str, items: Sequence[Item], catalogue: Catalogue) -> None:
    """Bring what is stored in line with what the widgets say; only differences are written."""
    where.follow(items, uid)
    drawn = f"answer:{uid}:"
    values = {str(name): st.session_state[name] for name in list(st.session_state) if str(name).startswith(drawn)}
    if not values:
        return
    with resources.database() as db:
        if (opened := store.open_response(db)) is None or opened.uid != uid:
            raise LookupError(uid)  # finished, or deleted, in another tab
    said = question.given(items, uid, values)
    at, version = resources.now(), catalogue.questionnaire.version
    with resources.database() as db:
        before = {item: tuple(a) if isinstance(a, list) else a for item, a in store.answers(db, uid).items()}
        shown = {item.id for item in items if _drawn(item, uid, values)}
        changed = {
            item.id: (said[item.id], wording(item, said[item.id]))
            for item in items
            if item.id in said and (item.id not in before or before[item.id] != said[item.id])
        }
        if changed:
            store.save_answers(db, uid, changed, version, at)
        for withdrawn in shown & before.keys() - said.keys():
            store.clear_answer(db, uid, withdrawn)


def _place(uid: str, catalogue: Catalogue) -> str | None:
    """Where the person is in a response; None once it is no longer the open one."""
    with resources.database() as db:
        opened = store.open_response(db)
    return (opened.page or catalogue.questionnaire.screens[0].id) if opened and opened.uid == uid else None


def _drawn(item: Item, uid: str, values: Mapping[str, object]) -> bool:
    """Whether the widget that answers an item is on screen, so that its silence means something."""
    name = f"tick:{item.id}" if item.group else item.id
    return question.key(uid, name) in values


def wording(item: Item, answer: Answer) -> dict[str, object]:
    """The question and options as shown, and the answer in words."""
    return {"text": item.text, "options": [o.text for o in item.options], "answer": item.wording(answer)}


def position(questionnaire: Questionnaire, page: str) -> int:
    """The number of a screen from 0; the summary comes after the last."""
    names = [screen.id for screen in questionnaire.screens]
    return names.index(page) if page in names else len(names)


@saving.told()
def go(uid: str, page: str) -> None:
    """Remember the screen that the person is on."""
    with resources.database() as db:
        store.set_page(db, uid, page)


def draw_screen(name: str, uid: str, catalogue: Catalogue) -> None:
    """One screen, its answers and the ways on and back. An unknown name is the first screen."""
    questionnaire = catalogue.questionnaire
    screen = next((one for one in questionnaire.screens if one.id == name), questionnaire.screens[0])
    number, total = position(questionnaire, screen.id), len(questionnaire.screens)
    minutes = max(1, round((total - number) * SECONDS_A_SCREEN / 60))
    left = f"about {minutes} minute{'s' * (minutes > 1)} left"
    st.progress(number / total, text=f"Step {number + 1} of {total}, {left}")
    st.title(screen.title, anchor=False)
    if screen.intro:
        st.markdown(screen.intro)
    _questions(screen, uid, catalogue, name, warn=st.session_state.get("gaps_on") == screen.id)
    names = [*(one.id for one in questionnaire.screens), SUMMARY]
    complete = names[number + 1] != SUMMARY and not missing(questionnaire, stored_answers(uid))
    with st.container(horizontal=True):
        if number:
            st.button("Back", on_click=_leave, args=(screen, uid, catalogue, names[number - 1], False))
        st.button(
            "Next",
            type="secondary" if complete else "primary",
            on_click=_leave,
            args=(screen, uid, catalogue, names[number + 1], True),
        )
        if complete:
            to_summary = (screen, uid, catalogue, SUMMARY, True)
            st.button("To the summary", type="primary", on_click=_leave, args=to_summary)


@st.fragment
def _questions(screen: Screen, uid: str, catalogue: Catalogue, place: str, warn: bool) -> None:
    """The widgets of a screen. Each change is kept by the callback and checked again here.

    `place` is what led here. A press that comes at once with a change is sent by the browser as a rerun of this
    part alone; where it led on, the whole page is due.
    """
    items = catalogue.questionnaire.on(screen.id)
    if _place(uid, catalogue) != place:
        st.rerun()

    @saving.told()
    def save() -> None:
        keep(uid, items, catalogue)

    save()
    answers = stored_answers(uid)
    drawn: set[str] = set()
    visible = _shown(items, visible_items(catalogue.questionnaire, screen.id, answers), answers)
    for item in visible:
        if not item.group:
            question.ask(item, uid, answers.get(item.id), item.id in answers, save)
            where.picture(item, uid, answers, save)
        elif item.group not in drawn:
            drawn.add(item.group)
            members = [one for one in visible if one.group == item.group]
            question.ask_list(item.group, screen.lists[item.group], members, uid, answers, save)
    gaps = _gaps(screen, catalogue, stored_answers(uid))
    saving.problem()
    if warn and gaps:
        st.error(_gap_text(gaps, screen))


def _shown(on_screen: Sequence[Item], visible: Sequence[Item], answers: Mapping[str, Answer]) -> list[Item]:
    """The items of a screen without those that hang on one above them which is still to be answered."""
    awaited = {item.id for item in on_screen if not item.optional and answers.get(item.id) is None}
    return [item for item in visible if not awaited & {condition.item for condition in item.enable_when}]


def _gaps(screen: Screen, catalogue: Catalogue, answers: Mapping[str, Answer]) -> list[Item]:
    """What must still be answered on a screen, of what it shows."""
    gaps = [item for item in missing(catalogue.questionnaire, answers) if item.page == screen.id]
    return _shown(catalogue.questionnaire.on(screen.id), gaps, answers)


def _gap_text(gaps: Sequence[Item], screen: Screen) -> str:
    lists = {item.group for item in gaps if item.group}
    lines = [f"“{screen.lists[name]}” Tick what fits, or “None of these”." for name in sorted(lists)]
    lines += [f"“{item.text}” is not answered yet." for item in gaps if not item.group]
    return "Please answer before going on:\n\n" + "\n".join(f"- {line}" for line in lines)


@saving.told()
def _leave(screen: Screen, uid: str, catalogue: Catalogue, to: str, forward: bool) -> None:
    """Keep what stands on the screen and go, unless something must be answered first."""
    keep(uid, catalogue.questionnaire.on(screen.id), catalogue)
    gaps = _gaps(screen, catalogue, stored_answers(uid))
    if forward and gaps:
        st.session_state["gaps_on"] = screen.id
        return
    st.session_state.pop("gaps_on", None)
    go(uid, to)


def draw_summary(uid: str, catalogue: Catalogue) -> None:
    """Everything answered, with a way back to each screen, and the way to the result."""
    questionnaire, answers = catalogue.questionnaire, stored_answers(uid)
    kept = applicable(questionnaire, answers)
    st.title("Check your answers", anchor=False)
    for screen in questionnaire.screens:
        with st.container(border=True):
            with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
                st.markdown(f"**{screen.title}**", width="stretch")
                st.button(
                    "Change",
                    key=f"change:{screen.id}",
                    on_click=go,
                    args=(uid, screen.id),
                    type="tertiary",
                    help=f"Change: {screen.title}",
                )
            st.markdown(_said_on(visible_items(questionnaire, screen.id, answers), kept))
    gaps = missing(questionnaire, answers)
    if gaps:
        pages = {screen.id: screen.title for screen in questionnaire.screens}
        st.error("Some answers are missing: " + ", ".join(dict.fromkeys(pages[item.page] for item in gaps)))
    with st.container(horizontal=True):
        st.button("Back", on_click=go, args=(uid, questionnaire.screens[-1].id))
        st.button("See my result", type="primary", disabled=bool(gaps), on_click=_finish, args=(uid, catalogue))


def _said_on(items: Sequence[Item], answers: Mapping[str, Answer]) -> str:
    """The answers of one screen; what a check list did not find is one line."""
    told = [item for item in items if not (item.group and answers.get(item.id) == item.absent)]
    lines = [f"- {item.text.rstrip('?')}: **{item.wording(answers.get(item.id))}**" for item in told]
    if len(told) < len(items):
        lines.append("- None of the others" if told else "- None of these")
    return "\n".join(lines).replace("$", "\\$")


@saving.told()
def _finish(uid: str, catalogue: Catalogue) -> None:
    """Close the response, unless a danger sign was reported meanwhile or something is missing after all."""
    opened = assessed.in_progress(catalogue)
    if opened is None or opened.uid != uid or missing(catalogue.questionnaire, stored_answers(uid)):
        return
    with resources.database() as db:
        store.finish_response(db, uid, resources.now())
