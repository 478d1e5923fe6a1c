"""Undo of typing: texts, grouped by word and by pause. No Qt, so that it can be tested alone."""

from __future__ import annotations

from dataclasses import dataclass

PAUSE = 1.0
"""Seconds without a key after which typing is a new step."""


@dataclass(frozen=True, slots=True)
class Replaced:
    """Difference between two texts: at ``start``, ``removed`` became ``inserted``."""

    start: int
    removed: str
    inserted: str

    @classmethod
    def between(cls, before: str, after: str) -> Replaced:
        """The smallest such change."""
        most = min(len(before), len(after))
        start = next((n for n in range(most) if before[n] != after[n]), most)
        most -= start
        end = next((n for n in range(most) if before[-1 - n] != after[-1 - n]), most)
        return cls(start, before[start : len(before) - end], after[start : len(after) - end])

    def continues(self, last: Replaced, text_before: str) -> bool:
        """True if it is one more letter of the word that the last change typed or deleted."""
        if len(self.removed) + len(self.inserted) != 1 or (last.removed and last.inserted):
            return False
        if self.inserted:
            if not last.inserted or self.start != last.start + len(last.inserted):
                return False
            return self.inserted.isspace() or not text_before[self.start - 1].isspace()
        if not last.removed or self.start not in (last.start, last.start - 1):
            return False
        return self.removed.isspace() or not last.removed[0].isspace()


class TypingSteps:
    """The texts of a field since it got the focus, one for each step that undo takes back."""

    def __init__(self, text: str) -> None:
        self._texts = [text]
        self._place = 0
        self._last: Replaced | None = None
        self._last_at = 0.0

    @property
    def text(self) -> str:
        """The text as it is now."""
        return self._texts[self._place]

    def record(self, text: str, at: float) -> None:
        """Note what was typed; ``at`` in seconds. What was undone cannot be redone any more."""
        if text == self.text:
            return
        change = Replaced.between(self.text, text)
        last, was_quick = self._last, at - self._last_at < PAUSE
        del self._texts[self._place + 1 :]
        if last is not None and was_quick and change.continues(last, self.text):
            self._texts[self._place] = text
        else:
            self._texts.append(text)
            self._place += 1
        self._last, self._last_at = change, at

    def undo(self) -> str:
        """Go one step back, as far as there is one; returns the text."""
        return self._go_to(self._place - 1)

    def redo(self) -> str:
        """Go one step forward again, as far as there is one; returns the text."""
        return self._go_to(self._place + 1)

    def _go_to(self, place: int) -> str:
        self._place = max(0, min(place, len(self._texts) - 1))
        self._last = None
        return self.text
