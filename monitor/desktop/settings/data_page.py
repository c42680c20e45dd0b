"""The page of the log and of the folder that everything is kept in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton

from monitor.desktop.look import SPACE
from monitor.desktop.settings.asking import agreed
from monitor.desktop.settings.entries import EntriesPage
from monitor.desktop.settings.pages import Entry, Page, keep_choices
from monitor.settings import Settings


class DataPage(EntriesPage):
    """How long the log is kept, and the data folder.

    Signals:
        folder_chosen: the `Path` of another data folder, once confirmed.
        not_opened: a sentence, when the folder cannot be shown.
    """

    folder_chosen = Signal(object)
    not_opened = Signal(str)

    def __init__(self, settings: Settings, folder: Path, changed: Callable[[Settings], None]) -> None:
        keep = Entry("log", "keep_days", _tr("&Keep the log"), _tr("What is older is removed from the log."), "keep")
        about = _tr("Everything is kept in one folder on this computer: settings, profiles and the log.")
        self._in_force, self._apply = settings, changed
        super().__init__(Page(_tr("Log and data"), about, (keep,)), settings, self._ask_and_apply)
        self.where = QLineEdit()
        self.where.setReadOnly(True)
        self.where.setAccessibleName(_tr("Data folder"))
        self.change = QPushButton(_tr("&Change the folder…"))
        self.open = QPushButton(_tr("&Open the folder"))
        self.change.clicked.connect(self._choose)
        self.open.clicked.connect(self._open)
        label = QLabel(_tr("&Data folder:"))
        label.setBuddy(self.where)
        row = QHBoxLayout()
        row.setSpacing(SPACE // 2)
        row.addWidget(self.change)
        row.addWidget(self.open)
        row.addStretch(1)
        self.add_below(label)
        self.add_below(self.where)
        self.add_below(row)
        self.show_folder(folder)

    def show_settings(self, settings: Settings) -> None:
        """See `EntriesPage.show_settings`."""
        self._in_force = settings
        super().show_settings(settings)

    def show_folder(self, folder: Path) -> None:
        """Show where the data lies."""
        self._folder = folder
        self.where.setText(str(folder))
        self.where.setCursorPosition(0)
        self.where.setToolTip(str(folder))

    def _ask_and_apply(self, settings: Settings) -> None:
        """A shorter time forgets at once, so it is asked for."""
        before, days = self._in_force.log.keep_days, settings.log.keep_days
        shorter = days != 0 and (before == 0 or days < before)
        words = dict(keep_choices()).get(days, "")
        question = _tr("Keep the log for {time} only? What is older is removed now and cannot be brought back.")
        if shorter and not agreed(self, _tr("Keep the log"), question.format(time=words), _tr("&Remove what is older")):
            self.show_settings(self._in_force)
            return
        self._apply(settings)

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, _tr("Choose the data folder"), str(self._folder))
        if not chosen or Path(chosen) == self._folder:
            return
        question = _tr(
            "Keep everything in {folder} from now on? Settings, profiles and log are copied there, unless that folder "
            "holds some already: then those are used. What is in the old folder stays as it is."
        ).format(folder=chosen)
        if agreed(self, _tr("Data folder"), question, _tr("&Use this folder")):
            self.folder_chosen.emit(Path(chosen))

    def _open(self) -> None:
        if not self._folder.is_dir():
            self.not_opened.emit(_tr("The folder is not there yet: it is made when something is kept."))
        elif not QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder))):
            self.not_opened.emit(
                _tr("No program shows folders here: open {folder} by hand.").format(folder=self._folder)
            )


def _tr(text: str) -> str:
    return QCoreApplication.translate("Settings", text)
