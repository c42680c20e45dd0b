"""One control for each kind of setting: its range, step and unit come from the setting's own description."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, get_args, get_origin

from annotated_types import Ge, Gt, Le, Lt
from pydantic.fields import FieldInfo
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QHBoxLayout, QLabel, QSlider, QSpinBox, QWidget

from monitor.desktop.look import SPACE
from monitor.desktop.settings.pages import KEEP_DAYS, Entry

Changed = Callable[[object], None]
_MINUTES_FROM_S = 90.0
_SENSE = 100
_CHOICES = {"quiet": "quietly: icon and glow only", "normal": "as set below"}
_UNITS = (("_s", " s"), ("_pct", " %"), ("_deg", "°"), ("_hz", " /s"), ("_days", " days"))


@dataclass(frozen=True)
class Control:
    """A widget for one setting.

    Attributes:
        widget: what is put on the page.
        focus: the part of it that takes the keyboard.
        show: shows a value without telling of a change.
    """

    widget: QWidget
    focus: QWidget
    show: Callable[[Any], None]


def make_control(entry: Entry, info: FieldInfo, changed: Changed) -> Control:
    """The control that fits the setting; ``changed`` is called with each new value."""
    if entry.kind == "share":
        control = _share(entry, info, changed)
    elif entry.kind == "sense":
        control = _sense(entry, info, changed)
    elif entry.kind == "keep":
        control = _keep(changed)
    elif info.annotation is bool:
        control = _tick(entry, changed)
    elif get_origin(info.annotation) is Literal:
        control = _choice(info, changed)
    else:
        control = _number(entry, info, changed)
    control.focus.setAccessibleName(entry.words)
    control.focus.setAccessibleDescription(info.description or "")
    control.focus.setToolTip(info.description or "")
    control.focus.setObjectName(f"{entry.table}.{entry.name}")
    return control


def bounds(info: FieldInfo) -> tuple[float, float]:
    """Least and greatest value that the setting allows."""
    low, high = -math.inf, math.inf
    for rule in info.metadata:
        if isinstance(rule, Ge | Gt):
            low = float(rule.ge if isinstance(rule, Ge) else rule.gt)  # type: ignore[arg-type]
        elif isinstance(rule, Le | Lt):
            high = float(rule.le if isinstance(rule, Le) else rule.lt)  # type: ignore[arg-type]
    return low, high


def _tick(entry: Entry, changed: Changed) -> Control:
    box = QCheckBox(entry.words)
    box.clicked.connect(changed)
    return Control(box, box, box.setChecked)


def _choice(info: FieldInfo, changed: Changed) -> Control:
    box = QComboBox()
    values = list(get_args(info.annotation))
    for value in values:
        box.addItem(_tr(_CHOICES.get(value, value)), value)
    box.activated.connect(lambda at: changed(values[at]))
    return Control(box, box, lambda value: box.setCurrentIndex(values.index(value)))


def _number(entry: Entry, info: FieldInfo, changed: Changed) -> Control:
    low, high = bounds(info)
    if info.annotation is int:
        whole = QSpinBox()
        whole.setRange(round(low), round(high))
        whole.setKeyboardTracking(False)
        whole.valueChanged.connect(changed)
        return Control(whole, whole, lambda value: _quietly(whole, value))
    minutes = entry.name.endswith("_s") and float(info.default) >= _MINUTES_FROM_S
    per = 60.0 if minutes else 1.0
    box = QDoubleSpinBox()
    decimals = 0 if minutes and low >= 60 else 1
    box.setDecimals(2 if high <= 1.0 else decimals)
    least = 10.0 ** -box.decimals()
    box.setRange(max(low / per, 0.0 if low == 0 else least), high / per)
    box.setSingleStep(1.0 if high / per > 10 else 0.5 if high > 1.0 else 0.05)
    box.setSuffix(" min" if minutes else next((unit for end, unit in _UNITS if entry.name.endswith(end)), ""))
    box.setKeyboardTracking(False)
    box.valueChanged.connect(lambda value: changed(per * value))
    return Control(box, box, lambda value: _quietly(box, value / per))


def _share(entry: Entry, info: FieldInfo, changed: Changed) -> Control:
    low, high = bounds(info)
    slider, words = _slider(round(low), round(high))
    slider.setSingleStep(1)
    slider.setPageStep(5)

    def show(value: float) -> None:
        _quietly(slider, round(value))
        words.setText(f"{value:.0f} %")

    def moved(value: int) -> None:
        words.setText(f"{value} %")
        changed(float(value))

    slider.valueChanged.connect(moved)
    return Control(_row(slider, words), slider, show)


def _sense(entry: Entry, info: FieldInfo, changed: Changed) -> Control:
    """A slider on a logarithmic scale: the middle is 1, each end a factor of 4."""
    low, high = bounds(info)
    span = math.log2(high / low) / 2.0
    slider, words = _slider(-_SENSE, _SENSE)
    slider.setSingleStep(5)
    slider.setPageStep(25)

    def show(value: float) -> None:
        _quietly(slider, round(_SENSE * math.log2(value) / span))
        words.setText(sense_words(value))

    def moved(at: int) -> None:
        value = round(2.0 ** (span * at / _SENSE), 3)
        words.setText(sense_words(value))
        changed(value)

    slider.valueChanged.connect(moved)
    return Control(_row(slider, words), slider, show)


def sense_words(value: float) -> str:
    """A sensitivity in words."""
    if value < 0.5:
        return _tr("very late")
    if value < 0.85:
        return _tr("late")
    if value <= 1.18:
        return _tr("as usual")
    return _tr("early") if value <= 2.0 else _tr("very early")


def _keep(changed: Changed) -> Control:
    box = QComboBox()
    names = (_tr("for ever"), *(_tr("{months} months").format(months=round(d / 30.5)) for d in KEEP_DAYS[1:]))
    for days, name in zip(KEEP_DAYS, names, strict=True):
        box.addItem(name.replace("1 months", "1 month") if days == KEEP_DAYS[1] else name, days)
    box.activated.connect(lambda at: changed(box.itemData(at)))

    def show(days: int) -> None:
        at = box.findData(days)
        if at < 0:
            box.addItem(_tr("{days} days").format(days=days), days)
            at = box.count() - 1
        box.setCurrentIndex(at)

    return Control(box, box, show)


def _slider(low: int, high: int) -> tuple[QSlider, QLabel]:
    slider = QSlider(Qt.Orientation.Horizontal)
    slider.setRange(low, high)
    slider.setMinimumWidth(220)
    words = QLabel()
    words.setMinimumWidth(words.fontMetrics().horizontalAdvance("very early  "))
    return slider, words


def _row(*widgets: QWidget) -> QWidget:
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(SPACE // 2)
    for widget in widgets:
        layout.addWidget(widget)
    return row


def _quietly(widget: Any, value: Any) -> None:
    blocked = widget.blockSignals(True)
    widget.setValue(value)
    widget.blockSignals(blocked)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Settings", text)
