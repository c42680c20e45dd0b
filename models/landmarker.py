"""MediaPipe Pose Landmarker -> `Pose`. The only module that imports mediapipe, and only when one is made.

Source: MediaPipe Tasks, Pose Landmarker, VIDEO running mode
(https://ai.google.dev/edge/mediapipe/solutions/vision/pose_landmarker).
"""

from __future__ import annotations

import math
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import cv2
import numpy as np
import numpy.typing as npt

from models.bundle import BUNDLE_PATH, BundleError, check_bundle
from models.pose import ImageArray, Landmark, MaskArray, Place, Pose

LOOK_EVERY_S: Final = 2.0
"""While only people away from the place are seen, the rest of the picture is searched this often, in seconds."""

MAX_OTHERS: Final = 3
"""So many people away from the place are looked past in one search."""

_BODY_LEVEL: Final = 0.3
"""Mask values above this count as body when somebody is covered up."""

_SPARED_RADII: Final = 0.5
"""Columns that near to the place, in its radii, are not covered up with somebody who stands before the sitter."""

_CHATTER: Final = re.compile(rb"[IW]\d{4} |INFO: |WARNING: ")
"""How the lines begin that MediaPipe's and TensorFlow Lite's C++ code write to the terminal."""


class Landmarker:
    """Finds one person per frame and follows them, about 12 to 20 ms a frame. A `PoseEstimator`.

    One thread makes, uses and closes it. Making it takes about 2 s the first time (mediapipe is imported then).

    Args:
        bundle: the pose model.

    Raises:
        BundleError: the bundle is missing or damaged, or MediaPipe does not start with it.
    """

    def __init__(self, bundle: Path = BUNDLE_PATH) -> None:
        content = check_bundle(bundle).read_bytes()
        with _without_chatter():
            self._mediapipe, self._native = _open(content)
        self._closed = False
        self._chatty = True
        self._stamp_ms = -1
        self._next_look_s = -math.inf

    def estimate(self, image_bgr: ImageArray, t_s: float, place: Place | None) -> tuple[Pose, ...]:
        """Poses in the picture, the sitter's first.

        Without a place, the person followed at the moment. With a place, that person if their hip centre is
        within ``place.radius_px``. If not, somebody else was picked: the others are searched for at once and
        then every `LOOK_EVERY_S`, and the sitter is followed again when found. Whether the first pose is within
        the radius is for the caller to see.

        Args:
            image_bgr: (height, width, 3) uint8 picture, blue-green-red; any memory layout.
            t_s: time of the frame in seconds; steps below 1 ms, or back, count as 1 ms.
            place: where the sitter is expected, in pixels of the picture.

        Returns:
            Every person that was looked at, ordered by distance of the hips to ``place``; empty when nobody is seen.

        Raises:
            ValueError: the picture has another shape or type, or ``t_s`` is not finite.
            RuntimeError: the landmarker is closed.
        """
        if self._closed:
            raise RuntimeError("the landmarker is closed")
        if image_bgr.ndim != 3 or image_bgr.shape[2] != 3 or image_bgr.size == 0 or image_bgr.dtype != np.uint8:
            raise ValueError(f"expected a (height, width, 3) uint8 picture, got {image_bgr.shape} {image_bgr.dtype}")
        if not math.isfinite(t_s):
            raise ValueError(f"t_s must be finite, got {t_s}")
        image = cv2.cvtColor(np.ascontiguousarray(image_bgr), cv2.COLOR_BGR2RGB)
        self._stamp_ms = max(round(t_s * 1000), self._stamp_ms + 1) - 1

        pose = self._infer(image)
        if pose is None:
            return ()
        if place is None or _distance_px(pose, place) <= place.radius_px:
            self._next_look_s = -math.inf
            return (pose,)
        if t_s < self._next_look_s:
            return (pose,)
        self._next_look_s = t_s + LOOK_EVERY_S
        return self._look_past(pose, image, place)

    def close(self) -> None:
        """Release the model; a second call does nothing. Left undone, mediapipe complains when Python ends."""
        if not self._closed:
            self._closed = True
            self._native.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _infer(self, image: npt.NDArray[Any]) -> Pose | None:
        """The person followed in ``image`` (RGB), or the most prominent one when nobody was followed."""
        mp = self._mediapipe
        self._stamp_ms += 1
        # One of the lines comes with the first person that is found.
        with _without_chatter() if self._chatty else nullcontext():
            result = self._native.detect_for_video(
                mp.Image(image_format=mp.ImageFormat.SRGB, data=image), self._stamp_ms
            )
        if not result.pose_landmarks:
            return None
        self._chatty = False
        return _pose(result, image.shape[1], image.shape[0])

    def _look_past(self, outsider: Pose, image: npt.NDArray[Any], place: Place) -> tuple[Pose, ...]:
        """Cover up whoever is followed and see who else there is, until the sitter is found and followed."""
        people = [outsider]
        view, nothing = image.copy(), np.zeros_like(image)
        while len(people) <= MAX_OTHERS and _distance_px(people[-1], place) > place.radius_px:
            _cover(view, people[-1], place)
            self._infer(nothing)  # loses track of the person, so that the next picture is searched
            other = self._infer(view)
            if other is None:
                break
            people.append(other)
        return tuple(sorted(people, key=lambda pose: _distance_px(pose, place)))


def _open(bundle: bytes) -> tuple[Any, Any]:
    """The mediapipe module and an open landmarker in VIDEO mode with masks."""
    try:
        import mediapipe
        from mediapipe.tasks.python import BaseOptions, vision

        options = vision.PoseLandmarkerOptions(
            base_options=BaseOptions(model_asset_buffer=bundle),
            running_mode=vision.RunningMode.VIDEO,
            num_poses=1,  # with more, the detector runs on every frame: 30 ms instead of 12
            output_segmentation_masks=True,
        )
        return mediapipe, vision.PoseLandmarker.create_from_options(options)
    except (ImportError, OSError, RuntimeError, ValueError) as error:
        reason = str(error).strip().splitlines() or [type(error).__name__]
        raise BundleError(f"The pose model does not start ({reason[0]}): install Saddle again.") from error


def _pose(result: Any, width_px: int, height_px: int) -> Pose:
    """The first person of a result, in pixels, with the mask copied out of memory that dies with the result."""
    marks, world = result.pose_landmarks[0], result.pose_world_landmarks[0]
    table = np.array([(m.x, m.y, m.visibility, m.presence) for m in marks], dtype=np.float64)
    mask: MaskArray = result.segmentation_masks[0].numpy_view().reshape(height_px, width_px).copy()
    return Pose(
        points_px=table[:, :2] * (width_px, height_px),
        visibility=table[:, 2],
        presence=table[:, 3],
        world_m=np.array([(m.x, m.y, m.z) for m in world], dtype=np.float64),
        mask=mask,
        width_px=width_px,
        height_px=height_px,
    )


def _distance_px(pose: Pose, place: Place) -> float:
    x, y = (pose.points_px[Landmark.LEFT_HIP] + pose.points_px[Landmark.RIGHT_HIP]) / 2
    return math.hypot(x - place.x_px, y - place.y_px)


def _cover(view: npt.NDArray[Any], person: Pose, place: Place) -> None:
    """Blacken the upright box round ``person``, but not the columns near the middle of the place.

    A box, since a blackened silhouette is found as a person again.
    """
    if person.mask is None:
        return
    body = person.mask > _BODY_LEVEL
    rows, columns = np.flatnonzero(body.any(axis=1)), np.flatnonzero(body.any(axis=0))
    if not rows.size:
        return
    x = np.arange(view.shape[1])
    hide = (x >= columns[0]) & (x <= columns[-1]) & (np.abs(x - place.x_px) > _SPARED_RADII * place.radius_px)
    view[rows[0] : rows[-1] + 1, hide] = 0


@contextmanager
def _caught_stderr(saved: int) -> Iterator[None]:
    with tempfile.TemporaryFile() as caught:
        os.dup2(caught.fileno(), 2)
        try:
            yield
        finally:
            os.dup2(saved, 2)
            os.close(saved)
            caught.seek(0)
            os.write(2, b"".join(line for line in caught if not _CHATTER.match(line)))


def _without_chatter() -> AbstractContextManager[None]:
    """Holds back what is written to file descriptor 2 meanwhile, and passes on all but the known chatter."""
    try:
        if sys.stderr is not None:
            sys.stderr.flush()
        return _caught_stderr(os.dup(2))
    except (OSError, ValueError):  # no terminal to keep clean, as in a windowed program
        return nullcontext()
