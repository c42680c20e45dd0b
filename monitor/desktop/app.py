"""The desktop program with its windows: the tray or a small window, and the others as they are asked for."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, QRunnable, QThreadPool, QTimer, Signal
from PySide6.QtWidgets import QInputDialog, QMessageBox, QSystemTrayIcon, QWidget

from calibration.profile import Profile
from monitor.alerts.modes import Mode
from monitor.capture.cameras import CameraInfo, list_cameras
from monitor.clock import Clock
from monitor.desktop.actions import Actions
from monitor.desktop.around import RELEASE_S
from monitor.desktop.camera_thread import CameraThread
from monitor.desktop.cameras import Cameras
from monitor.desktop.jobs import WatchJob
from monitor.desktop.live.window import LiveView
from monitor.desktop.look import app_icon
from monitor.desktop.notices import Notices
from monitor.desktop.pelvis_icon import look_of
from monitor.desktop.preferences import open_settings
from monitor.desktop.program import CALIBRATION, END, LOG, Program
from monitor.desktop.settings.window import SettingsWindow
from monitor.desktop.sounds import Sounds
from monitor.desktop.speaker import Speaker
from monitor.desktop.status import Status, sentence
from monitor.desktop.store import Store
from monitor.desktop.tray import SmallWindow, Tray
from monitor.errors import LogError, SaddleError
from monitor.folder import DataFolder
from monitor.profiles import check_folder
from monitor.settings import Settings
from monitor.surroundings.watcher import Watcher, open_watcher
from monitor.tiltlog.reader import LogReader
from monitor.tiltlog.totals import added

RENEW_S = 2.0
"""Words that grow with the time, in tray and menu, are renewed so often."""


TRAY_LOOKS = 30
TRAY_LOOK_MS = 2000


class Desktop(QObject):
    """The program with its windows. Everything here runs in the windows' thread."""

    quit_wanted = Signal()
    folder_changed = Signal(object)
    seats_known = Signal(object)

    def __init__(
        self,
        folder: DataFolder,
        *,
        source: str = "",
        speed: float = 1.0,
        loop: bool = False,
        tray: bool | None = None,
        watcher: Watcher | None = None,
        camera: CameraThread | None = None,
    ) -> None:
        super().__init__()
        self.clock = Clock(speed)
        self.store = Store(folder)
        self.camera = camera or CameraThread()
        self.cameras = Cameras(self.clock, lambda: self.store.settings.camera, loop=loop)
        self.guide_sounds = Sounds(False)  # a device is looked for only when the calibration opens
        speaker = Speaker(Notices(), Sounds(False))
        self.program = Program(self.store, self.cameras, self.camera, speaker, self.clock, self)
        self.program.source_override = source
        self.actions = Actions(self, self.clock.now, self)
        has_tray = QSystemTrayIcon.isSystemTrayAvailable() if tray is None else tray
        self.tray = Tray(self.actions, self) if has_tray else None
        self.small = None if has_tray else SmallWindow(self.actions)
        if self.small is not None:
            self.small.quit_wanted.connect(self.quit)
        self._tray_looks = TRAY_LOOKS if tray is None and not has_tray else 0
        self.live = LiveView()
        self.list_cameras: Callable[[], tuple[CameraInfo, ...]] = list_cameras
        self.windows: dict[str, QWidget] = {}
        self.program.status_changed.connect(self._on_status)
        self.program.profile_changed.connect(self._on_profile)
        self.program.calibration_wanted.connect(self.calibrate)
        self.program.trouble.connect(self.tell)
        self._seats: tuple[str, ...] = ()
        self.seats_known.connect(self._on_seats)
        self._watcher = watcher
        self._shown: tuple[object, ...] = ()
        self._shown_s = -math.inf

    # -- start and end ------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Show the tray, then the welcome or the watching; the first window is up before the pose model is loaded."""
        self._on_status(self.program.status)
        self._show_seats()
        if self.small is not None:
            self.small.show()
        self._look_for_tray()
        self.program.around.start(self._watcher or open_watcher())
        QThreadPool.globalInstance().start(_Today(self))
        self.program.watch()  # says what is missing, if anything is
        if self.store.trouble:
            self.show_settings()
        elif not self.program.is_set_up:
            self.calibrate(welcome=not self.store.profile_names)

    def _look_for_tray(self) -> None:
        """A program that starts with the session is often there before the panel: look again for a while."""
        if self._tray_looks <= 0:
            return
        self._tray_looks -= 1
        if not QSystemTrayIcon.isSystemTrayAvailable():
            QTimer.singleShot(TRAY_LOOK_MS, self._look_for_tray)
            return
        self._tray_looks = 0
        self.tray = Tray(self.actions, self)
        if self.small is not None:
            self.small.hide()
            self.small = None
        self._shown = ()
        self._on_status(self.program.status)

    def come_up(self) -> None:
        """Somebody started the program again: show that it is here."""
        wizard = self.windows.get("wizard")
        window = wizard if wizard is not None and wizard.isVisible() else self.small or self.live
        window.show()
        window.raise_()
        window.activateWindow()
        self.program.status_changed.emit(self.program.status)

    def quit(self) -> None:
        """End the program: camera released, log written, icon gone."""
        self.program.lend(END)  # closing the calibration is no reason to watch again
        for window in [*self.windows.values(), self.live]:
            window.close()
        self.program.close()
        self.guide_sounds.close()
        if self.tray is not None:
            self.tray.close()
        if self.small is not None:
            self.small.hide()
        self.quit_wanted.emit()

    # -- what the menu asks for (see `Doer`) --------------------------------------------------------------------------

    def pause(self, until: datetime | None) -> None:
        """See `Doer.pause`."""
        self.program.pause(until)

    def resume(self) -> None:
        """See `Doer.resume`."""
        self.program.resume()

    def end_snooze(self) -> None:
        """See `Doer.end_snooze`."""
        self.program.end_snooze()

    def try_again(self) -> None:
        """See `Doer.try_again`."""
        self.program.watch()

    def set_mode(self, mode: Mode) -> None:
        """See `Doer.set_mode`."""
        self._try(lambda: self.program.set_mode(mode))
        self._renew_settings()

    def use_profile(self, name: str) -> None:
        """See `Doer.use_profile`."""
        self._try(lambda: self.program.use_profile(name))
        self._renew_settings()

    def use_seat(self, name: str | None) -> None:
        """See `Doer.use_seat`."""
        if name is None:
            words, ok = QInputDialog.getText(None, self.tr("Seat"), self.tr("What do you sit on from now on?"))
            if not ok or not words.strip():
                self._show_seats()
                return
            name = " ".join(words.split())[:64]
        settings = self.store.settings
        log = settings.log.model_copy(update={"seat": name})
        self._try(lambda: self.program.apply(settings.model_copy(update={"log": log})))
        self._show_seats()
        self._renew_settings()

    def keep_calibration(self) -> None:
        """See `Doer.keep_calibration`."""
        self._try(self.program.keep_calibration)

    def show_live_view(self) -> None:
        """See `Doer.show_live_view`."""
        _bring_up(self.live)
        self.live.show_status(self.program.status)

    def show_review(self) -> None:
        """See `Doer.show_review`."""
        from monitor.desktop.review.window import ReviewWindow  # with the plots, which take a moment to import

        self._open("review", lambda: ReviewWindow(DeskKeeper(self), self.clock.now))

    def show_settings(self) -> None:
        """See `Doer.show_settings`."""
        window = self._open("settings", lambda: open_settings(self))
        if self.store.trouble and isinstance(window, SettingsWindow):
            window.show_broken_file(self.store.trouble)

    def calibrate(self, *, welcome: bool = False) -> None:
        """See `Doer.calibrate`; with ``welcome`` from the very beginning."""
        from monitor.desktop.wizard.window import Wizard

        try:
            check_folder(self.store.folder.profiles)  # nobody sits through it in vain
        except SaddleError as error:
            self.tell(str(error))
            return
        self.guide_sounds.wanted = self.store.settings.desktop.guide_sounds
        self.program.lend(CALIBRATION)

        def make() -> Wizard:
            wizard = Wizard(
                camera=self.camera,
                settings=self.store.settings,
                open_camera=self.cameras.open,
                list_cameras=self.list_cameras,
                sounds=self.guide_sounds,
                source=self.program.source,
                profile_names=self.store.profile_names,
                welcome=welcome,
                profile_name=self.store.profile_name,
                profile=self.program.profile,
            )
            wizard.finished.connect(self._on_calibrated)
            wizard.cancelled.connect(lambda: self.program.take_back(CALIBRATION))
            return wizard

        self._open("wizard", make)

    def _on_seats(self, seats: tuple[str, ...]) -> None:
        self._seats = seats
        self._show_seats()

    def _show_seats(self) -> None:
        now = self.store.settings.log.seat
        self._seats = tuple(sorted({*self._seats, now} - {""}))
        self.actions.show_seats(self._seats, now)

    # -- helpers ------------------------------------------------------------------------------------------------------

    def _renew_settings(self) -> None:
        """Show in an open settings window what was changed elsewhere."""
        window = self.windows.get("settings")
        if isinstance(window, SettingsWindow) and window.isVisible():
            window.show_settings(self.store.settings)
            window.show_profiles(self.store.profile_names, self.store.profile_name)

    def _on_calibrated(self, profile: Profile, chosen: Settings) -> None:
        """Keep the profile and what was chosen with it; settings changed elsewhere meanwhile stay."""
        now = self.store.settings
        cameras = {**now.desktop.cameras, profile.name: chosen.desktop.source}
        places = {"source": chosen.desktop.source, "profile": chosen.desktop.profile, "cameras": cameras}
        changed = {"desktop": now.desktop.model_copy(update=places), "judgement": chosen.judgement}

        def keep() -> None:
            self.store.keep_profile(profile)
            self.store.save(now.model_copy(update=changed))
            self.program.source_override = ""

        while True:
            try:
                keep()
                break
            except SaddleError as error:
                if not self.wants_retry(str(error)):
                    break
        self.program.resume()
        self.program.take_back(CALIBRATION)
        self._renew_settings()

    def _open(self, name: str, make: Callable[[], QWidget]) -> QWidget:
        window = self.windows.get(name)
        if window is None or not window.isVisible():
            if window is not None:
                window.deleteLater()
            window = self.windows[name] = make()
        _bring_up(window)
        return window

    def _try(self, do: Callable[[], None]) -> None:
        """Do something that may fail with a sentence; the sentence is then shown in a window."""
        try:
            do()
        except SaddleError as error:
            self.tell(str(error))

    def change_folder(self, move: Callable[[DataFolder], DataFolder]) -> None:
        """Keep everything in another folder from now on; the camera rests meanwhile. Raises SaddleError."""
        self.rest()
        try:
            self.store.folder = move(self.store.folder)
            self.folder_changed.emit(self.store.folder.path)
            self.store.load()
        finally:
            self.program.take_back(LOG)

    def rest(self) -> None:
        """Let go of the log, until the program takes it back. Blocks for a moment."""
        is_watching = isinstance(self.camera.job, WatchJob)
        self.program.lend(LOG)
        if is_watching:
            self.camera.wait_idle(RELEASE_S)

    def tell(self, text: str) -> None:
        """Show a sentence in a window that waits for nobody."""
        box = QMessageBox(QMessageBox.Icon.Warning, "Saddle", sentence(text))
        box.setWindowIcon(app_icon())
        box.setModal(False)
        self.windows["message"] = box
        box.show()

    def wants_retry(self, text: str) -> bool:
        """Ask whether to try once more to keep a calibration that could not be kept."""
        again, discard = QMessageBox.StandardButton.Retry, QMessageBox.StandardButton.Discard
        words = self.tr("{reason} Your calibration is not lost yet.").format(reason=sentence(text))
        return QMessageBox.warning(None, "Saddle", words, again | discard, again) == again

    def _on_status(self, status: Status) -> None:
        self.live.show_status(status)
        key, now_s = (look_of(status), status.headline(), status.quiet, status.mode), time.monotonic()
        if key == self._shown and now_s - self._shown_s < RENEW_S:
            return  # panels send icon and menu over a bus: not at every frame
        self._shown, self._shown_s = key, now_s
        self.actions.show_status(status)
        if self.tray is not None:
            self.tray.show_status(status, self.program.today.tally)
        if self.small is not None:
            self.small.show_status(status, self.program.today.tally)

    def _on_profile(self, profile: object) -> None:
        self.live.show_profile(profile)  # type: ignore[arg-type]  # a Profile or None, through a signal
        self.actions.show_profiles(self.store.profile_names, self.store.profile_name)


class _Today(QRunnable):
    """Reads what was observed today before the program started, off the windows' thread."""

    def __init__(self, desktop: Desktop) -> None:
        super().__init__()
        self._today, self._path = desktop.program.today, desktop.store.folder.log
        self._day = self._today.tally.day
        self._seats_known = desktop.seats_known

    def run(self) -> None:
        """See `QRunnable.run`."""
        try:
            with LogReader.open(self._path) as reader:
                totals = added(part.totals for part in reader.totals(self._day, self._day))
                self._seats_known.emit(reader.seats())
        except LogError:
            return
        self._today.seed(self._day, totals.seated_s, totals.tipped_s)


class DeskKeeper:
    """Lets the review change the log that the program is writing; see `LogKeeper`."""

    def __init__(self, desktop: Desktop) -> None:
        self._desktop = desktop

    @property
    def path(self) -> Path:
        """See `LogKeeper.path`."""
        return self._desktop.store.folder.log

    def rest(self) -> None:
        """See `LogKeeper.rest`."""
        self._desktop.rest()

    def go_on(self) -> None:
        """See `LogKeeper.go_on`."""
        self._desktop.program.take_back(LOG)


def _bring_up(window: QWidget) -> None:
    window.show()
    window.raise_()
    window.activateWindow()
