"""Parsed content of a model file, with the line number of every part."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from app.errors import Fault
from data.fault_words import Place, path_in_words

MAX_DEPTH = 20
MAX_NODES = 50_000


@dataclass(slots=True)
class LocatedDocument:
    """Plain dictionaries, lists, texts and numbers, and where they came from.

    ``line_by_place`` counts from 1. ``faults`` are those found while reading, such as a key that
    is there twice. ``is_complete`` is false where reading had to stop, so that nothing may be
    said about what is missing.
    """

    data: Any = None
    line_by_place: dict[Place, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    is_complete: bool = True

    def stop(self, *faults: Fault) -> None:
        """Note that reading ends here, and why."""
        self.faults.extend(faults)
        self.is_complete = False

    def line_of(self, place: Place) -> int:
        """The line of a part, else of the closest part around it, else 0."""
        for length in range(len(place), -1, -1):
            line = self.line_by_place.get(place[:length])
            if line is not None:
                return line
        return 0

    def fault(self, template: str, place: Place, /, **values: object) -> Fault:
        """A fault at a part of the document, with its line and its path in words of the file."""
        return Fault(template, self.line_of(place), path_in_words(place), tuple(values.items()))
