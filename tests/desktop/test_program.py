from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from desk_fakes import START, reading, set_up, sitter, warned
from program_desk import Desk
from pytestqt.qtbot import QtBot

from monitor.alerts.modes import Mode
from monitor.desktop.actions import tomorrow
from monitor.desktop.program import CALIBRATION
from monitor.desktop.speaker import CHANGED, WARNING
from monitor.desktop.status import Kind
from monitor.folder import DataFolder
from monitor.judgement.assessment import State
from monitor.judgement.staleness import Change
from monitor.orders import Apply, KeepCalibration, Moved
from monitor.posture.scene import SIGNS
from monitor.profiles import save_profile
from monitor.settings import Settings, load_settings
from monitor.surroundings.state import Surroundings


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(set_up(tmp_path, "Desk", "Couch"))
    yield desk
    desk.program.close()


def test_it_watches_with_the_chosen_profile_and_says_how_the_person_sits(desk: Desk) -> None:
    assert desk.watch_job.profile.name == "Desk"
    assert desk.program.status.kind is Kind.LOADING
    desk.see(reading(State.TIPPED, 80.0))
    assert desk.program.status.headline() == "Tipped back"
    assert desk.program.status.detail() == "About 15° back (10° to 25° back), for 12 s"


def test_without_a_profile_it_says_what_to_do_and_the_camera_stays_off(qtbot: QtBot, tmp_path: Path) -> None:
    desk = Desk(set_up(tmp_path))
    assert desk.program.status.kind is Kind.SETUP
    assert "Calibrate" in desk.program.status.detail()
    assert desk.camera.job is None
    desk.program.close()


def test_a_damaged_profile_is_said_and_another_one_can_be_used(qtbot: QtBot, tmp_path: Path) -> None:
    folder = set_up(tmp_path, "Desk", "Couch")
    (folder.profiles / "Desk.json").write_text("{", encoding="utf-8")
    desk = Desk(folder)
    assert desk.program.status.kind is Kind.TROUBLE
    assert "damaged" in desk.program.status.detail()
    desk.program.use_profile("Couch")
    assert desk.watch_job.profile.name == "Couch"
    desk.program.close()


def test_broken_settings_are_said_and_put_aside_only_when_new_ones_are_kept(qtbot: QtBot, tmp_path: Path) -> None:
    folder = set_up(tmp_path, "Desk")
    folder.settings.write_text("[alerts]\ndwell_s = 'soon'\n", encoding="utf-8")
    desk = Desk(folder)
    assert "dwell_s" in desk.store.trouble
    assert folder.settings.read_text(encoding="utf-8").startswith("[alerts]")
    desk.program.apply(Settings())
    assert desk.store.trouble == ""
    assert (tmp_path / "settings.broken-1.toml").read_text(encoding="utf-8").startswith("[alerts]")
    desk.program.close()


# Pauses


def test_a_pause_holds_the_camera_and_ends_by_itself(desk: Desk) -> None:
    desk.see(reading())
    desk.program.pause(START + timedelta(minutes=15))
    assert "paused until" in desk.camera.holds["pause"]
    assert desk.program.status.kind is Kind.PAUSED
    desk.later(minutes=14)
    assert desk.camera.holds
    desk.later(minutes=1.1)
    assert not desk.camera.holds
    assert desk.program.status.kind is Kind.LOADING


def test_a_pause_without_an_end_lasts_until_resumed(desk: Desk) -> None:
    desk.program.pause(None)
    desk.later(days=3)
    assert desk.program.status.kind is Kind.PAUSED
    desk.program.resume()
    assert not desk.camera.holds


@pytest.mark.parametrize("until", [None, START + timedelta(hours=20)])
def test_a_pause_outlives_the_program(desk: Desk, tmp_path: Path, until: datetime | None) -> None:
    desk.program.pause(until)
    desk.program.close()
    again = Desk(DataFolder(tmp_path))
    assert "paused" in again.camera.holds["pause"]
    assert again.program.status.kind is Kind.PAUSED
    assert again.program.status.until == until
    assert again.program.status.reason == "The camera is off; this time is not counted."
    again.program.resume()
    again.program.close()
    assert Desk(DataFolder(tmp_path)).camera.holds == {}


def test_a_pause_that_ended_meanwhile_is_over(desk: Desk, tmp_path: Path) -> None:
    desk.program.pause(START - timedelta(minutes=1))
    assert Desk(DataFolder(tmp_path)).camera.holds == {}


def test_a_snooze_outlives_the_program_and_a_training_does_not(desk: Desk, tmp_path: Path) -> None:
    desk.program.set_mode(Mode.TRAINING)
    desk.program.snooze(START + timedelta(hours=3))
    again = Desk(DataFolder(tmp_path))
    assert "snoozed until" in again.program.quiet()
    assert again.program.times.mode_now is Mode.NORMAL
    again.later(hours=3.1)
    assert again.program.quiet() == ""
    assert not again.store.folder.times.exists()


def test_a_snooze_can_be_ended_and_a_training_leaves_it(desk: Desk) -> None:
    desk.program.snooze(START + timedelta(hours=20))
    desk.program.set_mode(Mode.TRAINING)
    assert desk.program.quiet() == ""
    desk.later(minutes=11)
    assert "snoozed until" in desk.program.quiet()
    desk.see(reading())
    assert desk.program.status.snoozed
    desk.program.end_snooze()
    assert desk.program.quiet() == ""


def test_a_file_of_pauses_that_nobody_understands_is_none(tmp_path: Path, qtbot: QtBot) -> None:
    folder = set_up(tmp_path, "Desk")
    folder.times.write_bytes(b'\xff{"paused": tr')
    assert Desk(folder).program.status.kind is Kind.LOADING


def test_a_pause_that_cannot_be_kept_holds_all_the_same_and_is_said(desk: Desk, qtbot: QtBot) -> None:
    desk.store.folder.times.mkdir()
    with qtbot.waitSignal(desk.program.trouble) as said:
        desk.program.pause(None)
    assert "cannot be kept" in said.args[0]
    assert desk.camera.holds


def test_a_calibration_during_a_pause_has_the_camera_until_it_is_over(desk: Desk) -> None:
    desk.program.pause(None)
    desk.program.lend(CALIBRATION)
    assert not desk.camera.holds
    desk.program.take_back(CALIBRATION)
    assert desk.camera.holds
    assert desk.program.status.kind is Kind.PAUSED


def test_a_frame_on_its_way_does_not_end_a_pause(desk: Desk) -> None:
    desk.program.pause(None)
    desk.see(reading(State.TIPPED, 80.0))
    assert desk.program.status.kind is Kind.PAUSED


def test_until_tomorrow_ends_early_in_the_morning() -> None:
    morning = tomorrow(START)
    assert morning.hour == 5
    assert timedelta(0) < morning - START <= timedelta(hours=24)


# Warnings


def test_a_warning_is_one_notice_with_three_answers(desk: Desk, qtbot: QtBot) -> None:
    desk.see(warned())
    window = desk.speaker.notices.windows[WARNING]
    assert window.isVisible()
    assert [w for w, _ in window.notice.answers] == ["moved", "snooze", "today"]
    assert not window.isActiveWindow()


def test_i_moved_is_handed_to_the_watch_and_takes_the_notice_away(desk: Desk) -> None:
    desk.see(warned())
    desk.speaker.notices.answered.emit(WARNING, "moved")
    assert desk.orders == [Moved()]
    assert WARNING not in desk.speaker.notices.windows


@pytest.mark.parametrize(("answer", "hours"), [("snooze", 0.26), ("today", 24)])
def test_a_snooze_keeps_quiet_until_its_end(desk: Desk, answer: str, hours: float) -> None:
    desk.see(warned())
    desk.speaker.notices.answered.emit(WARNING, answer)
    assert "snoozed until" in desk.program.quiet()
    assert "snoozed until" in desk.watch_job.quiet()
    desk.see(reading(State.TIPPED, 90.0, tipped_s=100.0))
    assert desk.speaker.glow.level == 0.0
    assert desk.program.status.quiet_note().startswith("Watching without warnings")
    desk.later(hours=hours)
    assert desk.program.quiet() == ""


def test_the_glow_grows_with_the_dwell_and_goes_when_upright(desk: Desk) -> None:
    levels = []
    for tipped_s in (5.0, 15.0, 60.0, 119.0):
        desk.see(reading(State.TIPPED, 80.0, tipped_s=tipped_s))
        levels.append(desk.speaker.glow.level)
    assert levels[0] == 0.0
    assert 0.0 < levels[1] < levels[2] < levels[3] < 1.0
    desk.see(reading(State.UPRIGHT))
    assert desk.speaker.glow.level == 0.0


def test_there_is_no_glow_over_a_full_screen_program(desk: Desk) -> None:
    desk.program.around.see(Surroundings(full_screen=True))
    desk.see(reading(State.TIPPED, 80.0, tipped_s=100.0))
    assert desk.speaker.glow.level == 0.0


def test_quiet_mode_keeps_the_glow_and_gives_no_warning(desk: Desk) -> None:
    desk.program.set_mode(Mode.QUIET)
    assert desk.program.quiet() == "quiet mode"
    desk.see(reading(State.TIPPED, 80.0, tipped_s=100.0))
    assert desk.speaker.glow.level > 0.0
    assert load_settings(desk.store.folder.settings).desktop.mode == "quiet"


def test_a_training_ends_after_ten_minutes(desk: Desk) -> None:
    desk.program.set_mode(Mode.TRAINING)
    assert desk.orders == [Apply(desk.store.settings, Mode.TRAINING)]
    desk.later(minutes=9.9)
    assert desk.program.times.mode_now is Mode.TRAINING
    desk.later(minutes=0.2)
    assert desk.orders == [Apply(desk.store.settings, Mode.NORMAL)]


# The surroundings


@pytest.mark.parametrize(
    ("around", "reason"),
    [
        (Surroundings(locked=True), "the screen is locked"),
        (Surroundings(asleep=True), "the computer is going to sleep"),
        (Surroundings(lid_closed=True), "the lid is closed"),
        (Surroundings(session_active=False), "another user has the screen"),
        (Surroundings(camera_used_by="Meetings"), "Meetings uses a camera"),
        (Surroundings(battery_pct=10.0), "the battery is low"),
    ],
)
def test_the_camera_is_held_off_while_it_must_be(desk: Desk, around: Surroundings, reason: str) -> None:
    desk.program.around.see(around)
    assert desk.camera.holds == {"surroundings": reason}
    desk.program.around.see(Surroundings())
    assert not desk.camera.holds


def test_a_call_keeps_it_quiet_until_its_switch_is_off(desk: Desk) -> None:
    desk.program.around.see(Surroundings(microphone_used=True))
    assert desk.program.quiet() == "a call uses the microphone"
    settings = desk.store.settings
    desk.program.apply(settings.model_copy(update={"quiet": settings.quiet.model_copy(update={"microphone": False})}))
    assert desk.program.quiet() == ""


def test_changed_settings_reach_the_running_watch(desk: Desk) -> None:
    settings = desk.store.settings
    new = settings.model_copy(update={"alerts": settings.alerts.model_copy(update={"dwell_s": 60.0})})
    desk.program.apply(new)
    assert desk.orders == [Apply(new, Mode.NORMAL)]
    assert load_settings(desk.store.folder.settings) == new


# "Calibrate again?" before nagging


def test_it_asks_once_before_anything_else_is_said(desk: Desk) -> None:
    for t_s in (0.0, 1.0, 2.0):
        desk.see(reading(State.TIPPED, 80.0, t_s=t_s, tipped_s=100.0, changed=(Change.CAMERA,)))
    window = desk.speaker.notices.windows[CHANGED]
    assert "moved" in window.notice.text
    assert desk.program.status.headline() == "Calibrate again?"
    assert desk.speaker.glow.level == 0.0


def test_it_still_fits_is_handed_to_the_watch(desk: Desk) -> None:
    desk.see(reading(changed=(Change.SEAT,)))
    desk.speaker.notices.answered.emit(CHANGED, "keep")
    assert desk.orders == [KeepCalibration()]
    assert desk.program.status.changed == ()


def test_calibrate_again_opens_the_calibration(desk: Desk, qtbot: QtBot) -> None:
    desk.see(reading(changed=(Change.SEAT,)))
    with qtbot.waitSignal(desk.program.calibration_wanted, timeout=1000):
        desk.speaker.notices.answered.emit(CHANGED, "again")


def test_a_profile_made_in_this_room_is_offered(desk: Desk) -> None:
    here = ("+-0" * SIGNS)[:SIGNS]
    save_profile(desk.store.folder.profiles, sitter("Couch", scene=here))
    desk.see(reading(changed=(Change.CAMERA,), scene=here))
    answers = dict(desk.speaker.notices.windows[CHANGED].notice.answers)
    assert answers["use:Couch"] == "Use “Couch”"
    desk.speaker.notices.answered.emit(CHANGED, "use:Couch")
    assert desk.watch_job.profile.name == "Couch"


# Today


def test_the_share_of_today_counts_seated_time_only(desk: Desk) -> None:
    for t_s in range(11):
        desk.see(reading(State.TIPPED if t_s >= 5 else State.UPRIGHT, 80.0, t_s=float(t_s)))
    desk.see(reading(State.AWAY, float("nan"), t_s=12.0))
    desk.see(reading(State.UPRIGHT, 0.0, t_s=100.0))
    assert desk.program.today.tally.seated_s == pytest.approx(12.0)
    assert desk.program.today.tally.tipped_pct == pytest.approx(100.0 * 7 / 12)
    desk.program.today.seed(desk.program.today.tally.day, 88.0, 0.0)
    assert desk.program.today.tally.tipped_pct == pytest.approx(7.0)


def test_at_the_end_the_camera_thread_is_stopped(desk: Desk) -> None:
    desk.program.close()
    assert desk.camera.stopped


def test_another_camera_brings_up_the_profile_that_was_made_with_it(desk: Desk) -> None:
    other = sitter("Couch").model_copy(update={"camera": "webcam 4 (Couch)"})
    save_profile(desk.store.folder.profiles, other)
    desk.camera.signals.lost.emit("The profile 'Desk' was made with webcam 0 (Side), not with webcam 4 (Couch): ...")
    assert desk.program.status.kind is Kind.LOST
    assert "use:Couch" in dict(desk.speaker.notices.windows[CHANGED].notice.answers)


def test_a_lost_camera_is_a_sentence_and_no_question(desk: Desk) -> None:
    desk.camera.signals.lost.emit("webcam 0 (Side) stopped giving pictures: check its cable.")
    assert desk.program.status.detail() == "Webcam 0 (Side) stopped giving pictures: check its cable."
    assert CHANGED not in desk.speaker.notices.windows


def test_a_full_disk_is_told_while_watching_goes_on(desk: Desk) -> None:
    desk.see(reading())
    desk.camera.signals.problem.emit("The log can't be written just now, nothing is lost yet: the disk is full.")
    assert "disk is full" in desk.speaker.notices.windows["problem"].notice.text
    assert desk.program.status.kind is Kind.WATCHING


def test_the_cool_down_holds_over_a_change_of_profile(desk: Desk) -> None:
    desk.see(warned())
    assert desk.program.quiet() == ""
    desk.program.use_profile("Couch")
    assert "warned" in desk.program.quiet()
    desk.later(minutes=10.1)
    assert desk.program.quiet() == ""
