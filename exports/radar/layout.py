"""Layout of a radar: centre, size and labels without overlaps.

Pure geometry in points with the origin at the lower left and y upwards; nothing is drawn here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise
from math import cos, pi, sin, sqrt
from typing import Literal

from exports.hyphenation import best_break
from exports.radar.geometry import angle_of

Align = Literal["left", "right", "center"]
Measure = Callable[[str, float], float]
"""Width of one line of text at a size, both in points."""

LINE_HEIGHT = 1.25
ELLIPSIS = "…"
MARGIN = 4.0
PAD = 14.0
"""From the end of a spoke to its label; marks for unscored areas stand in between."""
_CLEAR = 10.0
"""What a label keeps from the radar at least."""
_GAP = 3.0
_ROUND_FROM = 13
"""From so many axes on a polygon is treated as the circle round it."""
_FEWEST_LETTERS = 5
_MOST_TRIES = 24
_LEAST_SHARE, _LEAST_SHARE_SHORTENED = 0.2, 0.27
"""A radius below this share of the shorter side is too small to read anything from."""


@dataclass(frozen=True, slots=True)
class PlacedLabel:
    """A label of one or more lines; ``x`` is its left, right or middle edge, ``y`` its middle.

    ``is_moved`` if it is so far from its axis that it needs a leader line.
    """

    lines: tuple[str, ...]
    x: float
    y: float
    width: float
    height: float
    align: Align
    is_moved: bool = False

    @property
    def left(self) -> float:
        """Left edge of the text."""
        return self.x - {"left": 0.0, "center": 0.5, "right": 1.0}[self.align] * self.width

    def covers(self, x: float, y: float) -> bool:
        """True if a point lies on the label."""
        beside = self.left <= x <= self.left + self.width
        return beside and abs(y - self.y) <= self.height / 2


@dataclass(frozen=True, slots=True)
class RadarPlan:
    """Centre, radius of the outermost ring, and one label per axis (``None``: not named).

    ``is_numbered`` when there was no room for names and the axes carry their numbers instead.
    """

    x: float
    y: float
    radius: float
    size: float
    labels: tuple[PlacedLabel | None, ...]
    is_numbered: bool = False


@dataclass(frozen=True, slots=True)
class _Attempt:
    """How labels may look: their size, lines, shortened or not, moved how far.

    ``worth`` weighs the radius an attempt reaches against that of the others; ``language`` is
    that in which words are broken, none without it.
    """

    size: float
    most_lines: int
    widest: float | None
    reach: float
    worth: float
    language: str = ""


@dataclass(frozen=True, slots=True)
class _Wrap:
    lines: tuple[str, ...]
    width: float
    height: float


def plan_radar(
    labels: Sequence[str],
    width: float,
    height: float,
    measure: Measure,
    size: float = 0.0,
    language: str = "",
) -> RadarPlan:
    """Place a radar with three or more axes in a picture of this size (points).

    Tried are whole names near their axes, whole names further off, with long words broken, and
    shortened names; the best is a large radar with names that are easy to read. Where all leave
    it too small, the axes get numbers. ``size`` is that of the letters, 0 leaves it to us;
    ``language`` as for :func:`wrapped`.
    """
    count = len(labels)
    size = size or (12.0 if count < _ROUND_FROM else 11.0)
    lines = 3 if count < _ROUND_FROM else 2
    narrow = max(48.0, min(170.0, width / 5))
    attempts = (
        _Attempt(size, 2, None, 12, 1.0),
        _Attempt(size, lines, None, 28, 0.88),
        _Attempt(size, lines, None, 28, 0.8, language),
        _Attempt(size, lines, narrow, 28, 0.65, language),
        _Attempt(size, 1, narrow, 32, 0.55),
    )
    best: RadarPlan | None = None
    best_worth = 0.0
    for attempt in attempts:
        wraps = [_wraps(label, attempt, measure) for label in labels]
        is_shortened = attempt.widest is not None
        if is_shortened and _are_mixed_up(labels, wraps):
            continue
        # Smaller than the best so far it cannot win, so it need not be tried.
        share = _LEAST_SHARE_SHORTENED if is_shortened else _LEAST_SHARE
        least = max(min(width, height) * share, best_worth / attempt.worth)
        plan = _largest(wraps, attempt, width, height, least)
        if plan is not None:
            best, best_worth = plan, plan.radius * attempt.worth
    return best or _numbered(count, width, height, measure)


def shortened(text: str, room: float, size: float, measure: Measure) -> str:
    """The text, cut with … where it is wider than ``room``."""
    if measure(text, size) <= room:
        return text
    low, high = min(_FEWEST_LETTERS, len(text)), len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if measure(text[:middle].rstrip() + ELLIPSIS, size) <= room:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + ELLIPSIS


def wrapped(
    text: str, lines: int, size: float, measure: Measure, language: str = ""
) -> tuple[str, ...]:
    """The text in exactly so many lines where it has as many words, the longest line shortest.

    Lines may end after a hyphen of the text; with a ``language`` long words are broken too, as
    is right in that language.
    """
    parts = [part for word in text.split() for part in _parts(word, language)]
    if not parts:
        return ("",)
    lines = max(1, min(lines, len(parts)))
    best: tuple[str, ...] = (text,)
    best_width = float("inf")
    for breaks in combinations(range(1, len(parts)), lines - 1):
        found = tuple(_line(parts[a:b]) for a, b in pairwise((0, *breaks, len(parts))))
        widest = max(measure(line, size) for line in found)
        if widest < best_width:
            best, best_width = found, widest
    return best


# ---- where words may be broken ---------------------------------------------------------------

_LONG_WORD = 12


def _parts(word: str, language: str) -> list[tuple[str, str]]:
    """A word as parts with what follows each: a blank, nothing, or a hyphen at a line's end."""
    pieces = [piece for piece in re.split(r"(?<=\w{2}[-–])(?=\w)", word) if piece]
    parts: list[tuple[str, str]] = []
    for piece in pieces:
        place = best_break(piece, language) if language and len(piece) >= _LONG_WORD else 0
        if place:
            parts += [(piece[:place], "-"), (piece[place:], "")]
        else:
            parts.append((piece, ""))
    return [*parts[:-1], (parts[-1][0], " ")] if parts else []


def _line(parts: Sequence[tuple[str, str]]) -> str:
    """Parts as one line; only at its end a broken word shows a hyphen."""
    inside = "".join(text + follows.strip("-") for text, follows in parts[:-1])
    last, follows = parts[-1]
    return inside + last + follows.strip()


# ---- one attempt -----------------------------------------------------------------------------


def _wraps(label: str, attempt: _Attempt, measure: Measure) -> list[_Wrap]:
    """The label in one, two, … lines, widest first; each further line must gain something.

    Of shortened ones only those are left that keep the most letters.
    """
    found: list[_Wrap] = []
    for count in range(1, attempt.most_lines + 1):
        lines = wrapped(label, count, attempt.size, measure, attempt.language)
        if attempt.widest is not None:
            room = attempt.widest
            lines = tuple(shortened(line, room, attempt.size, measure) for line in lines)
        width = max((measure(line, attempt.size) for line in lines), default=0.0)
        wrap = _Wrap(lines, width, len(lines) * attempt.size * LINE_HEIGHT)
        if not found or width < found[-1].width - 2 or _letters(wrap) > _letters(found[-1]):
            found.append(wrap)
    most = max(_letters(wrap) for wrap in found)
    return [wrap for wrap in found if _letters(wrap) >= most]


def _are_mixed_up(labels: Sequence[str], wraps: Sequence[list[_Wrap]]) -> bool:
    """True if shortening made different names the same."""
    return len({found[-1].lines for found in wraps}) < len(set(labels))


def _letters(wrap: _Wrap) -> int:
    """How many letters of the label are left; breaks between lines do not matter."""
    return sum(letter.isalnum() for line in wrap.lines for letter in line)


def _largest(
    wraps: Sequence[list[_Wrap]], attempt: _Attempt, width: float, height: float, least: float
) -> RadarPlan | None:
    """The largest radar above ``least`` whose labels fit."""
    side = min(width, height)
    radius = side / 2 - MARGIN
    step = max(1.5, side / 80)
    while radius > least:
        plan = _placed(wraps, attempt, width, height, radius)
        if plan is not None:
            return plan
        radius -= step
    return None


def _placed(
    wraps: Sequence[list[_Wrap]], attempt: _Attempt, width: float, height: float, radius: float
) -> RadarPlan | None:
    count = len(wraps)
    placed: dict[int, PlacedLabel] = {}
    top = _centred(wraps[0], radius, width)
    above = radius + PAD + top.height
    bottom = _centred(wraps[count // 2], radius, width) if count % 2 == 0 else None
    foot = radius if bottom else radius * cos(pi / count)
    below = foot + PAD + (bottom.height if bottom else attempt.size * LINE_HEIGHT)
    free = height - 2 * MARGIN - above - below
    if free < 0 or top.width > width - 2 * MARGIN:
        return None
    centre = MARGIN + below + free / 2
    placed[0] = _middle_label(top, radius + PAD + top.height / 2)
    if bottom:
        placed[count // 2] = _middle_label(bottom, -(radius + PAD + bottom.height / 2))
    limits = (MARGIN - centre, height - MARGIN - centre)
    for side in (1, -1):
        places = _places_of_side(count, side)
        room = width / 2 - MARGIN
        found = _place_side(
            wraps, places, side, _Room(radius, room, limits, count), attempt, placed
        )
        if found is None:
            return None
        placed.update(found)
    moved = [_shifted(placed[place], width / 2, centre) for place in range(count)]
    return RadarPlan(width / 2, centre, radius, attempt.size, tuple(moved))


def _centred(wraps: list[_Wrap], radius: float, width: float) -> _Wrap:
    """Labels above and below: in as few lines as the radar is wide."""
    room = min(max(radius * 1.2, 60), width - 2 * MARGIN)
    return next((wrap for wrap in wraps if wrap.width <= room), wraps[-1])


def _middle_label(wrap: _Wrap, y: float) -> PlacedLabel:
    return PlacedLabel(wrap.lines, 0.0, y, wrap.width, wrap.height, "center")


def _shifted(label: PlacedLabel, x: float, y: float) -> PlacedLabel:
    return replace(label, x=label.x + x, y=label.y + y)


def _places_of_side(count: int, side: int) -> list[int]:
    """The axes of the right (1) or left (-1) side, from top to bottom."""
    places = range(1, (count + 1) // 2)
    return [place if side == 1 else count - place for place in places]


@dataclass(frozen=True, slots=True)
class _Room:
    """What labels of one side may use; x counts from the centre outwards."""

    radius: float
    width: float
    limits: tuple[float, float]
    count: int

    def outline(self, low: float, high: float) -> float:
        """How far out the radar reaches between two heights; negative infinity for not at all."""
        if self.count >= _ROUND_FROM:
            nearest = 0.0 if low <= 0 <= high else min(abs(low), abs(high))
            inside = self.radius**2 - nearest**2
            return sqrt(inside) if inside >= 0 else float("-inf")
        return max(self._reaches(low, high), default=float("-inf"))

    def _reaches(self, low: float, high: float) -> Iterator[float]:
        corners = [
            (self.radius * sin(angle_of(i, self.count)), self.radius * cos(angle_of(i, self.count)))
            for i in range(self.count // 2 + 1)
        ]
        if self.count % 2:
            corners.append((0.0, corners[-1][1]))
        for (x1, y1), (x2, y2) in pairwise(corners):
            yield from (x for x, y in ((x1, y1), (x2, y2)) if low <= y <= high)
            for level in (low, high):
                if y2 < level < y1:
                    yield x1 + (x2 - x1) * (y1 - level) / (y1 - y2)


def _place_side(
    wraps: Sequence[list[_Wrap]],
    places: Sequence[int],
    side: int,
    room: _Room,
    attempt: _Attempt,
    middle: dict[int, PlacedLabel],
) -> dict[int, PlacedLabel] | None:
    """The labels of one side. One that does not fit gets more lines, then the rest makes way."""
    above_and_below = [label for place in (0, room.count // 2) if (label := middle.get(place))]
    limits = list(room.limits)
    narrower = dict.fromkeys(places, 0)
    for _ in range(_MOST_TRIES):
        found = _try_side(wraps, places, side, room, attempt, limits, narrower)
        if found is None:
            return None
        if isinstance(found, int):
            if narrower[found] + 1 >= len(wraps[found]):
                return None
            narrower[found] += 1
            continue
        labels = {p: _aside(label, above_and_below, side, room) for p, label in found.items()}
        if not _limit(limits, labels, above_and_below):
            return labels
    return None


def _try_side(
    wraps: Sequence[list[_Wrap]],
    places: Sequence[int],
    side: int,
    room: _Room,
    attempt: _Attempt,
    limits: Sequence[float],
    narrower: dict[int, int],
) -> dict[int, PlacedLabel] | int | None:
    """All labels of a side, or the place of the first that does not fit; ``None``: too many."""
    wishes: list[tuple[_Wrap, float, float]] = []
    for place in places:
        wished = _wished(wraps[place][narrower[place] :], place, side, room, attempt)
        if wished is None:
            return place
        wishes.append(wished)
    heights = _apart([(y, wrap.height + _GAP) for wrap, y, _ in wishes], limits[0], limits[1])
    if heights is None:
        return None
    found: dict[int, PlacedLabel] = {}
    for place, (wrap, wish, beside), y in zip(places, wishes, heights, strict=True):
        label = _side_label(wrap, place, side, room, y, beside)
        if label is None:
            return place
        if abs(y - wish) > attempt.reach:
            return None
        found[place] = label
    return found


def _aside(
    label: PlacedLabel, middle: Sequence[PlacedLabel], side: int, room: _Room
) -> PlacedLabel:
    """The label a little further out, where it would touch the one above or below the radar."""
    x = abs(label.x)
    for other in middle:
        if _share_height(label, other):
            x = max(x, other.width / 2 + 2 * _GAP)
    return label if x + label.width > room.width else replace(label, x=side * x)


def _limit(
    limits: list[float], found: dict[int, PlacedLabel], middle: Sequence[PlacedLabel]
) -> bool:
    """Keep a side out of the height of a label above or below that it touches."""
    changed = False
    for label in found.values():
        for other in middle:
            if abs(label.x) >= other.width / 2 + 2 * _GAP or not _share_height(label, other):
                continue
            if other.y > 0:
                limits[1] = min(limits[1], other.y - other.height / 2 - 1)
            else:
                limits[0] = max(limits[0], other.y + other.height / 2 + 1)
            changed = True
    return changed


def _share_height(one: PlacedLabel, other: PlacedLabel) -> bool:
    return abs(one.y - other.y) < (one.height + other.height) / 2


def _wished(
    wraps: list[_Wrap], place: int, side: int, room: _Room, attempt: _Attempt
) -> tuple[_Wrap, float, float] | None:
    """How a label stands best: beside its axis, or further up or down where that is too narrow.

    Returns its lines, the height it should have, and the one beside its axis.
    """
    angle = angle_of(place if side == 1 else room.count - place, room.count)
    beside = room.width - (room.radius + PAD) * sin(angle)
    wrap = next((wrap for wrap in wraps if wrap.width <= beside), wraps[-1])
    wish = room.radius * cos(angle) + cos(angle) * (wrap.height / 2 + PAD)
    if wrap.width <= beside:
        return wrap, wish, wish
    x = room.width - wrap.width
    direction = 1 if cos(angle) >= 0 else -1
    for moved in range(0, int(attempt.reach) + 14, 2):
        y = wish + direction * moved
        reach = room.outline(y - wrap.height / 2 - PAD / 2, y + wrap.height / 2 + PAD / 2)
        if reach + _CLEAR <= x:
            return wrap, y, wish
    return None


def _side_label(
    wrap: _Wrap, place: int, side: int, room: _Room, y: float, beside: float
) -> PlacedLabel | None:
    """The label at its height, beside the radar; ``None`` where it does not fit."""
    angle = angle_of(place if side == 1 else room.count - place, room.count)
    reach = room.outline(y - wrap.height / 2 - 2, y + wrap.height / 2 + 2)
    axis = (room.radius + PAD) * sin(angle)
    x = max(axis, reach + PAD - 1)
    if x + wrap.width > room.width:
        x = room.width - wrap.width
        if x < max(reach + _CLEAR, 0):
            return None
    align: Align = "left" if side == 1 else "right"
    moved = abs(y - beside) > 9
    return PlacedLabel(wrap.lines, side * x, y, wrap.width, wrap.height, align, moved)


def _apart(items: Sequence[tuple[float, float]], low: float, high: float) -> list[float] | None:
    """Heights as near to the wished ones as can be, from top to bottom without overlap.

    ``items`` are (wished middle, height). Least squares by pooling neighbours that would touch;
    ``None`` when they do not fit between the limits.
    """
    if sum(height for _, height in items) > high - low:
        return None
    offsets: list[float] = []
    used = 0.0
    for place, (_, height) in enumerate(items):
        used += height / 2 if place == 0 else (items[place - 1][1] + height) / 2
        offsets.append(used)
    # With u = y + offset the order becomes a plain "not rising", which pooling solves.
    pools: list[list[float]] = []
    for (wish, _), offset in zip(items, offsets, strict=True):
        pools.append([wish + offset, 1.0])
        while len(pools) > 1 and pools[-2][0] < pools[-1][0]:
            value, weight = pools.pop()
            total = pools[-1][1] + weight
            pools[-1] = [(pools[-1][0] * pools[-1][1] + value * weight) / total, total]
    rising = [value for value, weight in pools for _ in range(int(weight))]
    lowest = low + used + (items[-1][1] / 2 if items else 0)
    return [
        min(max(value, lowest), high) - offset
        for value, offset in zip(rising, offsets, strict=True)
    ]


# ---- numbers instead of names ----------------------------------------------------------------


def _numbered(count: int, width: float, height: float, measure: Measure) -> RadarPlan:
    """Numbers in one row, else in two staggered ones, else every second, third, fifth, tenth."""
    size = 11.0
    widest = measure(str(count), size)
    radius = min(width, height) / 2 - MARGIN - PAD - 1.5 * size * LINE_HEIGHT - widest / 2
    plan = RadarPlan(width / 2, height / 2, max(8.0, radius), size, (), is_numbered=True)
    labels: tuple[PlacedLabel | None, ...] = ()
    for every in (1, 2, 3, 5, 10, 20, 50, count):
        for rows in (1, 2):
            labels = _numbers(plan, count, every, rows, measure)
            if not _touch([label for label in labels if label is not None]):
                return replace(plan, labels=labels)
    return replace(plan, labels=labels)


def _numbers(
    plan: RadarPlan, count: int, every: int, rows: int, measure: Measure
) -> tuple[PlacedLabel | None, ...]:
    """A number at every so many axes, alternating between the rows."""
    line = plan.size * LINE_HEIGHT
    labels: list[PlacedLabel | None] = []
    for place in range(count):
        if place % every:
            labels.append(None)
            continue
        row = (place // every) % rows
        out = plan.radius + PAD + line / 2 + row * (line + 1)
        angle = angle_of(place, count)
        x, y = plan.x + out * sin(angle), plan.y + out * cos(angle)
        text = str(place + 1)
        labels.append(PlacedLabel((text,), x, y, measure(text, plan.size), line, "center"))
    return tuple(labels)


def _touch(labels: Sequence[PlacedLabel]) -> bool:
    """True if labels round a circle overlap; only near ones can."""
    count = len(labels)
    return any(
        _share_height(labels[place], other)
        and abs(labels[place].x - other.x) < (labels[place].width + other.width) / 2 + 1
        for place in range(count)
        for distance in range(1, min(4, count - 1) + 1)
        if (other := labels[(place + distance) % count]) is not labels[place]
    )
