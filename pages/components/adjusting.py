"""Adjusting a routine within its safe limits: dose, exchange, leave out, order. Each choice is kept at once."""

from functools import partial

import streamlit as st

from pages.components import adapting, exercise_card, resources
from pages.components.assessed import Latest
from pages.components.citations import Cited
from unpinch import pain_rules, store
from unpinch.adaptation import Adapted
from unpinch.catalogue import Catalogue
from unpinch.doses import amount, span
from unpinch.exercise import Step

NAMES = {"sets": "Sets", "reps": "Repeats", "hold_s": "Hold, in seconds"}


def cards(adapted: Adapted, latest: Latest, catalogue: Catalogue, cited: Cited) -> None:
    """The exercises of today, each with the door to its choices."""
    if adapted.routine.steps:
        st.header("Exercises", anchor=False)
    for step in adapted.routine.steps:
        exercise_card.short(step, latest.said, cited, partial(_adjust, step, adapted, latest, catalogue))


def _adjust(step: Step, adapted: Adapted, latest: Latest, catalogue: Catalogue) -> None:
    """The small door to a step's choices; what is behind it is only made once it is open."""
    name = step.exercise.id
    opened = st.popover("Adjust", key=f"adjust:{name}", on_change="rerun", icon=":material/tune:")
    if not opened.open:
        return
    with opened:
        if name in adapting.fixed(adapted, adapted.routine.steps):
            st.caption("Its dose is set by the rule above for now.")
        else:
            _dose(step, adapted)
        _exchange(step, adapted, latest, catalogue)
        _order(step, adapted)
        if len(adapted.routine.steps) > 1:
            st.button("Leave it out", on_click=_leave_out, args=(step,), key=f"leave_out:{name}")
        else:
            st.caption("The last exercise stays. If it hurts, exchange it, or skip today.")


def _leave_out(step: Step) -> None:
    adapting.keep("leave_out", step.exercise.id, {}, f"Left out: {step.exercise.name}.")


def _dose(step: Step, adapted: Adapted) -> None:
    name, epoch = step.exercise.id, st.session_state.get("choice_epoch", 0)
    own = adapted.edits.doses.get(name)
    for field in (amount(step.dose), "sets"):
        least, most = span(step.exercise, field)
        if least == most:
            continue
        key = f"dose:{epoch}:{name}:{field}"
        if key not in st.session_state:
            value = (own.value.get(field) if own else None) or getattr(step.dose, field)
            st.session_state[key] = max(least, min(most, value))
        label = f"{NAMES[field]} ({least} to {most})"
        st.number_input(label, least, most, key=key, on_change=_keep_dose, args=(step, epoch))


def _keep_dose(step: Step, epoch: int) -> None:
    name, key = step.exercise.id, amount(step.dose)
    wanted = {field: st.session_state.get(f"dose:{epoch}:{name}:{field}") for field in ("sets", key)}
    value = {field: number for field, number in wanted.items() if number} | {"form": step.form}
    with resources.database() as db:
        own = [one for one in store.adjustments(db) if one.kind == "dose" and one.exercise == name]
    before = own[-1].uid if own and "rule" not in own[-1].value else None
    adapting.keep("dose", name, value, instead_of=before)


def _exchange(step: Step, adapted: Adapted, latest: Latest, catalogue: Catalogue) -> None:
    name, epoch = step.exercise.id, st.session_state.get("choice_epoch", 0)
    taken = {other.exercise.id for other in adapted.routine.steps}
    now, t = adapting.of_this_moment(latest), catalogue.thresholds
    offered = pain_rules.alternatives(step.exercise, adapted.allowed, taken, catalogue.exercises, now, t)
    if not offered:
        return
    names = {other.id: other.name for other in offered}
    key = f"swap:{epoch}:{name}"
    st.selectbox(
        "Do another one instead", list(names), index=None, key=key, format_func=names.__getitem__,
        placeholder="Keep this one", on_change=_swap, args=(step, adapted, key, names),
    )  # fmt: skip


def _swap(step: Step, adapted: Adapted, key: str, names: dict[str, str]) -> None:
    chosen = st.session_state[key]
    if chosen is None:
        return
    first = {str(one.value["to"]): exercise for exercise, one in adapted.edits.swaps.items()}
    origin = first.get(step.exercise.id, step.exercise.id)
    adapting.keep("swap", origin, {"to": chosen}, f"{names[chosen]} comes instead.")


def _order(step: Step, adapted: Adapted) -> None:
    order = [other.exercise.id for other in adapted.routine.steps]
    place = order.index(step.exercise.id)
    with st.container(horizontal=True):
        for label, to in (("Earlier", place - 1), ("Later", place + 1)):
            if 0 <= to < len(order):
                st.button(label, on_click=_move, args=(order, place, to), key=f"move:{label}:{step.exercise.id}")


def _move(order: list[str], place: int, to: int) -> None:
    moved = list(order)
    moved.insert(to, moved.pop(place))
    adapting.keep("order", "", {"exercises": moved}, "The order is kept.")
