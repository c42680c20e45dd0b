"""The page of profiles: which one is in use, another name, away with it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QInputDialog,
    QLineEdit,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from monitor.desktop.look import SPACE, heading, paragraph
from monitor.desktop.settings.asking import agreed


class ProfilesPage(QWidget):
    """A list and three buttons."""

    chosen = Signal(str)
    deleted = Signal(str)
    renamed = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._current = ""
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Profiles"))
        self.list.setToolTip(self.tr("Enter uses a profile, F2 gives it another name, Delete removes it."))
        self.list.setSpacing(2)
        self.none = paragraph(self.tr("There is no profile yet: calibrate to make the first one."))
        self.use = QPushButton(self.tr("&Use"))
        self.use.setToolTip(self.tr("Watch with this profile from now on."))
        self.rename = QPushButton(self.tr("Re&name…"))
        self.rename.setToolTip(self.tr("Give this profile another name."))
        self.delete = QPushButton(self.tr("&Delete…"))
        self.delete.setToolTip(self.tr("Remove this profile after a question."))
        self.use.clicked.connect(self._use)
        self.list.itemActivated.connect(lambda _: self._use())
        self.list.currentRowChanged.connect(lambda _: self._enable())
        self.rename.clicked.connect(self._rename)
        self.delete.clicked.connect(self._delete)
        for key, button in ((Qt.Key.Key_F2, self.rename), (Qt.Key.Key_Delete, self.delete)):
            shortcut = QShortcut(QKeySequence(key), self.list)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(button.click)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        column.setSpacing(SPACE)
        column.addWidget(heading(self.tr("Profiles")))
        about = self.tr("One for each place and seat. A new one is made by calibrating, from the tray's menu.")
        column.addWidget(paragraph(about))
        column.addWidget(self.none)
        column.addWidget(self.list, 1)
        row = QHBoxLayout()
        row.setSpacing(SPACE // 2)
        for button in (self.use, self.rename, self.delete):
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)

    def show_profiles(self, names: tuple[str, ...], current: str) -> None:
        """Show these; the one in use is marked in words. What was selected stays so if it is still there."""
        selected = self._name()
        self._current = current
        self.list.clear()
        for name in names:
            self.list.addItem(self.tr("{name} – in use").format(name=name) if name == current else name)
            self.list.item(self.list.count() - 1).setData(Qt.ItemDataRole.UserRole, name)
        wanted = selected if selected in names else current
        if names:
            self.list.setCurrentRow(names.index(wanted) if wanted in names else 0)
        self.none.setVisible(not names)
        self._enable()

    def _enable(self) -> None:
        name = self._name()
        self.use.setEnabled(bool(name) and name != self._current)
        self.rename.setEnabled(bool(name))
        self.delete.setEnabled(bool(name))

    def _name(self) -> str:
        item = self.list.currentItem() if self.list.count() else None
        return str(item.data(Qt.ItemDataRole.UserRole) or "") if item is not None else ""

    def _use(self) -> None:
        if self._name() != self._current:
            self.chosen.emit(self._name())

    def _rename(self) -> None:
        name = self._name()
        title = self.tr("Rename the profile")
        new, taken = QInputDialog.getText(self, title, self.tr("New name:"), QLineEdit.EchoMode.Normal, name)
        if taken and new.strip() and new.strip() != name:
            self.renamed.emit(name, new.strip())

    def _delete(self) -> None:
        name = self._name()
        question = self.tr("Delete the profile “{name}”? Its calibration is gone then; the log stays.")
        if agreed(self, self.tr("Delete the profile"), question.format(name=name), self.tr("&Delete")):
            self.deleted.emit(name)
