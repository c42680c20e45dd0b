"""Today's share of tipped time, kept up to date frame by frame. Pure."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import date

from monitor.judgement.assessment import GAP_S, SEATED_STATES, Assessment, State


@dataclass(frozen=True, slots=True)
class Tally:
    """Observed seated time of one local day, and how much of it tipped; seconds."""

    day: date
    seated_s: float = 0.0
    tipped_s: float = 0.0
    last: Assessment | None = None

    @property
    def tipped_pct(self) -> float:
        """Share of the observed seated time that was tipped; NaN before there is any."""
        return 100.0 * self.tipped_s / self.seated_s if self.seated_s > 0 else math.nan


def add(tally: Tally, assessment: Assessment, day: date) -> Tally:
    """Take in one judged frame; a frame's posture holds until the next one. A new day begins at zero."""
    if day != tally.day:
        tally = Tally(day)
    was = tally.last
    tally = replace(tally, last=assessment)
    if was is None or was.state not in SEATED_STATES:
        return tally
    dt_s = assessment.t_s - was.t_s
    if not 0.0 < dt_s <= GAP_S:
        return tally
    tipped_s = dt_s if was.state is State.TIPPED else 0.0
    return replace(tally, seated_s=tally.seated_s + dt_s, tipped_s=tally.tipped_s + tipped_s)
