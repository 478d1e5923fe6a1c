"""The type of a session's affiliation: its organisation, and the path of units."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.errors import InvalidInput
from app.model.maturity_model import MaturityModel
from app.session.field_types.base import FieldType, Rules
from app.session.field_types.records import check_pattern
from app.session.field_types.texts import NO_LINE, check_text
from app.session.names import ID_PATTERN, MAX_NAME_LENGTH
from app.session.units import (
    MAX_UNIT_LEVELS,
    Affiliation,
    Organisation,
    Unit,
    affiliation_along,
)
from app.words.characters import is_single_line
from app.words.texts import N_

GONE = N_("The organisation or unit of that time was deleted for good; nothing leads back to it.")


class AffiliationType(FieldType):
    """An organisation and a path of its units.

    Names are empty where ids refer to what was deleted. The log of a library holds ids only: there
    names have a table of their own, where they can be corrected and deleted.
    """

    json_type = dict[str, Any]
    sql_type = ""
    has_key = False

    def needed(self, model: MaturityModel | None) -> InvalidInput:
        """The error that describes the allowed values."""
        return InvalidInput(N_("An organisation and its units are needed here."))

    def typed(self, value: Any, model: MaturityModel | None = None) -> Affiliation:
        """The affiliation unchanged."""
        if type(value) is not Affiliation or type(value.organisation) is not Organisation:
            self.refuse(model)
        if type(value.units) is not tuple or len(value.units) > MAX_UNIT_LEVELS:
            self.refuse(model)
        _check(value.organisation.id, value.organisation.name)
        for unit in value.units:
            if type(unit) is not Unit:
                self.refuse(model)
            _check(unit.id, unit.name, unit.kind)
        path = ((unit.id, unit.name, unit.kind) for unit in value.units)
        expected = affiliation_along(value.organisation, path)
        if value != expected or [u.above for u in value.units] != [u.above for u in expected.units]:
            self.refuse(model)
        return value

    def legal(self, value: Any, rules: Rules) -> Affiliation:
        """An affiliation whose organisation and units all have names."""
        affiliation = self.typed(value, rules.model)
        if not affiliation.is_named:
            raise InvalidInput(GONE)
        return affiliation

    def read(self, value: Any, model: MaturityModel | None = None) -> Affiliation:
        """The affiliation in a document with the right keys."""
        try:
            return self.typed(self.from_json(value), model)
        except (KeyError, TypeError):
            self.refuse(model)

    def to_json(self, value: Affiliation) -> dict[str, Any]:
        """Organisation and units as in the details of a session."""
        return {
            "organisation": organisation_to_document(value.organisation),
            "units": [unit_to_document(unit) for unit in value.units],
        }

    def from_json(self, value: Mapping[str, Any]) -> Affiliation:
        """The inverse of :meth:`to_json`."""
        organisation = Organisation(value["organisation"]["id"], value["organisation"]["name"])
        path = ((unit["id"], unit["name"], unit["kind"]) for unit in value["units"])
        return affiliation_along(organisation, path)

    def to_log(self, value: Affiliation) -> dict[str, Any]:
        """The ids of organisation and unit."""
        unit = value.unit
        return {"organisation": value.organisation.id, "unit": None if unit is None else unit.id}

    def from_log(self, value: Mapping[str, Any]) -> Affiliation:
        """The inverse of :meth:`to_log`, without names and the units above.

        Raises ``TypeError`` for what no release has written.
        """
        organisation, unit = value["organisation"], value["unit"]
        if not isinstance(organisation, str) or not isinstance(unit, str | None):
            raise TypeError("an id is a text")
        path = () if unit is None else ((unit, "", ""),)
        return affiliation_along(Organisation(organisation, ""), path)


def organisation_to_document(organisation: Organisation) -> dict[str, Any]:
    """An organisation as JSON values."""
    return {"id": organisation.id, "name": organisation.name}


def unit_to_document(unit: Unit) -> dict[str, Any]:
    """A unit as JSON values."""
    return {"id": unit.id, "name": unit.name, "kind": unit.kind, "parent_id": unit.parent_id}


def _check(key: Any, *lines: Any) -> None:
    check_pattern(ID_PATTERN, key)
    for line in lines:
        check_text(line, MAX_NAME_LENGTH, NO_LINE)
        if not is_single_line(line):
            raise InvalidInput(NO_LINE, most=MAX_NAME_LENGTH)
