"""Run by test_on_a_screen under Xvfb: the whole course in real windows, with pictures of the screen.

python on_a_screen.py DATA_FOLDER PICTURE_FOLDER
"""

from __future__ import annotations

import sys
from pathlib import Path

import cv2  # noqa: F401 - it names Qt plugins of its own, which must not be taken
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from monitor.desktop.starting import check_screen


def takes_the_pointer(course: object) -> bool:
    """Whether a click at the edge of the screen would go to the glow; X itself is asked."""
    from Xlib.display import Display

    (edge,) = course.desktop.program.speaker.glow._edges.values()
    display = Display()
    root = display.screen().root
    root.warp_pointer(1, 500)
    display.sync()
    under = root.query_pointer().child
    return bool(under) and under.id == int(edge.winId())


def main() -> None:
    """Go through it all."""
    data, pictures = Path(sys.argv[1]), Path(sys.argv[2])
    check_screen()
    application = QApplication(sys.argv[:1])
    application.setQuitOnLastWindowClosed(False)
    assert application.platformName() == "xcb"
    from bench.course import Course, pass_time

    def look(name: str) -> None:
        pass_time(300)
        screen = QGuiApplication.primaryScreen()
        assert screen.grabWindow(0).save(str(pictures / f"{name}.png"))
        if name == "7-glow":
            assert not takes_the_pointer(course), "the glow is in the way of the pointer"

    course = Course(data, look, tray=QSystemTrayIcon.isSystemTrayAvailable())
    course.first_run()
    course.to_the_warning()
    course.desktop.live.hide()
    course.pause_and_resume()
    course.desktop.show_settings()
    look("10-settings")
    course.desktop.show_review()
    look("11-review")
    course.quit()
    sys.stdout.write("tray done\n" if course.desktop.tray else "no tray done\n")


if __name__ == "__main__":
    main()
