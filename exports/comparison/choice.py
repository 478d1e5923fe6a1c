"""Which chart of a comparison is wanted."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from exports.radar.data import By

OVERALL = ""
"""Stands for the average over all areas where an id of a dimension could be."""


class ChartKind(StrEnum):
    """Charts of a comparison."""

    OVERLAY = "overlay"
    """Profiles over one another."""

    WATERFALL = "waterfall"
    """A change and its parts."""

    TREND = "trend"
    """Averages over time."""


@dataclass(frozen=True, slots=True)
class ChartChoice:
    """A chart: its kind, axes of an overlay, and for a waterfall group and step.

    ``group`` is a dimension's id, or empty for all areas; ``step`` numbers the changes from one
    session to the next from 0, the last by default.
    """

    kind: ChartKind
    by: By = "dimension"
    group: str = OVERALL
    step: int = -1
