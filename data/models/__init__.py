"""Maturity models as files: built-in and imported ones.

``load_model_source`` reads any supported input and chooses the importer
(:mod:`data.models.importers`):

* ``.yaml``, ``.yml``: a model file (``docs/model-files.md``),
* ``.json``: the same structure as JSON,
* ``.md`` or a folder: published Markdown pages, one for each level or with the levels inside.

``builtin`` holds the models of the program. Nothing here loads ruamel.yaml or pydantic before a
file is read, because the built-in models are needed while the window opens.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import Fault, InvalidFile, InvalidInput
from app.model.maturity_model import MaturityModel
from app.words.texts import N_
from data.models.import_report import ImportedModel

if TYPE_CHECKING:
    from data.models.importers import ImportOptions
    from data.models.provenance import Origin

__all__ = ["ImportedModel", "load_model_source", "model_to_yaml"]

_FOREIGN = N_(
    "This comes from {format}, whose format Stufenplan does not read yet. It reads its own model"
    " files (.yaml, .json) and Markdown pages."
)


def load_model_source(
    paths: Sequence[Path],
    language: str | None = None,
    known: MaturityModel | None = None,
    model_id: str | None = None,
    *,
    with_optional: bool = False,
    origin: Origin | None = None,
) -> ImportedModel:
    """The model in a file, a folder or several pages, with a report of the import.

    All but the paths matter for pages only; see :func:`data.models.pages.reader.import_pages` and
    :func:`data.models.provenance.with_origin`. Raises ``InvalidFile`` with every fault,
    ``InvalidInput`` for no paths at all, ``StorageUnavailable`` where a file cannot be read.
    """
    from data.models.importers import ImportOptions

    if not paths:
        raise InvalidInput(N_("No file was named."))
    try:
        options = ImportOptions(language, known, model_id, with_optional, origin)
        return _read(paths, options)
    except InvalidFile as error:
        from data.models.foreign import foreign_format
        from data.models.text_files import refusal

        foreign = foreign_format(paths)
        if foreign is None:
            raise
        fault = Fault(_FOREIGN, values=(("format", foreign),))
        raise refusal(paths[0], fault) from error


def _read(paths: Sequence[Path], options: ImportOptions) -> ImportedModel:
    from data.models.importers import importer_for, is_page
    from data.models.text_files import refusal

    importer = importer_for(paths)
    if importer is None:
        unknown = next(path for path in paths if not is_page(path))
        raise refusal(unknown, _unknown_ending(len(paths)))
    if options.origin and not all(map(is_page, paths)):
        raise InvalidInput(
            N_("“{name}” names its sources itself; a source can be given for pages only."),
            name=paths[0].name,
        )
    return importer.read(paths, options)


def model_to_yaml(model: MaturityModel) -> str:
    """A model as the text of a YAML file; see :mod:`data.models.yaml.writer`."""
    from data.models.yaml import writer

    return writer.model_to_yaml(model)


def _unknown_ending(count: int) -> Fault:
    if count > 1:
        return Fault(N_("Only Markdown pages (.md) can be read several at a time."))
    return Fault(
        N_("The ending is not known; a model is a .yaml or .json file, .md pages or a folder.")
    )
