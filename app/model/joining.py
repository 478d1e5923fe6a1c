"""Joins two models that are the same one in different languages."""

from __future__ import annotations

import dataclasses
import unicodedata
from collections.abc import Iterable, Sequence, Set
from itertools import chain, count

from app.errors import InvalidInput
from app.model.join_report import AreaMatch, JoinedModel, JoinReport, Kind, LeftOut
from app.model.maturity_model import (
    Action,
    Area,
    Dimension,
    Indicator,
    Level,
    LevelDescription,
    LocalText,
    MaturityModel,
    NamedEntry,
    Prerequisite,
)
from app.model.pairing import Pair, pair_up
from app.words.texts import N_

StepKey = tuple[str, int, str, int]
"""Area and level, and the area and level it requires."""

_NO_NEW_LANGUAGE = N_(
    "“{other}” has no language that “{model}” lacks ({languages}). If the language of pages was"
    " not recognised, please name it."
)
_OTHER_SCALE = N_(
    "“{other}” describes level {level}, but the scale of “{model}” goes from {lowest} to {highest}."
    " Only two languages of one model can be joined."
)
_NOTHING_IN_COMMON = N_(
    "No area of “{other}” corresponds to one of “{model}”, neither by its id nor by its position."
    " Only two languages of one model can be joined."
)


def join_models(
    model: MaturityModel, other: MaturityModel, model_id: str | None = None
) -> JoinedModel:
    """``model`` with the languages that only ``other`` has.

    Dimensions, areas, indicators and actions are the same by id, else by position
    (:func:`app.model.pairing.pair_up`). Ids, order, levels and prerequisites are those of
    ``model``, whose texts win where both have one in the same language. Parts that only ``other``
    has are left out and reported. The id stays unless ``model_id`` gives another one, because it
    is the same model.

    Raises ``InvalidInput`` if there is no new language, if the scales differ or if no area
    corresponds.
    """
    added = tuple(each for each in other.languages if each not in model.languages)
    if not added:
        raise InvalidInput(
            _NO_NEW_LANGUAGE, other=other.id, model=model.id, languages=", ".join(model.languages)
        )
    _refuse_other_scale(model, other)
    joining = _Joining(model, other, (*model.languages, *added))
    joined = joining.joined(model_id or model.id)
    if not joining.matches:
        raise InvalidInput(_NOTHING_IN_COMMON, other=other.id, model=model.id)
    return JoinedModel(joined, joining.report(joined, added))


def _refuse_other_scale(model: MaturityModel, other: MaturityModel) -> None:
    described = {each.level for area in other.areas for each in area.levels if not each.is_empty}
    for level in sorted(described):
        if not model.has_level(level):
            raise InvalidInput(
                _OTHER_SCALE,
                other=other.id,
                model=model.id,
                level=level,
                lowest=model.lowest_level,
                highest=model.highest_level,
            )


class _Joining:
    """One join; collects for the report what was matched, kept and left out."""

    def __init__(
        self, model: MaturityModel, other: MaturityModel, languages: tuple[str, ...]
    ) -> None:
        self.matches: list[AreaMatch] = []
        self._model = model
        self._other = other
        self._languages = languages
        self._differing = 0
        self._left_out: list[LeftOut] = []
        self._dimensions = _dimension_pairs(model, other)
        self._areas = _area_pairs(model, other, self._dimensions)
        self._indicator_ids = {
            indicator.id
            for area in model.areas
            for each in area.levels
            for indicator in each.indicators
        }

    def joined(self, model_id: str) -> MaturityModel:
        """The model with the texts of both."""
        model, other = self._model, self._other
        dimension_by_id = {pair.ours.id: pair.theirs for pair in self._dimensions}
        dimensions = tuple(
            self._dimension(each, dimension_by_id.get(each.id)) for each in model.dimensions
        )
        self._note_left_out_parts()
        own_languages = self._languages[: len(model.languages)]
        added = "+".join(self._languages[len(own_languages) :])
        version = f"{model.content_version[:200]} + {added} {other.content_version}"
        return dataclasses.replace(
            model,
            id=model_id,
            content_version=version[:300].rstrip(),
            languages=self._languages,
            name=self._complete(model.name, other.name),
            description=self._text(model.description, other.description),
            levels=tuple(map(self._level, model.levels)),
            dimensions=self._with_distinct_labels(dimensions),
            sources=tuple(dict.fromkeys((*model.sources, *other.sources))),
            efforts=self._entries(model.efforts, other.efforts),
            roles=self._entries(model.roles, other.roles),
            prerequisites=self._prerequisites(),
        )

    def report(self, joined: MaturityModel, added: tuple[str, ...]) -> JoinReport:
        """The report, after :meth:`joined`."""
        matched = {match.area_id for match in self.matches}
        return JoinReport(
            other_id=self._other.id,
            languages=joined.languages,
            dimensions=len(joined.dimensions),
            areas=len(joined.areas),
            cells={each: _cells(joined, each) for each in joined.languages},
            described=_cells(joined),
            added=added,
            matches=tuple(self.matches),
            untranslated=tuple(area.id for area in joined.areas if area.id not in matched),
            left_out=tuple(self._left_out),
            differing=self._differing,
        )

    # ---- texts -----------------------------------------------------------------------------------

    def _text(self, ours: LocalText, theirs: LocalText) -> LocalText:
        """Our texts, and theirs in the languages where we have none."""
        own, other = ours.as_dict(), theirs.as_dict()
        self._differing += sum(
            bool(own.get(each)) and bool(other.get(each)) and own[each] != other[each]
            for each in self._languages
        )
        found = {each: own.get(each) or other.get(each, own.get(each)) for each in self._languages}
        return LocalText(tuple((key, said) for key, said in found.items() if said is not None))

    def _complete(self, ours: LocalText, theirs: LocalText) -> LocalText:
        """A name, which needs every language: where there is none, it is the first one's."""
        found = self._text(ours, theirs)
        return LocalText(tuple((each, found.in_language(each)) for each in self._languages))

    # ---- parts of the model ----------------------------------------------------------------------

    def _level(self, level: Level) -> Level:
        number = level.number
        theirs = self._other.level(number) if self._other.has_level(number) else level
        return dataclasses.replace(
            level,
            name=self._complete(level.name, theirs.name),
            description=self._text(level.description, theirs.description),
        )

    def _dimension(self, dimension: Dimension, theirs: Dimension | None) -> Dimension:
        areas = tuple(self._area(each) for each in dimension.areas)
        theirs = theirs or Dimension(dimension.id, LocalText())
        return dataclasses.replace(
            dimension,
            name=self._complete(dimension.name, theirs.name),
            description=self._text(dimension.description, theirs.description),
            headings=_distinct(dimension.headings, theirs.headings),
            areas=areas,
        )

    def _area(self, area: Area) -> Area:
        pair = self._areas.get(area.id)
        theirs = pair.theirs if pair else Area(area.id, LocalText(), LocalText())
        if pair:
            self.matches.append(AreaMatch(area.id, theirs.id, _name_of(theirs), pair.how))
        numbers = sorted({each.level for each in (*area.levels, *theirs.levels)})
        return dataclasses.replace(
            area,
            name=self._complete(area.name, theirs.name),
            label=self._complete(area.label, theirs.label),
            question=self._text(area.question, theirs.question),
            headings=_distinct(area.headings, theirs.headings),
            levels=tuple(
                self._description(area.description_of(each), theirs.description_of(each))
                for each in numbers
            ),
            actions=self._actions(area, theirs),
        )

    def _description(self, ours: LevelDescription, theirs: LevelDescription) -> LevelDescription:
        return LevelDescription(
            ours.level,
            self._text(ours.short, theirs.short),
            self._text(ours.summary, theirs.summary),
            self._indicators(ours.indicators, theirs.indicators),
        )

    def _indicators(
        self, ours: Sequence[Indicator], theirs: Sequence[Indicator]
    ) -> tuple[Indicator, ...]:
        """Ours; where we have none at this level, theirs, which are texts of the level too."""
        if not ours:
            ours = [each for each in theirs if each.id not in self._indicator_ids]
        pairs = pair_up(ours, theirs)
        text_by_id = {pair.ours.id: pair.theirs.text for pair in pairs}
        self._leave_out("indicator", theirs, {pair.theirs.id for pair in pairs})
        return tuple(
            Indicator(each.id, self._text(each.text, text_by_id.get(each.id, LocalText())))
            for each in ours
        )

    def _actions(self, ours: Area, theirs: Area) -> tuple[Action, ...]:
        pairs = pair_up(ours.actions, theirs.actions, _is_same_step)
        text_by_id = {pair.ours.id: pair.theirs.text for pair in pairs}
        self._leave_out("action", theirs.actions, {pair.theirs.id for pair in pairs})
        return tuple(
            dataclasses.replace(
                each, text=self._text(each.text, text_by_id.get(each.id, LocalText()))
            )
            for each in ours.actions
        )

    def _entries(
        self, ours: Sequence[NamedEntry], theirs: Sequence[NamedEntry]
    ) -> tuple[NamedEntry, ...]:
        text_by_id = {each.id: each.text for each in theirs}
        return tuple(
            NamedEntry(each.id, self._text(each.text, text_by_id.get(each.id, LocalText())))
            for each in ours
        )

    def _prerequisites(self) -> tuple[Prerequisite, ...]:
        """Ours; the reason in other languages comes from the same one of theirs."""
        reasons = (each.reason for each in self._other.prerequisites)
        reason_by_step = dict(zip(self._their_steps(), reasons, strict=True))
        return tuple(
            dataclasses.replace(
                each,
                reason=self._text(each.reason, reason_by_step.get(_step_of(each), LocalText())),
            )
            for each in self._model.prerequisites
        )

    def _their_steps(self) -> list[StepKey]:
        """Targets of their prerequisites, in our ids."""
        our_id = {pair.theirs.id: pair.ours.id for pair in self._areas.values()}
        return [
            _step_of(
                dataclasses.replace(
                    each,
                    area_id=our_id.get(each.area_id, ""),
                    required_area_id=our_id.get(each.required_area_id, ""),
                )
            )
            for each in self._other.prerequisites
        ]

    def _with_distinct_labels(self, dimensions: tuple[Dimension, ...]) -> tuple[Dimension, ...]:
        """Labels that tell areas apart in every language, also where one was borrowed."""
        taken: set[tuple[str, str]] = set()

        def label(area: Area, dimension: Dimension) -> LocalText:
            return LocalText(
                tuple(
                    (code, _free_label(code, said, dimension.name.in_language(code), taken))
                    for code, said in area.label.by_language
                )
            )

        return tuple(
            dataclasses.replace(
                dimension,
                areas=tuple(
                    dataclasses.replace(area, label=label(area, dimension))
                    for area in dimension.areas
                ),
            )
            for dimension in dimensions
        )

    # ---- what was left out -----------------------------------------------------------------------

    def _note_left_out_parts(self) -> None:
        areas = {pair.theirs.id for pair in self._areas.values()}
        self._leave_out("area", self._other.areas, areas)
        steps = set(map(_step_of, self._model.prerequisites))
        self._left_out += [
            LeftOut("prerequisite", each.id, each.id)
            for each, step in zip(self._other.prerequisites, self._their_steps(), strict=True)
            if step not in steps
        ]

    def _leave_out(
        self, kind: Kind, theirs: Iterable[Area | Indicator | Action], paired: Set[str]
    ) -> None:
        self._left_out += [
            LeftOut(kind, each.id, _name_of(each)) for each in theirs if each.id not in paired
        ]


def _dimension_pairs(model: MaturityModel, other: MaturityModel) -> list[Pair[Dimension]]:
    """Pairs by id, else by position; by the number of areas where only the order differs."""
    ours = {len(each.areas): each for each in model.dimensions}
    theirs = {len(each.areas): each for each in other.dimensions}
    are_distinct = len(ours) == len(model.dimensions) and len(theirs) == len(other.dimensions)
    have_same_id = {each.id for each in model.dimensions} & {each.id for each in other.dimensions}
    if are_distinct and not have_same_id and ours.keys() == theirs.keys():
        return [Pair(each, theirs[size], "position") for size, each in ours.items()]
    return pair_up(model.dimensions, other.dimensions)


def _area_pairs(
    model: MaturityModel, other: MaturityModel, dimensions: Iterable[Pair[Dimension]]
) -> dict[str, Pair[Area]]:
    """The pair of each of our areas: by id anywhere, by position within a pair of dimensions."""
    pairs = {each.ours.id: each for each in pair_up(model.areas, other.areas) if each.how == "id"}
    paired = frozenset(pairs)
    for dimension in dimensions:
        ours, theirs = dimension.ours.areas, dimension.theirs.areas
        moved = paired - ({area.id for area in ours} & {area.id for area in theirs})
        found = pair_up(
            [area for area in ours if area.id not in moved],
            [area for area in theirs if area.id not in moved],
        )
        pairs |= {pair.ours.id: pair for pair in found}
    return pairs


def _is_same_step(action: Action, other: Action) -> bool:
    return (action.from_level, action.to_level) == (other.from_level, other.to_level)


def _step_of(prerequisite: Prerequisite) -> StepKey:
    required = (prerequisite.required_area_id, prerequisite.required_level)
    return (prerequisite.area_id, prerequisite.level, *required)


def _name_of(part: Area | Indicator | Action) -> str:
    text = part.name if isinstance(part, Area) else part.text
    return text.in_language("")


def _cells(model: MaturityModel, language: str | None = None) -> int:
    """Number of levels of areas that have a text, in one language or in any."""
    return sum(
        any(
            bool(text) if language is None else bool(text.as_dict().get(language))
            for text in (each.short, each.summary, *(found.text for found in each.indicators))
        )
        for area in model.areas
        for each in area.levels
    )


def _distinct(ours: Sequence[str], theirs: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*ours, *theirs)))


def _free_label(language: str, label: str, dimension: str, taken: set[tuple[str, str]]) -> str:
    """The label, with its dimension or a number if another area has the same in this language."""
    numbered = (f"{label[:200]} ({dimension[:60]}) {number}" for number in count(2))
    for candidate in chain([label, f"{label[:200]} ({dimension[:60]})"], numbered):
        look = (language, unicodedata.normalize("NFKC", candidate).casefold().strip())
        if look not in taken:
            taken.add(look)
            return candidate
    raise AssertionError("numbers do not end")
