"""Cross-reference checks of a model file: ids, levels, languages, prerequisites.

Works on the plain content of a file and steps over whatever has the wrong form, so that these
faults are named together with those of form. Validators of the pydantic models could not do that:
they run only once the form of everything they look at is right.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from pydantic_core import PydanticCustomError

from app.errors import Fault
from app.model.circles import CIRCLE, Edge, Step, circles
from app.model.scale import HIGHEST_LEVEL, LOWEST_LEVELS, missing_levels
from app.words.texts import N_
from data.fault_words import NO_AREA, NO_AREA_BUT, Place, closest, shortened
from data.models.located import LocatedDocument
from data.models.schema import MAX_LANGUAGES, whole_number

_INLINE_KEYS = {
    "indicators": ("id", "texts"),
    "efforts": ("id", "texts"),
    "roles": ("id", "texts"),
    "actions": ("id", "from", "to", "effort", "owner", "texts"),
}
_MAX_CIRCLES = 20
_MANY_PREREQUISITES = 1_000
"""From here on only one circle is reported, because the search is repeated for each."""
_MAX_STEPS_SHOWN = 12

Located = tuple[Place, dict[str, Any]]


def reference_faults(document: LocatedDocument) -> list[Fault]:
    """All faults between the parts of a model file; none where the file holds no keys at all."""
    if not isinstance(document.data, dict):
        return []
    checks = _Checks(document, document.data)
    checks.levels()
    checks.languages()
    checks.ids()
    checks.labels()
    checks.level_descriptions()
    checks.actions()
    checks.prerequisites()
    return checks.faults


def level_number(value: object) -> int | None:
    """The number a file means, or nothing where no level can have it."""
    try:
        number = whole_number(value)
    except PydanticCustomError:
        return None
    return number if 0 <= number <= HIGHEST_LEVEL else None


@dataclass(slots=True)
class _Checks:
    document: LocatedDocument
    data: dict[str, Any]
    faults: list[Fault] = field(default_factory=list)
    scale: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        numbers = [level_number(entry.get("level")) for _, entry in entries(self.data, "levels")]
        if None not in numbers:  # a slip in one number would make the others look wrong
            self.scale = frozenset(number for number in numbers if number is not None)

    def fault(self, template: str, place: Place, **values: object) -> None:
        self.faults.append(self.document.fault(template, place, **values))

    # The parts of the file

    def dimensions(self) -> Iterator[Located]:
        return entries(self.data, "dimensions")

    def areas(self) -> Iterator[Located]:
        for place, dimension in self.dimensions():
            yield from entries(dimension, "areas", place)

    def in_areas(self, key: str) -> Iterator[Located]:
        for place, area in self.areas():
            yield from entries(area, key, place)

    def indicators(self) -> Iterator[Located]:
        for place, description in self.in_areas("levels"):
            yield from entries(description, "indicators", place)

    # The checks

    def levels(self) -> None:
        """Levels must be there once each, without a hole, beginning at 0 or 1."""
        self._distinct_levels(entries(self.data, "levels"))
        if not self.scale:
            return
        lowest = min(self.scale)
        if lowest not in LOWEST_LEVELS:
            self.fault(
                N_("The lowest level must be 0 or 1, not {level}."), ("levels",), level=lowest
            )
        for missing in missing_levels(self.scale):
            self.fault(N_("Level {level} is missing in the scale."), ("levels",), level=missing)

    def _distinct_levels(self, located: Iterable[Located]) -> None:
        seen: set[int] = set()
        for place, entry in located:
            number = level_number(entry.get("level"))
            if number is None:
                continue
            if number in seen:
                self.fault(N_("Level {level} appears twice."), (*place, "level"), level=number)
            seen.add(number)

    def languages(self) -> None:
        """Declared once, needed for names and labels, and no other ones anywhere."""
        declared = self.data.get("languages")
        if not isinstance(declared, list) or len(declared) > MAX_LANGUAGES:
            return
        codes: list[str] = []
        for index, code in enumerate(declared):
            if not isinstance(code, str):
                continue
            if code in codes:
                self.fault(
                    N_("The language {language} appears twice."),
                    ("languages", index), language=code,
                )  # fmt: skip
            else:
                codes.append(code)
        for place, texts, complete in self._texts():
            self._texts_in_languages(place, texts, codes, complete)
        self._inline_texts_in_languages(codes)

    def _texts(self) -> Iterator[tuple[Place, dict[str, Any], bool]]:
        """Every group of texts; True with those that need all declared languages."""
        named = [((), self.data), *entries(self.data, "levels"), *self.dimensions(), *self.areas()]
        for place, entry in named:
            for key, complete in (
                ("name", True), ("label", True), ("description", False), ("question", False),
            ):  # fmt: skip
                if isinstance(entry.get(key), dict):
                    yield (*place, key), entry[key], complete
        for place, entry in self.in_areas("levels"):
            for key in ("short", "summary"):
                if isinstance(entry.get(key), dict):
                    yield (*place, key), entry[key], False
        for _, place, entry in self._inline_entries():
            if isinstance(entry.get("texts"), dict):
                yield (*place, "texts"), entry["texts"], False
        for place, entry in entries(self.data, "prerequisites"):
            if isinstance(entry.get("reason"), dict):
                yield (*place, "reason"), entry["reason"], False

    def _texts_in_languages(
        self, place: Place, texts: Mapping[str, Any], codes: list[str], complete: bool
    ) -> None:
        for code in texts:
            if code not in codes:
                self._undeclared(place, code, codes)
        for code in codes if complete else ():
            said = texts.get(code)
            if said is None or (isinstance(said, str) and not said.strip()):
                self.fault(
                    N_("The text in the language {language} is missing."), place, language=code
                )

    def _inline_texts_in_languages(self, codes: list[str]) -> None:
        for key, place, entry in self._inline_entries():
            known = [*_INLINE_KEYS[key], *codes]
            for word in entry:
                if word not in known:
                    self._undeclared(place, word, known)
            beside = {code: entry.get(code) for code in codes if code not in _INLINE_KEYS[key]}
            under = entry["texts"] if isinstance(entry.get("texts"), dict) else {}
            for code in under:
                if beside.get(code) is not None:
                    self.fault(
                        N_("The language {language} appears twice."),
                        (*place, "texts", code), language=code,
                    )  # fmt: skip
            texts = (*beside.values(), *under.values())
            if not any(isinstance(said, str) and said for said in texts):
                self.fault(N_("A text is missing here in any language."), place)

    def _inline_entries(self) -> Iterator[tuple[str, Place, dict[str, Any]]]:
        """Every group that holds texts beside its other keys."""
        for key, located in (
            ("efforts", entries(self.data, "efforts")),
            ("roles", entries(self.data, "roles")),
            ("indicators", self.indicators()),
            ("actions", self.in_areas("actions")),
        ):
            for place, entry in located:
                yield key, place, entry

    def _undeclared(self, place: Place, word: str, known: list[str]) -> None:
        suggestion = closest(word, known)
        if suggestion:
            self.fault(
                N_("The key {key} is not known here; did you mean {suggestion}?"),
                (*place, word), key=shortened(word), suggestion=suggestion,
            )  # fmt: skip
            return
        self.fault(
            N_("{key} is neither a known key here nor a declared language."),
            (*place, word), key=shortened(word),
        )  # fmt: skip

    def ids(self) -> None:
        """Each kind of thing has ids of its own, and none twice."""
        for located in (
            self.dimensions(),
            self.areas(),
            self.indicators(),
            self.in_areas("actions"),
            entries(self.data, "efforts"),
            entries(self.data, "roles"),
            entries(self.data, "prerequisites"),
        ):
            self._distinct_ids(located)

    def _distinct_ids(self, located: Iterable[Located]) -> None:
        line_by_id: dict[str, int] = {}
        for place, entry in located:
            id_ = entry.get("id")
            if not isinstance(id_, str):
                continue
            if id_ in line_by_id:
                self.fault(
                    N_("The id {id} appears twice; the first one is in line {first}."),
                    (*place, "id"), id=shortened(id_), first=line_by_id[id_],
                )  # fmt: skip
            line_by_id.setdefault(id_, self.document.line_of((*place, "id")))

    def labels(self) -> None:
        """Labels tell areas apart in charts, so no two may look the same in a language."""
        line_by_label: dict[tuple[str, str], int] = {}
        for place, area in self.areas():
            labels = area.get("label")
            for code, label in labels.items() if isinstance(labels, dict) else ():
                if not isinstance(label, str) or not label.strip():
                    continue
                look = (code, unicodedata.normalize("NFKC", label).casefold().strip())
                at = (*place, "label", code)
                if look in line_by_label:
                    self.fault(
                        N_("The label {label} appears twice; the first one is in line "
                                "{first}."),
                        at, label=shortened(label), first=line_by_label[look],
                    )  # fmt: skip
                line_by_label.setdefault(look, self.document.line_of(at))

    def level_descriptions(self) -> None:
        """Only levels of the scale are described, each once in an area."""
        for place, area in self.areas():
            self._distinct_levels(entries(area, "levels", place))
        for place, entry in self.in_areas("levels"):
            self._known_level((*place, "level"), entry.get("level"))

    def actions(self) -> None:
        """An action leads upwards on the scale; effort and owner are among the declared ones."""
        efforts = _ids(entries(self.data, "efforts"))
        roles = _ids(entries(self.data, "roles"))
        for place, action in self.in_areas("actions"):
            lower, upper = level_number(action.get("from")), level_number(action.get("to"))
            self._known_level((*place, "from"), action.get("from"))
            self._known_level((*place, "to"), action.get("to"))
            if lower is not None and upper is not None and upper <= lower:
                self.fault(N_("An action must lead to a higher level."), (*place, "to"))
            self._known_id(
                N_("The effort {id} is not declared under efforts."),
                N_("The effort {id} is not declared under efforts; did you mean {suggestion}?"),
                (*place, "effort"), action.get("effort"), efforts,
            )  # fmt: skip
            self._known_id(
                N_("The owner {id} is not declared under roles."),
                N_("The owner {id} is not declared under roles; did you mean {suggestion}?"),
                (*place, "owner"), action.get("owner"), roles,
            )  # fmt: skip

    def prerequisites(self) -> None:
        """Areas and levels exist, and no chain of prerequisites leads back to its beginning."""
        edges: list[Edge] = []
        area_ids = _ids(self.areas())
        for place, entry in entries(self.data, "prerequisites"):
            required = entry.get("requires")
            required = required if isinstance(required, dict) else {}
            self._known_area((*place, "area"), entry.get("area"), area_ids)
            self._known_area((*place, "requires", "area"), required.get("area"), area_ids)
            self._known_level((*place, "level"), entry.get("level"))
            self._known_level((*place, "requires", "level"), required.get("level"))
            edge = _edge(place, entry, required)
            if edge:
                edges.append(edge)
        most = _MAX_CIRCLES if len(edges) <= _MANY_PREREQUISITES else 1
        for circle in islice(circles(edges, self.scale), most):
            self.fault(
                CIRCLE,
                circle.place,
                steps=_steps_in_words(circle.steps),
            )

    def _known_level(self, place: Place, value: object) -> None:
        number = level_number(value)
        if number is not None and self.scale and number not in self.scale:
            self.fault(
                N_("Level {level} is not on the scale of this model ({lowest} to {highest})."),
                place, level=number, lowest=min(self.scale), highest=max(self.scale),
            )  # fmt: skip

    def _known_area(self, place: Place, value: object, area_ids: dict[str, None]) -> None:
        self._known_id(NO_AREA, NO_AREA_BUT, place, value, area_ids)

    def _known_id(
        self, template: str, guessing: str, place: Place, value: object, known: dict[str, None]
    ) -> None:
        if not isinstance(value, str) or value in known:
            return
        suggestion = closest(value, list(known))
        if suggestion:
            self.fault(guessing, place, id=shortened(value), suggestion=suggestion)
        else:
            self.fault(template, place, id=shortened(value))


def entries(content: Mapping[str, Any], key: str, place: Place = ()) -> Iterator[Located]:
    """The well-formed entries of a list and where they stand."""
    listed = content.get(key)
    for index, entry in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(entry, dict):
            yield (*place, key, index), entry


def _ids(located: Iterable[Located]) -> dict[str, None]:
    """The ids in the order of the file, quick to look up."""
    return {entry["id"]: None for _, entry in located if isinstance(entry.get("id"), str)}


def _edge(place: Place, entry: Mapping[str, Any], required: Mapping[str, Any]) -> Edge | None:
    area, required_area = entry.get("area"), required.get("area")
    level, required_level = level_number(entry.get("level")), level_number(required.get("level"))
    if not isinstance(area, str) or not isinstance(required_area, str):
        return None
    if level is None or required_level is None:
        return None
    return Edge((area, level), (required_area, required_level), place)


def _steps_in_words(steps: tuple[Step, ...]) -> str:
    shown = [f"{shortened(area)} {level}" for area, level in steps]
    if len(shown) > _MAX_STEPS_SHOWN:
        shown[_MAX_STEPS_SHOWN - 1 : -1] = ["…"]
    return " → ".join(shown)
