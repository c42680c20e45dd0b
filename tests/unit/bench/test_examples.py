"""Examples for fitting, from sittings made by hand."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from known_sitter import NEUTRAL, SLUMP, sitting

from bench.accuracy.examples import Examples, Sitting, examples, joined
from bench.start_weights import features
from models.changes import N_OWN, back_changes, posture_changes
from models.measures import Measures

NAN = math.nan
KINDS = (*("neutral",) * 5, *("slump",) * 4, "half", "lean")
HALF, LEAN = sitting(0.5), replace(NEUTRAL, trunk_inclination_deg=14.0)
SHOTS: tuple[Measures | None, ...] = (*(NEUTRAL,) * 5, *(SLUMP,) * 4, HALF, LEAN)
TILTS = (3.0, 4.0, 5.0, 6.0, 7.0, 17.0, 17.0, 17.0, 17.0, 11.0, 2.0)
"""True tilts; the neutral sit is their mean over the first five, 5 degrees."""


def made(shots: tuple[Measures | None, ...] = SHOTS, subject: str = "ada", **more: object) -> Sitting:
    return Sitting({"subject": subject}, KINDS, shots, np.array(TILTS), **more)  # type: ignore[arg-type]


def swapped(at: int, measures: Measures | None) -> tuple[Measures | None, ...]:
    return (*SHOTS[:at], measures, *SHOTS[at + 1 :])


def rows(found: Examples) -> list[list[float]]:
    return np.hstack([found.posture, found.back.reshape(len(found), -1), found.slump, found.tilt[:, None]]).tolist()


def test_every_shot_is_an_example_of_changes_from_the_own_neutral() -> None:
    found = examples([made()])
    assert len(found) == len(KINDS)
    assert found.kind.tolist() == list(KINDS)
    assert set(found.body) == {"ada"}
    assert set(found.sitting) == {0}
    assert found.posture[9] == pytest.approx(posture_changes(HALF, NEUTRAL))
    assert found.back[9] == pytest.approx(back_changes(HALF, NEUTRAL))
    assert found.seven[9] == pytest.approx(features(HALF, NEUTRAL))
    assert found.slump == pytest.approx(np.tile(posture_changes(SLUMP, NEUTRAL)[:N_OWN], (len(KINDS), 1)))


def test_the_tilt_is_the_true_change_from_the_mean_of_the_neutral_sits() -> None:
    assert examples([made()]).tilt == pytest.approx(np.array(TILTS) - 5.0)


def test_the_neutral_sit_is_the_median_of_its_shots() -> None:
    found = examples([made(swapped(0, replace(NEUTRAL, trunk_px=500.0)))])
    assert found.posture[9] == pytest.approx(posture_changes(HALF, NEUTRAL))


def test_a_shot_in_which_nobody_or_no_head_was_seen_is_left_out() -> None:
    no_head = replace(HALF, marks_px=(*HALF.marks_px[:2], NAN, NAN, *HALF.marks_px[4:]))
    for gone in (None, no_head):
        found = examples([made(swapped(9, gone))])
        assert found.kind.tolist() == [kind for kind in KINDS if kind != "half"]
    assert examples([made(swapped(0, None))]).tilt[-1] == pytest.approx(2.0 - 5.5)


def test_a_back_that_is_not_to_be_trusted_is_not_known() -> None:
    found = examples([made(swapped(9, replace(HALF, contour_valid=0.5)))])
    assert np.flatnonzero(np.isnan(found.back).all(axis=(1, 2))).tolist() == [9]
    unclear = tuple(replace(m, contour_edge_pct=5.0) if m is NEUTRAL else m for m in SHOTS)
    assert np.isnan(examples([made(unclear)]).back).all()


def test_a_gap_in_a_trusted_back_stays_a_gap() -> None:
    holey = replace(HALF, back_slopes_deg=(NAN, *HALF.back_slopes_deg[1:]))
    back = examples([made(swapped(9, holey))]).back[9]
    assert np.isnan(back).any(axis=1).tolist() == [True, *[False] * 9]


def test_without_slumps_the_slump_is_not_known() -> None:
    found = examples([made((*SHOTS[:5], *(None,) * 4, *SHOTS[9:]))])
    assert len(found) == 7
    assert np.isnan(found.slump).all()
    assert found.slump.shape == (7, N_OWN)


def test_without_neutral_sits_there_are_no_examples() -> None:
    hidden = replace(NEUTRAL, trunk_px=NAN)
    for nothing in (None, hidden):
        found = examples([made((*(nothing,) * 5, *SHOTS[5:])), made(subject="bea")])
        assert set(found.body) == {"bea"}
        assert set(found.sitting) == {1}


def test_other_shots_can_be_the_references() -> None:
    found = examples([made(neutrals=(9,), slumps=(10,))])
    assert found.posture[9] == pytest.approx(np.zeros(17))
    assert found.tilt == pytest.approx(np.array(TILTS) - 11.0)
    assert found.slump[0] == pytest.approx(posture_changes(LEAN, HALF)[:N_OWN])


def test_repeats_use_some_of_the_references_and_the_same_seed_the_same_ones() -> None:
    sittings = [made(), made(subject="bea")]
    once, twice = examples(sittings), examples(sittings, repeats=3, seed=4)
    assert len(twice) == 3 * len(once)
    first = twice[twice.sitting == 0]
    assert rows(first)[: len(KINDS)] == rows(once[once.sitting == 0])
    assert rows(twice) == rows(examples(sittings, repeats=3, seed=4))
    # each sees its neutral tilt as a mean of two to five of the five true ones
    neutral_tilts = {round(t, 6) for t in np.array(TILTS * 3) - first.tilt}
    assert len(neutral_tilts) > 1
    assert all(3.5 <= t <= 6.5 for t in neutral_tilts)


def test_examples_can_be_chosen_and_joined() -> None:
    found = examples([made(), made(subject="bea")])
    ada, bea = found[found.body == "ada"], found[found.body == "bea"]
    assert len(ada) == len(bea) == len(KINDS)
    assert rows(joined(ada, bea)) == rows(found)
    assert joined(bea, ada).body.tolist() == ["bea"] * len(KINDS) + ["ada"] * len(KINDS)
