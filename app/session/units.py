"""Organisations and the tree of their units."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import uuid4

from app.errors import InvalidInput
from app.session.names import MAX_NAME_LENGTH, checked_name
from app.words.characters import single_line
from app.words.texts import N_

MAX_UNIT_LEVELS = 20
"""Maximum depth of the tree."""
_SLASH_BETWEEN_NAMES = re.compile(r"(?<!\\)/")


@dataclass(frozen=True, slots=True)
class Organisation:
    """A client: the company or authority that is assessed."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Unit:
    """A part of an organisation, for example a department or a team; units form a tree.

    ``above`` holds the names of the units above it from the top down. It follows from
    ``parent_id``, so it does not take part in comparisons.
    """

    id: str
    organisation_id: str
    name: str
    kind: str = "team"
    parent_id: str | None = None
    above: tuple[str, ...] = field(default=(), compare=False)

    @property
    def names(self) -> tuple[str, ...]:
        """The names from the top of the organisation down to this unit."""
        return (*self.above, self.name)

    @property
    def full_name(self) -> str:
        """The name with those of all units above it, for example ``IT / Platform team``."""
        return " / ".join(self.names)

    @property
    def path(self) -> str:
        r"""The same in the form that :func:`unit_names` parses, such as ``IT/CI\/CD team``."""
        return "/".join(name.replace("/", "\\/") for name in self.names)


@dataclass(frozen=True, slots=True)
class Affiliation:
    """The organisation a session belongs to, and the units from its top down to the one assessed.

    Names are for reading only: ids tell which ones are meant.
    """

    organisation: Organisation
    units: tuple[Unit, ...] = ()

    @property
    def unit(self) -> Unit | None:
        """The unit that was assessed; ``None`` for the organisation as a whole."""
        return self.units[-1] if self.units else None

    @property
    def is_named(self) -> bool:
        """True if everything has a name; what was deleted for good has none."""
        return all(part.name for part in self.parts)

    @property
    def without_names(self) -> Affiliation:
        """The ids alone, as of what was deleted for good."""
        path = ((unit.id, "", "") for unit in self.units)
        return affiliation_along(Organisation(self.organisation.id, ""), path)

    @property
    def parts(self) -> tuple[Organisation | Unit, ...]:
        """The organisation and the units."""
        return (self.organisation, *self.units)


def affiliation_along(
    organisation: Organisation, path: Iterable[tuple[str, str, str]]
) -> Affiliation:
    """An organisation with the units of a path: id, name and kind of each, from the top down."""
    units: list[Unit] = []
    for unit_id, name, kind in path:
        parent_id = units[-1].id if units else None
        above = tuple(unit.name for unit in units)
        units.append(Unit(unit_id, organisation.id, name, kind, parent_id, above))
    return Affiliation(organisation, tuple(units))


def affiliation_named(organisation: str, unit: str) -> Affiliation:
    """An organisation and the unit at the end of a path, by their names, with ids of their own.

    A library replaces them by the stored ones of these names. Raises ``InvalidInput`` for names
    that are missing or too long.
    """
    name = checked_name(organisation, N_("Please enter the name of the organisation."))
    names = unit_names(unit)
    return affiliation_along(
        Organisation(uuid4().hex, name),
        (
            (uuid4().hex, each, "team" if number == len(names) else "department")
            for number, each in enumerate(names, start=1)
        ),
    )


def unit_names(path: str) -> tuple[str, ...]:
    """The names in a path of units such as ``IT/Platform team``, from the top down.

    A slash that belongs to a name is escaped with a backslash. Empty for an empty path. Raises
    ``InvalidInput`` for an empty name between slashes, a name that is too long and too many
    levels.
    """
    if not path.strip():
        return ()
    parts = _SLASH_BETWEEN_NAMES.split(path)
    names = tuple(single_line(part.replace("\\/", "/")) for part in parts)
    if not all(names):
        raise InvalidInput(
            N_("A name is missing in the unit “{path}”. A slash leads from one name to the next."),
            path=single_line(path),
        )
    if len(names) > MAX_UNIT_LEVELS:
        raise InvalidInput(N_("Units are nested at most {most} deep."), most=MAX_UNIT_LEVELS)
    if max(map(len, names)) > MAX_NAME_LENGTH:
        raise InvalidInput(N_("A name can have at most {most} characters."), most=MAX_NAME_LENGTH)
    return names
