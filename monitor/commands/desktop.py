"""`saddle` and `saddle desktop`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from monitor.folder import data_folder


def start_desktop(data_dir: Path | None, source: str, speed: float, *, loop: bool) -> None:
    """Run the desktop program until it is quit.

    Raises:
        DesktopError: there is no screen to show windows on.
    """
    folder = data_folder(data_dir if data_dir is not None else _from_environment())
    from monitor.desktop.starting import run_desktop  # Qt is imported only when a window is wanted

    code = run_desktop(folder, source=source, speed=speed, loop=loop)
    if code:
        sys.exit(code)


def _from_environment() -> Path | None:
    """`saddle` alone has no options of its own; the environment's folder holds all the same."""
    named = os.environ.get("SADDLE_DATA_DIR")
    return Path(named) if named else None
