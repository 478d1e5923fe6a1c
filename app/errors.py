"""What can go wrong, sorted by who can act: the person at the keyboard, the surroundings, or us."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.words.texts import Translator


class AppError(Exception):
    """A sentence for a person: an English template marked with ``N_`` and the values in it."""

    def __init__(self, template: str, /, **values: object) -> None:
        super().__init__(template.format(**values) if values else template)
        self.template = template
        self.values = values

    def say(self, translator: Translator) -> str:
        """The sentence in the translator's language."""
        return translator.gettext(self.template, **self.values)


class InvalidInput(AppError):
    """What was entered cannot be taken; the person at the keyboard can correct it."""


class NotFound(InvalidInput):
    """The session, model or organisation that was named does not exist."""


class StorageUnavailable(AppError):
    """Disk full, file locked, folder forbidden: nothing was stored, a retry can succeed."""


class LibraryInUse(StorageUnavailable):
    """Another program holds the library."""


class UnusableLibrary(AppError):
    """The file is not a library, is damaged, or belongs to another program."""


class NewerFile(UnusableLibrary):
    """The file was written by a newer version; nothing was changed."""


class Cancelled(AppError):
    """The user cancelled."""

    def __init__(self) -> None:
        super().__init__("Cancelled")


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault in a file that was handed in.

    ``line`` counts from 1, 0 where a fault has no line; ``path`` names the place in the file's
    own terms, for example ``dimensions.2.areas.0.id`` or a column name.
    """

    template: str
    line: int = 0
    path: str = ""
    values: tuple[tuple[str, object], ...] = ()

    def say(self, translator: Translator) -> str:
        """The fault as one sentence, without its place."""
        return translator.gettext(self.template, **dict(self.values))


class InvalidFile(InvalidInput):
    """A file that was refused whole, with every fault named and located."""

    def __init__(self, template: str, /, faults: Sequence[Fault] = (), **values: object) -> None:
        super().__init__(template, **values)
        self.faults = tuple(faults)

    def lines(self, translator: Translator) -> list[str]:
        """One line per fault, each with its place: ``line 12: levels.3: …``."""
        said = []
        for fault in self.faults:
            place = []
            if fault.line:
                place.append(translator.gettext("line {line}", line=fault.line))
            if fault.path:
                place.append(fault.path)
            said.append(": ".join([*place, fault.say(translator)]))
        return said
