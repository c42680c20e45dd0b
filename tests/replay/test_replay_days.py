"""Longer recordings that are not part of the project; skipped where they are not."""

from __future__ import annotations

from pathlib import Path

import pytest
from replay_helpers import SHARED, judge_the_day, replay

from monitor.judgement.assessment import State

FOLDER = SHARED / "recordings" / "rendered"


@pytest.mark.parametrize("name", ["day_a", "day_b"])
def test_a_whole_rendered_day(name: str, tmp_path: Path) -> None:
    recording = FOLDER / f"{name}.mp4"
    if not recording.exists():
        pytest.skip(f"{recording} is not there: set SADDLE_SHARED to the folder that holds recordings/rendered")
    day = replay(recording, FOLDER / f"{name}.json", tmp_path)
    judge_the_day(day)
    assert State.TIPPED not in day.states_in("knees_up")
    assert State.TIPPED not in day.states_in("upper_slump")
