"""A page of entries: labels, controls, "More", a sentence where values do not go together, and a reset."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from pydantic import ValidationError
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QFont, QHideEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QFormLayout,
    QLabel,
    QLayout,
    QScrollArea,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from monitor.desktop.look import SPACE, heading, paragraph
from monitor.desktop.settings.controls import Control, WheelGuard, make_control
from monitor.desktop.settings.pages import Entry, Page, plain
from monitor.desktop.wizard.parts import Notice, Sign
from monitor.settings import Settings


class EntriesPage(QScrollArea):
    """One page. ``changed`` is called with new settings whenever a valid value was chosen."""

    def __init__(self, page: Page, settings: Settings, changed: Callable[[Settings], None]) -> None:
        super().__init__()
        self._settings, self._changed = settings, changed
        self._page = page
        self._guard = WheelGuard(self)
        self._labels: dict[str, QWidget] = {}
        self.controls: dict[str, Control] = {}
        self.problem: Notice | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        self.column = QVBoxLayout(inside)
        self.column.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        self.column.setSpacing(SPACE)
        self.column.addWidget(heading(page.title))
        self.column.addWidget(paragraph(page.about))
        self.more = QToolButton()
        self._form = self._make_form()
        self._align()
        self.column.addLayout(self._form)
        self.column.addStretch(1)
        self.setWidget(inside)
        self.show_settings(settings)

    def show_settings(self, settings: Settings) -> None:
        """Show these values."""
        self._settings = settings
        self._hush()
        for entry in self._page.entries:
            group = getattr(settings, entry.table)
            self.controls[_key(entry)].show(getattr(group, entry.name))
            if entry.needs:
                self.controls[_key(entry)].widget.setEnabled(getattr(group, entry.needs))
                self._labels[_key(entry)].setEnabled(getattr(group, entry.needs))

    def reset(self) -> None:
        """Back to the defaults of this page."""
        usual: dict[str, dict[str, object]] = {}
        for entry in self._page.entries:
            info = type(getattr(self._settings, entry.table)).model_fields[entry.name]
            usual.setdefault(entry.table, {})[entry.name] = info.get_default(call_default_factory=True)
        self._take(self._page.entries[0], usual)
        self.show_settings(self._settings)

    def add_below(self, item: QWidget | QLayout) -> None:
        """Put something below the entries."""
        at = self.column.count() - 1  # before the stretch
        if isinstance(item, QWidget):
            self.column.insertWidget(at, item)
        else:
            self.column.insertLayout(at, item)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """A value that was not taken over is not kept on show either."""
        super().hideEvent(event)
        if self.problem is not None:
            self.show_settings(self._settings)

    def _make_form(self) -> QFormLayout:
        form = QFormLayout()
        form.setHorizontalSpacing(SPACE)
        form.setVerticalSpacing(SPACE // 2)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        common = [entry for entry in self._page.entries if not entry.rare]
        rare = [entry for entry in self._page.entries if entry.rare]
        for entry in common:
            self._add(form, entry)
        if rare:
            self._add_more(form)
        for entry in rare:
            self._add(form, entry)
            form.setRowVisible(self.controls[_key(entry)].widget, False)
        self.more.toggled.connect(lambda on: self._show_rare(rare, on))
        return form

    def _add(self, form: QFormLayout, entry: Entry) -> None:
        info = type(getattr(self._settings, entry.table)).model_fields[entry.name]

        def take(value: object) -> None:
            self._take(entry, {entry.table: {entry.name: value}})

        control = make_control(entry, info, take)
        control.focus.installEventFilter(self._guard)
        self.controls[_key(entry)] = control
        if entry.part:
            form.addRow(_small_heading(entry.part))
        if info.annotation is bool:
            form.addRow(control.widget)
            return
        label = QLabel(f"{entry.words}:")
        label.setBuddy(control.focus)
        label.setToolTip(control.help)
        if entry.needs:
            label.setContentsMargins(round(1.5 * SPACE), 0, 0, 0)
        self._labels[_key(entry)] = label
        form.addRow(label, control.widget)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Labels stand above their controls where there is no room beside."""
        super().resizeEvent(event)
        self._fold()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """The columns follow the size of the letters."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and hasattr(self, "_form"):
            self._align()
            self._fold()

    def _align(self) -> None:
        """One column for all, as wide as its widest label: no leap when "More" opens. Boxes of one size."""
        self._label_width = _widest(self._labels.values())
        for label in self._labels.values():
            label.setMinimumWidth(self._label_width)
        boxes = [c.widget for c in self.controls.values() if isinstance(c.widget, QAbstractSpinBox)]
        width = _widest(boxes)
        for box in boxes:
            box.setMinimumWidth(width)
        for control in self.controls.values():
            if not isinstance(control.widget, QCheckBox):
                control.widget.setMinimumHeight(QSpinBox().sizeHint().height())

    def _fold(self) -> None:
        fields = _widest(c.widget for c in self.controls.values() if not isinstance(c.widget, QCheckBox))
        beside = self._label_width + fields + 3 * SPACE <= self.viewport().width()
        wrap = QFormLayout.RowWrapPolicy.DontWrapRows if beside else QFormLayout.RowWrapPolicy.WrapAllRows
        if self._form.rowWrapPolicy() != wrap:
            self._form.setRowWrapPolicy(wrap)

    def _add_more(self, form: QFormLayout) -> None:
        self.more.setText(self.tr("&More"))
        self.more.setToolTip(self.tr("Shows what is seldom changed."))
        self.more.setCheckable(True)
        self.more.setAutoRaise(True)
        self.more.setArrowType(Qt.ArrowType.RightArrow)
        self.more.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.more.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        form.addRow(self.more)

    def _show_rare(self, rare: list[Entry], on: bool) -> None:
        self.more.setArrowType(Qt.ArrowType.DownArrow if on else Qt.ArrowType.RightArrow)
        for entry in rare:
            self._form.setRowVisible(self.controls[_key(entry)].widget, on)

    def _take(self, entry: Entry, values: dict[str, dict[str, object]]) -> None:
        """Take over values if all still go together; else say by the entry what does not, and keep the settings."""
        new = self._settings
        try:
            for table, named in values.items():
                group = getattr(new, table)
                new = new.model_copy(update={table: type(group).model_validate({**group.model_dump(), **named})})
        except ValidationError as error:
            words = error.errors()[0]["msg"].removeprefix("Value error, ")
            self._say(entry, _readable(QCoreApplication.translate("Settings", words), self._page))
            return
        self._hush()
        if new != self._settings:
            self._settings = new
            self._changed(new)

    def _say(self, entry: Entry, why: str) -> None:
        self._hush()
        control = self.controls[_key(entry)]
        sentence = self.tr("Not taken over: {why}. What was set before stays in use.").format(why=why)
        self.problem = Notice(Sign.ADVICE, sentence)
        place = self._form.getWidgetPosition(control.widget)
        self._form.insertRow(int(place[0]) + 1, self.problem)  # type: ignore[index]  # a row and a role, says Qt
        control.focus.setAccessibleDescription(sentence)
        QAccessible.updateAccessibility(QAccessibleEvent(control.focus, QAccessible.Event.DescriptionChanged))

    def _hush(self) -> None:
        if self.problem is None:
            return
        self._form.removeRow(self.problem)
        self.problem = None
        for control in self.controls.values():
            control.focus.setAccessibleDescription(control.help)


def _widest(widgets: Iterable[QWidget]) -> int:
    return max((widget.sizeHint().width() for widget in widgets), default=0)


def _small_heading(text: str) -> QLabel:
    label = QLabel(text)
    font = QFont(label.font())
    font.setWeight(QFont.Weight.DemiBold)
    label.setFont(font)
    label.setContentsMargins(0, SPACE // 2, 0, 0)
    return label


def _readable(words: str, page: Page) -> str:
    """The names of settings in a sentence as the window calls them."""
    for entry in sorted(page.entries, key=lambda e: -len(e.name)):
        words = words.replace(entry.name, f"“{plain(entry.words)}”")
    return words


def _key(entry: Entry) -> str:
    return f"{entry.table}.{entry.name}"
