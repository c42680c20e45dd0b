"""The protocol of a live calibration, moment by moment."""

from __future__ import annotations

from itertools import groupby, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calibration.session import Phase, Pose, moment, protocol

PHASES = protocol()
TOTAL_S = 6 + 3 * (8 + 4) + 2 * 6 + 3 * (5 + 4) + 2 * 4


def test_three_neutral_sits_with_a_stand_between_come_before_three_slumps_with_a_rest_between() -> None:
    n, s = Pose.NEUTRAL, Pose.SLUMP
    assert [p.pose for p in PHASES] == [
        Pose.GET_READY,
        *(n, Pose.STAND, n, Pose.STAND, n),
        *(s, Pose.RELAX, s, Pose.RELAX, s),
    ]


def test_the_whole_protocol_lasts_as_long_as_its_phases() -> None:
    assert sum(p.duration_s for p in PHASES) == TOTAL_S
    assert moment(PHASES, TOTAL_S - 0.01).phase is PHASES[-1]
    assert moment(PHASES, TOTAL_S).phase is None


def test_every_phase_says_what_to_do() -> None:
    assert all(p.words.endswith(".") for p in PHASES)


@pytest.mark.parametrize(("pose", "seconds"), [(Pose.NEUTRAL, 3 * 8.0), (Pose.SLUMP, 3 * 5.0)])
def test_each_pose_is_recorded_for_its_holding_time_without_settling(pose: Pose, seconds: float) -> None:
    step_s = 0.125
    kept = [m for m in (moment(PHASES, i * step_s) for i in range(int(TOTAL_S / step_s))) if m.recording]
    assert len([m for m in kept if m.phase is not None and m.phase.pose is pose]) * step_s == seconds
    assert {m.phase.pose for m in kept if m.phase is not None} == {Pose.NEUTRAL, Pose.SLUMP}


def test_recording_begins_when_the_settling_is_over() -> None:
    ready_s, settle_s = PHASES[0].duration_s, PHASES[1].settle_s
    assert not moment(PHASES, ready_s + settle_s - 0.01).recording
    assert moment(PHASES, ready_s + settle_s).recording


def test_moments_of_a_small_protocol_are_those_worked_out_by_hand() -> None:
    phases = (Phase(Pose.GET_READY, "Wait.", 2.0), Phase(Pose.NEUTRAL, "Sit.", 6.0, settle_s=2.0))
    start, sitting, end = moment(phases, 0.0), moment(phases, 4.0), moment(phases, 8.0)
    assert (start.phase, start.number, start.remaining_s, start.recording, start.progress) == (
        phases[0],
        0,
        2,
        False,
        0,
    )
    assert (sitting.phase, sitting.number, sitting.remaining_s) == (phases[1], 1, 4.0)
    assert (sitting.recording, sitting.progress) == (True, 0.5)
    assert (end.phase, end.number, end.remaining_s, end.recording, end.progress) == (None, 2, 0.0, False, 1.0)


@given(st.lists(st.floats(-5, 2 * TOTAL_S), min_size=2))
@settings(deadline=None)
def test_progress_goes_from_0_to_1_and_never_back(times_s: list[float]) -> None:
    progress = [moment(PHASES, t).progress for t in sorted(times_s)]
    assert all(0.0 <= p <= 1.0 for p in progress)
    assert all(a <= b for a, b in pairwise(progress))


@given(st.floats(0, TOTAL_S - 1e-6))
@settings(deadline=None)
def test_time_left_and_time_gone_make_up_the_phase(elapsed_s: float) -> None:
    now = moment(PHASES, elapsed_s)
    assert now.phase is not None
    before_s = sum(p.duration_s for p in PHASES[: now.number])
    assert before_s + now.phase.duration_s - now.remaining_s == pytest.approx(elapsed_s)


def test_one_repeat_needs_neither_stand_nor_rest() -> None:
    assert [p.pose for p, _ in groupby(protocol(repeats=1))] == [Pose.GET_READY, Pose.NEUTRAL, Pose.SLUMP]


def test_holding_times_can_be_chosen() -> None:
    phases = protocol(repeats=2, neutral_s=10.0, slump_s=7.0, change_s=3.0, stand_s=20.0)
    assert [p.duration_s for p in phases] == [5.0, 13.0, 20.0, 13.0, 10.0, 3.0, 10.0]
