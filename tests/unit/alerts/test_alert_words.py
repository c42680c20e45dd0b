"""Words: one line, one action, nothing that frightens or claims."""

from __future__ import annotations

import re

import pytest

from monitor.alerts import Cause, words

EVERY_TEXT = [
    *(words.dwell_warning(130, cause) for cause in Cause),
    *(words.dose_warning(cause) for cause in Cause),
    words.knee_hint(8.4, 6.0),
    words.knee_hint(8.4, float("nan")),
    words.sit_break(1800),
]


def test_every_cause_has_words() -> None:
    assert set(words.WORDS) == set(Cause)


@pytest.mark.parametrize("text", EVERY_TEXT)
def test_one_line_and_one_action(text: str) -> None:
    line, action = text.split("\n")
    assert len(line) <= 120
    assert line.endswith(".")
    assert action.endswith(".")
    assert action.count(".") == 1


@pytest.mark.parametrize("text", EVERY_TEXT)
def test_neutral_words(text: str) -> None:
    claims = "bad|wrong|damage|harm|danger|pain|correct|straight|psoas|muscle|disc|injur|posture"
    assert not re.search(rf"\b({claims})", text, re.IGNORECASE)


def test_only_two_lines_begin_with_the_same_reminder() -> None:
    assert [cause for cause in Cause if "no single right way" in words.dwell_warning(120, cause)] == [Cause.PLAIN]


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0 s"), (12.4, "12 s"), (59, "59 s"), (60, "1 min"), (130, "2 min"), (1800, "30 min"), (4200, "1 h 10 min")],
)
def test_durations(seconds: float, text: str) -> None:
    assert words.duration(seconds) == text


def test_whole_hours() -> None:
    assert words.duration(7200) == "2 h"
