"""Command ``session new``: an empty session, or one that follows an earlier one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from app.errors import InvalidInput
from app.model.maturity_model import MaturityModel
from app.session.names import checked_name
from app.session.session import FACILITATOR, SCOPE, TAGS, TITLE, NewSession, Session
from app.session.units import Organisation, affiliation_named, unit_names
from app.words.characters import single_line
from app.words.describe import proposed_title
from app.words.texts import LANGUAGES, N_, translator_for
from stufenplan.commands.console import (
    DATE,
    TEXT,
    Command,
    Console,
    json_option,
    model_language_option,
    option,
    pass_console,
    print_json,
    write,
)
from stufenplan.commands.opened import (
    find_language,
    find_model,
    find_session,
    library_path,
    models_in,
    opened,
)
from stufenplan.commands.session_heads import created_answer, say_added

if TYPE_CHECKING:
    from app.ports import Library
    from stufenplan.commands.answers import SessionNew

PARTS = ("targets", "weights", "not-applicable", "open-points", "nothing")
"""Values of ``--take``: those of ``app.workshop.follow_up.Part``, and none of them."""


@click.command("new", cls=Command, help=N_("Create a session; its id is printed."))
@option("--model", "model_id", type=TEXT, metavar="MODEL", help=N_("Id of the model."))
@option("--organisation", "--client", type=TEXT, metavar="NAME", help=N_("The client."))
@option(
    "--unit",
    type=TEXT,
    metavar="NAME",
    help=N_("Department or team; a slash leads from one down to the next."),
)
@option(
    "--title", type=TEXT, default="", help=N_("The title. Otherwise “Maturity workshop” and date.")
)
@option("--date", type=DATE, default=None, metavar="YYYY-MM-DD", help=N_("Otherwise today."))
@model_language_option(N_("The language of the model's texts, one of those the model has."))
@option("--scope", type=TEXT, help=N_("What is looked at, in a sentence."))
@option(
    "--half-levels/--no-half-levels",
    default=None,
    help=N_("Allow levels such as 2.5, or whole ones only."),
)
@option(
    "--facilitator",
    type=TEXT,
    envvar="STUFENPLAN_FACILITATOR",
    metavar="NAME",
    help=N_("Who runs the session. Otherwise STUFENPLAN_FACILITATOR, else nobody."),
)
@option(
    "--tag",
    "tags",
    type=TEXT,
    multiple=True,
    help=N_("A tag to find the session by; may be repeated."),
)
@option(
    "--next-workshop",
    "next_date",
    type=DATE,
    metavar="YYYY-MM-DD",
    help=N_("When the next workshop is."),
)
@option(
    "--from",
    "earlier_id",
    type=TEXT,
    metavar="SESSION",
    help=N_("An earlier session to follow: what is not named is as there."),
)
@option(
    "--take",
    "parts",
    type=click.Choice(PARTS),
    multiple=True,
    help=N_("What to take along from it; may be repeated. Otherwise all but the open points."),
)
@option(
    "--same-model",
    is_flag=True,
    help=N_("Use its version of the model, even if there is a newer one."),
)
@json_option
@click.pass_context
@pass_console
def new(
    console: Console,
    context: click.Context,
    /,
    model_id: str | None,
    earlier_id: str | None,
    parts: tuple[str, ...],
    same_model: bool,
    as_json: bool,
    **given: Any,
) -> None:
    """Create it, and say what could not be taken along."""
    given["tags"] = given["tags"] or None
    _check(given)
    if earlier_id is None:
        if parts or same_model:
            raise InvalidInput(N_("--take and --same-model need --from, which names a session."))
        _require(context, "model_id", "organisation")
        created = _create_empty(console, str(model_id), given)
        remarks: list[str] = []
    else:
        with opened(console) as library:
            earlier = find_session(library, earlier_id)
            same_client = _is_of(library, earlier.organisation, given["organisation"])
            source = context.get_parameter_source("facilitator")
            if same_client and source is ParameterSource.ENVIRONMENT:
                given["facilitator"] = None  # who ran the earlier one is nearer
            models = models_in(library)
            if same_model:
                models = (earlier.model,)
            wanted, remarks = _following(
                console, earlier, models, model_id, parts, same_client=same_client
            )
            created = library.create_session(_as_given(console, wanted, given))
    for sentence in remarks:
        write(sentence, err=True)
    if as_json:
        answer: SessionNew = {**created_answer(created), "left_behind": remarks}
        print_json(answer)
    else:
        say_added(console, created, N_("Created session {id}: {organisation}, {title}"))


def _create_empty(console: Console, model_id: str, given: dict[str, Any]) -> Session:
    def wanted(models: tuple[MaturityModel, ...]) -> NewSession:
        model = find_model(models, model_id)
        spoken = console.language if console.language in model.languages else model.languages[0]
        empty = NewSession(given["organisation"], model, language=spoken)
        return _as_given(console, empty, given)

    # A call that is wrong must not leave an empty library behind.
    new = None if library_path(console).exists() else wanted(models_in(None))
    with opened(console, create=True) as library:
        return library.create_session(new or wanted(models_in(library)))


def _following(
    console: Console,
    earlier: Session,
    models: tuple[MaturityModel, ...],
    model_id: str | None,
    parts: tuple[str, ...],
    *,
    same_client: bool,
) -> tuple[NewSession, list[str]]:
    """The session to create, and sentences about what could not be taken along."""
    from app.words.follow_up_words import left_behind, open_notes
    from app.workshop.follow_up import USUAL, Part, follow_up, new_from, versions_for

    model = find_model(models, model_id) if model_id else versions_for(earlier, models)[0]
    tr = translator_for(earlier.language) if earlier.language in LANGUAGES else console.translator
    wanted = {Part(part) for part in parts if part != "nothing"} if parts else USUAL
    notes = open_notes(earlier, tr)
    found = follow_up(earlier, model, notes, wanted, same_client=same_client)
    new = new_from(earlier, model, found, same_client=same_client)
    return new, left_behind(found, console.translator)


def _is_of(library: Library, organisation: Organisation, name: str | None) -> bool:
    """True if the name is that of this organisation; ``None`` stands for it."""
    if name is None:
        return True
    return library.located(affiliation_named(name, "")).organisation.id == organisation.id


def _as_given(console: Console, new: NewSession, given: dict[str, Any]) -> NewSession:
    """With what was named in place of the rest."""
    values = {name: value for name, value in given.items() if value is not None}
    if "language" in values:
        values["language"] = find_language(new.model, values["language"])
    values["date"] = values.get("date") or date.today()  # noqa: DTZ011 (the local one)
    new = replace(new, **values)
    return replace(new, title=single_line(new.title) or _default_title(console, new))


def _default_title(console: Console, new: NewSession) -> str:
    tr = translator_for(new.language) if new.language in LANGUAGES else console.translator
    return proposed_title(new.date or date.today(), tr)  # noqa: DTZ011


def _check(given: dict[str, Any]) -> None:
    """Validate before the library is created, so that a wrong call leaves no empty file."""
    if given["organisation"] is not None:
        checked_name(given["organisation"], N_("Please name the organisation."))
    TITLE.typed(given["title"])
    SCOPE.typed((given["scope"] or "").strip())
    FACILITATOR.typed(given["facilitator"] or "")
    TAGS.typed(given["tags"] or ())
    unit_names(given["unit"] or "")


def _require(context: click.Context, *names: str) -> None:
    for parameter in context.command.params:
        if parameter.name in names and context.params[str(parameter.name)] is None:
            raise click.MissingParameter(ctx=context, param=parameter)
