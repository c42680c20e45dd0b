"""The back contour: where the person ends behind the trunk, and what its shape says.

From the soft mask, and from the picture itself where it is given (`edge`), which also tells the rays that do not show
the back (`trust`). Source of rays, windows and shape: biomechanics brief, section 2.4.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np

from models.pose import BoolArray, FloatArray, ImageArray, MaskArray
from monitor.posture.edge import IndexArray, draw_to_picture
from monitor.posture.person import PersonFrame
from monitor.posture.trust import Verdict, judge_rays

N_RAYS = 60
RAY_RANGE = (0.02, 0.80)
"""Rays start between these fractions of the trunk length above the hip."""
RAY_REACH = 0.6
"""Length of a ray, in trunk lengths."""
MAX_STEPS = 128
"""Samples on a ray: one pixel apart, but no more than so many."""
EDGE_LEVEL = 0.5
ARM_RADIUS = 0.07
"""A forearm is a capsule of this radius, in trunk lengths; rays that meet it behind the axis are dropped."""
SMOOTHING_WINDOW = 9
SACRAL_WINDOW = (0.05, 0.22)
THORACOLUMBAR_WINDOW = (0.50, 0.66)
LOWER_BACK_WINDOW = (0.08, 0.60)


@dataclass(frozen=True, eq=False)
class BackContour:
    """The back edge, from just above the hip up the trunk.

    Attributes:
        fraction: (60,) height of each ray above the hip, in trunk lengths along the trunk axis.
        points: (60, 2) edge points in the person frame, pixels; NaN where no edge was found or it is not trusted.
        edge_px: (60,) how sharply the edge is known, pixels: with a picture how far the true edge may be expected from
            it, else the width of the soft edge between mask values 0.3 and 0.7; NaN where there is no point.
        trunk_px: length of the trunk axis.
        verdict: (60,) `Verdict` on each ray; without a picture only the forearm is noticed.
    """

    fraction: FloatArray
    points: FloatArray
    edge_px: FloatArray
    trunk_px: float
    verdict: IndexArray = field(default_factory=lambda: np.full(N_RAYS, Verdict.TRUSTED, dtype=np.intp))

    @property
    def trusted(self) -> BoolArray:
        """(60,) rays that show the back."""
        return np.isfinite(self.points[:, 0])

    @property
    def valid(self) -> float:
        """Share of the rays with a trusted edge, 0 to 1."""
        return float(self.trusted.mean())


@dataclass(frozen=True, slots=True)
class ContourShape:
    """Shape of the back contour. Slopes in degrees against the vertical, top forward positive; see `Measures`."""

    sacral_slope_deg: float
    thoracolumbar_slope_deg: float
    back_slope_deg: float
    lumbar_bulge_px: float
    residual_pct: float
    edge_pct: float


def back_contour(
    mask: MaskArray,
    frame: PersonFrame,
    hip: FloatArray,
    shoulder: FloatArray,
    arm: FloatArray,
    picture: ImageArray | None = None,
) -> BackContour:
    """Follow rays backwards from the trunk axis to where the mask falls below 0.5, and on to the picture's edge.

    Args:
        mask: (height, width) soft person mask, 0 to 1, in the picture (not rolled back).
        frame: the person frame that ``hip``, ``shoulder`` and ``arm`` are in.
        hip, shoulder: (2,) near hip and shoulder, person frame.
        arm: (n, 2) near elbow and wrist, person frame; NaN rows are ignored.
        picture: (height, width, 3) the frame itself; None leaves the edge where the mask has it.

    Returns:
        The contour; a ray that leaves the picture, starts outside the mask, meets the arm or is not trusted has NaN.
    """
    height, width = mask.shape
    axis = shoulder - hip
    trunk_px = float(np.hypot(axis[0], axis[1]))
    fraction = np.linspace(*RAY_RANGE, N_RAYS)
    if not trunk_px > 1.0:
        nothing = np.full(N_RAYS, np.nan)
        no_edge = np.full(N_RAYS, Verdict.NO_EDGE, dtype=np.intp)
        return BackContour(fraction, np.full((N_RAYS, 2), np.nan), nothing, trunk_px, no_edge)
    up = axis / trunk_px
    back = np.array([-up[1], up[0]])  # a quarter turn from "up" to the side the person does not look to
    starts = hip + fraction[:, None] * axis
    n_steps = min(math.ceil(RAY_REACH * trunk_px) + 1, MAX_STEPS)
    step_px = RAY_REACH * trunk_px / (n_steps - 1)
    rays = starts[:, None, :] + step_px * np.arange(n_steps)[None, :, None] * back
    places = frame.to_picture(rays.reshape(-1, 2), width, height)
    values = _sample(mask, places).reshape(N_RAYS, n_steps)
    border = _first_fall(values, EDGE_LEVEL)
    edge_px = step_px * (_first_fall(values, 0.3) - _last_high_before(values, border, 0.7))
    drawn = None
    if picture is not None:
        drawn = draw_to_picture(_colours(picture, places).reshape(N_RAYS, n_steps, 3), values, border)
        border, edge_px = drawn.distance, step_px * drawn.spread
    distance = step_px * border
    distance[~(values[:, 0] >= EDGE_LEVEL)] = np.nan
    arm_behind = _arm_behind(starts, back, distance, arm, ARM_RADIUS * trunk_px)
    distance[arm_behind] = np.nan
    verdict = judge_rays(100.0 * distance / trunk_px, drawn.certainty if drawn is not None else None)
    verdict[arm_behind] = Verdict.ARM
    trusted = verdict == Verdict.TRUSTED
    points = np.where(trusted[:, None], starts + distance[:, None] * back, np.nan)
    return BackContour(fraction, points, np.where(trusted, edge_px, np.nan), trunk_px, verdict)


def contour_shape(contour: BackContour) -> ContourShape | None:
    """Slopes, bulge and quality of a contour; None when a needed window has less than half of its rays."""
    points = _smoothed(contour.points)
    sacral = _slope_deg(points, _window(contour, SACRAL_WINDOW))
    thoracolumbar = _slope_deg(points, _window(contour, THORACOLUMBAR_WINDOW))
    lower = _window(contour, LOWER_BACK_WINDOW)
    found = lower & np.isfinite(points[:, 0])
    if found.sum() < 0.5 * lower.sum() or math.isnan(sacral) or math.isnan(thoracolumbar):
        return None
    first, last = points[found][0], points[found][-1]
    chord = last - first
    length = float(np.hypot(*chord))
    if length < 2.0:
        return None
    along = chord / length
    outwards = np.array([-along[1], along[0]])
    x = (points[found] - first) @ along / length
    y = (points[found] - first) @ outwards
    powers = np.column_stack([np.ones_like(x), x, x * x])
    curve = np.linalg.solve(powers.T @ powers, powers.T @ y)  # x runs from 0 to 1: well conditioned
    residual = y - powers @ curve
    edges = contour.edge_px[found & np.isfinite(contour.edge_px)]
    return ContourShape(
        sacral_slope_deg=sacral,
        thoracolumbar_slope_deg=thoracolumbar,
        back_slope_deg=math.degrees(math.atan2(chord[0], chord[1])),
        lumbar_bulge_px=float(-curve[2] / 4.0),
        residual_pct=100.0 * float(np.sqrt(np.mean(residual**2))) / contour.trunk_px,
        edge_pct=100.0 * float(np.median(edges)) / contour.trunk_px if len(edges) else math.nan,
    )


def _window(contour: BackContour, limits: tuple[float, float]) -> BoolArray:
    return (contour.fraction >= limits[0]) & (contour.fraction <= limits[1])


def _slope_deg(points: FloatArray, window: BoolArray) -> float:
    """Angle to the vertical of the least-squares line x(y) through the window, top forward positive."""
    chosen = points[window]
    chosen = chosen[np.isfinite(chosen[:, 0])]
    if len(chosen) < max(3, 0.5 * window.sum()):
        return math.nan
    x, y = chosen[:, 0] - chosen[:, 0].mean(), chosen[:, 1] - chosen[:, 1].mean()
    return math.degrees(math.atan2(float(x @ y), float(y @ y)))


def _sample(mask: MaskArray, at_px: FloatArray) -> FloatArray:
    """Bilinear values of the mask at (n, 2) picture points; NaN outside the picture, so that its border is no edge."""
    height, width = mask.shape
    x, y = at_px[:, 0], at_px[:, 1]
    x0, y0 = np.floor(x).astype(np.intp), np.floor(y).astype(np.intp)
    inside = (x0 >= 0) & (y0 >= 0) & (x0 < width - 1) & (y0 < height - 1)
    x0, y0 = np.where(inside, x0, 0), np.where(inside, y0, 0)
    fx, fy = x - x0, y - y0
    flat = mask.ravel()
    at = y0 * width + x0
    top = flat[at] * (1 - fx) + flat[at + 1] * fx
    bottom = flat[at + width] * (1 - fx) + flat[at + width + 1] * fx
    return np.where(inside, top * (1 - fy) + bottom * fy, np.nan)


def _colours(picture: ImageArray, at_px: FloatArray) -> ImageArray:
    """(n, 3) picture values nearest to (n, 2) places; beyond the border those of the border."""
    height, width = picture.shape[:2]
    column = np.clip(np.rint(at_px[:, 0]), 0, width - 1).astype(np.intp)
    row = np.clip(np.rint(at_px[:, 1]), 0, height - 1).astype(np.intp)
    colours: ImageArray = picture.reshape(-1, 3)[row * width + column]
    return colours


def _first_fall(values: FloatArray, level: float) -> FloatArray:
    """(n,) sub-pixel distance at which each row first falls from at least ``level`` to below; NaN if never."""
    falls = (values[:, :-1] >= level) & (values[:, 1:] < level)
    first = falls.argmax(axis=1)
    rows = np.arange(len(values))
    high, low = values[rows, first], values[rows, first + 1]
    with np.errstate(divide="ignore", invalid="ignore"):
        distance = first + (high - level) / (high - low)
    return np.where(falls.any(axis=1), distance, np.nan)


def _last_high_before(values: FloatArray, distance: FloatArray, level: float) -> FloatArray:
    """(n,) last step before ``distance`` at which each row is at least ``level``; NaN where ``distance`` is."""
    steps = np.arange(values.shape[1])
    before = (values >= level) & (steps[None, :] <= np.nan_to_num(distance, nan=-1.0)[:, None])
    last = values.shape[1] - 1 - before[:, ::-1].argmax(axis=1)
    return np.where(before.any(axis=1), last.astype(np.float64), np.nan)


def _arm_behind(
    starts: FloatArray, back: FloatArray, distance: FloatArray, arm: FloatArray, radius_px: float
) -> BoolArray:
    """Rays that meet the forearm capsule between axis and edge, on the back side."""
    if len(arm) < 2 or not np.isfinite(arm).all():
        return np.zeros(len(starts), dtype=np.bool_)
    along = np.linspace(0.0, 1.0, 7)[:, None]
    joints = arm[0] + along * (arm[1] - arm[0])
    offset = joints[:, None, :] - starts[None, :, :]
    behind, aside = offset @ back, np.abs(offset @ np.array([back[1], -back[0]]))
    reach = np.where(np.isfinite(distance), distance, np.inf) + radius_px
    hit: BoolArray = ((behind > 0) & (behind < reach) & (aside < radius_px)).any(axis=0)
    return hit


def _smoothed(points: FloatArray) -> FloatArray:
    """Savitzky-Golay (window 9, order 3) along the contour, within runs without gaps."""
    if len(points) < SMOOTHING_WINDOW:
        return points
    half = SMOOTHING_WINDOW // 2
    kernel = np.array([-21.0, 14.0, 39.0, 54.0, 59.0, 54.0, 39.0, 14.0, -21.0]) / 231.0
    out = points.copy()
    windows = np.lib.stride_tricks.sliding_window_view(points, SMOOTHING_WINDOW, axis=0)
    smooth = windows @ kernel
    whole = np.isfinite(smooth[:, 0])
    inner = out[half:-half]
    inner[whole] = smooth[whole]
    return out
