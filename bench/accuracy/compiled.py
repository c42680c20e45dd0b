"""Inner loops over pixels and triangles, compiled when numba is installed and plain Python when it is not."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any, TypeVar, cast

F = TypeVar("F", bound=Callable[..., Any])


def compiled(function: F) -> F:
    """The same function, compiled at its first call; slow but right without numba."""
    try:
        numba = importlib.import_module("numba")
    except ImportError:
        return function
    return cast(F, numba.njit(cache=True, error_model="numpy")(function))
