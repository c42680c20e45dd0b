from __future__ import annotations

import math

import pytest

from monitor.capture.cadence import Cadence


def taken(stamps_s: list[float], rate_hz: float | None) -> list[float]:
    cadence = Cadence(rate_hz)
    return [t_s for t_s in stamps_s if cadence.take(t_s)]


def test_without_a_rate_every_frame_is_due() -> None:
    assert taken([0.0, 0.01, 0.02], None) == [0.0, 0.01, 0.02]


def test_a_third_of_the_frames_of_a_30_hz_video_at_10_hz() -> None:
    stamps_s = [index / 30 for index in range(300)]
    assert taken(stamps_s, 10) == stamps_s[::3]


def test_keeps_the_beat_when_no_frame_lies_on_it() -> None:
    stamps_s = [index / 25 for index in range(2500)]
    assert len(taken(stamps_s, 10)) == pytest.approx(1000, abs=1)


def test_stamps_rounded_to_milliseconds_lose_no_frame() -> None:
    stamps_s = [round(index / 30, 3) for index in range(300)]
    assert taken(stamps_s, 30) == stamps_s


def test_after_a_gap_it_goes_on_from_there_and_catches_nothing_up() -> None:
    assert taken([0.0, 5.0, 5.1, 5.5, 6.0, 6.9, 7.0], 1) == [0.0, 5.0, 6.0, 7.0]


@pytest.mark.parametrize("rate_hz", [0.0, -1.0, math.nan, math.inf])
def test_a_rate_that_is_none_is_refused(rate_hz: float) -> None:
    with pytest.raises(ValueError, match="rate_hz"):
        Cadence(rate_hz)
