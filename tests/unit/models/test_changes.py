"""Changes from neutral, worked out by hand."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from known_sitter import NEUTRAL, SLUMP, moved, scaled

from models.changes import N_OWN, N_POSTURE, back_changes, posture_changes
from models.measures import N_MARKS, N_WINDOWS, Measures

NAN = math.nan
REST = Measures(
    trunk_px=200.0,
    trunk_inclination_deg=4.0,
    thigh_angle_deg=-3.0,
    marks_px=tuple(10.0 * i for i in range(14)),
    back_slopes_deg=tuple(float(i) for i in range(10)),
    back_depths_px=tuple(50.0 + i for i in range(10)),
)
NOW = Measures(
    trunk_px=190.0,
    trunk_inclination_deg=6.0,
    thigh_angle_deg=1.0,
    marks_px=tuple(12.0 * i for i in range(14)),
    back_slopes_deg=tuple(2.0 * i for i in range(10)),
    back_depths_px=tuple(60.0 + i for i in range(10)),
)


def test_there_are_three_changes_and_one_for_each_mark_the_first_nine_without_the_far_side() -> None:
    assert N_POSTURE == 3 + 2 * N_MARKS
    assert N_OWN == 3 + 2 * 3


def test_changes_of_the_posture() -> None:
    # shortened by 10 of 200 px; mark i by 2 i px of 200
    assert posture_changes(NOW, REST) == pytest.approx([5.0, 2.0, 4.0, *range(14)])


def test_changes_of_the_back() -> None:
    found = back_changes(NOW, REST)
    assert found.shape == (N_WINDOWS, 2)
    assert found[:, 0] == pytest.approx(np.arange(10.0))
    assert found[:, 1] == pytest.approx(np.full(10, 5.0))


def test_the_scale_is_on_lengths_of_now_only() -> None:
    posture, back = posture_changes(NOW, REST, 0.5), back_changes(NOW, REST, 0.5)
    # 95 px of 200 are left; mark i is 6 i px and was 10 i
    assert posture == pytest.approx([52.5, 2.0, 4.0, *(-2.0 * np.arange(14))])
    assert back[:, 0] == pytest.approx(np.arange(10.0))
    assert back[:, 1] == pytest.approx((30.0 + 0.5 * np.arange(10) - 50.0 - np.arange(10)) / 2.0)


def test_neutral_has_not_changed_from_itself() -> None:
    assert posture_changes(NEUTRAL, NEUTRAL) == pytest.approx(np.zeros(N_POSTURE))
    assert back_changes(NEUTRAL, NEUTRAL) == pytest.approx(np.zeros((N_WINDOWS, 2)))


def test_changes_do_not_depend_on_size_and_place() -> None:
    def elsewhere(measures: Measures) -> Measures:
        return moved(scaled(measures, 0.7), 100.0, -50.0)

    for changes in (posture_changes, back_changes):
        assert changes(elsewhere(SLUMP), elsewhere(NEUTRAL)) == pytest.approx(changes(SLUMP, NEUTRAL))
        assert changes(elsewhere(SLUMP), NEUTRAL, 1.0 / 0.7) == pytest.approx(changes(SLUMP, NEUTRAL))


def test_what_is_missing_in_either_is_missing_in_the_changes_and_nowhere_else() -> None:
    for now, rest in ((replace(NOW, thigh_angle_deg=NAN), REST), (NOW, replace(REST, thigh_angle_deg=NAN))):
        assert np.flatnonzero(np.isnan(posture_changes(now, rest))).tolist() == [2]
    holey = replace(NOW, back_depths_px=(*NOW.back_depths_px[:9], NAN))
    assert np.argwhere(np.isnan(back_changes(holey, REST))).tolist() == [[9, 1]]
    ear_hidden = replace(NOW, marks_px=(*NOW.marks_px[:2], NAN, NAN, *NOW.marks_px[4:]))
    assert np.flatnonzero(np.isnan(posture_changes(ear_hidden, REST))).tolist() == [5, 6]
