"""What the alert engine remembers between two assessments."""

from __future__ import annotations

from dataclasses import dataclass, replace

from monitor.alerts.effects import WarnKind
from monitor.judgement.assessment import Assessment


@dataclass(frozen=True, slots=True)
class OpenWarning:
    """A warning that was given and not answered yet; ``ignored`` once it has stood for too long."""

    number: int
    t_s: float
    kind: WarnKind
    ignored: bool = False


@dataclass(frozen=True, slots=True)
class AlertState:
    """What the engine remembers. Start with ``AlertState()``; a new source of frames needs a new one.

    Attributes:
        thigh_levelled: the profile has a level thigh, so that the knee hint may use the tighter limit.
        last: the assessment before.
        tipped_s: counted length of the present tipped stretch, without what was not seen.
        unknown_s: length of the present stretch of unknown.
        dose: tipped time that has added up, 0 to 1.
        seated_s: time seated since the person last stood or was away.
        knees_up_s: time with the knees above the limit, less the time below it.
        cue_on: the silent cue is shown.
        open: the last warning while it waits for an answer.
        warned_at_s: times of the last warnings, oldest first.
        warnings: number of warnings so far.
        ignored_in_row: warnings ignored since the last one answered in time.
        knee_hinted, sit_hinted: the hint was given in this session, in this sitting.
    """

    thigh_levelled: bool = False
    last: Assessment | None = None
    tipped_s: float = 0.0
    unknown_s: float = 0.0
    dose: float = 0.0
    seated_s: float = 0.0
    knees_up_s: float = 0.0
    cue_on: bool = False
    open: OpenWarning | None = None
    warned_at_s: tuple[float, ...] = ()
    warnings: int = 0
    ignored_in_row: int = 0
    knee_hinted: bool = False
    sit_hinted: bool = False


def acknowledge(state: AlertState) -> AlertState:
    """The person says that they have moved: an open warning is answered, and the tipped stretch counts anew."""
    return replace(state, open=None, ignored_in_row=0, tipped_s=0.0)
