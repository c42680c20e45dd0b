"""How smoothly the desktop program runs beside a workday: the longest stall of its windows, and what it costs.

    python -m bench.desktop [--minutes 5]

The bundled recording plays as the camera, five frames a second, over and over. Printed are: the longest time in which
the windows' thread did not come round (a timer of 5 ms tells) while it watched with the live view open, the same while
it started; and the processor time for each judged frame with the live view closed, against `saddle watch` on the same
frames in the same run, in turns.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from functools import cache
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication
from rich.console import Console

from bench.recordings import BUNDLED, calibrated
from calibration.profile import Profile
from monitor.clock import Clock
from monitor.desktop.app import Desktop
from monitor.desktop.cameras import Cameras
from monitor.desktop.status import Kind
from monitor.folder import DataFolder
from monitor.loop import Moment, open_estimator
from monitor.notify import NoNotifier
from monitor.profiles import save_profile
from monitor.settings import Settings
from monitor.terminal.view import LiveView
from monitor.tiltlog.store import TiltLog
from monitor.watch import Watch

SPEED = 5.0
"""The recording has a frame a second."""
TICK_S = 0.005
CPU_ROUNDS = 3
CPU_FRAMES = 200


class Stalls:
    """Finds out for how long the windows' thread did not come round."""

    def __init__(self) -> None:
        self.longest_s = 0.0
        self.over_50_ms = 0
        self._last_s = time.perf_counter()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start(round(1000 * TICK_S))

    def begin(self) -> None:
        """Count anew."""
        self.longest_s, self.over_50_ms, self._last_s = 0.0, 0, time.perf_counter()

    def _tick(self) -> None:
        now_s = time.perf_counter()
        late_s = now_s - self._last_s - TICK_S
        self.longest_s = max(self.longest_s, late_s)
        self.over_50_ms += late_s > 0.05
        self._last_s = now_s


def main() -> None:
    """Run it and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=5.0, help="how long to watch for the stalls")
    args = parser.parse_args()
    app = QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        print_stalls(app, Path(folder) / "stalls", args.minutes)
    ratios = []
    for _ in range(CPU_ROUNDS):
        with tempfile.TemporaryDirectory() as folder:
            terminal = watch_cpu_ms(Path(folder) / "watch")
            desktop = desktop_cpu_ms(app, Path(folder) / "desktop")
        ratios.append(desktop / terminal)
        print(f"CPU a frame: saddle watch {terminal:.1f} ms, desktop {desktop:.1f} ms, ratio {ratios[-1]:.2f}")
    print(f"CPU against saddle watch, live view closed: {statistics.median(ratios):.2f} (goal 1.1)")


def print_stalls(app: QApplication, folder: Path, minutes: float) -> None:
    """Watch with the live view open and print the longest stalls."""
    desktop = _desktop(folder)
    stalls = Stalls()
    desktop.start()
    desktop.show_live_view()
    _until(app, lambda: desktop.program.status.kind is Kind.WATCHING)
    print(f"longest stall while starting: {1000 * stalls.longest_s:.0f} ms")
    stalls.begin()
    frames = _count(app, desktop, seconds=60.0 * minutes)
    print(
        f"longest stall in {minutes:g} min of watching, live view open: {1000 * stalls.longest_s:.0f} ms (goal 50), "
        f"{stalls.over_50_ms} over 50 ms, {frames} frames shown"
    )
    desktop.quit()


def desktop_cpu_ms(app: QApplication, folder: Path) -> float:
    """Processor time for each frame with the live view closed, ms."""
    desktop = _desktop(folder)
    desktop.start()
    _until(app, lambda: desktop.program.status.kind is Kind.WATCHING)
    begun_s = time.process_time()
    frames = _count(app, desktop, seconds=CPU_FRAMES / SPEED)
    used_s = time.process_time() - begun_s
    desktop.quit()
    return 1000.0 * used_s / frames


def watch_cpu_ms(folder: Path) -> float:
    """The same of `saddle watch` in a terminal of 100 columns, ms."""
    clock = Clock(SPEED)
    settings = Settings()
    cameras = Cameras(clock, lambda: settings.camera, loop=True)
    begun: list[float] = []
    frames = 0

    def on_moment(moment: Moment) -> None:
        nonlocal frames
        if not begun:
            begun.append(time.process_time())
            return
        frames += 1
        if frames == CPU_FRAMES:
            watch.switch.end()

    with (
        TiltLog.open(DataFolder(folder).log) as log,
        closing(open_estimator()) as estimator,
        Path(os.devnull).open("w", encoding="utf-8") as nowhere,
        LiveView(Console(file=nowhere, force_terminal=True, width=100), "bench") as view,
    ):
        watch = Watch(
            profile=_profile(),
            estimator=estimator,
            settings=settings,
            log=log,
            view=view,
            notifier=NoNotifier("a bench"),
            bell=lambda: None,
            on_moment=on_moment,
            clock=clock,
            now=clock.now,
        )
        watch.run(None, lambda: cameras.open(str(BUNDLED)))
        used_s = time.process_time() - begun[0]
    return 1000.0 * used_s / frames


@cache
def _profile() -> Profile:
    """Made in another process, so that the start is measured with the pose model still to be loaded."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as other:
        profile = other.submit(calibrated, BUNDLED).result()
    return profile.model_copy(update={"name": "desk", "camera": BUNDLED.name})


def _desktop(folder: Path) -> Desktop:
    save_profile(DataFolder(folder).profiles, _profile())
    return Desktop(DataFolder(folder), source=str(BUNDLED), speed=SPEED, loop=True, tray=False)


def _until(app: QApplication, done: Callable[[], bool]) -> None:
    while not done():
        app.processEvents()
        time.sleep(0.001)


def _count(app: QApplication, desktop: Desktop, seconds: float) -> int:
    frames = 0

    def one(_: object) -> None:
        nonlocal frames
        frames += 1

    desktop.camera.signals.moment.connect(one)
    QTimer.singleShot(round(1000 * seconds), app.quit)
    app.exec()
    return frames


if __name__ == "__main__":
    main()
