"""A network small enough to be worked out by hand, and the shape of the one that comes with the program."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hand_network import small, weights

from models.changes import N_OWN, N_POSTURE
from models.measures import N_WINDOWS
from models.network import N_INPUTS, tilt_network

NAN = math.nan
SLUMP_AT, FLAG_AT = N_INPUTS - 1 - N_OWN, N_INPUTS - 1
UNKNOWN_AT = N_POSTURE + 2 * N_WINDOWS


def changes() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Posture, back and slump, all different."""
    posture = 2.0 * np.arange(1.0, N_POSTURE + 1)
    back = 4.0 * np.arange(101.0, 101.0 + 2 * N_WINDOWS).reshape(N_WINDOWS, 2)
    return posture, back, 8.0 * np.arange(201.0, 201.0 + N_OWN)


def test_the_inputs_are_posture_then_slope_and_depth_of_each_window_then_flags_then_the_slump() -> None:
    posture, back, slump = changes()
    back[3, 1] = NAN
    inputs = small().inputs(posture, back, slump)
    windows = np.arange(101.0, 121.0)
    windows[6:8] = 0.0
    flags = np.eye(N_WINDOWS)[3]
    expected = [np.arange(1.0, 18.0), windows, flags, np.arange(201.0, 210.0), [1.0]]
    assert N_INPUTS == 57
    assert inputs.tolist() == np.concatenate(expected).tolist()


def test_a_slump_and_a_back_that_are_not_known_are_zero_and_flagged() -> None:
    posture, back, _ = changes()
    inputs = small().inputs(posture, np.full_like(back, NAN), None)
    assert inputs[N_POSTURE:UNKNOWN_AT].tolist() == [0.0] * 2 * N_WINDOWS
    assert inputs[UNKNOWN_AT:SLUMP_AT].tolist() == [1.0] * N_WINDOWS
    assert inputs[SLUMP_AT:].tolist() == [0.0] * (N_OWN + 1)


def test_an_answer_is_two_layers_of_tanh_and_a_straight_part_in_units_of_ten_degrees() -> None:
    network = small(
        first=weights(0, 0.5)[:, None, :],
        first_bias=np.array([[0.1]]),
        second=np.array([[[0.8]]]),
        second_bias=np.array([[-0.2]]),
        last=np.array([[[1.5], [0.4]]]),
        last_bias=np.array([[0.05, -1.0]]),
        straight=weights(0, 0.3),
    )
    posture = np.zeros(N_POSTURE)
    posture[0] = 4.0  # an input of 2
    hidden = math.tanh(0.8 * math.tanh(0.5 * 2.0 + 0.1) - 0.2)
    tilt, sd = network.answer(posture, np.full((N_WINDOWS, 2), NAN), None)
    assert tilt == pytest.approx(10.0 * (1.5 * hidden + 0.05 + 0.3 * 2.0))
    assert sd == pytest.approx(10.0 * math.exp(0.4 * hidden - 1.0))
    assert (type(tilt), type(sd)) == (float, float)


@pytest.mark.parametrize(
    ("at", "degrees"),
    [(0, 1.0), (16, 17.0), (17, 101.0), (18, 102.0), (36, 120.0), (37, 0.0), (47, 201.0), (55, 209.0), (56, 1.0)],
)
def test_each_input_stands_at_its_place(at: int, degrees: float) -> None:
    tilt, _ = small(straight=weights(at, 0.1)).answer(*changes())
    assert tilt == pytest.approx(degrees)


def test_members_that_disagree_are_averaged_and_less_sure() -> None:
    log_sds = np.log([0.3, 0.4])
    network = small(2, last_bias=np.array([[0.5, log_sds[0]], [1.1, log_sds[1]]]))
    tilt, sd = network.answer(*changes())
    assert tilt == pytest.approx(8.0)
    assert sd == pytest.approx(math.sqrt((3.0**2 + 4.0**2) / 2.0 + 3.0**2))


@pytest.mark.parametrize(("log_sd", "sd_deg"), [(-9.0, 10.0 * math.exp(-3.0)), (9.0, 10.0 * math.exp(2.0))])
def test_the_standard_deviation_is_limited(log_sd: float, sd_deg: float) -> None:
    assert small(last_bias=np.array([[0.0, log_sd]])).answer(*changes())[1] == pytest.approx(sd_deg)


def test_a_missing_change_of_the_posture_or_of_a_given_slump_has_no_answer() -> None:
    for gone in (0, 2):
        given = changes()
        given[gone][5] = NAN
        assert math.isnan(small().answer(*given)[0])


def test_strangeness_is_the_distance_per_change_over_what_is_usual() -> None:
    network = small(precision=np.eye(N_POSTURE) / 4.0, far=np.array(1.5))
    assert network.strangeness(np.zeros(N_POSTURE)) == 0.0
    assert network.strangeness(np.full(N_POSTURE, 6.0)) == pytest.approx(3.0 / 1.5)
    only_one = 6.0 * np.eye(N_POSTURE)[4]
    assert network.strangeness(only_one) == pytest.approx(3.0 / math.sqrt(17.0) / 1.5)


def test_the_network_of_the_program_is_whole() -> None:
    network = tilt_network()
    members, hidden, inputs = network.first.shape
    assert inputs == N_INPUTS
    assert members >= 1
    shapes = {
        "posture_scale": (N_POSTURE,),
        "back_scale": (N_WINDOWS, 2),
        "slump_scale": (N_OWN,),
        "first_bias": (members, hidden),
        "second": (members, hidden, hidden),
        "second_bias": (members, hidden),
        "last": (members, 2, hidden),
        "last_bias": (members, 2),
        "straight": (members, N_INPUTS),
        "precision": (N_POSTURE, N_POSTURE),
        "far": (),
        "coverage": (2,),
    }
    for name, shape in shapes.items():
        part = getattr(network, name)
        assert part.shape == shape, name
        assert np.isfinite(part).all(), name
    assert (network.coverage > 0.0).all()
    assert network.far > 0.0
    assert np.linalg.eigvalsh((network.precision + network.precision.T) / 2.0).min() > 0.0
    assert tilt_network() is network
