from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from monitor.desktop import notices as notices_module
from monitor.desktop.glow import Glow, glow_level
from monitor.desktop.notice import Notice, NoticeWindow
from monitor.desktop.notices import Notices

NOTICE = Notice("warning", "Your hips have tipped back", "Two minutes.\nStand up.", (("moved", "I moved"),))


@pytest.fixture
def notices(qtbot: QtBot) -> Iterator[Notices]:
    notices = Notices()
    yield notices
    notices.close()


def test_where_the_desktop_shows_none_a_window_of_our_own_comes_up(notices: Notices, qtbot: QtBot) -> None:
    notices.show(NOTICE)
    window = notices.windows["warning"]
    assert window.isVisible()
    assert window.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    with qtbot.waitSignal(notices.answered, timeout=1000) as answered:
        window.findChild(QPushButton, "moved").click()
    assert answered.args == ["warning", "moved"]
    assert not window.isVisible()


def test_a_desktop_that_does_not_answer_is_not_waited_for(
    notices: Notices, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/bus")
    monkeypatch.setattr(notices_module, "ARRIVES_MS", 50)
    notices.show(NOTICE)
    qtbot.waitUntil(lambda: "warning" in notices.windows, timeout=5000)


def test_a_later_notice_takes_the_place_of_an_earlier_one(notices: Notices) -> None:
    notices.show(NOTICE)
    first = notices.windows["warning"]
    notices.show(Notice("warning", "Again", "Three minutes."))
    assert not first.isVisible()
    assert notices.windows["warning"].notice.title == "Again"


def test_a_notice_that_was_withdrawn_does_not_come_up_late(notices: Notices) -> None:
    notices.show(NOTICE)
    notices.withdraw("warning")
    notices._show_own("warning")
    assert not notices.windows


def test_nothing_of_a_notice_is_cut_off(qtbot: QtBot) -> None:
    answers = (("moved", "I moved"), ("snooze", "Snooze 15 min"), ("today", "Not now today"))
    window = NoticeWindow(Notice("warning", "Your hips have tipped back", "A long sentence. " * 12, answers))
    qtbot.addWidget(window)
    window.place()
    for child in window.findChildren(QPushButton):
        assert child.width() >= child.sizeHint().width()
        assert window.rect().contains(child.mapTo(window, child.rect().bottomRight()))


def test_the_glow_lets_clicks_through_stays_on_top_and_is_only_an_edge(qtbot: QtBot) -> None:
    glow = Glow()
    glow.show_level(0.5)
    (edge,) = glow._edges.values()
    flags = edge.windowFlags()
    assert flags & Qt.WindowType.WindowTransparentForInput
    assert flags & Qt.WindowType.WindowStaysOnTopHint
    assert flags & Qt.WindowType.WindowDoesNotAcceptFocus
    middle = edge.rect().center()
    assert not edge.mask().contains(middle)
    thin = edge.mask().boundingRect()
    assert thin == edge.rect()
    glow.show_level(0.0)
    assert not edge.isVisible()
    glow.close()


def test_the_glow_begins_with_the_cue_and_is_full_at_the_warning() -> None:
    assert glow_level(9.9, 10.0, 120.0) == 0.0
    assert 0.0 < glow_level(10.0, 10.0, 120.0) < 0.2
    assert glow_level(65.0, 10.0, 120.0) == pytest.approx(0.55)
    assert glow_level(500.0, 10.0, 120.0) == 1.0


def test_a_screen_that_is_unplugged_takes_its_edge_along(qtbot: QtBot) -> None:
    glow = Glow()
    glow.show_level(0.5)
    (screen,) = glow._edges
    glow._forget(screen)
    assert not glow._edges
    glow.show_level(0.6)
    assert glow._edges
    glow.close()
