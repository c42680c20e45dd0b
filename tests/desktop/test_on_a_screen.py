"""Real windows under a window manager on a screen that nobody sees. The pictures are kept in build/screens."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from monitor.desktop import starting
from monitor.desktop.starting import check_screen
from monitor.errors import DesktopError
from monitor.surroundings.full_screen import FullScreen

ROOT = Path(__file__).parents[2]
PICTURES = ROOT / "build" / "screens"
WAIT_S = 60
STOPS = (
    *("1-welcome", "2-camera", "3-placement", "4-about", "5-poses", "6-result", "7-glow", "8-warning", "9-paused"),
    *("10-settings", "11-review"),
)


@pytest.fixture(scope="module")
def screen() -> Iterator[dict[str, str]]:
    """The environment of a fresh screen with a window manager."""
    missing = [name for name in ("Xvfb", "openbox", "trayer", "xdotool") if shutil.which(name) is None]
    if missing:
        if os.environ.get("SADDLE_NEEDS_SCREEN"):
            pytest.fail(f"not installed: {missing}")
        pytest.skip(f"not installed: {', '.join(missing)}")
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1400x900x24", "-nolisten", "tcp"],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as told:
        display = f":{told.readline().strip()}"
    environment = {k: v for k, v in os.environ.items() if k not in ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY")}
    folders = (ROOT, ROOT / "tests" / "unit", ROOT / "tests" / "desktop")
    environment |= {"DISPLAY": display, "PYTHONPATH": os.pathsep.join(map(str, folders))}
    manager = subprocess.Popen(["openbox"], env=environment, stderr=subprocess.DEVNULL)
    tray = subprocess.Popen(
        ["trayer", "--edge", "top", "--align", "right", "--widthtype", "request", "--height", "24"],
        env=environment,
        stderr=subprocess.DEVNULL,
    )
    subprocess.run(["xdotool", "search", "--sync", "--class", "trayer"], env=environment, timeout=WAIT_S, check=True)
    yield environment
    for process in (tray, manager, server):
        process.terminate()
        process.wait(WAIT_S)


def picture(name: str) -> np.ndarray:
    import cv2

    image = cv2.imread(str(PICTURES / f"{name}.png"))
    assert image is not None, name
    return image


def test_the_whole_course_in_real_windows(screen: dict[str, str], tmp_path: Path) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    script = Path(__file__).parent / "on_a_screen.py"
    done = subprocess.run(
        [sys.executable, str(script), str(tmp_path / "data"), str(PICTURES)],
        env=screen | {"XDG_CONFIG_HOME": str(tmp_path / "config")},
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert "tray done" in done.stdout
    assert "no tray" not in done.stdout
    for name in STOPS:
        if name != "9-paused":  # then only the tray icon is left
            assert picture(name).std() > 5.0, f"{name} is empty"
    icon = picture("8-warning")[:24, -40:].reshape(-1, 3).astype(int)
    assert ((icon[:, 2] > 150) & (icon[:, 0] < 80)).sum() > 40, "the tray icon does not say tipped"
    still = picture("9-paused")[:24, -40:].reshape(-1, 3).astype(int)
    assert (np.ptp(still, axis=1) < 30).all(), "the tray icon is not still while paused"
    assert (still.mean(axis=1) < 170).sum() > 20, "there is no tray icon while paused"
    glow = picture("7-glow")
    edge = glow[200:700, :2].reshape(-1, 3).mean(axis=0)
    assert edge[2] > edge[0] + 60, "the edge of the screen does not glow"
    middle = picture("9-paused")[200:700, :2].reshape(-1, 3).mean(axis=0)
    assert abs(middle[2] - middle[0]) < 30, "the glow is still there"


def window_of(screen: dict[str, str], title: str) -> str:
    found = subprocess.run(
        ["xdotool", "search", "--sync", "--onlyvisible", "--name", title],
        env=screen,
        capture_output=True,
        text=True,
        timeout=WAIT_S,
    )
    return found.stdout.split()[0]


def saddle(screen: dict[str, str], *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "monitor.cli", *words],
        env=screen,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )


def test_the_command_starts_once_and_ends_when_told(screen: dict[str, str], tmp_path: Path) -> None:
    first = saddle(screen, "desktop", "--data-dir", str(tmp_path))
    try:
        window_of(screen, "Saddle")
        second = saddle(screen, "desktop", "--data-dir", str(tmp_path))
        assert second.wait(WAIT_S) == 0
        assert first.poll() is None
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGTERM):  # as the end of a session does
            first.send_signal(number)
        assert first.wait(WAIT_S) == 0, first.stderr.read() if first.stderr else ""
    finally:
        first.kill()
        first.communicate()
        second.communicate()


@pytest.mark.parametrize("number", ["SIGINT", "SIGHUP"])
def test_the_command_alone_starts_the_same(screen: dict[str, str], tmp_path: Path, number: str) -> None:
    process = saddle(screen | {"SADDLE_DATA_DIR": str(tmp_path)})
    try:
        window_of(screen, "Saddle")
        process.send_signal(signal.Signals[number])
        assert process.wait(WAIT_S) == 0
    finally:
        process.kill()
        process.communicate()


def without_screen(tmp_path: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
    return subprocess.run(
        [sys.executable, "-m", "monitor.cli", "desktop", "--data-dir", str(tmp_path)],
        env=kept | {"PYTHONPATH": str(ROOT)} | environment,
        capture_output=True,
        text=True,
        timeout=WAIT_S,
    )


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems always have a screen")
@pytest.mark.parametrize("named", [{}, {"DISPLAY": ":9999"}, {"WAYLAND_DISPLAY": "/nowhere/wayland-0"}])
def test_without_a_screen_it_is_one_sentence(tmp_path: Path, named: dict[str, str]) -> None:
    done = without_screen(tmp_path, **named)
    assert done.returncode == 2
    assert done.stderr.startswith("saddle: No screen was found")
    assert len(done.stderr.splitlines()) == 1


@pytest.fixture
def no_screen(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    if not sys.platform.startswith("linux"):
        pytest.skip("other systems always have a screen")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "XDG_RUNTIME_DIR"):
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


@pytest.mark.parametrize("platform", ["xcb", "wayland;xcb", "wayland-egl"])
def test_a_platform_that_needs_a_screen_is_asked_for_one(no_screen: pytest.MonkeyPatch, platform: str) -> None:
    no_screen.setenv("QT_QPA_PLATFORM", platform)
    no_screen.setenv("DISPLAY", ":9999")
    with pytest.raises(DesktopError, match="No screen was found"):
        check_screen()


def test_a_platform_that_needs_no_screen_is_left_alone(no_screen: pytest.MonkeyPatch) -> None:
    no_screen.setenv("QT_QPA_PLATFORM", "vnc:port=5901")
    no_screen.setenv("DISPLAY", ":9999")
    check_screen()


def test_either_screen_is_enough(screen: dict[str, str], no_screen: pytest.MonkeyPatch, tmp_path: Path) -> None:
    no_screen.setenv("DISPLAY", screen["DISPLAY"])
    no_screen.setenv("WAYLAND_DISPLAY", "wayland-0")
    no_screen.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    check_screen()
    no_screen.setenv("DISPLAY", ":9999")
    with pytest.raises(DesktopError, match="No screen was found"):
        check_screen()
    with socket.socket(socket.AF_UNIX) as compositor:
        compositor.bind(str(tmp_path / "wayland-0"))
        compositor.listen()
        check_screen()
        no_screen.delenv("WAYLAND_DISPLAY")
        with pytest.raises(DesktopError, match="No screen was found"):
            check_screen()
        no_screen.setenv("QT_QPA_PLATFORM", "wayland")
        check_screen()


def test_a_screen_far_away_that_is_silent_is_not_waited_for(no_screen: pytest.MonkeyPatch) -> None:
    no_screen.setattr(starting, "ANSWER_S", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        no_screen.setenv("DISPLAY", f"127.0.0.1:{silent.getsockname()[1] - 6000}")
        with pytest.raises(DesktopError, match="No screen was found"):
            check_screen()


FILM = """
from PySide6.QtWidgets import QApplication, QLabel
from monitor.desktop.glow import Glow
application = QApplication([])
film, note, glow = QLabel("film"), QLabel("note"), Glow()
film.setWindowTitle("a film")
note.setWindowTitle("a note")
film.showFullScreen()
glow.show_level(1.0)
note.show()
application.exec()
"""


def test_a_film_fills_the_screen_also_when_something_else_is_in_front(screen: dict[str, str]) -> None:
    def do(*words: str) -> None:
        subprocess.run(["xdotool", *words], env=screen, timeout=WAIT_S, check=True)

    look = FullScreen(screen)
    assert not look.look()
    player = subprocess.Popen([sys.executable, "-c", FILM], env=screen)
    try:
        film, note = window_of(screen, "a film"), window_of(screen, "a note")
        do("windowactivate", "--sync", film)
        assert look.look()
        do("windowactivate", "--sync", note)
        assert look.look()
        do("windowminimize", "--sync", film)
        assert not look.look(), "the glow counts, or a minimised window does"
    finally:
        player.kill()
        player.wait()
        look.close()
