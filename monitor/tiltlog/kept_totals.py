"""Totals as bytes. Pure."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import fields
from functools import cached_property

from monitor.errors import LogError
from monitor.tiltlog.totals import HISTOGRAMS, Totals


def totals_blob(totals: Totals) -> bytes:
    """Totals as bytes for `totals_of`; what is zero or empty is left out.

    Two streams of zlib one behind the other: the histograms stand in the second, which most views never open.
    """
    empty = Totals()
    told = {
        each.name: getattr(totals, each.name)
        for each in fields(Totals)
        if each.name != "histograms" and getattr(totals, each.name) != getattr(empty, each.name)
    }
    histograms = {
        name: [number for value, n in sorted(counts.items()) for number in (value, n)]  # value and count in turn
        for name, counts in totals.histograms.items()
    }
    return _packed(told) + (_packed(histograms) if histograms else b"")


def totals_of(blob: bytes) -> Totals:
    """Totals from bytes that `totals_blob` wrote; zlib.error, ValueError or TypeError for others."""
    stream = zlib.decompressobj()
    told = json.loads(stream.decompress(blob))
    if not stream.eof:
        raise ValueError("it ends too early")
    for name in ("tipped_over", "eva_ticks"):
        if name in told:
            told[name] = tuple(told[name])
    if stream.unused_data:
        told["histograms"] = _KeptHistograms(stream.unused_data)
    elif "histograms" in told:  # as they were kept before they had a stream of their own
        told["histograms"] = _unfolded(told["histograms"])
    return Totals(**told)


class _KeptHistograms(Mapping[str, Mapping[int, int]]):
    """The histograms of totals, read when somebody asks for one. LogError for what is not understood."""

    def __init__(self, blob: bytes) -> None:
        self._blob = blob

    @cached_property
    def _counts(self) -> dict[str, dict[int, int]]:
        try:
            return _unfolded(json.loads(zlib.decompress(self._blob)))
        except (TypeError, ValueError, zlib.error) as error:
            raise LogError(f"The tilt log holds an entry that is not understood: {error}.") from error

    def __getitem__(self, name: str) -> Mapping[int, int]:
        return self._counts[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._counts)

    def __len__(self) -> int:
        return len(self._counts)


def _unfolded(kept: Mapping[str, list[int]]) -> dict[str, dict[int, int]]:
    return {name: dict(zip(kept[name][::2], kept[name][1::2], strict=True)) for name in HISTOGRAMS if name in kept}


def _packed(told: object) -> bytes:
    return zlib.compress(json.dumps(told, separators=(",", ":")).encode(), 9)
