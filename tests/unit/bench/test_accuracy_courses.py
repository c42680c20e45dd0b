import numpy as np
import pytest

from bench.accuracy.courses import ODD_STATES, natural_day, refusal_course, work_course
from bench.accuracy.people import draw_habit

HABIT = draw_habit(np.random.default_rng(1))


def at_seconds(course, first, last):
    return [course.at(float(t)) for t in range(first, last + 1)]


@pytest.mark.parametrize("order", [0, 1, 2])
def test_spans_follow_one_another_and_begin_with_a_calibration(order):
    course = work_course(HABIT, np.random.default_rng(3), order)
    for before, after in zip(course.spans, course.spans[1:], strict=False):
        assert before.end_s == after.start_s
    assert {state for state, _ in at_seconds(course, 0, 20)} == {"neutral"}
    assert {state for state, _ in at_seconds(course, 21, 25)} == {"away"}
    assert {state for state, _ in at_seconds(course, 26, 37)} == {"neutral"}
    assert {state for state, _ in at_seconds(course, 38, 55)} == {"slump"}
    assert course.at(57.0)[0] == "neutral"


def test_the_plain_course_has_every_stretch():
    course = work_course(HABIT, np.random.default_rng(3), 0)
    states = [span.state for span in course.spans]
    wanted = [
        "tipping",
        "tipped",
        "neutral",
        "hinge_forward",
        "neutral",
        "reclined",
        "neutral",
        "knees_up",
        "upper_slump",
    ]
    assert states[5:14] == wanted
    assert 360 <= course.length_s <= 380


def test_calibration_postures_are_the_persons_own():
    course = work_course(HABIT, np.random.default_rng(3), 0)
    upright = [posture.tilt for _, posture in at_seconds(course, 0, 20)]
    deep = [posture.tilt for _, posture in at_seconds(course, 41, 54)]
    assert np.mean(upright) == pytest.approx(HABIT.neutral_tilt, abs=2.0)
    assert np.mean(deep) == pytest.approx(HABIT.neutral_tilt + HABIT.slump_more, abs=2.0)


def test_nobody_is_there_when_away():
    course = work_course(HABIT, np.random.default_rng(3), 0)
    assert all(posture is None for _, posture in at_seconds(course, 21, 25))


def test_a_change_of_posture_takes_its_time():
    course = work_course(HABIT, np.random.default_rng(3), 0)
    tilts = [course.at(38 + share / 10).__getitem__(1).tilt for share in range(30)]
    assert max(abs(np.diff(tilts))) < 0.35 * HABIT.slump_more


def test_the_same_seed_gives_the_same_course():
    first, second = (work_course(HABIT, np.random.default_rng(9), 1) for _ in range(2))
    assert first.spans == second.spans
    assert first.at(123.4) == second.at(123.4)


def test_tipped_means_at_least_ten_degrees():
    for seed in range(6):
        course = work_course(HABIT, np.random.default_rng(seed), seed)
        for span in course.spans:
            if span.state == "tipped":
                assert span.first.tilt - HABIT.neutral_tilt >= 10


@pytest.mark.parametrize("mixed", [True, False])
def test_a_natural_day_shifts_nine_times_in_a_quarter_of_an_hour(mixed):
    course = natural_day(HABIT, np.random.default_rng(2), 8.0, mixed)
    assert course.length_s >= 8 * 3600
    seated = [span for span in course.spans[4:] if span.state != "away"]
    minutes = sum(span.end_s - span.start_s for span in seated) / 60
    assert len(seated) / minutes * 15 == pytest.approx(9, abs=1.2)
    assert sum(span.state == "away" for span in course.spans) >= 5


def test_on_an_upright_day_nobody_sinks():
    course = natural_day(HABIT, np.random.default_rng(2), 8.0, mixed=False)
    for span in course.spans:
        if span.first is None or span.state in ("slump", "reclined"):
            continue
        assert span.first.tilt - HABIT.neutral_tilt < 7
        assert "slump" not in span.state or span.state == "upper_slump"


def test_the_calibration_of_a_slow_recording_is_stretched():
    course = natural_day(HABIT, np.random.default_rng(2), 0.1, mixed=False, stretch=5.0)
    assert course.calibration == {"neutral": [[0.0, 100.0], [130.0, 180.0]], "slump": [200.0, 270.0]}
    assert course.at(250.0)[0] == "slump"


def test_what_must_be_refused_comes_after_a_calibration():
    course = refusal_course(HABIT, np.random.default_rng(2))
    odd = [span for span in course.spans if span.state in ODD_STATES]
    assert [span.state for span in odd] == list(ODD_STATES)
    assert all(span.start_s >= 57 and span.first is not None for span in odd)
