"""The wizard's line to the camera thread: starts jobs and hands on what belongs to the one that runs now."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from PySide6.QtCore import QObject, Signal

from calibration.guide import Phase
from monitor.calibrating import Person
from monitor.capture.frame import FrameSource
from monitor.desktop.camera_thread import CameraThread
from monitor.desktop.jobs import CalibrationJob, PlacementJob
from monitor.settings import Settings


class CameraLine(QObject):
    """One job at a time, and only its own signals: what an ended job still says is dropped.

    Signals:
        placement: a `PlacementView` of the present job.
        calibration: a `CalibrationView` of the present job.
        verdict: the `Verdict` of the present job.
        trouble: why there is no picture now; the job waits and goes on by itself.
        over: the present job has ended by itself; with the reason, empty where there was none.
        loading: whether the pose model is being loaded.
    """

    placement = Signal(object)
    calibration = Signal(object)
    verdict = Signal(object)
    trouble = Signal(str)
    over = Signal(str)
    loading = Signal(bool)
    _began = Signal(object)

    def __init__(
        self,
        camera: CameraThread,
        settings: Settings,
        open_camera: Callable[[str], FrameSource],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._camera, self._settings, self._open_camera = camera, settings, open_camera
        self._job: PlacementJob | CalibrationJob | None = None
        self._source = ""
        self._token: object = None
        self._begun = False
        self._failure = ""
        self._began.connect(self._on_began)
        signals = camera.signals
        signals.placement.connect(self._on_placement)
        signals.calibration.connect(self._on_calibration)
        signals.verdict.connect(self._on_verdict)
        signals.lost.connect(self._on_lost)
        signals.off.connect(self._on_off)
        signals.failed.connect(self._on_failed)
        signals.loading.connect(self._on_loading)
        signals.ended.connect(self._on_ended)

    @property
    def running(self) -> bool:
        """Whether a job of this line runs or is about to."""
        return self._job is not None

    def look(self, source: str, roll_deg: float) -> None:
        """Look at where the camera stands; goes on where this very camera is looked through already."""
        if isinstance(self._job, PlacementJob) and self._source == source:
            self._job.roll_deg = roll_deg
            return
        token = object()
        self._start(source, token, PlacementJob(self._settings, self._opener(source, token), roll_deg))

    def set_roll(self, roll_deg: float) -> None:
        """The camera leans by so much, from the next frame on."""
        if isinstance(self._job, PlacementJob):
            self._job.roll_deg = roll_deg

    def calibrate(self, source: str, person: Person, phases: tuple[Phase, ...]) -> None:
        """Lead through the poses."""
        token = object()
        self._start(source, token, CalibrationJob(self._settings, self._opener(source, token), person, phases))

    def stop(self) -> None:
        """End the job, if one runs, and leave the camera off."""
        if self._job is not None:
            self._job = self._token = None
            self._camera.start(None)

    def _start(self, source: str, token: object, job: PlacementJob | CalibrationJob) -> None:
        self._source, self._token, self._job, self._begun = source, token, job, False
        self._camera.start(job)

    def _opener(self, source: str, token: object) -> Callable[[], FrameSource]:
        """Opens the camera and tells so: signals that come after that are the new job's."""

        def open_it() -> FrameSource:
            with suppress(RuntimeError):  # the window is gone; the job is about to end
                self._began.emit(token)
            return self._open_camera(source)

        return open_it

    def _on_began(self, token: object) -> None:
        self._begun = self._begun or (token is not None and token is self._token)

    @property
    def _mine(self) -> bool:
        return self._job is not None and self._begun

    def _on_placement(self, view: object) -> None:
        if self._mine and isinstance(self._job, PlacementJob):
            self.placement.emit(view)

    def _on_calibration(self, view: object) -> None:
        if self._mine and isinstance(self._job, CalibrationJob):
            self.calibration.emit(view)

    def _on_verdict(self, verdict: object) -> None:
        if self._mine and isinstance(self._job, CalibrationJob):
            self.verdict.emit(verdict)

    def _on_lost(self, reason: str) -> None:
        if self._mine:
            self.trouble.emit(reason)

    def _on_off(self, reason: str) -> None:
        if self._job is not None:  # the camera may be held off before it was ever opened
            self.trouble.emit(reason)

    def _on_failed(self, reason: str) -> None:
        self._failure = reason  # whose failure it was is known when that job has ended

    def _on_loading(self, loading: bool) -> None:
        if self._job is not None:
            self.loading.emit(loading)

    def _on_ended(self, job: object) -> None:
        failure, self._failure = self._failure, ""
        if job is not None and job is self._job:
            self._job = self._token = None
            self.over.emit(failure)
