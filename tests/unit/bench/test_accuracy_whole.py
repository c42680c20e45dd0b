"""The whole way from a body to a silhouette and a frame; needs the dependency group `accuracy`."""

import importlib.util
import json

import numpy as np
import pytest

from bench.accuracy.generate import main
from bench.accuracy.setup import draw_setup

NEEDED = ("anny", "torch", "numba")
MISSING = [name for name in NEEDED if importlib.util.find_spec(name) is None]


@pytest.fixture(scope="module")
def bodies(tmp_path_factory):
    if MISSING:
        pytest.skip(f"the dependency group 'accuracy' is not installed: {', '.join(MISSING)} missing")
    return tmp_path_factory.mktemp("bodies")


def test_help_needs_nothing(capsys):
    with pytest.raises(SystemExit) as stop:
        main(["recordings", "--help"])
    assert stop.value.code == 0
    assert "--split" in capsys.readouterr().out


def test_without_anny_the_reason_is_said(tmp_path, capsys):
    if importlib.util.find_spec("anny") is not None:
        pytest.skip("anny is installed here")
    assert main(["--bodies", str(tmp_path), "silhouettes", "--count", "1", "--out", str(tmp_path / "out")]) == 1
    assert "dependency group 'accuracy'" in capsys.readouterr().err


def test_silhouettes_show_the_person_and_know_the_tilt(bodies):
    from bench.accuracy.silhouettes import PER_SITTING, make_shard

    shard = make_shard(range(3, 4), "fit", bodies)
    setup = draw_setup(3, "fit")
    assert len(shard.kind) == PER_SITTING
    for i in range(0, PER_SITTING, 6):
        visible, whole = shard.mask(i), shard.mask(i, whole=True)
        assert 8_000 < whole.sum() < 120_000
        assert not (visible & ~whole).any()
    neutrals = shard.truth["pelvic_tilt_deg"][shard.kind == "neutral"]
    assert neutrals.mean() == pytest.approx(setup.habit.neutral_tilt, abs=2.5)
    hip = shard.joints_px[:, list(shard.joints).index(23)]
    assert np.isfinite(hip).all()


def test_a_shard_is_the_same_a_second_time(bodies):
    from bench.accuracy.silhouettes import make_shard

    first, second = (make_shard(range(8, 9), "judge", bodies) for _ in range(2))
    assert (first.visible == second.visible).all()
    assert (first.joints_px == second.joints_px).all()


def test_a_recording_has_a_film_and_its_truth(bodies, tmp_path):
    asked = ["--bodies", str(bodies), "recordings", "--course", "upright", "--hours", "0.01", "--every", "20"]
    assert main([*asked, "--out", str(tmp_path), "--masks"]) == 0
    (film,) = tmp_path.glob("*.mp4")
    truth = json.loads(film.with_suffix(".json").read_text())
    assert truth["split"] == "judge"
    states = {frame["state"] for frame in truth["frames"]}
    assert {"neutral", "away", "slump"} <= states
    seated = next(frame for frame in truth["frames"] if frame["state"] == "neutral")
    wanted = {"pelvic_tilt_deg", "trunk_lean_deg", "thigh_elevation_deg", "knee_minus_hip_cm", "joints_px", "near"}
    assert wanted <= set(seated)
    with np.load(film.with_name(film.stem + ".masks.npz")) as masks:
        assert len(masks["visible"]) == len(truth["frames"])
