"""A complete session with units, log and files, for transfer between libraries and files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from app.comparison.reviews import Review
from app.errors import InvalidInput
from app.session.evidence import Evidence, EvidenceKind
from app.session.rating import RATING
from app.session.session import SESSION, Session
from app.words.texts import N_
from app.workshop.history import Change, History, check_area, taken_back, typed_edit


@dataclass(frozen=True, slots=True)
class WholeSession:
    """A session with its change log and files.

    ``changes`` is the log, oldest first; it leads from :attr:`first_state` to ``session``.
    ``files`` maps the digests of attached files to their contents. ``position`` is the area that
    was open last. ``created_at`` is ``None`` if unknown. ``reviews`` are those the session takes
    part in, withdrawn ones included.
    """

    session: Session
    changes: tuple[Change, ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)
    position: str | None = None
    created_at: datetime | None = None
    archived: bool = False
    reviews: tuple[Review, ...] = ()

    def check(self) -> None:
        """Raise ``InvalidInput`` for an unknown area and a value of another type."""
        model = self.session.model
        SESSION.check(self.session, model)
        SESSION["affiliation"].type.legal(self.session.affiliation, self.session)
        for area_id, rating in self.session.ratings.items():
            check_area(model, area_id)
            RATING.check(rating, model)
        for change in self.changes:
            for edit in change.edits:
                typed_edit(edit, model)
        for review in self.reviews:
            review.check()

    @property
    def first_state(self) -> Session:
        """The state the changes lead from.

        Raises ``InvalidInput`` where the changes do not lead to the session, or undo what was
        never done.
        """
        try:
            History(self.changes)
        except IndexError:
            raise InvalidInput(
                N_(
                    "The history and the scores of this session do not match. Have it "
                    "exported again."
                )
            ) from None
        return taken_back(self.session, self.changes)

    @property
    def digests(self) -> tuple[str, ...]:
        """Digests of all files that are attached, or were at some time, in ascending order."""
        return tuple(sorted({evidence.digest for evidence in self._filed_evidence()}))

    def _filed_evidence(self) -> Iterator[Evidence]:
        values: list[object] = [rating.evidence for rating in self.session.ratings.values()]
        for change in self.changes:
            for edit in change.edits:
                if edit.field == "evidence":
                    values += [edit.before, edit.after]
        for value in values:
            if isinstance(value, tuple):
                yield from (item for item in value if item.kind is EvidenceKind.FILE)
