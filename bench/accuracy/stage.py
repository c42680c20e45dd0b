"""A sitting put on stage: for every posture the meshes of person, chair and room, and the truth."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np

from bench.accuracy.backline import Backline
from bench.accuracy.bake import FloatArray
from bench.accuracy.chairs import backrest, foot_of_back, knee_pad, lean_needed, paint_chair, under_body
from bench.accuracy.desks import build_desk, foot_rest
from bench.accuracy.materials import Kind, Materials
from bench.accuracy.mesh import Mesh, join
from bench.accuracy.outfits import paint_outfit
from bench.accuracy.posture import Posture, slump
from bench.accuracy.refusals import NO_SEAT, PUSHED_BACK_M, screen, upright_on_feet, visitor
from bench.accuracy.rooms import furnish
from bench.accuracy.setup import Setup, make_sitter, place_camera
from bench.accuracy.sitter import SHOE_M, Seated
from bench.accuracy.turning import yaw
from bench.accuracy.wardrobe import Dressed, Wardrobe

PRESSED_M: Final = 0.012
"""So deep a back may press into a backrest before that gives way."""

_MARKS: Final = {
    0: "nose", 2: "eye.L", 5: "eye.R", 7: "ear.L", 8: "ear.R", 11: "shoulder.L", 12: "shoulder.R", 13: "elbow.L",
    14: "elbow.R", 15: "wrist.L", 16: "wrist.R", 19: "index.L", 20: "index.R", 23: "hip.L", 24: "hip.R", 25: "knee.L",
    26: "knee.R", 27: "ankle.L", 28: "ankle.R", 31: "toe.L", 32: "toe.R",
}  # fmt: skip
"""Joint centres by MediaPipe's numbers."""


@dataclass(frozen=True, eq=False)
class Take:
    """One moment on stage.

    Attributes:
        seated: the posed skeleton.
        person: meshes that belong to the person: body in clothes, hair, tails.
        things: what else moves: chair and backrest.
        truth: what is exactly known, ready for JSON.
    """

    seated: Seated
    person: tuple[Mesh, ...]
    things: tuple[Mesh, ...]
    truth: dict[str, Any]


class Stage:
    """One sitting.

    Args:
        setup: its choices.
        key: postures that the furniture must allow for (a locked backrest stands behind the rearmost of them).
        bodies: folder of baked bodies.
        with_room: make walls and clutter, too.
    """

    def __init__(self, setup: Setup, key: list[Posture], bodies: Path | None = None, with_room: bool = True) -> None:
        self.setup = setup
        self._bodies = bodies
        self._visitor: tuple[Mesh, ...] = ()
        self.sitter = make_sitter(setup, bodies)
        self.camera = place_camera(setup, self.sitter)
        materials = Materials()
        like = setup.room.behind if setup.like_room else None
        paints = paint_outfit(setup.rng("paint"), materials, like)
        self._chair_paint = paint_chair(setup.chair, materials)
        self._paints = paints
        self.wardrobe = Wardrobe(self.sitter.rig, setup.outfit, paints)
        place = self.sitter.place
        upright = self.sitter.pose(self.sitter.neutral)
        self._base = under_body(setup.chair, place, self._chair_paint)
        if setup.chair.kind == "kneel":
            knees = (upright.joints_m["knee.L"] + upright.joints_m["knee.R"]) / 2
            ankles = (upright.joints_m["ankle.L"] + upright.joints_m["ankle.R"]) / 2
            self._base = join([self._base, knee_pad(knees, ankles, self._chair_paint[0])])
        self._foot_x = self._backrest_foot([self.sitter.neutral, slump(setup.habit), *key])
        self._rest_row = materials.add(Kind.WOOD, (0.35, 0.30, 0.26), scale_m=0.2)
        self.desk = build_desk(setup.desk, place, materials, setup.rng("things"))
        self.room = join([])
        if with_room:
            back = (upright.joints_m["sacrum"] + upright.joints_m["c7"]) / 2 + np.array([-0.06, 0.0, 0.0])
            self.room = furnish(setup.room, self.camera, back, materials, setup.rng("room"))
        self.materials = materials.table()

    def _backrest_foot(self, key: list[Posture]) -> float:
        chair, place = self.setup.chair, self.sitter.place
        if chair.back_width == 0:
            return 0.0
        feet = []
        for posture in key:
            if posture.lean < self.setup.habit.neutral_lean - 4.5:
                continue  # leaning back unlocks the backrest
            heights, back_x = self._back(self._dress(self.sitter.pose(posture)).back)
            feet.append(foot_of_back(chair, heights - place.seat_m, back_x, self.setup.gap_m))
        return min(feet)

    def _back(self, back: Backline) -> tuple[FloatArray, FloatArray]:
        return back.rearmost(self.setup.chair.back_width / 2)

    def _rest(self, seated: Seated) -> list[Mesh]:
        """A block under feet that are off the floor."""
        if self.setup.chair.style != "flat":
            return []
        ankles = [seated.joints_m[f"ankle.{side}"] for side in "LR"]
        rises = [float(ankle[2]) - self.sitter.rig.sole_m - SHOE_M for ankle in ankles]
        if min(rises) < 0.02:
            return []
        return [foot_rest(min(rises), float(min(ankle[0] for ankle in ankles)), self._rest_row)]

    def _dress(self, seated: Seated) -> Dressed:
        # With the chair turned the seat turns, too; it is nearly square.
        return self.wardrobe.dress(seated, self.sitter.place, self.setup.chair.carries)

    def take(self, posture: Posture) -> Take:
        """The moment somebody sits like this."""
        seated = self.sitter.pose(posture)
        dressed = self._dress(seated)
        chair, place = self.setup.chair, self.sitter.place
        things = [self._base]
        if chair.back_width:
            heights, back_x = self._back(dressed.back)
            lean = lean_needed(chair, heights - place.seat_m, back_x, self._foot_x, PRESSED_M)
            things.append(backrest(chair, place, self._foot_x, lean, self._chair_paint))
        things += self._rest(seated)
        turned = [thing.moved(yaw(posture.swivel), np.zeros(3)) if posture.swivel else thing for thing in things]
        return Take(seated, (dressed.skin, *dressed.extras), tuple(turned), self.truth(seated))

    def take_odd(self, state: str, posture: Posture) -> Take:
        """A moment in which the tilt cannot be told: ``standing``, ``two_people`` or ``hips_hidden``."""
        if state == "standing":
            return self._standing(posture)
        moment = self.take(posture)
        if state == "two_people":
            if not self._visitor:
                self._visitor = visitor(self.setup, self.sitter, self._paints, self._bodies)
            return replace(moment, things=(*moment.things, *self._visitor))
        return replace(moment, things=(*moment.things, screen(self.setup, self.sitter, self._rest_row)))

    def _standing(self, posture: Posture) -> Take:
        place = self.sitter.place
        standing = self.sitter.stand(upright_on_feet(posture), place.desk_edge_m - 0.25)
        dressed = self.wardrobe.dress(standing, place, NO_SEAT)
        back = np.array([-PUSHED_BACK_M, 0.0, 0.0])
        things = tuple(mesh.moved(np.eye(3), back) for mesh in self.empty())
        truth = {name: value for name, value in self.truth(standing).items() if name in ("near", "joints_px")}
        return Take(standing, (dressed.skin, *dressed.extras), things, truth)

    def empty(self) -> tuple[Mesh, ...]:
        """The chair when nobody sits on it."""
        chair = self.setup.chair
        if not chair.back_width:
            return (self._base,)
        return (self._base, backrest(chair, self.sitter.place, self._foot_x, chair.back_deg, self._chair_paint))

    def truth(self, seated: Seated) -> dict[str, Any]:
        """What is exactly known of a posture: degrees, centimetres, pixels."""
        joints, posture, setup = seated.joints_m, seated.posture, self.setup
        near, far = ("L", "R") if setup.side > 0 else ("R", "L")
        local = yaw(-seated.facing_deg)
        trunk = local @ ((joints["shoulder.L"] + joints["shoulder.R"] - joints["hip.L"] - joints["hip.R"]) / 2)
        pixels, _ = self.camera.project(np.array([joints[name] for name in _MARKS.values()]))
        elevation = {side: _elevation_deg(joints[f"hip.{side}"], joints[f"knee.{side}"]) for side in "LR"}
        rise = {side: 100 * float(joints[f"knee.{side}"][2] - joints[f"hip.{side}"][2]) for side in "LR"}
        return {
            "pelvic_tilt_deg": posture.tilt,
            "trunk_lean_deg": math.degrees(math.atan2(trunk[0], trunk[2])),
            "thigh_elevation_deg": elevation[near],
            "knee_minus_hip_cm": rise[near],
            "far_thigh_elevation_deg": elevation[far],
            "far_knee_minus_hip_cm": rise[far],
            "lumbar_flexion_deg": seated.flexion,
            "thoracic_flexion_deg": posture.thoracic,
            "thorax_pitch_deg": seated.flexion - posture.tilt,
            "head_pitch_deg": posture.gaze,
            "twist_deg": posture.twist,
            "crossed": posture.crossed,
            "hip_shoulder_cm": 100 * float(np.linalg.norm(trunk)),
            "view_yaw_deg": setup.yaw_deg + setup.side * seated.facing_deg,
            "near": near,
            "joints_px": {str(k): [float(x), float(y)] for k, (x, y) in zip(_MARKS, pixels, strict=True)},
        }

    def header(self) -> dict[str, Any]:
        """What is known of the whole sitting."""
        setup, sitter = self.setup, self.sitter
        rig = sitter.rig
        return {
            "subject": setup.person.name,
            "seed": setup.seed,
            "split": setup.split,
            "chair": setup.chair.kind,
            "chair_name": setup.chair.name,
            "room": setup.room.name,
            "clutter": list(setup.room.clutter),
            "yaw": setup.yaw_deg,
            "side": setup.side,
            "fov": setup.fov_deg,
            "lens_deg": setup.lens_deg,
            "focal_px": self.camera.focal_px,
            "roll": setup.roll_deg,
            "distance_m": setup.distance_m,
            "camera_m": setup.camera_m,
            "clothes": setup.outfit.top,
            "hair": setup.outfit.hair,
            "top_like_room": setup.like_room,
            "neutral_tilt_deg": setup.habit.neutral_tilt,
            "slump_tilt_deg": setup.habit.neutral_tilt + setup.habit.slump_more,
            "thigh_cm": 100 * (rig.length_m("hip.L", "knee.L") + rig.length_m("hip.R", "knee.R")) / 2,
            "stature_cm": setup.person.stature_cm,
            "backrest_gap_m": setup.gap_m if setup.chair.back_width else None,
        }


def _elevation_deg(hip_m: FloatArray, knee_m: FloatArray) -> float:
    """Thigh against the horizontal, knee up positive."""
    along = knee_m - hip_m
    return math.degrees(math.asin(float(along[2] / np.linalg.norm(along))))
