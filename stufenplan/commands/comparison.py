"""Command ``session compare``: two to six sessions over time, as a text or as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, TypedDict, Unpack, cast

import click

from app.comparison.comparison import (
    AreaOverTime,
    Comparison,
    Hint,
    MeanOverTime,
    SessionPair,
)
from app.comparison.judging import AreaDecision
from app.comparison.planned import AreaOutcome, PlannedAndAchieved, planned_and_achieved
from app.comparison.questions import Question, questions
from app.comparison.reviews import Review
from app.comparison.stored import compare_in_library
from app.errors import InvalidInput
from app.session.rating import Rating
from app.session.session import Session
from app.words.comparison import (
    CAUSE_NAMES,
    PART_PLACES,
    are_of_one_unit,
    area_name,
    consequence_in_words,
    grade_in_words,
    part_in_words,
    reason_in_words,
    remark_in_words,
    session_name,
    signed,
    what_holds,
)
from app.words.numbers import MEAN_PLACES, plain
from app.words.planned_words import outcome_lines, planned_summary
from app.words.review_words import condition_in_words, hint_in_words, question_in_words
from app.words.texts import N_, Translator
from exports.comparison.choice import OVERALL, ChartChoice, ChartKind
from exports.export import CHARTS, begin_export, comparison_request
from stufenplan import __version__
from stufenplan.commands.console import (
    FILE,
    TEXT,
    Command,
    Console,
    json_option,
    option,
    pass_console,
    print_json,
    print_table,
    write,
)
from stufenplan.commands.opened import find_session, opened
from stufenplan.commands.session_heads import session_head
from stufenplan.commands.session_text import LINE_WIDTH

if TYPE_CHECKING:
    from pathlib import Path

    from app.comparison.causes import Movement
    from exports.radar.data import By
    from stufenplan.commands.answers import (
        ComparedArea,
        ComparedHint,
        ComparedMean,
        ComparedPair,
        DecidedEntry,
        PlannedAreaEntry,
        PlannedEntry,
        ReviewEntry,
        SessionComparison,
        WhyMoved,
    )

HintRelation = Literal["part_of", "covers", "overlaps"]
ReviewRelation = Literal["equivalent", "edited", "gone", "new"] | None

_SAID = {"yes": True, "no": False}
_OVER_TIME = (N_("Risen"), N_("Fallen"))
_ELSEWHERE = (N_("Higher"), N_("Lower"))
"""Two teams are no way that one of them went."""


class _ChartOptions(TypedDict):
    kind: str | None
    by: By | None
    dimension: str | None


@click.command(
    "compare",
    cls=Command,
    help=N_("Compare two to six sessions of one organisation over time."),
)
@click.argument("session_ids", type=TEXT, metavar="SESSION...", nargs=-1, required=True)
@option(
    "--same-people",
    type=click.Choice((*_SAID, "unknown")),
    default="unknown",
    help=N_("Did mostly the same people take part? Otherwise unknown."),
)
@option(
    "--same-scope",
    is_flag=True,
    help=N_("Scopes that are described differently mean the same."),
)
@option(
    "--chart",
    "file",
    type=FILE,
    help=N_("Draw a chart to this .png, .svg or .pdf file."),
)
@option(
    "--kind",
    type=click.Choice(tuple(kind.value for kind in ChartKind)),
    help=N_("What the chart shows: profiles over one another, why an average moved, or its trend."),
)
@option(
    "--by",
    type=click.Choice(tuple(CHARTS)),
    help=N_("What has an axis of its own. Otherwise dimensions."),
)
@option(
    "--dimension",
    type=TEXT,
    help=N_("Explain why the average of this dimension moved. Otherwise that of all areas."),
)
@json_option
@pass_console
def compare_sessions(
    console: Console,
    session_ids: tuple[str, ...],
    same_people: str,
    same_scope: bool,
    as_json: bool,
    file: Path | None,
    **options: Unpack[_ChartOptions],
) -> None:
    """Compare sessions, oldest first."""
    choice = _chart_choice(file, **options)
    with opened(console) as library:
        found = [find_session(library, wanted).id for wanted in session_ids]
        compared = compare_in_library(
            library, found, same_people=_SAID.get(same_people), same_scope=same_scope
        )
        if file is not None:
            request = comparison_request(compared, choice, file, console.language)
            job = begin_export(request, compared.latest, library, __version__)
    if file is not None:
        job(None)
    if as_json:
        print_json(comparison_document(compared, console.translator))
    elif file is not None:
        console.say(N_("Wrote {path}."), path=file)
    else:
        print_comparison(compared, console.translator)


def _chart_choice(
    file: Path | None, kind: str | None, by: By | None, dimension: str | None
) -> ChartChoice:
    """The chart that is wanted; raises ``InvalidInput`` for options that do not go together."""
    if file is None and (kind, by, dimension) != (None, None, None):
        raise InvalidInput(N_("--kind, --by and --dimension need --chart with a file."))
    wanted = ChartKind.OVERLAY if kind is None else ChartKind(kind)
    if by is not None and wanted is not ChartKind.OVERLAY:
        raise InvalidInput(N_("--by is for an overlay only. Leave it out."))
    if dimension is not None and wanted is not ChartKind.WATERFALL:
        raise InvalidInput(N_("--dimension is for a waterfall only. Add --kind waterfall."))
    return ChartChoice(wanted, by or "dimension", dimension or OVERALL)


# ---- JSON --------------------------------------------------------------------------------------


def comparison_document(compared: Comparison, tr: Translator) -> SessionComparison:
    """The answer; what the grade forbids is ``null``."""
    graded, overall = compared.graded, compared.overall
    allowed, planned = compared.allows_differences, planned_and_achieved(compared)
    return {
        "sessions": [session_head(session) for session in compared.sessions],
        "grade": graded.grade.value,
        "reasons": [
            {"code": reason.value, "text": reason_in_words(reason, graded, tr)}
            for reason in graded.reasons
        ],
        "same": graded.same,
        "comparable": graded.comparable,
        "applicable": graded.applicable,
        "common": list(compared.common_ids),
        "overall": None if overall is None else _mean_keys(overall),
        "dimensions": [_mean_keys(each) for each in compared.dimensions] if allowed else None,
        "areas": [_area_keys(area, compared.latest) for area in compared.areas],
        "risen": _ids(compared.risen) if allowed else None,
        "fallen": _ids(compared.fallen) if allowed else None,
        "newly_open": _ids(compared.newly_open),
        "planned": None if planned is None else _planned_keys(planned),
        "pairs": [_pair_keys(pair, tr) for pair in compared.session_pairs],
        "hints": [_hint_keys(hint) for hint in compared.hints],
        "review": [question_document(each, compared, tr) for each in questions(compared)],
    }


def _planned_keys(found: PlannedAndAchieved) -> PlannedEntry:
    return {
        "earlier": found.earlier.id,
        "later": found.later.id,
        "version": None if found.version is None else found.version.number,
        "due": found.due,
        "done": found.done,
        "areas": [_planned_area_keys(area) for area in found.areas],
    }


def _planned_area_keys(area: AreaOutcome) -> PlannedAreaEntry:
    return {
        "area": area.area_id,
        "before": plain(area.before),
        "planned": area.planned,
        "achieved": _plain(area.achieved),
        "steps": [
            {
                "level": step.level,
                "status": step.status.value,
                "due": step.is_due,
                "quarter": None if step.quarter is None else str(step.quarter),
                "outcome": step.outcome.value,
            }
            for step in area.steps
        ],
    }


def _pair_keys(pair: SessionPair, tr: Translator) -> ComparedPair:
    graded = pair.graded
    return {
        "earlier": pair.earlier.id,
        "later": pair.later.id,
        "grade": graded.grade.value,
        "reasons": [
            {"code": reason.value, "text": reason_in_words(reason, graded, tr)}
            for reason in graded.reasons
        ],
        "fulfilled": [
            {"code": condition.value, "text": condition_in_words(condition, pair, tr)}
            for condition in graded.fulfilled
        ],
        "same": graded.same,
        "comparable": graded.comparable,
        "applicable": graded.applicable,
    }


def _hint_keys(hint: Hint) -> ComparedHint:
    return {
        "area": hint.decision.area_now,
        "session": hint.session.id,
        "area_then": hint.decision.area_then,
        "relation": cast(HintRelation, hint.decision.verdict.value),
        "level": _plain(_level_of(hint.rating)),
    }


def question_document(question: Question, compared: Comparison, tr: Translator) -> ReviewEntry:
    """A question on two sessions, with what was decided."""
    return {
        "earlier": question.pair.earlier.id,
        "later": question.pair.later.id,
        "subject": question.subject.value,
        "relation": cast(ReviewRelation, question.relation and question.relation.value),
        "area_then": question.area_then or None,
        "area_now": question.area_now or None,
        "candidates": list(question.candidates),
        "text": question_in_words(question, compared, tr),
        "open": question.is_open,
        "decided": [
            *([] if question.review is None else [_review_keys(question.review)]),
            *(_decision_keys(each) for each in question.decisions),
        ],
    }


def _review_keys(review: Review) -> DecidedEntry:
    return {
        "verdict": review.verdict.value,
        "area_then": review.area_then or None,
        "area_now": review.area_now or None,
        "review": review.id,
        "by": review.by,
        "at": review.at.isoformat(),
    }


def _decision_keys(decision: AreaDecision) -> DecidedEntry:
    review = decision.review
    return {
        "verdict": decision.verdict.value,
        "area_then": decision.area_then,
        "area_now": decision.area_now,
        "review": None if review is None else review.id,
        "by": "" if review is None else review.by,
        "at": None if review is None else review.at.isoformat(),
    }


def _ids(areas: Sequence[AreaOverTime]) -> list[str]:
    return [area.area_id for area in areas]


def _mean_keys(group: MeanOverTime) -> ComparedMean:
    return {
        "id": group.id,
        "areas": group.areas,
        "means": [plain(mean) for mean in group.means],
        "difference": plain(group.difference),
        "why": [_why_keys(each) for each in group.why],
    }


def _why_keys(moved: Movement) -> WhyMoved:
    return {
        "before": _plain(moved.before),
        "after": _plain(moved.after),
        "parts": [
            {
                "cause": part.cause.value,
                "by": _plain(part.by),
                "mean": _plain(part.mean),
                "areas": list(part.area_ids),
            }
            for part in moved.parts
        ],
    }


def _area_keys(area: AreaOverTime, latest: Session) -> ComparedArea:
    return {
        "id": area.area_id,
        "dimension": area.dimension_id,
        "relations": [relation.value for relation in area.relations],
        "levels": [_plain(_level_of(rating)) for rating in area.ratings],
        "applicable": [None if each is None else each.is_applicable for each in area.ratings],
        "weight": plain(latest.rating(area.area_id).weight),
        "difference": _plain(area.difference),
    }


def _plain(value: Fraction | None) -> float | None:
    return None if value is None else plain(value)


def _level_of(rating: Rating | None) -> Fraction | None:
    return None if rating is None or not rating.is_applicable else rating.level


# ---- text --------------------------------------------------------------------------------------


def print_comparison(compared: Comparison, tr: Translator) -> None:
    """Print grade and reasons, what moved, the table, and why the average moved."""
    write(compared.latest.organisation.name)
    for session in compared.sessions:
        unit = f" · {session.unit.full_name}" if session.unit else ""
        write(f"  {tr.long_date(session.date)} · {session.title}{unit}")
    write()
    _print_grade(compared, tr)
    _print_lists(compared, tr)
    _print_table(compared, tr)
    _print_hints(compared, tr)
    _print_why(compared, tr)
    _print_planned(compared, tr)
    _print_questions(compared, tr)


def _print_grade(compared: Comparison, tr: Translator) -> None:
    """The grade with its reasons, pair by pair where these differ, and what it allows."""
    write(tr.gettext("Comparison: {grade}", grade=grade_in_words(compared.graded, tr)))
    told = [
        " ".join(reason_in_words(reason, pair.graded, tr) for reason in pair.graded.reasons)
        for pair in compared.session_pairs
    ]
    lines = [what_holds(compared, tr)] if compared.allows_trends else []
    if len(set(told)) > 1:
        for pair, reasons in zip(compared.session_pairs, told, strict=True):
            both = (pair.earlier, pair.later)
            then, now = (session_name(each, compared.sessions, tr) for each in both)
            lines.append(f"{then} – {now}: {grade_in_words(pair.graded, tr)}. {reasons}".strip())
    else:
        lines += [reason_in_words(each, compared.graded, tr) for each in compared.graded.reasons]
    for line in (*lines, consequence_in_words(compared, tr)):
        write(click.wrap_text(line, LINE_WIDTH, "  ", "    "))
    write()


def _print_hints(compared: Comparison, tr: Translator) -> None:
    if compared.hints:
        write()
    for hint in compared.hints:
        name = area_name(hint.decision.area_now, compared.sessions, compared.latest.language)
        write(click.wrap_text(f"{name} {hint_in_words(hint, compared, tr)}", LINE_WIDTH, "", "  "))


def _print_questions(compared: Comparison, tr: Translator) -> None:
    """What could still be decided."""
    found = [question for question in questions(compared) if question.is_open]
    if not found:
        return
    write()
    write(tr.gettext("Not decided yet:"))
    for question in found:
        said = question_in_words(question, compared, tr)
        write(click.wrap_text(said, LINE_WIDTH, "  ", "    "))


def _print_lists(compared: Comparison, tr: Translator) -> None:
    is_one_unit = are_of_one_unit(compared.sessions[-2:])
    lists = [(N_("Newly open"), compared.newly_open)] if is_one_unit else []
    if compared.allows_differences:
        rose, fell = _OVER_TIME if is_one_unit else _ELSEWHERE
        lists = [(rose, compared.risen), (fell, compared.fallen), *lists]
    nothing = tr.gettext("none")
    for heading, areas in lists:
        named = "; ".join(_moved_in_words(area, compared, tr) for area in areas)
        _write_wrapped(f"{tr.gettext(heading)}: {named or nothing}", "", "  ")
    if lists:
        write()


def _moved_in_words(area: AreaOverTime, compared: Comparison, tr: Translator) -> str:
    name = area_name(area.area_id, compared.sessions, compared.latest.language)
    if area.difference is None:
        return name
    before, now = (tr.number(_level_of(rating)) for rating in area.ratings[-2:])
    between = "→" if are_of_one_unit(compared.sessions[-2:]) else "|"
    return f"{name} {signed(area.difference, tr)} ({before} {between} {now})"


def _print_table(compared: Comparison, tr: Translator) -> None:
    head = [tr.gettext("Area"), *_heads(compared, tr)]
    rows = [
        [
            area_name(area.area_id, compared.sessions, compared.latest.language),
            *(_cell(rating, tr) for rating in area.ratings),
        ]
        for area in compared.areas
    ]
    if compared.allows_differences:
        head.append(tr.gettext("Difference"))
        for row, area in zip(rows, compared.areas, strict=True):
            row.append(signed(area.difference, tr))
    if compared.overall is not None:
        common = compared.overall
        said = tr.ngettext(
            "Average of {n} common area", "Average of {n} common areas", common.areas
        )
        means = [tr.number(mean, MEAN_PLACES) for mean in common.means]
        rows.append([said, *means, signed(common.difference, tr, MEAN_PLACES)])
    right = frozenset(range(1, len(head)))
    remarks = [remark_in_words(area, compared, tr) for area in compared.areas]
    if any(remarks):
        head.append(tr.gettext("Remark"))
        for row, remark in zip(rows, [*remarks, ""], strict=False):  # totals have none
            row.append(remark)
    print_table(head, rows, right=right)


def _heads(compared: Comparison, tr: Translator) -> list[str]:
    """The dates of the sessions, with their units or titles where two are of one day."""
    dates = [tr.short_date(session.date) for session in compared.sessions]
    if len(set(dates)) == len(dates):
        return dates
    return [session_name(session, compared.sessions, tr) for session in compared.sessions]


def _cell(rating: Rating | None, tr: Translator) -> str:
    if rating is not None and not rating.is_applicable:
        return tr.pgettext("short for not applicable", "n/a")
    if rating is not None and rating.level is None:
        return tr.pgettext("short for not scored", "open")
    return tr.number(_level_of(rating))


def _print_why(compared: Comparison, tr: Translator) -> None:
    if compared.overall is None:
        return
    heads = _heads(compared, tr)
    for number, moved in enumerate(compared.overall.why):
        earlier, later = compared.sessions[number : number + 2]
        write()
        write(
            tr.gettext(
                "Average of all scored areas, {then} to {now}: {before} → {after}",
                then=heads[number],
                now=heads[number + 1],
                before=tr.number(moved.before, PART_PLACES),
                after=tr.number(moved.after, PART_PLACES),
            )
        )
        for part in moved.parts:
            by = signed(part.by, tr, PART_PLACES)
            said = part_in_words(part, moved.pairs, (earlier, later), tr)
            line = f"{by:>6}  {tr.gettext(CAUSE_NAMES[part.cause])}: {said}"
            _write_wrapped(line, "  ", " " * 10)


def _print_planned(compared: Comparison, tr: Translator) -> None:
    """The plan of the session before the latest, and its outcome."""
    found = planned_and_achieved(compared)
    if found is None:
        return
    write()
    heading = tr.gettext("Planned against achieved")
    _write_wrapped(f"{heading}: {planned_summary(found, tr)}", "", "  ")
    for line in outcome_lines(found, compared.sessions, compared.latest.language, tr):
        _write_wrapped(line.sentence, "  ", "    ")


def _write_wrapped(text: str, first: str, others: str) -> None:
    """Write a text in lines that do not break between two levels: ``(2 → 3)``."""
    together = "\N{NO-BREAK SPACE}→\N{NO-BREAK SPACE}"
    lines = click.wrap_text(text.replace(" → ", together), LINE_WIDTH, first, others)
    write(lines.replace(together, " → "))
