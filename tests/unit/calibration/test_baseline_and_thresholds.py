"""Robust centre and spread, and the thresholds that follow from the spread."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from calibration_samples import NAN, NEUTRAL, held
from hypothesis import given, settings
from hypothesis import strategies as st

from calibration.baseline import centre, centre_of_repeats, spread
from calibration.evaluate import Sample
from calibration.thresholds import personal_thresholds
from models.measures import Measures
from models.tilt import Basis


def measures(samples: tuple[Sample, ...]) -> list[Measures]:
    return [s.measures for s in samples]


def trunks(*lengths_px: float) -> list[Measures]:
    return [Measures(trunk_px=v) for v in lengths_px]


def test_the_centre_is_the_median_of_what_was_seen() -> None:
    found = centre(trunks(100.0, NAN, 104.0, 110.0))
    assert found.trunk_px == 104.0
    assert math.isnan(found.thigh_px)


def test_the_spread_is_the_scaled_median_deviation() -> None:
    assert spread(trunks(100.0, 101.0, 102.0, 104.0, 109.0)).trunk_px == pytest.approx(1.4826 * 2.0)


def test_the_spread_of_a_normal_scatter_is_its_standard_deviation() -> None:
    values = np.random.default_rng(3).normal(200.0, 5.0, 4000)
    assert spread(trunks(*values)).trunk_px == pytest.approx(5.0, rel=0.05)


def test_no_frames_have_no_centre_and_no_spread() -> None:
    assert np.isnan(centre([]).as_array()).all()
    assert np.isnan(spread([]).as_array()).all()
    assert np.isnan(centre_of_repeats([]).as_array()).all()


@pytest.mark.parametrize("wild_px", [500.0, 20.0])
def test_one_fifth_of_wild_frames_hardly_moves_centre_and_spread(wild_px: float) -> None:
    calm = measures(held(NEUTRAL, 80))
    mixed = calm + [replace(m, trunk_px=wild_px) for m in measures(held(NEUTRAL, 20, seed=2))]
    assert centre(mixed).trunk_px == pytest.approx(200.0, abs=0.3)
    assert spread(mixed).trunk_px < 0.6


def test_a_long_repeat_does_not_outweigh_two_short_ones() -> None:
    assert centre_of_repeats([trunks(*[100.0] * 50), trunks(110.0), trunks(112.0)]).trunk_px == 110.0


def test_two_repeats_are_taken_together() -> None:
    assert centre_of_repeats([trunks(100.0, 101.0, 102.0), trunks(110.0)]).trunk_px == 101.5


def test_an_empty_repeat_is_left_out() -> None:
    assert centre_of_repeats([[], trunks(100.0), trunks(104.0)]).trunk_px == 102.0


def thresholds(spread_pct: float, leave_pct: float = 30.0) -> tuple[float, float, float]:
    made = personal_thresholds(
        enter_pct=50.0, enter_skeleton_pct=60.0, leave_pct=leave_pct, neutral_spread_pct=spread_pct
    )
    assert made.enter(Basis.CONTOUR) == made.enter_pct
    assert made.enter(Basis.SKELETON) == made.enter_skeleton_pct
    return made.enter_pct, made.enter_skeleton_pct, made.leave_pct


@pytest.mark.parametrize(
    ("spread_pct", "expected"),
    [
        (0.0, (50.0, 60.0, 30.0)),
        (6.0, (50.0, 60.0, 30.0)),
        (8.0, (54.0, 60.0, 30.0)),
        (15.0, (75.0, 75.0, 30.0)),
        (40.0, (90.0, 90.0, 30.0)),
    ],
)
def test_a_scattered_neutral_sit_widens_the_band_to_three_spreads_up_to_90_percent(
    spread_pct: float, expected: tuple[float, float, float]
) -> None:
    assert thresholds(spread_pct) == pytest.approx(expected)


@given(st.floats(0, 100), st.floats(0, 49))
@settings(deadline=None)
def test_entering_is_always_above_leaving_and_never_below_the_setting(spread_pct: float, leave_pct: float) -> None:
    enter, enter_skeleton, leave = thresholds(spread_pct, leave_pct)
    assert leave == leave_pct < enter <= enter_skeleton
    assert enter >= 50.0
    assert enter_skeleton >= 60.0
