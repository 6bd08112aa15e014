"""The printed routine in a real browser: one or two sheets of A4, whatever the exercises."""

import itertools
import re
from datetime import date

import pytest

from unpinch import catalogue, figure
from unpinch.exchange.sheet import sheet
from unpinch.exercise import Side, Step

CONTENT = catalogue.load()
SAID = {"pain_sites": "Where does it hurt? Buttock, Back of the thigh", "aggravators": "What makes it worse? Sitting"}


def words(name: str) -> int:
    exercise = CONTENT.exercises[name]
    claims = (*exercise.cues, *exercise.stop_if)
    return sum(map(len, (exercise.setup, *exercise.instructions, *(claim.text for claim in claims))))


LONGEST = sorted(CONTENT.exercises, key=words, reverse=True)
ROUTINES = (
    ("ball_release_seated", "seated_figure4_stretch", "clamshell", "glute_bridge"),
    tuple(LONGEST[:4]),
    tuple(itertools.islice(LONGEST, 4, 8)),
)


def printed(names: tuple[str, ...]) -> str:
    chosen = [CONTENT.exercises[name] for name in names]
    steps = [Step(one, one.dose, Side.BOTH, Side.RIGHT, tuple(SAID), one.sources) for one in chosen]
    specs = {name: figure.load(catalogue.figure(name)) for name in names}
    pictures = {name: figure.draw(spec, "right", f"sheet-{name}", theme="light") for name, spec in specs.items()}
    return sheet(steps, pictures, CONTENT.sources, date(2026, 11, 20), 19.5, SAID)


@pytest.mark.parametrize("names", ROUTINES, ids=["usual", "longest", "next longest"])
def test_four_steps_fit_two_sheets_of_a4(browser, names):
    page = browser.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_content(printed(names))
    pdf = page.pdf(prefer_css_page_size=True)
    page.close()
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) <= 2
    assert re.search(rb"/MediaBox\s*\[0 0 59[45]\.?\d* 84[12]", pdf)
    assert asked == []


def test_one_step_fits_one_sheet_and_nothing_scrolls_sideways_on_a_phone(browser):
    page = browser.new_page(viewport={"width": 360, "height": 700})
    page.set_content(printed(("clamshell",)))
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))) == 1
    page.close()
