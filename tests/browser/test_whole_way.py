"""The whole way on the real app: answers, result, routine, a step by its timer, pain after, trend, a new server."""

import sqlite3

from tests.browser.person import Person


def test_from_the_first_answer_to_the_trend_and_still_there_after_a_restart(serve, open_page, expect):
    server = serve("app.py")
    page = open_page(f"{server.url}/assess", width=360, height=740)
    person = Person(page, expect)
    person.agree()
    person.fill_in()
    person.press("See my result")
    expect(page.get_by_role("heading", name="You can start with self-care")).to_be_visible()
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
    page = open_page(f"{server.url}/trends", width=360, height=740)
    expect(page.get_by_role("heading", name="Too early to say")).to_be_visible()
    page.get_by_text("Pain before and after sessions").click()
    row = page.get_by_role("row").filter(has_text="5").filter(has_text="3")
    expect(row.first).to_be_visible()
    with sqlite3.connect(server.db) as db:
        kept = db.execute("SELECT count(*) FROM completions WHERE outcome = 'completed'").fetchone()
        answers = db.execute("SELECT count(*) FROM answers").fetchone()
    assert kept == (1,)
    assert answers[0] > 60
