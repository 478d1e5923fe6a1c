"""Organisations and the tree of their units."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from app.errors import InvalidInput
from app.session.names import MAX_NAME_LENGTH
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
