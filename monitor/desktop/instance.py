"""One program per user and data folder: a second start brings up the first."""

from __future__ import annotations

import getpass
import hashlib
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

ANSWER_MS = 1000


class OneInstance(QObject):
    """Listens for second starts. `is_second` first: it tells the running program to come up, if there is one."""

    called = Signal()
    """Somebody started the program again."""

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        mark = hashlib.sha256(f"{getpass.getuser()} {folder.resolve()}".encode()).hexdigest()[:16]
        self._name = f"saddle-{mark}"
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_call)

    def is_second(self) -> bool:
        """Whether the program runs already; it is then told to come up. Blocks for a second at most."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(ANSWER_MS):
            return False
        socket.write(b"show\n")
        socket.waitForBytesWritten(ANSWER_MS)
        socket.disconnectFromServer()
        return True

    def listen(self) -> None:
        """Be the first one from now on; what a crash left behind is cleared away."""
        if not self._server.listen(self._name):
            QLocalServer.removeServer(self._name)
            self._server.listen(self._name)

    def close(self) -> None:
        """No longer listen."""
        self._server.close()

    def _on_call(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.disconnected.connect(socket.deleteLater)
            self.called.emit()
