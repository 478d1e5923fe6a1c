"""Colours of the product, shared by window, charts and workbook.

Plain values without Qt or matplotlib, so that everything can import them. Contrasts follow WCAG 2
and are tested for every palette.
"""

from __future__ import annotations

from collections.abc import Iterable
from colorsys import hls_to_rgb
from dataclasses import dataclass, replace
from functools import cache, partial


@dataclass(frozen=True, slots=True)
class Palette:
    """One set of colours, all as ``#RRGGBB``.

    ``levels`` are five shades from the lowest to the highest level, ``level_texts`` the text
    colour on each. ``dimension_marks`` are for squares and lines, ``dimension_texts`` for words.
    ``warning`` is for what has gone wrong, ``notice`` for what wants a look. ``line`` is for hair
    lines that only separate, ``frame`` for what must be seen: fields, buttons, quiet marks.
    ``fill_alpha`` is the opacity of the filled profile.
    """

    name: str
    ground: str
    surface: str
    line: str
    frame: str
    text: str
    secondary: str
    accent: str
    on_accent: str
    selected: str
    current: str
    current_fill: str
    target: str
    earlier: str
    warning: str
    warning_ground: str
    notice: str
    notice_mark: str
    notice_ground: str
    fill_alpha: float
    levels: tuple[str, ...]
    level_texts: tuple[str, ...]
    dimension_marks: tuple[str, ...]
    dimension_texts: tuple[str, ...]

    @property
    def is_dark(self) -> bool:
        """True for the dark set."""
        return self.name == "dark"

    def level_colours(self, position: int, count: int) -> tuple[str, str]:
        """Fill and text colour of the level at ``position`` (from 0) of ``count`` levels."""
        last = len(self.levels) - 1
        index = last if count < 2 else round(position * last / (count - 1))
        return self.levels[index], self.level_texts[index]

    def dimension_mark(self, index: int) -> str:
        """Colour of the mark of the dimension at ``index`` (from 0)."""
        return self._dimension(self.dimension_marks, index)

    def dimension_text(self, index: int) -> str:
        """Colour of words about the dimension at ``index`` (from 0)."""
        return self._dimension(self.dimension_texts, index)

    def _dimension(self, first: tuple[str, ...], index: int) -> str:
        return first[index] if index < len(first) else _further(index - len(first), self.ground)


_DARK_TEXT, _LIGHT_TEXT = "#1E2528", "#FFFFFF"

LIGHT = Palette(
    name="light",
    ground="#F6F6F3",
    surface="#FFFFFF",
    line="#E2E1DB",
    frame="#868E91",
    text="#1E2528",
    secondary="#5E686C",
    accent="#14545C",
    on_accent="#FFFFFF",
    selected="#E4EDEE",
    current="#14545C",
    current_fill="#14545C",
    target="#1E2528",
    earlier="#6E797D",
    warning="#A3321C",
    warning_ground="#FBE9E4",
    notice="#8F5900",
    notice_mark="#C77C00",
    notice_ground="#FBF3E2",
    fill_alpha=0.18,
    levels=("#E9EFEF", "#C5D9DA", "#93BABC", "#3F7A80", "#14545C"),
    level_texts=(_DARK_TEXT, _DARK_TEXT, _DARK_TEXT, _LIGHT_TEXT, _LIGHT_TEXT),
    dimension_marks=(
        "#0072B2", "#C77C00", "#A6518A", "#00805F", "#B8501A", "#343875", "#433E2C", "#9F1E48",
    ),
    dimension_texts=(
        "#0072B2", "#714700", "#834E81", "#02695A", "#A0563D", "#343875", "#433E2C", "#9F1E48",
    ),
)  # fmt: skip

DARK = Palette(
    name="dark",
    ground="#15191B",
    surface="#1E2427",
    line="#323A3E",
    frame="#687377",
    text="#E8ECEC",
    secondary="#9FAAAD",
    accent="#6FC3CB",
    on_accent="#10282B",
    selected="#26363A",
    current="#6FC3CB",
    current_fill="#6FC3CB",
    target="#E8ECEC",
    earlier="#8F989B",
    warning="#F2A08C",
    warning_ground="#3A2420",
    notice="#E8A93A",
    notice_mark="#E8A93A",
    notice_ground="#33291A",
    fill_alpha=0.22,
    levels=("#2A3336", "#2F4A4E", "#35676D", "#5DA3AA", "#A9DDE2"),
    level_texts=("#E8ECEC", "#E8ECEC", "#FFFFFF", "#10282B", "#10282B"),
    dimension_marks=(
        "#5FB3EA", "#FFC157", "#C08FAB", "#1AE0B3", "#E18565", "#CAD3FB", "#BCEF9F", "#FDD7E5",
    ),
    dimension_texts=(
        "#5FB3EA", "#FFC157", "#C08FAB", "#1AE0B3", "#E18565", "#CAD3FB", "#BCEF9F", "#FDD7E5",
    ),
)  # fmt: skip

PALETTES = {palette.name: palette for palette in (LIGHT, DARK)}

PAPER = replace(LIGHT, name="paper", line="#D8DAD8")
"""For picture files: the light palette with hair lines that survive a printer."""


def high_contrast(*, ground: str, text: str, accent: str, on_accent: str) -> Palette:
    """A palette from the few colours that a system in high contrast has.

    Words, frames and hair lines all have the colour of text; an accent that is too close to the
    ground is not used.
    """
    base = DARK if luminance(ground) < luminance(text) else LIGHT
    is_strong = contrast(accent, ground) >= _STRONG
    link = accent if is_strong else text
    on_link = on_accent if is_strong and contrast(on_accent, accent) >= _STRONG else ground
    levels = tuple(_mixed(ground, text, share) for share in _LEVEL_SHARES)

    def kept(colour: str) -> str:
        return colour if contrast(colour, ground) >= _STRONG else text

    def is_readable(selected: str) -> bool:
        return min(contrast(text, selected), contrast(link, selected)) >= _STRONG

    grounds = (_mixed(ground, link, share) for share in (0.4, 0.3, 0.2, 0.1))
    return replace(
        base,
        ground=ground,
        surface=ground,
        line=text,
        frame=text,
        text=text,
        secondary=text,
        accent=link,
        on_accent=on_link,
        selected=next(filter(is_readable, grounds), ground),
        current=link,
        current_fill=link,
        target=text,
        earlier=text,
        warning=kept(base.warning),
        warning_ground=ground,
        notice=kept(base.notice),
        notice_mark=kept(base.notice_mark),
        notice_ground=ground,
        levels=levels,
        level_texts=tuple(max(_EXTREMES, key=partial(contrast, level)) for level in levels),
        dimension_marks=tuple(map(kept, base.dimension_marks)),
        dimension_texts=tuple(map(kept, base.dimension_texts)),
    )


_STRONG = 4.5
_EXTREMES = ("#000000", "#FFFFFF")
_LEVEL_SHARES = (0.12, 0.3, 0.5, 0.75, 1.0)


def _mixed(one: str, other: str, share: float) -> str:
    """A colour between two, ``share`` of the way to the other."""
    pairs = zip(channels(one), channels(other), strict=True)
    return _hex((a + (b - a) * share) / 255 for a, b in pairs)


def saturation(colour: str) -> float:
    """Distance of a colour from grey, from 0 to 1."""
    strongest, weakest = max(channels(colour)), min(channels(colour))
    return (strongest - weakest) / strongest if strongest else 0.0


def channels(colour: str) -> tuple[int, int, int]:
    """Red, green and blue from 0 to 255; ``colour`` is ``#RRGGBB`` or ``RRGGBB``."""
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return red, green, blue


def luminance(colour: str) -> float:
    """Relative luminance by WCAG 2, from 0 to 1."""
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
        for share in (channel / 255 for channel in channels(colour))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours by WCAG 2, from 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


_FIRST_HUE, _NEXT_HUE, _SATURATION = 0.55, 0.618034, 0.6
_CONTRASTS = (5.3, 9.5, 7.0)
"""Contrast to the ground, in turn: neighbours differ in lightness, too."""


@cache
def _further(number: int, ground: str) -> str:
    """Colour of a dimension after those chosen by hand: another hue each time, fit for text."""
    hue = (_FIRST_HUE + number * _NEXT_HUE) % 1
    wanted = _CONTRASTS[number % len(_CONTRASTS)]
    lightness = range(101) if luminance(ground) < 0.5 else range(100, -1, -1)
    colours = (_hex(hls_to_rgb(hue, percent / 100, _SATURATION)) for percent in lightness)
    return next(colour for colour in colours if contrast(colour, ground) >= wanted)


def _hex(shares: Iterable[float]) -> str:
    return "#" + "".join(f"{round(255 * share):02X}" for share in shares)
