"""Commands that rename and merge organisations and units, for the group ``library``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from app.naming import Joining, Renaming
from app.session.units import Organisation, Unit
from app.words.texts import N_
from stufenplan.commands.console import (
    TEXT,
    Command,
    Console,
    json_option,
    pass_console,
    print_json,
)
from stufenplan.commands.opened import find_client, find_unit, opened

if TYPE_CHECKING:
    from stufenplan.commands.answers import PlaceRenamed, PlacesMerged


@click.command(
    "rename-client",
    cls=Command,
    help=N_("Give an organisation another name, in all its sessions."),
)
@click.argument("client", type=TEXT, metavar="CLIENT")
@click.argument("name", type=TEXT, metavar="NAME")
@json_option
@pass_console
def rename_client(console: Console, client: str, name: str, as_json: bool) -> None:
    """Rename an organisation."""
    with opened(console) as library:
        known = find_client(library, client)
        renaming = library.naming.rename_organisation(known.id, name)
    _say_renamed(console, known, renaming, as_json=as_json)


@click.command(
    "rename-unit", cls=Command, help=N_("Give a unit another name, in all its sessions.")
)
@click.argument("client", type=TEXT, metavar="CLIENT")
@click.argument("unit", type=TEXT, metavar="UNIT")
@click.argument("name", type=TEXT, metavar="NAME")
@json_option
@pass_console
def rename_unit(console: Console, client: str, unit: str, name: str, as_json: bool) -> None:
    """Rename a unit."""
    with opened(console) as library:
        known = find_unit(library, find_client(library, client), unit)
        renaming = library.naming.rename_unit(known.id, name)
    _say_renamed(console, known, renaming, as_json=as_json)


@click.command(
    "merge-clients",
    cls=Command,
    help=N_("Move all units and sessions of an organisation to another one, after a backup."),
)
@click.argument("client", type=TEXT, metavar="CLIENT")
@click.argument("into", type=TEXT, metavar="INTO")
@json_option
@pass_console
def merge_clients(console: Console, client: str, into: str, as_json: bool) -> None:
    """Merge two organisations."""
    with opened(console) as library:
        ids = [find_client(library, each).id for each in (client, into)]
        joining = library.naming.merge_organisations(*ids)
    _say_merged(console, joining, as_json=as_json)


@click.command(
    "merge-units",
    cls=Command,
    help=N_("Move a unit's sessions and units to another one."),
)
@click.argument("client", type=TEXT, metavar="CLIENT")
@click.argument("unit", type=TEXT, metavar="UNIT")
@click.argument("into", type=TEXT, metavar="INTO")
@json_option
@pass_console
def merge_units(console: Console, client: str, unit: str, into: str, as_json: bool) -> None:
    """Merge two units of an organisation."""
    with opened(console) as library:
        organisation = find_client(library, client)
        ids = [find_unit(library, organisation, each).id for each in (unit, into)]
        joining = library.naming.merge_units(*ids)
    _say_merged(console, joining, as_json=as_json)


def _say_renamed(
    console: Console, known: Organisation | Unit, renaming: Renaming | None, *, as_json: bool
) -> None:
    place = known if renaming is None else renaming.place
    if as_json:
        answer: PlaceRenamed = {"id": place.id, "before": known.name, "name": place.name}
        print_json(answer)
    elif renaming is None:
        console.say(N_("Nothing to change: “{name}” is its name already."), name=place.name)
    else:
        console.say(N_("“{before}” is now “{name}”."), before=known.name, name=place.name)


def _say_merged(console: Console, joining: Joining, *, as_json: bool) -> None:
    into = joining.into
    name = into.full_name if isinstance(into, Unit) else into.name
    if as_json:
        answer: PlacesMerged = {
            "id": into.id,
            "merged": joining.name,
            "into": name,
            "sessions": joining.sessions,
            "backup": str(joining.backup),
        }
        print_json(answer)
        return
    console.say(N_("“{merged}” is part of “{into}” now."), merged=joining.name, into=name)
    console.say(N_("What was before is in the backup {path}."), path=joining.backup)
