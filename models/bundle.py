"""Make and check the pose model bundle (``pose_landmarker_full.task``).

The bundle is made when the package is built, from the two networks that the mediapipe 0.10.21 wheel
carries (Apache-2.0): the person detector and the full pose landmark network. MediaPipe Tasks expects a
stored (uncompressed) zip of the two, each with TFLite metadata that says how pixels are normalised.
Every byte that goes in and the bundle that comes out are checked against SHA-256 sums.

Needs only the standard library to check a bundle; making one needs ``flatbuffers`` and ``numpy``.
"""

from __future__ import annotations

import hashlib
import importlib.util
import io
import sys
import tempfile
import zipfile
from pathlib import Path
from types import ModuleType
from typing import Any, Final

BUNDLE_NAME: Final = "pose_landmarker_full.task"
BUNDLE_PATH: Final = Path(__file__).parent / BUNDLE_NAME
BUNDLE_SHA256: Final = "c97a57acd006a76914eeab3e885fda6058bc3c4df298108e0d8fc42a05b302a1"

SOURCE_PACKAGE: Final = "mediapipe"
SOURCE_VERSION: Final = "0.10.21"

_DETECTOR: Final = "mediapipe/modules/pose_detection/pose_detection.tflite"
_LANDMARKS: Final = "mediapipe/modules/pose_landmark/pose_landmark_full.tflite"
_MODEL_SCHEMA: Final = "mediapipe/tasks/metadata/schema_py_generated.py"
_METADATA_SCHEMA: Final = "mediapipe/tasks/metadata/metadata_schema_py_generated.py"

SOURCE_SHA256: Final = {
    _DETECTOR: "9ba9dd3d42efaaba86b4ff0122b06f29c4122e756b329d89dca1e297fd8f866c",
    _LANDMARKS: "e9a5c5cb17f736fafd4c2ec1da3b3d331d6edbe8a0d32395855aeb2cdfd64b9f",
    _MODEL_SCHEMA: "49a26cf90cdf5271271e61f61d4bf3a293da4777824c73d08f5cb9e0e2cbc29a",
    _METADATA_SCHEMA: "bcd857b0f5af7d74ec948e882d4d8e31f4bdd41dece562110d1ffcbd8453bf50",
}
"""Members of the 0.10.21 wheel that are used, and their sums (the same in every platform's wheel)."""

_DETECTOR_NORMALISATION: Final = (127.5, 127.5)
_LANDMARKS_NORMALISATION: Final = (0.0, 255.0)
_METADATA_IDENTIFIER: Final = b"M001"
_MODEL_IDENTIFIER: Final = b"TFL3"
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)


class BundleError(Exception):
    """The bundle, or what it should be made from, is missing or not what it should be."""


def sha256(data: bytes) -> str:
    """Hexadecimal SHA-256 of ``data``."""
    return hashlib.sha256(data).hexdigest()


def check_bundle(path: Path = BUNDLE_PATH) -> Path:
    """Return ``path`` when it holds exactly the expected bundle.

    Raises:
        BundleError: the file is missing, unreadable or its SHA-256 differs.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BundleError(
            f"The pose model is missing ({path}): install Saddle again (pip install --force-reinstall saddle)."
        ) from error
    if sha256(data) != BUNDLE_SHA256:
        raise BundleError(
            f"The pose model is damaged ({path}): install Saddle again (pip install --force-reinstall saddle)."
        )
    return path


def bundle_from(source: Path) -> bytes:
    """The bundle's bytes from a mediapipe 0.10.21 wheel or a ready bundle on disk.

    Raises:
        BundleError: no such file, not a zip, a member is missing, or a sum differs.
    """
    try:
        data = source.read_bytes()
    except OSError as error:
        raise BundleError(f"cannot read {source}: {error.strerror}") from error
    if sha256(data) == BUNDLE_SHA256:
        return data
    members = _read_members(data, source)
    bundle = _make_bundle(members)
    if sha256(bundle) != BUNDLE_SHA256:
        raise BundleError(f"the bundle made from {source} has SHA-256 {sha256(bundle)}, expected {BUNDLE_SHA256}")
    return bundle


def _read_members(data: bytes, source: Path) -> dict[str, bytes]:
    members = {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as wheel:
            for name, expected in SOURCE_SHA256.items():
                members[name] = wheel.read(name)
                if sha256(members[name]) != expected:
                    raise BundleError(f"{name} in {source} has another SHA-256 than mediapipe {SOURCE_VERSION}'s")
    except (zipfile.BadZipFile, KeyError) as error:
        raise BundleError(
            f"{source} is neither a mediapipe {SOURCE_VERSION} wheel nor Saddle's pose bundle ({error})"
        ) from error
    return members


def _make_bundle(members: dict[str, bytes]) -> bytes:
    schema = _module_from_source("saddle_tflite_schema", members[_MODEL_SCHEMA])
    meta = _module_from_source("saddle_tflite_metadata_schema", members[_METADATA_SCHEMA])
    parts = {
        "pose_detector.tflite": _with_metadata(members[_DETECTOR], _DETECTOR_NORMALISATION, schema, meta),
        "pose_landmarks_detector.tflite": _with_metadata(members[_LANDMARKS], _LANDMARKS_NORMALISATION, schema, meta),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as bundle:
        for name, content in parts.items():
            member = zipfile.ZipInfo(name, _EPOCH)
            member.create_system = 3  # the same bytes on every system
            bundle.writestr(member, content)
    return out.getvalue()


def _module_from_source(name: str, source: bytes) -> ModuleType:
    """Import one (already checked) source file as a module of its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}.py"
        path.write_bytes(source)
        spec = importlib.util.spec_from_file_location(name, path)
        if spec is None or spec.loader is None:
            raise BundleError(f"cannot import {name}")
        module = importlib.util.module_from_spec(spec)
        writes = sys.dont_write_bytecode
        sys.dont_write_bytecode = True
        try:
            spec.loader.exec_module(module)
        finally:
            sys.dont_write_bytecode = writes
    return module


def _with_metadata(tflite: bytes, normalisation: tuple[float, float], schema: Any, meta: Any) -> bytes:
    """``tflite`` with one metadata buffer: an RGB image input with this mean and standard deviation."""
    import flatbuffers

    mean, std = normalisation
    options = meta.NormalizationOptionsT()
    options.mean, options.std = [mean], [std]
    unit = meta.ProcessUnitT()
    unit.optionsType, unit.options = meta.ProcessUnitOptions.NormalizationOptions, options
    image = meta.ImagePropertiesT()
    image.colorSpace = meta.ColorSpaceType.RGB
    content = meta.ContentT()
    content.contentPropertiesType, content.contentProperties = meta.ContentProperties.ImageProperties, image
    stats = meta.StatsT()
    stats.max, stats.min = [1.0], [0.0]
    tensor = meta.TensorMetadataT()
    tensor.name, tensor.content, tensor.processUnits, tensor.stats = "image", content, [unit], stats
    model = schema.ModelT.InitFromObj(schema.Model.GetRootAsModel(tflite, 0))
    subgraph = meta.SubGraphMetadataT()
    subgraph.inputTensorMetadata = [tensor]
    subgraph.outputTensorMetadata = []
    for _ in model.subgraphs[0].outputs:
        subgraph.outputTensorMetadata.append(meta.TensorMetadataT())
    root = meta.ModelMetadataT()
    root.subgraphMetadata = [subgraph]
    builder = flatbuffers.Builder(0)
    builder.Finish(root.Pack(builder), _METADATA_IDENTIFIER)

    buffer = schema.BufferT()
    buffer.data = bytes(builder.Output())
    entry = schema.MetadataT()
    entry.name, entry.buffer = "TFLITE_METADATA", len(model.buffers)
    model.buffers.append(buffer)
    model.metadata = [*(model.metadata or []), entry]
    packed = flatbuffers.Builder(0)
    packed.Finish(model.Pack(packed), _MODEL_IDENTIFIER)
    return bytes(packed.Output())
