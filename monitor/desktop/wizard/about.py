"""Name of the place and the seat, height of the person, and whether level thighs are shown."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QHBoxLayout, QLabel, QSpinBox, QWidget

from calibration.profile import DEFAULT_STATURE_CM
from monitor.desktop.look import SPACE, heading, paragraph
from monitor.desktop.wizard.choices import Choices
from monitor.desktop.wizard.page import Page
from monitor.desktop.wizard.parts import Notice, Sign
from monitor.errors import ProfileError
from monitor.profiles import check_name

STATURE_CM: Final = (100, 230)
CM_PER_INCH: Final = 2.54
LONGEST: Final = 64


class AboutPage(Page):
    """Who sits, and where."""

    def __init__(self, choices: Choices, names: tuple[str, ...], *, metric: bool | None = None) -> None:
        super().__init__()
        self.call(self.tr("About you"))
        self._choices, self._names = choices, names
        self._metric = _is_metric() if metric is None else metric
        self.rows.addWidget(heading(self.tr("About you and this place")))
        self._add_name()
        self.rows.addSpacing(SPACE)
        self._add_stature()
        self.rows.addSpacing(SPACE)
        self._add_level()
        self.rows.addStretch(1)
        self._on_name()

    @property
    def ready(self) -> bool:
        """See `Page.ready`."""
        return not self._problem()

    def leave(self) -> None:
        """See `Page.leave`."""
        self._choices.name = self._known() or self._name()
        self._choices.stature_cm = self.stature_cm
        self._choices.with_level = self.level.isChecked()

    @property
    def stature_cm(self) -> float:
        """Height of the person."""
        if self._metric:
            return self.centimetres.value()
        return CM_PER_INCH * (12 * self.feet.value() + self.inches.value())

    def _add_name(self) -> None:
        label = QLabel(self.tr("&Place and seat"))
        self.name = QComboBox()
        self.name.setEditable(True)
        self.name.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.name.setAccessibleName(self.tr("Place and seat"))
        suggestions = (self.tr("Desk"), self.tr("Couch"), self.tr("Saddle stool"), self.tr("Desk with cushion"))
        self.name.addItems(list(dict.fromkeys((*self._names, *suggestions))))
        self.name.setMinimumContentsLength(24)
        free = next((s for s in suggestions if s not in self._names), suggestions[0])
        self.name.setCurrentText(self._choices.name or free)
        if (edit := self.name.lineEdit()) is not None:
            edit.setMaxLength(LONGEST)
            edit.setAccessibleName(self.tr("Place and seat"))
        label.setBuddy(self.name)
        self.rows.addLayout(_row(label, self.name))
        self.rows.addWidget(
            paragraph(self.tr("Make one for each chair, cushion or place: they can be compared later."), dim=True)
        )
        self.about_name = Notice()
        self.rows.addWidget(self.about_name)
        self.name.currentTextChanged.connect(self._on_name)

    def _add_stature(self) -> None:
        usual_cm = self._choices.stature_cm or DEFAULT_STATURE_CM
        label = QLabel(self.tr("Your &height"))
        if self._metric:
            self.centimetres = QDoubleSpinBox()
            self.centimetres.setRange(*STATURE_CM)
            self.centimetres.setDecimals(0)
            self.centimetres.setSuffix(self.tr(" cm"))
            self.centimetres.setValue(usual_cm)
            self.centimetres.setAccessibleName(self.tr("Your height in centimetres"))
            label.setBuddy(self.centimetres)
            self.rows.addLayout(_row(label, self.centimetres))
        else:
            feet, inches = divmod(round(usual_cm / CM_PER_INCH), 12)
            self.feet, self.inches = QSpinBox(), QSpinBox()
            self.feet.setRange(3, 7)
            self.feet.setSuffix(self.tr(" ft"))
            self.feet.setValue(feet)
            self.feet.setAccessibleName(self.tr("Your height: feet"))
            self.inches.setRange(0, 11)
            self.inches.setSuffix(self.tr(" in"))
            self.inches.setValue(inches)
            self.inches.setAccessibleName(self.tr("Your height: inches"))
            label.setBuddy(self.feet)
            self.rows.addLayout(_row(label, self.feet, self.inches))
        self.rows.addWidget(
            paragraph(
                self.tr("It gives knee against hip height in centimetres, and is used for nothing else."), dim=True
            )
        )

    def _add_level(self) -> None:
        self.level = QCheckBox(self.tr("Begin with &level thighs (recommended)"))
        self.level.setChecked(self._choices.with_level)
        self.rows.addWidget(self.level)
        self.rows.addWidget(
            paragraph(
                self.tr(
                    "You lay a book or a phone on your thigh and raise or lower seat or feet until it lies level. That "
                    "makes the height of your knees against your hips about twice as sure, and takes half a minute. "
                    "Have the book at hand."
                ),
                dim=True,
            )
        )

    def _name(self) -> str:
        return self.name.currentText().strip()

    def _known(self) -> str:
        """The profile that there is of this name, whatever the case of its letters: some disks do not tell it."""
        wanted = self._name().casefold()
        return next((name for name in self._names if name.casefold() == wanted), "")

    def _problem(self) -> str:
        if not self._name():
            return self.tr("Give it a name.")
        try:
            check_name(self._name())
        except ProfileError as error:
            return str(error)
        return ""

    def _on_name(self) -> None:
        if problem := self._problem():
            self.about_name.say(problem, Sign.ADVICE)
        elif known := self._known():
            words = self.tr(
                "“{name}” is there already: it stays as it is until the new calibration is done, and is replaced then."
            )
            self.about_name.say(words.format(name=known), Sign.NOTE)
        else:
            self.about_name.say("")
        self.changed.emit()


def _is_metric() -> bool:
    return QLocale().measurementSystem() is QLocale.MeasurementSystem.MetricSystem


def _row(label: QLabel, *fields: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(SPACE)
    label.setMinimumWidth(150)
    row.addWidget(label)
    for field in fields:
        row.addWidget(field, 0, Qt.AlignmentFlag.AlignLeft)
    row.addStretch(1)
    return row
