"""What the person entered, kept and given back. Every function takes an open `db` from `connect`.

Instants are stored in UTC with the time zone's name and the local day beside them. Each write is one
transaction and may be repeated without harm.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from unpinch.adjustments import add_adjustment, adjustments, set_session_plan, take_back
from unpinch.advised import acknowledge, advice_log, log_advice, spells, take_back_acknowledgement
from unpinch.baselines import add_baseline, baseline, take_back_baseline
from unpinch.check_ins import (
    add_check_in,
    check_ins,
    days_beside,
    delete_check_in,
    latest_check_in,
    restore_check_in,
)
from unpinch.daily import (
    daily_ratings,
    danger_reports,
    edge_reaches,
    file_of,
    first_session,
    planned_sessions,
    ratings_text,
    told_flares,
)
from unpinch.database import StoreError, connect, delete_everything, facts, files, immediate
from unpinch.diary import (
    OUTCOMES,
    Completion,
    Consent,
    PainEntry,
    Rescreen,
    Session,
    completion_from_event,
    instant,
)
from unpinch.events import add_event, delete_event, events, restore_event
from unpinch.experiments import (
    add_experiment,
    delete_experiment,
    experiments,
    ratings_between,
    restore_experiment,
    resume_experiment,
    session_days,
    stop_experiment,
)
from unpinch.hurts import add_hurts, hurts
from unpinch.imports import add_import, last_import, undo_import
from unpinch.measured import clear_measure, measures, save_measure
from unpinch.responses import (
    answers,
    clear_answer,
    copy_answers,
    discard_response,
    finish_response,
    latest_response,
    open_response,
    responses,
    save_answer,
    save_answers,
    set_page,
    start_response,
)
from unpinch.rows import insert, json_text, require, upsert, utc_text, whole, whole_table
from unpinch.sqlite import Database

__all__ = [
    "StoreError", "acknowledge", "add_adjustment", "add_baseline", "add_check_in", "add_event", "add_experiment",
    "add_hurts", "add_import", "adjustments", "advice_log", "answers", "baseline", "check_ins", "clear_answer",
    "clear_measure", "connect", "copy_answers", "daily_ratings", "danger_reports", "days_beside", "delete_check_in",
    "delete_event", "delete_everything", "delete_experiment", "discard_response", "edge_reaches", "events",
    "experiments", "facts", "file_of", "files", "finish_response", "first_session", "hurts", "immediate",
    "last_import", "latest_check_in", "latest_response", "log_advice", "measures", "open_response",
    "planned_sessions", "ratings_between", "ratings_text", "responses", "restore_check_in", "restore_event",
    "restore_experiment", "resume_experiment", "save_answer", "save_answers", "save_measure", "session_days",
    "set_page", "set_session_plan", "spells", "start_response", "stop_experiment", "take_back",
    "take_back_acknowledgement", "take_back_baseline", "told_flares", "undo_import",
]  # fmt: skip

TABLES = (
    "responses", "answers", "imports", "check_ins", "events", "baselines", "experiments", "sessions", "completions",
    "hurts", "adjustments", "rescreens", "measures", "consents", "settings", "advice_log",
)  # fmt: skip


def start_session(db: Database, session: Session) -> None:
    """Keep a session that begins. The same uid again changes nothing."""
    begun, finished = utc_text(session.started_at), session.finished_at
    ended = utc_text(finished) if finished else None
    row = {
        "uid": session.uid, "day": session.day.isoformat(), "started_at": begun, "tz": session.tz,
        "plan": json_text(session.plan), "pain_before": session.pain_before, "pain_before_at": begun,
        "pain_after": session.pain_after, "pain_after_at": ended or begun, "effort": session.effort,
        "note": session.note, "finished_at": ended,
    }  # fmt: skip
    with immediate(db):
        insert(db, "sessions", row)


def set_session_pain(
    db: Database, uid: str, *, at: datetime, before: int | None = None, after: int | None = None,
    effort: int | None = None, note: str | None = None,
) -> None:  # fmt: skip
    """Keep pain before and after and effort (0-10) and the note; what is None stays as it is."""
    with immediate(db):
        db.execute(
            "UPDATE sessions SET pain_before_at = iif(:before IS NULL, pain_before_at, :at),"
            " pain_before = coalesce(:before, pain_before),"
            " pain_after_at = iif(:after IS NULL, pain_after_at, :at),"
            " pain_after = coalesce(:after, pain_after), effort = coalesce(:effort, effort),"
            " note = coalesce(:note, note) WHERE uid = :uid",
            {"uid": uid, "at": utc_text(at), "before": before, "after": after, "effort": effort, "note": note},
        )


def finish_session(db: Database, uid: str, at: datetime) -> None:
    """Close a session. The first time counts."""
    with immediate(db):
        sql = "UPDATE sessions SET finished_at = coalesce(finished_at, ?) WHERE uid = ?"
        db.execute(sql, [utc_text(at), uid])


def open_session(db: Database, day: date) -> Session | None:
    """The latest session of that day which is not finished."""
    found = [one for one in sessions(db, day) if one.day == day and one.finished_at is None]
    return found[-1] if found else None


def sessions(db: Database, since: date | None = None) -> tuple[Session, ...]:
    """Every session in the order of days; from the day `since` on when it is given."""
    rows = db.execute(
        "SELECT uid, day, started_at, tz, plan, pain_before, pain_after, effort, note, finished_at"
        " FROM sessions WHERE day >= ? ORDER BY day, seq",
        [since.isoformat() if since else ""],
    )
    return tuple(
        Session(uid, date.fromisoformat(day), instant(started), tz, json.loads(plan), before, after, effort,
                note, instant(finished) if finished else None)
        for uid, day, started, tz, plan, before, after, effort, note, finished in rows
    )  # fmt: skip


def add_completions(db: Database, session_uid: str, events: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """Keep what the player reports and return the ids that need not be sent again.

    A phase is kept once; `completed` replaces `skipped` or `stopped`, anything else changes nothing. A
    malformed event is left out and not acknowledged. Raises LookupError when the session is not, or no
    longer, kept.
    """
    better = "excluded.outcome = 'completed' AND completions.outcome <> 'completed'"
    done = [completion for event in events if (completion := _completion(session_uid, event))]
    with immediate(db):
        require(db, "sessions", session_uid)
        for one in done:
            row = {"session_uid": one.session_uid, "phase": one.phase, "step": one.step,
                   "exercise": one.exercise, "side": one.side, "set": one.set, "outcome": one.outcome,
                   "seconds": one.seconds, "at": utc_text(one.at)}  # fmt: skip
            upsert(db, "completions", row, "session_uid, phase", when=better)
        return acknowledged(db, session_uid)


def acknowledged(db: Database, session_uid: str) -> tuple[str, ...]:
    """The event ids that could change nothing any more: a completed phase settles every outcome of it."""
    sql = "SELECT phase, outcome FROM completions WHERE session_uid = ? ORDER BY phase"
    rows = db.execute(sql, [session_uid])
    return tuple(
        f"{phase}:{settled}"
        for phase, outcome in rows
        for settled in OUTCOMES
        if outcome == "completed" or settled != "completed"
    )


def completions(db: Database, session_uid: str | None = None) -> tuple[Completion, ...]:
    """What was done in one session, or in all, in the order of the plan."""
    rows = db.execute(
        'SELECT session_uid, phase, step, exercise, side, "set", outcome, seconds, at FROM completions'
        " WHERE ?1 IS NULL OR session_uid = ?1 ORDER BY session_uid, phase",
        [session_uid],
    )
    return tuple(
        Completion(session, phase, step, exercise, side, set_, outcome, seconds, instant(at))
        for session, phase, step, exercise, side, set_, outcome, seconds, at in rows
    )


def pain_entries(db: Database, since: date | None = None) -> tuple[PainEntry, ...]:
    """Every rating of average pain: check-ins, before and after sessions, finished assessments; or those of the
    day `since` and later."""
    rows = db.execute(
        "SELECT uid, day, at, nrs, context FROM pain_entries WHERE day >= ? ORDER BY day, at, uid",
        [since.isoformat() if since else ""],
    )
    return tuple(
        PainEntry(uid, date.fromisoformat(day), instant(at), whole(nrs), context) for uid, day, at, nrs, context in rows
    )


def add_rescreen(db: Database, rescreen: Rescreen) -> None:
    """Keep a short repeat of the warning signs. The same uid again changes nothing."""
    row = {"uid": rescreen.uid, "day": rescreen.day.isoformat(), "at": utc_text(rescreen.at),
           "tz": rescreen.tz, "answers": json_text(dict(rescreen.answers)),
           "positive": int(rescreen.positive)}  # fmt: skip
    with immediate(db):
        insert(db, "rescreens", row)


def last_rescreen(db: Database) -> Rescreen | None:
    """The latest short repeat of the warning signs."""
    row = db.execute("SELECT uid, day, at, answers, positive, tz FROM rescreens ORDER BY seq DESC LIMIT 1").fetchone()
    if row is None:
        return None
    uid, day, at, given, positive, tz = row
    return Rescreen(uid, date.fromisoformat(day), instant(at), json.loads(given), bool(positive), tz)


def add_consent(db: Database, version: str, at: datetime, text: str, country: str) -> None:
    """Keep what was agreed to; each agreement is a line of its own."""
    with immediate(db):
        insert(db, "consents", {"version": version, "at": utc_text(at), "text": text, "country": country})


def last_consent(db: Database) -> Consent | None:
    """The latest agreement."""
    row = db.execute("SELECT version, at, text, country FROM consents ORDER BY seq DESC LIMIT 1").fetchone()
    return Consent(row[0], instant(row[1]), row[2], row[3]) if row else None


def get_setting(db: Database, key: str, default: Any = None) -> Any:
    """The value kept under `key`, else `default`."""
    row = db.execute("SELECT value FROM settings WHERE key = ?", [key]).fetchone()
    return json.loads(row[0]) if row else default


def set_setting(db: Database, key: str, value: Any) -> None:
    """Keep a JSON-able value under `key`."""
    with immediate(db):
        upsert(db, "settings", {"key": key, "value": json_text(value)}, "key")


def counts(db: Database) -> dict[str, int]:
    """How many rows each table holds, removed check-ins among them."""
    return {table: db[table].count for table in TABLES}


def export_all(db: Database) -> dict[str, Any]:
    """Everything that is kept, JSON-able and from one instant; the same contents give the same export."""
    with db.atomic():  # only reads: a deferred transaction shows one state of the file for all tables
        tables = {table: whole_table(db, table) for table in TABLES}
        schema_version = int(facts(db)["schema_version"])
    return {
        "format": "unpinch-export",
        "schema_version": schema_version,
        "content_versions": sorted({row["content_version"] for row in tables["answers"]}),
        "tables": tables,
    }


def _completion(session_uid: str, event: Mapping[str, Any]) -> Completion | None:
    try:
        return completion_from_event(session_uid, event)
    except ValueError:
        return None
