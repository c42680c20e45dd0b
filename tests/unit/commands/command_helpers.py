"""The command line as a user starts it, and what every refusal must look like."""

from __future__ import annotations

import ctypes
import json
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from calibration.profile import Profile
from models.measures import Measures
from monitor.cli import app, out
from monitor.profiles import save_profile

ROOT = Path(__file__).parents[3]
OFFICE = ROOT / "monitor" / "demo" / "office.mp4"
PATIENCE_S = 60.0
_PR_CAPBSET_DROP = 24
_OVERRIDES = (1, 2)  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH: with them root may write and read everywhere


def made_profile(name: str = "sitter", **changes: object) -> Profile:
    """A profile that can be read; its measures are those of nobody."""
    about = {
        "name": name,
        "created": datetime(2026, 3, 2, 9, 0, tzinfo=UTC),
        "camera": "office.mp4",
        "width_px": 640,
        "height_px": 480,
        "facing": 1,
        "near": "left",
        "thigh_cm": 42.0,
        "thigh_full_px": 150.0,
        "thigh_neutral_deg": -5.0,
        "level_calibrated": False,
        "neutral": Measures(hip_x_px=300.0, hip_y_px=300.0, trunk_px=150.0, thigh_px=140.0),
        "neutral_spread": Measures(),
        "slump": Measures(hip_x_px=300.0, hip_y_px=300.0, trunk_px=140.0, thigh_px=140.0),
        "neutral_spread_pct": 5.0,
        "contour_trusted": True,
        "skeleton_trusted": True,
        "tilt_model": "test",
    }
    return Profile.model_validate({**about, **changes})


def data_folder_with_profile(folder: Path) -> Path:
    save_profile(folder / "profiles", made_profile())
    return folder


def without_overrides() -> None:
    """In a child before it starts: root keeps to the rights of files as everybody does."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return
    for capability in _OVERRIDES:
        ctypes.CDLL(None).prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0)


def with_little_room(size: int) -> Callable[[], None]:
    """In a child before it starts: no file may grow beyond so many bytes, as on a full disk."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def saddle_command(*args: object) -> list[str]:
    return [sys.executable, "-m", "monitor.cli", *map(str, args)]


def environment(home: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SADDLE_")}
    return {**kept, "HOME": str(home), "XDG_DATA_HOME": str(home), "COLUMNS": "120", **more}


def saddle(
    *args: object, home: Path, before: Callable[[], None] | None = None, model: bool = False
) -> subprocess.CompletedProcess[str]:
    """Run the command line to its end. Without ``model`` an attempt to load the pose model fails loudly."""
    more = {}
    if not model:
        trap = home / "no-model"
        trap.mkdir(exist_ok=True)
        (trap / "mediapipe.py").write_text("raise SystemExit('the pose model was loaded')\n")
        more["PYTHONPATH"] = str(trap)
    return subprocess.run(
        saddle_command(*args),
        cwd=ROOT,
        env=environment(home, **more),
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        preexec_fn=before,
        check=False,
    )


def printed(data: Path, *args: object, answer: str | None = None) -> str:
    """What a command prints, run inside the tests; raises what it refuses with."""
    with out.capture() as said:
        done = CliRunner().invoke(app, [*map(str, args), "--data-dir", str(data)], input=answer)
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code == 0, done.output
    return said.get()


def told(data: Path, *args: object, answer: str | None = None) -> Any:
    return json.loads(printed(data, *args, "--json", answer=answer))


def start_saddle(*args: object, home: Path) -> subprocess.Popen[str]:
    """Start the command line and let it run; Ctrl-C reaches it even when the tests run in the background."""
    return subprocess.Popen(
        saddle_command(*args),
        cwd=ROOT,
        env=environment(home),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )


def the_sentence(returncode: int, stdout: str, stderr: str) -> str:
    """The one sentence of a refusal, after checking that it is just that."""
    assert returncode == 2, (returncode, stdout, stderr)
    assert "Traceback" not in stdout + stderr
    (line,) = stderr.splitlines()
    assert line.startswith("saddle: ")
    assert line.endswith(".")
    assert ":" in line.removeprefix("saddle: "), "what to do next is missing"
    return line.removeprefix("saddle: ")


def refusal(done: subprocess.CompletedProcess[str]) -> str:
    return the_sentence(done.returncode, done.stdout, done.stderr)


def contents(folder: Path) -> dict[Path, bytes]:
    """Every file below a folder, with its bytes."""
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
