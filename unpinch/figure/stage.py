"""Set a figure up: poses solved, one camera and scale for all its pictures, and a single picture of it."""

import re
from dataclasses import dataclass, replace

import numpy as np

from unpinch.figure import flesh, marks, props, tween
from unpinch.figure.body import solve
from unpinch.figure.paint import Film, paint
from unpinch.figure.poses import FigureSpec, Inset
from unpinch.figure.screen import Camera, camera
from unpinch.figure.skeleton import Body, Point

PANEL, MARGIN = 320.0, 12.0  # a panel's width and the free rim in it, in units of the SVG
LOWEST, HIGHEST = 140.0, 330.0  # limits of the height between the rims
SWAP = {"left": "right", "right": "left", "Left": "Right", "Right": "Left"}


@dataclass(frozen=True, slots=True)
class Stage:
    """What all pictures of one figure share, so that they are drawn at the same scale."""

    spec: FigureSpec
    side: str
    cam: Camera
    marked: str
    keys: tuple[Body, ...]
    tracks: tuple[tuple[Point, ...], ...]
    height: float


def mirrored_words(text: str) -> str:
    """The text with left and right exchanged."""
    return re.sub(r"\b([Ll]eft|[Rr]ight)\b", lambda m: SWAP[m[0]], text)


def words(stage: Stage, text: str) -> str:
    """The figure's text as it reads for the side shown."""
    return mirrored_words(text) if stage.spec.sided and stage.side == "left" else text


def stage_of(spec: FigureSpec, side: str) -> Stage:
    """Solve the key poses and choose the scale at which all of them fit a panel."""
    mirrored = spec.sided and side == "left"
    cam = camera(spec.view, mirrored)
    marked = "r" if spec.sided else ""
    keys = tuple(solve(key.pose) for key in spec.poses)
    tracks = []
    for i, key in enumerate(spec.poses):
        j = i - 1 if i or spec.loop else 0
        middle = solve(tween.between(spec.poses[j].pose, key.pose, 0.5)) if key.arrows else keys[i]
        tracks.append(tuple(marks.track(a, keys[j], middle, keys[i], cam) for a in key.arrows))
    clouds = [cam.flat(corners)[:, :2] for corners in props.mats(spec)] + [line for lines in tracks for line in lines]
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
    return Stage(spec, side, cam, marked, keys, lines, height + 2 * MARGIN)


def _shift(inset: Inset, cam: Camera) -> Point:
    return np.array((inset.pos[0] * cam.flip, -inset.pos[1])) * cam.scale


def panel(stage: Stage, index: int, uid: str) -> str:
    """One key pose with its arrows, and the inset on the last; `uid` makes its ids unique."""
    body = stage.keys[index]
    out = paint(stage.spec, stage.cam, stage.marked, (body,), Film())
    inset = stage.spec.inset
    if inset and index == len(stage.keys) - 1:
        out += _detail(stage, inset, body, uid)
    for line, arrow in zip(stage.tracks[index], stage.spec.poses[index].arrows, strict=True):
        d = marks.shaft_and_head(line, arrow.both)
        out.append(f'<path class="halo" d="{d}"/><path class="arrow" d="{d}"/>')
    return "".join(out)


def _detail(stage: Stage, inset: Inset, body: Body, uid: str) -> list[str]:
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
