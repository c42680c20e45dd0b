"""Opening a network camera by its address, and saying why one does not answer. Credentials are never repeated."""

from __future__ import annotations

import base64
import re
import socket
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import SplitResult, unquote, urlsplit

import cv2

from monitor.capture.live import STALL_S, LiveSource
from monitor.capture.quiet import silence_opencv
from monitor.errors import CameraError

OPEN_TIMEOUT_S = 10.0
_PROBE_TIMEOUT_S = 3.0
_DEFAULT_PORTS = {"http": 80, "https": 443, "rtsp": 554, "rtsps": 322, "rtmp": 1935, "rtmps": 443}
_WITHOUT_CONNECTION = {"udp", "rtp"}  # pictures come without being asked for; there is nobody to ask why
_ADVICE = "check that the camera is on and that the network reaches it"


def mask_address(address: str) -> str:
    """The address with stars for whatever may be secret: name and password, and each value after an equals sign.

    All before the last @ counts as secret, so that a mistyped address gives nothing away either.
    """
    masked = re.sub(r"^(\w+:/+)?.*@", r"\1***@", address, flags=re.DOTALL)
    return re.sub(r"=[^&;/]*", "=***", masked)


def open_network_camera(
    address: str, *, stall_s: float = STALL_S, open_timeout_s: float = OPEN_TIMEOUT_S
) -> LiveSource:
    """Open the camera at this address; the only place from which the network is used, for this address alone.

    Blocks up to ``open_timeout_s``, and three seconds more to find out why a camera does not answer.

    Raises:
        CameraError: the address is not one, nothing answers there, or what answers is no video stream.
    """
    name = f"network camera {mask_address(address)}"
    try:
        parts = urlsplit(address)
        complete = bool(parts.hostname and parts.port != 0)
    except ValueError:
        complete = False
    if not complete or parts.scheme.lower() not in _DEFAULT_PORTS.keys() | _WITHOUT_CONNECTION:
        raise CameraError(
            f"{name} is not an address that can be opened: write it like rtsp://name:password@192.168.1.20:554/stream, "
            "special characters of the password as %40 and the like."
        )
    silence_opencv()
    timeouts = [
        *(cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, round(open_timeout_s * 1000)),
        *(cv2.CAP_PROP_READ_TIMEOUT_MSEC, round(stall_s * 1000)),
    ]
    capture = cv2.VideoCapture(address, cv2.CAP_FFMPEG, timeouts)
    if not capture.isOpened():
        capture.release()
        raise CameraError(f"{name} {_why_not(parts)}.")
    return LiveSource(capture, name, advice=_ADVICE, stall_s=stall_s)


def _why_not(parts: SplitResult) -> str:
    """The end of the sentence for a camera that did not open, found by asking the same address once more."""
    scheme, host = parts.scheme.lower(), parts.hostname or ""
    if scheme in _WITHOUT_CONNECTION:
        return f"sends nothing: {_ADVICE}"
    port = parts.port or _DEFAULT_PORTS[scheme]
    try:
        if scheme in ("http", "https"):
            status = _http_status(parts, host, port)
        else:
            status = 0
            socket.create_connection((host, port), timeout=_PROBE_TIMEOUT_S).close()
    except socket.gaierror:
        return "has a host name that nobody knows: check the spelling and the network"
    except ConnectionRefusedError:
        return "refuses the connection: check that the camera is on and that the port is right"
    except TimeoutError:
        return f"does not answer: {_ADVICE}"
    except (OSError, HTTPException, UnicodeError):
        return f"cannot be reached: {_ADVICE}"
    if status in (401, 403):
        return f"refuses the name and password (HTTP {status}): check them in the address"
    if status >= 400:
        return f"has nothing at this path (HTTP {status}): look up the stream address in the camera's manual"
    return "answers, but gives no video stream: check the path, the name and the password in the address"


def _http_status(parts: SplitResult, host: str, port: int) -> int:
    """The HTTP status of the address, asked with the credentials that it holds."""
    kind = HTTPSConnection if parts.scheme.lower() == "https" else HTTPConnection
    connection = kind(host, port, timeout=_PROBE_TIMEOUT_S)
    headers = {}
    if parts.username is not None:
        credentials = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        headers["Authorization"] = f"Basic {base64.b64encode(credentials.encode()).decode()}"
    try:
        connection.request("GET", (parts.path or "/") + (f"?{parts.query}" if parts.query else ""), headers=headers)
        return connection.getresponse().status
    finally:
        connection.close()
