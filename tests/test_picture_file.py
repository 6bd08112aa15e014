"""A chart as a picture to keep: it opens, and says what it shows once it has left the page."""

import subprocess
import sys
from datetime import date, timedelta
from io import BytesIO
from xml.etree import ElementTree

import pytest

from pages.components import charts, pain_chart, picture_file, sentences
from unpinch.meaningful import Levels
from unpinch.weeks import Rating, summarise

FIRST = date(2026, 3, 2)
UNTIL = FIRST + timedelta(days=9)
DAYS = tuple(Rating(FIRST + timedelta(days=number), 4) for number in (0, 1, 3, 4))


@pytest.fixture
def picture(catalogue) -> picture_file.Picture:
    weeks = summarise(DAYS, FIRST, catalogue.thresholds)
    rows = [
        *charts.frame_rows(FIRST, UNTIL),
        *pain_chart.day_rows(DAYS),
        *pain_chart.week_rows(weeks, FIRST, UNTIL),
        *pain_chart.baseline_rows(4, FIRST, Levels(2.8, 5.2), FIRST, UNTIL),
    ]
    key = sentences.key({row["kind"] for row in rows}, catalogue.thresholds, short=True)
    said = sentences.pain(DAYS, weeks, FIRST, UNTIL)
    spec, size = pain_chart.spec(0), (pain_chart.PLOT_PX, charts.AXIS_PX)
    return picture_file.Picture("pain", "Pain", said, "rated on 4 days", key, FIRST, UNTIL, spec, rows, *size)


def test_the_saved_svg_holds_title_dates_numbers_key_and_every_day(picture):
    root = ElementTree.fromstring(picture_file.made(picture, "SVG"))  # noqa: S314 - our own file
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    text = " ".join(filter(None, (part.strip() for part in root.itertext())))
    assert "Pain: 2 Mar 2026 to 11 Mar 2026, rated on 4 days" in text
    assert "Better: 2.8 or less" in text
    assert "The thin line guides the eye" in text
    assert "Unpinch" in text
    dots = [group for group in root.iter() if "mark-symbol" in (group.get("class") or "")]
    assert sorted(len(group) for group in dots)[-1] == 4


def test_the_saved_png_opens_and_is_light(picture):
    from PIL import Image

    image = Image.open(BytesIO(picture_file.made(picture, "PNG")))
    assert image.width >= picture_file.WIDTH_PX * picture_file.SHARPNESS
    assert image.height > 600
    assert min(image.convert("RGB").getpixel((2, 2))) > 240


def test_what_draws_pictures_is_not_loaded_before_one_is_asked_for():
    loads = "import sys; import pages.components.trend_charts; sys.exit('vl_convert' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", loads], check=False, capture_output=True).returncode == 0
