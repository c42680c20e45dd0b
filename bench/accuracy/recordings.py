"""Time-lapse recordings for judging: shaded frames as a webcam shows them, truth and true masks beside them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import cv2
import numpy as np

from bench.accuracy.courses import ODD_STATES, Course, natural_day, refusal_course, work_course
from bench.accuracy.mesh import join
from bench.accuracy.painter import FINER, Painter
from bench.accuracy.people import Split
from bench.accuracy.rooms import light_of
from bench.accuracy.setup import Setup, Wish, draw_setup
from bench.accuracy.stage import Stage
from bench.accuracy.store import pack
from bench.accuracy.webcam import draw_sensor, expose, gain_for

CourseKind = Literal["work", "upright", "mixed", "refusals"]


@dataclass(frozen=True)
class Plan:
    """What to record.

    Attributes:
        course: ``work`` is six minutes with everything; ``upright`` and ``mixed`` are long natural days;
            ``refusals`` has the moments in which the tilt cannot be told.
        hours: length of a long day.
        every_s: one frame in so many seconds.
        masks: keep the true masks, too.
    """

    course: CourseKind = "work"
    hours: float = 8.0
    every_s: float = 1.0
    masks: bool = False


def course_of(setup: Setup, plan: Plan) -> Course:
    """The course of a sitting's recording."""
    rng = setup.rng("course")
    if plan.course == "work":
        return work_course(setup.habit, rng, setup.seed % 3)
    if plan.course == "refusals":
        return refusal_course(setup.habit, rng)
    return natural_day(setup.habit, rng, plan.hours, plan.course == "mixed", max(plan.every_s, 1.0))


class Recorder:
    """Renders one sitting, frame after frame."""

    def __init__(self, setup: Setup, course: Course, bodies: Path | None = None) -> None:
        self.setup, self.course = setup, course
        key = course.key_postures()
        step = max(1, len(key) // 40)
        self.stage = Stage(setup, key[::step], bodies)
        still = join([self.stage.room, self.stage.desk])
        light = light_of(setup.room, setup.side)
        self._painter = Painter(self.stage.camera, light, self.stage.materials, still)
        self._sensor = draw_sensor(setup.rng("sensor"))
        self._noise = setup.rng("noise")
        first, _ = self._painter.paint([*self.stage.empty()])
        self._gain = gain_for(first, self._sensor)

    def frame(self, t_s: float) -> tuple[Any, Any, dict[str, Any]]:
        """Picture (480, 640, 3), visible mask (480, 640) and truth at a time."""
        state, posture = self.course.at(t_s)
        truth: dict[str, Any] = {"t_s": t_s, "state": state}
        persons = 0
        meshes = list(self.stage.empty())
        if posture is not None:
            moment = self.stage.take_odd(state, posture) if state in ODD_STATES else self.stage.take(posture)
            truth |= moment.truth
            persons = len(moment.person)
            meshes = [*moment.person, *moment.things]
        scene, seen = self._painter.paint(meshes)
        mask = (seen >= 0) & (seen < persons)
        height, width = scene.shape[:2]
        mask = mask.reshape(height, FINER, width, FINER).mean(axis=(1, 3)) >= 0.5
        return expose(scene, self._sensor, self._gain, self._noise), mask, truth


def record(setup: Setup, plan: Plan, name: Path, bodies: Path | None, tick: Callable[[int], None]) -> None:
    """Write ``name`` .mp4, .json and, if wished, .masks.npz; a broken-off recording leaves none of them.

    Args:
        setup: the sitting.
        plan: what to record.
        name: path without suffix.
        bodies: folder of baked bodies.
        tick: told after every frame.
    """
    course = course_of(setup, plan)
    recorder = Recorder(setup, course, bodies)
    part = name.with_name(name.name + ".part.mp4")
    size = (recorder.stage.camera.width_px, recorder.stage.camera.height_px)
    film = cv2.VideoWriter(str(part), cv2.VideoWriter.fourcc(*"mp4v"), 1 / plan.every_s, size)
    frames, kept = [], []
    try:
        for t_s in np.arange(0.0, course.length_s, plan.every_s):
            picture, mask, truth = recorder.frame(float(t_s))
            film.write(picture)
            frames.append(truth)
            if plan.masks:
                kept.append(pack(mask))
            tick(1)
    except BaseException:
        film.release()
        part.unlink(missing_ok=True)
        raise
    film.release()
    header = recorder.stage.header() | {
        "course": plan.course,
        "every_s": plan.every_s,
        "calibration": course.calibration,
    }
    if plan.masks:
        masks = name.with_name(name.name + ".masks.npz")
        np.savez_compressed(masks, visible=np.array(kept), shape=np.array(size[::-1]))
    name.with_suffix(".json").write_text(json.dumps(header | {"frames": frames}), encoding="utf-8")
    part.replace(name.with_suffix(".mp4"))


def generate(
    count: int,
    seed: int,
    out: Path,
    split: Split,
    plan: Plan,
    wish: Wish,
    bodies: Path | None,
    tick: Callable[[int], None],
) -> list[Path]:
    """Write ``count`` recordings; those that are there already are kept.

    Returns:
        The paths of the films.
    """
    out.mkdir(parents=True, exist_ok=True)
    films = []
    for k in range(seed, seed + count):
        setup = draw_setup(k, split, wish)
        name = out / f"{plan.course}_{split}_{k:04d}"
        film = name.with_suffix(".mp4")
        if not film.exists():
            record(setup, plan, name, bodies, tick)
        films.append(film)
    return films
