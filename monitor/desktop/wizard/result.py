"""What became of the poses: the profile and how sensitive it is to be, or what to change."""

from __future__ import annotations

import math
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSlider, QVBoxLayout, QWidget

from calibration.evaluate import Verdict
from calibration.thresholds import Thresholds, personal_thresholds
from models.tilt import Basis
from monitor.desktop.look import SPACE, dimmed, heading, paragraph
from monitor.desktop.wizard.both_poses import BothPoses
from monitor.desktop.wizard.choices import Choices
from monitor.desktop.wizard.page import Page
from monitor.desktop.wizard.parts import Notice, Sign
from monitor.desktop.wizard.strip import Strip, share_tipped
from monitor.judgement.parameters import JudgementSettings
from monitor.words import DISCLAIMER

ENTER_PCT: Final = (30, 80)
LEAST_BAND_PCT: Final = 5
"""The slider keeps so far above the limit at which tipped is over."""
CLEARLY_SD, WELL_SD = 8.0, 5.0
"""How far the poses stand apart, in SDs, to be called so; a calibration is refused below 3."""


class ResultPage(Page):
    """The outcome. Next takes the calibration."""

    def __init__(self, choices: Choices) -> None:
        super().__init__()
        self.call(self.tr("Result"))
        self._choices = choices
        self.title_label = heading("")
        self.rows.addWidget(self.title_label)
        self._problems = QVBoxLayout()
        self._problems.setSpacing(SPACE)
        self._notes = QVBoxLayout()
        self._notes.setSpacing(SPACE // 2)
        self.refused = self._make_refused()
        self.accepted = self._make_accepted()
        self.rows.addWidget(self.refused)
        self.rows.addWidget(self.accepted, 1)
        self.rows.addStretch(0)

    @property
    def ready(self) -> bool:
        """See `Page.ready`."""
        return self._choices.verdict is not None and self._choices.verdict.profile is not None

    @property
    def offers_next(self) -> bool:
        """See `Page.offers_next`."""
        return self.ready

    @property
    def next_text(self) -> str:
        """See `Page.next_text`."""
        return self.tr("&Use this calibration")

    def enter(self) -> None:
        """See `Page.enter`."""
        verdict = self._choices.verdict or Verdict(None)
        self.refused.setVisible(verdict.profile is None)
        self.accepted.setVisible(verdict.profile is not None)
        if verdict.profile is None:
            self.title_label.setText(self.tr("It did not come out yet"))
            fallback = (self.tr("Nothing was recorded."),)
            _fill(self._problems, [Notice(Sign.ADVICE, self.tr(each)) for each in verdict.problems or fallback])
            self.again.setFocus()
        else:
            self.title_label.setText(self.tr("Your calibration is ready"))
            self._show_profile(verdict)
        self.changed.emit()

    @property
    def limits(self) -> Thresholds:
        """The limits that the slider stands for."""
        verdict, judgement = self._choices.verdict, self._choices.settings.judgement
        profile = verdict.profile if verdict else None
        return personal_thresholds(
            enter_pct=judgement.enter_pct,
            enter_skeleton_pct=judgement.enter_skeleton_pct,
            leave_pct=judgement.leave_pct,
            neutral_spread_pct=profile.neutral_spread_pct if profile else 0.0,
        )

    def _make_refused(self) -> QWidget:
        box = QWidget()
        rows = QVBoxLayout(box)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(SPACE)
        rows.addLayout(self._problems)
        rows.addWidget(paragraph(self.tr("Your earlier calibration, if there is one, stays as it is."), dim=True))
        self.again = QPushButton(self.tr("Try a&gain"))
        self.again.clicked.connect(lambda: self.wanted.emit("PosesPage"))
        self.move_camera = QPushButton(self.tr("&Move the camera"))
        self.move_camera.clicked.connect(lambda: self.wanted.emit("PlacementPage"))
        buttons = QHBoxLayout()
        buttons.addWidget(self.again)
        buttons.addWidget(self.move_camera)
        buttons.addStretch(1)
        rows.addLayout(buttons)
        rows.addStretch(1)
        return box

    def _make_accepted(self) -> QWidget:
        box = QWidget()
        rows = QVBoxLayout(box)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(SPACE)
        self.figures = BothPoses()
        self.apart = Notice(Sign.GOOD)
        side = QVBoxLayout()
        side.setSpacing(SPACE)
        side.addWidget(self.apart)
        side.addLayout(self._notes)
        side.addStretch(1)
        self.once_more = QPushButton(self.tr("A&gain"))
        self.once_more.setAccessibleDescription(self.tr("Go through the poses once more"))
        self.once_more.clicked.connect(lambda: self.wanted.emit("PosesPage"))
        side.addWidget(self.once_more, 0, Qt.AlignmentFlag.AlignLeft)
        columns = QHBoxLayout()
        columns.setSpacing(2 * SPACE)
        columns.addWidget(self.figures, 1)
        columns.addLayout(side, 1)
        rows.addLayout(columns, 1)
        self.strip = Strip()
        rows.addWidget(self.strip)
        rows.addLayout(self._make_slider())
        self.preview = paragraph("")
        self.preview.setAccessibleName(self.tr("What this sensitivity means"))
        rows.addWidget(self.preview)
        disclaimer = paragraph(self.tr(DISCLAIMER))
        dimmed(disclaimer)
        rows.addWidget(disclaimer)
        return box

    def _make_slider(self) -> QHBoxLayout:
        label = QLabel(self.tr("&Counts as tipped"))
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setSingleStep(1)
        self.slider.setPageStep(5)
        self.slider.setAccessibleName(self.tr("Tipped from this share of your slump on, in percent"))
        self.slider.valueChanged.connect(self._on_slider)
        label.setBuddy(self.slider)
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addWidget(label)
        row.addWidget(QLabel(self.tr("early")))
        row.addWidget(self.slider, 1)
        row.addWidget(QLabel(self.tr("late")))
        return row

    def _show_profile(self, verdict: Verdict) -> None:
        assert verdict.profile is not None  # noqa: S101 - the caller has looked
        self.figures.show_profile(verdict.profile)
        self.strip.show_moments(verdict.neutral_pct, verdict.slump_pct)
        self.apart.say(self._apart_words(verdict.separation))
        _fill(self._notes, [Notice(Sign.NOTE, self.tr(note)) for note in verdict.notes])
        judgement = self._choices.settings.judgement
        now = round(getattr(judgement, self._key))
        least = max(ENTER_PCT[0], math.ceil(judgement.leave_pct) + LEAST_BAND_PCT)
        self.slider.blockSignals(True)
        self.slider.setRange(min(least, now), max(ENTER_PCT[1], now))
        self.slider.setValue(now)
        self.slider.blockSignals(False)
        self._renew()

    def _apart_words(self, separation: float) -> str:
        if math.isnan(separation):
            return ""
        if separation >= CLEARLY_SD:
            return self.tr("Neutral sit and slump stand clearly apart.")
        if separation >= WELL_SD:
            return self.tr("Neutral sit and slump stand well apart.")
        return self.tr(
            "Neutral sit and slump stand just apart: a tighter top or a clearer view of the hips may help another time."
        )

    @property
    def _basis(self) -> Basis:
        profile = self._choices.verdict.profile if self._choices.verdict else None
        return Basis.CONTOUR if profile is None or profile.contour_trusted else Basis.SKELETON

    @property
    def _key(self) -> str:
        """The setting that holds for this person: without the edge of the back it is the landmarks' own."""
        return "enter_pct" if self._basis is Basis.CONTOUR else "enter_skeleton_pct"

    def _on_slider(self, pct: int) -> None:
        settings = self._choices.settings
        judgement = JudgementSettings.model_validate({**settings.judgement.model_dump(), self._key: float(pct)})
        self._choices.settings = settings.model_copy(update={"judgement": judgement})
        self._renew()

    def _renew(self) -> None:
        limits, verdict = self.limits, self._choices.verdict
        enter_pct = limits.enter(self._basis)
        self.strip.show_limits(limits, self._basis)
        neutral, slump = verdict.neutral_pct if verdict else (), verdict.slump_pct if verdict else ()
        sentences = []
        if neutral and slump:
            words = self.tr(
                "Tipped from {enter:.0f} % of your slump on: {neutral:.0f} % of your neutral moments and {slump:.0f} % "
                "of your slump moments count as tipped."
            )
            shares = (100.0 * share_tipped(moments, enter_pct) for moments in (neutral, slump))
            sentences.append(words.format(enter=enter_pct, **dict(zip(("neutral", "slump"), shares, strict=True))))
        if enter_pct > self.slider.value():
            sentences.append(
                self.tr("It cannot be earlier, as your neutral sit itself moves about: {enter:.0f} %.").format(
                    enter=enter_pct
                )
            )
        self.preview.setText(" ".join(sentences))


def _fill(rows: QVBoxLayout, widgets: list[Notice]) -> None:
    """Put these in place of what is there."""
    while (item := rows.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
    for widget in widgets:
        rows.addWidget(widget)
