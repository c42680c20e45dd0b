"""The slow correction for a sitter who has moved nearer to the camera or farther away."""

from __future__ import annotations

import math

import pytest
from judgement_diary import KNEE_HIDDEN, NAN, NEUTRAL, PROFILE, Stretch, judge, play, sits

from models.measures import Measures
from monitor.judgement.scale import ScaleWindow, track_scale


def after(measures: Measures, frames: int, *, fps: float = 1.0, begin: ScaleWindow | None = None) -> float:
    """The factor after so many frames of the same."""
    window, factor = begin or ScaleWindow(), 1.0
    for i in range(frames):
        window, factor = track_scale(window, i / fps, measures, PROFILE)
    return factor


def thigh(length_px: float, angle_deg: float = 0.0) -> Measures:
    return sits(0, thigh_px=length_px, thigh_angle_deg=angle_deg)


def test_the_factor_is_one_until_twenty_seconds_were_seen() -> None:
    assert after(thigh(165.0), 19) == 1.0
    assert after(thigh(165.0), 20) == pytest.approx(160.0 / 165.0)


def test_twenty_seconds_are_needed_at_any_frame_rate() -> None:
    assert after(thigh(165.0), 19 * 10, fps=10.0) == 1.0
    assert after(thigh(165.0), 20 * 10 + 10, fps=10.0) == pytest.approx(160.0 / 165.0)


@pytest.mark.parametrize(("length_px", "factor"), [(164.8, 160.0 / 164.8), (156.0, 160.0 / 156.0)])
def test_the_factor_brings_lengths_of_now_to_those_of_the_calibration(length_px: float, factor: float) -> None:
    assert after(thigh(length_px), 60) == pytest.approx(factor)


@pytest.mark.parametrize(("length_px", "factor"), [(250.0, 0.95), (100.0, 1.05)])
def test_the_factor_is_limited_to_five_percent(length_px: float, factor: float) -> None:
    assert after(thigh(length_px), 60) == factor


@pytest.mark.parametrize(("angle_deg", "factor"), [(3.9, 160.0 / 165.0), (4.1, 1.0), (-4.1, 1.0), (NAN, 1.0)])
def test_only_frames_with_the_thigh_about_as_in_the_neutral_sit_count(angle_deg: float, factor: float) -> None:
    assert after(thigh(165.0, angle_deg), 60) == pytest.approx(factor)


def test_frames_without_a_knee_keep_the_last_factor() -> None:
    window = ScaleWindow()
    for i in range(30):
        window, _ = track_scale(window, float(i), thigh(165.0), PROFILE)
    same, factor = track_scale(window, 31.0, KNEE_HIDDEN, PROFILE)
    assert factor == pytest.approx(160.0 / 165.0)
    assert same == window


def test_lengths_older_than_a_minute_are_forgotten() -> None:
    window = ScaleWindow()
    for i in range(70):
        window, _ = track_scale(window, float(i), thigh(165.0), PROFILE)
    for i in range(70, 130):
        window, factor = track_scale(window, float(i), thigh(160.0), PROFILE)
    assert factor == 1.0
    assert len(window.times_s) == 60


@pytest.mark.parametrize("factor", [0.97, 1.03])
def test_a_sitter_who_rolls_nearer_or_farther_keeps_the_same_tilt(factor: float) -> None:
    lengths = {
        name: factor * getattr(sits(60), name)
        for name in ("trunk_px", "thigh_px", "ear_rise_px", "ear_forward_px", "lumbar_bulge_px", "wrist_reach_px")
    }
    moved = play([Stretch(sits(60, **lengths), 40)], fps=2.0)
    assert moved[-1].tilt_pct == pytest.approx(60.0, abs=0.1)
    assert abs(moved[10].tilt_pct - 60.0) > 10.0
    assert moved[-1].wrist_reach_pct == pytest.approx(0.0, abs=0.1)


def test_the_knee_height_uses_the_factor_too() -> None:
    nearer = sits(0, thigh_px=164.8, thigh_angle_deg=3.0, knee_rise_px=164.8 * math.sin(math.radians(3.0)))
    late = play([Stretch(nearer, 40)], fps=2.0, by=judge())[-1]
    # a change of 3 degrees counts for 3^3 / (3^2 + 5^2)
    assert late.thigh_elevation_deg == pytest.approx(27.0 / 34.0)


def test_a_sitter_as_calibrated_has_the_factor_one() -> None:
    assert after(NEUTRAL, 60) == 1.0
