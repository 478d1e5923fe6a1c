"""Renaming and merging organisations and units: what was done, and how to take it back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pathlib import Path

    from app.session.units import Organisation, Unit


@dataclass(frozen=True, slots=True)
class Renaming:
    """An organisation or unit under a new name.

    ``entry`` is the entry in the change log that taking it back refers to.
    """

    place: Organisation | Unit
    before: str
    entry: str


@dataclass(frozen=True, slots=True)
class Joining:
    """Two organisations or units that are one now.

    ``into`` is the one that stays, ``sessions`` how many came to it. What was before is in the
    file ``backup``.
    """

    into: Organisation | Unit
    name: str
    sessions: int
    backup: Path


class Naming(Protocol):
    """Renames and merges organisations and units of one library.

    All of it is logged. Sessions keep their own history; nothing of it can be undone in a session.
    """

    def rename_organisation(self, organisation_id: str, name: str) -> Renaming | None:
        """Give an organisation another name; ``None`` if it has this one already.

        Raises ``NameTaken`` if another one has it, ``InvalidInput`` and ``NotFound``.
        """

    def rename_unit(self, unit_id: str, name: str) -> Renaming | None:
        """Give a unit another name; see :meth:`rename_organisation`."""

    def take_back(self, renaming: Renaming) -> None:
        """Give the name before back.

        Raises ``NameTaken``, and ``InvalidInput`` where the name was changed again.
        """

    def merge_organisations(self, organisation_id: str, into_id: str) -> Joining:
        """Move everything of an organisation to another one, after a backup.

        Units of the same name become one as well. Raises ``InvalidInput`` and ``NotFound``.
        """

    def merge_units(self, unit_id: str, into_id: str) -> Joining:
        """Move everything of a unit to another one of the same organisation, after a backup.

        Units below it move along; those of the same name become one as well. Raises
        ``InvalidInput`` and ``NotFound``.
        """
