"""Thigh length and the level thigh: what knee height is relative to."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from calibration_samples import NAN, NEUTRAL, SETUP, held, profile, repeats, verdict
from hypothesis import given, settings
from hypothesis import strategies as st
from known_sitter import slumped

from calibration.profile import HIP_BIAS_DEG
from calibration.thigh import square_thigh_px, thigh_elevation_deg, thigh_reading_deg
from models.measures import Measures

FULL_PX = 160.0
NEUTRAL_DEG = math.degrees(math.asin(-16.0 / FULL_PX))


def thigh(elevation_deg: float, yaw_deg: float = 0.0, full_px: float = FULL_PX) -> Measures:
    """A thigh in space as a far camera sees it that stands ``yaw_deg`` from square: its way across is shortened."""
    elevation = math.radians(elevation_deg)
    across = full_px * math.cos(elevation) * math.cos(math.radians(yaw_deg))
    rise = full_px * math.sin(elevation)
    angle_deg = math.degrees(math.atan2(rise, across))
    seen = {"thigh_px": math.hypot(across, rise), "thigh_angle_deg": angle_deg, "knee_rise_px": rise}
    return replace(NEUTRAL, view_yaw_deg=yaw_deg, **seen)


REST = thigh(NEUTRAL_DEG)
LEVEL = thigh(-3.0)


def knee_notes(**parts: object) -> list[str]:
    return [note for note in verdict(**parts).notes if "Knee height" in note]  # type: ignore[arg-type]


@given(st.floats(-80.0, 80.0), st.floats(-30.0, 30.0))
@settings(deadline=None)
def test_length_and_elevation_of_a_thigh_in_space_come_out_exactly_at_any_yaw(
    elevation_deg: float, yaw_deg: float
) -> None:
    seen = thigh(elevation_deg, yaw_deg)
    assert square_thigh_px(seen, yaw_deg) == pytest.approx(FULL_PX)
    assert thigh_reading_deg(seen, FULL_PX, yaw_deg) == pytest.approx(elevation_deg, abs=1e-6)
    assert thigh_reading_deg(thigh(elevation_deg, yaw_deg, 200.0), FULL_PX, yaw_deg, 0.8) == pytest.approx(
        elevation_deg, abs=1e-6
    )


def test_seen_at_25_degrees_a_thigh_of_160_px_across_is_176_5_px_long() -> None:
    assert square_thigh_px(replace(thigh(0.0), thigh_px=160.0), 25.0) == pytest.approx(160.0 / 0.90631, abs=0.01)


def test_a_hip_that_slid_back_by_a_tenth_is_put_up_by_three_hundredths_of_the_thigh() -> None:
    slid = replace(thigh(0.0), thigh_px=1.1 * FULL_PX)
    assert thigh_reading_deg(slid, FULL_PX, 0.0) == pytest.approx(-math.degrees(0.03))


@pytest.mark.parametrize("yaw_deg", [-25.0, 0.0, 25.0])
def test_a_raised_thigh_is_told_alike_at_any_yaw(yaw_deg: float) -> None:
    setup = replace(SETUP, neutral_thigh_deg=2.0)
    rest = thigh(-6.0, yaw_deg)
    made = profile(setup, neutral=repeats(rest, scatter=0.0), slump=repeats(slumped(rest), scatter=0.0))
    assert made.thigh_full_px == pytest.approx(FULL_PX)
    # read at -6 where it is at 2; raised by 20 degrees, which count for 20^3 / (20^2 + 5^2)
    assert thigh_elevation_deg(thigh(14.0, yaw_deg), made) == pytest.approx(2.0 + 18.82, abs=0.01)


@pytest.mark.parametrize("elevation_deg", [-90.0, 90.0])
def test_a_vertical_thigh_is_vertical_and_not_an_error(elevation_deg: float) -> None:
    made = profile(replace(SETUP, neutral_thigh_deg=math.copysign(8.0, elevation_deg)))
    told = thigh_elevation_deg(thigh(elevation_deg, full_px=1.05 * made.thigh_full_px), made)
    assert told == pytest.approx(elevation_deg, abs=12.0)
    assert abs(told) <= 90.0


@pytest.mark.parametrize("hidden", [{"knee_rise_px": NAN, "thigh_px": NAN, "thigh_angle_deg": NAN}])
def test_no_knee_is_no_elevation(hidden: dict[str, float]) -> None:
    assert math.isnan(thigh_elevation_deg(replace(REST, **hidden), profile()))


@pytest.mark.parametrize(("share", "known"), [(0.74, False), (0.76, True), (1.24, True), (1.26, False)])
def test_a_thigh_much_longer_or_shorter_than_known_has_no_elevation(share: float, known: bool) -> None:
    made = profile(neutral=repeats(REST, scatter=0.0))
    seen = thigh(NEUTRAL_DEG, full_px=share * made.thigh_full_px)
    assert math.isfinite(thigh_elevation_deg(seen, made)) == known


def test_without_a_level_moment_a_population_value_is_used_and_noted() -> None:
    made = profile(neutral=repeats(REST, scatter=0.0))
    assert not made.level_calibrated
    assert made.thigh_neutral_deg == pytest.approx(NEUTRAL_DEG - HIP_BIAS_DEG, abs=0.2)
    assert len(knee_notes()) == 1
    assert "calibrate with a moment of level thighs" in knee_notes()[0]


def test_a_level_moment_gives_the_elevation_of_the_neutral_sit() -> None:
    made = profile(neutral=repeats(REST), level=held(LEVEL))
    assert made.level_calibrated
    assert made.thigh_neutral_deg == pytest.approx(NEUTRAL_DEG + 3.0, abs=0.3)
    assert knee_notes(level=held(LEVEL)) == []


def test_a_known_thigh_angle_of_the_neutral_sit_is_taken_as_it_is() -> None:
    made = profile(replace(SETUP, neutral_thigh_deg=3.0))
    assert made.level_calibrated
    assert made.thigh_neutral_deg == 3.0
    assert thigh_elevation_deg(made.neutral, made) == 3.0


def test_a_level_moment_counts_before_a_known_angle() -> None:
    made = profile(replace(SETUP, neutral_thigh_deg=10.0), neutral=repeats(REST), level=held(LEVEL))
    assert made.thigh_neutral_deg == pytest.approx(NEUTRAL_DEG + 3.0, abs=0.3)


def test_a_level_moment_without_a_knee_does_not_count() -> None:
    made = profile(level=held(replace(LEVEL, knee_rise_px=NAN)))
    assert not made.level_calibrated


@pytest.mark.parametrize("given_deg", [60.0, -60.0])
def test_a_thigh_that_cannot_be_where_it_was_said_is_refused(given_deg: float) -> None:
    found = verdict(replace(SETUP, neutral_thigh_deg=given_deg))
    assert found.profile is None
    assert "give level thighs or their slope anew" in found.problems[0]


def test_the_full_thigh_is_the_longest_that_was_seen_but_for_wild_frames() -> None:
    longer = held(thigh(0.0, full_px=170.0), 20, scatter=0.0)
    wild = held(thigh(0.0, full_px=400.0), 2, scatter=0.0)
    made = profile(neutral=[*repeats(REST, scatter=0.0), longer, wild])
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
