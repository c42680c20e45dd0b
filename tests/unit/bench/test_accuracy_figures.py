import math

import numpy as np
import pytest
from accuracy_films import T_S, film

from bench.accuracy.figures import (
    day,
    figures,
    for_goals,
    groups,
    latencies,
    numbered_pct,
    over_bodies,
    peer_figures,
    without_slump,
    yaw_class,
)
from bench.accuracy.judging import Case
from bench.accuracy.peers import peers
from models.measures import Measures


def test_films_are_put_together_frame_by_frame():
    found = figures([film(error_deg=3.0), film(error_deg=-4.0)])
    assert found.films == 2
    assert found.rmse_deg == pytest.approx(math.sqrt(12.5))
    assert found.bias_deg == pytest.approx(-0.5)
    assert found.mean_deg == pytest.approx(3.5)
    assert found.worst_deg == pytest.approx(4.0)
    assert found.cover_pct == 100.0
    assert found.width_deg == pytest.approx(10.0)
    assert found.thigh_rmse_deg == 3.0
    assert found.knee_rmse_cm == 2.0


def test_an_interval_that_is_too_narrow_does_not_hold():
    assert figures([film(error_deg=6.0), film(error_deg=1.0)]).cover_pct == 50.0


def test_sensitivity_counts_settled_frames_only():
    found = figures([film()])
    assert found.sensitivity_pct == 100.0  # told 4 s late, which the 8 s allow for
    assert found.specificity_pct == 100.0


def test_a_film_without_the_lean_run_is_left_out_of_its_figures():
    films = [film(lean_error_deg=2.0), film(lean_error_deg=None)]
    assert figures(films, without_slump).films == 1
    assert figures(films, without_slump).rmse_deg == pytest.approx(2.0)


def test_films_are_grouped_in_the_order_of_the_words():
    films = [film(chair="stool"), film(chair="arms"), film(chair="stool")]
    assert {name: len(own) for name, own in groups(films, lambda f: f.header["chair"]).items()} == {
        "arms": 1,
        "stool": 2,
    }


@pytest.mark.parametrize(
    ("yaw", "name"), [(0, "0 to 10°"), (-10, "0 to 10°"), (-17, "10 to 20°"), (20, "10 to 20°"), (28, "20 to 30°")]
)
def test_yaw_classes_do_not_ask_which_way(yaw, name):
    assert yaw_class(film(yaw=float(yaw))) == name


def test_the_goals_are_for_cameras_near_the_side():
    assert [f.header["yaw"] for f in for_goals([film(yaw=-19.0), film(yaw=21.0), film(yaw=-28.0)])] == [-19.0]


def test_the_worst_body_is_named():
    films = [film(error_deg=1.0, subject="j01"), film(error_deg=5.0, subject="j02"), film(error_deg=1.0, subject="j02")]
    bodies = over_bodies(films, "rmse_deg")
    assert bodies.who == "j02"
    assert bodies.worst == pytest.approx(math.sqrt(13))
    assert bodies.mean == pytest.approx((1 + math.sqrt(13)) / 2)
    assert over_bodies([], "rmse_deg").who == ""


def test_peers_get_their_best_factor():
    saddle, half, turned, other = peer_figures([film(error_deg=1.0)])
    assert saddle.rmse_deg == pytest.approx(1.0)
    assert (half.rmse_deg, half.r, half.auc) == pytest.approx((0.0, 1.0, 1.0))
    assert (turned.rmse_deg, turned.r) == pytest.approx((0.0, 1.0))
    assert other.r < 0.1


def test_the_peers_are_changes_from_neutral():
    neutral = Measures(
        trunk_px=100.0, trunk_inclination_deg=0.0, thigh_angle_deg=0.0, ear_rise_px=130.0, ear_forward_px=0.0
    )
    hinged = Measures(
        trunk_px=100.0, trunk_inclination_deg=30.0, thigh_angle_deg=5.0, ear_rise_px=86.6 + 26.0, ear_forward_px=15.0
    )
    inclination, head, hip = peers(hinged, neutral)
    assert inclination == 30.0
    assert head == pytest.approx(0.0, abs=0.1)  # the head went along with the trunk
    assert hip == pytest.approx(-35.0)
    assert all(math.isnan(value) for value in peers(Measures(), neutral))


def test_latencies_are_those_of_all_films():
    assert latencies([film(), film()]) == [4.0, 4.0]


def test_a_day_counts_its_warnings_for_eight_hours_of_sitting():
    upright = np.zeros(len(T_S))
    upright[:60] = math.nan  # away
    found = day([film(true_deg=upright, warned_s=(300.0,), every_s=5.0)])
    assert found.seated_h == pytest.approx(540 * 5 / 3600)
    assert found.warnings == 1
    assert found.per_8_h == pytest.approx(8 / found.seated_h)
    assert found.tipped_pct == pytest.approx(100 * 196 / 540)


def test_numbers_where_there_is_none_to_be_had_are_counted():
    cases = [Case("standing", "a", 30, 0, np.zeros(0)), Case("hips hidden", "a", 10, 4, np.zeros(4))]
    assert numbered_pct(cases) == 10.0
    assert math.isnan(numbered_pct([]))
