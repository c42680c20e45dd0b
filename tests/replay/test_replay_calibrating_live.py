"""The live calibration on the sitter of the bundled recording, who does as the guide asks; the real pose model."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np
import pytest
from replay_helpers import OFFICE, SHARED

from calibration.guide import Cue, Phase, Pose, plan
from calibration.placement import Advice
from models.pose import ImageArray, Place
from models.pose import Pose as BodyPose
from monitor.calibrating import Person
from monitor.calibrating_live import CalibrationView, LiveCalibration, PlacementCheck, PlacementView, calibrate_live
from monitor.capture.frame import Frame, FrameSource
from monitor.capture.video import VideoSource
from monitor.errors import CalibrationError
from monitor.loop import open_estimator

SECONDS = {
    Pose.NEUTRAL: (*range(20), *range(27, 36)),
    Pose.SLUMP: tuple(range(41, 54)),
    Pose.STAND: (21, 22, 23, 24),
    None: tuple(range(5)),
}
"""Seconds of the recording in which the sitter does what a pose asks for; standing up is being away."""
LEANS = range(200, 208)
PERSON = Person("desk", stature_cm=172.0)
RATE_HZ = 2.0
Chooser = Callable[[float, Pose | None], tuple[int, ...]]


def obeys(t_s: float, pose: Pose | None) -> tuple[int, ...]:
    return SECONDS.get(pose, SECONDS[None])


@dataclass
class Remembering:
    """The real pose model, asked once for each picture: the next time it gives the same answer."""

    seen: dict[int, tuple[BodyPose, ...]] = field(default_factory=dict)
    pictures: dict[int, ImageArray] = field(default_factory=dict)

    def learn(self, recording: Path) -> None:
        with closing(open_estimator()) as model, VideoSource(recording) as source:
            for frame in source.frames():
                if frame.index <= 54 or frame.index in LEANS:
                    self.pictures[frame.index] = frame.image_bgr
                    self.seen[id(frame.image_bgr)] = model.estimate(frame.image_bgr, frame.t_s, None)

    def estimate(self, image_bgr: ImageArray, t_s: float, place: Place | None) -> tuple[BodyPose, ...]:
        return self.seen.get(id(image_bgr), ())

    def close(self) -> None:
        pass


@pytest.fixture(scope="module")
def model() -> Remembering:
    model = Remembering()
    model.learn(OFFICE)
    return model


def lead(
    model: Remembering, phases: tuple[Phase, ...], chooser: Chooser = obeys, begin_s: float = 1000.0
) -> tuple[LiveCalibration, list[CalibrationView]]:
    """The calibration from its first frame to its last, the pictures chosen by what is asked for."""
    calibration, views, asked = LiveCalibration(model, PERSON, phases, "webcam"), [], None
    while not calibration.done:
        t_s = len(views) / RATE_HZ
        seconds = chooser(t_s, asked)
        picture = model.pictures[seconds[len(views) % len(seconds)]]
        views.append(calibration.step(Frame(picture, begin_s + t_s, len(views))))
        asked = views[-1].moment.phase.pose if views[-1].moment.phase else None
        assert t_s < 400.0
    return calibration, views


def cues(views: list[CalibrationView]) -> list[Cue]:
    return [view.moment.cue for view in views if view.moment.cue is not None]


def test_a_sitter_who_does_as_asked_gets_a_profile(model: Remembering) -> None:
    calibration, views = lead(model, plan(repeats=2))
    posed = [Cue.CHANGE, Cue.HOLD, Cue.DONE]
    assert cues(views) == [Cue.CHANGE, *posed, Cue.CHANGE, *posed, *posed, Cue.CHANGE, *posed, Cue.FINISHED]
    verdict = calibration.verdict()
    assert verdict.profile is not None, verdict.problems
    assert (verdict.profile.facing, verdict.profile.near) == (-1, "left")
    assert (verdict.profile.camera, verdict.profile.width_px) == ("webcam", 640)
    assert verdict.separation > 3.0
    assert float(np.median(verdict.neutral_pct)) == pytest.approx(0.0, abs=15.0)
    assert float(np.median(verdict.slump_pct)) == pytest.approx(100.0, abs=15.0)


def test_every_view_has_what_is_drawn(model: Remembering) -> None:
    _, views = lead(model, plan(repeats=1))
    recorded = [view for view in views if view.moment.recording]
    assert len(recorded) == (8 + 5) * RATE_HZ
    assert all(view.pose is not None and view.contour is not None for view in recorded)
    assert {view.person_frame for view in recorded} == {recorded[0].person_frame}
    assert all(view.frame.index == at for at, view in enumerate(views))


def test_who_moves_in_the_first_neutral_sit_is_asked_again(model: Remembering) -> None:
    def restless(t_s: float, pose: Pose | None) -> tuple[int, ...]:
        return (2, 3, LEANS[2], LEANS[4]) if t_s < 18.0 and pose is Pose.NEUTRAL else obeys(t_s, pose)

    calibration, views = lead(model, plan(repeats=1), restless)
    (again,) = [view.moment for view in views if view.moment.cue is Cue.AGAIN]
    assert "moved too much in the neutral sit" in again.note
    assert calibration.verdict().profile is not None


def test_nobody_at_first_is_no_reason_to_give_up(model: Remembering) -> None:
    calibration, views = lead(model, plan(repeats=1), lambda t, pose: (22, 23) if t < 15.0 else obeys(t, pose))
    assert cues(views).count(Cue.AGAIN) == 1
    assert calibration.verdict().profile is not None


def test_nobody_at_all_is_told_in_a_sentence(model: Remembering) -> None:
    calibration, views = lead(model, plan(repeats=1), lambda *_: (22, 23))
    assert cues(views).count(Cue.AGAIN) == 4
    assert all(view.person_frame is None for view in views)
    assert "Nobody was found in the pictures" in calibration.verdict().problems[0]


def test_level_thighs_are_measured(model: Remembering) -> None:
    calibration, _ = lead(model, plan(repeats=1, with_level=True))
    profile = calibration.verdict().profile
    assert profile is not None
    assert profile.level_calibrated
    # the "level" thigh was the one of the neutral sit
    assert profile.thigh_neutral_deg == pytest.approx(0.0, abs=1.0)


@dataclass
class Played(FrameSource):
    """A live source of the pictures of the recording, in their order, so many of them."""

    model: Remembering
    length: int
    name: str = "webcam"
    live: bool = True

    def frames(self, rate_hz: float | None = None) -> Iterator[Frame]:
        return (Frame(self.model.pictures[i % 20], i / (rate_hz or 1.0), i) for i in range(self.length))

    def close(self) -> None:
        pass


def test_a_camera_that_stops_before_the_end_is_an_error(model: Remembering) -> None:
    moments = []
    with pytest.raises(CalibrationError, match="stopped before the calibration was complete: start it again"):
        calibrate_live(
            Played(model, 20), model, PERSON, plan(1), rate_hz=2.0, on_moment=lambda now, seen: moments.append(seen)
        )
    assert moments == [True] * 20


def test_the_loop_ends_with_the_plan_and_asks_for_a_clearer_slump(model: Remembering) -> None:
    cues_seen = []
    verdict = calibrate_live(
        Played(model, 999), model, PERSON, plan(1), rate_hz=2.0, on_moment=lambda now, seen: cues_seen.append(now.cue)
    )
    assert cues_seen[-1] is Cue.FINISHED
    assert "looks too much like your neutral sit" in verdict.problems[0]
    assert verdict.separation < 3.0


def placed(model: Remembering, seconds: tuple[int, ...], repeats: int = 1, **frame: float) -> list[PlacementView]:
    check = PlacementCheck(model)
    return [
        check.step(Frame(model.pictures[second], 50.0 + at / RATE_HZ, at))
        for at, second in enumerate(seconds * repeats)
    ]


def test_the_camera_of_the_recording_stands_well_and_an_empty_chair_is_noticed(model: Remembering) -> None:
    views = placed(model, (*range(12), *[22] * 8, *range(12)))
    assert views[6].moment.ok
    assert views[6].moment.advice == ()
    assert abs(views[6].moment.yaw_deg) < 10.0
    assert 25.0 < views[6].moment.size_pct < 35.0
    assert views[19].moment.advice == (Advice.NOBODY,)
    assert not views[19].moment.ok
    assert views[-1].moment.ok


def test_a_picture_of_which_the_head_is_cut_off_is_noticed() -> None:
    with closing(open_estimator()) as model, VideoSource(OFFICE) as source:
        check = PlacementCheck(model)
        for frame in source.frames():
            view = check.step(Frame(np.ascontiguousarray(frame.image_bgr[110:]), frame.t_s, frame.index))
            if frame.t_s > 6.0:
                break
    assert Advice.CUT_OFF in view.moment.advice
    assert not view.moment.ok


@pytest.mark.skipif(not SHARED.is_dir(), reason="the photographs are not part of the repository")
@pytest.mark.parametrize(
    ("photograph", "advice", "ok"),
    [
        ("side_on/straight_flip.jpg", (), True),
        ("desk_side/good_posture_20241013_222728_png.jpg", (Advice.KNEE_HIDDEN, Advice.BACK_UNCLEAR), False),
    ],
)
def test_the_placement_of_photographs(photograph: str, advice: tuple[Advice, ...], *, ok: bool) -> None:
    path = SHARED / "recordings" / "real" / photograph
    if not path.is_file():
        pytest.skip(f"{os.fspath(path.name)} is not there")
    picture = cv2.imread(str(path))
    assert picture is not None
    with closing(open_estimator()) as model:
        check = PlacementCheck(model)
        views = [check.step(Frame(picture, at / 5.0, at)) for at in range(24)]
    assert (views[-1].moment.advice, views[-1].moment.ok) == (advice, ok)
