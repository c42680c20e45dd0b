"""Shows a person as a skeleton with the edge of the back, on a neutral ground; the picture itself only when asked."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from models.pose import FloatArray, ImageArray, Landmark, Pose
from monitor.desktop.look import accent, ink, soft
from monitor.posture.contour import BackContour
from monitor.posture.person import MIN_VISIBILITY, PersonFrame, Side

_CHAIN = ("EAR", "SHOULDER", "HIP", "KNEE", "ANKLE")
_ARM = ("SHOULDER", "ELBOW", "WRIST")


@dataclass(frozen=True, eq=False)
class Body:
    """What is drawn of one frame; ``pose`` None when nobody is there.

    Attributes:
        size_px: width and height of the frame.
        pose: the landmarks.
        frame: the person frame, which tells the near side; None before it is known (then the left side is drawn).
        contour: the edge of the back.
        colour: of the edge; None takes the accent.
    """

    size_px: tuple[int, int]
    pose: Pose | None = None
    frame: PersonFrame | None = None
    contour: BackContour | None = None
    colour: QColor | None = None


class BodyView(QWidget):
    """The drawing of the newest frame. Keeps the frame's shape, whatever the window's."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._body: Body | None = None
        self._image: ImageArray | None = None
        self._message = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(320, 240)
        self.setAccessibleName(self.tr("What the camera sees, as a drawing"))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """See `QWidget.sizeHint`."""
        return QSize(640, 480)

    def show_body(self, body: Body, image: ImageArray | None = None) -> None:
        """Draw this frame; with ``image`` (height, width, 3, blue-green-red) the picture lies below the drawing."""
        self._body, self._image, self._message = body, image, ""
        self.update()

    def show_message(self, message: str) -> None:
        """Show a sentence in place of the drawing."""
        self._body, self._image, self._message = None, None, message
        self.update()

    def hide_picture(self) -> None:
        """Take the picture away and leave the drawing."""
        self._image = None
        self.update()

    @property
    def shows_picture(self) -> bool:
        """Whether the camera's picture is on the screen now."""
        return self._image is not None

    def picture_rect(self) -> QRectF:
        """Where the frame lies in the widget."""
        width, height = self._body.size_px if self._body else (4, 3)
        scale = min(self.width() / width, self.height() / height)
        w, h = scale * width, scale * height
        return QRectF((self.width() - w) / 2, (self.height() - h) / 2, w, h)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """See `QWidget.paintEvent`."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = self.picture_rect()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(soft())
        painter.drawRoundedRect(rect, 8, 8)
        if self._body is not None:
            if self._image is not None:
                painter.drawImage(rect, as_qimage(self._image))
            painter.translate(rect.topLeft())
            scale = rect.width() / self._body.size_px[0]
            draw_body(painter, self._body, scale, over_picture=self._image is not None)
        elif self._message:
            painter.setPen(ink())
            inside = rect.adjusted(24, 24, -24, -24)
            painter.drawText(inside, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._message)
        painter.end()


def as_qimage(image_bgr: ImageArray) -> QImage:
    """A picture (height, width, 3) blue-green-red as Qt's; a copy, so the frame can go."""
    height, width = image_bgr.shape[:2]
    data = np.ascontiguousarray(image_bgr)
    return QImage(data.data, width, height, 3 * width, QImage.Format.Format_BGR888).copy()


def draw_body(painter: QPainter, body: Body, scale: float, *, over_picture: bool = False) -> None:
    """Draw the near side's skeleton and the back's edge; ``scale`` is screen pixels for each pixel of the frame."""
    if body.pose is None:
        return
    bone = QColor("white") if over_picture else ink(strength=0.8)
    near = body.frame.near if body.frame else Side.LEFT
    for names, strength in ((_ARM, 0.45), (_CHAIN, 1.0)):
        colour = QColor(bone)
        colour.setAlphaF(strength * bone.alphaF())
        _chain(painter, body.pose, near, names, scale, colour)
    if body.contour is not None and body.frame is not None:
        _edge(painter, body, scale)


def _chain(painter: QPainter, pose: Pose, near: Side, names: tuple[str, ...], scale: float, colour: QColor) -> None:
    indices = [Landmark[f"{near.name}_{name}"] for name in names]
    points = [QPointF(*(scale * pose.points_px[i])) for i in indices]
    seen = [pose.visibility[i] >= MIN_VISIBILITY for i in indices]
    solid = QPen(colour, 3.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
    dotted = QPen(colour, 2.0, Qt.PenStyle.DotLine, Qt.PenCapStyle.RoundCap)
    for i in range(len(points) - 1):
        painter.setPen(solid if seen[i] and seen[i + 1] else dotted)
        painter.drawLine(points[i], points[i + 1])
    painter.setPen(Qt.PenStyle.NoPen)
    for point, is_seen in zip(points, seen, strict=True):
        painter.setBrush(colour if is_seen else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(point, 4.5, 4.5)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _edge(painter: QPainter, body: Body, scale: float) -> None:
    assert body.contour is not None and body.frame is not None  # noqa: S101, PT018 - the caller has looked
    width, height = body.size_px
    points: FloatArray = body.contour.points
    picture = body.frame.to_picture(points, width, height) * scale
    painter.setPen(QPen(body.colour or accent(), 4.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    stretches: list[list[QPointF]] = [[]]
    for x, y in picture.tolist():
        if math.isfinite(x):
            stretches[-1].append(QPointF(x, y))
        else:
            stretches.append([])
    for stretch in stretches:
        if len(stretch) > 1:
            painter.drawPolyline(QPolygonF(stretch))
