"""Real windows under a window manager on a screen that nobody sees. The pictures are kept in build/screens."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

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
        first.send_signal(signal.SIGTERM)
        assert first.wait(WAIT_S) == 0, first.stderr.read() if first.stderr else ""
    finally:
        first.kill()
        first.communicate()
        second.communicate()


def test_the_command_alone_starts_the_same(screen: dict[str, str], tmp_path: Path) -> None:
    process = saddle(screen | {"SADDLE_DATA_DIR": str(tmp_path)})
    try:
        window_of(screen, "Saddle")
        process.send_signal(signal.SIGINT)
        assert process.wait(WAIT_S) == 0
    finally:
        process.kill()
        process.communicate()


def test_without_a_screen_it_is_one_sentence(tmp_path: Path) -> None:
    environment = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
    done = subprocess.run(
        [sys.executable, "-m", "monitor.cli", "desktop", "--data-dir", str(tmp_path)],
        env=environment | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=WAIT_S,
    )
    if sys.platform.startswith("linux"):
        assert done.returncode == 2
        assert "No screen was found" in done.stderr
        assert "Traceback" not in done.stderr
