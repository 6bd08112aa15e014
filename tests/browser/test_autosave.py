"""Answers given as fast as a hand can, and then leaving the page: none may be missing."""

import json
import sqlite3

import pytest


def stored(db):
    with sqlite3.connect(db) as connection:
        rows = connection.execute("SELECT item, answer FROM answers").fetchall()
    return {item: json.loads(answer) for item, answer in rows}


@pytest.fixture
def screen(serve, open_page, expect):
    from tests.browser.person import Person

    server = serve("app.py")
    page = open_page(f"{server.url}/assess")
    person = Person(page, expect)
    person.agree()
    person.press("Start")
    expect(page.get_by_text("Step 1 of")).to_be_visible()
    return server, page, person


def rapidly(page, texts):
    """Once all are there, click each in turn, 40 ms apart, inside the browser, so that no driver waits in between."""
    for text in texts:
        page.locator("label").filter(has_text=text).first.wait_for()
    page.evaluate(
        """async texts => {
            for (const text of texts) {
                const labels = [...document.querySelectorAll("label")];
                const label = labels.find(one => one.innerText.trim().startsWith(text));
                label.querySelector("input").click();
                await new Promise(done => setTimeout(done, 40));
            }
        }""",
        texts,
    )


def test_ticks_40_ms_apart_and_next_or_another_page_at_once_lose_none(screen, expect):
    """On the first screen, the tick and Next come within the same moment, as from a screen reader."""
    server, page, _ = screen
    expect(page.get_by_role("checkbox", name="None of these")).to_be_visible()
    expect(page.get_by_role("button", name="Next", exact=True)).to_be_visible()
    page.evaluate(
        """() => {
            const [none] = [...document.querySelectorAll("label")].filter(one => one.innerText.includes("None of"));
            const [next] = [...document.querySelectorAll("button")].filter(one => one.innerText.trim() === "Next");
            none.querySelector("input").click();
            next.click();
        }"""
    )
    expect(page.get_by_text("Step 2 of")).to_be_visible()
    signs = ("A foot slaps", "You cannot put weight", "You limp", "One calf or leg", "A leg or buttock suddenly")
    rapidly(page, [*signs, "None of"])
    page.get_by_role("button", name="Next", exact=True).click()
    expect(page.get_by_text("Step 3 of")).to_be_visible()
    answers = stored(server.db)
    yes = ("foot_drop", "cannot_bear_weight", "limp", "calf_swelling", "cold_or_discoloured_leg")
    assert {item: answers.get(item) for item in yes} == dict.fromkeys(yes, "yes")
    assert answers["leg_weakness"] == answers["claudication"] == "none"

    rapidly(page, ["Fever", "You feel very ill", "Chest pain", "A lump"])
    page.get_by_role("link", name="Learn").first.click()
    expect(page.get_by_role("heading", name="Learn", exact=True)).to_be_visible()
    answers = stored(server.db)
    yes = ("fever", "unwell", "chest_pain_or_breathless", "lump")
    assert {item: answers.get(item) for item in yes} == dict.fromkeys(yes, "yes")


def test_a_reload_and_a_new_server_continue_where_the_person_was(screen, open_page, expect):
    server, page, person = screen
    person.answer("list", "", "None of these")
    person.press("Next")
    expect(page.get_by_text("Step 2 of")).to_be_visible()
    page.get_by_text("You limp because of the pain").click()
    expect(page.get_by_role("radiogroup", name="Limping because of the pain")).to_be_visible()
    server.kill()
    server.start()
    again = open_page(f"{server.url}/assess")
    expect(again.get_by_text("Step 2 of")).to_be_visible()
    expect(again.get_by_role("checkbox", name="You limp because of the pain")).to_be_checked()
    again.get_by_role("button", name="Back", exact=True).click()
    expect(again.get_by_role("checkbox", name="None of these")).to_be_checked()


def test_back_pressed_twice_at_once_shows_what_was_answered_and_loses_none(screen, expect):
    server, page, person = screen
    person.answer("list", "", "None of these")
    person.press("Next")
    expect(page.get_by_text("Step 2 of")).to_be_visible()
    expect(page.get_by_role("button", name="Back", exact=True)).to_be_visible()
    before = stored(server.db)
    page.evaluate(
        """async () => {
            const [back] = [...document.querySelectorAll("button")].filter(one => one.innerText.trim() === "Back");
            for (const wait of [15, 15, 15]) {
                back.click();
                await new Promise(done => setTimeout(done, wait));
            }
        }"""
    )
    expect(page.get_by_text("Step 1 of")).to_be_visible()
    expect(page.get_by_role("checkbox", name="None of these", checked=False)).to_have_count(0)
    expect(page.get_by_role("checkbox", name="None of these", checked=True)).to_have_count(1)
    person.press("Next")
    expect(page.get_by_text("Step 2 of")).to_be_visible()
    assert stored(server.db) == before
