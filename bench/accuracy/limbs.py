"""Two-bone limbs that reach a point: arms to the desk, legs to the floor."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from bench.accuracy.bake import FloatArray
from bench.accuracy.rig import INDEX
from bench.accuracy.turning import cross, frame, unit


@dataclass(frozen=True, eq=False)
class Limb:
    """A limb posed: its middle joint, its end, and the turns of both bones against the rest pose."""

    middle_m: FloatArray
    end_m: FloatArray
    upper: FloatArray
    lower: FloatArray


def reach(
    rest_m: tuple[FloatArray, FloatArray, FloatArray],
    start_m: FloatArray,
    goal_m: FloatArray,
    pole: FloatArray,
    hinge_rest: FloatArray,
) -> Limb:
    """Bend a limb so that its end comes as near to ``goal_m`` as it can.

    Args:
        rest_m: the three joints in the rest pose.
        start_m: where the first joint is now.
        goal_m: where the last one is wanted.
        pole: direction the middle joint points to.
        hinge_rest: hinge axis in the rest pose, along the cross product of upper and lower bone when folded.
    """
    upper_m = float(np.linalg.norm(rest_m[1] - rest_m[0]))
    lower_m = float(np.linalg.norm(rest_m[2] - rest_m[1]))
    way = goal_m - start_m
    span = float(np.clip(np.linalg.norm(way), abs(upper_m - lower_m) * 1.05 + 1e-6, (upper_m + lower_m) * 0.9995))
    along = unit(way)
    out = unit(pole - along * float(pole @ along))
    near = (upper_m**2 - lower_m**2 + span**2) / (2 * span)
    middle = start_m + along * near + out * math.sqrt(max(upper_m**2 - near**2, 0.0))
    end = start_m + along * span
    axis = cross(out, along)  # the way the limb folds: upper bone x lower bone
    return Limb(
        middle,
        end,
        frame(middle - start_m, axis) @ frame(rest_m[1] - rest_m[0], hinge_rest).T,
        frame(end - middle, axis) @ frame(rest_m[2] - rest_m[1], hinge_rest).T,
    )


def put(transforms: FloatArray, bone: str, turn: FloatArray, rest_m: FloatArray, now_m: FloatArray) -> None:
    """Set a bone's transform: ``turn`` about the joint that was at ``rest_m`` and is at ``now_m``."""
    i = INDEX[bone]
    transforms[i, :, :3] = turn
    transforms[i, :, 3] = now_m - turn @ rest_m
