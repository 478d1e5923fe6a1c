"""Command ``session review``: what people decide on two sessions, and what they decided."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from app.comparison.comparison import Comparison
from app.comparison.judging import AreaDecision
from app.comparison.questions import Question, questions
from app.comparison.relations import Relation
from app.comparison.reviews import NewReview, Review, Subject, Verdict
from app.comparison.stored import compare_in_library
from app.errors import InvalidInput, NotFound
from app.words.comparison import area_name
from app.words.review_words import VERDICT_WORDS, question_in_words, review_in_words
from app.words.texts import N_, Translator
from stufenplan.commands.comparison import question_document
from stufenplan.commands.console import (
    TEXT,
    Command,
    Console,
    json_option,
    option,
    pass_console,
    print_json,
    write,
)
from stufenplan.commands.opened import find_session, opened
from stufenplan.commands.session_heads import session_head
from stufenplan.commands.session_text import LINE_WIDTH

if TYPE_CHECKING:
    from stufenplan.commands.answers import SessionReviewed

_SHORT_ID = 8
"""So much of an id is shown, and is enough to name it."""
_SCOPE = {"same": Verdict.EQUAL, "different": Verdict.DIFFERENT}
_PEOPLE = {"same": Verdict.EQUAL, "other": Verdict.DIFFERENT}


@click.command(
    "review",
    cls=Command,
    help=N_("Decide what two sessions have in common; without an option, list what was decided."),
)
@click.argument("earlier_id", type=TEXT, metavar="EARLIER")
@click.argument("later_id", type=TEXT, metavar="LATER")
@option(
    "--area",
    type=TEXT,
    metavar="THEN[=NOW]",
    help=N_("Decide on an edited area, or on one then and one now; by id, with --verdict."),
)
@option(
    "--verdict",
    type=click.Choice(tuple(verdict.value for verdict in Verdict)),
    help=N_("What the area of then is to that of now."),
)
@option(
    "--scope",
    type=click.Choice(tuple(_SCOPE)),
    help=N_("Decide if scopes that are described differently mean the same."),
)
@option(
    "--people",
    type=click.Choice(tuple(_PEOPLE)),
    help=N_("Decide if mostly the same people took part."),
)
@option(
    "--withdraw",
    type=TEXT,
    metavar="REVIEW",
    help=N_("Take a decision back; the beginning of its id is enough."),
)
@option(
    "--facilitator",
    type=TEXT,
    default="",
    envvar="STUFENPLAN_FACILITATOR",
    metavar="NAME",
    help=N_("Who decides. Otherwise STUFENPLAN_FACILITATOR, else nobody."),
)
@json_option
@pass_console
def review(
    console: Console,
    /,
    earlier_id: str,
    later_id: str,
    facilitator: str,
    as_json: bool,
    **wanted: str | None,
) -> None:
    """Decide, or withdraw, and list everything."""
    _check(wanted)
    with opened(console) as library:
        ids = [find_session(library, each).id for each in (earlier_id, later_id)]
        compared = compare_in_library(library, ids)
        if wanted["withdraw"] is not None:
            client = compared.latest.organisation.id
            known = library.reviews.of(client)
            library.reviews.withdraw(_found(wanted["withdraw"], known).id, facilitator)
        elif (decision := _decision(compared, wanted, facilitator)) is not None:
            library.reviews.decide(decision)
        compared = compare_in_library(library, ids)
    if as_json:
        print_json(_document(compared, console.translator))
    else:
        _print(compared, console.translator)


def _check(wanted: dict[str, str | None]) -> None:
    """Refuse a call that says too little or too much."""
    if (wanted["area"] is None) != (wanted["verdict"] is None):
        raise InvalidInput(N_("--area and --verdict belong together."))
    decisions = ("area", "scope", "people", "withdraw")
    if sum(wanted[each] is not None for each in decisions) > 1:
        raise InvalidInput(N_("Please name one decision at a time."))


def _decision(
    compared: Comparison, wanted: dict[str, str | None], facilitator: str
) -> NewReview | None:
    """The decision that was named, on the older of the two sessions and the newer."""
    earlier, later = (session.id for session in compared.sessions)
    if (area := wanted["area"]) is not None:
        then, _, now = area.partition("=")
        verdict = Verdict(str(wanted["verdict"]))
        areas = then.strip(), (now or then).strip()
        return NewReview(earlier, later, Subject.AREA, verdict, *areas, facilitator)
    for subject, verdicts in ((Subject.SCOPE, _SCOPE), (Subject.PEOPLE, _PEOPLE)):
        if (said := wanted[subject.value]) is not None:
            return NewReview(earlier, later, subject, verdicts[said], by=facilitator)
    return None


def _found(wanted: str, known: tuple[Review, ...]) -> Review:
    """The review in force of this id, or with this beginning of one."""
    found = [each for each in known if each.id == wanted]
    found = found or [each for each in known if wanted and each.id.startswith(wanted)]
    if not found:
        raise NotFound(N_("No review “{id}” of this organisation is in force."), id=wanted)
    if len(found) > 1:
        raise InvalidInput(N_("“{id}” is the beginning of several reviews."), id=wanted)
    return found[0]


# ---- answers -----------------------------------------------------------------------------------


def _document(compared: Comparison, tr: Translator) -> SessionReviewed:
    earlier, later = compared.sessions
    return {
        "earlier": session_head(earlier),
        "later": session_head(later),
        "review": [question_document(each, compared, tr) for each in questions(compared)],
    }


def _print(compared: Comparison, tr: Translator) -> None:
    write(compared.latest.organisation.name)
    for session in compared.sessions:
        unit = f" · {session.unit.full_name}" if session.unit else ""
        write(f"  {tr.long_date(session.date)} · {session.title}{unit}")
    found = questions(compared)
    is_open = [each for each in found if each.is_open]
    decided = _each_once([each for each in found if each.review or each.decisions])
    new = [each for each in found if not (each.is_open or each.review or each.decisions)]
    for heading, listed in (
        (N_("Not decided yet:"), is_open),
        (N_("Nothing to decide:"), new),
        (N_("Decided:"), decided),
    ):
        if listed:
            write()
            write(tr.gettext(heading))
        for question in listed:
            said = question_in_words(question, compared, tr)
            write(click.wrap_text(f"{said} {_ids(question)}".rstrip(), LINE_WIDTH, "  ", "  "))
            for line in _decisions(question, compared, tr):
                write(click.wrap_text(line, LINE_WIDTH, "    ", "    "))
    if not found:
        write()
        write(tr.gettext("There is nothing to decide on these two."))
    if is_open:
        write()
        write(tr.gettext("Decide with --area and --verdict, with --scope or with --people."))


def _each_once(decided: list[Question]) -> list[Question]:
    """Without new areas whose decisions stand with an area that is gone."""
    told = {
        each
        for question in decided
        if question.relation is not Relation.NEW
        for each in question.decisions
    }
    return [
        question
        for question in decided
        if question.relation is not Relation.NEW or not told.issuperset(question.decisions)
    ]


def _ids(question: Question) -> str:
    """The ids of the areas that a question is about, as ``--area`` takes them."""
    ids = dict.fromkeys(each for each in (question.area_then, question.area_now) if each)
    return f"[{'='.join(ids)}]" if ids else ""


def _decisions(question: Question, compared: Comparison, tr: Translator) -> Iterator[str]:
    if question.review is not None:
        yield _said(question.review, tr)
    for decision in question.decisions:
        yield _area_decision(decision, compared, tr)


def _area_decision(decision: AreaDecision, compared: Comparison, tr: Translator) -> str:
    found = decision.review
    if found is None:
        words = tr.gettext(VERDICT_WORDS[decision.verdict])
        said = tr.gettext("{decision} (mapping of models)", decision=words)
    else:  # a review may have been decided the other way round
        said = _said(replace(found, verdict=decision.verdict), tr)
    if decision.area_then == decision.area_now:
        return said
    then, now = (
        area_name(each, compared.sessions, compared.latest.language)
        for each in (decision.area_then, decision.area_now)
    )
    return f"{then} – {now}: {said}"


def _said(found: Review, tr: Translator) -> str:
    return f"{review_in_words(found, tr)} [{found.id[:_SHORT_ID]}]"
