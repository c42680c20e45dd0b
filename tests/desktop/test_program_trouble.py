from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from desk_fakes import reading, set_up, warned
from program_desk import Desk
from pytestqt.qtbot import QtBot

from monitor.alerts.modes import Mode
from monitor.desktop.jobs import WatchJob
from monitor.desktop.program import CALIBRATION, LOG
from monitor.desktop.speaker import CHANGED, PROBLEM, TROUBLE, WARNING
from monitor.desktop.status import Kind
from monitor.desktop.store import Store
from monitor.folder import DataFolder
from monitor.judgement.assessment import State
from monitor.judgement.staleness import Change
from monitor.posture.scene import SIGNS
from monitor.settings import CameraSettings, LogSettings
from monitor.surroundings.state import Surroundings


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(set_up(tmp_path, "Desk", "Couch"))
    yield desk
    desk.program.close()


# The camera or the log is lent


def test_a_calibration_takes_glow_notice_and_reading_away(desk: Desk) -> None:
    desk.see(warned())
    desk.see(reading(State.TIPPED, 90.0, tipped_s=100.0))
    assert desk.speaker.glow.level > 0
    desk.program.lend(CALIBRATION)
    assert desk.speaker.glow.level == 0
    assert WARNING not in desk.speaker.notices.windows
    assert desk.program.status.kind is Kind.LENT
    assert desk.program.status.detail() == "The calibration has the camera."
    assert desk.camera.job is None


def test_nothing_else_takes_the_camera_from_a_calibration(desk: Desk) -> None:
    desk.program.lend(CALIBRATION)
    desk.program.use_profile("Couch")
    desk.program.apply(desk.store.settings.model_copy(update={"camera": CameraSettings(rate_hz=2)}))
    desk.program.resume()
    desk.program.lend(LOG)
    desk.program.take_back(LOG)
    assert desk.camera.job is None
    desk.program.take_back(CALIBRATION)
    assert desk.watch_job.profile.name == "Couch"


def test_what_the_calibrations_camera_does_is_not_the_programs_state(desk: Desk) -> None:
    desk.program.lend(CALIBRATION)
    desk.camera.signals.loading.emit(True)
    desk.camera.signals.lost.emit("it was unplugged")
    desk.camera.signals.off.emit("the lid is closed")
    desk.camera.signals.failed.emit("it failed")
    assert desk.program.status.kind is Kind.LENT
    assert not desk.speaker.notices.windows


# Trouble


def test_a_failed_watch_is_said_once_and_tried_again_ever_later(desk: Desk) -> None:
    desk.camera.signals.failed.emit("Something unexpected happened.")
    assert desk.program.status.kind is Kind.TROUBLE
    notice = desk.speaker.notices.windows[TROUBLE].notice
    assert [word for word, _ in notice.answers] == ["retry", "calibrate"]
    desk.camera.start(None)
    desk.later(seconds=29)
    assert desk.camera.job is None
    desk.later(seconds=1)
    assert isinstance(desk.camera.job, WatchJob)
    assert TROUBLE not in desk.speaker.notices.windows
    desk.camera.signals.failed.emit("Something unexpected happened.")
    assert TROUBLE not in desk.speaker.notices.windows
    desk.camera.start(None)
    desk.later(seconds=31)
    assert desk.camera.job is None
    desk.later(seconds=90)
    assert isinstance(desk.camera.job, WatchJob)


def test_watching_again_takes_the_trouble_back(desk: Desk) -> None:
    desk.camera.signals.lost.emit("There is no camera.")
    desk.speaker.notices.answered.emit(TROUBLE, "retry")
    assert isinstance(desk.camera.job, WatchJob)
    desk.camera.signals.failed.emit("It failed.")
    assert TROUBLE in desk.speaker.notices.windows
    desk.see(reading())
    assert TROUBLE not in desk.speaker.notices.windows


def test_a_camera_unplugged_after_watching_is_no_notice(desk: Desk) -> None:
    desk.see(reading())
    desk.camera.signals.lost.emit("It was unplugged.")
    assert desk.program.status.kind is Kind.LOST
    assert not desk.speaker.notices.windows


# Questions wait


@pytest.mark.parametrize(
    "around", [Surroundings(full_screen=True), Surroundings(microphone_used=True), Surroundings(do_not_disturb=True)]
)
def test_a_question_waits_for_the_end_of_a_call(desk: Desk, around: Surroundings) -> None:
    desk.program.around.see(around)
    desk.see(reading(changed=(Change.CAMERA,)))
    desk.camera.signals.problem.emit("The disk is full.")
    assert not desk.speaker.notices.windows
    desk.program.around.see(Surroundings())
    assert set(desk.speaker.notices.windows) == {CHANGED, PROBLEM}


def test_a_question_that_has_become_needless_is_not_asked_late(desk: Desk) -> None:
    desk.program.around.see(Surroundings(full_screen=True))
    desk.see(reading(changed=(Change.CAMERA,)))
    desk.see(reading())
    desk.program.around.see(Surroundings())
    assert not desk.speaker.notices.windows


def test_quiet_mode_asks_nothing_and_does_not_glow_in_a_call(desk: Desk) -> None:
    desk.program.set_mode(Mode.QUIET)
    desk.see(reading(changed=(Change.CAMERA,)))
    assert not desk.speaker.notices.windows
    desk.program.around.see(Surroundings(microphone_used=True))
    desk.see(reading(State.TIPPED, 90.0, tipped_s=100.0))
    assert desk.speaker.glow.level == 0


def test_it_still_fits_is_remembered_with_the_profile(desk: Desk) -> None:
    desk.see(reading(changed=(Change.SEAT, Change.CAMERA), scene="+" * SIGNS))
    desk.program.keep_calibration()
    kept = desk.store.profile(desk.store.profile_name)
    assert kept.still_fits == ("seat",)
    assert kept.scene == "+" * SIGNS


# Profiles of several places


def test_each_profile_is_watched_with_its_own_camera(desk: Desk, tmp_path: Path) -> None:
    desktop = desk.store.settings.desktop
    assert desk.program.source == desktop.source
    desk.store.set("desktop", cameras={"Couch": "rtsp://couch/1"})
    desk.program.use_profile("Couch")
    assert desk.program.source == "rtsp://couch/1"
    desk.store.rename_profile("Couch", "Sofa")
    desk.program.use_profile("Sofa")
    assert Store(DataFolder(tmp_path)).settings.desktop.cameras == {"Sofa": "rtsp://couch/1"}
    assert desk.program.source == "rtsp://couch/1"
    desk.program.use_profile("Desk")
    assert desk.program.source == desktop.source


# Forgetting what is old


@pytest.mark.parametrize(("keep_days", "is_new"), [(30, True), (0, False)])
def test_a_new_day_begins_with_forgetting(desk: Desk, keep_days: int, is_new: bool) -> None:
    desk.store.set("log", keep_days=keep_days)
    job = desk.watch_job
    desk.later(hours=1)
    assert desk.watch_job is job
    desk.later(hours=24)
    assert (desk.watch_job is not job) is is_new
    job = desk.watch_job
    desk.later(seconds=1)
    assert desk.watch_job is job


def test_another_time_to_keep_the_log_holds_at_once(desk: Desk) -> None:
    job = desk.watch_job
    desk.program.apply(desk.store.settings.model_copy(update={"log": LogSettings(keep_days=30)}))
    assert desk.watch_job is not job
