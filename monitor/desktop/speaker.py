"""How the program speaks up: the glow first, then one notice with its answers, and a question before any nagging."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from monitor.alerts.effects import Answered, KneeHint, SitBreak, Warn
from monitor.desktop.glow import Glow, glow_level
from monitor.desktop.notice import Notice
from monitor.desktop.notices import Notices
from monitor.desktop.sounds import Sounds
from monitor.desktop.status import sentence
from monitor.judgement.staleness import CHANGE_WORDS, Change
from monitor.loop import Moment
from monitor.settings import Settings
from monitor.words import shortened

WARNING, CHANGED, HINT, PROBLEM, TROUBLE = "warning", "changed", "hint", "problem", "trouble"
NAME_LETTERS = 24
"""A profile's longer name is cut on a button."""


class Speaker(QObject):
    """Glow and notices. Lives in the windows' thread.

    Signals:
        answered: what the user answered: "moved", "snooze", "today", "again", "calibrate", "keep", "retry" or "use:"
            and a profile's name.
    """

    answered = Signal(str)

    def __init__(self, notices: Notices, sounds: Sounds, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.glow = Glow()
        self.notices, self._sounds = notices, sounds
        self._asked: tuple[Change, ...] = ()
        self._is_held = self._is_troubled = False
        self._held: dict[str, Notice] = {}
        notices.answered.connect(self._on_answer)

    def hold_back(self, held: bool) -> None:
        """Keep questions, hints and problems back, as during a call; what was kept back is shown at the end of it."""
        self._is_held = held
        if not held:
            late, self._held = self._held, {}
            for notice in late.values():
                self.notices.show(notice)

    def follow(
        self, moment: Moment, settings: Settings, *, may_glow: bool, may_ask: bool, fitting_profile: Callable[[], str]
    ) -> None:
        """Carry out what this moment asks for.

        Args:
            moment: the judged frame.
            settings: in force.
            may_glow: whether a glow may be shown now at all.
            may_ask: whether a question may be asked now.
            fitting_profile: finds another profile that fits what the camera sees; empty when none does.
        """
        glows = may_glow and settings.desktop.glow and not moment.changed
        level = glow_level(moment.tipped_s, moment.cue_s, moment.dwell_s) if glows else 0.0
        if level != self.glow.level:
            self.glow.show_level(level)
        self._sounds.wanted = settings.desktop.sounds
        self.notices.by_desktop = settings.notice.desktop
        for effect in moment.effects:
            if isinstance(effect, Warn):
                self._warn(effect)
                self._sounds.play("warn")
            elif isinstance(effect, Answered):
                self._withdraw(WARNING)
            elif isinstance(effect, KneeHint | SitBreak):
                self._show(Notice(HINT, self.tr("A hint from Saddle"), effect.text))
        if moment.changed != self._asked and (may_ask or not moment.changed):
            self._ask(moment.changed, fitting_profile() if moment.changed else "")

    def tell_problem(self, text: str) -> None:
        """Say that something goes on that costs something, once for each sentence."""
        self._show(Notice(PROBLEM, self.tr("Saddle"), sentence(text), lasting=True))

    def tell_trouble(self, text: str) -> None:
        """Say why nothing is watched, and offer the ways on."""
        self._is_troubled = True
        answers = (("retry", self.tr("Try again")), ("calibrate", self.tr("Calibrate…")))
        self._show(Notice(TROUBLE, self.tr("Saddle is not watching"), sentence(text), answers, lasting=True))

    def trouble_over(self) -> None:
        """Something is watched again: take back what `tell_trouble` said."""
        if self._is_troubled:
            self._is_troubled = False
            self._withdraw(TROUBLE)

    def offer_profile(self, name: str, reason: str) -> None:
        """Offer the profile that was made with the camera that is there."""
        answers = (
            (f"use:{name}", self._use(name)),
            ("calibrate", self.tr("Calibrate again")),
        )
        self._show(Notice(CHANGED, self.tr("Another camera"), sentence(reason), answers, lasting=True))

    def hush(self) -> None:
        """Take the glow, the warning and the question away."""
        self._asked = ()
        self.glow.hide()
        for key in (WARNING, CHANGED, TROUBLE):
            self._withdraw(key)

    def close(self) -> None:
        """Take everything away for good."""
        self.glow.close()
        self.notices.close()
        self._sounds.close()

    def _warn(self, warning: Warn) -> None:
        answers = (
            ("moved", self.tr("I moved")),
            ("snooze", self.tr("Snooze 15 min")),
            ("today", self.tr("Not now today")),
        )
        self.notices.show(Notice(WARNING, self.tr("Your hips have tipped back"), warning.text, answers))

    def _show(self, notice: Notice) -> None:
        if self._is_held:
            self._held[notice.key] = notice
        else:
            self.notices.show(notice)

    def _withdraw(self, key: str) -> None:
        self._held.pop(key, None)
        self.notices.withdraw(key)

    def _ask(self, changed: tuple[Change, ...], fitting_profile: str) -> None:
        """Ask whether to calibrate again before anything else is said; offer another profile that fits the room."""
        self._asked = changed
        if not changed:
            self._withdraw(CHANGED)
            return
        answers = [("again", self.tr("Calibrate again")), ("keep", self.tr("It still fits"))]
        if fitting_profile:
            answers.insert(0, (f"use:{fitting_profile}", self._use(fitting_profile)))
        text = " ".join(CHANGE_WORDS[change] for change in changed)
        text += " " + self.tr("No warning is given until you answer.")
        self._show(Notice(CHANGED, self.tr("Calibrate again?"), text, tuple(answers), lasting=True))

    def _use(self, profile: str) -> str:
        return self.tr("Use “{profile}”").format(profile=shortened(profile, NAME_LETTERS))

    def _on_answer(self, key: str, answer: str) -> None:
        self.notices.withdraw(key)
        self.answered.emit(answer)
