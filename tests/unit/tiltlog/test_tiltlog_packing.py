"""Packing the time line loses nothing that is kept."""

from __future__ import annotations

import math
from itertools import accumulate

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.errors import LogError
from monitor.judgement.assessment import Basis, State, View
from monitor.tiltlog.line import MEASURES, TimeLine
from monitor.tiltlog.packing import pack, rounded, unpack
from monitor.tiltlog.records import Sample, tick_s

measures = st.one_of(st.just(math.nan), st.floats(-60, 160), st.floats(allow_nan=False), st.just(math.inf))
samples = st.lists(
    st.builds(
        Sample,
        st.just(7),
        st.floats(0, 30),
        st.sampled_from(list(State)),
        *[measures] * 7,
        view=st.sampled_from(list(View)),
        basis=st.sampled_from(list(Basis)),
        confidence=st.one_of(st.just(math.nan), st.floats(0, 1)),
        reason=st.sampled_from(["", "hips hidden", "äöü \N{SNOWMAN}", 'a "quoted" one']),
    ),
    max_size=50,
)


@settings(max_examples=200, deadline=None)
@given(samples, st.integers(0, 4_000_000_000))
def test_what_is_packed_comes_back_in_every_field(rows: list[Sample], begin_s: int) -> None:
    times = accumulate((row.t_utc_s for row in rows), initial=float(begin_s))
    kept = [
        rounded(Sample(**{**{name: getattr(row, name) for name in row.__slots__}, "t_utc_s": t_s}))
        for row, t_s in zip(rows, times, strict=False)
    ]
    line = TimeLine.of(kept)
    assert unpack(pack(line), 7) == kept
    assert TimeLine.joined([line.chosen(slice(0, 3)), line.chosen(slice(3, None))]) == line


def test_the_steps_of_each_measure() -> None:
    row = rounded(Sample(1, 12.3456, State.TIPPED, 6.449, 4.99, 8.01, 61.4, 7.31, 1.26, -0.74, confidence=0.87))
    told = [getattr(row, name) for name in MEASURES]
    assert row.t_utc_s == 12.3
    assert told == [
        6.4,
        4.5,
        8.5,
        61.0,
        7.4,
        1.5,
        -0.5,
        0.9,
    ]  # the interval only grows


@given(st.floats(-60, 160), st.floats(0, 20), st.floats(0, 20))
def test_the_interval_never_shrinks(tilt_deg: float, below_deg: float, above_deg: float) -> None:
    row = rounded(Sample(1, 0.0, State.TIPPED, tilt_deg, tilt_deg - below_deg, tilt_deg + above_deg))
    assert row.tilt_low_deg <= tilt_deg - below_deg + 1e-6
    assert row.tilt_high_deg >= tilt_deg + above_deg - 1e-6


@given(st.floats(0, 4e9), st.floats(0, 100))
def test_ticks_keep_the_order_and_stay_where_they_are(t_s: float, later_s: float) -> None:
    assert tick_s(tick_s(t_s)) == tick_s(t_s)
    assert tick_s(t_s) <= tick_s(t_s + later_s)
    assert abs(tick_s(t_s) - t_s) <= 0.1001


@pytest.mark.parametrize("cut", [0, 5, 30, -1])
def test_bytes_that_are_no_time_line_are_said(cut: int) -> None:
    blob = pack(TimeLine.of([rounded(Sample(1, float(n), State.UPRIGHT, n / 7)) for n in range(100)]))
    with pytest.raises(LogError, match="not readable"):
        unpack(blob[:cut], 1)
    with pytest.raises(LogError, match="not readable"):
        unpack(b"\x07" + blob[1:], 1)
