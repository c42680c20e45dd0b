"""A log of nothing but recordings shows them; beside what a camera saw they are left out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from review_fakes import DAYS, NOW, Keeper, settle, turn_to

from bench.made_log import make_log
from monitor.desktop.review.bouts_view import BoutsView
from monitor.desktop.review.compare_view import CompareView
from monitor.desktop.review.day_view import DayView
from monitor.desktop.review.exposure_view import ExposureView
from monitor.desktop.review.period_view import PeriodView
from monitor.desktop.review.range_bar import MONTH
from monitor.desktop.review.view import Span
from monitor.desktop.review.window import ReviewWindow
from monitor.judgement.assessment import Assessment, State
from monitor.tiltlog.store import TiltLog

SAID = "These are recordings; no camera has watched yet."


def record(path: Path, *days_ago: int) -> None:
    """Log half an hour of a recording that ended so many days ago."""
    with TiltLog.open(path, lambda _: 3600) as log:
        for days in days_ago:
            begin = datetime(2026, 10, 27, 9, 0, tzinfo=UTC) - timedelta(days=days)
            about = {"profile": "desk", "source": "day.mp4", "source_kind": "recording", "tilt_model": "network"}
            session = log.start_session(**about, started=begin, t0_s=0.0)  # type: ignore[arg-type]
            for second in range(1800):
                state = State.TIPPED if second % 600 < 200 else State.UPRIGHT
                session.record(Assessment(float(second), state, tilt_deg=2.0, tilt_pct=20.0))
            session.end(1800.0)


@pytest.fixture
def recorded(qtbot: QtBot, tmp_path: Path) -> Iterator[ReviewWindow]:
    path = tmp_path / "tilt.sqlite"
    record(path, 4, 1, 0)
    window = ReviewWindow(Keeper(path), lambda: NOW)
    qtbot.addWidget(window)
    window.show()
    settle(qtbot, window)
    yield window
    window.close()


def test_every_view_shows_recordings_and_says_so(recorded: ReviewWindow, qtbot: QtBot) -> None:
    assert recorded.span == Span(DAYS[3], DAYS[3])
    shown = []
    for name in ("day", "period", "bouts", "exposure", "compare"):
        turn_to(qtbot, recorded, name)
        assert recorded.recordings.isVisible()
        assert recorded.recordings.text() == SAID
        assert recorded.message.text() == ""
        view = recorded.views[name]
        if isinstance(view, DayView):
            shown.append(view.pages.currentWidget() is not view.empty)
        elif isinstance(view, PeriodView):
            shown.append(view.summary.text().startswith("Tipped back 33 % of 1 h 00 min seated"))
        elif isinstance(view, BoutsView):
            shown.append(view.count.text() == "6 bouts, 20 min in all")
        elif isinstance(view, ExposureView):
            shown.append(view.table.isVisible())
        elif isinstance(view, CompareView):
            shown.append(len(view._parts) == 3)
    assert shown == [True] * 5
    assert recorded.span == Span(DAYS[3] - timedelta(days=4), DAYS[3])


def test_of_a_month_the_last_recording_is_shown(recorded: ReviewWindow, qtbot: QtBot) -> None:
    recorded.range.length.setCurrentIndex(MONTH)
    settle(qtbot, recorded)
    day = recorded.views["day"]
    assert isinstance(day, DayView)
    assert day.pages.currentWidget() is not day.empty


def test_earlier_leads_to_the_recording_before(recorded: ReviewWindow, qtbot: QtBot) -> None:
    recorded.range.earlier.click()
    settle(qtbot, recorded)
    assert recorded.span.first == DAYS[2]


def test_reports_and_exports_are_of_the_recordings(
    recorded: ReviewWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, do in (("r.html", recorded.menu.report), ("r.csv", recorded.menu.export)):
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, name=name: (str(tmp_path / name), ""))
        do()
        settle(qtbot, recorded)
    assert "(recordings)" in (tmp_path / "r.html").read_text(encoding="utf-8")
    assert len((tmp_path / "r.csv").read_text(encoding="utf-8").splitlines()) > 1000


def test_beside_what_a_camera_saw_recordings_are_left_out(recorded: ReviewWindow, qtbot: QtBot, tmp_path: Path) -> None:
    make_log(tmp_path / "tilt.sqlite", DAYS[:1], hours=0.1)
    recorded.renew()
    settle(qtbot, recorded)
    assert not recorded.recordings.isVisible()
    day = recorded.views["day"]
    assert isinstance(day, DayView)
    assert day.pages.currentWidget() is day.empty
    recorded.range.earlier.click()
    settle(qtbot, recorded)
    assert recorded.span.first == DAYS[0]
