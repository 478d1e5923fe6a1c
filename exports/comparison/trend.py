"""Trend lines of a comparison: averages of the dimensions and of all areas over real dates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from app.comparison.comparison import Comparison
from app.words.comparison import are_of_one_unit, session_name
from app.words.numbers import MEAN_PLACES
from app.words.texts import Translator
from exports.comparison.scene import Box, Dot, Measure, Scene, Shape, Sketch, spread
from exports.palette import Palette
from exports.radar.data import chart_label
from exports.radar.geometry import Point

_SIZE, _LINE = 11.0, 14.0
_NUMBERS, _LEADER = 22.0, 18.0
_LEAST_PLOT = 130.0
_MARK = 3.6


@dataclass(frozen=True, slots=True)
class TrendLine:
    """One average over time, ``None`` where it has a gap; overall has no ``dimension``.

    ``areas`` are those that it rests on, the same each time.
    """

    name: str
    dimension: int | None
    values: tuple[Fraction | None, ...]
    areas: int

    @property
    def latest(self) -> Fraction:
        """The last value; every line has one."""
        return next(value for value in reversed(self.values) if value is not None)


@dataclass(frozen=True, slots=True)
class TrendData:
    """All lines, overall first, with the days and the scale.

    ``names`` are those of the sessions, ``written`` holds the figures of every line as they are
    shown, ``notes`` say what has a gap or no line at all.
    """

    days: tuple[date, ...]
    dates: tuple[str, ...]
    names: tuple[str, ...]
    lines: tuple[TrendLine, ...]
    written: tuple[tuple[str, ...], ...]
    lowest: int
    highest: int
    notes: tuple[str, ...]


def trend_data(
    comparison: Comparison, *, translator: Translator, language: str = ""
) -> TrendData | None:
    """The averages over time.

    ``None`` unless the grade is A, the sessions are of several days, and of one unit: a line from
    one team to another would be no development of either.
    """
    days = tuple(session.date for session in comparison.sessions)
    overall = comparison.overall
    if not comparison.allows_trends or overall is None or days[0] == days[-1]:
        return None
    if not are_of_one_unit(comparison.sessions):
        return None
    language = language or comparison.latest.language
    sessions = comparison.sessions
    names = tuple(chart_label(session_name(each, sessions, translator)) for each in sessions)
    name = translator.gettext("Overall")
    lines = [TrendLine(name, None, overall.means, overall.areas)]
    notes = []
    known = {each.id: each for each in comparison.dimensions}
    for place, dimension in enumerate(comparison.latest.model.dimensions):
        label = chart_label(dimension.name.line_in(language)) or dimension.id
        whole = known.get(dimension.id)
        if whole is not None:
            lines.append(TrendLine(label, place, whole.means, whole.areas))
            continue
        part = comparison.mean_with_gaps(dimension.id)
        if part is None:
            notes.append(translator.gettext("{dimension}: no area in common.", dimension=label))
        else:
            lines.append(TrendLine(label, place, part.means, part.areas))
            missing = [
                session for session, mean in zip(names, part.means, strict=True) if mean is None
            ]
            notes.append(
                translator.gettext(
                    "{dimension}: no area in common with {dates}.",
                    dimension=label,
                    dates=", ".join(missing),
                )
            )
    return TrendData(
        days,
        tuple(translator.short_date(day) for day in days),
        names,
        tuple(lines),
        tuple(
            tuple(translator.number(value, MEAN_PLACES) for value in line.values) for line in lines
        ),
        comparison.latest.model.lowest_level,
        comparison.latest.model.highest_level,
        tuple(notes),
    )


def spoken_trend(data: TrendData, tr: Translator) -> str:
    """Every line in words, with all figures."""
    said = [
        tr.gettext(
            "{area}: {value}",
            area=line.name,
            value=", ".join(
                f"{session} {figure}"
                for session, figure, value in zip(data.names, written, line.values, strict=True)
                if value is not None
            ),
        )
        for line, written in zip(data.lines, data.written, strict=True)
    ]
    return " ".join(("; ".join(said) + ".", *data.notes))


# ---- layout ------------------------------------------------------------------------------------


def trend_scene(
    data: TrendData, width: float, height: float, colours: Palette, measure: Measure
) -> Scene:
    """Place the lines in a frame of this size; it is higher where their names need that."""
    return _Trend(data, width, height, colours, Sketch(measure)).scene()


class _Trend:
    """Days to scale from left to right, levels upwards, the name of each line at its end."""

    def __init__(
        self, data: TrendData, width: float, height: float, colours: Palette, sketch: Sketch
    ) -> None:
        self._data, self._colours, self._sketch = data, colours, sketch
        self._width = width
        self._foot = 2 * _LINE + 8
        self._notes = [
            line for note in data.notes for line in sketch.filled_lines(note, width, _SIZE)
        ]
        self._foot += _LINE * len(self._notes) + (4 if self._notes else 0)
        plot = max(_LEAST_PLOT, _LINE * len(data.lines) + 6)
        self._height = max(height, self._foot + plot + 10)
        self._bottom, self._top = self._foot, self._height - 10
        self._names = [
            f"{written[-1]}  {line.name}"
            for line, written in zip(data.lines, data.written, strict=True)
        ]
        widest = max(
            sketch.width(name, _SIZE, bold=line.dimension is None)
            for name, line in zip(self._names, data.lines, strict=True)
        )
        self._label_width = min(widest, max(width * 0.42, 60.0))
        inset = max(sketch.width(each, _SIZE) for each in (data.dates[0], data.dates[-1])) / 2
        self._left = max(_NUMBERS + 8, min(inset, width * 0.2))
        self._right = max(width - self._label_width - _LEADER - 4, self._left + 20)

    def scene(self) -> Scene:
        """Draw everything."""
        self._draw_grid()
        self._draw_days()
        for line in reversed(self._data.lines):  # overall on top
            self._draw_line(line)
        self._draw_names()
        for number, note in enumerate(self._notes):
            y = _LINE * (len(self._notes) - number - 0.5)
            self._sketch.words(0, y, note, _SIZE, self._colours.secondary, room=self._width)
        return self._sketch.scene(self._width, self._height)

    def _x(self, day: date) -> float:
        days = self._data.days
        share = (day - days[0]).days / (days[-1] - days[0]).days
        return self._left + (self._right - self._left) * share

    def _y(self, value: Fraction | int) -> float:
        share = Fraction(value - self._data.lowest) / (self._data.highest - self._data.lowest)
        return self._bottom + (self._top - self._bottom) * float(share)

    def _draw_grid(self) -> None:
        for level in range(self._data.lowest, self._data.highest + 1):
            y = self._y(level)
            self._sketch.line(((_NUMBERS, y), (self._right + 6, y)), self._colours.line)
            self._sketch.words(_NUMBERS - 6, y, str(level), _SIZE, self._colours.secondary, "right")

    def _draw_days(self) -> None:
        """A tick for every day; the first and last date and those between that have room."""
        sketch, colours, data = self._sketch, self._colours, self._data
        for day in dict.fromkeys(data.days):
            x = self._x(day)
            sketch.line(((x, self._bottom), (x, self._bottom - 5)), colours.frame)
        shown = dict(zip(data.days, data.dates, strict=True))
        ends = list(dict.fromkeys((data.days[0], data.days[-1])))
        taken: list[Box] = []
        for day in (*ends, *(day for day in shown if day not in ends)):
            width = sketch.width(shown[day], _SIZE)
            x = min(max(self._x(day), width / 2), self._width - width / 2)
            for row in (0, 1):
                y = self._bottom - 8 - _LINE * (row + 0.5)
                box = Box(x - width / 2 - 4, y - _LINE / 2, x + width / 2 + 4, y + _LINE / 2 - 1)
                if not any(box.touches(other) for other in taken):
                    taken.append(box)
                    sketch.words(x, y, shown[day], _SIZE, colours.secondary, "center")
                    break

    def _colour(self, line: TrendLine) -> str:
        if line.dimension is None:
            return self._colours.text
        return self._colours.dimension_mark(line.dimension)

    def _draw_line(self, line: TrendLine) -> None:
        colour, thick = self._colour(line), 2.6 if line.dimension is None else 1.5
        run: list[Point] = []
        for day, value in zip(self._data.days, line.values, strict=True):
            if value is None:
                self._stroke(run, colour, thick)
                run = []
            else:
                run.append((self._x(day), self._y(value)))
        self._stroke(run, colour, thick)
        number = self._data.lines.index(line)
        for day, value, written, when in zip(
            self._data.days, line.values, self._data.written[number], self._data.names, strict=True
        ):
            if value is not None:
                x, y = self._x(day), self._y(value)
                self._sketch.add(_mark(line.dimension, x, y, colour, self._colours.surface))
                around = Box(x - 8, y - 8, x + 8, y + 8)
                self._sketch.spot(around, f"{line.name} · {when}: {written}")

    def _stroke(self, run: Sequence[Point], colour: str, thick: float) -> None:
        if len(run) > 1:
            self._sketch.line(run, colour, thick)

    def _draw_names(self) -> None:
        sketch, data, colours = self._sketch, self._data, self._colours
        half = _LINE / 2
        wanted = [self._y(line.latest) for line in data.lines]
        places = spread(wanted, _LINE, self._bottom + half - 6, self._top - half + 8)
        x = self._right + _LEADER
        for line, name, begin, y in zip(data.lines, self._names, wanted, places, strict=True):
            sketch.line(((self._right + 6, begin), (x - 8, y), (x - 4, y)), self._colour(line), 0.8)
            colour = (
                colours.text if line.dimension is None else colours.dimension_text(line.dimension)
            )
            sketch.words(
                x, y, name, _SIZE, colour, bold=line.dimension is None, room=self._width - x
            )


def _mark(dimension: int | None, x: float, y: float, colour: str, surface: str) -> Dot | Shape:
    """Marks of several forms, so that lines which cross are told apart without colour."""
    if dimension is None:
        return Dot(x, y, _MARK + 0.4, colour)
    kind, reach = dimension % 4, _MARK
    if kind == 0:
        return Dot(x, y, reach, colour, inside=surface)
    forms: tuple[tuple[Point, ...], ...] = (
        ((-1, -1), (1, -1), (1, 1), (-1, 1)),
        ((0, -1.35), (1.35, 0), (0, 1.35), (-1.35, 0)),
        ((-1.2, -0.9), (1.2, -0.9), (0, 1.3)),
    )
    corners = tuple((x + a * reach * 0.9, y + b * reach * 0.9) for a, b in forms[kind - 1])
    return Shape(corners, surface, outline=colour, width=1.4)
