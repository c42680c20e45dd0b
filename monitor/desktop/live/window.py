"""The live view window."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from calibration.profile import Profile
from monitor.desktop.body_view import Body, BodyView
from monitor.desktop.live.chips import CauseChips
from monitor.desktop.live.gauge import TiltGauge
from monitor.desktop.live.knees import KneeGauge
from monitor.desktop.live.limits import draw_calibration
from monitor.desktop.look import SPACE, STATE_COLOURS, app_icon, dimmed, heading, ink, opening_size
from monitor.desktop.signals import Reading
from monitor.desktop.status import Kind, Status, sentence
from monitor.desktop.wizard.doctor import doctor_button
from monitor.judgement.assessment import Assessment, View
from monitor.judgement.observation import person_frame
from monitor.words import DISCLAIMER

NARROW_CONFIDENCE = 0.7
SIDE_PX = 360


class LiveView(QWidget):
    """What is judged right now. Draws only while it is visible; the picture only while the switch is held."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle(self.tr("Saddle – live view"))
        self.setWindowIcon(app_icon())
        self._profile: Profile | None = None
        self.body = _CheckedBody()
        self.state = heading("")
        self.detail = QLabel()
        self.detail.setWordWrap(True)
        self.detail.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.gauge = TiltGauge()
        self.knees = KneeGauge()
        self.chips = CauseChips()
        self.quality = QLabel()
        self.quality.setWordWrap(True)
        self.rate = QLabel()
        dimmed(self.rate)
        self.hold = QPushButton(self.tr("&Hold to show the picture"))
        self.hold.setToolTip(self.tr("The camera's picture is shown only while this is held down. It is never kept."))
        self.hold.setAccessibleDescription(self.hold.toolTip())
        self.hold.released.connect(self.body.hide_picture)
        self.check = QPushButton(self.tr("Check my &calibration"))
        self.check.setCheckable(True)
        self.check.setToolTip(self.tr("Draws your neutral sit and your slump, and the place that counts as yours."))
        self.check.toggled.connect(self.body.show_calibration)
        self.doctor = doctor_button()
        self.side, self._beside = QScrollArea(), QWidget()
        self._lay_out()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """See `QWidget.sizeHint`."""
        return opening_size(self, 1060, 700)

    def show_profile(self, profile: Profile | None) -> None:
        """The calibration in use."""
        self._profile = profile
        self.body.profile = profile
        self.check.setEnabled(profile is not None)

    def show_status(self, status: Status) -> None:
        """Show where the program stands; does nothing while the window is hidden."""
        if not self.isVisible():
            return
        self.state.setText(status.headline())
        self.detail.setText(status.quiet_note() or status.detail())
        reading = status.reading if status.kind is Kind.WATCHING else None
        if reading is None or self._profile is None:
            self.body.show_message(sentence(status.reason) or status.headline())
            self.gauge.show_tilt(None, None, self._profile.facing if self._profile else 1)
            self.knees.show_knees(None, 1, raised=False)
            self.chips.show_causes({})
            self.quality.setText("")
            self.rate.setText("")
            return
        self._show_reading(reading, self._profile)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """The side follows the size of the letters."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and hasattr(self, "_beside"):
            self._fit()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """The picture goes with the window."""
        self.body.show_message("")
        self.closed.emit()
        super().closeEvent(event)

    def _show_reading(self, reading: Reading, profile: Profile) -> None:
        moment = reading.moment
        assessment, seen = moment.assessment, moment.seen
        height, width = moment.frame.image_bgr.shape[:2]
        body = Body((width, height), seen.pose, person_frame(profile), seen.contour, STATE_COLOURS[assessment.state])
        self.body.show_body(body, moment.frame.image_bgr if self.hold.isDown() else None)
        raised = any(cause == "knees_above_hips" and s >= 1.0 for cause, s in moment.causes.items())
        self.gauge.show_tilt(assessment, moment.limits, profile.facing)
        self.knees.show_knees(assessment, profile.facing, raised=raised)
        self.chips.show_causes(moment.causes)
        self.quality.setText(quality_words(assessment))
        rate = self.locale().toString(reading.judged_hz, "f", 1)
        self.rate.setText(self.tr("{rate} frames judged a second").format(rate=rate))

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.addWidget(self.body, 1)
        left.setSpacing(SPACE // 2)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE // 2)
        buttons.addWidget(self.hold)
        buttons.addWidget(self.check)
        buttons.addStretch(1)
        left.addLayout(buttons)
        grid = QGridLayout(self)
        grid.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        grid.setHorizontalSpacing(SPACE + SPACE // 2)
        grid.setVerticalSpacing(SPACE)
        grid.addLayout(left, 0, 0)
        grid.addWidget(self.side, 0, 1)
        grid.addLayout(self._foot(), 1, 0, 1, 2)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 1)
        self._fill_side()
        self._fit()
        self.resize(self.sizeHint())

    def _foot(self) -> QHBoxLayout:
        words = QLabel(DISCLAIMER)
        words.setWordWrap(True)
        dimmed(words)
        foot = QHBoxLayout()
        foot.setSpacing(2 * SPACE)
        foot.addWidget(words, 1)
        foot.addWidget(self.doctor)
        return foot

    def _fill_side(self) -> None:
        side = QVBoxLayout(self._beside)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(SPACE // 2)
        side.addWidget(self.state)
        side.addWidget(self.detail)
        side.addWidget(self.gauge, 1)
        side.addWidget(self.knees)
        side.addSpacing(SPACE // 2)
        side.addWidget(_label(self.tr("Goes with it")))
        side.addWidget(self.chips)
        side.addSpacing(SPACE // 2)
        side.addWidget(_label(self.tr("View")))
        side.addWidget(self.quality)
        side.addWidget(self.rate)
        self.side.setWidget(self._beside)
        self.side.setWidgetResizable(True)
        self.side.setFrameShape(QScrollArea.Shape.NoFrame)
        self.side.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.side.setAccessibleName(self.tr("What is judged"))

    def _fit(self) -> None:
        """Room for the letters as large as they are: beside the picture, and for two lines of what is said there."""
        self.detail.setMinimumHeight(2 * self.detail.fontMetrics().lineSpacing() + 4)
        for layout in (self.chips.layout(), self._beside.layout()):
            if layout is not None:
                layout.activate()  # other letters count at once
        bar = self.side.verticalScrollBar().sizeHint().width()
        least = max(SIDE_PX, self._beside.minimumSizeHint().width())
        self.side.setMinimumWidth(least + bar)
        self.side.setMaximumWidth(max(least, opening_size(self, SIDE_PX, 0).width()) + bar)


class _CheckedBody(BodyView):
    """The drawing, with the calibration over it when asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.profile: Profile | None = None
        self._checking = False

    def show_calibration(self, checking: bool) -> None:
        """Draw the calibration as well, or no longer."""
        self._checking = checking
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """See `QWidget.paintEvent`."""
        super().paintEvent(event)
        if not self._checking or self.profile is None or self._body is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = self.picture_rect()
        painter.translate(rect.topLeft())
        draw_calibration(painter, self.profile, rect.width() / self.profile.width_px)
        words = self.tr("solid: your neutral sit · dashed: your slump · dotted: your place")
        wrapped = Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
        box = painter.boundingRect(QRectF(16, 12, rect.width() - 32, 0), wrapped, words)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().window())
        painter.drawRoundedRect(box.adjusted(-8, -4, 8, 4), 4, 4)
        painter.setPen(ink())
        painter.drawText(box, wrapped, words)
        painter.end()


def quality_words(assessment: Assessment) -> str:
    """How well the camera sees, and what would improve it."""
    if assessment.view is View.FRONT:
        return _tr("Front view: the tilt can't be seen. Put the camera at your side.")
    if assessment.reason:
        return sentence(assessment.reason)
    if assessment.view is View.OBLIQUE:
        return _tr("Oblique view: the tilt is less sure. Turn the camera until it is square to your side.")
    if assessment.view is View.UNKNOWN:
        return _tr("Nobody to be judged is in view.")
    if assessment.basis == "skeleton":
        return _tr("The edge of your back is not clear: a plainer, tighter top or another background helps.")
    if assessment.confidence < NARROW_CONFIDENCE:
        return _tr("A part of your back is hidden: lower the armrest, or move what stands before it.")
    return _tr("Seen well from the side.")


def _tr(text: str) -> str:
    return QCoreApplication.translate("LiveView", text)


def _label(text: str) -> QLabel:
    label = QLabel(text)
    font = label.font()
    font.setBold(True)
    label.setFont(font)
    return label
