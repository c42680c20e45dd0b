"""The record of measures: to an array and back, to JSON and back, and refused when it has the wrong size."""

from __future__ import annotations

import json
import math
from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest
from known_sitter import NEUTRAL, SLUMP
from pydantic import ValidationError

from calibration.profile import Profile
from models.measures import MEASURE_NAMES, N_MARKS, N_WINDOWS, Measures

NAN = math.nan
SIZES = {"marks_px": 2 * N_MARKS, "back_slopes_deg": N_WINDOWS, "back_depths_px": N_WINDOWS}
HOLEY = replace(
    NEUTRAL,
    wrist_reach_px=NAN,
    back_slopes_deg=(NAN, *NEUTRAL.back_slopes_deg[1:]),
    back_depths_px=(NAN, *NEUTRAL.back_depths_px[1:]),
)


def same(a: Measures, b: Measures) -> bool:
    return np.array_equal(a.as_array(), b.as_array(), equal_nan=True)


def test_the_names_are_those_of_the_fields_with_many_values_numbered() -> None:
    plain = [f.name for f in fields(Measures) if f.name not in SIZES]
    assert [n for n in MEASURE_NAMES if "[" not in n] == plain
    assert len(MEASURE_NAMES) == len(set(MEASURE_NAMES)) == len(plain) + sum(SIZES.values())
    assert [n for n in MEASURE_NAMES if n.startswith("marks_px")] == [f"marks_px[{i}]" for i in range(14)]


def test_the_array_has_the_values_in_the_order_of_the_names() -> None:
    values = np.arange(len(MEASURE_NAMES), dtype=np.float64)
    measures = Measures.from_array(values)
    for name, value in zip(MEASURE_NAMES, values, strict=True):
        field, _, number = name.rstrip("]").partition("[")
        found = getattr(measures, field)
        assert (found[int(number)] if number else found) == value, name
    assert measures.as_array().tolist() == values.tolist()


def test_measures_come_back_from_the_array_as_they_were() -> None:
    assert Measures.from_array(SLUMP.as_array()) == SLUMP
    back = Measures.from_array(HOLEY.as_array())
    assert same(back, HOLEY)
    assert isinstance(back.marks_px, tuple)
    assert type(back.hip_x_px) is type(back.marks_px[0]) is float


def test_without_anything_seen_all_is_unknown() -> None:
    assert np.isnan(Measures().as_array()).all()
    assert len(Measures().as_array()) == len(MEASURE_NAMES)


@pytest.mark.parametrize("name", SIZES)
@pytest.mark.parametrize("more", [-1, 1])
def test_a_wrong_number_of_values_is_refused(name: str, more: int) -> None:
    with pytest.raises(ValueError, match=f"{name} must have {SIZES[name]} values, got {SIZES[name] + more}"):
        Measures(**{name: (0.0,) * (SIZES[name] + more)})


def test_an_array_that_is_too_short_is_refused() -> None:
    with pytest.raises((ValueError, IndexError)):
        Measures.from_array(np.zeros(len(MEASURE_NAMES) - 1))


def profile() -> Profile:
    return Profile(
        name="anna",
        created=datetime(2026, 3, 2, 9, 0, tzinfo=UTC),
        camera="camera",
        width_px=640,
        height_px=480,
        facing=1,
        near="right",
        thigh_cm=40.0,
        thigh_full_px=160.0,
        thigh_neutral_deg=0.0,
        level_calibrated=True,
        neutral=HOLEY,
        neutral_spread=Measures(),
        slump=SLUMP,
        neutral_spread_pct=4.0,
        contour_trusted=True,
        skeleton_trusted=True,
        tilt_model="network-1",
    )


def test_a_profile_with_gaps_in_its_back_comes_back_from_standard_json() -> None:
    def refuse(constant: str) -> float:
        raise AssertionError(constant)

    text = profile().model_dump_json()
    json.loads(text, parse_constant=refuse)
    back = Profile.model_validate_json(text)
    assert back.slump == SLUMP
    assert same(back.neutral, HOLEY)
    assert same(back.neutral_spread, Measures())
    assert isinstance(back.neutral.back_slopes_deg, tuple)
    assert back.model_dump_json() == text


def test_a_profile_without_a_slump_comes_back_without_one() -> None:
    made = profile().model_copy(update={"slump": None})
    assert Profile.model_validate_json(made.model_dump_json()).slump is None


@pytest.mark.parametrize("values", [[0.0] * 9, [0.0] * 11, "none", [None] * 10])
def test_a_profile_with_a_back_that_is_none_is_refused(values: Any) -> None:
    content = json.loads(profile().model_dump_json())
    content["neutral"]["back_slopes_deg"] = values
    with pytest.raises(ValidationError, match="back_slopes_deg"):
        Profile.model_validate_json(json.dumps(content))
