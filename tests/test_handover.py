"""The page for the clinician: whole HTML, everything that matters, nothing that is not escaped."""

import re
from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser
from typing import Any

import pytest

from tests.conftest import NOW, well_person
from unpinch.catalogue import Catalogue
from unpinch.diary import Hurt, Session
from unpinch.exchange.handover import Tried, page, summarise
from unpinch.findings import assess
from unpinch.questionnaire import Response, applicable
from unpinch.routine import recommend

DAY = date(2026, 11, 20)
AT = datetime(2026, 11, 18, 8, 0, tzinfo=UTC)
VOID = {"meta", "br", "hr"}


class Reader(HTMLParser):
    """Reads a page strictly: every tag closed in its turn; keeps the tags, their attributes and the text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text.append(data)


def read(html: str) -> tuple[list[tuple[str, dict[str, str | None]]], str]:
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert reader.open == []
    return reader.tags, " ".join(reader.text)


def handover(catalogue: Catalogue, tried: Tried | None = None, **changes: Any) -> str:
    given = {**well_person(), **changes}
    answers = {item: tuple(a) if isinstance(a, list) else a for item, a in given.items() if a is not None}
    response = Response(applicable(catalogue.questionnaire, answers))
    result = assess(response, catalogue.findings, catalogue.thresholds)
    routine = recommend(response, result, catalogue.exercises, catalogue.thresholds)
    return page(summarise(DAY, response, result, tried or Tried(routine=routine), catalogue))


@pytest.mark.parametrize(
    "changes", [{}, {"fever": "yes"}, {"saddle_numbness": "unsure"}, {"pain_sites": [], "nrs_now": 0, "worst": 0}]
)
def test_it_is_one_whole_document_that_asks_for_nothing_else(catalogue: Catalogue, changes: dict[str, Any]) -> None:
    html = handover(catalogue, **changes)
    tags, text = read(html)
    names = [tag for tag, _ in tags]
    assert html.startswith("<!DOCTYPE html>")
    assert (names.count("h1"), names.count("title"), tags[0]) == (1, 1, ("html", {"lang": "en"}))
    assert not {"script", "link", "img", "iframe", "a"} & set(names)
    assert not re.search(r"https?:|url\(|@import", html)
    assert not [attributes for _, attributes in tags if any(key.startswith("on") for key in attributes)]
    assert "not a diagnosis" in text
    assert "20 November 2026" in text
    assert catalogue.questionnaire.version in text


def test_findings_come_with_the_answers_behind_them_and_what_was_denied(catalogue: Catalogue) -> None:
    _, text = read(
        handover(catalogue, leg_weakness="progressive", numbness_sites=["foot"], numbness_pattern="constant")
    )
    assert "Warning signs that call for care today" in text
    assert "Weakness: Marked, or getting worse" in text
    assert "Numb or tingling: Foot" in text
    denied = text.split("answered with no, as asked")[1]
    assert "Fever, chills" in denied
    assert "A leg feels weak" not in denied


def test_not_sure_is_never_counted_as_denied(catalogue: Catalogue) -> None:
    _, text = read(handover(catalogue, fever="unsure"))
    assert "Fever, chills" not in text.split("answered with no, as asked")[1]
    assert "Fever or chills: Not sure" in text


def test_pain_course_function_and_pattern_are_there_without_a_percentage(catalogue: Catalogue) -> None:
    _, text = read(handover(catalogue))
    for said in (
        "Where: Buttock, Back of the thigh", "Side: Right", "Average pain, last 24 hours: 4 of 10",
        "Duration: 6 weeks", "Worse with: Sitting, Driving", "Sits: 9 hours a day", "Fits: Pain in the buttock itself",
    ):  # fmt: skip
        assert said in text
    assert "%" not in text


def test_what_was_tried_and_what_hurt_is_there(catalogue: Catalogue) -> None:
    sessions = [
        Session(f"s{n}", DAY - timedelta(days=n // 2), AT, "UTC", {}, finished_at=AT if n < 3 else None)
        for n in range(5)
    ]
    hurts = [Hurt("s1", str(n), 1, 1, "clamshell", "down_leg", DAY, AT) for n in range(2)]
    tried = Tried(sessions[::-1], hurts, None, ("On average: 6 at first, 4 now.",), "Improving: 3.0 lately.")
    _, text = read(handover(catalogue, tried))
    assert "3 exercise sessions on 2 days, 19 Nov 2026 to 20 Nov 2026" in text
    assert "Hurt: Clamshell, down the leg, 2 times" in text
    assert "Course by the diary: Improving: 3.0 lately." in text
    assert "On average: 6 at first, 4 now." in text


def test_nothing_done_is_said_too(catalogue: Catalogue) -> None:
    assert "No exercise session with Unpinch yet" in read(handover(catalogue))[1]


def test_what_a_person_typed_stays_text(catalogue: Catalogue) -> None:
    typed = """</li><script>alert('1')</script><b onclick="x">&amp; "quoted" """
    tags, text = read(handover(catalogue, Tried(measures=(typed,), verdict=typed)))
    assert not {"script", "b"} & {tag for tag, _ in tags}
    assert text.count(typed.strip()) == 2


def test_an_answer_is_quoted_once_among_the_reasons(catalogue: Catalogue) -> None:
    html = handover(catalogue, fever="yes", unwell="yes", immunosuppressed="yes")
    assert html.count("A weak immune system: Yes") == 1


def test_the_page_offers_the_file_with_its_date_for_every_result(app: Any, assessed: Any) -> None:
    for hours, changes in enumerate(({}, {"weeks_of_selfcare": 8}, {"fever": "yes"}, {"saddle_numbness": "new"})):
        assessed(at=NOW + timedelta(hours=hours), long_lie="no", **changes)
        (button,) = app("pages/assess.py").get("download_button")
        assert button.proto.label == "One page for the clinician"
