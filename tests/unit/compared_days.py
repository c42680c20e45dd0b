"""Days of one seat after the other, for what compares them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from monitor.tiltlog.reader import DayPart
from monitor.tiltlog.records import SessionInfo
from monitor.tiltlog.totals import Totals

DAY = date(2026, 3, 2)


def days(
    seat: str,
    tipped_min: Sequence[float],
    *,
    first: int = 0,
    profile: str = "desk",
    seated_min: float = 100,
    unknown: float,
) -> tuple[DayPart, ...]:
    """One day after the other with so much seated time, so much of that again unknown, and so many minutes tipped."""
    made = []
    for nth, minutes in enumerate(tipped_min, start=first):
        ticks = {"tipped": minutes, "upright": seated_min - minutes, "unknown": unknown * seated_min}
        totals = Totals(
            {state: round(600 * each) for state, each in ticks.items()},
            longest_ticks=round(600 * minutes),
            changes=round(minutes),
            placed=1,
            histograms={"tilt_pct": {round(minutes): 9}},
        )
        info = SessionInfo(nth, 0.0, None, profile, "c", "live", "t", "0", seat)
        made.append(DayPart(DAY + timedelta(days=nth), info, totals))
    return tuple(made)
