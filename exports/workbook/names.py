"""Names and texts of a session in the language of a report."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from functools import cached_property

from app.model.maturity_model import Area, LocalText, MaturityModel
from app.session.session import Session
from app.words.plain_text import listed_text
from app.words.texts import Translator, translator_for
from exports.workbook.cell_text import line_text

_MAX_DESCRIPTION = 600


class Names:
    """Names of areas, dimensions and levels, one for each, and texts of the model."""

    session: Session
    language: str

    @property
    def tr(self) -> Translator:
        """Our own texts in the report's language."""
        return translator_for(self.language)

    @property
    def model(self) -> MaturityModel:
        """The session's frozen model."""
        return self.session.model

    def said(self, text: LocalText) -> str:
        """A text of the model in the report's language, without Markdown marks."""
        return listed_text(text.in_language(self.language))

    @cached_property
    def area_names(self) -> dict[str, str]:
        """One name per area; names that occur twice carry their dimension in front."""
        names = {a.id: self._short_name(a) for a in self.model.areas}
        count = Counter(name.casefold() for name in names.values())
        return {
            area.id: f"{self.dimension_names[dimension.id]}: {names[area.id]}"
            if count[names[area.id].casefold()] > 1
            else names[area.id]
            for dimension, area in self.model.entries()
        }

    def _short_name(self, area: Area) -> str:
        return line_text(self._named(area.label) or self._named(area.name)) or area.id

    def _named(self, name: LocalText) -> str:
        return name.line_in(self.language)

    @cached_property
    def dimension_names(self) -> dict[str, str]:
        """The name of each dimension."""
        return {d.id: line_text(self._named(d.name)) or d.id for d in self.model.dimensions}

    @cached_property
    def dimension_numbers(self) -> dict[str, int]:
        """The place of each dimension in the model, from 0."""
        return {d.id: index for index, d in enumerate(self.model.dimensions)}

    def level_name(self, number: int) -> str:
        """The name of a level, such as ``Scale``; empty where the model gives none."""
        return line_text(self._named(self.model.level(number).name))

    def level_in_words(self, level: Fraction | int) -> str:
        """A level with its name: ``2 (Operate)``; half levels have no name."""
        number = self.tr.number(level)
        name = self.level_name(int(level)) if Fraction(level).denominator == 1 else ""
        return f"{number} ({name})" if name and name != number else number

    def description(self, area_id: str, level: int) -> str:
        """Description of an area at a level: its short sentence, summary or indicators.

        Where the area has no text, what the level means in general, marked as such.
        """
        found = self.model.area(area_id).description_of(level)
        indicators = " ".join(f"• {self.said(indicator.text)}" for indicator in found.indicators)
        own = self.said(found.short) or self.said(found.summary) or indicators
        general = self.said(self.model.general_text(area_id, level))
        if general:
            own = self.tr.gettext("In general: {text}", text=general)
        return line_text(own, _MAX_DESCRIPTION)

    @property
    def subject(self) -> str:
        """Unit and title in one line."""
        unit = self.session.unit
        parts = [] if unit is None else [unit.full_name]
        return " · ".join(part for part in (*parts, self.session.title) if part)

    @property
    def model_line(self) -> str:
        """Name and version of the model."""
        return f"{self._named(self.model.name)} {self.model.content_version}"

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each area in model order, from 1: the key between the sheets."""
        return {area.id: number for number, area in enumerate(self.model.areas, 1)}
