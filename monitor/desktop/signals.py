"""What crosses from the camera thread to the windows: frozen values, in order, never waited for."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from monitor.loop import Moment


@dataclass(frozen=True)
class Reading:
    """A judged frame, with the frames judged a second and the live frames that were not judged."""

    moment: Moment
    judged_hz: float
    dropped: int


class CameraSignals(QObject):
    """Emitted in the camera thread, received in the windows' own.

    Signals:
        moment: a `Reading`, while watching.
        placement: a `monitor.calibrating_live.PlacementView`, while the camera is being placed.
        calibration: a `monitor.calibrating_live.CalibrationView`, while calibrating.
        verdict: the `calibration.evaluate.Verdict` at its end.
        said: a sentence for the user.
        problem: a sentence about something that goes on and costs something, as a full disk does.
        lost: why there is no picture now; it is tried again by itself.
        off: why the camera was let go of.
        failed: why the job could not go on; it has ended.
        loading: whether the pose model is being loaded.
        ended: the job that has ended.
    """

    moment = Signal(object)
    placement = Signal(object)
    calibration = Signal(object)
    verdict = Signal(object)
    said = Signal(str)
    problem = Signal(str)
    lost = Signal(str)
    off = Signal(str)
    failed = Signal(str)
    loading = Signal(bool)
    ended = Signal(object)
