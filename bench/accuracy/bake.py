"""Bodies as plain arrays: baked once with anny (PyTorch on the CPU), kept as npz, and read without either later."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from bench.accuracy.people import Person

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int32]

RECIPE: Final = 2
"""Goes up when baked files of an earlier kind must not be read any more."""

OUT: Final = Path(__file__).resolve().parents[1] / "out"
"""Everything generated goes here unless another folder is asked for; git ignores it."""


class BakeError(Exception):
    """A body cannot be made."""


@dataclass(frozen=True, eq=False)
class Body:
    """One body in the model's standing rest pose.

    Attributes:
        person: whose body it is.
        vertices_m: (V, 3) world axes, hip centre at the origin.
        faces: (F, 3) vertex indices, anticlockwise seen from outside.
        joints_m: name to (3,) position of the head of each bone of the source rig.
        weights: name to (V,) share of each source bone in each vertex.
    """

    person: Person
    vertices_m: FloatArray
    faces: IntArray
    joints_m: dict[str, FloatArray]
    weights: dict[str, FloatArray]


def load_body(person: Person, folder: Path | None = None) -> Body:
    """The body of ``person``, baked now if it was not before.

    Args:
        person: whose.
        folder: where baked bodies are kept.

    Raises:
        BakeError: it was not baked yet and anny is not installed.
    """
    folder = folder if folder is not None else OUT / "bodies"
    own, common = folder / f"{person.name}-{RECIPE}.npz", folder / f"topology-{RECIPE}.npz"
    if not (own.exists() and common.exists()):
        _bake(person, own, common)
    with np.load(common) as rig, np.load(own) as shape:
        labels = [str(name) for name in rig["labels"]]
        heads, weights = shape["heads_m"].astype(np.float64), rig["weights"].astype(np.float64)
        return Body(
            person=person,
            vertices_m=shape["vertices_m"].astype(np.float64),
            faces=rig["faces"],
            joints_m={name: heads[i] for i, name in enumerate(labels)},
            weights={name: weights[:, i] for i, name in enumerate(labels)},
        )


def _bake(person: Person, own: Path, common: Path) -> None:
    model = _model()
    vertices, heads = _at_stature(model, person)
    own.parent.mkdir(parents=True, exist_ok=True)
    dense = np.zeros((len(vertices), len(model.bone_labels)), dtype=np.float32)
    rows = np.arange(len(vertices))[:, None]
    np.add.at(dense, (rows, model.vertex_bone_indices.numpy()), model.vertex_bone_weights.numpy())
    faces = model.faces.numpy().astype(np.int32)
    _save(common, labels=np.array(model.bone_labels), weights=dense, faces=faces)
    _save(own, vertices_m=vertices.astype(np.float32), heads_m=heads.astype(np.float32))


def _save(path: Path, **arrays: npt.NDArray[Any]) -> None:
    part = path.with_suffix(".part.npz")
    np.savez_compressed(part, **arrays)  # type: ignore[arg-type]  # the stub takes allow_pickle for one of them
    part.replace(path)


@cache
def _model() -> Any:
    try:
        torch = importlib.import_module("torch")
        anny = importlib.import_module("anny")
    except ImportError as error:
        raise BakeError("Bodies are baked with anny: install the dependency group 'accuracy'.") from error
    torch.set_num_threads(1)
    return anny.Anny().to(dtype=torch.float32)


def _shape(model: Any, person: Person, height: float) -> tuple[FloatArray, FloatArray]:
    torch = importlib.import_module("torch")
    rest = torch.eye(4)[None, None].repeat(1, model.bone_count, 1, 1)
    looks = {
        "gender": person.female,
        "age": person.age,
        "muscle": person.muscle,
        "weight": person.weight,
        "height": height,
        "proportions": person.proportions,
    }
    with torch.no_grad():
        made = model(pose_parameters=rest, phenotype_kwargs=looks)
    vertices, heads = made["rest_vertices"][0].double().numpy(), made["rest_bone_heads"][0].double().numpy()
    middle = (heads[model.bone_labels.index("upperleg01.L")] + heads[model.bone_labels.index("upperleg01.R")]) / 2
    # The source model looks along -y with its left at +x.
    turn = np.array([[0.0, -1.0, 0.0], [1.0, 0.0, 0.0], [0.0, 0.0, 1.0]])
    return (vertices - middle) @ turn.T, (heads - middle) @ turn.T


def _at_stature(model: Any, person: Person) -> tuple[FloatArray, FloatArray]:
    low, high = 0.0, 1.0
    for _ in range(12):
        height = (low + high) / 2
        vertices, heads = _shape(model, person, height)
        if np.ptp(vertices[:, 2]) * 100 < person.stature_cm:
            low = height
        else:
            high = height
    return vertices, heads
