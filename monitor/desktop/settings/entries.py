"""A page of entries: labels, controls, "More", a sentence where values do not go together, and a reset."""

from __future__ import annotations

from collections.abc import Callable

from pydantic import ValidationError
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from monitor.desktop.look import SPACE, heading, paragraph
from monitor.desktop.settings.controls import Control, make_control
from monitor.desktop.settings.pages import Entry, Page
from monitor.settings import Settings


class EntriesPage(QScrollArea):
    """One page. ``changed`` is called with new settings whenever a valid value was chosen."""

    def __init__(self, page: Page, settings: Settings, changed: Callable[[Settings], None]) -> None:
        super().__init__()
        self._settings, self._changed = settings, changed
        self._page = page
        self.controls: dict[str, Control] = {}
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        column.setSpacing(SPACE)
        column.addWidget(heading(page.title))
        column.addWidget(paragraph(page.about))
        self.problem = paragraph("")
        self.problem.setObjectName("problem")
        self.problem.hide()
        column.addLayout(self._form([e for e in page.entries if not e.rare]))
        rare = [e for e in page.entries if e.rare]
        if rare:
            column.addWidget(self._more(rare, column))
        column.addWidget(self.problem)
        column.addStretch(1)
        reset = QPushButton(self.tr("&Reset this page"))
        reset.clicked.connect(self.reset)
        column.addWidget(reset, 0, Qt.AlignmentFlag.AlignLeft)
        self.column = column
        self.setWidget(inside)
        self.show_settings(settings)

    def show_settings(self, settings: Settings) -> None:
        """Show these values."""
        self._settings = settings
        self.problem.hide()
        for entry in self._page.entries:
            self.controls[_key(entry)].show(getattr(getattr(settings, entry.table), entry.name))

    def reset(self) -> None:
        """Back to the defaults of this page."""
        settings = self._settings
        for table in {entry.table for entry in self._page.entries}:
            group = getattr(settings, table)
            usual = {e.name: type(group).model_fields[e.name].default for e in self._page.entries if e.table == table}
            settings = settings.model_copy(update={table: group.model_copy(update=usual)})
        self.show_settings(settings)
        self._changed(settings)

    def _form(self, entries: list[Entry]) -> QFormLayout:
        form = QFormLayout()
        form.setHorizontalSpacing(SPACE)
        form.setVerticalSpacing(SPACE // 2)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        for entry in entries:
            info = type(getattr(self._settings, entry.table)).model_fields[entry.name]
            control = make_control(entry, info, lambda value, e=entry: self._take(e, value))  # type: ignore[misc]
            self.controls[_key(entry)] = control
            if info.annotation is bool:
                form.addRow(control.widget)
                continue
            label = QLabel(f"{entry.words}:")
            label.setBuddy(control.focus)
            form.addRow(label, control.widget)
        return form

    def _more(self, rare: list[Entry], column: QVBoxLayout) -> QWidget:
        holder = QWidget()
        holder.setLayout(self._form(rare))
        holder.layout().setContentsMargins(0, 0, 0, 0)  # type: ignore[union-attr]
        holder.hide()
        button = QPushButton(self.tr("&More…"))
        button.setCheckable(True)
        button.setSizePolicy(button.sizePolicy().horizontalPolicy().Fixed, button.sizePolicy().verticalPolicy())
        button.toggled.connect(holder.setVisible)
        column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return holder

    def _take(self, entry: Entry, value: object) -> None:
        """Take over one value if all still go together; else say what does not, and keep the settings."""
        group = getattr(self._settings, entry.table)
        try:
            new = type(group).model_validate({**group.model_dump(), entry.name: value})
        except ValidationError as error:
            words = error.errors()[0]["msg"].removeprefix("Value error, ")
            self.problem.setText(self.tr("Not taken over: {why}.").format(why=_readable(words, self._page)))
            self.problem.show()
            return
        self.problem.hide()
        self._settings = self._settings.model_copy(update={entry.table: new})
        self._changed(self._settings)


def _readable(words: str, page: Page) -> str:
    """The names of settings in a sentence as the window calls them."""
    for entry in sorted(page.entries, key=lambda e: -len(e.name)):
        words = words.replace(entry.name, f"“{entry.words}”")
    return words


def _key(entry: Entry) -> str:
    return f"{entry.table}.{entry.name}"
