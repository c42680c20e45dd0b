"""A thin glow at the edge of each screen that grows with the time tipped. Never in the way: clicks go through it."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QRegion, QScreen
from PySide6.QtWidgets import QWidget

from monitor.desktop.look import STATE_COLOURS
from monitor.judgement.assessment import State

THINNEST_PX = 2
THICKEST_PX = 8
FAINTEST = 0.25
STRONGEST = 0.75


class Glow:
    """The glow on all screens. `show_level` does it all; screens that come and go are followed."""

    def __init__(self) -> None:
        self._edges: dict[QScreen, _Edge] = {}
        self.level = 0.0
        QGuiApplication.instance().screenRemoved.connect(self._forget)  # type: ignore[union-attr]

    def show_level(self, level: float) -> None:
        """Show the glow at a level from 0 (none) to 1 (a warning is due)."""
        self.level = min(max(level, 0.0), 1.0)
        if self.level == 0.0:
            self.hide()
            return
        for screen in QGuiApplication.screens():
            edge = self._edges.get(screen)
            if edge is None:
                edge = self._edges[screen] = _Edge(screen)
            edge.show_level(self.level)

    def hide(self) -> None:
        """Take the glow away."""
        self.level = 0.0
        for edge in self._edges.values():
            edge.hide()

    def close(self) -> None:
        """Take it away for good."""
        for edge in self._edges.values():
            edge.close()
        self._edges.clear()

    def _forget(self, screen: QScreen) -> None:
        edge = self._edges.pop(screen, None)
        if edge is not None:
            edge.close()


class _Edge(QWidget):
    """The frame of one screen. Only the frame is part of the window, so nothing below it is dimmed or blocked."""

    def __init__(self, screen: QScreen) -> None:
        super().__init__(
            None,
            Qt.WindowType.FramelessWindowHint
            | Qt.WindowType.WindowStaysOnTopHint
            | Qt.WindowType.Tool
            | Qt.WindowType.WindowTransparentForInput
            | Qt.WindowType.WindowDoesNotAcceptFocus
            | Qt.WindowType.BypassWindowManagerHint,
        )
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setObjectName("glow")
        self._screen = screen
        self._thickness = 0

    def show_level(self, level: float) -> None:
        """Grow to this level."""
        area = self._screen.geometry()
        thickness = round(THINNEST_PX + level * (THICKEST_PX - THINNEST_PX))
        if self.geometry() != area or thickness != self._thickness:
            self._thickness = thickness
            self.setGeometry(area)
            whole = QRect(0, 0, area.width(), area.height())
            inner = whole.adjusted(thickness, thickness, -thickness, -thickness)
            self.setMask(QRegion(whole).subtracted(QRegion(inner)))
        self.setWindowOpacity(FAINTEST + level * (STRONGEST - FAINTEST))
        if not self.isVisible():
            self.show()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """See `QWidget.paintEvent`."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), STATE_COLOURS[State.TIPPED])
        painter.end()


def glow_level(tipped_s: float, cue_s: float, dwell_s: float) -> float:
    """How far the glow has grown: 0 before the silent cue, a little at once, 1 when a warning is due."""
    if tipped_s < cue_s:
        return 0.0
    return min(1.0, 0.1 + 0.9 * (tipped_s - cue_s) / max(dwell_s - cue_s, 1e-6))
