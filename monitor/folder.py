"""Where Saddle keeps its things: one folder with the settings, the profiles and the tilt log."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import platformdirs
from filelock import FileLock, Timeout

from monitor.errors import SettingsError
from monitor.files import whole_file


@dataclass(frozen=True)
class DataFolder:
    """The data folder and what lies in it. Nothing is made until something is written."""

    path: Path

    @property
    def settings(self) -> Path:
        """The settings file."""
        return self.path / "settings.toml"

    @property
    def profiles(self) -> Path:
        """The folder of profiles, one file each."""
        return self.path / "profiles"

    @property
    def log(self) -> Path:
        """The tilt log, an SQLite file."""
        return self.path / "tilt.sqlite"

    @property
    def times(self) -> Path:
        """A pause or snooze that is going on, kept for the next start of the desktop program."""
        return self.path / "paused.json"

    def owns(self, path: Path) -> bool:
        """Whether ``path`` is a file that Saddle itself keeps here, and that nothing else may replace."""
        path = Path(os.path.realpath(path))  # resolve() raises where links go round in a circle
        own = path in (self.settings.resolve(), self.times.resolve()) or path.name.startswith(self.log.name)
        return path.parent == self.profiles.resolve() or (own and path.parent == self.path.resolve())


def data_folder(override: Path | None) -> DataFolder:
    """The folder the user named, else the one chosen for good, else the usual one of this system and user.

    Raises:
        SettingsError: the chosen folder is gone, or the file that names it names none.
    """
    if override is not None:
        return DataFolder(override)
    pointer = pointer_path()
    way_on = f"remove {pointer} to use the usual folder"
    try:
        named = os.fsdecode(pointer.read_bytes()).removeprefix("\ufeff").strip("\r\n")
        chosen = Path(named)
        there = chosen.is_dir()
    except (FileNotFoundError, NotADirectoryError):
        return DataFolder(usual_path())
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"The data folder named in {pointer} cannot be read ({error}): {way_on}.") from error
    if not chosen.is_absolute():
        raise SettingsError(f"The file {pointer} names no full path of a folder: write one, or {way_on}.")
    if not there:
        raise SettingsError(f"The data folder {chosen} is not there: bring it back, or {way_on}.")
    return DataFolder(chosen)


def usual_path() -> Path:
    """Where the data folder lies unless another one was chosen."""
    return platformdirs.user_data_path("saddle", appauthor=False)


def pointer_path() -> Path:
    """The file that names the folder chosen for good."""
    return platformdirs.user_config_path("saddle", appauthor=False) / "data-folder.txt"


def choose_folder(path: Path) -> None:
    """Use this folder from the next start on, whatever it holds.

    Raises:
        SettingsError: the choice cannot be remembered; then all is as it was.
    """
    pointer = pointer_path()
    try:
        pointer.parent.mkdir(parents=True, exist_ok=True)
        with whole_file(pointer) as partial:
            partial.write_bytes(os.fsencode(path.resolve()) + b"\n")
    except OSError as error:
        raise SettingsError(
            f"The choice of the folder cannot be kept in {pointer} ({error.strerror or error}): "
            "free space or check who may write there."
        ) from error


def move_data(old: DataFolder, new: Path) -> DataFolder:
    """Keep everything in ``new`` from now on: copied there, unless it holds data already. ``old`` stays as it is.

    Raises:
        SettingsError: it cannot be copied or remembered, or another Saddle is writing the log; then the old folder is
            still the one in use and the new one is as it was.
    """
    target = DataFolder(new)
    made: list[Path] = []
    try:
        with _nobody_writes(old):
            _make_folder(new, made)
            if not _kept(target):
                _copy(old, target, made)
            choose_folder(new)
    except OSError as error:
        _undo(made)
        raise SettingsError(
            f"The data cannot be moved to {new} ({error.strerror or error}): choose a folder that can be written to."
        ) from error
    except BaseException:
        _undo(made)
        raise
    return target


def _kept(folder: DataFolder) -> list[Path]:
    """The files to be copied that are there. What SQLite keeps beside the log belongs to it."""
    beside = [folder.log.with_name(folder.log.name + end) for end in ("", "-wal", "-shm", "-journal")]
    return [
        path
        for path in (folder.settings, folder.times, *sorted(folder.profiles.glob("*.json")), *beside)
        if path.is_file()
    ]


def _copy(old: DataFolder, new: DataFolder, made: list[Path]) -> None:
    """Copy all beside its place first, so that a copy cut short is never taken for data."""
    with tempfile.TemporaryDirectory(prefix=".saddle-", dir=new.path) as beside:
        whole: list[tuple[Path, Path]] = []
        for number, source in enumerate(_kept(old)):
            partial = Path(beside) / str(number)
            shutil.copy2(source, partial)
            if partial.stat().st_size != source.stat().st_size:
                raise OSError(errno.EIO, f"{source.name} was not copied whole")
            whole.append((partial, new.path / source.relative_to(old.path)))
        for partial, target in whole:
            _make_folder(target.parent, made)
            made.append(target)
            partial.replace(target)


@contextmanager
def _nobody_writes(folder: DataFolder) -> Iterator[None]:
    """Hold the lock that a writer of the log holds (`monitor.tiltlog`), where there is a log."""
    lock = FileLock(folder.log.with_name(folder.log.name + ".lock"), thread_local=False)
    if folder.log.exists():
        try:
            lock.acquire(blocking=False)
        except Timeout as error:
            raise SettingsError(
                f"A Saddle is writing the log in {folder.path}: close it, then choose again."
            ) from error
        except PermissionError:
            pass  # nobody else of this user can write there either
    try:
        yield
    finally:
        lock.release()


def _make_folder(folder: Path, made: list[Path]) -> None:
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    for path in reversed(missing):
        path.mkdir(exist_ok=True)
        made.append(path)
    if not folder.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))


def _undo(made: list[Path]) -> None:
    for path in reversed(made):
        with suppress(OSError):
            if path.is_dir():
                path.rmdir()
            else:
                path.unlink()
