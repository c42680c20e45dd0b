from __future__ import annotations

from io import StringIO

import pytest
from rich.cells import cell_len
from rich.console import Console

from monitor.judgement.assessment import Assessment, State
from monitor.terminal.view import GAUGE_CELLS, STATE_STYLES, LiveView, PlainView, choose_view
from monitor.words import STATE_WORDS

SEATED = {"tilt_deg": 14.0, "tilt_low_deg": 6.0, "tilt_high_deg": 24.0, "tilt_pct": 70.0, "knee_above_hip_cm": 3.0}


def console(width: int = 100) -> Console:
    return Console(file=StringIO(), record=True, width=width, force_terminal=True, legacy_windows=False)


def panel_text(assessment: Assessment, title: str = "saddle · webcam 0") -> str:
    screen = console()
    screen.print(LiveView(screen, title).panel(assessment, "09:30:00", 4.9, 12))
    return screen.export_text()


@pytest.mark.parametrize("state", list(State))
def test_the_panel_of_each_state(state: State) -> None:
    text = panel_text(Assessment(0.0, state, time_in_state_s=200.0, **SEATED))
    assert f"{STATE_WORDS[state]}  for 3 min 20 s" in text
    assert "about 15° back (5° to 25° back)" in text
    assert "70 % of your slump" in text
    assert "knees 3 cm above hips" in text
    assert "09:30:00 · 4.9 frames judged a second · 12 dropped · Ctrl-C ends" in text
    assert "saddle · webcam 0" in text
    assert state in STATE_STYLES


def test_what_is_not_known_has_no_number_but_a_reason() -> None:
    text = panel_text(Assessment(0.0, State.UNKNOWN, "your knee is hidden", time_in_state_s=5.0))
    assert "why" in text
    assert "your knee is hidden" in text
    assert "°" not in text
    assert "%" not in text
    assert "█" not in text


@pytest.mark.parametrize("pct", [-400.0, -50.0, -20.0, 0.0, 50.0, 100.0, 150.0, 900.0])
def test_the_gauge_keeps_its_place_however_far_the_tilt_goes(pct: float) -> None:
    text = panel_text(Assessment(0.0, State.TIPPED, **{**SEATED, "tilt_pct": pct}))
    lines = text.splitlines()
    assert len({cell_len(line) for line in lines if line.strip()}) == 1
    (gauge,) = (line for line in lines if "█" in line)
    assert gauge.count("█") + gauge.count("·") + gauge.count("│") - 2 == GAUGE_CELLS
    assert f"{pct:.0f} % of your slump" in gauge


def test_the_bar_grows_with_the_tilt() -> None:
    def bar(pct: float) -> int:
        return panel_text(Assessment(0.0, State.TIPPED, **{**SEATED, "tilt_pct": pct})).count("█")

    assert bar(0.0) == 1
    assert bar(0.0) < bar(40.0) < bar(80.0) < bar(140.0)
    assert bar(-40.0) > 1


def test_a_name_with_brackets_is_shown_as_it_is() -> None:
    assert "clip [b] [/b].mp4" in panel_text(Assessment(0.0, State.UPRIGHT, **SEATED), "saddle · clip [b] [/b].mp4")


def drawn(view: LiveView) -> str:
    screen = console()
    screen.print(view._live.renderable)
    return screen.export_text()


def test_what_is_said_stays_in_the_panel_and_the_oldest_goes_first() -> None:
    with LiveView(console(), "saddle") as view:
        view.show(Assessment(0.0, State.UPRIGHT, **SEATED), "09:30:00", 5.0, 0)
        for number in range(6):
            view.say(f"message {number}")
        text = drawn(view)
    assert "message 1" not in text
    assert all(f"message {number}" in text for number in (2, 3, 4, 5))
    assert "upright" in text


def test_a_lost_camera_is_shown_at_once_instead_of_the_last_state() -> None:
    with LiveView(console(), "saddle") as view:
        view.show(Assessment(0.0, State.TIPPED, **SEATED), "09:30:00", 5.0, 0)
        view.show_lost("webcam 0 stopped giving pictures: check its cable.")
        text = drawn(view)
        assert "not observed" in text
        assert "check its cable" in text
        assert "tipped back" not in text
        assert "°" not in text
        view.show(Assessment(9.0, State.UPRIGHT, **SEATED), "09:31:00", 5.0, 0)
        assert "not observed" not in drawn(view)


def test_plain_lines_come_once_for_each_change_of_state() -> None:
    screen = Console(file=StringIO(), record=True, width=200)
    with PlainView(screen) as view:
        for second, state in enumerate([State.UPRIGHT] * 3 + [State.TIPPED] * 2 + [State.AWAY]):
            measures = {} if state is State.AWAY else SEATED
            view.show(Assessment(float(second), state, **measures), f"0{second} s", 5.0, 0)
        view.show_lost("webcam 0 stopped giving pictures: check its cable.")
        view.say("The camera is back.")
        view.show(Assessment(9.0, State.UNKNOWN, "your knee is hidden"), "09 s", 5.0, 0)
    assert screen.export_text().splitlines() == [
        "00 s  upright, tilt about 15° back (5° to 25° back)",
        "03 s  tipped back, tilt about 15° back (5° to 25° back)",
        "05 s  away",
        "webcam 0 stopped giving pictures: check its cable. Trying again until it is back; this time is not counted.",
        "The camera is back.",
        "09 s  can't tell (your knee is hidden)",
    ]


def test_the_panel_is_for_terminals_and_the_lines_for_the_rest() -> None:
    assert isinstance(choose_view(console(), "saddle"), LiveView)
    assert isinstance(choose_view(Console(file=StringIO()), "saddle"), PlainView)
