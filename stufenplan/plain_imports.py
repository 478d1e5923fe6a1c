"""Imports Qt without the import hook that PySide6 installs."""

import builtins


def import_qt() -> None:
    """Import PySide6, then put Python's own ``__import__`` back.

    PySide6 replaces ``builtins.__import__`` for ``from __feature__ import …``, which must not be
    used here. For every module that is loaded afterwards its hook reads the whole source, searches
    it for "PySide6" and keeps the lines in ``linecache``: 4.5 MB and a twentieth of the start,
    25 MB (151 instead of 126) once matplotlib and openpyxl are loaded. It also swaps
    ``__import__`` for all threads, while another one may be importing matplotlib.

    This function can go when PySide6 leaves ``builtins.__import__`` alone, that is when it is the
    same object before and after ``import PySide6.QtCore``.
    """
    own = builtins.__import__
    import PySide6.QtCore  # noqa: F401

    builtins.__import__ = own
