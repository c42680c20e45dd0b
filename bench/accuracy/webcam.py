"""What a cheap webcam makes of a scene: exposure, colour cast, noise, blur, sharpening, JPEG."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt


@dataclass(frozen=True)
class Sensor:
    """One webcam.

    Attributes:
        level: how bright its own exposure makes the middle of the picture, linear, 0 to 1.
        cast: factors on blue, green, red.
        blur_px: sharpness of the lens, as a standard deviation.
        sharpen: strength of the camera's own sharpening.
        noise: standard deviation of read noise, of 255, before JPEG.
        shot: how much more noise bright places have.
        vignette: how much darker the corners are, 0 to 1.
        jpeg: quality.
    """

    level: float
    cast: tuple[float, float, float]
    blur_px: float
    sharpen: float
    noise: float
    shot: float
    vignette: float
    jpeg: int


def draw_sensor(rng: np.random.Generator) -> Sensor:
    """Some webcam."""
    return Sensor(
        level=float(rng.uniform(0.16, 0.32)),
        cast=(float(rng.uniform(0.9, 1.1)), 1.0, float(rng.uniform(0.92, 1.1))),
        blur_px=float(rng.uniform(0.3, 0.9)),
        sharpen=float(rng.uniform(0.0, 0.8)),
        noise=float(rng.uniform(0.8, 2.8)),
        shot=float(rng.uniform(0.5, 2.0)),
        vignette=float(rng.uniform(0.0, 0.25)),
        jpeg=int(rng.integers(62, 93)),
    )


def gain_for(scene: npt.NDArray[np.float32], sensor: Sensor) -> float:
    """The exposure the webcam settles on for a scene (H, W, 3)."""
    height, width = scene.shape[:2]
    middle = scene[height // 5 : -height // 5, width // 5 : -width // 5]
    return float(np.clip(sensor.level / max(float(middle.mean()), 1e-3), 0.3, 6.0))


def expose(
    scene: npt.NDArray[np.float32], sensor: Sensor, gain: float, rng: np.random.Generator
) -> npt.NDArray[np.uint8]:
    """The webcam's picture.

    Args:
        scene: (H, W, 3) linear blue, green, red, about 0 to 1.
        sensor: the webcam.
        gain: its exposure.
        rng: for the noise.

    Returns:
        (H, W, 3) uint8 blue, green, red, after a round through JPEG.
    """
    height, width = scene.shape[:2]
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    radius2 = ((x / width - 0.5) ** 2 + (y / height - 0.5) ** 2) * 2
    light = scene * (gain * (1 - sensor.vignette * radius2))[:, :, None] * np.array(sensor.cast, np.float32)
    light = light / (1 + 0.15 * light**2)  # a soft shoulder for what is too bright
    picture = np.clip(light, 0, 1) ** (1 / 2.2) * 255
    picture = cv2.GaussianBlur(picture, (0, 0), sensor.blur_px)
    grain = rng.standard_normal((height, width), dtype=np.float32)
    coarse = cv2.resize(rng.standard_normal((height // 2, width // 2, 3), dtype=np.float32), (width, height))
    strength = sensor.noise + sensor.shot * np.sqrt(np.clip(picture, 0, 255) / 255)
    picture = picture + strength * (0.8 * grain[:, :, None] + 0.5 * coarse)
    if sensor.sharpen > 0:
        picture = picture + sensor.sharpen * (picture - cv2.GaussianBlur(picture, (0, 0), 1.2))
    raw = np.clip(picture, 0, 255).astype(np.uint8)
    _, packed = cv2.imencode(".jpg", raw, [cv2.IMWRITE_JPEG_QUALITY, sensor.jpeg])
    return np.asarray(cv2.imdecode(packed, cv2.IMREAD_COLOR), dtype=np.uint8)
