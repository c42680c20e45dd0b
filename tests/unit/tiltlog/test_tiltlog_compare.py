"""Two groups of days side by side: figures by hand, how sure they are, and the words for it."""

from __future__ import annotations

import math
from datetime import date, timedelta

import numpy as np
import pytest

from monitor.judgement.assessment import State
from monitor.tiltlog.compare import Choice, Comparison, Difference, What, compare, sentence, side_notes
from monitor.tiltlog.reader import DayPart
from monitor.tiltlog.records import SessionInfo
from monitor.tiltlog.totals import Totals

DAY = date(2026, 3, 2)
CHAIR, CUSHION, UNTAGGED = Choice(What.SEAT, "chair"), Choice(What.SEAT, "cushion"), Choice(What.SEAT)


def part(
    day: int,
    seat: str,
    *,
    tipped_min: float,
    upright_min: float,
    unknown_min: float = 0.0,
    changes: int = 0,
    placed: int = 1,
    tilt_pct: int | None = None,
    session_id: int = 0,
    profile: str = "desk",
) -> DayPart:
    """A session's part of the n-th day, in minutes."""
    ticks = {State.TIPPED: tipped_min, State.UPRIGHT: upright_min, State.UNKNOWN: unknown_min}
    totals = Totals(
        {str(state): round(600 * minutes) for state, minutes in ticks.items()},
        longest_ticks=round(600 * tipped_min),
        changes=changes,
        placed=placed,
        histograms={} if tilt_pct is None else {"tilt_pct": {tilt_pct: 10}},
    )
    info = SessionInfo(session_id or 2 * day + (seat == "cushion"), 0.0, None, profile, "c", "live", "t", "0", seat)
    return DayPart(DAY + timedelta(days=day), info, totals)


def days(seat: str, *tipped_min: float, first: int = 0) -> list[DayPart]:
    """One day after the other, each with 100 min of seated time and so many of them tipped."""
    return [
        part(first + index, seat, tipped_min=minutes, upright_min=100 - minutes, unknown_min=25, tilt_pct=int(minutes))
        for index, minutes in enumerate(tipped_min)
    ]


def weeks(a: Choice = CHAIR, b: Choice = CUSHION) -> Comparison:
    return compare([*days("chair", 30, 28, 26, 27, 29, 28), *days("cushion", 18, 20, 19, 21, 17, 19, first=7)], a, b)


def test_shares_are_pooled_over_the_days() -> None:
    long_day = part(9, "chair", tipped_min=0, upright_min=300, unknown_min=100)
    found = compare([*days("chair", 30, 10), long_day, *days("cushion", 5, first=20)], CHAIR, CUSHION)
    assert found.tipped.a == pytest.approx(100 * 40 / 500)  # not the mean of the days' shares
    assert found.tipped.b == pytest.approx(5)
    assert found.tipped.value == pytest.approx(-3)
    assert found.a.coverage_pct == pytest.approx(100 * 500 / 650)
    assert [day.day.day for day in found.a.days] == [2, 3, 11]
    assert [day.tipped_pct for day in found.a.days] == [30.0, 10.0, 0.0]
    assert found.a.days[0].coverage_pct == 80.0


def test_position_changes_are_told_by_the_hour_of_days_that_tell_them() -> None:
    rows = [
        part(0, "chair", tipped_min=30, upright_min=30, changes=12),
        part(1, "chair", tipped_min=60, upright_min=60, changes=3),
        part(2, "chair", tipped_min=60, upright_min=540, placed=0),
        part(3, "cushion", tipped_min=30, upright_min=30, placed=0),
    ]
    found = compare(rows, CHAIR, CUSHION)
    assert found.changes.a == pytest.approx(15 / 3)
    assert math.isnan(found.changes.b)
    assert math.isnan(found.changes.value)


def test_the_median_tilt_is_the_median_of_the_days() -> None:
    rows = [*days("chair", 10, 50, 20), part(5, "chair", tipped_min=1, upright_min=99), *days("cushion", 8, first=9)]
    found = compare(rows, CHAIR, CUSHION)
    assert (found.tilt.a, found.tilt.b, found.tilt.value) == (20.0, 8.0, -12.0)


def test_a_day_counts_with_half_an_hour_on_that_side() -> None:
    rows = [
        part(0, "chair", tipped_min=10, upright_min=19.9, session_id=1),
        part(1, "chair", tipped_min=10, upright_min=10, session_id=2),
        part(1, "chair", tipped_min=0, upright_min=10, session_id=3),  # together half an hour
        part(1, "cushion", tipped_min=5, upright_min=20, session_id=4),  # the other side of the same day
        part(2, "cushion", tipped_min=0, upright_min=0, unknown_min=90, session_id=5),  # nobody was judged
    ]
    found = compare(rows, CHAIR, CUSHION)
    assert [(day.day.day, day.seated_s) for day in found.a.days] == [(3, 1800.0)]
    assert (found.a.short_days, len(found.b.days), found.b.short_days) == (1, 0, 1)
    assert "less than 30 min" in " ".join(side_notes(compare([*rows, *days("cushion", 1)], CHAIR, CUSHION)))


def test_groups_are_seats_profiles_or_ranges() -> None:
    one = part(4, "", tipped_min=1, upright_min=1, profile="home")
    assert UNTAGGED.takes(one)
    assert not CHAIR.takes(one)
    assert Choice(What.PROFILE, "home").takes(one)
    assert not Choice(What.PROFILE, "desk").takes(one)
    edges = ((4, 4, True), (3, 4, True), (4, 9, True), (0, 3, False), (5, 9, False))
    for first, last, is_in in edges:
        chosen = Choice(What.RANGE, first=DAY + timedelta(days=first), last=DAY + timedelta(days=last))
        assert chosen.takes(one) is is_in, (first, last)


def test_days_that_are_all_alike_leave_no_doubt() -> None:
    found = compare([*days("chair", *[30] * 5), *days("cushion", *[20] * 5, first=9)], CHAIR, CUSHION)
    assert found.tipped == Difference(30.0, 20.0, -10.0, -10.0)
    assert found.tipped.is_clear


def test_the_interval_holds_the_difference_and_no_more_than_the_days_allow() -> None:
    tipped = weeks().tipped
    assert tipped.value == pytest.approx(-9)
    assert -13 < tipped.low < -9.5 < -8.5 < tipped.high < -5  # 30 to 17 and 26 to 21 are the furthest draws there are


def test_the_same_log_gives_the_same_answer_and_swapped_sides_the_opposite_one() -> None:
    found, again, swapped = weeks(), weeks(), weeks(CUSHION, CHAIR)
    assert found == again
    for name in ("tipped", "changes", "tilt"):
        one, other = getattr(found, name), getattr(swapped, name)
        assert (other.a, other.b, other.value) == (one.b, one.a, -one.value)
        assert (other.low, other.high) == pytest.approx((-one.high, -one.low))


def test_intervals_hold_the_true_difference_about_as_often_as_they_say() -> None:
    chance = np.random.default_rng(7)
    trials, held = 200, 0
    for _ in range(trials):
        rows = [
            part(day, seat, tipped_min=minutes * tipped, upright_min=minutes * (1 - tipped))
            for seat, share in (("chair", 0.3), ("cushion", 0.2))
            for day, minutes in enumerate(chance.uniform(120, 480, 15))
            for tipped in [chance.beta(8 * share, 8 * (1 - share))]
        ]
        tipped = compare(rows, CHAIR, CUSHION).tipped
        held += tipped.low <= -10 <= tipped.high
    assert 0.87 <= held / trials <= 0.985  # 95 % of the time, a little less with 15 days


def test_no_difference_is_seldom_called_a_clear_one() -> None:
    chance = np.random.default_rng(8)
    clear = 0
    for _ in range(100):
        rows = [*days("chair", *chance.uniform(5, 45, 15)), *days("cushion", *chance.uniform(5, 45, 15), first=20)]
        clear += compare(rows, CHAIR, CUSHION).tipped.is_clear
    assert clear <= 14


def test_a_clear_difference_in_words() -> None:
    assert sentence(weeks()) == (
        "With 'cushion' the hips were tipped 9 points less of the seated time (28 % to 19 %); over days like these the "
        "difference lies between 7 and 11 points less."
    )
    assert "tipped 9 points more of the seated time (19 % to 28 %)" in sentence(weeks(CUSHION, CHAIR))
    assert side_notes(weeks()) == (
        "Could be judged: 80 % of sitting with 'chair', 80 % with 'cushion'.",
        "With fewer than 10 days on a side that range is a rough one.",
        "Other things than the seat may have changed, too.",
    )


@pytest.mark.parametrize(
    ("chair", "cushion", "words"),
    [
        ((28.4,) * 5, (18.6,) * 5, "9.8 points less of the seated time (28.4 % to 18.6 %)"),
        ((28.4,) * 5, (19.4,) * 5, "9 points less of the seated time (28 % to 19 %)"),
        ((20,) * 5, (21,) * 5, "1 point more of the seated time (20 % to 21 %)"),
        ((20.2,) * 5, (20.6,) * 5, "0.4 points more of the seated time (20.2 % to 20.6 %); over days like these the "),
        ((20,) * 5, (20,) * 5, "between 0 points less and 0 points more"),
    ],
)
def test_rounded_figures_add_up(chair: tuple[float, ...], cushion: tuple[float, ...], words: str) -> None:
    found = compare([*days("chair", *chair), *days("cushion", *cushion, first=9)], CHAIR, CUSHION)
    assert words in sentence(found)


def test_where_the_interval_holds_zero_no_difference_is_claimed() -> None:
    found = compare([*days("chair", 10, 40, 20, 30, 25), *days("cushion", 35, 15, 20, 25, 20, first=9)], CHAIR, CUSHION)
    assert not found.tipped.is_clear
    words = sentence(found)
    assert words.startswith("No clear difference: 25 % of the seated time tipped with 'chair', 23 % with 'cushion'; ")
    assert " points less and " in words
    assert words.endswith(" points more.")


def test_too_few_days_are_counted_out() -> None:
    found = compare([*days("chair", 1, 2), *days("cushion", 1, 2, 3, first=9)], CUSHION, CHAIR)
    assert sentence(found) == "Not enough days yet: 3 with 'cushion', 2 with 'chair'; each side needs 5."
    assert not found.tipped.has_interval
    assert not found.tipped.is_clear
    one_side = compare([*days("chair", *[1] * 9), *days("", *[2] * 4, first=20)], CHAIR, UNTAGGED)
    assert sentence(one_side) == "Not enough days yet: 9 with 'chair', 4 without a seat tag; each side needs 5."


def test_what_cannot_be_compared_is_said() -> None:
    rows = days("chair", 1, 2)
    assert sentence(compare(rows, CHAIR, CHAIR)).startswith("Both sides are the same group")
    assert sentence(compare(rows, CHAIR, Choice(What.PROFILE, "desk"))).startswith("Both sides are the same group")
    assert sentence(compare(rows, CHAIR, CUSHION)) == "There is no seated time with 'cushion' in the log yet."
    assert (
        sentence(compare([], UNTAGGED, CUSHION))
        == "There is no seated time without a seat tag or with 'cushion' in the log yet."
    )
    assert side_notes(compare(rows, CHAIR, CUSHION)) == ()


def test_ranges_and_profiles_are_named_and_shared_days_told() -> None:
    rows = days("chair", *range(10, 22))
    one = Choice(What.RANGE, first=DAY, last=DAY + timedelta(days=6))
    other = Choice(What.RANGE, first=DAY + timedelta(days=5), last=DAY + timedelta(days=11))
    found = compare(rows, one, other)
    assert sentence(found).startswith("From 7 Mar 2026 to 13 Mar 2026 the hips were tipped 5 points more")
    assert side_notes(found)[-2:] == (
        "2 days are on both sides in part or in whole, which makes the two look more alike than they are.",
        "Other things may have changed, too.",
    )
    day = Choice(What.RANGE, first=DAY, last=DAY)
    assert sentence(compare(rows, Choice(What.PROFILE, "desk"), day)) == (
        "Not enough days yet: 12 with the profile 'desk', 1 on 2 Mar 2026; each side needs 5."
    )
