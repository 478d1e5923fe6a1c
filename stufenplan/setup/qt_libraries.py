"""System libraries that Qt needs on Linux: which are missing, and how to install them.

Qt aborts the process if one is missing, which Python cannot catch, so each is loaded before Qt is
imported. Standard library only: ``start.py`` uses this module before anything is installed.
"""

import os
import shutil
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

ON_LINUX = sys.platform.startswith("linux")
"""A variable, because type checkers skip code behind a test of ``sys.platform``."""

_OS_RELEASE = Path("/etc/os-release")

_BEFORE_T64 = frozenset({"buster", "bullseye", "bookworm", "focal", "jammy"})
"""Debian and Ubuntu releases whose glib package has no ``t64`` suffix."""


class Library(NamedTuple):
    """A shared library by its soname, and the Debian package that contains it."""

    soname: str
    package: str


QT_LIBRARIES = (
    Library("libglib-2.0.so.0", "libglib2.0-0"),
    Library("libGL.so.1", "libgl1"),
    Library("libEGL.so.1", "libegl1"),
    Library("libX11.so.6", "libx11-6"),
    Library("libxkbcommon.so.0", "libxkbcommon0"),
    Library("libdbus-1.so.3", "libdbus-1-3"),
    Library("libfontconfig.so.1", "libfontconfig1"),
)
"""Always needed, even without a screen (tests, screenshots)."""

X11_LIBRARIES = (
    Library("libX11-xcb.so.1", "libx11-xcb1"),
    Library("libxcb-cursor.so.0", "libxcb-cursor0"),
    Library("libxcb-icccm.so.4", "libxcb-icccm4"),
    Library("libxcb-image.so.0", "libxcb-image0"),
    Library("libxcb-keysyms.so.1", "libxcb-keysyms1"),
    Library("libxcb-randr.so.0", "libxcb-randr0"),
    Library("libxcb-render-util.so.0", "libxcb-render-util0"),
    Library("libxcb-shape.so.0", "libxcb-shape0"),
    Library("libxcb-shm.so.0", "libxcb-shm0"),
    Library("libxcb-sync.so.1", "libxcb-sync1"),
    Library("libxcb-xfixes.so.0", "libxcb-xfixes0"),
    Library("libxcb-xkb.so.1", "libxcb-xkb1"),
    Library("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
)
"""Also needed for a window on X11."""

WAYLAND_LIBRARIES = (
    Library("libwayland-client.so.0", "libwayland-client0"),
    Library("libwayland-cursor.so.0", "libwayland-cursor0"),
)
"""Also needed for a window on Wayland."""


def has_screen(environment: Mapping[str, str] = os.environ) -> bool:
    """True if a window can be shown; an explicit platform (QT_QPA_PLATFORM) counts as a screen."""
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return not ON_LINUX or any(environment.get(name) for name in names)


def missing_for_window(environment: Mapping[str, str] = os.environ) -> tuple[Library, ...]:
    """Libraries missing for a window in this environment; empty except on Linux."""
    return missing_without_screen() + (_missing_for_platform(environment) if ON_LINUX else ())


def missing_without_screen() -> tuple[Library, ...]:
    """Libraries missing even if nothing is shown, as in tests; empty except on Linux."""
    return _missing(QT_LIBRARIES) if ON_LINUX else ()


def _missing_for_platform(environment: Mapping[str, str]) -> tuple[Library, ...]:
    """Qt prefers Wayland if available and falls back to X11."""
    chosen = environment.get("QT_QPA_PLATFORM", "").partition(":")[0].partition(";")[0]
    if chosen:
        chosen_libraries = {"xcb": X11_LIBRARIES, "wayland": WAYLAND_LIBRARIES}
        return _missing(chosen_libraries.get(chosen.removesuffix("-egl"), ()))
    wayland, x11 = bool(environment.get("WAYLAND_DISPLAY")), bool(environment.get("DISPLAY"))
    if wayland and not _missing(WAYLAND_LIBRARIES):
        return ()
    return _missing(X11_LIBRARIES if x11 else WAYLAND_LIBRARIES)


def _missing(libraries: Iterable[Library]) -> tuple[Library, ...]:
    return tuple(library for library in libraries if not can_load(library.soname))


def can_load(soname: str) -> bool:
    """True if the dynamic linker finds the library."""
    import ctypes

    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def packages_for(missing: Iterable[Library], os_release: Path = _OS_RELEASE) -> tuple[str, ...]:
    """Names of the Debian packages to install, as this release spells them."""
    return tuple(_package_name(library.package, os_release) for library in missing)


def _package_name(package: str, os_release: Path) -> str:
    # Renamed in Debian 13 and Ubuntu 24.04 for 64-bit time_t; the other packages kept their names.
    if package != "libglib2.0-0":
        return package
    release = read_os_release(os_release)
    names = ("DEBIAN_CODENAME", "UBUNTU_CODENAME", "VERSION_CODENAME")
    is_old = any(release.get(name) in _BEFORE_T64 for name in names)
    return package if is_old else package + "t64"


def uses_apt(os_release: Path = _OS_RELEASE) -> bool:
    """True on Debian, Ubuntu and derivatives that have ``apt-get``."""
    release = read_os_release(os_release)
    family = {release.get("ID", ""), *release.get("ID_LIKE", "").split()}
    return bool(family & {"debian", "ubuntu"}) and shutil.which("apt-get") is not None


def read_os_release(path: Path = _OS_RELEASE) -> dict[str, str]:
    """Fields of ``/etc/os-release``; empty if there is no such file."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError:
        return {}
    pairs = (line.partition("=") for line in lines if "=" in line)
    return {name.strip(): value.strip().strip("\"'") for name, _, value in pairs}


def sentence(missing: Iterable[Library], gettext: Callable[..., str]) -> str:
    """One-line error message: what is missing and how to install it."""
    missing = tuple(missing)
    if uses_apt():
        command = " ".join(apt_command(packages_for(missing), sudo=True))
        return gettext(
            "System libraries that Qt needs are missing. Install them with: {command}",
            command=command,
        )
    return gettext(
        "System libraries that Qt needs are missing: {names}. "
        "Install them with your package manager.",
        names=", ".join(library.soname for library in missing),
    )


def apt_command(packages: Iterable[str], *, sudo: bool) -> list[str]:
    """Command that installs the packages."""
    command = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    return ["sudo", *command] if sudo else command
