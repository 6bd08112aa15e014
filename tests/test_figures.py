"""The pictures: poses a body can take, and SVG that a page and a screen reader can use."""

import re
import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest

from unpinch import figure, figures_command
from unpinch.figure import checks, tween
from unpinch.figure.body import solve

ROOT = Path(__file__).parent.parent
IDS = sorted(path.stem for path in (ROOT / "content" / "figures").glob("*.toml"))
EXERCISES = sorted(path.stem for path in (ROOT / "content" / "exercises").glob("*.toml"))
POSTURES = {"sleep_pillow", "lumbar_support_upright", "driving_break_lumbar"}
SVG = "{http://www.w3.org/2000/svg}"


@cache
def _spec(name: str) -> figure.FigureSpec:
    return figure.load(tomllib.loads((ROOT / "content" / "figures" / f"{name}.toml").read_text("utf-8")))


@cache
def _drawn(name: str, side: str, poses: str) -> str:
    return figure.draw(_spec(name), side, f"{name}-{side}", poses)


def _exercise(name: str) -> dict[str, object]:
    return tomllib.loads((ROOT / "content" / "exercises" / f"{name}.toml").read_text("utf-8"))


def _parse(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)  # noqa: S314 - our own text


def _text(root: ElementTree.Element, tag: str) -> str:
    return root.findtext(f"{SVG}{tag}") or ""


def test_every_exercise_and_posture_has_its_figure() -> None:
    assert set(IDS) == set(EXERCISES) | POSTURES


@pytest.mark.parametrize("name", EXERCISES)
def test_a_figure_bears_the_name_the_sides_and_the_muscle_of_its_exercise(name: str) -> None:
    exercise, spec = _exercise(name), _spec(name)
    assert spec.title == exercise["name"]
    assert spec.sided == (exercise["sides"] != "together")
    assert set(spec.target) <= set(exercise["target"])  # type: ignore[call-overload]


@pytest.mark.parametrize("name", IDS)
def test_a_body_can_take_the_poses(name: str) -> None:
    """Nothing goes through floor or limb, bones keep their length, feet stay, contacts are reached."""
    assert [str(fault) for fault in checks.faults(_spec(name))] == []


def _changed(name: str, pose: int, **changes: object) -> figure.FigureSpec:
    spec = _spec(name)
    poses = list(spec.poses)
    poses[pose] = replace(poses[pose], pose=replace(poses[pose].pose, **changes))  # type: ignore[arg-type]
    return replace(spec, poses=tuple(poses))


@pytest.mark.parametrize(
    ("spec", "words"),
    [
        (_changed("sleep_pillow", 0, height=0.05), "through the floor"),
        (_changed("seated_figure4_stretch", 1, turn=(0.0, 80.0, 0.0)), "goes through"),
        (_changed("standing_figure4_stretch", 0, height=1.1), "does not reach"),
    ],
)
def test_the_pose_checks_find_a_broken_pose(spec: figure.FigureSpec, words: str) -> None:
    assert any(words in str(fault) for fault in checks.faults(spec))


@pytest.mark.parametrize("name", IDS)
def test_a_film_begins_and_ends_alike_and_its_times_run_from_nought_to_one(name: str) -> None:
    poses, times, seconds = tween.film(_spec(name))
    assert poses[0] == poses[-1]
    assert len(poses) == len(times)
    assert times[0] == 0
    assert times[-1] == pytest.approx(1)
    assert times == sorted(times)
    assert seconds > 0


def test_halfway_between_two_poses_the_hand_is_still_on_the_knee() -> None:
    first, second = (key.pose for key in _spec("seated_figure4_stretch").poses)
    body = solve(tween.between(first, second, 0.5))
    assert abs(body.joints["r_palm"] - body.targets["r_palm"]).max() < checks.REACH


@pytest.mark.parametrize("name", IDS)
@pytest.mark.parametrize("side", ["left", "right", "both"])
def test_the_svg_is_well_formed_with_title_and_description(name: str, side: str) -> None:
    root = _parse(_drawn(name, side, "all"))
    assert root.get("role") == "img"
    assert _text(root, "title").startswith(_spec(name).title)
    assert len(_text(root, "desc")) > 60
    named = (root.get("aria-labelledby") or "").split()
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert set(named) <= set(ids)
    assert len(ids) == len(set(ids))
    assert "nan" not in _drawn(name, side, "all")


@pytest.mark.parametrize("name", IDS)
def test_each_picture_of_a_row_has_its_caption(name: str) -> None:
    spec = _spec(name)
    root = _parse(_drawn(name, "right", "all"))
    shown = ["".join(text.itertext()) for text in root.iter(f"{SVG}text")]
    assert len(shown) == len(spec.poses)
    for text, key in zip(shown, spec.poses, strict=True):
        assert text.endswith(key.caption)


@pytest.mark.parametrize("name", [n for n in IDS if _spec(n).sided])
def test_the_other_side_is_the_mirror_image_with_the_words_exchanged(name: str) -> None:
    right, left = (_parse(_drawn(name, side, "all")) for side in ("right", "left"))
    assert _text(left, "desc") == figure.mirrored_words(_text(right, "desc"))
    assert _text(left, "title") == figure.mirrored_words(_text(right, "title"))
    assert _text(left, "desc") != _text(right, "desc")
    assert left.get("viewBox") == right.get("viewBox")
    eyeless = [sum(1 for p in svg.iter(f"{SVG}path") if "eye" not in (p.get("class") or "")) for svg in (right, left)]
    assert eyeless[0] == eyeless[1]


def test_the_sides_of_a_figure_without_sides_are_the_same_picture() -> None:
    spec = _spec("glute_bridge")
    assert figure.draw(spec, "left") == figure.draw(spec, "right")


def test_words_are_exchanged_both_ways_and_whole() -> None:
    text = "Left foot right of the Right knee, an upright back, the leftover"
    assert figure.mirrored_words(figure.mirrored_words(text)) == text
    assert figure.mirrored_words(text) == "Right foot left of the Left knee, an upright back, the leftover"


def test_ids_of_two_figures_on_a_page_do_not_meet() -> None:
    first, second = (
        set(re.findall(r'id="([^"]+)"', figure.draw(_spec(n), "right", n)))
        for n in ("ball_release_seated", "seated_figure4_stretch")
    )
    assert first
    assert not first & second


def test_a_single_pose_can_be_asked_for_and_an_unknown_one_cannot() -> None:
    spec = _spec("ball_release_lying")
    assert [p.caption in figure.draw(spec, poses=1) for p in spec.poses] == [False, True, False]
    with pytest.raises(IndexError):
        figure.draw(spec, poses=len(spec.poses))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_fixed_theme_does_not_ask_the_reader_s_system(theme: str) -> None:
    svg = figure.draw(_spec("clamshell"), theme=theme)
    assert "prefers-color-scheme" not in svg
    assert f"fig-{theme}" in svg
    assert "prefers-color-scheme" in figure.draw(_spec("clamshell"))


@pytest.mark.parametrize("name", [n for n in IDS if len(_spec(n).poses) > 1])
def test_an_animation_keeps_the_still_pair_for_readers_who_want_no_motion(name: str) -> None:
    spec = _spec(name)
    svg = figure.animate(spec, "left", "f")
    root = _parse(svg)
    assert "prefers-reduced-motion" in svg
    assert root.get("viewBox") == _parse(figure.draw(spec, "left", "f", "pair")).get("viewBox")
    moves = list(root.iter(f"{SVG}animate"))
    assert moves
    for move in moves:
        frames = (move.get("values") or "").split(";")
        assert len(frames) == len((move.get("keyTimes") or "").split(";"))
        assert len({re.sub(r"[^A-Za-z]", "", frame) for frame in frames}) == 1


def test_a_posture_has_nothing_to_animate() -> None:
    assert figure.animate(_spec("sleep_pillow")) == figure.draw(_spec("sleep_pillow"), poses="all")


def test_the_scale_is_the_same_in_every_picture_of_a_figure() -> None:
    spec = _spec("hip_hinge")
    assert figure.draw(spec, poses=0).split("viewBox")[1][:20] == figure.draw(spec, poses=2).split("viewBox")[1][:20]


def test_a_gallery_has_one_picture_and_one_written_caption_for_each_pose() -> None:
    spec = _spec("ball_release_lying")
    root = _parse(figure.gallery(spec, "left", "g", "all").replace("&#160;", " "))
    captions = ["".join(caption.itertext()) for caption in root.iter("figcaption")]
    assert [text.split(maxsplit=1)[1] for text in captions] == [key.caption for key in spec.poses]
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    assert not list(root.iter(f"{SVG}text"))


def test_an_unreadable_figure_names_every_fault_with_its_place() -> None:
    broken = {
        "title": "",
        "desc": "x",
        "view": {"az": 1},
        "target": ["nose"],
        "props": [{"kind": "sofa"}, {"kind": "chair"}],
        "pose": [{"caption": "A", "base": "floating", "l_leg": {"plant": [0]}, "tail": 1}],
    }
    with pytest.raises(figure.FigureError) as caught:
        figure.load(broken)
    faults = "\n".join(caught.value.problems)
    for word in ("title", "view", "'nose'", "'sofa'", "props 2: at missing", "'floating'", "l_leg", "'tail'"):
        assert word in faults


def test_the_command_writes_start_and_end_of_both_sides_in_both_themes_and_contact_sheets(tmp_path: Path) -> None:
    specs = {name: _spec(name) for name in ("clamshell", "sleep_pillow")}
    folder = tmp_path / "new" / "figures"
    number = figures_command.write(specs, folder)
    written = {path.stem: path.read_text("utf-8") for path in folder.glob("*.svg")}
    pictures = {name for name in written if not name.startswith("contact-sheet")}
    assert number == len(pictures)
    assert {name for name in pictures if name.startswith("clamshell")} == {
        f"clamshell-{side}-{place}-{theme}"
        for side in ("left", "right") for place in (1, 2) for theme in ("light", "dark")
    }  # fmt: skip
    for name, svg in written.items():
        root = _parse(svg)
        ids = [element.get("id") for element in root.iter() if element.get("id")]
        assert len(ids) == len(set(ids)), name
    for side in ("left", "right"):
        light, dark = (written[f"contact-sheet-{side}-{theme}"] for theme in ("light", "dark"))
        assert light != dark
        named = ["".join(text.itertext()) for text in _parse(light).iter(f"{SVG}text") if text.get("class") == "name"]
        assert named == [spec.title for spec in specs.values()]
        assert f"Clamshell, {side} side" in light


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    taken = tmp_path / "taken"
    taken.write_text("a file")
    assert figures_command.main(str(taken)) == 1
    assert f"{taken} could not be written" in capsys.readouterr().err
