"""A small log, every row of which can be worked out by hand, for the tests of its exports."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from monitor.judgement.assessment import Assessment, Basis, State, View
from monitor.tiltlog.notes import add_note
from monitor.tiltlog.reader import LogReader
from monitor.tiltlog.store import TiltLog
from monitor.tiltlog.timeline import Stretch

DAY = date(2026, 3, 2)
NEXT = date(2026, 3, 3)
NINE = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)  # at nine in local time
LATE = datetime(2026, 3, 2, 22, 59, 0, tzinfo=UTC)  # a minute before midnight


def make_log(path: Path) -> Path:
    """On the first day, local time an hour ahead of UTC, five minutes from nine on: one upright, three tipped with a
    warning after two, half of one unknown, half upright. From a minute before midnight on, two minutes tipped on
    another seat. A recording at noon, and two notes.
    """
    with TiltLog.open(path, lambda t: 3600) as log:
        _first(log)
        late = _start(log, LATE, seat="")
        for second in range(121):
            late.record(_seated(second, State.TIPPED, 90.0))
        recording = _start(log, datetime(2026, 3, 2, 11, 0, tzinfo=UTC), source_kind="recording")
        for second in range(61):
            recording.record(_seated(second, State.RECLINED, 10.0))
    add_note(path, NINE, "=1+1 new chair")
    add_note(path, datetime(2026, 3, 3, 12, 0, tzinfo=UTC), "back pain 2/10")
    return path


def _first(log: TiltLog) -> None:
    session = _start(log, NINE, seat="cushion")
    for second in range(301):
        if second < 60 or second >= 270:
            session.record(_seated(second, State.UPRIGHT, 5.0))
        elif second < 240:
            session.record(_seated(second, State.TIPPED, 80.0), "knees above hips")
        else:
            session.record(Assessment(float(second), State.UNKNOWN, reason="hips hidden"))
        if second == 180:
            session.answered(session.warn(180.0, "dwell", "Tipped for 2 min.", "knees above hips"), 60.0)


def _start(log: TiltLog, started: datetime, **about: object):
    words = {"profile": "desk", "source": "camera 0", "source_kind": "live", "tilt_model": "contour 1"}
    limits = {"enter_deg": 6.0, "leave_deg": 4.0, "slump_deg": 10.0}
    return log.start_session(**{**words, **limits, **about}, started=started, t0_s=0.0)


def _seated(second: int, state: State, tilt_pct: float) -> Assessment:
    return Assessment(
        float(second),
        state,
        tilt_deg=tilt_pct / 10,
        tilt_low_deg=tilt_pct / 10 - 2,
        tilt_high_deg=tilt_pct / 10 + 2,
        tilt_pct=tilt_pct,
        confidence=0.9,
        basis=Basis.CONTOUR,
        view=View.SIDE,
        knee_above_hip_cm=1.5,
    )


def span_of(path: Path, first: date = DAY, last: date = NEXT) -> Stretch:
    with LogReader.open(path) as log:
        return Stretch(*log.clock.bounds(first, last))
