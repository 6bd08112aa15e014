"""What a figure is made of: key poses, the camera, things in the scene, arrows.

Lengths are metres, angles degrees. Directions are `[forward, outward, up]` in the body's own axes; outward
is the limb's own side, so a left and a right limb read alike. World axes: z is up; a standing person faces
+x and has +y on the left; a lying one has the head at -y (supine, prone, on the right side) or +y (on the
left side). Figures are written for the right side; the left is the mirror image.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Vec = tuple[float, float, float]

LIMBS = ("l_leg", "r_leg", "l_arm", "r_arm")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a hand, a foot or a prop is: a world point, or a landmark such as `l_knee`, `l_thigh@0.8`,
    `l_knee+r_knee`.

    `touch` asks to rest on the skin on that side of the landmark; `off` is added last.
    """

    at: Vec | str
    touch: Vec | None = None
    off: Vec = (0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Limb:
    """A leg or an arm: weighted places to reach (an in-between has two), or four joint angles."""

    places: tuple[tuple[float, Place], ...] = ()
    angles: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    pole: Vec = (1.0, 0.0, 0.0)
    toe: Vec | None = None
    palm: Vec | None = None
    flat: float = 0.0
    ankle: float = 0.0
    curl: float = 0.0


@dataclass(frozen=True, slots=True)
class Pose:
    """The whole body. `height` None: sink until the trunk rests on the floor."""

    base: str
    anchor: str
    at: tuple[float, float]
    height: float | None
    turn: Vec
    spine: Vec
    head: Vec
    limbs: tuple[Limb, Limb, Limb, Limb]


@dataclass(frozen=True, slots=True)
class Arrow:
    """A movement arrow: the `trace` of a joint since the pose before, a `ring` round a joint, or a push
    from a joint.

    `shift` and `go` are metres on the screen, right and up, for the right side; `span` is the part of the
    trace (0 to 1) or the angles of the ring; `both` puts a head on each end.
    """

    kind: str
    joint: str
    shift: tuple[float, float] = (0.0, 0.0)
    go: tuple[float, float] = (0.0, 0.0)
    r: float = 0.0
    span: tuple[float, float] = (0.1, 0.95)
    both: bool = False


@dataclass(frozen=True, slots=True)
class KeyPose:
    """One picture of the row: the pose, its short caption and the arrows that lead into it."""

    caption: str
    pose: Pose
    arrows: tuple[Arrow, ...] = ()


@dataclass(frozen=True, slots=True)
class View:
    """Camera direction: az 0 faces a standing person's front, 90 the left side; el 90 looks straight down."""

    az: float
    el: float


@dataclass(frozen=True, slots=True)
class Inset:
    """A round detail beside the last pose, from its own camera: centre, radius, enlargement, place."""

    view: View
    at: str
    r: float
    zoom: float
    pos: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Prop:
    """A thing in the scene; `settings` as in the file, checked for its kind."""

    kind: str
    name: str
    settings: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class FigureSpec:
    """Everything needed to draw one exercise or posture.

    `sided`: one leg is the affected one and there is a mirrored version. `loop`: the poses form a circle.
    `pair`: the two poses shown when only two fit. `bias`: metres by which a part is pulled forward in
    painting order.
    """

    title: str
    desc: str
    sided: bool
    view: View
    target: tuple[str, ...]
    props: tuple[Prop, ...]
    poses: tuple[KeyPose, ...]
    pair: tuple[int, int]
    inset: Inset | None
    loop: bool
    bias: Mapping[str, float]
