"""Opens the library of a command, and looks up sessions and models by id, prefix or name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from app.errors import AppError, InvalidInput, NotFound
from app.model.maturity_model import MaturityModel
from app.ports import Library
from app.session.session import Session, SessionSummary
from app.session.units import Organisation, Unit, unit_names
from app.words.texts import N_
from stufenplan.commands.console import Console, usable_path

SHORT_ID = 8
"""Characters of an id that are shown; usually enough to identify it."""


def library_path(console: Console) -> Path:
    """Path of the chosen library, by default the user's own."""
    if console.library is not None:
        return console.library
    from data.library.folders import default_library_path
    from stufenplan.environment import system_language

    return usable_path(default_library_path(system_language()))


@contextmanager
def opened(console: Console, *, create: bool = False, check: bool = True) -> Iterator[Library]:
    """Context manager for the open library.

    With ``create`` a missing library is created and reported on standard error. Otherwise it is an
    error, so that a mistyped name does not become an empty library.
    """
    from data.library.library import open_library

    path = library_path(console)
    is_new = create and not path.exists()
    library = open_library(path, create=create, check=check)
    if is_new:
        console.remark(N_("Created the library {path}."), path=path)
    said = _say_notices(console, library.notices)
    failure = ""
    try:
        yield library
    except AppError as error:
        failure = str(error)
        raise
    finally:
        library.close()
        # a failed backup fails again on close
        _say_notices(console, [new for new in library.notices[said:] if str(new) != failure])


def _say_notices(console: Console, notices: Sequence[AppError]) -> int:
    """Print secondary problems, such as a failed backup. Returns their number."""
    for notice in notices:
        console.complain(notice)
    return len(notices)


def known_models(console: Console) -> tuple[MaturityModel, ...]:
    """Built-in models, and those imported into the library.

    A library that was named must exist; without a default library only built-in models are listed.
    """
    if console.library is None and not library_path(console).exists():
        return models_in(None)
    with opened(console) as library:
        return models_in(library)


def models_in(library: Library | None) -> tuple[MaturityModel, ...]:
    """Built-in models and those of the library, if any."""
    from data.models.builtin import builtin_models

    return (*builtin_models(), *(library.models() if library is not None else ()))


def find_model(models: Iterable[MaturityModel], wanted: str) -> MaturityModel:
    """Find a model by id, else by prefix of an id or by name.

    Of several versions with one id, returns the last one imported. Raises ``NotFound``, or
    ``InvalidInput`` if the match is ambiguous.
    """
    by_id = {model.id: model for model in models}
    if wanted in by_id:
        return by_id[wanted]
    names = {
        model_id: [text for _, text in model.name.by_language] for model_id, model in by_id.items()
    }
    found = _fitting(wanted, [(model_id, names[model_id]) for model_id in by_id])
    if not found:
        raise NotFound(
            N_("There is no model “{wanted}”. Available models: {known}."),
            wanted=wanted,
            known=", ".join(by_id),
        )
    if len(found) > 1:
        raise InvalidInput(
            N_("“{wanted}” fits several models: {found}."), wanted=wanted, found=", ".join(found)
        )
    return by_id[found[0]]


def find_language(model: MaturityModel, wanted: str) -> str:
    """The language of the model with this code; raises ``InvalidInput``."""
    for language in model.languages:
        if language.casefold() == wanted.casefold():
            return language
    raise InvalidInput(
        N_("The model has no texts in “{language}”. It has: {known}."),
        language=wanted,
        known=", ".join(model.languages),
    )


def find_session(library: Library, wanted: str) -> Session:
    """Find a session by id, else by prefix of an id or by title.

    Raises ``NotFound``, or ``InvalidInput`` if the match is ambiguous.
    """
    summaries = library.session_summaries()
    by_id = {summary.id: summary for summary in summaries}
    found = _fitting(wanted, [(summary.id, [summary.title]) for summary in summaries])
    if wanted in by_id:
        found = [wanted]
    if len(found) > 1:
        raise InvalidInput(
            N_("“{wanted}” fits several sessions: {found}."),
            wanted=wanted,
            found="; ".join(_named(by_id[session_id]) for session_id in found),
        )
    if found:
        return library.load_session(found[0])
    try:
        return library.load_session(wanted)  # archived sessions are not listed
    except NotFound:
        raise NotFound(
            N_("There is no session “{wanted}” in this library. “session list” shows them."),
            wanted=wanted,
        ) from None


def find_client(library: Library, wanted: str) -> Organisation:
    """Find an organisation by id, else by prefix of an id or by name.

    Raises ``NotFound``, or ``InvalidInput`` if the match is ambiguous.
    """
    by_id = {each.id: each for each in library.organisations()}
    found = [wanted] if wanted in by_id else _fitting(wanted, _names(by_id))
    if len(found) > 1:
        raise InvalidInput(
            N_("“{wanted}” fits several organisations: {found}."),
            wanted=wanted,
            found=", ".join(found),
        )
    if not found:
        raise NotFound(
            N_("There is no organisation “{wanted}” in this library. Available: {known}."),
            wanted=wanted,
            known=", ".join(each.name for each in by_id.values()) or "–",
        )
    return by_id[found[0]]


def find_unit(library: Library, client: Organisation, wanted: str) -> Unit:
    """Find a unit of an organisation by id, or by its path such as ``IT/Platform team``.

    Raises ``NotFound``.
    """
    units = library.units(client.id)
    path = tuple(name.casefold() for name in unit_names(wanted))
    for unit in units:
        if wanted == unit.id or path == tuple(name.casefold() for name in unit.names):
            return unit
    raise NotFound(
        N_("“{organisation}” has no unit “{wanted}”. Available: {known}."),
        organisation=client.name,
        wanted=wanted,
        known=", ".join(unit.path for unit in units) or "–",
    )


def _names(by_id: Mapping[str, Organisation]) -> list[tuple[str, Sequence[str]]]:
    return [(each_id, [each.name]) for each_id, each in by_id.items()]


def _named(summary: SessionSummary) -> str:
    return f"{summary.id} ({summary.organisation.name}, {summary.title})"


def _fitting(wanted: str, entries: Sequence[tuple[str, Sequence[str]]]) -> list[str]:
    """Ids with this prefix, or with this name (case-insensitive)."""
    text = wanted.strip()
    if not text:
        return []
    return [
        entry_id
        for entry_id, names in entries
        if entry_id.startswith(text) or text.casefold() in [name.casefold() for name in names]
    ]
