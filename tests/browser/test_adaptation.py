"""It hurts, in a browser: another exercise comes, says why, and is still there after the page is loaded again."""

import datetime
import json
import sqlite3
import tomllib
from contextlib import closing
from pathlib import Path

import pytest

from unpinch import catalogue as content
from unpinch import store
from unpinch.diary import Session

WELL = Path(__file__).parents[1] / "cases" / "well.toml"


@pytest.fixture
def trained(serve, tmp_path):
    """The app for somebody assessed today whose ball massage hurt in the muscle yesterday."""
    path, catalogue, now = tmp_path / "unpinch.db", content.load(), datetime.datetime.now(datetime.UTC)
    yesterday, version = now - datetime.timedelta(days=1), catalogue.questionnaire.version
    answers = tomllib.loads(WELL.read_text("utf-8"))["answers"]
    with store.connect(path) as db:
        text = "\n".join((*catalogue.consent.points, catalogue.consent.agree))
        store.add_consent(db, catalogue.consent.version, now, text, "uk")
        store.start_response(db, "a", at=now, tz="UTC", day=now.date(), questionnaire_version=version)
        store.save_answers(db, "a", {item: (one, {"text": item}) for item, one in answers.items()}, version, now)
        store.finish_response(db, "a", now)
        store.start_session(db, Session("s", yesterday.date(), yesterday, "UTC", {"phases": [], "steps": []}))
        report = {"id": "1:hurt:0", "phase": 1, "step": 0, "exercise": "ball_release_lying", "where": "muscle"}
        store.add_hurts(db, "s", [report], yesterday, yesterday.date())
        store.finish_session(db, "s", yesterday)
    return serve("app.py", db=path)


def plan(server):
    with closing(sqlite3.connect(server.db)) as db:
        return json.loads(db.execute("SELECT plan FROM sessions ORDER BY seq DESC").fetchone()[0])


def test_what_hurts_again_is_exchanged_at_once_and_stays_so(trained, open_page, expect):
    page = open_page(f"{trained.url}/routine", width=360, height=780)
    page.get_by_role("button", name="Start", exact=True).click()
    player = page.locator(".player")
    player.get_by_role("button", name="Start").click()
    player.get_by_role("button", name="Next").click()
    expect(player).to_have_attribute("data-kind", "hold")
    player.get_by_role("button", name="It hurts").click()
    player.get_by_role("button", name="In the muscle").click()
    expect(player.get_by_text("Ball massage, lying hurt in the muscle twice within a week.")).to_be_visible()
    go_on = player.get_by_role("button", name="Go on with Ball massage, seated")
    expect(go_on).to_be_focused()

    page.reload()  # before anything was chosen: what hurt is not offered again
    expect(go_on).to_be_visible(timeout=20_000)
    go_on.click()
    heading = player.get_by_role("heading", name="Ball massage, seated")
    expect(heading).to_be_visible()
    expect(player.get_by_text("saved", exact=True)).to_be_visible()
    assert [step["exercise"] for step in plan(trained)["steps"][:2]] == ["ball_release_lying", "ball_release_seated"]

    page.reload()
    expect(heading).to_be_visible(timeout=20_000)
    player.get_by_role("button", name="Continue").click()
    expect(player).to_have_attribute("data-kind", "prepare")

    page.goto(f"{trained.url}/routine")  # from anywhere else: asked first, nothing plays by itself
    page.get_by_role("button", name="Continue at Ball massage, seated, right").click(timeout=20_000)
    expect(heading).to_be_visible()
    player.get_by_role("button", name="It hurts").click()
    player.get_by_role("button", name="Tingling or numb").click()
    expect(page.get_by_role("heading", name="Stop for now")).to_be_visible()
    with closing(sqlite3.connect(trained.db)) as db:
        done = db.execute("SELECT outcome FROM completions").fetchall()
        open_ = db.execute("SELECT count(*) FROM sessions WHERE finished_at IS NULL").fetchone()
    assert (done, open_) == ([("skipped",)], (0,))
