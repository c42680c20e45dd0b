from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiltlog_days import session

from monitor.judgement.assessment import State
from monitor.tiltlog.overlap import covers, free, merged, newest_wins
from monitor.tiltlog.records import Bout, GivenWarning, LogSlice, Sample, utc_s


def test_a_recording_watched_twice_counts_once_and_the_second_watching_is_kept() -> None:
    bouts = tuple(Bout(n, State.TIPPED, "", 0.0, 60.0) for n in (1, 2))
    samples = tuple(Sample(n, float(t), State.TIPPED) for t in range(60) for n in (1, 2))
    warnings = tuple(GivenWarning(n, n, 30.0, "tipped", "", "text") for n in (1, 2))
    log = newest_wins(LogSlice(0.0, 100.0, (session(1), session(2)), samples, bouts, warnings))
    assert [bout.session_id for bout in log.bouts] == [2]
    assert [row.session_id for row in log.samples] == [2] * 60
    assert [row.id for row in log.warnings] == [2]


def test_the_session_that_started_last_wins_and_the_older_one_keeps_the_rest() -> None:
    old, new = Bout(2, State.UPRIGHT, "", 0.0, 100.0), Bout(1, State.TIPPED, "", 40.0, 60.0)
    samples = tuple(Sample(2, float(t), State.UPRIGHT) for t in (39, 40, 59, 60))
    log = newest_wins(LogSlice(0.0, 200.0, (session(2, 0.0), session(1, 40.0)), samples, (old, new)))
    assert [(b.session_id, b.start_utc_s, b.end_utc_s) for b in log.bouts] == [(2, 0, 40), (1, 40, 60), (2, 60, 100)]
    assert [row.t_utc_s for row in log.samples] == [39, 60]


def test_bouts_are_cut_to_the_range() -> None:
    bouts = (Bout(1, State.UPRIGHT, "", 0.0, 50.0), Bout(1, State.TIPPED, "", 50.0, 120.0))
    log = newest_wins(LogSlice(10.0, 100.0, (session(1),), (), bouts))
    assert [(b.start_utc_s, b.end_utc_s) for b in log.bouts] == [(10, 50), (50, 100)]


stretches = st.lists(st.tuples(st.integers(0, 50), st.integers(1, 20)).map(lambda two: (two[0], two[0] + two[1])))


@given(stretches, st.integers(0, 60), st.integers(1, 30))
def test_free_is_exactly_what_is_not_taken(taken: list[tuple[int, int]], start: int, length: int) -> None:
    seconds = {second for a, b in taken for second in range(a, b)}
    parts = free(start, start + length, merged(taken))
    assert {s for a, b in parts for s in range(int(a), int(b))} == set(range(start, start + length)) - seconds
    assert all(covers(merged(taken), second) == (second in seconds) for second in range(80))


@given(st.lists(stretches, min_size=1, max_size=4))
def test_after_it_no_moment_counts_twice_and_none_is_lost(sessions: list[list[tuple[int, int]]]) -> None:
    bouts = [Bout(n, State.TIPPED, "", a, b) for n, own in enumerate(sessions) for a, b in merged(own)]
    log = newest_wins(LogSlice(5.0, 60.0, tuple(map(session, range(len(sessions)))), (), tuple(bouts)))
    seconds = [second for b in log.bouts for second in range(int(b.start_utc_s), int(b.end_utc_s))]
    once = {second for b in bouts for second in range(int(b.start_utc_s), int(b.end_utc_s)) if 5 <= second < 60}
    assert sorted(seconds) == sorted(once)


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        utc_s(datetime(2026, 3, 2))  # noqa: DTZ001 - a naive time is the case
