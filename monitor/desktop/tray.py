"""The tray icon; and where the desktop has no tray, a small window in its place."""

from __future__ import annotations

import math

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSystemTrayIcon, QVBoxLayout, QWidget

from monitor.desktop.actions import Actions
from monitor.desktop.look import SPACE, app_icon, dimmed, opening_size
from monitor.desktop.pelvis_icon import pelvis_icon
from monitor.desktop.status import Status
from monitor.tally import Tally
from monitor.words import duration_words


def today_words(tally: Tally) -> str:
    """Today's share of tipped time, always with the time that it is a share of."""
    if math.isnan(tally.tipped_pct):
        return QCoreApplication.translate("Tray", "Nothing observed today yet.")
    share = round(tally.tipped_pct)
    words = QCoreApplication.translate("Tray", "Today: tipped {share} % of {time} seated.")
    return words.format(share=share, time=duration_words(tally.seated_s))


class Tray(QObject):
    """The icon, its menu and its tooltip. A click opens the live view."""

    def __init__(self, actions: Actions, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.icon = QSystemTrayIcon(self)
        self.icon.setContextMenu(actions.menu)
        self.icon.activated.connect(lambda why: self._clicked(why, actions))

    def show_status(self, status: Status, tally: Tally) -> None:
        """Draw where the program stands."""
        self.icon.setIcon(pelvis_icon(status))
        lines = [f"Saddle – {status.headline()}", status.quiet_note() or status.detail(), today_words(tally)]
        self.icon.setToolTip("\n".join(line for line in lines if line))
        if not self.icon.isVisible():
            self.icon.show()

    def close(self) -> None:
        """Take the icon away."""
        self.icon.hide()

    def _clicked(self, why: QSystemTrayIcon.ActivationReason, actions: Actions) -> None:
        if why in (QSystemTrayIcon.ActivationReason.Trigger, QSystemTrayIcon.ActivationReason.DoubleClick):
            actions.live.trigger()


class SmallWindow(QWidget):
    """In the place of the tray: the same icon, the same words and the same menu. Closing it quits.

    It is as high as its words need, and higher only where the user has made it so.
    """

    quit_wanted = Signal()

    def __init__(self, actions: Actions) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setWindowTitle("Saddle")
        self.setWindowIcon(app_icon())
        self._picture = QLabel()
        self._headline = QLabel()
        font = self._headline.font()
        font.setBold(True)
        self._headline.setFont(font)
        self._detail = QLabel()
        self._today = QLabel()
        for label in (self._headline, self._detail, self._today):
            label.setWordWrap(True)
        dimmed(self._today)
        menu = QPushButton(self.tr("&Menu"))
        menu.setMenu(actions.menu)
        live = QPushButton(self.tr("&Live view"))
        live.clicked.connect(actions.live.trigger)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        row.setSpacing(SPACE)
        row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.addWidget(self._headline)
        words.addWidget(self._detail)
        words.addWidget(self._today)
        words.addStretch(1)
        buttons = QHBoxLayout()
        buttons.addWidget(live)
        buttons.addWidget(menu)
        buttons.addStretch(1)
        words.addLayout(buttons)
        row.addLayout(words, 1)
        self._fit()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """See `QWidget.sizeHint`."""
        width = max(opening_size(self, 420, 0).width(), self.minimumSizeHint().width())
        return QSize(width, self._height_for(width))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Another width takes another height."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """So do other letters."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and self.layout() is not None:
            self._fit()

    def show_status(self, status: Status, tally: Tally) -> None:
        """Draw where the program stands."""
        icon = pelvis_icon(status)
        self._picture.setPixmap(icon.pixmap(64, 64))
        self._picture.setAccessibleName(status.headline())
        self.setWindowIcon(icon)
        self._headline.setText(status.headline())
        self._detail.setText(status.quiet_note() or status.detail())
        self._today.setText(today_words(tally))
        self._fit()

    def _fit(self) -> None:
        if (layout := self.layout()) is not None:
            layout.activate()  # new words count at once
        needed, snug = self._height_for(self.width()), self.height() <= self.minimumHeight()
        self.setMinimumHeight(needed)
        if snug:
            self.resize(self.width(), needed)

    def _height_for(self, width: int) -> int:
        return max(self.heightForWidth(width), self.minimumSizeHint().height())

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """There is no other place to quit from."""
        super().closeEvent(event)
        self.quit_wanted.emit()
