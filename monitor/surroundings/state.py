"""What is known of the surroundings, and what follows from it. Pure."""

from __future__ import annotations

import math
from dataclasses import astuple, dataclass

from monitor.surroundings.quiet import QuietSettings


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What happens around the program. The defaults mean that nothing special does.

    Attributes:
        locked: the screen is locked, or its saver is on.
        asleep: the computer is about to sleep, or sleeps.
        session_active: False while another user has the screen.
        lid_closed: the lid is closed and no other screen is in use.
        microphone_used: some program records sound.
        camera_used_by: name of another program that has a camera open; empty when there is none.
        full_screen: a window that can be seen fills a screen.
        do_not_disturb: the desktop was asked to show no notices.
        battery_pct: charge of the battery; NaN on mains power, without a battery, or when unknown.
    """

    locked: bool = False
    asleep: bool = False
    session_active: bool = True
    lid_closed: bool = False
    microphone_used: bool = False
    camera_used_by: str = ""
    full_screen: bool = False
    do_not_disturb: bool = False
    battery_pct: float = math.nan

    def __eq__(self, other: object) -> bool:
        # Written out because NaN must equal NaN here; the generated one differs between Python versions.
        return self._values() == other._values() if isinstance(other, Surroundings) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._values())

    def _values(self) -> tuple[object, ...]:
        return tuple("NaN" if isinstance(value, float) and math.isnan(value) else value for value in astuple(self))


def camera_off_reason(s: Surroundings, quiet: QuietSettings) -> str:
    """Why the camera must be off now, as a plain phrase; empty when it may be on."""
    if s.locked:
        return "the screen is locked"
    if s.asleep:
        return "the computer is going to sleep"
    if not s.session_active:
        return "another user has the screen"
    if s.lid_closed:
        return "the lid is closed"
    if quiet.camera and s.camera_used_by:
        return f"{s.camera_used_by} uses a camera"
    if quiet.low_battery and s.battery_pct < quiet.low_battery_pct:
        return "the battery is low"
    return ""


def quiet_reason(s: Surroundings, quiet: QuietSettings) -> str:
    """Why no warning is given now, as a plain phrase; empty when one may be."""
    if quiet.microphone and s.microphone_used:
        return "a call uses the microphone"
    if quiet.full_screen and s.full_screen:
        return "a program fills the screen"
    if quiet.do_not_disturb and s.do_not_disturb:
        return "do not disturb is on"
    return ""
