"""Shards of silhouettes on disk: packed masks, joints, truth. Reading needs numpy only."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

WIDTH_PX: Final = 640
HEIGHT_PX: Final = 480


@dataclass(frozen=True, eq=False)
class Shard:
    """Silhouettes of some sittings, N in all, J joints.

    Attributes:
        visible, whole: (N, bytes) packed masks of the person: what is seen, and all of it as if nothing stood before.
        joints: (J,) MediaPipe's numbers; joints_px: (N, J, 2) true joint centres.
        sitting: (N,) row of ``sittings``.
        kind: (N,) name of the posture: ``neutral`` and ``slump`` are the person's own references.
        truth: name to (N,) figures, degrees and centimetres, as in the truth of recordings.
        sittings: what is known of each sitting, as in the header of a recording's truth.
    """

    visible: npt.NDArray[np.uint8]
    whole: npt.NDArray[np.uint8]
    joints: npt.NDArray[np.int64]
    joints_px: npt.NDArray[np.float32]
    sitting: npt.NDArray[np.int64]
    kind: npt.NDArray[np.str_]
    truth: dict[str, npt.NDArray[np.float32]]
    sittings: list[dict[str, Any]]

    def mask(self, i: int, whole: bool = False) -> npt.NDArray[np.bool_]:
        """(480, 640) mask of one silhouette."""
        bits = np.unpackbits((self.whole if whole else self.visible)[i], count=WIDTH_PX * HEIGHT_PX)
        return bits.reshape(HEIGHT_PX, WIDTH_PX).astype(bool)


def pack(mask: npt.NDArray[np.bool_]) -> npt.NDArray[np.uint8]:
    """A mask as bits."""
    return np.packbits(mask.ravel())


def write_shard(path: Path, shard: Shard) -> None:
    """Write a shard; the file is there whole or not at all."""
    part = path.with_name(path.name + ".part.npz")
    arrays: dict[str, npt.NDArray[Any]] = {f"truth_{name}": column for name, column in shard.truth.items()}
    for name in ("visible", "whole", "joints", "joints_px", "sitting", "kind"):
        arrays[name] = getattr(shard, name)
    arrays["sittings"] = np.array(json.dumps(shard.sittings))
    np.savez_compressed(part, **arrays)  # type: ignore[arg-type]  # the stub takes allow_pickle for one of them
    part.replace(path)


def read_shard(path: Path) -> Shard:
    """Read a shard that `write_shard` wrote."""
    with np.load(path) as file:
        columns = {name: file[name] for name in file.files}
    return Shard(
        **{name: columns[name] for name in ("visible", "whole", "joints", "joints_px", "sitting", "kind")},
        truth={name.removeprefix("truth_"): column for name, column in columns.items() if name.startswith("truth_")},
        sittings=json.loads(str(columns["sittings"])),
    )
