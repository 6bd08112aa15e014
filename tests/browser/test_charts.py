"""The charts as a browser draws them: marks, gaps and texts as the data says, and a picture that opens."""

import datetime
import re
from xml.etree import ElementTree

import pytest

from pages.components import pain_chart
from unpinch import store
from unpinch.diary import CheckIn
from unpinch.events import Event

AT = datetime.datetime(2026, 11, 20, 9, 30, tzinfo=datetime.UTC)
TODAY = AT.date()
DAY = datetime.timedelta(days=1)
PAINS = {0: 5, 1: 6, 2: 4, 3: 5, 6: 5, 7: 8, 8: 3, 9: 3, 14: 2, 20: 1}
"""Pain by day, counted from the first: a solid week, a hollow one and a thin one."""
RUNS = 4
"""Stretches of days without a gap."""
LANES = 3
"""Strips below the plot: rated days, flares, events."""


@pytest.fixture(scope="module")
def living(serve, tmp_path_factory):
    """The app with three weeks of ratings, a flare and a medicine, on a day that stands still."""
    path = tmp_path_factory.mktemp("charts") / "unpinch.db"
    with store.connect(path) as db, store.immediate(db):
        for number, nrs in PAINS.items():
            day = TODAY - (20 - number) * DAY
            store.add_check_in(db, CheckIn(f"c{number}", day, AT, "UTC", nrs=nrs, worst=nrs + 1, flare=number == 7))
        store.add_event(db, Event("e", "medicine", "Ibuprofen", TODAY - 3 * DAY, None, AT, "UTC"))
    return serve("app.py", db=path, env={"UNPINCH_NOW": AT.isoformat()})


def layer(*kinds):
    """The class that Vega gives the first layer with these kinds of rows."""
    filters = [str(part["transform"]) for part in pain_chart.spec(LANES)["layer"]]
    return f"layer_{next(place for place, rows in enumerate(filters) if str(list(kinds)) in rows)}"


def places(chart, kind):
    """Where the points of a kind stand: pixels right of and below the plot's corner."""
    marks = chart.locator(f"g.{layer(kind)}_marks path")
    found = (re.search(r"translate\(([-\d.]+),([-\d.]+)\)", mark.get_attribute("transform")) for mark in marks.all())
    return sorted((float(place[1]), float(place[2])) for place in found)


def test_marks_gaps_and_texts_are_what_the_data_says(living, open_page, expect):
    page = open_page(f"{living.url}/trends", width=1280)
    chart = page.get_by_test_id("stVegaLiteChart").first
    expect(chart.locator(f"g.{layer('Day')}_marks path")).to_have_count(len(PAINS))
    expect(chart).to_have_attribute("aria-label", re.compile("10 rated days between 1 and 8"))

    grid = chart.locator(".role-axis-grid line")
    height = max(float(re.search(r",([\d.]+)\)", line.get_attribute("transform"))[1]) for line in grid.all())
    width = float(grid.first.get_attribute("x2"))
    range_days = 42
    expected = [
        ((range_days - 21 + number + 0.5) / range_days * width, (10 - nrs) / 10 * height)
        for number, nrs in PAINS.items()
    ]
    drawn = places(chart, "Day")
    assert [(round(x), round(y)) for x, y in drawn] == [
        (pytest.approx(x, abs=1.5), pytest.approx(y, abs=1.5)) for x, y in expected
    ]
    assert chart.locator(f"g.{layer('Guide')}_pathgroup path[d*=M]:not(.background)").count() == RUNS
    shade = chart.locator(f"g.{layer('Flare')}_marks line").get_attribute("transform")
    assert float(re.search(r"translate\(([\d.]+)", shade)[1]) == pytest.approx(expected[5][0], abs=1.5)

    texts = chart.locator("text").all_text_contents()
    for said in ("Starting week 5.0", "Rated", "Flares", "Events", "Medicine: Ibuprofen"):
        assert said in texts
    assert chart.locator(f"g.{layer('Number')}_marks text").all_text_contents() == ["5", "3", "2"]

    chart.locator(f"g.{layer('Day')}_marks path").nth(5).hover()
    expect(page.locator("#vg-tooltip-element")).to_contain_text("8 on average, worst 9")


def test_a_saved_picture_opens(living, open_page, expect, tmp_path):
    page = open_page(f"{living.url}/trends", width=360, accept_downloads=True)
    expect(page.get_by_role("button", name="Save as picture").first).to_be_visible()
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    page.get_by_role("button", name="Save as picture").first.click()
    files = {}
    for kind in ("PNG", "SVG"):
        with page.expect_download() as download:
            page.get_by_role("button", name=f"As {kind}", exact=True).click()
        files[kind] = tmp_path / download.value.suggested_filename
        download.value.save_as(files[kind])
    assert files["PNG"].name == "unpinch-pain-2026-10-10-to-2026-11-20.png"
    for file in files.values():
        shown = page.context.new_page()
        shown.goto(file.as_uri())
        size = "document.images[0]?.naturalWidth ?? document.documentElement.width.baseVal.value"
        assert shown.evaluate(size) > 700
    text = " ".join(ElementTree.parse(files["SVG"]).getroot().itertext())  # noqa: S314 - our own file
    assert "Pain: 10 Oct 2026 to 20 Nov 2026, rated on 10 days" in text
