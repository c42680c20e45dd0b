"""What the judge says of frames that show too little, too much, or somebody else."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from judgement_diary import (
    HIPS_HIDDEN,
    KNEE_HIDDEN,
    NAN,
    NEUTRAL,
    NOBODY,
    SOMEBODY_ELSE,
    STANDS,
    Stretch,
    all_nan,
    judge,
    one,
    play,
    sits,
    states,
)

from models.measures import Measures
from models.pose import N_LANDMARKS, Pose
from models.tilt import Basis
from monitor.judgement.assessment import Assessment, State, View
from monitor.judgement.judge import JudgeState
from monitor.judgement.observation import Observation, Presence
from monitor.judgement.parameters import JudgementSettings


def assert_no_tilt(judged: Assessment) -> None:
    assert all_nan(judged.tilt_deg, judged.tilt_low_deg, judged.tilt_high_deg, judged.tilt_pct)
    assert judged.confidence == 0.0
    assert judged.basis is Basis.NONE


def test_a_well_seen_sitter_has_a_tilt_with_an_interval_and_no_reason() -> None:
    judged = one(sits(40))
    assert judged.state is State.UPRIGHT
    assert judged.reason == ""
    assert judged.tilt_pct == pytest.approx(40.0)
    assert judged.tilt_deg == pytest.approx(0.4 * 12.0)
    assert judged.tilt_low_deg < judged.tilt_deg < judged.tilt_high_deg
    assert judged.view is View.SIDE
    assert judged.basis is Basis.CONTOUR


@pytest.mark.parametrize(
    ("yaw_deg", "view"),
    [(0, View.SIDE), (20, View.SIDE), (20.1, View.OBLIQUE), (39.9, View.OBLIQUE), (40, View.FRONT), (90, View.FRONT)],
)
@pytest.mark.parametrize("towards", [1, -1], ids=["front", "back"])
def test_the_view_is_told_from_the_yaw(yaw_deg: float, towards: int, view: View) -> None:
    assert one(sits(0, view_yaw_deg=float(towards * yaw_deg))).view is view


@pytest.mark.parametrize(
    ("yaw_deg", "view"), [(15.0, View.SIDE), (6.0, View.SIDE), (4.0, View.OBLIQUE), (25.0, View.OBLIQUE)]
)
def test_a_view_far_from_the_calibrated_one_is_oblique_even_if_square(yaw_deg: float, view: View) -> None:
    from_ahead = judge(neutral=replace(NEUTRAL, view_yaw_deg=25.0))
    assert one(sits(0, view_yaw_deg=yaw_deg), from_ahead).view is view


@pytest.mark.parametrize(
    ("what", "view", "reason"),
    [
        (sits(90, view_yaw_deg=75.0), View.FRONT, "front view: put the camera at your side"),
        (HIPS_HIDDEN, View.UNKNOWN, "your shoulders or hips are not seen"),
        (KNEE_HIDDEN, View.SIDE, "your knee is hidden"),
    ],
)
def test_a_view_that_shows_too_little_is_unknown_with_a_reason_and_no_numbers(
    what: Measures, view: View, reason: str
) -> None:
    judged = one(what)
    assert judged.state is State.UNKNOWN
    assert (judged.view, judged.reason) == (view, reason)
    assert_no_tilt(judged)
    assert all_nan(judged.thigh_elevation_deg, judged.knee_above_hip_cm)


def test_an_oblique_view_is_judged_from_the_landmarks_with_less_confidence() -> None:
    judged = one(sits(90, view_yaw_deg=30.0))
    assert judged.state is State.TIPPED
    assert judged.basis is Basis.SKELETON
    side = one(sits(90))
    assert judged.tilt_high_deg - judged.tilt_low_deg > side.tilt_high_deg - side.tilt_low_deg


def test_somebody_who_faces_the_other_way_is_not_judged() -> None:
    by, state = judge(), JudgeState()
    for i in range(30):
        state, judged = by.step(state, Observation(i / 10.0, Presence.SITTER, sits(90), turned=True))
    assert judged.state is State.UNKNOWN
    assert judged.reason == "you face the other way than at calibration"
    assert_no_tilt(judged)
    assert all_nan(judged.trunk_inclination_deg, judged.ear_forward_pct, judged.thigh_elevation_deg)


def test_a_close_up_without_hips_is_unknown_and_says_what_the_camera_must_see() -> None:
    by, state = judge(), JudgeState()
    for i in range(30):
        state, judged = by.step(state, Observation(i / 10.0, Presence.CUT_OFF))
    assert judged.state is State.UNKNOWN
    assert judged.reason.startswith("your hips are outside the picture")
    assert_no_tilt(judged)


@pytest.mark.parametrize(
    ("who", "reason"),
    [(NOBODY, ""), (SOMEBODY_ELSE, "somebody else is in the picture, not at your place")],
)
def test_an_empty_place_is_away_and_says_when_somebody_else_is_there(who: Presence, reason: str) -> None:
    judged = one(who)
    assert (judged.state, judged.reason) == (State.AWAY, reason)
    assert_no_tilt(judged)
    assert all_nan(judged.trunk_inclination_deg, judged.thigh_elevation_deg, judged.ear_forward_pct)


def test_what_was_seen_before_going_away_does_not_colour_the_return() -> None:
    course = [Stretch(sits(120), 10), Stretch(NOBODY, 1), Stretch(sits(0), 1)]
    back_again = play(course, by=judge(JudgementSettings(smoothing_s=3.0)))
    assert back_again[110].tilt_pct == pytest.approx(0.0)


@pytest.mark.parametrize(
    ("thigh_deg", "thigh_px", "state"),
    [
        (-80.0, 160.0, State.STANDING),
        (-56.0, 160.0, State.STANDING),
        (-54.0, 160.0, State.UPRIGHT),
        (-80.0, 100.0, State.UPRIGHT),
    ],
)
def test_standing_is_a_long_thigh_near_the_vertical(thigh_deg: float, thigh_px: float, state: State) -> None:
    rise = thigh_px * math.sin(math.radians(thigh_deg))
    judged = one(sits(0, thigh_angle_deg=thigh_deg, thigh_px=thigh_px, knee_rise_px=rise))
    assert judged.state is state


def test_standing_has_no_tilt_and_needs_no_reason() -> None:
    judged = one(STANDS)
    assert_no_tilt(judged)
    assert judged.reason == ""


def test_from_the_first_standing_frame_on_there_is_no_number() -> None:
    out = play([Stretch(sits(0), 5), Stretch(STANDS, 1)], by=judge(JudgementSettings()), fps=4.0)
    assert all(math.isnan(a.tilt_deg) for a in out if a.t_s >= 5.0)
    assert not math.isnan(out[19].tilt_deg)


def test_time_in_a_state_grows_while_it_lasts() -> None:
    out = play([Stretch(sits(0), 5), Stretch(STANDS, 4)], start_s=1000.0)
    assert states(out) == [State.UPRIGHT, State.STANDING]
    assert out[0].time_in_state_s == 0.0
    assert out[49].time_in_state_s == pytest.approx(4.9)
    assert out[-1].time_in_state_s == pytest.approx(out[-1].t_s - 1006.0, abs=0.5)


def test_a_moment_without_anybody_is_unknown_when_nothing_else_is_known() -> None:
    by, state = judge(), JudgeState()
    _, judged = by.step(state, Observation(0.0, Presence.SITTER, sits(90)))
    assert (judged.state, judged.reason) == (State.UNKNOWN, "just came into view")


def raised(thigh_deg: float, thigh_px: float = 160.0) -> Measures:
    """The neutral sit with the thigh raised."""
    rise_px = thigh_px * math.sin(math.radians(thigh_deg))
    return sits(0, thigh_px=thigh_px, thigh_angle_deg=thigh_deg, knee_rise_px=rise_px)


def counted(change_deg: float) -> float:
    """What a change of the thigh's reading counts for."""
    return change_deg**3 / (change_deg**2 + 25.0)


@pytest.mark.parametrize("neutral_deg", [0.0, -12.0])
@pytest.mark.parametrize("change_deg", [0.0, 2.5, 5.0, 30.0, -30.0])
def test_knee_above_hip_follows_from_the_known_thigh(change_deg: float, neutral_deg: float) -> None:
    judged = one(raised(change_deg), judge(thigh_neutral_deg=neutral_deg))
    elevation_deg = neutral_deg + counted(change_deg)
    assert judged.thigh_elevation_deg == pytest.approx(elevation_deg)
    assert judged.knee_above_hip_cm == pytest.approx(40.0 * math.sin(math.radians(elevation_deg)))


def test_small_changes_of_the_thigh_hardly_count_and_large_ones_nearly_whole() -> None:
    assert [counted(z) for z in (2.5, 5.0, 10.0, 20.0)] == pytest.approx([0.5, 2.5, 8.0, 18.82], abs=0.01)


@pytest.mark.parametrize(("above_cm", "elevation_deg"), [(2, 2.8), (4, 5.6), (6, 8.4), (8, 11.3), (10, 14.1)])
def test_knee_heights_of_the_brief_come_out_on_a_41_cm_thigh(above_cm: float, elevation_deg: float) -> None:
    judged = one(raised(0.0), judge(thigh_cm=41.0, thigh_neutral_deg=elevation_deg))
    assert judged.knee_above_hip_cm == pytest.approx(above_cm, abs=0.05)


@pytest.mark.parametrize(("thigh_px", "known"), [(121.0, True), (119.0, False), (199.0, True), (201.0, False)])
def test_a_thigh_of_the_wrong_length_has_no_height(thigh_px: float, known: bool) -> None:
    judged = one(raised(0.0, thigh_px))
    assert math.isfinite(judged.thigh_elevation_deg) == math.isfinite(judged.knee_above_hip_cm) == known
    assert math.isfinite(judged.tilt_deg)


def test_ear_and_wrist_are_given_against_neutral_in_percent_of_the_trunk() -> None:
    judged = one(sits(0, ear_forward_px=30.0, wrist_reach_px=70.0))
    assert judged.ear_forward_pct == pytest.approx(10.0)
    assert judged.wrist_reach_pct == pytest.approx(-5.0)
    assert math.isnan(one(sits(0, wrist_reach_px=NAN)).wrist_reach_pct)


def test_confidence_is_that_of_the_features_the_view_and_the_edge() -> None:
    ones = np.ones(N_LANDMARKS)
    pose = Pose(np.zeros((N_LANDMARKS, 2)), ones, ones, np.zeros((N_LANDMARKS, 3)), None, 640, 480)

    def of(**changes: float) -> float:
        return (
            judge().step(JudgeState(), Observation(0.0, Presence.SITTER, sits(0, **changes), pose=pose))[1].confidence
        )

    assert of() == 1.0
    assert of(contour_valid=0.9) == pytest.approx(0.9)
    assert of(contour_valid=0.5) == pytest.approx(0.6)
    assert of(view_yaw_deg=30.0) == pytest.approx(0.36)
    assert of(view_yaw_deg=75.0) == 0.0
