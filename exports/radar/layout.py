"""Layout of a radar: centre, size and labels without overlaps.

Pure geometry in points with the origin at the lower left and y upwards; nothing is drawn here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from math import cos, pi

from exports.radar.lines import LINE_HEIGHT, Measure, Wrap, shortened, wrapped
from exports.radar.numbered import numbered_plan, ring_plan
from exports.radar.plan import MARGIN, PAD, PlacedLabel, RadarPlan
from exports.radar.sides import ROUND_FROM, Room, place_side

_LEAST_SHARE, _LEAST_SHARE_SHORTENED = 0.2, 0.27
"""A radius below this share of the shorter side is too small to read anything from."""


_SHORT = 5.5
"""A label no wider than so many times its size stays on one line: “Area 6” is no two lines."""


@dataclass(frozen=True, slots=True)
class _Attempt:
    """Parameters of one attempt at a layout: type size, lines, shortening, displacement.

    ``worth`` weighs the radius an attempt reaches against that of the others; ``language`` is
    that in which words are broken, none without it.
    """

    size: float
    most_lines: int
    widest: float | None
    reach: float
    worth: float
    language: str = ""


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
    it too small, short names go round it like numbers, and others give way to numbers. ``size`` is
    that of the letters, 0 leaves it to us; ``language`` as for :func:`wrapped`.
    """
    count = len(labels)
    size = size or (12.0 if count < ROUND_FROM else 11.0)
    lines = 3 if count < ROUND_FROM else 2
    narrow = max(48.0, min(170.0, width / 5))
    attempts = (
        _Attempt(size, 2, None, 12, 1.0),
        _Attempt(size, lines, None, 28, 0.88),
        _Attempt(size, lines, None, 28, 0.8, language),
        _Attempt(size, lines, narrow, 28, 0.65, language),
        _Attempt(size, 1, narrow, 32, 0.45),
    )
    wrap = cache(partial(wrapped, measure=measure))  # attempts share most of their lines
    best: RadarPlan | None = None
    best_worth = 0.0
    for attempt in attempts:
        wraps = [_wraps(label, attempt, measure, wrap) for label in labels]
        is_shortened = attempt.widest is not None
        if is_shortened and _are_mixed_up(labels, wraps):
            continue
        # Smaller than the best so far it cannot win, so it need not be tried.
        share = _LEAST_SHARE_SHORTENED if is_shortened else _LEAST_SHARE
        least = max(min(width, height) * share, best_worth / attempt.worth)
        plan = _largest(wraps, attempt, width, height, least)
        if plan is not None:
            best, best_worth = plan, plan.radius * attempt.worth
    if best is None:
        best = ring_plan(labels, width, height, measure)
    return best or numbered_plan(count, width, height, measure)


# ---- one attempt -----------------------------------------------------------------------------


def _wraps(
    label: str, attempt: _Attempt, measure: Measure, wrap: Callable[..., tuple[str, ...]]
) -> list[Wrap]:
    """The label in one, two, … lines, widest first; each further line must gain something.

    ``wrap`` is :func:`wrapped` with a cache. Of shortened ones only those are left that keep the
    most letters.
    """
    found: list[Wrap] = []
    for count in range(1, attempt.most_lines + 1):
        if found and found[0].width <= _SHORT * attempt.size:
            break
        lines = wrap(label, count, attempt.size, language=attempt.language)
        if attempt.widest is not None:
            room = attempt.widest
            lines = tuple(shortened(line, room, attempt.size, measure) for line in lines)
        width = max((measure(line, attempt.size) for line in lines), default=0.0)
        new = Wrap(lines, width, len(lines) * attempt.size * LINE_HEIGHT)
        if not found or width < found[-1].width - 2 or new.letters > found[-1].letters:
            found.append(new)
    most = max(each.letters for each in found)
    return [each for each in found if each.letters >= most]


def _are_mixed_up(labels: Sequence[str], wraps: Sequence[list[Wrap]]) -> bool:
    """True if shortening made different names the same."""
    return len({found[-1].lines for found in wraps}) < len(set(labels))


def _largest(
    wraps: Sequence[list[Wrap]], attempt: _Attempt, width: float, height: float, least: float
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
    wraps: Sequence[list[Wrap]], attempt: _Attempt, width: float, height: float, radius: float
) -> RadarPlan | None:
    count = len(wraps)
    placed: dict[int, PlacedLabel] = {}
    top = _centred(wraps[0], radius, width)
    above = radius + PAD + top.height
    bottom = _centred(wraps[count // 2], radius, width) if count % 2 == 0 else None
    foot = radius if bottom else radius * cos(pi / count)
    below = foot + PAD + (bottom.height if bottom else attempt.size * LINE_HEIGHT)
    free = height - 2 * MARGIN - above - below
    widest = max(wrap.width for wrap in (top, bottom) if wrap is not None)
    if free < 0 or widest > width - 2 * MARGIN:
        return None
    centre = MARGIN + below + free / 2
    placed[0] = _middle_label(top, radius + PAD + top.height / 2)
    if bottom:
        placed[count // 2] = _middle_label(bottom, -(radius + PAD + bottom.height / 2))
    limits = (MARGIN - centre, height - MARGIN - centre)
    for side in (1, -1):
        places = _places_of_side(count, side)
        room = width / 2 - MARGIN
        found = place_side(
            wraps, places, side, Room(radius, room, limits, count), attempt.reach, placed
        )
        if found is None:
            return None
        placed.update(found)
    moved = [_shifted(placed[place], width / 2, centre) for place in range(count)]
    return RadarPlan(width / 2, centre, radius, attempt.size, tuple(moved))


def _centred(wraps: list[Wrap], radius: float, width: float) -> Wrap:
    """Labels above and below: in as few lines as the radar is wide."""
    room = min(max(radius * 1.2, 60), width - 2 * MARGIN)
    return next((wrap for wrap in wraps if wrap.width <= room), wraps[-1])


def _middle_label(wrap: Wrap, y: float) -> PlacedLabel:
    return PlacedLabel(wrap.lines, 0.0, y, wrap.width, wrap.height, "center")


def _shifted(label: PlacedLabel, x: float, y: float) -> PlacedLabel:
    return replace(label, x=label.x + x, y=label.y + y)


def _places_of_side(count: int, side: int) -> list[int]:
    """The axes of the right (1) or left (-1) side, from top to bottom."""
    places = range(1, (count + 1) // 2)
    return [place if side == 1 else count - place for place in places]
