"""Finished assessments, worked out again from the stored answers, and the ways to begin another."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from pages.components import resources
from unpinch import store
from unpinch.catalogue import Catalogue
from unpinch.database import Database
from unpinch.diary import StoredResponse
from unpinch.findings import Assessment, assess
from unpinch.questionnaire import Answer, Questionnaire, Response, applicable
from unpinch.routine import Routine, Withheld, recommend

LASTING_SCREENS = ("you", "health", "days", "strains", "means")
"""What a repeat does not ask from scratch: it is shown again, filled in."""
SUMMARY = "summary"


@dataclass(frozen=True, slots=True)
class Past:
    """A finished assessment; where it was corrected, with the corrected answers."""

    stored: StoredResponse
    response: Response
    assessment: Assessment


@dataclass(frozen=True, slots=True)
class Latest:
    """A finished response with everything that follows from it. `said` gives each answer in words."""

    stored: StoredResponse
    response: Response
    assessment: Assessment
    routine: Routine | Withheld
    said: Mapping[str, str]

    @property
    def finished_at(self) -> datetime:
        """When it was finished."""
        return self.stored.finished_at or self.stored.started_at


def latest(catalogue: Catalogue) -> Latest | None:
    """The latest finished assessment, or None before the first."""
    with resources.database() as db:
        stored = store.latest_response(db)
        answers = store.answers(db, stored.uid) if stored else {}
    if stored is None:
        return None
    response = to_response(catalogue.questionnaire, answers)
    assessment = assess(response, catalogue.findings, catalogue.thresholds)
    routine = recommend(response, assessment, catalogue.exercises, catalogue.thresholds)
    return Latest(stored, response, assessment, routine, in_words(catalogue.questionnaire, response))


def past(catalogue: Catalogue) -> tuple[Past, ...]:
    """Every finished assessment in order. Of one that was corrected only the last correction is there."""
    with resources.database() as db:
        finished = [one for one in store.responses(db) if one.kind == "full" and one.finished_at]
        current = {one.replaces or one.uid: one for one in finished}
        answered = [(one, store.answers(db, one.uid)) for one in current.values()]
    found = [(stored, to_response(catalogue.questionnaire, answers)) for stored, answers in answered]
    return tuple(
        Past(stored, response, assess(response, catalogue.findings, catalogue.thresholds)) for stored, response in found
    )


def repeat_due(day: date, today: date, thresholds: Mapping[str, float]) -> bool:
    """Whether an assessment of that day is old enough to be offered again."""
    return (today - day).days >= thresholds["reassess_days"]


def to_response(questionnaire: Questionnaire, stored: Mapping[str, object]) -> Response:
    """Stored answers as a response; what a later answer made moot is left out."""
    answers: dict[str, Answer] = {
        item: tuple(answer) if isinstance(answer, list) else answer  # type: ignore[misc]
        for item, answer in stored.items()
    }
    return Response(applicable(questionnaire, answers))


def in_words(questionnaire: Questionnaire, response: Response) -> dict[str, str]:
    """Item id → question and answer as a person reads them."""
    return {
        item.id: f"{item.text.rstrip('?')}: **{item.wording(response.answers[item.id])}**"
        for item in questionnaire.items
        if item.id in response.answers
    }


def begin(catalogue: Catalogue) -> None:
    """Open a response: the first, or a repeat that takes over what lasts. One that is open goes on instead."""
    asked = catalogue.questionnaire
    lasting = (item.id for screen in LASTING_SCREENS for item in asked.on(screen))
    _open(catalogue, lasting, asked.screens[0].id)


def begin_correction(catalogue: Catalogue, screen: str = SUMMARY) -> None:
    """Open a copy of the latest finished assessment at a screen; it speaks about the same day.

    The finished one stays until the copy is finished, and in the file for good. After a reported danger sign
    the warning signs are asked again instead: a correction elsewhere must not lift the stop.
    """
    with resources.database() as db:
        wrong = store.latest_response(db)
        stopped = wrong is not None and _alarm_since(db, wrong.finished_at or wrong.started_at)
    if stopped:
        begin_warning_signs(catalogue)
    elif wrong:
        _open(catalogue, (item.id for item in catalogue.questionnaire.items), screen, wrong)


def begin_warning_signs(catalogue: Catalogue) -> None:
    """Open a response that keeps every answer but the warning signs; what was being filled in goes on in it."""
    asked = catalogue.questionnaire
    kept = (item.id for item in asked.items if not item.warning_sign)
    _open(catalogue, kept, asked.screens[0].id, anew=True)


def in_progress(catalogue: Catalogue) -> StoredResponse | None:
    """The response being filled in. A danger sign reported since it was begun asks its warning signs again."""
    with resources.database() as db:
        opened = store.open_response(db)
        alarmed = opened is not None and _alarm_since(db, opened.started_at, strictly=True)
    if alarmed:
        begin_warning_signs(catalogue)
        with resources.database() as db:
            return store.open_response(db)
    return opened


def may_drop(opened: StoredResponse, catalogue: Catalogue) -> bool:
    """Whether to offer the way back to the last result: from a correction, or a repeat not yet begun."""
    with resources.database() as db:
        last, kept = store.latest_response(db), store.answers(db, opened.uid)
        if last is None or _alarm_since(db, last.finished_at or last.started_at):
            return False
    signs = {item.id for item in catalogue.questionnaire.warning_signs}
    return opened.replaces is not None or not signs & kept.keys()


def drop(uid: str) -> None:
    """Forget the response being filled in; the last result stands again."""
    with resources.database() as db:
        store.discard_response(db, uid)


def _alarm_since(db: Database, at: datetime, strictly: bool = False) -> bool:
    """Whether a short repeat of the warning signs was positive at that instant or later."""
    alarm = store.last_rescreen(db)
    return alarm is not None and alarm.positive and (alarm.at > at if strictly else alarm.at >= at)


def _open(
    catalogue: Catalogue,
    items: Iterable[str],
    page: str,
    corrected: StoredResponse | None = None,
    anew: bool = False,
) -> None:
    """Open a response at a page with these answers taken over. `anew` puts it in the place of an open one."""
    at, tz, today = resources.now(), resources.timezone(), resources.today()
    uid, version = str(uuid.uuid4()), catalogue.questionnaire.version
    day = corrected.day if corrected else today
    replaces = (corrected.replaces or corrected.uid) if corrected else None
    with resources.database() as db, store.immediate(db):
        opened = store.open_response(db)
        if opened and not anew:
            return
        source = opened or store.latest_response(db)
        store.start_response(db, uid, at=at, tz=tz, day=day, questionnaire_version=version, replaces=replaces)
        if source:
            store.copy_answers(db, source.uid, uid, items)
        if opened:
            store.discard_response(db, opened.uid)
        store.set_page(db, uid, page)
