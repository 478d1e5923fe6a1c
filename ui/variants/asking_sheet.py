"""Base of the dialogs that ask the worker."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtWidgets import QWidget

from ui.dialogs.base import Sheet
from ui.roadmap.plan_source import Asked, Cancelled, PlanSource

Answer = TypeVar("Answer")


class AskingSheet(Sheet):
    """Waits for one answer at a time, and for none once it is closed."""

    def __init__(
        self, name: str, title: str, lead: str, source: PlanSource, parent: QWidget | None
    ) -> None:
        super().__init__(name, title, lead, parent)
        self._source = source
        self._asked: Asked | None = None
        self.finished.connect(lambda _result: self.drop_question())

    def ask_worker(
        self, question: Callable[[Cancelled], Answer], take: Callable[[Answer], object]
    ) -> None:
        """Ask in place of what was asked before."""
        self.drop_question()
        self._asked = self._source.ask(question, take)

    def drop_question(self) -> None:
        """Wait for no answer. Idempotent."""
        if self._asked is not None:
            self._asked.cancel()
            self._asked = None
