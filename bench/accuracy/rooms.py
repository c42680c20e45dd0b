"""Rooms: walls, floor, light and what stands behind a sitter's back; some are kept for judging."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from bench.accuracy.bake import FloatArray
from bench.accuracy.camera import Camera
from bench.accuracy.materials import Kind, Materials
from bench.accuracy.mesh import Mesh, box, cushion, join, panel, sheet, tube
from bench.accuracy.painter import Light
from bench.accuracy.people import Split

Clutter = Literal["plain", "posters", "shelf", "chair", "curtain", "window", "cabinet", "plant"]
Colour = tuple[float, float, float]

_FIT: Final[tuple[tuple[str, tuple[Clutter, ...]], ...]] = (
    ("room-f01", ("plain",)),
    ("room-f02", ("posters",)),
    ("room-f03", ("shelf",)),
    ("room-f04", ("curtain",)),
    ("room-f05", ("chair", "posters")),
    ("room-f06", ("window", "cabinet")),
    ("room-f07", ("plant", "posters")),
    ("room-f08", ("shelf", "chair")),
    ("room-f09", ("cabinet", "posters")),
    ("room-f10", ("plain", "plant")),
)
_JUDGE: Final[tuple[tuple[str, tuple[Clutter, ...]], ...]] = (
    ("room-j01", ("posters",)),
    ("room-j02", ("shelf",)),
    ("room-j03", ("plain",)),
    ("room-j04", ("chair", "cabinet")),
    ("room-j05", ("curtain", "plant")),
    ("room-j06", ("window", "posters")),
)


@dataclass(frozen=True)
class Room:
    """One room.

    Attributes:
        name: ``f`` for fitting, ``j`` for judging; the name decides everything but where clutter stands.
        clutter: what is there.
        wall, floor: colours.
        planks: a wooden floor.
        wall_m: the wall behind the sitter, from the middle of the desk.
        light: how it is lit, for a camera at the sitter's left; mirrored for the right.
        behind: the colour of the thing nearest behind the back.
    """

    name: str
    clutter: tuple[Clutter, ...]
    wall: Colour
    floor: Colour
    planks: bool
    wall_m: float
    light: Light
    behind: Colour


def room_names(split: Split) -> tuple[str, ...]:
    """The rooms of a split."""
    return tuple(name for name, _ in (_FIT if split == "fit" else _JUDGE))


def room_named(name: str) -> Room:
    """The room of this name."""
    rng = np.random.default_rng(zlib.crc32(name.encode()))
    walls = ((0.86, 0.85, 0.82), (0.78, 0.80, 0.82), (0.80, 0.74, 0.64), (0.62, 0.68, 0.66), (0.70, 0.62, 0.60))
    floors = ((0.55, 0.42, 0.30), (0.40, 0.40, 0.43), (0.62, 0.55, 0.47), (0.33, 0.30, 0.30))
    bright, warm = rng.uniform(0.75, 1.15), rng.uniform(-0.08, 0.08)
    share = rng.uniform(0.35, 0.65)
    key = tuple(float(bright * 1.25 * share * (1 + warm * k)) for k in (1, 0, -1))
    above = tuple(float(bright * (1 - share) * (1 - 0.5 * warm * k)) for k in (1, 0, -1))
    light = Light(
        towards=(float(rng.uniform(-0.5, 0.9)), float(rng.uniform(0.1, 0.8)), float(rng.uniform(0.7, 1.4))),
        key=(key[0], key[1], key[2]),
        above=(above[0], above[1], above[2]),
        below=(above[0] * 0.55, above[1] * 0.52, above[2] * 0.5),
        soft_m=float(rng.uniform(0.015, 0.06)),
    )
    hue = rng.uniform(0.15, 0.85, 3)
    return Room(
        name=name,
        clutter=dict(_FIT + _JUDGE)[name],
        wall=walls[int(rng.integers(len(walls)))],
        floor=floors[int(rng.integers(len(floors)))],
        planks=bool(rng.random() < 0.5),
        wall_m=float(rng.uniform(0.75, 1.7)),
        light=light,
        behind=(float(hue[0]), float(hue[1]), float(hue[2])),
    )


def light_of(room: Room, side: int) -> Light:
    """The room's light when the camera stands at ``side`` (1 left, -1 right): the lamp stays on the camera's half."""
    x, y, z = room.light.towards
    return Light((x, y * side, z), room.light.key, room.light.above, room.light.below, room.light.soft_m)


def furnish(room: Room, camera: Camera, back_m: FloatArray, materials: Materials, rng: np.random.Generator) -> Mesh:
    """Walls, floor and clutter.

    Args:
        room: which.
        camera: clutter is put where this camera sees it behind the back.
        back_m: (3,) a point in the middle of the sitter's back.
        materials: gets the room's.
        rng: for places and colours of clutter.
    """
    side = camera.side
    wall_y = -side * room.wall_m
    wall = materials.add(Kind.MOTTLED, room.wall, np.array(room.wall) * 0.93, 0.12)
    ground = materials.add(
        Kind.PLANKS if room.planks else Kind.MOTTLED,
        room.floor,
        np.array(room.floor) * 0.7,
        0.12 if room.planks else 0.02,
    )
    skirting = materials.add(Kind.PLAIN, (0.85, 0.85, 0.84))
    parts = [
        panel((-6, -5, 0), (12, 0, 0), (0, 10, 0), ground),
        box((0, wall_y - side * 0.1, 1.5), (12, 0.2, 3.0), wall),
        box((0, wall_y + side * 0.006, 0.04), (12, 0.012, 0.08), skirting),
        box((3.6, 0, 1.5), (0.2, 10, 3.0), wall),
        box((-3.6, 0, 1.5), (0.2, 10, 3.0), wall),
        box((0, 0, 2.75), (12, 10, 0.1), skirting),
    ]
    # Where the line of sight over the back meets the wall.
    eye = camera.position_m
    reach = (wall_y - eye[1]) / (back_m[1] - eye[1])
    behind_x = float(eye[0] + reach * (back_m[0] - eye[0]))
    for kind in room.clutter:
        parts.append(_clutter(kind, room, side, wall_y, behind_x, materials, rng))
    return join(parts)


def _clutter(
    kind: Clutter,
    room: Room,
    side: int,
    wall_y: float,
    behind_x: float,
    materials: Materials,
    rng: np.random.Generator,
) -> Mesh:
    parts: list[Mesh] = []
    front = wall_y + side * 0.012
    if kind == "posters":
        for k in range(int(rng.integers(3, 6))):
            wide, high = rng.uniform(0.3, 0.7), rng.uniform(0.3, 0.8)
            colour = room.behind if k == 0 else rng.uniform(0.2, 0.85, 3)
            picture = materials.add(
                Kind.PICTURE if k % 2 else Kind.PLAIN, colour, rng.uniform(0.2, 0.9, 3), float(rng.uniform(0.08, 0.25))
            )
            near = behind_x + (rng.uniform(-0.25, 0.1) if k == 0 else rng.uniform(-1.3, 1.0))
            z = rng.uniform(0.75, 1.15) if k == 0 else rng.uniform(0.7, 1.7)
            parts.append(box((near, front + side * 0.006 * k, z), (wide, 0.015, high), picture))
    elif kind == "shelf":
        wood = materials.add(Kind.WOOD, (0.62, 0.48, 0.34), (0.52, 0.38, 0.26), 0.2)
        x = behind_x + rng.uniform(-0.3, 0.2)
        y = wall_y + side * 0.14
        for z in np.arange(0.15, 2.0, 0.36):
            parts.append(box((x, y, z), (1.1, 0.28, 0.025), wood))
            at = x - 0.52
            while at < x + 0.5:
                wide, high = rng.uniform(0.02, 0.055), rng.uniform(0.18, 0.30)
                if rng.random() < 0.82:
                    book = materials.add(Kind.PLAIN, rng.uniform(0.1, 0.85, 3))
                    parts.append(box((at + wide / 2, y + side * 0.02, z + 0.012 + high / 2), (wide, 0.2, high), book))
                at += wide + 0.002
        for edge in (-0.56, 0.56):
            parts.append(box((x + edge, y, 1.0), (0.025, 0.28, 2.0), wood))
    elif kind == "chair":
        cloth = materials.add(Kind.WEAVE, room.behind, np.array(room.behind) * 0.8, 0.03)
        steel = materials.add(Kind.PLAIN, (0.2, 0.2, 0.2), gloss=0.5)
        x, y = behind_x * 0.6 + rng.uniform(-0.25, 0.1), 0.55 * wall_y
        parts.append(cushion((x, y, 0.45), (0.45, 0.45, 0.08), cloth))
        parts.append(cushion((x - 0.22, y, 0.82), (0.08, 0.42, 0.6), cloth))
        for dx in (-0.18, 0.18):
            for dy in (-0.18, 0.18):
                parts.append(tube((x + dx, y + dy, 0), (x + dx, y + dy, 0.44), 0.014, steel))
    elif kind == "curtain":
        cloth = materials.add(Kind.WEAVE, room.behind, np.array(room.behind) * 0.75, 0.05)
        x, wide, waves = behind_x + rng.uniform(-0.5, 0.0), rng.uniform(1.0, 1.8), rng.integers(9, 16)

        def folds(u: FloatArray, v: FloatArray) -> FloatArray:
            depth = 0.045 * np.sin(2 * np.pi * waves * u) * (0.6 + 0.4 * v) + 0.09
            return np.stack((x + side * wide * (0.5 - u), wall_y + side * depth, 2.5 - 2.45 * v), axis=1)

        hung = sheet(folds, 160, 8, cloth)
        parts.append(hung if hung.normals[:, 1].mean() * side > 0 else hung.inside_out())
    elif kind == "window":
        frame = materials.add(Kind.PLAIN, (0.9, 0.9, 0.9))
        glass = materials.add(Kind.PICTURE, (0.78, 0.86, 0.95), (0.62, 0.74, 0.62), 0.6)
        x = behind_x + rng.uniform(-0.9, 0.3)
        parts.append(box((x, front, 1.45), (1.0, 0.02, 1.1), glass))
        for dx in (-0.52, 0.0, 0.52):
            parts.append(box((x + dx, front + side * 0.02, 1.45), (0.05, 0.05, 1.2), frame))
        for z in (0.88, 2.02):
            parts.append(box((x, front + side * 0.02, z), (1.1, 0.05, 0.05), frame))
    elif kind == "cabinet":
        wood = materials.add(Kind.WOOD, np.array(room.behind) * 0.5 + 0.3, np.array(room.behind) * 0.45 + 0.25, 0.25)
        knob = materials.add(Kind.PLAIN, (0.3, 0.3, 0.3), gloss=0.8)
        x, high = behind_x + rng.uniform(-0.45, 0.0), rng.uniform(0.8, 1.3)
        parts.append(box((x, wall_y + side * 0.2, high / 2), (0.9, 0.4, high), wood))
        for z in np.arange(0.2, high, 0.28):
            parts.append(box((x, wall_y + side * 0.405, z), (0.84, 0.012, 0.25), wood))
            parts.append(box((x, wall_y + side * 0.415, z), (0.12, 0.02, 0.015), knob))
    elif kind == "plant":
        pot = materials.add(Kind.MOTTLED, (0.7, 0.4, 0.3))
        leaf = materials.add(Kind.MOTTLED, (0.25, 0.45, 0.2), (0.15, 0.3, 0.12), 0.05)
        x, y = behind_x * 0.8 + rng.uniform(-0.5, 0.0), 0.7 * wall_y
        parts.append(cushion((x, y, 0.17), (0.32, 0.32, 0.34), pot, 0.5))
        for _ in range(34):
            tip = np.array([x, y, 0.55]) + rng.normal(0, 1, 3) * np.array([0.20, 0.15, 0.28]) + np.array([0, 0, 0.25])
            parts.append(cushion((0, 0, 0), (0.16, 0.05, 0.02), leaf, 0.9).moved(
                np.linalg.qr(rng.normal(0, 1, (3, 3)))[0], tip
            ))  # fmt: skip
    return join(parts)
