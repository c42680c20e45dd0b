from __future__ import annotations

from pathlib import Path

import pytest

from monitor.files import whole_file


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "table.csv"
    path.write_text("old")
    return path


def write_half(path: Path, error: type[BaseException]) -> None:
    with whole_file(path) as partial:
        partial.write_text("half of the new")
        raise error("something went wrong")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_all_is_there_when_all_went_well_and_not_before(path: Path) -> None:
    with whole_file(path) as partial:
        assert partial.parent == path.parent
        assert partial.suffix == ".csv"
        partial.write_text("new")
        assert path.read_text() == "old"
    assert path.read_text() == "new"
    assert names(path.parent) == ["table.csv"]


@pytest.mark.parametrize("error", [OSError, ValueError, KeyboardInterrupt])
def test_the_old_file_stays_when_anything_goes_wrong(path: Path, error: type[BaseException]) -> None:
    with pytest.raises(error):
        write_half(path, error)
    assert path.read_text() == "old"
    assert names(path.parent) == ["table.csv"]


def test_a_new_file_that_goes_wrong_is_not_there_at_all(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="wrong"):
        write_half(tmp_path / "new.csv", ValueError)
    assert names(tmp_path) == []


def test_a_folder_that_does_not_exist_is_named_with_the_file(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file") as refused, whole_file(tmp_path / "no" / "table.csv"):
        pytest.fail("there is nothing to write to")
    assert refused.value.filename == str(tmp_path / "no" / "table.csv")


def test_what_is_no_ordinary_file_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "folder.csv").mkdir()
    for place in (tmp_path / "folder.csv", Path("/dev/null")):
        with pytest.raises(OSError, match=r"directory|Invalid") as refused, whole_file(place):
            pytest.fail("it would be replaced")
        assert refused.value.filename == str(place)
    assert names(tmp_path) == ["folder.csv"]
    assert not Path("/dev/null").is_file()


def test_two_writers_do_not_share_a_partial_file(path: Path) -> None:
    with whole_file(path) as one, whole_file(path) as other:
        assert one != other
        one.write_text("one")
        other.write_text("other")
    assert path.read_text() in {"one", "other"}
    assert names(path.parent) == ["table.csv"]
