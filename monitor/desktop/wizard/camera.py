"""Which camera: a list, an address, and the live picture of exactly the one that was chosen."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from monitor.calibrating_live import PlacementView
from monitor.capture.cameras import CameraInfo
from monitor.capture.network import mask_address
from monitor.capture.opening import find_webcam, is_webcam, lasting_source
from monitor.desktop.look import SPACE, heading, paragraph
from monitor.desktop.status import sentence
from monitor.desktop.wizard.camera_line import CameraLine
from monitor.desktop.wizard.choices import Choices
from monitor.desktop.wizard.page import Page
from monitor.desktop.wizard.parts import LiveView, Notice, Sign

_SOURCE = Qt.ItemDataRole.UserRole


class CameraPage(Page):
    """Choose the camera. Next is possible once it has given a picture."""

    wants_camera = True

    def __init__(self, choices: Choices, line: CameraLine, list_cameras: Callable[[], tuple[CameraInfo, ...]]) -> None:
        super().__init__()
        self.call(self.tr("Camera"))
        self._choices, self._line, self._list_cameras = choices, line, list_cameras
        self._shown, self._has_picture = False, False
        self._search: _Search | None = None
        self.rows.addWidget(heading(self.tr("Which camera stands at your side?")))
        self.rows.addWidget(paragraph(self.tr("You see the picture of the camera that is chosen. No picture is kept.")))
        columns = QHBoxLayout()
        columns.setSpacing(2 * SPACE)
        columns.addWidget(self._choice(), 2)
        columns.addLayout(self._picture(), 3)
        self.rows.addLayout(columns, 1)
        line.placement.connect(self._on_placement)
        line.trouble.connect(self._on_trouble)
        line.over.connect(self._on_over)
        line.loading.connect(self._on_loading)

    @property
    def ready(self) -> bool:
        """See `Page.ready`."""
        return bool(self._choices.source) and self._has_picture

    def enter(self) -> None:
        """See `Page.enter`."""
        self._shown = True
        self.refresh()
        if self._choices.source:
            self._show(self._choices.source)
        else:
            self.view.show_message(self.tr("Choose a camera."))

    def leave(self) -> None:
        """See `Page.leave`."""
        self._shown = False

    def refresh(self) -> None:
        """Look anew which cameras there are."""
        if self._search is not None:
            return
        self.again.setEnabled(False)
        self._search = _Search(self._list_cameras)
        self._search.found.connect(self._on_found)
        self._search.start()

    def _choice(self) -> QWidget:
        box = QWidget()
        rows = QVBoxLayout(box)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(SPACE // 2)
        label = QLabel(self.tr("&Cameras of this computer"))
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Cameras of this computer"))
        self.list.setMinimumHeight(80)
        self.list.setWordWrap(True)
        self.list.currentItemChanged.connect(self._on_item)
        label.setBuddy(self.list)
        self.again = QPushButton(self.tr("&Refresh"))
        self.again.setAccessibleDescription(self.tr("Look again which cameras there are"))
        self.again.clicked.connect(self._on_refresh)
        self.found = Notice(Sign.ADVICE)
        address = QLabel(self.tr("&Or the address of a network camera, or a video file"))
        address.setWordWrap(True)
        self.address = QLineEdit()
        self.address.setAccessibleName(self.tr("Address of a network camera, or a video file"))
        self.address.setPlaceholderText("rtsp://192.168.1.20/stream")
        self.address.returnPressed.connect(self._on_address)
        address.setBuddy(self.address)
        self.use = QPushButton(self.tr("&Show this one"))
        self.use.setAccessibleDescription(self.tr("Show the picture of the address or file"))
        self.use.clicked.connect(self._on_address)
        for widget in (label, self.list, self.again, self.found, address, self.address, self.use):
            button = isinstance(widget, QPushButton)
            rows.addWidget(widget, 1 if widget is self.list else 0, Qt.AlignmentFlag.AlignLeft if button else _WHOLE)
            if widget is self.found:
                rows.addSpacing(SPACE)
        return box

    def _picture(self) -> QVBoxLayout:
        rows = QVBoxLayout()
        self.view = LiveView()
        self.view.setMinimumSize(240, 180)
        self.view.setAccessibleName(self.tr("Live picture of the chosen camera"))
        self.status = Notice()
        rows.addWidget(self.view, 1)
        rows.addWidget(self.status)
        return rows

    def _on_found(self, cameras: tuple[CameraInfo, ...], why_not: str) -> None:
        self._search = None
        self.again.setEnabled(True)
        self.list.blockSignals(True)
        self.list.clear()
        chosen = find_webcam(self._choices.source, cameras)
        for camera in cameras:
            item = QListWidgetItem(self.tr("{name} (camera {index})").format(name=camera.name, index=camera.index))
            item.setData(_SOURCE, lasting_source(camera, cameras))
            self.list.addItem(item)
            if camera == chosen:
                self.list.setCurrentItem(item)
        self.list.blockSignals(False)
        if chosen is not None and self._choices.source.isdecimal():
            self._choices.source = lasting_source(chosen, cameras)  # settings of before knew the number alone
        self.found.say(self._about_list(cameras, why_not))
        if self._choices.source and not is_webcam(self._choices.source):
            self.address.setText(self.address.text() or self._choices.source)
        if self._shown and not self._choices.source and len(cameras) == 1:
            self.list.setCurrentRow(0)

    def _about_list(self, cameras: tuple[CameraInfo, ...], why_not: str) -> str:
        if why_not:
            return self.tr("The cameras cannot be listed ({why_not}): type the address of one.").format(why_not=why_not)
        if cameras:
            return ""
        return self.tr(
            "No camera was found: plug one in and press Refresh. If it is plugged in, allow Saddle to use the camera "
            "in the privacy settings of this computer."
        )

    def _on_refresh(self) -> None:
        self.refresh()
        if self._choices.source and not self._has_picture:
            self._line.stop()
            self._show(self._choices.source)

    def _on_item(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self._show(str(item.data(_SOURCE)))

    def _on_address(self) -> None:
        source = self.address.text().strip()
        if source:
            self.list.blockSignals(True)
            self.list.setCurrentRow(-1)
            self.list.blockSignals(False)
            self._line.stop()  # the same address again is meant as another try
            self._show(source)

    def _show(self, source: str) -> None:
        if source != self._choices.source:
            self._choices.roll_deg = 0.0  # of another camera
        self._choices.source, self._has_picture = source, False
        self.view.show_message(self.tr("Opening the camera …"))
        self.status.say("")
        self._line.look(source, self._choices.roll_deg)
        self.changed.emit()

    def _on_placement(self, view: PlacementView) -> None:
        if not self._shown:
            return
        self.view.show_view(view, picture=True)
        if not self._has_picture:
            self._has_picture = True
            self.status.say(self.tr("This is {name}.").format(name=self._name()), Sign.GOOD)
            self.changed.emit()

    def _name(self) -> str:
        if self.list.currentRow() >= 0:
            return self.list.currentItem().text()
        return mask_address(self._choices.source)

    def _on_loading(self, loading: bool) -> None:
        if self._shown and loading:
            self.view.show_message(self.tr("Loading the pose model …"))
        elif self._shown and not self._has_picture:
            self.view.show_message(self.tr("Opening the camera …"))

    def _on_trouble(self, reason: str) -> None:
        if self._shown:
            self._no_picture(self.tr("{reason} It is tried again by itself.").format(reason=sentence(reason)))

    def _on_over(self, reason: str) -> None:
        if self._shown:
            self._no_picture(sentence(reason) or self.tr("The recording has come to its end: choose a camera."))

    def _no_picture(self, reason: str) -> None:
        self._has_picture = False
        self.view.show_message(self.tr("There is no picture now."))
        self.status.say(reason, Sign.ADVICE)
        self.changed.emit()


_WHOLE = Qt.AlignmentFlag(0)


class _Search(QObject):
    """Lists the cameras in a thread of the pool, as it may take a second."""

    found = Signal(object, str)

    def __init__(self, list_cameras: Callable[[], tuple[CameraInfo, ...]]) -> None:
        super().__init__()
        self._list_cameras = list_cameras

    def start(self) -> None:
        QThreadPool.globalInstance().start(QRunnable.create(self._run))

    def _run(self) -> None:
        cameras: tuple[CameraInfo, ...] = ()
        why_not = ""
        try:
            cameras = self._list_cameras()
        except Exception as error:  # noqa: BLE001 - a driver's fault is told in the window
            why_not = str(error)
        with suppress(RuntimeError):  # the window is gone
            self.found.emit(cameras, why_not)
