"""From space to paper: the camera, outlines of hulls as SVG paths, and the order of painting."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from unpinch.figure.flesh import Hull, Parts
from unpinch.figure.poses import View
from unpinch.figure.skeleton import Point

SAMPLES = (0.0, 0.33, 0.67, 1.0)
RAYS = {k: np.stack((np.cos(a), np.sin(a)), 1) for k in (14, 28) for a in (-2 * np.pi * np.arange(k) / k,)}


@dataclass(frozen=True, slots=True)
class Camera:
    """An orthographic camera: `toward` points at it, `axes` has screen right, screen down and depth as rows.

    `scale` is paper units a metre, `origin` is subtracted on paper, `squash` flattens circles lying on the
    floor.
    """

    toward: Point
    axes: Point
    flip: int
    squash: float
    scale: float = 1.0
    origin: tuple[float, float] = (0.0, 0.0)

    def flat(self, points: Point) -> Point:
        """Paper x and y and depth of one point or of rows of points."""
        out = points @ self.axes.T
        out[..., :2] = out[..., :2] * self.scale - self.origin
        return out


def camera(view: View, mirrored: bool) -> Camera:
    """The camera of a view, in metres; mirrored cameras show the other side's exercise."""
    a, e = math.radians(view.az), math.radians(view.el)
    toward = np.array((math.cos(e) * math.cos(a), math.cos(e) * math.sin(a), math.sin(e)))
    right = np.array((-math.sin(a), math.cos(a), 0.0))
    up = np.array((-math.sin(e) * math.cos(a), -math.sin(e) * math.sin(a), math.cos(e)))
    flip = -1 if mirrored else 1
    return Camera(toward, np.array((right * flip, -up, toward)), flip, max(math.sin(e), 0.1))


def path(points: Iterable[Sequence[float]], closed: bool = False) -> str:
    """An SVG path through points, in short relative form."""
    whole = [(round(float(p[0]) * 10), round(float(p[1]) * 10)) for p in points]
    steps = "".join(f"{(c - a) / 10:g} {(d - b) / 10:g} " for (a, b), (c, d) in pairwise(whole))
    return f"M{whole[0][0] / 10:g} {whole[0][1] / 10:g}l{steps.rstrip()}{'Z' if closed else ''}"


def outline(shape: Hull, cam: Camera) -> str:
    """The outline of a hull. Its commands depend only on the balls' number and radii, so poses morph."""
    flat = cam.flat(shape[:, :3])
    if len(shape) == 2:
        first, second = (0, 1) if shape[0, 3] >= shape[1, 3] else (1, 0)
        big, small = ((flat[i, 0], flat[i, 1], shape[i, 3] * cam.scale) for i in (first, second))
        return _capsule(*big, *small)
    rays = RAYS[28]
    radii = shape[:, 3] * cam.scale
    far = (rays @ flat[:, :2].T + radii).argmax(1)
    return path(flat[far, :2] + rays * radii[far, None], closed=True)


def shadow(shape: Hull, cam: Camera) -> str:
    """The outline of a hull's shadow on the floor, light coming from above."""
    flat = cam.flat(shape[:, :3] * (1, 1, 0))[:, :2]
    rays = RAYS[14] * (1, cam.squash)
    length = np.hypot(rays[:, 0], rays[:, 1])
    radii = shape[:, 3] * 0.9 * cam.scale
    far = (RAYS[14] @ flat.T + np.outer(length, radii)).argmax(1)
    rim = RAYS[14] * (1, cam.squash**2) / length[:, None]
    return path(flat[far] + rim * radii[far, None], closed=True)


def _capsule(x1: float, y1: float, r1: float, x2: float, y2: float, r2: float) -> str:
    """Two circles and their common tangents; one that hides the other keeps the same commands."""
    d = math.hypot(x2 - x1, y2 - y1) or 1e-6
    ux, uy = (x2 - x1) / d, (y2 - y1) / d
    d = max(d, r1 - r2 + 0.05)
    c = (r1 - r2) / d
    s = math.sqrt(1 - c * c)
    x2, y2 = x1 + ux * d, y1 + uy * d
    ax, ay, bx, by = ux * c - uy * s, ux * s + uy * c, ux * c + uy * s, -ux * s + uy * c
    return (
        f"M{x1 + ax * r1:.1f} {y1 + ay * r1:.1f}L{x2 + ax * r2:.1f} {y2 + ay * r2:.1f}"
        f"A{r2:.1f} {r2:.1f} 0 0 0 {x2 + bx * r2:.1f} {y2 + by * r2:.1f}"
        f"L{x1 + bx * r1:.1f} {y1 + by * r1:.1f}"
        f"A{r1:.1f} {r1:.1f} 0 1 0 {x1 + ax * r1:.1f} {y1 + ay * r1:.1f}Z"
    )


def sampled(shapes: Iterable[Hull]) -> Point:
    """Balls along every edge of the hulls: a cloud that stands for the volume."""
    rows = []
    for shape in shapes:
        if len(shape) == 1:
            rows.append(shape)
        for i, a in enumerate(shape):
            for b in shape[i + 1 :] if len(shape) < 5 else (shape[(i + 1) % len(shape)],):
                rows.append(a + (b - a) * np.array(SAMPLES)[:, None])
    return np.concatenate(rows)


def paint_order(scenes: Sequence[Parts], cam: Camera, bias: Mapping[str, float]) -> list[str]:
    """Names of the parts from back to front.

    Depth is compared only where two parts overlap on the screen, summed over all scenes; then the part with
    the least claim to lie in front is taken, again and again. A mean depth for each part would be wrong for
    crossed legs.
    """
    names = list(scenes[0])
    claim = np.zeros((len(names), len(names)))
    for scene in scenes:
        clouds = [sampled(h for layer in scene[n] for h in layer.hulls) for n in names]
        starts = np.cumsum([0, *(len(c) for c in clouds[:-1])])
        cloud = np.concatenate(clouds)
        lift = np.repeat([bias.get(n, 0.0) for n in names], [len(c) for c in clouds])
        x, y, depth = ((cloud[:, :3] @ cam.axes.T) + lift[:, None] * (0, 0, 1)).T.astype(np.float32)
        r = cloud[:, 3].astype(np.float32)
        near = np.square(x[:, None] - x)  # one large table, worked on in place
        near += np.square(y[:, None] - y)
        np.sqrt(near, out=near)
        near /= r[:, None] + r
        np.subtract(1, near, out=near)
        np.maximum(near, 0, out=near)
        near *= depth[:, None]
        depths = np.add.reduceat(np.add.reduceat(near, starts, 0), starts, 1)
        claim += depths - depths.T
    claim = np.maximum(claim, 0)
    left, order = list(range(len(names))), []
    while left:
        pick = left[int(claim[np.ix_(left, left)].sum(1).argmin())]
        left.remove(pick)
        order.append(names[pick])
    return sorted(order, key=lambda n: n != "wall")
