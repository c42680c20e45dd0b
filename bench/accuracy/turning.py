"""Rotations, in world axes (x forward, y left, z up); angles in degrees."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]


def pitch(deg: float) -> FloatArray:
    """Rotation about y, top forward positive."""
    c, s = math.cos(math.radians(deg)), math.sin(math.radians(deg))
    return np.array([[c, 0.0, s], [0.0, 1.0, 0.0], [-s, 0.0, c]])


def yaw(deg: float) -> FloatArray:
    """Rotation about z, to the left positive."""
    c, s = math.cos(math.radians(deg)), math.sin(math.radians(deg))
    return np.array([[c, -s, 0.0], [s, c, 0.0], [0.0, 0.0, 1.0]])


def side_bend(deg: float) -> FloatArray:
    """Rotation about x, top to the right positive (the left side goes up)."""
    c, s = math.cos(math.radians(deg)), math.sin(math.radians(deg))
    return np.array([[1.0, 0.0, 0.0], [0.0, c, -s], [0.0, s, c]])


def unit(vector: FloatArray) -> FloatArray:
    """The vector at length 1."""
    return vector / max(math.sqrt(float(vector @ vector)), 1e-12)


def cross(a: FloatArray, b: FloatArray) -> FloatArray:
    """Cross product of two single vectors; numpy's own is made for tables and slow for these."""
    return np.array([a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]])


def frame(along: FloatArray, across: FloatArray) -> FloatArray:
    """Columns: the direction of a bone, its hinge axis made square to it, and their cross product."""
    first = unit(along)
    second = unit(across - first * float(first @ across))
    return np.stack((first, second, cross(first, second)), axis=1)


def half_way(first: FloatArray, second: FloatArray) -> FloatArray:
    """The rotation half-way between two."""
    u, _, vt = np.linalg.svd(first + second)
    mean: FloatArray = u @ np.diag([1.0, 1.0, float(np.sign(np.linalg.det(u @ vt)))]) @ vt
    return mean


def swing_deg(first: FloatArray, second: FloatArray) -> float:
    """Angle between two directions."""
    return math.degrees(math.acos(float(np.clip(unit(first) @ unit(second), -1.0, 1.0))))
