"""Location of the user data folder."""

from __future__ import annotations

import os
from pathlib import Path


def data_folder() -> Path:
    """The user data folder: ``STUFENPLAN_DATA_DIR`` or the platform's; it may not exist yet."""
    override = os.environ.get("STUFENPLAN_DATA_DIR")
    if override:
        return Path(override).expanduser()
    from platformdirs import user_data_path

    return user_data_path("stufenplan", appauthor=False)
