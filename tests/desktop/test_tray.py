from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from desk_fakes import START, reading
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from monitor.desktop.actions import Actions
from monitor.desktop.look import contrast, dimmed, ink
from monitor.desktop.status import Kind, Status
from monitor.desktop.tray import SmallWindow, Tray, today_words
from monitor.judgement.assessment import State
from monitor.tally import Tally

LONG = (
    "The profile 'Couch' was made with webcam 2 (Logitech BRIO), not with webcam 0 (Integrated Camera): calibrate "
    "again or choose another profile."
)
TODAY = Tally(date(2026, 3, 2), seated_s=12000.0, tipped_s=1500.0)


class Nobody:
    """Does nothing of what the menu asks for."""

    def __getattr__(self, name: str) -> object:
        return lambda *_: None


@pytest.fixture
def actions(qtbot: QtBot) -> Actions:
    return Actions(Nobody(), lambda: START)  # type: ignore[arg-type]


def test_the_tooltip_has_the_state_the_tilt_and_the_share_of_today(actions: Actions) -> None:
    tray = Tray(actions)
    tray.show_status(Status(Kind.WATCHING, reading=reading(State.TIPPED, 80.0)), TODAY)
    lines = tray.icon.toolTip().splitlines()
    assert lines[0] == "Saddle – Tipped back"
    assert lines[1].startswith("About 15° back")
    assert lines[2] == "Today: tipped 12 % of 3 h 20 min seated."
    tray.close()


def test_a_share_is_never_told_of_nothing() -> None:
    assert today_words(Tally(date(2026, 3, 2))) == "Nothing observed today yet."


def test_why_it_is_quiet_is_in_menu_and_tooltip(actions: Actions) -> None:
    status = Status(Kind.WATCHING, reading=reading(), quiet="a call uses the microphone")
    actions.show_status(status)
    assert actions.why.text() == "Watching without warnings: a call uses the microphone."


def test_without_a_tray_the_small_window_says_the_same(actions: Actions, qtbot: QtBot) -> None:
    window = SmallWindow(actions)
    qtbot.addWidget(window)
    window.show_status(Status(Kind.LOST, "there is no webcam 0: plug it in"), TODAY)
    assert window._headline.text() == "No picture"
    assert window._detail.text() == "There is no webcam 0: plug it in."
    assert "12 %" in window._today.text()
    with qtbot.waitSignal(window.quit_wanted):
        window.close()


@pytest.mark.parametrize("times", [1.0, 1.6])
def test_the_small_window_is_as_high_as_its_words_need(actions: Actions, qtbot: QtBot, times: float) -> None:
    window = SmallWindow(actions)
    qtbot.addWidget(window)
    font = window.font()
    font.setPointSizeF(times * font.pointSizeF())
    window.setFont(font)
    window.show_status(Status(Kind.LOST, "there is no webcam 0"), TODAY)
    with qtbot.waitExposed(window):
        window.show()
    short = window.height()
    window.show_status(Status(Kind.LOST, LONG), TODAY)
    QApplication.processEvents()
    for label in (window._headline, window._detail, window._today):
        assert label.height() >= label.heightForWidth(label.width())
    assert window.height() > short
    window.show_status(Status(Kind.LOST, "there is no webcam 0"), TODAY)
    assert window.height() == short


def test_the_small_window_stays_as_high_as_the_user_made_it(actions: Actions, qtbot: QtBot) -> None:
    window = SmallWindow(actions)
    qtbot.addWidget(window)
    window.resize(500, 600)
    window.show_status(Status(Kind.LOST, LONG), TODAY)
    assert (window.width(), window.height()) == (500, 600)


@pytest.fixture
def usual_colours(qapp: QApplication) -> Iterator[QApplication]:
    before = qapp.palette()
    yield qapp
    qapp.setPalette(before)


class Counted(QObject):
    """Counts how often the colours of a widget change."""

    def __init__(self) -> None:
        super().__init__()
        self.times = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        self.times += event.type() is QEvent.Type.PaletteChange
        return False


def test_pale_words_follow_the_colours_of_the_desktop(
    actions: Actions, qtbot: QtBot, usual_colours: QApplication
) -> None:
    window = SmallWindow(actions)
    qtbot.addWidget(window)
    dimmed(window._today)  # once more, as some windows do
    counted = Counted()
    window._today.installEventFilter(counted)
    for ground, words in (("#23282a", "#eceff0"), ("#f4f5f5", "#000000")):
        palette = QPalette(QColor(ground))
        palette.setColor(QPalette.ColorRole.WindowText, QColor(words))
        usual_colours.setPalette(palette)
        QApplication.processEvents()
        shown = window._today.palette()
        assert shown.color(QPalette.ColorRole.WindowText) == ink(palette, 0.75)
        assert contrast(solid(shown), shown.color(QPalette.ColorRole.Window)) > 4.5
    assert counted.times < 10


def solid(palette: QPalette) -> QColor:
    """The colour of the words as it comes out on the ground."""
    over, under = palette.color(QPalette.ColorRole.WindowText), palette.color(QPalette.ColorRole.Window)
    share = over.alphaF()
    mixed = (share * a + (1 - share) * b for a, b in zip(over.getRgbF()[:3], under.getRgbF()[:3], strict=True))
    return QColor.fromRgbF(*mixed)


def test_pale_words_are_pale_from_the_start(qtbot: QtBot) -> None:
    label = QLabel("words")
    qtbot.addWidget(label)
    dimmed(label)
    assert label.palette().color(QPalette.ColorRole.WindowText) == ink(strength=0.75)
