"""The settings window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QDate, QLocale, QSize, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QListWidget,
    QMessageBox,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from monitor.desktop.look import SPACE, app_icon, paragraph
from monitor.desktop.settings.entries import EntriesPage
from monitor.desktop.settings.pages import Entry, Page, pages
from monitor.desktop.settings.profiles_page import ProfilesPage
from monitor.settings import Settings


class SettingsWindow(QWidget):
    """All settings by pages. Whatever is chosen holds at once; there is nothing to confirm.

    Signals:
        applied: the new `Settings`, at every valid change.
        profile_chosen, profile_deleted: a profile's name.
        profile_renamed: its name, and the new one.
        folder_chosen: the `Path` of another data folder, once confirmed.
    """

    applied = Signal(object)
    profile_chosen = Signal(str)
    profile_deleted = Signal(str)
    profile_renamed = Signal(str, str)
    folder_chosen = Signal(object)

    def __init__(
        self,
        settings: Settings,
        *,
        data_folder: Path,
        profiles: tuple[str, ...],
        profile: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle(self.tr("Saddle – settings"))
        self.setWindowIcon(app_icon())
        self._folder = data_folder
        self._settings = settings
        self.entry_pages: list[EntriesPage] = []
        self.names = QListWidget()
        self.names.setAccessibleName(self.tr("Pages of settings"))
        self.stack = QStackedWidget()
        self.problem = paragraph("")
        self.problem.setObjectName("problem bar")
        self.problem.hide()
        for page in pages():
            self._add_entries(page)
        self.profiles = ProfilesPage()
        self.profiles.chosen.connect(self.profile_chosen)
        self.profiles.deleted.connect(self.profile_deleted)
        self.profiles.renamed.connect(self.profile_renamed)
        self._add(self.tr("Profiles"), self.profiles)
        self._add_data_page()
        self._add_general_page()
        self.names.currentRowChanged.connect(self.stack.setCurrentIndex)
        self.names.setCurrentRow(0)
        self.names.setSpacing(3)
        self.names.setFixedWidth(self.names.sizeHintForColumn(0) + 3 * SPACE)
        self.show_profiles(profiles, profile)
        self._lay_out()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """See `QWidget.sizeHint`."""
        return QSize(820, 620)

    def show_settings(self, settings: Settings) -> None:
        """Show values that were changed elsewhere."""
        self._settings = settings
        for page in self.entry_pages:
            page.show_settings(settings)

    def show_profiles(self, names: tuple[str, ...], current: str) -> None:
        """Show the profiles there are."""
        self.profiles.show_profiles(names, current)

    def show_folder(self, folder: Path) -> None:
        """Show where the data lies."""
        self._folder = folder
        self.where.setText(str(folder))

    def show_problem(self, text: str) -> None:
        """Say a sentence above the pages; an empty one takes it away."""
        self.problem.setText(f"⚠ {text}" if text else "")
        self.problem.setVisible(bool(text))

    def _taken(self, settings: Settings) -> None:
        self.show_problem("")
        self.show_settings(settings)
        self.applied.emit(settings)

    def _add_entries(self, page: Page) -> EntriesPage:
        widget = EntriesPage(page, self._settings, self._taken)
        self.entry_pages.append(widget)
        self._add(page.title, widget)
        return widget

    def _add(self, title: str, widget: QWidget) -> None:
        self.names.addItem(title)
        self.stack.addWidget(widget)

    def _add_data_page(self) -> None:
        about = self.tr("Everything is kept in one folder on this computer: settings, profiles and the log.")
        keep = Entry("log", "keep_days", self.tr("Keep the log"), kind="keep")
        page = self._add_entries(Page(self.tr("Log and data"), about, (keep,)))
        self.where = paragraph(str(self._folder))
        self.where.setAccessibleName(self.tr("Data folder"))
        change = QPushButton(self.tr("&Change the folder…"))
        change.clicked.connect(self._choose_folder)
        show = QPushButton(self.tr("&Open the folder"))
        show.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder))))
        row = QHBoxLayout()
        row.addWidget(change)
        row.addWidget(show)
        row.addStretch(1)
        page.column.insertWidget(3, self.where)
        page.column.insertLayout(4, row)

    def _add_general_page(self) -> None:
        entries = (
            Entry("desktop", "autostart", self.tr("Start with the desktop session")),
            Entry("desktop", "guide_sounds", self.tr("Sounds while calibrating")),
        )
        locale = QLocale.system()
        place = ", ".join(filter(None, (locale.nativeLanguageName(), locale.nativeTerritoryName())))
        today = locale.toString(QDate.currentDate(), QLocale.FormatType.ShortFormat)
        about = self.tr("Numbers and dates are written as this computer is set: {place}, {example}.").format(
            place=place or self.tr("no language"), example=f"{locale.toString(1234.5, 'f', 1)}, {today}"
        )
        self._add_entries(Page(self.tr("General"), about, entries))

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Choose the data folder"), str(self._folder))
        if not chosen or Path(chosen) == self._folder:
            return
        question = self.tr(
            "Keep everything in {folder} from now on? Settings, profiles and log are copied there, unless that folder "
            "holds some already; what is in the old folder stays."
        ).format(folder=chosen)
        buttons = QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.No
        if QMessageBox.question(self, self.tr("Data folder"), question, buttons) == QMessageBox.StandardButton.Yes:
            self.folder_chosen.emit(Path(chosen))

    def _lay_out(self) -> None:
        close = QPushButton(self.tr("C&lose"))
        close.clicked.connect(self.close)
        body = QHBoxLayout()
        body.setSpacing(SPACE)
        body.addWidget(self.names)
        body.addWidget(self.stack, 1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        column.setSpacing(SPACE)
        column.addWidget(self.problem)
        column.addLayout(body, 1)
        column.addLayout(foot)
