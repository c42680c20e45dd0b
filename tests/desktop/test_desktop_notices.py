"""Notices by a desktop's own service, on a private bus: they arrive, with their buttons, and the answers come back."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Annotated, Any

import pytest
from pytestqt.qtbot import QtBot

from monitor.desktop.notice import Notice
from monitor.desktop.notices import Notices

if not sys.platform.startswith("linux"):
    pytest.skip("D-Bus is Linux's", allow_module_level=True)

from dbus_fast.annotations import DBusInt32, DBusSignature, DBusStr, DBusUInt32
from dbus_fast.service import ServiceInterface, dbus_method, dbus_signal
from fake_logind import BusService, PrivateBus

WAIT_MS = 20_000
NOTICE = Notice("warning", "Your hips have tipped back", "Two minutes.\nStand up.", (("moved", "I moved"),))


class NoticeService(ServiceInterface):
    """org.freedesktop.Notifications as desktops have it; keeps what it was asked to show."""

    def __init__(self, capabilities: list[str]) -> None:
        super().__init__("org.freedesktop.Notifications")
        self.capabilities = capabilities
        self.shown: list[tuple[str, str, list[str]]] = []

    @dbus_method(name="GetCapabilities")
    def capabilities_known(self) -> Annotated[list[str], DBusSignature("as")]:
        return self.capabilities

    @dbus_method(name="GetServerInformation")
    def about(self) -> Annotated[list[str], DBusSignature("ssss")]:
        return ["fake", "saddle", "1", "1.2"]

    @dbus_method(name="Notify")
    def notify(
        self,
        app_name: DBusStr,
        replaces: DBusUInt32,
        icon: DBusStr,
        summary: DBusStr,
        body: DBusStr,
        actions: Annotated[list[str], DBusSignature("as")],
        hints: Annotated[dict[str, Any], DBusSignature("a{sv}")],
        timeout: DBusInt32,
    ) -> DBusUInt32:
        self.shown.append((summary, body, actions))
        return len(self.shown)

    @dbus_method(name="CloseNotification")
    def close_notice(self, number: DBusUInt32):
        self.closed(number, 3)

    @dbus_signal(name="NotificationClosed")
    def closed(self, number: int, reason: int) -> Annotated[list[int], DBusSignature("uu")]:
        return [number, reason]

    @dbus_signal(name="ActionInvoked")
    def pressed(self, number: int, action: str) -> Annotated[list[Any], DBusSignature("us")]:
        return [number, action]


class FakeDesktop(BusService):
    """A desktop with that service."""

    def __init__(self, bus: PrivateBus, capabilities: list[str]) -> None:
        self.service = NoticeService(capabilities)
        name, path = "org.freedesktop.Notifications", "/org/freedesktop/Notifications"
        super().__init__(bus.address, name, export=lambda on: on.export(path, self.service))

    def press(self, number: int, action: str) -> None:
        self.run(lambda: self.service.pressed(number, action))


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> Iterator[PrivateBus]:
    bus = PrivateBus()
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus.address)
    yield bus
    bus.close()


@pytest.fixture
def notices(qtbot: QtBot) -> Iterator[Notices]:
    notices = Notices()
    yield notices
    notices.close()


def test_a_notice_arrives_with_its_buttons_and_the_answer_comes_back(
    bus: PrivateBus, notices: Notices, qtbot: QtBot
) -> None:
    desktop = FakeDesktop(bus, ["body", "actions"])
    notices.show(NOTICE)
    qtbot.waitUntil(lambda: bool(desktop.service.shown), timeout=WAIT_MS)
    title, body, actions = desktop.service.shown[0]
    assert (title, body) == (NOTICE.title, NOTICE.text)
    assert "I moved" in actions
    assert not notices.windows
    with qtbot.waitSignal(notices.answered, timeout=WAIT_MS) as answered:
        desktop.press(1, actions[actions.index("I moved") - 1])
    assert answered.args == ["warning", "moved"]
    desktop.stop()


def test_a_desktop_without_buttons_gets_none_and_our_window_comes_up(
    bus: PrivateBus, notices: Notices, qtbot: QtBot
) -> None:
    desktop = FakeDesktop(bus, ["body"])
    notices.show(NOTICE)
    qtbot.waitUntil(lambda: "warning" in notices.windows, timeout=WAIT_MS)
    assert not desktop.service.shown
    desktop.stop()
