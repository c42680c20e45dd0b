"""Checks of the pose bundle: nothing but the expected bytes passes, and each refusal is one sentence."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

import pytest

from models import bundle
from models.bundle import BUNDLE_PATH, BUNDLE_SHA256, SOURCE_SHA256, BundleError, bundle_from, check_bundle, sha256

BUILT = pytest.mark.skipif(not BUNDLE_PATH.exists(), reason="the bundle is made when the package is built")


def one_sentence(error: pytest.ExceptionInfo[BundleError]) -> str:
    text = str(error.value)
    assert "\n" not in text
    assert "Traceback" not in text
    return text


def wheel(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def test_sha256_is_the_one_everybody_means() -> None:
    assert sha256(b"abc") == hashlib.sha256(b"abc").hexdigest()
    assert sha256(b"").startswith("e3b0c44298fc1c14")


@BUILT
def test_the_built_bundle_passes() -> None:
    assert check_bundle() == BUNDLE_PATH
    assert sha256(BUNDLE_PATH.read_bytes()) == BUNDLE_SHA256


@BUILT
def test_the_built_bundle_is_a_stored_zip_of_two_networks() -> None:
    with zipfile.ZipFile(BUNDLE_PATH) as archive:
        assert archive.namelist() == ["pose_detector.tflite", "pose_landmarks_detector.tflite"]
        for member in archive.infolist():
            assert member.compress_type == zipfile.ZIP_STORED
            assert member.date_time == (1980, 1, 1, 0, 0, 0)
            assert archive.read(member)[4:8] == b"TFL3"
            assert b"TFLITE_METADATA" in archive.read(member)


def test_a_missing_bundle(tmp_path: Path) -> None:
    with pytest.raises(BundleError, match=r"missing .*install Saddle again") as error:
        check_bundle(tmp_path / "none.task")
    one_sentence(error)


def test_a_folder_is_no_bundle(tmp_path: Path) -> None:
    with pytest.raises(BundleError):
        check_bundle(tmp_path)


@BUILT
@pytest.mark.parametrize("kept", [0, 1, 4096, -1])
def test_a_half_written_bundle(tmp_path: Path, kept: int) -> None:
    path = tmp_path / "half.task"
    path.write_bytes(BUNDLE_PATH.read_bytes()[:kept])
    with pytest.raises(BundleError, match=r"damaged .*install Saddle again") as error:
        check_bundle(path)
    assert str(path) in one_sentence(error)


@BUILT
def test_one_flipped_bit(tmp_path: Path) -> None:
    content = bytearray(BUNDLE_PATH.read_bytes())
    content[len(content) // 2] ^= 1
    path = tmp_path / "flipped.task"
    path.write_bytes(content)
    with pytest.raises(BundleError, match="damaged"):
        check_bundle(path)


@BUILT
def test_a_ready_bundle_is_taken_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "copy.task"
    path.write_bytes(BUNDLE_PATH.read_bytes())
    assert bundle_from(path) == BUNDLE_PATH.read_bytes()


def test_a_source_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(BundleError, match="cannot read") as error:
        bundle_from(tmp_path / "none.whl")
    one_sentence(error)


def test_a_text_file_is_no_source(tmp_path: Path) -> None:
    path = tmp_path / "notes.whl"
    path.write_text("not a wheel")
    with pytest.raises(BundleError, match="neither a mediapipe") as error:
        bundle_from(path)
    one_sentence(error)


def test_a_zip_without_the_members(tmp_path: Path) -> None:
    path = wheel(tmp_path / "other.whl", {"readme.txt": b"hello"})
    with pytest.raises(BundleError, match="neither a mediapipe") as error:
        bundle_from(path)
    one_sentence(error)


def test_members_of_another_version(tmp_path: Path) -> None:
    path = wheel(tmp_path / "other.whl", dict.fromkeys(SOURCE_SHA256, b"something else"))
    with pytest.raises(BundleError, match="another SHA-256") as error:
        bundle_from(path)
    one_sentence(error)


def test_a_bundle_that_comes_out_differently(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = wheel(tmp_path / "good.whl", dict.fromkeys(SOURCE_SHA256, b"content"))
    monkeypatch.setattr(bundle, "SOURCE_SHA256", {name: sha256(b"content") for name in SOURCE_SHA256})
    monkeypatch.setattr(bundle, "_make_bundle", lambda members: b"made otherwise")
    with pytest.raises(BundleError, match="expected") as error:
        bundle_from(path)
    one_sentence(error)


@BUILT
def test_the_same_parts_give_the_same_bytes(tmp_path: Path) -> None:
    """Zipping the bundle's own networks again, as the build does, gives the bundle: nothing depends on the clock."""
    with zipfile.ZipFile(BUNDLE_PATH) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    again = tmp_path / "again.task"
    with zipfile.ZipFile(again, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, bundle._EPOCH), content)
    assert sha256(again.read_bytes()) == BUNDLE_SHA256
