"""Reads a mapping file and checks it against the models and the mappings that are known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pydantic import ValidationError

from app.comparison.mappings import (
    SAME_VERSION,
    MappedAreas,
    ModelMapping,
    ModelVersion,
    check_new_mapping,
    unchanged_area_ids,
    version_of,
    with_unchanged_areas,
)
from app.comparison.reviews import Verdict
from app.errors import Fault, InvalidInput
from app.model.ids import ID_PATTERN, NO_ID
from app.model.maturity_model import MaturityModel
from app.words.texts import N_
from data import files
from data.fault_words import Place, closest
from data.models.located import LocatedDocument
from data.models.mappings.schema import MappingFile
from data.models.text_files import read_text
from data.models.yaml.text import read_yaml
from data.pydantic_faults import faults_of

REFUSED = N_("{file} cannot be used as a mapping.")

_SENTENCES = {
    "literal_error": N_(
        "This program reads mapping files with format_version {limit}, not {value}; a newer"
        " version of the program may be needed."
    ),
    ID_PATTERN: NO_ID,
}


def read_mapping(
    path: Path, models: Sequence[MaturityModel], known: Sequence[ModelMapping]
) -> ModelMapping:
    """The mapping in a YAML file, with the areas that did not change added to its pairs.

    ``models`` are all versions of models that are known, ``known`` the mappings so far. Raises
    ``InvalidFile`` with every fault and its line, among them a model or an area that is not known
    and versions that would form a circle; ``StorageUnavailable`` where the file cannot be read.
    """
    document = read_yaml(read_text(path, headline=REFUSED))
    faults = list(document.faults)
    read: MappingFile | None = None
    if document.is_complete:
        if document.data is None and not faults:
            faults.append(Fault(N_("The file is empty.")))
        else:
            read, found = _form(document)
            reported = {(fault.line, fault.path) for fault in faults}
            faults += [fault for fault in found if (fault.line, fault.path) not in reported]
    if read is not None and not faults:
        checks = _Checks(document, read, {version_of(model): model for model in models})
        faults += [*checks.versions(known), *checks.areas()]
        if not faults:
            return checks.mapping()
    raise files.refusal(REFUSED, path, *dict.fromkeys(faults))


def _form(document: LocatedDocument) -> tuple[MappingFile | None, list[Fault]]:
    try:
        return MappingFile.model_validate(document.data), []
    except ValidationError as error:
        return None, list(faults_of(error, MappingFile, document.fault, _SENTENCES))


class _Checks:
    """Checks of a mapping whose form is right against the models that it names."""

    def __init__(
        self,
        document: LocatedDocument,
        read: MappingFile,
        models: Mapping[ModelVersion, MaturityModel],
    ) -> None:
        self._document = document
        self._read = read
        self._models = models
        self._earlier = ModelVersion(read.earlier.model, read.earlier.version)
        self._later = ModelVersion(read.later.model, read.later.version)
        self._met: dict[tuple[str, ...], Place] = {}
        """Values that may be there only once, and where each was met first."""

    def mapping(self) -> ModelMapping:
        """The mapping, once nothing is wrong."""
        pairs = (MappedAreas(p.area_then, p.area_now, p.relation) for p in self._read.pairs)
        written = ModelMapping(self._earlier, self._later, tuple(pairs), self._read.source or "")
        return with_unchanged_areas(written, self._models[self._earlier], self._models[self._later])

    def versions(self, known: Sequence[ModelMapping]) -> Iterator[Fault]:
        """Faults of the two versions."""
        ends = (("from", self._earlier), ("to", self._later))
        unknown = [(key, version) for key, version in ends if version not in self._models]
        for key, version in unknown:
            yield self._unknown_version(key, version)
        if self._earlier == self._later:
            yield self._document.fault(SAME_VERSION, ("to",), version=self._earlier)
        elif not unknown:
            try:
                check_new_mapping(self.mapping(), known)
            except InvalidInput as error:
                yield self._document.fault(error.template, ("to",), **error.values)

    def _unknown_version(self, key: str, version: ModelVersion) -> Fault:
        others = [
            each.content_version for each in self._models if each.model_id == version.model_id
        ]
        if not others:
            return self._document.fault(
                N_("The model “{model}” is not known. Import it first, or correct its id."),
                (key, "model"),
                model=version.model_id,
            )
        return self._document.fault(
            N_(
                "Of the model “{model}” no version {version} is known, only: {known}. Import that"
                " version first, or correct it."
            ),
            (key, "version"),
            model=version.model_id,
            version=version.content_version,
            known=", ".join(others),
        )

    def areas(self) -> Iterator[Fault]:
        """Faults of the pairs: unknown areas, a pair twice, and two equals for one area."""
        if self._earlier == self._later:
            return
        earlier, later = self._models.get(self._earlier), self._models.get(self._later)
        unchanged = unchanged_area_ids(earlier, later) if earlier and later else frozenset()
        for number, pair in enumerate(self._read.pairs):
            place: Place = ("pairs", number)
            yield from self._unknown_area((*place, "from"), pair.area_then, earlier)
            yield from self._unknown_area((*place, "to"), pair.area_now, later)
            first = self._met_before(place, pair.area_then, pair.area_now)
            if first is not None:
                yield self._document.fault(
                    N_("This pair is there twice, in line {first} too."), place, first=first
                )
            elif pair.relation is Verdict.EQUAL:
                yield from self._second_equal((*place, "from"), pair.area_then)
                yield from self._second_equal((*place, "to"), pair.area_now)
                if pair.area_then != pair.area_now:
                    yield from self._equal_to_itself((*place, "from"), pair.area_then, unchanged)
                    yield from self._equal_to_itself((*place, "to"), pair.area_now, unchanged)

    def _met_before(self, place: Place, *what: str) -> int | None:
        """The line where this was met first; ``None`` if it is here."""
        first = self._met.setdefault(what, place)
        return None if first == place else self._document.line_of(first)

    def _unknown_area(
        self, place: Place, area_id: str, model: MaturityModel | None
    ) -> Iterator[Fault]:
        if model is None or model.has_area(area_id):
            return
        values = {"area": area_id, "version": version_of(model)}
        suggestion = closest(area_id, [area.id for area in model.areas])
        if suggestion:
            yield self._document.fault(
                N_("{version} has no area “{area}”. Did you mean “{suggestion}”?"),
                place,
                **values,
                suggestion=suggestion,
            )
        else:
            yield self._document.fault(N_("{version} has no area “{area}”."), place, **values)

    def _second_equal(self, place: Place, area_id: str) -> Iterator[Fault]:
        first = self._met_before(place, "equal", str(place[-1]), area_id)
        if first is not None:
            yield self._document.fault(
                N_(
                    "“{area}” is equal to another area already, in line {first}. An area can be"
                    " equal to only one."
                ),
                place,
                area=area_id,
                first=first,
            )

    def _equal_to_itself(
        self, place: Place, area_id: str, unchanged: frozenset[str]
    ) -> Iterator[Fault]:
        if area_id in unchanged:
            yield self._document.fault(
                N_(
                    "“{area}” has the same texts in both versions, so it is equal to itself and to"
                    " no other area."
                ),
                place,
                area=area_id,
            )
