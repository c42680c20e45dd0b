"""The first page: what this program does, where the camera stands, what is kept, and what it cannot tell."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from monitor.desktop.look import SPACE, heading, paragraph, rule
from monitor.desktop.wizard.doctor import doctor_button
from monitor.desktop.wizard.page import Page
from monitor.desktop.wizard.parts import Drawing, Notice, Sign
from monitor.words import DISCLAIMER


class WelcomePage(Page):
    """Explains; asks for nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.call(self.tr("Welcome"))
        self.rows.addWidget(heading(self.tr("Saddle notices when your hips tip back")))
        what = (
            self.tr("A camera at your side sees how you sit, and Saddle estimates how far your hips tip back."),
            self.tr("You show it your own neutral sit and your slump once; everything is compared with those two."),
            self.tr("When your hips have been tipped back for a while, it tells you, so that you can move."),
        )
        self.rows.addWidget(paragraph(" ".join(what)))
        self.rows.addWidget(_small_heading(self.tr("Where the camera stands")))
        self.rows.addWidget(self._placement())
        self.rows.addLayout(self._keeps())
        self.rows.addWidget(rule())
        self.doctor = doctor_button()
        row = QHBoxLayout()
        row.setSpacing(2 * SPACE)
        row.addWidget(Notice(Sign.NOTE, self.tr(DISCLAIMER)), 1)
        row.addWidget(self.doctor, 0, Qt.AlignmentFlag.AlignTop)
        self.rows.addLayout(row)
        self.rows.addStretch(1)

    def _placement(self) -> QWidget:
        words = self.tr(
            "Square to your side, 1.5 to 2.5 m away, at a height between seat and elbow. Head, hips and knees are in "
            "the picture; nothing stands in between. A laptop or a webcam on a shelf or a pile of books will do."
        )
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2 * SPACE)
        captions = ((0.21, self.tr("From above")), (0.74, self.tr("From behind")))
        row.addWidget(paragraph(words), 2)
        row.addWidget(Drawing("placement", QSize(460, 172), words, captions), 3)
        return box

    def _keeps(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * SPACE)
        columns = (
            (
                self.tr("What it keeps, on this computer only"),
                self.tr(
                    "Measures of how you sit, at most once a second; when you were tipped and when it told you; your "
                    "calibration; your settings. You can delete all of it."
                ),
            ),
            (
                self.tr("What it never keeps"),
                self.tr(
                    "Pictures or video: each picture is looked at in memory and gone with the next. Nothing is sent "
                    "anywhere. The network is used only for a camera address that you type yourself."
                ),
            ),
        )
        for column, (title, text) in enumerate(columns):
            grid.addWidget(_small_heading(title), 0, column, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(paragraph(text), 1, column, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(column, 1)
        return grid


def _small_heading(text: str) -> QWidget:
    label = paragraph(text)
    font = label.font()
    font.setBold(True)
    label.setFont(font)
    return label
