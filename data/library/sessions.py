"""Sessions with their ratings and checkpoints: tables ``session``, ``rating``, ``milestone``."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import MISSING, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any

from app.errors import NotFound
from app.session.checkpoints import Checkpoint
from app.session.documents import (
    details_from_document,
    details_to_document,
    rating_from_document,
    rating_to_log,
)
from app.session.field_types.numbers import fraction
from app.session.fields import Field
from app.session.rating import RATING, Rating
from app.session.session import SESSION, Session
from app.session.units import Affiliation
from app.words.texts import N_
from app.workshop.history import Change, Edit, apply_change, typed_edit
from data.library import columns
from data.library.affiliations import Affiliations
from data.library.columns import Row, with_digest
from data.library.database import Tables, in_parts
from data.library.keys import search_key
from data.library.log import ChangeLog
from data.library.models import Models, Score

PLACED = "placed"
"""Origin of the entry about a session whose organisation or unit was renamed or merged."""


class Sessions(Tables):
    """The sessions of one library."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        log: ChangeLog,
        affiliations: Affiliations,
        models: Models,
    ) -> None:
        super().__init__(connection)
        self._log = log
        self._affiliations = affiliations
        self._models = models

    # ---- reading -----------------------------------------------------------------------------

    def record(self, session_id: str) -> Row:
        """The row with this id; raises ``NotFound``."""
        found = self.records(columns.session_columns(), "FROM session WHERE id = ?", (session_id,))
        for row in found:
            return row
        raise NotFound(N_("There is no session “{id}”."), id=session_id)

    def has_session(self, session_id: str) -> bool:
        """True if this id is taken."""
        return self.has("session", "id", session_id)

    def session_ids(self) -> tuple[str, ...]:
        """All sessions, archived ones too, in the order in which they were last opened."""
        rows = self.rows(
            "SELECT id FROM session LEFT JOIN position ON position.session_id = session.id"
            " ORDER BY position.opened, session.rowid"
        )
        return tuple(row[0] for row in rows)

    def session(self, session_id: str) -> Session:
        """The session with its model and ratings; raises ``NotFound``."""
        return self._session_from(self.record(session_id), self._ratings(session_id))

    def changes(self, session_id: str, newest: int | None = None) -> tuple[Change, ...]:
        """The session's changes in order; only the newest so many where ``newest`` is given."""
        return tuple(map(self._affiliations.named, self._log.changes(session_id, newest)))

    def first_state(self, session_id: str, changes: Sequence[Change] | None = None) -> Session:
        """The session as it was when it came into the library; its changes lead on from there.

        ``changes`` are all of them, where they were read already.
        """
        session = self.session(session_id)
        for change in self.changes(session_id) if changes is None else changes:
            for edit in change.edits:
                if isinstance(edit.before, Affiliation):
                    return self._first_state(replace(session, affiliation=edit.before))
        return self._first_state(session)

    def _first_state(self, session: Session) -> Session:
        return _first_state(self._log.first_state(session.id), session)

    def _session_from(self, row: Row, ratings: Mapping[str, Rating]) -> Session:
        fields = (f for f in SESSION.columns if row[f.name] != f.default_in_row)
        values = {f.name: f.type.from_sql(row[f.name]) for f in fields}
        return SESSION.holder(
            id=row["id"],
            affiliation=self._affiliations.of(row["organisation_id"], row["unit_id"]),
            model=self._models.model(row["model_digest"]),
            ratings=ratings,
            milestones=self._checkpoints(row["id"]),
            **values,
        )

    def _ratings(
        self, session_id: str, condition: str = "", parameters: Iterable[str] = ()
    ) -> dict[str, Rating]:
        """Area to rating, for the areas that were ever touched."""
        fields = RATING.columns
        names = ", ".join(("area_id", *(field.name for field in fields)))
        sql = f"SELECT {names} FROM rating WHERE session_id = ?{condition}"
        found = self.rows(sql, (session_id, *parameters))
        return {area_id: _rating_from(area_id, fields, values) for area_id, *values in found}

    def _ratings_of(self, session_id: str, area_ids: Iterable[str]) -> dict[str, Rating]:
        """Like :meth:`_ratings`, for these areas only."""
        ratings: dict[str, Rating] = {}
        for area_id in area_ids:
            ratings |= self._ratings(session_id, " AND area_id = ?", (area_id,))
        return ratings

    def _checkpoints(self, session_id: str) -> tuple[Checkpoint, ...]:
        rest = "FROM milestone WHERE session_id = ? ORDER BY place"
        found = self.records(("id", "name", "at"), rest, (session_id,))
        checkpoints: tuple[Checkpoint, ...] = SESSION["milestones"].type.from_json(list(found))
        return checkpoints

    def scores_of(self, session_ids: Collection[str]) -> dict[str, tuple[dict[str, Score], int]]:
        """Per session the scored areas, and how many areas are not applicable."""
        scores: dict[str, dict[str, Score]] = {session_id: {} for session_id in session_ids}
        left_out = dict.fromkeys(session_ids, 0)
        for some in in_parts(list(session_ids)):
            marks = ", ".join("?" * len(some))
            sql = (
                "SELECT session_id, area_id, weight, level, not_applicable IS NULL FROM rating"
                f" WHERE session_id IN ({marks})"
            )
            for session_id, area_id, weight, level, applies in self.connection.execute(sql, some):
                if not applies:
                    left_out[session_id] += 1
                elif level is not None:
                    scores[session_id][area_id] = (fraction(weight), fraction(level))
        return {key: (scores[key], left_out[key]) for key in scores}

    # ---- writing -----------------------------------------------------------------------------

    def add(
        self, session: Session, initial: Session, now: datetime, *, archived: bool = False
    ) -> None:
        """Store a session and, in the log, the state its changes lead from."""
        digest = self._models.keep(session.model, now)
        row = session_row(session, digest, archived)
        self.insert("session", with_digest(columns.session_columns(), row))
        for rating in session.ratings.values():
            self._write_rating(session.id, rating)
        self._write_checkpoints(session)
        self._log.append("create", _first_document(initial, digest), now, session_id=session.id)

    def set_archived(self, session_id: str, archived: bool, now: datetime) -> None:
        """Hide a session from the lists, or bring it back."""
        row = self.record(session_id)
        if bool(row["archived"]) == archived:
            return
        self._update(row | {"archived": int(archived)})
        self._log.append("archive" if archived else "unarchive", {}, now, session_id=session_id)

    def settle(self, session_id: str, now: datetime) -> None:
        """Let a row follow after its organisation or unit was renamed, merged or moved."""
        row = self.record(session_id)
        affiliation = self._affiliations.current(row["organisation_id"], row["unit_id"])
        changed = row | _place(affiliation, row["title"])
        if changed != row:
            self._update(changed)
            content = SESSION["affiliation"].type.to_log(affiliation)
            self._log.append(PLACED, content, now, session_id=session_id)

    def apply(self, change: Change, now: datetime) -> Change:
        """Write the rows in which a session differs after a change.

        Organisation and units are created where missing. Returns the change without edits that
        would set a value that is there already. Raises
        ``InvalidInput`` where the session is not in the state that the change expects.
        """
        row = self.record(change.session_id)
        before = self._session_from(row, self._ratings_of(row["id"], change.area_ids))
        after, edits = before, []
        found = [self._kept(typed_edit(wanted, before.model), now) for wanted in change.edits]
        for edit in found:  # one after the other: two may be of the same field
            if after.value(edit.area_id, edit.field) != edit.after:
                after = apply_change(after, replace(change, edits=(edit,)))
                edits.append(edit)
        # A step between clients that are one now still needs a name.
        nothing = [edit for edit in found if edit.before == edit.after]
        change = replace(change, edits=tuple(edits or nothing))
        for area_id in change.area_ids:
            self._write_rating(row["id"], after.rating(area_id))
        changed = session_row(after, row["model_digest"], bool(row["archived"]))
        if changed != row:
            self._update(changed)
        if after.milestones != before.milestones:
            self._write_checkpoints(after)
        return change

    def _kept(self, edit: Edit, now: datetime) -> Edit:
        """An edit that refers to stored organisations and units only."""
        before, after = edit.before, edit.after
        if not (isinstance(before, Affiliation) and isinstance(after, Affiliation)):
            return edit
        return replace(
            edit,
            before=self._affiliations.located(before),
            after=self._affiliations.kept(after, now),
        )

    def bring_to(self, session: Session) -> None:
        """Write the rows in which a stored session differs; its log is the caller's."""
        row, before = self.record(session.id), self.session(session.id)
        for rating in session.all_ratings():
            if rating != before.rating(rating.area_id):
                self._write_rating(session.id, rating)
        self._update(session_row(session, row["model_digest"], bool(row["archived"])))
        self._write_checkpoints(session)

    def _update(self, row: Row) -> None:
        self.update("session", with_digest(columns.session_columns(), row))

    def _write_rating(self, session_id: str, rating: Rating) -> None:
        row = {"session_id": session_id, "area_id": rating.area_id}
        row |= {f.name: f.type.to_sql(getattr(rating, f.name)) for f in RATING.columns}
        self.insert("rating", with_digest(columns.rating_columns(), row), "INSERT OR REPLACE")

    def _write_checkpoints(self, session: Session) -> None:
        self.connection.execute("DELETE FROM milestone WHERE session_id = ?", (session.id,))
        documents = SESSION["milestones"].type.to_json(session.milestones)
        for place, document in enumerate(documents):
            row = {"session_id": session.id, "place": place, **document}
            self.insert("milestone", with_digest(columns.MILESTONE, row))


def session_row(session: Session, digest: str, archived: bool) -> Row:
    """The row of a session without its digest."""
    return {
        "id": session.id,
        "model_digest": digest,
        "archived": int(archived),
        **_place(session.affiliation, session.title),
        **{f.name: f.type.to_sql(getattr(session, f.name)) for f in SESSION.columns},
    }


def _place(affiliation: Affiliation, title: str) -> Row:
    """The columns that depend on organisation and unit."""
    unit = affiliation.unit
    path = "" if unit is None else "/".join(unit.names)
    return {
        "organisation_id": affiliation.organisation.id,
        "unit_id": None if unit is None else unit.id,
        "search_key": search_key(affiliation.organisation.name, path, title),
    }


def _rating_from(area_id: str, fields: Sequence[Field], values: Sequence[Any]) -> Rating:
    """Values that equal their default are not parsed: most do."""
    return RATING.holder(
        area_id,
        **{
            field.name: field.type.from_sql(value)
            for field, value in zip(fields, values, strict=True)
            if value != field.default_in_row
        },
    )


def _first_document(session: Session, digest: str) -> dict[str, Any]:
    """Initial state of a session, in the form of the log."""
    return {
        "model": digest,
        "affiliation": SESSION["affiliation"].type.to_log(session.affiliation),
        **details_to_document(session),
        "ratings": [rating_to_log(rating) for rating in session.ratings.values()],
    }


def _first_state(document: dict[str, Any], session: Session) -> Session:
    """The inverse of :func:`_first_document`; affiliation and model are those of ``session``.

    Fields that are absent did not exist when the session was created.
    """
    defaults = {
        name: field.default for name, field in SESSION.keyed.items() if field.default is not MISSING
    }
    ratings = map(rating_from_document, document["ratings"])
    return replace(
        session,
        **(defaults | details_from_document(document)),
        ratings=MappingProxyType({rating.area_id: rating for rating in ratings}),
    )
