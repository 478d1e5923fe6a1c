"""Report of joining two languages of one model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from app.model.maturity_model import MaturityModel
from app.model.pairing import How
from app.words.texts import Translator

Kind = Literal["area", "indicator", "action", "prerequisite"]

MOST_EXAMPLES = 10
_LONGEST_EXAMPLE = 60


@dataclass(frozen=True, slots=True)
class AreaMatch:
    """An area, the area of the other model it was joined with, and how that was found."""

    area_id: str
    other_id: str
    other_name: str
    how: How


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A part that only the other model has."""

    kind: Kind
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class JoinReport:
    """Counts and details of one join.

    ``cells`` maps each language to the number of levels of areas with a text in it, of
    ``described`` ones that have a text in any. ``untranslated`` are areas without a counterpart,
    ``differing`` counts texts that both models have in one language and in other words.
    """

    other_id: str
    languages: tuple[str, ...]
    dimensions: int
    areas: int
    cells: Mapping[str, int]
    described: int
    added: tuple[str, ...]
    matches: tuple[AreaMatch, ...]
    untranslated: tuple[str, ...]
    left_out: tuple[LeftOut, ...]
    differing: int

    def lines(self, translator: Translator) -> list[str]:
        """The report as sentences, one per kind, with at most ten examples."""
        return [
            *self._count_lines(translator),
            *self._match_lines(translator),
            *self._untranslated_lines(translator),
            *self._left_out_lines(translator),
            *self._differing_lines(translator),
        ]

    def _count_lines(self, tr: Translator) -> Iterator[str]:
        yield tr.gettext(
            "Dimensions: {dimensions}. Areas: {areas}.",
            dimensions=self.dimensions,
            areas=self.areas,
        )
        for language, filled in self.cells.items():
            yield tr.gettext(
                "Level descriptions with a text ({language}): {filled} of {described}.",
                language=language, filled=filled, described=self.described,
            )  # fmt: skip

    def _match_lines(self, tr: Translator) -> Iterator[str]:
        by_id = sum(match.how == "id" for match in self.matches)
        if by_id:
            yield tr.ngettext(
                "{n} area was matched by its id.", "{n} areas were matched by their ids.", by_id
            )
        placed = [match for match in self.matches if match.how == "position"]
        if placed:
            yield tr.ngettext(
                "{n} area was matched by its position: {examples}",
                "{n} areas were matched by their positions: {examples}",
                len(placed),
                examples=_examples([f"{each.area_id} ← {_quoted(each, tr)}" for each in placed]),
            )

    def _untranslated_lines(self, tr: Translator) -> Iterator[str]:
        if self.untranslated:
            yield tr.ngettext(
                "{n} area has no counterpart and keeps its texts ({languages} missing): {examples}",
                "{n} areas have no counterpart and keep their texts"
                " ({languages} missing): {examples}",
                len(self.untranslated),
                languages=", ".join(self.added),
                examples=_examples(self.untranslated),
            )

    def _left_out_lines(self, tr: Translator) -> Iterator[str]:
        by_kind: dict[Kind, list[LeftOut]] = {}
        for part in self.left_out:
            by_kind.setdefault(part.kind, []).append(part)
        for kind, parts in by_kind.items():
            examples = _examples([_short(part.name) for part in parts])
            yield _left_out_sentence(tr, kind, len(parts), self.other_id, examples)

    def _differing_lines(self, tr: Translator) -> Iterator[str]:
        if self.differing:
            yield tr.ngettext(
                "{n} text differs in a language that both models have; the first model’s was kept.",
                "{n} texts differ in a language that both models have;"
                " those of the first model were kept.",
                self.differing,
            )


@dataclass(frozen=True, slots=True)
class JoinedModel:
    """A joined model and its report."""

    model: MaturityModel
    report: JoinReport


def _quoted(match: AreaMatch, tr: Translator) -> str:
    return tr.gettext("“{text}”", text=_short(match.other_name))


def _left_out_sentence(tr: Translator, kind: Kind, n: int, model: str, examples: str) -> str:
    values = {"model": model, "examples": examples}
    if kind == "area":
        return tr.ngettext(
            "{n} area that only “{model}” has was left out: {examples}",
            "{n} areas that only “{model}” has were left out: {examples}",
            n, **values,
        )  # fmt: skip
    if kind == "indicator":
        return tr.ngettext(
            "{n} indicator that only “{model}” has was left out: {examples}",
            "{n} indicators that only “{model}” has were left out: {examples}",
            n, **values,
        )  # fmt: skip
    if kind == "action":
        return tr.ngettext(
            "{n} action that only “{model}” has was left out: {examples}",
            "{n} actions that only “{model}” has were left out: {examples}",
            n, **values,
        )  # fmt: skip
    return tr.ngettext(
        "{n} prerequisite that only “{model}” has was left out: {examples}",
        "{n} prerequisites that only “{model}” has were left out: {examples}",
        n, **values,
    )  # fmt: skip


def _examples(texts: Sequence[str]) -> str:
    shown = ", ".join(texts[:MOST_EXAMPLES])
    return f"{shown} …" if len(texts) > MOST_EXAMPLES else shown


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_EXAMPLE else line[: _LONGEST_EXAMPLE - 1] + "…"
