"""Films judged by hand: ten minutes at one frame a second, tipped by 20 degrees from the third to the sixth."""

import numpy as np

from bench.accuracy.judging import Judged, Run

HEADER = {
    "subject": "j01",
    "seed": 0,
    "chair": "office",
    "yaw": 4.0,
    "clothes": "shirt",
    "hair": "short",
    "course": "work",
    "every_s": 1.0,
}
T_S = np.arange(57.0, 657.0)
TRUE_DEG = np.where((T_S >= 200) & (T_S < 400), 20.0, 0.0)


def run(error_deg=1.0, half_deg=5.0, warned_s=(), tipped_late_s=4.0):
    tilt = TRUE_DEG + error_deg
    tipped = (200 + tipped_late_s <= T_S) & (T_S < 400)
    return Run(
        said=tuple("tipped" if t else "upright" for t in tipped),
        tilt_deg=tilt,
        low_deg=tilt - half_deg,
        high_deg=tilt + half_deg,
        thigh_deg=np.full(len(T_S), 3.0),
        knee_cm=np.full(len(T_S), 2.0),
        warned_s=warned_s,
    )


def film(error_deg=1.0, lean_error_deg=2.0, true_deg=None, warned_s=(), **header):
    true = TRUE_DEG if true_deg is None else true_deg
    return Judged(
        name="film",
        header=HEADER | header,
        t_s=T_S,
        stretch=tuple("tipped" if t > 10 else "neutral" for t in true),
        true_deg=true,
        true_thigh_deg=np.zeros(len(T_S)),
        true_knee_cm=np.zeros(len(T_S)),
        peers_deg=np.column_stack([TRUE_DEG / 2, -TRUE_DEG, np.sin(T_S)]),
        run=run(error_deg, warned_s=warned_s),
        lean=None if lean_error_deg is None else run(lean_error_deg),
    )
