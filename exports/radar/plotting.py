"""matplotlib for the radar, imported as if nobody had configured it.

A person's own ``matplotlibrc``, ``MATPLOTLIBRC`` and ``MPLBACKEND`` are meant for their notebooks;
one of them may use LaTeX, another name a backend that is not here. All other modules import
matplotlib's names from here.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import Any

_VARIABLES = ("MPLBACKEND", "MATPLOTLIBRC")
_ENVIRONMENT = ("backend", "backend_fallback", "interactive", "toolbar", "timezone")
"""Parameters that no picture depends on and that act as soon as they are set."""


@contextmanager
def _unconfigured() -> Iterator[None]:
    """Hide variables and files of the surroundings for the time of the import."""
    kept = {name: os.environ.pop(name) for name in _VARIABLES if name in os.environ}
    os.environ["MATPLOTLIBRC"] = str(Path(__file__).with_name("matplotlibrc"))
    folder = _folder_with_configuration()
    try:
        if folder:
            os.chdir(Path(__file__).parent)  # where its file is ours
        yield
    finally:
        if folder:
            os.chdir(folder)
        del os.environ["MATPLOTLIBRC"]
        os.environ.update(kept)


def _folder_with_configuration() -> str:
    """The current folder if it holds a ``matplotlibrc``, which would come before all others."""
    with suppress(OSError):
        if Path("matplotlibrc").exists():
            return str(Path.cwd())
    return ""


if "matplotlib" not in sys.modules:
    with _unconfigured():
        importlib.import_module("matplotlib")

import matplotlib as mpl  # noqa: E402
from matplotlib.artist import Artist  # noqa: E402
from matplotlib.axes import Axes  # noqa: E402
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg  # noqa: E402
from matplotlib.figure import Figure  # noqa: E402
from matplotlib.font_manager import FontProperties, findfont, fontManager, get_font  # noqa: E402
from matplotlib.lines import Line2D  # noqa: E402
from matplotlib.patches import PathPatch  # noqa: E402
from matplotlib.path import Path as Outline  # noqa: E402
from matplotlib.text import Text  # noqa: E402
from matplotlib.transforms import Bbox  # noqa: E402

__all__ = [
    "Artist",
    "Axes",
    "Bbox",
    "Figure",
    "FigureCanvasAgg",
    "FontProperties",
    "Line2D",
    "Outline",
    "PathPatch",
    "RendererAgg",
    "Text",
    "findfont",
    "fontManager",
    "get_font",
    "settings",
]  # fmt: skip


def settings(own: dict[Any, Any]) -> AbstractContextManager[None]:
    """Draw with matplotlib's defaults and these settings, whatever else is set at the moment."""
    defaults: dict[Any, Any] = {
        name: value for name, value in mpl.rcParamsDefault.items() if name not in _ENVIRONMENT
    }
    return mpl.rc_context({**defaults, **own})
