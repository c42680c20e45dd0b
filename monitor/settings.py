"""Every number that can be set, its default and its range; read from one TOML file."""

from __future__ import annotations

import tomllib
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from monitor.alerts.policy import AlertSettings
from monitor.errors import SettingsError
from monitor.judgement.parameters import JudgementSettings


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


class Settings(BaseModel):
    """All settings. A table or key that is not listed here is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    camera: CameraSettings = CameraSettings()
    judgement: JudgementSettings = JudgementSettings()
    alerts: AlertSettings = AlertSettings()
    notice: NoticeSettings = NoticeSettings()


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
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple | list):
        return "[" + ", ".join(_toml(v) for v in value) + "]"
    return repr(value)
