"""About the person, through the poses, and what became of them."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel
from wizard_fakes import NAN, FakeSounds, calibration, forward, make, verdict

from calibration.evaluate import Verdict
from calibration.guide import Cue, Phase, Pose, plan
from monitor.desktop.sounds import NO_DEVICE
from monitor.desktop.wizard.about import AboutPage
from monitor.desktop.wizard.both_poses import figure
from monitor.desktop.wizard.choices import Choices
from monitor.desktop.wizard.ring import Turn
from monitor.desktop.wizard.strip import share_tipped
from monitor.settings import Settings


def about(qtbot, names=(), **changes):
    choices = Choices(Settings(), name=changes.pop("name", ""))
    page = AboutPage(choices, names, **changes)
    qtbot.addWidget(page)
    return page, choices


def test_the_first_free_suggestion_is_the_name(qtbot):
    page, choices = about(qtbot, ("Desk",))
    assert page.name.currentText() == "Couch"
    page.leave()
    assert choices.name == "Couch"


def test_an_existing_name_is_replaced_only_after_success_and_it_says_so(qtbot):
    page, choices = about(qtbot, ("Desk",), name="desk")
    assert page.ready
    page.leave()
    assert choices.name == "Desk"
    assert page.about_name.text == (
        "“Desk” is there already: it stays as it is until the new calibration is done, and is replaced then."
    )
    page.name.setCurrentText("Kitchen")
    assert page.about_name.text == ""


@pytest.mark.parametrize("name", ["", "  ", "a/b", ".."])
def test_a_name_that_cannot_be_one(qtbot, name):
    page, _ = about(qtbot)
    page.name.setCurrentText(name)
    assert not page.ready
    assert page.about_name.text


def test_height_in_either_measure(qtbot):
    metric, choices = about(qtbot, metric=True)
    metric.centimetres.setValue(183)
    metric.level.setChecked(False)
    metric.leave()
    assert choices.stature_cm == 183.0
    assert not choices.with_level
    imperial, choices = about(qtbot, metric=False)
    imperial.feet.setValue(6)
    imperial.inches.setValue(1)
    imperial.leave()
    assert choices.stature_cm == pytest.approx(185.42)


def posing(qtbot, **changes):
    wizard, camera = make(qtbot, **changes)
    page = forward(wizard, camera, "PosesPage")
    return wizard, camera, page


def started(qtbot, **changes):
    wizard, camera, page = posing(qtbot, **changes)
    page.start.click()
    return wizard, camera, page


def test_the_camera_is_on_from_start_to_stop(qtbot):
    wizard, camera, page = posing(qtbot)
    assert camera.job is None
    assert wizard.next.isHidden()
    page.start.click()
    assert camera.job.phases == plan(with_level=True)
    assert camera.job.person.name == "Desk"
    assert page.start.isHidden()
    page.stop.click()
    assert camera.job is None
    assert not page.start.isHidden()


def test_settling_holding_and_resting_are_told_apart(qtbot):
    _, camera, page = started(qtbot)
    camera.signals.calibration.emit(calibration(settling=True, recording=False, remaining_s=3.4))
    assert page.ring.turn is Turn.SETTLING
    assert page.ring.number == "4"
    assert page.state.text() == "Take up the pose"
    camera.signals.calibration.emit(calibration(remaining_s=5.2, phase_progress=0.35))
    assert page.ring.turn is Turn.HOLDING
    assert page.ring.share == 0.35
    assert page.state.text() == "Hold still"
    assert page.prompt.text() == "Sit neutral"
    assert page.words.text() == "Tip the pelvis slightly forward."
    rest = Phase(Pose.RELAX, "Sit up again for a moment.", 4.0)
    camera.signals.calibration.emit(calibration(phase=rest, recording=False, remaining_s=2.0))
    assert page.ring.turn is Turn.RESTING
    assert page.words.text() == "Sit up again for a moment."


def test_the_live_drawing_shows_no_picture(qtbot):
    _, camera, page = started(qtbot)
    camera.signals.calibration.emit(calibration())
    assert not page.view.shows_picture


def test_each_cue_is_heard(qtbot):
    sounds = FakeSounds()
    _, camera, _ = started(qtbot, sounds=sounds)
    for cue in (Cue.CHANGE, None, Cue.HOLD, Cue.AGAIN, Cue.DONE, Cue.FINISHED):
        camera.signals.calibration.emit(calibration(cue=cue))
    assert sounds.played == ["change", "hold", "again", "done", "finished"]


def test_why_a_pose_is_asked_for_again_stays_until_it_is_held(qtbot):
    _, camera, page = started(qtbot)
    note = "You moved too much in the neutral sit: hold it still until the next prompt, then try again."
    camera.signals.calibration.emit(calibration(cue=Cue.AGAIN, settling=True, recording=False, note=note))
    assert page.note.text == note
    assert not page.note.isHidden()
    camera.signals.calibration.emit(calibration(settling=True, recording=False, note=note))
    assert page.note.text == note
    camera.signals.calibration.emit(calibration(cue=Cue.HOLD))
    assert page.note.isHidden()


def test_without_a_sound_device_it_says_so(qtbot):
    _, _, page = posing(qtbot, sounds=FakeSounds(why_not=NO_DEVICE))
    assert page.quiet.text == "No sound device was found: keep an eye on the screen."
    assert "sounds lead you" not in page.words.text()


def test_sounds_that_are_turned_off(qtbot):
    _, _, page = posing(qtbot, sounds=FakeSounds(wanted=False))
    assert page.quiet.text == "Sounds are turned off: keep an eye on the screen."


def test_a_lost_camera_is_waited_for(qtbot):
    _, camera, page = started(qtbot)
    camera.signals.calibration.emit(calibration())
    camera.signals.lost.emit("It was unplugged.")
    assert page.trouble.text == "It was unplugged. It goes on by itself."
    assert page.state.text() == "Waiting for the camera"
    assert page.running
    camera.signals.off.emit("the battery is low")
    assert page.trouble.text == "The battery is low. It goes on by itself."
    camera.signals.calibration.emit(calibration(20.0))
    assert page.trouble.isHidden()
    assert page.state.text() == "Hold still"


def test_a_job_that_cannot_go_on(qtbot):
    _, camera, page = started(qtbot)
    camera.end("The pose model does not start.")
    assert page.trouble.text == "The pose model does not start."
    assert not page.running
    assert not page.start.isHidden()


def test_back_while_posing_ends_it(qtbot):
    wizard, camera, page = started(qtbot)
    wizard.back.click()
    assert camera.job is None
    assert not page.running


def result(qtbot, outcome: Verdict, **changes):
    wizard, camera, page = started(qtbot, **changes)
    camera.signals.verdict.emit(outcome)
    assert wizard.page is not page
    return wizard, camera, wizard.page


def test_problems_and_the_ways_on(qtbot):
    refused = Verdict(None, ("It was too dark.", "You moved."))
    wizard, _, page = result(qtbot, refused)
    shown = [label.text() for label in page.refused.findChildren(QLabel)]
    assert {"It was too dark.", "You moved."} <= set(shown)
    assert wizard.next.isHidden()
    assert page.accepted.isHidden()
    page.again.click()
    assert type(wizard.page).__name__ == "PosesPage"
    wizard.page.start.click()
    wizard._line.verdict.emit(refused)
    page.move_camera.click()
    assert type(wizard.page).__name__ == "PlacementPage"


@pytest.mark.parametrize(
    ("separation", "words"),
    [(12.0, "clearly apart"), (float("inf"), "clearly apart"), (6.0, "well apart"), (3.4, "just apart"), (NAN, "")],
)
def test_how_far_the_poses_stand_apart(qtbot, separation, words):
    one = verdict()
    _, _, page = result(qtbot, Verdict(one.profile, (), (), separation, one.neutral_pct, one.slump_pct))
    assert words in page.apart.text


def test_the_slider_tells_what_would_count(qtbot):
    wizard, _, page = result(qtbot, verdict())
    assert page.slider.value() == 50
    assert page.preview.text() == (
        "Tipped from 50 % of your slump on: 25 % of your neutral moments and 75 % of your slump moments count as "
        "tipped."
    )
    page.slider.setValue(60)
    assert page.strip.enter_pct == 60.0
    assert "from 60 %" in page.preview.text()
    assert ": 0 % of your neutral moments and 75 %" in page.preview.text()
    with qtbot.waitSignal(wizard.finished) as done:
        wizard.next.click()
    judgement = done.args[1].judgement
    assert (judgement.enter_pct, judgement.leave_pct) == (60.0, 30.0)


def test_the_slider_keeps_above_the_end_of_tipped(qtbot):
    _, _, page = result(qtbot, verdict())
    assert (page.slider.minimum(), page.slider.maximum()) == (35, 80)
    page.slider.setValue(page.slider.minimum())
    assert page.limits.leave_pct == 30.0


def test_own_scatter_holds_the_line(qtbot):
    _, _, page = result(qtbot, verdict(neutral_spread_pct=10.0))
    page.slider.setValue(40)
    assert page.strip.enter_pct == 60.0
    assert "It cannot be earlier" in page.preview.text()


def test_without_the_back_the_slider_sets_the_limit_of_the_landmarks(qtbot):
    wizard, _, page = result(qtbot, verdict(contour_trusted=False))
    assert page.slider.value() == 60
    page.slider.setValue(70)
    assert page.strip.enter_pct == 70.0
    with qtbot.waitSignal(wizard.finished) as done:
        wizard.next.click()
    judgement = done.args[1].judgement
    assert (judgement.enter_pct, judgement.enter_skeleton_pct) == (50.0, 70.0)


def test_a_setting_outside_the_slider_is_kept(qtbot):
    wizard, _, page = result(qtbot, verdict(), settings=Settings.model_validate({"judgement": {"enter_pct": 95.0}}))
    assert page.slider.value() == 95
    with qtbot.waitSignal(wizard.finished) as done:
        wizard.next.click()
    assert done.args[1].judgement.enter_pct == 95.0


def test_again_leads_back_to_the_poses(qtbot):
    wizard, _, page = result(qtbot, verdict())
    page.once_more.click()
    assert type(wizard.page).__name__ == "PosesPage"
    assert wizard.choices.verdict is None


def test_shares():
    assert share_tipped((10.0, 50.0, 60.0, 20.0), 50.0) == 0.5
    assert share_tipped((), 50.0) != share_tipped((), 50.0)


def test_the_drawn_sitter_is_the_one_that_was_measured():
    profile = verdict().profile
    drawn = figure(profile.neutral, 1)
    knee, hip, shoulder = drawn.joints
    assert hip == (profile.neutral.hip_x_px, profile.neutral.hip_y_px)
    assert shoulder[1] < hip[1]
    assert knee[0] > hip[0]
    assert drawn.ear[1] < shoulder[1]
    (back,) = drawn.back
    assert all(x < hip[0] for x, _ in back)
    mirrored = figure(profile.neutral, -1)
    assert all(x > hip[0] for x, _ in mirrored.back[0])
