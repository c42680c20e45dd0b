"""Puts a finished report into its file."""

from __future__ import annotations

from pathlib import Path

from monitor.errors import OutputError
from monitor.files import whole_file


def put(path: Path, data: bytes) -> None:
    """Write the whole file or nothing; its folder must exist.

    Raises:
        OutputError: it cannot be written.
    """
    try:
        with whole_file(path) as partial:
            partial.write_bytes(data)
    except OSError as error:
        raise OutputError(f"{path} cannot be written ({error.strerror or error}): choose another place.") from error
