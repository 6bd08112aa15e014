"""The routine on paper: complete, escaped, and nothing to fetch."""

from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest

from unpinch.exchange.sheet import sheet
from unpinch.exercise import Side, Step

DAY = date(2026, 11, 20)
NAMES = ("ball_release_seated", "seated_figure4_stretch", "clamshell", "glute_bridge")


class Reader(HTMLParser):
    """Collects text and attributes, and notices a tag that is left open."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.tags: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attributes]
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_startendtag(self, tag, attributes):
        self.tags.append(tag)

    def handle_data(self, data):
        self.words.append(data)


def read(text: str) -> Reader:
    reader = Reader()
    reader.feed(text)
    assert reader.open == []
    return reader


def steps(catalogue, *names: str) -> tuple[Step, ...]:
    found = [catalogue.exercises[name] for name in names]
    return tuple(Step(one, one.dose, Side.BOTH, Side.LEFT, ("pain_sites",), one.sources) for one in found)


def made(catalogue, chosen: tuple[Step, ...], **more) -> str:
    pictures = {step.exercise.id: "<svg></svg>" for step in chosen}
    given = {"pictures": pictures, "said": {"pain_sites": "Where does it hurt? Buttock"}, **more}
    return sheet(chosen, given["pictures"], catalogue.sources, DAY, 12.4, given["said"])


def test_each_step_has_picture_dose_side_cues_and_stop_rules(catalogue):
    chosen = steps(catalogue, *NAMES)
    reader = read(made(catalogue, chosen))
    words = " ".join(reader.words)
    assert reader.tags.count("svg") == len(chosen)
    for step in chosen:
        assert step.exercise.name in words
        assert step.dose.text in words
        for claim in (*step.exercise.cues, *step.exercise.stop_if):
            assert claim.text in words
    assert "each side, left first" in words
    assert "20 November 2026" in words
    assert "Where does it hurt? Buttock" in words


def test_it_says_that_it_is_no_diagnosis_and_when_to_stop(catalogue):
    words = " ".join(read(made(catalogue, steps(catalogue, *NAMES))).words)
    assert "does not diagnose" in words
    assert "one of several possible causes" in words
    assert "new numbness between the legs" in words


def test_every_source_that_is_numbered_is_listed(catalogue):
    chosen = steps(catalogue, *NAMES)
    text = made(catalogue, chosen)
    for step in chosen:
        for key in (step.dose.source, *step.sources, *(claim.source for claim in step.exercise.cues)):
            assert catalogue.sources[key].title.replace("&", "&amp;")[:20] in text.replace("&#x27;", "'")


def test_nothing_is_fetched_from_anywhere(catalogue):
    reader = read(made(catalogue, steps(catalogue, *NAMES)))
    assert not {"link", "script", "img", "iframe", "object"} & set(reader.tags)
    assert not [value for name, value in reader.attributes if name in ("src", "href", "style")]


@pytest.mark.parametrize("nasty", ["<script>alert(1)</script>", '"><img src=x onerror=y>', "a & b < c"])
def test_words_stay_words(catalogue, nasty):
    (step,) = steps(catalogue, "clamshell")
    step = replace(step, exercise=replace(step.exercise, name=nasty, purpose=nasty, instructions=(nasty,)))
    reader = read(made(catalogue, (step,), said={"pain_sites": nasty}))
    assert "".join(reader.words).count(nasty) == 3
    assert not {"script", "img"} & set(reader.tags)


def test_a_side_that_is_done_alone_is_named(catalogue):
    (step,) = steps(catalogue, "clamshell")
    words = " ".join(read(made(catalogue, (replace(step, side=Side.RIGHT),))).words)
    assert "right side only" in words


def test_the_routine_of_an_assessment_becomes_a_sheet_with_its_pictures(assessed, catalogue):
    from pages.components import assessed as answered
    from pages.components.sheet import page

    assessed()
    latest = answered.latest(catalogue)
    reader = read(page(latest.routine, DAY, latest.said, catalogue.sources))
    words = " ".join(reader.words)
    assert reader.tags.count("svg") == len(latest.routine.steps) > 0
    assert all(step.exercise.name in words for step in latest.routine.steps)
    assert "Why:" in words
    assert "**" not in words
    ids = [value for name, value in reader.attributes if name == "id"]
    assert len(ids) == len(set(ids))
