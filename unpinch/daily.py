"""The store's part for what is shown over time: one small row a day or session, however long the diary is."""

import json
from collections.abc import MutableMapping
from datetime import date, timedelta

from unpinch.adherence import PlannedSession
from unpinch.diary import Reach, Rescreen, instant
from unpinch.sqlite import Database
from unpinch.weeks import WEEK, Rating

PlanFacts = tuple[int, tuple[str, ...]]
"""How many work phases a plan has, and its exercises."""


def daily_ratings(db: Database, until: date, since: date | None = None) -> tuple[Rating, ...]:
    """What counts for the verdict, from `since` to `until`, one a day and kind as from `weeks.one_a_day`.

    From check-ins and assessments; what was rated around a session speaks of that moment and is left out.
    """
    rows = db.execute(
        "SELECT day, avg(nrs), max(worst), days FROM ("
        "SELECT day, nrs, worst, days FROM check_ins"
        " WHERE deleted_at IS NULL AND nrs IS NOT NULL AND day BETWEEN :since AND :until"
        " UNION ALL SELECT day, nrs, NULL, 1 FROM pain_entries"
        " WHERE context = 'assessment' AND day BETWEEN :since AND :until)"
        " GROUP BY day, days ORDER BY day, days",
        {"since": since.isoformat() if since else "", "until": until.isoformat()},
    )
    read = date.fromisoformat
    return tuple(Rating(read(day), nrs, worst, days) for day, nrs, worst, days in rows.fetchall())


def ratings_text(db: Database, until: date) -> tuple[str | None, ...]:
    """All ratings and flares up to `until` written out: equal for the same ones, and quicker than reading them."""
    return tuple(
        db.execute(
            "SELECT (SELECT group_concat(day || ' ' || ifnull(nrs, '') || ' ' || ifnull(worst, '') || ' ' || days"
            " || ' ' || flare) FROM check_ins WHERE deleted_at IS NULL AND day <= :until),"
            " (SELECT group_concat(day || ' ' || nrs) FROM pain_entries"
            " WHERE context = 'assessment' AND day <= :until)",
            {"until": until.isoformat()},
        ).fetchone()
    )


def told_flares(db: Database, until: date) -> frozenset[date]:
    """The days up to `until` that the person called a flare."""
    sql = "SELECT DISTINCT day FROM check_ins WHERE flare AND deleted_at IS NULL AND day <= ?"
    return frozenset(date.fromisoformat(day) for (day,) in db.execute(sql, [until.isoformat()]))


def edge_reaches(db: Database, since: date | None, until: date) -> tuple[tuple[date, Reach], ...]:
    """How far down it went in the first seven days with an answer from `since` on, and in the seven up to `until`."""
    told = "FROM check_ins WHERE reach IS NOT NULL AND deleted_at IS NULL AND day BETWEEN ? AND ?"
    between = [since.isoformat() if since else "", until.isoformat()]
    (first,) = db.execute(f"SELECT min(day) {told}", between).fetchone()
    if first is None:
        return ()
    edges = [(date.fromisoformat(first) + WEEK).isoformat(), (until - WEEK + timedelta(days=1)).isoformat()]
    rows = db.execute(
        f"SELECT day, reach {told} AND (day < ? OR day >= ?) ORDER BY day, seq",
        [*between, *edges],
    )
    return tuple((date.fromisoformat(day), Reach(reach)) for day, reach in rows)


def planned_sessions(db: Database, since: date, known: MutableMapping[str, PlanFacts]) -> tuple[PlannedSession, ...]:
    """Every session from the day `since` on, counted, in the order of days.

    Plans are long, and that of a finished session never changes: what was read of it is kept in `known`, which
    the caller hands in again the next time.
    """
    rows = db.execute(
        "SELECT uid, day, finished_at, (SELECT count(*) FROM completions AS c"
        " WHERE c.session_uid = s.uid AND c.outcome = 'completed') FROM sessions AS s WHERE day >= ? ORDER BY day, seq",
        [since.isoformat()],
    ).fetchall()
    found = []
    for uid, day, finished, completed in rows:
        key = f"{uid} {finished}"
        facts = known.get(key) or _plan_facts(db, uid)
        if finished:
            known[key] = facts
        found.append(PlannedSession(date.fromisoformat(day), finished is not None, facts[0], completed, facts[1]))
    return tuple(found)


def first_session(db: Database) -> date | None:
    """The day of the very first session."""
    (day,) = db.execute("SELECT min(day) FROM sessions").fetchone()
    return date.fromisoformat(day) if day else None


def file_of(db: Database) -> str:
    """The file that is open; what is remembered of it is remembered under this name."""
    return str(db.execute("SELECT file FROM pragma_database_list WHERE name = 'main'").fetchone()[0])


def danger_reports(db: Database) -> tuple[Rescreen, ...]:
    """Each short repeat of the warning signs that was positive, in order."""
    rows = db.execute("SELECT uid, day, at, answers, tz FROM rescreens WHERE positive ORDER BY seq")
    return tuple(
        Rescreen(uid, date.fromisoformat(day), instant(at), json.loads(answers), True, tz)
        for uid, day, at, answers, tz in rows
    )


def _plan_facts(db: Database, uid: str) -> PlanFacts:
    (work, exercises) = db.execute(
        "SELECT (SELECT count(*) FROM json_each(plan, '$.phases')"
        " WHERE json_extract(value, '$.kind') IN ('hold', 'move')),"
        " (SELECT json_group_array(json_extract(value, '$.exercise')) FROM json_each(plan, '$.steps'))"
        " FROM sessions WHERE uid = ?",
        [uid],
    ).fetchone()
    return work, tuple(json.loads(exercises))
