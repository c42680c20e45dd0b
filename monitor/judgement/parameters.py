"""The numbers of the judgement, each with its default and its range."""

from __future__ import annotations

from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator


class JudgementSettings(BaseModel):
    """When a moment counts as tipped, leaning, reclined, standing or away. Sources: biomechanics brief, 2.5 and 5."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    enter_pct: float = Field(50.0, ge=20, le=120, description="tipped from this share of your own slump on, %")
    enter_skeleton_pct: float = Field(60.0, ge=20, le=120, description="the same when the back's edge is not used, %")
    leave_pct: float = Field(30.0, ge=0, le=100, description="no longer tipped at or below this share, %")
    leave_s: float = Field(5.0, ge=0, le=60, description="and only after it has stayed there for so long, s")
    smoothing_s: float = Field(3.0, ge=0.5, le=30, description="median over the last seconds, s")
    settle_s: float = Field(1.0, ge=0, le=30, description="a new state must last so long before it counts, s")
    lost_s: float = Field(1.0, ge=0, le=60, description="away or unknown after nothing was seen for so long, s")
    lean_deg: float = Field(8.0, ge=2, le=45, description="leaning when the trunk is so far ahead of neutral, deg")
    recline_deg: float = Field(10.0, ge=2, le=45, description="reclined when it is so far behind neutral, deg")
    recline_max_shortening_pct: float = Field(
        2.0, ge=0, le=20, description="and hip to shoulder has shortened by less than this, %"
    )
    recline_max_pct: float = Field(
        60.0, ge=30, le=150, description="and the tilt is below this share of your own slump, %"
    )
    trunk_hysteresis_deg: float = Field(3.0, ge=0, le=15, description="leaning and reclined end so much earlier, deg")
    standing_deg: float = Field(35.0, ge=10, le=60, description="standing when the thigh is so near to vertical, deg")
    side_max_deg: float = Field(20.0, ge=5, le=45, description="side view up to this yaw of the camera, deg")
    front_min_deg: float = Field(40.0, ge=10, le=80, description="front view from this yaw on; oblique in between, deg")

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if not self.leave_pct < min(self.enter_pct, self.enter_skeleton_pct):
            raise ValueError("leave_pct must be below enter_pct and enter_skeleton_pct")
        if not self.side_max_deg < self.front_min_deg:
            raise ValueError("side_max_deg must be below front_min_deg")
        return self
