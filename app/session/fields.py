"""Declaration of the fields of a rating or a session; the dataclasses themselves are the table.

A field is declared once, in its dataclass::

    note: str = field(default="", metadata=declared(Text(...), words=N_("Edit reason for {area}")))

Validation, history, columns of the library, the JSON document, score CSV and the words for *Undo*
all iterate over :class:`FieldTable`, so that a new field needs nothing but its declaration and a
migration for its column.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, Generic, TypeVar

from app.errors import InvalidInput
from app.model.maturity_model import MaturityModel
from app.session.field_types.base import FieldType
from app.words.texts import N_

Holder = TypeVar("Holder")
Words = str | Callable[[Any, Any], tuple[str, Mapping[str, object]]]
"""A template with ``{area}`` and ``{value}``, or a function of the values before and after."""

NO_FIELD = N_("There is no field “{field}”.")
_KEY = "stufenplan"


@dataclass(frozen=True, slots=True)
class Field:
    """All that is known about a field.

    ``default`` is ``dataclasses.MISSING`` where a value has to be given, and so is
    ``default_in_row``, its column value. ``words`` name an edit in
    the menu and in the log, ``cleared`` one that sets the value to ``None``. A field without a
    ``csv_column`` is not part of score CSV. A ``required`` key must be present in every JSON
    document; the others came later and may be absent. ``meaning`` describes the key in documents.
    """

    name: str
    type: FieldType
    default: Any
    default_in_row: Any
    words: Words
    cleared: str
    csv_column: str
    required: bool
    meaning: str

    @property
    def has_column(self) -> bool:
        """True if the value is a column of its holder's row; otherwise it has its own table."""
        return bool(self.type.sql_type)


def declared(
    type: FieldType,
    *,
    words: Words,
    cleared: str = "",
    csv_column: str = "",
    required: bool = False,
    meaning: str = "",
) -> Mapping[str, Any]:
    """The metadata of a dataclass field that is part of the table; see :class:`Field`."""
    return {_KEY: (type, words, cleared, csv_column, required, meaning)}


class FieldTable(Generic[Holder]):
    """The declared fields of a dataclass by name, in the order of declaration.

    ``holder`` is the dataclass. Whatever creates an empty rating or reads one from storage uses
    it, so that a test can put a subclass with one more field in its place.
    """

    def __init__(self, holder: type[Holder]) -> None:
        self.holder = holder

    @property
    def fields(self) -> Mapping[str, Field]:
        """Name to field."""
        holder: Any = self.holder
        return _fields_of(holder)

    @property
    def keyed(self) -> Mapping[str, Field]:
        """The fields that are keys of their holder's document."""
        return {name: field for name, field in self.fields.items() if field.type.has_key}

    @property
    def columns(self) -> tuple[Field, ...]:
        """The fields that are columns of their holder's row."""
        holder: Any = self.holder
        return _columns_of(holder)

    def __getitem__(self, name: str) -> Field:
        """The field of this name; raises ``InvalidInput``."""
        try:
            return self.fields[name]
        except KeyError:
            raise InvalidInput(NO_FIELD, field=name) from None

    def check(self, holder: Holder, model: MaturityModel) -> None:
        """Raise ``InvalidInput`` for the first value of another type."""
        for name, field in self.fields.items():
            field.type.of_edit(getattr(holder, name), model)


@cache
def _fields_of(holder: Any) -> Mapping[str, Field]:
    declared_ones = (item for item in dataclasses.fields(holder) if _KEY in item.metadata)
    return MappingProxyType({item.name: _field(item) for item in declared_ones})


@cache
def _columns_of(holder: Any) -> tuple[Field, ...]:
    """Needed for every row that is read."""
    return tuple(field for field in _fields_of(holder).values() if field.has_column)


def _field(item: dataclasses.Field[Any]) -> Field:
    given = item.metadata[_KEY]
    in_row = MISSING if item.default is MISSING else given[0].to_sql(item.default)
    return Field(item.name, given[0], item.default, in_row, *given[1:])
