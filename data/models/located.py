"""The content of a model file together with the line every part of it stands on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from app.errors import Fault

Place = tuple[str | int, ...]
"""Keys and list positions (from 0) from the top of the file to one of its parts."""

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

    def line_of(self, place: Sequence[str | int]) -> int:
        """The line of a part, else of the closest part around it, else 0."""
        for length in range(len(place), -1, -1):
            line = self.line_by_place.get(tuple(place[:length]))
            if line is not None:
                return line
        return 0

    def fault(self, template: str, place: Sequence[str | int], **values: object) -> Fault:
        """A fault at a part of the document, with its line and its path in words of the file."""
        return Fault(template, self.line_of(place), path_in_words(place), tuple(values.items()))


def path_in_words(place: Sequence[str | int]) -> str:
    """For example ``dimensions.2.areas.0.id``; very long keys are shortened."""
    return ".".join(shortened(str(part)) for part in place)


def shortened(text: str, length: int = 40) -> str:
    """The text on one line and no longer than this, for a message."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1] + "…"
