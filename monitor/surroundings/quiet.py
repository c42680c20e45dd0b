"""Which surroundings keep the program quiet or the camera off, each with its default and its range."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class QuietSettings(BaseModel):
    """When to keep quiet, and when to leave the camera to others. Lock, sleep, user switch and lid always count.

    Raises:
        pydantic.ValidationError: a value out of range or an unknown key.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    microphone: bool = Field(default=True, description="no warning while a call uses the microphone")
    camera: bool = Field(default=True, description="camera off while another program uses a camera")
    full_screen: bool = Field(default=True, description="no warning while a program fills the screen")
    do_not_disturb: bool = Field(default=True, description="no warning while do not disturb is on")
    low_battery: bool = Field(default=True, description="camera off while the battery is low")
    low_battery_pct: float = Field(default=20.0, ge=1, le=90, description="the battery is low below this charge, %")
