"""Starts the desktop program: a screen to show it on, one instance, and an end when it is told to end."""

from __future__ import annotations

import os
import signal
import sys

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from monitor.desktop.app import Desktop
from monitor.desktop.instance import OneInstance
from monitor.desktop.look import app_icon, with_accent
from monitor.errors import DesktopError
from monitor.folder import DataFolder


def run_desktop(folder: DataFolder, *, source: str = "", speed: float = 1.0, loop: bool = False) -> int:
    """Run the program until it is quit, and return the exit code.

    Raises:
        DesktopError: there is no screen to show windows on.
    """
    check_screen()
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Saddle")
    app.setDesktopFileName("saddle")
    app.setQuitOnLastWindowClosed(False)
    app.setPalette(with_accent(app.palette()))
    app.setWindowIcon(app_icon())
    instance = OneInstance(folder.path)
    if instance.is_second():
        return 0
    instance.listen()
    desktop = Desktop(folder, source=source, speed=speed, loop=loop)
    instance.called.connect(desktop.come_up)
    desktop.quit_wanted.connect(app.quit)
    _quit_on_signals(desktop)
    QTimer.singleShot(0, desktop.start)
    try:
        return app.exec()
    finally:
        instance.close()


def _quit_on_signals(desktop: Desktop) -> None:
    """Ctrl-C and SIGTERM quit as the menu does. A timer lets Python see them while Qt waits."""
    timer = QTimer(desktop)
    timer.timeout.connect(lambda: None)
    timer.start(200)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: QTimer.singleShot(0, desktop.quit))


def check_screen() -> None:
    """Qt ends the whole process where it finds no screen; a sentence is better."""
    # OpenCV names its own Qt plugins there, which do not fit PySide6.
    os.environ.pop("QT_QPA_PLATFORM_PLUGIN_PATH", None)
    os.environ.pop("QT_QPA_FONTDIR", None)
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return
    if os.environ.get("WAYLAND_DISPLAY"):
        return
    if not os.environ.get("DISPLAY"):
        raise DesktopError("No screen was found: start Saddle in a desktop session, or use `saddle watch` here.")
    import ctypes

    try:
        ctypes.CDLL("libxcb-cursor.so.0")
    except OSError as error:
        raise DesktopError(
            "The library libxcb-cursor is missing, so no window can be shown: install it (on Debian and Ubuntu "
            "`apt install libxcb-cursor0`) and start again."
        ) from error
