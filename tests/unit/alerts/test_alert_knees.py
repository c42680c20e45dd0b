"""The knee hint: one word on the set-up per session."""

from __future__ import annotations

import pytest
from alert_diary import MINUTE, Diary, Stretch, knees_up, standing, tipped, unknown, upright

from monitor.alerts import AlertSettings, AlertState, KneeHint, Warn, words
from monitor.judgement.assessment import State

LEVELLED = AlertState(thigh_levelled=True)


def hints(diary: Diary) -> list[tuple[float, KneeHint]]:
    return diary.said(KneeHint)


def test_one_hint_after_five_minutes_and_never_again() -> None:
    diary = Diary(state=LEVELLED).live(knees_up(120 * MINUTE, 8.4, 6.0), standing(60), knees_up(20 * MINUTE, 12.0, 8.5))
    ((at_s, hint),) = hints(diary)
    assert at_s == 300.0
    assert hint.text == (
        "Knees 6 cm above hips; expected effect: hips about 2-3° further back.\n"
        "Raise the seat or sit on a folded towel, feet flat."
    )
    assert not hint.strong


@pytest.mark.parametrize(("levelled", "thigh_deg", "said"), [(True, 6.0, 1), (False, 6.0, 0), (False, 9.0, 1)])
def test_the_limit_is_wider_without_a_level_thigh(levelled: bool, thigh_deg: float, said: int) -> None:
    diary = Diary(state=AlertState(thigh_levelled=levelled)).live(knees_up(10 * MINUTE, thigh_deg))
    assert len(hints(diary)) == said


def test_a_strong_hint() -> None:
    ((_, hint),) = hints(Diary().live(knees_up(6 * MINUTE, 11.0, 8.0)))
    assert hint.strong


def test_level_knees_give_none() -> None:
    assert hints(Diary(state=LEVELLED).live(knees_up(60 * MINUTE, 0.0, 0.0))) == []


def test_not_seen_pauses_and_below_counts_back() -> None:
    diary = Diary(state=LEVELLED).live(knees_up(200, 8.0), unknown(60), upright(60), knees_up(60, 2.0))
    assert diary.state.knees_up_s == pytest.approx(140, abs=1)
    assert len(hints(diary.live(knees_up(170, 8.0)))) == 1


def test_standing_up_begins_anew() -> None:
    assert hints(Diary(state=LEVELLED).live(*(knees_up(200, 8.0), standing(20)) * 5)) == []


def test_it_can_be_switched_off() -> None:
    assert hints(Diary(AlertSettings(knee_hint=False)).live(knees_up(60 * MINUTE, 15.0))) == []


def test_the_hint_does_not_count_as_a_warning() -> None:
    settings = AlertSettings(max_per_hour=1, knee_hint_hold_s=100)
    slump = Stretch(State.TIPPED, 130, 80.0, thigh_deg=12.0, knee_cm=8.0)
    diary = Diary(settings).live(slump)
    assert [type(effect) for _, effect in diary.entries[1:]] == [KneeHint, Warn]


def test_a_warning_does_not_hold_the_hint_back() -> None:
    diary = Diary(AlertSettings(knee_hint_hold_s=200)).live(Stretch(State.TIPPED, 210, 80.0, thigh_deg=12.0))
    assert len(hints(diary)) == 1


def test_nothing_is_hinted_without_a_thigh_angle() -> None:
    assert hints(Diary().live(tipped(60 * MINUTE))) == []


@pytest.mark.parametrize(("thigh_deg", "text"), [(5.2, "1-2°"), (8.4, "2-3°"), (14.1, "4-5°"), (6.0, "2°")])
def test_the_expected_effect(thigh_deg: float, text: str) -> None:
    assert f"hips about {text} further back" in words.knee_hint(thigh_deg, 6.0)


def test_degrees_when_the_thigh_length_is_not_known() -> None:
    assert words.knee_hint(9.0, float("nan")).startswith("Thighs rise 9° towards the knees; expected effect")
