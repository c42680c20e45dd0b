"""The one thread that opens the camera and runs the pose model. One job at a time; a new one ends the one before."""

from __future__ import annotations

import logging
import threading
from contextlib import suppress

from models.pose import PoseEstimator
from monitor.desktop.jobs import Job
from monitor.desktop.signals import CameraSignals
from monitor.errors import SaddleError
from monitor.loop import open_estimator

STOP_S = 5.0


class CameraThread:
    """Runs jobs in the order in which they came. Methods belong to the windows' thread where nothing else is
    said, and return at once but for `stop` and `wait_closed`.

    The pose model is loaded at the first job and kept until `stop`.
    """

    def __init__(self) -> None:
        self.signals = CameraSignals()
        self._changed = threading.Condition()  # guards everything below
        self._next: Job | None = None
        self._current: Job | None = None
        self._stopping = False
        self._holds: dict[str, str] = {}
        self._thread = threading.Thread(target=self._run, name="camera", daemon=True)
        self._thread.start()

    @property
    def job(self) -> Job | None:
        """The job that runs, or is about to."""
        with self._changed:
            return self._next or self._current

    def start(self, job: Job | None) -> None:
        """End the present job and begin this one; None leaves the camera off."""
        with self._changed:
            if job is not None:
                for key, reason in self._holds.items():
                    job.switch.hold(key, reason)
            self._next = job
            if self._current is not None:
                self._current.switch.end()
            self._changed.notify_all()

    def hold(self, key: str, reason: str) -> None:
        """Keep the camera off for this reason, in this job and all later ones, until `release`. From any thread."""
        with self._changed:
            self._holds[key] = reason
            for job in (self._current, self._next):
                if job is not None:
                    job.switch.hold(key, reason)

    def release(self, key: str) -> None:
        """Take the reason back. From any thread."""
        with self._changed:
            self._holds.pop(key, None)
            for job in (self._current, self._next):
                if job is not None:
                    job.switch.release(key)

    def wait_closed(self, seconds: float) -> bool:
        """Wait until the camera is closed; False when it took longer. Never from the windows' thread."""
        with self._changed:
            job = self._current
        return job is None or job.switch.wait_closed(seconds)

    def wait_idle(self, seconds: float) -> bool:
        """Wait until no job runs; False when it took longer."""
        with self._changed:
            return self._changed.wait_for(lambda: self._current is None and self._next is None, seconds)

    def stop(self) -> bool:
        """End everything and wait for it, at most 5 s; False if the camera still had not answered by then."""
        with self._changed:
            self._stopping = True
            self._next = None
            if self._current is not None:
                self._current.switch.end()
            self._changed.notify_all()
        self._thread.join(STOP_S)
        return not self._thread.is_alive()

    def _run(self) -> None:
        estimator: PoseEstimator | None = None
        try:
            while True:
                with self._changed:
                    self._changed.wait_for(lambda: self._next is not None or self._stopping)
                    if self._stopping:
                        return
                    job, self._next = self._next, None
                    self._current = job
                assert job is not None  # noqa: S101 - waited for just above
                estimator = self._do(job, estimator)
                with self._changed:
                    self._current = None
                    self._changed.notify_all()
                self.signals.ended.emit(job)
        finally:
            if estimator is not None:
                estimator.close()

    def _do(self, job: Job, estimator: PoseEstimator | None) -> PoseEstimator | None:
        try:
            if estimator is None:
                self.signals.loading.emit(True)
                try:
                    estimator = open_estimator()
                finally:
                    self.signals.loading.emit(False)
            if not job.switch.ended:
                job.run(estimator, self.signals)
        except SaddleError as error:
            self.signals.failed.emit(str(error))
        except Exception as error:
            logging.getLogger("saddle").exception("the camera thread failed")
            with suppress(RuntimeError):
                self.signals.failed.emit(f"Something unexpected happened ({error}): try again.")
        return estimator
