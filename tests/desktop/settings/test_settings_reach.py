"""Whether everything can be read, named and reached without a mouse."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QSlider,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot
from settings_fakes import Opened

from monitor.desktop.settings.window import SettingsWindow
from monitor.settings import Settings

CONTROLS = (QAbstractButton, QAbstractSpinBox, QComboBox, QLineEdit, QListWidget, QSlider)


def controls(root: QWidget) -> list[QWidget]:
    """What can be operated, without the parts that Qt makes inside spin boxes, lists and scroll bars."""
    own = [w for w in root.findChildren(QWidget) if isinstance(w, CONTROLS)]
    return [w for w in own if not isinstance(w.parentWidget(), QAbstractSpinBox | QComboBox)]


def every_page(window: SettingsWindow) -> Iterator[QWidget]:
    """Each page in front, with all that it has."""
    for row in range(window.stack.count()):
        window.names.setCurrentRow(row)
        page = window.stack.currentWidget()
        for more in page.findChildren(QToolButton):
            if more.isVisible() and more.isCheckable():
                more.setChecked(True)
        QApplication.processEvents()
        yield page


def test_every_control_has_a_name_and_takes_the_keyboard(opened: Opened) -> None:
    found = controls(opened.window)
    assert len(found) > 50
    for widget in found:
        named = widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text())
        assert named or not widget.isVisibleTo(opened.window), widget
        assert "&" not in widget.accessibleName()
        assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus, widget


def test_every_setting_says_what_it_is_for(opened: Opened) -> None:
    for widget in controls(opened.window):
        if "." in widget.objectName():
            assert widget.toolTip().endswith("."), widget.objectName()
            assert widget.accessibleDescription() == widget.toolTip()


def test_every_label_leads_to_its_control(opened: Opened) -> None:
    for widget in controls(opened.window):
        if "." in widget.objectName() and not isinstance(widget, QCheckBox):
            labels = [label for label in opened.window.findChildren(QLabel) if label.buddy() is widget]
            assert len(labels) == 1, widget.objectName()


def test_no_key_serves_twice_on_a_page(opened: Opened) -> None:
    opened.window.show_broken_file("The settings file is not valid: mend it.")
    for page in every_page(opened.window):
        shown = [w for w in opened.window.findChildren(QWidget) if w.isVisible()]
        words = [w.text() for w in shown if isinstance(w, QAbstractButton | QLabel)]
        keys = Counter(text[text.index("&") + 1].lower() for text in words if "&" in text)
        assert not [key for key, times in keys.items() if times > 1], page


def test_tab_goes_from_the_list_down_the_page_to_the_buttons(opened: Opened, qtbot: QtBot) -> None:
    window = opened.window
    for page in every_page(window):
        window.names.setFocus()
        gone: list[QWidget] = []
        for _ in range(60):
            qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
            now = window.focusWidget()
            if now is window.names:
                break
            gone.append(now)
        assert window.focusWidget() is window.names
        wanted = [w for w in controls(page) if w.isVisible() and w.isEnabled()]
        assert {w for w in gone if page.isAncestorOf(w)} == set(wanted)
        inside = page.widget() if hasattr(page, "widget") else page
        places = [w.mapTo(inside, QPoint()) for w in gone if page.isAncestorOf(w)]
        for before, after in pairwise(places):
            assert (after.y() > before.y() - 8) or after.x() > before.x(), page


def _cut_off(widget: QWidget) -> bool:
    if isinstance(widget, QLabel) and widget.wordWrap():
        return widget.height() < widget.heightForWidth(widget.width())
    if isinstance(widget, QAbstractSpinBox):
        line = widget.findChild(QLineEdit)
        assert line is not None
        return line.width() < line.fontMetrics().horizontalAdvance(line.text())
    return widget.width() < widget.sizeHint().width() or widget.height() < widget.sizeHint().height() - 1


@pytest.mark.parametrize(("points", "width"), [(9, 700), (10, 860), (16, 860), (20, 1300)])
def test_no_words_are_cut_off(qtbot: QtBot, tmp_path: Path, points: int, width: int) -> None:
    before = QApplication.font()
    font = QFont(before)
    font.setPointSize(points)
    QApplication.setFont(font)
    try:
        window = SettingsWindow(Settings(), data_folder=tmp_path, profiles=("Couch", "Desk"), profile="Desk")
        qtbot.addWidget(window)
        window.resize(width, 900)
        with qtbot.waitExposed(window):
            window.show()
        window.show_broken_file("The settings file is not valid: " + "a long sentence about it, " * 5)
        for page in every_page(window):
            seen = [w for w in page.findChildren(QWidget) if w.isVisible()]
            texts = [w for w in seen if isinstance(w, QLabel | QAbstractButton | QComboBox | QAbstractSpinBox)]
            assert texts
            assert not [w for w in texts if w.objectName() != "qt_spinbox_lineedit" and _cut_off(w)]
            assert window.names.sizeHintForColumn(0) <= window.names.viewport().width()
    finally:
        QApplication.setFont(before)


def test_the_letters_may_grow_while_it_is_open(opened: Opened) -> None:
    font = opened.window.font()
    font.setPointSize(18)
    opened.window.setFont(font)
    for page in every_page(opened.window):
        labels = [w for w in page.findChildren(QLabel) if w.isVisible()]
        assert not [w.text() for w in labels if _cut_off(w)]
    assert opened.window.names.sizeHintForColumn(0) <= opened.window.names.viewport().width()
