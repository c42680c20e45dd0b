"""Files that are either whole or not there at all."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


def real_place(path: Path) -> Path:
    """Where a file of this name is written: what a link leads to, there or not yet.

    Raises:
        OSError: it is there, and no ordinary file (a folder, a device, a pipe, a link that leads nowhere but back to
            itself), or this program's own output goes there, as with /dev/stdout.
    """
    place = Path(os.path.realpath(path))
    if path.is_dir():
        raise OSError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if place.is_symlink() or (path.exists() and not path.is_file()):
        raise OSError(errno.EINVAL, "it is no ordinary file", str(path))
    if _is_output(path):
        raise OSError(errno.EINVAL, "what this program says goes there", str(path))
    return place


def _is_output(path: Path) -> bool:
    for number in (1, 2):
        with suppress(OSError):  # a program without a terminal may have none
            if os.path.samestat(os.fstat(number), path.stat()):
                return True
    return False


@contextmanager
def whole_file(path: Path, *, private: bool = False) -> Iterator[Path]:
    """A partial file to write to, beside ``path`` or what it links to; it takes that place only when all went well.

    With ``private`` nobody but its user may read it, at any time.

    Raises:
        OSError: the folder does not exist, is read-only or full, or ``path`` is no ordinary file; see `real_place`. It
            is then as it was.
    """
    place = real_place(path)
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.stem}-", suffix=path.suffix, dir=place.parent)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error
    os.close(handle)
    partial = Path(name)
    try:
        yield partial
        with partial.open("rb") as written:
            os.fsync(written.fileno())
        if not private:  # which mkstemp makes it
            partial.chmod(0o666 & ~_umask())
        partial.replace(place)
    except BaseException:
        with suppress(OSError):
            partial.unlink()
        raise


def _umask() -> int:
    """The mask that new files of this user get; mkstemp leaves it out."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
