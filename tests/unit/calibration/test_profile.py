"""The profile: kept whole through JSON, frozen, and refused when it is not what it should be."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from typing import Any

import pytest
from calibration_samples import NAN, NEUTRAL, SETUP, held, profile
from pydantic import ValidationError

from calibration.profile import PROFILE_VERSION, Profile
from models.measures import Measures

MADE = profile(level=held(replace(NEUTRAL, knee_rise_px=0.0, wrist_reach_px=NAN)))


def as_dict(**changes: Any) -> dict[str, Any]:
    return json.loads(MADE.model_dump_json()) | changes


def same(a: Measures, b: Measures) -> bool:
    return all(x == y or (math.isnan(x) and math.isnan(y)) for x, y in zip(a.as_array(), b.as_array(), strict=True))


def test_a_profile_comes_back_from_json_unchanged_with_its_unknowns() -> None:
    hidden_wrist = MADE.model_copy(update={"neutral": replace(MADE.neutral, wrist_reach_px=NAN)})
    text = hidden_wrist.model_dump_json()
    back = Profile.model_validate_json(text)
    assert math.isnan(back.neutral.wrist_reach_px)
    assert math.isnan(back.slump_deg)
    assert same(back.neutral, hidden_wrist.neutral)
    assert same(back.neutral_spread, hidden_wrist.neutral_spread)
    assert same(back.slump, hidden_wrist.slump)
    nested = {"neutral", "neutral_spread", "slump", "slump_deg"}
    assert back.model_dump(exclude=nested) == hidden_wrist.model_dump(exclude=nested)
    assert back.model_dump_json() == text


def test_the_json_is_standard_json() -> None:
    def refuse(constant: str) -> float:
        raise AssertionError(constant)

    json.loads(MADE.model_dump_json(), parse_constant=refuse)


def test_a_measured_slump_comes_back_as_a_number() -> None:
    made = profile(replace(SETUP, slump_deg=11.5))
    assert Profile.model_validate_json(made.model_dump_json()).slump_deg == 11.5


def test_a_profile_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        MADE.roll_deg = 3.0


@pytest.mark.parametrize(
    "wrong",
    [
        {"colour": "blue"},
        {"version": PROFILE_VERSION + 1},
        {"facing": 0},
        {"near": "front"},
        {"name": ""},
        {"thigh_cm": 500.0},
        {"roll_deg": 60.0},
        {"width_px": 0},
        {"neutral_spread_pct": -1.0},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_what_no_profile_can_hold_is_refused(wrong: dict[str, Any]) -> None:
    Profile.model_validate_json(json.dumps(as_dict()))
    with pytest.raises(ValidationError) as refused:
        Profile.model_validate_json(json.dumps(as_dict(**wrong)))
    assert refused.value.errors()[0]["loc"][0] == next(iter(wrong))


def test_a_missing_entry_is_refused() -> None:
    entries = as_dict()
    del entries["slump"]
    with pytest.raises(ValidationError, match="slump"):
        Profile.model_validate_json(json.dumps(entries))


def test_the_reference_is_what_the_tilt_is_relative_to() -> None:
    reference = MADE.reference
    assert (reference.neutral, reference.slump) == (MADE.neutral, MADE.slump)
    assert (reference.contour_trusted, reference.skeleton_trusted) == (True, True)


def test_the_place_is_where_the_hips_were_with_1_2_trunk_lengths_around() -> None:
    place = MADE.place
    assert (place.x_px, place.y_px) == (MADE.neutral.hip_x_px, MADE.neutral.hip_y_px)
    assert place.radius_px == pytest.approx(1.2 * MADE.neutral.trunk_px)


@pytest.mark.parametrize("pose", ["neutral", "slump"])
def test_a_profile_without_a_trunk_is_damaged_not_silently_unknown(pose: str) -> None:
    content = as_dict()
    del content[pose]["trunk_px"]
    with pytest.raises(ValidationError, match="hip and a trunk"):
        Profile.model_validate(content)
