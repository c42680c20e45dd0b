"""Makes the pictures of every window that the documents show: `python -m bench.screens`.

A rendered sitter goes through the first run, the first warning and a pause; each window is drawn without a screen,
once light and once dark, into docs/screens.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtGui import QColor, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from bench.course import Course, pass_time
from bench.recordings import ROOT
from monitor.desktop.look import STATE_COLOURS, STILL, with_accent
from monitor.desktop.pelvis_icon import pelvis_pixmap
from monitor.judgement.assessment import State

FOLDER = ROOT / "docs" / "screens"
SHOWN = {
    "1-welcome": "Wizard",
    "2-camera": "Wizard",
    "3-placement": "Wizard",
    "4-about": "Wizard",
    "5-poses": "Wizard",
    "6-result": "Wizard",
    "7-glow": "LiveView",
    "8-warning": "NoticeWindow",
    "9-paused": "SmallWindow",
    "10-settings": "SettingsWindow",
    "11-review": "ReviewWindow",
}
"""At each stop of the course, the window that is drawn."""
ICONS = (
    ("solid", 0, State.UPRIGHT, ""),
    ("solid", 35, State.UPRIGHT, ""),
    ("solid", 80, State.TIPPED, "mark"),
    ("solid", -10, State.LEANING, ""),
    ("outline", 0, State.UNKNOWN, "question"),
    ("outline", 0, None, "pause"),
)


def main() -> None:
    """Make all pictures."""
    app = QApplication([])
    app.setStyle("Fusion")
    app.setQuitOnLastWindowClosed(False)
    for name, palette in (("light", light()), ("dark", dark())):
        app.setPalette(with_accent(palette))
        folder = FOLDER / name
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory() as data:
            _course(Path(data), folder)
        icons(palette.color(QPalette.ColorRole.Window)).save(str(folder / "icons.png"))
        print(f"{folder.relative_to(ROOT)}: {len(list(folder.glob('*.png')))} pictures")


def _course(data: Path, folder: Path) -> None:
    def look(name: str) -> None:
        pass_time(300)
        windows = [w for w in QApplication.topLevelWidgets() if type(w).__name__ == SHOWN[name] and w.isVisible()]
        _grown(windows[0]).grab().save(str(folder / f"{name}.png"))

    course = Course(data, look)
    course.first_run()
    course.to_the_warning()
    course.pause_and_resume()
    course.desktop.show_settings()
    look("10-settings")
    course.desktop.show_review()
    look("11-review")
    course.quit()


def _grown(window: QWidget) -> QWidget:
    """The window at the size that it would like, which the small screen of no screen may have kept it from."""
    if type(window).__name__ != "NoticeWindow":
        window.resize(window.sizeHint())
        pass_time(300)
    return window


def icons(ground: QColor) -> QPixmap:
    """The tray icon in some states, large and at 16 px."""
    sheet = QPixmap(88 * len(ICONS), 104)
    sheet.fill(ground)
    painter = QPainter(sheet)
    for i, (shape, pct, state, mark) in enumerate(ICONS):
        colour = STATE_COLOURS[state] if state else STILL
        painter.drawPixmap(88 * i + 12, 8, pelvis_pixmap(64, shape, pct, colour, mark))
        painter.drawPixmap(88 * i + 36, 82, pelvis_pixmap(16, shape, pct, colour, mark))
    painter.end()
    return sheet


def light() -> QPalette:
    """The usual light colours."""
    return QPalette(QColor("#f4f5f5"))


def dark() -> QPalette:
    """Light letters on a dark ground."""
    palette = QPalette(QColor("#23282a"))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(role, QColor("#eceff0"))
    palette.setColor(QPalette.ColorRole.Base, QColor("#1b1f21"))
    return palette


if __name__ == "__main__":
    main()
