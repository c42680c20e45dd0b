"""Where all that was heard and looked up comes together, and is told on when it adds up to something new."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from monitor.surroundings.state import Surroundings

_LOG = logging.getLogger(__name__)


class Board:
    """Collects facts from their sources; written to by one thread only, that of the watcher.

    Locks and do-not-disturb are kept for each source, so that one that unlocks does not speak for another. Nothing is
    told before `begin`. ``why_not`` may be read, and ``close`` called, from any thread.
    """

    def __init__(self, on_change: Callable[[Surroundings], None]) -> None:
        self.why_not: tuple[str, ...] = ()
        self._on_change = on_change
        self._plain = Surroundings()
        self._locked_by: set[str] = set()
        self._quiet_by: set[str] = set()
        self._notes: dict[str, str] = {}
        self._told: Surroundings | None = None
        self._begun = self._closed = False

    def begin(self) -> None:
        """Tell the state as it stands, and from now on each change. Further calls do nothing."""
        self._begun = True
        self._tell_on()

    def close(self) -> None:
        """Tell nothing any more."""
        self._closed = True

    def tell(self, **facts: Any) -> None:
        """Take in new values of fields of `Surroundings`, except those below."""
        self._plain = replace(self._plain, **facts)
        self._tell_on()

    def lock(self, source: str, locked: bool) -> None:
        """Take in whether this source holds the screen to be locked."""
        (self._locked_by.add if locked else self._locked_by.discard)(source)
        self._tell_on()

    def quiet(self, source: str, on: bool) -> None:
        """Take in whether this source says that do-not-disturb is on."""
        (self._quiet_by.add if on else self._quiet_by.discard)(source)
        self._tell_on()

    def note(self, about: str, sentence: str) -> None:
        """Keep why something cannot be watched; an empty sentence says that it can."""
        self._notes.pop(about, None)
        if sentence:
            self._notes[about] = sentence
        self.why_not = tuple(self._notes.values())

    def _tell_on(self) -> None:
        state = replace(self._plain, locked=bool(self._locked_by), do_not_disturb=bool(self._quiet_by))
        if self._closed or not self._begun or state == self._told:
            return
        self._told = state
        try:
            self._on_change(state)
        except Exception:  # noqa: BLE001 - the listener's mistake must not end the watching
            _LOG.exception("what listens to the surroundings failed")
