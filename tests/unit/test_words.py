from __future__ import annotations

import pytest

from monitor.judgement.assessment import NAN, Assessment, State
from monitor.words import DISCLAIMER, STATE_WORDS, duration_words, knee_words, tilt_words, to_five


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.0, "0 s"),
        (45.4, "45 s"),
        (59.4, "59 s"),
        (59.6, "1 min"),
        (60.0, "1 min"),
        (200.0, "3 min 20 s"),
        (3599.4, "59 min 59 s"),
        (3599.6, "1 h 00 min"),
        (7500.0, "2 h 05 min"),
        (36000.0, "10 h 00 min"),
    ],
)
def test_lengths_of_time(seconds: float, words: str) -> None:
    assert duration_words(seconds) == words


@pytest.mark.parametrize(("value", "rounded"), [(0.0, 0), (2.4, 0), (2.6, 5), (-2.6, -5), (17.4, 15), (17.6, 20)])
def test_degrees_are_told_in_steps_of_five(value: float, rounded: int) -> None:
    assert to_five(value) == rounded


@pytest.mark.parametrize(
    ("tilt", "low", "high", "words"),
    [
        (14.0, 6.0, 24.0, "about 15° back (5° to 25° back)"),
        (-9.0, -16.0, -1.0, "about 10° forward (0° to 20° forward)"),
        (1.0, -6.0, 7.0, "at your neutral (10° forward to 10° back)"),
        (0.2, -1.8, 2.2, "at your neutral (5° forward to 5° back)"),
        (NAN, NAN, NAN, "–"),
    ],
)
def test_the_tilt_with_its_interval(tilt: float, low: float, high: float, words: str) -> None:
    said = Assessment(0.0, State.UPRIGHT, tilt_deg=tilt, tilt_low_deg=low, tilt_high_deg=high)
    assert tilt_words(said) == words


@pytest.mark.parametrize(
    ("height", "words"),
    [
        (3.4, "knees 3 cm above hips"),
        (-2.6, "knees 3 cm below hips"),
        (0.4, "knees level with hips"),
        (-0.4, "knees level with hips"),
        (NAN, "–"),
    ],
)
def test_the_height_of_the_knees(height: float, words: str) -> None:
    assert knee_words(Assessment(0.0, State.UPRIGHT, knee_above_hip_cm=height)) == words


def test_every_state_has_its_own_words() -> None:
    assert set(STATE_WORDS) == set(State)
    assert len(set(STATE_WORDS.values())) == len(State)


def test_the_disclaimer_says_what_it_is_not() -> None:
    assert "not medical advice" in DISCLAIMER
