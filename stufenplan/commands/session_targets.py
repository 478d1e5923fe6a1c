"""Command ``session targets``: shows the targets of a session, and sets them from a CSV file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from app.planning.deriving import StepCircle
from app.planning.problem import ImpliedTarget
from app.planning.session_problem import session_problem
from app.planning.target_state import TARGET_STATE_WORDS, target_state
from app.session.session import Session
from app.words.numbers import plain
from app.words.texts import N_, Translator
from stufenplan.commands.console import (
    FILE,
    TEXT,
    Command,
    Console,
    json_option,
    pass_console,
    print_json,
    print_table,
    write,
)
from stufenplan.commands.csv_import import Imported, import_csv, say_imported
from stufenplan.commands.opened import find_session, opened
from stufenplan.commands.plan_keys import level_keys

if TYPE_CHECKING:
    from stufenplan.commands.answers import SessionTargets, TargetEntry

_HEADS = (
    N_("Area"), N_("Level"), N_("Target"), N_("Target date"), N_("Sponsor"), N_("Status"),
    N_("Reason for the target"),
)  # fmt: skip


@click.command(
    "targets",
    cls=Command,
    help=N_("Show the targets of a session, or import them from a CSV file."),
)
@click.argument("session_id", type=TEXT, metavar="SESSION")
@click.argument("file", type=FILE, metavar="[FILE.csv]", required=False)
@json_option
@pass_console
def targets(console: Console, /, session_id: str, file: Path | None, as_json: bool) -> None:
    """Change what the file says, as one step, or show what is there."""
    from data.sessions.score_csv import read_target_file

    with opened(console) as library:
        found = Imported(find_session(library, session_id))
        if file is not None:
            found = import_csv(library, found.session, file, read_target_file)
    implied, problem = _implied(found.session, console.translator)
    if as_json:
        areas = found.session.model.areas
        answer: SessionTargets = {
            "id": found.session.id,
            "changed": list(found.changed),
            "saved_at": found.saved_at_text,
            "targets": [_entry(found.session, area.id, implied) for area in areas],
            "problem": problem,
        }
        print_json(answer)
        return
    if file is None:
        _print(found.session, implied, console.translator)
    else:
        say_imported(console, found)
    if problem is not None:
        write(problem, err=True)


def _implied(session: Session, tr: Translator) -> tuple[Mapping[str, ImpliedTarget], str | None]:
    """Implied targets by area; none, and a sentence, where prerequisites form a circle."""
    try:
        found = session_problem(session).implied
    except StepCircle as circle:
        return {}, circle.say(tr)
    return {each.area_id: each for each in found}, None


def _entry(session: Session, area_id: str, implied: Mapping[str, ImpliedTarget]) -> TargetEntry:
    rating, needed = session.rating(area_id), implied.get(area_id)
    return {
        "area": area_id,
        "name": session.label_of(area_id),
        "level": None if rating.level is None else plain(rating.level),
        "target": session.target_of(area_id),
        "state": target_state(session, area_id).value if rating.is_applicable else None,
        "date": None if rating.target_date is None else rating.target_date.isoformat(),
        "reason": rating.target_reason,
        "sponsor": rating.target_sponsor,
        "path": [{"level": each.level, "by": each.by.isoformat()} for each in rating.target_path],
        "implied": None if needed is None else needed.level,
        "needed_by": None if needed is None else level_keys(needed.needed_by),
    }


def _print(session: Session, implied: Mapping[str, ImpliedTarget], tr: Translator) -> None:
    rows = []
    for rating in session.all_ratings():
        day = rating.target_date
        rows.append(
            [
                session.label_of(rating.area_id),
                tr.number(rating.level if rating.is_applicable else None),
                str(session.target_of(rating.area_id)) if rating.is_applicable else "",
                "" if day is None else tr.short_date(day),
                rating.target_sponsor,
                _state(session, rating.area_id, implied, tr),
                rating.target_reason,
            ]
        )
    print_table([tr.gettext(head) for head in _HEADS], rows, right=frozenset({1, 2}))


def _state(
    session: Session, area_id: str, implied: Mapping[str, ImpliedTarget], tr: Translator
) -> str:
    if not session.rating(area_id).is_applicable:
        return tr.gettext("not applicable")
    if area_id in implied:
        area, level = implied[area_id].needed_by
        return tr.gettext(
            "{level} implied by {area} {needed}",
            level=implied[area_id].level,
            area=session.label_of(area),
            needed=level,
        )
    return tr.gettext(TARGET_STATE_WORDS[target_state(session, area_id)])
