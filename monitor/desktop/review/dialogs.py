"""The small windows of the review: write a note, go through the notes, tag a seat, forget."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from PySide6.QtCore import QDate, QDateTime, QLocale, Qt, QTime
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QDateTimeEdit,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from monitor.desktop.look import SPACE, paragraph
from monitor.desktop.review.range_bar import limit_days
from monitor.desktop.review.view import Span
from monitor.tiltlog.local_days import LocalClock
from monitor.tiltlog.notes import LONGEST
from monitor.tiltlog.records import Note


class _Form(QDialog):
    """A dialog with a form and the usual two buttons."""

    def __init__(self, title: str, accept: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.form = QFormLayout()
        self.form.setSpacing(SPACE // 2)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.ok = self.buttons.addButton(accept, QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        column.setSpacing(SPACE)
        column.addLayout(self.form)
        column.addWidget(self.buttons)
        self.setMinimumWidth(420)


class NoteDialog(_Form):
    """Writes a note for a moment, in the local time of the log."""

    def __init__(self, at: datetime, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self.setWindowTitle(self.tr("Note"))
        self.ok.setText(self.tr("&Keep"))
        self.when = QDateTimeEdit(QDateTime(QDate(at.year, at.month, at.day), QTime(at.hour, at.minute)))
        limit_days(self.when)
        self.when.setCalendarPopup(True)
        self.when.setAccessibleName(self.tr("When"))
        self.text = QLineEdit(text)
        self.text.setMaxLength(LONGEST)
        self.text.setPlaceholderText(self.tr("new chair, back pain 4/10, …"))
        self.text.setAccessibleName(self.tr("Note"))
        self.text.textChanged.connect(lambda words: self.ok.setEnabled(bool(words.strip())))
        self.ok.setEnabled(bool(text.strip()))
        self.form.addRow(self.tr("&When"), self.when)
        self.form.addRow(self.tr("&Note"), self.text)
        self.text.setFocus()

    @property
    def chosen(self) -> datetime:
        """The time chosen, naive, as the log's local clock showed it."""
        day, at = self.when.date(), self.when.time()
        return datetime(day.year(), day.month(), day.day(), at.hour(), at.minute())  # noqa: DTZ001 - of a wall


class NotesDialog(QDialog):
    """The notes of a range: one can be written anew or deleted. What is to be done is told when it is accepted."""

    def __init__(self, notes: Sequence[Note], clock: LocalClock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Notes"))
        self.deleted: list[int] = []
        self.changed: dict[int, str] = {}
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Notes"))
        locale = QLocale.system()
        for note in notes:
            at = clock.local(note.t_utc_s)
            day = locale.toString(QDate(at.year, at.month, at.day), QLocale.FormatType.ShortFormat)
            item = QListWidgetItem(f"{day} {at:%H:%M}  {note.text}")
            item.setData(Qt.ItemDataRole.UserRole, (note.id, note.text, f"{day} {at:%H:%M}  "))
            self.list.addItem(item)
        self.change = QPushButton(self.tr("&Change…"))
        self.delete = QPushButton(self.tr("&Delete"))
        self.change.clicked.connect(self._change)
        self.delete.clicked.connect(self._delete)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        buttons.addButton(self.tr("&Keep"), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(self.change, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self.delete, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        column.addWidget(self.list if notes else QLabel(self.tr("There are no notes in these days.")))
        column.addWidget(buttons)
        for button in (self.change, self.delete):
            button.setEnabled(bool(notes))
        if notes:
            self.list.setCurrentRow(0)
        self.resize(520, 320)

    def _change(self) -> None:
        from PySide6.QtWidgets import QInputDialog

        item = self.list.currentItem()
        if item is None:
            return
        note_id, text, when = item.data(Qt.ItemDataRole.UserRole)
        words, ok = QInputDialog.getText(self, self.tr("Note"), self.tr("Note"), text=self.changed.get(note_id, text))
        if ok and words.strip():
            self.changed[note_id] = words
            item.setText(when + words)

    def _delete(self) -> None:
        item = self.list.takeItem(self.list.currentRow())
        if item is not None:
            note_id, _, _ = item.data(Qt.ItemDataRole.UserRole)
            self.deleted.append(note_id)
            self.changed.pop(note_id, None)
        for button in (self.change, self.delete):
            button.setEnabled(self.list.count() > 0)


class TagDialog(_Form):
    """Names the seat of some days."""

    def __init__(self, span: Span, seats: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self.setWindowTitle(self.tr("Tag the seat"))
        self.ok.setText(self.tr("&Tag"))
        self.seat = QComboBox()
        self.seat.setEditable(True)
        self.seat.addItems(list(seats))
        self.seat.setAccessibleName(self.tr("Seat"))
        line = self.seat.lineEdit()
        if line is not None:
            line.setMaxLength(64)
            line.setPlaceholderText(self.tr("chair, cushion, saddle stool, …"))
        self.days = _Days(span)
        self.form.addRow(
            paragraph(self.tr("All that was seen on these days gets this tag, so that seats can be compared."))
        )
        self.form.addRow(self.tr("&Seat"), self.seat)
        self.form.addRow(self.tr("&From"), self.days.first)
        self.form.addRow(self.tr("To, &included"), self.days.last)


class ForgetDialog(_Form):
    """Chooses what is to be forgotten for good."""

    def __init__(self, span: Span, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self.setWindowTitle(self.tr("Forget"))
        self.ok.setText(self.tr("&Forget…"))
        self.some = QRadioButton(self.tr("&These days"))
        self.everything = QRadioButton(self.tr("&Everything in the log"))
        self.some.setChecked(True)
        self.days = _Days(span)
        self.some.toggled.connect(self.days.first.setEnabled)
        self.some.toggled.connect(self.days.last.setEnabled)
        self.form.addRow(paragraph(self.tr("What is forgotten cannot be brought back, unless you have a backup.")))
        self.form.addRow(self.some)
        self.form.addRow(self.tr("F&rom"), self.days.first)
        self.form.addRow(self.tr("To, &included"), self.days.last)
        self.form.addRow(self.everything)

    @property
    def span(self) -> Span | None:
        """The days to forget; None for everything."""
        return None if self.everything.isChecked() else self.days.span


class _Days:
    """Two dates."""

    def __init__(self, span: Span) -> None:
        self.first, self.last = (QDateEdit(QDate(day.year, day.month, day.day)) for day in (span.first, span.last))
        for edit in (self.first, self.last):
            limit_days(edit)
            edit.setCalendarPopup(True)
        self.first.dateChanged.connect(lambda day: self.last.setDate(max(day, self.last.date())))
        self.last.dateChanged.connect(lambda day: self.first.setDate(min(day, self.first.date())))

    @property
    def span(self) -> Span:
        """The days chosen."""
        first, last = (date(d.year(), d.month(), d.day()) for d in (self.first.date(), self.last.date()))
        return Span(first, max(first, last))


def days_words(span: Span) -> str:
    """The days in short, for a question."""
    locale, short = QLocale.system(), QLocale.FormatType.ShortFormat
    first, last = (locale.toString(QDate(d.year, d.month, d.day), short) for d in (span.first, span.last))
    return str(first) if span.is_day else f"{first} – {last} ({(span.last - span.first + timedelta(days=1)).days} days)"
