"""Starts the desktop program: a screen to show it on, one instance, and an end when it is told to end."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import sys
import threading
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from monitor.desktop.app import Desktop
from monitor.desktop.instance import OneInstance
from monitor.desktop.look import app_icon, with_accent
from monitor.errors import DesktopError
from monitor.folder import DataFolder

ANSWER_S = 5.0
"""A screen that does not answer within this time is none."""


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
    desktop.folder_changed.connect(instance.listen_also)
    _quit_on_signals(desktop)
    QTimer.singleShot(0, desktop.start)
    try:
        return app.exec()
    finally:
        instance.close()


def _quit_on_signals(desktop: Desktop) -> None:
    """Ctrl-C, SIGTERM and SIGHUP quit as the menu does. A timer lets Python see them while Qt waits."""
    timer = QTimer(desktop)
    timer.timeout.connect(lambda: None)
    timer.start(200)
    numbers = [signal.SIGINT, signal.SIGTERM]
    if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # that is nohup's
        numbers.append(signal.SIGHUP)

    def end(*_: object) -> None:
        for number in numbers:  # the end of a session sends several: the first is enough
            signal.signal(number, lambda *_: None)
        QTimer.singleShot(0, desktop.quit)

    for number in numbers:
        signal.signal(number, end)


def check_screen() -> None:
    """Qt ends the whole process where it finds no screen; a sentence is better."""
    # OpenCV names its own Qt plugins there, which do not fit PySide6.
    os.environ.pop("QT_QPA_PLATFORM_PLUGIN_PATH", None)
    os.environ.pop("QT_QPA_FONTDIR", None)
    if not sys.platform.startswith("linux"):
        return
    named = [part.split(":")[0].split("-")[0] for part in os.environ.get("QT_QPA_PLATFORM", "").split(";") if part]
    ways = set(named) or {"wayland", "xcb"}
    wayland = os.environ.get("WAYLAND_DISPLAY") or ("wayland-0" if named else "")  # its usual name, as Qt takes it
    if not ways <= {"wayland", "xcb"} or ("wayland" in ways and _wayland_answers(wayland)):
        return
    if "xcb" not in ways or not _x_answers():
        raise DesktopError("No screen was found: start Saddle in a desktop session, or use `saddle watch` here.")
    try:
        ctypes.CDLL("libxcb-cursor.so.0")
    except OSError as error:
        raise DesktopError(
            "The library libxcb-cursor is missing, so no window can be shown: install it (on Debian and Ubuntu "
            "`apt install libxcb-cursor0`) and start again."
        ) from error


def _wayland_answers(name: str) -> bool:
    if not name:
        return False
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(ANSWER_S)
        try:
            client.connect(str(Path(os.environ.get("XDG_RUNTIME_DIR", "")) / name))
        except OSError:
            return False
    return True


def _x_answers() -> bool:
    """Ask as Qt will, by the same library: it also knows whether this user may show windows there."""
    name = os.environ.get("DISPLAY", "")
    if not name:
        return False
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True  # the library that is asked for next stands on this one
    answers: list[bool] = []
    asking = threading.Thread(target=lambda: answers.append(_connects(xcb, name)), daemon=True)
    asking.start()
    asking.join(ANSWER_S)  # a computer far away that is off would keep us waiting for minutes
    return answers == [True]


def _connects(xcb: ctypes.CDLL, name: str) -> bool:
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(os.fsencode(name), None))
    failed = bool(xcb.xcb_connection_has_error(connection))
    xcb.xcb_disconnect(connection)
    return not failed
