"""A chart as simple shapes in points, which picture files and the window paint alike.

The origin is at the lower left and y grows upwards. Nothing is drawn here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from exports.radar.geometry import Point
from exports.radar.lines import LINE_HEIGHT, shortened, wrapped
from exports.radar.plan import Align


class Measure(Protocol):
    """Width of one line of text in points."""

    def __call__(self, text: str, size: float, *, bold: bool = False) -> float:
        """Width of this line."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line through points; ``dashes`` alternate between line and gap, in widths of the line."""

    points: tuple[Point, ...]
    colour: str
    width: float = 1.0
    dashes: tuple[float, ...] = ()

    def moved(self, x: float, y: float) -> Stroke:
        """The same elsewhere."""
        return replace(self, points=_moved(self.points, x, y))


@dataclass(frozen=True, slots=True)
class Shape:
    """A polygon, filled where ``fill`` is a colour and outlined where ``outline`` is one."""

    points: tuple[Point, ...]
    fill: str = ""
    opacity: float = 1.0
    outline: str = ""
    width: float = 1.0

    def moved(self, x: float, y: float) -> Shape:
        """The same elsewhere."""
        return replace(self, points=_moved(self.points, x, y))


@dataclass(frozen=True, slots=True)
class Dot:
    """A disc, or a ring filled with ``inside``."""

    x: float
    y: float
    radius: float
    colour: str
    inside: str = ""

    def moved(self, x: float, y: float) -> Dot:
        """The same elsewhere."""
        return replace(self, x=self.x + x, y=self.y + y)


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text; ``x`` is its left, right or middle edge, ``y`` its middle."""

    x: float
    y: float
    text: str
    size: float
    colour: str
    align: Align
    bold: bool
    width: float

    @property
    def left(self) -> float:
        """Left edge."""
        return self.x - {"left": 0.0, "center": 0.5, "right": 1.0}[self.align] * self.width

    @property
    def box(self) -> Box:
        """The room it takes."""
        half = self.size * LINE_HEIGHT / 2
        return Box(self.left, self.y - half, self.left + self.width, self.y + half)

    def moved(self, x: float, y: float) -> Words:
        """The same elsewhere."""
        return replace(self, x=self.x + x, y=self.y + y)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    left: float
    bottom: float
    right: float
    top: float

    def covers(self, x: float, y: float) -> bool:
        """True if a point lies in it."""
        return self.left <= x <= self.right and self.bottom <= y <= self.top

    def touches(self, other: Box) -> bool:
        """True if the two overlap."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.bottom < other.top
            and other.bottom < self.top
        )

    def moved(self, x: float, y: float) -> Box:
        """The same elsewhere."""
        return Box(self.left + x, self.bottom + y, self.right + x, self.top + y)

    @property
    def corners(self) -> tuple[Point, ...]:
        """The four corners, counter-clockwise."""
        return (
            (self.left, self.bottom),
            (self.right, self.bottom),
            (self.right, self.top),
            (self.left, self.top),
        )


Mark = Stroke | Shape | Dot | Words


@dataclass(frozen=True, slots=True)
class Spot:
    """A part of a chart that says its figures when it is pointed at."""

    box: Box
    text: str

    def moved(self, x: float, y: float) -> Spot:
        """The same elsewhere."""
        return Spot(self.box.moved(x, y), self.text)


@dataclass(frozen=True, slots=True)
class Scene:
    """A chart: marks in the order in which they are painted, and spots that say something.

    ``is_numbered`` where axes carry numbers because their names did not fit.
    """

    width: float
    height: float
    marks: tuple[Mark, ...]
    spots: tuple[Spot, ...] = ()
    is_numbered: bool = False

    @property
    def words(self) -> tuple[Words, ...]:
        """All texts."""
        return tuple(mark for mark in self.marks if isinstance(mark, Words))

    def text_at(self, x: float, y: float) -> str:
        """The words of the topmost spot at a point, empty without one."""
        found = (spot.text for spot in reversed(self.spots) if spot.box.covers(x, y))
        return next(found, "")


class Sketch:
    """Collects the marks of a scene; texts are measured as they are written."""

    def __init__(self, measure: Measure) -> None:
        self._measure = measure
        self._marks: list[Mark] = []
        self._spots: list[Spot] = []

    def scene(self, width: float, height: float, *, is_numbered: bool = False) -> Scene:
        """All that was drawn."""
        return Scene(width, height, tuple(self._marks), tuple(self._spots), is_numbered)

    def add(self, *marks: Mark) -> None:
        """Draw these."""
        self._marks += marks

    def line(
        self,
        points: Iterable[Point],
        colour: str,
        width: float = 1.0,
        dashes: tuple[float, ...] = (),
    ) -> None:
        """Draw a line."""
        self._marks.append(Stroke(tuple(points), colour, width, dashes))

    def words(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        colour: str,
        align: Align = "left",
        *,
        bold: bool = False,
        room: float | None = None,
    ) -> Words:
        """Write a line of text; what is wider than ``room`` ends in an ellipsis."""
        if room is not None:
            text = shortened(text, room, size, lambda line, of: self.width(line, of, bold=bold))
        made = Words(x, y, text, size, colour, align, bold, self.width(text, size, bold=bold))
        self._marks.append(made)
        return made

    def spot(self, box: Box, text: str) -> None:
        """Let a rectangle say something."""
        self._spots.append(Spot(box, text))

    def width(self, text: str, size: float, *, bold: bool = False) -> float:
        """Width of a line of text."""
        return self._measure(text, size, bold=bold)

    def place(self, scene: Scene, x: float, y: float) -> None:
        """Draw another scene with its lower left corner at a point."""
        self._marks += [mark.moved(x, y) for mark in scene.marks]
        self._spots += [spot.moved(x, y) for spot in scene.spots]

    def lines_of(self, text: str, room: float, size: float, most: int) -> tuple[str, ...]:
        """A text in as few lines as fit the room, at most so many; ends in … where it is cut."""
        for count in range(1, most + 1):
            lines = wrapped(text, count, size, self._plain)
            if max(self.width(line, size) for line in lines) <= room:
                return lines
        return tuple(shortened(line, room, size, self._plain) for line in lines)

    def filled_lines(self, text: str, room: float, size: float) -> Iterator[str]:
        """A text of any length in lines that are filled one after the other."""
        line = ""
        for word in text.split(" "):
            longer = f"{line} {word}" if line else word
            if line and self.width(longer, size) > room:
                yield line
                line = word
            else:
                line = longer
            line = shortened(line, room, size, self._plain)
        yield line

    def _plain(self, text: str, size: float) -> float:
        return self.width(text, size)


def hatching(box: Box, colour: str, gap: float = 5.0) -> Iterator[Stroke]:
    """Diagonal lines that fill a rectangle, for what must be told apart without colour."""
    offset = box.left - (box.top - box.bottom) + gap
    while offset < box.right:
        # On the line x - y is constant; it is cut where it leaves the rectangle.
        left = max(box.left, offset)
        right = min(box.right, offset + box.top - box.bottom)
        if right - left > 1:
            start, end = box.bottom + left - offset, box.bottom + right - offset
            yield Stroke(((left, start), (right, end)), colour, 0.7)
        offset += gap


def spread(wanted: Sequence[float], gap: float, lowest: float, highest: float) -> list[float]:
    """Places as near to those wanted as possible that are ``gap`` apart, in the same order.

    They stay between the limits where there is room for all.
    """
    order = sorted(range(len(wanted)), key=lambda number: wanted[number])
    places = [0.0] * len(wanted)
    last = lowest - gap
    for number in order:
        last = max(wanted[number], last + gap)
        places[number] = last
    limit = highest + gap
    for number in reversed(order):
        limit = min(places[number], limit - gap)
        places[number] = limit
    return places


def _moved(points: Iterable[Point], x: float, y: float) -> tuple[Point, ...]:
    return tuple((a + x, b + y) for a, b in points)
