"""Pose checks: the mistakes an eye can miss, looked for in every key pose and on the way between them."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from unpinch.figure import flesh, props
from unpinch.figure.body import solve
from unpinch.figure.flesh import Parts
from unpinch.figure.poses import FigureSpec, Pose
from unpinch.figure.screen import sampled
from unpinch.figure.skeleton import FORE, SHANK, THIGH, UPPER, Body, Point, unit
from unpinch.figure.tween import between

STEPS = (0.0, 0.25, 0.5, 0.75, 1.0)
FLOOR_DEPTH = 0.02  # metres of flesh that may sink into the floor, as a soft body does
FLESH_DEPTH = 0.035  # metres by which two limbs may press into each other
REACH = 0.015
SLIP = 0.002
SHARPEST = 28.0  # degrees between two bones at a fully folded knee or elbow
BONES = (
    ("hip", "knee", THIGH),
    ("knee", "ankle", SHANK),
    ("shoulder", "elbow", UPPER),
    ("elbow", "wrist", FORE),
)
HARD = ("seat", "chairback", "wall")
LIMB_PARTS = ("thigh", "shank", "foot", "upper", "fore", "hand")
TRUNK_PARTS = ("torso", "l_hips", "r_hips", "head")
CHAINS = (("hips", "thigh", "shank", "foot"), ("torso", "upper", "fore", "hand"))


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong: in which picture, what, and by how many metres (degrees for a joint)."""

    where: str
    what: str
    amount: float

    def __str__(self) -> str:
        return f"{self.where}: {self.what} ({self.amount:.3f})"


def faults(spec: FigureSpec) -> tuple[Fault, ...]:
    """Everything wrong with a figure's poses; empty when it may be shown."""
    found: list[Fault] = []
    for first, second, a, b in _steps(spec):
        bodies = [solve(between(a, b, t)) for t in STEPS]
        for t, body in zip(STEPS, bodies, strict=True):
            where = f"pose {first + 1}" if first == second or t == 0 else f"pose {first + 1} to {second + 1} at {t:g}"
            parts = flesh.parts(body, "", flesh.Look())
            found += [
                *_floor(where, parts),
                *_through(where, parts, props.things(spec, body)),
                *_reached(where, body),
                *_bones(where, body),
                *_folded(where, body),
            ]
        found += _slipping(f"pose {first + 1} to {second + 1}", bodies)
    return tuple(dict.fromkeys(found))


def _steps(spec: FigureSpec) -> Iterator[tuple[int, int, Pose, Pose]]:
    poses = [key.pose for key in spec.poses]
    if len(poses) == 1:
        yield 0, 0, poses[0], poses[0]
    for i in range(len(poses) - (0 if spec.loop else 1)):
        j = (i + 1) % len(poses)
        if i != j:
            yield i, j, poses[i], poses[j]


def _clouds(parts: Parts) -> dict[str, Point]:
    return {name: sampled(h for layer in layers for h in layer.hulls) for name, layers in parts.items()}


def _floor(where: str, parts: Parts) -> Iterator[Fault]:
    for name, cloud in _clouds(parts).items():
        lowest = float((cloud[:, 2] - cloud[:, 3]).min())
        if lowest < -FLOOR_DEPTH:
            yield Fault(where, f"{name} goes through the floor", -lowest)


def _through(where: str, parts: Parts, things: Parts) -> Iterator[Fault]:
    clouds = _clouds(parts)
    limbs = [n for n in clouds if n[2:] in LIMB_PARTS]
    pairs = [(a, b) for a, b in combinations(limbs, 2) if not _neighbours(a, b)]
    pairs += [
        (a, b) for a in limbs for b in TRUNK_PARTS if not _neighbours(a, b) and not (a[2:] == "thigh" and b == "torso")
    ]
    pairs += [(a, b) for a in (*limbs, "torso") for b in HARD if b in things]
    clouds |= _clouds({name: things[name] for name in HARD if name in things})
    for a, b in pairs:
        depth = _overlap(clouds[a], clouds[b])
        if depth > FLESH_DEPTH:
            yield Fault(where, f"{a} goes through {b}", depth)


def _neighbours(a: str, b: str) -> bool:
    """Joined at a joint, or the two buttocks and thighs, which always touch."""
    kinds = {a.removeprefix("l_").removeprefix("r_"), b.removeprefix("l_").removeprefix("r_")}
    if kinds <= {"hips", "thigh"}:
        return True
    if a[:2] != b[:2] and "torso" not in kinds:
        return False
    return any(kinds == {chain[i], chain[i + 1]} for chain in CHAINS for i in range(len(chain) - 1))


def _overlap(a: Point, b: Point) -> float:
    gap = np.linalg.norm(a[:, None, :3] - b[None, :, :3], axis=2) - a[:, None, 3] - b[None, :, 3]
    return -float(gap.min())


def _reached(where: str, body: Body) -> Iterator[Fault]:
    for joint, target in body.targets.items():
        miss = float(np.linalg.norm(body.joints[joint] - target))
        if miss > REACH:
            yield Fault(where, f"{joint} does not reach its place", miss)


def _bones(where: str, body: Body) -> Iterator[Fault]:
    for side in "lr":
        for near, far, length in BONES:
            error = abs(float(np.linalg.norm(body.joints[f"{side}_{near}"] - body.joints[f"{side}_{far}"])) - length)
            if error > 1e-6:
                yield Fault(where, f"{side}_{near} to {far} changes its length", error)


def _folded(where: str, body: Body) -> Iterator[Fault]:
    for side in "lr":
        for near, joint, far in (("hip", "knee", "ankle"), ("shoulder", "elbow", "wrist")):
            middle = body.joints[f"{side}_{joint}"]
            u, v = (unit(body.joints[f"{side}_{end}"] - middle) for end in (near, far))
            angle = float(np.degrees(np.arccos(np.clip(u @ v, -1, 1))))
            if angle < SHARPEST:
                yield Fault(where, f"{side}_{joint} is folded too far", angle)


def _slipping(where: str, bodies: list[Body]) -> Iterator[Fault]:
    """A foot that stands at the same place in both poses does not move between them."""
    for joint in ("l_ankle", "r_ankle"):
        first, last = bodies[0].joints[joint], bodies[-1].joints[joint]
        if np.linalg.norm(first - last) < 1e-9:
            slip = max(float(np.linalg.norm(body.joints[joint] - first)) for body in bodies)
            if slip > SLIP:
                yield Fault(where, f"{joint} slips", slip)
