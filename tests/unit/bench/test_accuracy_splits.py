from collections import Counter

import pytest

from bench.accuracy.chairs import KINDS, chairs
from bench.accuracy.people import FIT, JUDGE, people
from bench.accuracy.rooms import room_named, room_names
from bench.accuracy.setup import Wish, draw_setup


def test_nothing_that_judges_is_ever_fitted():
    assert not {person.name for person in FIT} & {person.name for person in JUDGE}
    assert not set(FIT) & set(JUDGE)
    assert not {chair.name for chair in chairs("fit")} & {chair.name for chair in chairs("judge")}
    assert not set(room_names("fit")) & set(room_names("judge"))


def test_there_are_enough_bodies_and_every_kind_of_chair_on_both_sides():
    assert len(FIT) + len(JUDGE) >= 20
    for split in ("fit", "judge"):
        assert {chair.kind for chair in chairs(split)} == set(KINDS)
        assert {person.female > 0.5 for person in people(split)} == {True, False}


@pytest.mark.parametrize("split", ["fit", "judge"])
def test_a_draw_keeps_to_its_split(split):
    bodies, seats, rooms = people(split), chairs(split), room_names(split)
    for seed in range(40):
        setup = draw_setup(seed, split)
        assert setup.person in bodies
        assert setup.chair in seats
        assert setup.room.name in rooms


@pytest.mark.parametrize("split", ["fit", "judge"])
def test_chairs_rooms_bodies_and_views_are_crossed(split):
    setups = [draw_setup(seed, split) for seed in range(5000, 5840)]
    pairs = Counter((setup.chair.name, setup.room.name) for setup in setups)
    assert len(pairs) == len(chairs(split)) * len(room_names(split))
    assert len({(setup.person.name, setup.room.name) for setup in setups}) == len(people(split)) * len(
        room_names(split)
    )
    views = {(setup.chair.name, round(setup.yaw_deg / 15)) for setup in setups}
    assert len(views) == len(chairs(split)) * 5


def test_ranges_of_the_camera():
    setups = [draw_setup(seed, "judge") for seed in range(300)]
    assert all(abs(setup.yaw_deg) <= 34 for setup in setups)
    assert all(abs(setup.roll_deg) <= 3 for setup in setups)
    assert all(1.5 <= setup.distance_m <= 2.5 for setup in setups)
    assert all(55 <= setup.lens_deg <= 90 for setup in setups)
    assert {setup.side for setup in setups} == {-1, 1}


def test_the_same_seed_gives_the_same_sitting_and_a_wish_changes_only_what_it_names():
    plain, wished = draw_setup(7, "judge"), draw_setup(7, "judge", Wish(chair="stool-j1", yaw_deg=0.0))
    assert plain == draw_setup(7, "judge")
    assert wished.chair.name == "stool-j1"
    assert wished.yaw_deg == 0.0
    assert (wished.person, wished.habit, wished.room, wished.side) == (
        plain.person,
        plain.habit,
        plain.room,
        plain.side,
    )


def test_a_room_follows_from_its_name():
    assert room_named("room-j01") == room_named("room-j01")
    assert room_named("room-j01") != room_named("room-j02")
