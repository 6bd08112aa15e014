"""The routine of today on its page: worked out from what is stored, with every difference said and undone."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import streamlit as st

from pages.components import resources, saving
from pages.components.assessed import Latest
from pages.components.citations import Cited
from pages.components.exercise_card import FAMILIES
from unpinch import store
from unpinch.adaptation import Adapted, adapt
from unpinch.catalogue import Catalogue
from unpinch.database import Database
from unpinch.diary import Adjustment, PainEntry
from unpinch.doses import amount, form_of
from unpinch.edits import Change, declined
from unpinch.exercise import Step
from unpinch.findings import assess
from unpinch.progression import History, Proposal
from unpinch.questionnaire import Response
from unpinch.routine import Withheld, minutes

UNDO = {
    "take_back": "Undo",
    "narrow": "Back to the plan before",
    "forgive": "It is fine again: usual dose",
    "not_now": "Not now: my usual dose",
}
SET_BY_RULE = ("muscle_lighter", "muscle_kept", "spread_returns", "flare_lighter", "rose_lighter")
OWN = ("own_dose", "own_swap", "own_leave_out", "own_order", "accepted", "fitted")
WIDER = "widen_offer"
FLAT = "flat_four_weeks"
"""The advice that a changed plan answers."""


def today(latest: Latest, catalogue: Catalogue) -> Adapted | Withheld:
    """The routine for the pain, time and place of this moment, adapted to what was stored."""
    response = of_this_moment(latest)
    assessment = assess(response, catalogue.findings, catalogue.thresholds)
    day, t = resources.today(), catalogue.thresholds
    with resources.database() as db:
        choices, history = store.adjustments(db), stored(db, day, t)
    pain = st.session_state.get("pain_now")
    if pain is not None:
        now = PainEntry("now", day, resources.now(), pain, "before_session")
        history = replace(history, ratings=(*history.ratings, now))
    adapted = adapt(response, assessment, catalogue.exercises, choices, history, day, t)
    if isinstance(adapted, Withheld):
        return adapted
    tried = timedelta(weeks=t["trend_flat_weeks"]) - timedelta(days=1)
    if all(one.day > day - tried for one in history.ratings):
        adapted = replace(adapted, wider=())  # too early to say that a fair try changed nothing
    yesterday = day - timedelta(days=1)
    if not _strengthened(history, yesterday, catalogue):
        return adapted
    rested = tuple(step for step in adapted.routine.steps if step.exercise.family != "strengthen")
    if not rested or len(rested) == len(adapted.routine.steps):
        return adapted
    st.info("You strengthened yesterday, so strengthening rests today. Muscles grow in the days between.")
    routine = replace(adapted.routine, steps=rested, minutes=minutes(rested, t))
    return replace(adapted, routine=routine, proposal=None, wider=())


def of_this_moment(latest: Latest) -> Response:
    """The answers with the pain, time and place of now; pain may only make them more careful."""
    pain, time, place = (st.session_state.get(name) for name in ("pain_now", "minutes_now", "place_now"))
    answers = dict(latest.response.answers)
    if pain is not None:
        answers["nrs_now"] = max(pain, int(latest.response.number("nrs_now")))
    if time:
        answers["time_minutes"] = time
    if place:
        answers["setting"] = place
    return Response(answers)


def stored(db: Database, day: date, thresholds: Mapping[str, float]) -> History:
    """What was stored in the last weeks, as far as it can change the routine of that day: plans are long, so
    sessions go no further back than the rules look."""
    since = day - timedelta(weeks=6)
    sessions = store.sessions(db, day - timedelta(days=int(thresholds["progress_recent_days"])))
    return History(
        sessions,
        tuple(done for one in sessions for done in store.completions(db, one.uid)),
        store.hurts(db, since),
        store.check_ins(db, since),
        store.pain_entries(db, since),
    )


def _strengthened(history: History, day: date, catalogue: Catalogue) -> bool:
    on_day = {one.uid for one in history.sessions if one.day == day}
    strength = {name for name, exercise in catalogue.exercises.items() if exercise.family == "strengthen"}
    return any(
        one.session_uid in on_day and one.outcome == "completed" and one.exercise in strength
        for one in history.completions
    )


def words(rule: str, exercise: str, facts: Mapping[str, Any], catalogue: Catalogue, form: str = "") -> str:
    """The words of a rule with what happened filled in."""
    name = catalogue.exercises[exercise].name if exercise else ""
    said = {key: _said(key, value) for key, value in facts.items()}
    return catalogue.adaptation[rule].text.format(**{"name": name, "form": form, **said}).strip()


def _said(key: str, value: object) -> str:
    if isinstance(value, date):
        return f"{value:%-d %B}"
    if isinstance(value, tuple):
        return " and ".join(f"{day:%-d %B}" for day in value)
    if key == "family":  # the nerve rests with any of them
        return " and ".join(dict.fromkeys((FAMILIES[str(value)].lower(), FAMILIES["nerve"].lower())))
    return str(value)


def form_words(step: Step) -> str:
    """The form in which a step is done, as a sentence; empty where it is done as described."""
    claim = form_of(step)
    return claim.text if claim else ""


def differences(adapted: Adapted, catalogue: Catalogue, cited: Cited) -> None:
    """Every difference from the recommended routine with its reason and its way back."""
    receipt()
    changes = adapted.changes
    if not changes:
        return
    forms = {step.exercise.id: form_words(step) for step in adapted.routine.steps}
    told = any(change.rule not in OWN for change in changes)
    with st.expander(f"What is different today, and why ({len(changes)})", expanded=told, key="differences"):
        for place, change in enumerate(changes):
            text = words(change.rule, change.exercise, change.facts, catalogue, forms.get(change.exercise, ""))
            rule = catalogue.adaptation[change.rule]
            st.markdown(f"**{rule.title}.** {text}{cited.mark(*rule.sources)}")
            if change.undo:
                label = "Put it back" if "left_out" in change.rule and change.undo == "take_back" else UNDO[change.undo]
                st.button(label, on_click=_undo, args=(change,), key=f"undo:{place}:{change.rule}:{change.exercise}")
        if adapted.edits.any:
            st.button("Restore the recommended routine", on_click=keep, args=("restore", "", {}, "Restored."))


@saving.told()
def _undo(change: Change) -> None:
    if change.undo in ("take_back", "narrow"):
        with resources.database() as db:
            store.take_back(db, change.evidence[0], resources.now())
        renew()
    elif change.undo == "forgive":
        keep("forgive", change.exercise, {"hurts": list(change.evidence)}, "Kept. The usual dose is back.")
    else:
        value = {"of": change.evidence[0], "rule": change.rule}
        keep("not_now", change.exercise, value, "Kept. The usual dose is back.")


def offer(adapted: Adapted, catalogue: Catalogue, cited: Cited) -> None:
    """One step harder, when the last sessions speak for it; the person decides."""
    one = adapted.proposal
    if one is None:
        return
    rule, facts = catalogue.adaptation[one.next.rule], dict(one.facts)
    step = next(step for step in adapted.routine.steps if step.exercise.id == one.exercise)
    if one.next.to:
        facts["instead"] = catalogue.exercises[one.next.to].name
    form = form_words(replace(step, form=one.next.form)) if one.next.rule == "harder_form" else ""
    with st.container(border=True):
        text = words(rule.id, one.exercise, facts, catalogue, form)
        st.markdown(f"**Ready for a little more? {rule.title}.** {text}{cited.mark(*rule.sources)}")
        with st.container(horizontal=True):
            st.button("Take it up", on_click=_accept, args=(one,), key="accept")
            value = {"rule": one.next.rule}
            args = ("not_now", one.exercise, value, "Kept. It stays as it is.")
            st.button("Not now", on_click=keep, args=args, key="not_now")


def widening(adapted: Adapted, catalogue: Catalogue, cited: Cited) -> bool:
    """A changed plan, when weeks of a fair try changed next to nothing; the person decides. Whether it is offered."""
    today, t = resources.today(), catalogue.thresholds
    not_before = today - timedelta(days=int(t["not_now_days"]) - 1)
    if not adapted.wider or declined(adapted.edits, WIDER, "", not_before):
        return False
    from pages.components.course import course
    from unpinch.advice import advise

    with resources.database() as db:
        so_far = course(db, catalogue, today)
    flat = next((one for one in advise(so_far, catalogue.advice, t) if one.id == FLAT), None)
    if flat is None:
        return False
    rule = catalogue.adaptation[WIDER]
    with st.container(border=True):
        st.markdown(f"**{rule.title}.** {rule.text}{cited.mark(*rule.sources)}")
        lines = [
            f"- {words(one.rule, one.exercise, one.facts, catalogue)}"
            f"{cited.mark(*catalogue.adaptation[one.rule].sources)}"
            for one in adapted.wider
        ]
        st.markdown("\n".join(lines))
        with st.expander("Why this is offered"):
            st.markdown("\n".join(f"- {line}" for line in flat.because))
            st.markdown(f"The rule: {catalogue.advice[FLAT].rule}")
        with st.container(horizontal=True):
            accepted = ("widen", "", {"because": list(flat.because)}, "The plan is changed.")
            st.button("Change the plan", on_click=keep, args=accepted, key="widen")
            put_off = ("not_now", "", {"rule": WIDER}, "Kept. The plan stays as it is.")
            st.button("Not now", on_click=keep, args=put_off, key="not_widen")
    return True


def _accept(one: Proposal) -> None:
    if one.next.to:
        keep("swap", one.exercise, {"to": one.next.to, "rule": one.next.rule}, "Taken up.")
        return
    key = amount(one.next.dose)
    dose = {"sets": one.next.dose.sets, key: getattr(one.next.dose, key), "form": one.next.form}
    keep("dose", one.exercise, {**dose, "rule": one.next.rule, "sessions": list(one.evidence)}, "Taken up.")


@saving.told()
def keep(kind: str, exercise: str, value: Mapping[str, Any], said: str = "", instead_of: str | None = None) -> None:
    """Keep a choice at once; `said` is the receipt, which offers to undo it."""
    at, uid = resources.now(), str(uuid.uuid4())
    one = Adjustment(uid, kind, exercise, value, resources.today(), at, resources.timezone())
    with resources.database() as db:
        store.add_adjustment(db, one, instead_of)
    if said:
        renew()
        st.session_state["choice_receipt"] = (said, uid)


def renew() -> None:
    """Fill the widgets in anew from what is stored."""
    st.session_state["choice_epoch"] = st.session_state.get("choice_epoch", 0) + 1
    st.session_state.pop("choice_receipt", None)


def receipt() -> None:
    """What was just chosen, until the next choice, with a way back."""
    if kept := st.session_state.get("choice_receipt"):
        said, uid = kept
        with st.container(horizontal=True, vertical_alignment="center"):
            st.success(said)
            st.button("Undo", on_click=_take_back, args=(uid,), key="undo_choice")


@saving.told()
def _take_back(uid: str) -> None:
    with resources.database() as db:
        store.take_back(db, uid, resources.now())
    renew()


def fixed(adapted: Adapted, steps: Sequence[Step]) -> frozenset[str]:
    """The exercises whose dose is set by a rule today."""
    changes = [change for change in adapted.changes if change.rule in SET_BY_RULE]
    if any(not change.exercise for change in changes):
        return frozenset(step.exercise.id for step in steps)
    return frozenset(change.exercise for change in changes)
