from __future__ import annotations

import threading

from watch_fakes import Clock, FakeSource

from monitor.capture.switch import CameraSwitch
from monitor.feed import Feed
from monitor.settings import CameraSettings


def test_a_hold_closes_the_source_and_a_release_lets_another_be_opened() -> None:
    switch, source = CameraSwitch(), FakeSource(Clock(), 3)
    switch.take(source)
    switch.hold("lock", "the screen is locked")
    assert switch.wait_closed(5)
    assert source.closed == 1
    assert switch.reason == switch.interrupted == "the screen is locked"
    switch.release("lock")
    assert switch.reason == ""
    switch.take(FakeSource(Clock(), 3))
    assert switch.interrupted == ""


def test_a_source_that_is_opened_while_held_is_closed_at_once() -> None:
    switch, source = CameraSwitch(), FakeSource(Clock(), 3)
    switch.hold("pause", "paused")
    switch.take(source)
    assert switch.wait_closed(5)
    assert source.closed == 1


def test_the_camera_stays_off_until_every_reason_is_gone() -> None:
    switch = CameraSwitch()
    switch.hold("pause", "paused")
    switch.hold("lock", "the screen is locked")
    switch.release("pause")
    assert switch.reason == "the screen is locked"
    switch.release("unknown")
    assert switch.must_be_off


def test_a_wait_ends_when_something_changes() -> None:
    switch = CameraSwitch()
    waiting = threading.Thread(target=switch.wait, args=(60,))
    waiting.start()
    while waiting.is_alive():
        switch.release("anything")
        waiting.join(0.01)


def test_a_hold_for_a_moment_does_not_end_the_feed() -> None:
    clock, switch, told = Clock(), CameraSwitch(), []

    def blink(index: int) -> None:
        if index == 2:
            switch.hold("blink", "a blink")
            switch.release("blink")

    class Closed(FakeSource):
        def frames(self, rate_hz=None):  # type: ignore[no-untyped-def]
            for frame in super().frames(rate_hz):
                yield frame
                if self.closed:
                    return

    sources = [Closed(clock, 9, before=blink), Closed(clock, 4)]
    feed = Feed(
        source=None,
        reopen=lambda: sources.pop(0),
        settings=CameraSettings(),
        switch=switch,
        wait=clock.wait,
        on_off=told.append,
    )
    frames = list(feed.frames())
    assert told == ["a blink"]
    assert not sources
    assert len(frames) >= 5
