from __future__ import annotations

import math

import pytest
from tiltlog_days import day_of

from monitor.judgement.assessment import State
from monitor.tiltlog.kept_totals import totals_blob, totals_of
from monitor.tiltlog.line import TimeLine
from monitor.tiltlog.peak_dose import peak_dose_pct
from monitor.tiltlog.totals import Totals, added

MIN = 60


def line(*spells: tuple[State, float, int]) -> TimeLine:
    """A second for each sample: state, tilt in percent, how many."""
    return TimeLine.of(day_of(*((state, float(count), {"tilt_pct": tilt}) for state, tilt, count in spells)).samples)


@pytest.mark.parametrize(("tilt_pct", "minutes"), [(60, 13.0), (75, 8.6), (100, 5.6)])
def test_the_warning_dose_comes_when_the_brief_says(tilt_pct: float, minutes: float) -> None:
    dose = peak_dose_pct(line((State.TIPPED, tilt_pct, round(minutes * MIN))))
    assert dose == pytest.approx(45, abs=1)


def test_a_short_break_drains_some_of_it_and_a_second_tip_adds_up() -> None:
    once = line((State.TIPPED, 100.0, 4 * MIN))
    twice = line((State.TIPPED, 100.0, 4 * MIN), (State.STANDING, math.nan, MIN), (State.TIPPED, 100.0, 4 * MIN))
    assert peak_dose_pct(once) == round(100 * (1 - math.exp(-239 / 564)))
    left = (1 - math.exp(-240 / 564)) * math.exp(-60 / 174)
    assert peak_dose_pct(twice) == round(100 * (1 - (1 - left) * math.exp(-239 / 564)))


@pytest.mark.parametrize("state", [State.RECLINED, State.LEANING, State.UNKNOWN, State.AWAY])
def test_where_no_tilt_could_load_nothing_is_told(state: State) -> None:
    assert peak_dose_pct(line((state, 90.0, MIN))) is None


def test_sitting_upright_all_day_is_a_dose_of_nothing() -> None:
    assert peak_dose_pct(line((State.UPRIGHT, 10.0, MIN))) == 0


def test_a_range_has_the_highest_of_its_days_and_days_that_did_not_count_it_say_nothing() -> None:
    assert added([Totals(peak_dose_pct=31), Totals(), Totals(peak_dose_pct=12)]).peak_dose_pct == 31
    assert added([Totals(), Totals()]).peak_dose_pct is None


def test_it_is_kept() -> None:
    assert totals_of(totals_blob(Totals(peak_dose_pct=0))).peak_dose_pct == 0
    assert totals_of(totals_blob(Totals())).peak_dose_pct is None
