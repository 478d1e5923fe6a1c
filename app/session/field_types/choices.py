"""Types with few values or a calendar: flags, choices, dates."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any

from app.errors import InvalidInput
from app.model.maturity_model import MaturityModel
from app.session.field_types.base import FieldType
from app.words.texts import N_

NO_CHOICE = N_("One of these is needed here: {choices}.")


class Flag(FieldType):
    """Yes or no."""

    json_type = bool
    sql_type = "INTEGER"

    def needed(self, model: MaturityModel | None) -> InvalidInput:
        """The error that describes the allowed values."""
        return InvalidInput(N_("true or false is needed here."))

    def typed(self, value: Any, model: MaturityModel | None = None) -> bool:
        """The flag unchanged."""
        return self.read(value, model)

    def read(self, value: Any, model: MaturityModel | None = None) -> bool:
        """A JSON boolean."""
        return value if isinstance(value, bool) else self.refuse(model)

    def to_sql(self, value: bool) -> int:
        """0 or 1."""
        return int(value)

    def from_sql(self, value: Any) -> bool:
        """The inverse of :meth:`to_sql`."""
        return bool(value)


class Day(FieldType):
    """A calendar date, ISO 8601 in documents and columns."""

    json_type = date

    def needed(self, model: MaturityModel | None) -> InvalidInput:
        """The error that describes the allowed values."""
        return InvalidInput(N_("A date such as 2026-11-24 is needed here."))

    def typed(self, value: Any, model: MaturityModel | None = None) -> date:
        """The date unchanged; a ``datetime`` is rejected."""
        return value if type(value) is date else self.refuse(model)

    def read(self, value: Any, model: MaturityModel | None = None) -> date:
        """An ISO 8601 date in its extended form."""
        try:
            day = date.fromisoformat(value)
        except (TypeError, ValueError):
            self.refuse(model)
        return day if day.isoformat() == value else self.refuse(model)

    def to_json(self, value: date) -> str:
        """ISO 8601."""
        return value.isoformat()

    def from_json(self, value: Any) -> date:
        """The inverse of :meth:`to_json`."""
        return date.fromisoformat(value)


class OptionalDay(Day):
    """A calendar date, or ``None``."""

    json_type = date | None

    def needed(self, model: MaturityModel | None) -> InvalidInput:
        """The error that describes the allowed values."""
        return InvalidInput(N_("A date such as 2026-11-24, or null, is needed here."))

    def typed(self, value: Any, model: MaturityModel | None = None) -> date | None:  # type: ignore[override]
        """The date unchanged; a ``datetime`` is rejected."""
        return None if value is None else super().typed(value, model)

    def read(self, value: Any, model: MaturityModel | None = None) -> date | None:  # type: ignore[override]
        """An ISO 8601 date in its extended form, or ``None``."""
        return None if value is None else super().read(value, model)

    def to_json(self, value: date | None) -> str | None:  # type: ignore[override]
        """ISO 8601."""
        return None if value is None else super().to_json(value)

    def from_json(self, value: Any) -> date | None:  # type: ignore[override]
        """The inverse of :meth:`to_json`."""
        return None if value is None else super().from_json(value)


class Choice(FieldType):
    """One of an enumeration's members, or ``None``."""

    def __init__(self, choices: type[StrEnum]) -> None:
        self.choices = choices
        self.json_type = choices | None

    def needed(self, model: MaturityModel | None) -> InvalidInput:
        """The error that describes the allowed values."""
        return InvalidInput(NO_CHOICE, choices=", ".join(["null", *self.choices]))

    def typed(self, value: Any, model: MaturityModel | None = None) -> StrEnum | None:
        """The member unchanged."""
        if value is None or isinstance(value, self.choices):
            return value
        raise self.needed(model)

    def read(self, value: Any, model: MaturityModel | None = None) -> StrEnum | None:
        """A member's value, or ``None``."""
        if value is None:
            return None
        return self.choices(value) if value in list(self.choices) else self.refuse(model)

    def to_json(self, value: StrEnum | None) -> str | None:
        """The member's value."""
        return None if value is None else value.value

    def from_json(self, value: Any) -> StrEnum | None:
        """The inverse of :meth:`to_json`."""
        return None if value is None else self.choices(value)


class OneOf(Choice):
    """One of an enumeration's members."""

    def __init__(self, choices: type[StrEnum]) -> None:
        super().__init__(choices)
        self.json_type = choices

    def needed(self, model: MaturityModel | None) -> InvalidInput:
        """The error that describes the allowed values."""
        return InvalidInput(NO_CHOICE, choices=", ".join(self.choices))

    def typed(self, value: Any, model: MaturityModel | None = None) -> StrEnum:
        """The member unchanged."""
        return value if isinstance(value, self.choices) else self.refuse(model)

    def read(self, value: Any, model: MaturityModel | None = None) -> StrEnum:
        """A member's value."""
        return self.choices(value) if value in list(self.choices) else self.refuse(model)
