"""Smoothing does not hide a real change: how long a tip takes to become the state."""

from __future__ import annotations

import pytest
from judgement_diary import Stretch, began_s, judge, play, sits

from monitor.judgement.assessment import State
from monitor.judgement.parameters import JudgementSettings

DEFAULTS = JudgementSettings()
TIP_S = 30.0
FIFTEEN_OF_TWENTY_DEG = 75.0


@pytest.mark.parametrize("fps", [1.0, 2.0, 4.0, 10.0])
def test_a_tip_of_15_degrees_is_tipped_within_three_seconds(fps: float) -> None:
    by = judge(DEFAULTS, slump_deg=20.0)
    told = play([Stretch(sits(0.0), TIP_S), Stretch(sits(FIFTEEN_OF_TWENTY_DEG), 10.0)], fps=fps, by=by)
    assert told[-1].tilt_deg == pytest.approx(15.0)
    assert 0.0 < began_s(told, State.TIPPED) - TIP_S <= 3.0


def test_a_tip_that_lasts_a_second_is_no_tip() -> None:
    by = judge(DEFAULTS, slump_deg=20.0)
    course = [Stretch(sits(0.0), TIP_S), Stretch(sits(FIFTEEN_OF_TWENTY_DEG), 1.0), Stretch(sits(0.0), 10.0)]
    assert State.TIPPED not in {a.state for a in play(course, by=by)}
