"""Time never counts in frames: the same course is answered alike at every frame rate."""

from __future__ import annotations

import pytest
from alert_diary import Diary, Stretch
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.alerts import AlertSettings, Answered, Effect, SilentCue, Warn
from monitor.judgement.assessment import NAN, SEATED_STATES, State

FRAME_RATES = (1.0, 2.0, 5.0, 15.0)
QUICK = AlertSettings(
    silent_cue_s=5, dwell_s=20, cool_down_s=40, answered_within_s=10, max_per_hour=6, dose_warning=False
)


def stretch(state: State, seconds: int, pct: float) -> Stretch:
    return Stretch(state, seconds, pct if state in SEATED_STATES else NAN)


COURSES = st.lists(
    st.builds(
        stretch,
        st.sampled_from([State.TIPPED, State.TIPPED, State.UPRIGHT, State.UNKNOWN, State.AWAY, State.RECLINED]),
        st.integers(1, 45),
        st.sampled_from([0.0, 20.0, 30.0, 60.0, 100.0]),
    ),
    min_size=1,
    max_size=8,
)


def outline(diary: Diary) -> list[tuple[float, Effect]]:
    return [entry for entry in diary.entries if isinstance(entry[1], SilentCue | Warn | Answered)]


@given(COURSES)
@settings(max_examples=60, deadline=None)
def test_the_same_course_at_any_frame_rate(course: list[Stretch]) -> None:
    """Postures change at whole seconds, where every frame rate has a frame: times differ by one period at most."""
    course = [*course, Stretch(State.UPRIGHT, 3, 0.0), Stretch(State.UNKNOWN, 1)]
    fastest = Diary(QUICK, fps=15.0).live(*course)
    exact = outline(fastest)
    for fps in FRAME_RATES:
        diary = Diary(QUICK, fps=fps).live(*course)
        said = outline(diary)
        assert diary.state.dose == pytest.approx(fastest.state.dose, rel=1e-9)
        assert [type(effect) for _, effect in said] == [type(effect) for _, effect in exact]
        for (t_s, _), (exact_s, _) in zip(said, exact, strict=True):
            assert abs(t_s - exact_s) <= 1 / fps + 1e-6


def test_two_minutes_are_two_minutes() -> None:
    for fps in (0.5, 1.0, 2.0, 5.0, 7.3, 15.0, 30.0):
        ((at_s, _),) = Diary(fps=fps).live(Stretch(State.TIPPED, 180, 80.0)).warned
        assert 120.0 <= at_s + 1e-6 <= 120.0 + 1 / fps + 2e-6


@given(st.floats(50, 100), st.sampled_from(FRAME_RATES))
@settings(max_examples=30, deadline=None)
def test_the_dose_is_reached_at_the_same_time(pct: float, fps: float) -> None:
    policy = AlertSettings(dwell_s=3600, dose_rise_s=30)
    ((exact_s, _),) = Diary(policy, fps=60).live(Stretch(State.TIPPED, 120, pct)).warned
    ((at_s, _),) = Diary(policy, fps=fps).live(Stretch(State.TIPPED, 120, pct)).warned
    assert abs(at_s - exact_s) <= 1 / fps + 1 / 60
