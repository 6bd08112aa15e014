"""Things in the scene: furniture, ball, pillow, wall, band, car seat. Each kind is one function to parts."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from unpinch.figure.body import locate
from unpinch.figure.flesh import Hull, Layer, Parts, ball, chain, hull
from unpinch.figure.poses import FigureSpec, Place
from unpinch.figure.skeleton import Body, Point

SEAT_TOP = 0.45
Settings = Mapping[str, Any]


def _point(body: Body, at: Any, r: float, settings: Settings) -> Point:
    touch = settings.get("touch")
    place = Place(
        at if isinstance(at, str) else tuple(at),
        tuple(touch) if touch else None,
        tuple(settings.get("off", (0, 0, 0))),
    )
    return locate(body, place, 1, r)[0]


def _slab(
    centre: Sequence[float], size: Sequence[float], colour: str, r: float = 0.02, top: str = ""
) -> tuple[Layer, ...]:
    """A box with rounded edges, its upper face in its own colour if given."""
    middle, half = np.array(centre), np.maximum(np.array(size) / 2 - r, 0)
    corners = [middle + half * (x, y, z) for z in (-1, 1) for x, y in ((1, 1), (1, -1), (-1, -1), (-1, 1))]
    solid = Layer(colour, (hull(*(ball(c, r) for c in corners)),))
    return (solid, Layer(top, (hull(*(ball(c, r * 0.85) for c in corners[4:])),))) if top else (solid,)


def _bar(a: Sequence[float], b: Sequence[float], r: float) -> Hull:
    return hull(ball(np.array(a), r), ball(np.array(b), r))


def _chair(_: Body, name: str, settings: Settings) -> Parts:
    (x, y), a = settings["at"], 0.18
    out = {"seat": _slab((x, y, SEAT_TOP - 0.025), (0.42, 0.42, 0.05), "prop", top="prop2")}
    for side, i in (("front", 1), ("back", -1)):
        legs = tuple(
            _bar((x + i * a, y + j * a, 0.41), (x + i * a * 1.05, y + j * a * 1.05, 0.014), 0.016) for j in (1, -1)
        )
        out[f"{name}_legs_{side}"] = (Layer("prop", legs),)
    if settings.get("back", True):
        posts = tuple(_bar((x - 0.19, y + j * a, 0.45), (x - 0.26, y + j * a, 0.91), 0.017) for j in (1, -1))
        rest = hull(
            *(ball(np.array((x - t, y + j * a, z)), 0.022) for j in (1, -1) for t, z in ((0.238, 0.73), (0.262, 0.91)))
        )
        out["chairback"] = (Layer("prop", posts), Layer("prop2", (rest,)))
    return out


def _ball(body: Body, name: str, settings: Settings) -> Parts:
    r = float(settings["r"])
    return {name: (Layer("ball", (hull(ball(_point(body, settings["at"], r, settings), r)),)),)}


def _pillow(body: Body, name: str, settings: Settings) -> Parts:
    r = float(settings["r"])
    colour = "aid" if settings.get("aid") else "pillow"
    return {name: (Layer(colour, (hull(*(ball(_point(body, at, r, settings), r) for at in settings["at"])),)),)}


def _wall(_: Body, name: str, settings: Settings) -> Parts:
    return {name: _slab(settings["at"], settings["size"], "wall")}


def _band(body: Body, name: str, settings: Settings) -> Parts:
    """An elastic loop round both legs at the height of the two places."""
    pelvis = body.frames["pelvis"]
    rings = []
    for sign, at in zip((1, -1), settings["at"], strict=True):
        rings.append(
            [
                locate(body, Place(at, direction), sign, 0.004)[0]
                for direction in (
                    (1.0, -0.2, 0.0),
                    (0.7, 0.8, 0.0),
                    (0.0, 1.0, 0.0),
                    (-0.7, 0.8, 0.0),
                    (-1.0, -0.2, 0.0),
                )
            ]
        )
    left, right = rings
    front = [*reversed(left[:3]), *right[:3]]
    back = [*left[2:], *reversed(right[2:])]
    lift = pelvis @ np.array((0, 0, 0.016))
    tape = tuple(
        tuple(
            np.concatenate((a, b))
            for a, b in zip(
                chain(*(ball(p + lift, 0.007) for p in row)),
                chain(*(ball(p - lift, 0.007) for p in row)),
                strict=True,
            )
        )
        for row in (front, back)
    )
    return {
        f"{name}_front": (Layer("band", tape[0], False),),
        f"{name}_back": (Layer("band", tape[1], False),),
    }


def _car_seat(_: Body, name: str, settings: Settings) -> Parts:
    """A car seat facing +x: base, cushion rising to the front, reclined back and head rest."""
    (x, y), w = settings["at"], 0.21

    def across(points: Sequence[tuple[float, float, float]]) -> Hull:
        return hull(*(ball(np.array((x + dx, y + j * (w - r), z)), r) for j in (1, -1) for dx, z, r in points))

    cushion = (across(((-0.16, 0.30, 0.075), (0.25, 0.345, 0.07))),)
    back = (across(((-0.23, 0.36, 0.065), (-0.40, 0.88, 0.055))),)
    head = (across(((-0.395, 1.08, 0.045), (-0.43, 1.19, 0.045))),)
    posts = tuple(_bar((x - 0.40, y + j * 0.05, 0.9), (x - 0.415, y + j * 0.05, 1.1), 0.01) for j in (1, -1))
    base = (across(((-0.16, 0.10, 0.06), (0.16, 0.10, 0.06), (-0.1, 0.24, 0.05), (0.14, 0.26, 0.05))),)
    return {
        f"{name}_base": (Layer("wall", base),),
        f"{name}_cushion": (Layer("prop2", cushion),),
        f"{name}_back": (Layer("prop", posts), Layer("prop2", head), Layer("prop2", back)),
    }


def _wheel(_: Body, name: str, settings: Settings) -> Parts:
    """A steering wheel: rim, two spokes, column. `tilt` is how far it leans from upright, in degrees."""
    centre, r, tilt = np.array(settings["at"]), float(settings["r"]), np.radians(float(settings["tilt"]))
    across, up = np.array((0.0, 1.0, 0.0)), np.array((np.sin(tilt), 0.0, np.cos(tilt)))
    rim = [ball(centre + r * (across * np.cos(a) + up * np.sin(a)), 0.014) for a in np.linspace(0, 2 * np.pi, 17)]
    spokes = tuple(hull(ball(centre, 0.03), ball(centre + across * (j * r), 0.012)) for j in (1, -1))
    axis = np.array((np.cos(tilt), 0.0, -np.sin(tilt)))
    column = hull(ball(centre, 0.03), ball(centre + axis * 0.3, 0.03))
    return {f"{name}_column": (Layer("wall", (column,)),), name: (Layer("ink", (*chain(*rim), *spokes)),)}


def _pedals(_: Body, name: str, settings: Settings) -> Parts:
    """A sloping footwell with the edge of the floor."""
    x, y, z = settings["at"]
    plate = hull(
        *(ball(np.array((x + dx, y + j, z + dz)), 0.012) for j in (0.2, -0.2) for dx, dz in ((0.0, 0.0), (0.14, 0.24)))
    )
    floor = hull(*(ball(np.array((x + dx, y + j, z)), 0.012) for j in (0.2, -0.2) for dx in (-0.34, 0.0)))
    return {name: (Layer("wall", (floor, plate)),)}


KINDS: dict[str, Callable[[Body, str, Settings], Parts]] = {
    "chair": _chair,
    "ball": _ball,
    "pillow": _pillow,
    "wall": _wall,
    "band": _band,
    "car_seat": _car_seat,
    "wheel": _wheel,
    "pedals": _pedals,
}


def things(spec: FigureSpec, body: Body) -> Parts:
    """Every prop but the mat, as parts to be painted among the body's."""
    out: Parts = {}
    for prop in spec.props:
        if prop.kind in KINDS:
            out |= KINDS[prop.kind](body, prop.name, prop.settings)
    return out


def mats(spec: FigureSpec) -> list[Point]:
    """Corners of each mat on the floor."""
    areas = [prop.settings["area"] for prop in spec.props if prop.kind == "mat"]
    return [np.array(((x0, y0, 0), (x1, y0, 0), (x1, y1, 0), (x0, y1, 0)), float) for x0, x1, y0, y1 in areas]
