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
_WEBCAM = re.compile(r"webcam ([0-9]+)(?: \((.*)\))?", re.DOTALL)


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
        raise ProfileError(
            f"The profile {path} is damaged: calibrate it again (`saddle calibrate --profile {name}`)."
        ) from error
    version = content.get("version") if isinstance(content, dict) else None
    if isinstance(version, int) and version != PROFILE_VERSION:
        age = "a newer" if version > PROFILE_VERSION else "an older"
        raise ProfileError(
            f"The profile '{name}' is of {age} version ({version}, this program reads {PROFILE_VERSION}): "
            f"{'update Saddle or ' if version > PROFILE_VERSION else ''}calibrate it again "
            f"(`saddle calibrate --profile {name}`)."
        )
    try:
        return Profile.model_validate(content)
    except ValidationError as error:
        raise ProfileError(
            f"The profile {path} is damaged: calibrate it again (`saddle calibrate --profile {name}`)."
        ) from error


def check_fits(profile: Profile, width_px: int, height_px: int, camera: str | None = None) -> None:
    """Check that a profile belongs to the pictures that come in.

    Args:
        profile: the profile.
        width_px, height_px: size of the pictures.
        camera: name of the live camera; None for recordings, which may come from anywhere.

    Raises:
        ProfileError: another picture size, or another camera.
    """
    again = f"calibrate again (`saddle calibrate --profile {profile.name}`) or choose another profile"
    if (width_px, height_px) != (profile.width_px, profile.height_px):
        raise ProfileError(
            f"The profile '{profile.name}' was made for pictures of {profile.width_px}x{profile.height_px}, these are "
            f"{width_px}x{height_px}: {again}."
        )
    if camera is not None and not same_camera(camera, profile.camera):
        raise ProfileError(
            f"The profile '{profile.name}' was made with {profile.camera}, not with {camera}: {again} "
            "(`saddle watch --other-camera` where the camera stands in the same place)."
        )


def same_camera(one: str, other: str) -> bool:
    """Whether two names of live sources mean the same camera.

    Webcams are told apart by the name in brackets, as their numbers change whenever cameras come and go; by number only
    where a name is missing.
    """
    first, second = _WEBCAM.fullmatch(one), _WEBCAM.fullmatch(other)
    if first is None or second is None:
        return one == other
    return first[2] == second[2] if first[2] and second[2] else int(first[1]) == int(second[1])


def is_camera_named(camera: str, sentence: str) -> bool:
    """Whether a sentence names this camera in full; a webcam with a name by whatever number."""
    webcam = _WEBCAM.fullmatch(camera)
    if webcam is None or not webcam[2]:
        return camera in sentence
    return re.search(rf"webcam [0-9]+ {re.escape(f'({webcam[2]})')}", sentence) is not None


def _unwritable(folder: Path, error: OSError) -> ProfileError:
    return ProfileError(
        f"The profile cannot be written to {folder} ({error.strerror}): free space or choose another data "
        "folder (`--data-dir`)."
    )


def _no_such(folder: Path, name: str) -> str:
    names = profile_names(folder)
    there = f"there are: {', '.join(names)}" if names else "there is none yet"
    return f"There is no profile '{name}' ({there}): make it by calibrating (`saddle calibrate --profile {name}`)."
