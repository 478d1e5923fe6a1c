"""Plain-text view of a session for the console."""

from __future__ import annotations

from itertools import groupby

import click

from app.figures.scoring import AreaFigures, Profile, profile
from app.planning.roadmap import RoadmapStep, roadmap
from app.session.rating import CONFIDENCE_WORDS
from app.session.session import Session
from app.words.numbers import NO_NUMBER, format_percent
from app.words.plan_words import beyond_target, priority_in_words, step_name
from app.words.texts import N_, Translator
from stufenplan.commands.console import print_table, write

LINE_WIDTH = 96
FIRST_STEPS = 5
"""Roadmap steps shown; workbook and JSON have all of them."""

_HEADS = (N_("Area"), N_("Level"), N_("Target"), N_("Gap"), N_("Weight"), N_("Confidence"))
_NUMBERS = frozenset({1, 2, 3, 4})


def print_session(session: Session, tr: Translator) -> None:
    """Print header, areas by dimension, key figures and first steps."""
    figures = profile(session)
    _print_title(session, tr)
    write()
    _print_areas(session, figures, tr)
    _print_reasons(session, tr)
    _print_checkpoints(session, tr)
    write()
    for line in _key_figures(session, figures, tr):
        write(line)
    steps = roadmap(session)
    if steps:
        write()
        _print_steps(session, steps, tr)


def _print_title(session: Session, tr: Translator) -> None:
    who = [session.organisation.name, session.unit.full_name if session.unit is not None else ""]
    write(" · ".join(part for part in who if part))
    write(f"{session.title} · {tr.long_date(session.date)}")
    write(
        tr.gettext(
            "Model: {name}, version {version}",
            name=session.model.name.line_in(session.language),
            version=session.model.content_version,
        )
    )
    if session.facilitator:
        write(tr.gettext("Facilitator: {name}", name=session.facilitator))
    if session.next_date is not None:
        write(tr.gettext("Next workshop: {date}", date=tr.long_date(session.next_date)))
    if session.tags:
        write(tr.gettext("Tags: {tags}", tags=", ".join(session.tags)))
    if session.scope:
        write(click.wrap_text(session.scope, LINE_WIDTH))


def _print_areas(session: Session, figures: Profile, tr: Translator) -> None:
    """Print one table, so that columns align across dimensions; each starts with its own row."""
    rows: list[list[str]] = []
    for dimension_id, areas in groupby(figures.areas, key=lambda area: area.dimension_id):
        dimension = next(d for d in session.model.dimensions if d.id == dimension_id)
        mean = tr.number(figures.dimension(dimension_id).mean, 1)
        name = dimension.name.line_in(session.language)
        rows.append([tr.gettext("{dimension}, average", dimension=name), mean, "", "", "", ""])
        rows += [_area_row(session, area, tr) for area in areas]
    print_table([tr.gettext(head) for head in _HEADS], rows, right=_NUMBERS)


def _print_reasons(session: Session, tr: Translator) -> None:
    """Print why areas are not applicable, if any."""
    for rating in session.all_ratings():
        if rating.not_applicable is not None:
            area = session.label_of(rating.area_id)
            reason = " ".join(rating.not_applicable.split())
            said = tr.gettext("{area} is not applicable: {reason}", area=area, reason=reason)
            write()
            write(click.wrap_text(said, LINE_WIDTH))


def _print_checkpoints(session: Session, tr: Translator) -> None:
    """Print checkpoints with their times, if any."""
    for checkpoint in session.milestones:
        said = tr.gettext(
            "Checkpoint “{name}”, {moment}", name=checkpoint.name, moment=tr.moment(checkpoint.at)
        )
        write()
        write(click.wrap_text(said, LINE_WIDTH))


def _area_row(session: Session, figures: AreaFigures, tr: Translator) -> list[str]:
    rating = session.rating(figures.area_id)
    name = "  " + session.label_of(figures.area_id)
    if rating.not_applicable is not None:
        return [name, *[NO_NUMBER] * 3, tr.number(figures.weight), tr.gettext("not applicable")]
    confidence = ""
    if rating.confidence is not None:
        confidence = tr.gettext(CONFIDENCE_WORDS[rating.confidence])
    return [
        name,
        tr.number(figures.level),
        tr.number(figures.target),
        tr.number(figures.gap),
        tr.number(figures.weight),
        confidence if figures.level is not None else tr.gettext("not scored yet"),
    ]


def _key_figures(session: Session, figures: Profile, tr: Translator) -> list[str]:
    overall = figures.overall
    lines = [
        tr.ngettext(
            "Scored: {scored} of {n} area",
            "Scored: {scored} of {n} areas",
            overall.applicable,
            scored=overall.scored,
        )
    ]
    if overall.scored == 0:
        return lines
    mean = tr.number(overall.mean, 1)
    if figures.is_weighted:
        average = tr.ngettext(
            "Weighted average of {n} area: {mean}",
            "Weighted average of {n} areas: {mean}",
            overall.scored,
            mean=mean,
        )
    else:
        average = tr.ngettext(
            "Average of {n} area: {mean}",
            "Average of {n} areas: {mean}",
            overall.scored,
            mean=mean,
        )
    lines.append(average)
    lowest = [
        session.label_of(area.area_id)
        for area in figures.areas
        if area.counts and area.level == overall.floor
    ]
    lines.append(
        tr.gettext(
            "Lowest level: {level} ({areas})",
            level=tr.number(overall.floor),
            areas=_first(lowest, tr),
        )
    )
    progress = format_percent(figures.progress_to_target, tr.language)
    if figures.is_weighted:
        lines.append(tr.gettext("Weighted progress to target: {percent}", percent=progress))
    else:
        lines.append(tr.gettext("Progress to target: {percent}", percent=progress))
    lines.append(tr.gettext("Sum of gaps, in levels: {gap}", gap=tr.number(figures.total_gap)))
    return lines


def _first(names: list[str], tr: Translator, most: int = 3) -> str:
    shown = ", ".join(names[:most])
    more = len(names) - most
    if more <= 0:
        return shown
    return tr.ngettext("{names} and {n} more", "{names} and {n} more", more, names=shown)


def _print_steps(session: Session, steps: tuple[RoadmapStep, ...], tr: Translator) -> None:
    write(
        tr.ngettext(
            "Next steps of the roadmap ({n} step in total)",
            "Next steps of the roadmap ({n} steps in total)",
            len(steps),
        )
    )
    rows = [
        [
            str(number),
            session.label_of(step.area_id),
            f"{tr.number(step.from_level)} → {step.to_level}",
            priority_in_words(step.priority.own, tr),
        ]
        for number, step in enumerate(steps[:FIRST_STEPS], start=1)
    ]
    heads = [tr.gettext(head) for head in (N_("Area"), N_("Step"), N_("Priority"))]
    print_table(["", *heads], rows, right=frozenset({0, 3}))
    for step in steps[:FIRST_STEPS]:
        if step.needed_by is not None:
            why = beyond_target(step_name(session, step.needed_by), tr)
            write(f"{step_name(session, step.key)}: {why}")
