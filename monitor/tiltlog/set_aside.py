"""A file in the place of the log that cannot be used is set aside: kept under another name, never overwritten."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from monitor.errors import LogError

BESIDE = ("", "-wal", "-shm", "-journal")
"""A log and what SQLite keeps beside it."""


def set_aside(path: Path, why: str = "set-aside") -> Path:
    """Give the log, and what SQLite keeps beside it, a name of their own with the time in it; returns that name.

    Raises LogError when it cannot be renamed; then it is as it was.
    """
    stamp = datetime.now(UTC).astimezone().strftime("%Y%m%d-%H%M%S")
    place = path.with_name(f"{path.name}.{why}-{stamp}")
    number = 1
    while any(_beside(place, end).exists() for end in BESIDE):
        number += 1
        place = path.with_name(f"{path.name}.{why}-{stamp}-{number}")
    moved: list[tuple[Path, Path]] = []
    try:
        for end in BESIDE:
            old, new = _beside(path, end), _beside(place, end)
            if old.exists():
                old.rename(new)
                moved.append((old, new))
    except OSError as error:
        for old, new in reversed(moved):
            new.rename(old)
        raise LogError(f"The tilt log {path} cannot be set aside ({error.strerror}): move it away yourself.") from error
    return place


def copies(path: Path) -> tuple[Path, ...]:
    """The logs that were set aside or kept before a restore, beside this one."""
    ends = (".set-aside-", ".before-restore-")
    found = (each for end in ends for each in path.parent.glob(f"{path.name}{end}*"))
    return tuple(sorted(each for each in found if not each.name.endswith(BESIDE[1:])))


def _beside(path: Path, end: str) -> Path:
    return path.with_name(path.name + end)
