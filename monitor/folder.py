"""Where Saddle keeps its things: one folder with the settings, the profiles and the tilt log."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import platformdirs


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
    """The folder the user named, or the usual one of this system and user."""
    return DataFolder(override or platformdirs.user_data_path("saddle", appauthor=False))
