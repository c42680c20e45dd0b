"""Which frames are due when fewer are wanted than there are. Pure: time is an argument."""

from __future__ import annotations

import math

# Containers round their stamps to a millisecond; without this a 30 Hz file read at 30 Hz would lose frames.
TOLERANCE_S = 1e-3


class Cadence:
    """Picks at most ``rate_hz`` frames a second and keeps the beat: a late frame does not delay those after it.

    ``due_s`` is the time from which on the next frame is wanted, in seconds of the source.
    """

    def __init__(self, rate_hz: float | None) -> None:
        if rate_hz is not None and not (math.isfinite(rate_hz) and rate_hz > 0):
            raise ValueError(f"rate_hz must be above zero, got {rate_hz}")
        self._period_s = 0.0 if rate_hz is None else 1.0 / rate_hz
        self.due_s = -math.inf

    def take(self, t_s: float) -> bool:
        """Whether the frame of the time ``t_s`` is due; if it is, the next one is due a period later."""
        if self._period_s == 0.0:
            return True
        if t_s + TOLERANCE_S < self.due_s:
            return False
        on_beat_s = self.due_s + self._period_s
        self.due_s = on_beat_s if on_beat_s > t_s else t_s + self._period_s
        return True
