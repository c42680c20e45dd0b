"""`saddle settings`."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console

from monitor.commands.common import make_context
from monitor.settings import settings_toml


def print_settings(console: Console, data_dir: Path | None) -> None:
    """Print where the settings file is and every value in force, in the form of that file.

    Raises:
        SettingsError: the file is wrong; the message names the key.
    """
    context = make_context(data_dir)
    path = context.folder.settings
    state = (
        "in force" if path.exists() else "does not exist yet, the defaults hold; copy what you want to change into it"
    )
    console.print(f"# {path}: {state}", highlight=False, soft_wrap=True, markup=False)
    console.print(settings_toml(context.settings), highlight=False, soft_wrap=True, markup=False)
