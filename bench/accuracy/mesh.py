"""Meshes of furniture: boxes, cushions, tubes and sheets, each with a material. Metres, world axes."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import numpy as np

from bench.accuracy.bake import FloatArray, IntArray
from bench.accuracy.turning import unit


@dataclass(frozen=True, eq=False)
class Mesh:
    """Triangles with corners of their own.

    Attributes:
        points_m: (N, 3).
        faces: (F, 3), anticlockwise seen from outside.
        normals: (N, 3) outward, length 1.
        cloth_m: (N, 3) where the material's pattern is read: the place on the thing, not in the room.
        material: (F,) row of the table of materials.
        other: (F,) the row on the far side of a border that runs through the face; the same row without one.
        border: (F, 3) at each corner the distance to that border, positive on the side of ``material``.
    """

    points_m: FloatArray
    faces: IntArray
    normals: FloatArray
    cloth_m: FloatArray
    material: IntArray
    other: IntArray
    border: FloatArray

    def moved(self, turn: FloatArray, by_m: FloatArray) -> Mesh:
        """The same thing turned about the origin, then shifted."""
        return replace(self, points_m=self.points_m @ turn.T + by_m, normals=self.normals @ turn.T)

    def inside_out(self) -> Mesh:
        """The same surface seen from the other side."""
        return replace(
            self, faces=self.faces[:, ::-1].copy(), normals=-self.normals, border=self.border[:, ::-1].copy()
        )


def of_one_material(
    points_m: FloatArray, faces: IntArray, normals: FloatArray, cloth_m: FloatArray, material: int
) -> Mesh:
    """A mesh without borders."""
    rows = np.full(len(faces), material, np.int32)
    return Mesh(points_m, faces, normals, cloth_m, rows, rows, np.ones((len(faces), 3)))


def join(meshes: Iterable[Mesh]) -> Mesh:
    """All of them as one; nothing gives an empty mesh."""
    parts = list(meshes)
    if not parts:
        nothing = np.zeros((0, 3))
        return of_one_material(nothing, np.zeros((0, 3), np.int32), nothing, nothing, 0)
    starts = np.cumsum([0, *(len(part.points_m) for part in parts[:-1])])
    return Mesh(
        np.concatenate([part.points_m for part in parts]),
        np.concatenate([part.faces + start for part, start in zip(parts, starts, strict=True)]).astype(np.int32),
        np.concatenate([part.normals for part in parts]),
        np.concatenate([part.cloth_m for part in parts]),
        np.concatenate([part.material for part in parts]),
        np.concatenate([part.other for part in parts]),
        np.concatenate([part.border for part in parts]),
    )


def sheet(
    at: Callable[[FloatArray, FloatArray], FloatArray], columns: int, rows: int, material: int, wrap: bool = False
) -> Mesh:
    """A curved surface.

    Args:
        at: (n,) u and (n,) v, both 0 to 1, to (n, 3) metres; outside is to the side of du x dv.
        columns, rows: cells along u and v.
        material: row of the table of materials.
        wrap: u = 0 and u = 1 are the same line, so that the shading goes round.
    """
    u, v = (part.ravel() for part in np.meshgrid(np.linspace(0, 1, columns + 1), np.linspace(0, 1, rows + 1)))
    points = at(u, v)
    grid = points.reshape(rows + 1, columns + 1, 3)
    du, dv = np.asarray(np.gradient(grid, axis=1)), np.asarray(np.gradient(grid, axis=0))
    if wrap:
        du[:, 0] = du[:, -1] = grid[:, 1] - grid[:, -2]
    normals = np.cross(du, dv).reshape(-1, 3)
    normals /= np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-12)
    i = (np.arange(rows)[:, None] * (columns + 1) + np.arange(columns)).ravel()
    faces = np.concatenate(
        (
            np.stack((i, i + 1, i + columns + 2), axis=1),
            np.stack((i, i + columns + 2, i + columns + 1), axis=1),
        )
    ).astype(np.int32)
    length = np.concatenate(([0.0], np.cumsum(np.linalg.norm(np.diff(grid[rows // 2], axis=0), axis=1))))
    height = np.concatenate(([0.0], np.cumsum(np.linalg.norm(np.diff(grid[:, columns // 2], axis=0), axis=1))))
    cloth = np.stack((np.tile(length, rows + 1), np.zeros(len(points)), np.repeat(height, columns + 1)), axis=1)
    return of_one_material(points, faces, normals, cloth, material)


def box(centre_m: Iterable[float], size_m: Iterable[float], material: int) -> Mesh:
    """An upright box."""
    centre, size = np.array(list(centre_m)), np.array(list(size_m))
    parts = []
    for axis in range(3):
        for sign in (-1.0, 1.0):
            normal = np.zeros(3)
            normal[axis] = sign
            first = np.zeros(3)
            first[(axis + 1) % 3] = 1.0
            second = np.cross(normal, first)
            corner = centre + normal * size / 2 - (first + second) * size / 2
            cells = [max(1, min(12, round(float(np.abs(side * size).sum()) / 0.4))) for side in (first, second)]
            parts.append(_panel(corner, first * size, second * size, cells, material))
    return join(parts)


def _panel(corner: FloatArray, first: FloatArray, second: FloatArray, cells: list[int], material: int) -> Mesh:
    def at(u: FloatArray, v: FloatArray) -> FloatArray:
        return corner + u[:, None] * first + v[:, None] * second

    flat = sheet(at, cells[0], cells[1], material)
    return replace(flat, cloth_m=flat.points_m.copy())


def panel(corner_m: Iterable[float], first_m: Iterable[float], second_m: Iterable[float], material: int) -> Mesh:
    """A flat panel in small cells; it faces first x second."""
    first, second = np.array(list(first_m)), np.array(list(second_m))
    cells = [max(1, round(float(np.linalg.norm(side)) / 0.35)) for side in (first, second)]
    return _panel(np.array(list(corner_m)), first, second, cells, material)


def cushion(centre_m: Iterable[float], size_m: Iterable[float], material: int, roundness: float = 0.35) -> Mesh:
    """A box with soft edges: 1 is an ellipsoid, near 0 a box."""
    centre, half = np.array(list(centre_m)), np.array(list(size_m)) / 2

    def power(value: FloatArray) -> FloatArray:
        return np.asarray(np.sign(value) * np.abs(value) ** roundness)

    def at(u: FloatArray, v: FloatArray) -> FloatArray:
        a, b = 2 * math.pi * u, math.pi * (v - 0.5)
        x, y, z = power(np.cos(a)) * power(np.cos(b)), power(np.sin(a)) * power(np.cos(b)), power(np.sin(b))
        return centre + np.stack((x, y, z), axis=1) * half

    soft = sheet(at, 36, 18, material, wrap=True)
    return replace(soft, cloth_m=soft.points_m.copy())


def tube(start_m: Iterable[float], end_m: Iterable[float], radius_m: float, material: int) -> Mesh:
    """A round bar without caps, with a small ball at each end."""
    start, end = np.array(list(start_m)), np.array(list(end_m))
    along = unit(end - start)
    side = unit(np.cross(along, np.array([0.3, 0.5, 0.81]) if abs(along[2]) > 0.9 else np.array([0.0, 0.0, 1.0])))
    up = np.cross(along, side)

    def at(u: FloatArray, v: FloatArray) -> FloatArray:
        a = 2 * math.pi * u
        ring = np.cos(a)[:, None] * side + np.sin(a)[:, None] * up
        ends = np.clip(v * 1.2 - 0.1, 0.0, 1.0)[:, None]
        thick = np.sqrt(np.clip(np.minimum(v, 1 - v) / 0.1, 0.0, 1.0))[:, None]
        return np.asarray(start + ends * (end - start) + ring * radius_m * thick)

    return sheet(at, 12, 20, material, wrap=True)
