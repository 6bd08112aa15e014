"""Paint one picture: parts in order, seams, the target muscle, shadow; still or morphing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from unpinch.figure import flesh, props
from unpinch.figure.flesh import Parts
from unpinch.figure.poses import FigureSpec
from unpinch.figure.screen import Camera, outline, paint_order, path, shadow
from unpinch.figure.skeleton import Body, Point

BIAS = {"l_hips": -0.02, "r_hips": -0.02, "l_hand": 0.02, "r_hand": 0.02}  # a shirt hangs over the trousers
SOLID = ("seat", "chairback", "car_seat_cushion", "car_seat_back")  # a seam behind these stays hidden
Emit = Callable[[str, Sequence[str]], None]


@dataclass(frozen=True, slots=True)
class Film:
    """How paths move: key times from 0 to 1 and the seconds of one round. No times: a still."""

    times: tuple[float, ...] = ()
    seconds: float = 0.0


def paint(
    spec: FigureSpec, cam: Camera, marked: str, bodies: Sequence[Body], film: Film, inset: bool = False
) -> list[str]:
    """The picture's paths from back to front; several bodies become one morphing picture.

    `marked` is the affected side ("l", "r" or ""). An inset shows neither mat nor shadow, and always the
    muscle.
    """
    seen = flesh.look(bodies, cam.toward)
    scenes = [flesh.parts(body, marked, seen) | props.things(spec, body) for body in bodies]
    order = paint_order(scenes[:: max(len(scenes) // 4, 1)], cam, BIAS | dict(spec.bias))
    caps = [list(flesh.seams(body, marked)) for body in bodies]
    seam_at = [sorted(order.index(part) for part in seam.parts) for seam in caps[0]]
    furniture = [(order.index(n), _box(scenes[0][n], cam)) for n in order if n in SOLID]
    lit = _target_places(spec, order)
    out: list[str] = []

    def emit(classes: str, shapes: Sequence[str]) -> None:
        moving = film.times and len(set(shapes)) > 1
        times = ";".join(f"{t:.3g}" for t in film.times)
        inner = (
            (
                f'<animate attributeName="d" dur="{film.seconds:.1f}s" repeatCount="indefinite" '
                f'keyTimes="{times}" '
                f'values="{";".join(shapes)}"/>'
            )
            if moving
            else ""
        )
        out.append(f'<path class="{classes}" d="{shapes[0]}"' + (f">{inner}</path>" if inner else "/>"))

    if not inset:
        for corners in props.mats(spec):
            emit("mat", [path(cam.flat(corners), closed=True)] * len(bodies))
        emit("shade", ["".join(shadow(h, cam) for h in _casting(spec, scene)) for scene in scenes])
    for i, name in enumerate(order):
        for k, layer in enumerate(scenes[0][name]):
            if layer.hulls:
                classes = f"o {layer.colour}" if layer.outlined else layer.colour
                emit(classes, ["".join(outline(h, cam) for h in scene[name][k].hulls) for scene in scenes])
        for k, (low, high) in enumerate(seam_at):
            if (
                high == i
                and not (caps[0][k].waist and "torso" in order[low:high])
                and not any(low <= f < high and _meets(caps[0][k].hull, box, cam) for f, box in furniture)
            ):
                emit(caps[0][k].colour, [outline(cap[k].hull, cam) for cap in caps])
        for side in lit.get(name, ()):
            _mark(spec, cam, bodies, side, emit, inset)
    if "ball" in order:  # shown through the body that hides it
        emit("ball ghost", ["".join(outline(h, cam) for h in scene["ball"][0].hulls) for scene in scenes])
    return out


def _box(layers: Sequence[flesh.Layer], cam: Camera) -> tuple[Point, Point]:
    flat = cam.flat(np.concatenate([h[:, :3] for layer in layers for h in layer.hulls]))[:, :2]
    return flat.min(0), flat.max(0)


def _meets(shape: Point, box: tuple[Point, Point], cam: Camera) -> bool:
    flat, r = cam.flat(shape[:, :3])[:, :2], shape[:, 3:] * cam.scale
    return bool(((flat + r).max(0) > box[0]).all() and ((flat - r).min(0) < box[1]).all())


def _casting(spec: FigureSpec, scene: Parts) -> list[Point]:
    """What throws a shadow: not the wall, nor the arms of an upright body, which would blot the floor."""
    upright = spec.poses[0].pose.base == "stand"
    silent = (
        "wall",
        "head",
        "band_front",
        "band_back",
        *(
            (
                "l_fore",
                "r_fore",
                "l_upper",
                "r_upper",
                "l_hand",
                "r_hand",
                "chair_legs_front",
                "chair_legs_back",
                "wheel",
                "wheel_column",
            )
            if upright
            else ()
        ),
    )
    return [h for name, layers in scene.items() if name not in silent for h in layers[-1].hulls]


def _target_places(spec: FigureSpec, order: Sequence[str]) -> dict[str, list[str]]:
    """After which part each side's muscle is painted: above skin and shirt, below whatever covers them."""
    out: dict[str, list[str]] = {}
    if spec.target:
        for side in "r" if spec.sided else "lr":
            group = [f"{side}_hips", f"{side}_thigh", "torso"]
            if not spec.sided:
                group += ["l_hips", "r_hips"]
            if "sciatic_nerve" in spec.target:
                group.append(f"{side}_shank")
            out.setdefault(max(group, key=order.index), []).append(side)
    return out


def _mark(spec: FigureSpec, cam: Camera, bodies: Sequence[Body], side: str, emit: Emit, inset: bool) -> None:
    """The target muscle: glowing where it faces the reader, dashed where it lies behind what is seen."""
    for name in spec.target:
        hulls = [flesh.muscle(body, name, side) for body in bodies]
        shapes = ["".join(outline(h, cam) for h in frame) for frame in hulls]
        if name == "sciatic_nerve":
            emit("glow hot", shapes)
            emit("hot", shapes)
            continue
        outward = [frame[0][:, :3] - body.joints["pelvis"] for frame, body in zip(hulls, bodies, strict=True)]
        facing = max(float((rows @ cam.toward).mean() if spec.inset else (rows @ cam.toward).max()) for rows in outward)
        if facing > -0.02:
            emit("glow hot", shapes)
            emit("hot", shapes)
        elif spec.sided and (inset or not spec.inset):
            emit("under", shapes)
            emit("dash", shapes)
