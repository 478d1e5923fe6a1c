"""Set Stufenplan up and start it: ``python3 start.py``; run its tests: ``python3 start.py test``.

Runs on Python 3.6 or later, so that an old Python can say that it is too old. The work is done in
``stufenplan/setup/clone.py``.
"""

import os
import subprocess
import sys
from pathlib import Path

FIRST_MINOR, LAST_MINOR = 11, 14
"""Python 3 versions for which all pinned packages have wheels."""

ROOT = Path(__file__).resolve().parent


def problem_with_python(version: "tuple[int, int]", others: "list[str]", system: str) -> str:
    """One line saying why this Python is unsuitable and how to get another; empty if it is fine."""
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
    """Translate a text into the language of this computer."""
    import gettext as catalogues

    chosen = os.environ.get("STUFENPLAN_LANGUAGE")
    languages = [chosen] if chosen else None  # None: the language of the system
    folder = str(ROOT / "app" / "words" / "locale")
    catalogue = catalogues.translation("stufenplan", folder, languages, fallback=True)
    return catalogue.gettext(template).format(**values)


def suitable_pythons() -> "list[str]":
    """Commands that start a suitable Python on this machine, newest first."""
    names = [f"python3.{minor}" for minor in range(LAST_MINOR, FIRST_MINOR - 1, -1)]
    return [name for name in names if subprocess.getstatusoutput(f"{name} -c ''")[0] == 0]


def main() -> int:
    """Check the Python version, then set up and run. Returns the exit code."""
    version, system = sys.version_info[:2], sys.platform
    if problem_with_python(version, [], system):
        print(problem_with_python(version, suitable_pythons(), system), file=sys.stderr)
        return 1
    sys.path.insert(0, str(ROOT))
    from stufenplan.setup import clone

    return clone.main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
