import math

import numpy as np
import pytest

from bench.scoring import (
    auc,
    best_factor,
    bias,
    correlation,
    coverage_pct,
    latencies_s,
    per_hours,
    rms,
    settled,
    share_pct,
)

NAN = math.nan


def array(*values):
    return np.array(values, dtype=np.float64)


def test_rms_and_bias_leave_unknown_frames_out():
    error = array(3.0, NAN, -4.0, 1.0, 0.0)
    assert rms(error) == pytest.approx(math.sqrt(26 / 4))
    assert bias(error) == 0.0
    assert math.isnan(rms(array(NAN)))
    assert math.isnan(bias(array()))


def test_correlation_is_that_of_the_known_frames():
    true = array(0, 1, 2, 3, 9)
    assert correlation(array(1, 3, 5, 7, NAN), true) == pytest.approx(1.0)
    assert correlation(array(0, -1, -2, -3, NAN), true) == pytest.approx(-1.0)


@pytest.mark.parametrize("estimate", [(5, 5, 5), (1, 2, NAN)])
def test_there_is_no_correlation_without_change_or_with_two_frames(estimate):
    assert math.isnan(correlation(array(*estimate), array(1, 2, 3)))


def test_coverage_counts_the_ends_and_leaves_unknown_frames_out():
    true = array(0, 2, 5, 9, 7)
    low, high = array(0, 3, 4, NAN, 6), array(1, 4, 5, NAN, 8)
    assert coverage_pct(true, low, high) == 75.0


def test_auc_is_the_chance_that_a_tipped_frame_reads_higher():
    true = array(0, 4, 4, 10, 15, 7)
    assert auc(array(1, 2, 3, 4, 5, -9), true) == 1.0
    assert auc(array(5, 5, 5, 1, 1, 0), true) == 0.0
    assert auc(array(1, 2, 3, 2, NAN, 0), true) == 0.5
    assert math.isnan(auc(array(1, 2), array(0, 1)))


def test_a_share_of_nothing_is_not_a_number():
    assert share_pct(np.array([True, False, True]), np.array([True, True, False])) == 50.0
    assert math.isnan(share_pct(np.array([True]), np.array([False])))


def test_frames_are_settled_once_the_truth_has_stood_still_long_enough():
    t_s = np.arange(0.0, 30.0)
    true = np.where(t_s < 10, 0.0, 12.0)
    true[25] = NAN
    still = settled(t_s, true, span_s=8.0, within_deg=3.0)
    assert np.flatnonzero(still).tolist() == [8, 9, 18, 19, 20, 21, 22, 23, 24]


def test_a_tip_is_told_so_many_seconds_after_it_began():
    t_s = np.arange(0.0, 120.0)
    true = np.where((t_s >= 10) & (t_s < 50), 16.0, 0.0)
    assert latencies_s(t_s, true, t_s >= 14) == [4.0]
    assert latencies_s(t_s, true, t_s >= 5) == [0.0]
    assert latencies_s(t_s, true, t_s >= 60) == [math.inf]


def test_short_tips_do_not_count_and_a_wobble_is_one_tip():
    t_s = np.arange(0.0, 120.0)
    short = np.where((t_s >= 10) & (t_s < 20), 16.0, 0.0)
    assert latencies_s(t_s, short, t_s >= 0) == []
    wobble = np.where((t_s >= 10) & (t_s < 80), np.where(t_s % 7 < 3, 13.0, 17.0), 0.0)
    assert len(latencies_s(t_s, wobble, t_s >= 20)) == 1


def test_a_tip_that_lasts_to_the_end_counts():
    t_s = np.arange(0.0, 60.0)
    assert latencies_s(t_s, np.where(t_s >= 20, 20.0, 2.0), t_s >= 25) == [5.0]


def test_warnings_are_counted_for_eight_hours():
    assert per_hours(2, 4 * 3600.0) == 4.0
    assert math.isnan(per_hours(0, 0.0))


def test_the_best_factor_brings_a_measure_nearest_to_the_truth():
    assert best_factor(array(1, 2, NAN, 3), array(-2, -4, 1, -6)) == pytest.approx(-2.0)
    assert math.isnan(best_factor(array(NAN), array(1)))
