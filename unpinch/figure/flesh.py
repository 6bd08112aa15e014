"""Flesh on the skeleton: body parts as hulls of balls, the caps that hide seams, and the muscles to mark."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from unpinch.figure.skeleton import Body, Point

Hull = Point  # one row a ball: x, y, z, radius

MUSCLES = {  # balls on the pelvis: forward, outward, up, radius
    "piriformis": ((-0.088, 0.022, 0.025, 0.03), (-0.092, 0.075, 0.0, 0.028), (-0.052, 0.132, -0.025, 0.017)),
    "deep_rotators": (
        (-0.088, 0.03, -0.03, 0.03),
        (-0.09, 0.08, -0.035, 0.03),
        (-0.052, 0.132, -0.035, 0.018),
    ),
    "gluteus_maximus": ((-0.08, 0.045, 0.03, 0.034), (-0.084, 0.075, -0.045, 0.044)),
    "gluteus_medius": (
        (-0.05, 0.09, 0.045, 0.028),
        (0.012, 0.105, 0.04, 0.026),
        (-0.012, 0.143, -0.02, 0.02),
    ),
}


@dataclass(frozen=True, slots=True)
class Layer:
    """Hulls painted in one colour; outlined ones get a rim in the colour of the paper."""

    colour: str
    hulls: tuple[Hull, ...]
    outlined: bool = True


Parts = dict[str, tuple[Layer, ...]]


@dataclass(frozen=True, slots=True)
class Seam:
    """A cap without a rim that hides the line between two parts of one limb."""

    parts: tuple[str, str]
    colour: str
    hull: Hull
    waist: bool = False  # reaches under the shirt: left out when the shirt is painted between its parts


def ball(centre: Point, r: float) -> Point:
    """A ball as one row of a hull."""
    return np.append(centre, r)


def hull(*balls: Point) -> Hull:
    """A hull from balls."""
    return np.array(balls)


def chain(*balls: Point) -> tuple[Hull, ...]:
    """Consecutive balls joined two by two: a bent tube."""
    return tuple(np.array(two) for two in pairwise(balls))


@dataclass(frozen=True, slots=True)
class Look:
    """What is seen of the head: face before or behind the hair, fringe, ears and eyes (1 left, -1 right)."""

    face: bool = True
    fringe: bool = True
    ears: tuple[int, ...] = ()
    eyes: tuple[int, ...] = ()


def look(bodies: Sequence[Body], toward: Point) -> Look:
    """How the head is seen by a camera in the direction `toward`, the same for all frames of a film.

    From under the chin or of a face turned away no eyes are drawn: they would sit on the forehead.
    """
    seen = np.mean([toward @ body.frames["head"] for body in bodies], 0)  # turn of the face, the left ear, the crown
    eyes = tuple(m for m in (1, -1) if seen @ (0.88, m * 0.44, 0.1) > 0.3) if seen[2] > -0.3 else ()
    return Look(bool(seen[0] > -0.25), bool(seen[2] > -0.2), tuple(m for m in (1, -1) if m * seen[1] > 0.12), eyes)


def parts(body: Body, marked: str, seen: Look) -> Parts:
    """Every part of the body; `marked` is the affected side ("l", "r" or "")."""
    out: Parts = {"torso": (Layer("top", _trunk(body)),), "head": _head(body, seen)}
    for side in "lr":
        out |= _leg(body, side, "aff" if side == marked else "leg") | _arm(body, side)
    return out


def _trunk(body: Body) -> tuple[Hull, ...]:
    def row(frame: str, x: float, y: float, z: float, r: float) -> list[Point]:
        return [ball(body.at(frame, x, m * y, z), r) for m in (1, -1)]

    hem = row("waist", 0.002, 0.056, -0.02, 0.08)
    waist = row("waist", 0.006, 0.05, 0.01, 0.077)
    ribs = row("chest", 0.0, 0.058, -0.03, 0.09)
    breast = row("chest", 0.004, 0.07, 0.03, 0.092)
    shoulders = row("chest", -0.008, 0.132, 0.10, 0.05)
    collar = row("chest", -0.012, 0.045, 0.135, 0.045)
    return (
        hull(*hem, *waist),
        hull(*waist, *ribs),
        hull(*ribs, *breast),
        hull(*breast, *shoulders),
        hull(*shoulders, *collar),
    )


def _head(body: Body, seen: Look) -> tuple[Layer, ...]:
    def at(x: float, y: float, z: float, r: float) -> Point:
        return ball(body.at("head", x, y, z), r)

    skull = at(-0.016, 0, 0.02, 0.098)
    hair = (
        hull(skull, at(-0.048, 0, -0.02, 0.064)),
        hull(skull, at(0.03, 0, 0.05, 0.062)),
        hull(at(-0.062, 0, 0.122, 0.04)),
    )
    nose = hull(at(0.097, 0, -0.006, 0.008), at(0.108, 0, -0.03, 0.0125), at(0.082, 0, -0.03, 0.012))
    face = (hull(at(0.014, 0, 0.002, 0.087), at(0.036, 0, -0.056, 0.055)), nose)
    ears = tuple(hull(at(-0.004, m * 0.088, 0.0, 0.018), at(-0.001, m * 0.084, -0.022, 0.011)) for m in seen.ears)
    neck = hull(
        ball(body.joints["neck"] + body.frames["chest"] @ np.array((0.004, 0, 0.012)), 0.047),
        at(-0.02, 0, -0.05, 0.047),
    )
    out = [Layer("skin", (neck,)), Layer("hair", hair), Layer("skin", face)]
    if not seen.face:
        out[1:] = out[:0:-1]
    elif seen.fringe:
        row = tuple(at(0.045, y, 0.072, 0.024) for y in (0.034, -0.034))
        sweep = tuple(hull(*row, at(0.012, m * 0.062, 0.052, 0.03), at(-0.01, 0, 0.075, 0.04)) for m in (1, -1))
        out.append(Layer("hair", sweep, outlined=False))
    eyes = tuple(hull(at(0.094, m * 0.035, -0.002, 0.0075), at(0.093, m * 0.035, 0.009, 0.0075)) for m in seen.eyes)
    return (*out, Layer("skin", ears, outlined=False), Layer("eye", eyes, outlined=False))


def _leg(body: Body, side: str, colour: str) -> Parts:
    m = 1 if side == "l" else -1
    joints = body.joints

    def j(name: str, r: float) -> Point:
        return ball(joints[f"{side}_{name}"], r)

    def on(bone: str, along: float, r: float) -> Point:
        return ball(body.on(f"{side}_{bone}", along), r)

    def pelvis(x: float, y: float, z: float, r: float) -> Point:
        return ball(body.at("pelvis", x, m * y, z), r)

    middle = [
        pelvis(x, -0.004, z, 0.012)
        for x, z in ((0.07, 0.04), (0.04, -0.06), (-0.05, -0.07), (-0.085, 0), (-0.06, 0.07), (0.06, 0.075))
    ]
    belt = ball(body.at("waist", 0.003, m * 0.055, -0.058), 0.079)
    hips = (
        hull(pelvis(0, 0.075, -0.01, 0.09), belt, *middle),
        hull(j("glute", 0.082), j("hip", 0.09), pelvis(-0.1, 0.02, -0.02, 0.03)),
        hull(j("glute", 0.082), on("thigh", 0.25, 0.08)),
    )
    side_step = (joints[f"{side}_inward"] - joints[f"{side}_ankle"]) * 0.016

    def wide(name: str, r: float) -> tuple[Point, Point]:
        return tuple(ball(joints[f"{side}_{name}"] + side_step * k, r) for k in (1.2, -1))  # type: ignore[return-value]

    foot = (
        hull(j("ankle", 0.035), j("heel", 0.03)),
        hull(j("ankle", 0.034), j("heel", 0.029), *wide("ball", 0.024)),
        hull(*wide("ball", 0.024), *wide("toe", 0.017)),
    )
    return {
        f"{side}_hips": (Layer(colour, hips),),
        f"{side}_thigh": (Layer(colour, chain(j("hip", 0.09), on("thigh", 0.45, 0.075), j("knee", 0.054))),),
        f"{side}_shank": (
            Layer("skin", (hull(on("shank", 0.74, 0.037), j("ankle", 0.034)),)),
            Layer(colour, chain(j("knee", 0.054), on("shank", 0.3, 0.056), on("shank", 0.85, 0.04))),
        ),
        f"{side}_foot": (Layer("skin", foot),),
    }


def _arm(body: Body, side: str) -> Parts:
    joints = body.joints

    def j(name: str, r: float) -> Point:
        return ball(joints[f"{side}_{name}"], r)

    def on(bone: str, along: float, r: float) -> Point:
        return ball(body.on(f"{side}_{bone}", along), r)

    across = joints[f"{side}_thumbside"] - joints[f"{side}_wrist"]

    def spread(name: str, r: float, k: float) -> tuple[Point, Point]:
        return tuple(ball(joints[f"{side}_{name}"] + across * (m * k), r) for m in (1, -1))  # type: ignore[return-value]

    knuckles, tips = spread("knuckle", 0.016, 0.022), spread("finger", 0.011, 0.014)
    root = ball(joints[f"{side}_wrist"] + across * 0.012, 0.017)
    hand = (hull(j("wrist", 0.023), *knuckles), hull(*knuckles, *tips), hull(root, j("thumb", 0.0115)))
    return {
        f"{side}_upper": (
            Layer("skin", (hull(j("shoulder", 0.044), j("elbow", 0.034)),)),
            Layer("top", (hull(j("shoulder", 0.053), on("upper", 0.5, 0.048)),)),
        ),
        f"{side}_fore": (Layer("skin", chain(j("elbow", 0.034), on("fore", 0.3, 0.037), j("wrist", 0.025))),),
        f"{side}_hand": (Layer("skin", hand),),
    }


def seams(body: Body, marked: str) -> Iterable[Seam]:
    """Caps over hip, knee, ankle, elbow and wrist, in the colour of the limb."""
    joints = body.joints
    if not marked:
        front, top = (ball(body.at("pelvis", -0.01, 0, z), r) for z, r in ((-0.02, 0.05), (0.06, 0.07)))
        yield Seam(("l_hips", "r_hips"), "leg", hull(front, top), waist=True)
    for side in "lr":
        m, cloth = (1 if side == "l" else -1), "aff" if side == marked else "leg"
        hip, knee, ankle = (joints[f"{side}_{n}"] for n in ("hip", "knee", "ankle"))
        belt = ball(body.at("waist", 0.003, m * 0.05, -0.065), 0.072)
        yield Seam((f"{side}_thigh", f"{side}_hips"), cloth, hull(ball(hip, 0.087), belt), waist=True)
        for a, b, colour, first, second in (
            ("thigh", "hips", cloth, ball(joints[f"{side}_glute"], 0.08), ball(hip, 0.088)),
            ("thigh", "hips", cloth, ball(hip, 0.088), ball(body.on(f"{side}_thigh", 0.3), 0.078)),
            ("thigh", "shank", cloth, ball(knee, 0.0535), ball(body.on(f"{side}_thigh", 0.7), 0.0615)),
            ("thigh", "shank", cloth, ball(knee, 0.0535), ball(body.on(f"{side}_shank", 0.25), 0.0545)),
            ("shank", "foot", "skin", ball(ankle, 0.0335), ball(body.on(f"{side}_shank", 0.89), 0.034)),
            ("shank", "foot", "skin", ball(ankle, 0.033), ball((ankle + joints[f"{side}_heel"]) / 2, 0.031)),
            ("shank", "foot", "skin", ball(ankle, 0.033), ball(joints[f"{side}_foot"], 0.027)),
            (
                "upper",
                "fore",
                "skin",
                ball(joints[f"{side}_elbow"], 0.0335),
                ball(body.on(f"{side}_upper", 0.7), 0.0365),
            ),
            (
                "upper",
                "fore",
                "skin",
                ball(joints[f"{side}_elbow"], 0.0335),
                ball(body.on(f"{side}_fore", 0.2), 0.0355),
            ),
            (
                "fore",
                "hand",
                "skin",
                ball(joints[f"{side}_wrist"], 0.0225),
                ball(body.on(f"{side}_fore", 0.8), 0.0265),
            ),
            (
                "fore",
                "hand",
                "skin",
                ball(joints[f"{side}_wrist"], 0.0225),
                ball(joints[f"{side}_palm"], 0.018),
            ),
        ):
            yield Seam((f"{side}_{a}", f"{side}_{b}"), colour, hull(first, second))


def muscle(body: Body, name: str, side: str) -> tuple[Hull, ...]:
    """A muscle, or the nerve from the buttock down the back of the leg, as hulls just under the skin."""
    m = 1 if side == "l" else -1
    if name != "sciatic_nerve":
        return (hull(*(ball(body.at("pelvis", x, m * y, z), r) for x, y, z, r in MUSCLES[name])),)
    behind = -body.bends[f"{side}_knee"]
    thigh = [body.on(f"{side}_thigh", t) + behind * d for t, d in ((0.3, 0.04), (0.65, 0.035), (0.95, 0.03))]
    shank = [body.on(f"{side}_shank", t) + behind * d for t, d in ((0.25, 0.02), (0.6, 0.012), (0.95, 0.0))]
    start = [body.at("pelvis", -0.06, m * 0.07, 0.02), body.at("pelvis", -0.07, m * 0.085, -0.06)]
    return chain(*(ball(p, 0.009) for p in (*start, *thigh, *shank)))
