"""The median over the last seconds."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pytest

from models.measures import Measures
from monitor.posture.smoothing import MedianWindow, smooth

NAN = math.nan


def smoothed(values: Sequence[float], *, fps: float = 1.0, span_s: float = 3.0) -> list[float]:
    """The trunk inclination after each frame."""
    window, out = MedianWindow(), []
    for i, value in enumerate(values):
        window, middle = smooth(window, i / fps, Measures(trunk_inclination_deg=value, hip_x_px=7.0), span_s)
        assert middle.hip_x_px == 7.0
        out.append(middle.trunk_inclination_deg)
    return out


def test_the_first_frame_is_given_as_it_is() -> None:
    assert smoothed([4.0]) == [4.0]


def test_one_wild_frame_does_not_show() -> None:
    assert smoothed([1.0, 1.0, 90.0, 1.0])[2:] == [1.0, 1.0]


@pytest.mark.parametrize("fps", [2.0, 10.0])
def test_a_step_shows_after_half_of_the_span_whatever_the_frame_rate(fps: float) -> None:
    before, after = [0.0] * int(10 * fps), [10.0] * int(10 * fps)
    out = smoothed(before + after, fps=fps)[len(before) :]
    shows_s = next(i for i, v in enumerate(out) if v == 10.0) / fps
    assert shows_s == pytest.approx(1.5, abs=1.0 / fps)


def test_frames_older_than_the_span_are_forgotten_even_when_they_are_many() -> None:
    window = MedianWindow()
    for i in range(50):
        window, _ = smooth(window, i / 50.0, Measures(trunk_px=100.0), 3.0)
    window, middle = smooth(window, 5.0, Measures(trunk_px=200.0), 3.0)
    assert middle.trunk_px == 200.0
    assert window.times_s == (5.0,)


def test_a_frame_exactly_one_span_old_is_forgotten() -> None:
    assert smoothed([0.0, 0.0, 0.0, 9.0, 9.0])[-1] == 9.0


def test_what_is_not_seen_now_is_not_made_up_from_before() -> None:
    assert math.isnan(smoothed([5.0, 5.0, NAN])[-1])


def test_earlier_gaps_are_left_out_of_the_median() -> None:
    assert smoothed([4.0, NAN, 6.0])[-1] == 5.0


def test_a_gap_in_one_measure_leaves_the_others() -> None:
    window, _ = smooth(MedianWindow(), 0.0, Measures(trunk_px=100.0, thigh_px=50.0), 3.0)
    _, middle = smooth(window, 1.0, Measures(trunk_px=NAN, thigh_px=60.0), 3.0)
    assert math.isnan(middle.trunk_px)
    assert middle.thigh_px == 55.0


def test_the_window_that_was_passed_in_is_unchanged() -> None:
    window, _ = smooth(MedianWindow(), 0.0, Measures(trunk_px=100.0), 3.0)
    smooth(window, 1.0, Measures(trunk_px=300.0), 3.0)
    assert window.times_s == (0.0,)


def test_what_shows_for_a_moment_while_it_is_mostly_hidden_is_a_guess() -> None:
    assert math.isnan(smoothed([5.0, NAN, NAN, 9.0])[-1])
    assert smoothed([5.0, NAN, NAN, 9.0, 9.0])[-1] == 9.0
