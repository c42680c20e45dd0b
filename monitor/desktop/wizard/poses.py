"""Leads through the poses: large words, a countdown and sounds, for somebody who looks ahead and not at the screen."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout

from calibration.evaluate import Verdict
from calibration.guide import Cue, GuideMoment, Phase, Pose, plan
from monitor.calibrating_live import CalibrationView
from monitor.desktop.look import SPACE, heading, paragraph
from monitor.desktop.sounds import Sounds
from monitor.desktop.status import sentence
from monitor.desktop.wizard.camera_line import CameraLine
from monitor.desktop.wizard.choices import Choices
from monitor.desktop.wizard.page import Page
from monitor.desktop.wizard.parts import LiveView, Notice, Sign
from monitor.desktop.wizard.ring import Ring, Turn


class PosesPage(Page):
    """The poses, from Start to the verdict."""

    def __init__(self, choices: Choices, line: CameraLine, sounds: Sounds) -> None:
        super().__init__()
        self.call(self.tr("Poses"))
        self._choices, self._line, self._sounds = choices, line, sounds
        self._running = False
        self.prompt = heading("")
        self.prompt.setFont(_larger(self.prompt.font(), 1.3))
        self.words = paragraph("")
        self.words.setFont(_larger(self.words.font(), 1.35))
        self.ring = Ring()
        self.state = QLabel()
        self.state.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.state.setFont(_larger(self.state.font(), 1.6))
        self.note = Notice(Sign.ADVICE)
        self.note.setFont(_larger(self.note.font(), 1.35))
        self.trouble = Notice(Sign.ADVICE)
        self.quiet = Notice(Sign.NOTE)
        self._lay_out()
        line.calibration.connect(self._on_view)
        line.verdict.connect(self._on_verdict)
        line.trouble.connect(self._on_trouble)
        line.over.connect(self._on_over)
        line.loading.connect(self._on_loading)

    @property
    def offers_next(self) -> bool:
        """See `Page.offers_next`: the last pose leads on by itself."""
        return False

    @property
    def running(self) -> bool:
        """Whether the poses are under way."""
        return self._running

    def enter(self) -> None:
        """See `Page.enter`."""
        self._choices.verdict = None
        self._show_idle()
        self.start.setFocus()

    def leave(self) -> None:
        """See `Page.leave`."""
        self._running = False
        self.ring.show_turn(Turn.IDLE)

    def _lay_out(self) -> None:
        self.start = QPushButton(self.tr("&Start"))
        self.start.setFont(_larger(self.start.font(), 1.3))
        self.start.clicked.connect(self._start)
        self.stop = QPushButton(self.tr("S&top"))
        self.stop.setFont(self.start.font())
        self.stop.clicked.connect(self._stop)
        self.progress = QProgressBar()
        self.progress.setRange(0, 1000)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(self.tr("Share of all poses that is done"))
        self.view = LiveView()
        self.view.setMinimumSize(160, 120)
        self.view.setMaximumWidth(320)
        self.view.setAccessibleName(self.tr("What the camera sees, as a drawing"))
        left = QVBoxLayout()
        left.addWidget(self.ring, 1)
        left.addWidget(self.state)
        right = QVBoxLayout()
        right.setSpacing(SPACE)
        buttons = QHBoxLayout()
        for button in (self.start, self.stop):
            buttons.addWidget(button)
        buttons.addStretch(1)
        for widget in (self.note, self.trouble, self.quiet):
            right.addWidget(widget)
        right.addLayout(buttons)
        right.addWidget(self.view, 1)
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * SPACE)
        grid.addLayout(left, 0, 0)
        grid.addLayout(right, 0, 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.rows.addWidget(self.prompt)
        self.rows.addWidget(self.words)
        self.rows.addLayout(grid, 1)
        self.rows.addWidget(self.progress)

    def _phases(self) -> tuple[Phase, ...]:
        return plan(with_level=self._choices.with_level)

    def _show_idle(self) -> None:
        self._running = False
        phases = self._phases()
        minutes = max(1, round(sum(phase.duration_s for phase in phases) / 60.0))
        self.prompt.setText(self.tr("A few poses, about {minutes} minutes").format(minutes=minutes))
        words = [
            self.tr("Your own neutral sit three times, then your slump three times. Look ahead as you do at work.")
        ]
        if self._audible:
            words.append(
                self.tr(
                    "No need to look here, sounds lead you. Two notes: change the pose. Rising notes: hold it still. "
                    "Falling notes: done. Low notes: the same pose once more."
                )
            )
        if self._choices.with_level:
            words.append(self.tr("Have the book at hand."))
        self.words.setText(" ".join(words))
        self.state.setText("")
        self.ring.show_turn(Turn.IDLE)
        self.progress.setValue(0)
        self.note.say("")
        self.trouble.say("")
        self.view.show_message(self.tr("The camera is off until you press Start."))
        self._show_buttons()
        self._show_quiet()

    def _show_buttons(self) -> None:
        had_focus = self.start.hasFocus() or self.stop.hasFocus()
        self.start.setVisible(not self._running)
        self.stop.setVisible(self._running)
        if had_focus:
            (self.stop if self._running else self.start).setFocus()

    @property
    def _audible(self) -> bool:
        return self._sounds.wanted and not self._sounds.why_not

    def _show_quiet(self) -> None:
        if not self._sounds.wanted:
            self.quiet.say(self.tr("Sounds are turned off: keep an eye on the screen."))
        elif self._sounds.why_not:
            self.quiet.say(self.tr("No sound device was found: keep an eye on the screen."))
        else:
            self.quiet.say("")

    def _start(self) -> None:
        self._show_idle()
        self._running = True
        self.prompt.setText(self.tr("Get ready"))
        self.words.setText(self.tr("Sit in your usual place and look ahead."))
        self.view.show_message(self.tr("Opening the camera …"))
        self._show_buttons()
        self._line.calibrate(self._choices.source, self._choices.person, self._phases())

    def _stop(self) -> None:
        self._line.stop()
        self._show_idle()

    def _on_view(self, view: CalibrationView) -> None:
        if not self._running:
            return
        self.trouble.say("")
        self.view.show_view(view, picture=False)
        moment = view.moment
        if moment.cue is not None:
            self._sounds.play(moment.cue.value)
        self._show_moment(moment)
        self._show_quiet()

    def _show_moment(self, moment: GuideMoment) -> None:
        phase = moment.phase
        self.progress.setValue(round(1000 * moment.progress))
        if moment.cue is not Cue.DONE:
            self.note.say(self.tr(moment.note) if moment.note else "")
        if phase is None:
            self.prompt.setText(self.tr("Done, thank you"))
            self.words.setText(self.tr("Looking at what was recorded …"))
            self.state.setText("")
            self.ring.show_turn(Turn.IDLE)
            return
        headline, words = self._prompt(phase)
        self.prompt.setText(headline)
        self.words.setText(words)
        if moment.recording or moment.cue is Cue.DONE:
            self.ring.show_turn(Turn.HOLDING, moment.remaining_s, moment.phase_progress)
            self.state.setText(self.tr("Hold still") if moment.recording else self.tr("Done"))
        elif moment.settling:
            self.ring.show_turn(Turn.SETTLING, moment.remaining_s)
            self.state.setText(self.tr("Take up the pose"))
        else:
            self.ring.show_turn(Turn.RESTING, moment.remaining_s, moment.phase_progress)
            self.state.setText("")

    def _prompt(self, phase: Phase) -> tuple[str, str]:
        """A short headline and the words of a phase."""
        headlines = {
            Pose.GET_READY: self.tr("Get ready"),
            Pose.LEVEL: self.tr("Level thighs"),
            Pose.NEUTRAL: self.tr("Sit neutral"),
            Pose.STAND: self.tr("Stand up"),
            Pose.SLUMP: self.tr("Slump"),
            Pose.RELAX: self.tr("A moment's rest"),
        }
        words = self.tr(phase.words)
        lead, colon, rest = words.partition(": ")
        if colon and lead in headlines.values():
            return lead, rest[:1].upper() + rest[1:]
        return headlines[phase.pose], words

    def _on_verdict(self, verdict: Verdict) -> None:
        if self._running:
            self._running = False
            self._choices.verdict = verdict
            self.forward.emit()

    def _on_loading(self, loading: bool) -> None:
        if self._running:
            text = self.tr("Loading the pose model …") if loading else self.tr("Opening the camera …")
            self.view.show_message(text)

    def _on_trouble(self, reason: str) -> None:
        if self._running:
            self.view.show_message(self.tr("There is no picture now."))
            self.ring.show_turn(Turn.IDLE)
            self.state.setText(self.tr("Waiting for the camera"))
            self.trouble.say(self.tr("{reason} It goes on by itself.").format(reason=sentence(reason)))

    def _on_over(self, reason: str) -> None:
        if self._running:
            self._show_idle()
            ended = self.tr("The pictures came to an end before the poses did: press Start again.")
            self.trouble.say(sentence(reason) or ended)


def _larger(font: QFont, times: float) -> QFont:
    font = QFont(font)
    font.setPointSizeF(times * font.pointSizeF())
    return font
