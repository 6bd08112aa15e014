"""Pictures on the learning pages: nothing moves before it is asked for, and it can be paused."""

import pytest

SHAPES = "JSON.stringify([...svg.querySelectorAll('path:has(animate)')].map(p => p.getBBox().x + ' ' + p.getBBox().y))"
MOVED = (
    "before => [...document.querySelectorAll('*')].map(e => e.shadowRoot?.querySelector('.movement svg'))"
    f".filter(Boolean).some(svg => {SHAPES} !== before)"
)
FRAMES = "() => new Promise(done => { let n = 0; const f = () => ++n < 30 ? requestAnimationFrame(f) : done(); f() })"


@pytest.fixture(scope="module")
def learning(serve):
    return serve("app.py").url


def shape(page):
    """Where the outlines of the moving picture are now."""
    return page.locator(".movement svg").evaluate(f"svg => {SHAPES}")


def comes_to_move(page):
    """Wait until the picture is not as it was."""
    page.wait_for_function(MOVED, arg=shape(page))


def test_the_movement_plays_on_request_pauses_and_goes_back_to_the_still_pair(learning, open_page, expect):
    page = open_page(f"{learning}/learn?read=clamshell")
    expect(page.locator("figcaption", has_text="Open the upper knee")).to_be_visible()
    assert page.locator("animate").count() == 0
    page.get_by_text("Show the movement").click()
    expect(page.locator(".movement svg")).to_be_visible()
    comes_to_move(page)
    page.get_by_role("button", name="Pause").click()
    still = shape(page)
    page.evaluate(FRAMES)
    assert shape(page) == still
    page.get_by_role("button", name="Play").click()
    comes_to_move(page)
    page.get_by_text("Show the movement").click()
    expect(page.locator(".movement")).to_have_count(0)
    expect(page.locator("figcaption", has_text="Open the upper knee")).to_be_visible()


def test_with_less_motion_asked_for_the_picture_stays_still(learning, open_page, expect):
    page = open_page(f"{learning}/learn?read=clamshell", calm=True)
    page.get_by_text("Show the movement").click()
    expect(page.get_by_text("Your system asks for less motion")).to_be_visible()
    expect(page.locator(".movement svg .still")).to_be_visible()
    expect(page.locator(".movement svg .move")).to_be_hidden()
    expect(page.get_by_role("button", name="Pause")).to_be_hidden()


def test_the_side_mirrors_picture_and_words_and_is_remembered(learning, open_page, expect):
    page = open_page(f"{learning}/learn?read=sleeping")
    picture = page.locator("svg.fig")
    expect(picture.locator("desc")).to_contain_text("Lying on the left side")
    page.get_by_role("radiogroup", name="Side shown").get_by_text("Left", exact=True).click()
    expect(picture.locator("desc")).to_contain_text("Lying on the right side")
    expect(picture.locator("title")).to_contain_text("left side")
    page.get_by_role("link", name="All topics").click()
    page.get_by_role("link", name="Clamshell").click()
    expect(page.locator("svg.fig title").first).to_contain_text("left side")


@pytest.mark.parametrize("lesson", ["sitting", "driving", "sleeping"])
def test_a_lesson_about_a_posture_shows_it(learning, open_page, expect, lesson):
    page = open_page(f"{learning}/learn?read={lesson}", width=360, phone=True)
    expect(page.locator("svg.fig")).to_be_visible()
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 360
