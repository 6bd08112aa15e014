"""The store's part for experiments, one at a time, and for the days that they and the habits are compared by."""

from datetime import date, datetime

from unpinch.database import immediate
from unpinch.diary import instant
from unpinch.experiment import Experiment, Stage
from unpinch.rows import insert, utc_text, whole
from unpinch.sqlite import Database
from unpinch.weeks import OF_A_DAY, Rating


def add_experiment(db: Database, one: Experiment, today: date) -> bool:
    """Keep a new experiment; False, and nothing changed, while another is planned or running on `today`.

    The same uid again changes nothing: what was asked is not reworded on the way.
    """
    row = {
        "uid": one.uid, "question": one.question, "change": one.change, "first_day": one.first_day.isoformat(),
        "weeks": one.weeks, "at": utc_text(one.at), "tz": one.tz,
        "stopped_day": one.stopped_day.isoformat() if one.stopped_day else None,
    }  # fmt: skip
    with immediate(db):
        if _other(db, one.uid, today):
            return False
        insert(db, "experiments", row)
        return True


def stop_experiment(db: Database, uid: str, day: date) -> None:
    """End an experiment early, with `day` as the last of the change. The first time counts."""
    with immediate(db):
        sql = "UPDATE experiments SET stopped_day = coalesce(stopped_day, ?) WHERE uid = ? AND first_day <= ?"
        db.execute(sql, [day.isoformat(), uid, day.isoformat()])


def resume_experiment(db: Database, uid: str, today: date) -> bool:
    """Undo a stop; False, and nothing changed, while another is planned or running on `today`."""
    with immediate(db):
        if _other(db, uid, today):
            return False
        db.execute("UPDATE experiments SET stopped_day = NULL WHERE uid = ?", [uid])
        return True


def delete_experiment(db: Database, uid: str, at: datetime) -> None:
    """Take an experiment out of everything; `restore_experiment` undoes it."""
    with immediate(db):
        sql = "UPDATE experiments SET deleted_at = coalesce(deleted_at, ?) WHERE uid = ?"
        db.execute(sql, [utc_text(at), uid])


def restore_experiment(db: Database, uid: str, today: date) -> bool:
    """Put a removed experiment back; False, and nothing changed, if two would then be planned or running."""
    with immediate(db):
        removed = [one for one in _read(db, "uid = ?", [uid]) if one.stage(today) is not Stage.OVER]
        if removed and _other(db, uid, today):
            return False
        db.execute("UPDATE experiments SET deleted_at = NULL WHERE uid = ?", [uid])
        return True


def experiments(db: Database) -> tuple[Experiment, ...]:
    """Every experiment that was not removed, in the order in which they were written down."""
    return _read(db, "deleted_at IS NULL", [])


def ratings_between(db: Database, first: date, last: date) -> tuple[Rating, ...]:
    """Every average over a day or a week given on the days from `first` to `last`, assessments included."""
    days = [first.isoformat(), last.isoformat()]
    logged = db.execute(
        "SELECT day, nrs, worst, days FROM check_ins"
        " WHERE deleted_at IS NULL AND nrs IS NOT NULL AND day BETWEEN ? AND ? ORDER BY day, at, seq", days
    )  # fmt: skip
    found = [Rating(date.fromisoformat(day), whole(nrs), whole(worst), kind) for day, nrs, worst, kind in logged]
    assessed = db.execute(
        "SELECT day, nrs FROM pain_entries WHERE context = 'assessment' AND day BETWEEN ? AND ? ORDER BY day", days
    )
    return (*found, *(Rating(date.fromisoformat(day), whole(nrs), None, OF_A_DAY) for day, nrs in assessed))


def session_days(db: Database, since: date) -> tuple[tuple[date, bool], ...]:
    """The day of each session from `since` on, and whether it was finished."""
    rows = db.execute("SELECT day, finished_at IS NOT NULL FROM sessions WHERE day >= ?", [since.isoformat()])
    return tuple((date.fromisoformat(day), bool(finished)) for day, finished in rows)


def _other(db: Database, uid: str, today: date) -> bool:
    return any(one.uid != uid and one.stage(today) is not Stage.OVER for one in experiments(db))


def _read(db: Database, where: str, values: list[str]) -> tuple[Experiment, ...]:
    rows = db.execute(
        "SELECT uid, question, change, first_day, weeks, at, tz, stopped_day FROM experiments"  # noqa: S608
        f" WHERE {where} ORDER BY seq", values
    )  # fmt: skip
    return tuple(
        Experiment(uid, question, change, date.fromisoformat(first), weeks, instant(at), tz,
                   date.fromisoformat(stopped) if stopped else None)
        for uid, question, change, first, weeks, at, tz, stopped in rows
    )  # fmt: skip
