"""Between two poses: blend the numbers and solve the body again, so that contacts stay true on the way."""

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import cast

from unpinch.figure.poses import FigureSpec, Limb, Place, Pose, Vec


def _lerp(a: Sequence[float], b: Sequence[float], t: float) -> tuple[float, ...]:
    return tuple(x + (y - x) * t for x, y in zip(a, b, strict=True))


def _vec(a: Vec, b: Vec, t: float) -> Vec:
    return cast(Vec, _lerp(a, b, t))


def _maybe(a: Vec | None, b: Vec | None, t: float) -> Vec | None:
    return a if a is None or b is None else _vec(a, b, t)


def _places(a: Limb, b: Limb, t: float) -> tuple[tuple[float, Place], ...]:
    """One sliding place where both rest on the same landmark; otherwise both, weighted."""
    if len(a.places) == len(b.places) == 1:
        p, q = a.places[0][1], b.places[0][1]
        off = _vec(p.off, q.off, t)
        if (p.touch is None) == (q.touch is None):
            touch = _maybe(p.touch, q.touch, t)
            if isinstance(p.at, tuple) and isinstance(q.at, tuple):
                return ((1.0, Place(_vec(p.at, q.at, t), touch, off)),)
            if isinstance(p.at, str) and isinstance(q.at, str):
                bone_a, _, along_a = p.at.partition("@")
                bone_b, _, along_b = q.at.partition("@")
                if p.at == q.at:
                    return ((1.0, Place(p.at, touch, off)),)
                if bone_a == bone_b and along_a and along_b:
                    along = float(along_a) + (float(along_b) - float(along_a)) * t
                    return ((1.0, Place(f"{bone_a}@{along:.4f}", touch, off)),)
    return (*((w * (1 - t), p) for w, p in a.places), *((w * t, p) for w, p in b.places))


def _limb(a: Limb, b: Limb, t: float) -> Limb:
    if a == b:
        return a
    flat, ankle, curl = _lerp((a.flat, a.ankle, a.curl), (b.flat, b.ankle, b.curl), t)
    angles = cast(tuple[float, float, float, float], _lerp(a.angles, b.angles, t))
    return Limb(
        _places(a, b, t),
        angles,
        _vec(a.pole, b.pole, t),
        _maybe(a.toe, b.toe, t),
        _maybe(a.palm, b.palm, t),
        flat,
        ankle,
        curl,
    )


def between(a: Pose, b: Pose, t: float) -> Pose:
    """The pose at t (0 gives a, 1 gives b; curves through four poses go a little outside)."""
    if a == b:
        return a
    height = None if a.height is None or b.height is None else a.height + (b.height - a.height) * t
    limbs = tuple(_limb(p, q, t) for p, q in zip(a.limbs, b.limbs, strict=True))
    return replace(
        a,
        at=cast(tuple[float, float], _lerp(a.at, b.at, t)),
        height=height,
        turn=_vec(a.turn, b.turn, t),
        spine=_vec(a.spine, b.spine, t),
        head=_vec(a.head, b.head, t),
        limbs=cast(tuple[Limb, Limb, Limb, Limb], limbs),
    )


def _round_corner(a: Pose, b: Pose, c: Pose, d: Pose, t: float) -> Pose:
    """Catmull-Rom through b and c, as nested blends (Barry and Goldman 1988)."""
    ab, bc, cd = between(a, b, t + 1), between(b, c, t), between(c, d, t - 1)
    return between(between(ab, bc, (t + 1) / 2), between(bc, cd, t / 2), t)


def film(spec: FigureSpec, steps: int = 4) -> tuple[list[Pose], list[float], float]:
    """Poses, their key times (0 to 1), the seconds of a round: there, a rest, back; a loop goes round."""
    poses = [key.pose for key in spec.poses]
    n = len(poses)
    if spec.loop:
        frames = [
            _round_corner(poses[i - 1], poses[i], poses[(i + 1) % n], poses[(i + 2) % n], k / 3)
            for i in range(n)
            for k in range(3)
        ]
        frames.append(frames[0])
        return frames, [i / (len(frames) - 1) for i in range(len(frames))], 1.2 * n
    there: list[Pose] = [poses[0]]
    times = [0.0]
    for a, b in pairwise(poses):
        times += [times[-1] + 0.6 + 1.4 * k / steps for k in range(steps + 1)]
        there += [between(a, b, (1 - math.cos(math.pi * k / steps)) / 2) for k in range(steps + 1)]
    hold = 1.2
    back = [times[-1] + hold + (times[-1] - t) * 0.8 for t in reversed(times)]
    total = back[-1]
    return there + there[::-1], [t / total for t in times + back], total
