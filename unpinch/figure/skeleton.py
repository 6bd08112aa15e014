"""The mannequin's skeleton: lengths in metres, the solved body, and the little geometry it needs."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Point = NDArray[np.float64]

THIGH, SHANK, UPPER, FORE, HAND = 0.43, 0.41, 0.28, 0.25, 0.085
PALM = 0.055  # wrist to the middle of the palm, which is what touches
WRIST_LIMIT = math.radians(68)
BONES = {
    "thigh": ("hip", "knee"),
    "shank": ("knee", "ankle"),
    "upper": ("shoulder", "elbow"),
    "fore": ("elbow", "wrist"),
}
GIRTH = {  # radius of the flesh at both ends of a bone, for contacts on the skin
    "thigh": (0.084, 0.053),
    "shank": (0.056, 0.036),
    "upper": (0.048, 0.037),
    "fore": (0.037, 0.026),
    "knee": (0.054,) * 2,
    "ankle": (0.036,) * 2,
    "hip": (0.088,) * 2,
    "elbow": (0.037,) * 2,
    "palm": (0.016,) * 2,
    "glute": (0.082,) * 2,
    "asis": (0.03,) * 2,
    "wrist": (0.025,) * 2,
    "shoulder": (0.05,) * 2,
    "foot": (0.03,) * 2,
}
TIP_GIRTH = {"leg": 0.036, "arm": 0.018}
FRAMES = {
    "stand": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "supine": ((0, 0, 1), (-1, 0, 0), (0, -1, 0)),
    "prone": ((0, 0, -1), (1, 0, 0), (0, -1, 0)),
    "on_left": ((1, 0, 0), (0, 0, -1), (0, 1, 0)),
    "on_right": ((1, 0, 0), (0, 0, 1), (0, -1, 0)),
}
LANDMARKS = (  # name, frame, forward, outward, up
    ("hip", "pelvis", 0.0, 0.085, -0.02),
    ("asis", "pelvis", 0.085, 0.10, 0.06),
    ("glute", "pelvis", -0.055, 0.075, -0.03),
    ("shoulder", "chest", -0.005, 0.165, 0.10),
)
RESTING = (  # what may lie on the floor: frame, forward, outward, up, radius
    ("waist", 0.0, 0.055, -0.05, 0.082),
    ("chest", -0.012, 0.06, 0.0, 0.094),
    ("chest", -0.008, 0.155, 0.1, 0.053),
    ("pelvis", -0.055, 0.075, -0.03, 0.082),
    ("head", -0.018, 0.0, 0.015, 0.1),
)


@dataclass(frozen=True, slots=True)
class Body:
    """Joints in world metres by name (`l_knee`, `pelvis`, …) and the orientation of trunk and head.

    `targets` holds where each contact was asked to be, `bends` the direction each knee and elbow points to.
    """

    joints: dict[str, Point]
    frames: dict[str, Point]
    targets: dict[str, Point]
    bends: dict[str, Point]

    def at(self, frame: str, forward: float, left: float, up: float) -> Point:
        """A point fixed to pelvis, waist, chest or head."""
        return self.joints[frame] + self.frames[frame] @ np.array((forward, left, up))

    def on(self, bone: str, along: float) -> Point:
        """A point on a bone such as `l_thigh`, from 0 (near the trunk) to 1."""
        a, b = (self.joints[bone[:2] + joint] for joint in BONES[bone[2:]])
        return a + (b - a) * along


def unit(v: Point) -> Point:
    """The vector scaled to length 1 (a zero vector stays zero)."""
    return v / (math.sqrt(v @ v) or 1.0)


def cross(a: Point, b: Point) -> Point:
    """Vector product; many times faster than numpy's general one for single vectors."""
    return np.array((a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]))


def rotation(axis: int, degrees: float) -> Point:
    """Rotation about axis 0 (forward), 1 (left) or 2 (up)."""
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    if axis == 0:
        return np.array(((1, 0, 0), (0, c, -s), (0, s, c)))
    if axis == 1:
        return np.array(((c, 0, s), (0, 1, 0), (-s, 0, c)))
    return np.array(((c, -s, 0), (s, c, 0), (0, 0, 1)))


def bend(flex: float, side: float, twist: float) -> Point:
    """Rotation of spine or neck: forward, to the right, turning left, in degrees."""
    return rotation(2, twist) @ rotation(0, side) @ rotation(1, flex)


def reach(root: Point, goal: Point, first: float, second: float, pole: Point) -> tuple[Point, Point, Point]:
    """Middle and end of a two-bone chain towards goal, and the direction its middle joint points to."""
    line = goal - root
    dist = min(math.sqrt(line @ line), (first + second) * 0.9995)
    u = unit(line)
    out = unit(pole - u * (pole @ u))
    x = (first * first - second * second + dist * dist) / (2 * dist)
    return root + u * x + out * math.sqrt(max(first * first - x * x, 0.0)), root + u * dist, out
