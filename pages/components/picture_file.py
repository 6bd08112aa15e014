"""A chart as a picture to keep or to hand on: with title, dates, numbers and key, made only when it is asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from textwrap import wrap
from typing import Any

import streamlit as st

from pages.components.charts import NAMES_PX, Row, words

WIDTH_PX = 760
TITLE_LETTERS, KEY_LETTERS = 112, 128
SHARPNESS = 2
"""Pixels of a PNG for each pixel of the chart."""
LAST_LINE = "Unpinch: a diary kept by the person it is about. It describes and does not diagnose."


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart with what must stand beside it once it has left the page.

    `counted` says on how many days it rests. `height` is that of the plot in pixels, `foot` how far below the plot the
    axis ends.
    """

    name: str
    title: str
    said: str
    counted: str
    key: Sequence[str]
    since: date
    until: date
    spec: dict[str, Any]
    rows: Sequence[Row]
    height: int
    foot: int


def buttons(picture: Picture) -> None:
    """The choice of the kind of file."""
    with st.popover("Save as picture", key=f"picture_{picture.name}", icon=":material/image:"):
        st.caption("With title, dates, number of days and key, on a light ground. It holds health data.")
        stem = f"unpinch-{picture.name}-{picture.since.isoformat()}-to-{picture.until.isoformat()}"
        for kind, mime in (("PNG", "image/png"), ("SVG", "image/svg+xml")):
            st.download_button(
                f"As {kind}", data=partial(made, picture, kind), file_name=f"{stem}.{kind.lower()}", mime=mime,
                key=f"picture_{picture.name}_{kind}", on_click="ignore", width="stretch",
            )  # fmt: skip


def made(picture: Picture, kind: str) -> bytes:
    """The file, PNG or SVG. No other machine is asked for anything."""
    import vl_convert  # 84 MB that nobody needs before

    spec = whole(picture)
    if kind == "SVG":
        return vl_convert.vegalite_to_svg(spec, allowed_base_urls=[]).encode()
    return vl_convert.vegalite_to_png(spec, scale=SHARPNESS, allowed_base_urls=[])


def whole(picture: Picture) -> dict[str, Any]:
    """The chart's specification with its data, its title above and its key below, in the light theme."""
    ink, paper = st.get_option("theme.light.textColor"), st.get_option("theme.light.backgroundColor")
    dates = f"{words(picture.since)} to {words(picture.until)}"
    key = [line for item in picture.key for line in wrap(item, KEY_LETTERS)]
    below = {
        "data": {"values": [{"text": "\n".join([*key, LAST_LINE])}]},
        "mark": {"type": "text", "align": "left", "baseline": "top", "lineBreak": "\n", "lineHeight": 17, "color": ink},
        "encoding": {
            "x": {"value": -NAMES_PX},
            "y": {"value": {"expr": f"height + {picture.foot}"}},
            "text": {"field": "text"},
        },
    }
    return {
        "width": WIDTH_PX,
        "height": picture.height,
        "background": paper,
        "padding": 20,
        "data": {"name": "rows", "values": list(picture.rows)},
        "title": {
            "text": f"{picture.title}: {dates}, {picture.counted}",
            "subtitle": wrap(picture.said, TITLE_LETTERS),
            "anchor": "start",
            "frame": "bounds",
            "color": ink,
            "subtitleColor": ink,
            "fontSize": 18,
            "subtitleFontSize": 13,
            "subtitleLineHeight": 18,
            "subtitlePadding": 6,
            "offset": 16,
        },
        "layer": [*picture.spec["layer"], below],
        "config": {
            "font": "sans-serif",
            "view": {"stroke": None},
            "range": {"category": st.get_option("theme.light.chartCategoricalColors")},
            "axis": {"domain": False, "ticks": False, "labelFontSize": 12},
        },
    }
