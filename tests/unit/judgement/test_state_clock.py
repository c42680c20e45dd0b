"""`advance`, as a diary: a state has to last before it counts, and has to be lost before it goes."""

from __future__ import annotations

from itertools import groupby

import pytest

from monitor.judgement.assessment import State
from monitor.judgement.states import StateClock, advance

A, U, T, L, X, S = State.AWAY, State.UPRIGHT, State.TIPPED, State.LEANING, State.UNKNOWN, State.STANDING


def course(
    *entries: tuple[State, float], fps: float = 10.0, settle_s: float = 1.0, lost_s: float = 1.0
) -> list[StateClock]:
    """The clock after every frame of so many seconds of each look."""
    clock, out, frame, end = StateClock(), [], 0, 0.0
    for look, seconds in entries:
        end += seconds
        while frame / fps < end - 1e-9:
            clock = advance(clock, frame / fps, look, settle_s=settle_s, lost_s=lost_s)
            out.append(clock)
            frame += 1
    return out


def states(clocks: list[StateClock]) -> list[State]:
    return [state for state, _ in groupby(c.state for c in clocks)]


def time_of(clocks: list[StateClock], state: State) -> float:
    """When the last stretch of the state began."""
    return next(c.since_s for c in reversed(clocks) if c.state is state)


def test_somebody_who_comes_into_view_upright_is_upright_at_once() -> None:
    assert course((U, 0.1))[-1].state is U


def test_somebody_who_comes_into_view_standing_stands_at_once() -> None:
    assert states(course((A, 3), (S, 0.1)))[-1] is S


@pytest.mark.parametrize("before", [A, X])
def test_tipped_needs_twice_the_settling_time_after_coming_into_view(before: State) -> None:
    clocks = course((before, 3), (T, 4), settle_s=1.0)
    assert time_of(clocks, T) == pytest.approx(5.0, abs=0.11)
    assert states(clocks) == ([A, X, T] if before is A else [X, T])


def test_one_known_state_follows_another_after_the_settling_time() -> None:
    clocks = course((U, 5), (L, 3), settle_s=2.0)
    assert states(clocks) == [U, L]
    assert time_of(clocks, L) == pytest.approx(7.0, abs=0.11)


def test_a_known_state_becomes_tipped_after_the_plain_settling_time() -> None:
    assert time_of(course((U, 5), (T, 3)), T) == pytest.approx(6.0, abs=0.11)


def test_a_look_that_does_not_last_changes_nothing() -> None:
    assert states(course((U, 5), (T, 0.9), (U, 5))) == [U]


def test_two_short_looks_do_not_add_up() -> None:
    assert states(course((U, 5), (T, 0.8), (U, 0.1), (T, 0.8), (U, 2))) == [U]


def test_two_different_looks_do_not_add_up() -> None:
    assert states(course((U, 5), (T, 0.7), (L, 0.7), (U, 2))) == [U]


@pytest.mark.parametrize("lost", [A, X])
def test_a_state_is_lost_when_nothing_was_known_for_so_long(lost: State) -> None:
    clocks = course((U, 5), (lost, 4), lost_s=2.0)
    assert states(clocks) == [U, lost]
    assert time_of(clocks, lost) == pytest.approx(4.9 + 2.0, abs=0.11)


def test_one_missed_frame_in_a_fast_stream_changes_nothing() -> None:
    whole = course((U, 4), (T, 4), fps=15.0)
    clock, out = StateClock(), []
    for i in range(120):
        look = X if i % 15 == 7 else (U if i < 60 else T)
        clock = advance(clock, i / 15.0, look, settle_s=0.4, lost_s=1.0)
        out.append(clock)
    assert states(out) == states(whole) == [U, T]


def test_at_one_frame_a_second_somebody_who_left_is_away_at_once() -> None:
    clocks = course((U, 5), (A, 2), fps=1.0)
    assert [c.state for c in clocks] == [U, U, U, U, U, A, A]


def test_losing_sight_in_turns_with_going_away_is_still_losing() -> None:
    clock = course((U, 5))[-1]
    for i in range(1, 40):
        clock = advance(clock, 5.0 + i / 10.0, A if i % 2 else X, settle_s=1.0, lost_s=1.0)
    assert clock.state in (A, X)


def test_time_in_a_state_counts_from_when_it_was_given() -> None:
    clocks = course((U, 5), (T, 6))
    assert clocks[-1].since_s == pytest.approx(6.0, abs=0.11)


def test_a_new_state_forgets_the_candidate_and_the_time_below_the_threshold() -> None:
    clock = StateClock(state=T, low_since_s=3.0, candidate=U, candidate_since_s=8.0, known_s=8.9)
    clock = advance(clock, 9.0, U, settle_s=1.0, lost_s=1.0)
    assert clock == StateClock(state=U, since_s=9.0, candidate_since_s=8.0, known_s=9.0)
