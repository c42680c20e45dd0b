"""Short soft tones, made here and played where there is a sound device. Nothing waits for them and nothing fails."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Final, Protocol

import numpy as np
import numpy.typing as npt

Tone = npt.NDArray[np.float32]
Feeder = Generator[Tone, int, None]

RATE_HZ: Final = 44100
NO_DEVICE: Final = "No sound device was found."
NOT_WANTED: Final = "Sounds are turned off."
RETRY_S: Final = 30.0
"""After a device could not be opened it is not tried again for so long."""
_LOUDNESS: Final = 0.22
_FADE_S: Final = 0.03
_BUFFER_S: Final = 0.1

NOTES: Final[dict[str, tuple[tuple[float, float, float], ...]]] = {
    "change": ((0.0, 587.33, 0.22), (0.24, 587.33, 0.30)),
    "hold": ((0.0, 523.25, 0.16), (0.14, 659.26, 0.16), (0.28, 783.99, 0.34)),
    "done": ((0.0, 783.99, 0.20), (0.20, 523.25, 0.36)),
    "again": ((0.0, 220.0, 0.18), (0.24, 220.0, 0.18), (0.48, 220.0, 0.30)),
    "finished": ((0.0, 523.25, 0.9), (0.06, 659.26, 0.9), (0.12, 783.99, 0.9)),
    "warn": ((0.0, 440.0, 0.28), (0.30, 392.0, 0.42)),
}
"""Each sound by its notes: when it begins in seconds, its pitch in hertz, its length in seconds."""


class Device(Protocol):
    """What plays; `miniaudio.PlaybackDevice` is one."""

    def start(self, feeder: Feeder) -> None:
        """Begin to take samples from a generator that has been started."""
        ...

    def close(self) -> None:
        """Let go of the device."""
        ...


def tone(name: str) -> Tone:
    """(n,) samples of a sound, -1 to 1.

    Raises:
        KeyError: there is no sound of that name.
    """
    notes = NOTES[name]
    length_s = max(begin + length for begin, _, length in notes)
    samples = np.zeros(round(RATE_HZ * length_s))
    for begin_s, pitch_hz, note_s in notes:
        t = np.arange(round(RATE_HZ * note_s)) / RATE_HZ
        wave = np.sin(2 * np.pi * pitch_hz * t) + 0.2 * np.sin(4 * np.pi * pitch_hz * t)
        wave *= np.minimum(1.0, t / _FADE_S) * np.minimum(1.0, (note_s - t) / _FADE_S) * np.exp(-2.0 * t / note_s)
        at = round(RATE_HZ * begin_s)
        samples[at : at + len(wave)] += wave[: len(samples) - at]
    peak = float(np.abs(samples).max())
    return (_LOUDNESS * samples / peak).astype(np.float32)


def open_device() -> Device:
    """The usual sound device of this computer.

    Raises:
        OSError: there is none.
    """
    if sys.platform.startswith("linux") and not _linux_has_sound():
        raise OSError("neither a sound card nor a sound server")  # looking for one fills the terminal with ALSA's words
    import miniaudio  # loads the sound system: only when something is to be heard

    try:
        device = miniaudio.PlaybackDevice(
            output_format=miniaudio.SampleFormat.FLOAT32,
            nchannels=1,
            sample_rate=RATE_HZ,
            buffersize_msec=round(1000 * _BUFFER_S),
            app_name="Saddle",
        )
    except miniaudio.MiniaudioError as error:
        raise OSError(str(error)) from error
    if str(device.backend).lower() == "null":
        device.close()
        raise OSError("only a device that nobody hears")
    found: Device = device
    return found


def _linux_has_sound(devices: Path = Path("/dev/snd")) -> bool:
    """Whether there is a card that plays, or a sound server's socket."""
    if os.environ.get("PULSE_SERVER") or any(devices.glob("pcm*p")):
        return True
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    return bool(runtime) and any((Path(runtime) / name).exists() for name in ("pulse/native", "pipewire-0"))


class Sounds:
    """Plays short tones in a thread of its own; the sound device is open only while something plays.

    Args:
        wanted: whether anything is played at all; can be changed later.
        open_device: opens a device; raises OSError where there is none.
    """

    def __init__(self, wanted: bool, open_device: Callable[[], Device] = open_device) -> None:
        self._open = open_device
        self._changed = threading.Condition()  # guards the next five
        self._wanted = False
        self._runs = False
        self._due: deque[str | None] = deque(maxlen=2)  # what is older than that comes too late anyway
        self._why_not = ""
        self._busy = False
        self._tried_s = -RETRY_S
        self.wanted = wanted

    @property
    def wanted(self) -> bool:
        """Whether anything is played at all. The first yes looks for a device, in the thread of the sounds."""
        with self._changed:
            return self._wanted

    @wanted.setter
    def wanted(self, wanted: bool) -> None:
        with self._changed:
            self._wanted = wanted
            begin = wanted and not self._runs
            self._runs = self._runs or wanted
        if begin:
            threading.Thread(target=self._run, name="sounds", daemon=True).start()

    @property
    def why_not(self) -> str:
        """Why nothing is heard, in a sentence; empty as long as sounds can be played."""
        with self._changed:
            return self._why_not if self._wanted else NOT_WANTED

    def play(self, name: str) -> None:
        """Play a sound by its name in `NOTES`; returns at once, and does nothing where it cannot be played."""
        if self.wanted and name in NOTES:
            self._put(name)

    def close(self) -> None:
        """End the thread, for good."""
        self._put(None)

    def wait_idle(self, seconds: float) -> bool:
        """Wait until nothing plays or is about to; False when that took longer than ``seconds``."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._due and not self._busy, seconds)

    def _put(self, name: str | None) -> None:
        with self._changed:
            self._due.append(name)
            self._changed.notify_all()

    def _run(self) -> None:
        self._with_device(lambda _: None)  # tells early whether there is one
        while True:
            with self._changed:
                self._changed.wait_for(lambda: bool(self._due))
                name = self._due.popleft()
                self._busy = name is not None
            if name is None:
                return
            try:
                if not self.why_not or time.monotonic() - self._tried_s >= RETRY_S:
                    self._with_device(_Playing(tone(name)))
            finally:
                with self._changed:
                    self._busy = False
                    self._changed.notify_all()

    def _with_device(self, use: Callable[[Device], None]) -> None:
        self._tried_s = time.monotonic()
        why_not = ""
        try:
            device = self._open()
            try:
                use(device)
            finally:
                device.close()
        except Exception:  # noqa: BLE001 - no sound is never a reason to stop
            why_not = NO_DEVICE
        with self._changed:
            self._why_not = why_not


class _Playing:
    """Plays one tone to its end on a device."""

    def __init__(self, samples: Tone) -> None:
        self._samples = samples
        self._over = threading.Event()

    def __call__(self, device: Device) -> None:
        feeder = self._feed()
        next(feeder)
        device.start(feeder)
        self._over.wait(len(self._samples) / RATE_HZ + 1.0)

    def _feed(self) -> Feeder:
        """Gives the samples asked for, then silence; over once the device's own buffer has been filled with silence."""
        wanted = yield np.zeros(0, dtype=np.float32)
        at, silent = 0, 0
        while True:
            piece = self._samples[at : at + wanted]
            at += wanted
            silent += wanted - len(piece)
            if silent > 2 * _BUFFER_S * RATE_HZ:
                self._over.set()
            wanted = yield np.pad(piece, (0, wanted - len(piece)))
