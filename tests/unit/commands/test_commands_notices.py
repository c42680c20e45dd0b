from __future__ import annotations

import sys

import pytest

from monitor.notify import DesktopNotifier, open_notifier


def test_notices_that_are_not_wanted_are_not_shown() -> None:
    notifier = open_notifier(wanted=False)
    notifier.notify("title", "text")
    assert notifier.why_not


def test_without_a_desktop_there_is_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    assert open_notifier(wanted=True).why_not == "no desktop session was found"
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
    assert open_notifier(wanted=True).why_not == ""


def test_a_notice_that_fails_ends_nothing_and_leaves_its_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "desktop_notifier.sync", None)
    notifier = DesktopNotifier()
    notifier._send("title", "text")
    assert "the desktop did not take the notice" in notifier.why_not
