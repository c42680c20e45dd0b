from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from capture_helpers import number_in, write_picture

from monitor.capture import folder
from monitor.capture.folder import PictureSource, natural_key, open_folder
from monitor.errors import CameraError


def test_natural_order_ignores_case_and_leading_zeros() -> None:
    names = ["frame10.png", "Frame9.png", "frame1.png", "frame002.png", "a.png", "10.png", "9.png"]
    expected = ["9.png", "10.png", "a.png", "frame1.png", "frame002.png", "Frame9.png", "frame10.png"]
    assert sorted(names, key=natural_key) == expected


def test_pictures_in_natural_order_one_a_second(tmp_path: Path) -> None:
    for name, number in [("f10.png", 10), ("f9.jpg", 9), ("f1.BMP", 1), ("f2.webp", 2), ("f3.jpeg", 3)]:
        write_picture(tmp_path / name, number)
    (tmp_path / "notes.txt").write_text("no picture")
    (tmp_path / "._f4.jpg").write_bytes(b"left behind by a Mac")
    (tmp_path / "f5.png").mkdir()
    with open_folder(tmp_path) as source:
        assert (source.name, source.live, source.frame_count, source.duration_s) == (tmp_path.name, False, 5, 5.0)
        frames = list(source.frames())
    assert [number_in(frame.image_bgr) for frame in frames] == [1, 2, 3, 9, 10]
    assert [frame.t_s for frame in frames] == [0.0, 1.0, 2.0, 3.0, 4.0]
    assert [frame.index for frame in frames] == [0, 1, 2, 3, 4]


def test_only_the_pictures_given_are_decoded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(20):
        write_picture(tmp_path / f"{number}.png", number)
    read: list[str] = []
    really_read = folder._read
    monkeypatch.setattr(folder, "_read", lambda path: read.append(path.name) or really_read(path))
    source = open_folder(tmp_path, rate_hz=10)
    frames = list(source.frames(2))
    assert [number_in(frame.image_bgr) for frame in frames] == [0, 5, 10, 15]
    assert [frame.t_s for frame in frames] == pytest.approx([0.0, 0.5, 1.0, 1.5])
    assert read == ["0.png", "5.png", "10.png", "15.png"]
    assert source.skipped == 16


def test_grey_and_deep_pictures_become_three_bytes(tmp_path: Path) -> None:
    cv2.imwrite(str(tmp_path / "a.png"), np.full((8, 9), 40000, np.uint16))
    (frame,) = open_folder(tmp_path).frames()
    assert (frame.image_bgr.shape, frame.image_bgr.dtype) == ((8, 9, 3), np.uint8)


@pytest.mark.parametrize(
    ("name", "keep"),
    [("a.jpg", 0.5), ("a.jpg", 0.98), ("a.png", 0.5), ("a.png", 0.98), ("a.bmp", 0.5), ("a.webp", 0.5)],
)
def test_a_picture_cut_off_is_named(tmp_path: Path, name: str, keep: float) -> None:
    path = write_picture(tmp_path / name, 5)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * keep)])
    with pytest.raises(CameraError, match=f"The picture {name} is empty, cut off or no picture"):
        list(open_folder(tmp_path).frames())


@pytest.mark.parametrize("content", [b"", b"just text\n", b"\xff\xd8", b"\xff\xd8\xff", b"\x89PNG"])
def test_what_is_no_picture_is_named(tmp_path: Path, content: bytes) -> None:
    write_picture(tmp_path / "a.jpg")
    (tmp_path / "b.jpg").write_bytes(content)
    frames = open_folder(tmp_path).frames()
    next(frames)
    with pytest.raises(CameraError, match=r"b\.jpg"):
        next(frames)


def test_a_jpeg_with_a_thumbnail_is_whole_only_with_its_own_end(tmp_path: Path) -> None:
    whole = write_picture(tmp_path / "a.jpg", 7).read_bytes()
    segment = b"\xff\xe1" + (len(whole) + 2).to_bytes(2, "big") + whole
    with_thumbnail = whole[:2] + segment + whole[2:]
    (tmp_path / "a.jpg").write_bytes(with_thumbnail + b"\0" * 16)
    (frame,) = open_folder(tmp_path).frames()
    assert number_in(frame.image_bgr) == 7
    (tmp_path / "a.jpg").write_bytes(with_thumbnail[:-40])
    assert not folder._is_whole(with_thumbnail[:-40])  # some versions of OpenCV fill the rest with grey
    with pytest.raises(CameraError, match="cut off"):
        list(open_folder(tmp_path).frames())


def test_a_folder_without_pictures(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("no picture")
    with pytest.raises(CameraError, match="holds no picture"):
        open_folder(tmp_path)


def test_a_picture_that_went_away(tmp_path: Path) -> None:
    source = PictureSource([tmp_path / "gone.png"], "gone.png")
    with pytest.raises(CameraError, match=r"gone\.png"):
        list(source.frames())


@pytest.mark.parametrize("rate_hz", [0.0, -2.0, float("nan")])
def test_a_rate_that_is_none(tmp_path: Path, rate_hz: float) -> None:
    write_picture(tmp_path / "a.png")
    with pytest.raises(CameraError, match="rate above zero"):
        open_folder(tmp_path, rate_hz=rate_hz)


def test_closing_ends_the_iteration(tmp_path: Path) -> None:
    for number in range(3):
        write_picture(tmp_path / f"{number}.png", number)
    source = open_folder(tmp_path)
    frames = source.frames()
    next(frames)
    source.close()
    assert list(frames) == []
