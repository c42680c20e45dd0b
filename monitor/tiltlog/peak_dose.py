"""How far tipped time added up, over short breaks. Pure."""

from __future__ import annotations

import numpy as np

from monitor.alerts.policy import AlertSettings
from monitor.judgement.assessment import GAP_S, State
from monitor.tiltlog.line import STATES, TimeLine

POLICY = AlertSettings()
"""The constants of the brief, whatever a user's warnings are set to: days stay comparable."""

_TILTED = [STATES.index(State.UPRIGHT), STATES.index(State.TIPPED)]
_UNKNOWN = STATES.index(State.UNKNOWN)


def peak_dose_pct(line: TimeLine) -> int | None:
    """The highest leaky dose (see `monitor.alerts.dose`) along the samples of a session, in percent of a full one.

    None when no sample tells a tilt that could load. It begins with nothing, and a gap longer than `GAP_S` drains it.
    """
    tilt_pct, is_tilted = line.measures["tilt_pct"], np.isin(line.state, _TILTED)
    is_unknown = (line.state == _UNKNOWN) | (is_tilted & np.isnan(tilt_pct))
    if not (is_tilted & ~is_unknown).any():
        return None
    wait_s = np.diff(line.t_utc_s, append=line.t_utc_s[-1:])
    is_gap = wait_s > GAP_S
    rises = is_tilted & ~is_unknown & ~is_gap & (tilt_pct >= POLICY.dose_from_pct)
    time_s = np.where(rises, POLICY.dose_rise_s, np.where(is_unknown & ~is_gap, np.inf, POLICY.dose_fall_s))
    kept = np.exp(-wait_s / time_s)
    gained = np.where(rises, np.minimum(tilt_pct, 100.0) / 100.0 * (1.0 - kept), 0.0)
    dose = peak = 0.0
    for keeps, gains in zip(kept.tolist(), gained.tolist(), strict=True):
        dose = keeps * dose + gains
        peak = max(peak, dose)
    return round(100.0 * peak)
