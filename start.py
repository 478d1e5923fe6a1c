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


def problem_with_python(version: "tuple[int, int]") -> str:
    """One line saying why this Python is unsuitable and how to get another; empty if it is fine."""
    if (3, FIRST_MINOR) <= version <= (3, LAST_MINOR):
        return ""
    problem = gettext(
        "Stufenplan needs Python {first} to {last}; this is Python {this}.",
        first=f"3.{FIRST_MINOR}",
        last=f"3.{LAST_MINOR}",
        this=f"{version[0]}.{version[1]}",
    )
    other = suitable_python()
    if other:
        return f"{problem} " + gettext("Run it with: {call}", call=f"{other} start.py")
    return f"{problem} " + gettext(
        "Install one (Debian 12, Ubuntu 24.04: {apt}; with uv: {uv}; elsewhere:"
        " python.org/downloads) and run start.py with it.",
        apt="sudo apt-get install python3 python3-venv",
        uv="uv python install 3.13",
    )


def suitable_python() -> str:
    """Command of the newest suitable Python on this machine; empty if there is none."""
    for minor in range(LAST_MINOR, FIRST_MINOR - 1, -1):
        if subprocess.getstatusoutput(f"python3.{minor} -c ''")[0] == 0:
            return f"python3.{minor}"
    return ""


def gettext(template: str, **values: str) -> str:
    """Translate a text into the language of this computer."""
    import gettext as catalogues

    chosen = os.environ.get("STUFENPLAN_LANGUAGE")
    languages = [chosen] if chosen else None  # None: the language of the system
    folder = str(ROOT / "app" / "words" / "locale")
    catalogue = catalogues.translation("stufenplan", folder, languages, fallback=True)
    return catalogue.gettext(template).format(**values)


def main() -> int:
    """Check the Python version, then set up and run. Returns the exit code."""
    problem = problem_with_python(sys.version_info[:2])
    if problem:
        sys.exit(problem)
    sys.path.insert(0, str(ROOT))
    from stufenplan.setup import clone

    return clone.main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
