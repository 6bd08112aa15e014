"""One session: what is planned, the player, and how it felt before and after."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import timedelta
from typing import Any

import streamlit as st

from pages.components import pictures, question, rescreening, resources
from pages.components.assessed import Latest
from pages.components.player import player, player_data
from unpinch import store
from unpinch.catalogue import Catalogue
from unpinch.diary import Session
from unpinch.exercise import Step
from unpinch.findings import assess
from unpinch.questionnaire import Response
from unpinch.routine import Routine, Withheld, minutes, recommend
from unpinch.timeline import Phase, Timing, unroll

SCALE = range(11)


def current() -> Session | None:
    """Today's session that is not over: being played, or waiting for the pain afterwards."""
    with resources.database() as db:
        today = store.sessions(db, resources.today())
    waiting = [one for one in today if one.finished_at is None or one.pain_after is None]
    dismissed = st.session_state.get("session_dismissed")
    return waiting[-1] if waiting and waiting[-1].uid != dismissed else None


def today_plan(latest: Latest, catalogue: Catalogue) -> Routine | Withheld:
    """The routine for the pain, time and place of this moment, which may only make it more careful."""
    pain, time, place = (st.session_state.get(name) for name in ("pain_now", "minutes_now", "place_now"))
    answers = dict(latest.response.answers)
    if pain is not None:
        answers["nrs_now"] = max(pain, int(latest.response.number("nrs_now")))
    if time:
        answers["time_minutes"] = time
    if place:
        answers["setting"] = place
    response = Response(answers)
    assessment = assess(response, catalogue.findings, catalogue.thresholds)
    routine = recommend(response, assessment, catalogue.exercises, catalogue.thresholds)
    if isinstance(routine, Routine) and _strengthened_yesterday(catalogue):
        rested = tuple(step for step in routine.steps if step.exercise.family != "strengthen")
        if rested and len(rested) < len(routine.steps):
            st.info(
                "You strengthened yesterday, so strengthening rests today. Muscles grow in the days between."
            )
            return replace(routine, steps=rested, minutes=minutes(rested, catalogue.thresholds))
    return routine


def _strengthened_yesterday(catalogue: Catalogue) -> bool:
    yesterday = resources.today() - timedelta(days=1)
    with resources.database() as db:
        sessions = [one.uid for one in store.sessions(db, yesterday) if one.day == yesterday]
        done = [one for uid in sessions for one in store.completions(db, uid) if one.outcome == "completed"]
    strength = {name for name, exercise in catalogue.exercises.items() if exercise.family == "strengthen"}
    return any(one.exercise in strength for one in done)


def ask_before(latest: Latest, catalogue: Catalogue) -> None:
    """Pain now, minutes and place; the plan below follows them."""
    st.segmented_control(
        "Pain at this moment (0 is none, 10 the worst imaginable)",
        SCALE,
        key="pain_now",
        wrap=True,
        format_func=question.ink,
    )
    left, right = st.columns(2)
    setting = catalogue.questionnaire.item("setting")
    texts = {option.code: option.text for option in setting.options}
    with left:
        st.number_input(
            "Minutes you have",
            1,
            120,
            value=int(latest.response.number("time_minutes", 10)),
            key="minutes_now",
        )
    with right:
        codes = list(setting.codes)
        st.selectbox(
            "Where you are",
            codes,
            index=codes.index(str(latest.response.answers["setting"])),
            key="place_now",
            format_func=texts.__getitem__,
        )


def start(steps: Sequence[Step], catalogue: Catalogue) -> None:
    """Open a session with the plan as it is shown. A second click finds it open already."""
    timing = Timing.of(catalogue.thresholds)
    plan = {
        "phases": [asdict(phase) for phase in unroll(steps, timing)],
        "steps": [_player_step(step) for step in steps],
        "content_version": catalogue.questionnaire.version,
    }
    with resources.database() as db:
        if store.open_session(db, resources.today()):
            return
        store.start_session(
            db,
            Session(
                uid=str(uuid.uuid4()),
                day=resources.today(),
                started_at=resources.now(),
                tz=resources.timezone(),
                plan=plan,
                pain_before=st.session_state.get("pain_now"),
            ),
        )


def _player_step(step: Step) -> dict[str, Any]:
    exercise = step.exercise
    return {
        "exercise": exercise.id,
        "name": exercise.name,
        "cues": [claim.text for claim in exercise.cues],
        "stop_if": [claim.text for claim in exercise.stop_if],
        "side": step.side,
    }


def play(session: Session, catalogue: Catalogue) -> None:
    """The player. What it reports is stored at once; the end brings the page after it.

    Not a fragment: a server that was restarted would not know it and drop what the browser sends again.
    """
    key = f"player:{session.uid}"

    def save() -> None:
        events = st.session_state[key].get("outbox") or []
        with resources.database() as db:
            store.add_completions(db, session.uid, events)

    def finished() -> None:
        if st.session_state[key].get("finished"):
            save()
            with resources.database() as db:
                store.finish_session(db, session.uid, resources.now())

    def hurt() -> None:
        reports = st.session_state[key].get("hurt") or []
        with resources.database() as db:
            store.add_hurts(db, session.uid, reports, resources.now(), resources.today())
        if any(report.get("where") == "tingling" for report in reports):
            rescreening.keep({"hurt": "tingling"}, positive=True)

    with resources.database() as db:
        acked = store.acknowledged(db, session.uid)
        told = [one.id for one in store.hurts(db, session.day) if one.session_uid == session.uid]
    data = player_data(
        session.uid,
        _phases(session.plan),
        [{**step, "picture": pictures.for_player(step["exercise"])} for step in session.plan["steps"]],
        Timing.of(catalogue.thresholds),
        acked=acked,
        hurt_acked=told,
        finished=False,
    )
    player(key, data, save, on_hurt_change=hurt, on_finished_change=finished)


def _phases(plan: Mapping[str, Any]) -> list[Phase]:
    return [Phase(**phase) for phase in plan["phases"]]


def ask_after(session: Session) -> None:
    """Pain and effort after the session, a note, and the comparison."""
    st.title("Session over")
    with resources.database() as db:
        done = sum(one.outcome == "completed" for one in store.completions(db, session.uid))
    work = sum(phase["kind"] in ("hold", "move") for phase in session.plan["phases"])
    st.markdown(f"{done} of {work} parts done. They are saved.")
    st.segmented_control(
        "Pain at this moment (0 is none, 10 the worst imaginable)",
        SCALE,
        key="pain_after",
        wrap=True,
        format_func=question.ink,
    )
    st.segmented_control(
        "How hard was it? (0 is no effort, 10 the most)",
        SCALE,
        key="effort",
        wrap=True,
        format_func=question.ink,
    )
    st.text_area("A note, if you like", key="session_note", height=80)
    with st.container(horizontal=True):
        st.button("Save", type="primary", on_click=_save_after, args=(session,))
        st.button("Leave it out", on_click=_dismiss, args=(session,))
    if problem := st.session_state.pop("after_problem", None):
        st.error(problem)


def _save_after(session: Session) -> None:
    pain = st.session_state["pain_after"]
    if pain is None:
        st.session_state["after_problem"] = "Choose a number for the pain, or leave it out."
        return
    effort, note = st.session_state["effort"], st.session_state["session_note"]
    with resources.database() as db:
        store.set_session_pain(db, session.uid, at=resources.now(), after=pain, effort=effort, note=note)
    st.session_state["session_receipt"] = (session.pain_before, pain, resources.now())


def _dismiss(session: Session) -> None:
    st.session_state["session_dismissed"] = session.uid


def receipt() -> None:
    """What was just saved, once."""
    if saved := st.session_state.pop("session_receipt", None):
        before, after, at = saved
        change = "" if before is None else f" Pain before {before}, after {after}."
        st.success(f"Saved {resources.clock(at)}.{change}{_comment(before, after)}")


def _comment(before: int | None, after: int) -> str:
    if before is None or after <= before:
        return ""
    return (
        " It rose. Do less next time, and leave out what sets it off. If it has not settled by tomorrow morning, "
        "rest from exercises for a day."
    )
