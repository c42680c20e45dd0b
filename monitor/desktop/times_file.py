"""Keeps a pause and a snooze over an end of the program: who paused the camera finds it off after a restart, too."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from pydantic import AwareDatetime, BaseModel, ValidationError

from monitor.desktop.times import Times
from monitor.errors import SettingsError
from monitor.files import whole_file


class KeptTimes(BaseModel):
    """What outlives the program; a training does not."""

    paused: bool = False
    paused_until: AwareDatetime | None = None
    snoozed_until: AwareDatetime | None = None


def read_times(path: Path) -> KeptTimes:
    """What was kept; nothing where there is no file, or none that can be understood."""
    try:
        return KeptTimes.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return KeptTimes()


def keep_times(path: Path, times: Times) -> None:
    """Keep the pause and the snooze; without either there is no file.

    Raises:
        SettingsError: the file cannot be written or removed.
    """
    kept = KeptTimes(paused=times.paused, paused_until=times.paused_until, snoozed_until=times.snoozed_until)
    try:
        if kept == KeptTimes():
            with suppress(FileNotFoundError):
                path.unlink()
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        with whole_file(path) as partial:
            partial.write_text(kept.model_dump_json(), encoding="utf-8")
    except OSError as error:
        raise SettingsError(
            f"The pause cannot be kept in {path} for the next start ({error.strerror or error}): "
            "free space or check who may write there."
        ) from error
