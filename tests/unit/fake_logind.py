"""A private message bus, and a login service on it that tests lock, put to sleep and switch. No real one is touched.

bus = PrivateBus()                       # a dbus-daemon of its own; set DBUS_SYSTEM_BUS_ADDRESS to bus.address
logind = FakeLogind(bus.address)
... start what listens ...
delay = logind.next_delay()              # it asked to delay sleep
logind.lock()
logind.go_to_sleep()
assert delay.released(10)                # it closed its descriptor
logind.stop()
bus.close()
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import queue
import select
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Annotated, Any

import pytest
from dbus_fast import DBusError, PropertyAccess
from dbus_fast.aio import MessageBus
from dbus_fast.annotations import DBusBool, DBusObjectPath, DBusSignature, DBusStr, DBusUInt32, DBusUnixFd
from dbus_fast.service import ServiceInterface, dbus_method, dbus_property, dbus_signal

WAIT_S = 20.0
"""How long anything may take before a test fails; nothing ever waits so long when all is well."""

_CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={folder}/bus</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


class PrivateBus:
    """A bus on which no service is ever started by the bus itself. Skips the test where there is no dbus-daemon."""

    def __init__(self) -> None:
        if shutil.which("dbus-daemon") is None:
            pytest.skip("dbus-daemon is not installed")
        self._folder = Path(tempfile.mkdtemp(prefix="bus"))  # a socket's path must be short
        (self._folder / "config").write_text(_CONFIG.format(folder=self._folder))
        self.address = f"unix:path={self._folder}/bus"
        self.start()

    def start(self) -> None:
        """Run it; once more, at the same address, after `kill`."""
        self._process = subprocess.Popen(
            ["dbus-daemon", f"--config-file={self._folder}/config", "--nofork", "--print-address"],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        assert self._process.stdout.readline(), "the bus did not start"

    def kill(self) -> None:
        """End it at once, as a crash would. May be called again."""
        self._process.kill()
        self._process.wait()
        assert self._process.stdout is not None
        self._process.stdout.close()
        (self._folder / "bus").unlink(missing_ok=True)

    def close(self) -> None:
        """End it for good and leave no files."""
        self.kill()
        shutil.rmtree(self._folder, ignore_errors=True)


class BusService:
    """A service on a bus, in a thread and loop of its own. ``names`` are the names it owns."""

    def __init__(self, address: str, *names: str, export: Callable[[Any], None]) -> None:
        self._address, self._names, self._export = address, names, export
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="fake service", daemon=True)
        self._thread.start()
        self.do(self._connect())

    def do(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Run in the service's loop, and wait for it."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(WAIT_S)

    def run(self, work: Callable[[], object]) -> None:
        """Call it in the service's loop, and wait for it."""

        async def call() -> None:
            work()

        self.do(call())

    def stop(self) -> None:
        """Leave the bus and end. May be called again."""
        if self._thread.is_alive():
            self.do(self._disconnect())
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(WAIT_S)
            self._loop.close()

    async def _connect(self) -> None:
        self.bus = await MessageBus(bus_address=self._address, negotiate_unix_fd=True).connect()
        self._export(self.bus)
        for name in self._names:
            await self.bus.request_name(name)

    async def _disconnect(self) -> None:
        self.bus.disconnect()
        with contextlib.suppress(EOFError, OSError):  # the bus was killed before
            await asyncio.wait_for(self.bus.wait_for_disconnect(), WAIT_S)


class Delay:
    """The service's end of a descriptor it gave out; it reads as ended when the other side was closed."""

    def __init__(self, what: str, who: str, why: str, mode: str, read_fd: int) -> None:
        self.what, self.who, self.why, self.mode, self._fd = what, who, why, mode, read_fd

    def released(self, wait_s: float = 0.0) -> bool:
        """Whether it was closed by now, or is within so long."""
        return bool(select.select([self._fd], [], [], wait_s)[0])


NamedPath = Annotated[list, DBusSignature("(so)")]
NameAndPath = Annotated[list, DBusSignature("so")]


class Manager(ServiceInterface):
    """The service's main object. ``give_delay`` answers a wish to delay, ``find`` tells the session by a way."""

    def __init__(self, give_delay: Callable[..., int], find: Callable[[str], str]) -> None:
        super().__init__("org.freedesktop.login1.Manager")
        self.give_delay, self.find = give_delay, find
        self.closed = self.docked = self.preparing = False

    @dbus_method(name="Inhibit")
    def inhibit(self, what: DBusStr, who: DBusStr, why: DBusStr, mode: DBusStr) -> DBusUnixFd:
        return self.give_delay(what, who, why, mode)

    @dbus_method(name="GetSessionByPID")
    def session_by_pid(self, pid: DBusUInt32) -> DBusObjectPath:
        return self.find("pid" if pid == os.getpid() else "another")

    @dbus_method(name="GetSession")
    def session_by_id(self, name: DBusStr) -> DBusObjectPath:
        return self.find("id" if name == "2" else "another")

    @dbus_method(name="GetUser")
    def user_by_uid(self, uid: DBusUInt32) -> DBusObjectPath:
        return f"/org/freedesktop/login1/user/_{uid}"

    @dbus_property(access=PropertyAccess.READ, name="LidClosed")
    def lid_closed(self) -> DBusBool:
        return self.closed

    @dbus_property(access=PropertyAccess.READ, name="Docked")
    def is_docked(self) -> DBusBool:
        return self.docked

    @dbus_property(access=PropertyAccess.READ, name="PreparingForSleep")
    def preparing_for_sleep(self) -> DBusBool:
        return self.preparing

    @dbus_signal(name="PrepareForSleep")
    def prepare_for_sleep(self, going: bool) -> DBusBool:
        return going

    @dbus_signal(name="SessionNew")
    def session_new(self, name: str, path: str) -> NameAndPath:
        return [name, path]


class Session(ServiceInterface):
    """The session's object."""

    def __init__(self, *, locked: bool) -> None:
        super().__init__("org.freedesktop.login1.Session")
        self.locked, self.active = locked, True

    @dbus_signal(name="Lock")
    def lock(self) -> None: ...

    @dbus_signal(name="Unlock")
    def unlock(self) -> None: ...

    @dbus_property(access=PropertyAccess.READ, name="LockedHint")
    def locked_hint(self) -> DBusBool:
        return self.locked

    @dbus_property(access=PropertyAccess.READ, name="Active")
    def is_active(self) -> DBusBool:
        return self.active


class User(ServiceInterface):
    """The user's object; ``display`` gives name and path of the session on the screen."""

    def __init__(self, display: Callable[[], list]) -> None:
        super().__init__("org.freedesktop.login1.User")
        self.display = display

    @dbus_property(access=PropertyAccess.READ, name="Display")
    def on_display(self) -> NamedPath:
        return self.display()


class FakeLogind(BusService):
    """As much of org.freedesktop.login1 as a watcher needs. The object paths are like the real ones.

    ``found_by`` tells how this process's session can be found: "pid", "id" (session 2), "display", or "" (not at all).
    """

    SESSION = "/org/freedesktop/login1/session/_32"

    def __init__(self, address: str, *, found_by: str = "pid", locked: bool = False, may_delay: bool = True) -> None:
        self._found_by, self._may_delay = found_by, may_delay
        self._delays: queue.Queue[Delay] = queue.Queue()
        self.manager = Manager(self._give_delay, self._find)
        self.session = Session(locked=locked)
        self.user = User(lambda: ["2", self.SESSION] if self._found_by == "display" else ["", "/"])
        super().__init__(address, "org.freedesktop.login1", export=self._objects)

    def next_delay(self) -> Delay:
        """The next delay of sleep that was asked for."""
        return self._delays.get(timeout=WAIT_S)

    def lock(self, *, hint: bool = True) -> None:
        """Ask the session to lock; with ``hint`` its screen lock says that it did."""
        self.run(self.session.lock)
        if hint:
            self.hint(locked=True)

    def unlock(self, *, hint: bool = True) -> None:
        """Ask the session to unlock."""
        self.run(self.session.unlock)
        if hint:
            self.hint(locked=False)

    def hint(self, *, locked: bool) -> None:
        """The screen lock says whether it is locked."""
        self.session.locked = locked
        self.run(lambda: self.session.emit_properties_changed({"LockedHint": locked}))

    def go_to_sleep(self) -> None:
        """Announce sleep; a real one would now wait for the delays to be released."""
        self.manager.preparing = True
        self.run(lambda: self.manager.prepare_for_sleep(True))

    def wake_up(self) -> None:
        """Announce that the computer woke up."""
        self.manager.preparing = False
        self.run(lambda: self.manager.prepare_for_sleep(False))

    def switch_user(self, *, away: bool) -> None:
        """Give the screen to another user, or back."""
        self.session.active = not away
        self.run(lambda: self.session.emit_properties_changed({"Active": not away}))

    def lid(self, *, closed: bool, docked: bool = False, announced: bool = True) -> None:
        """Close or open the lid; the real service may not announce it."""
        self.manager.closed, self.manager.docked = closed, docked
        if announced:
            news = {"LidClosed": closed, "Docked": docked}
            self.run(lambda: self.manager.emit_properties_changed(news))

    def begin_session(self, found_by: str) -> None:
        """A session begins, by which this process can be found from now on."""
        self._found_by = found_by
        self.run(lambda: self.manager.session_new("2", self.SESSION))

    def _objects(self, bus: MessageBus) -> None:
        bus.export("/org/freedesktop/login1", self.manager)
        bus.export(self.SESSION, self.session)
        bus.export(f"/org/freedesktop/login1/user/_{os.getuid()}", self.user)

    def _find(self, way: str) -> str:
        if way != self._found_by:
            raise DBusError("org.freedesktop.login1.NoSuchSession", "no such session")
        return self.SESSION

    def _give_delay(self, what: str, who: str, why: str, mode: str) -> int:
        if not self._may_delay:
            raise DBusError("org.freedesktop.DBus.Error.AccessDenied", "not allowed")
        read_fd, write_fd = os.pipe()
        delay = Delay(what, who, why, mode, read_fd)
        self._handing_over = asyncio.ensure_future(self._hand_over(delay, write_fd))
        return write_fd

    async def _hand_over(self, delay: Delay, write_fd: int) -> None:
        """From here on the descriptor is held by the other side alone."""
        await self.bus.introspect("org.freedesktop.DBus", "/")  # its answer comes after what was sent before it
        os.close(write_fd)
        self._delays.put(delay)
