"""What has to be looked up: microphone, cameras of other programs, screen locks, battery.

Everything is read from the files the system shows to this user; nothing is remembered between two looks.
"""

from __future__ import annotations

import asyncio
import contextlib
import math
import os
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

_HOLDING_WITHOUT_USING = frozenset({"pipewire", "wireplumber", "pipewire-media-"})
_SCREEN_LOCKS = frozenset(
    {"swaylock", "hyprlock", "gtklock", "waylock", "i3lock", "slock", "xsecurelock", "physlock", "xlock", "xtrlock"}
)
_CHAIN = 64


def microphone_used(proc: Path = Path("/proc")) -> bool:
    """Whether any sound card records now, by ALSA's status files.

    Bluetooth microphones are no ALSA cards and are not seen this way, nor is sound from the network.
    """
    for status in proc.glob("asound/card*/pcm*c/sub*/status"):
        try:
            if "state: RUNNING" in status.read_text("utf-8", "replace"):
                return True
        except OSError:
            continue  # the card was unplugged meanwhile
    return False


def sound_is_visible(proc: Path = Path("/proc")) -> bool:
    """Whether there are ALSA status files to look at."""
    return (proc / "asound").is_dir()


def camera_used_by(proc: Path = Path("/proc"), video: str = "/dev/video", own_pid: int = 0) -> str:
    """Name of another program of this user that has a camera open; empty when there is none.

    Programs of other users, and those that hide their open files, cannot be seen. PipeWire's own programs are passed
    over: they keep cameras open without using them; so a program that gets its pictures from them is not seen either.
    ``own_pid`` 0 means this process; it and its children are no other program.
    """
    if not any(name.startswith(Path(video).name) for name in _names_in(str(Path(video).parent))):
        return ""
    own = own_pid or os.getpid()
    for pid in sorted(map(int, _pids(proc))):
        folder = f"{proc}/{pid}"
        if _holds(f"{folder}/fd", video) and not _descends(proc, pid, own):
            name = _first_line(f"{folder}/comm")
            if name not in _HOLDING_WITHOUT_USING:
                return name or "another program"
    return ""


def screen_lock_runs(proc: Path = Path("/proc")) -> bool:
    """Whether a stand-alone screen lock of this user runs; such locks often tell nobody.

    Its name counts, so a lock started as a daemon that waits to lock is taken for a locked screen.
    """
    uid = os.getuid()
    for pid in _pids(proc):
        try:
            ours = os.stat(f"{proc}/{pid}").st_uid == uid  # noqa: PTH116 - a Path for each process costs too much
        except OSError:
            continue
        if ours and _first_line(f"{proc}/{pid}/comm") in _SCREEN_LOCKS:
            return True
    return False


def battery_pct() -> float:
    """Charge of the battery in whole percent; NaN on mains power, without a battery, or when unknown."""
    import psutil

    read = getattr(psutil, "sensors_battery", None)  # some systems have none
    battery = read() if read else None
    if battery is None or battery.power_plugged is not False:
        return math.nan
    return float(round(battery.percent))


async def in_thread(work: Callable[[], T]) -> T:
    """The answer of ``work``, done in a thread of its own that never keeps the program from ending."""
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[T] = loop.create_future()

    def settle(setter: Callable[[], None]) -> None:
        if not answer.cancelled():
            setter()

    def run() -> None:
        try:
            setter = partial(answer.set_result, work())
        except Exception as error:  # noqa: BLE001 - handed on to whoever waits for the answer
            setter = partial(answer.set_exception, error)
        with contextlib.suppress(RuntimeError):  # the loop has ended; nobody waits any more
            loop.call_soon_threadsafe(settle, setter)

    threading.Thread(target=run, name="surroundings look", daemon=True).start()
    return await answer


def _pids(proc: Path) -> Iterator[str]:
    return (name for name in _names_in(str(proc)) if name.isdecimal())


def _names_in(folder: str) -> list[str]:
    try:
        return os.listdir(folder)  # noqa: PTH208 - a Path for each of thousands of entries costs too much
    except OSError:
        return []  # ended meanwhile, or another user's


def _holds(folder: str, video: str) -> bool:
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:
        return False
    try:
        return any(_target(name, descriptor).startswith(video) for name in os.listdir(descriptor))  # noqa: PTH208
    except OSError:
        return False
    finally:
        os.close(descriptor)


def _target(name: str, folder: int) -> str:
    try:
        return os.readlink(name, dir_fd=folder)
    except OSError:
        return ""


def _descends(proc: Path, pid: int, ancestor: int) -> bool:
    for _ in range(_CHAIN):
        if pid == ancestor:
            return True
        after_name = _first_line(f"{proc}/{pid}/stat").rpartition(")")[2].split()
        if len(after_name) < 2 or not after_name[1].isdecimal() or after_name[1] == "0":
            return False
        pid = int(after_name[1])
    return False


def _first_line(path: str) -> str:
    try:
        with open(path, encoding="utf-8", errors="replace") as file:  # noqa: PTH123 - as above
            return file.readline().strip()
    except OSError:
        return ""
