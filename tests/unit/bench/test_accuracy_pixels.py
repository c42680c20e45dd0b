import numpy as np
import pytest

from bench.accuracy import raster
from bench.accuracy.backline import Backline, backline, hang, slack
from bench.accuracy.mesh import box, cushion, join, tube
from bench.accuracy.store import Shard, pack, read_shard, write_shard
from bench.accuracy.webcam import draw_sensor, expose, gain_for

TRIANGLE = np.array([[2.0, 2.0, 1.0], [2.0, 8.2, 1.0], [8.2, 2.0, 1.0]], dtype=np.float32)


def drawn(points, faces, both_sides=False):
    nearness, ids = raster.blank(10, 10)
    raster.draw(points, np.array(faces, dtype=np.int32), 5, nearness, ids, both_sides)
    return ids


def test_a_triangle_covers_the_pixels_whose_middle_it_covers():
    ids = drawn(TRIANGLE, [[0, 1, 2]])
    assert (ids == 5).sum() == 21  # 6 + 5 + 4 + 3 + 2 + 1
    assert ids[2, 2] == 5
    assert ids[1, 2] == -1


def test_a_triangle_seen_from_behind_is_left_out():
    assert (drawn(TRIANGLE, [[0, 2, 1]]) == -1).all()
    assert (drawn(TRIANGLE, [[0, 2, 1]], both_sides=True) == 5).any()


def test_the_nearer_triangle_is_seen():
    near = TRIANGLE.copy()
    near[:, 2] = 2.0
    both = np.concatenate((near, TRIANGLE))
    assert set(np.unique(drawn(both, [[3, 4, 5], [0, 1, 2]]))) == {-1, 6}


def test_a_triangle_with_a_corner_behind_the_camera_is_left_out():
    behind = TRIANGLE.copy()
    behind[1, 2] = 0.0
    assert (drawn(behind, [[0, 1, 2]]) == -1).all()


@pytest.mark.parametrize("solid", [box((1, 2, 3), (0.4, 0.6, 0.8), 0), cushion((1, 2, 3), (0.4, 0.6, 0.8), 0)])
def test_solids_face_outward(solid):
    corners = solid.points_m[solid.faces]
    normals = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    outward = (normals * (corners.mean(axis=1) - [1, 2, 3])).sum(axis=1)
    assert (outward >= -1e-9).all()
    assert np.ptp(solid.points_m, axis=0) == pytest.approx([0.4, 0.6, 0.8])


def test_joined_meshes_keep_their_triangles_apart():
    both = join([box((0, 0, 0), (1, 1, 1), 3), tube((0, 0, 0), (0, 0, 1), 0.1, 4)])
    assert both.faces.max() == len(both.points_m) - 1
    assert set(both.material) == {3, 4}
    assert len(join([]).faces) == 0


def test_cloth_hangs_down_from_what_stands_out_and_fills_the_hollow():
    x = np.full((96, 16), np.inf)
    x[10:60, 6:11] = 0.0
    x[50, 6:11] = -0.1  # shoulder blades
    x[12, 6:11] = -0.12  # buttocks
    back = Backline(x, 0.0)
    hung = hang(back, 0.0)
    assert (hung.x_m[13:51, 8] == -0.1).all()
    assert hung.x_m[55, 8] == 0.0
    assert hung.x_m[12, 8] == -0.12
    assert slack(back, hung).x_m[30, 8] == pytest.approx(0.1, abs=0.02)


def test_the_back_line_is_the_rearmost_point_of_each_cell():
    points = np.array([[-0.1, 0.0, 0.5], [0.1, 0.0, 0.5], [-0.2, 0.0, 1.0]])
    back = backline(points, np.arange(3, dtype=np.int32))
    heights, rear = back.rearmost(0.1)
    assert rear[0] == -0.1
    assert rear[np.searchsorted(heights, 1.0 - 0.01)] == pytest.approx(-0.2, abs=0.01)
    assert np.isinf(rear[heights > 1.1]).all()


def test_a_shard_comes_back_as_it_was_written(tmp_path):
    mask = np.zeros((480, 640), dtype=bool)
    mask[100:200, 300:400] = True
    shard = Shard(
        visible=np.array([pack(mask)]),
        whole=np.array([pack(~mask)]),
        joints=np.array([0, 11]),
        joints_px=np.array([[[1.0, 2.0], [3.0, 4.0]]], dtype=np.float32),
        sitting=np.array([0]),
        kind=np.array(["neutral"]),
        truth={"pelvic_tilt_deg": np.array([9.5], dtype=np.float32)},
        sittings=[{"subject": "f01"}],
    )
    write_shard(tmp_path / "a.npz", shard)
    back = read_shard(tmp_path / "a.npz")
    assert (back.mask(0) == mask).all()
    assert (back.mask(0, whole=True) == ~mask).all()
    assert back.truth["pelvic_tilt_deg"][0] == 9.5
    assert back.sittings == [{"subject": "f01"}]
    assert [path.name for path in tmp_path.iterdir()] == ["a.npz"]


def test_the_webcam_is_the_same_for_the_same_seed_and_lifts_a_dark_room():
    scene = np.full((48, 64, 3), 0.02, dtype=np.float32)
    sensor = draw_sensor(np.random.default_rng(1))
    gain = gain_for(scene, sensor)
    assert gain > 1
    first, second = (expose(scene, sensor, gain, np.random.default_rng(2)) for _ in range(2))
    assert first.dtype == np.uint8
    assert (first == second).all()
    assert first.mean() > 60
