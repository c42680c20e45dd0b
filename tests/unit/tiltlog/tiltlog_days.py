"""Days and frames for the tests of the tilt log, small enough to work out by hand."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from monitor.judgement.assessment import Assessment, State
from monitor.tiltlog.packing import rounded
from monitor.tiltlog.positions import change_times
from monitor.tiltlog.reader import LogReader
from monitor.tiltlog.records import Bout, BoutState, LogSlice, PositionChange, Sample, SessionInfo
from monitor.tiltlog.session import SessionLog
from monitor.tiltlog.store import TiltLog

NINE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
NINE_S = NINE.timestamp()
MIDNIGHTS = datetime(2026, 3, 2, tzinfo=UTC), datetime(2026, 3, 3, tzinfo=UTC)


def frame(t_s: float, state: State = State.UPRIGHT, **measures: object) -> Assessment:
    return Assessment(t_s=t_s, state=state, **measures)


def start(log: TiltLog, started: datetime = NINE, t0_s: float = 0.0, **about: object) -> SessionLog:
    words = {"profile": "desk", "source": "camera 0", "source_kind": "live", "tilt_model": "contour 1"}
    return log.start_session(**{**words, **about}, started=started, t0_s=t0_s)


def whole_day(path: Path) -> LogSlice:
    with LogReader.open(path) as reader:
        return reader.between(*MIDNIGHTS)


def spans(log: LogSlice) -> list[tuple[str, float, float]]:
    """State, start and end of each bout, in seconds after nine."""
    return [(str(b.state), b.start_utc_s - NINE_S, b.end_utc_s - NINE_S) for b in log.bouts]


def session(session_id: int, started_utc_s: float = 0.0) -> SessionInfo:
    return SessionInfo(session_id, started_utc_s, None, "desk", "camera 0", "live", "contour 1", "0")


def day_of(*parts: tuple[BoutState, float] | tuple[BoutState, float, dict[str, float]]) -> LogSlice:
    """One session from time 0: (state, seconds, measures) one after the other, with a sample in every second."""
    bouts, samples, now_s = [], [], 0.0
    for state, duration_s, *measures in parts:
        bouts.append(Bout(1, state, "", now_s, now_s + duration_s))
        if isinstance(state, State):
            samples += [Sample(1, now_s + second, state, **dict(*measures)) for second in range(int(duration_s))]
        now_s += duration_s
    samples = [rounded(sample) for sample in samples]
    changes = tuple(PositionChange(1, t_utc_s) for t_utc_s in change_times(samples, bouts))
    return LogSlice(0.0, 86400.0, (session(1),), tuple(samples), tuple(bouts), changes=changes)
