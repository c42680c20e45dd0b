"""What the user has chosen so far, page by page."""

from __future__ import annotations

from dataclasses import dataclass

from calibration.evaluate import Verdict
from calibration.profile import THIGH_OVER_STATURE, Profile
from monitor.calibrating import Person
from monitor.capture.opening import is_webcam
from monitor.settings import DesktopSettings, Settings


@dataclass
class Choices:
    """What the pages fill in.

    Attributes:
        settings: as they were, with the sensitivity as chosen on the last page.
        source: the camera, as `monitor.capture.open_source` takes it.
        roll_deg: camera roll, clockwise lean of a true vertical.
        name: of the profile.
        stature_cm: height of the person; None when it was not given.
        with_level: whether level thighs are part of the poses.
        verdict: what became of the poses; None before.
    """

    settings: Settings
    source: str = ""
    roll_deg: float = 0.0
    name: str = ""
    stature_cm: float | None = None
    with_level: bool = True
    verdict: Verdict | None = None

    @property
    def person(self) -> Person:
        """What a calibration needs to know."""
        return Person(name=self.name, roll_deg=self.roll_deg, stature_cm=self.stature_cm)

    @property
    def final_settings(self) -> Settings:
        """The settings with camera and profile as chosen."""
        desktop = {**self.settings.desktop.model_dump(), "source": self.source, "profile": self.name}
        return self.settings.model_copy(update={"desktop": DesktopSettings.model_validate(desktop)})


def begin(settings: Settings, source: str, name: str, profile: Profile | None) -> Choices:
    """What is proposed at first: as it was told for the profile in use, if there is one."""
    choices = Choices(settings, source=source, name=name)
    if profile is not None:
        choices.stature_cm = profile.thigh_cm / THIGH_OVER_STATURE
        choices.roll_deg = profile.roll_deg if _is_of(profile.camera, source) else 0.0
    return choices


def _is_of(camera: str, source: str) -> bool:
    """Whether the camera that a profile names is what this source opens, as far as can be told before it is opened."""
    number, _, name = camera.removeprefix("webcam ").partition(" (")
    if source.isdecimal():
        return source == number
    if not is_webcam(source):
        return not camera.startswith("webcam ")
    return source.casefold() in name.casefold()
