"""Every number that can be set, its default and its range; read from one TOML file."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Literal

import tomlkit
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import Item, Table

from monitor.alerts.policy import AlertSettings, CauseSettings
from monitor.errors import SettingsError
from monitor.files import whole_file
from monitor.judgement.parameters import JudgementSettings
from monitor.surroundings.quiet import QuietSettings


class CameraSettings(BaseModel):
    """How the camera is read."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rate_hz: float = Field(5.0, gt=0, le=30, description="frames judged per second, at most")
    folder_rate_hz: float = Field(1.0, gt=0, le=120, description="pictures per second of a folder of frames")
    retry_first_s: float = Field(1.0, ge=0.1, le=60, description="first wait before a lost camera is tried again, s")
    retry_most_s: float = Field(30.0, ge=1, le=3600, description="longest wait between tries, s")


class NoticeSettings(BaseModel):
    """How a warning reaches you, beside the line in the terminal."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    bell: bool = Field(False, description="ring the terminal bell at a warning")
    desktop: bool = Field(True, description="show a desktop notification at a warning, where there is a desktop")


class DesktopSettings(BaseModel):
    """How the desktop program behaves."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: str = Field("", max_length=1024, description="camera of the desktop program; empty asks at the start")
    profile: str = Field("", max_length=64, description="profile in use; empty takes the one made last")
    cameras: dict[str, str] = Field({}, description="camera of each profile that was made with one of its own")
    mode: Literal["quiet", "normal"] = Field("normal", description="quiet shows the tray icon and the glow only")
    glow: bool = Field(True, description="a thin glow at the edge of the screen that grows while tipped")
    sounds: bool = Field(False, description="play a soft sound at a warning")
    guide_sounds: bool = Field(True, description="play sounds while calibrating, when nobody looks at the screen")
    autostart: bool = Field(False, description="start with the desktop session")


class LogSettings(BaseModel):
    """What becomes of the log."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    keep_days: int = Field(0, ge=0, le=36500, description="forget what is older, days; 0 keeps everything")
    seat: str = Field("", max_length=64, description="tag of the seat you sit on now, to compare by; empty for none")


class Settings(BaseModel):
    """All settings. A table or key that is not listed here is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    camera: CameraSettings = CameraSettings()
    judgement: JudgementSettings = JudgementSettings()
    alerts: AlertSettings = AlertSettings()
    causes: CauseSettings = CauseSettings()
    notice: NoticeSettings = NoticeSettings()
    desktop: DesktopSettings = DesktopSettings()
    quiet: QuietSettings = QuietSettings()
    log: LogSettings = LogSettings()


def load_settings(path: Path) -> Settings:
    """Settings from a TOML file; the defaults when there is no file.

    Raises:
        SettingsError: the file cannot be read, is no TOML, or has an unknown key or a value out of range; the
            message names the key.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"The settings file {path} cannot be read ({error}): fix or remove it.") from error
    try:
        return Settings.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"The settings file {path} is not valid TOML ({error}): fix or remove it.") from error
    except ValidationError as error:
        raise SettingsError(f"{_in_words(error)} Change it in {path}.") from error


def _in_words(error: ValidationError) -> str:
    first = error.errors()[0]
    key = ".".join(str(part) for part in first["loc"])
    if first["type"] == "extra_forbidden":
        return f"The setting '{key}' is not known: see `saddle settings` for the names."
    if first["type"] in ("model_type", "dict_type"):
        return f"The setting '{key}' must be a table, written as [{key}] with its settings below."
    if first["type"] == "value_error":
        return f"The settings in [{key}] do not go together: {first['msg'].removeprefix('Value error, ')}."
    message = first["msg"]
    return f"The setting '{key}' is {first['input']!r}: {message}."


def settings_toml(settings: Settings) -> str:
    """The settings as a TOML text with a comment on each, ready to be a settings file."""
    lines = []
    for table, group in settings:
        lines.append(f"[{table}]")
        for name, info in type(group).model_fields.items():
            lines.append(f"{name} = {_toml(getattr(group, name))}  # {info.description}")
        lines.append("")
    return "\n".join(lines)


def _toml(value: object) -> str:
    return str(_item(value).as_string())


def _item(value: object) -> Item:
    """A value as it stands behind its key, on one line."""
    if not isinstance(value, dict):
        return tomlkit.item(value)
    table = tomlkit.inline_table()
    table.update(value)
    return table


def save_settings(path: Path, settings: Settings) -> None:
    """Write the settings into the file: what differs from the default, or stood there already. Comments are kept.

    Only its user may read the file then, as the address of a camera may hold a password.

    Raises:
        SettingsError: the file cannot be written; it is then as it was.
    """
    try:
        text = path.read_text(encoding="utf-8-sig") if path.exists() else ""
        document = tomlkit.parse(text)
        for table, group in settings:
            for name, info in type(group).model_fields.items():
                _put(document, table, name, getattr(group, name), info.default)
        path.parent.mkdir(parents=True, exist_ok=True)
        with whole_file(path, private=True) as partial:
            partial.write_text(tomlkit.dumps(document), encoding="utf-8")
    except (OSError, UnicodeDecodeError, TOMLKitError) as error:
        raise SettingsError(
            f"The settings cannot be written to {path} ({error}): free space or fix the file."
        ) from error


def _put(document: tomlkit.TOMLDocument, table: str, name: str, value: object, default: object) -> None:
    there = document.get(table)
    if not isinstance(there, Table):
        if value == default:
            return
        there = tomlkit.table()
        document[table] = there
    if name not in there and value == default:
        return
    if there.get(name) != value:
        there[name] = _item(value)
