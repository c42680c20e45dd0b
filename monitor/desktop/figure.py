"""The sitter of a calibrated pose, as lines in the picture."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from models.measures import Measures
from monitor.posture.back_profile import WINDOW_HEIGHTS

_HEAD: Final = 0.16
"""Radius of the head, in trunk lengths."""
Point = tuple[float, float]


@dataclass(frozen=True)
class Figure:
    """A sitter in picture coordinates (roll removed; x right, y down); parts that were not seen are missing.

    Attributes:
        joints: knee, hip, shoulder and ear, as far as they are known.
        back: stretches of the back's edge, from the hip up.
        head_px: radius of the head.
    """

    joints: tuple[Point, ...]
    ear: Point | None
    back: tuple[tuple[Point, ...], ...]
    head_px: float

    @property
    def points(self) -> tuple[Point, ...]:
        """Every point of it."""
        return (*self.joints, *(p for stretch in self.back for p in stretch), *((self.ear,) if self.ear else ()))


def figure(measures: Measures, facing: int) -> Figure:
    """The sitter that has these measures."""
    (sx, sy), (ex, ey), (kx, ky) = (measures.marks_px[2 * i : 2 * i + 2] for i in range(3))
    hip = (measures.hip_x_px, measures.hip_y_px)

    def place(forward: float, up: float) -> Point:
        return (hip[0] + facing * forward, hip[1] - up)

    chain = [place(kx, ky), hip, place(sx, sy)]
    ear = place(ex, ey) if math.isfinite(ex) else None
    back = _back(measures, (sx, sy))
    return Figure(
        tuple(p for p in chain if math.isfinite(p[0])),
        ear,
        tuple(tuple(place(*p) for p in stretch) for stretch in back),
        _HEAD * measures.trunk_px,
    )


def _back(measures: Measures, shoulder: Point) -> list[list[Point]]:
    """The back's edge forward and up from the hip: each window's ray, square to the trunk, as far as its depth says."""
    length = math.hypot(*shoulder)
    if not length > 0.0 or not shoulder[1] > 0.0:
        return []
    up_x, up_y = shoulder[0] / length, shoulder[1] / length
    stretches: list[list[Point]] = [[]]
    for height, depth in zip(WINDOW_HEIGHTS, measures.back_depths_px, strict=True):
        if not math.isfinite(depth):
            stretches.append([])
            continue
        ray = (height * shoulder[0] + depth) / up_y
        stretches[-1].append((-depth, height * shoulder[1] + ray * up_x))
    return [stretch for stretch in stretches if len(stretch) > 1]
