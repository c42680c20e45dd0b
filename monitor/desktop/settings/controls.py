"""One control for each kind of setting: its range, step and unit come from the setting's own description."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, get_args, get_origin

from pydantic.fields import FieldInfo
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QSlider, QSpinBox, QWidget

from monitor.desktop.look import SPACE
from monitor.desktop.settings.numbers import NumberBox, TimeBox, limits, number, unit
from monitor.desktop.settings.pages import Entry, choice_words, keep_choices, plain

Changed = Callable[[object], None]
_SENSE = 100
_UNIT_AT_END = re.compile(r", (s|%|deg|days)$")


@dataclass(frozen=True)
class Control:
    """A widget for one setting.

    Attributes:
        widget: what is put on the page.
        focus: the part of it that takes the keyboard.
        show: shows a value without telling of a change.
        help: what is said about it.
    """

    widget: QWidget
    focus: QWidget
    show: Callable[[Any], None]
    help: str = ""


class WheelGuard(QObject):
    """Keeps the wheel, while a page is scrolled, from changing what happens to lie under the pointer."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """See `QObject.eventFilter`."""
        if event.type() == QEvent.Type.Wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        return super().eventFilter(watched, event)


class _Words(QLabel):
    """Words beside a slider, with room for the widest from the start."""

    def __init__(self, widest: str) -> None:
        super().__init__()
        self._widest = widest

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return super().sizeHint().expandedTo(QSize(self.fontMetrics().horizontalAdvance(self._widest) + 2, 0))

    minimumSizeHint = sizeHint  # noqa: N815 - Qt's name


def make_control(entry: Entry, info: FieldInfo, changed: Changed) -> Control:
    """The control that fits the setting; ``changed`` is called with each new value."""
    help_ = entry.help or help_words(info)
    if entry.kind == "share":
        widget, focus, show = _share(info, changed)
    elif entry.kind == "sense":
        widget, focus, show = _sense(info, changed)
    elif entry.kind == "keep":
        widget, focus, show = _keep(changed)
    elif info.annotation is bool:
        widget, focus, show = _tick(entry, changed)
    elif get_origin(info.annotation) is Literal:
        widget, focus, show = _choice(info, changed)
    else:
        widget, focus, show = _number(entry, info, changed)
    focus.setAccessibleName(plain(entry.words))
    focus.setAccessibleDescription(help_)
    focus.setToolTip(help_)
    focus.setObjectName(f"{entry.table}.{entry.name}")
    focus.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return Control(widget, focus, show, help_)


def help_words(info: FieldInfo) -> str:
    """The description of a setting as a sentence, without the unit that the control shows anyway."""
    words = _UNIT_AT_END.sub("", _tr(info.description or ""))
    return f"{words[:1].upper()}{words[1:]}." if words else ""


_Parts = tuple[QWidget, QWidget, Callable[[Any], None]]


def _tick(entry: Entry, changed: Changed) -> _Parts:
    box = QCheckBox(entry.words)
    box.clicked.connect(changed)
    return box, box, box.setChecked


def _choice(info: FieldInfo, changed: Changed) -> _Parts:
    box = QComboBox()
    values = list(get_args(info.annotation))
    for value in values:
        box.addItem(choice_words(value), value)
    box.activated.connect(lambda at: changed(values[at]))
    return box, box, lambda value: box.setCurrentIndex(values.index(value))


def _number(entry: Entry, info: FieldInfo, changed: Changed) -> _Parts:
    allowed = limits(info)
    if info.annotation is int:
        whole = QSpinBox()
        whole.setRange(round(allowed.low), round(allowed.high))
        whole.setKeyboardTracking(False)
        whole.valueChanged.connect(changed)
        return whole, whole, lambda value: _quietly(whole, value)
    box = TimeBox(allowed) if entry.name.endswith("_s") else NumberBox(allowed, unit(entry.name))
    box.valueChanged.connect(lambda value: changed(round(value, 3)))
    return box, box, lambda value: _quietly(box, value)


def _share(info: FieldInfo, changed: Changed) -> _Parts:
    allowed = limits(info)
    slider, words = _slider(round(allowed.low), round(allowed.high), 20, f"{number(allowed.high)}{unit('_pct')}")
    slider.setPageStep(5)

    def tell(value: float) -> None:
        words.setText(f"{number(round(value))}{unit('_pct')}")

    def show(value: float) -> None:
        _quietly(slider, round(value))
        tell(value)

    slider.sliderMoved.connect(tell)
    slider.valueChanged.connect(tell)
    slider.valueChanged.connect(lambda value: changed(float(value)))
    return _row(slider, words), slider, show


def _sense(info: FieldInfo, changed: Changed) -> _Parts:
    """A slider on a logarithmic scale: the middle is 1, each end a factor of 4."""
    allowed = limits(info)
    span = math.log2(allowed.high / allowed.low) / 2.0
    slider, words = _slider(-_SENSE, _SENSE, _SENSE // 2, _tr("very early"))
    slider.setSingleStep(5)
    slider.setPageStep(25)

    def tell(at: int) -> None:
        words.setText(sense_words(2.0 ** (span * at / _SENSE)))

    def show(value: float) -> None:
        at = round(_SENSE * math.log2(value) / span)
        _quietly(slider, at)
        tell(at)

    slider.sliderMoved.connect(tell)
    slider.valueChanged.connect(tell)
    slider.valueChanged.connect(lambda at: changed(round(2.0 ** (span * at / _SENSE), 3)))
    return _row(slider, words), slider, show


def sense_words(value: float) -> str:
    """A sensitivity in words."""
    if value < 0.5:
        return _tr("very late")
    if value < 0.85:
        return _tr("late")
    if value <= 1.18:
        return _tr("as usual")
    return _tr("early") if value <= 2.0 else _tr("very early")


def _keep(changed: Changed) -> _Parts:
    box = QComboBox()
    for days, name in keep_choices():
        box.addItem(name, days)
    box.activated.connect(lambda at: changed(box.itemData(at)))

    def show(days: int) -> None:
        at = box.findData(days)
        if at < 0:
            box.addItem(_tr("{days} days").format(days=number(days)), days)
            at = box.count() - 1
        box.setCurrentIndex(at)

    return box, box, show


def _slider(low: int, high: int, ticks: int, widest: str) -> tuple[QSlider, QLabel]:
    """A slider that tells of a change when it is let go, and the words beside it."""
    slider = QSlider(Qt.Orientation.Horizontal)
    slider.setRange(low, high)
    slider.setTracking(False)
    slider.setTickInterval(ticks)
    slider.setTickPosition(QSlider.TickPosition.TicksBelow)
    slider.setMinimumWidth(14 * SPACE)
    return slider, _Words(widest)


def _row(*widgets: QWidget) -> QWidget:
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(SPACE // 2)
    for widget in widgets:
        layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
    return row


def _quietly(widget: Any, value: Any) -> None:
    blocked = widget.blockSignals(True)
    widget.setValue(value)
    widget.blockSignals(blocked)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Settings", text)
