from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from queue import SimpleQueue

import pytest
from watch_fakes import CAMERA, PROFILE, START, Clock, FakeSource, Notices, Screen, ScriptedFollower, settings

from monitor import watch as watch_module
from monitor.alerts.modes import Mode
from monitor.capture.frame import FrameSource
from monitor.errors import CameraError, ProfileError
from monitor.judgement.assessment import State
from monitor.loop import Moment
from monitor.orders import Apply, Order
from monitor.settings import LogSettings
from monitor.tiltlog.reader import LogReader
from monitor.tiltlog.records import LogSlice
from monitor.tiltlog.store import TiltLog
from monitor.watch import Outcome, Watch


class Desk:
    """Everything around one watch."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.path = folder / "tilt.sqlite"
        self.clock, self.screen, self.notices = Clock(), Screen(), Notices()
        self.reopened: list[FakeSource] = []
        self.log: TiltLog | None = None
        self._monkeypatch = monkeypatch
        monkeypatch.setattr(watch_module, "Follower", ScriptedFollower)

    def camera(self, frames: int, **about: object) -> FakeSource:
        return FakeSource(self.clock, frames, **about)  # type: ignore[arg-type]

    def sits(self, script: Callable[[int], State]) -> None:
        self._monkeypatch.setattr(ScriptedFollower, "script", staticmethod(script))

    def watch(self, source: FakeSource, *again: FakeSource | CameraError, **about: object) -> Outcome:
        """Watch; whenever the camera is lost the next of ``again`` is opened, or is the error of trying."""
        waiting = iter(again)

        def reopen() -> FrameSource:
            camera = next(waiting)
            if isinstance(camera, CameraError):
                raise camera
            self.reopened.append(camera)
            return camera

        parts: dict[str, object] = {"settings": settings(), "on_moment": lambda _: None, **about}
        with TiltLog.open_to_watch(self.path) as log:
            self.log = log
            watch = Watch(
                profile=PROFILE,
                estimator=None,  # type: ignore[arg-type]  # the scripted follower asks nobody
                log=log,
                view=self.screen,
                notifier=self.notices,
                bell=self.notices.ring,
                clock=self.clock,
                wait=self.clock.wait,
                now=self.clock.now,
                **parts,  # type: ignore[arg-type]
            )
            return watch.run(source, reopen)

    def logged(self) -> LogSlice:
        with LogReader.open(self.path) as reader:
            return reader.between(START - timedelta(days=1), START + timedelta(days=1))

    def bouts(self) -> list[tuple[str, float]]:
        return [(str(b.state), b.end_utc_s - b.start_utc_s) for b in self.logged().bouts]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(tmp_path, monkeypatch)


def test_another_seat_begins_another_session_and_the_sitting_goes_on(desk: Desk) -> None:
    orders: SimpleQueue[Order] = SimpleQueue()
    cushion = settings().model_copy(update={"log": LogSettings(seat="cushion")})

    def on_moment(moment: Moment) -> None:
        if moment.frame.index == 9:
            orders.put(Apply(cushion, Mode.NORMAL))

    desk.watch(desk.camera(20), on_moment=on_moment, orders=orders)
    log = desk.logged()
    assert [session.seat for session in log.sessions] == ["", "cushion"]
    assert log.sessions[0].ended_utc_s == log.sessions[1].started_utc_s
    assert {str(bout.state) for bout in log.bouts} == {"upright"}
    assert (log.sessions[1].enter_deg, log.sessions[1].slump_deg) == (6.0, 12.0)


STOPPED = f"{CAMERA} stopped giving pictures: check its cable."
GONE = CameraError("There is no webcam 0: plug it in.")


def test_a_lost_camera_is_tried_again_with_growing_waits_and_logged_as_not_observed(desk: Desk) -> None:
    tries = [GONE] * 6
    desk.watch(desk.camera(11, lost=True), *tries, desk.camera(11))
    assert desk.clock.waits_s == [1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0]
    lost, gone = ("not observed", 1.0), ("not observed", 91.0)
    assert desk.bouts() == [("upright", 10.0), lost, gone, ("upright", 10.0)]
    assert [bout.reason for bout in desk.logged().bouts[1:3]] == [STOPPED, str(GONE)]
    assert desk.screen.lost == [STOPPED]
    assert desk.screen.said == ["The camera is back."]
    assert desk.reopened[0].closed
    assert len(desk.logged().sessions) == 1


def test_the_waits_begin_anew_once_the_camera_was_back(desk: Desk) -> None:
    desk.watch(desk.camera(3, lost=True), GONE, desk.camera(3, lost=True), GONE, desk.camera(3))
    assert desk.clock.waits_s == [1.0, 2.0, 1.0, 2.0]
    assert desk.screen.said.count("The camera is back.") == 2


def test_a_camera_that_gives_no_picture_at_all_is_an_error(desk: Desk) -> None:
    source = desk.camera(0, lost=True)
    with pytest.raises(CameraError, match="stopped giving pictures"):
        desk.watch(source)
    assert source.closed
    assert not desk.clock.waits_s
    assert not desk.logged().sessions


def test_a_recording_that_breaks_is_not_tried_again(desk: Desk) -> None:
    with pytest.raises(CameraError):
        desk.watch(desk.camera(3, live=False, lost=True))
    assert not desk.clock.waits_s


@pytest.mark.parametrize("reopened", [False, True])
def test_ctrl_c_closes_the_camera_and_ends_the_session(desk: Desk, *, reopened: bool) -> None:
    def stop(moment: Moment) -> None:
        if moment.frame.index == 4 and bool(desk.reopened) is reopened:
            raise KeyboardInterrupt

    first = desk.camera(9, lost=True)
    with pytest.raises(KeyboardInterrupt) as stopped:  # kept: its traceback must not be what holds the camera
        desk.watch(first, desk.camera(9), on_moment=stop)
    assert first.closed
    assert all(camera.closed for camera in desk.reopened)
    assert stopped.type is KeyboardInterrupt
    (session,) = desk.logged().sessions
    assert session.ended_utc_s is not None
    assert len(desk.logged().samples) == (14 if reopened else 5)


@pytest.mark.parametrize("about", [{"name": "webcam 0 (Front)"}, {"size": (48, 64)}], ids=["camera", "size"])
def test_another_camera_or_size_is_refused(desk: Desk, about: dict[str, object]) -> None:
    source = desk.camera(5, **about)
    with pytest.raises(ProfileError, match=r"webcam 0 \(Front\)|48x64"):
        desk.watch(source)
    assert source.closed
    assert not desk.logged().sessions


def test_another_camera_can_be_accepted_but_not_another_size(desk: Desk) -> None:
    assert desk.watch(desk.camera(5, name="webcam 3 (Other)"), any_camera=True).judged == 5
    with pytest.raises(ProfileError, match="48x64"):
        desk.watch(desk.camera(5, size=(48, 64)), any_camera=True)


def test_a_recording_may_have_any_name(desk: Desk) -> None:
    assert desk.watch(desk.camera(5, live=False, name="yesterday.mp4")).judged == 5


def test_when_another_camera_answers_in_its_place_that_is_not_observed(desk: Desk) -> None:
    other = desk.camera(50, name="webcam 0 (Front)")
    outcome = desk.watch(desk.camera(5, lost=True), other, desk.camera(5))
    assert outcome.judged == 10
    assert other.closed
    assert [state for state, _ in desk.bouts()] == ["upright", "not observed", "not observed", "upright"]
    assert any("not with webcam 0 (Front)" in text for text in desk.screen.lost)


def test_a_computer_that_slept_begins_a_new_session_and_the_sleep_does_not_count(desk: Desk) -> None:
    def fall_asleep(index: int) -> None:
        desk.clock.asleep_s += 3600.0 if index == 10 else 0.0

    desk.watch(desk.camera(20, before=fall_asleep))
    day = desk.logged()
    assert len(day.sessions) == 2
    assert desk.bouts() == [("upright", 9.0), ("upright", 9.0)]
    assert day.bouts[1].start_utc_s - day.bouts[0].end_utc_s == 3601.0
    assert desk.screen.said == ["The computer was asleep; that time is not counted."]


def test_a_tipped_stretch_does_not_go_on_through_a_sleep(desk: Desk) -> None:
    desk.sits(lambda _: State.TIPPED)

    def fall_asleep(index: int) -> None:
        desk.clock.asleep_s += 3600.0 if index == 8 else 0.0

    assert desk.watch(desk.camera(16, before=fall_asleep), settings=settings(alerts={"dwell_s": 9})).warnings == []
    assert len(desk.watch(desk.camera(16), settings=settings(alerts={"dwell_s": 9})).warnings) == 1


@pytest.mark.parametrize("bell", [False, True])
def test_a_warning_and_its_answer_reach_log_screen_notifier_and_bell(desk: Desk, *, bell: bool) -> None:
    desk.sits(lambda second: State.TIPPED if 5 <= second < 40 else State.UPRIGHT)
    policy = settings(alerts={"dwell_s": 20}, notice={"bell": bell})
    (warning,) = desk.watch(desk.camera(60), settings=policy).warnings
    (kept,) = desk.logged().warnings
    assert (kept.kind, kept.text, kept.answered_s) == ("dwell", warning.text, 15.0)
    assert desk.screen.said == [warning.text, "You moved 15 s after the warning."]
    assert desk.notices.texts == [warning.text]
    assert desk.notices.rings == bell


def test_a_log_that_cannot_be_written_is_said_once_and_loses_nothing(desk: Desk) -> None:
    def fill_and_empty(index: int) -> None:
        assert desk.log is not None
        if index == 5:
            desk.log._file.connection.execute("PRAGMA query_only = ON")
        if index == 15:
            desk.log._file.connection.execute("PRAGMA query_only = OFF")

    outcome = desk.watch(desk.camera(30, before=fill_and_empty))
    (told,) = desk.screen.said
    assert told.startswith("The log can't be written just now, nothing is lost yet: ")
    assert outcome.judged == len(desk.logged().samples) == 30
    assert desk.bouts() == [("upright", 29.0)]


def test_a_recording_is_followed_at_the_speed_asked_for(desk: Desk) -> None:
    desk.watch(desk.camera(9, live=False), speed=4.0)
    assert desk.clock.waits_s == [0.25] * 8
    assert desk.clock.t_s == 102.0


def test_without_a_speed_nobody_waits_and_the_recording_is_logged_as_past(desk: Desk) -> None:
    outcome = desk.watch(desk.camera(9, live=False))
    assert desk.clock.waits_s == []
    assert (outcome.judged, outcome.first_t_s, outcome.last_t_s) == (9, 0.0, 8.0)
    (session,) = desk.logged().sessions
    assert session.source_kind == "recording"
    assert session.started_utc_s == START.timestamp() - 9.0
    assert desk.screen.shown == [State.UPRIGHT] * 9


def test_the_cool_down_holds_over_a_sleep(desk: Desk) -> None:
    def dozes(index: int) -> None:
        if index == 150:
            desk.clock.asleep_s += 300.0

    desk.sits(lambda _: State.TIPPED)
    outcome = desk.watch(desk.camera(500, before=dozes))
    assert len(outcome.warnings) == 1
