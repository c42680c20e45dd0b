from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from monitor.desktop.instance import OneInstance


def test_a_second_start_brings_up_the_first(qtbot: QtBot, tmp_path: Path) -> None:
    first, second = OneInstance(tmp_path), OneInstance(tmp_path)
    assert not first.is_second()
    first.listen()
    with qtbot.waitSignal(first.called, timeout=2000):
        assert second.is_second()
    first.close()


def test_other_data_folders_are_other_programs(qtbot: QtBot, tmp_path: Path) -> None:
    first, other = OneInstance(tmp_path / "a"), OneInstance(tmp_path / "b")
    first.listen()
    assert not other.is_second()
    first.close()


def test_what_a_crash_left_behind_does_not_keep_it_from_starting(qtbot: QtBot, tmp_path: Path) -> None:
    first = OneInstance(tmp_path)
    first.listen()
    path = Path(first._server.fullServerName())
    first.close()
    path.touch()
    again = OneInstance(tmp_path)
    assert not again.is_second()
    again.listen()
    with qtbot.waitSignal(again.called, timeout=2000):
        assert OneInstance(tmp_path).is_second()
    again.close()
