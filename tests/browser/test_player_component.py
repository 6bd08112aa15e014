"""The exercise player in a real browser: it plays by itself, and no fault loses or doubles a step."""

import json
import sqlite3
from contextlib import closing
from datetime import datetime
from itertools import pairwise
from typing import Any

import pytest

APP = "tests/browser/player_app.py"
WORK = ["1:completed", "3:completed", "6:completed"]
OUTSIDE = """() => {
  const { shadowRoot } = document.querySelector('[data-testid=stBidiComponentIsolated]');
  const seen = [...shadowRoot.querySelectorAll('.player *')].filter((e) => e.checkVisibility());
  return seen.filter((e) => e.getBoundingClientRect().right > innerWidth + 0.5).length;
}"""
HEAR = """() => {
  window.heard = [];
  const make = AudioContext.prototype.createOscillator;
  AudioContext.prototype.createOscillator = function () {
    const node = make.call(this);
    const start = node.start.bind(node);
    node.start = (at) => { window.heard.push([node.frequency.value, at]); start(at); };
    return node;
  };
}"""
CANNOT = """() => {
  navigator.wakeLock.request = () => Promise.reject(new Error('refused'));
  speechSynthesis.getVoices = () => [{ lang: 'en-GB', localService: false }];
}"""
LISTEN = """() => {
  const { shadowRoot } = document.querySelector('[data-testid=stBidiComponentIsolated]');
  const live = shadowRoot.querySelector('[role=status]');
  window.said = [];
  new MutationObserver(() => window.said.push(live.textContent)).observe(live, { childList: true });
}"""


@pytest.fixture(scope="module")
def app(serve: Any) -> Any:
    return serve(APP)


def stored(server: Any, session: str, kind: str = "event") -> list[dict[str, Any]]:
    """The reports in the order of their arrival."""
    with closing(sqlite3.connect(server.db)) as db:
        query = "select body from reports where session = ? and kind = ? order by arrived, rowid"
        return [json.loads(row[0]) for row in db.execute(query, (session, kind))]


def ids(server: Any, session: str, kind: str = "event") -> list[str]:
    return [report["id"] for report in stored(server, session, kind)]


def press(page: Any, name: str) -> None:
    page.locator(".player").get_by_role("button", name=name).click()


def phase(expect: Any, page: Any, index: int, status: str = "running") -> None:
    """Waits until this phase has this status."""
    expect(page.locator(f'.player[data-index="{index}"][data-status="{status}"]')).to_be_visible()


def over_and_saved(expect: Any, page: Any) -> None:
    expect(page.locator('.player[data-status="done"]')).to_be_visible(timeout=15_000)
    expect(page.locator(".player").get_by_text("saved", exact=True)).to_be_visible(timeout=15_000)


def to_the_gate(expect: Any, page: Any) -> None:
    """Plays to the phase that waits, with the first work phase stored."""
    press(page, "Start")
    phase(expect, page, 2)
    expect(page.locator(".player").get_by_text("saved", exact=True)).to_be_visible()


def go_on_from_the_gate(expect: Any, page: Any) -> None:
    phase(expect, page, 2, "paused")
    press(page, "Continue")
    press(page, "Next")
    over_and_saved(expect, page)


def test_a_routine_runs_to_its_end_by_itself_while_the_page_reruns_and_leaves(
    app: Any, open_page: Any, expect: Any
) -> None:
    page = open_page(f"{app.url}/?session=alone")
    page.evaluate(HEAR)
    press(page, "Start")
    page.get_by_role("button", name="Something else").click()
    page.get_by_text("Elsewhere").click()
    expect(page.locator(".player")).to_have_count(0)
    page.get_by_text("Elsewhere").click()
    over_and_saved(expect, page)
    events = stored(app, "alone")
    assert [event["id"] for event in events] == WORK
    assert [(e["side"], e["seconds"]) for e in events] == [("right", 0.7), ("left", 0.7), (None, 0.6)]
    ends = [datetime.fromisoformat(event["at"]) for event in events]
    gaps = [(later - earlier).total_seconds() for earlier, later in pairwise(ends)]
    assert gaps == pytest.approx([0.9, 1.0], abs=0.01), "ends lie on their deadlines"
    assert ids(app, "alone", "finished") == ["finished"]
    hertz = {round(tone[0]) for tone in page.evaluate("() => window.heard")}
    assert hertz == {660, 990, 440, 587, 523, 659, 784}, "start, rest, each repetition and the end sound"


def test_a_reload_comes_back_paused_and_another_browser_goes_on_behind_what_is_stored(
    app: Any, open_page: Any, expect: Any
) -> None:
    page = open_page(f"{app.url}/?session=moved&plan=gate")
    to_the_gate(expect, page)
    page.reload()
    phase(expect, page, 2, "paused")
    press(page, "Continue")
    phase(expect, page, 2)
    page.context.close()
    other = open_page(f"{app.url}/?session=moved&plan=gate")
    go_on_from_the_gate(expect, other)
    assert ids(app, "moved") == WORK


def test_a_server_that_dies_and_comes_back_gets_every_step_once(
    serve: Any, open_page: Any, expect: Any
) -> None:
    server = serve(APP)
    page = open_page(f"{server.url}/?session=outage&plan=gate")
    to_the_gate(expect, page)
    server.kill()
    press(page, "Next")
    expect(page.locator(".player").get_by_text("2 not saved yet")).to_be_visible()
    server.start()
    over_and_saved(expect, page)
    assert ids(server, "outage") == WORK


def test_a_second_tab_waits_and_takes_over_when_the_first_closes(
    app: Any, open_page: Any, expect: Any
) -> None:
    first = open_page(f"{app.url}/?session=tabs&plan=gate")
    to_the_gate(expect, first)
    second = open_page(f"{app.url}/?session=tabs&plan=gate", context=first.context)
    expect(second.get_by_text("open in another tab")).to_be_visible()
    expect(second.locator(".player").get_by_role("button", name="Pause")).to_have_count(0)
    first.close()
    go_on_from_the_gate(expect, second)
    assert ids(app, "tabs") == WORK


def test_keys_alone_play_a_session_and_leave_typing_alone(app: Any, open_page: Any, expect: Any) -> None:
    page = open_page(f"{app.url}/?session=keys&plan=long")
    player = page.locator(".player")
    player.get_by_role("button", name="Start").focus()
    page.keyboard.press("Enter")
    phase(expect, page, 0)
    page.evaluate("() => document.activeElement.blur()")
    page.keyboard.press("Space")
    phase(expect, page, 0, "paused")
    page.keyboard.press("Space")
    phase(expect, page, 0)
    page.keyboard.press("ArrowRight")
    phase(expect, page, 1)
    page.get_by_label("A note").click()
    page.keyboard.type("two words ")
    page.keyboard.press("ArrowLeft")
    phase(expect, page, 1)
    page.get_by_label("A note").blur()
    player.get_by_role("button", name="It hurts").focus()
    page.keyboard.press("Enter")
    expect(player.get_by_role("button", name="In the muscle")).to_be_focused()
    page.keyboard.press("Escape")
    expect(player.get_by_role("button", name="Resume")).to_be_focused()
    page.keyboard.press("Enter")
    phase(expect, page, 1)
    page.keyboard.press("ArrowRight")
    expect(player.get_by_text("saved", exact=True)).to_be_visible()
    assert ids(app, "keys") == ["1:skipped"]


def test_it_hurts_pauses_asks_where_and_tells_python(app: Any, open_page: Any, expect: Any) -> None:
    page = open_page(f"{app.url}/?session=hurts&plan=long")
    press(page, "Start")
    press(page, "Next")
    press(page, "It hurts")
    phase(expect, page, 1, "paused")
    press(page, "Tingling or numb")
    press(page, "Skip this exercise")
    phase(expect, page, 5, "paused")
    expect(page.locator(".player").get_by_text("saved", exact=True)).to_be_visible()
    assert stored(app, "hurts", "hurt") == [
        {"phase": 1, "step": 0, "exercise": "exercise_0", "where": "tingling", "id": "1:hurt:0"}
    ]
    assert ids(app, "hurts") == ["1:skipped", "3:skipped"]
    press(page, "Stop")
    press(page, "Stop for today")
    expect(page.get_by_text("Stopped for today").first).to_be_visible()


def test_what_the_browser_cannot_do_is_said(app: Any, open_page: Any, expect: Any) -> None:
    page = open_page(f"{app.url}/?session=cannot&plan=long")
    page.evaluate(CANNOT)
    page.get_by_label("Sound").select_option("voice")
    expect(page.get_by_text("sound voice")).to_be_visible()
    press(page, "Start")
    expect(page.get_by_text("cannot keep the screen on")).to_be_visible()
    expect(page.get_by_text("no English voice of its own")).to_be_visible()
    page.reload()
    expect(page.get_by_label("Sound")).to_have_value("voice")


@pytest.mark.parametrize(
    ("width", "height", "dark"), [(320, 640, True), (360, 740, False), (1280, 900, True)]
)
def test_it_fits_reads_and_can_be_hit_on_any_screen(
    app: Any, open_page: Any, expect: Any, width: int, height: int, dark: bool
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = open_page(
        f"{app.url}/?session=fits{width}&plan=long&picture=1", width=width, height=height, dark=dark,
        phone=width < 500, calm=True,
    )  # fmt: skip
    press(page, "Start")
    page.evaluate(LISTEN)
    press(page, "Next")
    phase(expect, page, 1)
    player = page.locator(".player")
    for name in ("Back", "Pause", "Next", "It hurts", "Stop"):
        box = player.get_by_role("button", name=name).bounding_box()
        assert min(box["width"], box["height"]) >= 48, name
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width
    assert page.evaluate(OUTSIDE) == 0
    if height >= 740:
        for part in (player.get_by_role("timer"), player.locator(".side"), player.get_by_role("heading")):
            expect(part).to_be_in_viewport(ratio=1)
        expect(player.get_by_role("button", name="Pause")).to_be_in_viewport(ratio=1)
        expect(player.get_by_role("button", name="It hurts")).to_be_in_viewport(ratio=1)
    ring = player.locator(".ring")
    assert ring.evaluate("(e) => getComputedStyle(e).transitionDuration") == "0s"
    before = ring.evaluate("(e) => parseFloat(e.style.strokeDashoffset)")
    expect(player.get_by_role("timer")).to_contain_text("28")
    assert ring.evaluate("(e) => parseFloat(e.style.strokeDashoffset)") > before
    said = page.evaluate("() => window.said")
    announced = "Hold, Seated figure-4 stretch, right side, 30 seconds."
    assert said == [announced], "phases are announced, seconds are not"
    faults = Axe().run(page, context="[data-testid=stBidiComponentIsolated]").response["violations"]
    assert [(fault["id"], node["target"]) for fault in faults for node in fault["nodes"]] == []
