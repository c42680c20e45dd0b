"""What is said about one judged frame: the state, the tilt with its interval, and the reason for every unknown."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

from models.tilt import Basis

__all__ = ["GAP_S", "NAN", "SEATED_STATES", "Assessment", "Basis", "State", "View"]

NAN = math.nan

GAP_S = 10.0
"""Frames further apart than this (camera lost, computer asleep) say nothing about the time between them."""


class State(StrEnum):
    """How the person sits, or why that is not said."""

    AWAY = "away"
    STANDING = "standing"
    UNKNOWN = "unknown"
    UPRIGHT = "upright"
    LEANING = "leaning"
    RECLINED = "reclined"
    TIPPED = "tipped"


SEATED_STATES = frozenset({State.UPRIGHT, State.LEANING, State.RECLINED, State.TIPPED})
"""States in which somebody sits and is judged: the only time that counts as seated time observed."""


class View(StrEnum):
    """From where the camera sees the person."""

    SIDE = "side"
    OBLIQUE = "oblique"
    FRONT = "front"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Assessment:
    """One judged frame. Angles in degrees, tip-back positive; NaN where a value is not known.

    Attributes:
        t_s: time of the frame, seconds on the source's monotonic clock.
        state: the state after hysteresis and dwell.
        reason: why the state or the tilt is unknown, in words; empty when both are known.
        tilt_deg: pelvic tilt from the person's own neutral sit, tip-back positive.
        tilt_low_deg, tilt_high_deg: 90 % interval of the tilt.
        tilt_pct: the tilt as a share of the person's own slump: 0 neutral, 100 the slump.
        confidence: 0 (not known) to 1 (every part well seen).
        basis: which features gave the tilt.
        trunk_inclination_deg: hip to shoulder against the vertical, forward positive.
        thigh_elevation_deg: hip to knee against the horizontal, knee-up positive.
        knee_above_hip_cm: height of the knee over the hip.
        ear_forward_pct: how far the ear has moved forward of the shoulder since neutral, % of the trunk length.
        wrist_reach_pct: the same for the wrist.
        view: side, oblique, front or unknown.
        time_in_state_s: how long the state has lasted.
    """

    t_s: float
    state: State
    reason: str = ""
    tilt_deg: float = NAN
    tilt_low_deg: float = NAN
    tilt_high_deg: float = NAN
    tilt_pct: float = NAN
    confidence: float = 0.0
    basis: Basis = Basis.NONE
    trunk_inclination_deg: float = NAN
    thigh_elevation_deg: float = NAN
    knee_above_hip_cm: float = NAN
    ear_forward_pct: float = NAN
    wrist_reach_pct: float = NAN
    view: View = View.UNKNOWN
    time_in_state_s: float = 0.0
