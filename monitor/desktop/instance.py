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
        self._name = _name_of(folder)
        self._servers: dict[str, QLocalServer] = {}

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
        server = self._servers[self._name] = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.newConnection.connect(self._on_call)
        if not server.listen(self._name):
            QLocalServer.removeServer(self._name)
            server.listen(self._name)

    def listen_also(self, folder: Path) -> None:
        """The data is kept in this folder from now on: be the first one there, too, unless another program is."""
        self._name = _name_of(folder)
        if self._name not in self._servers and not self.is_second():
            self.listen()

    def close(self) -> None:
        """No longer listen."""
        for server in self._servers.values():
            server.close()

    def _on_call(self) -> None:
        for server in self._servers.values():
            while (socket := server.nextPendingConnection()) is not None:
                socket.disconnected.connect(socket.deleteLater)
                self.called.emit()


def _name_of(folder: Path) -> str:
    marked = f"{getpass.getuser()} {folder.resolve()}".encode(errors="surrogateescape")
    return f"saddle-{hashlib.sha256(marked).hexdigest()[:16]}"
