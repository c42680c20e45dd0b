"""An open settings window with what it told, and somebody who answers its questions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from monitor.desktop.settings.window import SettingsWindow
from monitor.settings import Settings

T = TypeVar("T", bound=QObject)


@dataclass
class Opened:
    """An open settings window and all that it told."""

    window: SettingsWindow
    told: list[Settings] = field(default_factory=list)

    def go_to(self, title: str) -> QWidget:
        """Show the page with this title."""
        (item,) = self.window.names.findItems(title, Qt.MatchFlag.MatchExactly)
        self.window.names.setCurrentItem(item)
        return self.window.stack.currentWidget()

    def control(self, name: str, kind: type[T]) -> T:
        """The control of a setting, with its page in front."""
        found = self.window.findChild(kind, name)
        assert isinstance(found, kind), name
        for row in range(self.window.stack.count()):
            if self.window.stack.widget(row).isAncestorOf(found):
                self.window.names.setCurrentRow(row)
        return found


def answering(button: str) -> list[str]:
    """Press this button in the next question, and keep what was asked."""
    asked: list[str] = []
    timer = QTimer(QApplication.instance())
    timer.setInterval(0)

    def press() -> None:
        box = QApplication.activeModalWidget()
        if not isinstance(box, QMessageBox):
            return
        timer.stop()
        timer.deleteLater()
        asked.append(box.text())
        assert box.defaultButton() is box.button(QMessageBox.StandardButton.Cancel)
        (found,) = [b for b in box.buttons() if b.text().replace("&", "") == button]
        found.click()

    timer.timeout.connect(press)
    timer.start()
    return asked
