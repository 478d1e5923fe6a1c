"""Interface of the services the window needs; the launcher provides the implementation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from app.model.maturity_model import MaturityModel, Source
    from app.ports import Backup, Library
    from app.session.session import Session
    from app.session.whole import WholeSession
    from app.words.texts import Translator
    from app.workshop.recording import Unsaved
    from app.workshop.validation import Wanted


@dataclass(frozen=True, slots=True)
class ImportedModelFile:
    """A model read from files, and a report about it for the user, line by line."""

    model: MaturityModel
    report: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WantedModel:
    """Files of a model and how to read them; all but the paths matter for pages only.

    ``with_optional`` makes areas of certifications and sample figures, too. ``source`` is where
    pages come from, as far as the user said. With ``join_to`` the files are another language of
    that model.
    """

    paths: tuple[Path, ...]
    language: str | None = None
    with_optional: bool = False
    source: Source | None = None
    join_to: MaturityModel | None = None


@dataclass(frozen=True, slots=True)
class ImportedScores:
    """Values read from a CSV file, ready for ``Workshop.change_all``.

    ``is_guessed`` if the encoding of the file could only be assumed.
    """

    wanted: Wanted
    rows: int
    is_guessed: bool


class Services(Protocol):
    """Libraries, models and the sample, independent of how they are stored."""

    def default_library(self) -> Path:
        """Path of the user's own library."""

    def open_library(self, path: Path, *, create: bool = False) -> Library:
        """Open a library without a full check; errors as in ``app.errors``."""

    def builtin_models(self) -> tuple[MaturityModel, ...]:
        """The models that ship with the program."""

    def read_model(self, wanted: WantedModel, translator: Translator) -> ImportedModelFile:
        """Read model files or published pages, and join them to a model where that is wanted.

        Raises ``InvalidFile`` with every fault, ``InvalidInput`` for what cannot be joined.
        """

    def read_session(self, path: Path) -> WholeSession:
        """The session in a JSON file; raises ``InvalidFile`` with every fault."""

    def read_scores(self, path: Path, session: Session) -> ImportedScores:
        """The scores in a CSV file; raises ``InvalidFile`` with every fault."""

    def create_sample(self, library: Library, language: str) -> str:
        """Put the sample into a library; returns the id of its latest session."""

    def backups_of(self, library: Path) -> tuple[Backup, ...]:
        """Backups of a library, newest first, without opening it."""

    def restore_backup(self, backup: Path, target: Path) -> None:
        """Restore a backup to a new file; never overwrites."""

    def write_unsaved(self, library: Path, session_id: str, unsaved: Sequence[Unsaved]) -> None:
        """Write unsaved changes to a file beside the library; an empty sequence removes it."""

    def read_unsaved(self, library: Path, session_id: str) -> tuple[Wanted, ...]:
        """Changes an earlier run could not store, oldest first; usually empty."""

    def carry_unsaved(self, library: Path, copy: Path) -> None:
        """Offer the changes that could not be stored in a library in a copy of it, too."""

    def copy_for_viewing(self, name: str, content: bytes) -> Path:
        """A private copy of a file for another program, removed when ours ends."""

    def write_file(self, path: Path, content: bytes) -> None:
        """Write a file that the user named; replaces ordinary files only."""

    def log_file(self) -> Path:
        """Path of the log file; its folder may not exist yet."""

    def warm_up(self) -> None:
        """Import what the first chart and export need; called in the worker thread."""
