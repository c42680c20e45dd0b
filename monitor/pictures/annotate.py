"""Draws the skeleton, the back contour, the tilt against neutral and the state on a copy of a frame."""

from __future__ import annotations

import math

import cv2
import numpy as np

from calibration.profile import Profile
from models.pose import FloatArray, ImageArray, Landmark, Pose
from monitor.judgement.assessment import Assessment, State
from monitor.judgement.observation import Observation, person_frame
from monitor.words import STATE_WORDS, knee_words, tilt_words

Colour = tuple[int, int, int]

STATE_BGR: dict[State, Colour] = {
    State.AWAY: (150, 150, 150),
    State.STANDING: (200, 170, 60),
    State.UNKNOWN: (60, 200, 230),
    State.UPRIGHT: (90, 170, 60),
    State.LEANING: (200, 130, 60),
    State.RECLINED: (190, 90, 170),
    State.TIPPED: (40, 120, 240),
}
_PARTS = ("EAR", "SHOULDER", "HIP", "KNEE", "ANKLE")
_WHITE: Colour = (255, 255, 255)
_INK: Colour = (40, 40, 40)
_FONT = cv2.FONT_HERSHEY_DUPLEX


def annotate(image_bgr: ImageArray, seen: Observation, assessment: Assessment, profile: Profile) -> ImageArray:
    """A copy of the (height, width, 3) picture with everything drawn on it.

    The dial beside the hip shows the person's own neutral as a thin line and the tilt now as a thick one, with
    the interval shaded between; tipping back turns it away from where the person looks.
    """
    out: ImageArray = image_bgr.copy()
    unit = max(1.0, out.shape[0] / 480.0)
    colour = STATE_BGR[assessment.state]
    if seen.pose is not None:
        _contour(out, seen, profile, colour, unit)
        hip = _skeleton(out, seen.pose, profile, unit)
        if math.isfinite(assessment.tilt_deg):
            _dial(out, hip, assessment, profile, colour, unit)
    _caption(out, assessment, colour, unit)
    return out


def _skeleton(out: ImageArray, pose: Pose, profile: Profile, unit: float) -> FloatArray:
    points = pose.points_px[[Landmark[f"{profile.near.upper()}_{part}"] for part in _PARTS]]
    for width, colour in ((round(4 * unit), _INK), (round(2 * unit), _WHITE)):
        cv2.polylines(out, [points.round().astype(np.int32)], False, colour, width, cv2.LINE_AA)
    for point in points:
        cv2.circle(out, _at(point), round(4 * unit), _INK, -1, cv2.LINE_AA)
        cv2.circle(out, _at(point), round(3 * unit), _WHITE, -1, cv2.LINE_AA)
    hip: FloatArray = points[2]
    return hip


def _contour(out: ImageArray, seen: Observation, profile: Profile, colour: Colour, unit: float) -> None:
    if seen.contour is None:
        return
    points = seen.contour.points
    points = points[np.isfinite(points[:, 0])]
    if len(points) < 2:
        return
    height, width = out.shape[:2]
    line = person_frame(profile).to_picture(points, width, height).round().astype(np.int32)
    cv2.polylines(out, [line], False, _INK, round(5 * unit), cv2.LINE_AA)
    cv2.polylines(out, [line], False, colour, round(3 * unit), cv2.LINE_AA)


def _dial(
    out: ImageArray, hip: FloatArray, assessment: Assessment, profile: Profile, colour: Colour, unit: float
) -> None:
    length = 0.62 * profile.neutral.trunk_px

    def tip(tilt_deg: float) -> FloatArray:
        angle = math.radians(tilt_deg)
        ahead, up = -math.sin(angle), math.cos(angle)  # tip-back turns the line away from where the person looks
        roll = math.radians(profile.roll_deg)
        x, y = profile.facing * ahead, -up
        turned = np.array([x * math.cos(roll) - y * math.sin(roll), x * math.sin(roll) + y * math.cos(roll)])
        end: FloatArray = hip + length * turned
        return end

    spread = np.linspace(assessment.tilt_low_deg, assessment.tilt_high_deg, 12)
    fan = np.vstack([hip, *(tip(float(a)) for a in spread)]).round().astype(np.int32)
    shade = out.copy()
    cv2.fillPoly(shade, [fan], colour, cv2.LINE_AA)
    cv2.addWeighted(shade, 0.3, out, 0.7, 0.0, dst=out)
    cv2.line(out, _at(hip), _at(tip(0.0)), _WHITE, max(1, round(unit)), cv2.LINE_AA)
    cv2.line(out, _at(hip), _at(tip(assessment.tilt_deg)), _INK, round(5 * unit), cv2.LINE_AA)
    cv2.line(out, _at(hip), _at(tip(assessment.tilt_deg)), colour, round(3 * unit), cv2.LINE_AA)


def _caption(out: ImageArray, assessment: Assessment, colour: Colour, unit: float) -> None:
    lines = [f"hips {_plain(tilt_words(assessment))}", _plain(knee_words(assessment))]
    if math.isnan(assessment.tilt_deg):
        lines = [assessment.reason] if assessment.reason else []
    title = STATE_WORDS[assessment.state]
    scale, step, left = 0.5 * unit, round(20 * unit), round(12 * unit)
    widths = [cv2.getTextSize(t, _FONT, s, 1)[0][0] for t, s in [(title, 1.5 * scale), *((x, scale) for x in lines)]]
    bottom = out.shape[0] - round(10 * unit)
    top = bottom - round(30 * unit) - step * len(lines)
    right = min(out.shape[1] - 1, left + max(widths) + round(20 * unit))
    box = out[top:bottom, left - round(6 * unit) : right]
    box[:] = (0.3 * box + 0.7 * np.array(_INK)).astype(np.uint8)
    cv2.rectangle(out, (left - round(6 * unit), top), (left - round(2 * unit), bottom), colour, -1)
    cv2.putText(
        out, title, (left + 4, top + round(22 * unit)), _FONT, 1.5 * scale, colour, max(1, round(unit)), cv2.LINE_AA
    )
    for i, line in enumerate(lines):
        at = (left + 4, top + round(24 * unit) + step * (i + 1) - round(2 * unit))
        cv2.putText(out, line, at, _FONT, scale, _WHITE, max(1, round(unit)), cv2.LINE_AA)


def _plain(text: str) -> str:
    """Text in the characters that OpenCV's fonts have."""
    return text.replace("°", " deg").replace("–", "-")


def _at(point: FloatArray) -> tuple[int, int]:
    return round(float(point[0])), round(float(point[1]))
