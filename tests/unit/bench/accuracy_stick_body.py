"""A body of a few points with the proportions of an adult, for tests that need no baked mesh."""

import numpy as np

from bench.accuracy.bake import Body
from bench.accuracy.people import Person

PERSON = Person("stick", 0.5, 0.7, 172.0, 0.5, 0.5, 0.5)

_MIDDLE = {
    "root": (0.0, 0.0, 0.0), "spine05": (0.0, 0.0, 0.0), "spine04": (-0.032, 0.0, 0.068),
    "spine03": (-0.019, 0.0, 0.136), "spine02": (-0.018, 0.0, 0.211), "spine01": (-0.035, 0.0, 0.345),
    "neck01": (-0.006, 0.0, 0.513),
    "neck02": (0.004, 0.0, 0.541), "neck03": (0.016, 0.0, 0.58), "head": (0.03, 0.0, 0.609),
}  # fmt: skip
_LEFT = {
    "pelvis": (0.0, 0.05, 0.0), "upperleg01": (0.0, 0.102, 0.0), "upperleg02": (0.02, 0.101, -0.1),
    "lowerleg01": (0.03, 0.13, -0.40), "lowerleg02": (0.015, 0.15, -0.6), "foot": (0.0, 0.17, -0.80),
    "toe2-1": (0.138, 0.168, -0.838), "clavicle": (0.016, 0.022, 0.447), "shoulder01": (0.02, 0.10, 0.465),
    "upperarm01": (0.013, 0.165, 0.427), "upperarm02": (0.015, 0.216, 0.37), "lowerarm01": (0.019, 0.334, 0.239),
    "lowerarm02": (0.095, 0.39, 0.181), "wrist": (0.174, 0.45, 0.121), "finger2-1": (0.267, 0.477, 0.081),
    "finger3-1": (0.25, 0.493, 0.07), "finger5-1": (0.214, 0.502, 0.054), "eye": (0.107, 0.03, 0.649),
}  # fmt: skip


def stick_body() -> Body:
    """Points at the joints, and some round the hips, the belly, the back and the head."""
    joints = {name: np.array(at) for name, at in _MIDDLE.items()}
    for side, sign in (("L", 1.0), ("R", -1.0)):
        for name, (x, y, z) in _LEFT.items():
            joints[f"{name}.{side}"] = np.array([x, sign * y, z])
    points, owners = list(joints.values()), list(joints)
    for sign, side in ((1, "L"), (-1, "R")):
        points += [np.array([-0.05, 0.08 * sign, -0.10]), np.array([-0.09, 0.07 * sign, -0.03])]
        owners += [f"upperleg01.{side}", f"pelvis.{side}"]
        points += [np.array([0.04, 0.075 * sign, 0.63]), np.array([0.17, 0.05 * sign, -0.87])]
        owners += ["head", f"foot.{side}"]
    points += [np.array([0.12, 0.0, 0.1]), np.array([-0.06, 0.0, 0.3]), np.array([0.15, 0.0, 0.62])]
    owners += ["spine03", "spine02", "head"]
    labels = sorted(joints)
    weights = {label: np.array([float(owner == label) for owner in owners]) for label in labels}
    faces = np.array([[0, 1, 2]], dtype=np.int32)
    return Body(PERSON, np.array(points), faces, joints, weights)
