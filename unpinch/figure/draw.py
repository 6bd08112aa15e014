"""Figures as SVG: a row of key poses with captions, or one moving figure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape

import numpy as np

from unpinch.figure import flesh, marks, props, tween
from unpinch.figure.body import solve
from unpinch.figure.paint import Film, paint
from unpinch.figure.poses import FigureSpec, Inset
from unpinch.figure.screen import Camera, camera
from unpinch.figure.skeleton import Body, Point
from unpinch.figure.theme import style

PANEL, MARGIN, CAPTION = 320.0, 12.0, 30.0
LOWEST, HIGHEST = 140.0, 330.0  # limits of a panel's height
SWAP = {"left": "right", "right": "left", "Left": "Right", "Right": "Left"}


@dataclass(frozen=True, slots=True)
class _Stage:
    """What all pictures of one figure share, so that they are drawn at the same scale."""

    spec: FigureSpec
    cam: Camera
    marked: str
    keys: tuple[Body, ...]
    tracks: tuple[tuple[Point, ...], ...]
    height: float


def mirrored_words(text: str) -> str:
    """The text with left and right exchanged."""
    return re.sub(r"\b([Ll]eft|[Rr]ight)\b", lambda m: SWAP[m[0]], text)


def draw(
    spec: FigureSpec, side: str = "right", uid: str = "figure", poses: str | int = "pair", theme: str = "auto"
) -> str:
    """A still SVG.

    `side` is the affected side; "both" shows the right one. `poses` is "pair" (the two that tell most),
    "all", or the position of one pose. `uid` must be unique on the page. `theme` is "auto", "light" or
    "dark". Raises IndexError when the figure has no such pose.
    """
    if isinstance(poses, int):
        shown: tuple[int, ...] = (range(len(spec.poses))[poses],)
    else:
        shown = tuple(dict.fromkeys(spec.pair)) if poses == "pair" else tuple(range(len(spec.poses)))
    stage = _stage(spec, side)
    panels = [_panel(stage, index, f"{uid}-{index}") for index in shown]
    return _sheet(stage, side, uid, theme, shown, _row(stage, side, shown, panels), len(shown))


def animate(spec: FigureSpec, side: str = "right", uid: str = "figure", theme: str = "auto") -> str:
    """A moving SVG (SMIL, endless; a pause control is the page's part), as large as `draw` makes the pair.

    Readers who ask for reduced motion see the still pair. A figure with one pose is drawn still.
    """
    shown = tuple(dict.fromkeys(spec.pair))
    if len(spec.poses) == 1:
        return draw(spec, side, uid, "all", theme)
    stage = _stage(spec, side)
    still = _row(stage, side, shown, [_panel(stage, index, f"{uid}-{index}") for index in shown])
    frames, times, seconds = tween.film(spec)
    bodies = tuple(solve(pose) for pose in frames)
    centre = f'<g transform="translate({PANEL * (len(shown) - 1) / 2:g} 0)">'
    move = "".join(paint(stage.spec, stage.cam, stage.marked, bodies, Film(tuple(times), seconds)))
    content = f'<g class="move">{centre}{move}</g></g><g class="still">{still}</g>'
    return _sheet(stage, side, uid, theme, tuple(range(len(spec.poses))), content, len(shown))


def _stage(spec: FigureSpec, side: str) -> _Stage:
    mirrored = spec.sided and side == "left"
    cam = camera(spec.view, mirrored)
    marked = "r" if spec.sided else ""
    keys = tuple(solve(key.pose) for key in spec.poses)
    tracks = []
    for i, key in enumerate(spec.poses):
        j = i - 1 if i or spec.loop else 0
        middle = solve(tween.between(spec.poses[j].pose, key.pose, 0.5)) if key.arrows else keys[i]
        tracks.append(tuple(marks.track(a, keys[j], middle, keys[i], cam) for a in key.arrows))
    clouds = [cam.flat(corners)[:, :2] for corners in props.mats(spec)] + [
        line for lines in tracks for line in lines
    ]
    for body in keys:
        scene = flesh.parts(body, marked, flesh.Look()) | props.things(spec, body)
        balls = np.concatenate([h for layers in scene.values() for layer in layers for h in layer.hulls])
        flat = cam.flat(balls[:, :3])[:, :2]
        clouds += [flat - balls[:, 3:], flat + balls[:, 3:]]
    if spec.inset:
        middle_of = cam.flat(keys[-1].joints[spec.inset.at])[:2] + _shift(spec.inset, cam)
        reach = spec.inset.r * spec.inset.zoom
        clouds += [middle_of[None] - reach, middle_of[None] + reach]
    cloud = np.concatenate(clouds)
    low, high = cloud.min(0), cloud.max(0)
    width, tall = high - low
    room = PANEL - 2 * MARGIN
    height = min(max(room * tall / width, LOWEST), HIGHEST)
    scale = min(room / width, height / tall)
    origin = (low + high) / 2 * scale - (PANEL / 2, height / 2 + MARGIN)
    cam = replace(cam, scale=scale, origin=(float(origin[0]), float(origin[1])))
    lines = tuple(tuple(line * scale - origin for line in of_pose) for of_pose in tracks)
    return _Stage(spec, cam, marked, keys, lines, height + 2 * MARGIN)


def _shift(inset: Inset, cam: Camera) -> Point:
    return np.array((inset.pos[0] * cam.flip, -inset.pos[1])) * cam.scale


def _sheet(
    stage: _Stage, side: str, uid: str, theme: str, shown: Sequence[int], content: str, columns: int
) -> str:
    spec = stage.spec
    words = mirrored_words if spec.sided and side == "left" else str
    title = f"{spec.title}, {side} side" if spec.sided and side != "both" else spec.title
    steps = " ".join(f"{n}: {words(spec.poses[i].caption)}." for n, i in enumerate(shown, 1))
    desc = f"{words(spec.desc)} {steps}"
    if spec.sided and side == "both":
        desc += " Then the same with the sides exchanged."
    uid = escape(uid)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="fig fig-{theme}" role="img" '
        f'aria-labelledby="{uid}-t {uid}-d" '
        f'viewBox="0 0 {PANEL * columns:g} {stage.height + CAPTION:.0f}">'
        f'<title id="{uid}-t">{escape(title)}</title>'
        f'<desc id="{uid}-d">{escape(desc)}</desc><style>{style(theme)}</style>{content}</svg>'
    )


def _row(stage: _Stage, side: str, shown: Sequence[int], panels: Sequence[str]) -> str:
    words = mirrored_words if stage.spec.sided and side == "left" else str
    out = []
    for column, (index, panel) in enumerate(zip(shown, panels, strict=True)):
        caption = escape(words(stage.spec.poses[index].caption))
        number = f'<tspan class="num">{index + 1}</tspan>&#160; ' if len(stage.spec.poses) > 1 else ""
        out.append(
            f'<g transform="translate({PANEL * column:g} 0)">{panel}'
            f'<text x="{PANEL / 2:g}" y="{stage.height + CAPTION - 10:.0f}">{number}{caption}</text></g>'
        )
    return "".join(out)


def _panel(stage: _Stage, index: int, uid: str) -> str:
    body = stage.keys[index]
    out = paint(stage.spec, stage.cam, stage.marked, (body,), Film())
    inset = stage.spec.inset
    if inset and index == len(stage.keys) - 1:
        out += _detail(stage, inset, body, uid)
    for line, arrow in zip(stage.tracks[index], stage.spec.poses[index].arrows, strict=True):
        d = marks.shaft_and_head(line, arrow.both)
        out.append(f'<path class="halo" d="{d}"/><path class="arrow" d="{d}"/>')
    return "".join(out)


def _detail(stage: _Stage, inset: Inset, body: Body, uid: str) -> list[str]:
    """The round inset: the same pose from its own camera."""
    joint, main = body.joints[inset.at], stage.cam
    centre = main.flat(joint)[:2] + _shift(inset, main)
    own = replace(camera(inset.view, main.flip < 0), scale=main.scale * inset.zoom)
    origin = own.flat(joint)[:2] - centre
    own = replace(own, origin=(float(origin[0]), float(origin[1])))
    inner = "".join(paint(stage.spec, own, stage.marked, (body,), Film(), inset=True))
    x, y, r = centre[0], centre[1], inset.r * inset.zoom * main.scale
    circle = f'cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}"'
    return [
        f'<clipPath id="{uid}-c"><circle {circle}/></clipPath><circle class="disc" {circle}/>'
        f'<g clip-path="url(#{uid}-c)">{inner}</g><circle class="ring" {circle}/>'
    ]
