"""What was in use: profile, camera, seat, tilt model and thresholds, from when to when. Pure."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

from monitor.day_words import pct_words
from monitor.reports.dates import dated
from monitor.reports.parts import Table
from monitor.tiltlog.local_days import LocalClock
from monitor.tiltlog.periods import Sitting
from monitor.tiltlog.reader import DayPart
from monitor.tiltlog.records import NOT_OBSERVED, LogSlice, SessionInfo
from monitor.words import duration_words, shortened

NO_BREAK = "\u00a0"
HEAD = ("Profile and seat", "Camera and tilt model", "Thresholds of tipped", "Used", "Seated; judged; tipped back")


def setups(parts: Sequence[DayPart], seen: LogSlice, clock: LocalClock) -> Table | None:
    """A row for each set-up that observed anything, in the order of first use; None without any."""
    times: dict[int, tuple[float, float]] = {}
    for bout in seen.bouts:
        if bout.state != NOT_OBSERVED:
            first, last = times.get(bout.session_id, (bout.start_utc_s, bout.end_utc_s))
            times[bout.session_id] = min(first, bout.start_utc_s), max(last, bout.end_utc_s)
    used: defaultdict[tuple[str, ...], list[DayPart]] = defaultdict(list)
    for part in parts:
        if part.session.id in times:
            used[_about(part.session)].append(part)
    rows = []
    for about, each in used.items():
        spans = [times[part.session.id] for part in each]
        start, end = clock.local(min(first for first, _ in spans)), clock.local(max(last for _, last in spans))
        days = len({part.day for part in each})
        if start.date() == end.date():
            when = f"{dated(start)}, {start:%H:%M} to {end:%H:%M}"
        else:
            when = f"{dated(start)}, {start:%H:%M}, to {dated(end)}, {end:%H:%M}; on {days} days"
        sitting = sum((Sitting.of(part.totals.state_ticks) for part in each), Sitting())
        told = (duration_words(sitting.seated_s), pct_words(sitting.coverage_pct), pct_words(sitting.tipped_pct))
        rows.append((*about, when, "; ".join(each.replace(" ", NO_BREAK) for each in told)))
    return Table(HEAD, tuple(rows)) if rows else None


def _about(session: SessionInfo) -> tuple[str, ...]:
    """All that makes two sessions the same set-up, in words."""
    seat = f"seat “{shortened(session.seat)}”" if session.seat else "seat not named"
    limits = (("enter", session.enter_deg), ("leave", session.leave_deg), ("your slump", session.slump_deg))
    known = [f"{name} {value:.1f}°" for name, value in limits if math.isfinite(value)]
    return (
        f"{shortened(session.profile)}; {seat}",
        f"{shortened(session.source)}; {shortened(session.tilt_model)}",
        "; ".join(known) or "–",
    )
