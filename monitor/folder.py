"""Where Saddle keeps its things: one folder with the settings, the profiles and the tilt log."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import platformdirs

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

    def owns(self, path: Path) -> bool:
        """Whether ``path`` is a file that Saddle itself keeps here, and that nothing else may replace."""
        path = path.resolve()
        own = path == self.settings.resolve() or path.name.startswith(self.log.name)
        return path.parent == self.profiles.resolve() or (own and path.parent == self.path.resolve())


def data_folder(override: Path | None) -> DataFolder:
    """The folder the user named, else the one chosen for good, else the usual one of this system and user.

    Raises:
        SettingsError: the chosen folder is gone.
    """
    if override is not None:
        return DataFolder(override)
    pointer = pointer_path()
    try:
        chosen = Path(pointer.read_text(encoding="utf-8").strip())
    except FileNotFoundError:
        return DataFolder(usual_path())
    except (OSError, UnicodeDecodeError) as error:
        why = f"The file {pointer} cannot be read ({error}): remove it to use the usual folder."
        raise SettingsError(why) from error
    if not chosen.is_dir():
        raise SettingsError(
            f"The data folder {chosen} is not there: bring it back, or remove {pointer} to use the usual folder."
        )
    return DataFolder(chosen)


def usual_path() -> Path:
    """Where the data folder lies unless another one was chosen."""
    return platformdirs.user_data_path("saddle", appauthor=False)


def pointer_path() -> Path:
    """The file that names the folder chosen for good."""
    return platformdirs.user_config_path("saddle", appauthor=False) / "data-folder.txt"


def move_data(old: DataFolder, new: Path) -> DataFolder:
    """Keep everything in ``new`` from now on: copied there, unless it holds data already. ``old`` stays as it is.

    Nothing may be writing the log meanwhile.

    Raises:
        SettingsError: it cannot be copied or remembered; then the old folder is still the one in use.
    """
    target = DataFolder(new)
    try:
        new.mkdir(parents=True, exist_ok=True)
        if not (target.settings.exists() or target.log.exists() or target.profiles.is_dir()):
            _copy(old, target)
        pointer = pointer_path()
        pointer.parent.mkdir(parents=True, exist_ok=True)
        with whole_file(pointer) as partial:
            partial.write_text(f"{new.resolve()}\n", encoding="utf-8")
    except OSError as error:
        raise SettingsError(
            f"The data cannot be moved to {new} ({error.strerror or error}): choose a folder that can be written to."
        ) from error
    return target


def _copy(old: DataFolder, new: DataFolder) -> None:
    made: list[Path] = []
    sources = [old.settings, *sorted(old.path.glob(f"{old.log.name}*")), *sorted(old.profiles.glob("*.json"))]
    try:
        for source in sources:
            if not source.is_file() or source.suffix == ".lock":
                continue
            target = new.path / source.relative_to(old.path)
            target.parent.mkdir(parents=True, exist_ok=True)
            made.append(target)
            shutil.copy2(source, target)
    except OSError:
        for target in made:
            target.unlink(missing_ok=True)
        raise
