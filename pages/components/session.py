"""One session: what is planned, the player, and how it felt before and after."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import timedelta

import streamlit as st

from pages.components import hurting, pictures, question, resources, saving
from pages.components.assessed import Latest
from pages.components.player import player, player_data
from unpinch import session_plan, store
from unpinch.catalogue import Catalogue
from unpinch.diary import Session
from unpinch.exercise import Step
from unpinch.timeline import Timing

SCALE = range(11)
PLAYING = "session"


def current(catalogue: Catalogue) -> Session | None:
    """The session that is not over: interrupted within the last day, or waiting for the pain afterwards."""
    today, now = resources.today(), resources.now()
    patience = timedelta(hours=catalogue.thresholds["continue_hours"])
    with resources.database() as db:
        last = store.sessions(db, today - timedelta(days=1))[-1:]
        dismissed = store.get_setting(db, "session_dismissed")
    for one in last:
        if one.finished_at is None:
            return one if now - one.started_at < patience else None
        ended = resources.day_of(one.finished_at)
        if ended == today and one.pain_after is None and one.uid != dismissed:
            return one
    return None


def close(catalogue: Catalogue) -> None:
    """End what is still open: nothing may be continued past a danger sign."""
    waiting = current(catalogue)
    if waiting and waiting.finished_at is None:
        _end(waiting, ask=False)


@saving.told()
def _end(session: Session, ask: bool) -> None:
    with resources.database() as db:
        store.finish_session(db, session.uid, resources.now())
        if not ask:
            store.set_setting(db, "session_dismissed", session.uid)
    st.session_state.pop(PLAYING, None)


def is_on(session: Session) -> bool:
    """Whether this visit plays the session, or this address did before the page was loaded again."""
    return session.uid in (st.session_state.get(PLAYING), st.query_params.get(PLAYING))


def _play(uid: str) -> None:
    st.session_state[PLAYING] = uid


def offer(session: Session) -> None:
    """Continue where it was interrupted, or start anew. Nothing plays by itself."""
    with resources.database() as db:
        done = {one.phase: one.outcome for one in store.completions(db, session.uid)}
        told = [one.phase for one in store.hurts(db, session.day) if one.session_uid == session.uid]
    st.title("An interrupted session", anchor=False)
    at = session_plan.last_place(session.plan, done, told)
    completed = sum(outcome == "completed" for outcome in done.values())
    work = sum(phase["kind"] in ("hold", "move") for phase in session.plan["phases"])
    st.markdown(f"Begun at {resources.clock(session.started_at)}; {completed} of {work} parts are done and saved.")
    with st.container(horizontal=True):
        if at:
            place = f"{at.name}, {at.side}" if at.side else at.name
            st.button(f"Continue at {place}", type="primary", on_click=_play, args=(session.uid,), key="continue")
        else:
            st.button("Finish it", type="primary", on_click=_end, args=(session, True), key="continue")
        st.button("Start anew", on_click=_end, args=(session, False), key="start_anew")
    if session.day != resources.today():
        st.caption("It was begun yesterday and belongs to yesterday.")


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


@saving.told()
def start(steps: Sequence[Step], allowed: Iterable[str], catalogue: Catalogue) -> None:
    """Open a session with the plan as it is shown. A second click finds it open already."""
    timing = Timing.of(catalogue.thresholds)
    plan = session_plan.plan_of(steps, timing, allowed, catalogue.questionnaire.version)
    uid = str(uuid.uuid4())
    with resources.database() as db:
        opened = store.open_session(db, resources.today())
        if opened is None:
            pain = st.session_state.get("pain_now")
            day, now, tz = resources.today(), resources.now(), resources.timezone()
            store.start_session(db, Session(uid, day, now, tz, plan, pain_before=pain))
    _play(opened.uid if opened else uid)


def play(session: Session, latest: Latest, catalogue: Catalogue) -> None:
    """The player. What it reports is stored at once; the end brings the page after it.

    Not a fragment: a server that was restarted would not know it and drop what the browser sends again. The
    session's number in the address keeps the player there when the page is loaded again.
    """
    key = f"player:{session.uid}"
    if st.query_params.get(PLAYING) != session.uid:
        st.query_params[PLAYING] = session.uid

    @saving.told()
    def save() -> None:
        events = st.session_state[key].get("outbox") or []
        with resources.database() as db:
            store.add_completions(db, session.uid, events)

    @saving.told()
    def finished() -> None:
        if st.session_state[key].get("finished"):
            save()
            with resources.database() as db:
                store.finish_session(db, session.uid, resources.now())

    @saving.told()
    def hurt() -> None:
        save()  # what was done may not be changed, so it is stored first
        reports = st.session_state[key].get("hurt") or []
        hurting.answer(session.uid, reports, latest, catalogue)

    with resources.database() as db:
        acked = store.acknowledged(db, session.uid)
        told = [one.id for one in store.hurts(db, session.day) if one.session_uid == session.uid]
    plan = session.plan
    data = player_data(
        session.uid,
        session_plan.phases_of(plan),
        [{**step, "picture": pictures.for_player(step["exercise"])} for step in plan["steps"]],
        Timing.of(catalogue.thresholds),
        acked=acked,
        hurt_acked=told,
        finished=False,
        change=next(iter(plan.get("changes", ())[-1:]), None),
    )
    player(key, data, save, on_hurt_change=hurt, on_finished_change=finished)


def ask_after(session: Session) -> None:
    """Pain and effort after the session, a note, and the comparison."""
    st.title("Session over", anchor=False)
    st.query_params.pop(PLAYING, None)
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


@saving.told()
def _save_after(session: Session) -> None:
    pain = st.session_state["pain_after"]
    if pain is None:
        st.session_state["after_problem"] = "Choose a number for the pain, or leave it out."
        return
    effort, note = st.session_state["effort"], st.session_state["session_note"]
    with resources.database() as db:
        store.set_session_pain(db, session.uid, at=resources.now(), after=pain, effort=effort, note=note)
    st.session_state["session_receipt"] = (session.pain_before, pain, resources.now())


@saving.told()
def _dismiss(session: Session) -> None:
    with resources.database() as db:
        store.set_setting(db, "session_dismissed", session.uid)


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
