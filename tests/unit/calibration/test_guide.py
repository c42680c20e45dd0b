"""Diaries of live calibrations, step by step."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count, pairwise

import pytest
from calibration_samples import MODEL, NEUTRAL, SCATTER, SETUP, SLUMP
from hypothesis import given, settings
from hypothesis import strategies as st

from calibration.evaluate import Recording, Sample, evaluate
from calibration.guide import Cue, GuideMoment, GuideState, Phase, Pose, plan, recording, step
from models.measures import Measures

PLAN = plan()
TOTAL_S = 6 + 3 * (8 + 4) + 2 * 6 + 3 * (5 + 4) + 2 * 4
SHORT = (
    Phase(Pose.GET_READY, "Wait.", 2.0),
    Phase(Pose.NEUTRAL, "Sit.", 6.0, settle_s=2.0),
    Phase(Pose.RELAX, "Rest.", 1.0),
    Phase(Pose.SLUMP, "Slump.", 6.0, settle_s=2.0),
)
"""0-2 ready, 2-4 settle, 4-8 neutral, 8-9 rest, 9-11 settle, 11-15 slump."""
LEVEL = replace(NEUTRAL, thigh_angle_deg=0.0, knee_rise_px=0.0)
Sitter = Callable[[float, Pose | None], Sample | None]
Diary = list[tuple[float, GuideMoment]]


def frame_of(pose: Pose | None, t_s: float) -> Sample:
    """A still sitter who does as asked, scattered a little."""
    measures = {Pose.SLUMP: SLUMP, Pose.LEVEL: LEVEL}.get(pose or Pose.RELAX, NEUTRAL)
    noise = math.sin(1000.0 * t_s)
    return Sample(Measures.from_array(measures.as_array() + noise * SCATTER.as_array()), 120.0)


def still(t_s: float, pose: Pose | None) -> Sample | None:
    return frame_of(pose, t_s)


def moved(sample: Sample, right_px: float) -> Sample:
    return replace(sample, measures=replace(sample.measures, hip_x_px=sample.measures.hip_x_px + right_px))


def fidgets(begin_s: float, end_s: float) -> Sitter:
    """Rocks by 40 px, a fifth of the trunk, to either side every second."""
    return lambda t_s, pose: moved(frame_of(pose, t_s), 40.0 * (begin_s <= t_s < end_s) * (-1) ** int(t_s))


def leaves(begin_s: float, end_s: float) -> Sitter:
    return lambda t_s, pose: None if begin_s <= t_s < end_s else frame_of(pose, t_s)


def every(rate_hz: float, begin_s: float = 0.0) -> Iterator[float]:
    return (begin_s + i / rate_hz for i in count())


def run(
    phases: tuple[Phase, ...] = SHORT,
    sitter: Sitter = still,
    *,
    rate_hz: float = 4.0,
    skip: tuple[float, float] = (math.inf, math.inf),
    until_s: float = 400.0,
) -> tuple[GuideState, Diary]:
    """The guide from its first step to two seconds after the end; ``skip`` is a stretch without a frame."""
    state, diary, ended_s = GuideState(phases), [], math.inf
    for t_s in every(rate_hz):
        if t_s > min(until_s, ended_s + 2.0):
            return state, diary
        if skip[0] < t_s < skip[1]:
            continue
        state, now = step(state, t_s, sitter(t_s, state.phase.pose if state.phase else None))
        diary.append((t_s, now))
        ended_s = min(ended_s, t_s if now.phase is None else math.inf)
    raise AssertionError("unreachable")


def cues(diary: Diary) -> list[tuple[float, Cue]]:
    return [(t_s, now.cue) for t_s, now in diary if now.cue is not None]


def at(diary: Diary, t_s: float) -> GuideMoment:
    return next(now for t, now in diary if t == t_s)


def lengths(found: Recording) -> tuple[list[int], list[int], int]:
    return [len(r) for r in found.neutral], [len(r) for r in found.slump], len(found.level)


def test_three_neutral_sits_with_a_stand_between_come_before_three_slumps_with_a_rest_between() -> None:
    n, s = Pose.NEUTRAL, Pose.SLUMP
    assert [p.pose for p in PLAN] == [
        Pose.GET_READY,
        *(n, Pose.STAND, n, Pose.STAND, n),
        *(s, Pose.RELAX, s, Pose.RELAX, s),
    ]
    assert sum(p.duration_s for p in PLAN) == TOTAL_S


def test_level_thighs_come_first_with_ten_seconds_to_find_a_book_and_to_put_it_away() -> None:
    phases = plan(with_level=True, level_s=6.0)
    assert [p.pose for p in phases[:4]] == [Pose.GET_READY, Pose.LEVEL, Pose.RELAX, Pose.NEUTRAL]
    assert [(p.duration_s, p.settle_s) for p in phases[1:3]] == [(16.0, 10.0), (10.0, 0.0)]
    assert phases[3:] == PLAN[1:]


def test_repeats_and_holding_times_can_be_chosen() -> None:
    assert [p.pose for p in plan(repeats=1)] == [Pose.GET_READY, Pose.NEUTRAL, Pose.SLUMP]
    phases = plan(repeats=2, neutral_s=10.0, slump_s=7.0, change_s=3.0, stand_s=20.0)
    assert [p.duration_s for p in phases] == [5.0, 13.0, 20.0, 13.0, 10.0, 3.0, 10.0]


def test_every_phase_says_what_to_do() -> None:
    assert all(p.words.endswith(".") for p in plan(with_level=True))


def test_the_cues_of_a_still_sitter_come_in_order() -> None:
    _, diary = run()
    assert cues(diary) == [
        (0.0, Cue.CHANGE),
        (2.0, Cue.CHANGE),
        (4.0, Cue.HOLD),
        (8.0, Cue.DONE),
        (8.25, Cue.CHANGE),
        (9.0, Cue.CHANGE),
        (11.0, Cue.HOLD),
        (15.0, Cue.DONE),
        (15.25, Cue.FINISHED),
    ]


def test_the_moments_of_a_short_plan_are_those_worked_out_by_hand() -> None:
    _, diary = run()
    ready, settling, holding, done = (at(diary, t_s) for t_s in (0.5, 3.0, 7.0, 8.0))
    assert (ready.phase, ready.number, ready.total, ready.remaining_s) == (SHORT[0], 0, 4, 1.5)
    assert (ready.settling, ready.recording, ready.phase_progress) == (False, False, 0.25)
    assert (settling.number, settling.remaining_s, settling.settling, settling.recording) == (1, 1.0, True, False)
    assert (settling.phase_progress, settling.progress) == (0.0, 3.0 / 15.0)
    assert (holding.remaining_s, holding.settling, holding.recording) == (1.0, False, True)
    assert (holding.phase_progress, holding.progress) == (0.75, 7.0 / 15.0)
    assert (done.phase, done.remaining_s, done.recording, done.phase_progress) == (SHORT[1], 0.0, False, 1.0)
    end = diary[-1][1]
    assert (end.phase, end.number, end.total, end.progress, end.cue) == (None, 4, 4, 1.0, None)


def test_frames_of_the_holding_alone_are_kept() -> None:
    state, _ = run()
    assert lengths(recording(state)) == ([16], [16], 0)
    times = [i / 4 for i in range(16, 32)]
    assert recording(state).neutral == (tuple(frame_of(Pose.NEUTRAL, t_s) for t_s in times),)


def test_a_recorded_frame_is_said_to_be_one() -> None:
    state, diary = run(PLAN)
    kept = [now.phase.pose for _, now in diary if now.recording and now.phase]
    assert (kept.count(Pose.NEUTRAL), kept.count(Pose.SLUMP)) == (3 * 8 * 4, 3 * 5 * 4)
    assert lengths(recording(state)) == ([32, 32, 32], [20, 20, 20], 0)


def test_what_the_guide_recorded_becomes_a_profile() -> None:
    state, _ = run(PLAN)
    found = evaluate(recording(state), SETUP, MODEL)
    assert found.profile is not None, found.problems


def test_level_thighs_are_recorded_apart() -> None:
    state, diary = run((SHORT[0], Phase(Pose.LEVEL, "Level.", 5.0, settle_s=3.0), *SHORT[1:]))
    assert lengths(recording(state)) == ([16], [16], 8)
    assert [cue for t_s, cue in cues(diary) if 2.0 <= t_s <= 7.25] == [Cue.CHANGE, Cue.HOLD, Cue.DONE, Cue.CHANGE]
    found = evaluate(recording(state), SETUP, MODEL)
    assert found.profile is not None
    assert found.profile.level_calibrated


@pytest.mark.parametrize("rate_hz", [2.0, 5.0, 30.0])
def test_the_same_happens_at_any_number_of_frames_a_second(rate_hz: float) -> None:
    state, diary = run(PLAN, fidgets(30.0, 34.0), rate_hz=rate_hz)
    _, usual = run(PLAN, fidgets(30.0, 34.0), rate_hz=10.0)
    assert [cue for _, cue in cues(diary)] == [cue for _, cue in cues(usual)]
    late_s = [t_s - usual_s for (t_s, _), (usual_s, _) in zip(cues(diary), cues(usual), strict=True)]
    assert max(map(abs, late_s)) <= 1.0 / rate_hz + 0.1 + 1e-6
    assert [len(s) / rate_hz for _, s in state.kept] == pytest.approx([8.0] * 3 + [5.0] * 3, abs=1.01 / rate_hz)


def test_who_fidgets_in_the_second_neutral_sit_repeats_it_and_no_other() -> None:
    # ready to 6, neutral to 18, stand to 24, second neutral settles to 28 and holds to 36
    state, diary = run(PLAN, fidgets(30.0, 34.0))
    (again_s,) = [t_s for t_s, cue in cues(diary) if cue is Cue.AGAIN]
    assert again_s == 36.0
    now = at(diary, 36.0)
    assert (now.number, now.settling, now.phase_progress, now.remaining_s) == (3, True, 0.0, 4.0)
    assert "You moved too much in the neutral sit" in now.note
    assert at(diary, 39.75).note == now.note
    assert [(t_s, cue) for t_s, cue in cues(diary) if 36.0 < t_s < 49.0] == [
        (40.0, Cue.HOLD),
        (48.0, Cue.DONE),
        (48.25, Cue.CHANGE),
    ]
    assert at(diary, 40.0).note == ""
    assert lengths(recording(state)) == ([32, 32, 32], [20, 20, 20], 0)
    assert evaluate(recording(state), SETUP, MODEL).profile is not None


def test_who_never_holds_still_is_asked_twice_more_and_then_told_by_the_verdict() -> None:
    state, diary = run(SHORT, fidgets(0.0, math.inf))
    assert [cue for _, cue in cues(diary)].count(Cue.AGAIN) == 4
    times = [t_s for t_s, cue in cues(diary) if cue is Cue.DONE]
    assert times == [2.0 + 3 * 6.0, 2.0 + 3 * 6.0 + 1.0 + 3 * 6.0]
    assert lengths(recording(state)) == ([16], [16], 0)
    found = evaluate(recording(state), SETUP, MODEL)
    assert "You moved too much in the neutral sit" in found.problems[0]


def test_nobody_for_a_third_of_the_pose_is_the_same_pose_again() -> None:
    state, diary = run(SHORT, leaves(4.0, 5.5))
    assert "could be seen in only 62 % of the neutral sit" in at(diary, 8.0).note
    assert at(diary, 8.0).cue is Cue.AGAIN
    assert lengths(recording(state)) == ([16], [16], 0)
    assert all(math.isfinite(s.measures.trunk_px) for r in recording(state).neutral for s in r)


def test_nobody_for_a_quarter_of_the_pose_will_do() -> None:
    state, diary = run(SHORT, leaves(4.0, 5.0))
    assert Cue.AGAIN not in [cue for _, cue in cues(diary)]
    (stretch,) = recording(state).neutral
    assert sum(math.isnan(s.measures.trunk_px) for s in stretch) == 4


def test_nobody_all_the_time_ends_and_is_said_so() -> None:
    state, _ = run(SHORT, leaves(0.0, math.inf))
    found = evaluate(recording(state), SETUP, MODEL)
    assert "could be seen in only 0 % of the neutral sit" in found.problems[0]


def test_a_dark_room_in_which_nobody_is_found_is_told_as_dark() -> None:
    _, diary = run(SHORT, lambda *_: Sample(Measures(), 10.0))
    assert "too dark in the neutral sit" in at(diary, 8.0).note


def test_too_few_frames_are_the_same_pose_again() -> None:
    _, diary = run(SHORT, skip=(4.5, 7.75))
    assert at(diary, 8.0).cue is Cue.AGAIN
    assert "Only 4 pictures of the neutral sit" in at(diary, 8.0).note


@pytest.mark.parametrize("skip", [(5.0, 16.0), (3.0, 14.0), (7.0, 17.5)], ids=["holding", "settling", "at the end"])
def test_a_gap_of_more_than_ten_seconds_is_the_same_pose_again(skip: tuple[float, float]) -> None:
    state, diary = run(SHORT, skip=skip)
    now = at(diary, skip[1])
    assert (now.cue, now.number, now.settling, now.remaining_s) == (Cue.AGAIN, 1, True, 2.0)
    assert "no picture for 1" in now.note
    assert (skip[1] + 6.0, Cue.DONE) in cues(diary)
    assert lengths(recording(state)) == ([16], [16], 0)


def test_gaps_do_not_use_up_the_tries() -> None:
    state, t_s, seen = GuideState(SHORT), 0.0, []
    for gap_s in [0.25] * 20 + [11.0] * 5 + [0.25] * 12:
        t_s += gap_s
        state, now = step(state, t_s, moved(frame_of(Pose.NEUTRAL, t_s), 40.0 * (-1) ** int(t_s)))
        seen.append(now.cue)
    assert seen.count(Cue.AGAIN) == 5
    assert state.extra_tries == 0


def test_a_gap_while_nothing_is_recorded_only_lets_the_next_pose_begin_late() -> None:
    _, diary = run(SHORT, skip=(0.5, 14.0))
    assert (at(diary, 14.0).cue, at(diary, 14.0).number, at(diary, 14.0).remaining_s) == (Cue.CHANGE, 1, 2.0)
    assert (20.0, Cue.DONE) in cues(diary)


def test_a_note_goes_with_the_pose_it_is_about() -> None:
    _, diary = run(PLAN, fidgets(30.0, 34.0))
    assert {now.number for _, now in diary if now.note} == {3}
    assert all(now.settling for _, now in diary if now.note)


@given(
    st.lists(st.floats(0.05, 14.0), min_size=1, max_size=60),
    st.sampled_from([still, fidgets(3.0, 9.0), leaves(5.0, 50.0), leaves(0.0, math.inf)]),
)
@settings(deadline=None, max_examples=60)
def test_whatever_the_frames_progress_never_goes_back_and_every_pose_ends(gaps_s: list[float], sitter: Sitter) -> None:
    state, t_s, diary = GuideState(SHORT), 100.0, []
    for gap_s in [*gaps_s, *[0.5] * 400]:
        t_s += gap_s
        state, now = step(state, t_s, sitter(t_s - 100.0, state.phase.pose if state.phase else None))
        diary.append(now)
    assert diary[-1].phase is None
    assert [now.cue for now in diary].count(Cue.FINISHED) == 1
    assert all(a.progress <= b.progress and a.number <= b.number for a, b in pairwise(diary))
    assert all(0.0 <= p <= 1.0 for now in diary for p in (now.progress, now.phase_progress))
    assert all(now.remaining_s >= 0.0 for now in diary)
    assert not any(now.settling and now.recording for now in diary)
    assert [number for number, _ in state.kept] == [1, 3]
