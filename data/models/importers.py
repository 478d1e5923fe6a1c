"""Registry of importers by file type. A new format is added here.

The first importer of ``IMPORTERS`` that recognises the paths reads them. An importer for another
format in a file of a known ending stands before the one for our own files and looks inside.
Readers are imported late, because ruamel.yaml, pydantic and markdown-it-py take their time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.model.maturity_model import MaturityModel
from data.models.import_report import ImportedModel, report_on
from data.models.text_files import PAGE_ENDINGS, is_file, is_folder

if TYPE_CHECKING:
    from data.models.provenance import Origin


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """Options of an import; they apply to pages only.

    ``known`` is the model whose headings are recognised, the built-in one by default.
    ``with_optional`` makes areas of certifications and sample figures, too. ``origin`` is where
    the pages come from, as far as the user named it.
    """

    language: str | None = None
    known: MaturityModel | None = None
    model_id: str | None = None
    with_optional: bool = False
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Importer:
    """A format of models: how it is recognised and read.

    ``read`` raises ``InvalidFile`` with every fault, ``StorageUnavailable`` where a file cannot
    be read.
    """

    endings: tuple[str, ...]
    recognises: Callable[[Sequence[Path]], bool]
    read: Callable[[Sequence[Path], ImportOptions], ImportedModel]


_YAML_ENDINGS = (".yaml", ".yml")
_JSON_ENDINGS = (".json",)


def importer_for(paths: Sequence[Path]) -> Importer | None:
    """The first importer that recognises the paths."""
    return next((each for each in IMPORTERS if each.recognises(paths)), None)


def is_page(path: Path) -> bool:
    """True for a page, a folder or a missing path (which reading reports)."""
    return path.suffix.lower() in PAGE_ENDINGS or not is_file(path)


def is_model_path(path: Path) -> bool:
    """True for an existing file or folder, and for a name that ends like a model's file."""
    endings = {*_YAML_ENDINGS, *_JSON_ENDINGS, *PAGE_ENDINGS}
    return path.suffix.lower() in endings or is_file(path) or is_folder(path)


def _one_file(endings: tuple[str, ...]) -> Callable[[Sequence[Path]], bool]:
    def recognises(paths: Sequence[Path]) -> bool:
        return len(paths) == 1 and paths[0].suffix.lower() in endings and not is_folder(paths[0])

    return recognises


def _read_yaml(paths: Sequence[Path], _: ImportOptions) -> ImportedModel:
    from data.models.yaml.reader import read_model

    model = read_model(paths[0])
    return ImportedModel(model, report_on(model))


def _read_json(paths: Sequence[Path], _: ImportOptions) -> ImportedModel:
    from data.models.yaml.reader import read_model_json

    model = read_model_json(paths[0])
    return ImportedModel(model, report_on(model))


def _read_pages(paths: Sequence[Path], options: ImportOptions) -> ImportedModel:
    from data.models.pages.reader import import_pages
    from data.models.provenance import Origin, with_origin

    imported = import_pages(
        paths,
        known=options.known,
        language=options.language,
        model_id=options.model_id,
        with_optional=options.with_optional,
    )
    return with_origin(imported, paths, options.origin or Origin())


IMPORTERS = (
    Importer(_YAML_ENDINGS, _one_file(_YAML_ENDINGS), _read_yaml),
    Importer(_JSON_ENDINGS, _one_file(_JSON_ENDINGS), _read_json),
    Importer(PAGE_ENDINGS, lambda paths: all(map(is_page, paths)), _read_pages),
)
