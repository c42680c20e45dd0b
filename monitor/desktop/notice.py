"""A notice of our own, for desktops that show none or show none with buttons: a small window that takes no focus."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from monitor.desktop.look import SPACE, picture

SHOWN_MS = 60_000
WIDTH_PX = 380


@dataclass(frozen=True)
class Notice:
    """One notice.

    Attributes:
        key: a later notice of the same key takes its place.
        title: in a few words.
        text: one or two lines.
        answers: what can be answered, as (identifier, words on the button).
        lasting: it stays until it is answered.
    """

    key: str
    title: str
    text: str
    answers: tuple[tuple[str, str], ...] = ()
    lasting: bool = False


class NoticeWindow(QWidget):
    """Shows a notice at the lower right of the screen. Gone when answered, after a minute, or when told."""

    answered = Signal(str, str)

    def __init__(self, notice: Notice) -> None:
        super().__init__(
            None,
            Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint | Qt.WindowType.Tool,
        )
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setObjectName("notice")
        self.notice = notice
        self.setWindowTitle(notice.title)
        self.setAccessibleName(notice.title)
        self.setAccessibleDescription(notice.text)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        outer.setSpacing(SPACE)
        icon = QLabel()
        icon.setPixmap(picture("saddle", 40, 40, self.devicePixelRatioF()))
        outer.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(SPACE // 2)
        outer.addLayout(column, 1)
        title = QLabel(notice.title)
        font = title.font()
        font.setBold(True)
        title.setFont(font)
        title.setWordWrap(True)
        column.addWidget(title)
        body = QLabel(notice.text)
        body.setWordWrap(True)
        column.addWidget(body)
        column.addLayout(self._buttons(notice.answers))
        self.setFixedWidth(max(WIDTH_PX, self.minimumSizeHint().width()))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.close)
        if not notice.lasting:
            self._timer.start(SHOWN_MS)

    def place(self) -> None:
        """Show it at the lower right of the screen that has the pointer's, without taking the focus."""
        screen = QGuiApplication.primaryScreen()
        self.adjustSize()
        self.resize(self.width(), self.heightForWidth(self.width()) if self.hasHeightForWidth() else self.height())
        if screen is not None:
            area = screen.availableGeometry()
            self.move(area.right() - self.width() - SPACE, area.bottom() - self.height() - SPACE)
        self.show()

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802 - Qt's name
        """It does not vanish under the pointer."""
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """The minute begins anew."""
        if not self.notice.lasting:
            self._timer.start(SHOWN_MS)
        super().leaveEvent(event)

    def _buttons(self, answers: Sequence[tuple[str, str]]) -> QVBoxLayout | QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE // 2)
        for answer, words in answers or (("close", self.tr("Close")),):
            button = QPushButton(words)
            button.setObjectName(answer)
            button.clicked.connect(lambda _=False, a=answer: self._answer(a))
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _answer(self, answer: str) -> None:
        self.answered.emit(self.notice.key, answer)
        self.close()
