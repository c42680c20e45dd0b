from __future__ import annotations

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiltlog_days import day_of

from monitor.judgement.assessment import SEATED_STATES, State
from monitor.tiltlog.records import NOT_OBSERVED, Bout, GivenWarning, LogSlice, Sample
from monitor.tiltlog.summary import Summary, summarize

UPRIGHT, LEANING, RECLINED, TIPPED = State.UPRIGHT, State.LEANING, State.RECLINED, State.TIPPED
STANDING, AWAY, UNKNOWN = State.STANDING, State.AWAY, State.UNKNOWN


def tilt(pct: float, **more: float) -> dict[str, float]:
    return {"tilt_pct": pct, "tilt_deg": pct / 10, **more}


def changes(*parts: object) -> int | None:
    return summarize(day_of(*parts)).position_changes


@pytest.fixture
def morning() -> LogSlice:
    """Upright 600 s, tipped 300 s, unknown 100 s, standing 200 s, leaning 100 s, away 1000 s, not observed 700 s."""
    log = day_of(
        (UPRIGHT, 600, tilt(10, knee_above_hip_cm=-2, thigh_elevation_deg=-3)),
        (TIPPED, 300, tilt(80, knee_above_hip_cm=4, thigh_elevation_deg=5)),
        (UNKNOWN, 100),
        (STANDING, 200),
        (LEANING, 100, tilt(20)),
        (AWAY, 1000),
        (NOT_OBSERVED, 700),
    )
    warnings = [
        GivenWarning(1, 1, 700.0, "tipped", "low seat", "text", 59.0),
        GivenWarning(2, 1, 800.0, "tipped", "", "text", 61.0),
        GivenWarning(3, 1, 900.0, "sitting", "", "text", None),
    ]
    return LogSlice(0.0, 86400.0, log.sessions, log.samples, log.bouts, tuple(warnings), log.changes)


def test_a_morning_worked_out_by_hand(morning: LogSlice) -> None:
    day = summarize(morning)
    assert day.seated_observed_s == 1000
    assert day.observed_s == 2300
    assert day.coverage_pct == pytest.approx(100 * 1000 / 1100)
    assert day.tipped_pct == 30
    assert day.tilt_median_pct == 10  # 600 samples of 10, 100 of 20, 300 of 80
    assert day.tilt_p90_pct == 80
    assert day.longest_tipped_s == 300
    assert (day.tipped_over_2_min, day.tipped_over_5_min, day.tipped_over_20_min) == (1, 0, 0)
    assert day.position_changes == 2  # upright to tipped, standing to leaning; what came after unknown is not said
    assert day.position_changes_per_hour == pytest.approx(7.2)
    assert day.sit_bouts_over_30_min == 0
    assert day.knee_above_hip_median_cm == -2
    assert day.knee_above_hip_pct == pytest.approx(100 / 3)  # known for 900 s, above for 300 s
    assert day.thigh_elevation_median_deg == -3
    assert (day.warnings_given, day.warnings_answered) == (3, 1)
    assert day.warnings_by_kind == {"tipped": 2, "sitting": 1}
    assert day.state_s == {
        "away": 1000,
        "standing": 200,
        "unknown": 100,
        "upright": 600,
        "leaning": 100,
        "reclined": 0,
        "tipped": 300,
        "not observed": 700,
    }
    assert day.eva_pct == (
        (0, 0, 0, 0, 0, 0),
        (0, 0, 0, 10, 60, 0),  # leaning 100 s at 20 %, upright 600 s at 10 %
        (0, 0, 0, 0, 0, 0),
        (0, 0, 0, 0, 0, 0),
        (0, 0, 0, 0, 30, 0),  # tipped 300 s: the lower edge of 300 to 900
    )


def test_an_empty_day_says_nothing_instead_of_zero() -> None:
    day = summarize(LogSlice(0.0, 86400.0))
    assert (day.observed_s, day.seated_observed_s, day.warnings_given) == (0, 0, 0)
    unknown = {name for name, value in day.as_dict().items() if value is None}
    assert unknown == {
        *("coverage_pct", "tipped_pct", "tilt_median_pct", "tilt_p90_pct", "longest_tipped_s"),
        *("tipped_over_2_min", "tipped_over_5_min", "tipped_over_20_min"),
        *("position_changes", "position_changes_per_hour", "sit_bouts_over_30_min"),
        *("knee_above_hip_median_cm", "knee_above_hip_pct", "thigh_elevation_median_deg", "eva_pct"),
        "peak_dose_pct",
    }


def test_seated_without_a_known_tilt_has_time_but_no_tilt() -> None:
    day = summarize(day_of((UPRIGHT, 60)))
    assert (day.seated_observed_s, day.coverage_pct, day.tipped_pct, day.longest_tipped_s) == (60, 100, 0, 0)
    assert math.isnan(day.tilt_median_pct)
    assert day.position_changes is None
    assert day.eva_pct is None


def test_only_unknown_time_has_no_coverage_of_seated_time() -> None:
    day = summarize(day_of((UNKNOWN, 60)))
    assert (day.observed_s, day.coverage_pct) == (60, 0)
    assert math.isnan(day.tipped_pct)


def test_as_dict_is_ready_for_json(morning: LogSlice) -> None:
    day = summarize(morning)
    assert json.loads(json.dumps(day.as_dict(), allow_nan=False))["tipped_pct"] == 30
    assert set(day.as_dict()) == set(Summary.__dataclass_fields__)


def test_tipped_bouts_that_follow_one_another_are_one() -> None:
    log = day_of((TIPPED, 100), (TIPPED, 100), (UPRIGHT, 10), (TIPPED, 1201))
    day = summarize(log)
    assert day.longest_tipped_s == 1201
    assert (day.tipped_over_2_min, day.tipped_over_5_min, day.tipped_over_20_min) == (2, 1, 1)


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([(UPRIGHT, 1801)], 1),
        ([(UPRIGHT, 1800)], 0),
        ([(UPRIGHT, 1000), (UNKNOWN, 10), (TIPPED, 1000)], 1),
        ([(UPRIGHT, 1700), (UNKNOWN, 1000)], 0),
        ([(UNKNOWN, 1000), (UPRIGHT, 1700)], 0),
        ([(UPRIGHT, 1000), (STANDING, 10), (TIPPED, 1000)], 0),
        ([(UPRIGHT, 1000), (AWAY, 10), (TIPPED, 1000)], 0),
        ([(UPRIGHT, 1000), (NOT_OBSERVED, 20), (TIPPED, 1000)], 0),
        ([(UPRIGHT, 2000), (STANDING, 10), (TIPPED, 2000)], 2),
    ],
)
def test_sit_bouts(parts: list[tuple[State, float]], expected: int) -> None:
    assert summarize(day_of(*parts)).sit_bouts_over_30_min == expected


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([(UPRIGHT, 60, tilt(10))], 0),
        ([(UPRIGHT, 60, tilt(10)), (TIPPED, 60, tilt(60))], 1),
        ([(UPRIGHT, 60, tilt(10)), (TIPPED, 60, tilt(60)), (UPRIGHT, 60, tilt(10))], 2),
        ([(UPRIGHT, 60, tilt(10)), (TIPPED, 5, tilt(60)), (UPRIGHT, 60, tilt(10))], 0),  # held 4 s
        ([(UPRIGHT, 60, tilt(10)), (TIPPED, 6, tilt(60)), (UPRIGHT, 60, tilt(10))], 2),  # held 5 s, and back
        ([(UPRIGHT, 60, {"tilt_deg": 0}), (UPRIGHT, 60, {"tilt_deg": 2.9})], 0),
        ([(UPRIGHT, 60, {"tilt_deg": 0}), (UPRIGHT, 60, {"tilt_deg": 3})], 1),
        ([(UPRIGHT, 60, {"tilt_pct": 0}), (UPRIGHT, 60, {"tilt_pct": 25})], 1),
        ([(UPRIGHT, 60, {"trunk_inclination_deg": 0}), (LEANING, 60, {"trunk_inclination_deg": 5})], 1),
        ([(UPRIGHT, 60, {"trunk_inclination_deg": 0}), (LEANING, 60, {"trunk_inclination_deg": 4.9})], 0),
    ],
)
def test_position_changes(parts: list[object], expected: int) -> None:
    assert changes(*parts) == expected


def test_one_movement_counts_once_however_many_measures_it_shows_in_and_however_long_it_takes() -> None:
    moving = [(TIPPED, 1, tilt(pct, trunk_inclination_deg=pct / 10)) for pct in range(0, 100, 20)]
    still = tilt(100, trunk_inclination_deg=10)
    assert changes((UPRIGHT, 60, tilt(0, trunk_inclination_deg=0)), *moving, (TIPPED, 60, still)) == 1


@pytest.mark.parametrize("pause", [(AWAY, 5), (UNKNOWN, 5), (NOT_OBSERVED, 30)])
def test_what_happened_while_nobody_looked_is_not_a_change(pause: tuple[State, float]) -> None:
    assert changes((UPRIGHT, 60, tilt(0)), pause, (TIPPED, 60, tilt(100))) == 0


def test_samples_that_do_not_tell_the_tilt_neither_make_nor_undo_a_change() -> None:
    sit, slump, blind = tilt(0), tilt(100), {"trunk_inclination_deg": 0.0}
    assert changes((UPRIGHT, 9, sit), (TIPPED, 3, slump), (TIPPED, 3, blind), (TIPPED, 3, slump)) == 1
    assert changes((UPRIGHT, 9, sit), (TIPPED, 9, blind), (UPRIGHT, 9, sit)) == 0


def test_standing_up_and_sitting_down_are_two_changes() -> None:
    assert changes((UPRIGHT, 60, tilt(0)), (STANDING, 60), (UPRIGHT, 60, tilt(0))) == 2
    assert changes((UPRIGHT, 60, tilt(0)), (AWAY, 60), (STANDING, 60), (UPRIGHT, 60, tilt(0))) == 1


def test_a_stretch_in_one_row_goes_on_through_seated_states_but_not_through_unknown_time() -> None:
    through = summarize(day_of((UPRIGHT, 60, tilt(30)), (LEANING, 60, tilt(30)))).eva_pct
    assert through is not None
    assert through[2] == (0, 0, 0, 100, 0, 0)
    parted = summarize(day_of((UPRIGHT, 60, tilt(30)), (UNKNOWN, 1), (LEANING, 60, tilt(30)))).eva_pct
    assert parted is not None
    assert parted[2] == (0, 0, 100, 0, 0, 0)


def test_time_without_samples_counts_for_no_row() -> None:
    samples = tuple(Sample(1, t_s, UPRIGHT, tilt_pct=10) for t_s in (0, 1, 2, 50, 51))
    day = summarize(LogSlice(0.0, 100.0, (), samples, (Bout(1, UPRIGHT, "", 0, 52),)))
    assert day.eva_pct is not None
    assert day.eva_pct[1] == pytest.approx((100 * 4 / 52, 0, 0, 0, 0, 0))  # 0 to 2 and 50 to 52: two short stretches


parts = st.lists(
    st.tuples(
        st.sampled_from([*State, NOT_OBSERVED]),
        st.integers(1, 400),
        st.integers(-50, 150).map(tilt),
    ),
    max_size=20,
)


@given(parts)
def test_shares_add_up_whatever_the_day(day_parts: list[tuple[State, int, dict[str, float]]]) -> None:
    log = day_of(*day_parts)
    day = summarize(log)
    total_s = sum(duration for _, duration, _ in day_parts)
    assert sum(day.state_s.values()) == pytest.approx(total_s)
    assert day.observed_s == pytest.approx(total_s - day.state_s["not observed"])
    assert day.seated_observed_s == pytest.approx(sum(b.duration_s for b in log.bouts if b.state in SEATED_STATES))
    if day.seated_observed_s:
        assert day.eva_pct is not None
        assert math.fsum(map(math.fsum, day.eva_pct)) == pytest.approx(100)
        assert 0 <= day.tipped_pct <= 100
        assert day.longest_tipped_s <= day.seated_observed_s


def test_hints_on_the_set_up_are_no_warnings() -> None:
    hints = tuple(
        GivenWarning(id=i, session_id=1, t_utc_s=10.0 * i, kind=kind, cause="", text="text", answered_s=5.0)
        for i, kind in enumerate(("knee hint", "dwell", "sit break"))
    )
    day = summarize(LogSlice(0.0, 3600.0, warnings=hints))
    assert (day.warnings_given, day.warnings_answered) == (1, 1)
    assert day.warnings_by_kind == {"knee hint": 1, "dwell": 1, "sit break": 1}
