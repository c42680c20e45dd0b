from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.judgement.assessment import GAP_S, Assessment, State
from monitor.tiltlog.bouts import Mark, Span, begin, step
from monitor.tiltlog.records import NOT_OBSERVED


def run(marks: list[Mark], t0_s: float = 0.0) -> list[Span]:
    """All bouts of a session, the open one last."""
    bout, closed = begin(t0_s), []
    for mark in marks:
        bout, more = step(bout, mark)
        closed += more
    return closed if bout.is_empty else [*closed, bout]


def test_a_diary_of_a_few_minutes() -> None:
    marks = [
        Mark(0, State.UPRIGHT),
        Mark(5, State.UPRIGHT),
        Mark(9, State.TIPPED),
        Mark(15, State.TIPPED),
        Mark(20, NOT_OBSERVED, "camera lost"),
        Mark(300, State.UPRIGHT),
        Mark(302, State.UPRIGHT),
    ]
    assert run(marks) == [
        Span(State.UPRIGHT, "", 0, 9),
        Span(State.TIPPED, "", 9, 20),
        Span(NOT_OBSERVED, "camera lost", 20, 300),
        Span(State.UPRIGHT, "", 300, 302),
    ]


def test_a_gap_longer_than_ten_seconds_is_not_observed_from_the_last_frame_on() -> None:
    assert run([Mark(0, State.TIPPED), Mark(4, State.TIPPED), Mark(14, State.TIPPED), Mark(24.5, State.TIPPED)]) == [
        Span(State.TIPPED, "", 0, 14),
        Span(NOT_OBSERVED, "no frames", 14, 24.5),
    ]


def test_the_time_before_the_first_frame_is_not_observed() -> None:
    assert run([Mark(3, State.AWAY), Mark(5, State.AWAY)]) == [
        Span(NOT_OBSERVED, "starting", 0, 3),
        Span(State.AWAY, "", 3, 5),
    ]


def test_saying_not_observed_again_lets_the_same_bout_grow_without_a_gap() -> None:
    marks = [Mark(0, State.AWAY), Mark(1, NOT_OBSERVED, "paused"), Mark(3601, NOT_OBSERVED, "paused")]
    assert run(marks) == [Span(State.AWAY, "", 0, 1), Span(NOT_OBSERVED, "paused", 1, 3601)]


def test_only_unknown_time_is_split_by_its_reason() -> None:
    frames = [
        Assessment(0, State.UNKNOWN, "hips hidden"),
        Assessment(1, State.UNKNOWN, "seen from the front"),
        Assessment(2, State.UPRIGHT, "tilt not known"),
        Assessment(3, State.UPRIGHT, ""),
    ]
    assert run([Mark.of(each) for each in frames]) == [
        Span(State.UNKNOWN, "hips hidden", 0, 1),
        Span(State.UNKNOWN, "seen from the front", 1, 2),
        Span(State.UPRIGHT, "", 2, 3),
    ]


@pytest.mark.parametrize("t_s", [4.9, -math.inf, math.inf, math.nan])
def test_a_time_that_cannot_follow_changes_nothing(t_s: float) -> None:
    bout = Span(State.UPRIGHT, "", 0, 5)
    assert step(bout, Mark(t_s, State.TIPPED)) == (bout, ())


def test_two_frames_at_one_time_the_later_one_counts() -> None:
    assert run([Mark(0, State.UPRIGHT), Mark(0, State.TIPPED), Mark(2, State.TIPPED)]) == [Span(State.TIPPED, "", 0, 2)]


states = st.sampled_from([*State, NOT_OBSERVED])
streams = st.lists(
    st.tuples(st.floats(0, 30, allow_subnormal=False), states, st.sampled_from(["", "hips hidden"])), max_size=60
).map(
    lambda steps: [
        Mark(sum(wait for wait, _, _ in steps[: n + 1]), state, reason) for n, (_, state, reason) in enumerate(steps)
    ]
)


@given(streams)
def test_bouts_tile_the_time_and_neighbours_differ(marks: list[Mark]) -> None:
    spans = run(marks)
    edges = [0.0, *(span.end_s for span in spans)]
    assert [span.start_s for span in spans] == edges[:-1]
    assert edges[-1] == (marks[-1].t_s if marks else 0.0)
    assert all(span.end_s > span.start_s for span in spans)


@given(streams)
def test_no_time_without_a_frame_for_longer_than_the_gap_is_said_to_be_observed(marks: list[Mark]) -> None:
    observed = [span for span in run(marks) if span.state != NOT_OBSERVED]
    for before, after in pairwise(marks):
        if after.t_s - before.t_s > GAP_S:
            assert all(span.end_s <= before.t_s or span.start_s >= after.t_s for span in observed)


@given(streams)
def test_a_mark_that_repeats_the_state_in_between_changes_nothing(marks: list[Mark]) -> None:
    doubled = [mark for each in marks for mark in (each, each)]
    assert run(doubled) == run(marks)


@given(streams, st.integers(0, 60))
def test_the_open_bout_carries_all_so_any_split_gives_the_same_bouts(marks: list[Mark], cut: int) -> None:
    bout, closed = begin(0.0), []
    for part in (marks[:cut], marks[cut:]):
        bout = Span(bout.state, bout.reason, bout.start_s, bout.end_s)  # as if it had been put away in between
        for mark in part:
            bout, more = step(bout, mark)
            closed += more
    assert [*closed, *([] if bout.is_empty else [bout])] == run(marks)
