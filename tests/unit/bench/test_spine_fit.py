"""The planar spine: what it shows when bent, and that the bends come back from what it shows."""

from __future__ import annotations

import numpy as np
import pytest

from bench.accuracy.spine_fit import fit_spine, synthesize
from models.changes import N_POSTURE
from models.measures import N_WINDOWS

BENDS = {
    "upright": (0.0, 0.0, 0.0, 0.0, 0.0),
    "tipped back, rounded": (15.0, 20.0, 5.0, 0.0, 0.0),
    "tipped forward, hollow": (-8.0, -10.0, 0.0, 0.0, 0.0),
    "round above only": (0.0, 3.0, 18.0, 0.0, 0.0),
    "hinged": (-12.0, 0.0, 0.0, 0.0, 0.0),
    "hip seen elsewhere": (10.0, 14.0, 0.0, 2.0, -2.0),
}


def bent(*bends: float) -> np.ndarray:
    return synthesize(np.array([bends]))[0]


def seen(bends: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Changes of posture and back as a camera without noise would give them."""
    made = synthesize(bends)
    posture = np.zeros((len(made), N_POSTURE))
    posture[:, 1], posture[:, 0] = made[:, -2], made[:, -1]
    return posture, np.stack([made[:, :N_WINDOWS], made[:, N_WINDOWS : 2 * N_WINDOWS]], axis=2)


def test_a_straight_spine_shows_no_change() -> None:
    assert bent(0, 0, 0, 0, 0) == pytest.approx(np.zeros(2 * N_WINDOWS + 2), abs=1e-9)


def test_a_spine_that_only_tips_is_a_straight_slant_to_the_back() -> None:
    made = bent(10, 0, 0, 0, 0)
    heights = np.arange(6, 80, 8)[:N_WINDOWS] / 100
    assert made[:N_WINDOWS] == pytest.approx(np.full(N_WINDOWS, -10.0))
    assert made[N_WINDOWS : 2 * N_WINDOWS] == pytest.approx(100 * np.sin(np.radians(10)) * heights, abs=0.4)
    assert made[-2:] == pytest.approx([-10.0, 0.0], abs=1e-9)


def test_rounding_leans_the_top_forward_and_shortens() -> None:
    made = bent(10, 15, 10, 0, 0)
    slopes = made[:N_WINDOWS]
    assert slopes[0] == pytest.approx(-10.0)
    assert (np.diff(slopes) >= 0).all()
    assert slopes[-1] > 5.0
    assert made[-1] > 0.5


def test_a_hip_that_is_put_ahead_lies_further_from_the_back_and_behind_the_shoulder_no_more() -> None:
    made = bent(0, 0, 0, 2, 0)
    assert made[:N_WINDOWS] == pytest.approx(np.zeros(N_WINDOWS))
    assert made[N_WINDOWS : 2 * N_WINDOWS] == pytest.approx(np.full(N_WINDOWS, 2.0))
    assert made[-2] == pytest.approx(-np.degrees(np.arctan(0.02)))
    assert bent(0, 0, 0, 0, 2)[-1] == pytest.approx(2.0)


@pytest.mark.parametrize("name", BENDS)
def test_without_noise_the_pelvis_comes_back_within_a_degree(name: str) -> None:
    (tilt,) = fit_spine(*seen(np.array([BENDS[name]])))
    assert tilt == pytest.approx(BENDS[name][0], abs=1.0)


def test_many_are_fitted_at_once_as_one_by_one() -> None:
    bends = np.array(list(BENDS.values()))
    together = fit_spine(*seen(bends))
    assert together.shape == (len(bends),)
    assert together == pytest.approx([fit_spine(*seen(row[None]))[0] for row in bends])


def test_noise_of_the_size_that_is_expected_moves_the_pelvis_by_a_few_degrees() -> None:
    rng = np.random.default_rng(5)
    posture, back = seen(np.tile(BENDS["tipped back, rounded"], (300, 1)))
    noisy = back + rng.standard_normal(back.shape) * (4.0, 1.5)
    tilts = fit_spine(posture, noisy)
    assert tilts.mean() == pytest.approx(15.0, abs=1.5)
    assert 0.3 < tilts.std() < 4.0


@pytest.mark.parametrize("column", [0, 1], ids=["slope", "depth"])
def test_a_window_that_is_not_known_leaves_that_row_without_an_answer_and_the_others_with_theirs(column: int) -> None:
    bends = np.array(list(BENDS.values()))
    posture, back = seen(bends)
    whole = fit_spine(posture, back)
    back[2, 4, column] = np.nan
    holey = fit_spine(posture, back)
    assert np.flatnonzero(np.isnan(holey)).tolist() == [2]
    assert np.delete(holey, 2) == pytest.approx(np.delete(whole, 2))


def test_an_unknown_trunk_has_no_answer() -> None:
    posture, back = seen(np.array([BENDS["hinged"]]))
    posture[0, 1] = np.nan
    assert np.isnan(fit_spine(posture, back)).all()
