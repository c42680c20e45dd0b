"""What happens around the program: when the camera must be off, and when it is better to keep quiet.

Nothing is watched, and no library loaded, before a watcher is started. See README.md for what is noticed where.
"""

from __future__ import annotations

from monitor.surroundings.quiet import QuietSettings
from monitor.surroundings.state import Surroundings, camera_off_reason, quiet_reason
from monitor.surroundings.watcher import Watcher, open_watcher

__all__ = ["QuietSettings", "Surroundings", "Watcher", "camera_off_reason", "open_watcher", "quiet_reason"]
