"""Clothes on a posed body: standing off, folding, hanging from the shoulder blades; hair and a cardigan's tail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from bench.accuracy import raster
from bench.accuracy.backline import Backline, backline, hang, slack
from bench.accuracy.bake import FloatArray
from bench.accuracy.cover import HAIR, SHOES, TOP, TROUSERS, cover
from bench.accuracy.mesh import Mesh, cushion, join, sheet
from bench.accuracy.outfits import Outfit, Paints
from bench.accuracy.place import Place
from bench.accuracy.rig import BONES, INDEX, Rig
from bench.accuracy.sitter import Seated
from bench.accuracy.turning import yaw

_STAND_OFF_M: Final = {"tight": 0.003, "shirt": 0.008, "loose": 0.016, "cardigan": 0.014}
_FOLDS_M: Final = {"tight": 0.0005, "shirt": 0.004, "loose": 0.007, "cardigan": 0.005}
_HANG: Final = {"tight": 0.0, "shirt": 0.6, "loose": 0.9, "cardigan": 1.0}
"""How far cloth on the back goes from the skin to where it would hang freely."""
_RETURN: Final = {"tight": 9.0, "shirt": 0.35, "loose": 0.16, "cardigan": 0.12}
"""How steeply hanging cloth comes back to the body: metres inward per metre down."""


@dataclass(frozen=True, eq=False)
class Dressed:
    """A dressed sitter.

    Attributes:
        skin: the body with its clothes, the vertices in the body's own order.
        extras: hair and tails, part of the person too.
        back: the back line of the dressed trunk, without hair and tails.
    """

    skin: Mesh
    extras: tuple[Mesh, ...]
    back: Backline


def _rise(depth_m: FloatArray, over_m: float = 0.015) -> FloatArray:
    """0 at the edge of a cloth and outside, 1 from ``over_m`` inside, smoothly between."""
    t = np.clip(depth_m / over_m, 0.0, 1.0)
    return np.asarray(t * t * (3 - 2 * t))


class Wardrobe:
    """Puts one outfit on one body, posture after posture."""

    def __init__(self, rig: Rig, outfit: Outfit, paints: Paints) -> None:
        self.rig, self.outfit, self.paints = rig, outfit, paints
        self._cover = cover(rig, outfit)
        order = np.array(
            [paints.skin, paints.top, paints.trousers, paints.shoes, paints.hair, paints.eyes, paints.lips]
        )
        self._rows = (order[self._cover.kind].astype(np.int32), order[self._cover.other].astype(np.int32))
        self._trunk = np.flatnonzero(rig.weights[:, : INDEX["neck01"]].sum(axis=1) > 0.75).astype(np.int32)
        self._off = self._stand_off()
        self._under = np.flatnonzero(
            rig.weights[:, [INDEX["pelvis"], INDEX["thigh.L"], INDEX["thigh.R"]]].sum(axis=1) > 0.3
        )
        self._weights = rig.weights.astype(np.float32)
        self._rest = np.column_stack((rig.body.vertices_m, np.ones(len(rig.body.vertices_m)))).astype(np.float32)

    def _stand_off(self) -> FloatArray:
        """(V,) how far cloth or hair stands off the skin, in metres."""
        outfit, rest = self.outfit, self.rig.body.vertices_m
        rng = np.random.default_rng(outfit.seed)
        folds = np.zeros(len(rest))
        for _ in range(5):
            wave = rng.normal(0, 1, 3) * np.array([18.0, 18.0, 30.0])
            folds += np.sin(rest @ wave + rng.uniform(0, 6.28))
        folds /= 3.0
        depth = {kind: _rise(field) for kind, field in self._cover.depth.items()}
        hair = {"bald": 0.0, "short": 0.014, "bun": 0.010, "long": 0.020}[outfit.hair]
        thick = {
            TOP: np.maximum(_STAND_OFF_M[outfit.top] + _FOLDS_M[outfit.top] * folds, 0.002),
            TROUSERS: np.maximum(outfit.trousers_m * (1 + 0.4 * folds), 0.002),
            SHOES: np.full(len(rest), 0.008),
            HAIR: hair * (1 + 0.2 * folds),
        }
        return np.asarray(np.max([depth[kind] * thick[kind] for kind in thick], axis=0))

    def dress(self, seated: Seated, place: Place, seat_m: tuple[float, float, float]) -> Dressed:
        """The dressed body in a posture.

        Args:
            seated: the posed skeleton.
            place: the seat.
            seat_m: from x to x, and half the width, of what carries the sitter; flesh flattens there.
        """
        blend = (self._weights @ seated.transforms.reshape(len(BONES), 12).astype(np.float32)).reshape(-1, 3, 4)
        points = np.einsum("vij,vj->vi", blend, self._rest).astype(np.float64)
        self._flatten(points, place, seat_m)
        faces = self.rig.body.faces
        normals = raster.normals(points, faces)
        points += normals * self._off[:, None]
        turn = yaw(-seated.facing_deg)
        local = points @ turn.T
        facing = (normals @ turn.T)[:, 0]
        behind = self._trunk[facing[self._trunk] < -0.15]
        bare = backline(local, behind)
        back = bare
        share = _HANG[self.outfit.top]
        if share > 0:
            hung = hang(bare, _RETURN[self.outfit.top])
            trunk = self._trunk
            inside = _rise(self._cover.depth[TOP][trunk], 0.09)
            gap = slack(bare, hung).at(local[trunk, 1], local[trunk, 2], 0.0)
            local[trunk, 0] -= inside * share * np.maximum(gap, 0.0) * np.clip(-1.6 * facing[trunk], 0.0, 1.0)
            points = local @ turn
            back = backline(local, behind)
        self._flatten(points, place, seat_m, 0.002)
        skin = Mesh(
            points, faces, raster.normals(points, faces), self.rig.body.vertices_m, *self._rows, self._cover.border
        )
        return Dressed(skin, self._extras(seated, back, place), back)

    def _flatten(
        self, points: FloatArray, place: Place, seat_m: tuple[float, float, float], above_m: float = 0.0
    ) -> None:
        """Lift what lies in the seat onto it, in place."""
        part = points[self._under]
        top = place.seat_m - part[:, 0] * place.fall + above_m
        low = (part[:, 2] < top) & (part[:, 2] > top - 0.07)
        low &= (part[:, 0] > seat_m[0]) & (part[:, 0] < seat_m[1]) & (np.abs(part[:, 1]) < seat_m[2])
        part[low, 2] = top[low]
        points[self._under] = part

    def _extras(self, seated: Seated, back: Backline, place: Place) -> tuple[Mesh, ...]:
        out = []
        turn = yaw(seated.facing_deg)
        ears = (seated.joints_m["ear.L"] + seated.joints_m["ear.R"]) / 2
        if self.outfit.hair == "long":
            out.append(self._long_hair(seated, hang(back, 0.4), ears))
        if self.outfit.hair == "bun":
            head = seated.transforms[INDEX["head"]][:, :3]
            out.append(cushion((0, 0, 0), (0.075, 0.08, 0.075), self.paints.hair, 0.9).moved(
                head, ears + head @ np.array([-0.115, 0.0, 0.035])
            ))  # fmt: skip
        if self.outfit.top == "cardigan":
            out.append(_tail(seated, hang(back, 0.10), place, self.paints.top).moved(turn, np.zeros(3)))
        return tuple(out)

    def _long_hair(self, seated: Seated, back: Backline, ears: FloatArray) -> Mesh:
        head = seated.transforms[INDEX["head"]][:, :3]
        turn = yaw(-seated.facing_deg)
        length = self.outfit.hair_m

        def at(u: FloatArray, v: FloatArray) -> FloatArray:
            a = np.radians(105.0) * (2 * u - 1)
            crown = np.stack((-0.102 * np.cos(a) - 0.012, 0.088 * np.sin(a), 0.05 * np.ones_like(a)), axis=1)
            top = (ears + crown @ head.T) @ turn.T
            z = top[:, 2] - v * (length + 0.05)
            y = top[:, 1] * (1 + 0.25 * v)
            free = top[:, 0] + 0.015 * np.sin(3.1 * v) - 0.02 * v
            lying = back.at(y, z) - 0.016
            blend = np.clip((v - 0.15) * 3.0, 0.0, 1.0)
            x = np.where(np.isfinite(lying), np.minimum(free, free + blend * (np.minimum(lying, free) - free)), free)
            return np.asarray(np.stack((x, y, z), axis=1) @ turn)

        outside = sheet(at, 28, 24, self.paints.hair)
        return join([outside, outside.inside_out()])


def _tail(seated: Seated, back: Backline, place: Place, material: int) -> Mesh:
    """The part of a cardigan that hangs down behind over the seat, in the frame of the sitter's facing."""
    hips = yaw(-seated.facing_deg) @ seated.hip_m
    top, low = hips[2] + 0.22, place.seat_m - 0.07

    def at(u: FloatArray, v: FloatArray) -> FloatArray:
        a = np.radians(75.0) * (2 * u - 1)
        z = top + v * (low - top)
        y = 0.19 * np.sin(a) * (1 + 0.06 * v)
        behind = back.at(0.7 * y, np.maximum(z, hips[2] + 0.02))
        behind = np.where(np.isfinite(behind), behind, hips[0] - 0.1)
        x = behind - 0.008 - 0.02 * v + 0.10 * (1 - np.cos(a)) + 0.006 * np.sin(9 * a) * v
        return np.stack((x, y, z), axis=1)

    outside = sheet(at, 24, 16, material)
    return join([outside, outside.inside_out()])
