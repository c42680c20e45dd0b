"""Makes the pictures of every window that the documents show: `python -m bench.screens`.

A rendered sitter goes through the first run, the first warning and a pause; each window is drawn without a screen,
once light and once dark, into docs/screens. The review is drawn of that sitter's minutes, of a made month and year, and
of an empty log.
"""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["LC_ALL"] = "en_GB.UTF-8"  # how dates are written

from PySide6.QtGui import QColor, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from bench.course import Course, pass_time
from bench.made_log import make_log, workdays
from bench.recordings import ROOT
from bench.tilt_log import build
from monitor.desktop.look import STATE_COLOURS, STILL, with_accent
from monitor.desktop.pelvis_icon import pelvis_pixmap
from monitor.desktop.review.range_bar import DAY, MONTH, WEEK, YEAR
from monitor.desktop.review.window import ReviewWindow
from monitor.judgement.assessment import State
from monitor.tiltlog.notes import add_note
from monitor.tiltlog.store import TiltLog

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
    scratch = tempfile.TemporaryDirectory()
    logs = _made_logs(Path(scratch.name))
    for name, palette in (("light", light()), ("dark", dark())):
        app.setPalette(with_accent(palette))
        folder = FOLDER / name
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory() as data:
            _course(Path(data), folder)
        _reviews(logs, folder)
        icons(palette.color(QPalette.ColorRole.Window)).save(str(folder / "icons.png"))
        print(f"{folder.relative_to(ROOT)}: {len(list(folder.glob('*.png')))} pictures")
    scratch.cleanup()


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


@dataclass(frozen=True)
class MadeLog:
    """A log without a watch, as the review asks for it (see `LogKeeper`)."""

    path: Path

    def rest(self) -> None:
        """Nobody watches."""

    def go_on(self) -> None:
        """Nobody watches."""


def _made_logs(folder: Path) -> dict[str, MadeLog]:
    """A month with notes, a year, and a log with nothing in it."""
    month, year, empty = (MadeLog(folder / f"{name}.sqlite") for name in ("month", "year", "empty"))
    print("Making a month and a year …", flush=True)
    make_log(month.path, list(workdays(date(2026, 10, 5), 24)))
    for day, hour, text in ((12, 9, "new cushion"), (21, 14, "back pain 4/10"), (30, 11, "worked standing")):
        add_note(month.path, datetime(2026, 10, day, hour, 20, tzinfo=UTC), text)
    build(month.path, year.path, 1, first=date(2026, 10, 5), days=24)
    TiltLog.open(empty.path).close()
    return {"month": month, "year": year, "empty": empty}


def _reviews(logs: dict[str, MadeLog], folder: Path) -> None:
    """Every view of the review."""
    for name, log, day, length, tab in (
        ("12-review-day", "month", date(2026, 10, 21), DAY, 0),
        ("13-review-week", "month", date(2026, 10, 21), WEEK, 1),
        ("14-review-month", "month", date(2026, 10, 21), MONTH, 1),
        ("15-review-year", "year", date(2027, 6, 1), YEAR, 1),
        ("16-review-bouts", "month", date(2026, 10, 21), WEEK, 2),
        ("17-review-exposure", "month", date(2026, 10, 21), MONTH, 3),
        ("18-review-compare", "month", date(2026, 10, 21), MONTH, 4),
        ("19-review-empty", "empty", date(2026, 10, 21), DAY, 0),
    ):
        window = ReviewWindow(logs[log], lambda: datetime(2026, 11, 5, 18, tzinfo=UTC))
        window.resize(window.sizeHint())
        window.show()
        _settle(window)
        window.range.show_day(day, length)
        window.tabs.setCurrentIndex(tab)
        window.renew()
        _settle(window)
        window.grab().save(str(folder / f"{name}.png"))
        window.close()


def _settle(window: ReviewWindow) -> None:
    while window.loader.is_busy:
        pass_time(20)
    pass_time(300)


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
