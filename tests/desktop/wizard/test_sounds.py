"""Tones: soft, short, and never in the way."""

from __future__ import annotations

import numpy as np
import pytest

from calibration.guide import Cue
from monitor.desktop.sounds import NO_DEVICE, NOT_WANTED, NOTES, Sounds, tone


class FakeDevice:
    """Takes all samples at once."""

    def __init__(self, log: list[str]) -> None:
        self.log, self.heard = log, []
        log.append("open")

    def start(self, feeder) -> None:
        for _ in range(200):
            self.heard.append(feeder.send(1024))
        self.log.append(f"heard {np.abs(np.concatenate(self.heard)).max():.2f}")

    def close(self) -> None:
        self.log.append("close")


@pytest.fixture
def sounds_and_log():
    log: list[str] = []
    sounds = Sounds(True, lambda: FakeDevice(log))
    yield sounds, log
    sounds.close()


@pytest.mark.parametrize("name", NOTES)
def test_every_tone_is_soft_and_fades_to_silence(name):
    samples = tone(name)
    assert 0.1 < np.abs(samples).max() < 0.3
    assert abs(samples[0]) < 0.01
    assert abs(samples[-1]) < 0.01
    assert len(samples) < 44100 * 1.5


def test_every_cue_has_a_tone_of_its_own():
    tones = [tone(cue.value).tobytes() for cue in Cue]
    assert len(set(tones)) == len(Cue)
    assert "warn" in NOTES


def test_the_device_is_open_only_while_something_plays(sounds_and_log):
    sounds, log = sounds_and_log
    sounds.play("hold")
    assert sounds.wait_idle(10.0)
    assert log == ["open", "close", "open", "heard 0.22", "close"]
    assert sounds.why_not == ""


def test_an_unknown_name_is_no_error(sounds_and_log):
    sounds, log = sounds_and_log
    sounds.play("nothing of that name")
    assert sounds.wait_idle(10.0)
    assert not any(entry.startswith("heard") for entry in log)


def test_without_a_device_it_says_so_and_goes_on():
    tried = []

    def none():
        tried.append(True)
        raise OSError("no such device")

    sounds = Sounds(True, none)
    for _ in range(3):
        sounds.play("change")
        assert sounds.wait_idle(10.0)
    assert sounds.why_not == NO_DEVICE
    assert len(tried) == 1
    sounds.close()


def test_not_wanted_opens_nothing():
    opened = []
    sounds = Sounds(False, lambda: opened.append(True))
    sounds.play("change")
    assert sounds.why_not == NOT_WANTED
    assert opened == []


def test_wanted_later():
    log: list[str] = []
    sounds = Sounds(False, lambda: FakeDevice(log))
    sounds.wanted = True
    sounds.play("warn")
    assert sounds.wait_idle(10.0)
    assert log[-2:] == ["heard 0.22", "close"]
    sounds.wanted = False
    assert sounds.why_not == NOT_WANTED
    sounds.close()
