"""What the user has chosen so far, page by page."""

from __future__ import annotations

from dataclasses import dataclass

from calibration.evaluate import Verdict
from monitor.calibrating import Person
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
