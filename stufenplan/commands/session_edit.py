"""Command ``session edit``: corrects what was entered when a session was created."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from app.errors import InvalidInput
from app.session.session import Session
from app.words.texts import N_
from app.workshop.workshop import Workshop
from stufenplan.commands.console import (
    DATE,
    OPTIONAL_DATE,
    TEXT,
    Command,
    Console,
    json_option,
    model_language_option,
    option,
    pass_console,
    print_json,
)
from stufenplan.commands.opened import find_language, find_session, opened

if TYPE_CHECKING:
    from stufenplan.commands.answers import SessionEdited

DETAILS = {
    "organisation": N_("Organisation"),
    "unit": N_("Unit"),
    "title": N_("Title"),
    "date": N_("Date"),
    "scope": N_("Scope"),
    "facilitator": N_("Facilitator"),
    "half_levels": N_("Half levels"),
    "hide_earlier": N_("Earlier levels"),
    "language": N_("Language of the model"),
    "tags": N_("Tags"),
    "next_date": N_("Next workshop"),
}
"""Details that can be corrected: attribute of a session to its name."""


@click.command("edit", cls=Command, help=N_("Correct a session; what is not named stays as it is."))
@click.argument("session_id", type=TEXT, metavar="SESSION")
@option("--organisation", "--client", type=TEXT, metavar="NAME", help=N_("The client."))
@option(
    "--unit",
    type=TEXT,
    metavar="NAME",
    help=N_("Department or team, also a path such as IT/Platform; empty for none."),
)
@option("--title", type=TEXT, help=N_("The title."))
@option("--date", type=DATE, metavar="YYYY-MM-DD", help=N_("The day of the session."))
@option("--scope", type=TEXT, help=N_("What is looked at, in a sentence."))
@option("--facilitator", type=TEXT, metavar="NAME", help=N_("Who runs the session."))
@option(
    "--half-levels/--no-half-levels",
    default=None,
    help=N_("Allow levels such as 2.5, or whole ones only."),
)
@option(
    "--tag",
    "tags",
    type=TEXT,
    multiple=True,
    help=N_("A tag in place of those before; may be repeated, empty for none."),
)
@option(
    "--next-workshop",
    "next_date",
    type=OPTIONAL_DATE,
    metavar="YYYY-MM-DD",
    help=N_("When the next workshop is; empty for not agreed."),
)
@option(
    "--hide-earlier/--show-earlier",
    default=None,
    help=N_("Show an earlier level in scoring only once its area is decided, or at once."),
)
@model_language_option(N_("The language of the model's texts, one of those the model has."))
@json_option
@pass_console
def edit(
    console: Console,
    /,
    session_id: str,
    organisation: str | None,
    unit: str | None,
    tags: tuple[str, ...],
    next_date: date | str | None,
    as_json: bool,
    **details: str | date | bool | None,
) -> None:
    """Change what was named, as one step."""
    wanted: dict[str, object] = {k: value for k, value in details.items() if value is not None}
    if tags:
        wanted["tags"] = tags
    if next_date is not None:
        wanted["next_date"] = next_date or None
    if not wanted and organisation is None and unit is None:
        raise InvalidInput(N_("Please name what to change, for example --title."))
    with opened(console) as library:
        workshop = Workshop(find_session(library, session_id), library)
        before = workshop.session
        if "language" in wanted:
            wanted["language"] = find_language(before.model, str(wanted["language"]))
        if organisation is not None or unit is not None:
            wanted["affiliation"] = workshop.affiliation(organisation, unit)
        workshop.correct(wanted)
        if workshop.unsaved:
            raise workshop.unsaved[0].reason
    _report(console, before, workshop, as_json=as_json)


def _report(console: Console, before: Session, workshop: Workshop, *, as_json: bool) -> None:
    after, saved_at = workshop.session, workshop.saved_at
    changed = [name for name in DETAILS if getattr(before, name) != getattr(after, name)]
    if as_json:
        at = None if saved_at is None else saved_at.isoformat()
        answer: SessionEdited = {"id": after.id, "changed": changed, "saved_at": at}
        print_json(answer)
    elif saved_at is None:
        console.say(N_("Nothing to change: the session says the same already."))
    else:
        tr = console.translator
        console.say(
            N_("Saved {time}: {changed}"),
            time=saved_at.strftime("%H:%M:%S"),
            changed=", ".join(tr.gettext(DETAILS[name]) for name in changed),
        )
