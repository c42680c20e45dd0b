from __future__ import annotations

import configparser
import plistlib
import sys
import types
from pathlib import Path

import pytest

from monitor import autostart
from monitor.errors import SettingsError

COMMAND = ("/opt/my tools/saddle", "--x", '50% "of" $HOME')


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("HOME", str(tmp_path))


def test_on_linux_an_entry_is_made_and_taken_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    assert not autostart.is_on()
    autostart.switch(True, COMMAND)
    assert autostart.is_on()
    entry = configparser.RawConfigParser()
    entry.read(autostart.entry_path())
    exec_line = entry["Desktop Entry"]["Exec"]
    assert exec_line == '"/opt/my tools/saddle" "--x" "50%% \\\\"of\\\\" \\\\$HOME"'
    autostart.switch(False, COMMAND)
    autostart.switch(False, COMMAND)
    assert not autostart.is_on()


def test_on_macos_it_is_a_launch_agent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    autostart.switch(True, COMMAND)
    assert plistlib.loads(autostart.entry_path().read_bytes())["ProgramArguments"] == list(COMMAND)


def test_on_windows_it_is_a_run_key(monkeypatch: pytest.MonkeyPatch) -> None:
    values: dict[str, str] = {}

    class Key:
        def __enter__(self) -> Key:
            return self

        def __exit__(self, *_: object) -> None:
            pass

    def missing(name: str) -> None:
        if name not in values:
            raise FileNotFoundError(name)

    fake = types.SimpleNamespace(
        HKEY_CURRENT_USER=1,
        KEY_SET_VALUE=2,
        REG_SZ=3,
        OpenKey=lambda *_: Key(),
        QueryValueEx=lambda _, name: missing(name),
        SetValueEx=lambda _, name, __, ___, value: values.update({name: value}),
        DeleteValue=lambda _, name: (missing(name), values.pop(name)),
    )
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setitem(sys.modules, "winreg", fake)
    assert not autostart.is_on()
    autostart.switch(True, COMMAND)
    assert values["saddle"].startswith('"/opt/my tools/saddle" --x')
    assert autostart.is_on()
    autostart.switch(False, COMMAND)
    autostart.switch(False, COMMAND)
    assert not autostart.is_on()


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    (tmp_path / "config").write_text("a file in the way", encoding="utf-8")
    with pytest.raises(SettingsError, match="cannot be changed"):
        autostart.switch(True, COMMAND)


def test_the_own_command_can_be_run() -> None:
    command = autostart.own_command()
    assert command[0]
    assert Path(command[0]).exists()
