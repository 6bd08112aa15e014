"""A pose solved into joints.

Contacts ("ankle on the other thigh") are reached by two-bone inverse kinematics, so that bones keep their
length whatever the pose file says; a contact out of reach is left short and found by the pose checks.
"""

import math
from collections.abc import Sequence

import numpy as np

from unpinch.figure.poses import LIMBS, Limb, Place, Pose
from unpinch.figure.skeleton import (
    BONES,
    FORE,
    FRAMES,
    GIRTH,
    HAND,
    LANDMARKS,
    PALM,
    RESTING,
    SHANK,
    THIGH,
    TIP_GIRTH,
    UPPER,
    WRIST_LIMIT,
    Body,
    Point,
    bend,
    cross,
    reach,
    rotation,
    unit,
)


def solve(pose: Pose) -> Body:
    """Joints of the pose. Raises KeyError when a contact names a landmark that does not exist."""
    pelvis = (
        np.array(FRAMES[pose.base], float).T
        @ rotation(2, pose.turn[0])
        @ rotation(0, pose.turn[2])
        @ rotation(1, pose.turn[1])
    )
    half = bend(*(v / 2 for v in pose.spine))
    nod = bend(*(v / 2 for v in pose.head))
    chest = pelvis @ half @ half
    frames = {
        "pelvis": pelvis,
        "waist": pelvis @ half,
        "chest": chest,
        "neck": chest @ nod,
        "head": chest @ nod @ nod,
    }
    joints = {"pelvis": np.zeros(3)}
    joints["waist"] = pelvis @ np.array((-0.005, 0, 0.12))
    joints["chest"] = joints["waist"] + frames["waist"] @ np.array((0, 0, 0.17))
    joints["neck"] = joints["chest"] + chest @ np.array((-0.012, 0, 0.16))
    joints["head"] = (
        joints["neck"] + frames["neck"] @ np.array((0.004, 0, 0.055)) + frames["head"] @ np.array((0.018, 0, 0.10))
    )
    body = Body(joints, frames, {}, {})
    move = np.array((*pose.at, pose.height or 0.0)) - joints[pose.anchor]
    if pose.height is None:
        lowest = min(body.at(frame, x, m * y, z)[2] - r for frame, x, y, z, r in RESTING for m in (1, -1))
        move[2] = -lowest
    for name in joints:
        joints[name] = joints[name] + move
    for sign, side in ((1, "l"), (-1, "r")):
        for name, frame, x, y, z in LANDMARKS:
            joints[f"{side}_{name}"] = body.at(frame, x, sign * y, z)
    waiting = dict(zip(LIMBS, pose.limbs, strict=True))
    for _ in LIMBS:  # a limb that rests on another is solved after it
        for name in [n for n in waiting if all(_known(body, p) for _, p in waiting[n].places)]:
            (_leg if name.endswith("leg") else _arm)(body, name[0], waiting.pop(name))
    if waiting:
        raise KeyError(f"{', '.join(waiting)}: rests on a landmark that does not exist, or in a circle")
    return body


def _known(body: Body, place: Place) -> bool:
    if not isinstance(place.at, str):
        return True
    if "@" in place.at:
        bone = place.at.partition("@")[0]
        return all(bone[:2] + joint in body.joints for joint in BONES[bone[2:]])
    return all(name in body.joints for name in place.at.split("+"))


def locate(body: Body, place: Place, sign: int, tip: float) -> tuple[Point, Point]:
    """Where a place is, for something of radius `tip`, and the direction out of the surface there."""
    frame, flip = body.frames["pelvis"], np.array((1, sign, 1))
    direction = frame @ (np.array(place.touch) * flip) if place.touch else np.zeros(3)
    girth = 0.0
    if not isinstance(place.at, str):
        point = np.array(place.at)
    elif "@" in place.at:
        bone, _, along = place.at.partition("@")
        point, (near, far) = body.on(bone, float(along)), GIRTH[bone[2:]]
        axis = unit(body.on(bone, 1) - body.on(bone, 0))
        direction = direction - axis * (direction @ axis)
        girth = near + (far - near) * float(along)
    else:
        names = place.at.split("+")
        point = sum((body.joints[n] for n in names), np.zeros(3)) / len(names)
        girth = GIRTH.get(names[0][2:], (0.0,))[0]
    out = unit(direction)
    point = point + out * (girth + tip) if place.touch else point
    return point + frame @ (np.array(place.off) * flip), out if place.touch else np.array((0.0, 0.0, 1.0))


def _goal(body: Body, limb: Limb, sign: int, tip: float) -> tuple[Point, Point]:
    goal, out = np.zeros(3), np.zeros(3)
    for weight, place in limb.places:
        point, normal = locate(body, place, sign, tip)
        goal, out = goal + point * weight, out + normal * weight
    return goal, unit(out)


def _turned(frame: Point, direction: Sequence[float], sign: int) -> Point:
    return frame @ np.array((direction[0], direction[1] * sign, direction[2]))


def _leg(body: Body, side: str, limb: Limb) -> None:
    sign, pelvis, joints = (1 if side == "l" else -1), body.frames["pelvis"], body.joints
    hip = joints[f"{side}_hip"]
    if limb.places:
        goal, _ = _goal(body, limb, sign, TIP_GIRTH["leg"])
        knee, ankle, bend = reach(hip, goal, THIGH, SHANK, _turned(pelvis, limb.pole, sign))
        body.targets[f"{side}_ankle"] = goal
    else:
        flex, abd, rot, fold = limb.angles
        thigh = pelvis @ rotation(1, -flex) @ rotation(0, sign * abd) @ rotation(2, sign * rot)
        knee = hip + thigh @ np.array((0, 0, -THIGH))
        ankle = knee + thigh @ rotation(1, fold) @ np.array((0, 0, -SHANK))
        bend = thigh[:, 0]
    up = unit(knee - ankle)
    forward = _turned(pelvis, limb.toe, sign) if limb.toe else bend
    forward = unit(forward - up * (forward @ up))
    lift = math.radians(limb.ankle)
    forward, up = (
        forward * math.cos(lift) + up * math.sin(lift),
        up * math.cos(lift) - forward * math.sin(lift),
    )
    if limb.flat:
        level = unit(forward * np.array((1, 1, 0)))
        forward = unit(forward * (1 - limb.flat) + level * limb.flat)
        up = unit(up * (1 - limb.flat) + np.array((0, 0, 1)) * limb.flat)
        up = unit(up - forward * (up @ forward))
    inward = cross(up, forward) * -sign
    body.bends[f"{side}_knee"] = bend
    joints.update(
        {
            f"{side}_knee": knee,
            f"{side}_ankle": ankle,
            f"{side}_heel": ankle - forward * 0.048 - up * 0.045,
            f"{side}_foot": ankle + forward * 0.06 - up * 0.03,
            f"{side}_ball": ankle + forward * 0.112 - up * 0.05,
            f"{side}_toe": ankle + forward * 0.172 - up * 0.057,
            f"{side}_inward": ankle + inward,
        }
    )


def _arm(body: Body, side: str, limb: Limb) -> None:
    sign, chest, joints = (1 if side == "l" else -1), body.frames["chest"], body.joints
    shoulder = joints[f"{side}_shoulder"]
    inward = chest @ np.array((0.0, -sign, 0.0))
    if limb.places:
        goal, out = _goal(body, limb, sign, TIP_GIRTH["arm"])
        pole = _turned(chest, limb.pole, sign)
        facing = unit(_turned(chest, limb.palm, sign)) if limb.palm else -out
        elbow, end, bend = reach(shoulder, goal, UPPER, FORE + PALM, pole)
        fingers = _bent_wrist(unit(end - elbow), facing)
        elbow, wrist, bend = reach(shoulder, goal - fingers * PALM, UPPER, FORE, pole)
        body.targets[f"{side}_palm"] = goal
    else:
        flex, abd, rot, fold = limb.angles
        upper = chest @ rotation(1, -flex) @ rotation(0, sign * abd) @ rotation(2, sign * rot)
        elbow = shoulder + upper @ np.array((0, 0, -UPPER))
        fore = upper @ rotation(1, -fold)
        wrist = elbow + fore @ np.array((0, 0, -FORE))
        fingers, bend = -fore[:, 2], -upper[:, 0]
        facing = _turned(chest, limb.palm, sign) if limb.palm else inward
    facing = unit(facing - fingers * (facing @ fingers))
    curl = math.radians(limb.curl)
    curled = fingers * math.cos(curl) + facing * math.sin(curl)
    thumb = cross(facing, fingers) * sign
    knuckle = wrist + fingers * HAND
    body.bends[f"{side}_elbow"] = bend
    joints.update(
        {
            f"{side}_elbow": elbow,
            f"{side}_wrist": wrist,
            f"{side}_palm": wrist + fingers * PALM,
            f"{side}_knuckle": knuckle,
            f"{side}_finger": knuckle + curled * 0.068,
            f"{side}_thumb": wrist + fingers * 0.062 + thumb * 0.05 + facing * 0.012,
            f"{side}_thumbside": wrist + thumb,
        }
    )


def _bent_wrist(fore: Point, facing: Point) -> Point:
    """Finger direction along the surface that the palm faces, as far as a wrist bends."""
    along = fore - facing * (fore @ facing)
    if along @ along < 1e-6:
        return fore
    along = unit(along)
    angle = math.acos(min(1.0, max(-1.0, float(fore @ along))))
    if angle <= WRIST_LIMIT:
        return along
    side = unit(along - fore * (along @ fore))
    return fore * math.cos(WRIST_LIMIT) + side * math.sin(WRIST_LIMIT)
