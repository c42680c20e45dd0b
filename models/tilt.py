"""Measures of a frame, against the person's own neutral sit -> pelvic tilt with an interval.

``TiltModel`` is the seam: whatever estimates the tilt implements it. ``NetworkTiltModel`` is the program's: a small
network fitted on rendered sittings with known tilt (models/README.md, docs/accuracy.md).

Sign: tip-back (posterior rotation) positive, in degrees from the person's neutral sit.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Protocol

import numpy as np

from models.changes import N_OWN, back_changes, posture_changes
from models.measures import N_WINDOWS, Measures
from models.network import tilt_network
from models.pose import FloatArray

NAN = math.nan


class Basis(StrEnum):
    """Which set of features the tilt was made from."""

    CONTOUR = "contour"
    SKELETON = "skeleton"
    NONE = ""


@dataclass(frozen=True, slots=True)
class TiltReference:
    """What the tilt is relative to: the person's own calibration.

    Attributes:
        neutral: medians of the measures in the neutral sit.
        slump: medians of the measures in the deliberate slump; None when the person gave none.
        slump_deg: tilt of the slump from neutral in degrees when the person measured it, else NaN.
        contour_trusted: whether the contour passed its test at calibration (brief, section 2.4).
        skeleton_trusted: whether neutral and slump separate on the landmarks alone.
    """

    neutral: Measures
    slump: Measures | None
    slump_deg: float
    contour_trusted: bool
    skeleton_trusted: bool


@dataclass(frozen=True, slots=True)
class TiltEstimate:
    """Tilt of one moment. NaN in all three angles and in ``pct`` when it is not known; ``reason`` then says why.

    Attributes:
        tilt_deg: pelvic tilt from neutral, tip-back positive.
        low_deg, high_deg: 90 % interval.
        pct: share of the person's own slump (0 neutral, 100 the slump), limited to -50..150.
        basis: the feature set that was used.
        reason: why there is no estimate; empty when there is one.
    """

    tilt_deg: float = NAN
    low_deg: float = NAN
    high_deg: float = NAN
    pct: float = NAN
    basis: Basis = Basis.NONE
    reason: str = ""


class TiltModel(Protocol):
    """Estimates pelvic tilt from measures. Pure: no state between calls."""

    name: str

    def index(self, measures: Measures, neutral: Measures, basis: Basis, scale: float = 1.0) -> float:
        """Tilt index, 0 at neutral, tip-back positive, without regard to the slump; NaN where it cannot be made."""
        ...

    def estimate(
        self, measures: Measures, reference: TiltReference, *, oblique: bool = False, scale: float = 1.0
    ) -> TiltEstimate:
        """The tilt of (smoothed) measures against a person's reference.

        Args:
            measures: measures of the moment.
            reference: the person's calibration.
            oblique: the view is oblique: the interval is wider.
            scale: factor on lengths that undoes a change of distance to the camera since calibration.
        """
        ...

    def slump_deg(self, reference: TiltReference, basis: Basis) -> float:
        """Degrees that 100 % of the person's own slump stand for, on this feature set."""
        ...


CONTOUR_MAX_RESIDUAL_PCT: Final = 1.2
CONTOUR_MAX_EDGE_PCT: Final = 2.0
CONTOUR_MIN_VALID: Final = 0.8
MIN_SLUMP_INDEX: Final = 4.0
MIN_WINDOWS: Final = 6
"""With fewer windows of the back known the tilt is called one from the landmarks alone."""
USUAL_SLUMP_DEG: Final = 10.0
"""Upright to slumped sitting (Nairn, Chisholm and Drake 2013): what 100 % means for a person who gave no slump."""
SLUMP_RANGE_DEG: Final = (5.0, 30.0)
"""Limits of a person's slump that was not measured."""
MAX_HALF_WIDTH_DEG: Final = 12.0
"""With a 90 % interval wider than this to either side, before a measured slump scales it, the tilt is not known."""
LEAST_SD_DEG: Final = 1.2
"""A neutral sit itself comes out no more alike than this (rendered re-sits; between testers it is more)."""
LEAST_SEEN_DEG: Final = 2.0
"""A measured slump counts as seen by at least so much, or its factor would know no limit."""
STRANGEST: Final = 2.0
"""So many times as far from the fitted postures as is usual, the tilt is not known."""

_OBLIQUE_FACTOR: Final = 1.1
_Z90: Final = 1.645
_PCT_LIMITS: Final = (-50.0, 150.0)


def contour_usable(measures: Measures) -> bool:
    """Whether the contour of this moment looks like the edge of a back (brief, section 2.4, trust test)."""
    return (
        measures.contour_valid >= CONTOUR_MIN_VALID
        and measures.contour_residual_pct <= CONTOUR_MAX_RESIDUAL_PCT
        and measures.contour_edge_pct <= CONTOUR_MAX_EDGE_PCT
    )


class NetworkTiltModel:
    """A network on the landmarks and the whole back contour, told the person's slump when there is one."""

    name = "network-1"

    def index(self, measures: Measures, neutral: Measures, basis: Basis, scale: float = 1.0) -> float:
        """See `TiltModel.index`; in degrees."""
        back = back_changes(measures, neutral, scale) if basis is Basis.CONTOUR else _NO_BACK
        if basis is Basis.CONTOUR and _basis(back) is not Basis.CONTOUR:
            return NAN
        return tilt_network().answer(posture_changes(measures, neutral, scale), back, None)[0]

    def estimate(
        self, measures: Measures, reference: TiltReference, *, oblique: bool = False, scale: float = 1.0
    ) -> TiltEstimate:
        """See `TiltModel.estimate`."""
        network, neutral = tilt_network(), reference.neutral
        posture = posture_changes(measures, neutral, scale)
        if not np.isfinite(posture).all():
            return TiltEstimate(reason=_why_none(measures))
        strangeness = network.strangeness(posture)
        if strangeness > STRANGEST:
            return TiltEstimate(reason="the picture is unlike any sitting the estimate was made for")
        back = _trusted_back(measures, reference, scale)
        basis = _basis(back)
        back = back if basis is Basis.CONTOUR else _NO_BACK
        if basis is Basis.SKELETON and not reference.skeleton_trusted:
            return TiltEstimate(reason=_UNCLEAR)
        own = _own_slump(reference)
        tilt, sd = network.answer(posture, back, own)
        sd *= float(network.coverage[1 if basis is Basis.CONTOUR else 0]) * max(1.0, strangeness)
        sd = max(sd * (_OBLIQUE_FACTOR if oblique else 1.0), LEAST_SD_DEG)
        if _Z90 * sd > MAX_HALF_WIDTH_DEG:
            return TiltEstimate(reason=_UNSURE[basis])
        slump_deg, factor = self._slump(reference, own, basis)
        tilt, sd = factor * tilt, factor * sd
        pct = float(np.clip(100.0 * tilt / slump_deg, *_PCT_LIMITS))
        return TiltEstimate(tilt, tilt - _Z90 * sd, tilt + _Z90 * sd, pct, basis)

    def slump_deg(self, reference: TiltReference, basis: Basis) -> float:
        """See `TiltModel.slump_deg`."""
        own = _own_slump(reference)
        return self._slump(reference, own, basis)[0]

    def _slump(self, reference: TiltReference, own: FloatArray | None, basis: Basis) -> tuple[float, float]:
        """Tilt of the person's slump in degrees, and the factor that a measured slump puts on all degrees."""
        if reference.slump is None or own is None:
            return USUAL_SLUMP_DEG, 1.0
        posture = posture_changes(reference.slump, reference.neutral)
        back = _trusted_back(reference.slump, reference, 1.0) if basis is Basis.CONTOUR else _NO_BACK
        seen = tilt_network().answer(posture, back, own)[0]
        if math.isfinite(reference.slump_deg):
            return reference.slump_deg, reference.slump_deg / max(seen, LEAST_SEEN_DEG)
        return float(np.clip(seen, *SLUMP_RANGE_DEG)), 1.0


_NO_BACK: Final = np.full((N_WINDOWS, 2), np.nan)
_UNCLEAR: Final = "the edge of the back is not clear, and the landmarks alone did not separate at calibration"
_UNSURE: Final = {
    Basis.CONTOUR: "back and landmarks do not fit together: the tilt is too unsure",
    Basis.SKELETON: "the edge of the back is not clear, and the landmarks alone leave the tilt too unsure",
}


def _trusted_back(measures: Measures, reference: TiltReference, scale: float) -> FloatArray:
    if reference.contour_trusted and contour_usable(measures):
        return back_changes(measures, reference.neutral, scale)
    return _NO_BACK


def _basis(back: FloatArray) -> Basis:
    known = np.isfinite(back).all(axis=1).sum()
    return Basis.CONTOUR if known >= MIN_WINDOWS else Basis.SKELETON


def _own_slump(reference: TiltReference) -> FloatArray | None:
    if reference.slump is None:
        return None
    own = posture_changes(reference.slump, reference.neutral)[:N_OWN]
    return own if np.isfinite(own).all() else None


def _why_none(measures: Measures) -> str:
    if math.isnan(measures.trunk_px):
        return "hip or shoulder not seen"
    if math.isnan(measures.ear_rise_px):
        return "head not seen"
    if math.isnan(measures.thigh_angle_deg):
        return "your knee is hidden"
    return "the profile lacks what the estimate needs: calibrate again"
