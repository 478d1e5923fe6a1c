"""Command ``library portfolio``: all clients at a glance."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from app.errors import NotFound
from app.portfolio import Client, Due, DueState, SortBy, Wanted, folded, in_state, portfolio
from app.words.portfolio_words import (
    NOT_COMPARED,
    assessed_in_words,
    due_in_words,
    models_in_words,
)
from app.words.texts import N_
from stufenplan.commands.console import (
    DATE,
    TEXT,
    Command,
    Console,
    WholeNumber,
    json_option,
    option,
    pass_console,
    print_json,
    print_table,
    write,
)
from stufenplan.commands.opened import opened

if TYPE_CHECKING:
    from stufenplan.commands.answers import (
        LastSession,
        NextWorkshop,
        Portfolio,
        PortfolioClient,
        UsedModel,
    )


@click.command(
    "portfolio",
    cls=Command,
    help=N_("List all clients with what is due next."),
)
@option(
    "--search",
    "words",
    type=TEXT,
    default="",
    metavar="TEXT",
    help=N_("Part of organisation, unit, title or tag."),
)
@option("--model", type=TEXT, default="", metavar="MODEL", help=N_("Only clients on this model."))
@option(
    "--facilitator",
    type=TEXT,
    default="",
    metavar="NAME",
    help=N_("Only where this person runs a session."),
)
@option("--unit", type=TEXT, default="", metavar="TEXT", help=N_("Part of the name of a unit."))
@option("--tag", type=TEXT, default="", metavar="TAG", help=N_("Only clients with this tag."))
@option("--since", type=DATE, help=N_("Assessed on this day or later."))
@option("--before", type=DATE, help=N_("Not assessed since this day, or never."))
@option(
    "--due-within",
    "within_days",
    type=WholeNumber(0, 3660),
    metavar="DAYS",
    help=N_("Next workshop within so many days, overdue ones included."),
)
@option("--overdue", is_flag=True, help=N_("Only where the next workshop is overdue."))
@option(
    "--sort",
    "order",
    type=click.Choice([each.value for each in SortBy]),
    default=SortBy.NAME.value,
    help=N_("By name, by next workshop, or overdue ones first. Otherwise by name."),
)
@json_option
@pass_console
def list_portfolio(
    console: Console, /, model: str, order: str, as_json: bool, **filters: Any
) -> None:
    """Every client of the library that fits, in order."""
    today = date.today()  # noqa: DTZ011 (a workshop's date is the local one)
    with opened(console) as library:
        clients = library.portfolio(today)
    wanted = Wanted(model=_find_model(clients, model) if model else "", **filters)
    found = portfolio(clients, today, wanted, SortBy(order))
    if as_json:
        answer: Portfolio = {
            "today": today.isoformat(),
            "overdue": len(in_state(found, today, DueState.OVERDUE)),
            "clients": [_client_keys(client, today, console.language) for client in found],
        }
        print_json(answer)
    else:
        _print(console, found, today)


def _find_model(clients: Sequence[Client], wanted: str) -> str:
    """Id of a model in use, by id or name; raises ``NotFound``."""
    known = {each.model_id: each for client in clients for each in client.sessions}
    for model_id, session in known.items():
        names = [model_id, *(name for _, name in session.model_name)]
        if folded(wanted.strip()) in map(folded, names):
            return model_id
    raise NotFound(
        N_("There is no model “{wanted}”. Available models: {known}."),
        wanted=wanted,
        known=", ".join(sorted(known)) or "–",
    )


# ---- JSON --------------------------------------------------------------------------------------


def _client_keys(client: Client, today: date, language: str) -> PortfolioClient:
    due = client.due(today)
    models: list[UsedModel] = [
        {"id": each.model_id, "name": each.model_in(language)} for each in client.models
    ]
    return {
        "id": client.organisation.id,
        "organisation": client.organisation.name,
        "units": len(client.units),
        "units_assessed": client.assessed_units,
        "models": models,
        "last": _last_keys(client),
        "next": None if due is None else _next_keys(due),
        "tags": list(client.tags),
    }


def _last_keys(client: Client) -> LastSession | None:
    latest = client.latest
    if latest is None:
        return None
    return {
        "id": latest.id,
        "unit": latest.unit or None,
        "title": latest.title,
        "date": latest.day.isoformat(),
        "facilitator": latest.facilitator,
    }


def _next_keys(due: Due) -> NextWorkshop:
    return {
        "date": due.day.isoformat(),
        "unit": due.unit or None,
        "days": due.days,
        "state": due.state.value,
        "first": due.is_first,
    }


# ---- text --------------------------------------------------------------------------------------


def _print(console: Console, found: Sequence[Client], today: date) -> None:
    tr = console.translator
    if not found:
        console.say(N_("No organisation was found."))
        return
    heads = (
        N_("Organisation"),
        N_("Model"),
        N_("Last session"),
        N_("Assessed"),
        N_("Next workshop"),
        N_("Due"),
        N_("Tags"),
    )
    rows = []
    for client in found:
        due, latest = client.due(today), client.latest
        rows.append(
            [
                client.organisation.name,
                models_in_words(client, console.language),
                "–" if latest is None else latest.day.isoformat(),
                assessed_in_words(client, tr),
                "–" if due is None else due.day.isoformat(),
                "" if due is None else due_in_words(due, tr),
                ", ".join(client.tags),
            ]
        )
    has_tags = any(row[-1] for row in rows)
    print_table(
        [tr.gettext(head) for head in heads][: None if has_tags else -1],
        [row[: None if has_tags else -1] for row in rows],
    )
    write()
    console.say(NOT_COMPARED)
