"""What must hold of the tilt with the coefficients that come with the program, whichever they are."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from known_sitter import NEUTRAL

from models.measures import N_WINDOWS, Measures
from models.tilt import Basis, NetworkTiltModel, TiltReference

PROJECT = Path(__file__).parents[3]
MODEL = NetworkTiltModel()

# Medians of the changes from neutral to slump of rendered sitters, rounded; lengths in % of the trunk.
SHORTER_PCT, TRUNK_DEG, THIGH_DEG = 2.0, 2.0, 3.0
MARKS_PCT = np.array([4.0, -3.0, 9.0, -6.0, 4.0, 4.0, 1.0, 0.0, 3.0, 1.0, 0.0, 3.0, 1.0, 0.0])
SLOPES_DEG = np.array([-9.0, -10.0, -10.0, -8.0, -2.0, 0.0, 3.0, 6.0, 8.0, 11.0])
DEPTHS_PCT = np.array([1.0, 2.0, 4.0, 5.0, 7.0, 7.0, 6.0, 5.0, 3.0, 2.0])


def typical(share: float) -> Measures:
    """So much of the way from the neutral sit to a typical slump."""
    px = share * NEUTRAL.trunk_px / 100.0
    return replace(
        NEUTRAL,
        trunk_px=NEUTRAL.trunk_px - px * SHORTER_PCT,
        trunk_inclination_deg=NEUTRAL.trunk_inclination_deg + share * TRUNK_DEG,
        thigh_angle_deg=NEUTRAL.thigh_angle_deg + share * THIGH_DEG,
        marks_px=tuple((NEUTRAL.marks_px + px * MARKS_PCT).tolist()),
        back_slopes_deg=tuple((NEUTRAL.back_slopes_deg + share * SLOPES_DEG).tolist()),
        back_depths_px=tuple((NEUTRAL.back_depths_px + px * DEPTHS_PCT).tolist()),
    )


REFERENCE = TiltReference(NEUTRAL, typical(1.0), math.nan, contour_trusted=True, skeleton_trusted=True)
SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)


@pytest.mark.parametrize("slump", [typical(1.0), None], ids=["slump", "no slump"])
@pytest.mark.parametrize("contour", [True, False], ids=["contour", "skeleton"])
def test_neutral_is_hardly_any_tilt(slump: Measures | None, contour: bool) -> None:
    estimate = MODEL.estimate(NEUTRAL, replace(REFERENCE, slump=slump, contour_trusted=contour))
    assert estimate.basis is (Basis.CONTOUR if contour else Basis.SKELETON)
    assert estimate.tilt_deg == pytest.approx(0.0, abs=1.0)


def test_the_further_back_the_hips_the_more_tilt_up_to_the_own_slump() -> None:
    told = [MODEL.estimate(typical(share), REFERENCE) for share in SHARES]
    tilts = [estimate.tilt_deg for estimate in told]
    assert tilts == sorted(tilts)
    assert tilts[-1] > 5.0
    assert told[-1].pct == pytest.approx(100.0)
    assert all(estimate.low_deg < estimate.tilt_deg < estimate.high_deg for estimate in told)


def test_a_measured_slump_is_used_exactly() -> None:
    measured = MODEL.estimate(typical(1.0), replace(REFERENCE, slump_deg=13.0))
    assert (measured.tilt_deg, measured.pct) == pytest.approx((13.0, 100.0))


@pytest.mark.parametrize("basis", [Basis.CONTOUR, Basis.SKELETON])
def test_the_index_grows_towards_the_slump_on_either_basis(basis: Basis) -> None:
    index = [MODEL.index(typical(share), NEUTRAL, basis) for share in SHARES]
    assert index == sorted(index)
    assert index[-1] > 5.0


def test_with_the_back_the_tilt_is_surer_than_without() -> None:
    with_back, without_back = (
        MODEL.estimate(typical(0.25), replace(REFERENCE, contour_trusted=contour)) for contour in (True, False)
    )
    assert without_back.high_deg - without_back.low_deg > with_back.high_deg - with_back.low_deg


@pytest.mark.parametrize("gap", [(0,), (9,), (4, 5)])
def test_a_gap_in_the_back_changes_the_answer_little(gap: tuple[int, ...]) -> None:
    slump = typical(1.0)
    lost = np.isin(np.arange(N_WINDOWS), gap)
    slopes = tuple(np.where(lost, np.nan, slump.back_slopes_deg).tolist())
    whole, holey = (
        MODEL.index(measures, NEUTRAL, Basis.CONTOUR) for measures in (slump, replace(slump, back_slopes_deg=slopes))
    )
    assert holey == pytest.approx(whole, rel=0.5)


def test_an_answer_takes_numpy_and_nothing_else() -> None:
    command = (
        "import json, sys, numpy; before = set(sys.modules)\n"
        "from models.measures import Measures; from models.tilt import NetworkTiltModel, TiltReference\n"
        "marks = tuple(float(i) for i in range(14))\n"
        "sits = Measures(trunk_px=100.0, trunk_inclination_deg=0.0, thigh_angle_deg=0.0, marks_px=marks)\n"
        "answer = NetworkTiltModel().estimate(sits, TiltReference(sits, sits, 10.0, False, True))\n"
        "new = {name.split('.')[0] for name in set(sys.modules) - before} - set(sys.stdlib_module_names)\n"
        "print(json.dumps([answer.basis, sorted(new)]))"
    )
    done = subprocess.run([sys.executable, "-c", command], cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == [Basis.SKELETON, ["models", "numpy"]]
