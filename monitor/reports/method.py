"""How the estimate is made and how sure it is, in plain words. The figures are those of docs/accuracy.md."""

from __future__ import annotations

from typing import Final, NamedTuple

RMSE_DEG: Final = 3.0
"""Typical error against the truth of rendered sitters, camera within 20 degrees of the side."""
FILM_RMSE_DEG: Final = (1.6, 5.1)
"""That of the best and the worst single film."""
INTERVAL_HOLDS_PCT: Final = 93
"""How often the 90 % interval holds the truth there."""
WORST_HOLDS_PCT: Final = 63
"""The same in the film in which it holds least often."""
READ_SHORT_PCT: Final = (10, 17)
"""By how much large tilts are read short: a tenth to a sixth."""
KNEE_RMSE_CM: Final = (4.6, 2.4)
"""Typical error of the height of the knees: as calibrated mostly, and with the slope of the thighs known."""
SIDE_DEG: Final = 20
"""The camera counts as standing at the side up to here."""

HEADING: Final = "How the estimate is made, and how sure it is"


class Paragraph(NamedTuple):
    """A few sentences under a short heading of their own."""

    heading: str
    text: str


METHOD: Final = (
    Paragraph(
        "What is looked at",
        "A webcam at the side sees the head, the back, the hips and the knees. In each picture the program finds the "
        "joints and the edge of the back, and estimates from how they have moved how far the pelvis has rolled. No "
        "picture is kept.",
    ),
    Paragraph(
        "Compared with what",
        "Every tilt is a change from your own calibration: 0 is the upright sit that you set as your neutral, 100 % "
        "is the slump that you showed (10° where none was). It is not the angle of the pelvis in space, and figures "
        "of two people, or of two calibrations, can be compared only roughly.",
    ),
    Paragraph(
        "What the states mean",
        "Tipped back begins at about half of your slump and ends when 30 % of it or less has lasted for 5 s; the "
        "degrees in force stand under “Set-ups used”. Reclined is a trunk well behind neutral, leaning forward a "
        "trunk well ahead of it, upright any other sitting.",
    ),
    Paragraph(
        "Tipping dose",
        "Tipped time adds up, and drains away about three times as fast in between; 100 % is the whole slump, held for "
        "long. So breaks that were too short show.",
    ),
    Paragraph(
        "How sure it is",
        "Against rendered sitters, whose true tilt is known, the typical error (RMSE) was about 3° to 4°: "
        f"{RMSE_DEG:.0f}° over all of them, {FILM_RMSE_DEG[0]}° to {FILM_RMSE_DEG[1]}° for single ones. The 90 % "
        f"interval held the truth {INTERVAL_HOLDS_PCT} % of the time over all, {WORST_HOLDS_PCT} % in the worst case. "
        f"Large tilts can be read short by {READ_SHORT_PCT[0]} to {READ_SHORT_PCT[1]} %. There is no validation "
        "against the measured pelvic tilt of real people.",
    ),
    Paragraph(
        "Height of the knees",
        f"Less sure: the typical error is {KNEE_RMSE_CM[0]} cm, and {KNEE_RMSE_CM[1]} cm where the slope of the thighs "
        "was known at the calibration.",
    ),
    Paragraph(
        "Where the camera stands",
        f"These figures hold for a camera within {SIDE_DEG}° of square to your side. Further round the estimate is "
        "less sure and the interval wider; from the front nothing is said.",
    ),
    Paragraph(
        "What is left out",
        "Where hips, shoulders or knees cannot be seen, or the interval is too wide, the program says that it can't "
        "tell. That time, standing and being away are left out of every share; so each share comes with how much of "
        "the sitting could be judged.",
    ),
)

MEANING: Final = "There is no single right way to sit. This report tells what was seen; it does not rate it."

DOCTOR_HEADING: Final = "When to see a doctor"
DOCTOR_WORDS: Final = "Saddle cannot tell how your back is. See somebody who can:"
AT_ONCE_HEADING: Final = "At once, as an emergency"
AT_ONCE: Final = (
    "numbness or tingling in the groin, genitals, inner thighs or buttocks",
    "new trouble starting, stopping or feeling urine, or loss of bladder or bowel control",
    "new numbness or trouble in sex",
    "weakness or numbness in one or both legs that gets worse",
    "pain down both legs",
)
SOON_HEADING: Final = "Soon"
SOON: Final = (
    "pain after a fall or an accident",
    "fever, or feeling ill",
    "cancer in the past, or losing weight without a reason",
    "osteoporosis, or steroids taken for long",
    "constant pain, at night too",
    "the first severe back pain below 20 or above 50 years of age",
    "a pulsating pain in the belly",
    "pain that lasts longer than 4 to 6 weeks, or gets worse",
)
