"""The clocks of a watch in one place, so that a recording can be played faster than its own time."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta


class Clock:
    """Monotonic and wall time, running ``speed`` times as fast as the real ones from the moment it was made.

    Calling it gives monotonic seconds. At speed 1 these are `time.monotonic` and the wall clock themselves, so that
    the two drift apart while the computer sleeps.
    """

    def __init__(self, speed: float = 1.0) -> None:
        self.speed = speed
        self._zero_s = time.monotonic()
        self._zero = datetime.now(UTC)

    def __call__(self) -> float:
        """Monotonic time, s."""
        real_s = time.monotonic()
        return real_s if self.speed == 1.0 else self._zero_s + self.speed * (real_s - self._zero_s)

    def now(self) -> datetime:
        """Wall time, aware, UTC."""
        now = datetime.now(UTC)
        if self.speed == 1.0:
            return now
        return self._zero + timedelta(seconds=self.speed * (now - self._zero).total_seconds())

    def wait(self, seconds: float) -> None:
        """Wait so many seconds of this clock."""
        time.sleep(seconds / self.speed)
