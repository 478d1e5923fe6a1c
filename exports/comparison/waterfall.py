"""Waterfall of a change: from the earlier average to the later one, part by part."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor

from app.comparison.causes import Cause, Movement
from app.comparison.comparison import Comparison, MeanOverTime
from app.comparison.relations import counts
from app.session.rating import Rating
from app.session.session import Session
from app.words.comparison import (
    CAUSE_NAMES,
    PART_PLACES,
    part_in_words,
    session_mark,
    session_name,
    signed,
)
from app.words.numbers import rounded
from app.words.texts import Translator
from exports.comparison.choice import OVERALL
from exports.comparison.scene import Box, Measure, Scene, Shape, Sketch, hatching
from exports.palette import Palette
from exports.radar.data import chart_label
from exports.radar.lines import LINE_HEIGHT

_STEPS = (Fraction(1, 10), Fraction(1, 5), Fraction(1, 2), Fraction(1), Fraction(2), Fraction(5))
_FIGURE, _LABEL, _SMALL = 12.0, 11.0, 11.0
_TIGHT = 11.0
_LINE = 14.0
_THICK = 4.0
_NUMBERS, _WIDE = 28.0, 62.0
"""Room for the numbers of the axis, where columns are wide enough without it."""

_LEAST_PLOT = 110.0


@dataclass(frozen=True, slots=True)
class WaterfallPart:
    """One part: its cause in words, the difference it makes, the figure after it, its areas."""

    cause: Cause
    name: str
    by: Fraction
    mean: Fraction
    figure: str
    sentence: str


@dataclass(frozen=True, slots=True)
class End:
    """Beginning or end of a waterfall: the figure, its session, the number of areas it counts.

    ``day`` is the date in two short lines, followed by what else tells the session from the other.
    """

    mean: Fraction
    figure: str
    name: str
    day: tuple[str, ...]
    areas: str


@dataclass(frozen=True, slots=True)
class WaterfallData:
    """A change with its parts, and the words around.

    ``lowest`` and ``highest`` are the ends of the axis, ``numbers`` what stands there and ``scale``
    the same in words. ``note`` says how the parts add up.
    """

    name: str
    before: End
    parts: tuple[WaterfallPart, ...]
    after: End
    lowest: Fraction
    highest: Fraction
    numbers: tuple[str, str]
    scale: str
    note: str

    @property
    def means(self) -> tuple[Fraction, ...]:
        """The figure before, and after each part."""
        return (self.before.mean, *(part.mean for part in self.parts))


def waterfall_data(
    comparison: Comparison,
    *,
    translator: Translator,
    group: str = OVERALL,
    step: int = -1,
    language: str = "",
) -> WaterfallData | None:
    """The change of a dimension or of the overall average from one session to the next.

    ``step`` numbers the changes from 0, the last by default; ``language`` is that of names of the
    model. ``None`` where the grade allows no differences or the group has no common area.
    """
    found = _group(comparison, group)
    if found is None:
        return None
    moved: Movement = found.why[step]
    place = range(len(comparison.steps))[step]
    pairs = moved.pairs
    earlier, later = ends = comparison.sessions[place : place + 2]
    language = language or later.language
    parts = tuple(
        WaterfallPart(
            part.cause,
            translator.gettext(CAUSE_NAMES[part.cause]),
            part.by,
            part.mean,
            signed(part.by, translator, PART_PLACES),
            part_in_words(part, pairs, (earlier, later), translator, language),
        )
        for part in moved.parts
        if part.by is not None and part.mean is not None
    )
    if moved.before is None or len(parts) < len(moved.parts):  # no common area, no waterfall
        return None
    before = _end(moved.before, earlier, ends, [pair.earlier for pair in pairs], translator)
    after = _end(parts[-1].mean, later, ends, [pair.later for pair in pairs], translator)
    model = later.model
    lowest, highest = axis_ends(
        [moved.before, *(part.mean for part in parts)], model.lowest_level, model.highest_level
    )
    numbers = translator.number(lowest, 1), translator.number(highest, 1)
    return WaterfallData(
        name=_name(comparison, group, language, translator),
        before=before,
        parts=parts,
        after=after,
        lowest=lowest,
        highest=highest,
        numbers=numbers,
        scale=translator.gettext(
            "scale {lowest} to {highest}", lowest=numbers[0], highest=numbers[1]
        ),
        note=_note(before.mean, parts, translator),
    )


def _group(comparison: Comparison, group: str) -> MeanOverTime | None:
    if group == OVERALL:
        return comparison.overall
    return next((each for each in comparison.dimensions if each.id == group), None)


def _name(comparison: Comparison, group: str, language: str, tr: Translator) -> str:
    if group == OVERALL:
        return tr.gettext("Average of all scored areas")
    named = {each.id: each.name for each in comparison.latest.model.dimensions}
    return chart_label(named[group].line_in(language)) or group


def _end(
    mean: Fraction,
    session: Session,
    ends: Sequence[Session],
    ratings: Iterable[Rating | None],
    tr: Translator,
) -> End:
    areas = sum(counts(rating) for rating in ratings)
    written, year = tr.short_date(session.date), str(session.date.year)
    lines = written.removesuffix(year).rstrip(), year, chart_label(session_mark(session, ends))
    return End(
        mean,
        tr.number(mean, PART_PLACES),
        chart_label(session_name(session, ends, tr)),
        tuple(line for line in lines if line),
        tr.ngettext("{n} area", "{n} areas", areas),
    )


def _note(before: Fraction, parts: Sequence[WaterfallPart], tr: Translator) -> str:
    shown = rounded(before, PART_PLACES) + sum(rounded(part.by, PART_PLACES) for part in parts)
    if shown == rounded(parts[-1].mean, PART_PLACES):
        return tr.gettext("In this order, each on top of those before. The parts add up exactly.")
    return tr.gettext(
        "In this order, each on top of those before. The exact parts add up;"
        " rounded ones may miss the sum by a hundredth or two."
    )


def axis_ends(means: Sequence[Fraction], lowest: int, highest: int) -> tuple[Fraction, Fraction]:
    """Round ends of an axis that shows all these figures large, on a scale of these levels."""
    least, most = min(means), max(means)
    wanted = max(most - least, _STEPS[0])
    step = next((each for each in _STEPS if each >= wanted), _STEPS[-1])
    low, high = floor(least / step) * step, ceil(most / step) * step
    if low == high:
        low, high = (low, high + step) if high < highest else (low - step, high)
    return max(low, Fraction(lowest)), min(high, Fraction(highest))


def spoken_waterfall(data: WaterfallData, tr: Translator) -> str:
    """The change in words, with all figures."""
    ends = [
        tr.gettext("{area}: {value}", area=f"{end.name} ({end.areas})", value=end.figure)
        for end in (data.before, data.after)
    ]
    parts = (f"{part.name} {part.figure}: {part.sentence}" for part in data.parts)
    return " ".join((f"{ends[0]}.", *parts, f"{ends[1]}."))


# ---- layout ------------------------------------------------------------------------------------


def waterfall_scene(
    data: WaterfallData, width: float, height: float, colours: Palette, measure: Measure
) -> Scene:
    """Place the waterfall in a frame of this size; it is higher where the words need that."""
    return _Waterfall(data, width, height, colours, Sketch(measure)).scene()


class _Waterfall:
    """Columns side by side on one axis: the figure before, every part, the figure after."""

    def __init__(
        self, data: WaterfallData, width: float, height: float, colours: Palette, sketch: Sketch
    ) -> None:
        self._data, self._colours, self._sketch = data, colours, sketch
        self._width = width
        columns = len(data.parts) + 2
        self._left = _NUMBERS if (width - _NUMBERS) / columns >= _WIDE else 0.0
        self._column = max((width - self._left) / columns, 8.0)
        room = self._column - 2
        names = [list(sketch.lines_of(part.name, room, _LABEL, 3)) for part in data.parts]
        self._labels = [self._under(data.before, room), *names, self._under(data.after, room)]
        self._foot = 10 + _LINE * max(map(len, self._labels))
        head = _LINE + 8 + _FIGURE * LINE_HEIGHT
        self._height = max(height, self._foot + head + _LEAST_PLOT)
        self._bottom, self._top = self._foot + 8, self._height - head

    def _under(self, end: End, room: float) -> list[str]:
        """Day, year and number of areas, in lines."""
        return [*end.day, *self._sketch.lines_of(end.areas, room, _SMALL, 2)]

    def scene(self) -> Scene:
        """Draw everything."""
        self._draw_axis()
        data, sketch = self._data, self._sketch
        self._draw_end(0, data.before, self._colours.earlier)
        for place, (part, (before, after)) in enumerate(
            zip(data.parts, pairwise(data.means), strict=True), 1
        ):
            self._connect(place - 1, before)
            self._draw_part(place, part, before, after)
        self._connect(len(data.parts), data.after.mean)
        self._draw_end(len(data.parts) + 1, data.after, self._colours.current)
        for place, lines in enumerate(self._labels):
            self._draw_label(place, lines)
        return sketch.scene(self._width, self._height)

    def _x(self, place: int) -> float:
        return self._left + self._column * (place + 0.5)

    def _y(self, mean: Fraction) -> float:
        data = self._data
        share = (mean - data.lowest) / (data.highest - data.lowest)
        return self._bottom + (self._top - self._bottom) * float(share)

    @property
    def _half(self) -> float:
        """Half the width of a bar."""
        return min(self._column * 0.4, 34.0)

    def _draw_axis(self) -> None:
        sketch, data, colours = self._sketch, self._data, self._colours
        sketch.words(
            self._width, self._height - _LINE / 2, data.scale, _SMALL, colours.secondary, "right",
            room=self._width,
        )  # fmt: skip
        for mean, number in zip((data.lowest, data.highest), data.numbers, strict=True):
            y = self._y(mean)
            sketch.line(((self._left, y), (self._width, y)), colours.line)
            if self._left:
                sketch.words(self._left - 5, y, number, _SMALL, colours.secondary, "right")

    def _draw_end(self, place: int, end: End, colour: str) -> None:
        x, y = self._x(place), self._y(end.mean)
        self._sketch.line(((x - self._half, y), (x + self._half, y)), colour, _THICK)
        self._figure(x, y + _THICK / 2, end.figure)

    def _draw_part(
        self, place: int, part: WaterfallPart, before: Fraction, after: Fraction
    ) -> None:
        x, ends = self._x(place), sorted((self._y(before), self._y(after)))
        box = Box(x - self._half, ends[0], x + self._half, ends[1])
        if part.by > 0:
            filling, edge = self._colours.levels[2:4]
            self._sketch.add(Shape(_at_least(box).corners, filling, outline=edge))
        elif part.by < 0:
            colours, box = self._colours, _at_least(box)
            self._sketch.add(
                Shape(box.corners, colours.surface),
                *hatching(box, colours.warning),
                Shape(box.corners, outline=colours.warning, width=1.4),
            )
        else:
            self._sketch.line(((box.left, box.top), (box.right, box.top)), self._colours.frame, 1.4)
        self._figure(x, box.top, part.figure)

    def _figure(self, x: float, above: float, figure: str) -> None:
        half = _FIGURE * LINE_HEIGHT / 2
        y, line = above + 4 + half, self._y(self._data.highest)
        if y - half < line < y + half:  # the end of the axis would go through the figure
            y = line + half + 1
        room = self._column - 2
        size = _FIGURE if self._sketch.width(figure, _FIGURE, bold=True) <= room else _TIGHT
        self._sketch.words(x, y, figure, size, self._colours.text, "center", bold=True, room=room)

    def _connect(self, place: int, mean: Fraction) -> None:
        """A dotted line from a column to the next."""
        y, ends = self._y(mean), (self._x(place) + self._half, self._x(place + 1) - self._half)
        self._sketch.line(((ends[0], y), (ends[1], y)), self._colours.secondary, 0.9, (1, 2.5))

    def _draw_label(self, place: int, lines: Sequence[str]) -> None:
        colours, x = self._colours, self._x(place)
        for number, line in enumerate(lines):
            y = self._foot - 8 - _LINE * (number + 0.5)
            is_quiet = number >= 2 and place in (0, len(self._labels) - 1)
            self._sketch.words(
                x, y, line, _SMALL if is_quiet else _LABEL,
                colours.secondary if is_quiet else colours.text, "center", room=self._column - 2,
            )  # fmt: skip
        left = x - self._column / 2
        self._sketch.spot(Box(left, 0, left + self._column, self._height), self._said(place))

    def _said(self, place: int) -> str:
        data = self._data
        if 0 < place <= len(data.parts):
            part = data.parts[place - 1]
            return f"{part.name} {part.figure}\n{part.sentence}"
        end = data.before if place == 0 else data.after
        return f"{end.name} · {end.areas}: {end.figure}"


def _at_least(box: Box) -> Box:
    """The box, or one around its middle that is thick enough to be seen."""
    middle, half = (box.bottom + box.top) / 2, max((box.top - box.bottom) / 2, 1.0)
    return Box(box.left, middle - half, box.right, middle + half)
