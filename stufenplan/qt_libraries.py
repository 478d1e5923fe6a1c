"""Which system libraries the window needs on Linux, which are missing, and how to get them.

Qt ends the whole process when one of them is missing, and Python cannot catch that; so they are
tried one by one before Qt is imported. Standard library only: ``start.py`` uses this module before
anything is installed.
"""

import os
import shutil
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from app.words.texts import Translator

_OS_RELEASE = Path("/etc/os-release")

_BEFORE_T64 = frozenset({"buster", "bullseye", "bookworm", "focal", "jammy"})
"""Debian and Ubuntu releases in which glib's package does not end in ``t64`` yet."""


class Library(NamedTuple):
    """A shared library by the name the linker knows, and the Debian package that holds it."""

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
"""Needed always, also without a screen (tests, pictures of the window)."""

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
"""Needed in addition for a window on X11."""

WAYLAND_LIBRARIES = (
    Library("libwayland-client.so.0", "libwayland-client0"),
    Library("libwayland-cursor.so.0", "libwayland-cursor0"),
)
"""Needed in addition for a window on Wayland."""


def has_screen(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether a window can be shown; a platform chosen by hand (QT_QPA_PLATFORM) counts."""
    if not sys.platform.startswith("linux"):
        return True
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return any(environment.get(name) for name in names)


def missing_for_window(environment: Mapping[str, str] = os.environ) -> tuple[Library, ...]:
    """What a window in this environment lacks; empty where nothing does, or not on Linux."""
    if not sys.platform.startswith("linux"):
        return ()
    return _missing(QT_LIBRARIES) + _missing_for_platform(environment)


def missing_without_screen() -> tuple[Library, ...]:
    """What Qt lacks even when nothing is shown, as in the tests."""
    return _missing(QT_LIBRARIES) if sys.platform.startswith("linux") else ()


def _missing_for_platform(environment: Mapping[str, str]) -> tuple[Library, ...]:
    """Qt takes Wayland where there is one, else X11, and falls back from one to the other."""
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
    """Whether the linker finds the library."""
    import ctypes

    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def packages_for(missing: Iterable[Library], os_release: Path = _OS_RELEASE) -> tuple[str, ...]:
    """The names of the Debian packages to install, as this release spells them."""
    return tuple(_package_name(library.package, os_release) for library in missing)


def _package_name(package: str, os_release: Path) -> str:
    # Debian 13 and Ubuntu 24.04 renamed it in the change to 64-bit times; the others kept theirs.
    if package != "libglib2.0-0":
        return package
    release = read_os_release(os_release)
    names = ("DEBIAN_CODENAME", "UBUNTU_CODENAME", "VERSION_CODENAME")
    is_old = any(release.get(name) in _BEFORE_T64 for name in names)
    return package if is_old else package + "t64"


def uses_apt(os_release: Path = _OS_RELEASE) -> bool:
    """Whether this is Debian, Ubuntu or a relative of theirs, with ``apt-get`` at hand."""
    release = read_os_release(os_release)
    family = {release.get("ID", ""), *release.get("ID_LIKE", "").split()}
    return bool(family & {"debian", "ubuntu"}) and shutil.which("apt-get") is not None


def read_os_release(path: Path = _OS_RELEASE) -> dict[str, str]:
    """The fields of ``/etc/os-release``; empty where there is no such file."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError:
        return {}
    pairs = (line.partition("=") for line in lines if "=" in line)
    return {name.strip(): value.strip().strip("\"'") for name, _, value in pairs}


def sentence(missing: Iterable[Library], translator: "Translator") -> str:
    """What is missing and how to get it, in one line."""
    missing = tuple(missing)
    if uses_apt():
        command = " ".join(apt_command(packages_for(missing), sudo=True))
        return translator.gettext(
            "System libraries that Qt needs are missing. Install them with: {command}",
            command=command,
        )
    return translator.gettext(
        "System libraries that Qt needs are missing: {names}. "
        "Install them with your package manager.",
        names=", ".join(library.soname for library in missing),
    )


def apt_command(packages: Iterable[str], *, sudo: bool) -> list[str]:
    """The command line that installs the packages."""
    command = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    return ["sudo", *command] if sudo else command
