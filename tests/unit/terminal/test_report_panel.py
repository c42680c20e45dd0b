from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO, StringIO, TextIOWrapper

import pytest
from rich.console import Console

from monitor.judgement.assessment import State
from monitor.terminal.report import print_report, range_title
from monitor.tiltlog.records import Bout, BoutState, GivenWarning, LogSlice, Sample, SessionInfo
from monitor.tiltlog.summary import summarize

SESSION = SessionInfo(1, 0.0, None, "desk", "camera 0", "live", "model", "0")


def printed(log: LogSlice) -> str:
    screen = Console(file=StringIO(), record=True, width=100)
    print_report(screen, "Monday", summarize(log))
    return screen.export_text()


def day(*parts: tuple[BoutState, float], warnings: tuple[GivenWarning, ...] = ()) -> LogSlice:
    bouts, samples, now_s = [], [], 0.0
    for state, seconds in parts:
        bouts.append(Bout(1, state, "", now_s, now_s + seconds))
        if isinstance(state, State) and state is not State.AWAY:
            pct = 80.0 if state is State.TIPPED else 0.0
            samples += [
                Sample(1, now_s + s, state, tilt_pct=pct, knee_above_hip_cm=2.0, thigh_elevation_deg=3.0)
                for s in range(int(seconds))
            ]
        now_s += seconds
    return LogSlice(0.0, 86400.0, (SESSION,), tuple(samples), tuple(bouts), warnings)


def test_a_day_in_figures_and_bars() -> None:
    warnings = (GivenWarning(1, 1, 10.0, "dwell", "", "text", 20.0), GivenWarning(2, 1, 900.0, "dwell", "", "text"))
    text = printed(
        day(
            (State.UPRIGHT, 600.0), (State.TIPPED, 200.0), (State.AWAY, 60.0), ("not observed", 30.0), warnings=warnings
        )
    )
    words = " ".join(text.split())
    assert "seated time observed 13 min 20 s" in words
    assert "tipped back 25 % of seated time" in words
    assert "longest tipped 3 min 20 s" in words
    assert "tipped over 2 / 5 / 20 min 1 / 0 / 0 times" in words
    assert "warnings 2, moved within a minute after 1" in words
    assert "2 cm above the hips; above them 100 % of the time" in words
    assert "not observed 30 s" in words
    assert "not medical advice" in words
    bars = {line.split("█")[0].strip(" │"): line.count("█") for line in text.splitlines() if "█" in line}
    assert bars["upright"] == 32
    assert bars["tipped back"] == round(32 * 200 / 600)
    assert bars["away"] == round(32 * 60 / 600)


@pytest.mark.parametrize(("encoding", "cell"), [("utf-8", "█"), ("cp437", "█"), ("cp1252", "#"), ("latin-1", "#")])
def test_bars_are_of_letters_that_the_output_has(encoding: str, cell: str) -> None:
    file = TextIOWrapper(BytesIO(), encoding=encoding)
    print_report(Console(file=file, width=100), "Monday", summarize(day((State.UPRIGHT, 600.0))))
    file.flush()
    text = file.buffer.getvalue().decode(encoding)
    assert {letter: text.count(letter) for letter in "█#" if letter in text} == {cell: 32}


def test_nothing_observed_is_said_and_no_figure_is_made_up() -> None:
    assert printed(LogSlice(0.0, 86400.0)).strip() == "Monday: nothing was observed in this time."
    assert "nothing was observed" in printed(day(("not observed", 300.0)))


@pytest.mark.parametrize("state", [State.AWAY, State.UNKNOWN])
def test_figures_of_sitting_are_dashes_when_nobody_was_seen_sitting(state: State) -> None:
    words = " ".join(printed(day((state, 300.0))).split())
    assert "tipped back – of seated time" in words
    assert "longest tipped –" in words
    assert "knees –" in words
    assert "nan" not in words


def test_the_title_is_a_day_or_a_range() -> None:
    begin, end = datetime(2026, 3, 2, 9, 0, tzinfo=UTC), datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
    assert range_title(begin, end, whole_day=True) == f"{begin:%A, %d %B %Y}"
    both = range_title(begin, end, whole_day=False)
    assert f"{begin:%H:%M}" in both
    assert f"{end:%H:%M}" in both
