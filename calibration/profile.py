"""A person's calibration in one place: what the tilt is relative to, and whether it still fits."""

from __future__ import annotations

import math
from datetime import datetime
from typing import Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from models.measures import Measures
from models.pose import Place
from models.tilt import TiltReference

PROFILE_VERSION: Final = 2
NAN = math.nan

THIGH_OVER_STATURE: Final = 0.245
"""Thigh length over stature (Drillis and Contini 1966, by Winter)."""
DEFAULT_STATURE_CM: Final = 170.0
HIP_BIAS_DEG: Final = -5.5
"""How far thigh elevation reads low before a level calibration: MediaPipe puts the hip up and forward.
Median of rendered sitters with known truth -6, of the two recorded days -8.5 and -2.3 (docs/accuracy.md)."""
PLACE_RADIUS: Final = 1.2
"""Hips within this many trunk lengths of the calibrated place are the sitter's."""


class Profile(BaseModel):
    """One person at one desk with one camera, as calibrated. Frozen; files of another version are refused.

    Lengths in pixels hold for pictures of ``width_px`` x ``height_px``; angles in degrees; tip-back positive.

    Attributes:
        camera: name of the source it was made with, as the user sees it.
        roll_deg: camera roll; clockwise lean of a true vertical in the picture.
        facing: +1 when the person looks to the right of the picture, -1 to the left.
        near: the person's side near the camera.
        thigh_cm: length of the thigh.
        thigh_full_px: the same length in pixels, seen square to the camera.
        thigh_neutral_deg: elevation of the thigh in the neutral sit, knee-up positive.
        level_calibrated: whether a known thigh gave ``thigh_neutral_deg``; else it rests on a population value.
        neutral, neutral_spread: medians and robust SD of the measures in the neutral sit.
        slump: medians in the deliberate slump; None when the person gave none.
        slump_deg: tilt of the slump when the person measured it, else NaN.
        neutral_spread_pct: SD of the tilt in the neutral sit, % of the slump.
        still_fits: what seemed to have changed since and was said to fit all the same (`monitor.judgement.staleness`).
        scene: what the room looked like, as `monitor.posture.scene` signs it; empty when that is not known.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_inf_nan="strings")

    version: Literal[2] = 2
    name: str = Field(min_length=1, max_length=64)
    created: datetime
    camera: str
    width_px: int = Field(gt=0)
    height_px: int = Field(gt=0)
    roll_deg: float = Field(default=0.0, ge=-45, le=45)
    facing: Literal[-1, 1]
    near: Literal["left", "right"]
    thigh_cm: float = Field(gt=20, lt=80)
    thigh_full_px: float = Field(gt=0)
    thigh_neutral_deg: float = Field(ge=-90, le=90)
    level_calibrated: bool
    neutral: Measures
    neutral_spread: Measures
    slump: Measures | None
    slump_deg: float = NAN
    neutral_spread_pct: float = Field(ge=0)
    contour_trusted: bool
    skeleton_trusted: bool
    tilt_model: str
    still_fits: tuple[Literal["seat", "distance", "view"], ...] = ()
    scene: str = Field(default="", max_length=1024, pattern=r"^[-+0.]*$")

    @model_validator(mode="after")
    def _whole(self) -> Self:
        for pose in (self.neutral, self.slump):
            if pose is not None and not (
                math.isfinite(pose.trunk_px) and math.isfinite(pose.hip_x_px) and math.isfinite(pose.hip_y_px)
            ):
                raise ValueError("neutral and slump must have a hip and a trunk")
        return self

    @property
    def reference(self) -> TiltReference:
        """What the tilt model compares with."""
        return TiltReference(self.neutral, self.slump, self.slump_deg, self.contour_trusted, self.skeleton_trusted)

    @property
    def place(self) -> Place:
        """Where the sitter's hips are expected (roll removed)."""
        return Place(self.neutral.hip_x_px, self.neutral.hip_y_px, PLACE_RADIUS * self.neutral.trunk_px)
