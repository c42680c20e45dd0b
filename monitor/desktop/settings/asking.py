"""A question before something that cannot be taken back."""

from __future__ import annotations

from PySide6.QtWidgets import QMessageBox, QWidget


def agreed(parent: QWidget, title: str, question: str, yes: str) -> bool:
    """Ask, with ``yes`` on the one button and the way back on the other, which Enter and Escape take."""
    box = QMessageBox(QMessageBox.Icon.Question, title, question, QMessageBox.StandardButton.Cancel, parent)
    button = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(QMessageBox.StandardButton.Cancel)
    box.exec()
    answer = box.clickedButton() is button
    box.deleteLater()
    return answer
