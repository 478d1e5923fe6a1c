"""One window per library: a second start asks the first window to come to the front.

The process that holds the library listens on a local socket named after it. A start connects to
it only once opening the library has failed because it is in use.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_CALL = b"come forward\n"
_ANSWER = b"coming\n"
ANSWER_MS = 1_500


def server_name(library: Path) -> str:
    """Name of the socket: the same for every spelling of the path, different per user.

    Empty where there is no folder that this user alone can write to: anybody else could answer.
    """
    place = os.path.normcase(str(library.expanduser().resolve()))
    user = _user_id()
    person = os.environ.get("USERNAME", "") if user is None else str(user)
    digest = hashlib.sha256(f"{person}\n{place}".encode("utf-8", "surrogatepass")).hexdigest()
    name = f"stufenplan-{digest[:24]}"
    if user is None:
        return name  # a named pipe of Windows
    folder = _own_folder()
    return "" if folder is None else str(folder / name)


def _user_id() -> int | None:
    """Number of this user; ``None`` on Windows."""
    user = None
    if sys.platform != "win32":
        user = os.getuid()
    return user


def _own_folder() -> Path | None:
    """A folder for sockets that belongs to this user and is closed to others."""
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    if runtime and _is_own(Path(runtime)):
        return Path(runtime)
    folder = Path(tempfile.gettempdir()) / f"stufenplan-{_user_id()}"
    with suppress(OSError):
        folder.mkdir(mode=0o700, exist_ok=True)
        if _is_own(folder):
            return folder
    return None


def _is_own(folder: Path) -> bool:
    try:
        found = folder.lstat()
    except OSError:
        return False
    is_closed = not found.st_mode & (stat.S_IRWXG | stat.S_IRWXO)
    return stat.S_ISDIR(found.st_mode) and found.st_uid == _user_id() and is_closed


class FirstWindow(QObject):
    """Listens for second starts on the library this window holds."""

    called = Signal()

    def __init__(self, library: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._callers: list[QLocalSocket] = []
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)
        name = server_name(library)
        # We hold the library, so a socket of this name is left over from a dead process.
        if name:
            QLocalServer.removeServer(name)
            self._server.listen(name)

    def stop(self) -> None:
        """Stop listening."""
        self._server.close()
        for socket in self._callers:
            socket.readyRead.disconnect(self._on_words)
            socket.abort()
        self._callers.clear()

    def _on_connection(self) -> None:
        while self._server.hasPendingConnections():
            socket = self._server.nextPendingConnection()
            self._callers.append(socket)
            socket.readyRead.connect(self._on_words)
        self._on_words()

    def _on_words(self) -> None:
        """Answer callers; a second start asks once and exits."""
        for socket in self._callers:
            if socket.canReadLine() and bytes(socket.readLine().data()) == _CALL:
                socket.write(_ANSWER)
                socket.flush()
                self.called.emit()


def call_first_window(library: Path) -> bool:
    """Ask the window that holds this library to come to the front; True if it answered."""
    name = server_name(library)
    if not name:
        return False
    socket = QLocalSocket()
    with suppress(OSError):
        socket.connectToServer(name)
        if not socket.waitForConnected(ANSWER_MS):
            return False
        socket.write(_CALL)
        socket.flush()
        answered = socket.waitForReadyRead(ANSWER_MS) and (
            bytes(socket.readLine().data()) == _ANSWER
        )
        socket.disconnectFromServer()
        return answered
    return False
