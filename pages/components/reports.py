"""What assessments and repeats of the warning signs say about the course: what is new, and days without a plan."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import streamlit as st

from pages.components import assessed
from unpinch import store
from unpinch.advice import Reported
from unpinch.catalogue import Catalogue
from unpinch.database import Database
from unpinch.diary import Rescreen, StoredResponse
from unpinch.findings import assess
from unpinch.questionnaire import Response
from unpinch.routine import Withheld, recommend

Pauses = tuple[tuple[date, date | None], ...]


@dataclass(frozen=True, slots=True)
class _Facts:
    """What matters of one finished assessment: when, whether it withheld the exercises, and its answers."""

    day: date
    at: datetime
    withheld: bool
    response: Response


def reports(db: Database, catalogue: Catalogue) -> tuple[Reported, Pauses]:
    """What was reported, and the stretches of days, first to last, in which there was no plan to follow."""
    current = {one.replaces or one.uid: one for one in store.responses(db) if one.kind == "full" and one.finished_at}
    facts = [_facts(db, one, catalogue) for one in current.values()]
    pauses = [(one.day, _before(facts[at + 1 :])) for at, one in enumerate(facts) if one.withheld]
    dangers = store.danger_reports(db)
    for one in dangers:
        pauses.append((one.day, _before([later for later in facts if later.at > one.at])))
    alarm = dangers[-1] if dangers and (not facts or facts[-1].at <= dangers[-1].at) else None
    danger, signs = (alarm.day, _signs(alarm, catalogue)) if alarm else (None, ())
    if not facts:
        return Reported(danger, signs), tuple(pauses)
    latest = facts[-1]
    weeks = latest.response.answers.get("weeks")
    began = latest.day - timedelta(weeks=weeks) if isinstance(weeks, int) else None
    numb = _newly_numb(facts[-2].response, latest.response, catalogue) if len(facts) > 1 else ""
    examined = latest.response.has("assessed_by_clinician", "yes")
    return Reported(danger, signs, numb, latest.day, began, examined), tuple(pauses)


def _signs(reported: Rescreen, catalogue: Catalogue) -> tuple[str, ...]:
    """What was ticked, in the words of the list; nothing for the one question that asks for all of them."""
    known = {item.id: item.tick for item in catalogue.questionnaire.items}
    return tuple(known[name] for name, answer in reported.answers.items() if answer == "new" and known.get(name))


def _newly_numb(before: Response, now: Response, catalogue: Catalogue) -> str:
    """Numbness that the later answers name and the earlier do not, in words; empty for none."""
    known = set(before.chosen("numbness_sites"))
    new = tuple(site for site in now.chosen("numbness_sites") if site not in known)
    if new:
        return f"New: {catalogue.questionnaire.item('numbness_sites').wording(new)}"
    constant = now.has("numbness_pattern", "constant") and not before.has("numbness_pattern", "constant")
    return "Numbness that has become constant" if constant else ""


def _before(later: list[_Facts]) -> date | None:
    """The last day before the first of these assessments; None if there is none."""
    return later[0].day - timedelta(days=1) if later else None


def _facts(db: Database, stored: StoredResponse, catalogue: Catalogue) -> _Facts:
    """Answers of a finished assessment never change, so each is worked out once."""
    known = _known(store.file_of(db))
    key = f"{stored.uid} {stored.finished_at}"
    if key not in known:
        response = assessed.to_response(catalogue.questionnaire, store.answers(db, stored.uid))
        result = assess(response, catalogue.findings, catalogue.thresholds)
        routine = recommend(response, result, catalogue.exercises, catalogue.thresholds)
        at = stored.finished_at or stored.started_at
        known[key] = _Facts(stored.day, at, isinstance(routine, Withheld), response)
    return known[key]


@st.cache_resource(show_spinner=False, max_entries=8)
def _known(file: str) -> dict[str, _Facts]:
    return {}
