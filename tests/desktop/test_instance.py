from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from monitor import cli
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
    (server,) = first._servers.values()
    path = Path(server.fullServerName())
    first.close()
    path.touch()
    again = OneInstance(tmp_path)
    assert not again.is_second()
    again.listen()
    with qtbot.waitSignal(again.called, timeout=2000):
        assert OneInstance(tmp_path).is_second()
    again.close()


def test_after_a_move_a_start_with_either_folder_brings_up_the_first(qtbot: QtBot, tmp_path: Path) -> None:
    first = OneInstance(tmp_path / "old")
    first.listen()
    for folder in ("new", "newer", "old"):
        first.listen_also(tmp_path / folder)
    for folder in ("old", "new", "newer"):
        with qtbot.waitSignal(first.called, timeout=2000):
            assert OneInstance(tmp_path / folder).is_second()
    first.close()
    assert not any(OneInstance(tmp_path / folder).is_second() for folder in ("old", "new", "newer"))


def test_a_move_into_the_folder_of_another_program_leaves_that_one_first(qtbot: QtBot, tmp_path: Path) -> None:
    first, other = OneInstance(tmp_path / "a"), OneInstance(tmp_path / "b")
    first.listen()
    other.listen()
    with qtbot.waitSignal(other.called, timeout=2000):
        first.listen_also(tmp_path / "b")
    first.close()
    with qtbot.waitSignal(other.called, timeout=2000):
        assert OneInstance(tmp_path / "b").is_second()
    other.close()


def test_a_folder_whose_name_is_no_utf_8_has_a_mark_too(qtbot: QtBot, tmp_path: Path) -> None:
    assert not OneInstance(tmp_path / "caf\udce9").is_second()


@pytest.fixture
def hangup() -> Iterator[signal.Signals]:
    if not hasattr(signal, "SIGHUP"):
        pytest.skip("terminals do not tell of their end here")
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)}
    signal.signal(signal.SIGHUP, lambda *_: None)
    yield signal.SIGHUP
    for number, handler in before.items():
        signal.signal(number, handler)


def test_the_end_of_the_terminal_or_session_interrupts_a_command_once(
    hangup: signal.Signals, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = []

    def command() -> None:
        try:
            signal.raise_signal(hangup)
            done.append("went on")
        finally:
            signal.raise_signal(signal.SIGTERM)
            signal.raise_signal(hangup)
            done.append("closed")

    monkeypatch.setattr(cli, "app", command)
    with pytest.raises(KeyboardInterrupt):
        cli.main()
    assert done == ["closed"]


def test_a_command_under_nohup_outlives_the_terminal(hangup: signal.Signals, monkeypatch: pytest.MonkeyPatch) -> None:
    signal.signal(hangup, signal.SIG_IGN)
    monkeypatch.setattr(cli, "app", lambda: signal.raise_signal(hangup))
    cli.main()
