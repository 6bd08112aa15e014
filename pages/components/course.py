"""The course so far, gathered from the store for the pages, and the advice that it leads to."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

import streamlit as st

from pages.components import reports, resources
from unpinch import store
from unpinch.adherence import adherence, horizon
from unpinch.advice import Advice, Course, advise
from unpinch.catalogue import Catalogue
from unpinch.daily import PlanFacts
from unpinch.database import Database
from unpinch.flares import flare_days
from unpinch.trend import Trend, trend_of

Judged = tuple[Trend, tuple[date, ...]]

SAID_ON_TODAY = "danger_sign_reported"
"""Today asks for the warning signs itself, before anything else."""


def course(db: Database, catalogue: Catalogue, today: date) -> Course:
    """The verdict on today and what the advice looks at beside it."""
    limits, chosen = catalogue.thresholds, store.baseline(db)
    since = chosen[1] if chosen else None
    verdict, flares = _judged(db, today, since, limits)
    reported, pauses = reports.reports(db, catalogue)
    sessions = store.planned_sessions(db, horizon(today, limits), _plans(store.file_of(db)))
    start, began = verdict.baseline_start or since, store.first_session(db)
    done = adherence(sessions, catalogue.exercises, start, today, limits, pauses, began)
    return Course(verdict, today, store.edge_reaches(db, since, today), done, flares, reported)


def _judged(db: Database, today: date, since: date | None, limits: Mapping[str, float]) -> Judged:
    """The verdict and the flares; of years of ratings worked out anew only when one of them has changed."""
    known, key = _last_judged(store.file_of(db)), (store.ratings_text(db, today), today, since)
    kept = known.get("last")
    if kept is None or kept[0] != key:
        days = store.daily_ratings(db, today)
        flares = flare_days(days, store.told_flares(db, today), limits)
        kept = known["last"] = (key, (trend_of(days, today, limits, since), flares))
    return kept[1]


def logged_advice(course: Course, catalogue: Catalogue) -> tuple[Advice, ...]:
    """The advice of today, noted once a spell as shown, with the instant at which the person put it aside.

    What needs care today is never put aside.
    """
    given = advise(course, catalogue.advice, catalogue.thresholds)
    if not given:
        return ()
    at, tz, spell = resources.now(), resources.timezone(), _spell_days(catalogue)
    with resources.database() as db:
        shown = store.spells(db, course.today, spell)
        for advice in given:
            if advice.id not in shown:
                store.log_advice(db, course.today, advice.id, at, tz, list(advice.because), spell)
    return tuple(
        replace(advice, acknowledged_at=shown[advice.id].acknowledged_at)
        if advice.id in shown and advice.may_be_put_aside
        else advice
        for advice in given
    )


def for_today(given: Iterable[Advice]) -> Advice | None:
    """The one advice for the Today page: the first that was not put aside."""
    return next((one for one in given if one.acknowledged_at is None and one.id != SAID_ON_TODAY), None)


def put_aside(advice: Advice, catalogue: Catalogue) -> None:
    """Fold this advice away until its spell ends; for a callback."""
    if advice.may_be_put_aside:
        with resources.database() as db:
            store.acknowledge(db, advice.id, resources.today(), resources.now(), _spell_days(catalogue))


def show_again(advice: Advice, catalogue: Catalogue) -> None:
    """Undo `put_aside`; for a callback."""
    with resources.database() as db:
        store.take_back_acknowledgement(db, advice.id, resources.today(), _spell_days(catalogue))


def _spell_days(catalogue: Catalogue) -> int:
    return int(catalogue.thresholds["advice_spell_days"])


@st.cache_resource(show_spinner=False, max_entries=8)
def _last_judged(file: str) -> dict[str, tuple[tuple[object, ...], Judged]]:
    return {}


@st.cache_resource(show_spinner=False, max_entries=8)
def _plans(file: str) -> dict[str, PlanFacts]:
    return {}
