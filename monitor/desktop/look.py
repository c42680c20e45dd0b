"""Colours, spaces and small helpers of every window: native style, one accent colour, dark and light."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from PySide6.QtCore import QByteArray, QEvent, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from monitor.judgement.assessment import State

ACCENT = QColor("#0f7b83")
"""The one accent colour; 4.9 to 1 on white."""
ACCENT_ON_DARK = QColor("#4cc3cb")
SPACE = 16
"""The usual distance between things, px."""
FRAME = QSize(16, 48)
"""What a desktop may add around a window, px."""
LETTER_PX = 16
"""The height of letters for which the sizes of windows are given."""

# Each is told apart from white and from near black by at least 3 to 1 (WCAG 2.2, 1.4.11), so that one set serves both.
STATE_COLOURS: dict[State, QColor] = {
    State.AWAY: QColor("#7d7d7d"),
    State.STANDING: QColor("#2f87b8"),
    State.UNKNOWN: QColor("#8a7a2a"),
    State.UPRIGHT: QColor("#2c8a57"),
    State.LEANING: QColor("#4a77c9"),
    State.RECLINED: QColor("#9a63b8"),
    State.TIPPED: QColor("#d4570a"),
}
STILL = QColor("#7d7d7d")


def is_dark(palette: QPalette | None = None) -> bool:
    """Whether the windows are dark."""
    palette = palette or QGuiApplication.palette()
    return palette.color(QPalette.ColorRole.Window).lightness() < 128


def accent(palette: QPalette | None = None) -> QColor:
    """The accent colour that fits the windows' ground."""
    return QColor(ACCENT_ON_DARK if is_dark(palette) else ACCENT)


def with_accent(palette: QPalette) -> QPalette:
    """The palette of the desktop with the accent for what is chosen or moved."""
    palette = QPalette(palette)
    palette.setColor(QPalette.ColorRole.Highlight, ACCENT)
    palette.setColor(QPalette.ColorRole.HighlightedText, QColor("white"))
    palette.setColor(QPalette.ColorRole.Accent, accent(palette))
    return palette


def ink(palette: QPalette | None = None, strength: float = 1.0) -> QColor:
    """The text colour of the windows, thinned to ``strength`` (0 to 1)."""
    colour = QColor((palette or QGuiApplication.palette()).color(QPalette.ColorRole.WindowText))
    colour.setAlphaF(strength)
    return colour


def contrast(one: QColor, other: QColor) -> float:
    """Contrast of two colours, 1 to 21 (WCAG 2.2)."""
    a, b = sorted((_luminance(one), _luminance(other)))
    return (b + 0.05) / (a + 0.05)


def _luminance(colour: QColor) -> float:
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def art(name: str, **colours: QColor) -> QByteArray:
    """A drawing of this project, with its placeholder colours ``{name}`` filled in."""
    text = files("monitor.desktop").joinpath("art", f"{name}.svg").read_text(encoding="utf-8")
    for key, colour in colours.items():
        text = text.replace("{" + key + "}", colour.name())
    return QByteArray(text.encode())


def picture(name: str, width: int, height: int, scale: float = 1.0) -> QPixmap:
    """A drawing as a pixmap in the colours of the windows."""
    renderer = QSvgRenderer(art(name, ink=ink(), accent=accent(), soft=soft()))
    pixmap = QPixmap(round(width * scale), round(height * scale))
    pixmap.setDevicePixelRatio(scale)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)
    renderer.render(painter, QRectF(0, 0, width, height))
    painter.end()
    return pixmap


def soft() -> QColor:
    """A ground for drawings, a little off the windows' own."""
    return QColor("#2b3335") if is_dark() else QColor("#e8eeee")


def app_icon() -> QIcon:
    """The program's icon."""
    icon = QIcon()
    for size in (16, 24, 32, 48, 64, 128, 256):
        icon.addPixmap(picture("saddle", size, size))
    return icon


def heading(text: str) -> QLabel:
    """A heading of a page."""
    label = QLabel(text)
    font = QFont(label.font())
    font.setPointSizeF(1.5 * font.pointSizeF())
    font.setWeight(QFont.Weight.DemiBold)
    label.setFont(font)
    label.setWordWrap(True)
    return label


def paragraph(text: str, *, dim: bool = False) -> QLabel:
    """A text that wraps and can be selected."""
    label = QLabel(text)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
    label.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    label.setOpenExternalLinks(False)
    if dim:
        dimmed(label)
    return label


def dimmed(widget: QWidget) -> None:
    """Write in a paler ink, still at 4.5 to 1, whatever colours the desktop changes to."""
    widget.installEventFilter(_dimmer())  # once for each widget, says Qt, however often
    _dim(widget)


class _Dimmer(QObject):
    """Renews the pale ink of each widget that it is told of when the colours of the desktop change."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """See `QObject.eventFilter`."""
        if event.type() == QEvent.Type.PaletteChange and isinstance(watched, QWidget):
            _dim(watched)
        return super().eventFilter(watched, event)


@cache
def _dimmer() -> _Dimmer:
    return _Dimmer()


def _dim(widget: QWidget) -> None:
    """Ends by itself: a palette that says the same again is not set."""
    pale, palette = ink(strength=0.75), widget.palette()
    if palette.color(QPalette.ColorRole.WindowText) != pale:
        palette.setColor(QPalette.ColorRole.WindowText, pale)
        widget.setPalette(palette)


def opening_size(window: QWidget, width: int, height: int) -> QSize:
    """A size for a window, larger with larger letters, and never larger than the free part of its screen."""
    letters = max(1.0, window.fontMetrics().height() / LETTER_PX)
    wanted = QSize(round(letters * width), round(letters * height))
    return wanted.boundedTo(window.screen().availableSize() - FRAME)


def rule() -> QFrame:
    """A thin line between two parts."""
    line = QFrame()
    line.setFrameShape(QFrame.Shape.HLine)
    line.setFrameShadow(QFrame.Shadow.Sunken)
    return line
