"""Undo history of a stored session, read from the end of its log as far back as it is needed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress

from app.errors import AppError
from app.workshop.history import Change, History, Origin

FIRST_READ = 1_000
"""So many changes are read when a session is opened."""

_MORE_EACH_TIME = 4

ReadNewest = Callable[[int], Sequence[Change]]


class LoggedHistory:
    """Like ``History`` of the whole log, without reading all of it.

    ``read_newest`` gives the newest so many changes in order, all of them where there are fewer.
    Unless the log was read to its beginning, the lowest step stands for everything older: it may
    be part of a step only, so before it is needed, more is read.
    """

    def __init__(self, read_newest: ReadNewest) -> None:
        self._read_newest = read_newest
        self._most = FIRST_READ  # what was read last, so that a failure changes nothing
        self._is_complete = False
        self._history: History | None = None
        self._load(FIRST_READ)

    @property
    def undoable(self) -> Change | None:
        """The step that undo takes back; ``None`` also while the library cannot be read."""
        history = self._reaching_back()
        return None if history is None else history.undoable

    @property
    def redoable(self) -> Change | None:
        """The step that redo makes again."""
        history = self._reaching_back()
        return None if history is None else history.redoable

    def record(self, change: Change) -> None:
        """Push a change that has been stored."""
        if self._history is None:
            return  # it is read with the rest
        try:
            self._history.record(change)
        except IndexError:
            if self._is_complete:
                raise
            self._history = None
        else:
            if self._history.depth < self._lowest:
                self._history = None

    def undo_change(self) -> Change | None:
        """The change that undo would store; ``None`` when there is nothing to undo."""
        history = self._reaching_back()
        return None if history is None else history.undo_change()

    def redo_change(self) -> Change | None:
        """The change that redo would store; ``None`` when there is nothing to redo."""
        history = self._reaching_back()
        return None if history is None else history.redo_change()

    @property
    def _lowest(self) -> int:
        """Number of steps below those that are known exactly."""
        return 0 if self._is_complete else 1

    def _reaching_back(self) -> History | None:
        """The history, with a step to undo where there is one."""
        with suppress(AppError):  # to be tried again with the next call
            while self._history is None or (
                self._history.depth <= self._lowest and not self._is_complete
            ):
                self._load(self._most * (1 if self._history is None else _MORE_EACH_TIME))
        is_exact = self._history is not None and (
            self._is_complete or self._history.depth > self._lowest
        )
        return self._history if is_exact else None

    def _load(self, most: int) -> None:
        while True:
            changes = self._read_newest(most)
            is_complete = len(changes) < most
            history = History(changes) if is_complete else _of_end(changes)
            if history is not None:
                self._history, self._is_complete, self._most = history, is_complete, most
                return
            most *= _MORE_EACH_TIME


def _of_end(changes: Sequence[Change]) -> History | None:
    """History of the end of a log; ``None`` if it depends on what came before.

    It begins with a change that was made, because that one leaves nothing to redo.
    """
    start = next((n for n, change in enumerate(changes) if change.origin is Origin.DO), None)
    if start is None:
        return None
    history = History()
    for change in changes[start:]:
        try:
            history.record(change)
        except IndexError:
            return None
        if history.depth == 0:
            return None
    return history
