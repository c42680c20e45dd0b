"""The same sitting gives the same course of states at any frame rate."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from judgement_diary import HIPS_HIDDEN, KNEE_HIDDEN, LEANS, NOBODY, QUICK, RECLINES, STANDS, Stretch, judge, play, sits

from monitor.judgement.assessment import Assessment, State
from monitor.judgement.parameters import JudgementSettings

SLOWEST_FPS = 1.0
DEFAULTS = JudgementSettings()
postures = st.sampled_from([sits(0), sits(80), sits(20), LEANS, RECLINES, STANDS, HIPS_HIDDEN, NOBODY])
# Every posture lasts longer than all dwell times together.
courses = st.lists(st.builds(Stretch, postures, st.floats(8.0, 12.0)), min_size=2, max_size=4)


def changes(out: list[Assessment]) -> list[tuple[State, float]]:
    """Each state with the time at which it began; the passing unknown after coming into view is left out."""
    found: list[tuple[State, float]] = []
    for judged in out:
        if judged.state is State.UNKNOWN and judged.reason == "just came into view":
            continue
        if not found or found[-1][0] is not judged.state:
            found.append((judged.state, judged.t_s))
    return found


@pytest.mark.parametrize("fps", [5.0, 15.0])
@given(course=courses)
@settings(max_examples=15, deadline=None)
def test_states_follow_each_other_within_one_period_of_the_slowest_stream(fps: float, course: list[Stretch]) -> None:
    slow, fast = changes(play(course, fps=SLOWEST_FPS)), changes(play(course, fps=fps))
    assert [s for s, _ in fast] == [s for s, _ in slow]
    for (_, fast_s), (_, slow_s) in zip(fast, slow, strict=True):
        assert abs(fast_s - slow_s) <= 1.0 / SLOWEST_FPS + 1e-6


@pytest.mark.parametrize("fps", [1.0, 5.0, 15.0])
def test_with_the_default_smoothing_a_slump_is_told_within_a_period_of_two_and_a_half_seconds(fps: float) -> None:
    out = play([Stretch(sits(0), 20), Stretch(sits(80), 20)], fps=fps, by=judge(DEFAULTS))
    (first, _), (second, began_s) = changes(out)
    assert (first, second) == (State.UPRIGHT, State.TIPPED)
    half_of_the_median_s = DEFAULTS.smoothing_s / 2.0
    assert began_s == pytest.approx(20.0 + half_of_the_median_s + DEFAULTS.settle_s, abs=1.0 / fps + 1e-6)


@pytest.mark.parametrize("fps", [1.0, 2.0, 5.0, 15.0, 30.0])
def test_leaving_tipped_takes_the_same_time_at_any_frame_rate(fps: float) -> None:
    out = play([Stretch(sits(80), 20), Stretch(sits(10), 20)], fps=fps)
    *_, (state, began_s) = changes(out)
    assert state is State.UPRIGHT
    assert began_s == pytest.approx(20.0 + QUICK.leave_s + QUICK.settle_s, abs=1.0 / fps + QUICK.smoothing_s / 2.0)


@given(st.lists(st.sampled_from([sits(0), sits(80), LEANS, KNEE_HIDDEN, NOBODY, STANDS]), min_size=1, max_size=60))
@settings(max_examples=40, deadline=None)
def test_whatever_is_seen_no_frame_without_a_tilt_is_called_newly_tipped(looks: list[object]) -> None:
    out = play([Stretch(look, 0.2) for look in looks], fps=5.0)  # type: ignore[arg-type]
    before = None
    for judged in out:
        if judged.state is State.TIPPED and before is not State.TIPPED:
            assert judged.tilt_pct >= 50.0
        if judged.state is State.UNKNOWN:
            assert judged.reason
        before = judged.state
