import math
from dataclasses import replace

import numpy as np
import pytest
from accuracy_stick_body import stick_body

from bench.accuracy.people import draw_habit
from bench.accuracy.posture import AT_DESK, blend, neutral, slump
from bench.accuracy.refusals import upright_on_feet
from bench.accuracy.repertoire import REPERTOIRE, take
from bench.accuracy.rig import BONES, INDEX, make_rig
from bench.accuracy.sitter import Sitter
from bench.accuracy.spine import lumbar_flexion, lumbar_shares, shares
from bench.accuracy.turning import half_way, pitch, yaw

RIG = make_rig(stick_body())
HABIT = draw_habit(np.random.default_rng(4))


def sitter(style="flat", slope_deg=0.0):
    return Sitter(RIG, HABIT, style, slope_deg, 0.02, 0.03)


def lean_deg(seated):
    joints = seated.joints_m
    trunk = joints["shoulder.L"] + joints["shoulder.R"] - joints["hip.L"] - joints["hip.R"]
    return math.degrees(math.atan2(trunk[0], trunk[2]))


def test_forward_pitch_brings_the_top_forward_and_left_yaw_the_front_to_the_left():
    assert (pitch(30) @ [0, 0, 1])[0] == pytest.approx(0.5)
    assert (yaw(30) @ [1, 0, 0])[1] == pytest.approx(0.5)
    assert half_way(pitch(10), pitch(30)) == pytest.approx(pitch(20))


def test_every_vertex_belongs_to_bones_that_add_up_to_one():
    assert RIG.weights.shape == (len(RIG.body.vertices_m), len(BONES))
    assert RIG.weights.sum(axis=1) == pytest.approx(1.0)
    assert (RIG.weights >= 0).all()


def test_shares_of_a_bend_add_up_and_follow_the_skew():
    assert shares(0.0, 6) == pytest.approx(np.full(6, 1 / 6))
    assert shares(0.8, 6)[-1] > shares(0.8, 6)[0]
    assert lumbar_shares(-0.5).sum() == pytest.approx(1.0)


def test_the_pelvis_has_exactly_the_tilt_that_was_asked_for():
    for tilt in (-8.0, 0.0, 12.5, 34.0):
        seated = sitter().pose(replace(neutral(HABIT), tilt=tilt))
        turn = seated.transforms[INDEX["pelvis"], :, :3]
        assert math.degrees(math.atan2(turn[0, 2], turn[2, 2])) == pytest.approx(-tilt)


@pytest.mark.parametrize("lean", [-5.0, 0.0, 10.0])
@pytest.mark.parametrize("more", [-6.0, 0.0, 10.0])
def test_the_trunk_leans_as_asked_whatever_the_pelvis_does(lean, more):
    posture = replace(neutral(HABIT), tilt=HABIT.neutral_tilt + more, lean=lean, thoracic=4.0)
    flexion = lumbar_flexion(RIG, posture)
    assert -12 < flexion < 56
    assert lean_deg(sitter().pose(posture)) == pytest.approx(lean, abs=0.6)


def test_tipping_back_with_the_same_lean_flexes_the_lumbar_spine():
    upright = lumbar_flexion(RIG, neutral(HABIT))
    assert lumbar_flexion(RIG, replace(neutral(HABIT), tilt=HABIT.neutral_tilt + 12)) > upright + 12


def test_the_hips_roll_back_when_the_pelvis_tips_and_the_feet_stay():
    seat = sitter()
    upright = seat.pose(neutral(HABIT))
    tipped = seat.pose(replace(neutral(HABIT), tilt=HABIT.neutral_tilt + 15))
    assert 0.01 < upright.hip_m[0] - tipped.hip_m[0] < 0.04
    assert tipped.joints_m["ankle.L"] == pytest.approx(upright.joints_m["ankle.L"], abs=0.002)


def test_neutral_has_the_thigh_of_the_habit_and_the_feet_on_the_floor():
    seated = sitter().pose(neutral(HABIT))
    thigh = seated.joints_m["knee.L"] - seated.joints_m["hip.L"]
    assert math.degrees(math.asin(thigh[2] / np.linalg.norm(thigh))) == pytest.approx(HABIT.thigh, abs=1.5)
    assert seated.joints_m["ankle.L"][2] == pytest.approx(RIG.sole_m + 0.015, abs=0.01)


def test_hands_at_the_desk_are_over_its_top_and_behind_its_edge():
    seat = sitter()
    wrist = seat.pose(neutral(HABIT)).joints_m["wrist.R"]
    assert wrist[2] > seat.place.desk_m
    assert wrist[0] > seat.place.desk_edge_m


def test_bones_keep_their_length_in_every_posture():
    rng = np.random.default_rng(8)
    seat = sitter()
    for kind in REPERTOIRE:
        joints = seat.pose(take(kind, HABIT, rng)).joints_m
        for upper, lower in (
            ("hip.L", "knee.L"),
            ("knee.R", "ankle.R"),
            ("shoulder.L", "elbow.L"),
            ("elbow.R", "wrist.R"),
        ):
            now = float(np.linalg.norm(joints[upper] - joints[lower]))
            assert now == pytest.approx(RIG.length_m(upper, lower), rel=1e-6), kind


def test_thighs_slope_down_on_a_saddle_and_on_a_kneeling_chair():
    for style, slope in (("saddle", 5.0), ("kneel", 16.0)):
        joints = sitter(style, slope).pose(neutral(HABIT)).joints_m
        assert joints["knee.L"][2] < joints["hip.L"][2] - 0.05


def test_postures_blend_in_numbers_and_in_hands():
    first, second = neutral(HABIT), replace(slump(HABIT), left=(("lap", 1.0),))
    half = blend(first, second, 0.5)
    assert half.tilt == pytest.approx((first.tilt + second.tilt) / 2)
    assert sum(weight for _, weight in half.left) == pytest.approx(1.0)
    assert half.right == AT_DESK
    assert blend(first, second, 1.0) == second


def test_the_upper_body_says_nothing_sure_about_the_pelvis():
    rng = np.random.default_rng(6)
    drawn = [take("free", HABIT, rng) for _ in range(600)]
    tilt = [posture.tilt for posture in drawn]
    for name in ("lean", "thoracic", "neck", "gaze", "slide_m"):
        assert abs(np.corrcoef(tilt, [getattr(posture, name) for posture in drawn])[0, 1]) < 0.15, name


def test_somebody_who_stands_has_straight_legs_and_the_feet_on_the_floor():
    joints = sitter().stand(upright_on_feet(neutral(HABIT)), 0.1).joints_m
    thigh, shank = joints["knee.L"] - joints["hip.L"], joints["ankle.L"] - joints["knee.L"]
    assert thigh @ shank / np.linalg.norm(thigh) / np.linalg.norm(shank) > 0.95
    assert joints["ankle.R"][2] == pytest.approx(RIG.sole_m + 0.015, abs=0.01)
    assert joints["wrist.L"][2] < joints["hip.L"][2] + 0.15
