"""The questionnaire's answers as they are given, kept and continued; part of the store."""

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from unpinch.database import immediate
from unpinch.diary import StoredResponse, instant
from unpinch.rows import insert, json_text, require, upsert, utc_text
from unpinch.sqlite import Database


def start_response(
    db: Database, uid: str, *, at: datetime, tz: str, day: date, questionnaire_version: str,
    kind: str = "full", replaces: str | None = None,
) -> None:  # fmt: skip
    """Open a response; `kind` is full or warning_signs. The same uid again changes nothing.

    `replaces` names the response that this one corrects.
    """
    row = {"uid": uid, "kind": kind, "started_at": utc_text(at), "tz": tz, "day": day.isoformat(),
           "questionnaire_version": questionnaire_version, "replaces": replaces}  # fmt: skip
    with immediate(db):
        insert(db, "responses", row)


def save_answer(
    db: Database, response_uid: str, item: str, answer: Any, wording: Any, content_version: str, at: datetime
) -> None:
    """Keep one answer (None is "not known") and the wording shown. The same again keeps its first instant."""
    save_answers(db, response_uid, {item: (answer, wording)}, content_version, at)


def save_answers(
    db: Database, response_uid: str, given: Mapping[str, tuple[Any, Any]], content_version: str, at: datetime
) -> None:
    """Keep several answers, item id to (answer, wording), all or none. LookupError without the response."""
    changed = "answers.answer <> excluded.answer OR answers.wording <> excluded.wording"
    with immediate(db):
        require(db, "responses", response_uid)
        for item, (answer, wording) in given.items():
            row = {"response_uid": response_uid, "item": item, "answer": json_text(answer),
                   "wording": json_text(wording), "content_version": content_version,
                   "answered_at": utc_text(at)}  # fmt: skip
            upsert(db, "answers", row, "response_uid, item", when=changed)


def clear_answer(db: Database, response_uid: str, item: str) -> None:
    """Forget one answer, as if the item had never been answered."""
    with immediate(db):
        db.execute("DELETE FROM answers WHERE response_uid = ? AND item = ?", [response_uid, item])


def copy_answers(db: Database, source_uid: str, target_uid: str, items: Iterable[str]) -> None:
    """Take answers over into another response as they were given: wording, version and instant stay."""
    sql = (
        "INSERT INTO answers (response_uid, item, answer, wording, content_version, answered_at)"
        " SELECT ?, item, answer, wording, content_version, answered_at FROM answers"
        " WHERE response_uid = ? AND item = ? ON CONFLICT DO NOTHING"
    )
    with immediate(db):
        require(db, "responses", target_uid)
        for item in items:
            db.execute(sql, [target_uid, source_uid, item])


def discard_response(db: Database, response_uid: str) -> None:
    """Forget a response that is not finished, with its answers. A finished one stays."""
    with immediate(db):
        unfinished = "SELECT uid FROM responses WHERE uid = ? AND finished_at IS NULL"
        db.execute(f"DELETE FROM answers WHERE response_uid IN ({unfinished})", [response_uid])  # noqa: S608
        db.execute("DELETE FROM responses WHERE uid = ? AND finished_at IS NULL", [response_uid])


def set_page(db: Database, response_uid: str, page: str) -> None:
    """Remember the page that the person is on, to continue there."""
    with immediate(db):
        db.execute("UPDATE responses SET page = ? WHERE uid = ?", [page, response_uid])


def finish_response(db: Database, response_uid: str, at: datetime) -> None:
    """Close a response. The first time counts."""
    with immediate(db):
        sql = "UPDATE responses SET finished_at = coalesce(finished_at, ?) WHERE uid = ?"
        db.execute(sql, [utc_text(at), response_uid])


def open_response(db: Database, kind: str = "full") -> StoredResponse | None:
    """The latest response that is not finished."""
    return _last(one for one in responses(db) if one.kind == kind and one.finished_at is None)


def latest_response(db: Database, kind: str = "full") -> StoredResponse | None:
    """The latest response that is finished."""
    return _last(one for one in responses(db) if one.kind == kind and one.finished_at is not None)


def responses(db: Database) -> tuple[StoredResponse, ...]:
    """Every response in the order they were begun."""
    rows = db.execute(
        "SELECT uid, kind, started_at, tz, day, questionnaire_version, page, finished_at, replaces FROM responses"
        " ORDER BY seq"
    )
    return tuple(
        StoredResponse(uid, kind, instant(started), tz, date.fromisoformat(day), version, page,
                       instant(finished) if finished else None, replaces)
        for uid, kind, started, tz, day, version, page, finished, replaces in rows
    )  # fmt: skip


def answers(db: Database, response_uid: str) -> dict[str, Any]:
    """Item id to answer. An item that was not answered is absent; None was answered as "not known"."""
    sql = "SELECT item, answer FROM answers WHERE response_uid = ? ORDER BY rowid"
    rows = db.execute(sql, [response_uid])
    return {item: json.loads(answer) for item, answer in rows}


def _last(found: Iterable[StoredResponse]) -> StoredResponse | None:
    return max(enumerate(found), default=(0, None), key=lambda pair: pair[0])[1]
