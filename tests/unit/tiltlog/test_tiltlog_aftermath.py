"""What followed a warning, read from the bouts after it."""

from __future__ import annotations

import pytest

from monitor.judgement.assessment import State
from monitor.tiltlog.aftermath import After, Followed, what_followed
from monitor.tiltlog.records import NOT_OBSERVED, Bout, BoutState, GivenWarning, LogSlice

T_S = 1000.0


def bouts(*parts: tuple[BoutState, float], session_id: int = 1, start_s: float = 0.0) -> tuple[Bout, ...]:
    """(state, until when) one after the other, in seconds after the warning at `T_S`."""
    made, at_s = [], start_s
    for state, until_s in parts:
        made.append(Bout(session_id, state, "", at_s, T_S + until_s))
        at_s = T_S + until_s
    return tuple(made)


def warning(number: int = 1, *, t_s: float = T_S, answered_s: float | None = None, session_id: int = 1) -> GivenWarning:
    return GivenWarning(number, session_id, t_s, "dwell", "plain", "…", answered_s)


def followed(*parts: tuple[BoutState, float], answered_s: float | None = None) -> tuple[After, float]:
    log = LogSlice(0.0, 9999.0, bouts=bouts(*parts), warnings=(warning(answered_s=answered_s),))
    (one,) = what_followed(log)
    return one.what, one.after_s


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([(State.TIPPED, 12.5), (State.UPRIGHT, 300)], (After.MOVED, 12.5)),
        ([(State.TIPPED, 20), (State.RECLINED, 300)], (After.MOVED, 20)),
        ([(State.TIPPED, 20), (State.STANDING, 25), (State.UPRIGHT, 300)], (After.STOOD_UP, 20)),
        ([(State.TIPPED, 20), (State.AWAY, 300)], (After.LEFT, 20)),
        ([(State.TIPPED, 20), (State.LEANING, 30), (State.STANDING, 300)], (After.MOVED, 20)),
        ([(State.TIPPED, 300)], (After.STILL_TIPPED, 60)),
        ([(State.TIPPED, 61), (State.UPRIGHT, 300)], (After.STILL_TIPPED, 60)),
        ([(State.TIPPED, 60), (State.UPRIGHT, 300)], (After.MOVED, 60)),
        ([(State.TIPPED, 60), (State.UNKNOWN, 300)], (After.STILL_TIPPED, 60)),
        ([(State.TIPPED, 30), (State.UNKNOWN, 300)], (After.NOT_SEEN, 30)),
        ([(State.TIPPED, 30), (NOT_OBSERVED, 300), (State.UPRIGHT, 400)], (After.NOT_SEEN, 30)),
        ([(State.TIPPED, 30)], (After.NOT_SEEN, 30)),
        ([(State.TIPPED, 0), (State.UNKNOWN, 99)], (After.NOT_SEEN, 0)),
    ],
)
def test_the_first_change_within_a_minute_counts(
    parts: list[tuple[BoutState, float]], expected: tuple[After, float]
) -> None:
    assert followed(*parts) == expected


def test_a_moment_in_which_nothing_was_known_is_passed_over() -> None:
    assert followed((State.TIPPED, 10), (State.UNKNOWN, 14), (State.STANDING, 99)) == (After.STOOD_UP, 14)
    assert followed((State.TIPPED, 10), (State.UNKNOWN, 14), (State.TIPPED, 99)) == (After.STILL_TIPPED, 60)
    assert followed((State.TIPPED, 10), (State.UNKNOWN, 14), (State.TIPPED, 40)) == (After.NOT_SEEN, 40)


def test_an_answer_is_a_move_unless_somebody_got_up() -> None:
    assert followed((State.TIPPED, 20.5), (State.UPRIGHT, 99), answered_s=20.1) == (After.MOVED, 20.1)
    assert followed((State.TIPPED, 20), (State.UNKNOWN, 99), answered_s=15.0) == (After.MOVED, 15.0)
    assert followed((State.UPRIGHT, 99), answered_s=30.0) == (
        After.MOVED,
        30.0,
    )  # a "dose" warning, given while upright
    assert followed((State.TIPPED, 20), (State.STANDING, 99), answered_s=20.0) == (After.STOOD_UP, 20)
    assert followed((State.TIPPED, 20), (State.AWAY, 99), answered_s=20.0) == (After.LEFT, 20)
    assert followed((State.TIPPED, 80), (State.UPRIGHT, 99), answered_s=80.0) == (After.STILL_TIPPED, 60)


def test_who_was_not_tipped_is_never_said_to_be_or_to_have_left_it() -> None:
    assert followed((State.UPRIGHT, 30), (State.LEANING, 99)) == (After.STILL_SEATED, 60)
    assert followed((State.UPRIGHT, 30), (State.TIPPED, 99)) == (After.STILL_TIPPED, 60)
    assert followed((State.UPRIGHT, 30), (State.STANDING, 99)) == (After.STOOD_UP, 30)


def test_each_warning_is_followed_in_its_own_session_in_the_order_of_the_warnings() -> None:
    own = bouts((State.TIPPED, 200), (State.AWAY, 400))
    other = bouts((State.STANDING, 400), session_id=2, start_s=T_S + 5)
    warnings = (warning(7), warning(5, t_s=T_S + 190), warning(6, t_s=T_S + 190, session_id=3))
    log = LogSlice(0.0, 9999.0, bouts=tuple(sorted((*own, *other), key=lambda b: b.start_utc_s)), warnings=warnings)
    assert what_followed(log) == (
        Followed(7, After.STILL_TIPPED, 60.0),
        Followed(5, After.LEFT, 10.0),
        Followed(6, After.NOT_SEEN, 0.0),
    )


def test_without_warnings_nothing_followed() -> None:
    assert what_followed(LogSlice(0.0, 1.0, bouts=bouts((State.TIPPED, 1)))) == ()
