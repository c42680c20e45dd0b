"""Makes the pictures of every window that the documents show: `python -m bench.screens`.

A rendered sitter goes through the first run, the first warning and a pause; each window is drawn without a screen,
once light and once dark, into docs/screens. The review is drawn of that sitter's minutes, of a made month and year, and
of an empty log.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TypeVar

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["LC_ALL"] = "en_GB.UTF-8"  # how dates are written

from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from bench.course import Course, pass_time
from bench.made_log import make_log, workdays
from bench.recordings import ROOT
from bench.tilt_log import build
from monitor.desktop.live.window import LiveView
from monitor.desktop.look import STATE_COLOURS, STILL, with_accent
from monitor.desktop.notice import NoticeWindow
from monitor.desktop.pelvis_icon import pelvis_pixmap
from monitor.desktop.review.range_bar import DAY, MONTH, WEEK, YEAR
from monitor.desktop.review.window import ReviewWindow
from monitor.desktop.settings.window import SettingsWindow
from monitor.desktop.tray import SmallWindow
from monitor.desktop.wizard.doctor import DoctorDialog
from monitor.desktop.wizard.poses import PosesPage
from monitor.desktop.wizard.ring import Turn
from monitor.desktop.wizard.welcome import WelcomePage
from monitor.desktop.wizard.window import Wizard
from monitor.judgement.assessment import State
from monitor.judgement.staleness import Change
from monitor.loop import Moment
from monitor.tiltlog.notes import add_note
from monitor.tiltlog.store import TiltLog

FOLDER = ROOT / "docs" / "screens"
SCREEN = '{"screens": [{"name": "one", "x": 0, "y": 0, "width": 1920, "height": 1200}]}'
"""The screen of no screen: the usual one of Qt is smaller than some windows would like to be."""
DATA = Path("/home/anna/.local/share/saddle")
SHOWN: dict[str, type[QWidget]] = {
    "1-welcome": Wizard,
    "2-camera": Wizard,
    "3-placement": Wizard,
    "4-about": Wizard,
    "5-poses": Wizard,
    "6-result": Wizard,
    "7-glow": LiveView,
    "8-warning": NoticeWindow,
    "9-paused": SmallWindow,
    "10-settings": SettingsWindow,
    "11-review": ReviewWindow,
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
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where the pictures go")
    into = parser.parse_args().folder
    scratch = tempfile.TemporaryDirectory()
    if os.environ["QT_QPA_PLATFORM"] == "offscreen":
        screen = Path(scratch.name) / "screen.json"
        screen.write_text(SCREEN, encoding="utf-8")
        os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={screen}"
    app = QApplication([])
    app.setStyle("Fusion")
    app.setQuitOnLastWindowClosed(False)
    logs = _made_logs(Path(scratch.name))
    for name, palette in (("light", light()), ("dark", dark())):
        app.setPalette(with_accent(palette))
        folder = into / name
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory() as data:
            _course(Path(data), folder)
        _reviews(logs, folder)
        icons(palette.color(QPalette.ColorRole.Window)).save(str(folder / "icons.png"))
        print(f"{folder}: {len(list(folder.glob('*.png')))} pictures")
    scratch.cleanup()


def _course(data: Path, folder: Path) -> None:
    course = Course(data, lambda name: stops.look(name))
    stops = _Stops(course, folder)
    course.first_run()
    course.to_the_warning()
    course.pause_and_resume()
    stops.menu()
    course.desktop.show_settings()
    stops.look("10-settings")
    stops.settings()
    course.desktop.show_review()
    review = _shown(ReviewWindow)
    review.resize(review.sizeHint())
    stops.look("11-review")
    course.quit()


class _Stops:
    """Takes the pictures at the stops of a course, and those of what is one click away from there."""

    def __init__(self, course: Course, folder: Path) -> None:
        self._course, self._folder = course, folder
        self._desktop = course.desktop
        self._moment: Moment | None = None
        self._aside: dict[str, Callable[[], None]] = {
            "1-welcome": self._doctor,
            "7-glow": self._check,
            "9-paused": self._question,
        }

    def look(self, name: str) -> None:
        """Draw the window of this stop."""
        if name == "5-poses":
            self._course.wait(self._is_holding)
        else:
            pass_time(300)
        self._save(_shown(SHOWN[name]), name)
        if (reading := self._desktop.program.status.reading) is not None:
            self._moment = reading.moment
        self._aside.get(name, lambda: None)()

    def menu(self) -> None:
        """Draw the menu of the tray."""
        self._desktop.actions.menu.popup(QPoint(100, 100))
        pass_time(300)
        self._save(self._desktop.actions.menu, "9b-menu")
        self._desktop.actions.menu.close()

    def settings(self) -> None:
        """Draw the other pages of the settings."""
        window = _shown(SettingsWindow)
        window.show_folder(DATA)
        for row in range(1, window.names.count()):
            window.names.setCurrentRow(row)
            pass_time(100)
            title = window.names.item(row).text().lower().replace(" ", "-")
            self._save(window, f"10{chr(ord('a') + row)}-settings-{title}")

    def _is_holding(self) -> bool:
        """The same moment in light and dark: half way through the first neutral sit."""
        page = _shown(Wizard).page
        if not isinstance(page, PosesPage) or page.prompt.text() != "Sit neutral":
            return False
        return page.ring.turn is Turn.HOLDING and page.ring.number == "4"

    def _doctor(self) -> None:
        page = _shown(Wizard).page
        assert isinstance(page, WelcomePage)  # noqa: S101 - the first one
        page.doctor.click()
        pass_time(300)
        dialog = _shown(DoctorDialog)
        self._save(dialog, "1b-doctor")
        dialog.close()

    def _check(self) -> None:
        live = self._desktop.live
        live.check.click()
        pass_time(300)
        self._save(live, "7b-check-calibration")
        live.check.click()

    def _question(self) -> None:
        """The question before any nagging; while it is paused nothing takes it away."""
        program = self._desktop.program
        assert self._moment is not None  # noqa: S101 - there was a warning
        changed = replace(self._moment, changed=(Change.CAMERA,), effects=())
        program.speaker.follow(
            changed, program.store.settings, may_glow=False, may_ask=True, fitting_profile=lambda: ""
        )
        pass_time(300)
        self._save(_shown(NoticeWindow), "8b-calibrate-again")
        program.speaker.hush()

    def _save(self, window: QWidget, name: str) -> None:
        window.grab().save(str(self._folder / f"{name}.png"))


W = TypeVar("W", bound=QWidget)


def _shown(kind: type[W]) -> W:
    """The window of this kind that is shown."""
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible())


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
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor("#7d8688"))
    palette.setColor(QPalette.ColorRole.Base, QColor("#1b1f21"))
    return palette


if __name__ == "__main__":
    main()
