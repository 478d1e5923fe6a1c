"""Brings in Qt and keeps Python's own way to load the rest of the program."""

import builtins


def import_qt() -> None:
    """Import PySide6, and take back the function it puts behind every ``import`` statement.

    That function serves ``from __feature__ import …``, which we do without. For every module that
    is loaded afterwards it reads the whole source, looks for the word “PySide6” in it, and leaves
    the lines in ``linecache`` for good: a twentieth of our start and some 4 MB, more with
    matplotlib. Meanwhile it swaps ``builtins.__import__`` for all threads, also for the one that
    imports charts beside the window.
    """
    own = builtins.__import__
    import PySide6.QtCore  # noqa: F401

    builtins.__import__ = own
