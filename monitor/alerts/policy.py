"""The numbers of the alert policy, each with its default and its range (biomechanics brief, sections 4 and 5)."""

from __future__ import annotations

from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator


class AlertSettings(BaseModel):
    """When to speak. Times in seconds, tilt in percent of the person's own slump, angles in degrees.

    The dose follows ``dD/dt = (T/100 - D) / dose_rise_s`` while the tilt T is at least ``dose_from_pct``, otherwise
    ``dD/dt = -D / dose_fall_s``; the constants are those of creep and recovery in McGill & Brown 1992.

    Raises:
        pydantic.ValidationError: a value out of range, an unknown key, or limits in the wrong order.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    silent_cue_s: float = Field(default=10.0, ge=1, le=3600, description="silent cue after so long tipped, s")
    dwell_s: float = Field(default=120.0, ge=5, le=3600, description="warning after so long tipped in one stretch, s")
    unknown_grace_s: float = Field(
        default=10.0, ge=0, le=60, description="not seen for up to so long pauses a stretch, s"
    )

    cool_down_s: float = Field(default=600.0, ge=10, le=14400, description="at least so long between two warnings, s")
    max_per_hour: int = Field(default=4, ge=1, le=60, description="at most so many warnings in any hour")
    answered_within_s: float = Field(default=60.0, ge=5, le=600, description="a warning counts as answered within, s")
    ignored_before_back_off: int = Field(
        default=3, ge=1, le=20, description="so many ignored in a row lengthen the cool-down"
    )
    back_off_factor: float = Field(default=2.0, ge=1, le=4, description="by this factor")
    back_off_max_cool_down_s: float = Field(default=2400.0, ge=10, le=28800, description="but no further than this, s")

    dose_warning: bool = Field(default=True, description="also warn when tipped time adds up over short breaks")
    dose_limit: float = Field(
        default=0.45, ge=0.1, le=0.95, description="warn from this dose on (1: full slump for long)"
    )
    dose_rise_s: float = Field(default=9.4 * 60, ge=30, le=7200, description="time constant of the rising dose, s")
    dose_fall_s: float = Field(default=2.9 * 60, ge=30, le=7200, description="time constant of the falling dose, s")
    dose_from_pct: float = Field(default=25.0, ge=5, le=100, description="the dose rises from this tilt on, %")

    knee_hint: bool = Field(default=True, description="one hint per session when the knees stay above the hips")
    knee_hint_deg: float = Field(default=5.0, ge=1, le=45, description="from this thigh elevation on, deg")
    knee_hint_unlevelled_deg: float = Field(
        default=8.0, ge=1, le=45, description="from this one on when no level thigh was calibrated, deg"
    )
    knee_hint_strong_deg: float = Field(default=10.0, ge=1, le=60, description="a strong hint from this one on, deg")
    knee_hint_hold_s: float = Field(default=300.0, ge=5, le=3600, description="held for so long, s")

    sit_break: bool = Field(default=False, description="suggest to stand up after a long sit")
    sit_break_s: float = Field(default=1800.0, ge=60, le=14400, description="after so long without standing, s")

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.answered_within_s > self.cool_down_s:
            raise ValueError("answered_within_s must not be longer than cool_down_s")
        return self

    def cool_down_after_s(self, ignored_in_row: int) -> float:
        """The cool-down in seconds when so many warnings in a row were ignored: 10, then 20, then 40 min."""
        times = min(ignored_in_row // self.ignored_before_back_off, 16)
        longer = self.cool_down_s * self.back_off_factor**times
        return max(self.cool_down_s, min(longer, self.back_off_max_cool_down_s))


class CauseSettings(BaseModel):
    """Which likely causes are told, and how readily each is: twice as sensitive tells it at half its limit."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    knees_above_hips: bool = Field(default=True, description="tell that the knees are above the hips")
    knees_sensitivity: float = Field(default=1.0, ge=0.25, le=4, description="2 tells it at half the usual limit")
    head_forward: bool = Field(default=True, description="tell that the head has moved forward")
    head_sensitivity: float = Field(default=1.0, ge=0.25, le=4, description="2 tells it at half the usual limit")
    arms_forward: bool = Field(default=True, description="tell that the arms reach forward")
    arms_sensitivity: float = Field(default=1.0, ge=0.25, le=4, description="2 tells it at half the usual limit")
