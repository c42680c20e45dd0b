"""Profiles on disk: one versioned JSON file each, several side by side, never half written."""

from __future__ import annotations

import json
import re
import tempfile
from pathlib import Path

from pydantic import ValidationError

from calibration.profile import PROFILE_VERSION, Profile
from monitor.errors import ProfileError
from monitor.files import whole_file

_NAME = re.compile(r"[\w][\w .-]{0,63}")


def check_name(name: str) -> str:
    """Return ``name`` when it can be a profile's name.

    Raises:
        ProfileError: it holds something else than letters, digits, spaces, dots, dashes and underscores.
    """
    if not _NAME.fullmatch(name):
        raise ProfileError(f"'{name}' cannot be a profile name: use letters, digits, spaces and dashes.")
    return name


def profile_path(folder: Path, name: str) -> Path:
    """The file of the profile called ``name``."""
    return folder / f"{check_name(name)}.json"


def check_folder(folder: Path) -> None:
    """Check that a profile could be written, so that nobody sits through a calibration in vain.

    Raises:
        ProfileError: the folder cannot be made or written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise _unwritable(folder, error) from error


def save_profile(folder: Path, profile: Profile) -> Path:
    """Write a profile, whole or not at all, and return its path.

    Raises:
        ProfileError: the folder cannot be written to.
    """
    path = profile_path(folder, profile.name)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with whole_file(path) as partial:
            partial.write_text(profile.model_dump_json(indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        raise _unwritable(folder, error) from error
    return path


def profile_names(folder: Path) -> tuple[str, ...]:
    """Names of the profiles that are there, sorted."""
    if not folder.is_dir():
        return ()
    return tuple(sorted(p.stem for p in folder.glob("*.json") if _NAME.fullmatch(p.stem)))


def load_profile(folder: Path, name: str) -> Profile:
    """Read a profile.

    Raises:
        ProfileError: there is none of that name, it is damaged, or of another version.
    """
    path = profile_path(folder, name)
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ProfileError(_no_such(folder, name)) from error
    except OSError as error:
        raise ProfileError(f"The profile {path} cannot be read ({error.strerror}): check who may read it.") from error
    except (ValueError, RecursionError) as error:
        raise ProfileError(f"The profile {path} is damaged: run `saddle calibrate --profile {name}` again.") from error
    version = content.get("version") if isinstance(content, dict) else None
    if isinstance(version, int) and version != PROFILE_VERSION:
        age = "a newer" if version > PROFILE_VERSION else "an older"
        raise ProfileError(
            f"The profile '{name}' is of {age} version ({version}, this program reads {PROFILE_VERSION}): "
            f"{'update Saddle or ' if version > PROFILE_VERSION else ''}run `saddle calibrate --profile {name}` again."
        )
    try:
        return Profile.model_validate(content)
    except ValidationError as error:
        raise ProfileError(f"The profile {path} is damaged: run `saddle calibrate --profile {name}` again.") from error


def check_fits(profile: Profile, width_px: int, height_px: int, camera: str | None = None) -> None:
    """Check that a profile belongs to the pictures that come in.

    Args:
        profile: the profile.
        width_px, height_px: size of the pictures.
        camera: name of the live camera; None for recordings, which may come from anywhere.

    Raises:
        ProfileError: another picture size, or another camera.
    """
    again = f"calibrate again with `saddle calibrate --profile {profile.name}` or choose another profile"
    if (width_px, height_px) != (profile.width_px, profile.height_px):
        raise ProfileError(
            f"The profile '{profile.name}' was made for pictures of {profile.width_px}x{profile.height_px}, these are "
            f"{width_px}x{height_px}: {again}."
        )
    if camera is not None and camera != profile.camera:
        raise ProfileError(
            f"The profile '{profile.name}' was made with {profile.camera}, not with {camera}: {again}, or start "
            "`saddle watch` with --other-camera if it stands in the same place."
        )


def _unwritable(folder: Path, error: OSError) -> ProfileError:
    return ProfileError(
        f"The profile cannot be written to {folder} ({error.strerror}): free space or choose another --data-dir."
    )


def _no_such(folder: Path, name: str) -> str:
    names = profile_names(folder)
    there = f"there are: {', '.join(names)}" if names else "there is none yet"
    return f"There is no profile '{name}' ({there}): make it with `saddle calibrate --profile {name}`."
