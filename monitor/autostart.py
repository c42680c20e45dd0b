"""Start with the desktop session: an entry where each system looks for it."""

from __future__ import annotations

import os
import plistlib
import sys
from collections.abc import Sequence
from pathlib import Path
from xml.parsers.expat import ExpatError

from monitor.errors import SettingsError
from monitor.files import whole_file

_NAME = "saddle"
_RUN_KEY = r"Software\Microsoft\Windows\CurrentVersion\Run"


def own_command(folder: Path | None = None) -> tuple[str, ...]:
    """How this program was started: the `saddle` command, the one beside this Python, else Python with the module.

    A ``folder`` is the data folder to be named, where a start that names none would come to another one.
    """
    named = ("desktop", "--data-dir", str(folder.absolute())) if folder is not None else ()
    name = "saddle.exe" if sys.platform == "win32" else "saddle"
    for command in (Path(sys.argv[0]).absolute(), Path(sys.executable).with_name(name)):
        if command.name.casefold() in ("saddle", "saddle.exe") and command.is_file():
            return (str(command), *named)
    return (sys.executable, "-m", "monitor.cli", *named)


def entry_path() -> Path:
    """The file of the entry; on Windows there is none, and this is where it would be on Linux."""
    if sys.platform == "darwin":
        return Path.home() / "Library" / "LaunchAgents" / "org.saddle.saddle.plist"
    config = os.environ.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
    return Path(config) / "autostart" / f"{_NAME}.desktop"


def is_on() -> bool:
    """Whether there is an entry that is not switched off by the desktop's own settings."""
    try:
        if sys.platform == "win32":
            return _windows_has()
        content = entry_path().read_bytes()
        return _plist_holds(content) if sys.platform == "darwin" else _desktop_entry_holds(content)
    except OSError:
        return False


def switch(on: bool, command: Sequence[str]) -> None:
    """Make the entry for ``command``, or take it away.

    Raises:
        SettingsError: the entry cannot be written or removed.
    """
    try:
        if sys.platform == "win32":
            _windows_switch(on, command)
        elif on:
            path = entry_path()
            path.parent.mkdir(parents=True, exist_ok=True)
            with whole_file(path) as partial:
                partial.write_bytes(_plist(command) if sys.platform == "darwin" else _desktop_entry(command))
        else:
            entry_path().unlink(missing_ok=True)
    except (OSError, ValueError) as error:  # such an entry holds no name that is not text
        raise SettingsError(
            "The entry that starts Saddle with the session cannot be changed "
            f"({getattr(error, 'strerror', None) or error}): "
            "check who may write there, or add it by hand."
        ) from error


def _desktop_entry(command: Sequence[str]) -> bytes:
    lines = (
        "[Desktop Entry]",
        "Type=Application",
        "Name=Saddle",
        "Comment=Tells you when your hips tip back",
        f"Exec={' '.join(_quoted(word) for word in command)}",
        "Terminal=false",
        "X-GNOME-Autostart-enabled=true",
    )
    return ("\n".join(lines) + "\n").encode()


def _desktop_entry_holds(content: bytes) -> bool:
    lines = {line.replace(" ", "").lower() for line in content.decode(errors="replace").splitlines()}
    return not lines & {"hidden=true", "x-gnome-autostart-enabled=false"}


def _quoted(word: str) -> str:
    """A word of Exec as the Desktop Entry Specification quotes it (1.5, "The Exec key")."""
    inside = word.replace("\\", "\\\\").replace('"', '\\"').replace("`", "\\`").replace("$", "\\$")
    # The value is a string of one line, so its backslashes are escaped once more; a percent sign begins a field code.
    for character, escaped in (("\\", "\\\\"), ("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t"), ("%", "%%")):
        inside = inside.replace(character, escaped)
    return f'"{inside}"'


def _plist(command: Sequence[str]) -> bytes:
    entry = {"Label": "org.saddle.saddle", "ProgramArguments": list(command), "RunAtLoad": True}
    return plistlib.dumps(entry)


def _plist_holds(content: bytes) -> bool:
    try:
        entry = plistlib.loads(content)
    except (plistlib.InvalidFileException, ValueError, ExpatError):
        return False
    return isinstance(entry, dict) and not entry.get("Disabled", False)


def _windows_has() -> bool:
    import winreg

    with winreg.OpenKey(winreg.HKEY_CURRENT_USER, _RUN_KEY) as key:  # type: ignore[attr-defined,unused-ignore]
        try:
            winreg.QueryValueEx(key, _NAME)  # type: ignore[attr-defined,unused-ignore]
        except FileNotFoundError:
            return False
        return True


def _windows_switch(on: bool, command: Sequence[str]) -> None:
    import subprocess
    import winreg

    access = winreg.KEY_SET_VALUE  # type: ignore[attr-defined,unused-ignore]
    with winreg.OpenKey(winreg.HKEY_CURRENT_USER, _RUN_KEY, 0, access) as key:  # type: ignore[attr-defined,unused-ignore]
        if on:
            value = subprocess.list2cmdline(command)
            winreg.SetValueEx(key, _NAME, 0, winreg.REG_SZ, value)  # type: ignore[attr-defined,unused-ignore]
            return
        try:
            winreg.DeleteValue(key, _NAME)  # type: ignore[attr-defined,unused-ignore]
        except FileNotFoundError:
            return
