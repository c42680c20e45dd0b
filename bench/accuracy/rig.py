"""A skeleton with a real number of vertebrae, and the skin that follows it.

The source rig has four spine bones. Here its spine weights are dealt out by height to the pelvis and seventeen
vertebrae (L5 to L1, T12 to T1), so that the back bends as a curve and the share of each level can be chosen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from bench.accuracy.bake import Body, FloatArray

N_LUMBAR: Final = 6
"""Lumbar joints: L5/S1 up to T12/L1."""

N_THORACIC: Final = 12
"""Thoracic joints: T11/T12 up to C7/T1; the last one carries the neck."""

SACRUM_TOP: Final = 0.18
LUMBAR_TOP: Final = 0.52
"""Heights of L5/S1 and T12/L1 as shares of the height from the hip centre to C7/T1."""

CLAVICLE_LEVEL: Final = 14
"""Which vertebra carries the shoulder girdle, counted from L5 = 0: T3."""

NECK_PARTS: Final = ("neck01", "neck02", "neck03")
ARM_PARTS: Final = ("clavicle", "upperarm", "forearm", "wristward", "hand")
LEG_PARTS: Final = ("thigh", "shank", "foot")


def bone_names() -> tuple[str, ...]:
    """Every bone of this rig, parents before children."""
    spine = tuple(f"vertebra{i:02d}" for i in range(N_LUMBAR + N_THORACIC - 1))
    limbs = tuple(f"{part}.{side}" for side in "LR" for part in ARM_PARTS + LEG_PARTS)
    return ("pelvis", *spine, *NECK_PARTS, "head", *limbs)


BONES: Final = bone_names()
INDEX: Final = {name: i for i, name in enumerate(BONES)}

_SPINE_SOURCE: Final = ("root", "spine05", "spine04", "spine03", "spine02", "spine01")


@dataclass(frozen=True, eq=False)
class Rig:
    """A body ready to be posed.

    Attributes:
        body: the body in its rest pose.
        weights: (V, B) share of each of `BONES` in each vertex.
        spine_m: (N_LUMBAR + N_THORACIC, 3) rest positions of the spine's joints, from below.
        joints_m: rest positions of the other joints: ``hip.L``, ``knee.L``, ``ankle.L``, ``toe.L``, ``clavicle.L``,
            ``shoulder.L``, ``elbow.L``, ``wrist.L``, ``knuckle.L``, ``index.L``, ``little.L``, ``eye.L``, ``ear.L``,
            the same with ``.R``; ``neck01`` to ``neck03``, ``head``, ``nose``.
        sole_m: height of the ankle over the sole.
    """

    body: Body
    weights: FloatArray
    spine_m: FloatArray
    joints_m: dict[str, FloatArray]
    sole_m: float

    def length_m(self, upper: str, lower: str) -> float:
        """Distance between two joints in the rest pose."""
        return float(np.linalg.norm(self.joints_m[lower] - self.joints_m[upper]))


def make_rig(body: Body) -> Rig:
    """The finer skeleton of a body."""
    spine = _spine(body)
    weights = np.zeros((len(body.vertices_m), len(BONES)))
    source = body.weights
    for name, part in source.items():
        if name in _SPINE_SOURCE:
            continue
        weights[:, INDEX[_bone_of(name)]] += part
    trunk = np.sum([source[name] for name in _SPINE_SOURCE], axis=0)
    weights[:, : N_LUMBAR + N_THORACIC] += trunk[:, None] * _by_height(body.vertices_m[:, 2], spine[:, 2])
    weights /= weights.sum(axis=1, keepdims=True)
    joints = _joints(body)
    low = body.vertices_m[:, 2].min()
    return Rig(body, weights, spine, joints, float((joints["ankle.L"][2] + joints["ankle.R"][2]) / 2 - low))


def _bone_of(source: str) -> str:
    """Our bone for a bone of the source rig."""
    if source.startswith("pelvis"):
        return "pelvis"
    if source in NECK_PARTS or source == "head":
        return source
    if source.startswith("eye"):
        return "head"
    stem, side = source.split(".")
    for start, bone in (
        ("upperleg", "thigh"),
        ("lowerleg", "shank"),
        ("foot", "foot"),
        ("toe", "foot"),
        ("clavicle", "clavicle"),
        ("shoulder", "clavicle"),
        ("upperarm", "upperarm"),
        ("lowerarm01", "forearm"),
        ("lowerarm02", "wristward"),
    ):
        if stem.startswith(start):
            return f"{bone}.{side}"
    return f"hand.{side}"


def _spine(body: Body) -> FloatArray:
    """Joints along the line through the source rig's spine bones."""
    names = ("spine04", "spine03", "spine02", "spine01", "neck01")
    line = np.array([body.joints_m[name] for name in names])
    top = line[-1, 2]
    lumbar = np.linspace(SACRUM_TOP, LUMBAR_TOP, N_LUMBAR)
    thoracic = np.linspace(LUMBAR_TOP, 1.0, N_THORACIC + 1)[1:]
    z = np.concatenate((lumbar, thoracic)) * top
    return np.stack((np.interp(z, line[:, 2], line[:, 0]), np.zeros_like(z), z), axis=1)


def _by_height(z_m: FloatArray, joints_z_m: FloatArray) -> FloatArray:
    """(V, joints) share of pelvis and vertebrae in skin at a height: soft steps at the joints."""
    step = np.gradient(joints_z_m)
    passed = 0.5 * (1 + np.tanh((z_m[:, None] - joints_z_m) / (0.9 * step)))  # (V, joints)
    passed = passed[:, :-1]  # C7/T1 belongs to the neck, which has its own weights
    ones = np.ones((len(z_m), 1))
    zeros = np.zeros((len(z_m), 1))
    return np.clip(np.hstack((ones, passed)) - np.hstack((passed, zeros)), 0.0, None)


def _joints(body: Body) -> dict[str, npt.NDArray[np.float64]]:
    of, out = body.joints_m, {}
    for side in "LR":
        out[f"hip.{side}"] = of[f"upperleg01.{side}"]
        out[f"knee.{side}"] = of[f"lowerleg01.{side}"]
        out[f"ankle.{side}"] = of[f"foot.{side}"]
        out[f"toe.{side}"] = of[f"toe2-1.{side}"]
        out[f"clavicle.{side}"] = of[f"clavicle.{side}"]
        out[f"shoulder.{side}"] = of[f"upperarm01.{side}"]
        out[f"elbow.{side}"] = of[f"lowerarm01.{side}"]
        out[f"wrist.{side}"] = of[f"wrist.{side}"]
        out[f"knuckle.{side}"] = of[f"finger3-1.{side}"]
        out[f"index.{side}"] = of[f"finger2-1.{side}"]
        out[f"little.{side}"] = of[f"finger5-1.{side}"]
        out[f"eye.{side}"] = of[f"eye.{side}"]
    for name in (*NECK_PARTS, "head"):
        out[name] = of[name]
    out |= _head_points(body)
    return out


def _head_points(body: Body) -> dict[str, FloatArray]:
    """Nose tip and the ears' openings, which the source rig has no bones for."""
    skin = body.vertices_m[body.weights["head"] > 0.5]
    eyes = (body.joints_m["eye.L"] + body.joints_m["eye.R"]) / 2
    head = body.joints_m["head"]
    middle = skin[(np.abs(skin[:, 1]) < 0.02) & (skin[:, 2] < eyes[2] - 0.01) & (skin[:, 2] > eyes[2] - 0.06)]
    out = {"nose": middle[middle[:, 0].argmax()]}
    for side, sign in (("L", 1.0), ("R", -1.0)):
        level = skin[np.abs(skin[:, 2] - (eyes[2] - 0.02)) < 0.025]
        behind = level[(level[:, 0] < eyes[0] - 0.04) & (level[:, 0] > head[0] - 0.03)]
        outermost = behind[(behind[:, 1] * sign).argmax()]
        out[f"ear.{side}"] = outermost - np.array([0.0, sign * 0.008, 0.0])
    return out
