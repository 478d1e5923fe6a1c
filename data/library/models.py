"""Models used by sessions, and imported ones: table ``model``."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from app.figures.means import weighted_mean
from app.model.codec import model_digest, model_from_json, model_to_json
from app.model.maturity_model import LocalText, MaturityModel
from app.session.compact_json import compact_json
from data.library import columns
from data.library.columns import Row, with_digest
from data.library.database import Tables
from data.library.log import ChangeLog

Score = tuple[Fraction, Fraction]
"""Weight and level of a scored area."""


class Models(Tables):
    """Frozen copies of models; parsed ones are cached."""

    def __init__(self, connection: sqlite3.Connection, log: ChangeLog) -> None:
        super().__init__(connection)
        self._log = log
        self._models: dict[str, MaturityModel] = {}
        self._outlines: dict[str, ModelOutline] = {}

    def keep(self, model: MaturityModel, now: datetime, *, imported: bool = False) -> str:
        """Store a frozen copy once; returns its digest."""
        digest = model_digest(model)
        known = self._stored(digest)
        if known is None:
            row = model_row(model, digest, self._next_import() if imported else 0)
            document = {"document": model_to_json(model)}
            self.insert("model", with_digest(columns.MODEL, row) | document)
            self._log.append("model", {"id": model.id, "digest": digest}, now)
        elif imported:
            self._mark_imported(known)
        self._models[digest] = model
        return digest

    def _stored(self, digest: str) -> Row | None:
        found = self.records(columns.MODEL, "FROM model WHERE digest = ?", (digest,))
        return next(found, None)

    def _mark_imported(self, known: Row) -> None:
        row = known | {"imported": self._next_import()}
        self.connection.execute(
            "UPDATE model SET imported = ?, row_digest = ? WHERE digest = ?",
            (row["imported"], columns.digest_of(columns.MODEL, row), row["digest"]),
        )
        self._outlines.pop(row["digest"], None)

    def _next_import(self) -> int:
        return int(self.row("SELECT max(imported) + 1 FROM model")[0] or 1)

    def imported_ones(self) -> tuple[MaturityModel, ...]:
        """Per model id the one that was imported last, in the order of import."""
        rows = self.rows(
            "SELECT digest, max(imported) AS place FROM model WHERE imported > 0"
            " GROUP BY id ORDER BY place"
        )
        return tuple(self.model(digest) for digest, _ in rows)

    def all(self) -> tuple[MaturityModel, ...]:
        """Every model, imported ones last and in their order."""
        return tuple(
            self.model(digest)
            for (digest,) in self.rows("SELECT digest FROM model ORDER BY imported, rowid")
        )

    def model(self, digest: str) -> MaturityModel:
        """The frozen copy with this digest."""
        known = self._models.get(digest)
        if known is None:
            (document,) = self.row("SELECT document FROM model WHERE digest = ?", (digest,))
            known = self._models[digest] = model_from_json(document)
        return known

    def outline(self, digest: str) -> ModelOutline:
        """Outline of the model with this digest."""
        known = self._outlines.get(digest)
        if known is None:
            (row,) = self.records(columns.MODEL, "FROM model WHERE digest = ?", (digest,))
            known = self._outlines[digest] = outline_from_row(row)
        return known

    def forget_cached(self) -> None:
        """Drop the cache: after a failed transaction its models may not be in the file."""
        self._models.clear()
        self._outlines.clear()


@dataclass(frozen=True, slots=True)
class ModelOutline:
    """The parts of a model that lists of sessions need: name, scale, areas by dimension."""

    id: str
    name: tuple[tuple[str, str], ...]
    lowest_level: int
    highest_level: int
    dimensions: tuple[tuple[str, frozenset[str]], ...]

    @property
    def area_count(self) -> int:
        """Number of areas of the model."""
        return sum(len(areas) for _, areas in self.dimensions)

    def profile(self, scores: Mapping[str, Score]) -> tuple[tuple[str, Fraction | None], ...]:
        """Each dimension's id and the mean of its scored areas."""
        return tuple(
            (dimension_id, weighted_mean(scores[area] for area in areas if area in scores))
            for dimension_id, areas in self.dimensions
        )


def model_row(model: MaturityModel, digest: str, imported: int) -> Row:
    """The row of a model without its document."""
    outline = [[d.id, [area.id for area in d.areas]] for d in model.dimensions]
    return {
        "digest": digest,
        "id": model.id,
        "name": compact_json(_name_of(model.name)),
        "lowest_level": model.lowest_level,
        "highest_level": model.highest_level,
        "imported": imported,
        "outline": compact_json(outline),
    }


def outline_from_row(row: Row) -> ModelOutline:
    """The outline in a row of ``model``."""
    return ModelOutline(
        id=row["id"],
        name=tuple((code, text) for code, text in json.loads(row["name"])),
        lowest_level=row["lowest_level"],
        highest_level=row["highest_level"],
        dimensions=tuple((key, frozenset(areas)) for key, areas in json.loads(row["outline"])),
    )


def _name_of(text: LocalText) -> list[list[str]]:
    return [[code, value] for code, value in text.by_language]
