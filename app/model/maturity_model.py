"""The maturity model: dimensions, areas and level descriptions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True, slots=True)
class LocalText:
    """One text in several languages.

    ``by_language`` holds pairs of language code and text in the order of the model file. Empty
    texts are legal; an absent language falls back to the first one that is there.
    """

    by_language: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, texts: Mapping[str, str] | None = None, /, **by_language: str) -> LocalText:
        """Build from a mapping and keywords: ``LocalText.of(de="Aufbau", en="Build")``."""
        merged = {**(texts or {}), **by_language}
        return cls(tuple(merged.items()))

    def in_language(self, language: str) -> str:
        """The text in this language, else in the first language that has one, else ``""``."""
        for code, text in self.by_language:
            if code == language and text:
                return text
        return next((text for _, text in self.by_language if text), "")

    def line_in(self, language: str) -> str:
        """The text as names, labels and questions are shown: without marks, on one line."""
        from app.words.plain_text import inline_text  # nothing of it is needed for a list

        return inline_text(self.in_language(language))

    def as_dict(self) -> dict[str, str]:
        """Language code to text."""
        return dict(self.by_language)

    def __bool__(self) -> bool:
        return any(text for _, text in self.by_language)


@dataclass(frozen=True, slots=True)
class Level:
    """One step of the scale, valid for every area of the model."""

    number: int
    name: LocalText
    description: LocalText = LocalText()


@dataclass(frozen=True, slots=True)
class Indicator:
    """A statement that can be answered with yes or no, for example ``process.ci-cd.3.2``."""

    id: str
    text: LocalText


@dataclass(frozen=True, slots=True)
class LevelDescription:
    """What one area looks like at one level; every text may be empty."""

    level: int
    short: LocalText = LocalText()
    summary: LocalText = LocalText()
    indicators: tuple[Indicator, ...] = ()

    @property
    def is_empty(self) -> bool:
        """True if the model has no text for this level."""
        return not (self.short or self.summary or self.indicators)


@dataclass(frozen=True, slots=True)
class Action:
    """A proposal that helps an area from one level to the next."""

    id: str
    from_level: int
    to_level: int
    text: LocalText
    effort: str | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True)
class NamedEntry:
    """An effort class or a role: a stable id and its meaning."""

    id: str
    text: LocalText


@dataclass(frozen=True, slots=True)
class Area:
    """What the group scores: one topic of a dimension.

    ``label`` is the short, unique form for charts; ``headings`` are the names under which
    published pages carry the same area.
    """

    id: str
    name: LocalText
    label: LocalText
    question: LocalText = LocalText()
    headings: tuple[str, ...] = ()
    levels: tuple[LevelDescription, ...] = ()
    actions: tuple[Action, ...] = ()

    def description_of(self, level: int) -> LevelDescription:
        """The description of a level; an empty one where the model has none."""
        for description in self.levels:
            if description.level == level:
                return description
        return LevelDescription(level)

    def actions_to(self, level: int) -> tuple[Action, ...]:
        """The proposals for the step that leads to this level."""
        return tuple(action for action in self.actions if action.to_level == level)


@dataclass(frozen=True, slots=True)
class Dimension:
    """A group of areas, such as people or technology."""

    id: str
    name: LocalText
    description: LocalText = LocalText()
    headings: tuple[str, ...] = ()
    areas: tuple[Area, ...] = ()


@dataclass(frozen=True, slots=True)
class Prerequisite:
    """An area can reach a level only once another area has reached one."""

    id: str
    area_id: str
    level: int
    required_area_id: str
    required_level: int
    reason: LocalText = LocalText()


@dataclass(frozen=True, slots=True)
class Source:
    """Where facts of the model come from."""

    title: str
    repository: str = ""
    commit: str = ""
    licence: str = ""


@dataclass(frozen=True)
class MaturityModel:
    """A catalogue of dimensions and areas on one scale of levels (2 to 10, lowest 0 or 1)."""

    id: str
    content_version: str
    languages: tuple[str, ...]
    name: LocalText
    levels: tuple[Level, ...]
    dimensions: tuple[Dimension, ...]
    description: LocalText = LocalText()
    sources: tuple[Source, ...] = ()
    efforts: tuple[NamedEntry, ...] = ()
    roles: tuple[NamedEntry, ...] = ()
    prerequisites: tuple[Prerequisite, ...] = ()

    @property
    def lowest_level(self) -> int:
        """The lowest number of the scale, 0 or 1."""
        return self.levels[0].number

    @property
    def highest_level(self) -> int:
        """The highest number of the scale."""
        return self.levels[-1].number

    def level(self, number: int) -> Level:
        """The level with this number; raises ``KeyError`` outside the scale."""
        return self.levels[self._level_index[number]]

    def has_level(self, number: int) -> bool:
        """True if the number lies on the scale."""
        return number in self._level_index

    def general_text(self, area_id: str, number: int) -> LocalText:
        """The description of a level for all areas, where this area has none of its own.

        Empty where the area has a text or the level has none.
        """
        general = self.level(number).description
        if not general or not self.area(area_id).description_of(number).is_empty:
            return LocalText()
        return general

    @cached_property
    def areas(self) -> tuple[Area, ...]:
        """All areas in model order."""
        return tuple(area for dimension in self.dimensions for area in dimension.areas)

    def area(self, area_id: str) -> Area:
        """The area with this id; raises ``KeyError`` for an unknown one."""
        return self._area_by_id[area_id]

    def has_area(self, area_id: str) -> bool:
        """True if the model knows this area."""
        return area_id in self._area_by_id

    def dimension(self, dimension_id: str) -> Dimension:
        """The dimension with this id; raises ``KeyError`` for an unknown one."""
        return self._dimension_by_id[dimension_id]

    def dimension_of(self, area_id: str) -> Dimension:
        """The dimension an area belongs to; raises ``KeyError`` for an unknown area."""
        return self._dimension_by_area_id[area_id]

    def position_of(self, area_id: str) -> int:
        """Index of the area in model order, from 0; raises ``KeyError`` for an unknown area."""
        return self._position_by_area_id[area_id]

    def entries(self) -> Iterator[tuple[Dimension, Area]]:
        """Dimension and area, in model order."""
        for dimension in self.dimensions:
            for area in dimension.areas:
                yield dimension, area

    @cached_property
    def _level_index(self) -> dict[int, int]:
        return {level.number: index for index, level in enumerate(self.levels)}

    @cached_property
    def _area_by_id(self) -> dict[str, Area]:
        return {area.id: area for area in self.areas}

    @cached_property
    def _dimension_by_id(self) -> dict[str, Dimension]:
        return {dimension.id: dimension for dimension in self.dimensions}

    @cached_property
    def _dimension_by_area_id(self) -> dict[str, Dimension]:
        return {area.id: dimension for dimension, area in self.entries()}

    @cached_property
    def _position_by_area_id(self) -> dict[str, int]:
        return {area.id: index for index, area in enumerate(self.areas)}
