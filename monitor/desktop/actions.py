"""What the user can do from the tray or the small window: one set of actions for both."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from monitor.alerts.modes import Mode
from monitor.desktop.status import Kind, Status
from monitor.words import shortened

MORNING_H = 5
"""'Until tomorrow' ends at this hour of the next day."""
LINE_LETTERS = 60
"""A longer reason is cut in the menu and whole in its tooltip."""


class Doer(Protocol):
    """Carries out what was chosen."""

    def pause(self, until: datetime | None) -> None:
        """Let go of the camera until then; None until `resume`."""
        ...

    def resume(self) -> None:
        """Watch again."""
        ...

    def end_snooze(self) -> None:
        """Warn again."""
        ...

    def try_again(self) -> None:
        """Watch again after trouble."""
        ...

    def calibrate(self) -> None:
        """Open the calibration."""
        ...

    def show_live_view(self) -> None:
        """Open the live view."""
        ...

    def show_review(self) -> None:
        """Open the review of the log."""
        ...

    def show_settings(self) -> None:
        """Open the settings."""
        ...

    def set_mode(self, mode: Mode) -> None:
        """Speak up in this way from now on."""
        ...

    def use_profile(self, name: str) -> None:
        """Watch with this profile."""
        ...

    def use_seat(self, name: str | None) -> None:
        """Tag what is seen from now on with this seat; empty for none, None asks for a name."""
        ...

    def keep_calibration(self) -> None:
        """The calibration still fits."""
        ...

    def quit(self) -> None:
        """End the program."""
        ...


def tomorrow(now: datetime) -> datetime:
    """When 'until tomorrow' and 'not now today' end: early on the next local day; ``now`` is aware."""
    local = now.astimezone()
    morning = local.replace(hour=MORNING_H, minute=0, second=0, microsecond=0)
    return morning if local < morning else morning + timedelta(days=1)


class Actions(QObject):
    """The actions, and a menu of them that follows the status."""

    def __init__(self, doer: Doer, now: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._doer = doer
        self.menu = QMenu()
        self.menu.setToolTipsVisible(True)
        self.state = self._action("", lambda: doer.show_live_view())
        self.why = self._action("", lambda: doer.show_live_view())
        self.menu.addSeparator()
        self.recalibrate = self._action(self.tr("Calibrate &again"), doer.calibrate)
        self.keep = self._action(self.tr("It still &fits"), doer.keep_calibration)
        self.again = self._action(self.tr("Tr&y again"), doer.try_again)
        self.warn_again = self._action(self.tr("&Warn again now"), doer.end_snooze)
        self.resume = self._action(self.tr("&Resume"), doer.resume)
        self.pause_menu = self.menu.addMenu(self.tr("&Pause"))
        for text, until in (
            (self.tr("For &15 minutes"), lambda: now() + timedelta(minutes=15)),
            (self.tr("For 1 &hour"), lambda: now() + timedelta(hours=1)),
            (self.tr("Until &tomorrow"), lambda: tomorrow(now())),
            (self.tr("Until I &resume"), lambda: None),
        ):
            self.pause_menu.addAction(text).triggered.connect(lambda _=False, u=until: doer.pause(u()))
        self.menu.addSeparator()
        self.live = self._action(self.tr("&Live view"), doer.show_live_view)
        self.review = self._action(self.tr("Re&view"), doer.show_review)
        self.calibrate = self._action(self.tr("&Calibrate…"), doer.calibrate)
        self._modes = self._mode_menu()
        self.profile_menu = self.menu.addMenu(self.tr("Pr&ofile"))
        self.seat_menu = self.menu.addMenu(self.tr("S&eat"))
        self.show_seats((), "")
        self.settings = self._action(self.tr("&Settings…"), doer.show_settings)
        self.menu.addSeparator()
        self.quit = self._action(self.tr("&Quit"), doer.quit)
        self.show_status(Status())

    def show_status(self, status: Status) -> None:
        """Say the state and offer what can be done in it."""
        self.state.setText(_plain(status.headline()))
        detail = status.quiet_note() if status.quiet_note() else status.detail()
        self.why.setText(_plain(shortened(detail, LINE_LETTERS)))
        self.why.setToolTip(detail)
        self.why.setVisible(bool(detail))
        self.recalibrate.setVisible(bool(status.changed))
        self.keep.setVisible(bool(status.changed))
        self.again.setVisible(status.kind is Kind.TROUBLE)
        self.warn_again.setVisible(status.snoozed)
        paused = status.kind is Kind.PAUSED
        self.resume.setVisible(paused)
        self.pause_menu.menuAction().setVisible(not paused and status.kind is not Kind.SETUP)
        self._modes[status.mode].setChecked(True)

    def show_profiles(self, names: tuple[str, ...], current: str) -> None:
        """Offer these profiles; the one in use is ticked."""
        self.profile_menu.clear()
        group = QActionGroup(self.profile_menu)
        for name in names:
            action = self.profile_menu.addAction(_plain(name))
            action.setCheckable(True)
            action.setChecked(name == current)
            action.triggered.connect(lambda _=False, n=name: self._doer.use_profile(n))
            group.addAction(action)
        self.profile_menu.menuAction().setVisible(bool(names))

    def show_seats(self, names: tuple[str, ...], current: str) -> None:
        """Offer these tags of seats; the one in use is ticked."""
        self.seat_menu.clear()
        group = QActionGroup(self.seat_menu)
        known = sorted({*names, current} - {""})
        for name, text in (("", self.tr("&No tag")), *((name, _plain(name)) for name in known)):
            action = self.seat_menu.addAction(text)
            action.setCheckable(True)
            action.setChecked(name == current)
            action.triggered.connect(lambda _=False, n=name: self._doer.use_seat(n))
            group.addAction(action)
        self.seat_menu.addSeparator()
        self.seat_menu.addAction(self.tr("&Another…")).triggered.connect(lambda _=False: self._doer.use_seat(None))

    def _action(self, text: str, do: Callable[[], None]) -> QAction:
        action = self.menu.addAction(text)
        action.triggered.connect(lambda _=False: do())
        return action

    def _mode_menu(self) -> dict[Mode, QAction]:
        menu = self.menu.addMenu(self.tr("&Warnings"))
        group = QActionGroup(menu)
        actions = {}
        for mode, text in (
            (Mode.QUIET, self.tr("&Quiet: icon and glow only")),
            (Mode.NORMAL, self.tr("&Normal")),
            (Mode.TRAINING, self.tr("&Training for 10 minutes")),
        ):
            action = actions[mode] = menu.addAction(text)
            action.setCheckable(True)
            action.triggered.connect(lambda _=False, m=mode: self._doer.set_mode(m))
            group.addAction(action)
        return actions


def _plain(text: str) -> str:
    """A text without mnemonics."""
    return text.replace("&", "&&")
