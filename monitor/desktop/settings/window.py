"""The settings window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QDate, QEvent, QLocale, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from monitor.desktop.look import SPACE, app_icon, paragraph
from monitor.desktop.settings.data_page import DataPage
from monitor.desktop.settings.entries import EntriesPage
from monitor.desktop.settings.pages import QUIET_PAGE, Entry, Page, pages
from monitor.desktop.settings.profiles_page import ProfilesPage
from monitor.desktop.wizard.doctor import doctor_button
from monitor.desktop.wizard.parts import Notice, Sign
from monitor.settings import Settings


class SettingsWindow(QWidget):
    """All settings by pages. Whatever is chosen holds at once; there is nothing to confirm.

    Signals:
        applied: the new `Settings`, at every valid change.
        profile_chosen, profile_deleted: a profile's name.
        profile_renamed: its name, and the new one.
        folder_chosen: the `Path` of another data folder, once confirmed.
        reload_wanted: the settings file is to be read again, after somebody has mended it.
    """

    applied = Signal(object)
    profile_chosen = Signal(str)
    profile_deleted = Signal(str)
    profile_renamed = Signal(str, str)
    folder_chosen = Signal(object)
    reload_wanted = Signal()

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
        self._settings = settings
        self.entry_pages: list[EntriesPage] = []
        self.names = QListWidget()
        self.names.setAccessibleName(self.tr("Pages of settings"))
        self.stack = QStackedWidget()
        self.problem = Notice(Sign.ADVICE)
        self.bar = QFrame()
        self.bar.setFrameShape(QFrame.Shape.StyledPanel)
        self.bar.hide()
        self.again = QPushButton(self.tr("Read it again"))
        self.again.setToolTip(self.tr("Reads the settings file once more, e.g. after it was mended."))
        self.again.clicked.connect(self.reload_wanted)
        self.usual = QPushButton(self.tr("Begin with the usual settings"))
        self.usual.setToolTip(self.tr("The file is put aside and kept under another name; a new one is begun."))
        self.usual.clicked.connect(lambda: self._taken(Settings()))
        for page in pages():
            self._add_entries(page)
        self.not_noticed = paragraph("", dim=True)
        self.not_noticed.hide()
        self.entry_pages[QUIET_PAGE].column.insertWidget(3, self.not_noticed)
        self.profiles = ProfilesPage()
        self.profiles.chosen.connect(self.profile_chosen)
        self.profiles.deleted.connect(self.profile_deleted)
        self.profiles.renamed.connect(self.profile_renamed)
        self._add(self.tr("Profiles"), self.profiles)
        self.data = DataPage(settings, data_folder, self._taken)
        self.data.folder_chosen.connect(self.folder_chosen)
        self.data.not_opened.connect(self.show_problem)
        self.entry_pages.append(self.data)
        self._add(self.tr("Log and data"), self.data)
        self._add_general_page()
        self.reset = QPushButton(self.tr("&Reset this page"))
        self.names.currentRowChanged.connect(self._go_to)
        self.names.setCurrentRow(0)
        self.names.setSpacing(3)
        self._fit_names()
        self.show_profiles(profiles, profile)
        self._lay_out()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """See `QWidget.sizeHint`."""
        letter = self.fontMetrics().height()
        room = self.screen().availableSize()
        return QSize(min(57 * letter, room.width() * 9 // 10), min(46 * letter, room.height() * 9 // 10))

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
        self.data.show_folder(folder)

    def show_not_noticed(self, sentences: tuple[str, ...]) -> None:
        """Say what of the surroundings cannot be noticed on this computer."""
        self.not_noticed.setText("\n".join(sentences))
        self.not_noticed.setVisible(bool(sentences))

    def show_broken_file(self, text: str) -> None:
        """Say why the settings file cannot be used, with two ways on."""
        self.show_problem(text)
        for button in (self.again, self.usual):
            button.show()

    def show_problem(self, text: str) -> None:
        """Say a sentence above the pages; an empty one takes it away."""
        for button in (self.again, self.usual):
            button.hide()
        self.problem.say(text)
        self.bar.setVisible(bool(text))
        if text:
            self.bar.setAccessibleName(text)
            QAccessible.updateAccessibility(QAccessibleEvent(self.bar, QAccessible.Event.Alert))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """The list of pages follows the size of the letters."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and hasattr(self, "names"):
            self._fit_names()

    def _fit_names(self) -> None:
        self.names.setFixedWidth(self.names.sizeHintForColumn(0) + 3 * SPACE)

    def _go_to(self, row: int) -> None:
        self.stack.setCurrentIndex(row)
        self.reset.setVisible(isinstance(self.stack.currentWidget(), EntriesPage))

    def _reset_page(self) -> None:
        page = self.stack.currentWidget()
        if isinstance(page, EntriesPage):
            page.reset()

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

    def _add_general_page(self) -> None:
        entries = (
            Entry("desktop", "autostart", self.tr("&Start with the desktop session")),
            Entry("desktop", "guide_sounds", self.tr("Sounds while &calibrating")),
        )
        locale = QLocale.system()
        place = ", ".join(filter(None, (locale.nativeLanguageName(), locale.nativeTerritoryName())))
        today = locale.toString(QDate.currentDate(), QLocale.FormatType.ShortFormat)
        about = self.tr("Numbers and dates are written as this computer is set: {place}, {example}.").format(
            place=place or self.tr("no language in particular"), example=f"{locale.toString(1234.5, 'f', 1)}, {today}"
        )
        page = self._add_entries(Page(self.tr("General"), about, entries))
        self.doctor = doctor_button()
        row = QHBoxLayout()
        row.addWidget(self.doctor)
        row.addStretch(1)
        page.add_below(row)

    def _lay_out(self) -> None:
        self.reset.setToolTip(self.tr("Everything on this page back to its usual value."))
        self.reset.clicked.connect(self._reset_page)
        close = QPushButton(self.tr("C&lose"))
        close.clicked.connect(self.close)
        for keys in (QKeySequence.StandardKey.Close, QKeySequence.StandardKey.Cancel):
            QShortcut(QKeySequence(keys), self).activated.connect(self.close)
        body = QHBoxLayout()
        body.setSpacing(SPACE)
        body.addWidget(self.names)
        body.addWidget(self.stack, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.reset)
        foot.addStretch(1)
        foot.addWidget(close)
        ways = QHBoxLayout()
        ways.setSpacing(SPACE // 2)
        ways.addWidget(self.again)
        ways.addWidget(self.usual)
        ways.addStretch(1)
        above = QVBoxLayout(self.bar)
        above.addWidget(self.problem)
        above.addLayout(ways)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        column.setSpacing(SPACE)
        column.addWidget(self.bar)
        column.addLayout(body, 1)
        column.addLayout(foot)
