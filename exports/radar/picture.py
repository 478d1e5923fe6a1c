"""The profile as an image file: chart with title, legend and a key to numbered axes."""

from __future__ import annotations

from pathlib import Path

from app.figures.scoring import profile
from app.planning.projected_profile import Projected
from app.session.session import Session
from app.words.texts import Translator
from data.files import write_document_bytes
from exports.palette import PAPER
from exports.radar.artists import Frame
from exports.radar.data import By, RadarData, radar_data
from exports.radar.described import description
from exports.radar.geometry import FEWEST_AXES
from exports.radar.layout import plan_radar
from exports.radar.legend import draw_legend, legend_rows
from exports.radar.lettering import text_width, write_text
from exports.radar.lines import LINE_HEIGHT, shortened, wrapped
from exports.radar.multiples import draw_profile, is_divided, size_of_multiples
from exports.radar.picture_files import PICTURE_SETTINGS, check_ending, picture_bytes
from exports.radar.plotting import Figure, FigureCanvasAgg, settings

_KEY_COLUMNS, _KEY_LINE = 2, 15.0


def save_chart(
    session: Session,
    target: Path,
    by: By = "area",
    *,
    translator: Translator,
    earlier: Session | None = None,
    projected: Projected | None = None,
    language: str = "",
    transparent: bool = False,
) -> None:
    """Write the profile as ``.png``, ``.svg`` or ``.pdf``, complete or not at all.

    Raises ``InvalidInput`` for another ending, ``StorageUnavailable`` when the file cannot be
    written; the old file is then untouched.
    """
    picture = chart_bytes(
        session, target.suffix.lower(), by, translator=translator, earlier=earlier,
        projected=projected, language=language, transparent=transparent,
    )  # fmt: skip
    write_document_bytes(target, picture)


def chart_bytes(
    session: Session,
    ending: str,
    by: By = "area",
    *,
    translator: Translator,
    earlier: Session | None = None,
    projected: Projected | None = None,
    language: str = "",
    transparent: bool = False,
) -> bytes:
    """The profile as the content of a picture file, the same bytes every time.

    White or transparent ground, with title, date, model and legend, so that it is self-explanatory.
    Text in SVG is text, so that it can be searched, read aloud and edited.
    """
    check_ending(ending)
    data = radar_data(
        session, profile(session), by, translator=translator, earlier=earlier,
        projected=projected, language=language,
    )  # fmt: skip
    with settings(PICTURE_SETTINGS):
        return picture_bytes(
            _picture(data), ending, data.title, description(data, translator),
            translator, transparent=transparent,
        )  # fmt: skip


def _picture(data: RadarData) -> Figure:
    """A figure with title, profile and legend; it grows with the number of axes."""
    width, body = _body_size(data)
    head = _head(data, width)
    top = 16.0 + sum(size * 1.5 for _, size, _ in head)
    key = _key(data, width - 24, body, width - 48)
    rows = legend_rows(data, width - 48)
    foot = 20.0 + 20.0 * len(rows) + _KEY_LINE * len(key)
    height = top + body + foot
    figure = Figure(figsize=(width / 72, height / 72), dpi=72)
    FigureCanvasAgg(figure)
    colours = PAPER
    frame = Frame(12, foot, width - 24, body)
    draw_profile(figure, data, colours, frame=frame)
    axes = figure.axes[0]
    y = height - 14.0
    for text, size, weight in head:
        colour = colours.text if weight == "bold" else colours.secondary
        write_text(axes, 24, y, text, size, colour, va="top", fontweight=weight)
        y -= size * 1.5
    y = foot - 14
    for row in rows:
        draw_legend(axes, row, 24.0, y, colours)
        y -= 20
    for names in key:
        for column, (number, name) in enumerate(names):
            x = 24 + column * (width - 48) / _KEY_COLUMNS
            write_text(
                axes, x + 18, y, number, 11, colours.secondary, va="center_baseline", ha="right"
            )
            write_text(axes, x + 24, y, name, 11, colours.text, va="center_baseline")
        y -= _KEY_LINE
    return figure


def _body_size(data: RadarData) -> tuple[float, float]:
    """Width of the picture and height of the profile in it."""
    if is_divided(data):
        frame, height = size_of_multiples(data)
        return frame + 24, height
    count = len(data.axes)
    width, body = (880.0, 560.0) if data.by == "area" else (720.0, 480.0)
    if count < FEWEST_AXES:
        return width, 110.0 * max(count, 1)
    if count > 30:
        body = min(max(body, count / 2 * 11 * LINE_HEIGHT * 1.12 + 60), 900.0)
    return max(width, body + 280), body


def _key(data: RadarData, width: float, height: float, room: float) -> list[list[tuple[str, str]]]:
    """Number and name of each axis in lines of two, for a radar that carries numbers."""
    labels = [axis.label for axis in data.axes]
    if len(labels) < FEWEST_AXES or is_divided(data):
        return []
    if not plan_radar(labels, width, height, text_width, language=data.language).is_numbered:
        return []
    most = room / _KEY_COLUMNS - 36
    named = [(str(n), shortened(name, most, 11, text_width)) for n, name in enumerate(labels, 1)]
    lines = -(-len(named) // _KEY_COLUMNS)
    return [named[line::lines] for line in range(lines)]


def _head(data: RadarData, width: float) -> list[tuple[str, float, str]]:
    title = shortened(data.title, (width - 48) / 1.12, 16, text_width)
    lines: tuple[str, ...] = (data.subtitle,)
    if text_width(data.subtitle, 11) > width - 48:
        lines = tuple(wrapped(data.subtitle, 2, 11, text_width))
    below = [(shortened(line, width - 48, 11, text_width), 11.0, "normal") for line in lines]
    return [(title, 16.0, "bold"), *below] if title else below
