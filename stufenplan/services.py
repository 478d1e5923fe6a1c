"""Implements the services of the window (``ui/services.py``) with ``data`` and ``app``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.model.maturity_model import MaturityModel
    from app.ports import Backup, Library
    from app.session.session import Session
    from app.session.whole import WholeSession
    from app.words.texts import Translator
    from app.workshop.recording import Unsaved
    from app.workshop.validation import Wanted
    from ui.services import ImportedModelFile, ImportedScores, WantedModel


class LocalServices:
    """Implements ``ui.services.Services`` with libraries on this machine."""

    def default_library(self) -> Path:
        """Path of the library if none is given."""
        from data.library.folders import default_library_path
        from stufenplan.environment import system_language

        return default_library_path(system_language())

    def open_library(self, path: Path, *, create: bool = False) -> Library:
        """Open a library; it is checked once the list is shown."""
        from data.library.library import open_library
        from data.library.lock_owner import Holder

        return open_library(path, create=create, check=False, holder=Holder.WINDOW)

    def builtin_models(self) -> tuple[MaturityModel, ...]:
        """The models that ship with the program."""
        from data.models.builtin import builtin_models

        return builtin_models()

    def read_model(self, wanted: WantedModel, translator: Translator) -> ImportedModelFile:
        """Read model files or published pages; the built-in model helps to match headings."""
        from app.model.joining import join_models
        from data.models import load_model_source
        from data.models.builtin import builtin_model
        from data.models.provenance import Origin
        from ui.services import ImportedModelFile

        named = wanted.source
        origin = Origin()
        if named is not None:
            origin = Origin(named.title, named.repository, named.commit, named.licence)
        imported = load_model_source(
            wanted.paths,
            wanted.language,
            known=builtin_model(),
            with_optional=wanted.with_optional,
            origin=origin,
        )
        report = imported.report.lines(translator)
        if wanted.join_to is None:
            return ImportedModelFile(imported.model, tuple(report))
        joined = join_models(wanted.join_to, imported.model)
        lines = (*joined.report.lines(translator), "", *report)
        return ImportedModelFile(joined.model, lines)

    def read_session(self, path: Path) -> WholeSession:
        """The session in a JSON file."""
        from data.sessions.document import read_session

        return read_session(path)

    def read_scores(self, path: Path, session: Session) -> ImportedScores:
        """The scores in a CSV file."""
        from data.sessions.score_csv import read_score_file
        from ui.services import ImportedScores

        found = read_score_file(path, session)
        return ImportedScores(found.wanted, found.rows, found.is_guessed)

    def create_sample(self, library: Library, language: str) -> str:
        """Put the sample into a library; returns the id of its latest session."""
        from app.sample import create_sample
        from data.models.builtin import builtin_model

        return create_sample(library, builtin_model(), language).session_ids[-1]

    def backups_of(self, library: Path) -> tuple[Backup, ...]:
        """Backups of a library, newest first, without opening it."""
        from data.library.backups import list_backups

        return list_backups(library)

    def restore_backup(self, backup: Path, target: Path) -> None:
        """Write a backup to a new file, never over an existing one."""
        from data.library.backups import restore_backup

        restore_backup(backup, target)

    def write_unsaved(self, library: Path, session_id: str, unsaved: Sequence[Unsaved]) -> None:
        """Keep unsaved changes in a second place; an empty sequence removes it."""
        from data.library.emergency import write_unsaved

        write_unsaved(library, session_id, unsaved)

    def read_unsaved(self, library: Path, session_id: str) -> tuple[Wanted, ...]:
        """Changes that an earlier run could not store; empty if unreadable."""
        from data.library.emergency import read_unsaved

        return read_unsaved(library, session_id)

    def carry_unsaved(self, library: Path, copy: Path) -> None:
        """Keep the unsaved changes of a library for a copy of it, too."""
        from data.library.emergency import carry_unsaved

        carry_unsaved(library, copy)

    def copy_for_viewing(self, name: str, content: bytes) -> Path:
        """A private copy of a file for another program, removed when ours ends."""
        from data.files import temporary_error
        from data.leftovers import kept_until_exit

        try:
            copy = kept_until_exit() / name
            copy.write_bytes(content)
        except OSError as error:
            raise temporary_error(error) from error
        return copy

    def write_file(self, path: Path, content: bytes) -> None:
        """Write a file that the user named; replaces ordinary files only."""
        from data.files import write_document_bytes

        write_document_bytes(path, content)

    def log_file(self) -> Path:
        """Path of the log that holds error reports."""
        from data.user_folder import data_folder

        return data_folder() / "stufenplan.log"

    def warm_up(self) -> None:
        """Load matplotlib and hyphenation patterns in a worker, before the first chart."""
        from app.jobs import import_lock
        from app.words.texts import LANGUAGES
        from exports.hyphenation import load_patterns

        with import_lock:
            import exports.radar.picture  # noqa: F401
        for language in LANGUAGES:
            load_patterns(language)
