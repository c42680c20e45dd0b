"""The likely causes as chips that light up; a chip also says in words whether it is lit."""

from __future__ import annotations

import math
from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from monitor.alerts.causes import Cause
from monitor.desktop.look import STATE_COLOURS, ink, soft
from monitor.judgement.assessment import State

_SHOWN = (Cause.KNEES_ABOVE_HIPS, Cause.HEAD_FORWARD, Cause.SHOULDERS_FORWARD)


def cause_words(cause: Cause) -> str:
    """A cause in two or three words."""
    words = {
        Cause.KNEES_ABOVE_HIPS: QCoreApplication.translate("Causes", "knees above hips"),
        Cause.HEAD_FORWARD: QCoreApplication.translate("Causes", "head forward"),
        Cause.SHOULDERS_FORWARD: QCoreApplication.translate("Causes", "arms reach forward"),
        Cause.LEGS_CROSSED: QCoreApplication.translate("Causes", "legs crossed"),
        Cause.PLAIN: QCoreApplication.translate("Causes", "nothing stands out"),
    }
    return words[cause]


class Chip(QWidget):
    """One cause."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.lit = False
        self.known = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_strength(math.nan)

    def show_strength(self, strength: float) -> None:
        """Light up from 1 on; NaN: not known."""
        self.lit, self.known = strength >= 1.0, math.isfinite(strength)
        state = self.tr("likely") if self.lit else self.tr("not now") if self.known else self.tr("not known")
        self.setAccessibleName(f"{self._words}: {state}")
        self.setToolTip(f"{self._words}: {state}")
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """See `QWidget.sizeHint`."""
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self._text(lit=True)) + 28, metrics.height() + 14)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """See `QWidget.paintEvent`."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self.lit:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(STATE_COLOURS[State.TIPPED].darker(115))
            painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
            painter.setPen(Qt.GlobalColor.white)
        else:
            line = Qt.PenStyle.SolidLine if self.known else Qt.PenStyle.DotLine
            painter.setPen(QPen(ink(strength=0.35), 1.0, line))
            painter.setBrush(soft() if self.known else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
            painter.setPen(ink(strength=0.75))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._text(lit=self.lit))
        painter.end()

    def _text(self, *, lit: bool) -> str:
        return f"● {self._words}" if lit else self._words


class CauseChips(QWidget):
    """All causes that are told."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        self.chips = {cause: Chip(cause_words(cause)) for cause in _SHOWN}
        for row in (_SHOWN[:2], _SHOWN[2:]):
            line = QHBoxLayout()
            for cause in row:
                line.addWidget(self.chips[cause])
            line.addStretch(1)
            rows.addLayout(line)

    def show_causes(self, strengths: Mapping[Cause, float]) -> None:
        """Light up what stands out; a cause that is switched off has no chip."""
        for cause, chip in self.chips.items():
            chip.setVisible(cause in strengths or not strengths)
            chip.show_strength(strengths.get(cause, math.nan))
