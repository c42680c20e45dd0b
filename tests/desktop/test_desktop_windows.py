from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from desk_fakes import FakeCamera, reading, set_up, sitter
from PySide6.QtWidgets import QCheckBox, QMessageBox
from pytestqt.qtbot import QtBot

from bench.course import StillWatcher
from monitor.desktop import app, preferences
from monitor.desktop.app import Desktop
from monitor.desktop.jobs import WatchJob
from monitor.desktop.review.window import ReviewWindow
from monitor.desktop.settings.window import SettingsWindow
from monitor.desktop.status import Kind
from monitor.desktop.wizard.window import Wizard
from monitor.folder import DataFolder, data_folder
from monitor.judgement.assessment import State
from monitor.judgement.staleness import Change
from monitor.settings import load_settings
from monitor.tiltlog.store import TiltLog


def desktop(folder: DataFolder) -> Desktop:
    made = Desktop(folder, tray=False, watcher=StillWatcher(), camera=FakeCamera())  # type: ignore[arg-type]
    made.start()
    return made


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desktop]:
    made = desktop(set_up(tmp_path / "data", "Desk", "Couch"))
    yield made
    made.quit()


def settings_window(desk: Desktop) -> SettingsWindow:
    desk.show_settings()
    window = desk.windows["settings"]
    assert isinstance(window, SettingsWindow)
    return window


def test_a_later_run_goes_straight_to_watching(desk: Desktop) -> None:
    assert "wizard" not in desk.windows
    assert isinstance(desk.camera.job, WatchJob)
    assert desk.small is not None
    assert desk.small.isVisible()


def test_a_first_run_begins_with_the_welcome_and_can_be_left(qtbot: QtBot, tmp_path: Path) -> None:
    made = desktop(DataFolder(tmp_path))
    wizard = made.windows["wizard"]
    assert isinstance(wizard, Wizard)
    assert type(wizard.page).__name__ == "WelcomePage"
    wizard.close()
    assert made.program.status.kind is Kind.SETUP
    made.quit()


@pytest.mark.parametrize("is_kept", [True, False])
def test_a_calibration_kept_ends_a_pause_and_one_cancelled_does_not(desk: Desktop, is_kept: bool) -> None:
    camera = desk.camera
    assert isinstance(camera, FakeCamera)
    desk.pause(None)
    desk.calibrate()
    assert not camera.holds
    wizard = desk.windows["wizard"]
    assert isinstance(wizard, Wizard)
    if is_kept:
        wizard.finished.emit(sitter("Stool"), desk.store.settings)
    else:
        wizard.close()
    assert bool(camera.holds) is not is_kept
    assert isinstance(camera.job, WatchJob)


def test_what_is_changed_in_the_settings_holds_and_is_kept(desk: Desktop) -> None:
    window = settings_window(desk)
    window.findChild(QCheckBox, "desktop.glow").click()
    assert desk.program.store.settings.desktop.glow is False
    assert load_settings(desk.store.folder.settings).desktop.glow is False


def test_a_profile_that_was_chosen_is_not_undone_by_the_next_tick(desk: Desktop) -> None:
    window = settings_window(desk)
    window.profile_chosen.emit("Couch")
    window.findChild(QCheckBox, "desktop.glow").click()
    assert desk.store.profile_name == "Couch"
    desk.use_profile("Desk")
    window.findChild(QCheckBox, "desktop.glow").click()
    assert desk.store.profile_name == "Desk"


def test_profiles_are_renamed_and_deleted(desk: Desktop) -> None:
    window = settings_window(desk)
    window.profile_renamed.emit("Desk", "Saddle stool")
    assert desk.store.profile_names == ("Couch", "Saddle stool")
    assert desk.program.profile is not None
    assert desk.program.profile.name == "Saddle stool"
    window.profile_renamed.emit("Couch", "Saddle stool")
    assert "already" in window.problem.text
    window.profile_deleted.emit("Saddle stool")
    assert desk.program.profile.name == "Couch"


def test_the_data_can_be_kept_elsewhere_from_now_on(desk: Desktop, tmp_path: Path) -> None:
    with TiltLog.open(desk.store.folder.log):
        pass
    window = settings_window(desk)
    window.folder_chosen.emit(tmp_path / "elsewhere")
    assert desk.store.folder.path == tmp_path / "elsewhere"
    assert desk.store.profile_names == ("Couch", "Desk")
    assert desk.store.folder.log.exists()
    assert isinstance(desk.camera.job, WatchJob)
    assert desk.camera.job.log_path == tmp_path / "elsewhere" / "tilt.sqlite"
    assert data_folder(None).path == tmp_path / "elsewhere"


def test_broken_settings_open_the_window_with_the_sentence(qtbot: QtBot, tmp_path: Path) -> None:
    folder = set_up(tmp_path, "Desk")
    folder.settings.write_text("[alerts\n", encoding="utf-8")
    made = desktop(folder)
    window = made.windows["settings"]
    assert isinstance(window, SettingsWindow)
    assert "not valid TOML" in window.problem.text
    made.quit()


def test_a_review_without_a_log_says_so(desk: Desktop, qtbot: QtBot) -> None:
    desk.show_review()
    window = desk.windows["review"]
    assert isinstance(window, ReviewWindow)
    qtbot.waitUntil(lambda: bool(window.message.text()))
    assert "Nothing has been logged yet" in window.message.text()


def test_a_problem_is_told_in_a_window_that_waits_for_nobody(desk: Desktop) -> None:
    desk.tell("Something could not be done.")
    box = desk.windows["message"]
    assert isinstance(box, QMessageBox)
    assert not box.isModal()


def test_the_menu_follows_the_status(desk: Desktop) -> None:
    actions = desk.actions
    desk.camera.signals.moment.emit(reading(State.TIPPED, 80.0))
    assert actions.state.text() == "Tipped back"
    assert not actions.resume.isVisible()
    actions.pause_menu.actions()[0].trigger()
    assert actions.state.text().startswith("Paused until")
    assert actions.resume.isVisible()
    assert not actions.pause_menu.menuAction().isVisible()
    actions.resume.trigger()
    assert actions.pause_menu.menuAction().isVisible()
    assert [a.text() for a in actions.profile_menu.actions()] == ["Couch", "Desk"]


def test_a_second_start_brings_a_window_up(desk: Desktop) -> None:
    assert desk.small is not None
    desk.small.hide()
    desk.come_up()
    assert desk.small.isVisible()


def test_a_panel_that_comes_up_later_gets_its_icon(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there: list[bool] = []
    monkeypatch.setattr(app.QSystemTrayIcon, "isSystemTrayAvailable", staticmethod(lambda: bool(there)))
    monkeypatch.setattr(app, "TRAY_LOOK_MS", 1)
    made = Desktop(set_up(tmp_path, "Desk"), watcher=StillWatcher(), camera=FakeCamera())  # type: ignore[arg-type]
    made.start()
    small = made.small
    assert small is not None
    assert small.isVisible()
    there.append(True)
    qtbot.waitUntil(lambda: made.tray is not None)
    assert made.small is None
    assert not small.isVisible()
    made.quit()


def test_a_calibration_that_cannot_be_kept_is_not_thrown_away(desk: Desktop, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def retry(text: str) -> bool:
        asked.append(text)
        profiles.rmdir()
        return True

    monkeypatch.setattr(desk, "wants_retry", retry)
    desk.calibrate()
    wizard = desk.windows["wizard"]
    assert isinstance(wizard, Wizard)
    profiles = desk.store.folder.profiles / "Stool.json"
    profiles.mkdir()  # nothing can be written there
    wizard.finished.emit(sitter("Stool"), desk.store.settings)
    assert len(asked) == 1
    assert "cannot be written" in asked[0]
    assert desk.store.profile("Stool").name == "Stool"


def test_nobody_is_led_through_a_calibration_that_cannot_be_kept(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "profiles").write_text("in the way", encoding="utf-8")
    made = desktop(DataFolder(tmp_path))
    assert "wizard" not in made.windows
    assert "cannot be written" in made.windows["message"].text()  # type: ignore[attr-defined]
    made.quit()


def test_a_second_start_does_not_bring_up_a_calibration_that_is_over(desk: Desktop) -> None:
    desk.calibrate()
    desk.windows["wizard"].close()
    desk.come_up()
    assert not desk.windows["wizard"].isVisible()


def test_quitting_during_a_calibration_opens_no_camera_again(desk: Desktop) -> None:
    desk.calibrate()
    started = []
    camera = desk.camera
    assert isinstance(camera, FakeCamera)
    camera.start = started.append  # type: ignore[method-assign]
    desk.quit()
    assert not any(isinstance(job, WatchJob) for job in started)


def test_broken_settings_are_said_and_no_calibration_lies_over_them(qtbot: QtBot, tmp_path: Path) -> None:
    folder = set_up(tmp_path, "Desk")
    folder.settings.write_text("[desktop", encoding="utf-8")
    made = desktop(folder)
    assert made.windows["settings"].isVisible()
    assert "wizard" not in made.windows
    made.quit()


def test_each_profile_keeps_the_camera_it_was_calibrated_with(desk: Desktop) -> None:
    desk.calibrate()
    wizard = desk.windows["wizard"]
    assert isinstance(wizard, Wizard)
    settings = desk.store.settings
    chosen = settings.desktop.model_copy(update={"source": "Side camera", "profile": "Stool"})
    wizard.finished.emit(sitter("Stool"), settings.model_copy(update={"desktop": chosen}))
    assert desk.store.settings.desktop.cameras == {"Stool": "Side camera"}
    assert desk.program.source == "Side camera"


def test_another_data_folder_is_told_to_who_waits_for_second_starts(
    desk: Desktop, qtbot: QtBot, tmp_path: Path
) -> None:
    with qtbot.waitSignal(desk.folder_changed) as told:
        desk.change_folder(lambda _: set_up(tmp_path / "other", "Desk"))
    assert told.args == [tmp_path / "other"]
    assert isinstance(desk.camera.job, WatchJob)
    assert desk.camera.job.log_path.parent == tmp_path / "other"


def test_the_switch_of_the_autostart_is_what_the_session_says(desk: Desktop, monkeypatch: pytest.MonkeyPatch) -> None:
    entries: list[tuple[bool, tuple[str, ...]]] = []
    monkeypatch.setattr(preferences.autostart, "is_on", lambda: True)
    monkeypatch.setattr(preferences.autostart, "switch", lambda on, command: entries.append((on, command)))
    switch = settings_window(desk).findChild(QCheckBox, "desktop.autostart")
    assert switch.isChecked()
    switch.click()
    switch.click()
    assert [on for on, _ in entries] == [False, True]
    assert entries[1][1][-2:] == ("--data-dir", str(desk.store.folder.path))


def test_a_settings_file_that_was_mended_is_read_again(qtbot: QtBot, tmp_path: Path) -> None:
    folder = set_up(tmp_path, "Desk")
    whole = folder.settings.read_text(encoding="utf-8")
    folder.settings.write_text(f"{whole}\n[desktop", encoding="utf-8")
    made = desktop(folder)
    window = settings_window(made)
    assert window.again.isVisible()
    window.again.click()
    assert window.bar.isVisible()
    folder.settings.write_text(whole, encoding="utf-8")
    window.again.click()
    assert not window.bar.isVisible()
    assert isinstance(made.camera.job, WatchJob)
    made.quit()


def test_calibrating_again_begins_with_what_the_profile_knows(desk: Desktop) -> None:
    desk.calibrate()
    wizard = desk.windows["wizard"]
    assert isinstance(wizard, Wizard)
    assert wizard.choices.stature_cm == pytest.approx(sitter().thigh_cm / 0.245, abs=0.6)


def test_a_long_reason_does_not_widen_the_menu(desk: Desktop) -> None:
    reason = "there is no camera " * 20
    desk.camera.signals.lost.emit(reason)
    assert len(desk.actions.why.text()) == 60
    assert desk.actions.why.toolTip().count("there is no camera") >= 19


def test_it_still_fits_holds_for_now_where_it_cannot_be_kept(desk: Desktop) -> None:
    desk.camera.signals.moment.emit(reading(changed=(Change.SEAT,)))
    profile = desk.store.folder.profiles / f"{desk.store.profile_name}.json"
    profile.unlink()
    profile.mkdir()  # nothing can be written there
    desk.keep_calibration()
    assert desk.program.status.changed == ()
    assert "cannot be written" in desk.windows["message"].text()  # type: ignore[attr-defined]
