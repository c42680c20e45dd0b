"""The signs with which to see a doctor, as public health pages name them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QScrollArea, QVBoxLayout, QWidget

from monitor.desktop.look import SPACE, heading, opening_size, paragraph


class DoctorDialog(QDialog):
    """When to see a doctor; open it with `open`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = self.tr("When to see a doctor")
        self.setWindowTitle(title)
        self.resize(opening_size(self, 600, 560))
        inner = QWidget()
        rows = QVBoxLayout(inner)
        rows.setSpacing(SPACE)
        rows.addWidget(heading(title))
        rows.addWidget(paragraph(self.tr("Saddle cannot tell how your back is. See somebody who can:")))
        rows.addWidget(_list(self.tr("At once, as an emergency"), at_once()))
        rows.addWidget(_list(self.tr("Soon"), soon()))
        rows.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setAccessibleName(title)
        scroll.setWidget(inner)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        outer = QVBoxLayout(self)
        outer.addWidget(scroll)
        outer.addWidget(buttons)


def doctor_button() -> QPushButton:
    """A button that opens the dialog."""
    button = QPushButton(_tr("When to see a &doctor"))

    def show() -> None:
        dialog = DoctorDialog(button.parentWidget())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    button.clicked.connect(show)
    return button


def at_once() -> tuple[str, ...]:
    """Signs that cannot wait."""
    return (
        _tr("numbness or tingling in the groin, genitals, inner thighs or buttocks"),
        _tr("new trouble starting, stopping or feeling urine, or loss of bladder or bowel control"),
        _tr("new numbness or trouble in sex"),
        _tr("weakness or numbness in one or both legs that gets worse"),
        _tr("pain down both legs"),
    )


def soon() -> tuple[str, ...]:
    """Signs to have looked at in the next days."""
    return (
        _tr("pain after a fall or an accident"),
        _tr("fever, or feeling ill"),
        _tr("cancer in the past, or losing weight without a reason"),
        _tr("osteoporosis, or steroids taken for long"),
        _tr("constant pain, at night too"),
        _tr("the first severe back pain below 20 or above 50 years of age"),
        _tr("a pulsating pain in the belly"),
        _tr("pain that lasts longer than 4 to 6 weeks, or gets worse"),
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("DoctorDialog", text)


def _list(title: str, items: tuple[str, ...]) -> QWidget:
    lines = "".join(f"<li style='margin-bottom: 4px'>{item}</li>" for item in items)
    label = paragraph(f"<b>{title}</b><ul>{lines}</ul>")
    label.setTextFormat(Qt.TextFormat.RichText)
    return label
