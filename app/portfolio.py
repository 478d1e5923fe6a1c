"""All clients of a library at a glance: who was assessed when, and when they are due again.

Rows are sorted by name or by date, never by level: models, scopes and rooms differ. Functions get
the day they are asked for, so that window and command line say the same.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from app.session.units import Organisation, Unit
from app.words.sorting import sort_key

SOON_DAYS = 28
"""Days before a workshop from which it counts as due soon."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A session as far as the portfolio needs it; ``unit`` is the full name of its unit.

    Without a unit it is a session of the organisation as a whole.
    """

    id: str
    unit_id: str | None
    unit: str
    title: str
    day: date
    model_id: str
    model_name: tuple[tuple[str, str], ...]
    facilitator: str = ""
    next_date: date | None = None
    tags: tuple[str, ...] = ()

    def model_in(self, language: str) -> str:
        """Name of the model in this language, else in the first it has, else its id."""
        names = dict(self.model_name)
        return names.get(language) or next(filter(None, names.values()), self.model_id)


@dataclass(frozen=True, slots=True)
class Place:
    """A unit, or the organisation as a whole, with the sessions that say how it stands.

    ``assessed`` is the newest session in which an area has a level, ``held`` the newest one up to
    today whatever is in it, ``planned`` the next one from today on without any level.
    """

    unit: Unit | None
    assessed: Listed | None = None
    held: Listed | None = None
    planned: Listed | None = None

    @property
    def sessions(self) -> tuple[Listed, ...]:
        """Each of them once."""
        found = (self.assessed, self.held, self.planned)
        return tuple({each.id: each for each in found if each is not None}.values())

    @property
    def due(self) -> date | None:
        """Day of the next workshop: one that is planned, else the day that was agreed on last."""
        if self.planned is not None:
            return self.planned.day
        known = [each for each in (self.held, self.assessed) if each is not None]
        known.sort(key=lambda each: each.day, reverse=True)
        return next((each.next_date for each in known if each.next_date is not None), None)


class DueState(StrEnum):
    """Distance of the next workshop from today."""

    OVERDUE = "overdue"
    SOON = "soon"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Due:
    """The next workshop of a client; ``days`` from today, negative when overdue.

    ``unit`` is the full name of its unit, empty for the organisation as a whole. ``is_first`` if
    nothing was assessed there before.
    """

    day: date
    days: int
    unit: str = ""
    is_first: bool = False

    @property
    def state(self) -> DueState:
        """Overdue, soon, or later."""
        if self.days < 0:
            return DueState.OVERDUE
        return DueState.SOON if self.days <= SOON_DAYS else DueState.LATER


@dataclass(frozen=True)
class Client:
    """An organisation with everything in it that can be assessed."""

    organisation: Organisation
    places: tuple[Place, ...] = ()

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """The units that are assessed: teams, and departments that had a session themselves."""
        parents = {place.unit.parent_id for place in self.places if place.unit is not None}
        return tuple(
            place.unit
            for place in self.places
            if place.unit is not None and (place.unit.id not in parents or place.sessions)
        )

    @property
    def assessed_units(self) -> int:
        """Number of :attr:`units` that have been assessed."""
        return sum(place.unit is not None and place.assessed is not None for place in self.places)

    @property
    def is_assessed_as_a_whole(self) -> bool:
        """True if the organisation itself has been assessed."""
        return any(place.unit is None and place.assessed is not None for place in self.places)

    @cached_property
    def sessions(self) -> tuple[Listed, ...]:
        """The sessions of its places, newest first."""
        found = (each for place in self.places for each in place.sessions)
        return tuple(sorted(found, key=lambda each: (each.day, each.id), reverse=True))

    @cached_property
    def latest(self) -> Listed | None:
        """The newest session in which an area has a level."""
        found = (place.assessed for place in self.places)
        return max(filter(None, found), key=lambda each: (each.day, each.id), default=None)

    @cached_property
    def models(self) -> tuple[Listed, ...]:
        """A session for each model in use, the one of the latest session first."""
        known = () if self.latest is None else (self.latest,)
        return tuple({each.model_id: each for each in (*known, *self.sessions)}.values())

    @cached_property
    def tags(self) -> tuple[str, ...]:
        """The tags of its sessions, in alphabetical order."""
        return in_order(tag for each in self.sessions for tag in each.tags)

    def due(self, today: date) -> Due | None:
        """The earliest next workshop of its units."""
        found = [
            Due(
                day,
                (day - today).days,
                "" if place.unit is None else place.unit.full_name,
                place.assessed is None,
            )
            for place in self.places
            if (day := place.due) is not None
        ]
        return min(found, key=lambda due: due.day, default=None)


@dataclass(frozen=True, slots=True)
class Shape:
    """The profile of a session by dimension, and that of the earlier one it can be laid over.

    Means run from ``lowest_level`` to ``highest_level``; ``None`` is a dimension without a level.
    ``earlier`` is empty unless an earlier session of the same unit has the same model and scope
    and enough areas in common; then it is ``None`` where other areas of a dimension counted.
    """

    lowest_level: int
    highest_level: int
    latest: tuple[Fraction | None, ...]
    earlier: tuple[Fraction | None, ...] = ()


class SortBy(StrEnum):
    """Orders of the portfolio; there is none by level."""

    NAME = "name"
    DUE = "due"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Filters; a client stays if one of its sessions fits them all.

    Every word of ``words`` has to occur in the name, a unit, a title or a tag. ``model`` is an id.
    ``unit`` is a part of the name of a unit. ``since`` and ``before`` bound the latest session;
    a client that was never assessed counts as assessed before any day. ``within_days`` keeps what
    is due in this time, overdue or not, ``overdue`` only what is.
    """

    words: str = ""
    model: str = ""
    facilitator: str = ""
    unit: str = ""
    tag: str = ""
    since: date | None = None
    before: date | None = None
    within_days: int | None = None
    overdue: bool = False

    def fits(self, client: Client, today: date) -> bool:
        """True if the client passes every filter."""
        return (
            self._fits_words(client)
            and self._fits_sessions(client)
            and self._fits_last(client.latest)
            and self._fits_due(client.due(today))
        )

    def _fits_words(self, client: Client) -> bool:
        words = folded(self.words).split()
        if not words:
            return True
        units = (place.unit.full_name for place in client.places if place.unit is not None)
        titles = (each.title for each in client.sessions)
        known = folded("\n".join((client.organisation.name, *units, *titles, *client.tags)))
        return all(word in known for word in words)

    def _fits_sessions(self, client: Client) -> bool:
        if self.model or self.facilitator or self.tag:
            return any(self._fits_session(each) for each in client.sessions)
        return not self.unit or any(
            place.unit is not None and self._names_unit(place.unit.full_name)
            for place in client.places
        )

    def _fits_session(self, session: Listed) -> bool:
        return (
            self.model in ("", session.model_id)
            and folded(self.facilitator) in ("", folded(session.facilitator))
            and (not self.tag or folded(self.tag) in map(folded, session.tags))
            and (not self.unit or self._names_unit(session.unit))
        )

    def _names_unit(self, name: str) -> bool:
        return folded(self.unit) in folded(name)

    def _fits_last(self, latest: Listed | None) -> bool:
        if self.since is not None and (latest is None or latest.day < self.since):
            return False
        return self.before is None or latest is None or latest.day < self.before

    def _fits_due(self, due: Due | None) -> bool:
        if self.overdue and (due is None or due.state is not DueState.OVERDUE):
            return False
        return self.within_days is None or (due is not None and due.days <= self.within_days)


EVERYTHING = Wanted()


def portfolio(
    clients: Iterable[Client],
    today: date,
    wanted: Wanted = EVERYTHING,
    order: SortBy = SortBy.NAME,
) -> tuple[Client, ...]:
    """The clients that fit, in order; clients without a date come last, ties go by name."""
    fitting = clients if wanted == EVERYTHING else (c for c in clients if wanted.fits(c, today))
    found = sorted(fitting, key=lambda client: sort_key(client.organisation.name))
    if order is not SortBy.NAME:
        found.sort(key=_by_date(today, only_overdue=order is SortBy.OVERDUE))
    return tuple(found)


def _by_date(today: date, *, only_overdue: bool) -> Callable[[Client], tuple[bool, date]]:
    def key(client: Client) -> tuple[bool, date]:
        due = client.due(today)
        if due is None or (only_overdue and due.state is not DueState.OVERDUE):
            return True, date.max
        return False, due.day

    return key


def in_state(clients: Iterable[Client], today: date, state: DueState) -> tuple[Client, ...]:
    """The clients whose next workshop is overdue, soon or later, the earliest first."""
    fitting = (
        client
        for client in clients
        if (due := client.due(today)) is not None and due.state is state
    )
    return portfolio(fitting, today, order=SortBy.DUE)


def in_order(names: Iterable[str]) -> tuple[str, ...]:
    """Each name once, in alphabetical order; empty ones are left out."""
    return tuple(sorted({name for name in names if name}, key=sort_key))


def folded(text: str) -> str:
    """A text in a form that compares without regard to case and writing variants."""
    return unicodedata.normalize("NFKC", text).casefold()
