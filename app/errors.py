"""Exception hierarchy, grouped by who can act: user, environment or developer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from app.words.texts import N_

if TYPE_CHECKING:
    from app.words.texts import Translator


@runtime_checkable
class Worded(Protocol):
    """A value of a sentence that depends on the reader's language."""

    def say(self, translator: Translator) -> str:
        """The value in the translator's language."""


class Listed(tuple[str, ...]):
    """Several templates (``N_``) as one value of a sentence, translated and joined when it is said.

    Semicolons stand between texts that have commas themselves.
    """

    __slots__ = ()

    def say(self, translator: Translator) -> str:
        """The texts in the translator's language."""
        return self._joined([translator.gettext(each) for each in self])

    def __str__(self) -> str:
        return self._joined(self)

    @staticmethod
    def _joined(texts: Sequence[str]) -> str:
        return ("; " if any("," in text for text in texts) else ", ").join(texts)


def _said(template: str, values: Iterable[tuple[str, object]], translator: Translator) -> str:
    words = (
        (key, each.say(translator) if isinstance(each, Worded) else each) for key, each in values
    )
    return translator.gettext(template, **dict(words))


class AppError(Exception):
    """Base of all errors shown to users: an English template (``N_``) and its values."""

    def __init__(self, template: str, /, **values: object) -> None:
        super().__init__(template.format(**values) if values else template)
        self.template = template
        self.values = values

    def say(self, translator: Translator) -> str:
        """The sentence in the translator's language."""
        return _said(self.template, self.values.items(), translator)


class InvalidInput(AppError):
    """The input is invalid; the user can correct it."""


class NotFound(InvalidInput):
    """The requested session, model or organisation does not exist."""


class NameTaken(InvalidInput):
    """Another organisation or unit has this name; the two can be merged."""

    def __init__(self, template: str, /, *, other_id: str, **values: object) -> None:
        super().__init__(template, **values)
        self.other_id = other_id


class StorageUnavailable(AppError):
    """Disk full, file locked, permission denied: nothing was stored, a retry may succeed."""


class LibraryInUse(StorageUnavailable):
    """Another program holds the library."""


class WriteProtected(StorageUnavailable):
    """The file or its folder may not be written to."""


class ReadOnlyLibrary(AppError):
    """The library can be looked at, but not changed; a copy of it can."""


class UnusableLibrary(AppError):
    """The file is not a library, is damaged, or belongs to another program."""


class NewerFile(UnusableLibrary):
    """The file was written by a newer version; nothing was changed."""


class OutOfMemory(AppError):
    """Python got no more memory; what was under way was taken back."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "There is not enough memory for this. Close other programs, then try again."
                " Everything that was shown as saved is saved."
            )
        )


class Cancelled(AppError):
    """The user cancelled."""

    def __init__(self) -> None:
        super().__init__("Cancelled")


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault in an input file.

    ``line`` counts from 1, 0 if a fault has no line; ``path`` names the location in the file's
    own terms, for example ``dimensions.2.areas.0.id`` or a column name.
    """

    template: str
    line: int = 0
    path: str = ""
    values: tuple[tuple[str, object], ...] = ()

    def say(self, translator: Translator) -> str:
        """The fault as one sentence, without its location."""
        return _said(self.template, self.values, translator)


class InvalidFile(InvalidInput):
    """The file was rejected as a whole; lists every fault with its location."""

    def __init__(self, template: str, /, faults: Sequence[Fault] = (), **values: object) -> None:
        super().__init__(template, **values)
        self.faults = tuple(faults)

    def lines(self, translator: Translator) -> list[str]:
        """One line per fault, each with its location: ``line 12: levels.3: …``."""
        said = []
        for fault in self.faults:
            place = []
            if fault.line:
                place.append(translator.gettext("line {line}", line=fault.line))
            if fault.path:
                place.append(fault.path)
            said.append(": ".join([*place, fault.say(translator)]))
        return said
