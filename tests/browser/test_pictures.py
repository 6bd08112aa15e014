"""Pictures on the learning pages: nothing moves before it is asked for, and it can be paused."""

import pytest

SHAPES = "JSON.stringify([...svg.querySelectorAll('path:has(animate)')].map(p => p.getBBox().x + ' ' + p.getBBox().y))"
MOVED = (
    "before => [...document.querySelectorAll('*')].map(e => e.shadowRoot?.querySelector('.movement svg'))"
    f".filter(Boolean).some(svg => {SHAPES} !== before)"
)
FRAMES = "() => new Promise(done => { let n = 0; const f = () => ++n < 30 ? requestAnimationFrame(f) : done(); f() })"


@pytest.fixture(scope="module")
def page(serve, browser):
    """The learning page, for the tests one after another: loading it takes longer than most of them."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{serve('app.py').url}/learn")
    yield page
    context.close()


def read(page, title):
    """Go to a topic or an exercise, from wherever."""
    back = page.get_by_role("link", name="All topics")
    page.get_by_role("link", name=title).or_(back).first.wait_for(timeout=20_000)
    if back.count():
        back.click()
    page.get_by_role("link", name=title).click()


def shape(page):
    """Where the outlines of the moving picture are now."""
    return page.locator(".movement svg").evaluate(f"svg => {SHAPES}")


def comes_to_move(page):
    """Wait until the picture is not as it was."""
    page.wait_for_function(MOVED, arg=shape(page))


def test_the_movement_plays_on_request_pauses_and_goes_back_to_the_still_pair(page, expect):
    read(page, "Clamshell")
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

    page.emulate_media(reduced_motion="reduce")
    expect(page.get_by_text("Your system asks for less motion")).to_be_visible()
    expect(page.locator(".movement svg .still")).to_be_visible()
    expect(page.locator(".movement svg .move")).to_be_hidden()
    expect(page.get_by_role("button", name="Pause")).to_be_hidden()
    page.emulate_media(reduced_motion="no-preference")

    page.get_by_text("Show the movement").click()
    expect(page.locator(".movement")).to_have_count(0)
    expect(page.locator("figcaption", has_text="Open the upper knee")).to_be_visible()


def test_the_side_mirrors_picture_and_words_and_is_remembered(page, expect):
    read(page, "Sleeping")
    picture = page.locator("svg.fig")
    expect(picture.locator("desc")).to_contain_text("Lying on the left side")
    page.get_by_role("radiogroup", name="Side shown").get_by_text("Left", exact=True).click()
    expect(picture.locator("desc")).to_contain_text("Lying on the right side")
    expect(picture.locator("title")).to_contain_text("left side")
    read(page, "Clamshell")
    expect(page.locator("svg.fig title").first).to_contain_text("left side")


def test_a_lesson_about_a_posture_shows_it_also_on_a_small_screen(page, expect):
    page.set_viewport_size({"width": 360, "height": 780})
    for lesson, shown in (
        ("Sitting", "Sitting with lumbar support"),
        ("Driving", "Driving with lumbar support"),
        ("Sleeping", "Sleeping with a pillow"),
    ):
        read(page, lesson)
        expect(page.locator("svg.fig title")).to_contain_text(shown)
        assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 360
