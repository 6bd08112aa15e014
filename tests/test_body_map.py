"""The body map: its regions speak the dictionary's language and its drawing is sound."""

import json
import shutil
import subprocess
import tomllib
from pathlib import Path
from xml.etree import ElementTree

import pytest
from streamlit.testing.v1 import AppTest

from pages.components import body_map as the_map
from pages.components.body_map import anatomy

ROOT = Path(__file__).parent.parent
DRAWING = ElementTree.fromstring(anatomy.drawing())  # noqa: S314 - our own text
SHAPES = [shape for shape in DRAWING.iter("path") if shape.get("data-region")]


def _pain_sites() -> set[str]:
    questionnaire = tomllib.loads((ROOT / "content" / "questionnaire.toml").read_text("utf-8"))
    item = next(item for item in questionnaire["item"] if item["id"] == "pain_sites")
    return {option["code"] for option in item["options"]}


def test_the_regions_are_the_codes_of_pain_sites() -> None:
    assert set(the_map.sites_of(the_map.regions())) == _pain_sites()


def test_every_region_is_drawn_and_nothing_else() -> None:
    assert {shape.get("data-region") for shape in SHAPES} == set(the_map.regions())


@pytest.mark.parametrize("view", ["back", "front", "soles"])
def test_each_view_shows_both_feet(view: str) -> None:
    figure = next(f for f in DRAWING.iter("figure") if f.get("data-view") == view)
    shown = {shape.get("data-region") for shape in figure.iter("path")}
    assert {"foot_left", "foot_right"} <= shown


def test_each_shape_is_a_named_checkbox_out_of_the_tab_order() -> None:
    for shape in SHAPES:
        assert shape.get("role") == "checkbox"
        assert shape.get("aria-checked") == "false"
        assert shape.get("tabindex") == "-1"
        side = (shape.get("data-region") or "").rpartition("_")[2]
        assert side not in ("left", "right") or side in (shape.get("aria-label") or "").lower()


def test_no_two_shapes_have_the_same_spoken_name() -> None:
    spoken = [shape.get("aria-label") for shape in SHAPES]
    assert len(spoken) == len(set(spoken))


def test_ids_in_the_drawing_are_unique() -> None:
    ids = [element.get("id") for element in DRAWING.iter() if element.get("id")]
    assert len(ids) == len(set(ids))


def test_right_is_on_the_right_seen_from_behind_and_on_the_left_seen_from_the_front() -> None:
    def first_x(region: str, view: str) -> float:
        figure = next(f for f in DRAWING.iter("figure") if f.get("data-view") == view)
        shape = next(s for s in figure.iter("path") if s.get("data-region") == region)
        return float((shape.get("d") or "").removeprefix("M").split()[0])

    middle = anatomy.WIDTH / 2
    assert first_x("buttock_right", "back") > middle > first_x("buttock_left", "back")
    assert first_x("groin_right", "front") < middle < first_x("groin_left", "front")


@pytest.mark.parametrize(
    ("selected", "side"),
    [
        ((), None),
        (("low_back",), "central"),
        (("buttock_right", "low_back"), "right"),
        (("buttock_right", "calf_left"), "both"),
    ],
)
def test_the_side_is_read_from_the_marked_regions(selected: tuple[str, ...], side: str | None) -> None:
    assert the_map.side_of(selected) == side


@pytest.mark.parametrize("side", ["left", "right", "both", "alternating", "central", None])
def test_a_check_list_survives_the_way_to_the_map_and_back(side: str | None) -> None:
    sites = ("low_back", "buttock", "foot")
    assert the_map.sites_of(the_map.regions_of(sites, side)) == sites


def test_regions_that_agree_with_the_check_list_are_not_doubled() -> None:
    kept = ("buttock_right", "sacroiliac_left")
    assert the_map.regions_of(("buttock", "sacroiliac"), "both", kept) == kept
    assert the_map.regions_of(("buttock", "calf"), "right", kept) == ("buttock_right", "calf_right")


@pytest.mark.parametrize(
    ("selected", "reach"),
    [
        ((), "none"),
        (("low_back",), "none"),
        (("buttock_left",), "buttock"),
        (("knee_left", "buttock_left"), "thigh"),
        (("calf_right",), "calf"),
        (("calf_right", "foot_right"), "foot"),
    ],
)
def test_reach_is_the_lowest_marked_part_of_the_leg(selected: tuple[str, ...], reach: str) -> None:
    assert the_map.reach_of(selected) == reach


def test_both_sides_in_the_check_list_are_both_on_the_map() -> None:
    assert the_map.regions_of(("buttock",), "both", ("buttock_right",)) == ("buttock_left", "buttock_right")


def test_the_map_mounts_with_what_is_ticked_and_says_nothing_by_itself() -> None:
    def page() -> None:
        import streamlit as st

        from pages.components.body_map import body_map, follow

        follow("map", lambda regions: st.text(",".join(regions)))
        body_map("map", ["calf_left", "buttock_left", "elbow"])

    app = AppTest.from_function(page, default_timeout=30).run()
    assert not app.exception
    assert not app.text
    assert json.loads(app.get("bidi_component")[0].proto.json)["selected"] == ["buttock_left", "calf_left"]


def test_a_mark_is_taken_up_once_and_again_when_it_is_made_again() -> None:
    def page() -> None:
        import streamlit as st

        from pages.components.body_map import body_map, follow

        follow("map", lambda regions: st.text(",".join(regions)))
        body_map("map", [])

    app = AppTest.from_function(page, default_timeout=30).run()
    said = []
    for turn in (5, 5, 6):
        app.session_state["map"] = {"marking": {"regions": ["calf_left", "low_back"], "turn": turn}}
        said.append([text.value for text in app.run().text])
    assert said == [["low_back,calf_left"], [], ["low_back,calf_left"]]


@pytest.mark.skipif(shutil.which("node") is None, reason="node reads the script")
def test_the_script_is_an_es_module(tmp_path: Path) -> None:
    module = tmp_path / "body_map.mjs"
    module.write_text((ROOT / "pages/components/body_map/body_map.js").read_text("utf-8"), "utf-8")
    done = subprocess.run(["node", "--check", str(module)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
