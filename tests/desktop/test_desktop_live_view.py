from __future__ import annotations

from dataclasses import replace

import pytest
from desk_fakes import reading, sitter
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QImage, QScreen
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollBar, QWidget
from pytestqt.qtbot import QtBot

from monitor.alerts.causes import Cause
from monitor.desktop.live.window import LiveView, quality_words
from monitor.desktop.status import Kind, Status
from monitor.desktop.wizard.doctor import DoctorDialog
from monitor.judgement.assessment import Basis, State, View


@pytest.fixture
def view(qtbot: QtBot) -> LiveView:
    view = LiveView()
    qtbot.addWidget(view)
    view.show_profile(sitter())
    with qtbot.waitExposed(view):
        view.show()
    return view


def watching(what: object) -> Status:
    return Status(Kind.WATCHING, reading=what)  # type: ignore[arg-type]


def test_the_state_the_tilt_and_the_knees_are_told(view: LiveView) -> None:
    view.show_status(watching(reading(State.TIPPED, 80.0)))
    assert view.state.text() == "Tipped back"
    assert "about 15° back" in view.gauge.accessibleDescription()
    assert view.knees.accessibleDescription() == "knees 2 cm above hips"
    assert "5" in view.rate.text()


def test_chips_light_up_and_say_so(view: LiveView) -> None:
    view.show_status(watching(reading()))
    assert view.chips.chips[Cause.KNEES_ABOVE_HIPS].accessibleName() == "knees above hips: likely"
    assert view.chips.chips[Cause.HEAD_FORWARD].accessibleName() == "head forward: not now"
    assert view.chips.chips[Cause.SHOULDERS_FORWARD].accessibleName() == "arms reach forward: not known"


def test_the_picture_is_shown_only_while_the_switch_is_held(view: LiveView, qtbot: QtBot) -> None:
    view.show_status(watching(reading()))
    assert not view.body.shows_picture
    qtbot.mousePress(view.hold, Qt.MouseButton.LeftButton)
    view.show_status(watching(reading(t_s=0.2)))
    assert view.body.shows_picture
    qtbot.mouseRelease(view.hold, Qt.MouseButton.LeftButton)
    assert not view.body.shows_picture


def test_the_picture_goes_when_the_window_is_closed(view: LiveView, qtbot: QtBot) -> None:
    qtbot.mousePress(view.hold, Qt.MouseButton.LeftButton)
    view.show_status(watching(reading()))
    view.close()
    assert not view.body.shows_picture


def test_a_reason_takes_the_place_of_everything_while_the_camera_is_off(view: LiveView) -> None:
    view.show_status(Status(Kind.OFF, "camera off: the screen is locked"))
    assert "locked" in view.detail.text()
    assert view.gauge.accessibleDescription() == "not known"
    assert view.rate.text() == ""


def test_checking_the_calibration_draws_it(view: LiveView) -> None:
    view.show_status(watching(reading()))
    plain = view.body.grab().toImage()
    view.check.click()
    assert view.body.grab().toImage() != plain


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"view": View.FRONT}, "Front view"),
        ({"view": View.OBLIQUE}, "square to your side"),
        ({"basis": Basis.SKELETON}, "edge of your back"),
        ({"confidence": 0.5}, "hidden"),
        ({"reason": "your knee is hidden"}, "Your knee is hidden."),
        ({}, "Seen well"),
    ],
)
def test_what_would_improve_the_view_is_said(changes: dict[str, object], words: str) -> None:
    said = replace(reading().moment.assessment, **changes)  # type: ignore[arg-type]
    assert words in quality_words(said)


def test_everything_has_a_name_and_can_be_reached_by_keyboard(view: LiveView) -> None:
    for widget in view.findChildren(QWidget):
        if widget.objectName().startswith("qt_") or isinstance(widget, QScrollBar):
            continue
        if isinstance(widget, QPushButton):
            assert widget.text() or widget.accessibleName()
            assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        elif not isinstance(widget, QLabel) and type(widget) is not QWidget:
            assert widget.accessibleName() or widget.children(), widget


def test_the_doctor_signs_are_one_button_away(view: LiveView) -> None:
    view.doctor.click()
    (dialog,) = view.findChildren(DoctorDialog)
    assert dialog.isVisible()
    dialog.close()


def larger(view: LiveView, times: float) -> None:
    font = view.font()
    font.setPointSizeF(times * font.pointSizeF())
    view.setFont(font)


@pytest.mark.parametrize("times", [1.0, 1.6])
def test_there_is_room_between_the_buttons_and_the_words(view: LiveView, times: float) -> None:
    larger(view, times)
    view.show_status(watching(reading(State.TIPPED, 80.0)))
    QApplication.processEvents()
    assert view.check.x() - view.hold.geometry().right() >= 8
    assert view.rate.mapTo(view, QPoint()).x() - view.check.geometry().right() >= 8
    assert view.rate.width() >= view.rate.sizeHint().width()


@pytest.mark.parametrize("times", [1.0, 1.6])
def test_it_fits_a_small_screen(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, times: float) -> None:
    monkeypatch.setattr(QScreen, "availableSize", lambda _: QSize(1024, 560))
    view = LiveView()
    qtbot.addWidget(view)
    QApplication.processEvents()
    larger(view, times)
    view.show_profile(sitter())
    with qtbot.waitExposed(view):
        view.show()
    view.show_status(watching(reading(State.TIPPED, 80.0)))
    QApplication.processEvents()
    assert view.width() <= 1008
    assert view.height() <= 512
    inside = view.side.widget()
    assert inside.width() <= view.side.viewport().width()
    for label in inside.findChildren(QLabel):
        assert label.height() >= label.heightForWidth(label.width())


@pytest.mark.parametrize("times", [1.0, 1.6, 2.5])
def test_the_words_of_the_gauges_are_not_cut_off(view: LiveView, times: float) -> None:
    larger(view, times)
    view.show_status(watching(reading(State.TIPPED, 80.0)))
    QApplication.processEvents()
    for gauge in (view.gauge, view.knees):
        drawn = gauge.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
        ground = drawn.pixel(0, drawn.height() - 1)
        for row in (0, drawn.height() - 1):
            assert all(drawn.pixel(x, row) == ground for x in range(drawn.width())), (gauge, row)
