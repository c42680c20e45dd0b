"""Whatever a session is told, on real files."""

from __future__ import annotations

import math
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st
from tiltlog_days import NINE_S, frame, start, whole_day

from monitor.judgement.assessment import State
from monitor.tiltlog.records import NOT_OBSERVED, LogSlice, tick_s
from monitor.tiltlog.store import TiltLog

frames = st.lists(
    st.tuples(
        st.one_of(st.floats(0, 15), st.sampled_from([0.0, 1e-9, 1e-7, 0.04, 1.0])),
        st.sampled_from([*State, NOT_OBSERVED]),
    ),
    min_size=1,
    max_size=40,
)


def written(steps: list[tuple[float, State]], flushes: set[int]) -> tuple[LogSlice, float]:
    with TemporaryDirectory() as folder:
        path, t_s = Path(folder) / "tilt.db", 0.0
        with TiltLog.open(path) as log:
            session = start(log)
            for index, (wait_s, state) in enumerate(steps):
                t_s += wait_s
                if state == NOT_OBSERVED:
                    session.not_observed(t_s, "paused")
                else:
                    session.record(frame(t_s, state))
                if index in flushes:
                    session.flush()
                assert session.problem is None
        return whole_day(path), t_s


@settings(max_examples=40, deadline=None)
@given(frames, st.sets(st.integers(0, 39)))
def test_bouts_tile_the_session_and_flushing_anywhere_changes_nothing(
    steps: list[tuple[float, State]], flushes: set[int]
) -> None:
    day, end_s = written(steps, flushes)
    edges_utc_s = [NINE_S, *(bout.end_utc_s for bout in day.bouts)]
    assert [bout.start_utc_s for bout in day.bouts] == edges_utc_s[:-1]
    assert edges_utc_s[-1] == tick_s(NINE_S + end_s)
    assert len({math.floor(row.t_utc_s) for row in day.samples}) == len(day.samples)
    again, _ = written(steps, set())
    assert again.bouts == day.bouts
    assert [row.t_utc_s for row in again.samples] == [row.t_utc_s for row in day.samples]
