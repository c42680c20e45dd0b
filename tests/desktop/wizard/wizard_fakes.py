"""A camera thread that does what a test says, and hand-made values for its signals."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import UTC, datetime

import known_sitter
import numpy as np

from bench.obedient_sitter import CAMERAS
from calibration.evaluate import Verdict
from calibration.guide import Cue, GuideMoment, Phase
from calibration.guide import Pose as Ask
from calibration.placement import Advice, PlacementMoment
from calibration.profile import Profile
from models.pose import N_LANDMARKS, Landmark, Pose
from monitor.calibrating_live import CalibrationView, PlacementView
from monitor.capture import Frame
from monitor.desktop.signals import CameraSignals
from monitor.desktop.wizard.window import Wizard
from monitor.posture.person import PersonFrame, Side
from monitor.settings import Settings

PERSON_FRAME = PersonFrame(0.0, 1, Side.RIGHT)
SIT = Phase(Ask.NEUTRAL, "Sit neutral: tip the pelvis slightly forward.", 12.0, 4.0)
NAN = math.nan


class FakeCamera:
    """Opens the camera of each job at once, unless it is slow, and nothing else by itself."""

    def __init__(self) -> None:
        self.signals = CameraSignals()
        self.job = None
        self.started = []
        self.slow = False

    def start(self, job) -> None:
        before, self.job = self.job, job
        self.started.append(job)
        if before is not None and not self.slow:
            self.signals.ended.emit(before)
        if job is not None and not self.slow:
            job.open_camera()

    def end(self, failure: str = "") -> None:
        """The job ends by itself."""
        if failure:
            self.signals.failed.emit(failure)
        job, self.job = self.job, None
        self.signals.ended.emit(job)


class FakeSounds:
    """Remembers what was played."""

    def __init__(self, *, wanted: bool = True, why_not: str = "") -> None:
        self.wanted, self.why_not = wanted, why_not
        self.played = []

    def play(self, name: str) -> None:
        self.played.append(name)


def sitter() -> Pose:
    points = np.zeros((N_LANDMARKS, 2))
    for side in ("LEFT", "RIGHT"):
        places = {"EAR": (310, 70), "SHOULDER": (300, 130), "HIP": (290, 330), "KNEE": (450, 330), "ANKLE": (450, 450)}
        places |= {"ELBOW": (320, 230), "WRIST": (420, 250)}
        for name, place in places.items():
            points[Landmark[f"{side}_{name}"]] = place
    ones = np.ones(N_LANDMARKS)
    return Pose(points, ones, ones, np.zeros((N_LANDMARKS, 3)), None, 640, 480)


def picture(t_s: float) -> Frame:
    return Frame(np.full((480, 640, 3), 90, np.uint8), t_s, round(5 * t_s))


def placement(t_s: float = 1.0, *advice: Advice, ok_for_s: float = 0.0, yaw_deg: float = 2.0) -> PlacementView:
    moment = PlacementMoment(advice, ok_for_s > 0, ok_for_s, yaw_deg, 33.0)
    return PlacementView(picture(t_s), sitter(), None, PERSON_FRAME, moment)


def moment(cue: Cue | None = None, **changes) -> GuideMoment:
    usual = GuideMoment(SIT, 1, 12, 5.2, False, True, 0.2, 0.35, cue, "")
    return replace(usual, **changes)


def calibration(t_s: float = 1.0, cue: Cue | None = None, **changes) -> CalibrationView:
    return CalibrationView(picture(t_s), sitter(), None, PERSON_FRAME, moment(cue, **changes))


def profile(**changes) -> Profile:
    known = {
        "name": "Desk",
        "created": datetime(2025, 3, 1, tzinfo=UTC),
        "camera": "webcam 2 (Desk camera)",
        "width_px": 640,
        "height_px": 480,
        "facing": 1,
        "near": "right",
        "thigh_cm": 42.0,
        "thigh_full_px": 165.0,
        "thigh_neutral_deg": 0.0,
        "level_calibrated": True,
        "neutral": known_sitter.NEUTRAL,
        "neutral_spread": known_sitter.NEUTRAL,
        "slump": known_sitter.with_marks(known_sitter.slumped(known_sitter.NEUTRAL)),
        "neutral_spread_pct": 4.0,
        "contour_trusted": True,
        "skeleton_trusted": True,
        "tilt_model": "test",
    }
    return Profile.model_validate(known | changes)


NEUTRAL_PCT = (-10.0, 0.0, 10.0, 55.0)
SLUMP_PCT = (45.0, 90.0, 100.0, 110.0)


def verdict(**changes) -> Verdict:
    return Verdict(profile(**changes), (), ("A note.",), 9.0, NEUTRAL_PCT, SLUMP_PCT)


def make(qtbot, **changes):
    """A wizard with its fake camera, as it opens."""
    camera = FakeCamera()
    asked = []

    def open_camera(source: str) -> None:
        asked.append(source)

    given = {
        "camera": camera,
        "settings": Settings(),
        "open_camera": open_camera,
        "list_cameras": lambda: CAMERAS,
        "sounds": FakeSounds(),
        "source": "2",
        "welcome": False,
    }
    wizard = Wizard(**(given | changes))
    qtbot.addWidget(wizard)
    qtbot.__dict__.setdefault("kept", []).append(wizard)  # the widgets die with their window
    wizard.show()
    camera.asked = asked
    return wizard, camera


def forward(wizard, camera, to: str):
    """From page to page as a user would, up to the page of that class name."""
    for _ in wizard.pages:
        name = type(wizard.page).__name__
        if name == to:
            return wizard.page
        if name == "CameraPage":
            camera.signals.placement.emit(placement())
        elif name == "PlacementPage":
            camera.signals.placement.emit(placement(5.0, ok_for_s=3.0))
        elif name == "PosesPage":
            wizard.page.start.click()
            camera.signals.verdict.emit(verdict())
            continue
        wizard.next.click()
    raise AssertionError(f"there is no {to}")
