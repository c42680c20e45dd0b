"""Settings and profiles of the desktop program, read and written with a sentence for every trouble."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from calibration.profile import Profile
from monitor.alerts.modes import Mode
from monitor.desktop.times import Times
from monitor.desktop.times_file import keep_times, read_times
from monitor.errors import ProfileError, SettingsError
from monitor.folder import DataFolder
from monitor.judgement.staleness import Change
from monitor.posture.scene import agreement
from monitor.profiles import (
    is_camera_named,
    load_profile,
    profile_names,
    profile_path,
    same_camera,
    save_profile,
)
from monitor.settings import Settings, load_settings, save_settings

SAME_ROOM = 0.9
"""Two scenes that agree so far are the same view of the same room."""


class Store:
    """What is kept in the data folder, but for the log. Windows' thread; each call is quick.

    Attributes:
        folder: where it is kept.
        settings: in force; the defaults while the file is broken.
        trouble: what is the matter with the settings file; empty when nothing is.
    """

    def __init__(self, folder: DataFolder) -> None:
        self.folder = folder
        self.settings = Settings()
        self.trouble = ""
        self.load()

    def load(self) -> None:
        """Read the settings (again)."""
        try:
            self.settings, self.trouble = load_settings(self.folder.settings), ""
        except SettingsError as error:
            self.settings, self.trouble = Settings(), str(error)

    def save(self, settings: Settings) -> None:
        """Keep these settings. A broken file is put aside first, never overwritten; raises SettingsError."""
        if self.trouble and self.folder.settings.exists():
            _put_aside(self.folder.settings)
        save_settings(self.folder.settings, settings)
        self.settings, self.trouble = settings, ""

    def set(self, table: str, **values: object) -> None:
        """Change some values of one table and keep them; raises SettingsError."""
        group = getattr(self.settings, table).model_copy(update=values)
        self.save(self.settings.model_copy(update={table: group}))

    def times(self, now: datetime) -> Times:
        """The mode of the settings, and the pause or snooze of the last time that still goes on."""
        kept = read_times(self.folder.times)
        mode = Mode(self.settings.desktop.mode)
        return Times(kept.paused, kept.paused_until, kept.snoozed_until, mode=mode).after(now)

    def keep_times(self, times: Times) -> None:
        """Keep the pause and the snooze for the next start; raises SettingsError."""
        keep_times(self.folder.times, times)

    @property
    def profile_names(self) -> tuple[str, ...]:
        """The profiles there are."""
        return profile_names(self.folder.profiles)

    @property
    def profile_name(self) -> str:
        """The profile in use: the one that was chosen if it is there, else the one made last; empty when none is."""
        names = self.profile_names
        chosen = self.settings.desktop.profile
        if chosen in names:
            return chosen
        return max(names, key=lambda n: profile_path(self.folder.profiles, n).stat().st_mtime, default="")

    def profile(self, name: str) -> Profile:
        """Read a profile; raises ProfileError."""
        return load_profile(self.folder.profiles, name)

    def readable_profiles(self) -> dict[str, Profile]:
        """All profiles that can be read."""
        found = {}
        for name in self.profile_names:
            try:
                found[name] = self.profile(name)
            except ProfileError:
                continue
        return found

    def profile_like(self, scene: str, but: str) -> str:
        """The profile, other than this one, that was made in the room that looks like this; empty when none fits."""
        alike = {n: agreement(scene, profile.scene) for n, profile in self.readable_profiles().items() if n != but}
        return max((n for n, a in alike.items() if a >= SAME_ROOM), key=lambda n: alike[n], default="")

    def profile_named_in(self, reason: str, here: str) -> str:
        """The profile of another camera than the one ``here`` that a sentence names in full; empty when none is."""
        named = (
            name
            for name, profile in self.readable_profiles().items()
            if not same_camera(profile.camera, here) and is_camera_named(profile.camera, reason)
        )
        return next(named, "")

    def say_it_fits(self, profile: Profile, changed: Iterable[Change], scene: str) -> Profile:
        """Keep with a profile that these changes do not matter, and how the room looks now; raises ProfileError."""
        said = {*profile.still_fits, *changed}
        update: dict[str, object] = {"still_fits": tuple(sorted(str(each) for each in said - {Change.CAMERA}))}
        if scene and Change.CAMERA in said:
            update["scene"] = scene
        fitting = profile.model_copy(update=update)
        self.keep_profile(fitting)
        return fitting

    def keep_profile(self, profile: Profile) -> None:
        """Write a profile; raises ProfileError."""
        save_profile(self.folder.profiles, profile)

    def delete_profile(self, name: str) -> None:
        """Remove a profile; raises SaddleError."""
        try:
            profile_path(self.folder.profiles, name).unlink(missing_ok=True)
        except OSError as error:
            raise ProfileError(
                f"The profile '{name}' cannot be removed ({error.strerror}): check who owns it."
            ) from error
        cameras = dict(self.settings.desktop.cameras)
        if cameras.pop(name, None) is not None:
            self.set("desktop", cameras=cameras)

    def rename_profile(self, name: str, new: str) -> None:
        """Give a profile another name; raises SaddleError, also when the name is taken."""
        if new in self.profile_names:
            raise ProfileError(f"There is a profile '{new}' already: choose another name.")
        profile = self.profile(name)
        self.keep_profile(Profile.model_validate({**profile.model_dump(), "name": new}))
        cameras = self.settings.desktop.cameras
        if name in cameras:
            self.set("desktop", cameras={**cameras, new: cameras[name]})
        self.delete_profile(name)


def _put_aside(path: Path) -> None:
    number = 1
    while (aside := path.with_name(f"{path.stem}.broken-{number}{path.suffix}")).exists():
        number += 1
    try:
        path.rename(aside)
    except OSError as error:
        raise SettingsError(f"The settings file {path} cannot be put aside ({error.strerror}): remove it.") from error
