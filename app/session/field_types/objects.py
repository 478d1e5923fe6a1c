"""Types made of others: objects with a key per field, lists of them, and values that may be absent.

Documents are read by ``data.sessions.schema``, which derives the keys of an object from its
:class:`Key` entries, so that every fault is located.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, dataclass
from typing import Any

from app.errors import InvalidInput
from app.model.maturity_model import MaturityModel
from app.session.compact_json import compact_json
from app.session.field_types.base import FieldType
from app.session.field_types.records import NO_LIST, TWICE
from app.words.texts import N_

NO_OBJECT = N_("An object with keys and values is needed here.")
TOO_MANY = N_("There are too many entries: {count}; at most {limit} may be there.")


@dataclass(frozen=True, slots=True)
class Key:
    """A key of an object: type and meaning of its value.

    ``default`` is ``dataclasses.MISSING`` where a value has to be given; a value that equals it is
    left out of documents, so that a key that is added later changes no document there was before.
    """

    type: FieldType
    meaning: str
    default: Any


class Absent(FieldType):
    """``None``, or a value of the type ``inner``."""

    def __init__(self, inner: FieldType) -> None:
        self.inner = inner
        self.json_type = inner.json_type | None

    def needed(self, model: MaturityModel | None) -> InvalidInput:
        """The error that describes the allowed values."""
        return self.inner.needed(model)

    def typed(self, value: Any, model: MaturityModel | None = None) -> Any:
        """The value as it is stored."""
        return None if value is None else self.inner.typed(value, model)

    def read(self, value: Any, model: MaturityModel | None = None) -> Any:
        """The value in a foreign document."""
        return None if value is None else self.inner.read(value, model)

    def to_json(self, value: Any) -> Any:
        """The value in a document."""
        return None if value is None else self.inner.to_json(value)

    def from_json(self, value: Any) -> Any:
        """The inverse of :meth:`to_json`."""
        return None if value is None else self.inner.from_json(value)


class _Compound(FieldType):
    """A value that a column holds as compact JSON."""

    def of_edit(self, value: Any, model: MaturityModel | None = None) -> Any:
        """The value as it is in the edit: normalised, it would no longer match its log."""
        self.typed(value, model)
        return value

    def to_sql(self, value: Any) -> str:
        """Compact JSON."""
        return compact_json(self.to_json(value))

    def from_sql(self, value: Any) -> Any:
        """The inverse of :meth:`to_sql`."""
        return self.from_json(json.loads(value))


class Record(_Compound):
    """An object of the dataclass ``holder``: one key per field, of types given as keywords.

    ``check`` gets the object with legal values and raises ``InvalidInput`` where they do not fit
    together.
    """

    json_type = dict[str, Any]

    def __init__(
        self,
        holder: type[Any],
        check: Callable[[Any, MaturityModel | None], None] = lambda _object, _model: None,
        /,
        **keys: tuple[FieldType, str],
    ) -> None:
        self.holder = holder
        self.check = check
        defaults = {field.name: field.default for field in dataclasses.fields(holder)}
        if [*defaults] != [*keys]:
            raise TypeError(f"the keys of {holder} are {[*defaults]}")
        self.keys = {name: Key(*given, defaults[name]) for name, given in keys.items()}

    def needed(self, model: MaturityModel | None) -> InvalidInput:
        """The error that describes the allowed values."""
        return InvalidInput(NO_OBJECT)

    def made(self, values: Mapping[str, Any]) -> Any:
        """The object with these values; absent ones have their defaults."""
        return self.holder(**values)

    def values_of(self, value: Any, model: MaturityModel | None = None) -> Mapping[str, Any]:
        """Values by key."""
        if type(value) is not self.holder:
            self.refuse(model)
        return {name: getattr(value, name) for name in self.keys}

    def typed(self, value: Any, model: MaturityModel | None = None) -> Any:
        """The object with every value as it is stored."""
        values = self.values_of(value, model)
        made = self.made({n: self.keys[n].type.typed(each, model) for n, each in values.items()})
        self.check(made, model)
        return made

    def to_json(self, value: Any) -> dict[str, Any]:
        """The values that differ from their defaults."""
        return {
            name: self.keys[name].type.to_json(each)
            for name, each in self.values_of(value).items()
            if each != self.keys[name].default
        }

    def from_json(self, value: Mapping[str, Any]) -> Any:
        """The inverse of :meth:`to_json`."""
        present = ((name, key) for name, key in self.keys.items() if name in value)
        return self.made({name: key.type.from_json(value[name]) for name, key in present})


class Pair(Record):
    """A tuple of two, an object with two keys in documents."""

    def __init__(self, /, **keys: tuple[FieldType, str]) -> None:
        self.check = lambda _pair, _model: None
        self.keys = {name: Key(*given, MISSING) for name, given in keys.items()}

    def made(self, values: Mapping[str, Any]) -> Any:
        """The tuple."""
        return tuple(values[name] for name in self.keys)

    def values_of(self, value: Any, model: MaturityModel | None = None) -> Mapping[str, Any]:
        """Values by key."""
        if type(value) is not tuple or len(value) != len(self.keys):
            self.refuse(model)
        return dict(zip(self.keys, value, strict=True))


class ListOf(_Compound):
    """A tuple of values of one type, sorted unless ``ordered_by`` is ``None``.

    At most ``most``; ``told_by`` gives what may not appear twice, in words.
    """

    def __init__(
        self,
        item: FieldType,
        most: int,
        *,
        told_by: Callable[[Any], str] | None = None,
        ordered_by: Callable[[Any], Any] | None = None,
    ) -> None:
        self.item = item
        self.most = most
        self.json_type = list[item.json_type]  # type: ignore[name-defined]
        self._told_by = told_by
        self._ordered_by = ordered_by

    def needed(self, model: MaturityModel | None) -> InvalidInput:
        """The error that describes the allowed values."""
        return InvalidInput(NO_LIST)

    def typed(self, value: Any, model: MaturityModel | None = None) -> tuple[Any, ...]:
        """The values as they are stored, in order."""
        if type(value) is not tuple:
            self.refuse(model)
        if len(value) > self.most:
            raise InvalidInput(TOO_MANY, count=len(value), limit=self.most)
        found = [self.item.typed(each, model) for each in value]
        if self._told_by is not None:
            _refuse_twice(map(self._told_by, found))
        return tuple(found if self._ordered_by is None else sorted(found, key=self._ordered_by))

    def to_json(self, value: tuple[Any, ...]) -> list[Any]:
        """One entry per value."""
        return [self.item.to_json(each) for each in value]

    def from_json(self, value: Any) -> tuple[Any, ...]:
        """The inverse of :meth:`to_json`."""
        return tuple(map(self.item.from_json, value))


def _refuse_twice(keys: Iterable[str]) -> None:
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            raise InvalidInput(TWICE, key=key)
        seen.add(key)
