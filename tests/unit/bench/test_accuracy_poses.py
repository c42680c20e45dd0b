import numpy as np
import pytest

from bench.accuracy.poses import PosePlayer, _png, _row, load, save
from models.pose import Pose

KEY = {"film": "abc", "bundle": "def"}
SIZE = (48, 64)
IMAGE = np.zeros((*SIZE, 3), np.uint8)


def pose(seed):
    rng = np.random.default_rng(seed)
    return Pose(
        rng.uniform(0, 64, (33, 2)),
        rng.uniform(0, 1, 33),
        rng.uniform(0, 1, 33),
        rng.normal(0, 1, (33, 3)),
        rng.uniform(0, 1, SIZE).astype(np.float32),
        SIZE[1],
        SIZE[0],
    )


@pytest.fixture
def player():
    found = [pose(1), None, pose(2)]
    nobody = np.full((33, 7), np.nan)
    return PosePlayer(
        np.array([0, 1000, 2000]),
        np.array([nobody if p is None else _row(p) for p in found]),
        [b"" if p is None else _png(p) for p in found],
    )


def test_kept_poses_come_back_as_they_were(player, tmp_path):
    save(player, tmp_path / "film.poses.npz", KEY)
    again = load(tmp_path / "film.poses.npz", KEY)
    for t_s, seed in ((0.0, 1), (2.0, 2)):
        (back,) = again.estimate(IMAGE, t_s, None)
        np.testing.assert_array_equal(back.points_px, pose(seed).points_px)
        np.testing.assert_array_equal(back.visibility, pose(seed).visibility)
        np.testing.assert_array_equal(back.presence, pose(seed).presence)
        np.testing.assert_array_equal(back.world_m, pose(seed).world_m)
        np.testing.assert_allclose(back.mask, pose(seed).mask, atol=1e-5)
        assert (back.width_px, back.height_px) == (64, 48)


def test_nobody_stays_nobody(player, tmp_path):
    save(player, tmp_path / "film.poses.npz", KEY)
    assert load(tmp_path / "film.poses.npz", KEY).estimate(IMAGE, 1.0, None) == ()


def test_poses_of_another_film_or_model_are_not_used(player, tmp_path):
    save(player, tmp_path / "film.poses.npz", KEY)
    assert load(tmp_path / "film.poses.npz", KEY | {"bundle": "other"}) is None


def test_a_time_without_a_frame_is_an_error(player):
    with pytest.raises(KeyError):
        player.estimate(IMAGE, 0.5, None)


def test_films_of_another_length_of_day_are_kept_apart(tmp_path):
    from bench.accuracy.held_out import films, from_the_side

    all_films = films(24, 8.0) + films(0, 4.0)
    paths = [film.path(tmp_path) for film in all_films]
    assert len(set(paths)) == len(paths)
    front = next(film for film in all_films if film.purpose == "front")
    assert from_the_side(front) in all_films


def test_a_desk_pair_is_of_the_nearest_pictures_in_time(tmp_path):
    from bench.accuracy.photographs import Photograph, pairs

    def shot(name, label, group="desk_side"):
        return Photograph(tmp_path / name, group, label)

    pictures = [
        shot("good_posture_20241012_100000_x.jpg", "good"),
        shot("good_posture_20241012_100100_x.jpg", "good"),
        shot("bad_posture_20241012_100050_x.jpg", "bad"),
        shot("bad_posture_20241012_113000_x.jpg", "bad"),
        shot("good_posture_20241012_100049_x.jpg", "bad"),
        shot("straight_hf.jpg", "straight_hf", "side_on"),
        shot("hunchback_hf.jpg", "hunchback_hf", "side_on"),
        shot("hunchback.jpg", "hunchback", "side_on"),
    ]
    names = [(upright.path.name, slumped.path.name) for upright, slumped in pairs(pictures)]
    assert names == [
        ("straight_hf.jpg", "hunchback_hf.jpg"),
        ("good_posture_20241012_100100_x.jpg", "bad_posture_20241012_100050_x.jpg"),
    ]
