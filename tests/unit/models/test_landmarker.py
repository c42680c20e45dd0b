"""MediaPipe behind the `PoseEstimator` protocol, on rendered people whose joints are known."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import pytest

from models.bundle import BundleError
from models.landmarker import LOOK_EVERY_S, Landmarker
from models.pose import FloatArray, ImageArray, Landmark, Place, Pose

PROJECT = Path(__file__).parents[3]
FRAMES = Path(os.environ.get("SADDLE_SHARED", PROJECT.parent / "shared")) / "recordings" / "rendered" / "frames"
CLOSE_PX = 25.0


@dataclass(frozen=True)
class Sitter:
    """A rendered person with the true joints."""

    image: ImageArray
    visible: ImageArray
    joints: dict[str, list[float]]

    def middle(self, left: Landmark, right: Landmark) -> FloatArray:
        centre: FloatArray = np.mean([self.joints[str(int(left))], self.joints[str(int(right))]], axis=0)
        return centre

    @property
    def hips(self) -> FloatArray:
        return self.middle(Landmark.LEFT_HIP, Landmark.RIGHT_HIP)


def sitter(body: int, number: int = 0) -> Sitter:
    if not FRAMES.is_dir():
        pytest.skip(f"no rendered frames ({FRAMES}); set SADDLE_SHARED")
    folder = FRAMES / f"grid_body{body}"
    truth = json.loads((folder / "truth.json").read_text())["frames"][number]
    image = cv2.imread(str(folder / f"{number:02d}.jpg"))
    visible = cv2.imread(str(folder / f"{number:02d}.person.png"), cv2.IMREAD_GRAYSCALE)
    assert image is not None
    assert visible is not None
    return Sitter(image.astype(np.uint8), visible.astype(np.uint8), truth["joints_px"])


@dataclass(frozen=True)
class TwoPeople:
    """The sitter in a widened room, and a passer-by pasted in to the right."""

    both: ImageArray
    only_passer_by: ImageArray
    place: Place
    passer_by_hips: FloatArray


def with_passer_by(seated: Sitter, passer_by: Sitter, scale: float, right_px: float) -> TwoPeople:
    room = cv2.copyMakeBorder(seated.image, 0, 0, 0, 320, cv2.BORDER_REPLICATE)
    shift = seated.hips + np.array([right_px, 0]) - passer_by.hips * scale
    matrix = np.array([[scale, 0, shift[0]], [0, scale, shift[1]]])
    size = (room.shape[1], room.shape[0])
    pasted = cv2.warpAffine(passer_by.image, matrix, size)
    body = cv2.warpAffine(passer_by.visible, matrix, size) > 127
    alone = np.full_like(room, 90)
    alone[body] = room[body] = pasted[body]
    return TwoPeople(
        room.astype(np.uint8),
        alone.astype(np.uint8),
        Place(float(seated.hips[0]), float(seated.hips[1]), 125.0),
        passer_by.hips * scale + shift,
    )


def hips(pose: Pose) -> FloatArray:
    centre: FloatArray = (pose.points_px[Landmark.LEFT_HIP] + pose.points_px[Landmark.RIGHT_HIP]) / 2
    return centre


def apart(a: FloatArray, b: FloatArray) -> float:
    return float(np.hypot(*(a - b)))


def lock_on_passer_by(landmarker: Landmarker, scene: TwoPeople, t_s: float) -> None:
    for step in range(3):
        (pose,) = landmarker.estimate(scene.only_passer_by, t_s + 0.1 * step, None)
    assert apart(hips(pose), scene.passer_by_hips) < 2 * CLOSE_PX


@pytest.fixture
def landmarker() -> Iterator[Landmarker]:
    with Landmarker() as opened:
        yield opened


@pytest.mark.parametrize("body", range(4))
def test_hips_and_knees_are_where_they_are(landmarker: Landmarker, body: int) -> None:
    person = sitter(body)
    (pose,) = landmarker.estimate(person.image, 0.0, None)
    assert apart(hips(pose), person.hips) < CLOSE_PX
    knees = (pose.points_px[Landmark.LEFT_KNEE] + pose.points_px[Landmark.RIGHT_KNEE]) / 2
    assert apart(knees, person.middle(Landmark.LEFT_KNEE, Landmark.RIGHT_KNEE)) < CLOSE_PX


def test_the_pose_is_whole(landmarker: Landmarker) -> None:
    person = sitter(0)
    (pose,) = landmarker.estimate(person.image, 0.0, None)
    assert (pose.width_px, pose.height_px) == (640, 480)
    assert pose.points_px.shape == (33, 2)
    assert pose.world_m.shape == (33, 3)
    assert np.abs(pose.world_m).max() < 2.0
    for chances in (pose.visibility, pose.presence):
        assert chances.shape == (33,)
        assert 0 <= chances.min() <= chances.max() <= 1
    assert pose.mask is not None
    assert pose.mask.shape == (480, 640)
    assert pose.mask.dtype == np.float32
    body, truth = pose.mask > 0.5, person.visible > 127
    assert (body & truth).sum() / (body | truth).sum() > 0.7


def test_a_mask_outlives_the_frames_after_it(landmarker: Landmarker) -> None:
    (first,) = landmarker.estimate(sitter(0).image, 0.0, None)
    assert first.mask is not None
    assert first.mask.flags.owndata
    kept = first.mask.copy()
    for step in range(1, 6):
        landmarker.estimate(sitter(0, step).image, 0.1 * step, None)
    np.testing.assert_array_equal(first.mask, kept)


def test_nobody(landmarker: Landmarker) -> None:
    empty = np.full((480, 640, 3), 120, np.uint8)
    assert landmarker.estimate(empty, 0.0, None) == ()
    assert landmarker.estimate(empty, 0.1, Place(320, 240, 100)) == ()


@pytest.mark.parametrize("times", [(0.0, 0.0, 0.0), (0.0, 0.0001, 0.0002), (5.0, 4.0, 4.5), (-1.0, -1.0, 0.0)])
def test_times_that_hardly_grow(landmarker: Landmarker, times: tuple[float, ...]) -> None:
    person = sitter(1)
    assert all(len(landmarker.estimate(person.image, t_s, None)) == 1 for t_s in times)


def test_any_memory_layout(landmarker: Landmarker) -> None:
    mirrored = sitter(0).image[:, ::-1]
    assert not mirrored.flags.c_contiguous
    (pose,) = landmarker.estimate(mirrored, 0.0, None)
    assert abs(hips(pose)[0] - (640 - sitter(0).hips[0])) < CLOSE_PX


@pytest.mark.parametrize(
    "image",
    [
        np.zeros((480, 640), np.uint8),
        np.zeros((480, 640, 4), np.uint8),
        np.zeros((480, 640, 1), np.uint8),
        np.zeros((0, 640, 3), np.uint8),
        np.zeros((480, 640, 3), np.float32),
    ],
)
def test_what_is_no_colour_picture_is_refused(landmarker: Landmarker, image: ImageArray) -> None:
    with pytest.raises(ValueError, match="uint8 picture"):
        landmarker.estimate(image, 0.0, None)


def test_a_time_that_is_none_is_refused(landmarker: Landmarker) -> None:
    with pytest.raises(ValueError, match="finite"):
        landmarker.estimate(sitter(0).image, float("nan"), None)


def test_close_twice_and_use_after_close() -> None:
    landmarker = Landmarker()
    landmarker.close()
    landmarker.close()
    with pytest.raises(RuntimeError, match="closed"):
        landmarker.estimate(np.zeros((480, 640, 3), np.uint8), 0.0, None)


def test_the_followed_sitter_is_the_only_answer(landmarker: Landmarker) -> None:
    scene = with_passer_by(sitter(0), sitter(1), 1.0, 350)
    seated = sitter(0).image
    landmarker.estimate(cv2.copyMakeBorder(seated, 0, 0, 0, 320, cv2.BORDER_REPLICATE).astype(np.uint8), 0.0, None)
    poses = landmarker.estimate(scene.both, 0.1, scene.place)
    assert len(poses) == 1
    assert apart(hips(poses[0]), sitter(0).hips) < CLOSE_PX


@pytest.mark.parametrize(("scale", "right_px"), [(0.6, 350), (1.0, 350), (1.0, 230), (1.4, 350)])
def test_back_from_a_passer_by_to_the_sitter(landmarker: Landmarker, scale: float, right_px: float) -> None:
    person = sitter(0)
    scene = with_passer_by(person, sitter(1), scale, right_px)
    lock_on_passer_by(landmarker, scene, 0.0)
    first, second = landmarker.estimate(scene.both, 1.0, scene.place)
    assert apart(hips(first), person.hips) < 2 * CLOSE_PX
    assert apart(hips(second), scene.passer_by_hips) < 2 * CLOSE_PX
    for step in range(5):  # followed again: one person, without another look
        (pose,) = landmarker.estimate(scene.both, 1.1 + 0.1 * step, scene.place)
        assert apart(hips(pose), person.hips) < 2 * CLOSE_PX


def test_while_only_a_passer_by_is_there_looks_are_rare(
    landmarker: Landmarker, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene = with_passer_by(sitter(0), sitter(1), 1.0, 350)
    lock_on_passer_by(landmarker, scene, 0.0)
    looks = []
    look = landmarker._look_past

    def counted(outsider: Pose, image: ImageArray, place: Place) -> tuple[Pose, ...]:
        looks.append(outsider)
        return look(outsider, image, place)

    monkeypatch.setattr(landmarker, "_look_past", counted)
    for step in range(30):
        poses = landmarker.estimate(scene.only_passer_by, 1.0 + step * LOOK_EVERY_S / 10, scene.place)
        assert all(apart(hips(pose), scene.passer_by_hips) < 2 * CLOSE_PX for pose in poses)
        assert poses
    assert len(looks) == 3


def test_a_missing_bundle(tmp_path: Path) -> None:
    with pytest.raises(BundleError, match="missing"):
        Landmarker(tmp_path / "none.task")


def test_a_bundle_that_mediapipe_does_not_take(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "text.task"
    path.write_text("no networks in here")
    monkeypatch.setattr("models.landmarker.check_bundle", lambda bundle: bundle)
    with pytest.raises(BundleError, match=r"does not start .*install Saddle again") as error:
        Landmarker(path)
    assert "\n" not in str(error.value)


def run_python(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, timeout=120)


def test_the_import_loads_no_mediapipe() -> None:
    done = run_python("import sys, models.landmarker; print('mediapipe' in sys.modules)")
    assert (done.stdout.strip(), done.stderr) == ("False", "")


def test_the_terminal_stays_clean_but_errors_are_shown() -> None:
    sitter(0)
    code = f"""
import cv2, os, sys, warnings
from models.landmarker import Landmarker, _without_chatter
with Landmarker() as landmarker:
    image = cv2.imread({str(FRAMES / "grid_body0" / "00.jpg")!r})
    for t_s in range(3):
        assert landmarker.estimate(image, t_s, None)
with _without_chatter():
    os.write(2, b"INFO: Created TensorFlow Lite XNNPACK delegate for CPU.\\n")
    print("something else", file=sys.stderr, flush=True)
"""
    done = run_python(code)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "something else\n")
