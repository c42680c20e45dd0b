"""Writes tables of the log as Parquet, for notebooks and data frames. Needs pyarrow, the extra `parquet`.

The columns are those of the CSV (see `monitor.tiltlog.export`), with types: times in UTC, local times without a zone as
a clock on the wall showed them, texts that repeat as dictionaries. What is not known is null.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from monitor.errors import OutputError
from monitor.files import whole_file
from monitor.tiltlog.export import COLUMNS, Block, Table, Words, kind_of
from monitor.tiltlog.local_days import LocalClock
from monitor.tiltlog.reader import LogReader
from monitor.tiltlog.records import SourceKind
from monitor.tiltlog.timeline import Stretch
from monitor.transfer.tables import OnProgress, blocks


def export_parquet(
    log: LogReader,
    out: Path,
    table: Table,
    span: Stretch,
    *,
    source_kind: SourceKind | None = "live",
    on_progress: OnProgress | None = None,
) -> None:
    """Write a table of what lies in the span, samples day by day; see `blocks`.

    Raises LogError, or OutputError when pyarrow is missing or the file cannot be written; then ``out`` is as it was.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise OutputError("Parquet needs the extra: pip install 'saddle[parquet]'.") from error
    clock = log.clock
    types = {column: _type(pa, column) for column in COLUMNS[table]}
    schema = pa.schema(list(types.items()))
    try:
        with (
            whole_file(out) as partial,
            partial.open("wb") as file,  # pyarrow takes no name that is not UTF-8
            pq.ParquetWriter(file, schema, compression="zstd") as writer,
        ):
            for block in blocks(log, table, span, source_kind, on_progress):
                arrays = [_array(pa, block, column, types[column], clock) for column in types]
                writer.write_batch(pa.record_batch(arrays, schema=schema))
    except OSError as error:
        raise OutputError(f"{out} cannot be written ({error.strerror or error}): choose another place.") from error


def _type(pa: Any, column: str) -> Any:
    kind = kind_of(column)
    if kind == "words":
        return pa.string() if column in ("text", "uid") else pa.dictionary(pa.int32(), pa.string())
    types = {
        "utc": pa.timestamp("ms", tz="UTC"),
        "local": pa.timestamp("ms"),
        "day": pa.date32(),
        "count": pa.int64(),
        "number": pa.float64(),
    }
    return types[kind]


def _array(pa: Any, block: Block, column: str, as_type: Any, clock: LocalClock) -> Any:
    kind = kind_of(column)
    if kind in ("utc", "local"):
        t_utc_s = block[column if kind == "utc" else f"{column.removesuffix('local')}utc"]
        shown_s = t_utc_s if kind == "utc" else t_utc_s + clock.offsets_s(t_utc_s)
        whole_ms = np.rint(np.nan_to_num(shown_s) * 1000).astype(np.int64)
        return pa.array(whole_ms, mask=np.isnan(t_utc_s)).cast(as_type)
    values = block[column]
    if isinstance(values, Words):
        coded = pa.DictionaryArray.from_arrays(pa.array(values.codes, pa.int32()), pa.array(values.names, pa.string()))
        return coded if pa.types.is_dictionary(as_type) else coded.cast(as_type)
    if kind == "number":
        return pa.array(values, as_type, mask=np.isnan(values))
    return pa.array(values, as_type)
