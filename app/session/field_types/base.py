"""The base of all types, and the rules that legal values depend on."""

from __future__ import annotations

from typing import Any, NoReturn, Protocol

from app.errors import InvalidInput
from app.model.maturity_model import MaturityModel


class Rules(Protocol):
    """The properties of a session that validation depends on."""

    @property
    def model(self) -> MaturityModel:
        """The model with its scale."""

    @property
    def half_levels(self) -> bool:
        """True if levels between two whole ones are allowed."""


class FieldType:
    """Base of all types: values whose JSON form is the value itself."""

    json_type: Any = str
    """The annotation of the JSON form, for schemas."""
    sql_type = "TEXT"
    """Empty where the value is no column but has a table of its own."""
    has_key = True
    """False where documents have keys of their own for the value."""

    def needed(self, model: MaturityModel | None) -> InvalidInput:
        """The error that describes the allowed values."""
        raise NotImplementedError

    def typed(self, value: Any, model: MaturityModel | None = None) -> Any:
        """The value as it is stored."""
        raise NotImplementedError

    def legal(self, value: Any, rules: Rules) -> Any:
        """The value as it is stored, provided the session allows it."""
        return self.typed(value, rules.model)

    def of_edit(self, value: Any, model: MaturityModel | None = None) -> Any:
        """The value an edit sets; raises ``InvalidInput`` for a value of another type."""
        return self.typed(value, model)

    def read(self, value: Any, model: MaturityModel | None = None) -> Any:
        """The value in a foreign document; ``model`` is needed for levels only."""
        raise NotImplementedError

    def to_json(self, value: Any) -> Any:
        """The value in a document."""
        return value

    def from_json(self, value: Any) -> Any:
        """The inverse of :meth:`to_json`."""
        return value

    def to_log(self, value: Any) -> Any:
        """The value in the change log of a library."""
        return self.to_json(value)

    def from_log(self, value: Any) -> Any:
        """The inverse of :meth:`to_log`."""
        return self.from_json(value)

    def to_sql(self, value: Any) -> Any:
        """The value in a column."""
        return self.to_json(value)

    def from_sql(self, value: Any) -> Any:
        """The inverse of :meth:`to_sql`."""
        return self.from_json(value)

    def refuse(self, model: MaturityModel | None) -> NoReturn:
        """Raise the error that describes the allowed values."""
        raise self.needed(model)
