"""Which rays are trusted to show the back: smooth and sure."""

from __future__ import annotations

import numpy as np
import pytest

from models.pose import FloatArray
from monitor.posture.trust import Verdict, judge_rays

RAYS = 60
SURE = np.ones(RAYS)


def back(bulge: float = 6.0, lean: float = 10.0) -> FloatArray:
    """A slumped back: distances from the trunk axis in % of the trunk length."""
    t = np.linspace(-1.0, 1.0, RAYS)
    return 35.0 + lean * t + bulge * (1.0 - t**2) - 2.0 * t**3


@pytest.mark.parametrize("bulge", [-4.0, 0.0, 6.0, 14.0])
@pytest.mark.parametrize("lean", [-15.0, 10.0, 25.0])
def test_a_smooth_back_is_trusted_whatever_its_shape(bulge: float, lean: float) -> None:
    assert (judge_rays(back(bulge, lean), SURE) == Verdict.TRUSTED).all()


@pytest.mark.parametrize("step_pct", [-8.0, 6.0, 15.0])
@pytest.mark.parametrize("first", [12, 25, 40])
def test_an_armrest_or_a_chair_that_steps_out_of_the_line_is_noticed(step_pct: float, first: int) -> None:
    seen = back()
    seen[first : first + 8] += step_pct
    verdict = judge_rays(seen, SURE)
    assert (verdict[first : first + 8] == Verdict.STEP).all()
    away = np.abs(np.arange(RAYS) - first - 3.5) > 10
    assert (verdict[away] == Verdict.TRUSTED).all()


def test_an_edge_that_the_picture_leaves_open_is_unsure() -> None:
    certainty = SURE.copy()
    certainty[20:30] = 0.3
    verdict = judge_rays(back(), certainty)
    assert (verdict[20:30] == Verdict.UNSURE).all()
    assert (np.delete(verdict, np.s_[20:30]) == Verdict.TRUSTED).all()


def test_unsure_edges_do_not_bend_the_curve() -> None:
    seen, certainty = back(), SURE.copy()
    seen[:28] += 12.0
    certainty[:28] = 0.1
    verdict = judge_rays(seen, certainty)
    assert (verdict[28:] == Verdict.TRUSTED).all()
    assert (verdict[:28] == Verdict.UNSURE).all()


def test_a_ray_without_an_edge_stays_without_one() -> None:
    seen = back()
    seen[5] = np.nan
    verdict = judge_rays(seen, SURE)
    assert verdict[5] == Verdict.NO_EDGE
    assert (np.delete(verdict, 5) == Verdict.TRUSTED).all()


def test_no_edges_at_all_are_no_edges() -> None:
    assert (judge_rays(np.full(RAYS, np.nan), SURE) == Verdict.NO_EDGE).all()


def test_a_few_edges_are_too_few_for_a_curve() -> None:
    seen = np.full(RAYS, np.nan)
    seen[10:14] = [30.0, 31.0, 50.0, 32.0]
    assert (judge_rays(seen, SURE)[10:14] == Verdict.TRUSTED).all()


def test_without_a_picture_every_edge_is_trusted() -> None:
    seen = back()
    seen[20:30] += 15.0
    assert (judge_rays(seen, None) == Verdict.TRUSTED).all()
