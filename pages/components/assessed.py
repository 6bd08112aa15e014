"""The latest finished assessment, worked out again from the stored answers."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from pages.components import resources
from unpinch import store
from unpinch.catalogue import Catalogue
from unpinch.diary import StoredResponse
from unpinch.findings import Assessment, assess
from unpinch.questionnaire import Answer, Questionnaire, Response, applicable
from unpinch.routine import Routine, Withheld, recommend

LASTING_SCREENS = ("you", "health", "days", "strains", "means")
"""What a repeat does not ask from scratch: it is shown again, filled in."""


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


def begin(catalogue: Catalogue, page: str | None = None, keep: bool = False) -> None:
    """Open a response. A correction (`keep`) takes over every answer, a repeat only what lasts."""
    at, tz = resources.now(), resources.timezone()
    uid = str(uuid.uuid4())
    questionnaire = catalogue.questionnaire
    lasting = {item.id for screen in LASTING_SCREENS for item in questionnaire.on(screen)}
    with resources.database() as db:
        if store.open_response(db):
            return
        before = store.latest_response(db)
        answers = store.answers(db, before.uid) if before else {}
        taken = {
            item.id: (
                answers[item.id],
                {"text": item.text, "answer": item.wording(_tuple(answers[item.id])), "taken_over": True},
            )
            for item in questionnaire.items
            if item.id in answers and (keep or item.id in lasting)
        }
        store.start_response(
            db, uid, at=at, tz=tz, day=resources.today(), questionnaire_version=questionnaire.version
        )
        if taken:
            store.save_answers(db, uid, taken, questionnaire.version, at)
        store.set_page(db, uid, page or questionnaire.screens[0].id)


def _tuple(answer: Answer) -> Answer:
    return tuple(answer) if isinstance(answer, list) else answer
