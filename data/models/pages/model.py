"""Builds a maturity model from the placed sections of published pages."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Sequence

from app.model.codec import model_digest
from app.model.maturity_model import (
    Action,
    Area,
    Dimension,
    Level,
    LevelDescription,
    LocalText,
    MaturityModel,
    NamedEntry,
    Prerequisite,
    Source,
)
from data.models.import_report import Match
from data.models.pages import own_words
from data.models.pages.alignment import heading_key
from data.models.pages.ids import slug
from data.models.pages.page_set import PageSet
from data.models.pages.placement import AreaDraft, DimensionDraft, PlacedSection


class ModelBuilding:
    """Builds one model; records its matches in ``matches``."""

    def __init__(self, language: str, known: MaturityModel, page_set: PageSet) -> None:
        self.matches: list[Match] = []
        self._language = language
        self._known = known
        self._set = page_set
        self._taken_ids: set[str] = set()
        self._taken_labels: set[str] = set()

    def model(self, drafts: Sequence[DimensionDraft], model_id: str | None) -> MaturityModel:
        """The model; its version is made from its content, and so is its id unless one is given."""
        is_known = any(draft.known for draft in drafts)
        if is_known:  # also of areas that are on no page: the same id would mean something else
            self._taken_ids |= {each.id for each in self._known.dimensions}
            self._taken_ids |= {area.id for area in self._known.areas}
        numbered = enumerate(drafts, start=1)
        model = MaturityModel(
            id=model_id or "pages",
            content_version="",
            languages=(self._language,),
            name=self._model_name(is_known),
            description=self._own(self._set.description),
            levels=tuple(self._levels()),
            dimensions=tuple(self._dimension(draft, number) for number, draft in numbered),
            sources=tuple(self._sources(is_known)),
        )
        if is_known:
            model = self._with_known_roles(model)
        digest = model_digest(model)[:8]
        return dataclasses.replace(model, id=model_id or f"pages-{digest}", content_version=digest)

    def _own(self, text: str) -> LocalText:
        return LocalText(((self._language, text),)) if text else LocalText()

    def _known_text(self, text: LocalText) -> str:
        """The known model's text if it has one in our language, or else in it without a region."""
        texts = text.as_dict()
        return texts.get(self._language) or texts.get(self._language.split("-")[0], "")

    def _model_name(self, is_known: bool) -> LocalText:
        title = self._set.title
        base = self._known_text(self._known.name) if is_known else title
        return self._own(own_words.model_name(self._language, (base or title)[:200].rstrip()))

    def _levels(self) -> Iterator[Level]:
        page_by_level = {page.level: page for page in self._set.pages}
        for number in self._set.scale:
            page = page_by_level.get(number)
            name = (page.name if page else "") or own_words.level_name(self._language, number)
            description = page.description if page else ""
            yield Level(
                number,
                self._own(name[:300].rstrip()),
                self._own(description),
            )

    def _sources(self, is_known: bool) -> Iterator[Source]:
        for file in self._set.files:
            title = file.title
            yield Source((f"{file.file}: {title}" if title else file.file)[:300].rstrip())
        if is_known:
            known_name = self._known_text(self._known.name) or self._known.id
            yield Source(f"{known_name}, {self._known.content_version}"[:300].rstrip())

    def _dimension(self, draft: DimensionDraft, number: int) -> Dimension:
        headings = distinct(chapter.heading for _, chapter in draft.chapters)
        known = draft.known
        own_name = headings[0] if headings else f"Dimension {number}"
        id_ = known.id if known else self._free_id(slug(own_name, 30) or "dimension")
        intro = draft.introduction
        return Dimension(
            id=id_,
            name=self._own((known and self._known_text(known.name)) or own_name),
            description=self._own(intro or (self._known_text(known.description) if known else "")),
            headings=distinct([*(known.headings if known else ()), *headings]),
            areas=tuple(
                self._area(area, id_, own_name, index)
                for index, area in enumerate(draft.areas, start=1)
            ),
        )

    def _area(self, draft: AreaDraft, dimension_id: str, dimension: str, number: int) -> Area:
        headings = distinct(placed.section.heading for placed in draft.placed)
        known = draft.known
        own_name = headings[0] if headings else own_words.area_name(self._language, number)
        id_ = (
            known.id
            if known
            else self._free_id(f"{dimension_id}.{slug(own_name, 40) or f'area-{number}'}")
        )
        self._note_matches(draft, id_)
        label = (known and self._known_text(known.label)) or own_name
        return Area(
            id=id_,
            name=self._own((known and self._known_text(known.name)) or own_name),
            label=self._own(self._free_label(label, dimension)),
            question=self._own(
                (known and self._known_text(known.question)) or _first_question(draft.placed)
            ),
            headings=distinct([*(known.headings if known else ()), *headings]),
            levels=tuple(
                LevelDescription(
                    placed.page.level,
                    short=self._own(placed.section.short),
                    summary=self._own(placed.section.text),
                )
                for placed in draft.placed
                if placed.section.text
            ),
            actions=tuple(self._known_actions(known)) if known else (),
        )

    def _note_matches(self, draft: AreaDraft, area_id: str) -> None:
        draft.placed.sort(key=lambda placed: placed.page.level)
        self.matches += [
            Match(
                area_id,
                placed.page.level,
                placed.section.heading,
                placed.section.file,
                placed.section.line,
                placed.how,
            )
            for placed in draft.placed
        ]

    def _known_actions(self, known: Area) -> Iterator[Action]:
        for action in known.actions:
            text = self._known_text(action.text)
            if text:
                yield dataclasses.replace(action, text=self._own(text))

    def _with_known_roles(self, model: MaturityModel) -> MaturityModel:
        """Add what the actions refer to, and the prerequisites between the areas we have.

        Actions and prerequisites to levels outside our scale are left out.
        """
        dimensions = tuple(
            dataclasses.replace(
                dimension, areas=tuple(_on_scale(area, model) for area in dimension.areas)
            )
            for dimension in model.dimensions
        )
        return dataclasses.replace(
            model,
            dimensions=dimensions,
            efforts=self._entries(self._known.efforts),
            roles=self._entries(self._known.roles),
            prerequisites=tuple(
                dataclasses.replace(each, reason=self._own(self._known_text(each.reason)))
                for each in self._known.prerequisites
                if _fits(each, model)
            ),
        )

    def _entries(self, entries: Sequence[NamedEntry]) -> tuple[NamedEntry, ...]:
        """Effort classes or roles; one without a text in our language is called by its id."""
        return tuple(
            NamedEntry(entry.id, self._own(self._known_text(entry.text) or entry.id))
            for entry in entries
        )

    def _free_id(self, wanted: str) -> str:
        return _free(wanted, "-{number}", self._taken_ids, str)

    def _free_label(self, wanted: str, dimension: str) -> str:
        """The label, with its dimension if another area has the same label."""
        short = wanted[:200].rstrip()
        if heading_key(short) in self._taken_labels:
            short = f"{short} ({dimension[:60]})"
        return _free(short, " {number}", self._taken_labels, heading_key)


def _first_question(placed: Sequence[PlacedSection]) -> str:
    return next((each.section.question for each in placed if each.section.question), "")


def distinct(texts: Iterable[str]) -> tuple[str, ...]:
    """The texts that are not empty, each once, in their order."""
    return tuple(dict.fromkeys(text for text in texts if text))


def _free(wanted: str, ending: str, taken: set[str], look: Callable[[str], str]) -> str:
    """The text, with a number appended if it is already taken."""
    candidate, number = wanted, 1
    while look(candidate) in taken:
        number += 1
        candidate = wanted + ending.format(number=number)
    taken.add(look(candidate))
    return candidate


def _on_scale(area: Area, model: MaturityModel) -> Area:
    fitting = tuple(
        action
        for action in area.actions
        if model.has_level(action.from_level) and model.has_level(action.to_level)
    )
    return dataclasses.replace(area, actions=fitting)


def _fits(prerequisite: Prerequisite, model: MaturityModel) -> bool:
    return (
        model.has_area(prerequisite.area_id)
        and model.has_area(prerequisite.required_area_id)
        and model.has_level(prerequisite.level)
        and model.has_level(prerequisite.required_level)
    )
