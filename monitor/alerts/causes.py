"""What seems to go with the hips tipping back. A likely companion, not a proven cause."""

from __future__ import annotations

from enum import StrEnum


class Cause(StrEnum):
    """What stands out beside the tilt; whoever looks at the measures orders them, the likeliest first."""

    KNEES_ABOVE_HIPS = "knees_above_hips"
    HEAD_FORWARD = "head_forward"
    SHOULDERS_FORWARD = "shoulders_forward"
    LEGS_CROSSED = "legs_crossed"
    PLAIN = "plain"
