"""When to try again after a failure: soon at first, then ever later. Pure: the present is an argument."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

WAITS_S = (30.0, 120.0, 600.0)
"""So long after each failure in a row; the last one holds for all after it."""


@dataclass(frozen=True, slots=True)
class Retry:
    """How often it failed in a row, and when it is to be tried again; None for not."""

    failures: int = 0
    at: datetime | None = None

    def failed(self, now: datetime) -> Retry:
        """After one more failure."""
        wait_s = WAITS_S[min(self.failures, len(WAITS_S) - 1)]
        return Retry(self.failures + 1, now + timedelta(seconds=wait_s))

    def tried(self) -> Retry:
        """While it is tried."""
        return Retry(self.failures)

    def is_due(self, now: datetime) -> bool:
        """Whether to try again now."""
        return self.at is not None and now >= self.at
