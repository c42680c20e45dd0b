"""Logs of random sessions about a midnight on which clocks change, for property tests, and what must hold of each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import strategies as st
from slow_scan import slow_summary
from tiltlog_days import frame, start

from monitor.judgement.assessment import State
from monitor.tiltlog.reader import DayPart, LogReader
from monitor.tiltlog.records import NOT_OBSERVED, LogSlice
from monitor.tiltlog.store import TiltLog
from monitor.tiltlog.summary import Summary, summary_of

MIDNIGHT = datetime(2026, 3, 29, tzinfo=UTC)
MIDNIGHT_S = MIDNIGHT.timestamp()

OFFSETS_S: dict[str, Callable[[float], int]] = {
    "UTC": lambda t: 0,
    "east, by half hours": lambda t: 19800,
    "west": lambda t: -28800,
    "clocks go forward at 01:00 UTC": lambda t: 3600 if t < MIDNIGHT_S + 3600 else 7200,
    "clocks go back at 01:00 UTC": lambda t: 7200 if t < MIDNIGHT_S + 3600 else 3600,
    "a flight to the west": lambda t: 32400 if t < MIDNIGHT_S + 1800 else -28800,
    "a flight to the east": lambda t: -28800 if t < MIDNIGHT_S + 1800 else 32400,
}

spells = st.tuples(
    st.sampled_from([*State, NOT_OBSERVED]),
    st.integers(1, 20),  # frames
    st.sampled_from([1.0, 1.0, 1.0, 4.0, 11.0, 60.0]),  # seconds from one to the next
    st.integers(-40, 140),  # tilt, percent
    st.integers(-4, 4),  # knee, cm
)
runs = st.tuples(
    st.sampled_from([-7200, -60, 0, 1750, 3500, 9000]),  # seconds after midnight
    st.lists(spells, min_size=1, max_size=6),
    st.booleans(),  # ends the session
)


def write(path: Path, offset_of: Callable[[float], int], sessions: list[tuple[int, list[tuple], bool]]) -> TiltLog:
    log = TiltLog.open(path, offset_of)
    for after_s, parts, ends in sorted(sessions, key=lambda run: run[0]):
        session, t_s = start(log, started=MIDNIGHT + timedelta(seconds=after_s)), 0.0
        for state, frames, every_s, tilt_pct, knee_cm in parts:
            for n in range(frames):
                if state == NOT_OBSERVED:
                    session.not_observed(t_s, "paused")
                else:
                    measures = {
                        "tilt_pct": float(tilt_pct),
                        "tilt_deg": tilt_pct / 8,
                        "knee_above_hip_cm": float(knee_cm),
                    }
                    session.record(frame(t_s, state, **measures, thigh_elevation_deg=knee_cm * 1.4), "head forward")
                    if n == 7:
                        session.answered(session.warn(t_s, "dwell", "text", "head forward"), float(knee_cm * 20))
                t_s += every_s
        session.flush()
        if ends:
            session.end()
    return log


def same(one: Summary, other: Summary) -> None:
    left, right = one.as_dict(), other.as_dict()
    assert left.keys() == right.keys()
    for name, value in left.items():
        if isinstance(value, float):
            assert right[name] == pytest.approx(value, abs=1e-6), name
        elif name == "eva_pct" and value is not None:
            assert [cell for row in right[name] for cell in row] == pytest.approx([c for row in value for c in row])
        elif name == "state_s":
            assert right[name] == pytest.approx(value)
        else:
            assert right[name] == value, name


def of_session(log: LogSlice, session_id: int) -> LogSlice:
    own = {
        name: tuple(row for row in getattr(log, name) if row.session_id == session_id)
        for name in ("samples", "bouts", "warnings", "changes")
    }
    return replace(log, **own)


def check(log: LogReader, parts: tuple[DayPart, ...]) -> None:
    for part in parts:
        day = of_session(log.day(part.day, "live"), part.session.id)
        same(slow_summary(day), summary_of(part.totals, day.start_utc_s, day.end_utc_s))
