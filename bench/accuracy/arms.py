"""Shoulders, arms and hands of a sitter: on the desk, in the lap, at the chin, on the back."""

from __future__ import annotations

import math

import numpy as np

from bench.accuracy.bake import FloatArray
from bench.accuracy.limbs import Limb, put, reach
from bench.accuracy.place import Place
from bench.accuracy.posture import Hand, Posture, Spot
from bench.accuracy.rig import CLAVICLE_LEVEL, INDEX, Rig
from bench.accuracy.turning import cross, frame, half_way, side_bend, yaw


def girdle(rig: Rig, posture: Posture, transforms: FloatArray, joints: dict[str, FloatArray]) -> None:
    """Turn the collar bones and place the shoulders, in place."""
    carrier = transforms[INDEX[f"vertebra{CLAVICLE_LEVEL:02d}"]]
    for side, sign in (("L", 1.0), ("R", -1.0)):
        root, shoulder = rig.joints_m[f"clavicle.{side}"], rig.joints_m[f"shoulder.{side}"]
        at = carrier[:, :3] @ root + carrier[:, 3]
        turn = carrier[:, :3] @ yaw(-sign * posture.protraction) @ side_bend(sign * posture.shrug)
        put(transforms, f"clavicle.{side}", turn, root, at)
        joints[f"clavicle.{side}"] = at
        joints[f"shoulder.{side}"] = at + turn @ (shoulder - root)


def arms(rig: Rig, place: Place, posture: Posture, transforms: FloatArray, joints: dict[str, FloatArray]) -> None:
    """Bring the hands where the posture has them, in place."""
    for side, sign, hand in (("L", 1.0, posture.left), ("R", -1.0, posture.right)):
        names = [f"shoulder.{side}", f"elbow.{side}", f"wrist.{side}"]
        rest = (rig.joints_m[names[0]], rig.joints_m[names[1]], rig.joints_m[names[2]])
        hinge = cross(rest[1] - rest[0], rest[2] - rest[1])
        start = joints[names[0]]
        goal = sum(weight * _spot(rig, place, spot, sign, joints, start) for spot, weight in hand)
        behind = sum(weight for spot, weight in hand if spot == "back")
        limb = _free_of_desk(place, rest, start, np.asarray(goal), sign, hinge, behind)
        palm = _palm(hand)
        grip = _hand_turn(rig, side, sign, limb, palm)
        put(transforms, f"upperarm.{side}", limb.upper, rest[0], start)
        put(transforms, f"forearm.{side}", limb.lower, rest[1], limb.middle_m)
        put(transforms, f"wristward.{side}", half_way(limb.lower, grip), rest[2], limb.end_m)
        put(transforms, f"hand.{side}", grip, rest[2], limb.end_m)
        joints |= dict(zip(names[1:], (limb.middle_m, limb.end_m), strict=True))
        for name in ("knuckle", "index", "little"):
            joints[f"{name}.{side}"] = limb.end_m + grip @ (rig.joints_m[f"{name}.{side}"] - rest[2])


def _free_of_desk(
    place: Place,
    rest: tuple[FloatArray, FloatArray, FloatArray],
    start: FloatArray,
    goal: FloatArray,
    sign: float,
    hinge: FloatArray,
    behind: float,
) -> Limb:
    """The arm with the lowest elbow that keeps the forearm over the desk's edge."""
    for lift in (0.0, 15.0, 30.0, 45.0, 60.0, 75.0):
        low = np.array([-0.45 - 0.8 * behind, sign * 0.28, -1.0 + 0.6 * behind])
        pole = side_bend(sign * lift) @ low
        limb = reach(rest, start, goal, pole, hinge)
        elbow, wrist = limb.middle_m, limb.end_m
        edge = place.desk_edge_m
        if not (elbow[0] < edge < wrist[0]):
            if elbow[0] < edge or elbow[2] > place.desk_m + 0.03:
                break
            continue
        share = (edge - elbow[0]) / (wrist[0] - elbow[0])
        if elbow[2] + share * (wrist[2] - elbow[2]) > place.desk_m + 0.03:
            break
    return limb


def _spot(
    rig: Rig, place: Place, spot: Spot, sign: float, joints: dict[str, FloatArray], start: FloatArray
) -> FloatArray:
    """Where the wrist goes; on the desk not farther than the arm reaches."""
    edge = place.desk_edge_m
    top = place.desk_m + 0.035
    if spot in ("desk", "mouse", "far"):
        ahead, out = {"desk": (0.09, 0.12), "mouse": (0.10, 0.26), "far": (0.42, 0.24)}[spot]
        goal = np.array([edge + ahead, sign * out, top])
        arm = 0.985 * (rig.length_m("shoulder.L", "elbow.L") + rig.length_m("elbow.L", "wrist.L"))
        level = math.sqrt(max(arm**2 - (start[2] - top) ** 2 - (goal[1] - start[1]) ** 2, 0.01))
        goal[0] = min(goal[0], max(start[0] + level, edge + 0.03))
        return goal
    hips = (joints["hip.L"] + joints["hip.R"]) / 2
    knee = joints["knee.L" if sign > 0 else "knee.R"]
    hip = joints["hip.L" if sign > 0 else "hip.R"]
    offsets = {
        "lap": hip + 0.62 * (knee - hip) + np.array([0.0, -0.03 * sign, 0.105]),
        "chin": joints["head"] + np.array([0.11, 0.03 * sign, -0.19]),
        "back": hips + np.array([-0.11, 0.15 * sign, 0.13]),
        "phone": joints["clavicle.L"] * np.array([1.0, 0.0, 1.0]) + np.array([0.33, 0.08 * sign, -0.12]),
        "down": start + np.array([0.04, 0.05 * sign, -0.97 * (rig.length_m("shoulder.L", "elbow.L") + 0.22)]),
        "armrest": np.array([hips[0] + 0.27, 0.265 * sign, place.seat_m + 0.245]),
    }
    return np.asarray(offsets[spot])


def _hand_turn(rig: Rig, side: str, sign: float, limb: Limb, palm: FloatArray) -> FloatArray:
    """Turn of the hand against the rest pose: along the forearm, the palm as near to ``palm`` as it gets."""
    wrist = rig.joints_m[f"wrist.{side}"]
    fingers = rig.joints_m[f"knuckle.{side}"] - wrist
    across = rig.joints_m[f"index.{side}"] - rig.joints_m[f"little.{side}"]
    rest_palm = cross(fingers, across) * sign  # out of the palm
    along = limb.end_m - limb.middle_m
    if palm[2] < -0.5:
        along = along * np.array([1.0, 1.0, 0.25])
    return frame(along, palm) @ frame(fingers, rest_palm).T


def _palm(hand: Hand) -> FloatArray:
    """Which way the palm looks: down on the desk and the lap, forward on the low back, to the face at the chin."""
    ways = {"chin": (-0.6, 0.0, 0.8), "back": (1.0, 0.0, 0.1), "phone": (-0.9, 0.0, 0.4), "down": (-0.2, 0.0, 0.0)}
    total = sum(weight * np.array(ways.get(spot, (0.0, 0.0, -1.0))) for spot, weight in hand)
    return np.asarray(total + np.array([0.0, 0.0, -1e-3]), dtype=np.float64)
