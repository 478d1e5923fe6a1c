"""Charts of a comparison with the words around them, ready to be placed in a frame."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from app.comparison.comparison import Comparison
from app.errors import InvalidInput
from app.words.comparison import are_of_one_unit, grade_in_words
from app.words.texts import N_, Translator
from exports.comparison.choice import OVERALL, ChartChoice, ChartKind
from exports.comparison.overlay import (
    OverlayData,
    overlay_data,
    overlay_scene,
    spoken_overlay,
)
from exports.comparison.scene import Measure, Scene
from exports.comparison.trend import TrendData, spoken_trend, trend_data, trend_scene
from exports.comparison.waterfall import (
    WaterfallData,
    spoken_waterfall,
    waterfall_data,
    waterfall_scene,
)
from exports.palette import Palette
from exports.radar.geometry import FEWEST_AXES

Placed = Callable[[float, float, Palette, Measure], Scene]
"""Places a chart in a frame of this width and height."""


@dataclass(frozen=True, slots=True)
class ChartOfComparison:
    """A chart and its words.

    ``days`` name the sessions on it, ``said`` are all figures in sentences and ``rows`` the
    same as a table. ``sentences`` stand below the chart, each with the figure it belongs to, or
    none. ``size`` is that of the chart in a picture, without the words around it.
    """

    heading: str
    days: tuple[str, ...]
    said: str
    rows: tuple[tuple[str, ...], ...]
    sentences: tuple[tuple[str, str], ...]
    placed: Placed
    size: tuple[float, float]


def chart_of(
    comparison: Comparison, choice: ChartChoice, tr: Translator, language: str = ""
) -> ChartOfComparison | None:
    """The chart, or ``None`` where the grade forbids it or there is nothing to show.

    ``language`` is that of names of the model, by default that of the latest session.
    """
    if choice.kind is ChartKind.OVERLAY:
        overlay = overlay_data(comparison, choice.by, translator=tr, language=language)
        return None if overlay is None else _overlay(overlay, tr)
    if choice.kind is ChartKind.WATERFALL:
        waterfall = waterfall_data(
            comparison, translator=tr, group=choice.group, step=choice.step, language=language
        )
        return None if waterfall is None else _waterfall(waterfall, tr)
    trend = trend_data(comparison, translator=tr, language=language)
    return None if trend is None else _trend(trend, tr)


def wanted_chart(
    comparison: Comparison, choice: ChartChoice, tr: Translator, language: str = ""
) -> ChartOfComparison:
    """The chart; raises ``InvalidInput`` with the reason where there is none."""
    known = [dimension.id for dimension in comparison.latest.model.dimensions]
    if choice.group not in (OVERALL, *known):
        raise InvalidInput(
            N_("The model has no dimension “{dimension}”. It has: {known}."),
            dimension=choice.group,
            known=", ".join(known),
        )
    found = chart_of(comparison, choice, tr, language)
    if found is None:
        raise InvalidInput(
            _refusal(comparison, choice),
            grade=grade_in_words(comparison.graded, tr),
            dimension=choice.group,
        )
    return found


_NOTHING_SHARED = N_("There is nothing to draw: no area that asks the same is scored every time.")


def _refusal(comparison: Comparison, choice: ChartChoice) -> str:
    if choice.kind is ChartKind.TREND:
        return _refusal_of_trend(comparison)
    is_by_area = choice.kind is ChartKind.OVERLAY and choice.by == "area"
    if is_by_area or (comparison.allows_differences and choice.group == OVERALL):
        return _NOTHING_SHARED
    if choice.group in {each.id for each in comparison.dimensions}:
        return N_(
            "The change of “{dimension}” cannot be drawn: at one point nothing in it is scored."
        )
    if comparison.allows_differences:
        return N_("“{dimension}” has no area that asks the same and is scored every time.")
    if choice.kind is ChartKind.OVERLAY:
        return N_("The grade is {grade}, so averages are not drawn. Draw the areas instead.")
    return N_("The grade is {grade}, so there is no change of an average to explain.")


def _refusal_of_trend(comparison: Comparison) -> str:
    if not comparison.allows_trends:
        return N_("A trend needs sessions of grade A. These have grade {grade}.")
    if not are_of_one_unit(comparison.sessions):
        return N_("A trend needs sessions of one unit. These are of several.")
    if comparison.overall is None:
        return _NOTHING_SHARED
    return N_("A trend needs sessions of several days. These are all of one day.")


def _overlay(data: OverlayData, tr: Translator) -> ChartOfComparison:
    by = tr.gettext("Profile by area") if data.by == "area" else tr.gettext("Profile by dimension")
    days = [session.name for session in data.sessions]
    word = tr.gettext("Area") if data.by == "area" else tr.gettext("Dimension")
    return ChartOfComparison(
        f"{by}, {_common(data.areas, tr)}",
        tuple(days),
        spoken_overlay(data, tr),
        ((word, *days), *((axis.label, *axis.written) for axis in data.axes)),
        (),
        partial(overlay_scene, data),
        _overlay_size(data),
    )


def _overlay_size(data: OverlayData) -> tuple[float, float]:
    if len(data.axes) < FEWEST_AXES:
        return 560.0, 40.0
    is_wide = data.by == "area" or data.is_divided
    return (832.0, 560.0) if is_wide else (672.0, 480.0)


def _waterfall(data: WaterfallData, tr: Translator) -> ChartOfComparison:
    ends = [f"{end.name} ({end.areas})" for end in (data.before, data.after)]
    return ChartOfComparison(
        tr.gettext("Why did it move? {name}", name=data.name),
        tuple(end.name for end in (data.before, data.after)),
        spoken_waterfall(data, tr),
        (
            (ends[0], data.before.figure, ""),
            *((part.name, part.figure, part.sentence) for part in data.parts),
            (ends[1], data.after.figure, ""),
        ),
        (
            *((part.figure, f"{part.name}: {part.sentence}") for part in data.parts),
            ("", data.note),
        ),
        partial(waterfall_scene, data),
        (672.0, 300.0),
    )


def _trend(data: TrendData, tr: Translator) -> ChartOfComparison:
    word, over_time = tr.gettext("Dimension"), tr.gettext("Averages over time")
    rows = ((line.name, *written) for line, written in zip(data.lines, data.written, strict=True))
    return ChartOfComparison(
        f"{over_time}, {_common(data.lines[0].areas, tr)}",
        data.names,
        spoken_trend(data, tr),
        ((word, *data.names), *rows),
        (),
        partial(trend_scene, data),
        (832.0, 400.0),
    )


def _common(areas: int, tr: Translator) -> str:
    return tr.ngettext("{n} area in common", "{n} areas in common", areas)


def text_table(rows: Iterable[Sequence[str]]) -> str:
    """A table as lines of tab-separated columns, as spreadsheets take them."""
    return "\n".join("\t".join(row) for row in rows)
