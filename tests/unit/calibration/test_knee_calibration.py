"""Thigh length and the level thigh: what knee height is relative to."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from calibration_samples import NAN, NEUTRAL, SETUP, held, profile, repeats, verdict
from hypothesis import given, settings
from hypothesis import strategies as st

from calibration.evaluate import thigh_elevation_deg
from calibration.profile import HIP_BIAS_DEG

NEUTRAL_READS_DEG = math.degrees(math.asin(-16.0 / 160.0))
LEVEL = replace(NEUTRAL, knee_rise_px=-8.0)
LEVEL_READS_DEG = math.degrees(math.asin(-8.0 / 160.0))


def knee_notes(**parts: object) -> list[str]:
    return [note for note in verdict(**parts).notes if "Knee height" in note]  # type: ignore[arg-type]


@pytest.mark.parametrize(("rise_px", "deg"), [(80.0, 30.0), (-80.0, -30.0), (0.0, 0.0), (160.0, 90.0)])
def test_thigh_elevation_is_the_arc_sine_of_the_rise(rise_px: float, deg: float) -> None:
    assert thigh_elevation_deg(rise_px, 160.0) == pytest.approx(deg)


@given(st.floats(1.0, 1000.0), st.floats(1.0, 100.0))
@settings(deadline=None)
def test_a_rise_beyond_the_thigh_is_vertical_and_not_an_error(over_px: float, full_px: float) -> None:
    assert thigh_elevation_deg(full_px + over_px, full_px) == pytest.approx(90.0)
    assert thigh_elevation_deg(-full_px - over_px, full_px) == pytest.approx(-90.0)


def test_no_rise_is_no_elevation() -> None:
    assert math.isnan(thigh_elevation_deg(NAN, 160.0))


def test_without_a_level_moment_a_population_value_is_used_and_noted() -> None:
    made = profile()
    assert (made.thigh_offset_deg, made.level_calibrated) == (HIP_BIAS_DEG, False)
    assert len(knee_notes()) == 1
    assert "--level" in knee_notes()[0]


def test_a_level_moment_gives_the_offset() -> None:
    made = profile(level=held(LEVEL))
    assert made.level_calibrated
    assert made.thigh_offset_deg == pytest.approx(LEVEL_READS_DEG, abs=0.2)
    assert knee_notes(level=held(LEVEL)) == []


def test_a_known_thigh_angle_of_the_neutral_sit_gives_the_offset() -> None:
    made = profile(replace(SETUP, neutral_thigh_deg=3.0))
    assert made.level_calibrated
    assert made.thigh_offset_deg == pytest.approx(NEUTRAL_READS_DEG - 3.0, abs=0.2)


def test_a_level_moment_counts_before_a_known_angle() -> None:
    made = profile(replace(SETUP, neutral_thigh_deg=3.0), level=held(LEVEL))
    assert made.thigh_offset_deg == pytest.approx(LEVEL_READS_DEG, abs=0.2)


def test_a_level_moment_without_a_knee_does_not_count() -> None:
    made = profile(level=held(replace(LEVEL, knee_rise_px=NAN)))
    assert (made.thigh_offset_deg, made.level_calibrated) == (HIP_BIAS_DEG, False)


def test_the_full_thigh_is_the_longest_that_was_seen_but_for_wild_frames() -> None:
    longer = held(replace(NEUTRAL, thigh_px=170.0), 20, scatter=0.0)
    wild = held(replace(NEUTRAL, thigh_px=400.0), 2, scatter=0.0)
    made = profile(neutral=[*repeats(NEUTRAL, scatter=0.0), longer, wild])
    assert made.thigh_full_px == pytest.approx(170.0)


@pytest.mark.parametrize(
    ("known", "thigh_cm"),
    [
        ({}, 0.245 * 170.0),
        ({"stature_cm": 180.0}, 0.245 * 180.0),
        ({"thigh_cm": 38.0}, 38.0),
        ({"stature_cm": 180.0, "thigh_cm": 38.0}, 38.0),
    ],
)
def test_the_thigh_is_as_measured_or_from_the_stature(known: dict[str, float], thigh_cm: float) -> None:
    assert profile(replace(SETUP, **known)).thigh_cm == pytest.approx(thigh_cm)  # type: ignore[arg-type]
