"""A body on a seat: the pelvis turned as asked, the buttocks on the seat, the feet down."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from bench.accuracy.arms import arms, girdle
from bench.accuracy.bake import FloatArray
from bench.accuracy.limbs import put, reach
from bench.accuracy.people import Habit
from bench.accuracy.place import LegStyle, Place
from bench.accuracy.posture import Posture, neutral
from bench.accuracy.rig import BONES, CLAVICLE_LEVEL, INDEX, NECK_PARTS, Rig
from bench.accuracy.spine import lumbar_flexion, neck_turns, vertebra_turns
from bench.accuracy.turning import frame, pitch, yaw

SQUASH_M: Final = 0.018
"""So deep the lowest buttock point would lie in the seat; the flesh flattens by that much."""

SHOE_M: Final = 0.015
"""Thickness of a sole."""

_STYLE: Final = {"flat": (0.0, 0.0, 4.0), "saddle": (-24.0, 14.0, 10.0), "kneel": (-19.0, -2.0, -62.0)}
"""Thigh elevation and knees apart more than the habit's, and the angle of the shank (feet forward positive)."""


@dataclass(frozen=True, eq=False)
class Seated:
    """A posed body.

    Attributes:
        posture: what was asked for.
        flexion: lumbar flexion against standing that came out, in degrees.
        transforms: (B, 3, 4) of each of `BONES`, rest to world.
        joints_m: world positions of the joints of `Rig.joints_m`, and ``sacrum`` (L5/S1), ``t12`` and ``c7``.
        hip_m: the middle of the hips.
        pelvis: turn of the pelvis against the rest pose.
        facing_deg: where the pelvis looks, left of the room's x axis positive.
    """

    posture: Posture
    flexion: float
    transforms: FloatArray
    joints_m: dict[str, FloatArray]
    hip_m: FloatArray
    pelvis: FloatArray
    facing_deg: float


class Sitter:
    """One body with its habit on one place; `pose` may be called from one thread at a time.

    Args:
        rig: the body.
        habit: how this person sits.
        style: what the legs do on this chair.
        slope_deg: slope of the seat, front down positive.
        desk_up_m: desk top over the height of the elbow in neutral.
        desk_gap_m: desk edge in front of the belly.
    """

    def __init__(
        self, rig: Rig, habit: Habit, style: LegStyle, slope_deg: float, desk_up_m: float, desk_gap_m: float
    ) -> None:
        self.rig, self.habit = rig, habit
        carriers = [INDEX["pelvis"], INDEX["thigh.L"], INDEX["thigh.R"]]
        under = rig.weights[:, carriers].sum(axis=1) > 0.9
        skin = rig.body.vertices_m
        # The folds between the legs do not count.
        beside = (np.abs(skin[:, 1]) > 0.035) & (np.abs(skin[:, 1]) < 0.15)
        self._bottom = np.flatnonzero(under & beside & (skin[:, 2] < -0.02) & (skin[:, 2] > -0.15) & (skin[:, 0] < 0.0))
        self._limits = (style, slope_deg)
        raised, apart, self._shank = _STYLE[style]
        self._thigh = raised + (habit.thigh if style == "flat" else 0.4 * habit.thigh)
        self._apart = max(apart + habit.knees_apart, 0.0)
        self.place = Place(style, slope_deg, 0.0, 0.7, 0.4)
        self.place = self._fit_place(desk_up_m, desk_gap_m)
        self.neutral = neutral(habit)

    def _fit_place(self, desk_up_m: float, desk_gap_m: float) -> Place:
        style, slope = self._limits
        posture = neutral(self.habit)
        thigh, shank = self.rig.length_m("hip.L", "knee.L"), self.rig.length_m("knee.L", "ankle.L")
        ankle = self.rig.sole_m + SHOE_M + (0.05 if style == "kneel" else 0.0)
        knee = ankle + shank * math.cos(math.radians(self._shank))
        hip = knee - thigh * math.sin(math.radians(self._thigh)) * math.cos(math.radians(self._apart))
        _, low = self._contact(posture)
        seat = hip - low + SQUASH_M
        hollow = Place(style, slope, seat, 10.0, 10.0)
        self.place = hollow
        upright = self.pose(posture, with_arms=False)
        shoulder = (upright.joints_m["shoulder.L"] + upright.joints_m["shoulder.R"]) / 2
        elbow = shoulder[2] - 0.93 * self.rig.length_m("shoulder.L", "elbow.L")
        knees_top = max(upright.joints_m["knee.L"][2], upright.joints_m["hip.L"][2]) + 0.11
        belly = self.rig.body.vertices_m
        front = belly[(self.rig.weights[:, :CLAVICLE_LEVEL].sum(axis=1) > 0.9)][:, 0].max()
        edge = float(upright.hip_m[0] + front + 0.02 + desk_gap_m)
        return Place(style, slope, float(seat), float(max(elbow + desk_up_m, knees_top)), edge)

    def _contact(self, posture: Posture) -> tuple[float, float]:
        """x of the sit bones under the hips' middle, and how far below that middle the lowest buttock point is."""
        rig = self.rig
        turn = yaw(posture.pelvis_turn) @ pitch(-posture.tilt)
        bones = np.zeros((len(BONES), 3, 3))
        bones[INDEX["pelvis"]] = turn
        heads = np.zeros((len(BONES), 3))
        for side, sign in (("L", 1.0), ("R", -1.0)):
            hip = rig.joints_m[f"hip.{side}"]
            i = INDEX[f"thigh.{side}"]
            bones[i] = self._nominal_thigh(posture, sign, rig.joints_m[f"knee.{side}"] - hip)
            heads[i] = turn @ hip - bones[i] @ hip
        w = rig.weights[self._bottom][:, [INDEX["pelvis"], INDEX["thigh.L"], INDEX["thigh.R"]]]
        w = w / w.sum(axis=1, keepdims=True)
        chosen = [INDEX["pelvis"], INDEX["thigh.L"], INDEX["thigh.R"]]
        skin = rig.body.vertices_m[self._bottom]
        z = sum(w[:, k] * (skin @ bones[i, 2] + heads[i, 2]) for k, i in enumerate(chosen))
        bone = turn @ np.array([-0.25, 0.0, -0.95]) * 0.088 * rig.body.person.stature_cm / 172
        slope = math.tan(math.radians(self._limits[1]))
        x = sum(w[:, k] * (skin @ bones[i, 0] + heads[i, 0]) for k, i in enumerate(chosen))
        return float(bone[0]), float(-(z + slope * (x - bone[0])).min())

    def _nominal_thigh(self, posture: Posture, sign: float, rest: FloatArray) -> FloatArray:
        elevation = math.radians(self._thigh + posture.raise_legs)
        out = math.radians(self._apart * sign)
        along = np.array(
            [math.cos(elevation) * math.cos(out), math.cos(elevation) * math.sin(out), math.sin(elevation)]
        )
        across = np.array([-math.sin(out), math.cos(out), 0.0])
        return frame(along, across) @ frame(rest, np.array([0.0, 1.0, 0.0])).T

    def pose(self, posture: Posture, with_arms: bool = True) -> Seated:
        """The body in this posture, on its place."""
        bone_x, low = self._contact(posture)
        x = posture.slide_m - bone_x
        hip = np.array([x, 0.0, self.place.seat_at(posture.slide_m) - SQUASH_M + low])
        return self._pose(posture, hip, with_arms, standing=False)

    def stand(self, posture: Posture, x_m: float) -> Seated:
        """The body on its feet at ``x_m``, upper body and arms as in the posture."""
        legs = self.rig.length_m("hip.L", "knee.L") + self.rig.length_m("knee.L", "ankle.L")
        hip = np.array([x_m, 0.0, 0.995 * legs + self.rig.sole_m + SHOE_M])
        return self._pose(posture, hip, with_arms=True, standing=True)

    def _pose(self, posture: Posture, hip: FloatArray, with_arms: bool, standing: bool) -> Seated:
        rig = self.rig
        flexion = lumbar_flexion(rig, posture)
        turns = vertebra_turns(posture, flexion)
        transforms = np.zeros((len(BONES), 3, 4))
        joints: dict[str, FloatArray] = {}
        put(transforms, "pelvis", turns[0], np.zeros(3), hip)
        at = hip + turns[0] @ rig.spine_m[0]
        joints["sacrum"] = at
        for i in range(len(rig.spine_m) - 1):
            put(transforms, f"vertebra{i:02d}", turns[i + 1], rig.spine_m[i], at)
            at = at + turns[i + 1] @ (rig.spine_m[i + 1] - rig.spine_m[i])
            if i == 4:
                joints["t12"] = at
        joints["c7"] = at
        self._neck(posture, transforms, joints, turns[-1], at)
        self._legs(posture, transforms, joints, turns[0], hip, standing)
        girdle(self.rig, posture, transforms, joints)
        if with_arms:
            arms(self.rig, self.place, posture, transforms, joints)
        if posture.swivel:
            turn = yaw(posture.swivel)
            transforms = np.einsum("ij,bjk->bik", turn, transforms)
            joints = {name: turn @ point for name, point in joints.items()}
            hip = turn @ hip
        return Seated(posture, flexion, transforms, joints, hip, turns[0], posture.pelvis_turn + posture.swivel)

    def _neck(
        self,
        posture: Posture,
        transforms: FloatArray,
        joints: dict[str, FloatArray],
        thorax: FloatArray,
        at: FloatArray,
    ) -> None:
        rig = self.rig
        turns = neck_turns(posture, thorax)
        rest = [*(rig.joints_m[name] for name in NECK_PARTS), rig.joints_m["head"]]
        at = at + thorax @ (rest[0] - rig.spine_m[-1])
        for i, name in enumerate((*NECK_PARTS, "head")):
            put(transforms, name, turns[i], rest[i], at)
            joints[name] = at
            if i + 1 < len(rest):
                at = at + turns[i] @ (rest[i + 1] - rest[i])
        for name in ("nose", "eye.L", "eye.R", "ear.L", "ear.R"):
            joints[name] = joints["head"] + turns[-1] @ (rig.joints_m[name] - rest[-1])

    def _legs(
        self,
        posture: Posture,
        transforms: FloatArray,
        joints: dict[str, FloatArray],
        pelvis: FloatArray,
        hip: FloatArray,
        standing: bool,
    ) -> None:
        rig, across = self.rig, np.array([0.0, 1.0, 0.0])
        base_x, base_low = self._contact(self.neutral) if hasattr(self, "neutral") else self._contact(posture)
        base = np.array([-base_x, 0.0, self.place.seat_at(0.0) - SQUASH_M + base_low])
        for side, sign in (("L", 1.0), ("R", -1.0)):
            names = [f"hip.{side}", f"knee.{side}", f"ankle.{side}"]
            rest = (rig.joints_m[names[0]], rig.joints_m[names[1]], rig.joints_m[names[2]])
            start = hip + pelvis @ rest[0]
            goal, pole, toe = self._foot_goal(posture, base + rest[0], rest, sign)
            if standing:
                goal = np.array([start[0], start[1], self.rig.sole_m + SHOE_M])
                pole, toe = start + np.array([1.0, 0.0, 0.0]), 0.0
            limb = reach(rest, start, goal, pole - start, across)
            put(transforms, f"thigh.{side}", limb.upper, rest[0], start)
            put(transforms, f"shank.{side}", limb.lower, rest[1], limb.middle_m)
            out = math.degrees(math.atan2(limb.middle_m[1] - start[1], limb.middle_m[0] - start[0]))
            foot = yaw(0.6 * out) @ pitch(toe)
            put(transforms, f"foot.{side}", foot, rest[2], limb.end_m)
            joints |= dict(zip(names, (start, limb.middle_m, limb.end_m), strict=True))
            joints[f"toe.{side}"] = limb.end_m + foot @ (rig.joints_m[f"toe.{side}"] - rest[2])

    def _foot_goal(
        self, posture: Posture, hip: FloatArray, rest: tuple[FloatArray, FloatArray, FloatArray], sign: float
    ) -> tuple[FloatArray, FloatArray, float]:
        """Where the ankle goes, a point the knee looks to, and the pitch of the foot (toes down positive)."""
        thigh, shank = float(np.linalg.norm(rest[1] - rest[0])), float(np.linalg.norm(rest[2] - rest[1]))
        over = max(sign * posture.crossed, 0.0) if self.place.style != "kneel" else 0.0
        elevation = self._thigh + posture.raise_legs + 17.0 * over
        out = (self._apart * (1 - over) - 13.0 * over) * sign
        lean = self._shank + posture.shank + 14.0 * over
        e, o = math.radians(elevation), math.radians(out)
        knee = hip + thigh * np.array([math.cos(e) * math.cos(o), math.cos(e) * math.sin(o), math.sin(e)])
        ground = self.rig.sole_m + SHOE_M + (0.05 if self.place.style == "kneel" else 0.0)
        if over < 0.05 and knee[2] - shank * math.cos(math.radians(lean)) < ground:
            share = float(np.clip((knee[2] - ground) / shank, -1.0, 1.0))
            lean = math.copysign(math.degrees(math.acos(share)), lean if lean else 1.0)
        g = math.radians(lean)
        ankle = knee + shank * np.array([math.sin(g), -0.25 * over * sign, -math.cos(g)])
        toe = 58.0 if self.place.style == "kneel" else 22.0 * over
        return ankle, knee + np.array([0.15, 0.0, 0.25]), toe
