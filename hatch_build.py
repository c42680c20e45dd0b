"""Build hook: makes the pose model bundle and puts it into the package.

The two networks come out of the mediapipe 0.10.21 wheel, which is downloaded by name and version with pip,
or taken from the wheel or bundle that the environment variable SADDLE_POSE_SOURCE names (a build without a
network). Nothing is downloaded at run time.
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SOURCE_VARIABLE = "SADDLE_POSE_SOURCE"


def _load_bundle_module(root: Path) -> Any:
    spec = importlib.util.spec_from_file_location("saddle_bundle", root / "models" / "bundle.py")
    if spec is None or spec.loader is None:
        raise RuntimeError("models/bundle.py is missing")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _download_wheel(package: str, version: str, folder: Path) -> Path:
    # The two networks are the same bytes in every platform's wheel: ask for one that always exists.
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:"]
    command += ["--python-version", "3.11", "--platform", "manylinux_2_28_x86_64"]
    command += ["--dest", str(folder), f"{package}=={version}"]
    result = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own words
    wheels = sorted(folder.glob("*.whl"))
    if result.returncode != 0 or not wheels:
        raise RuntimeError(
            f"could not download {package} {version}, which holds the pose model: connect to the network, or set "
            f"{SOURCE_VARIABLE} to that wheel or to a ready bundle on disk.\n{result.stderr.strip()}"
        )
    return wheels[0]


class PoseBundleHook(BuildHookInterface):  # type: ignore[type-arg]
    """Makes ``models/pose_landmarker_full.task`` before the wheel is packed or installed for editing."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the bundle unless the right one is there already; every hash is checked."""
        root = Path(self.root)
        bundle = _load_bundle_module(root)
        target = root / "models" / bundle.BUNDLE_NAME
        named = os.environ.get(SOURCE_VARIABLE)
        if named:
            content = bundle.bundle_from(Path(named))
        elif target.exists() and bundle.sha256(target.read_bytes()) == bundle.BUNDLE_SHA256:
            return
        else:
            with tempfile.TemporaryDirectory() as folder:
                wheel = _download_wheel(bundle.SOURCE_PACKAGE, bundle.SOURCE_VERSION, Path(folder))
                content = bundle.bundle_from(wheel)
        partial = target.with_suffix(".partial")
        partial.write_bytes(content)
        partial.replace(target)
