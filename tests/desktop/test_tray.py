from __future__ import annotations

from datetime import date

import pytest
from desk_fakes import START, reading
from pytestqt.qtbot import QtBot

from monitor.desktop.actions import Actions
from monitor.desktop.status import Kind, Status
from monitor.desktop.tray import SmallWindow, Tray, today_words
from monitor.judgement.assessment import State
from monitor.tally import Tally

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
