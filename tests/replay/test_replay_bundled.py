from __future__ import annotations

import csv

import pytest
from replay_helpers import OFFICE, Replay, judge_the_day

from monitor.capture.video import VideoSource
from monitor.judgement.assessment import State, View

NUMBERS = ["tilt_deg", "tilt_low_deg", "tilt_high_deg", "tilt_pct", "trunk_inclination_deg", "thigh_elevation_deg"]
NUMBERS += ["knee_above_hip_cm"]


def test_on_the_office_chair_the_tipped_stretch_alone_is_warned_about(office: Replay) -> None:
    judge_the_day(office)


def test_on_the_stool_seen_from_the_other_side_as_well(stool: Replay) -> None:
    judge_the_day(stool)


def test_the_two_sitters_face_opposite_ways(office: Replay, stool: Replay) -> None:
    assert office.profile.facing == -stool.profile.facing
    assert {office.profile.near, stool.profile.near} == {"left", "right"}


@pytest.mark.parametrize("state", [State.LEANING, State.RECLINED])
def test_leaning_and_reclining_are_told_from_tipping(office: Replay, state: State) -> None:
    part = {State.LEANING: "hinge_forward", State.RECLINED: "reclined"}[state]
    said = office.states_in(part)
    assert said.count(state) >= 0.7 * len(said)


def test_the_interval_holds_the_tilt_and_mostly_the_truth(office: Replay) -> None:
    low, tilt, high = (office.said(name) for name in ("tilt_low_deg", "tilt_deg", "tilt_high_deg"))
    known = tilt == tilt
    assert (low[known] <= tilt[known]).all()
    assert (tilt[known] <= high[known]).all()
    true = office.true_change_deg
    assert ((low <= true) & (true <= high))[known].mean() >= 0.8


def test_the_table_has_a_row_for_each_frame_and_empty_cells_where_nothing_is_known(office: Replay) -> None:
    with office.csv_path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0])[:11] == ["t_s", "state", *NUMBERS, "view", "reason"]
    assert [float(row["t_s"]) for row in rows] == [frame["t_s"] for frame in office.frames]
    away = [row for row in rows if row["state"] == State.AWAY]
    assert {row[name] for row in away for name in NUMBERS} == {""}
    assert len(away) == 12
    tipped = [row for row in rows if row["state"] == State.TIPPED]
    assert all(float(row[name]) == pytest.approx(float(row[name])) for row in tipped for name in NUMBERS)
    assert {row["view"] for row in tipped} == {View.SIDE}
    assert [row["t_s"] for row in rows if row["warning"]] == [f"{w.t_s:.3f}" for w in office.analysis.warnings]


def test_the_annotated_video_shows_every_frame_drawn_upon(office: Replay) -> None:
    assert office.video_path is not None
    with VideoSource(office.video_path) as drawn, VideoSource(OFFICE) as plain:
        assert drawn.frame_count == 250
        assert drawn.duration_s == pytest.approx(plain.duration_s)
        pairs = list(zip(drawn.frames(), plain.frames(), strict=True))
    assert len(pairs) == 250
    for new, old in pairs[60:240:30]:
        assert new.image_bgr.shape == old.image_bgr.shape
        changed = abs(new.image_bgr.astype(int) - old.image_bgr.astype(int)).max(axis=2) > 60
        assert changed.mean() > 0.005
