"""The watcher of Linux against a login service on a private system bus."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from monitor.surroundings import Surroundings, polling
from monitor.surroundings.board import Board
from monitor.surroundings.bus import CallError
from monitor.surroundings.do_not_disturb import Notifications
from monitor.surroundings.linux import LinuxWatcher
from monitor.surroundings.logind import Logind
from monitor.surroundings.screensaver import ScreenSaver

WAIT_S = 20.0
Watch = Callable[..., tuple[LinuxWatcher, Any]]


@pytest.fixture
def system(new_bus: Callable[[str], Any]) -> Any:
    return new_bus("SYSTEM")


@pytest.fixture
def new_logind(system: Any) -> Iterator[Callable[..., Any]]:
    from fake_logind import FakeLogind

    services = []

    def start(**how: Any) -> FakeLogind:
        services.append(FakeLogind(system.address, **how))
        return services[-1]

    yield start
    system.kill()
    for service in services:
        service.stop()


def unlocked(state: Surroundings) -> bool:
    return not state.locked


def test_nothing_special_is_told_first(new_logind: Callable[..., Any], watch: Watch) -> None:
    new_logind()
    watcher, told = watch()
    assert told.wait_for(unlocked) == Surroundings()
    assert not any("locking" in sentence or "Sleep" in sentence for sentence in watcher.why_not)


def test_a_screen_locked_from_the_start(new_logind: Callable[..., Any], watch: Watch) -> None:
    logind = new_logind(locked=True)
    _, told = watch()
    told.wait_for(lambda s: s.locked)
    assert len(told.states) == 1
    logind.unlock()
    told.wait_for(unlocked)


@pytest.mark.parametrize("hint", [True, False])
def test_lock_and_unlock(new_logind: Callable[..., Any], watch: Watch, hint: bool) -> None:
    logind = new_logind()
    _, told = watch(unconfirmed_lock_s=3600)
    told.wait_for(unlocked)
    logind.lock(hint=hint)
    told.wait_for(lambda s: s.locked)
    logind.unlock(hint=hint)
    told.wait_for(unlocked)
    assert len(told.states) == 3


def test_a_lock_that_only_the_hint_tells(new_logind: Callable[..., Any], watch: Watch) -> None:
    logind = new_logind()
    _, told = watch()
    told.wait_for(unlocked)
    logind.hint(locked=True)
    told.wait_for(lambda s: s.locked)
    logind.hint(locked=False)
    told.wait_for(unlocked)


def test_a_wish_to_lock_that_nothing_follows_is_forgotten(new_logind: Callable[..., Any], watch: Watch) -> None:
    logind = new_logind()
    _, told = watch(unconfirmed_lock_s=0.01)
    told.wait_for(unlocked)
    logind.lock(hint=False)
    told.wait_for(lambda s: unlocked(s) and len(told.states) == 3)
    assert [s.locked for s in told.states] == [False, True, False]


@pytest.mark.parametrize("found_by", ["id", "display"])
def test_the_session_is_found_in_other_ways(
    new_logind: Callable[..., Any], watch: Watch, monkeypatch: pytest.MonkeyPatch, found_by: str
) -> None:
    monkeypatch.setenv("XDG_SESSION_ID", "2")
    logind = new_logind(found_by=found_by)
    _, told = watch()
    told.wait_for(unlocked)
    logind.lock()
    told.wait_for(lambda s: s.locked)


def test_a_session_that_begins_later(new_logind: Callable[..., Any], watch: Watch) -> None:
    logind = new_logind(found_by="")
    watcher, told = watch()
    told.wait_for(unlocked)
    assert any("desktop session of this program was not found" in sentence for sentence in watcher.why_not)
    logind.session.locked = True
    logind.begin_session("display")
    told.wait_for(lambda s: s.locked)
    assert not any("desktop session" in sentence for sentence in watcher.why_not)


def test_the_computer_sleeps_only_after_the_camera_was_released(new_logind: Callable[..., Any], watch: Watch) -> None:
    logind = new_logind()
    closing, may_go_on = threading.Event(), threading.Event()

    def close_camera(state: Surroundings) -> None:
        if state.asleep:
            closing.set()
            assert may_go_on.wait(WAIT_S)

    _, told = watch(close_camera)
    told.wait_for(lambda s: not s.asleep)
    delay = logind.next_delay()
    assert (delay.what, delay.who, delay.mode) == ("sleep", "Saddle", "delay")
    logind.go_to_sleep()
    assert closing.wait(WAIT_S)
    assert not delay.released()
    may_go_on.set()
    assert delay.released(WAIT_S)
    told.wait_for(lambda s: s.asleep)

    logind.wake_up()
    told.wait_for(lambda s: not s.asleep)
    again = logind.next_delay()
    assert not again.released()
    logind.go_to_sleep()
    assert again.released(WAIT_S)


def test_a_failing_listener_does_not_keep_the_computer_awake(new_logind: Callable[..., Any], watch: Watch) -> None:
    logind = new_logind()

    def fail(state: Surroundings) -> None:
        if state.asleep:
            raise RuntimeError("the camera is stuck")

    _, told = watch(fail)
    told.wait_for(lambda s: not s.asleep)
    delay = logind.next_delay()
    logind.go_to_sleep()
    assert delay.released(WAIT_S)
    logind.wake_up()
    told.wait_for(lambda s: not s.asleep and len(told.states) == 2)


def test_a_refused_delay_is_told(new_logind: Callable[..., Any], watch: Watch) -> None:
    logind = new_logind(may_delay=False)
    watcher, told = watch()
    told.wait_for(unlocked)
    logind.go_to_sleep()
    told.wait_for(lambda s: s.asleep)
    assert any("Sleep cannot be delayed" in sentence for sentence in watcher.why_not)


def test_stopping_releases_the_delay(new_logind: Callable[..., Any], watch: Watch) -> None:
    logind = new_logind()
    watcher, told = watch()
    told.wait_for(unlocked)
    delay = logind.next_delay()
    watcher.stop()
    assert delay.released(WAIT_S)
    watcher.stop()
    assert len(told.states) == 1


def test_a_user_switch(new_logind: Callable[..., Any], watch: Watch) -> None:
    logind = new_logind()
    _, told = watch()
    told.wait_for(lambda s: s.session_active)
    logind.switch_user(away=True)
    told.wait_for(lambda s: not s.session_active)
    logind.switch_user(away=False)
    told.wait_for(lambda s: s.session_active)


def test_the_lid_counts_unless_docked(new_logind: Callable[..., Any], watch: Watch) -> None:
    logind = new_logind()
    _, told = watch()
    told.wait_for(lambda s: not s.lid_closed)
    logind.lid(closed=True)
    told.wait_for(lambda s: s.lid_closed)
    logind.lid(closed=True, docked=True)
    told.wait_for(lambda s: not s.lid_closed)


def test_a_lid_that_is_not_announced_is_looked_at(new_logind: Callable[..., Any], watch: Watch) -> None:
    logind = new_logind()
    _, told = watch(other_s=0.01)
    told.wait_for(lambda s: not s.lid_closed)
    logind.lid(closed=True, announced=False)
    told.wait_for(lambda s: s.lid_closed)
    logind.lid(closed=False, announced=False)
    told.wait_for(lambda s: not s.lid_closed)


def test_a_login_service_that_comes_later_and_goes(new_logind: Callable[..., Any], system: Any, watch: Watch) -> None:
    watcher, told = watch()
    told.wait_for(unlocked)
    assert any("No login service was found" in sentence for sentence in watcher.why_not)
    logind = new_logind(locked=True)
    told.wait_for(lambda s: s.locked)
    assert not any("No login service" in sentence for sentence in watcher.why_not)
    delay = logind.next_delay()
    logind.stop()
    told.wait_for(unlocked)
    assert delay.released(WAIT_S)


def test_a_bus_killed_in_the_middle_is_forgotten_and_found_again(
    new_logind: Callable[..., Any], system: Any, watch: Watch
) -> None:
    logind = new_logind()
    logind.lid(closed=True)
    watcher, told = watch(retry_s=0.05)
    told.wait_for(lambda s: s.lid_closed)
    delay = logind.next_delay()
    logind.lock()
    told.wait_for(lambda s: s.locked)
    system.kill()
    assert told.wait_for(lambda s: unlocked(s) and not s.lid_closed) == Surroundings()
    assert delay.released(WAIT_S)
    system.start()
    new_logind(locked=True)
    told.wait_for(lambda s: s.locked)
    assert not any("system bus" in sentence for sentence in watcher.why_not)


def test_sleep_is_told_even_before_the_first_look_has_ended(
    new_logind: Callable[..., Any], watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = threading.Event()
    monkeypatch.setattr(polling, "camera_used_by", lambda *_: "" if looked.wait(WAIT_S) else "never")
    logind = new_logind()
    _, told = watch()
    delay = logind.next_delay()
    logind.go_to_sleep()
    told.wait_for(lambda s: s.asleep)
    assert delay.released(WAIT_S)
    looked.set()


class SlowBus:
    """Answers as it was asked, but a signal comes in before the answer is read."""

    def __init__(self, states: list[bool], signal: Callable[[], None]) -> None:
        self.states, self.signal = states, signal

    async def call(self, service: str, path: str, member: str, *_: Any, **__: Any) -> SimpleNamespace:
        if member.endswith("Inhibit"):
            raise CallError("refused")
        if member.endswith("GetActive"):
            return SimpleNamespace(body=[self._next()], signature="b")
        return SimpleNamespace(body=["/session"])

    async def get_all(self, service: str, path: str, interface: str) -> dict[str, Any]:
        return {"LockedHint": self._next()} if path == "/session" else {}

    def _next(self) -> bool:
        state = self.states.pop(0)
        if not self.states:
            return state
        self.signal()
        return state


def test_a_signal_is_newer_than_an_answer_read_after_it() -> None:
    async def locked(service: Any, message: SimpleNamespace) -> bool:
        await service.arrived(SlowBus([False, True], lambda: service.heard(message)))
        return states[-1].locked

    states: list[Surroundings] = []
    board = Board(states.append)
    board.begin()
    lock = SimpleNamespace(member="Lock", signature="", path="/session", interface="", body=[])
    assert asyncio.run(locked(Logind(board, 3600), lock))
    states.clear()
    board.lock("org.freedesktop.login1", False)
    on = SimpleNamespace(member="ActiveChanged", signature="b", interface="org.gnome.ScreenSaver", body=[True])
    assert asyncio.run(locked(ScreenSaver("org.gnome.ScreenSaver", board), on))


def test_signals_of_another_kind_change_nothing() -> None:
    states: list[Surroundings] = []
    board = Board(states.append)
    board.begin()
    for service in (Logind(board, 3600), ScreenSaver("org.gnome.ScreenSaver", board), Notifications(board)):
        for member, signature, body in (
            ("Lock", "", []),
            ("ActiveChanged", "s", ["yes"]),
            ("PrepareForSleep", "s", ["yes"]),
            ("PropertiesChanged", "as", [["Inhibited"]]),
            ("PropertiesChanged", "sa{sv}as", ["org.example.Other", {}, []]),
        ):
            message = SimpleNamespace(member=member, signature=signature, path="/", interface=service.name, body=body)
            service.heard(message)
    assert states == [Surroundings()]
