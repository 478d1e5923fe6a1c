"""System language and path of the settings file.

Paths of libraries are in ``data.library.folders``.
"""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from app.words.texts import DEFAULT_LANGUAGE, LANGUAGES

_LANGUAGE_VARIABLES = ("STUFENPLAN_LANGUAGE", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")


def settings_file(environment: Mapping[str, str] = os.environ) -> Path:
    """Path of the window's settings; STUFENPLAN_SETTINGS overrides it."""
    chosen = environment.get("STUFENPLAN_SETTINGS")
    if chosen:
        return Path(chosen)
    import platformdirs

    return platformdirs.user_config_path("stufenplan", appauthor=False) / "settings.ini"


def system_language(environment: Mapping[str, str] = os.environ) -> str:
    """Language of the environment if there is a catalogue for it, else English.

    STUFENPLAN_LANGUAGE takes precedence over the settings of the computer.
    """
    named = [environment.get(name, "") for name in _LANGUAGE_VARIABLES]
    chosen = next((value for value in (*named, _windows_language()) if value), DEFAULT_LANGUAGE)
    language = chosen[:2].lower()
    return language if language in LANGUAGES else DEFAULT_LANGUAGE


def _windows_language() -> str:
    language = ""
    if sys.platform == "win32":
        import ctypes
        import locale

        number = ctypes.windll.kernel32.GetUserDefaultUILanguage()
        language = locale.windows_locale.get(number, "")
    return language
