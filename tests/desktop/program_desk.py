"""The program over fakes: a camera thread that only remembers, and a clock that is stepped by hand."""

from __future__ import annotations

from datetime import timedelta

from desk_fakes import FakeCamera, SteppedClock

from monitor.capture.frame import FrameSource
from monitor.desktop.jobs import WatchJob
from monitor.desktop.notices import Notices
from monitor.desktop.program import Program
from monitor.desktop.sounds import Sounds
from monitor.desktop.speaker import Speaker
from monitor.desktop.store import Store
from monitor.folder import DataFolder


class NoCameras:
    def open(self, spec: str) -> FrameSource:
        raise AssertionError("the fake camera thread opens nothing")


class Desk:
    def __init__(self, folder: DataFolder) -> None:
        self.camera, self.clock = FakeCamera(), SteppedClock()
        self.store = Store(folder)
        self.speaker = Speaker(Notices(), Sounds(False))
        self.program = Program(
            self.store,
            NoCameras(),  # type: ignore[arg-type]
            self.camera,  # type: ignore[arg-type]
            self.speaker,
            self.clock,  # type: ignore[arg-type]
        )
        self.program.watch()

    def see(self, what: object) -> None:
        self.camera.signals.moment.emit(what)

    def later(self, **time: float) -> None:
        self.clock.t_s += timedelta(**time).total_seconds()
        self.program.on_tick()

    @property
    def watch_job(self) -> WatchJob:
        assert isinstance(self.camera.job, WatchJob)
        return self.camera.job

    @property
    def orders(self) -> list[object]:
        queue, out = self.watch_job.orders, []
        while not queue.empty():
            out.append(queue.get())
        return out
