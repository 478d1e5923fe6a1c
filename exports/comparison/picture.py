"""Charts of a comparison as picture files, with title, grade and sentences."""

from __future__ import annotations

from pathlib import Path

from app.comparison.comparison import Comparison
from app.session.session import Session
from app.words.comparison import grade_in_words, reason_in_words
from app.words.texts import Translator
from data.files import write_document_bytes
from exports.comparison.charts import ChartOfComparison, wanted_chart
from exports.comparison.choice import ChartChoice
from exports.comparison.drawing import drawn, printed_width
from exports.comparison.scene import Scene, Sketch
from exports.palette import PAPER
from exports.radar.data import MAX_TITLE_LETTERS, chart_label
from exports.radar.picture_files import PICTURE_SETTINGS, check_ending, picture_bytes
from exports.radar.plotting import settings

_MARGIN = 24.0
_TITLE, _TEXT = 16.0, 11.0
_LINE = 15.5
_FIGURE_ROOM = 46.0


def save_comparison_chart(
    comparison: Comparison,
    target: Path,
    choice: ChartChoice,
    *,
    translator: Translator,
    language: str = "",
    transparent: bool = False,
) -> None:
    """Write a chart as ``.png``, ``.svg`` or ``.pdf``, complete or not at all.

    Raises ``InvalidInput`` for another ending and for a chart that the grade forbids,
    ``StorageUnavailable`` when the file cannot be written; the old file is then untouched.
    """
    picture = comparison_picture(
        comparison, target.suffix.lower(), choice, translator=translator, language=language,
        transparent=transparent,
    )  # fmt: skip
    write_document_bytes(target, picture)


def comparison_picture(
    comparison: Comparison,
    ending: str,
    choice: ChartChoice,
    *,
    translator: Translator,
    language: str = "",
    transparent: bool = False,
) -> bytes:
    """A chart as the content of a picture file, the same bytes every time.

    It has title, dates, model, and the grade with its reasons, so that it is self-explanatory.
    """
    check_ending(ending)
    chart = wanted_chart(comparison, choice, translator, language)
    title, head = title_of(comparison), _head(comparison, chart, translator, language)
    with settings(PICTURE_SETTINGS):
        figure = drawn(_page(title, head, chart), PAPER)
        said = " ".join((*head, chart.said))
        return picture_bytes(figure, ending, title, said, translator, transparent=transparent)


def title_of(comparison: Comparison) -> str:
    """The client, and the unit where all sessions are of one."""
    sessions = comparison.sessions
    parts = [sessions[-1].organisation.name]
    units = {_unit_of(session) for session in sessions}
    if len(units) == 1:
        parts += units
    return chart_label(" · ".join(part for part in parts if part), MAX_TITLE_LETTERS)


def _unit_of(session: Session) -> str:
    return session.unit.full_name if session.unit else ""


def _head(
    comparison: Comparison, chart: ChartOfComparison, tr: Translator, language: str
) -> list[str]:
    """The kind of chart, its sessions and model, and how far they compare."""
    latest, graded = comparison.latest, comparison.graded
    model = latest.model.name.line_in(language or latest.language)
    grade = tr.gettext("Comparison: {grade}", grade=grade_in_words(graded, tr))
    reasons = [reason_in_words(reason, graded, tr) for reason in graded.reasons]
    return [
        f"{chart.heading} · {model} {latest.model.content_version}",
        ("; " if " · " in chart.days[0] else ", ").join(
            name.replace(" ", "\N{NO-BREAK SPACE}") for name in chart.days
        ),
        " ".join((f"{grade}.", *reasons)),
    ]


def _page(title: str, head: list[str], chart: ChartOfComparison) -> Scene:
    """Title, head, chart and sentences below one another."""
    sketch, colours = Sketch(printed_width), PAPER
    room, height = chart.size
    width = room + 2 * _MARGIN
    above = [line for text in head for line in sketch.filled_lines(text, room, _TEXT)]
    below = [
        (figure if number == 0 else "", line)
        for figure, sentence in chart.sentences
        for number, line in enumerate(sketch.filled_lines(sentence, room - _FIGURE_ROOM, _TEXT))
    ]
    placed = chart.placed(room, height, colours, printed_width)
    top = _MARGIN + _TITLE * 1.6 + _LINE * len(above)
    foot = _MARGIN + (_LINE * len(below) + 14 if below else 0)
    whole = top + 10 + placed.height + foot
    sketch.words(
        _MARGIN, whole - _MARGIN - _TITLE / 2, title, _TITLE, colours.text, bold=True, room=room
    )
    y = whole - _MARGIN - _TITLE * 1.6
    for line in above:
        y -= _LINE
        sketch.words(_MARGIN, y + _LINE / 2, line, _TEXT, colours.secondary)
    sketch.place(placed, _MARGIN, foot)
    y = foot - 14
    for figure, line in below:
        y -= _LINE
        x = _MARGIN + _FIGURE_ROOM
        sketch.words(x - 10, y + _LINE / 2, figure, _TEXT, colours.text, "right", bold=True)
        sketch.words(x, y + _LINE / 2, line, _TEXT, colours.text)
    return sketch.scene(width, whole)
