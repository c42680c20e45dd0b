"""Shaded pictures: one lamp with a shadow, light from all around, patterns; static things are shaded once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import cv2
import numpy as np
import numpy.typing as npt

from bench.accuracy import raster
from bench.accuracy.bake import FloatArray
from bench.accuracy.camera import Camera
from bench.accuracy.compiled import compiled
from bench.accuracy.materials import colour_at
from bench.accuracy.mesh import Mesh, join
from bench.accuracy.turning import unit

FINER: Final = 2
"""Pictures are made so many times finer than asked for, then averaged."""

SHADOW_PX: Final = 1024
SHADOW_M: Final = 5.0
"""The shadow map covers a square of this side round the sitter."""


@dataclass(frozen=True)
class Light:
    """The light of a room.

    Attributes:
        towards: direction to the lamp or window.
        key: red, green, blue of its light.
        above, below: light from the upper and the lower half of the room.
        soft_m: softness of shadows.
    """

    towards: tuple[float, float, float]
    key: tuple[float, float, float]
    above: tuple[float, float, float]
    below: tuple[float, float, float]
    soft_m: float = 0.03


class Painter:
    """Paints frames of one room from one camera.

    Args:
        camera: where from.
        light: how it is lit.
        materials: (M, 9) table.
        still: everything that never moves.
    """

    def __init__(self, camera: Camera, light: Light, materials: npt.NDArray[np.float64], still: Mesh) -> None:
        self._camera, self._light, self._materials, self._still = camera, light, materials, still
        to = unit(np.array(light.towards))
        across = unit(np.cross(to, np.array([0.1, 0.2, 0.97])))
        self._lamp = np.stack((across, np.cross(to, across), to))
        self._nearness, self._ids = raster.blank(camera.height_px * FINER, camera.width_px * FINER)
        raster.draw(self._seen(still.points_m), still.faces, 0, self._nearness, self._ids, False)
        self._shadow, ids = raster.blank(SHADOW_PX, SHADOW_PX)
        raster.draw(self._lit(still.points_m), still.faces, 0, self._shadow, ids, True)
        size = (*self._ids.shape, 3)
        self._ambient, self._keyed = np.zeros(size, np.float32), np.zeros(size, np.float32)
        self._where = np.zeros(size, np.float32)
        self._shade(still, self._ids, 0, self._shadow, self._ambient, self._keyed, self._where)

    def _seen(self, points_m: FloatArray) -> npt.NDArray[np.float32]:
        return raster.in_picture(self._camera, points_m, FINER)

    def _lit(self, points_m: FloatArray) -> npt.NDArray[np.float32]:
        """(N, 3) shadow map column and row, and nearness to the lamp in metres, positive."""
        there: FloatArray = (points_m - np.array([0.2, 0.0, 0.7])) @ self._lamp.T
        there[:, :2] = (there[:, :2] / SHADOW_M + 0.5) * SHADOW_PX
        there[:, 2] += 20.0
        return np.asarray(there, dtype=np.float32)

    def _shade(
        self,
        mesh: Mesh,
        ids: npt.NDArray[np.int32],
        first: int,
        shadow: npt.NDArray[np.float32],
        ambient: npt.NDArray[np.float32],
        keyed: npt.NDArray[np.float32],
        where: npt.NDArray[np.float32],
    ) -> None:
        light = self._light
        camera = self._camera
        _shade(
            ids,
            first,
            self._seen(mesh.points_m),
            self._lit(mesh.points_m),
            mesh.normals,
            mesh.cloth_m,
            mesh.points_m,
            mesh.faces,
            mesh.material,
            mesh.other,
            mesh.border,
            self._materials,
            self._lamp[2],
            np.array(light.key),
            np.array(light.above),
            np.array(light.below),
            camera.position_m,
            shadow,
            light.soft_m * SHADOW_PX / SHADOW_M,
            ambient,
            keyed,
            where,
        )

    def paint(self, moving: list[Mesh]) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.int32]]:
        """One frame.

        Args:
            moving: what else is there now.

        Returns:
            (H, W, 3) linear blue, green, red, and (2H, 2W) which of ``moving`` is seen where, -1 for none.
        """
        mesh = join(moving)
        first = len(self._still.faces)
        nearness, ids = self._nearness.copy(), self._ids.copy()
        raster.draw(self._seen(mesh.points_m), mesh.faces, first, nearness, ids, False)
        cast, nobody = raster.blank(SHADOW_PX, SHADOW_PX)
        raster.draw(self._lit(mesh.points_m), mesh.faces, 0, cast, nobody, True)
        ambient, keyed, where = self._ambient.copy(), self._keyed.copy(), self._where
        _darken(ids, first, where, cast, keyed)
        both = np.maximum(cast, self._shadow)
        self._shade(mesh, ids, first, both, ambient, keyed, where.copy())
        fine = ambient + keyed
        picture = cv2.resize(fine, (self._camera.width_px, self._camera.height_px), interpolation=cv2.INTER_AREA)
        owner = np.repeat(np.arange(len(moving)), [len(part.faces) for part in moving])
        seen = np.where(ids >= first, owner[np.maximum(ids - first, 0)] if len(owner) else -1, -1)
        return np.asarray(picture[:, :, ::-1], dtype=np.float32), seen.astype(np.int32)


@compiled
def _open(shadow: Any, column: float, row: float, near: float, soft: float) -> float:
    """Share of the lamp that is seen from a place on the shadow map."""
    free = 0.0
    for dy in range(-1, 2):
        for dx in range(-1, 2):
            x, y = int(column + dx * soft), int(row + dy * soft)
            if x < 0 or y < 0 or x >= shadow.shape[1] or y >= shadow.shape[0] or shadow[y, x] <= near + 0.02:
                free += 1.0
    return free / 9.0


@compiled
def _darken(ids: Any, first: int, where: Any, cast: Any, keyed: Any) -> None:
    """Take the lamp away from still things where something moving stands before it."""
    for y in range(ids.shape[0]):
        for x in range(ids.shape[1]):
            if ids[y, x] < 0 or ids[y, x] >= first:
                continue
            column, row, near = where[y, x, 0], where[y, x, 1], where[y, x, 2]
            c, r = int(column), int(row)
            if c < 8 or r < 8 or c >= cast.shape[1] - 8 or r >= cast.shape[0] - 8:
                continue
            around = max(cast[r, c], cast[r - 8, c], cast[r + 8, c], cast[r, c - 8], cast[r, c + 8])
            if around == 0.0:
                continue
            free = _open(cast, column, row, near, 5.0)
            for k in range(3):
                keyed[y, x, k] *= free


@compiled
def _shade(
    ids: Any,
    first: int,
    seen: Any,
    lit: Any,
    normals: Any,
    cloth: Any,
    points: Any,
    faces: Any,
    material: Any,
    other: Any,
    border: Any,
    materials: Any,
    lamp: Any,
    key: Any,
    above: Any,
    below: Any,
    eye: Any,
    shadow: Any,
    soft: float,
    ambient: Any,
    keyed: Any,
    where: Any,
) -> None:
    """Shade the pixels whose triangle number is ``first`` or more; the lamp's part and the rest apart."""
    colour, place, normal, spot, view = np.zeros(3), np.zeros(3), np.zeros(3), np.zeros(3), np.zeros(3)
    for y in range(ids.shape[0]):
        for x in range(ids.shape[1]):
            f = ids[y, x] - first
            if f < 0:
                continue
            a, b, c = faces[f, 0], faces[f, 1], faces[f, 2]
            px, py = x + 0.5, y + 0.5
            x0, y0, x1, y1, x2, y2 = seen[a, 0], seen[a, 1], seen[b, 0], seen[b, 1], seen[c, 0], seen[c, 1]
            area = (x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0)
            e1 = ((px - x0) * (y2 - y0) - (x2 - x0) * (py - y0)) / area
            e2 = ((x1 - x0) * (py - y0) - (px - x0) * (y1 - y0)) / area
            w0, w1, w2 = (1.0 - e1 - e2) * seen[a, 2], e1 * seen[b, 2], e2 * seen[c, 2]
            total = w0 + w1 + w2
            w0, w1, w2 = w0 / total, w1 / total, w2 / total
            length, away = 0.0, 0.0
            for k in range(3):
                normal[k] = w0 * normals[a, k] + w1 * normals[b, k] + w2 * normals[c, k]
                place[k] = w0 * cloth[a, k] + w1 * cloth[b, k] + w2 * cloth[c, k]
                spot[k] = w0 * lit[a, k] + w1 * lit[b, k] + w2 * lit[c, k]
                view[k] = eye[k] - (w0 * points[a, k] + w1 * points[b, k] + w2 * points[c, k])
                length += normal[k] ** 2
                away += view[k] ** 2
                where[y, x, k] = spot[k]
            length, away = np.sqrt(length) + 1e-9, np.sqrt(away) + 1e-9
            facing, shine = 0.0, 0.0
            for k in range(3):
                normal[k] /= length
                facing += normal[k] * lamp[k]
                shine += normal[k] * (lamp[k] + view[k] / away)
            inside = w0 * border[f, 0] + w1 * border[f, 1] + w2 * border[f, 2]
            row = materials[material[f] if inside >= 0.0 else other[f]]
            colour_at(row, place, colour)
            up = 0.5 + 0.5 * normal[2]
            bright = 0.0
            if facing > 0.0:
                bright = facing * _open(shadow, spot[0], spot[1], spot[2] + 0.01, soft)
            gleam = row[8] * 0.25 * max(shine * 0.5, 0.0) ** 24 if bright > 0.0 else 0.0
            for k in range(3):
                ambient[y, x, k] = colour[k] * (above[k] * up + below[k] * (1.0 - up))
                keyed[y, x, k] = key[k] * bright * (colour[k] + gleam)
