"""Measures and draws text on a chart, with fonts that have its glyphs."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from exports.radar.plotting import (
    Axes,
    FontProperties,
    RendererAgg,
    Text,
    findfont,
    fontManager,
    get_font,
)

_FALLBACKS = (
    "Noto Sans CJK SC", "Noto Sans CJK JP", "Source Han Sans SC", "Microsoft YaHei", "Yu Gothic",
    "Malgun Gothic", "PingFang SC", "Hiragino Sans", "Segoe UI", "Segoe UI Symbol",
    "Arial Unicode MS", "Noto Sans", "Noto Sans Symbols", "FreeSans", "Symbola",
    "Noto Sans SC", "Noto Sans JP", "Noto Sans KR", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei",
    "Droid Sans Fallback", "Microsoft JhengHei", "Meiryo", "SimSun", "IPAGothic", "NanumGothic",
    "Apple SD Gothic Neo", "Nirmala UI", "Noto Sans Devanagari", "Lohit Devanagari",
    "Leelawadee UI", "Noto Sans Thai", "Thonburi", "Noto Sans Arabic", "Noto Sans Hebrew",
    "Tahoma", "Arial",
)  # fmt: skip
_OWN_FONT = "DejaVu Sans"
"""Ships with matplotlib: the same picture on every system."""


@lru_cache(maxsize=4096)
def _has_letter(family: str, letter: str) -> bool:
    path = findfont(FontProperties(family=family), fallback_to_default=False)
    return bool(get_font(path).get_char_index(ord(letter)))


@lru_cache(maxsize=1)
def _fallbacks() -> tuple[str, ...]:
    there = {entry.name for entry in fontManager.ttflist}
    return tuple(family for family in _FALLBACKS if family in there)


@lru_cache(maxsize=2048)
def _drawable(text: str) -> tuple[str, tuple[str, ...]]:
    """The text with □ for what no font can show, and the families that are needed."""
    families = [_OWN_FONT]
    letters = []
    for letter in text:
        family = _family_with(letter)
        if family is not None and family not in families:
            families.append(family)
        letters.append(letter if family is not None else "\N{WHITE SQUARE}")
    return "".join(letters), tuple(families)


def _family_with(letter: str) -> str | None:
    if letter.isspace():
        return _OWN_FONT
    return next((f for f in (_OWN_FONT, *_fallbacks()) if _has_letter(f, letter)), None)


@lru_cache(maxsize=1)
def _ruler() -> Any:
    renderer: Any = RendererAgg  # no annotations of its own
    return renderer(1, 1, 288)


@lru_cache(maxsize=8192)
def text_width(text: str, size: float, weight: str = "normal") -> float:
    """Width of one line in points, measured with the letters it is drawn with."""
    shown, families = _drawable(text)
    font = FontProperties(family=list(families), size=size, weight=weight)
    width, _, _ = _ruler().get_text_width_height_descent(shown, font, ismath=False)
    return float(width) / 4 * 1.02 + 0.5  # drawn at screen size, letters snap to whole pixels


def write_text(
    axes: Axes, x: float, y: float, text: str, size: float, colour: str, **more: Any
) -> Text:
    """Draw a text; ``more`` goes to matplotlib."""
    shown, families = _drawable(text)
    return axes.text(
        x, y, shown, fontsize=size, color=colour, fontfamily=list(families), parse_math=False,
        **more,
    )  # fmt: skip
