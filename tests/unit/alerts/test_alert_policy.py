"""The settings: defaults of the brief, ranges, and what is refused."""

from __future__ import annotations

import annotated_types
import pytest
from pydantic import ValidationError

from monitor.alerts import AlertSettings


def test_the_defaults_of_the_brief() -> None:
    settings = AlertSettings()
    assert (settings.silent_cue_s, settings.dwell_s, settings.cool_down_s) == (10, 120, 600)
    assert (settings.max_per_hour, settings.ignored_before_back_off, settings.answered_within_s) == (4, 3, 60)
    assert (settings.dose_warning, settings.dose_limit, settings.dose_from_pct) == (True, 0.45, 25)
    assert [settings.dose_rise_s, settings.dose_fall_s] == pytest.approx([564, 174])
    assert (settings.knee_hint_deg, settings.knee_hint_unlevelled_deg, settings.knee_hint_strong_deg) == (5, 8, 10)
    assert (settings.sit_break, settings.sit_break_s) == (False, 1800)


@pytest.mark.parametrize("name", sorted(AlertSettings.model_fields))
def test_every_setting_is_described_and_every_number_has_a_range(name: str) -> None:
    field = AlertSettings.model_fields[name]
    assert field.description
    if field.annotation is not bool:
        kinds = {type(limit) for limit in field.metadata}
        assert {annotated_types.Ge, annotated_types.Le} <= kinds


@pytest.mark.parametrize(
    "wrong",
    [
        {"dwell_s": 4},
        {"dwell_s": 3601},
        {"dwell_s": float("nan")},
        {"max_per_hour": 0},
        {"dose_limit": 1.0},
        {"dwel_s": 60},
        {"cool_down_s": 30},
    ],
)
def test_what_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValidationError):
        AlertSettings.model_validate(wrong)


def test_settings_do_not_change() -> None:
    with pytest.raises(ValidationError):
        AlertSettings().dwell_s = 60


def test_short_training_is_possible() -> None:
    settings = AlertSettings(dwell_s=5, cool_down_s=30, answered_within_s=20, max_per_hour=60)
    assert settings.cool_down_after_s(0) == 30


@pytest.mark.parametrize(("ignored", "minutes"), [(0, 10), (2, 10), (3, 20), (5, 20), (6, 40), (9, 40), (10**6, 40)])
def test_back_off(ignored: int, minutes: float) -> None:
    assert AlertSettings().cool_down_after_s(ignored) == minutes * 60


def test_back_off_never_shortens_the_cool_down() -> None:
    assert AlertSettings(cool_down_s=3600).cool_down_after_s(6) == 3600
