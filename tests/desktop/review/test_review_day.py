from __future__ import annotations

import math
import sqlite3
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from monitor.desktop.review.day_axis import Seen, ticks
from monitor.desktop.review.day_line import TiltLine
from monitor.desktop.review.day_minute import DayWords
from monitor.desktop.review.day_picture import hours_of, pieces_of, range_deg, thresholds_of
from monitor.desktop.review.day_setups import setups_of
from monitor.desktop.review.day_view import DayView
from monitor.desktop.review.view import Span
from monitor.judgement.assessment import Assessment, State
from monitor.tiltlog.line import TimeLine
from monitor.tiltlog.local_days import LocalClock
from monitor.tiltlog.reader import LogReader
from monitor.tiltlog.records import (
    NOT_OBSERVED,
    Bout,
    GivenWarning,
    LogSlice,
    Note,
    PositionChange,
    Sample,
    SessionInfo,
)
from monitor.tiltlog.store import TiltLog
from monitor.words import DISCLAIMER

DAY = date(2026, 3, 2)
NINE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
NINE_S = NINE.timestamp()
DAY_S = 86400.0
UTC_CLOCK = LocalClock()
CAUSES = {"knees_above_hips": "knees above hips", "plain": ""}


def session(session_id: int, enter_deg: float = 6.0, seat: str = "", profile: str = "desk") -> SessionInfo:
    about = (profile, "camera 0", "live", "network", "1", seat)
    return SessionInfo(session_id, NINE_S, None, *about, enter_deg=enter_deg, leave_deg=enter_deg - 2, slump_deg=12.0)


def slice_of(*bouts: Bout, **more: object) -> LogSlice:
    sessions = more.pop("sessions", (session(1),))
    return LogSlice(NINE_S - 9 * 3600, NINE_S + 15 * 3600, sessions, bouts=bouts, **more)


def line(*tilts: tuple[float, float], session_id: int = 1) -> TimeLine:
    """Samples at (seconds after nine, tilt), with an interval of 4 degrees to both sides."""
    return TimeLine.of(
        Sample(session_id, NINE_S + t_s, State.UPRIGHT, tilt, tilt - 4.0, tilt + 4.0) for t_s, tilt in tilts
    )


def test_a_line_is_broken_by_unknown_tilt_by_more_than_ten_seconds_and_by_another_session() -> None:
    first = line((0, 1.0), (1, 2.0), (2, math.nan), (3, 3.0), (13, 4.0), (23.5, 5.0))
    both = TimeLine.joined([first, line((24.5, 6.0), session_id=2)])
    assert TiltLine.of(both).run.tolist() == [0, 0, 1, 1, 2, 3]


def test_what_is_drawn_keeps_the_extremes_of_every_column_and_breaks_between_runs() -> None:
    drawn = TiltLine.of(line((0, 1.0), (1, 9.0), (2, -3.0), (3, 2.0), (30, 5.0))).drawn(NINE_S, NINE_S + 40, 4)
    assert drawn.tilt_deg[:4].tolist() == [1.0, -3.0, 9.0, 2.0]
    assert np.isnan(drawn.t_utc_s[4])
    assert (drawn.t_utc_s[5:] - NINE_S).tolist() == [30.0, 30.5, 30.5, 31.0]  # a sample alone stands for a second
    assert (drawn.outline_deg.max(), drawn.outline_deg.min()) == (13.0, -7.0)
    assert np.flatnonzero(drawn.is_joined == 0).tolist() == [4, 9]  # two closed outlines


def test_a_drawn_line_reaches_from_edge_to_edge_of_what_is_seen() -> None:
    seconds = tuple((float(s), 1.0) for s in range(100))
    drawn = TiltLine.of(line(*seconds)).drawn(NINE_S + 20.5, NINE_S + 30.5, 500)
    assert (drawn.t_utc_s[0] - NINE_S, drawn.t_utc_s[-1] - NINE_S) == (20.0, 31.0)
    assert len(TiltLine.of(line()).drawn(NINE_S, NINE_S + 10, 500).t_utc_s) == 0


def test_time_in_no_session_is_not_observed_and_neighbours_of_one_look_are_one() -> None:
    log = slice_of(
        Bout(1, State.UNKNOWN, "hips hidden", NINE_S, NINE_S + 10),
        Bout(1, State.UNKNOWN, "dark", NINE_S + 10, NINE_S + 30),
        Bout(1, NOT_OBSERVED, "no frames", NINE_S + 30, NINE_S + 40),
    )
    told = [(p.state, p.start_utc_s - NINE_S, p.end_utc_s - NINE_S) for p in pieces_of(log)]
    assert told == [(NOT_OBSERVED, -32400, 0), (State.UNKNOWN, 0, 30), (NOT_OBSERVED, 30, 54000)]


def test_thresholds_change_only_where_a_session_has_others() -> None:
    bouts = [Bout(n, State.UPRIGHT, "", NINE_S + 100 * n, NINE_S + 100 * n + 50) for n in (1, 2, 3, 4)]
    sessions = (session(1), session(2), session(3, enter_deg=9.0), session(4, enter_deg=math.nan))
    told = [
        (t.start_utc_s - NINE_S, t.end_utc_s - NINE_S, t.enter_deg)
        for t in thresholds_of(slice_of(*bouts, sessions=sessions))
    ]
    assert told[:2] == [(100, 250, 6.0), (300, 350, 9.0)]
    assert math.isnan(told[2][2])
    assert range_deg(TiltLine.of(line()), thresholds_of(slice_of(*bouts, sessions=sessions[:1]))) == (-5.0, 15.0)


def test_the_hours_shown_are_those_with_anything_in_them() -> None:
    bout = Bout(1, State.UPRIGHT, "", NINE_S + 600, NINE_S + 3600)
    assert hours_of(slice_of(bout), UTC_CLOCK) == Seen(NINE_S, NINE_S + 3600)
    noted = slice_of(bout, notes=(Note(1, NINE_S - 60, "early"),))
    assert hours_of(noted, UTC_CLOCK) == Seen(NINE_S - 3600, NINE_S + 3600)
    nothing = slice_of(Bout(1, NOT_OBSERVED, "", NINE_S, NINE_S + 60))
    assert hours_of(nothing, UTC_CLOCK) == Seen(NINE_S - 32400, NINE_S + 54000)


def test_ticks_stand_at_local_times_also_when_clocks_change() -> None:
    one = datetime(2026, 10, 25, 1, 0, tzinfo=UTC).timestamp()  # clocks go back from three to two
    back = LocalClock(((0.0, 7200), (one, 3600)))
    night = ticks(back, Seen(one - 7200, one + 7200), 5)
    assert [text for _, text in night.timed] == ["01:00", "02:00", "02:00", "03:00", "04:00"]
    forward = LocalClock(((0.0, 3600), (one, 7200)))
    assert [text for _, text in ticks(forward, Seen(one - 3600, one + 3600), 3).timed] == ["01:00", "03:00", "04:00"]
    half = LocalClock(((0.0, 19800),))
    assert [text for _, text in ticks(half, Seen(NINE_S, NINE_S + 7200), 3).timed] == ["15:00", "16:00"]


def test_the_part_that_is_seen_never_leaves_the_day() -> None:
    day = Seen(0.0, DAY_S)
    assert Seen(-500.0, 500.0).within(day) == Seen(0.0, 1000.0)
    assert Seen(DAY_S - 10, DAY_S).within(day) == Seen(DAY_S - 180, DAY_S)
    assert Seen(-DAY_S, 3 * DAY_S).within(day) == day
    assert Seen(0.0, 1000.0).zoomed(2.0, 250.0) == Seen(125.0, 625.0)
    assert Seen(0.0, 1000.0).zoomed(2.0, -9.0) == Seen(250.0, 750.0)


def told() -> DayWords:
    """Nine o'clock: 48 s tipped and 12 s upright; 9:01 half not judged, half outside any session."""
    tilts = [(float(s), 9.0 if s < 48 else 6.0) for s in range(60)]
    log = slice_of(
        Bout(1, State.TIPPED, "", NINE_S, NINE_S + 48, "knees_above_hips"),
        Bout(1, State.UPRIGHT, "", NINE_S + 48, NINE_S + 60),
        Bout(1, State.UNKNOWN, "hips hidden", NINE_S + 60, NINE_S + 90),
        samples=line(*tilts),
        warnings=(
            GivenWarning(1, 1, NINE_S + 10, "dwell", "knees_above_hips", "Your hips.\nRaise <b>.", 23.0),
            GivenWarning(2, 1, NINE_S + 130, "sit break", "", "Stand up."),
        ),
        changes=(PositionChange(1, NINE_S + 48), PositionChange(1, NINE_S + 50)),
        notes=(Note(1, NINE_S + 65, "towel\nfolded"),),
    )
    return DayWords(log, UTC_CLOCK, CAUSES)


def test_a_minute_in_words() -> None:
    assert told().minute(NINE_S + 31) == (
        "09:00 – tipped back 48 s (knees above hips), upright 12 s; tilt 8.4° of 12.0° slump (between 4° and 13°); "
        "warned at 09:00:10: knees above hips; changed position 2 times"
    )
    assert (
        told().minute(NINE_S + 119.9) == "09:01 – can't tell 30 s (hips hidden), not observed 30 s; note: towel folded"
    )
    assert told().minute(NINE_S + 120) == "09:02 – not observed; sit break at 09:02:10"


def test_a_warning_in_words() -> None:
    warned, hint = told().log.warnings
    assert told().warning(warned) == "Warned at 09:00:10: knees above hips\nYour hips.\nRaise <b>.\nMoved after 23 s."
    assert told().warning(hint) == "Sit break at 09:02:10\nStand up."
    assert (told().letter("knees_above_hips"), told().letter("plain"), told().letter("legs up")) == ("K", "", "L")


def test_set_ups_are_told_once_each() -> None:
    bouts = [Bout(n, State.UPRIGHT, "", NINE_S + 600 * n, NINE_S + 600 * n + 300) for n in (0, 1, 2)]
    log = slice_of(
        *bouts, sessions=(session(0, seat="cushion"), session(1, profile="couch"), session(2, seat="cushion"))
    )
    told = [(s.profile, s.seat, s.when) for s in setups_of(log, UTC_CLOCK)]
    assert told == [
        ("desk", "cushion", "09:00 to 09:25, 10 min observed"),
        ("couch", "", "09:10 to 09:15, 5 min observed"),
    ]


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """On 2 March 2026 from 9:00 (local, an hour ahead of UTC) 30 min: upright, tipped from 9:10 to 9:20, upright."""
    path = tmp_path_factory.mktemp("day") / "tilt.sqlite"
    with TiltLog.open(path, lambda _: 3600) as log:
        started = NINE - timedelta(hours=1)
        about = {"profile": "desk", "source": "Side camera", "source_kind": "live", "tilt_model": "network"}
        limits = {"seat": "cushion", "enter_deg": 6.0, "leave_deg": 4.0, "slump_deg": 12.0}
        session = log.start_session(**about, **limits, started=started, t0_s=0.0)
        for t_s in range(1801):
            tipped = 600 <= t_s < 1200
            tilt = 9.0 if tipped else 1.0
            state = State.TIPPED if tipped else State.UPRIGHT
            measures = {"tilt_deg": tilt, "tilt_low_deg": tilt - 4, "tilt_high_deg": tilt + 4, "tilt_pct": tilt / 0.12}
            session.record(Assessment(float(t_s), state, **measures), "knees_above_hips")
            if t_s == 730:
                session.warn(730.0, "dwell", "Your hips have been tipped back for 2 min.", "knees_above_hips")
        session.end()
    with sqlite3.connect(path) as connection:
        connection.execute("INSERT INTO notes (t_utc, text) VALUES (?, ?)", (NINE_S - 3600 + 900, "raised the seat"))
    connection.close()
    return path


@pytest.fixture
def view(qtbot: QtBot, log: Path) -> DayView:
    made = DayView()
    qtbot.addWidget(made)
    made.resize(1000, 640)
    made.show()
    made.activateWindow()
    qtbot.waitActive(made)
    show(made, log)
    made.plot.canvas.setFocus()
    return made


def show(view: DayView, log: Path, first: date = DAY, last: date = DAY) -> None:
    with LogReader.open(log) as reader:
        span = Span(first, last)
        view.show_loaded(view.load(reader, span), span)


def test_the_figures_stand_beside_the_day_with_coverage_and_set_up(view: DayView) -> None:
    texts = view.figures.texts
    assert "33 % of seated time" in texts
    assert texts[texts.index("Could be judged") + 1] == "100 % of sitting"
    assert "0 % of sitting time could not be judged and is left out." in texts
    assert "desk · Side camera · cushion" in texts
    assert "09:00 to 09:30, 30 min observed" in texts
    assert "2026" in view.title.text()
    assert view.foot.text() == DISCLAIMER
    for words in ("tipped back", "not observed", "can't tell", "K: knees above hips"):
        assert words in view.legend.accessibleName()


def test_pointing_with_the_mouse_tells_the_minute(view: DayView, qtbot: QtBot) -> None:
    place = view.plot.tilt.vb.mapViewToScene(QPointF(NINE_S - 3600 + 600 + 150, 5.0))
    viewport = view.plot.canvas.viewport()
    qtbot.mouseMove(viewport, view.plot.canvas.mapFromScene(place))
    qtbot.waitUntil(lambda: view.minute.text().startswith("09:12"))
    assert view.minute.text() == (
        "09:12 – tipped back (knees above hips); tilt 9.0° of 12.0° slump (between 5° and 13°); "
        "warned at 09:12:10: knees above hips"
    )
    assert view.plot.canvas.accessibleDescription() == view.minute.text()


def test_keys_zoom_move_and_show_the_whole_day_again(view: DayView, qtbot: QtBot) -> None:
    canvas, whole = view.plot.canvas, view.plot.seen
    assert whole.is_about(Seen(NINE_S - 3600, NINE_S))
    qtbot.keyClick(canvas, Qt.Key.Key_Plus)
    near = view.plot.seen
    assert near.start_utc_s - whole.start_utc_s == pytest.approx(whole.end_utc_s - near.end_utc_s)
    assert near.length_s == pytest.approx(whole.length_s / 1.6)
    qtbot.keyClick(canvas, Qt.Key.Key_Right)
    assert view.plot.seen.start_utc_s == pytest.approx(near.start_utc_s + near.length_s / 4)
    qtbot.keyClick(canvas, Qt.Key.Key_Left)
    qtbot.keyClick(canvas, Qt.Key.Key_Minus)
    assert view.plot.seen.is_about(whole)
    for _ in range(12):
        qtbot.keyClick(canvas, Qt.Key.Key_Minus)
    assert view.plot.seen.length_s == DAY_S
    for _ in range(30):
        qtbot.keyClick(canvas, Qt.Key.Key_Plus)
    assert view.plot.seen.length_s == pytest.approx(180.0)
    qtbot.keyClick(canvas, Qt.Key.Key_Home)
    assert view.plot.seen.is_about(whole)


def test_the_cursor_walks_by_minutes_and_n_asks_for_a_note_there(view: DayView, qtbot: QtBot) -> None:
    view.plot.point_at(NINE_S - 3600 + 630.0)
    qtbot.keyClick(view.plot.canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert view.minute.text().startswith("09:11 – tipped back")
    with qtbot.waitSignal(view.note_wanted) as asked:
        qtbot.keyClick(view.plot.canvas, Qt.Key.Key_N)
    assert asked.args == [NINE_S - 3600 + 660.0]


def test_a_double_click_and_the_menu_ask_for_a_note(view: DayView, qtbot: QtBot) -> None:
    viewport = view.plot.canvas.viewport()
    place = view.plot.canvas.mapFromScene(view.plot.tilt.vb.mapViewToScene(QPointF(NINE_S - 1800, 5.0)))
    with qtbot.waitSignal(view.note_wanted) as asked:
        qtbot.mouseDClick(viewport, Qt.MouseButton.LeftButton, pos=place)
        qtbot.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=place)
    assert asked.args[0] == pytest.approx(NINE_S - 1800, abs=10.0)
    view.plot.point_at(NINE_S - 3600 + 60.0)
    QApplication.sendEvent(viewport, QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), QPoint(5, 5)))
    menu = QApplication.activePopupWidget()
    first = menu.actions()[0]
    assert first.text() == "Write a note for 09:01"
    with qtbot.waitSignal(view.note_wanted) as asked:
        first.trigger()
    assert asked.args == [NINE_S - 3600 + 60.0]
    menu.close()


def test_a_moment_is_shown_with_ten_minutes_about_it_also_when_its_day_comes_later(
    qtbot: QtBot, view: DayView, log: Path
) -> None:
    moment = NINE_S - 3600 + 730.0
    show(view, log, DAY + timedelta(days=1), DAY + timedelta(days=1))
    view.show_moment(moment)
    show(view, log)
    assert view.plot.seen.is_about(Seen(moment - 300, moment + 300))
    assert "warned at 09:12:10" in view.minute.text()
    show(view, log)  # read again: it stays where it was
    assert view.plot.seen.is_about(Seen(moment - 300, moment + 300))


def test_an_empty_day_says_so_and_a_span_shows_its_last_observed_day(view: DayView, log: Path) -> None:
    show(view, log, date(2026, 3, 4), date(2026, 3, 4))
    assert view.pages.currentWidget() is view.empty
    assert view.empty.text() == "Nothing was observed on this day."
    assert not view.note.isEnabled()
    show(view, log, date(2026, 3, 1), date(2026, 3, 31))
    assert view.pages.currentWidget() is not view.empty
    assert "09:00 to 09:30, 30 min observed" in view.figures.texts


def ground(view: DayView) -> int:
    return int(view.grab().toImage().pixelColor(40, 200).lightness())


def test_marks_tell_what_they_are_and_dark_windows_get_a_dark_picture(view: DayView, qtbot: QtBot) -> None:
    assert ground(view) > 200
    said = [text for _, text in view.plot.marks]
    assert said[0].startswith("Warned at 09:12:10: knees above hips\nYour hips")
    assert said[1] == "09:15 – raised the seat"
    before = QGuiApplication.palette()
    dark = QPalette(QColor("#23282a"))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text):
        dark.setColor(role, QColor("#eceff0"))
    dark.setColor(QPalette.ColorRole.Base, QColor("#1b1f21"))
    try:
        QApplication.setPalette(dark)
        qtbot.waitUntil(lambda: ground(view) < 60)
        assert view.foot.palette().color(QPalette.ColorRole.WindowText).lightness() > 128
    finally:
        QApplication.setPalette(before)
