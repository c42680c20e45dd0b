from __future__ import annotations

import threading
from collections.abc import Iterator
from itertools import islice, pairwise

import cv2
import pytest
from capture_helpers import PATIENCE_S, FakeCapture, FakeClock, number_in

from monitor.capture import live
from monitor.capture.live import LiveSource
from monitor.errors import CameraError


@pytest.fixture
def camera() -> Iterator[FakeCapture]:
    """A fake camera that is let go at the end, so that no thread stays behind."""
    camera = FakeCapture()
    yield camera
    camera.unplugged.set()
    camera.running.set()
    assert camera.released.wait(PATIENCE_S)
    assert camera.releases == 1
    assert not camera.used_after_release


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


def opened(camera: FakeCapture, **kwargs: object) -> LiveSource:
    return LiveSource(camera, "webcam 0 (Test)", advice="check its cable", **kwargs)  # type: ignore[arg-type]


def test_the_newest_frame_wins_and_the_others_are_dropped_undecoded(camera: FakeCapture) -> None:
    clock = FakeClock()

    def wait(seconds: float) -> None:
        clock.wait(seconds)
        camera.wait_for_grabs(10)

    with opened(camera, clock=clock, wait=wait) as source:
        frames = list(islice(source.frames(5), 4))
        assert (source.live, source.frame_count, source.duration_s, source.skipped) == (True, None, None, 0)
    indices = [frame.index for frame in frames]
    assert all(later - earlier > 10 for earlier, later in pairwise(indices))
    assert [number_in(frame.image_bgr) for frame in frames] == indices
    assert camera.retrieves == 4
    assert source.dropped == camera.grabs - 4


def test_frames_come_at_the_asked_rate_by_the_clock(camera: FakeCapture, clock: FakeClock) -> None:
    with opened(camera, clock=clock, wait=clock.wait) as source:
        frames = list(islice(source.frames(4), 5))
    assert [frame.t_s for frame in frames] == pytest.approx([100.0, 100.25, 100.5, 100.75, 101.0])
    assert clock.waits_s == pytest.approx([0.25] * 4)


def test_a_slow_judge_is_not_made_to_wait_twice(camera: FakeCapture, clock: FakeClock) -> None:
    with opened(camera, clock=clock, wait=clock.wait) as source:
        frames = source.frames(10)
        assert next(frames).t_s == pytest.approx(100.0)
        clock.now_s += 0.07
        assert next(frames).t_s == pytest.approx(100.1)
        clock.now_s += 3.0
        assert next(frames).t_s == pytest.approx(103.1)
    assert clock.waits_s == pytest.approx([0.03])


def test_stamps_grow_even_while_the_clock_stands_still(camera: FakeCapture, clock: FakeClock) -> None:
    with opened(camera, clock=clock) as source:
        stamps_s = [frame.t_s for frame in islice(source.frames(), 5)]
    assert all(later > earlier for earlier, later in pairwise(stamps_s))


def test_a_damaged_picture_is_passed_over(camera: FakeCapture) -> None:
    camera.broken_pictures = 3
    with opened(camera) as source:
        frame = next(source.frames())
    assert frame.index >= 3
    assert number_in(frame.image_bgr) == frame.index
    assert source.dropped == camera.grabs - 1


def test_an_unplugged_camera_is_an_error_in_words(camera: FakeCapture) -> None:
    frames = opened(camera).frames()
    next(frames)
    camera.unplugged.set()
    with pytest.raises(CameraError, match=r"^webcam 0 \(Test\) stopped giving pictures: check its cable\.$"):
        list(frames)
    assert camera.releases == 1


def test_a_camera_that_never_gave_a_picture_says_so(camera: FakeCapture) -> None:
    camera.unplugged.set()
    with pytest.raises(CameraError, match="gives no picture"):
        next(opened(camera).frames())


def test_a_single_missed_grab_is_forgiven(camera: FakeCapture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "_RETRY_S", 0.0)
    results = iter([False, True, False, False, False, False, True])
    really_grab = camera.grab
    monkeypatch.setattr(camera, "grab", lambda: next(results, True) and really_grab())
    with opened(camera) as source:
        for _ in source.frames():
            if camera.grabs > 5:
                break
    assert next(results, None) is None


def test_a_driver_that_throws_is_a_lost_camera(camera: FakeCapture, monkeypatch: pytest.MonkeyPatch) -> None:
    def grab() -> bool:
        raise cv2.error("driver")

    monkeypatch.setattr(camera, "grab", grab)
    with pytest.raises(CameraError, match="gives no picture"):
        next(opened(camera).frames())


def test_a_camera_that_hangs_is_given_up_and_released_when_it_answers(
    camera: FakeCapture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "_CLOSE_S", 0.01)
    frames = opened(camera, stall_s=0.2).frames()
    next(frames)
    camera.running.clear()
    with pytest.raises(CameraError, match="stopped giving pictures"):
        list(frames)
    assert camera.releases == 0
    camera.running.set()
    assert camera.released.wait(PATIENCE_S)


def test_close_releases_once_and_joins(camera: FakeCapture) -> None:
    source = opened(camera)
    assert any(thread.name == "grab webcam 0 (Test)" for thread in threading.enumerate())
    source.close()
    source.close()
    assert camera.releases == 1
    assert not any(thread.name == "grab webcam 0 (Test)" for thread in threading.enumerate())
    assert list(source.frames()) == []


def test_closing_the_generator_releases(camera: FakeCapture) -> None:
    frames = opened(camera).frames()
    next(frames)
    frames.close()  # type: ignore[attr-defined]
    assert camera.releases == 1


@pytest.mark.parametrize("error", [KeyboardInterrupt, RuntimeError])
def test_an_exception_in_the_wait_or_in_the_judge_releases(camera: FakeCapture, error: type[BaseException]) -> None:
    def wait(_: float) -> None:
        raise error

    with pytest.raises(error):
        list(opened(camera, wait=wait).frames(1))
    assert camera.releases == 1

    other = FakeCapture()
    with pytest.raises(error), opened(other) as source:  # noqa: PT012 - the judge is the block
        for _ in source.frames():
            raise error
    assert other.releases == 1


@pytest.mark.parametrize("rate_hz", [None, 0.001])
def test_another_thread_closes_while_the_consumer_waits(camera: FakeCapture, rate_hz: float | None) -> None:
    source = opened(camera, stall_s=PATIENCE_S)
    frames = source.frames(rate_hz)
    next(frames)
    if rate_hz is None:
        camera.running.clear()  # the consumer waits for a picture, else for the next one to be due
    ended = threading.Event()

    def consume() -> None:
        list(frames)
        ended.set()

    consumer = threading.Thread(target=consume, daemon=True)
    consumer.start()
    closer = threading.Thread(target=source.close, daemon=True)
    closer.start()
    camera.running.set()
    assert ended.wait(PATIENCE_S)
    closer.join(PATIENCE_S)
    assert camera.releases == 1


def test_a_rate_that_is_none_releases_the_camera(camera: FakeCapture) -> None:
    with pytest.raises(ValueError, match="rate_hz"):
        next(opened(camera).frames(0))
    assert camera.releases == 1
