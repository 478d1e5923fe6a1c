"""Sentences about a deletion for good, before and after it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from app.deletions import Choices, Kind
from app.words.texts import N_, Translator

if TYPE_CHECKING:
    from app.ports import Deleted, DeletionPlan

MOST_NAMED = 6

_HEADS = {
    Kind.SESSION: N_("The session “{name}” with its levels, texts, evidence and history."),
    Kind.UNIT: N_("The unit “{name}” with the units below it and all their sessions."),
    Kind.CLIENT: N_("The organisation “{name}” with its units and all their sessions."),
}
KINDS = {
    Kind.SESSION: N_("Session"),
    Kind.UNIT: N_("Unit"),
    Kind.CLIENT: N_("Organisation"),
}
EXPORTS = N_(
    "Exports and copies of the library lie where they were saved; delete them there yourself."
)


def what_goes(plan: DeletionPlan, choices: Choices, tr: Translator) -> Iterator[str]:
    """One sentence for each kind of thing that is deleted."""
    yield tr.gettext(_HEADS[plan.target.kind], name=plan.name)
    if plan.target.kind is not Kind.SESSION and plan.sessions:
        yield tr.ngettext(
            "{n} session, archived ones included: {titles}",
            "{n} sessions, archived ones included: {titles}",
            len(plan.sessions),
            titles=_some_of(plan.sessions),
        )
    if plan.files:
        yield tr.ngettext(
            "{n} file kept as evidence that no other session needs.",
            "{n} files kept as evidence that no other session needs.",
            plan.files,
        )
    yield tr.gettext(
        "Plain copies beside the backups, unsaved changes, temporary files, settings that name it,"
        " and reports of errors."
    )
    if plan.crash_copies:
        yield tr.ngettext(
            "{n} copy of the library that was made after a crash.",
            "{n} copies of the library that were made after crashes.",
            plan.crash_copies,
        )
    if plan.models and choices.models:
        yield models_in_words(plan, tr)
    if plan.backups and choices.backups:
        yield backups_in_words(plan, tr)


def what_stays(plan: DeletionPlan, choices: Choices, tr: Translator) -> Iterator[str]:
    """One sentence for each kind of thing that is not deleted."""
    if plan.models and not choices.models:
        yield models_in_words(plan, tr)
    if plan.backups and not choices.backups:
        yield backups_in_words(plan, tr)
    yield tr.gettext(EXPORTS)


def models_in_words(plan: DeletionPlan, tr: Translator) -> str:
    """The imported models that only these sessions use."""
    return tr.ngettext(
        "{n} imported model that no other session uses: {names}",
        "{n} imported models that no other session uses: {names}",
        len(plan.models),
        names=_some_of(plan.models),
    )


def backups_in_words(plan: DeletionPlan, tr: Translator) -> str:
    """The backups that hold it, and of which days they are."""
    days = sorted({backup.at.date() for backup in plan.backups})
    first, last = tr.short_date(days[0]), tr.short_date(days[-1])
    return tr.ngettext(
        "{n} backup of the whole library that holds it: {dates}",
        "{n} backups of the whole library that hold it: {dates}",
        len(plan.backups),
        dates=first if len(days) == 1 else tr.gettext("{first} to {last}", first=first, last=last),
    )


def what_went(deleted: Deleted, tr: Translator) -> Iterator[str]:
    """Numbers of deleted things, without any name."""
    if deleted.record.sessions:
        yield tr.ngettext(
            "{n} session was deleted for good.",
            "{n} sessions were deleted for good.",
            deleted.record.sessions,
        )
    else:
        yield tr.gettext("It was deleted for good.")
    if deleted.backups:
        yield tr.ngettext(
            "{n} backup was deleted with it.", "{n} backups were deleted with it.", deleted.backups
        )
    if deleted.kept_backups:
        yield tr.ngettext(
            "{n} backup still holds it.", "{n} backups still hold it.", deleted.kept_backups
        )
    yield tr.gettext(EXPORTS)


def names_it(typed: str, plan: DeletionPlan) -> bool:
    """True if the typed text names the target; case and spaces do not count."""
    return _plain(typed) == _plain(plan.name)


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _some_of(names: Sequence[str]) -> str:
    return ", ".join(names[:MOST_NAMED]) + (", …" if len(names) > MOST_NAMED else "")
