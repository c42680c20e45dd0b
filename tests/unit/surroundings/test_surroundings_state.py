from __future__ import annotations

import math

import pytest
from pydantic import ValidationError

from monitor.surroundings import QuietSettings, Surroundings, camera_off_reason, quiet_reason

EVERYTHING, NOTHING = (
    QuietSettings(**dict.fromkeys(("microphone", "camera", "full_screen", "do_not_disturb", "low_battery"), on))
    for on in (True, False)
)


def test_nothing_special() -> None:
    assert camera_off_reason(Surroundings(), EVERYTHING) == ""
    assert quiet_reason(Surroundings(), EVERYTHING) == ""


@pytest.mark.parametrize("quiet", [EVERYTHING, NOTHING])
@pytest.mark.parametrize(
    ("state", "reason"),
    [
        (Surroundings(locked=True), "the screen is locked"),
        (Surroundings(asleep=True), "the computer is going to sleep"),
        (Surroundings(session_active=False), "another user has the screen"),
        (Surroundings(lid_closed=True), "the lid is closed"),
    ],
)
def test_these_always_turn_the_camera_off(state: Surroundings, reason: str, quiet: QuietSettings) -> None:
    assert camera_off_reason(state, quiet) == reason
    assert quiet_reason(state, quiet) == ""


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        (Surroundings(camera_used_by="cheese"), "cheese uses a camera"),
        (Surroundings(battery_pct=19.9), "the battery is low"),
        (Surroundings(battery_pct=20.0), ""),
        (Surroundings(battery_pct=math.nan), ""),
    ],
)
def test_these_turn_it_off_when_switched_on(state: Surroundings, reason: str) -> None:
    assert camera_off_reason(state, EVERYTHING) == reason
    assert camera_off_reason(state, NOTHING) == ""


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        (Surroundings(microphone_used=True), "a call uses the microphone"),
        (Surroundings(full_screen=True), "a program fills the screen"),
        (Surroundings(do_not_disturb=True), "do not disturb is on"),
    ],
)
def test_these_keep_quiet_when_switched_on(state: Surroundings, reason: str) -> None:
    assert quiet_reason(state, EVERYTHING) == reason
    assert quiet_reason(state, NOTHING) == ""
    assert camera_off_reason(state, EVERYTHING) == ""


def test_an_unknown_charge_equals_an_unknown_charge() -> None:
    assert Surroundings(battery_pct=float("nan")) == Surroundings(battery_pct=float("nan"))
    assert hash(Surroundings(battery_pct=float("nan"))) == hash(Surroundings())
    assert Surroundings(battery_pct=50) != Surroundings()
    assert Surroundings() != "nothing"


@pytest.mark.parametrize("wrong", [{"low_battery_pct": 0}, {"low_battery_pct": 91}, {"loud": True}])
def test_settings_out_of_range(wrong: dict[str, float]) -> None:
    with pytest.raises(ValidationError):
        QuietSettings(**wrong)
