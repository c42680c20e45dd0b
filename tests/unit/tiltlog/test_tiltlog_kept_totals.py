from __future__ import annotations

import json
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import LogError
from monitor.judgement.assessment import State
from monitor.tiltlog.kept_totals import totals_blob, totals_of
from monitor.tiltlog.totals import EVA_CELLS, HISTOGRAMS, Totals, added

counts = st.integers(0, 10**6)
histograms = st.dictionaries(st.integers(-400, 1400), st.integers(1, 9999), max_size=30)
totals = st.builds(
    Totals,
    state_ticks=st.dictionaries(st.sampled_from([str(state) for state in State]), counts),
    longest_ticks=counts,
    tipped_over=st.tuples(counts, counts, counts),
    changes=counts,
    eva_ticks=st.lists(counts, min_size=EVA_CELLS, max_size=EVA_CELLS).map(tuple),
    histograms=st.fixed_dictionaries({}, optional=dict.fromkeys(HISTOGRAMS, histograms)),
    causes=st.dictionaries(st.text(max_size=8), counts, max_size=3),
    peak_dose_pct=st.none() | st.integers(0, 100),
)


@given(totals)
def test_what_is_kept_comes_back(before: Totals) -> None:
    after = totals_of(totals_blob(before))
    assert after == before
    assert after.percentile("tilt_pct", 50) == pytest.approx(before.percentile("tilt_pct", 50), nan_ok=True)
    assert added([after, after]) == added([before, before])


def test_totals_as_they_were_kept_before_can_be_read() -> None:
    told = {"changes": 3, "tipped_over": [2, 1, 0], "histograms": {"tilt_pct": [10, 4, 20, 6]}}
    found = totals_of(zlib.compress(json.dumps(told).encode()))
    assert found == Totals(changes=3, tipped_over=(2, 1, 0), histograms={"tilt_pct": {10: 4, 20: 6}})


def test_a_part_that_is_missing_is_noticed() -> None:
    blob = totals_blob(Totals(changes=3, histograms={"tilt_pct": {10: 4}}))
    first = len(zlib.compress(b'{"changes":3}', 9))
    for size in range(first):
        with pytest.raises((ValueError, zlib.error)):
            totals_of(blob[:size])
    for size in range(first + 1, len(blob)):
        with pytest.raises(LogError, match="not understood"):
            totals_of(blob[:size]).percentile("tilt_pct", 50)
