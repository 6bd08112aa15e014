"""What is due today, from what is stored, and the habits that the person's answers led to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from pages.components import rhythm
from pages.components.assessed import Latest
from unpinch import store
from unpinch.catalogue import Catalogue
from unpinch.database import Database
from unpinch.diary import CheckIn
from unpinch.routine import Routine

WELCOME = (
    "Unpinch is about pain deep in the buttock, with or without pain down the leg. It asks about warning"
    " signs and about your days, suggests exercises and habits with the reason for each, and shows over weeks"
    " whether anything changes. It does not diagnose, and it does not replace a clinician: a tight muscle is"
    " one of several possible causes. The questions take about four minutes; your answers stay on this"
    " computer."
)
DONE = "Nothing more is due today."


class Task(StrEnum):
    """The one thing to do next."""

    BEGIN = "begin"
    CONTINUE = "continue"
    RESCREEN = "rescreen"
    CHECK_IN = "check_in"
    ROUTINE = "routine"
    NOTHING = "nothing"


ASSESS_LABELS: Mapping[Task, str] = {
    Task.BEGIN: "Start the assessment",
    Task.CONTINUE: "Continue the assessment",
    Task.RESCREEN: "Go through the warning signs",
}


@dataclass(frozen=True, slots=True)
class Agenda:
    """The next task, what is done and still due today, the last check-in, and every how many days one is due."""

    task: Task
    checked_in: bool
    routine_due: bool
    last: CheckIn | None
    every: int
    today: date


def agenda(db: Database, latest: Latest | None, today: date) -> Agenda:
    """What is due: after a reported danger sign the warning signs; else assessment, check-in, routine.

    A check-in is due when the last one, be it about a day or a week, is a day old, or seven in the weekly mode.
    """
    answered = latest.finished_at if latest is not None else None
    unfinished, rescreen = store.open_response(db), store.last_rescreen(db)
    done = any(session.finished_at for session in store.sessions(db, today))
    every = rhythm.days(db)
    last = store.latest_check_in(db, today)
    checked_in = last is not None and (today - last.day).days < every
    routine_due = latest is not None and isinstance(latest.routine, Routine) and not done
    if rescreen is not None and rescreen.positive and (answered is None or answered <= rescreen.at):
        task = Task.RESCREEN
    elif unfinished is not None and (answered is None or answered < unfinished.started_at):
        task = Task.CONTINUE
    elif latest is None:
        task = Task.BEGIN
    elif not checked_in:
        task = Task.CHECK_IN
    else:
        task = Task.ROUTINE if routine_due else Task.NOTHING
    return Agenda(task, checked_in, routine_due, last, every, today)


def habits(latest: Latest | None, catalogue: Catalogue) -> dict[str, str]:
    """The habit changes that the latest finished assessment led to, id to name."""
    changes = latest.routine.habits if latest is not None else ()
    return {change.habit: catalogue.habits[change.habit].name for change in changes}


def since_last(agenda: Agenda) -> str:
    """How long since the last check-in, in words without reproach, and when the next is due if that is not today."""
    if agenda.last is None:
        return "No check-in yet."
    days = (agenda.today - agenda.last.day).days
    said = {0: "You have checked in today.", 1: "Last check-in: yesterday."}.get(
        days, f"Last check-in: {days} days ago."
    )
    if agenda.every > 1 and agenda.checked_in:
        due = agenda.last.day + timedelta(days=agenda.every)
        said += f" The next is due on {due:%A}, {due.day} {due:%B}."
    return said
