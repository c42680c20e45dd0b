"""`saddle cameras`."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table


def print_cameras(console: Console) -> None:
    """List the cameras, and say what else can be a source."""
    from monitor.capture.cameras import list_cameras

    found = list_cameras()
    if not found:
        console.print("No camera was found: plug one in, or use a phone's stream by its address.")
    else:
        table = Table(box=None, pad_edge=False)
        for heading in ("number", "name", "device"):
            table.add_column(heading)
        for camera in found:
            table.add_row(str(camera.index), camera.name, camera.path or "–")
        console.print(table)
    console.print(
        "--source takes a number, a part of the name, a video file, a folder of frames, or an address such as "
        "http://192.168.1.20:8080/video or rtsp://…",
        style="dim",
        highlight=False,
    )
