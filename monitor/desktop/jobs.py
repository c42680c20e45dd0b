"""What the camera thread can be asked to do: watch, look at where the camera stands, calibrate. One at a time.

A job's `run` is called in the camera thread and tells what happens through ``say``, whose signals reach the windows in
their own thread. `end` may be called from any thread and returns at once; the camera is closed by then or soon after.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue
from typing import Protocol

from calibration.guide import Phase
from calibration.profile import Profile
from models.pose import PoseEstimator
from monitor.alerts.modes import Mode
from monitor.calibrating import Person
from monitor.calibrating_live import LiveCalibration, PlacementCheck
from monitor.capture.frame import FrameSource
from monitor.capture.switch import CameraSwitch
from monitor.clock import Clock
from monitor.desktop.signals import CameraSignals, Reading
from monitor.errors import LogError
from monitor.feed import Feed
from monitor.judgement.assessment import Assessment
from monitor.loop import Moment
from monitor.notify import NoNotifier
from monitor.orders import Order
from monitor.settings import Settings
from monitor.tiltlog.store import TiltLog
from monitor.watch import Watch, forget_old

LOG_RETRY_S = 10.0

OpenCamera = Callable[[str], FrameSource]


class Job(Protocol):
    """One thing that the camera thread does."""

    switch: CameraSwitch

    def run(self, estimator: PoseEstimator, say: CameraSignals) -> None:
        """Do it until it is done or ended. Camera thread; raises SaddleError when it cannot be done."""
        ...


@dataclass
class WatchJob:
    """Watch, log and warn until ended."""

    profile: Profile
    settings: Settings
    log_path: Path
    open_camera: Callable[[], FrameSource]
    mode: Mode = Mode.NORMAL
    any_camera: bool = False
    quiet: Callable[[], str] = lambda: ""
    clock: Clock = field(default_factory=Clock)
    switch: CameraSwitch = field(default_factory=CameraSwitch)
    orders: SimpleQueue[Order] = field(default_factory=SimpleQueue)

    def run(self, estimator: PoseEstimator, say: CameraSignals) -> None:
        """See `Job.run`. A log that cannot be opened is tried again until it can."""
        while not self.switch.ended:
            try:
                log = TiltLog.open_to_watch(self.log_path)
            except LogError as error:
                say.failed.emit(str(error))
                self.switch.wait(LOG_RETRY_S)
                continue
            with log:
                forget_old(log, self.settings, self.clock.now(), say.problem.emit)
                self._watch(log, estimator, say)
            return

    def _watch(self, log: TiltLog, estimator: PoseEstimator, say: CameraSignals) -> None:
        screen = _Screen(say)
        watch = Watch(
            profile=self.profile,
            estimator=estimator,
            settings=self.settings,
            log=log,
            view=screen,
            notifier=NoNotifier("the window gives the notices"),
            bell=lambda: None,
            any_camera=self.any_camera,
            patient=True,
            ask_first=True,
            mode=self.mode,
            on_moment=screen.on_moment,
            switch=self.switch,
            orders=self.orders,
            quiet=self.quiet,
            clock=self.clock,
            now=self.clock.now,
        )
        watch.run(None, self.open_camera)


class _Screen:
    """The `View` of a watch that hands everything on to the windows."""

    def __init__(self, say: CameraSignals) -> None:
        self._say = say
        self._judged_hz = 0.0
        self._dropped = 0

    def show(self, assessment: Assessment, clock: str, judged_hz: float, dropped: int) -> None:
        """See `monitor.view.View.show`; what is shown comes with the moment."""
        self._judged_hz, self._dropped = judged_hz, dropped

    def on_moment(self, moment: Moment) -> None:
        """A judged frame."""
        self._say.moment.emit(Reading(moment, self._judged_hz, self._dropped))

    def show_lost(self, reason: str) -> None:
        """See `monitor.view.View.show_lost`."""
        self._say.lost.emit(reason)

    def show_off(self, reason: str) -> None:
        """See `monitor.view.View.show_off`."""
        self._say.off.emit(reason)

    def say(self, text: str, style: str = "") -> None:
        """See `monitor.view.View.say`; what is red is a problem."""
        (self._say.problem if style == "red" else self._say.said).emit(text)


@dataclass
class PlacementJob:
    """Look at where the camera stands, until ended."""

    settings: Settings
    open_camera: Callable[[], FrameSource]
    roll_deg: float = 0.0
    switch: CameraSwitch = field(default_factory=CameraSwitch)

    def run(self, estimator: PoseEstimator, say: CameraSignals) -> None:
        """See `Job.run`. The roll is taken anew at every frame, so that it can be dragged."""
        roll_deg, check = self.roll_deg, PlacementCheck(estimator, self.roll_deg)
        feed = _feed(self.settings, self.open_camera, self.switch, say)
        for frame in feed.frames():
            if self.roll_deg != roll_deg:
                roll_deg = self.roll_deg
                check = PlacementCheck(estimator, roll_deg)
            view = check.step(frame)
            say.placement.emit(view)


@dataclass
class CalibrationJob:
    """Lead through a calibration and tell the verdict."""

    settings: Settings
    open_camera: Callable[[], FrameSource]
    person: Person
    phases: tuple[Phase, ...]
    switch: CameraSwitch = field(default_factory=CameraSwitch)

    def run(self, estimator: PoseEstimator, say: CameraSignals) -> None:
        """See `Job.run`. A camera that is lost is waited for; the guide asks for the pose again."""
        calibration: LiveCalibration | None = None
        feed = _feed(self.settings, self.open_camera, self.switch, say)
        for frame in feed.frames():
            if calibration is None:
                calibration = LiveCalibration(estimator, self.person, self.phases, feed.name)
            say.calibration.emit(calibration.step(frame))
            if calibration.done:
                break
        if calibration is not None and calibration.done:
            say.verdict.emit(calibration.verdict())


def _feed(settings: Settings, open_camera: Callable[[], FrameSource], switch: CameraSwitch, say: CameraSignals) -> Feed:
    return Feed(
        source=None,
        reopen=open_camera,
        settings=settings.camera,
        switch=switch,
        wait=switch.wait,
        patient=True,
        on_lost=lambda error: say.lost.emit(str(error)),
        on_off=say.off.emit,
        on_back=lambda: say.said.emit("The camera is back."),
    )
