"""The exercise player in a real browser: it plays by itself, and no fault loses or doubles a step."""

import json
import sqlite3
from contextlib import closing
from datetime import datetime
from itertools import pairwise
from typing import Any

import pytest

from tests.browser.raw_tab import RawTab

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
SCREENS = ((320, 640, "dark"), (360, 740, "light"), (1280, 900, "dark"))
PLAYER = "document.querySelector('[data-testid=stBidiComponentIsolated]')?.shadowRoot?.querySelector('.player')"
LISTEN = """() => {
  const { shadowRoot } = document.querySelector('[data-testid=stBidiComponentIsolated]');
  const live = shadowRoot.querySelector('[role=status]');
  window.said = [];
  new MutationObserver(() => window.said.push(live.textContent)).observe(live, { childList: true });
}"""


@pytest.fixture(scope="module")
def app(serve: Any) -> Any:
    return serve(APP)


@pytest.fixture(scope="module")
def traffic() -> list[Any]:
    """All that went between the tab and the server since it was opened."""
    return []


@pytest.fixture(scope="module")
def tab(app: Any, browser: Any, traffic: list[Any]) -> Any:
    """One tab for all tests of this file: loading a page takes longer than most of them."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    for way in ("framesent", "framereceived"):
        page.on("websocket", lambda wire, way=way: wire.on(way, lambda data: traffic.append(data)))
    page.goto(app.url)
    yield page
    context.close()


@pytest.fixture
def play(tab: Any, expect: Any) -> Any:
    """play(session, plan="short", **more): the tab with the player of a session that is new to it."""

    def begin(session: str, plan: str = "short", **more: str) -> Any:
        query = "&".join(f"{key}={value}" for key, value in {"session": session, "plan": plan, **more}.items())
        field = tab.get_by_label("Which")
        field.fill(query, timeout=20_000)
        field.press("Enter")
        expect(tab.get_by_text(f"session {session}, ")).to_be_visible()
        expect(tab.locator(".player[data-status]")).to_have_count(1)
        return tab

    return begin


def stored(server: Any, session: str, kind: str = "event") -> list[dict[str, Any]]:
    """The reports in the order of their arrival."""
    with closing(sqlite3.connect(server.db)) as db:
        query = "select body from reports where session = ? and kind = ? order by arrived, rowid"
        return [json.loads(row[0]) for row in db.execute(query, (session, kind))]


def ids(server: Any, session: str, kind: str = "event") -> list[str]:
    return [report["id"] for report in stored(server, session, kind)]


def gaps(events: list[dict[str, Any]]) -> list[float]:
    """Seconds between the ends of what was done."""
    ends = [datetime.fromisoformat(event["at"]) for event in events]
    return [(later - earlier).total_seconds() for earlier, later in pairwise(ends)]


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


def test_a_routine_runs_to_its_end_by_itself_while_the_page_reruns_and_leaves(app: Any, play: Any, expect: Any) -> None:
    page = play("alone")
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
    assert gaps(events) == pytest.approx([0.9, 1.0], abs=0.01), "ends lie on their deadlines"
    expect(page.get_by_text("session alone, sound None, stored 3")).to_be_visible()
    assert ids(app, "alone", "finished") == ["finished"]
    hertz = {round(tone[0]) for tone in page.evaluate("() => window.heard")}
    assert hertz == {660, 990, 440, 587, 523, 659, 784}, "start, rest, each repetition and the end sound"


def test_a_hidden_tab_keeps_time_pauses_after_sleep_and_saves_each_step_once(app: Any, browser: Any) -> None:
    tab = RawTab(browser, f"{app.url}/?session=hidden&plan=gate")
    left = "unpinchSessions.get('hidden').engine.remainingMs(performance.now()) / 1000"

    def at(index: int, status: str) -> str:
        return f"{PLAYER}?.dataset.index === '{index}' && {PLAYER}.dataset.status === '{status}'"

    def click(name: str) -> None:
        tab.run(f"[...{PLAYER}.querySelectorAll('button')].find((e) => e.textContent === '{name}').click()")

    try:
        tab.wait(at(0, "idle"))
        click("Start")
        tab.wait(at(2, "running"))
        tab.wait(f"{PLAYER}.textContent.includes('saved')")
        seen = tab.run(left)
        tab.hide()
        tab.wait(f"{left} < {seen - 0.4}")
        tab.show()
        began = datetime.fromisoformat(stored(app, "hidden")[0]["at"]).timestamp()
        remaining, now = tab.run(f"[{left}, Date.now() / 1000]")
        assert remaining == pytest.approx(300 - (now - began), abs=0.1), "right to 100 ms after coming back"

        tab.hide()
        before = tab.run(left)
        tab.run("{ const real = Date.now; Date.now = () => real() + 600_000 }")  # as a laptop that slept
        tab.wait(at(2, "paused"))
        assert tab.run(left) == pytest.approx(before, abs=1), "what nobody saw does not count"
        tab.show()
        assert tab.run(f"{PLAYER}.textContent.includes('this device was asleep')")
        assert ids(app, "hidden") == WORK[:1]
        click("Resume")
        tab.wait(at(2, "running"))

        tab.hide()
        click("Next")
        tab.wait(f"{PLAYER}.dataset.status === 'done' && [...{PLAYER}.querySelectorAll('.badge')].every("
                 "(e) => e.textContent === 'saved')")  # fmt: skip
        assert tab.run("document.visibilityState") == "hidden"
        events = stored(app, "hidden")
        assert [event["id"] for event in events] == WORK
        assert gaps(events)[1] == pytest.approx(1.0, abs=0.01), "ends lie on their deadlines, seen or not"
        assert [event["seconds"] for event in events] == [0.5, 0.5, 0.6]
    finally:
        tab.close()


def test_a_second_tab_waits_and_takes_over_when_the_first_closes(
    app: Any, open_page: Any, play: Any, expect: Any
) -> None:
    second = play("other")
    first = open_page(f"{app.url}/?session=tabs&plan=gate", context=second.context)
    to_the_gate(expect, first)
    play("tabs", "gate")
    expect(second.get_by_text("open in another tab")).to_be_visible()
    expect(second.locator(".player").get_by_role("button", name="Pause")).to_have_count(0)
    first.close()
    go_on_from_the_gate(expect, second)
    assert ids(app, "tabs") == WORK


def test_keys_alone_play_a_session_and_leave_typing_alone(app: Any, play: Any, expect: Any) -> None:
    page = play("keys", "long")
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


def test_it_hurts_pauses_asks_where_and_tells_python(app: Any, play: Any, expect: Any) -> None:
    page = play("hurts", "long")
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


def test_it_fits_reads_and_can_be_hit_on_any_screen_and_leaves_the_server_alone(
    play: Any, expect: Any, traffic: list[Any]
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = play("fits", "long", picture="1")
    page.emulate_media(reduced_motion="reduce")
    press(page, "Start")
    page.evaluate(LISTEN)
    press(page, "Next")
    phase(expect, page, 1)
    player, ring = page.locator(".player"), page.locator(".player .ring")
    assert ring.evaluate("(e) => getComputedStyle(e).transitionDuration") == "0s"
    before, sent = ring.evaluate("(e) => parseFloat(e.style.strokeDashoffset)"), len(traffic)
    assert sent, "the traffic is seen at all"
    expect(player.get_by_role("timer")).to_contain_text("28")
    assert ring.evaluate("(e) => parseFloat(e.style.strokeDashoffset)") > before
    assert len(traffic) == sent, "nothing goes to the server or comes from it while a phase runs"
    said = page.evaluate("() => window.said")
    assert said == ["Hold, Seated figure-4 stretch, right side, 30 seconds."], "phases are announced, seconds are not"
    for width, height, scheme in SCREENS:
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        press(page, "Back")  # from the start of the hold: all screens see the same phase
        page.evaluate("() => document.querySelector('[data-testid=stBidiComponentIsolated]').scrollIntoView()")
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
        faults = Axe().run(page, context="[data-testid=stBidiComponentIsolated]").response["violations"]
        assert [(fault["id"], node["target"]) for fault in faults for node in fault["nodes"]] == [], (width, scheme)
        page.evaluate("() => { document.documentElement.style.fontSize = '200%' }")
        assert page.evaluate(OUTSIDE) == 0, f"at {width} px with text of 200 per cent"
        page.evaluate("() => { document.documentElement.style.fontSize = '' }")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.emulate_media(color_scheme="light", reduced_motion="no-preference")


def test_what_the_browser_cannot_do_is_said_and_a_reload_comes_back_paused_with_the_same_sound(
    app: Any, open_page: Any, play: Any, expect: Any
) -> None:
    page = play("moved", "gate")
    page.evaluate(CANNOT)
    page.get_by_label("Sound").select_option("voice")
    expect(page.get_by_text("session moved, sound voice")).to_be_visible()
    to_the_gate(expect, page)
    expect(page.get_by_text("cannot keep the screen on")).to_be_visible()
    expect(page.get_by_text("no English voice of its own")).to_be_visible()
    page.reload()
    phase(expect, page, 2, "paused")
    expect(page.get_by_label("Sound")).to_have_value("voice")
    press(page, "Continue")
    phase(expect, page, 2)
    play("elsewhere")  # the other browser goes on behind what is stored
    other = open_page(f"{app.url}/?session=moved&plan=gate")
    go_on_from_the_gate(expect, other)
    assert ids(app, "moved") == WORK


def test_a_server_that_dies_and_comes_back_gets_every_step_once(app: Any, play: Any, expect: Any) -> None:
    page = play("outage", "gate")
    to_the_gate(expect, page)
    app.kill()
    press(page, "Next")
    expect(page.locator(".player").get_by_text("2 not saved yet")).to_be_visible()
    app.start()
    over_and_saved(expect, page)
    assert ids(app, "outage") == WORK
