"""Read a figure from a parsed `content/figures/<id>.toml`, naming every fault with its place."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

from unpinch.figure.poses import (
    LIMBS,
    Arrow,
    FigureSpec,
    Inset,
    KeyPose,
    Limb,
    Place,
    Pose,
    Prop,
    Vec,
    View,
)

BASES = ("stand", "supine", "prone", "on_left", "on_right")
TARGETS = ("piriformis", "gluteus_maximus", "gluteus_medius", "deep_rotators", "sciatic_nerve")
PROPS: dict[str, tuple[str, ...]] = {
    "mat": ("area",),
    "chair": ("at", "back"),
    "ball": ("at", "r", "touch", "off"),
    "pillow": ("at", "r", "aid"),
    "wall": ("at", "size"),
    "band": ("at",),
    "car_seat": ("at",),
    "wheel": ("at", "r", "tilt"),
    "pedals": ("at",),
}
OPTIONAL = ("back", "aid", "touch", "off")
CAPTION_MAX = 30
LEG_PLACES = ("plant", "foot")
ANGLES = ("flex", "abd", "rot", "bend")
LEG_KEYS = (*LEG_PLACES, *ANGLES, "touch", "off", "pole", "toe", "flat", "ankle")
ARM_KEYS = ("hand", *ANGLES, "touch", "off", "pole", "palm", "curl")
SOLE_HEIGHT = 0.075
PALM_HEIGHT = 0.018


class FigureError(ValueError):
    """A figure that cannot be read; `problems` names every fault with its place."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = tuple(problems)


def load(data: Mapping[str, Any]) -> FigureSpec:
    """The figure in a parsed TOML table.

    Raises FigureError with every problem found, each as `where: what is wrong, what is allowed`.
    """
    problems: list[str] = []
    allowed = ("title", "desc", "sided", "view", "target", "props", "pose", "pair", "inset", "loop", "bias")
    _keys(data, allowed, "figure", problems)
    for key in ("title", "desc"):
        if not str(data.get(key, "")).strip():
            problems.append(f"{key}: missing, write what a reader who cannot see the picture needs")
    for name in data.get("target", []):
        if name not in TARGETS:
            problems.append(f"target: unknown {name!r}, one of {', '.join(TARGETS)}")
    raw = data.get("pose", [])
    if not raw:
        problems.append("pose: missing, a figure has at least one [[pose]]")
    poses: list[KeyPose] = []
    table: dict[str, Any] = {}
    for number, changes in enumerate(raw, 1):
        table = _inherit(table, changes)
        poses.append(_key_pose(table, changes, f"pose {number}", problems))
    _same_kind(poses, problems)
    pair = tuple(int(i) for i in data.get("pair", (0, len(poses) - 1)))
    if len(pair) != 2 or not all(0 <= i < max(len(poses), 1) for i in pair):
        problems.append(f"pair: needs two positions between 0 and {len(poses) - 1}")
    props = tuple(_prop(item, f"props {n}", problems) for n, item in enumerate(data.get("props", []), 1))
    inset = _inset(data["inset"], problems) if "inset" in data else None
    view = _view(data.get("view", {}), "view", problems)
    if problems:
        raise FigureError(problems)
    return FigureSpec(
        title=str(data["title"]),
        desc=str(data["desc"]),
        sided=bool(data.get("sided", True)),
        view=view,
        target=tuple(data.get("target", ())),
        props=props,
        poses=tuple(poses),
        pair=cast(tuple[int, int], pair),
        inset=inset,
        loop=bool(data.get("loop", False)),
        bias=dict(data.get("bias", {})),
    )


def _keys(table: Mapping[str, Any], allowed: Sequence[str], where: str, problems: list[str]) -> None:
    for key in table:
        if key not in allowed:
            problems.append(f"{where}: unknown key {key!r}, one of {', '.join(allowed)}")


def _numbers(value: Any, count: int, where: str, problems: list[str]) -> tuple[float, ...]:
    if (
        isinstance(value, list | tuple)
        and len(value) == count
        and all(isinstance(v, int | float) and not isinstance(v, bool) for v in value)
    ):
        return tuple(float(v) for v in value)
    problems.append(f"{where}: needs {count} numbers, has {value!r}")
    return (0.0,) * count


def _vec(value: Any, where: str, problems: list[str]) -> Vec:
    return cast(Vec, _numbers(value, 3, where, problems))


def _two(value: Any, where: str, problems: list[str]) -> tuple[float, float]:
    return cast(tuple[float, float], _numbers(value, 2, where, problems))


def _view(table: Mapping[str, Any], where: str, problems: list[str]) -> View:
    _keys(table, ("az", "el"), where, problems)
    az, el = _two([table.get("az"), table.get("el")], where, problems)
    return View(az, el)


def _inset(table: Mapping[str, Any], problems: list[str]) -> Inset:
    _keys(table, ("view", "at", "r", "zoom", "pos"), "inset", problems)
    r, zoom = _two([table.get("r", 0.2), table.get("zoom", 1.0)], "inset", problems)
    return Inset(
        _view(table.get("view", {}), "inset: view", problems),
        str(table.get("at", "pelvis")),
        r,
        zoom,
        _two(table.get("pos"), "inset: pos", problems),
    )


def _prop(table: Mapping[str, Any], where: str, problems: list[str]) -> Prop:
    kind = str(table.get("kind", ""))
    if kind not in PROPS:
        problems.append(f"{where}: unknown kind {kind!r}, one of {', '.join(PROPS)}")
        return Prop(kind, kind, {})
    _keys(table, ("kind", "name", *PROPS[kind]), where, problems)
    for key in set(PROPS[kind]) - set(OPTIONAL) - set(table):
        problems.append(f"{where}: {key} missing, a {kind} has {', '.join(PROPS[kind])}")
    return Prop(kind, str(table.get("name", kind)), {k: v for k, v in table.items() if k not in ("kind", "name")})


def _inherit(before: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """A pose states what changes. A limb that names a new place or angle starts afresh, else is amended."""
    table = dict(before)
    for key, value in changes.items():
        names = (f"l_{key[:3]}", f"r_{key[:3]}") if key in ("legs", "arms") else (key,)
        for name in names:
            fresh = not isinstance(value, Mapping) or {*LEG_PLACES, "hand", *ANGLES} & set(value)
            table[name] = value if fresh else {**table.get(name, {}), **value}
    return table


def _key_pose(table: Mapping[str, Any], changes: Mapping[str, Any], where: str, problems: list[str]) -> KeyPose:
    allowed = ("caption", "arrows", "base", "anchor", "at", "turn", "spine", "head", *LIMBS)
    _keys(table, allowed, where, problems)
    caption = str(changes.get("caption", ""))
    if not 0 < len(caption) <= CAPTION_MAX:
        problems.append(f"{where}: caption needs 1 to {CAPTION_MAX} characters, has {len(caption)}")
    base = table.get("base", "stand")
    if base not in BASES:
        problems.append(f"{where}: unknown base {base!r}, one of {', '.join(BASES)}")
    at = list(table.get("at", (0, 0)))
    height = float(at[2]) if len(at) == 3 else None
    turn, spine, head = (_vec(table.get(k, (0, 0, 0)), f"{where}: {k}", problems) for k in ("turn", "spine", "head"))
    limbs = [_limb(name, table.get(name, {}), f"{where}: {name}", problems) for name in LIMBS]
    pose = Pose(
        base,
        str(table.get("anchor", "pelvis")),
        _two(at[:2], f"{where}: at", problems),
        height,
        turn,
        spine,
        head,
        cast(tuple[Limb, Limb, Limb, Limb], tuple(limbs)),
    )
    arrows = tuple(_arrow(a, f"{where}: arrow {n}", problems) for n, a in enumerate(changes.get("arrows", []), 1))
    return KeyPose(caption, pose, arrows)


def _limb(name: str, table: Mapping[str, Any], where: str, problems: list[str]) -> Limb:
    leg = name.endswith("leg")
    _keys(table, LEG_KEYS if leg else ARM_KEYS, where, problems)
    pole: Vec = (1.0, 0.15, 0.0) if leg else (-0.6, 0.6, -0.4)
    limb = Limb(
        angles=cast(tuple[float, float, float, float], tuple(float(table.get(k, 0)) for k in ANGLES)),
        pole=_vec(table["pole"], f"{where}: pole", problems) if "pole" in table else pole,
        toe=_vec(table["toe"], f"{where}: toe", problems) if "toe" in table else None,
        palm=_vec(table["palm"], f"{where}: palm", problems) if "palm" in table else None,
        flat=float(table.get("flat", "plant" in table)),
        ankle=float(table.get("ankle", 0)),
        curl=float(table.get("curl", 12)),
    )
    for key in (*LEG_PLACES, "hand"):
        if key in table:
            place = _place(table, key, PALM_HEIGHT if key == "hand" else SOLE_HEIGHT, where, problems)
            return replace(limb, places=((1.0, place),))
    return limb


def _place(table: Mapping[str, Any], key: str, rest: float, where: str, problems: list[str]) -> Place:
    value = table[key]
    if not isinstance(value, str):
        value = _vec([*value, rest] if len(value) == 2 else value, f"{where}: {key}", problems)
    touch = _vec(table["touch"], f"{where}: touch", problems) if "touch" in table else None
    return Place(value, touch, _vec(table.get("off", (0, 0, 0)), f"{where}: off", problems))


def _arrow(table: Mapping[str, Any], where: str, problems: list[str]) -> Arrow:
    _keys(table, ("trace", "ring", "push", "shift", "go", "r", "span", "both"), where, problems)
    kinds = [k for k in ("trace", "ring", "push") if k in table]
    if len(kinds) != 1:
        problems.append(f"{where}: needs exactly one of trace, ring, push")
        return Arrow("push", "pelvis")
    shift, go = (_two(table.get(k, (0, 0)), f"{where}: {k}", problems) for k in ("shift", "go"))
    span = _two(table.get("span", (0.1, 0.95)), f"{where}: span", problems)
    return Arrow(
        kinds[0],
        str(table[kinds[0]]),
        shift,
        go,
        float(table.get("r", 0)),
        span,
        bool(table.get("both", False)),
    )


def _same_kind(poses: Sequence[KeyPose], problems: list[str]) -> None:
    """Poses are blended number by number, so each must be built alike."""
    for key_pose in poses[1:]:
        a, b = poses[0].pose, key_pose.pose
        if (a.base, a.anchor, a.height is None) != (b.base, b.anchor, b.height is None):
            problems.append(
                f"{key_pose.caption}: base, anchor and the number of values in `at` are the same in all poses"
            )
        for name, p, q in zip(LIMBS, a.limbs, b.limbs, strict=True):
            alike = [(bool(limb.places), limb.toe is None, limb.palm is None) for limb in (p, q)]
            if alike[0] != alike[1]:
                problems.append(f"{key_pose.caption}: {name} uses angles or places, toe, palm in all poses or in none")
