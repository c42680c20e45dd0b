"""Which cloth, hair or skin covers each part of a body, with borders that run through the triangles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from bench.accuracy.bake import FloatArray, IntArray
from bench.accuracy.outfits import Outfit
from bench.accuracy.rig import INDEX, N_LUMBAR, N_THORACIC, Rig

SKIN, TOP, TROUSERS, SHOES, HAIR, EYES, LIPS = range(7)
"""Kinds of cover."""

_TRUNK, _ARM, _LEG, _HEAD = range(4)
_SOLE_UP_M: Final = 0.025
"""Shoes end so far above the ankle."""


@dataclass(frozen=True, eq=False)
class Cover:
    """The cover of a body.

    Attributes:
        kind, other: (F,) kinds on the two sides of the border that runs through each face, the same without one.
        border: (F, 3) distance of each corner from that border in metres, positive on the side of ``kind``.
        depth: kind to (V,) how far inside that cover a vertex lies, in metres; not positive outside.
    """

    kind: IntArray
    other: IntArray
    border: FloatArray
    depth: dict[int, FloatArray]


def cover(rig: Rig, outfit: Outfit) -> Cover:
    """What this outfit covers of this body."""
    rest, faces = rig.body.vertices_m, rig.body.faces
    part = _parts(rig)
    scale = rig.body.person.stature_cm / 172
    hem = rest[:, 2] - outfit.hem_m * scale
    sleeve = (outfit.sleeve - _along_arm(rig)) * 0.55 * scale
    top_end = rig.spine_m[-1, 2] + 0.005
    neckline = top_end + np.interp(rest[:, 0] - rig.spine_m[-1, 0], [-0.03, 0.06], [0.0, -0.06]) - rest[:, 2]
    ankle = rest[:, 2] - (rig.joints_m["ankle.L"][2] + _SOLE_UP_M)
    hair = rest[:, 2] - _hairline(rig, rest[:, 0])

    here = np.sort(part[faces], axis=1)[:, 1]
    z = rest[faces, 2].mean(axis=1)
    kind, other = np.zeros(len(faces), np.int32), np.zeros(len(faces), np.int32)
    border = np.ones((len(faces), 3))

    def put(which: np.ndarray, first: int, second: int, field: FloatArray) -> None:
        kind[which], other[which], border[which] = first, second, field[faces[which]]

    low = z < (rig.spine_m[N_LUMBAR, 2] + rig.spine_m[-1, 2]) / 2
    put((here == _TRUNK) & low, TOP, TROUSERS, hem)
    put((here == _TRUNK) & ~low, TOP, SKIN, neckline)
    put(here == _ARM, TOP, SKIN, sleeve)
    put(here == _LEG, TROUSERS, SHOES, ankle)
    put((here == _LEG) & (np.abs(z - outfit.hem_m * scale) < 0.07), TOP, TROUSERS, hem)
    put(here == _HEAD, HAIR, SKIN, hair)
    put((here == _HEAD) & (z < top_end + 0.04), TOP, SKIN, neckline)
    _features(rig, kind, other, border)
    torso = np.minimum(hem, neckline)
    depth = {
        TOP: np.where(part == _ARM, sleeve, np.where(part == _HEAD, neckline, torso)),
        TROUSERS: np.where(part == _LEG, np.minimum(ankle, -hem), np.where(part == _TRUNK, -hem, -1.0)),
        SHOES: np.where(part == _LEG, -ankle, -1.0),
        HAIR: np.where(part == _HEAD, hair, -1.0),
    }
    depth[TOP] = np.where(part == _LEG, hem, depth[TOP])
    return Cover(kind, other, border, depth)


def _parts(rig: Rig) -> IntArray:
    """(V,) the part of the body a vertex belongs to."""
    weights = rig.weights

    def total(*names: str) -> FloatArray:
        return np.asarray(weights[:, [INDEX[f"{name}.{side}"] for name in names for side in "LR"]].sum(axis=1))

    sums = (
        weights[:, : N_LUMBAR + N_THORACIC].sum(axis=1) + total("clavicle"),
        total("upperarm", "forearm", "wristward", "hand"),
        total("thigh", "shank", "foot"),
        weights[:, [INDEX[name] for name in ("neck01", "neck02", "neck03", "head")]].sum(axis=1),
    )
    return np.asarray(np.argmax(np.stack(sums), axis=0), dtype=np.int32)


def _along_arm(rig: Rig) -> FloatArray:
    """(V,) 0 at the shoulder, 0.5 at the elbow, 1 at the wrist, of the arm on the vertex's side."""
    rest = rig.body.vertices_m
    out = np.zeros(len(rest))
    for side, here in (("L", rest[:, 1] >= 0), ("R", rest[:, 1] < 0)):
        shoulder, elbow, wrist = (rig.joints_m[f"{name}.{side}"] for name in ("shoulder", "elbow", "wrist"))
        upper = (rest - shoulder) @ (elbow - shoulder) / float((elbow - shoulder) @ (elbow - shoulder))
        lower = (rest - elbow) @ (wrist - elbow) / float((wrist - elbow) @ (wrist - elbow))
        out[here] = np.where(lower > 0, 0.5 + 0.5 * lower, 0.5 * np.minimum(upper, 1.0))[here]
    return out


def _hairline(rig: Rig, x_m: FloatArray) -> FloatArray:
    """(V,) height of the lower edge of the hair over a place from nape to forehead."""
    ear, eye, nose = rig.joints_m["ear.L"], rig.joints_m["eye.L"], rig.joints_m["nose"]
    x = [ear[0] - 0.06, ear[0] - 0.012, ear[0] + 0.008, ear[0] + 0.035, eye[0], nose[0] - 0.02]
    z = [eye[2] - 0.075, eye[2] - 0.05, eye[2] + 0.02, eye[2] + 0.03, eye[2] + 0.05, eye[2] + 0.062]
    return np.asarray(np.interp(x_m, x, z), dtype=np.float64)


def _features(rig: Rig, kind: IntArray, other: IntArray, border: FloatArray) -> None:
    """Eyes, brows and lips, in place; a face without them is found less often."""
    middle = rig.body.vertices_m[rig.body.faces].mean(axis=1)
    face = rig.weights[rig.body.faces, INDEX["head"]].mean(axis=1) > 0.6

    def put(which: np.ndarray, what: int) -> None:
        kind[which], other[which], border[which] = what, what, 1.0

    for side, sign in (("L", 1.0), ("R", -1.0)):
        at = middle - rig.joints_m[f"eye.{side}"]
        front = face & (at[:, 0] > 0.0)
        put(front & (at[:, 0] > 0.006) & (np.hypot(at[:, 1], at[:, 2]) < 0.009), EYES)
        put(front & (np.abs(at[:, 1] - sign * 0.004) < 0.021) & (at[:, 2] > 0.017) & (at[:, 2] < 0.026), HAIR)
    mouth = middle - rig.joints_m["nose"]
    put(face & (np.abs(mouth[:, 1]) < 0.023) & (np.abs(mouth[:, 2] + 0.036) < 0.009) & (mouth[:, 0] > -0.04), LIPS)
