"""Read and write access to an open library, with errors translated for users."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

from app.errors import InvalidInput, NotFound, ReadOnlyLibrary, StorageUnavailable
from app.words.texts import N_
from data.library.check import SlicedCheck
from data.library.database import transaction
from data.library.opening import LockedFile
from data.library.patience import READING_SECONDS
from data.library.storage_errors import UNREADABLE, as_sentences, as_unavailable, damaged
from data.library.store import Store


class Access:
    """The only way to a library's tables once it is open."""

    def __init__(self, file: LockedFile, store: Store, check: SlicedCheck) -> None:
        self._file = file
        self._store = store
        self._check = check

    @property
    def read_only(self) -> ReadOnlyLibrary | None:
        """Why nothing can be changed; ``None`` as a rule."""
        return self._file.read_only

    def refuse_read_only(self) -> None:
        """Raise ``ReadOnlyLibrary`` where nothing can be changed."""
        if (why := self.read_only) is not None:
            raise why

    @contextmanager
    def reading(self) -> Iterator[Store]:
        """The tables, to read from."""
        path = self._file.path
        try:
            with as_sentences(path), self._patience():
                yield self._store
        except UnicodeEncodeError as error:
            # A lone surrogate, for example from a command line that is not UTF-8.
            raise NotFound(N_("There is nothing of this name in the library.")) from error
        except UNREADABLE as error:
            # What was written can be read, so this is no longer what was written.
            raise damaged(path, str(error)) from error

    def _patience(self) -> AbstractContextManager[None]:
        """Only what has passed the check may take as long as it likes."""
        if self._check.verdict == ():
            return nullcontext()
        return self._file.patience.for_seconds(READING_SECONDS)

    @contextmanager
    def writing(self) -> Iterator[Store]:
        """The tables in one transaction: all of it or nothing, and on the disk when it is left.

        A library is not written to before it has passed the check.
        """
        self._refuse_unsafe_write()
        try:
            with as_unavailable(self._file.path), transaction(self._store.connection):
                yield self._store
            self._file.remember()
        except UnicodeEncodeError as error:
            self._store.models.forget_cached()
            raise InvalidInput(
                N_("The text holds half a character, which cannot be stored. Please retype it.")
            ) from error
        except BaseException as error:
            self._store.models.forget_cached()
            if not isinstance(error, (InvalidInput, NotFound)):
                self._file.doubt()
            raise

    def _refuse_unsafe_write(self) -> None:
        self.refuse_read_only()
        if self._file.prove():
            self._check.restart()
        for fault in self._check.finish():
            raise StorageUnavailable(fault.template, **fault.values)
