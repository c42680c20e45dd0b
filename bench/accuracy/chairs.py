"""Chairs: which there are, which are kept for judging, and their shapes."""

from __future__ import annotations

import math
import zlib
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from bench.accuracy.bake import FloatArray
from bench.accuracy.materials import Kind, Materials
from bench.accuracy.mesh import Mesh, cushion, join, sheet, tube
from bench.accuracy.people import Split
from bench.accuracy.place import LegStyle, Place
from bench.accuracy.turning import pitch

ChairKind = Literal["stool", "office", "arms", "saddle", "kneel"]
KINDS: Final[tuple[ChairKind, ...]] = ("stool", "office", "arms", "saddle", "kneel")


@dataclass(frozen=True)
class Chair:
    """One chair. Lengths in metres.

    Attributes:
        name: kind and variant; ``f`` for fitting, ``j`` for judging.
        depth, width, thick: of the seat.
        behind: how far the seat goes on behind the sit bones.
        slope_deg: of the seat, front down positive.
        back_low, back_high, back_width: the backrest over the seat; 0 wide is none.
        back_deg: how far the backrest leans back at rest.
        lumbar: how far its low-back bulge stands out.
        arm_up: armrests over the seat; 0 is none.
        arm_back, arm_front: their ends, in front of the sit bones.
        round_seat: a round seat.
        legs: four legs, or one column with a star.
        colour: of the cushions.
    """

    name: str
    kind: ChairKind
    depth: float
    width: float
    thick: float
    behind: float
    slope_deg: float
    back_low: float
    back_high: float
    back_width: float
    back_deg: float
    lumbar: float
    arm_up: float
    arm_back: float
    arm_front: float
    round_seat: bool
    legs: bool
    colour: tuple[float, float, float]

    @property
    def style(self) -> LegStyle:
        """What legs do on it."""
        return "saddle" if self.kind == "saddle" else "kneel" if self.kind == "kneel" else "flat"

    @property
    def carries(self) -> tuple[float, float, float]:
        """From x to x, and half the width, of what carries the sitter."""
        half = 0.11 if self.kind == "saddle" else self.width / 2
        return (-self.behind, self.depth - self.behind, half)


def chairs(split: Split) -> tuple[Chair, ...]:
    """The chairs of a split, all kinds in turn; no variant is in both."""
    variants = ("f1", "f2", "f3") if split == "fit" else ("j1", "j2")
    return tuple(chair_named(f"{kind}-{variant}") for variant in variants for kind in KINDS)


def chair_named(name: str) -> Chair:
    """The chair of this name; the name alone decides its shape."""
    kind: ChairKind = next(k for k in KINDS if name.startswith(k))
    rng = np.random.default_rng(zlib.crc32(name.encode()))
    back = kind in ("office", "arms")
    depth = {"stool": rng.uniform(0.34, 0.42), "saddle": 0.34, "kneel": 0.40}.get(kind, rng.uniform(0.42, 0.50))
    width = {"stool": rng.uniform(0.36, 0.46), "saddle": 0.36, "kneel": 0.42}.get(kind, rng.uniform(0.45, 0.52))
    greys = ((0.12, 0.12, 0.13), (0.55, 0.16, 0.15), (0.20, 0.26, 0.38), (0.45, 0.45, 0.47), (0.50, 0.40, 0.28))
    return Chair(
        name=name,
        kind=kind,
        depth=float(depth),
        width=float(width),
        thick=float(rng.uniform(0.05, 0.10)),
        behind=float(rng.uniform(0.13, 0.17)) if kind == "stool" else float(rng.uniform(0.15, 0.20)),
        slope_deg={"kneel": 16.0, "saddle": 5.0}.get(kind, float(rng.uniform(-2.0, 3.0))),
        back_low=float(rng.uniform(0.08, 0.22)) if back else 0.0,
        back_high=float(rng.uniform(0.42, 0.66)) if back else 0.0,
        back_width=float(rng.uniform(0.36, 0.46)) if back else 0.0,
        back_deg=float(rng.uniform(4.0, 12.0)),
        lumbar=float(rng.uniform(0.0, 0.03)),
        arm_up=float(rng.uniform(0.18, 0.24)) if kind == "arms" else 0.0,
        arm_back=float(rng.uniform(-0.14, -0.02)),
        arm_front=float(rng.uniform(0.18, 0.26)),
        round_seat=bool(rng.random() < 0.5) and kind == "stool",
        legs=kind == "stool" and bool(rng.random() < 0.4),
        colour=greys[int(rng.integers(len(greys)))],
    )


def paint_chair(chair: Chair, materials: Materials) -> tuple[int, int]:
    """Rows for cushions and frame."""
    cloth = materials.add(Kind.WEAVE, chair.colour, np.array(chair.colour) * 0.8, 0.03)
    return cloth, materials.add(Kind.PLAIN, (0.16, 0.16, 0.17), gloss=0.7)


def under_body(chair: Chair, place: Place, paint: tuple[int, int]) -> Mesh:
    """Seat, base and armrests, in the chair's own frame (swivel 0)."""
    cloth, steel = paint
    middle, parts = chair.depth / 2 - chair.behind, []
    top = place.seat_m - 0.002
    down = np.array([0.0, 0.0, 0.0])
    size = (chair.depth, chair.width, chair.thick)
    if chair.kind == "saddle":
        seat = join([
            cushion((-0.02, 0, -chair.thick / 2), (0.26, 0.34, chair.thick), cloth, 0.6),
            cushion((0.13, 0, -chair.thick / 2 - 0.005), (0.24, 0.17, chair.thick), cloth, 0.6),
        ])  # fmt: skip
    elif chair.round_seat:
        seat = cushion((middle, 0, -chair.thick / 2), size, cloth, 0.999)
        seat = join(
            [seat, cushion((middle, 0, -chair.thick / 2), (*np.array(size[:2]) * 0.9, chair.thick), cloth, 0.5)]
        )
    else:
        seat = cushion((middle, 0, -chair.thick / 2), size, cloth)
    parts.append(seat.moved(pitch(chair.slope_deg), down + np.array([0.0, 0.0, top])))
    floor_top = top - chair.thick
    if chair.legs:
        for x in (-0.8, 0.8):
            for y in (-0.8, 0.8):
                foot = (middle + x * chair.depth / 2, y * chair.width / 2)
                parts.append(tube((*foot, 0.0), (foot[0] * 0.9, foot[1] * 0.9, floor_top), 0.015, steel))
    else:
        parts.append(tube((middle, 0, 0.09), (middle, 0, floor_top + 0.02), 0.028, steel))
        for k in range(5):
            a = 2 * math.pi * (k / 5 + 0.07)
            tip = (middle + 0.30 * math.cos(a), 0.30 * math.sin(a))
            parts.append(tube((middle, 0, 0.10), (*tip, 0.06), 0.02, steel))
            parts.append(cushion((*tip, 0.028), (0.055, 0.04, 0.056), steel, 0.8))
    if chair.arm_up:
        for sign in (-1.0, 1.0):
            y, z = sign * (chair.width / 2 + 0.035), top + chair.arm_up
            length = chair.arm_front - chair.arm_back
            parts.append(cushion(((chair.arm_front + chair.arm_back) / 2, y, z), (length, 0.065, 0.03), steel, 0.4))
            parts.append(tube((0.02, y, z - 0.01), (0.02, sign * chair.width * 0.4, floor_top), 0.018, steel))
    return join(parts)


def knee_pad(knee_m: FloatArray, ankle_m: FloatArray, materials_row: int) -> Mesh:
    """The pad of a kneeling chair under the shins, which go from knee to ankle."""
    middle = (0.65 * knee_m + 0.35 * ankle_m) * np.array([1.0, 0.0, 1.0])
    along = ankle_m - knee_m
    down = math.degrees(math.atan2(-along[2], -along[0]))
    normal = np.array([math.sin(math.radians(down)), 0.0, -math.cos(math.radians(down))])
    return cushion((0, 0, 0), (0.24, 0.46, 0.07), materials_row).moved(pitch(-down), middle + normal * 0.095)


def backrest(chair: Chair, place: Place, foot_x_m: float, lean_deg: float, paint: tuple[int, int]) -> Mesh:
    """The backrest, in the chair's own frame.

    Args:
        chair: whose.
        place: gives the seat's height.
        foot_x_m: where the backrest's front would meet the seat.
        lean_deg: how far it leans back now.
        paint: rows for cushion and frame.
    """
    cloth, steel = paint
    tangent = math.tan(math.radians(lean_deg))

    def front(height: FloatArray) -> FloatArray:
        return foot_x_m - height * tangent + bulge(chair, height)

    span, wide = chair.back_high - chair.back_low, chair.back_width

    def at(u: FloatArray, v: FloatArray) -> FloatArray:
        a, b = 2 * math.pi * u, math.pi * (v - 0.5)
        flat = np.sign(np.sin(b)) * np.abs(np.sin(b)) ** 0.5
        height = chair.back_low + span * (0.5 + 0.5 * flat)
        ring = np.abs(np.cos(b)) ** 0.45
        y = wide / 2 * np.sign(np.sin(a)) * np.abs(np.sin(a)) ** 0.5 * ring
        thick = 0.026 * (np.sign(np.cos(a)) * np.abs(np.cos(a)) ** 0.6) * ring
        hollow = 0.35 * y**2  # its sides come forward
        return np.stack((front(height) - 0.026 + thick + hollow, y, place.seat_m + height), axis=1)

    shell = sheet(at, 40, 24, cloth, wrap=True)
    low = np.array([chair.back_low + 0.12])
    holder = (float(front(low)[0]) - 0.06, 0.0, place.seat_m + float(low[0]))
    under = (chair.depth / 2 - chair.behind, 0.0, place.seat_m - chair.thick - 0.01)
    corner = (foot_x_m - 0.08, 0.0, place.seat_m - chair.thick - 0.01)
    return join([shell, tube(under, corner, 0.016, steel), tube(corner, holder, 0.016, steel)])


def bulge(chair: Chair, height_m: FloatArray) -> FloatArray:
    """How far the backrest's low-back bulge stands out at heights over the seat."""
    return np.asarray(chair.lumbar * np.exp(-(((height_m - 0.2) / 0.09) ** 2)))


def lean_needed(chair: Chair, heights_m: FloatArray, back_x_m: FloatArray, foot_x_m: float, room_m: float) -> float:
    """How far the backrest must lean back so that nobody sits in it, in degrees.

    Args:
        chair: whose.
        heights_m, back_x_m: (n,) heights over the seat and the rearmost x of the sitter there.
        foot_x_m: where the backrest's front would meet the seat.
        room_m: so much may it press into flesh and foam.
    """
    span = (heights_m > chair.back_low) & (heights_m < chair.back_high + 0.02) & np.isfinite(back_x_m)
    if not span.any():
        return chair.back_deg
    h, x = heights_m[span], back_x_m[span]
    needed = np.degrees(np.arctan2(foot_x_m + bulge(chair, h) - x - room_m, h))
    return max(chair.back_deg, float(needed.max()))


def foot_of_back(chair: Chair, heights_m: FloatArray, back_x_m: FloatArray, gap_m: float) -> float:
    """Where the backrest stands so that its front comes within ``gap_m`` of this back, as x at the seat."""
    span = (heights_m > chair.back_low) & (heights_m < chair.back_high) & np.isfinite(back_x_m)
    h, x = heights_m[span], back_x_m[span]
    tangent = math.tan(math.radians(chair.back_deg))
    return float((x + h * tangent - bulge(chair, h)).min()) - gap_m
