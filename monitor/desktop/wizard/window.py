"""The window of the first welcome and the calibration: pages one after the other, until there is a new profile."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from calibration.profile import Profile
from monitor.capture.cameras import CameraInfo
from monitor.capture.frame import FrameSource
from monitor.desktop.camera_thread import CameraThread
from monitor.desktop.look import SPACE, opening_size, rule
from monitor.desktop.sounds import Sounds
from monitor.desktop.wizard.about import AboutPage
from monitor.desktop.wizard.camera import CameraPage
from monitor.desktop.wizard.camera_line import CameraLine
from monitor.desktop.wizard.choices import begin
from monitor.desktop.wizard.page import Page
from monitor.desktop.wizard.parts import StepLine
from monitor.desktop.wizard.placement import PlacementPage
from monitor.desktop.wizard.poses import PosesPage
from monitor.desktop.wizard.result import ResultPage
from monitor.desktop.wizard.welcome import WelcomePage
from monitor.settings import Settings

LEAST = QSize(720, 420)
"""The pages scroll below the size that they would like."""


class Wizard(QWidget):
    """Leads from the welcome to a new profile. Writes nothing itself; the caller saves and watches again.

    Args:
        camera: the camera thread; its job is replaced from the camera page on.
        settings: as they are.
        open_camera: opens what is named as for `monitor.capture.open_source`. Called in the camera thread.
        list_cameras: the cameras of this computer. Called in a thread of the pool.
        sounds: what the poses are led with.
        source: the camera to begin with; empty lets the user choose.
        profile_names: the profiles that there are.
        welcome: whether the first page explains the program.
        profile_name: name to begin with; empty suggests one.
        profile: the calibration in use, whose height of the person and lean of the camera are proposed again.
        parent: see `QWidget`.

    Signals:
        finished: the new `Profile` and the `Settings` with camera, profile and sensitivity as chosen.
        cancelled: the window was left before that; nothing has changed.
    """

    finished = Signal(object, object)
    cancelled = Signal()

    def __init__(
        self,
        *,
        camera: CameraThread,
        settings: Settings,
        open_camera: Callable[[str], FrameSource],
        list_cameras: Callable[[], tuple[CameraInfo, ...]],
        sounds: Sounds,
        source: str = "",
        profile_names: tuple[str, ...] = (),
        welcome: bool = True,
        profile_name: str = "",
        profile: Profile | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle(self.tr("Welcome to Saddle") if welcome else self.tr("Calibrate Saddle"))
        self.choices = begin(settings, source, profile_name, profile)
        self._line = CameraLine(camera, settings, open_camera, self)
        pages: list[Page] = [WelcomePage()] if welcome else []
        pages += [
            CameraPage(self.choices, self._line, list_cameras),
            PlacementPage(self.choices, self._line),
            AboutPage(self.choices, profile_names),
            PosesPage(self.choices, self._line, sounds),
            ResultPage(self.choices),
        ]
        self.pages = tuple(pages)
        self._at, self._over = 0, False
        self._lay_out()
        for page in self.pages:
            page.changed.connect(self._renew)
            page.forward.connect(self.go_next)
            page.wanted.connect(self.go_to)
        size = opening_size(self, 940, 720)
        self.setMinimumSize(LEAST.boundedTo(size))
        self.resize(size)
        self.steps.show_step(0)
        self.page.enter()
        self._renew()

    @property
    def page(self) -> Page:
        """The page that is shown."""
        return self.pages[self._at]

    def go_next(self) -> None:
        """To the next page; from the last one, take the calibration."""
        if self._at + 1 < len(self.pages):
            self._go(self._at + 1)
        else:
            self._finish()

    def go_back(self) -> None:
        """To the page before."""
        if self._at > 0:
            self._go(self._at - 1)

    def go_to(self, name: str) -> None:
        """To the page of this class name."""
        self._go([type(page).__name__ for page in self.pages].index(name))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Return presses the button that has the focus, else Next; Escape closes."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.key() == Qt.Key.Key_Escape:
            self.close()
        elif plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self._press()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Closing the window before the end is the same as Cancel."""
        if not self._over:
            self._over = True
            self.page.leave()
            self._line.stop()
            self.cancelled.emit()
        super().closeEvent(event)

    def _lay_out(self) -> None:
        self.steps = StepLine([page.title for page in self.pages])
        self._stack = QStackedWidget()
        for page in self.pages:
            self._stack.addWidget(_scrolling(page))
        self.back = QPushButton(self.tr("&Back"))
        self.back.clicked.connect(self.go_back)
        self.next = QPushButton()
        self.next.setDefault(True)
        self.next.clicked.connect(self.go_next)
        self.cancel = QPushButton(self.tr("Cancel"))
        self.cancel.clicked.connect(self.close)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE // 2)
        buttons.addWidget(self.cancel)
        buttons.addStretch(1)
        buttons.addWidget(self.back)
        buttons.addWidget(self.next)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        rows.addWidget(self.steps)
        rows.addWidget(rule())
        rows.addWidget(self._stack, 1)
        rows.addWidget(rule())
        rows.addLayout(buttons)

    def _press(self) -> None:
        focus = self.focusWidget()
        if isinstance(focus, QPushButton):
            focus.click()
        elif self.next.isVisible() and not _uses_return(focus):
            self.next.click()

    def _go(self, at: int) -> None:
        if self._over:
            return
        self.page.leave()
        self._at = at
        if not self.page.wants_camera:
            self._line.stop()
        self._stack.setCurrentIndex(at)
        self.steps.show_step(at)
        self.page.enter()
        self._renew()

    def _renew(self) -> None:
        page = self.page
        self.back.setEnabled(self._at > 0)
        self.next.setText(page.next_text or self.tr("&Next"))
        self.next.setEnabled(page.ready)
        self.next.setVisible(page.offers_next)

    def _finish(self) -> None:
        verdict = self.choices.verdict
        if self._over or verdict is None or verdict.profile is None:
            return
        self._over = True
        self.page.leave()
        self._line.stop()
        self.finished.emit(verdict.profile, self.choices.final_settings)
        self.close()


def _scrolling(page: Page) -> QScrollArea:
    """The page in a frame that scrolls when the texts are larger than the window."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setAccessibleName(page.title)
    area.setWidget(page)
    return area


def _uses_return(widget: QWidget | None) -> bool:
    """Whether it is a text field that stands alone: Return takes over what was typed there."""
    return isinstance(widget, QLineEdit) and not isinstance(widget.parent(), QComboBox | QAbstractSpinBox)
