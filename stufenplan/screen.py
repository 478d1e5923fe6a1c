"""Finds out before Qt is imported whether the screen that the surroundings name is there at all.

A name outlives its screen: after a lost connection, in a container, in a job started by the clock.
Qt ends the whole process then, and Python cannot catch that. Only a clear no counts as one.
"""

import os
import socket
import sys
from collections.abc import Mapping
from pathlib import Path

_X11_SOCKETS = "/tmp/.X11-unix/X"
_X11_PORT, _LAST_PORT = 6000, 65535
_PATIENCE_SECONDS = 1.0


def silent_screen(environment: Mapping[str, str] = os.environ) -> str:
    """The screen that certainly does not answer; empty where a window may well open.

    A platform chosen by hand (QT_QPA_PLATFORM) is left to Qt, and so is a screen elsewhere.
    """
    if not sys.platform.startswith("linux") or environment.get("QT_QPA_PLATFORM"):
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
    """Tries what X's own library tries for a screen of this computer."""
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
    """Whether somebody listens at this socket or port; false only where surely nobody does."""
    try:
        if isinstance(place, int):
            socket.create_connection(("localhost", place), _PATIENCE_SECONDS).close()
            return True
        with socket.socket(socket.AF_UNIX) as caller:
            caller.settimeout(_PATIENCE_SECONDS)
            caller.connect(place)
    except (ConnectionRefusedError, FileNotFoundError):
        return False
    except OSError:
        return True
    return True
