"""The watcher of Linux against screen savers and notices on a private session bus, and without any bus."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from monitor.surroundings import Surroundings
from monitor.surroundings.linux import LinuxWatcher

Watch = Callable[..., tuple[LinuxWatcher, Any]]
GNOME, FREEDESKTOP = "org.gnome.ScreenSaver", "org.freedesktop.ScreenSaver"


@pytest.fixture
def session(new_bus: Callable[[str], Any]) -> Any:
    return new_bus("SESSION")


@pytest.fixture
def new_saver(session: Any) -> Iterator[Callable[..., Any]]:
    from fake_desktop import FakeScreenSaver

    services = []

    def start(name: str, **how: Any) -> FakeScreenSaver:
        services.append(FakeScreenSaver(session.address, name, **how))
        return services[-1]

    yield start
    session.kill()
    for service in services:
        service.stop()


def test_a_screen_saver(new_saver: Callable[..., Any], watch: Watch) -> None:
    saver = new_saver(GNOME)
    _, told = watch()
    told.wait_for(lambda s: not s.locked)
    saver.turn(on=True)
    told.wait_for(lambda s: s.locked)
    saver.turn(on=False)
    told.wait_for(lambda s: not s.locked)


@pytest.mark.parametrize("path", ["/org/freedesktop/ScreenSaver", "/ScreenSaver"])
def test_a_screen_saver_that_is_on_from_the_start(new_saver: Callable[..., Any], watch: Watch, path: str) -> None:
    new_saver(FREEDESKTOP, active=True, path=path)
    _, told = watch()
    told.wait_for(lambda s: s.locked)
    assert len(told.states) == 1


def test_one_screen_saver_does_not_speak_for_another(new_saver: Callable[..., Any], watch: Watch) -> None:
    one, other = new_saver(GNOME), new_saver(FREEDESKTOP, active=True)
    _, told = watch()
    told.wait_for(lambda s: s.locked)
    one.turn(on=True)
    one.turn(on=False)
    one.stop()
    assert told.states[-1].locked
    other.turn(on=False)
    told.wait_for(lambda s: not s.locked)
    assert len(told.states) == 2


def test_a_screen_saver_that_comes_later_and_ends_while_on(new_saver: Callable[..., Any], watch: Watch) -> None:
    _, told = watch()
    told.wait_for(lambda s: not s.locked)
    saver = new_saver(GNOME, active=True)
    told.wait_for(lambda s: s.locked)
    saver.stop()
    told.wait_for(lambda s: not s.locked)


def test_a_session_bus_killed_while_locked(new_saver: Callable[..., Any], session: Any, watch: Watch) -> None:
    new_saver(GNOME, active=True)
    watcher, told = watch(retry_s=0.05)
    told.wait_for(lambda s: s.locked)
    session.kill()
    told.wait_for(lambda s: not s.locked)
    session.start()
    new_saver(FREEDESKTOP, active=True)
    told.wait_for(lambda s: s.locked)
    assert not any("session bus" in sentence for sentence in watcher.why_not)


def test_do_not_disturb_of_the_notification_service(session: Any, watch: Watch) -> None:
    from fake_desktop import FakeNotifications

    notices = FakeNotifications(session.address)
    watcher, told = watch()
    told.wait_for(lambda s: not s.do_not_disturb)
    assert not any("do not disturb" in sentence for sentence in watcher.why_not)
    notices.inhibit(on=True)
    told.wait_for(lambda s: s.do_not_disturb)
    notices.inhibit(on=False)
    told.wait_for(lambda s: not s.do_not_disturb)
    notices.inhibit(on=True)
    told.wait_for(lambda s: s.do_not_disturb)
    notices.stop()
    told.wait_for(lambda s: not s.do_not_disturb)


@pytest.mark.parametrize(("desktop", "said"), [("ubuntu:GNOME", "false"), ("X-Cinnamon", "false"), ("MATE", "true")])
def test_do_not_disturb_of_the_desktop_setting(
    watch: Watch, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, desktop: str, said: str
) -> None:
    answer, command = tmp_path / "answer", tmp_path / "gsettings"
    answer.write_text(said)
    command.write_text(f"#!/bin/sh\nread line < {answer} ; echo $line\n")
    command.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("XDG_CURRENT_DESKTOP", desktop)
    watcher, told = watch(setting_s=0.02)
    told.wait_for(lambda s: s.do_not_disturb)
    assert not any("do not disturb" in sentence for sentence in watcher.why_not)
    answer.write_text("true" if said == "false" else "false")
    told.wait_for(lambda s: not s.do_not_disturb)


def test_without_any_bus(watch: Watch) -> None:
    watcher, told = watch()
    assert told.wait_for(lambda s: True) == Surroundings()
    said = " ".join(watcher.why_not)
    for what in ("system bus", "session bus", "sound card", "X display", "do not disturb"):
        assert what in said
    watcher.stop()
    assert len(told.states) == 1


def test_stopping_what_was_never_started() -> None:
    watcher = LinuxWatcher()
    watcher.stop()
    watcher.stop()
    assert watcher.why_not == ()
    states: list[Surroundings] = []
    watcher.start(states.append)
    watcher.stop()
    assert states == []


def test_stopping_from_the_listener(watch: Watch) -> None:
    watchers: list[LinuxWatcher] = []
    watcher, told = watch(lambda _: watchers[0].stop() if watchers else None)
    watchers.append(watcher)
    told.wait_for(lambda s: True)
    watcher.stop()
