"""The tables, as steps that are only ever added to. A step that has been released is never edited."""

from unpinch.sqlite import Database, Migrations

APPLICATION_ID = 0x556E7043
"""Marks a file as Unpinch's in SQLite's header ("UnpC")."""

schema = Migrations("unpinch")

# Statement by statement: executescript would commit what came before it. No JSON functions in views: older
# versions of SQLite call them unsafe under trusted_schema=OFF. `responses.replaces` is the response that a
# correction puts right; a rating counts once, on the day it was given, however often it is taken over.
_FACTS = """
CREATE TABLE responses (
    seq INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('full', 'warning_signs')),
    started_at TEXT NOT NULL,
    tz TEXT NOT NULL,
    day TEXT NOT NULL,
    questionnaire_version TEXT NOT NULL,
    page TEXT,
    replaces TEXT REFERENCES responses (uid),
    finished_at TEXT
) STRICT;
CREATE TABLE answers (
    response_uid TEXT NOT NULL REFERENCES responses (uid),
    item TEXT NOT NULL,
    answer TEXT NOT NULL,
    wording TEXT NOT NULL,
    content_version TEXT NOT NULL,
    answered_at TEXT NOT NULL,
    PRIMARY KEY (response_uid, item)
) STRICT;
CREATE TABLE check_ins (
    seq INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    day TEXT NOT NULL,
    at TEXT NOT NULL,
    tz TEXT NOT NULL,
    nrs REAL CHECK (nrs BETWEEN 0 AND 10),
    worst REAL CHECK (worst BETWEEN 0 AND 10),
    reach TEXT CHECK (reach IN ('none', 'buttock', 'thigh', 'calf', 'foot')),
    sitting_min INTEGER CHECK (sitting_min >= 0),
    sat_hours REAL CHECK (sat_hours BETWEEN 0 AND 24),
    habits_kept TEXT NOT NULL,
    flare INTEGER NOT NULL CHECK (flare IN (0, 1)),
    note TEXT NOT NULL,
    back_filled INTEGER NOT NULL CHECK (back_filled IN (0, 1)),
    sites TEXT NOT NULL,
    days INTEGER NOT NULL CHECK (days IN (1, 7)),
    batch TEXT REFERENCES imports (uid),
    deleted_at TEXT
) STRICT;
CREATE INDEX check_ins_by_day ON check_ins (day);
CREATE INDEX check_ins_by_batch ON check_ins (batch) WHERE batch IS NOT NULL;
CREATE TABLE events (
    seq INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('medicine', 'treatment', 'event')),
    label TEXT NOT NULL,
    first_day TEXT NOT NULL,
    last_day TEXT CHECK (last_day >= first_day),
    note TEXT NOT NULL,
    at TEXT NOT NULL,
    tz TEXT NOT NULL,
    deleted_at TEXT
) STRICT;
CREATE TABLE baselines (
    seq INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    day TEXT NOT NULL,
    at TEXT NOT NULL,
    tz TEXT NOT NULL,
    taken_back_at TEXT
) STRICT;
CREATE TABLE experiments (
    seq INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    question TEXT NOT NULL,
    change TEXT NOT NULL,
    first_day TEXT NOT NULL,
    weeks INTEGER NOT NULL CHECK (weeks BETWEEN 2 AND 4),
    at TEXT NOT NULL,
    tz TEXT NOT NULL,
    stopped_day TEXT,
    deleted_at TEXT
) STRICT;
CREATE TABLE imports (
    seq INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    at TEXT NOT NULL,
    tz TEXT NOT NULL,
    day TEXT NOT NULL,
    file TEXT NOT NULL,
    format TEXT NOT NULL,
    choice TEXT NOT NULL,
    report TEXT NOT NULL,
    undone_at TEXT
) STRICT;
CREATE TABLE sessions (
    seq INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    day TEXT NOT NULL,
    started_at TEXT NOT NULL,
    tz TEXT NOT NULL,
    plan TEXT NOT NULL,
    pain_before INTEGER CHECK (pain_before BETWEEN 0 AND 10),
    pain_before_at TEXT,
    pain_after INTEGER CHECK (pain_after BETWEEN 0 AND 10),
    pain_after_at TEXT,
    effort INTEGER CHECK (effort BETWEEN 0 AND 10),
    note TEXT NOT NULL,
    finished_at TEXT
) STRICT;
CREATE INDEX sessions_by_day ON sessions (day);
CREATE TABLE completions (
    session_uid TEXT NOT NULL REFERENCES sessions (uid),
    phase INTEGER NOT NULL CHECK (phase >= 0),
    step INTEGER NOT NULL CHECK (step >= 0),
    exercise TEXT NOT NULL,
    side TEXT CHECK (side IN ('left', 'right')),
    "set" INTEGER NOT NULL CHECK ("set" >= 0),
    outcome TEXT NOT NULL CHECK (outcome IN ('completed', 'skipped', 'stopped')),
    seconds REAL NOT NULL CHECK (seconds >= 0),
    at TEXT NOT NULL,
    PRIMARY KEY (session_uid, phase)
) STRICT;
CREATE TABLE hurts (
    session_uid TEXT NOT NULL REFERENCES sessions (uid),
    id TEXT NOT NULL,
    phase INTEGER NOT NULL CHECK (phase >= 0),
    step INTEGER NOT NULL CHECK (step >= 0),
    exercise TEXT NOT NULL,
    place TEXT NOT NULL CHECK (place IN ('muscle', 'down_leg', 'tingling')),
    day TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (session_uid, id)
) STRICT;
CREATE TABLE adjustments (
    seq INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('dose', 'swap', 'leave_out', 'order', 'restore', 'forgive', 'not_now',
        'widen')),
    exercise TEXT NOT NULL,
    value TEXT NOT NULL,
    day TEXT NOT NULL,
    at TEXT NOT NULL,
    tz TEXT NOT NULL,
    taken_back_at TEXT
) STRICT;
CREATE TABLE rescreens (
    seq INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    day TEXT NOT NULL,
    at TEXT NOT NULL,
    tz TEXT NOT NULL,
    answers TEXT NOT NULL,
    positive INTEGER NOT NULL CHECK (positive IN (0, 1))
) STRICT;
CREATE TABLE measures (
    seq INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    day TEXT NOT NULL,
    at TEXT NOT NULL,
    tz TEXT NOT NULL,
    name TEXT NOT NULL,
    label TEXT NOT NULL,
    value INTEGER NOT NULL CHECK (value BETWEEN 0 AND 10)
) STRICT;
CREATE TABLE consents (
    seq INTEGER PRIMARY KEY,
    version TEXT NOT NULL,
    at TEXT NOT NULL,
    text TEXT NOT NULL,
    country TEXT NOT NULL
) STRICT;
CREATE TABLE settings (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;
CREATE TABLE advice_log (
    seq INTEGER PRIMARY KEY,
    advice TEXT NOT NULL,
    day TEXT NOT NULL,
    at TEXT NOT NULL,
    tz TEXT NOT NULL,
    evidence TEXT NOT NULL,
    acknowledged_at TEXT,
    UNIQUE (advice, day)
) STRICT;
CREATE VIEW pain_entries AS
    SELECT uid, day, at, nrs, 'check_in' AS context FROM check_ins
        WHERE deleted_at IS NULL AND nrs IS NOT NULL
    UNION ALL
    SELECT uid || ':before', day, pain_before_at, pain_before, 'before_session' FROM sessions
        WHERE pain_before IS NOT NULL
    UNION ALL
    SELECT uid || ':after', day, pain_after_at, pain_after, 'after_session' FROM sessions
        WHERE pain_after IS NOT NULL
    UNION ALL
    SELECT r.uid || ':nrs_now', r.day, a.answered_at, CAST(a.answer AS INTEGER), 'assessment'
        FROM responses AS r JOIN answers AS a ON a.response_uid = r.uid
            JOIN responses AS root ON root.uid = coalesce(r.replaces, r.uid)
        WHERE a.item = 'nrs_now' AND r.finished_at IS NOT NULL AND a.answer NOT GLOB '*[^0-9]*'
            AND NOT EXISTS (SELECT 1 FROM responses AS c
                WHERE c.replaces = root.uid AND c.finished_at IS NOT NULL AND c.seq > r.seq)
            AND NOT EXISTS (SELECT 1 FROM responses AS e JOIN answers AS b ON b.response_uid = e.uid
                WHERE e.seq < root.seq AND b.item = 'nrs_now' AND b.answered_at = a.answered_at
                AND b.answer = a.answer)
"""


@schema()
def m001_facts(db: Database) -> None:
    for statement in _FACTS.split(";\n"):
        db.execute(statement)


def names(steps: Migrations) -> tuple[str, ...]:
    """Every step's name in order. A file's `PRAGMA user_version` is how many of them it has."""
    return tuple(step.name for step in steps.pending(Database(memory=True)))
