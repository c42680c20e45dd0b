from __future__ import annotations

import json
import math
from datetime import UTC, datetime
from pathlib import Path

import pytest

from calibration.profile import Profile
from models.measures import Measures
from monitor import files
from monitor.errors import ProfileError
from monitor.profiles import (
    check_fits,
    check_folder,
    check_name,
    is_camera_named,
    load_profile,
    profile_names,
    same_camera,
    save_profile,
)

MEASURES = Measures(hip_x_px=300.0, hip_y_px=310.5, trunk_px=150.0, thigh_px=140.0)


def profile(name: str = "desk", **changes: object) -> Profile:
    about: dict[str, object] = {
        "name": name,
        "created": datetime(2026, 3, 2, 9, 0, tzinfo=UTC),
        "camera": "webcam 0 (Side)",
        "width_px": 640,
        "height_px": 480,
        "facing": 1,
        "near": "left",
        "level_calibrated": False,
        "thigh_cm": 42.0,
        "thigh_full_px": 150.0,
        "thigh_neutral_deg": -5.0,
        "neutral_spread_pct": 5.0,
        "neutral": MEASURES,
        "neutral_spread": MEASURES,
        "slump": MEASURES,
        "contour_trusted": True,
        "skeleton_trusted": True,
        "tilt_model": "test",
    }
    return Profile.model_validate({**about, **changes})


def test_a_profile_comes_back_as_it_was_not_known_included(tmp_path: Path) -> None:
    path = save_profile(tmp_path / "new" / "profiles", profile(camera="Kamera „Ä“"))
    found = load_profile(path.parent, "desk")
    assert (found.name, found.camera, found.created) == ("desk", "Kamera „Ä“", datetime(2026, 3, 2, 9, 0, tzinfo=UTC))
    assert found.neutral.hip_y_px == 310.5
    assert math.isnan(found.neutral.sacral_slope_deg)
    assert math.isnan(found.slump_deg)


def test_several_stand_side_by_side_in_order(tmp_path: Path) -> None:
    for name in ("work", "home", "Büro 2"):
        save_profile(tmp_path, profile(name))
    (tmp_path / ".home-x1.json").write_text("left over by a crash")
    (tmp_path / "notes.txt").write_text("no profile")
    assert profile_names(tmp_path) == ("Büro 2", "home", "work")
    assert profile_names(tmp_path / "nowhere") == ()


@pytest.mark.parametrize("cut", ["write", "fsync", "replace"])
def test_a_write_that_fails_keeps_the_old_profile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cut: str) -> None:
    path = save_profile(tmp_path, profile(thigh_cm=40.0))
    before = path.read_bytes()

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    if cut == "write":
        monkeypatch.setattr(Path, "write_text", full)
    elif cut == "fsync":
        monkeypatch.setattr(files.os, "fsync", full)
    else:
        monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(ProfileError, match=r"No space left on device.*free space"):
        save_profile(tmp_path, profile(thigh_cm=50.0))
    assert path.read_bytes() == before
    assert [p.name for p in (tmp_path).iterdir()] == ["desk.json"]


def test_a_profile_cut_anywhere_is_damaged_or_whole_never_something_else(tmp_path: Path) -> None:
    path = save_profile(tmp_path, profile())
    whole = path.read_bytes()
    for size in range(0, len(whole) - 2, 97):
        path.write_bytes(whole[:size])
        with pytest.raises(ProfileError, match=r"is damaged: calibrate it again \(`saddle calibrate -"):
            load_profile(tmp_path, "desk")


@pytest.mark.parametrize(
    "content",
    [b"[]", b"null", b"\xff\xff", b"{}", b"1" * 5000, b"[" * 100_000, b'{"version": "1"}', b'{"version": 2, "x": 2}'],
    ids=lambda content: repr(content[:12]),
)
def test_whatever_else_is_in_the_file_it_is_damaged(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "desk.json").write_bytes(content)
    with pytest.raises(ProfileError, match="is damaged"):
        load_profile(tmp_path, "desk")


@pytest.mark.parametrize(
    ("version", "words"),
    [(3, "a newer version (3, this program reads 2)"), (1, "an older version (1, this"), (0, "an older")],
)
def test_a_profile_of_another_version(tmp_path: Path, version: int, words: str) -> None:
    path = save_profile(tmp_path, profile())
    path.write_text(json.dumps({**json.loads(path.read_text()), "version": version, "unknown": 1}))
    with pytest.raises(ProfileError) as refused:
        load_profile(tmp_path, "desk")
    assert words in str(refused.value)
    assert "calibrate it again (`saddle calibrate --profile desk`)." in str(refused.value)
    assert ("update Saddle" in str(refused.value)) is (version > 2)


def test_a_profile_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ProfileError, match=r"There is no profile 'desk' \(there is none yet\): make it by calibrating"):
        load_profile(tmp_path, "desk")


def test_a_folder_in_the_place_of_a_profile(tmp_path: Path) -> None:
    (tmp_path / "desk.json").mkdir()
    with pytest.raises(ProfileError, match="cannot be read"):
        load_profile(tmp_path, "desk")


@pytest.mark.parametrize("name", ["a", "Büro 2", "home.left_side-3", "x" * 64])
def test_good_names(name: str) -> None:
    assert check_name(name) == name


@pytest.mark.parametrize("name", ["", ".hidden", "../up", "a/b", "a\\b", " a", "x" * 65, "a\n", "C:", "-p"])
def test_bad_names(name: str) -> None:
    with pytest.raises(ProfileError, match="cannot be a profile name"):
        check_name(name)


def test_a_file_in_the_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "profiles").touch()
    for attempt in (
        lambda: check_folder(tmp_path / "profiles"),
        lambda: save_profile(tmp_path / "profiles", profile()),
    ):
        with pytest.raises(ProfileError, match="choose another data folder"):
            attempt()


def test_a_folder_that_can_be_written_is_made_and_left_empty(tmp_path: Path) -> None:
    check_folder(tmp_path / "new" / "profiles")
    assert list((tmp_path / "new" / "profiles").iterdir()) == []


def test_the_same_camera_and_size_fit() -> None:
    check_fits(profile(), 640, 480)
    check_fits(profile(), 640, 480, "webcam 0 (Side)")


def test_the_same_camera_fits_when_it_came_back_with_another_number() -> None:
    check_fits(profile(), 640, 480, "webcam 4 (Side)")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("webcam 2 (Desk camera)", "webcam 4 (Desk camera)", True),
        ("webcam 2 (Desk camera)", "webcam 2 (Laptop camera)", False),
        ("webcam 2 (Desk camera)", "webcam 2 (Desk camera (2))", False),
        ("webcam 2 (UVC (046d:0825))", "webcam 0 (UVC (046d:0825))", True),
        ("webcam 2 (Desk camera)", "webcam 2", True),
        ("webcam 2", "webcam 4 (Desk camera)", False),
        ("webcam 2", "webcam 2", True),
        ("webcam 2", "webcam 20", False),
        ("network camera rtsp://a/1", "network camera rtsp://a/1", True),
        ("network camera rtsp://a/1", "network camera rtsp://b/1", False),
        ("webcam 2 (day.mp4)", "day.mp4", False),
    ],
)
def test_webcams_are_told_apart_by_name_and_without_one_by_number(one: str, other: str, same: bool) -> None:
    assert same_camera(one, other) is same_camera(other, one) is same


def test_a_sentence_names_a_camera_by_whatever_number() -> None:
    sentence = "The profile 'Desk' was made with webcam 0 (Side), not with webcam 3 (Couch (2)): ..."
    assert is_camera_named("webcam 3 (Couch (2))", sentence)
    assert is_camera_named("webcam 4 (Couch (2))", sentence)
    assert not is_camera_named("webcam 3 (Couch)", sentence)
    assert not is_camera_named("network camera rtsp://a/1", sentence)


@pytest.mark.parametrize(
    ("size", "camera", "words"),
    [
        ((480, 640), None, "made for pictures of 640x480, these are 480x640"),
        ((640, 480), "webcam 1 (Front)", r"made with webcam 0 \(Side\), not with webcam 1 \(Front\).*--other-camera"),
    ],
)
def test_another_size_or_camera_does_not(size: tuple[int, int], camera: str | None, words: str) -> None:
    with pytest.raises(ProfileError, match=words):
        check_fits(profile(), *size, camera)
