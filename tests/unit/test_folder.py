from __future__ import annotations

import os
import shutil
from pathlib import Path

import platformdirs
import pytest
from filelock import FileLock

from monitor import folder as folder_module
from monitor.errors import SettingsError
from monitor.folder import DataFolder, choose_folder, data_folder, move_data, pointer_path


@pytest.fixture(autouse=True)
def _usual(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platformdirs, "user_config_path", lambda *_, **__: tmp_path / "config")
    monkeypatch.setattr(platformdirs, "user_data_path", lambda *_, **__: tmp_path / "usual")


def everything(path: Path) -> dict[str, bytes]:
    return {str(p.relative_to(path)): p.read_bytes() for p in sorted(path.rglob("*")) if p.is_file()}


def filled(path: Path) -> DataFolder:
    folder = DataFolder(path)
    folder.profiles.mkdir(parents=True)
    (folder.profiles / "Desk.json").write_text("{}", encoding="utf-8")
    folder.settings.write_text("[alerts]\n", encoding="utf-8")
    folder.times.write_text("{}", encoding="utf-8")
    folder.log.write_bytes(b"log")
    (path / "tilt.sqlite-wal").write_bytes(b"wal")
    return folder


def test_named_then_chosen_then_usual(tmp_path: Path) -> None:
    assert data_folder(None).path == tmp_path / "usual"
    move_data(data_folder(None), tmp_path / "chosen")
    assert data_folder(None).path == tmp_path / "chosen"
    assert data_folder(tmp_path / "named").path == tmp_path / "named"


def test_everything_is_copied_and_the_old_folder_stays(tmp_path: Path) -> None:
    old = filled(tmp_path / "old")
    new = move_data(old, tmp_path / "new")
    assert new.log.read_bytes() == b"log"
    assert (new.path / "tilt.sqlite-wal").read_bytes() == b"wal"
    assert (new.profiles / "Desk.json").exists()
    assert everything(new.path) == {k: v for k, v in everything(old.path).items() if not k.endswith(".lock")}
    assert data_folder(None) == new


def test_what_is_not_saddles_is_not_copied(tmp_path: Path) -> None:
    old = filled(tmp_path / "old")
    (old.path / "holiday.jpg").write_bytes(b"picture")
    new = move_data(old, tmp_path / "new")
    assert not (new.path / "holiday.jpg").exists()


def test_an_empty_folder_of_profiles_is_no_data(tmp_path: Path) -> None:
    (tmp_path / "new" / "profiles").mkdir(parents=True)
    assert move_data(filled(tmp_path / "old"), tmp_path / "new").log.exists()


def test_a_folder_that_holds_data_is_used_as_it_is(tmp_path: Path) -> None:
    there = filled(tmp_path / "there")
    there.log.write_bytes(b"another log")
    move_data(filled(tmp_path / "old"), there.path)
    assert there.log.read_bytes() == b"another log"


def test_a_move_that_fails_changes_nothing(tmp_path: Path) -> None:
    old = filled(tmp_path / "old")
    (tmp_path / "blocked").write_text("a file in the way", encoding="utf-8")
    with pytest.raises(SettingsError, match="choose a folder"):
        move_data(old, tmp_path / "blocked")
    assert not pointer_path().exists()


def test_a_chosen_folder_that_is_gone_is_said(tmp_path: Path) -> None:
    move_data(filled(tmp_path / "old"), tmp_path / "drive")
    (tmp_path / "drive").rename(tmp_path / "unplugged")
    with pytest.raises(SettingsError, match="is not there"):
        data_folder(None)


def full_disk(*_: object, **__: object) -> None:
    raise OSError(28, "No space left on device")


def cut_short(source: Path, target: Path) -> None:
    Path(target).write_bytes(Path(source).read_bytes()[:-1])


@pytest.mark.parametrize("copying", [full_disk, cut_short])
def test_a_copy_that_is_not_whole_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, copying: object
) -> None:
    old = filled(tmp_path / "old")
    before = everything(old.path)
    monkeypatch.setattr(shutil, "copy2", copying)
    with pytest.raises(SettingsError, match="choose a folder that can be written to"):
        move_data(old, tmp_path / "deep" / "new")
    assert not (tmp_path / "deep").exists()
    assert everything(old.path) == before | {"tilt.sqlite.lock": b""}
    assert not pointer_path().exists()


def test_a_choice_that_cannot_be_remembered_leaves_nothing_behind(tmp_path: Path) -> None:
    old = filled(tmp_path / "old")
    (tmp_path / "config").write_text("a file in the way", encoding="utf-8")
    (tmp_path / "new").mkdir()
    with pytest.raises(SettingsError, match="cannot be kept in"):
        move_data(old, tmp_path / "new")
    assert everything(tmp_path / "new") == {}
    assert list((tmp_path / "new").iterdir()) == []


def test_a_stop_in_between_is_never_taken_for_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    old = filled(tmp_path / "old")
    monkeypatch.setattr(Path, "replace", stop)
    with pytest.raises(KeyboardInterrupt):
        move_data(old, tmp_path / "new")
    assert folder_module._kept(DataFolder(tmp_path / "new")) == []


def test_a_log_that_is_being_written_is_not_copied(tmp_path: Path) -> None:
    old = filled(tmp_path / "old")
    with FileLock(old.path / "tilt.sqlite.lock"), pytest.raises(SettingsError, match="close it"):
        move_data(old, tmp_path / "new")
    assert not (tmp_path / "new").exists()
    assert move_data(old, tmp_path / "new").log.exists()


def test_a_choice_is_kept_whatever_the_folder_holds(tmp_path: Path) -> None:
    (tmp_path / "Ärger & Töne ").mkdir()
    choose_folder(tmp_path / "Ärger & Töne ")
    assert data_folder(None).path == tmp_path / "Ärger & Töne "


@pytest.mark.parametrize("content", [b"", b"\n", b"somewhere/below\n"])
def test_a_pointer_that_names_no_place_is_said(content: bytes) -> None:
    pointer_path().parent.mkdir(parents=True)
    pointer_path().write_bytes(content)
    with pytest.raises(SettingsError, match="names no full path of a folder: write one, or remove"):
        data_folder(None)


def test_a_pointer_that_cannot_be_read_is_said() -> None:
    pointer_path().mkdir(parents=True)
    with pytest.raises(SettingsError, match="cannot be read"):
        data_folder(None)


def test_a_pointer_written_by_hand_may_have_a_mark_and_windows_line_ends(tmp_path: Path) -> None:
    (tmp_path / "chosen").mkdir()
    pointer_path().parent.mkdir(parents=True)
    pointer_path().write_bytes(b"\xef\xbb\xbf" + os.fsencode(tmp_path / "chosen") + b"\r\n")
    assert data_folder(None).path == tmp_path / "chosen"


def test_a_link_that_goes_round_in_a_circle_is_not_saddles(tmp_path: Path) -> None:
    one, other = tmp_path / "one.csv", tmp_path / "other.csv"
    one.symlink_to(other)
    other.symlink_to(one)
    assert not DataFolder(tmp_path).owns(one)
