"""The page for the clinician as it is downloaded and printed: one sheet, on A4 and on Letter, also at its fullest."""

import datetime
import re
from pathlib import Path

import pytest

from tests.conftest import well_person
from unpinch import catalogue as content
from unpinch import store
from unpinch.exchange.handover import Tried, page, summarise
from unpinch.findings import assess
from unpinch.questionnaire import Kind, Response, applicable

NOW = datetime.datetime(2026, 11, 20, 9, 30, tzinfo=datetime.UTC)
CATALOGUE = content.load()


def fullest(item):
    """The answer that says the most."""
    if item.kind is Kind.CHOICES:
        return item.codes
    if item.kind is Kind.NUMBER:
        return item.high
    telling = [code for code in item.codes if code not in ("no", "none", item.absent)]
    return "unsure" if "unsure" in telling else telling[-1]


EVERYTHING = {item.id: fullest(item) for item in CATALOGUE.questionnaire.items} | {
    "age": 40, "sex": "female", "pregnancy": "pregnant", "hip_replacement": "recent",
}  # fmt: skip
WELL = {item: tuple(a) if isinstance(a, list) else a for item, a in well_person().items()}
MEASURES = tuple(f"“{'activity ' * 6}{n}”: 3 at first, 6 now; 3 higher, which is better" for n in range(6))


def sheets(browser_page, html, path, size):
    """How many pages Chromium prints the document on."""
    path.write_text(html, "utf-8")
    browser_page.goto(path.as_uri())
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", browser_page.pdf(format=size)))


@pytest.mark.parametrize("size", ["A4", "Letter"])
@pytest.mark.parametrize(
    "answers", [WELL, {**WELL, "fever": "yes", "limp": "yes"}, EVERYTHING], ids=["well", "ill", "all"]
)
def test_it_prints_on_one_sheet(browser, tmp_path, answers, size):
    response = Response(applicable(CATALOGUE.questionnaire, answers))
    result = assess(response, CATALOGUE.findings, CATALOGUE.thresholds)
    html = page(summarise(NOW.date(), response, result, Tried(measures=MEASURES, verdict="Steady: 5.0."), CATALOGUE))
    one = browser.new_page()
    assert sheets(one, html, tmp_path / "handover.html", size) == 1
    one.close()


def test_the_button_gives_a_dated_file_with_what_was_answered(serve, open_page, expect, tmp_path):
    path = tmp_path / "unpinch.db"
    with store.connect(path) as db:
        store.add_consent(db, CATALOGUE.consent.version, NOW, "agreed", "uk")
        store.start_response(
            db, "a", at=NOW, tz="UTC", day=NOW.date(), questionnaire_version=CATALOGUE.questionnaire.version
        )
        answers = {**well_person(), "fever": "yes"}
        store.save_answers(db, "a", {item: (a, {}) for item, a in answers.items() if a is not None}, "v", NOW)
        store.finish_response(db, "a", NOW)
    server = serve("app.py", db=path, env={"UNPINCH_NOW": NOW.isoformat()})
    opened = open_page(f"{server.url}/assess", width=360, height=740)
    expect(opened.get_by_role("heading", name="Be seen today")).to_be_visible()
    with opened.expect_download() as waiting:
        opened.get_by_role("button", name="One page for the clinician").click()
    download = waiting.value
    assert download.suggested_filename == "unpinch-2026-11-20.html"
    text = Path(download.path()).read_text("utf-8")
    assert "Fever or chills: Yes" in text
    assert "Duration: 6 weeks" in text
