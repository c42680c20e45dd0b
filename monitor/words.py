"""Values in words, the same everywhere they are shown."""

from __future__ import annotations

import math

from monitor.judgement.assessment import Assessment, State

DISCLAIMER = (
    "This is an estimate from a camera, compared with the pose you set yourself. "
    "It is not a measurement of your pelvis and not medical advice."
)

STATE_WORDS = {
    State.AWAY: "away",
    State.STANDING: "standing",
    State.UNKNOWN: "can't tell",
    State.UPRIGHT: "upright",
    State.LEANING: "leaning forward",
    State.RECLINED: "reclined",
    State.TIPPED: "tipped back",
}


def to_five(value_deg: float) -> int:
    """Rounded to 5 degrees: finer than the estimate is sure of would be a pretence (brief, section 2.5)."""
    return 5 * round(value_deg / 5.0)


def tilt_words(assessment: Assessment) -> str:
    """The tilt with its interval: "about 15° back (5° to 25° back)"; a dash when it is not known."""
    if math.isnan(assessment.tilt_deg):
        return "–"
    about = to_five(assessment.tilt_deg)
    # Outwards: an interval never looks surer than it is.
    low, high = 5 * math.floor(assessment.tilt_low_deg / 5.0), 5 * math.ceil(assessment.tilt_high_deg / 5.0)
    way = "at your neutral" if about == 0 else f"about {abs(about)}° {'back' if about > 0 else 'forward'}"
    return f"{way} ({_span_words(low, high)})"


def _span_words(low: int, high: int) -> str:
    if low >= 0:
        return f"{low}° to {high}° back"
    if high <= 0:
        return f"{-high}° to {-low}° forward"
    return f"{-low}° forward to {high}° back"


def knee_words(assessment: Assessment) -> str:
    """Knee height against the hip: "knees 3 cm above hips"; a dash when it is not known."""
    height = assessment.knee_above_hip_cm
    if math.isnan(height):
        return "–"
    rounded = round(height)
    if rounded == 0:
        return "knees level with hips"
    return f"knees {abs(rounded)} cm {'above' if rounded > 0 else 'below'} hips"


def duration_words(seconds: float) -> str:
    """A length of time: "45 s", "3 min 20 s", "2 h 05 min"."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        minutes, rest = divmod(whole, 60)
        return f"{minutes} min {rest} s" if rest else f"{minutes} min"
    hours, minutes = divmod(round(seconds / 60), 60)
    return f"{hours} h {minutes:02d} min"


def shortened(text: str, longest: int = 80) -> str:
    """A text in one line, cut to so many characters."""
    line = " ".join(text.split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"
