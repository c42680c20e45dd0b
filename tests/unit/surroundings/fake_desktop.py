"""A screen saver and a notification service for a private session bus."""

from __future__ import annotations

from dbus_fast import PropertyAccess
from dbus_fast.annotations import DBusBool
from dbus_fast.service import ServiceInterface, dbus_method, dbus_property, dbus_signal
from fake_logind import BusService


class Saver(ServiceInterface):
    def __init__(self, name: str, active: bool) -> None:
        super().__init__(name)
        self.active = active

    @dbus_method(name="GetActive")
    def get_active(self) -> DBusBool:
        return self.active

    @dbus_signal(name="ActiveChanged")
    def active_changed(self) -> DBusBool:
        return self.active


class FakeScreenSaver(BusService):
    def __init__(self, address: str, name: str, *, active: bool = False, path: str = "") -> None:
        self.saver = Saver(name, active)
        where = path or "/" + name.replace(".", "/")
        super().__init__(address, name, export=lambda bus: bus.export(where, self.saver))

    def turn(self, *, on: bool) -> None:
        self.saver.active = on
        self.run(self.saver.active_changed)


class Notices(ServiceInterface):
    def __init__(self) -> None:
        super().__init__("org.freedesktop.Notifications")
        self.on = False

    @dbus_property(access=PropertyAccess.READ, name="Inhibited")
    def inhibited(self) -> DBusBool:
        return self.on


class FakeNotifications(BusService):
    def __init__(self, address: str) -> None:
        self.notices = Notices()
        name = self.notices.name
        super().__init__(address, name, export=lambda bus: bus.export("/org/freedesktop/Notifications", self.notices))

    def inhibit(self, *, on: bool) -> None:
        self.notices.on = on
        self.run(lambda: self.notices.emit_properties_changed({"Inhibited": on}))
