"""The sample data: labelled, repeatable, whole, and lively enough to show what the app can do."""

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from unpinch import store
from unpinch.catalogue import load
from unpinch.demo import NOTE, fill
from unpinch.findings import Urgency, assess
from unpinch.questionnaire import Response, missing
from unpinch.trend import Direction, trend
from unpinch.weeks import ratings_of

TODAY = date(2026, 5, 20)
CATALOGUE = load()


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    with store.connect(path) as db:
        fill(db, CATALOGUE, TODAY)
    return path


def test_twelve_weeks_end_yesterday_with_gaps_and_two_flares(path):
    with store.connect(path) as db:
        entries = store.check_ins(db)
    days = [entry.day for entry in entries]
    assert min(days) >= TODAY - timedelta(days=84)
    assert max(days) < TODAY
    gaps = [(after - before).days for before, after in pairwise(days)]
    assert max(gaps) >= 4
    flares = [entry.day for entry in entries if entry.flare]
    assert flares
    assert (flares[-1] - flares[0]).days > 20


def test_every_note_says_that_it_is_sample_data(path):
    with store.connect(path) as db:
        notes = {entry.note for entry in (*store.check_ins(db), *store.sessions(db))}
        assert store.get_setting(db, "demo") is True
        assert NOTE in store.last_consent(db).text
    assert notes == {NOTE}


def test_the_assessment_is_complete_and_allows_the_routine(path):
    with store.connect(path) as db:
        given = store.answers(db, store.latest_response(db).uid)
    answers = {item: tuple(answer) if isinstance(answer, list) else answer for item, answer in given.items()}
    assert missing(CATALOGUE.questionnaire, answers) == ()
    for item, answer in answers.items():
        assert CATALOGUE.questionnaire.item(item).problem(answer) is None
    found = assess(Response(answers), CATALOGUE.findings, CATALOGUE.thresholds)
    assert found.urgency is Urgency.SELF_CARE


def test_sessions_have_pain_before_and_after_and_finished_steps(path):
    with store.connect(path) as db:
        sessions, done = store.sessions(db), store.completions(db)
    assert len(sessions) > 30
    assert all(None not in (one.pain_before, one.pain_after, one.finished_at) for one in sessions)
    assert {one.session_uid for one in done} == {one.uid for one in sessions}
    assert {one.outcome for one in done} == {"completed", "skipped"}


def test_the_sample_shows_an_improvement(path):
    with store.connect(path) as db:
        ratings = ratings_of(store.check_ins(db), store.pain_entries(db))
    assert trend(ratings, TODAY, CATALOGUE.thresholds).direction is Direction.IMPROVING


def test_the_same_day_gives_the_same_data(path, tmp_path):
    with store.connect(path) as db:
        before = store.export_all(db)["tables"]
    with store.connect(tmp_path / "again.db") as db:
        fill(db, CATALOGUE, TODAY)
        again = store.export_all(db)["tables"]
    assert again == before
