"""Words for the clients of a library: when they are due, and how much of them was assessed."""

from __future__ import annotations

from app.portfolio import Client, Due, DueState
from app.words.texts import N_, Translator

NOT_COMPARED = N_("Nobody is compared with anybody here: models, scopes and rooms differ.")
_WEEKS_FROM, _YEARS_FROM = 14, 730
"""Days from which a time is told in weeks, and in years."""


def due_in_words(due: Due, tr: Translator) -> str:
    """Distance of the next workshop: *in 6 weeks*, *due in 3 days*, *overdue by 11 weeks*."""
    days = abs(due.days)
    if due.state is DueState.OVERDUE:
        return _overdue_in_words(days, tr)
    if days == 0:
        return tr.gettext("due today")
    if days < _WEEKS_FROM:
        return tr.ngettext("due in {n} day", "due in {n} days", days)
    if days < _YEARS_FROM:
        return tr.ngettext("in {n} week", "in {n} weeks", days // 7)
    return tr.ngettext("in {n} year", "in {n} years", days // 365)


def _overdue_in_words(days: int, tr: Translator) -> str:
    if days < _WEEKS_FROM:
        return tr.ngettext("overdue by {n} day", "overdue by {n} days", days)
    if days < _YEARS_FROM:
        return tr.ngettext("overdue by {n} week", "overdue by {n} weeks", days // 7)
    return tr.ngettext("overdue by {n} year", "overdue by {n} years", days // 365)


def span_in_words(days: int, tr: Translator) -> str:
    """A number of days on its own: *3 days*, *11 weeks*, *2 years*."""
    days = abs(days)
    if days < _WEEKS_FROM:
        return tr.ngettext("{n} day", "{n} days", days)
    if days < _YEARS_FROM:
        return tr.ngettext("{n} week", "{n} weeks", days // 7)
    return tr.ngettext("{n} year", "{n} years", days // 365)


def units_in_words(client: Client, tr: Translator) -> str:
    """Number of units of an organisation in words; empty for none."""
    count = len(client.units)
    return tr.ngettext("{n} unit", "{n} units", count) if count else ""


def assessed_in_words(client: Client, tr: Translator) -> str:
    """Share of an organisation that was assessed: *2 of 4 units assessed*."""
    if client.latest is None:
        return tr.gettext("not assessed yet")
    if not client.assessed_units:
        return tr.gettext("assessed as a whole")
    units = len(client.units)
    return tr.ngettext(
        "{assessed} of {n} unit assessed",
        "{assessed} of {n} units assessed",
        units,
        assessed=client.assessed_units,
    )


def models_in_words(client: Client, language: str) -> str:
    """The models in use, the one of the latest session first; empty for none."""
    return ", ".join(each.model_in(language) for each in client.models)


def client_in_words(client: Client, due: Due | None, tr: Translator) -> str:
    """A client in one sentence, for screen readers."""
    latest = client.latest
    parts = [
        client.organisation.name,
        units_in_words(client, tr),
        models_in_words(client, tr.language),
        "" if latest is None else tr.gettext("last session {date}", date=tr.long_date(latest.day)),
        assessed_in_words(client, tr),
        next_in_words(due, tr),
        ", ".join(client.tags),
    ]
    return ", ".join(part for part in parts if part)


def next_in_words(due: Due | None, tr: Translator) -> str:
    """The next workshop with its date and how far away it is."""
    if due is None:
        return tr.gettext("no next workshop agreed")
    said = {"date": tr.long_date(due.day), "when": due_in_words(due, tr)}
    if due.is_first:
        return tr.gettext("first workshop {date}, {when}", **said)
    return tr.gettext("next workshop {date}, {when}", **said)
