"""The page of profiles: which one is in use, another name, away with it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QInputDialog,
    QLineEdit,
    QListWidget,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from monitor.desktop.look import SPACE, heading, paragraph


class ProfilesPage(QWidget):
    """A list and three buttons."""

    chosen = Signal(str)
    deleted = Signal(str)
    renamed = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Profiles"))
        self.use = QPushButton(self.tr("&Use"))
        self.rename = QPushButton(self.tr("Re&name…"))
        self.delete = QPushButton(self.tr("&Delete…"))
        self.use.clicked.connect(lambda: self.chosen.emit(self._name()))
        self.list.itemActivated.connect(lambda _: self.chosen.emit(self._name()))
        self.rename.clicked.connect(self._rename)
        self.delete.clicked.connect(self._delete)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        column.setSpacing(SPACE)
        column.addWidget(heading(self.tr("Profiles")))
        about = self.tr("One for each place and seat. A new one is made by calibrating, from the tray's menu.")
        column.addWidget(paragraph(about))
        column.addWidget(self.list, 1)
        row = QHBoxLayout()
        for button in (self.use, self.rename, self.delete):
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        self._current = ""

    def show_profiles(self, names: tuple[str, ...], current: str) -> None:
        """Show these; the one in use is marked in words."""
        self._current = current
        self.list.clear()
        for name in names:
            self.list.addItem(self.tr("{name} – in use").format(name=name) if name == current else name)
            self.list.item(self.list.count() - 1).setData(Qt.ItemDataRole.UserRole, name)
        if names:
            self.list.setCurrentRow(max(0, names.index(current) if current in names else 0))
        for button in (self.use, self.rename, self.delete):
            button.setEnabled(bool(names))

    def _name(self) -> str:
        item = self.list.currentItem()
        return str(item.data(Qt.ItemDataRole.UserRole)) if self.list.count() else ""

    def _rename(self) -> None:
        name = self._name()
        title = self.tr("Rename the profile")
        new, taken = QInputDialog.getText(self, title, self.tr("New name:"), QLineEdit.EchoMode.Normal, name)
        if taken and new.strip() and new.strip() != name:
            self.renamed.emit(name, new.strip())

    def _delete(self) -> None:
        name = self._name()
        question = self.tr("Delete the profile “{name}”? Its calibration is gone then; the log stays.").format(
            name=name
        )
        buttons = QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.No
        if (
            QMessageBox.question(self, self.tr("Delete the profile"), question, buttons)
            == QMessageBox.StandardButton.Yes
        ):
            self.deleted.emit(name)
