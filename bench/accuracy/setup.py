"""One sitting: who, in what, on which chair, in which room, seen from where. Drawn from a seed and a split."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np

from bench.accuracy.bake import load_body
from bench.accuracy.camera import Camera
from bench.accuracy.chairs import Chair, chair_named, chairs
from bench.accuracy.desks import Desk, draw_desk
from bench.accuracy.outfits import Outfit, Top, draw_outfit
from bench.accuracy.people import Habit, Person, Split, draw_habit, people, person_named
from bench.accuracy.rig import Rig, make_rig
from bench.accuracy.rooms import Room, room_named, room_names
from bench.accuracy.sitter import Sitter

YAWS_DEG: Final = (0.0, 15.0, -15.0, 8.0, -8.0, 28.0, -28.0)
"""Middles of the yaw classes that chairs and rooms are crossed with."""


@dataclass(frozen=True)
class Setup:
    """All choices of one sitting.

    Attributes:
        seed: what everything else here and everything random later follows from.
        split: which side of the split.
        person, habit, outfit, chair, room, desk: who, how, and where.
        side: 1 the camera is at the sitter's left, -1 at the right.
        yaw_deg, roll_deg, distance_m, camera_m: the camera.
        lens_deg: its angle of view from corner to corner, as makers state it.
        gap_m: from the back to the backrest in the rearmost upright posture.
        desk_up_m: desk over elbow.
        hand_on_back: now and then a hand lies on the back.
        like_room: the top has the colour of what is behind it.
    """

    seed: int
    split: Split
    person: Person
    habit: Habit
    outfit: Outfit
    chair: Chair
    room: Room
    desk: Desk
    side: int
    yaw_deg: float
    roll_deg: float
    lens_deg: float
    distance_m: float
    camera_m: float
    gap_m: float
    desk_up_m: float
    hand_on_back: bool
    like_room: bool

    @property
    def fov_deg(self) -> float:
        """The lens's angle of view across a 4:3 picture."""
        return math.degrees(2 * math.atan(0.8 * math.tan(math.radians(self.lens_deg) / 2)))

    def rng(self, purpose: str) -> np.random.Generator:
        """A generator of its own for each purpose, so that one more draw in one place changes nothing elsewhere."""
        return np.random.default_rng([self.seed, *purpose.encode()])


@dataclass(frozen=True)
class Wish:
    """What a sitting must have; None leaves it to the draw."""

    person: str | None = None
    chair: str | None = None
    room: str | None = None
    top: Top | None = None
    yaw_deg: float | None = None
    side: int | None = None


def draw_setup(seed: int, split: Split, wish: Wish | None = None) -> Setup:
    """A sitting; consecutive seeds walk through chairs, yaw classes, rooms and bodies crosswise.

    Args:
        seed: not negative.
        split: fit or judge: decides which bodies, chairs and rooms may occur.
        wish: what is fixed.
    """
    wish = wish if wish is not None else Wish()
    rng = np.random.default_rng([seed, 20])
    everyone, seats, rooms = people(split), chairs(split), room_names(split)
    lap, place = divmod(seed, len(seats))
    chair = chair_named(wish.chair) if wish.chair else seats[place]
    room = room_named(wish.room or rooms[(lap + place) % len(rooms)])
    # The last term lets every body meet every room, though both lists may have a common divisor.
    body = (7 * seed + lap + lap // len(rooms)) % len(everyone)
    person = person_named(wish.person) if wish.person else everyone[body]
    middle = YAWS_DEG[(seed + seed // len(YAWS_DEG)) % len(YAWS_DEG)]
    turned = (
        middle + float(rng.uniform(-4, 4)) if abs(middle) < 20 else middle + float(rng.uniform(-6, 2)) * np.sign(middle)
    )
    lens = float(rng.uniform(55.0, 90.0))
    # A wide lens stands nearer, or the sitter is too small for anybody's liking.
    distance = float(np.clip(3.2 - lens / 50.0 + rng.normal(0, 0.15), 1.5, 2.5))
    desk = draw_desk(np.random.default_rng([seed, 23]))
    if abs(wish.yaw_deg or 0.0) > 45:
        desk = replace(desk, laptop=True)  # a screen would hide the sitter from the front
    return Setup(
        seed=seed,
        split=split,
        person=person,
        habit=draw_habit(np.random.default_rng([seed, 21])),
        outfit=draw_outfit(np.random.default_rng([seed, 22]), person.female, wish.top),
        chair=chair,
        room=room,
        desk=desk,
        side=wish.side if wish.side is not None else int(rng.choice([-1, 1])),
        yaw_deg=float(wish.yaw_deg if wish.yaw_deg is not None else turned),
        roll_deg=float(rng.uniform(-3.0, 3.0)),
        lens_deg=lens,
        distance_m=distance,
        camera_m=float(rng.uniform(0.65, 1.15)),
        gap_m=float(rng.choice([0.0, 0.02, 0.06])),
        desk_up_m=float(rng.uniform(-0.02, 0.05)),
        hand_on_back=bool(rng.random() < 0.3),
        like_room=bool(rng.random() < 0.25),
    )


def make_sitter(setup: Setup, bodies: Path | None = None) -> Sitter:
    """The body on its chair. Bakes the body if that was not done yet."""
    gap = float(setup.rng("desk").uniform(0.0, 0.06))
    return Sitter(
        rig_of(setup.person, bodies), setup.habit, setup.chair.style, setup.chair.slope_deg, setup.desk_up_m, gap
    )


_RIGS: dict[str, Rig] = {}


def rig_of(person: Person, bodies: Path | None = None) -> Rig:
    """The rig of a body, made once in a run."""
    if person.name not in _RIGS:
        _RIGS[person.name] = make_rig(load_body(person, bodies))
    return _RIGS[person.name]


def place_camera(setup: Setup, sitter: Sitter) -> Camera:
    """The webcam, aimed so that the head is in the picture and as much of the legs as fits."""
    rng = setup.rng("camera")
    upright = sitter.pose(sitter.neutral)
    head = upright.joints_m["head"][2] + 0.22
    camera = Camera(
        (0.0, 0.0, 0.7), setup.distance_m, setup.camera_m, setup.yaw_deg, setup.side, setup.roll_deg, setup.fov_deg
    )
    high = setup.distance_m * camera.height_px / camera.focal_px
    middle = max(head + 0.08 * high - high / 2, head / 2)
    aim = (float(0.22 + rng.normal(0, 0.06)), 0.0, float(middle + rng.normal(0, 0.02)))
    return replace(camera, target_m=aim)
