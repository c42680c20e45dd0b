"""Opens the settings window and carries out what is changed in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from monitor import autostart
from monitor.desktop.settings.window import SettingsWindow
from monitor.desktop.status import sentence
from monitor.desktop.store import Store
from monitor.errors import SaddleError, SettingsError
from monitor.folder import DataFolder, data_folder, move_data
from monitor.settings import Settings

if TYPE_CHECKING:
    from monitor.desktop.app import Desktop


def open_settings(desktop: Desktop) -> SettingsWindow:
    """A settings window over the program's settings and profiles; what is changed holds at once."""
    store, program = desktop.store, desktop.program
    _follow_system(store)
    window = SettingsWindow(
        store.settings,
        data_folder=store.folder.path,
        profiles=store.profile_names,
        profile=store.profile_name,
    )

    def attempt(do: Callable[..., None], *values: object) -> None:
        try:
            do(*values)
        except SaddleError as error:
            window.show_problem(sentence(str(error)))
        else:
            window.show_problem("")
        window.show_settings(store.settings)
        window.show_profiles(store.profile_names, store.profile_name)

    def apply(settings: Settings) -> None:
        if settings.desktop.autostart != store.settings.desktop.autostart:
            autostart.switch(settings.desktop.autostart, _own_command(store.folder))
        program.apply(settings)

    def delete(name: str) -> None:
        store.delete_profile(name)
        program.watch()

    def rename(name: str, new: str) -> None:
        in_use = name == store.profile_name
        store.rename_profile(name, new)
        if in_use:
            program.use_profile(new)

    def move(path: Path) -> None:
        desktop.change_folder(lambda old: move_data(old, path))
        _follow_system(store)
        window.show_settings(store.settings)
        window.show_folder(store.folder.path)
        if autostart.is_on():
            autostart.switch(True, _own_command(store.folder))

    def read_again() -> None:
        store.load()
        window.show_settings(store.settings)
        window.show_profiles(store.profile_names, store.profile_name)
        if store.trouble:
            window.show_broken_file(store.trouble)
            return
        window.show_problem("")
        program.watch()

    window.show_not_noticed(program.around.not_noticed)
    window.applied.connect(lambda settings: attempt(apply, settings))
    window.profile_chosen.connect(lambda name: attempt(program.use_profile, name))
    window.profile_deleted.connect(lambda name: attempt(delete, name))
    window.profile_renamed.connect(lambda name, new: attempt(rename, name, new))
    window.reload_wanted.connect(read_again)
    window.folder_chosen.connect(lambda path: attempt(move, path))
    return window


def _own_command(folder: DataFolder) -> tuple[str, ...]:
    """What starts the program with this folder, which is named only where a start would come to another one."""
    try:
        usual = data_folder(None).path.resolve() == folder.path.resolve()
    except SettingsError:
        usual = False
    return autostart.own_command(None if usual else folder.path)


def _follow_system(store: Store) -> None:
    """The session's own settings can switch the entry, too: go by what it is. Kept with the next change."""
    desktop = store.settings.desktop.model_copy(update={"autostart": autostart.is_on()})
    store.settings = store.settings.model_copy(update={"desktop": desktop})
