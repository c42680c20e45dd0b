"""Triangles to pixels: a depth buffer and the number of the nearest triangle, in plain loops."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from bench.accuracy.camera import Camera
from bench.accuracy.compiled import compiled

NEAR_M = 0.08
"""Triangles with a corner nearer than this are left out."""


@compiled
def draw(
    points: npt.NDArray[np.float32],
    faces: npt.NDArray[np.int32],
    first: int,
    nearness: npt.NDArray[np.float32],
    ids: npt.NDArray[np.int32],
    both_sides: bool,
) -> None:
    """Draw triangles into ``nearness`` (1/depth, 0 is nothing) and ``ids`` (-1 is nothing).

    Args:
        points: (N, 3) pixel x, pixel y, 1/depth (or any number larger when nearer); not positive is not drawn.
        faces: (F, 3) corners, anticlockwise seen from outside.
        first: number of the first triangle.
        nearness, ids: (H, W), changed.
        both_sides: draw triangles seen from behind, too.
    """
    rows, columns = nearness.shape
    for f in range(faces.shape[0]):
        a, b, c = faces[f, 0], faces[f, 1], faces[f, 2]
        w0, w1, w2 = points[a, 2], points[b, 2], points[c, 2]
        if w0 <= 0.0 or w1 <= 0.0 or w2 <= 0.0:
            continue
        x0, y0 = points[a, 0], points[a, 1]
        x1, y1 = points[b, 0], points[b, 1]
        x2, y2 = points[c, 0], points[c, 1]
        area = (x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0)
        if area == 0.0 or (area > 0.0 and not both_sides):
            continue
        left = max(int(np.floor(min(x0, x1, x2) - 0.5)) + 1, 0)
        right = min(int(np.floor(max(x0, x1, x2) - 0.5)), columns - 1)
        top = max(int(np.floor(min(y0, y1, y2) - 0.5)) + 1, 0)
        bottom = min(int(np.floor(max(y0, y1, y2) - 0.5)), rows - 1)
        if left > right or top > bottom:
            continue
        inverse = 1.0 / area
        for y in range(top, bottom + 1):
            py = y + 0.5
            for x in range(left, right + 1):
                px = x + 0.5
                e1 = ((px - x0) * (y2 - y0) - (x2 - x0) * (py - y0)) * inverse
                e2 = ((x1 - x0) * (py - y0) - (px - x0) * (y1 - y0)) * inverse
                e0 = 1.0 - e1 - e2
                if e0 < 0.0 or e1 < 0.0 or e2 < 0.0:
                    continue
                w = e0 * w0 + e1 * w1 + e2 * w2
                if w > nearness[y, x]:
                    nearness[y, x] = w
                    ids[y, x] = first + f


@compiled
def normals(points: npt.NDArray[Any], faces: npt.NDArray[np.int32]) -> npt.NDArray[np.float64]:
    """(N, 3) unit normals at the corners, each the area-weighted mean of the triangles around it."""
    out = np.zeros((points.shape[0], 3))
    for f in range(faces.shape[0]):
        a, b, c = faces[f, 0], faces[f, 1], faces[f, 2]
        ux, uy, uz = points[b, 0] - points[a, 0], points[b, 1] - points[a, 1], points[b, 2] - points[a, 2]
        vx, vy, vz = points[c, 0] - points[a, 0], points[c, 1] - points[a, 1], points[c, 2] - points[a, 2]
        nx, ny, nz = uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx
        for k in (a, b, c):
            out[k, 0] += nx
            out[k, 1] += ny
            out[k, 2] += nz
    for i in range(out.shape[0]):
        length = np.sqrt(out[i, 0] ** 2 + out[i, 1] ** 2 + out[i, 2] ** 2)
        if length > 0.0:
            out[i] /= length
    return out


def blank(height_px: int, width_px: int) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.int32]]:
    """An empty depth buffer and its triangle numbers."""
    return np.zeros((height_px, width_px), dtype=np.float32), np.full((height_px, width_px), -1, dtype=np.int32)


def in_picture(camera: Camera, points_m: npt.NDArray[np.float64], finer: int = 1) -> npt.NDArray[np.float32]:
    """(N, 3) pixel x, pixel y (in a picture so many times finer) and 1/depth of world points; 0 is too near."""
    pixels, depth = camera.project(points_m)
    nearness = np.where(depth > NEAR_M, 1.0 / np.maximum(depth, 1e-3), 0.0)
    return np.column_stack((pixels * finer, nearness)).astype(np.float32)
