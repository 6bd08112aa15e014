"""The whole way on the real app: the answers by keyboard alone, the result, the routine, a step by its timer, pain
after, the trend, a new server."""

import re
import sqlite3

from tests.browser.keyboard import INPUTS, SCREENS, Keyboard
from tests.browser.person import Person
from unpinch import catalogue as content

MOST_SCREENS = 14
MOST_INPUTS = 80
MOOT = (
    "pregnant",
    "periods",
    "replaced hip",
    "When is it numb",
    "sores on the foot",
    "baby",
    "Has a clinician examined",
    "What makes that walking pain go",
)
"""What a man without numbness, hip replacement, walking pain or three months of pain need not be asked."""


def test_what_would_be_moot_is_worded_as_it_is_looked_for():
    items = content.load().questionnaire.items
    assert [words for words in MOOT if not any(words in item.text + item.tick for item in items)] == []


def test_from_the_first_answer_by_keyboard_to_the_trend_and_still_there_after_a_restart(serve, open_page, expect):
    server = serve("app.py")
    page = open_page(f"{server.url}/assess", width=360, height=740)
    person = Person(page, expect)
    person.agree()
    assert answered_by_keyboard(page, expect) <= MOST_INPUTS
    assert len(SCREENS) + 1 <= MOST_SCREENS
    expect(page.get_by_text("partly match").or_(page.get_by_text("Your answers match"))).to_be_visible()

    person.press("See the routine")
    expect(page.get_by_role("heading", name="Today's routine")).to_be_visible()
    page.get_by_role("radiogroup", name="Pain at this moment").get_by_text("5", exact=True).click()
    person.press("Start")
    player = page.get_by_test_id("stBidiComponentIsolated").filter(has=page.get_by_role("timer"))
    player.get_by_role("button", name="Start").click()
    player.get_by_role("button", name="Next").click()
    expect(player.get_by_text("Move", exact=True)).to_be_visible()
    expect(player.get_by_text("saved", exact=True)).to_be_visible(timeout=50_000)
    with sqlite3.connect(server.db) as db:
        done = db.execute("SELECT outcome, seconds FROM completions").fetchall()
    assert done == [("completed", 30.0)]

    player.get_by_role("button", name="Stop").click()
    player.get_by_role("button", name="Stop for today").click()
    expect(page.get_by_role("heading", name="Session over")).to_be_visible()
    page.get_by_role("radiogroup", name="Pain at this moment").get_by_text("3", exact=True).click()
    person.press("Save")
    expect(page.get_by_text("Pain before 5, after 3")).to_be_visible()

    server.kill()
    server.start()
    page = open_page(f"{server.url}/trends", width=360, height=740)  # a bookmark as the first request after a start
    expect(page.get_by_role("heading", name="Too early to say")).to_be_visible()
    page.get_by_text("Tables of this chart").click()
    row = page.get_by_role("row").filter(has_text="5").filter(has_text="3")
    expect(row.first).to_be_visible()
    with sqlite3.connect(server.db) as db:
        kept = db.execute("SELECT count(*) FROM completions WHERE outcome = 'completed'").fetchone()
        answers = db.execute("SELECT count(*) FROM answers").fetchone()
    assert kept == (1,)
    assert answers[0] > 60


def answered_by_keyboard(page, expect):
    """Fill in everything as somebody well would, and see the result: the number of inputs shown."""
    expect(page.get_by_role("button", name="Start", exact=True)).to_be_visible()
    page.wait_for_function("globalThis.__unpinchScreen?.name === 'start'")  # what moves the focus has loaded
    keyboard = Keyboard(page, expect)
    keyboard.press("Start")
    inputs = 0
    for number, answers in enumerate(SCREENS, 1):
        expect(page.get_by_text(f"Step {number} of {len(SCREENS)},")).to_be_visible()
        expect(page.get_by_role("heading", level=1)).to_be_focused()
        if answers[0][1] == "Where does it hurt":
            assert page.get_by_text("Which side").count() == 0
        for answer in answers:
            keyboard.answer(*answer)
        expect(page.get_by_test_id("stMain")).not_to_contain_text(re.compile("|".join(MOOT)))
        inputs += page.locator(INPUTS).count()
        keyboard.press("Next")
    expect(page.get_by_role("heading", name="Check your answers")).to_be_focused()
    keyboard.press("See my result")
    expect(page.get_by_role("heading", name="You can start with self-care")).to_be_focused()
    return inputs
