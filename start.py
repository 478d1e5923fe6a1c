"""Set Stufenplan up and start it: ``python3 start.py``; run its tests: ``python3 start.py test``.

Kept so plain that a Python from before 3.11 can read it and say that it is too old; the work is
done in ``stufenplan/setup/clone.py``.
"""

import os
import subprocess
import sys
from pathlib import Path

FIRST_MINOR = 11
LAST_MINOR = 14
"""The Python 3 versions that every pinned package has ready-made files for."""


def problem_with_python(version: "tuple[int, int]", others: "list[str]", system: str) -> str:
    """One line saying why this Python does not do and how to get one that does; or nothing."""
    if version[0] == 3 and FIRST_MINOR <= version[1] <= LAST_MINOR:
        return ""
    problem = gettext(
        "Stufenplan needs Python {first} to {last}; this is Python {this}.",
        first=f"3.{FIRST_MINOR}",
        last=f"3.{LAST_MINOR}",
        this=f"{version[0]}.{version[1]}",
    )
    if others:
        return f"{problem} " + gettext("Run it with: {call}", call=f"{others[0]} start.py")
    if system == "linux":
        return f"{problem} " + gettext(
            "Install one (Debian 12, Ubuntu 24.04: {apt}; anywhere: {uv}) and run start.py with"
            " it.",
            apt="sudo apt-get install python3 python3-venv",
            uv="uv python install 3.13",
        )
    return f"{problem} " + gettext("Get one from python.org/downloads and run start.py with it.")


def gettext(template: str, **values: str) -> str:
    """One of our texts in the language of this computer, also on a Python that is too old."""
    import gettext as catalogues

    chosen = os.environ.get("STUFENPLAN_LANGUAGE")
    folder = str(Path(__file__).resolve().parent / "app" / "words" / "locale")
    languages = [chosen] if chosen else None  # None: what the system has set
    catalogue = catalogues.translation("stufenplan", folder, languages, fallback=True)
    return catalogue.gettext(template).format(**values)


def suitable_pythons() -> "list[str]":
    """Commands on this machine that start a Python that does."""
    names = [f"python3.{minor}" for minor in range(LAST_MINOR, FIRST_MINOR - 1, -1)]
    return [name for name in names if _starts(name)]


def _starts(name: str) -> bool:
    nowhere = subprocess.DEVNULL
    try:
        return subprocess.call([name, "-c", ""], stdout=nowhere, stderr=nowhere) == 0
    except OSError:
        return False


def main() -> int:
    """Check the Python, then hand over; returns the exit code."""
    if problem_with_python(sys.version_info[:2], [], sys.platform):
        print(
            problem_with_python(sys.version_info[:2], suitable_pythons(), sys.platform),
            file=sys.stderr,
        )
        return 1
    sys.path.insert(0, str(Path(__file__).resolve().parent))
    from stufenplan.setup import clone

    return clone.main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
