"""Movement arrows."""

import numpy as np

from unpinch.figure.poses import Arrow
from unpinch.figure.screen import Camera, path
from unpinch.figure.skeleton import Body, Point, unit


def track(arrow: Arrow, before: Body, middle: Body, after: Body, cam: Camera) -> Point:
    """Points of the arrow's line on paper, from tail to head."""
    if arrow.kind == "trace":
        p, q, r = (cam.flat(b.joints[arrow.joint])[:2] for b in (before, middle, after))
        bow = 2 * q - (p + r) / 2  # the parabola through start, middle and end of the joint's path
        t = np.linspace(*arrow.span, 14)[:, None]
        points = p * (1 - t) ** 2 + bow * 2 * t * (1 - t) + r * t * t
    elif arrow.kind == "ring":
        a = np.radians(np.linspace(*arrow.span, 32))
        centre = (before.joints[arrow.joint] + after.joints[arrow.joint]) / 2
        points = cam.flat(centre + arrow.r * np.stack((np.cos(a), np.sin(a), a * 0), 1))[:, :2]
    else:
        start = cam.flat(after.joints[arrow.joint])[:2]
        points = start + _screen(arrow.go, cam) * np.linspace(0, 1, 4)[:, None]
    return points + _screen(arrow.shift, cam)


def _screen(move: tuple[float, float], cam: Camera) -> Point:
    return np.array((move[0] * cam.flip, -move[1])) * cam.scale


def shaft_and_head(points: Point, both: bool) -> str:
    """The arrow as one open path; short arrows get smaller heads."""
    length = float(np.hypot(*np.diff(points, axis=0).T).sum())
    size = min(1.0, length / 22)
    out = path(points)
    for line in (points, points[::-1])[: 2 if both else 1]:
        d = unit(line[-1] - line[-3]) * 8.5 * size
        side = np.array((-d[1], d[0])) * 0.85
        out += path((line[-1] - d + side, line[-1], line[-1] - d - side))
    return out
