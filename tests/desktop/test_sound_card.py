from __future__ import annotations

from pathlib import Path

import pytest

from monitor.desktop.sounds import _linux_has_sound


@pytest.fixture(autouse=True)
def _silence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PULSE_SERVER", raising=False)
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)


def test_a_card_that_plays_counts_and_one_that_only_records_does_not(tmp_path: Path) -> None:
    assert not _linux_has_sound(tmp_path)
    (tmp_path / "pcmC0D0c").touch()
    assert not _linux_has_sound(tmp_path)
    (tmp_path / "pcmC0D0p").touch()
    assert _linux_has_sound(tmp_path)


@pytest.mark.parametrize("socket", ["pulse/native", "pipewire-0"])
def test_a_sound_server_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, socket: str) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    assert not _linux_has_sound(tmp_path / "none")
    path = tmp_path / socket
    path.parent.mkdir(exist_ok=True)
    path.touch()
    assert _linux_has_sound(tmp_path / "none")
