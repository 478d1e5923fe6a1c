"""Detects before Qt is imported that the display named by the environment is gone.

The variable outlives its display: after a lost connection, in a container, in a cron job. Qt then
aborts the process, which Python cannot catch. Only a definite refusal counts; anything unclear is
left to Qt.
"""

import os
import socket
import sys
from collections.abc import Mapping
from pathlib import Path

from stufenplan.setup.qt_libraries import ON_LINUX

_X11_SOCKETS = "/tmp/.X11-unix/X"
_X11_PORT, _LAST_PORT = 6000, 65535
_TIMEOUT_S = 1.0


def silent_screen(environment: Mapping[str, str] = os.environ) -> str:
    """Name of the display that does not answer; empty if a window may open.

    An explicit platform (QT_QPA_PLATFORM) and displays on other hosts are left to Qt.
    """
    if not ON_LINUX or environment.get("QT_QPA_PLATFORM"):
        return ""
    wayland, x11 = environment.get("WAYLAND_DISPLAY", ""), environment.get("DISPLAY", "")
    if environment.get("WAYLAND_SOCKET") or (wayland and _wayland_answers(wayland, environment)):
        return ""
    if x11 and _x11_answers(x11):
        return ""
    return x11 or wayland


def _wayland_answers(name: str, environment: Mapping[str, str]) -> bool:
    folder = environment.get("XDG_RUNTIME_DIR", "")
    place = Path(folder, name)
    return place.is_absolute() and _listens(str(place))


def _x11_answers(name: str) -> bool:
    """Try what Xlib tries for a display of this computer."""
    host, _, rest = name.rpartition(":")
    number = rest.partition(".")[0]
    if host not in ("", "unix", "localhost") or not (number.isascii() and number.isdecimal()):
        return True
    port = _X11_PORT + int(number)
    if port > _LAST_PORT:
        return True
    local = "" if host == "localhost" else f"{_X11_SOCKETS}{number}"
    return any(_listens(place) for place in (f"\0{local}", local) if local) or _listens(port)


def _listens(place: str | int) -> bool:
    """True unless the connection to this socket or port is refused or there is none."""
    try:
        if isinstance(place, int):
            socket.create_connection(("localhost", place), _TIMEOUT_S).close()
        elif sys.platform != "win32":  # which has no Unix sockets
            with socket.socket(socket.AF_UNIX) as client:
                client.settimeout(_TIMEOUT_S)
                client.connect(place)
    except (ConnectionRefusedError, FileNotFoundError):
        return False
    except OSError:
        return True
    return True
