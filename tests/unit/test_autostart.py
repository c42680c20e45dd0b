from __future__ import annotations

import configparser
import plistlib
import re
import sys
import types
from pathlib import Path

import pytest

from monitor import autostart, cli
from monitor.commands import desktop
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


@pytest.mark.parametrize("line", ["Hidden=true", "X-GNOME-Autostart-enabled = false"])
def test_an_entry_that_the_desktop_switched_off_is_off(monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    autostart.switch(True, COMMAND)
    text = autostart.entry_path().read_text(encoding="utf-8").replace("X-GNOME-Autostart-enabled=true", line)
    autostart.entry_path().write_text(text, encoding="utf-8")
    assert not autostart.is_on()
    autostart.switch(True, COMMAND)
    assert autostart.is_on()


def test_without_the_variable_the_entry_is_in_the_usual_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.delenv("XDG_CONFIG_HOME")
    autostart.switch(True, COMMAND)
    assert (tmp_path / ".config" / "autostart" / "saddle.desktop").is_file()


def words_of_the_entry() -> tuple[str, ...]:
    (line,) = [x for x in autostart.entry_path().read_text(encoding="utf-8").split("\n") if x.startswith("Exec=")]
    characters = {"n": "\n", "r": "\r", "t": "\t", "s": " "}
    string = re.sub(r"\\(.)", lambda found: characters.get(found[1], found[1]), line.removeprefix("Exec="))
    words = re.findall(r'"((?:[^"\\]|\\.)*)"', string)
    return tuple(re.sub(r"\\(.)", r"\1", word).replace("%%", "%") for word in words)


def test_what_the_entry_starts_comes_back_from_the_quoting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Unescape as the Desktop Entry Specification says: first the string, then the quotes, then the percent signs."""
    monkeypatch.setattr(sys, "platform", "linux")
    command = ("/opt/a b/saddle", "back\\slash", "back\\next", "`tick`", "$HOME", '"', "50%", "'", "", "two\nlines\r\t")
    autostart.switch(True, command)
    assert words_of_the_entry() == command


def test_on_macos_it_is_a_launch_agent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    autostart.switch(True, COMMAND)
    assert plistlib.loads(autostart.entry_path().read_bytes())["ProgramArguments"] == list(COMMAND)
    assert autostart.is_on()
    autostart.entry_path().write_bytes(plistlib.dumps({"Label": "org.saddle.saddle", "Disabled": True}))
    assert not autostart.is_on()
    autostart.entry_path().write_bytes(b"no list at all")
    assert not autostart.is_on()
    autostart.switch(False, COMMAND)
    assert not autostart.entry_path().exists()


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


def test_windows_without_the_key_is_off(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise FileNotFoundError(2, "no such key")

    fake = types.SimpleNamespace(HKEY_CURRENT_USER=1, KEY_SET_VALUE=2, OpenKey=refuse)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setitem(sys.modules, "winreg", fake)
    assert not autostart.is_on()
    with pytest.raises(SettingsError, match="cannot be changed"):
        autostart.switch(True, COMMAND)


def test_a_name_that_is_no_text_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    for system in ("linux", "darwin"):
        monkeypatch.setattr(sys, "platform", system)
        with pytest.raises(SettingsError, match="cannot be changed"):
            autostart.switch(True, (*COMMAND, "caf\udce9"))
        assert not autostart.is_on()


def test_the_own_command_is_the_one_that_was_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "saddle"
    script.touch()
    monkeypatch.setattr(sys, "argv", [str(script), "desktop"])
    assert autostart.own_command() == (str(script),)


def test_the_own_command_else_is_beside_python_else_the_module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", [str(tmp_path / "cli.py")])
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    assert autostart.own_command() == (str(tmp_path / "python"), "-m", "monitor.cli")
    (tmp_path / "saddle").touch()
    assert autostart.own_command() == (str(tmp_path / "saddle"),)


def test_the_entry_names_the_data_folder_so_that_the_program_comes_up_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script, folder = tmp_path / "saddle", tmp_path / 'my "data" 50% $HOME'
    script.touch()
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(sys, "argv", [str(script)])
    monkeypatch.chdir(tmp_path)
    autostart.switch(True, autostart.own_command(Path(folder.name)))  # the session starts it somewhere else
    command, *words = words_of_the_entry()
    started: list[Path | None] = []
    monkeypatch.setattr(desktop, "start_desktop", lambda folder, *_, **__: started.append(folder))
    cli.app(words, standalone_mode=False)
    assert (command, started) == (str(script), [folder])
    monkeypatch.setattr(sys, "argv", [str(tmp_path / "cli.py")])
    monkeypatch.setattr(sys, "executable", str(tmp_path / "bin" / "python"))
    python = (str(tmp_path / "bin" / "python"), "-m", "monitor.cli")
    assert autostart.own_command(folder) == (*python, "desktop", "--data-dir", str(folder))
