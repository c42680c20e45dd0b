"""The spine in the sagittal plane: how much the lumbar part must bend, and the turn of every vertebra."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from bench.accuracy.bake import FloatArray
from bench.accuracy.posture import Posture
from bench.accuracy.rig import CLAVICLE_LEVEL, N_LUMBAR, N_THORACIC, NECK_PARTS, Rig
from bench.accuracy.turning import pitch, side_bend, yaw

LUMBAR_RANGE: Final = (-12.0, 56.0)
"""Lumbar flexion, with what the lowest thoracic joints add, that a body can reach, against standing, in degrees."""

_CARRIED_ON: Final = (0.65, 0.35, 0.15)
"""The lowest thoracic joints bend along with the lumbar spine, by these parts of what an even share would be."""

_BY_PART: Final = (0.45, 0.8, 0.95)
"""How far along its turn from thorax to neck inclination each neck bone is."""


def shares(skew: float, joints: int) -> FloatArray:
    """(joints,) shares of a bend, adding up to 1; skew -1 puts it low, 1 high."""
    weight = np.exp(0.9 * skew * np.linspace(-1.0, 1.0, joints))
    return np.asarray(weight / weight.sum(), dtype=np.float64)


def lumbar_shares(skew: float) -> FloatArray:
    """(N_LUMBAR + N_THORACIC - 1,) shares of lumbar flexion of the joints from L5/S1 up, adding up to 1."""
    out = np.zeros(N_LUMBAR + N_THORACIC - 1)
    out[:N_LUMBAR] = shares(skew, N_LUMBAR)
    out[N_LUMBAR : N_LUMBAR + len(_CARRIED_ON)] = np.array(_CARRIED_ON) * out[N_LUMBAR - 2 : N_LUMBAR].mean()
    return np.asarray(out / out.sum())


def lumbar_flexion(rig: Rig, posture: Posture) -> float:
    """Lumbar flexion against standing that gives the posture its lean, within what a body can do. Degrees."""
    chain = np.diff(rig.spine_m[: CLAVICLE_LEVEL + 1, ::2], axis=0)
    shoulders = (rig.joints_m["shoulder.L"] + rig.joints_m["shoulder.R"])[::2] / 2
    steps = np.vstack((rig.spine_m[0, ::2], chain, shoulders - rig.spine_m[CLAVICLE_LEVEL, ::2]))  # (17, 2) x, z
    lumbar = np.zeros(len(steps))
    lumbar[1:] = lumbar_shares(posture.lumbar_skew)[: len(steps) - 1]
    thoracic = np.zeros(len(steps))
    bent = shares(posture.thoracic_skew, N_THORACIC)
    thoracic[N_LUMBAR + 1 :] = bent[: len(steps) - N_LUMBAR - 1]
    base = -posture.tilt + np.cumsum(thoracic) * posture.thoracic
    climb = np.cumsum(lumbar)

    def off(flexion: float) -> float:
        turn = np.radians(base + climb * flexion)
        x = float((np.cos(turn) * steps[:, 0] + np.sin(turn) * steps[:, 1]).sum())
        z = float((np.cos(turn) * steps[:, 1] - np.sin(turn) * steps[:, 0]).sum())
        return math.degrees(math.atan2(x, z)) - posture.lean

    low, high = LUMBAR_RANGE
    below, above = off(low), off(high)
    if below >= 0 or above <= 0:
        return low if below >= 0 else high
    for _ in range(6):  # regula falsi on a nearly straight line
        guess = low - below * (high - low) / (above - below)
        error = off(guess)
        if abs(error) < 1e-3:
            break
        if error > 0:
            high, above = guess, error
        else:
            low, below = guess, error
    return guess


def vertebra_turns(posture: Posture, flexion: float) -> list[FloatArray]:
    """Turn of the pelvis, then of each vertebra, against the standing rest pose, in the frame of the chair."""
    bends = flexion * lumbar_shares(posture.lumbar_skew)
    bends[N_LUMBAR:] += posture.thoracic * shares(posture.thoracic_skew, N_THORACIC)[: len(bends) - N_LUMBAR]
    joints = N_LUMBAR + N_THORACIC - 1
    # The lumbar spine hardly turns about its own axis.
    turning = np.where(np.arange(joints) < N_LUMBAR, 0.2, 1.0)
    turning = turning / turning.sum() * posture.twist
    turns = [yaw(posture.pelvis_turn) @ pitch(-posture.tilt)]
    for i in range(joints):
        turns.append(turns[-1] @ yaw(turning[i]) @ side_bend(posture.bend / joints) @ pitch(bends[i]))
    return turns


def neck_turns(posture: Posture, thorax: FloatArray) -> list[FloatArray]:
    """Turn of each neck bone, then of the head; the posture's inclinations as far as the neck can."""
    carried = math.degrees(math.atan2(thorax[0, 2], thorax[2, 2]))
    facing = math.degrees(math.atan2(thorax[1, 0], thorax[0, 0]))
    neck = carried + float(np.clip(posture.neck - carried, -38.0, 38.0))
    head = neck + float(np.clip(posture.gaze - neck, -34.0, 38.0))
    out = []
    for part in _BY_PART[: len(NECK_PARTS)]:
        out.append(yaw(facing + posture.head_turn * part * 0.6) @ pitch(carried + (neck - carried) * part))
    return [*out, yaw(facing + posture.head_turn) @ pitch(head)]
