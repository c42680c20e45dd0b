"""Where the camera stands: live advice, and how much the camera leans."""

from __future__ import annotations

import math
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDoubleSpinBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from calibration.placement import MAX_SHOWN, Advice, PlacementMoment
from monitor.calibrating_live import PlacementView
from monitor.desktop.look import SPACE, heading, paragraph
from monitor.desktop.status import sentence
from monitor.desktop.wizard.camera_line import CameraLine
from monitor.desktop.wizard.choices import Choices
from monitor.desktop.wizard.page import Page
from monitor.desktop.wizard.parts import Notice, Sign
from monitor.desktop.wizard.plumb import MAX_ROLL_DEG, STEP_DEG, PlumbView

OK_FOR_S: Final = 2.0
"""The placement must be fine for so long."""
REACH_S: Final = 8.0
"""It stays good enough for so long after that, while one reaches for the mouse."""
SQUARE_DEG: Final = 5.0
_TURNS: Final = {Advice.FRONT_VIEW, Advice.TURN_TO_BACK, Advice.TURN_TO_FRONT}


class PlacementPage(Page):
    """Place the camera. Next is possible once it sees what it needs; going on anyway is, too."""

    wants_camera = True

    def __init__(self, choices: Choices, line: CameraLine) -> None:
        super().__init__()
        self.call(self.tr("Placement"))
        self._choices, self._line = choices, line
        self._shown, self._fine_s, self._now_s = False, -math.inf, 0.0
        self.rows.addWidget(heading(self.tr("Place the camera")))
        self.rows.addWidget(
            paragraph(
                self.tr(
                    "Sit as usual. While you are on this page you see the picture itself, so that you can place the "
                    "camera. It is not kept, and while you sit through the poses a drawing is shown instead."
                )
            )
        )
        columns = QHBoxLayout()
        columns.setSpacing(2 * SPACE)
        self.view = PlumbView()
        self.view.setMinimumSize(320, 240)
        self.view.rolled.connect(self._on_rolled)
        columns.addWidget(self.view, 3)
        columns.addLayout(self._side(), 2)
        self.rows.addLayout(columns, 1)
        line.placement.connect(self._on_placement)
        line.trouble.connect(self._on_trouble)
        line.over.connect(self._on_over)

    @property
    def ready(self) -> bool:
        """See `Page.ready`."""
        return self._now_s - self._fine_s <= REACH_S

    def enter(self) -> None:
        """See `Page.enter`."""
        self._shown, self._fine_s, self._now_s = True, -math.inf, 0.0
        self.view.show_message(self.tr("Opening the camera …"))
        self.view.set_roll(self._choices.roll_deg)
        self._say((), self.tr("Looking …"))
        self._line.look(self._choices.source, self._choices.roll_deg)
        self._renew()

    def leave(self) -> None:
        """See `Page.leave`."""
        self._shown = False

    def _side(self) -> QVBoxLayout:
        rows = QVBoxLayout()
        rows.setSpacing(SPACE)
        self.good = Notice(Sign.GOOD)
        self.advice = tuple(Notice(Sign.ADVICE) for _ in range(MAX_SHOWN))
        self.waiting = paragraph("")
        self.turned = paragraph("")
        for widget in (self.good, *self.advice, self.waiting, self.turned):
            rows.addWidget(widget)
        rows.addStretch(1)
        words = self.tr(
            "Does the camera lean? Drag the ends of the line until it lies along a door frame or a table leg."
        )
        rows.addWidget(paragraph(words))
        label = QLabel(self.tr("&Lean of the camera"))
        self.lean = QDoubleSpinBox()
        self.lean.setRange(-MAX_ROLL_DEG, MAX_ROLL_DEG)
        self.lean.setSingleStep(STEP_DEG)
        self.lean.setDecimals(1)
        self.lean.setSuffix("°")
        self.lean.setAccessibleName(self.tr("Lean of the camera in degrees, clockwise positive"))
        self.lean.valueChanged.connect(self.view.set_roll)
        label.setBuddy(self.lean)
        row = QHBoxLayout()
        row.addWidget(label)
        row.addWidget(self.lean)
        row.addStretch(1)
        rows.addLayout(row)
        rows.addSpacing(SPACE)
        self.anyway = QPushButton(self.tr("Go on &anyway"))
        self.anyway.setAccessibleDescription(self.tr("The calibration may refuse what the camera sees"))
        self.anyway.clicked.connect(self.forward.emit)
        rows.addWidget(self.anyway, 0, Qt.AlignmentFlag.AlignLeft)
        return rows

    def _on_rolled(self, roll_deg: float) -> None:
        self._choices.roll_deg = roll_deg
        self._line.set_roll(roll_deg)
        if self.lean.value() != roll_deg:
            self.lean.setValue(roll_deg)

    def _on_placement(self, view: PlacementView) -> None:
        if not self._shown:
            return
        self.view.show_view(view, picture=True)
        moment, self._now_s = view.moment, view.frame.t_s
        if moment.ok and moment.ok_for_s >= OK_FOR_S:
            self._fine_s = self._now_s
        waiting = "" if moment.ok or moment.advice else self.tr("Looking …")
        self._say(tuple(moment.words(advice) for advice in moment.advice), waiting, fine=moment.ok)
        self.turned.setText("" if _TURNS & set(moment.advice) else self._yaw_words(moment))
        self._renew()

    def _yaw_words(self, moment: PlacementMoment) -> str:
        yaw_deg = moment.yaw_deg
        if math.isnan(yaw_deg):
            return ""
        if abs(yaw_deg) < SQUARE_DEG:
            return self.tr("It stands square to your side.")
        about = 5 * round(abs(yaw_deg) / 5.0)
        if yaw_deg > 0:
            return self.tr("It stands about {about}° towards your front.").format(about=about)
        return self.tr("It stands about {about}° towards your back.").format(about=about)

    def _say(self, advice: tuple[str, ...], waiting: str, *, fine: bool = False) -> None:
        self.good.say(self.tr("The camera sees what it needs.") if fine else "")
        for notice, words in zip(self.advice, (*advice, *[""] * MAX_SHOWN), strict=False):
            notice.say(self.tr(words) if words else "", Sign.NOTE if fine else Sign.ADVICE)
        self.waiting.setText(waiting)
        self.waiting.setVisible(bool(waiting))

    def _on_trouble(self, reason: str) -> None:
        if self._shown:
            self._no_picture(self.tr("{reason} It is tried again by itself.").format(reason=sentence(reason)))

    def _on_over(self, reason: str) -> None:
        if self._shown:
            self._no_picture(
                sentence(reason) or self.tr("The recording has come to its end: go back and choose a camera.")
            )

    def _no_picture(self, reason: str) -> None:
        self._fine_s = -math.inf
        self.view.show_message(self.tr("There is no picture now."))
        self.turned.setText("")
        self._say((reason,), "")
        self._renew()

    def _renew(self) -> None:
        self.anyway.setVisible(not self.ready)
        self.changed.emit()
