"""Opens the library a command works on, and finds sessions and models by what a person types."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from app.errors import AppError, InvalidInput, NotFound
from app.model.maturity_model import MaturityModel
from app.ports import Library
from app.session.session import Session, SessionSummary
from app.words.texts import N_
from stufenplan.commands.console import Console, usable_path

SHORT_ID = 8
"""So many characters of an id are shown, and as a rule they are enough to name it."""


def library_path(console: Console) -> Path:
    """The library that was named, else the person's own."""
    if console.library is not None:
        return console.library
    from data.library.folders import default_library_path
    from stufenplan.environment import system_language

    return usable_path(default_library_path(system_language()))


@contextmanager
def opened(console: Console, *, create: bool = False, check: bool = True) -> Iterator[Library]:
    """The library, closed again at the end.

    With ``create`` a missing one is made, which is said on standard error; otherwise a missing
    one is an error, because a mistyped name must not become an empty library.
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
        # a backup that was asked for and failed fails at closing once more
        _say_notices(console, [new for new in library.notices[said:] if str(new) != failure])


def _say_notices(console: Console, notices: Sequence[AppError]) -> int:
    """What went wrong beside the work, such as a backup; returns how many were said."""
    for notice in notices:
        console.complain(notice)
    return len(notices)


def known_models(console: Console) -> tuple[MaturityModel, ...]:
    """Built-in models, and the imported ones where there is a library.

    A library that was named must be there; without one of their own people see the built-in ones.
    """
    if console.library is None and not library_path(console).exists():
        return models_in(None)
    with opened(console) as library:
        return models_in(library)


def models_in(library: Library | None) -> tuple[MaturityModel, ...]:
    """The built-in models and those of the library, if there is one."""
    from data.models.builtin import builtin_models

    return (*builtin_models(), *(library.models() if library is not None else ()))


def find_model(models: Iterable[MaturityModel], wanted: str) -> MaturityModel:
    """The model with this id, else with this beginning of an id or this name.

    Of several versions under one id the one that was imported last. Raises ``NotFound``, or
    ``InvalidInput`` where several models fit.
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


def find_session(library: Library, wanted: str) -> Session:
    """The session with this id, else with this beginning of an id or this title.

    Raises ``NotFound``, or ``InvalidInput`` where several sessions fit.
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
        return library.load_session(wanted)  # an archived one is in no list
    except NotFound:
        raise NotFound(
            N_("There is no session “{wanted}” in this library. “session list” shows them."),
            wanted=wanted,
        ) from None


def _named(summary: SessionSummary) -> str:
    return f"{summary.id} ({summary.organisation.name}, {summary.title})"


def _fitting(wanted: str, entries: Sequence[tuple[str, Sequence[str]]]) -> list[str]:
    """Ids that begin with what is wanted, or whose names equal it without regard to case."""
    text = wanted.strip()
    if not text:
        return []
    return [
        entry_id
        for entry_id, names in entries
        if entry_id.startswith(text) or text.casefold() in [name.casefold() for name in names]
    ]
