"""Checks on the frames of one pose: seen, lit, from the side, held still. Pure.

`evaluate` refuses by them, the guide asks for a pose again by them, and the placement is fine by them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from calibration.baseline import as_rows, spread
from models.measures import MEASURE_NAMES, Measures

MIN_FRAMES: Final = 5
MIN_SEEN: Final = 0.7
MAX_YAW_DEG: Final = 30.0
FRONTAL_YAW_DEG: Final = 60.0
"""From here on front and back are not told apart for sure."""
MIN_BRIGHTNESS: Final = 30.0
MAX_HIP_MOTION: Final = 0.06
MAX_TRUNK_MOTION_DEG: Final = 4.0
MIN_TRUNK_PX: Final = 60.0
_PARTS: Final = (("hips and shoulders", "trunk_px"), ("knee", "thigh_px"), ("head", "ear_rise_px"))


@dataclass(frozen=True, slots=True)
class Sample:
    """One frame of a calibration: its measures and the mean grey of the picture (0 to 255, NaN where not known).

    Measures that are all NaN stand for a frame in which nobody was found.
    """

    measures: Measures
    brightness: float


def measures_of(samples: Sequence[Sample]) -> list[Measures]:
    """The measures alone."""
    return [s.measures for s in samples]


def stretch_problem(pose_words: str, samples: Sequence[Sample]) -> str:
    """What keeps one stretch of holding a pose from being used, the most basic thing first; empty when nothing does.

    Args:
        pose_words: the pose as the sentence names it, e.g. "neutral sit".
        samples: every frame of the stretch, those in which nobody was found too.
    """
    return (
        frames_problem(pose_words, samples)
        or view_problem(pose_words, samples)
        or motion_problem(pose_words, samples, median_trunk_px(samples))
    )


def frames_problem(pose_words: str, samples: Sequence[Sample]) -> str:
    """Too few frames, in a sentence; empty when there are enough."""
    if len(samples) >= MIN_FRAMES:
        return ""
    return f"Only {len(samples)} pictures of the {pose_words} were taken: hold it for longer, at least 5 s."


def view_problem(pose_words: str, samples: Sequence[Sample]) -> str:
    """Light, hidden parts, size or direction of the view that do not do, in a sentence; empty when all do.

    ``samples`` must not be empty.
    """
    brightness = np.array([s.brightness for s in samples])
    if np.isfinite(brightness).any() and np.nanmedian(brightness) < MIN_BRIGHTNESS:
        return f"It was too dark in the {pose_words}: switch on a light that falls on you, or move the camera."
    columns = dict(zip(MEASURE_NAMES, as_rows(measures_of(samples)).T, strict=True))
    for part, name in _PARTS:
        seen = float(np.isfinite(columns[name]).mean())
        if seen < MIN_SEEN:
            return (
                f"Your {part} could be seen in only {100 * seen:.0f} % of the {pose_words}: move the camera back or "
                "aside until your whole side from head to knee is in the picture."
            )
    if float(np.nanmedian(columns["trunk_px"])) < MIN_TRUNK_PX:
        return f"You are too small in the picture in the {pose_words}: bring the camera nearer, to 1.5 to 2.5 m."
    yaws = columns["view_yaw_deg"]
    yaw = float(np.nanmedian(yaws)) if np.isfinite(yaws).any() else math.nan
    return _yaw_problem(pose_words, yaw) if abs(yaw) > MAX_YAW_DEG else ""


def motion_problem(pose_words: str, samples: Sequence[Sample], trunk_px: float) -> str:
    """Too much motion within one stretch, in a sentence; empty when it was still enough.

    Args:
        pose_words: the pose as the sentence names it.
        samples: the frames of one stretch.
        trunk_px: length of the trunk that the hip's motion is measured by.
    """
    scatter = spread(measures_of(samples))
    moved = math.hypot(scatter.hip_x_px, scatter.hip_y_px) / trunk_px
    if moved > MAX_HIP_MOTION or scatter.trunk_inclination_deg > MAX_TRUNK_MOTION_DEG:
        return f"You moved too much in the {pose_words}: hold it still until the next prompt, then try again."
    return ""


def median_trunk_px(samples: Sequence[Sample]) -> float:
    """Median length of the trunk where it was seen; NaN where it never was."""
    seen = [s.measures.trunk_px for s in samples if math.isfinite(s.measures.trunk_px)]
    return float(np.median(seen)) if seen else math.nan


def _yaw_problem(pose_words: str, yaw: float) -> str:
    if abs(yaw) > FRONTAL_YAW_DEG:
        return f"The camera does not see you from the side in the {pose_words}: put it square to your side."
    ahead, back = ("front", "back") if yaw > 0 else ("back", "front")
    return (
        f"The camera stands about {abs(yaw):.0f} degrees too far towards your {ahead} in the {pose_words}: move it "
        f"towards your {back} until it is square to your side."
    )
