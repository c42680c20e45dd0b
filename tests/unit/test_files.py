from __future__ import annotations

import os
import subprocess
import sys
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
        with pytest.raises(OSError, match=r"directory|no ordinary file") as refused, whole_file(place):
            pytest.fail("it would be replaced")
        assert refused.value.filename == str(place)
    assert names(tmp_path) == ["folder.csv"]
    assert not Path("/dev/null").is_file()


def test_a_link_is_followed_and_stays(tmp_path: Path, path: Path) -> None:
    (tmp_path / "links").mkdir()
    link, new = tmp_path / "links" / "link.txt", tmp_path / "links" / "new.txt"
    link.symlink_to(path)
    new.symlink_to(Path("..") / "new.csv")
    for each in (link, new):
        with whole_file(each) as partial:
            assert (partial.parent, partial.suffix) == (tmp_path, ".txt")
            partial.write_text("new")
    assert path.read_text() == (tmp_path / "new.csv").read_text() == "new"
    assert link.is_symlink()
    assert new.is_symlink()
    assert names(tmp_path) == ["links", "new.csv", "table.csv"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no such pipes here")
def test_a_pipe_or_a_link_that_leads_to_no_file_is_never_replaced(tmp_path: Path) -> None:
    pipe, link, loop = (tmp_path / name for name in ("pipe", "link", "loop"))
    os.mkfifo(pipe)
    link.symlink_to(pipe)
    loop.symlink_to(loop)
    for place in (pipe, link, loop):
        with pytest.raises(OSError, match="no ordinary file"), whole_file(place):
            pytest.fail("it would be replaced")
    assert names(tmp_path) == ["link", "loop", "pipe"]
    assert link.is_symlink()
    assert loop.is_symlink()
    assert pipe.is_fifo()


def test_the_file_into_which_the_program_itself_speaks_is_never_replaced(path: Path) -> None:
    """As with /dev/stdout, when the output goes into a file."""
    code = "import sys, pathlib; from monitor.files import real_place; real_place(pathlib.Path(sys.argv[1]))"
    for stream in ("stdout", "stderr"):
        with path.open("w") as file:
            streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, stream: file}
            done = subprocess.run([sys.executable, "-c", code, str(path)], **streams, text=True, check=False)
        assert done.returncode == 1
        assert "what this program says goes there" in (done.stderr or path.read_text())


def test_two_writers_do_not_share_a_partial_file(path: Path) -> None:
    with whole_file(path) as one, whole_file(path) as other:
        assert one != other
        one.write_text("one")
        other.write_text("other")
    assert path.read_text() in {"one", "other"}
    assert names(path.parent) == ["table.csv"]
