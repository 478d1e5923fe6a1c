"""Commands ``model``: list, show, check, import, export."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from app.errors import InvalidInput, NotFound
from app.model.maturity_model import MaturityModel
from app.words.texts import N_, Translator
from stufenplan.commands.console import (
    FILE,
    MODEL_ID,
    TEXT,
    Console,
    Function,
    Group,
    json_option,
    model_language_option,
    option,
    pass_console,
    print_json,
    print_table,
    usable_path,
    write,
)
from stufenplan.commands.model_map import map_model
from stufenplan.commands.opened import find_model, known_models, models_in, opened

if TYPE_CHECKING:
    from app.model.join_report import JoinedModel
    from data.models import ImportedModel
    from data.models.provenance import Origin
    from stufenplan.commands.answers import (
        ModelChecked,
        ModelEntry,
        ModelImported,
        ModelJoined,
        ModelList,
    )

YAML_ENDINGS = (".yaml", ".yml")
JSON_ENDING = ".json"


_optional_option = option(
    "--with-optional",
    is_flag=True,
    help=N_("Make areas of certifications and sample key figures on published pages, too."),
)


def _origin_options(function: Function) -> Function:
    """Decorator that adds where published pages come from; values by the names of ``Origin``."""
    for flags, name, metavar, text in reversed(
        (
            (("--source",), "title", "TEXT", N_("What the pages are, for the method sheet.")),
            (("--repository",), "repository", "URL", N_("Where the pages are published.")),
            (("--commit",), "commit", "COMMIT", N_("Which version of the repository it is.")),
            (("--license",), "licence", "NAME", N_("Their licence, such as CC-BY-4.0.")),
        )
    ):
        added = option(*flags, name, type=TEXT, default="", metavar=metavar, help=text)
        function = added(function)
    return function


@click.group(cls=Group, help=N_("Maturity models: the built-in one and your own."))
def model() -> None:
    """Everything about models."""


@model.command("list", help=N_("List the models that new sessions can use."))
@json_option
@pass_console
def _list_models(console: Console, as_json: bool) -> None:
    # of several under one id new sessions use the last one, so the list names that one alone
    models = list({model.id: model for model in known_models(console)}.values())
    if as_json:
        answer: ModelList = {"models": [_model_entry(each, console.language) for each in models]}
        print_json(answer)
        return
    tr = console.translator
    head = [tr.gettext(text) for text in (N_("Id"), N_("Name"), N_("Version"), N_("Areas"))]
    rows = [
        [m.id, m.name.line_in(console.language), m.content_version, str(len(m.areas))]
        for m in models
    ]
    print_table(head, rows, right=frozenset({3}))


@model.command("show", help=N_("Show a model: its levels, dimensions and areas."))
@click.argument("model_id", type=TEXT, metavar="MODEL")
@json_option
@pass_console
def _show_model(console: Console, model_id: str, as_json: bool) -> None:
    found = find_model(known_models(console), model_id)
    if as_json:
        from app.model.codec import model_to_document

        print_json(model_to_document(found))
        return
    language = console.language
    write(found.name.line_in(language))
    console.say(
        N_("Model {id}, version {version}, languages: {languages}"),
        id=found.id,
        version=found.content_version,
        languages=", ".join(found.languages),
    )
    write()
    for level in found.levels:
        write(f"{level.number:>2}  {level.name.line_in(language)}")
    for dimension in found.dimensions:
        write()
        write(dimension.name.line_in(language))
        width = max((len(area.id) for area in dimension.areas), default=0)
        for area in dimension.areas:
            write(f"    {area.id:<{width}}  {area.name.line_in(language)}")


@model.command(
    "check", help=N_("Check a model file or pages: name every fault, or what an import would do.")
)
@click.argument("files", type=FILE, metavar="FILE...", nargs=-1, required=True)
@model_language_option(N_("The language of published pages. Otherwise it is recognised."))
@_optional_option
@json_option
@pass_console
def _check_model(
    console: Console,
    files: tuple[Path, ...],
    language: str | None,
    with_optional: bool,
    as_json: bool,
) -> None:
    imported = _read(files, language, with_optional=with_optional)
    if as_json:
        answer: ModelChecked = {"ok": True, **_import_result(imported, console.translator)}
        print_json(answer)
        return
    console.say("ok")
    for line in imported.report.lines(console.translator):
        write(line)


@model.command(
    "import", help=N_("Import a model into the library: model files, or pages of one model.")
)
@click.argument("files", type=FILE, metavar="FILE...", nargs=-1, required=True)
@option(
    "--id",
    "model_id",
    type=MODEL_ID,
    metavar="ID",
    help=N_("The id of the model. Otherwise it is derived."),
)
@model_language_option(N_("The language of published pages. Otherwise it is recognised."))
@_optional_option
@_origin_options
@json_option
@pass_console
def _import_model(
    console: Console,
    /,
    files: tuple[Path, ...],
    model_id: str | None,
    language: str | None,
    with_optional: bool,
    as_json: bool,
    **origin: str,
) -> None:
    from data.models.provenance import Origin

    named = Origin(**origin)
    imported = _read(files, language, model_id, with_optional=with_optional, origin=named)
    _add_to_library(console, imported.model)
    if as_json:
        print_json(_import_result(imported, console.translator))
        return
    console.say(N_("Imported the model “{id}”."), id=imported.model.id)
    for line in imported.report.lines(console.translator):
        write(line)


@model.command(
    "join",
    help=N_("Join two languages of one model, for example its German and its English pages."),
)
@click.argument("first", type=TEXT, metavar="A")
@click.argument("second", type=TEXT, metavar="B")
@option(
    "--id",
    "model_id",
    type=MODEL_ID,
    metavar="ID",
    help=N_("The id of the joined model. Otherwise that of A."),
)
@model_language_option(N_("The language of the pages B. Otherwise it is recognised."))
@option(
    "--to",
    "target",
    type=FILE,
    default=None,
    metavar="FILE",
    help=N_("Write a .yaml or .json file instead of adding the model to the library."),
)
@json_option
@pass_console
def _join_models(
    console: Console,
    first: str,
    second: str,
    model_id: str | None,
    language: str | None,
    target: Path | None,
    as_json: bool,
) -> None:
    from app.model.joining import join_models

    tr = console.translator
    if target is not None:
        _check_ending(target)
    ours, theirs = _source(console, first, None), _source(console, second, language)
    joined = join_models(ours.model, theirs.model, model_id)
    if target is None:
        _add_to_library(console, joined.model)
    else:
        _write(joined.model, target)
    if as_json:
        imported = [each.imported for each in (ours, theirs) if each.imported]
        print_json(_join_result(joined, [_import_result(each, tr) for each in imported]))
        return
    console.say(
        N_("Joined “{first}” and “{second}”: the model “{id}”."),
        first=first,
        second=second,
        id=joined.model.id,
    )
    for line in joined.report.lines(tr):
        write(line)
    for named, source in ((first, ours), (second, theirs)):
        if source.imported is not None:
            write()
            console.say(N_("“{name}” by itself:"), name=named)
            for line in source.imported.report.lines(tr):
                write(line)
    if target is not None:
        console.say(N_("Wrote {path}."), path=target)


@model.command("export", help=N_("Write a model to a YAML or JSON file."))
@click.argument("model_id", type=TEXT, metavar="MODEL")
@click.argument("file", type=FILE, metavar="FILE")
@pass_console
def _export_model(console: Console, model_id: str, file: Path) -> None:
    _check_ending(file)
    _write(find_model(known_models(console), model_id), file)
    console.say(N_("Wrote {path}."), path=file)


model.add_command(map_model)


def _check_ending(file: Path) -> None:
    if file.suffix.lower() not in (*YAML_ENDINGS, JSON_ENDING):
        raise InvalidInput(
            N_("A model is written to a file that ends in .yaml or .json, not “{name}”."),
            name=file.name,
        )


def _write(found: MaturityModel, file: Path) -> None:
    from app.model.codec import model_to_document
    from data.files import write_document_bytes
    from data.models import model_to_yaml
    from exports.session_json import json_text

    is_json = file.suffix.lower() == JSON_ENDING
    text = json_text(model_to_document(found)) if is_json else model_to_yaml(found)
    write_document_bytes(file, text.encode("utf-8"))


def _read(
    files: list[Path] | tuple[Path, ...],
    language: str | None,
    model_id: str | None = None,
    *,
    with_optional: bool = False,
    origin: Origin | None = None,
) -> ImportedModel:
    from data.models import load_model_source

    imported = load_model_source(
        files, language=language, model_id=model_id, with_optional=with_optional, origin=origin
    )
    if model_id is not None and imported.model.id != model_id:
        raise InvalidInput(
            N_("“{name}” has an id of its own, “{id}”. --id is for pages, which have none."),
            name=files[0].name,
            id=imported.model.id,
        )
    return imported


def _add_to_library(console: Console, added: MaturityModel) -> None:
    with opened(console, create=True) as library:
        before = {model.id: model for model in models_in(library)}.get(added.id)
        library.add_model(added)
    if before is not None and before != added:
        console.remark(
            N_("There was a model “{id}” already. New sessions use the one imported now."),
            id=added.id,
        )


@dataclass(frozen=True, slots=True)
class _Source:
    """A model to be joined, and what its import found if it came from a file."""

    model: MaturityModel
    imported: ImportedModel | None = None


def _source(console: Console, named: str, language: str | None) -> _Source:
    """A model of the library, or what a file or folder holds."""
    from data.models.importers import is_model_path

    path = usable_path(Path(named))
    if is_model_path(path):
        imported = _read([path], language)
        return _Source(imported.model, imported)
    models = known_models(console)
    try:
        return _Source(find_model(models, named))
    except NotFound:
        raise NotFound(
            N_("“{wanted}” is neither a file or folder nor a model. Available models: {known}."),
            wanted=named,
            known=", ".join(dict.fromkeys(each.id for each in models)),
        ) from None


def _model_entry(found: MaturityModel, language: str) -> ModelEntry:
    from app.model.codec import model_digest
    from data.models.builtin import builtin_models

    return {
        "id": found.id,
        "name": found.name.in_language(language),
        "content_version": found.content_version,
        "languages": list(found.languages),
        "dimensions": len(found.dimensions),
        "areas": len(found.areas),
        "lowest_level": found.lowest_level,
        "highest_level": found.highest_level,
        "built_in": found in builtin_models(),
        "digest": model_digest(found),
    }


def _join_result(joined: JoinedModel, imported: list[ModelImported]) -> ModelJoined:
    """JSON output of ``model join``, documented in ``docs/json.md``."""
    report = joined.report
    return {
        "id": joined.model.id,
        "content_version": joined.model.content_version,
        "languages": list(report.languages),
        "dimensions": report.dimensions,
        "areas": report.areas,
        "described": report.described,
        "texts": [
            {"language": language, "described": count} for language, count in report.cells.items()
        ],
        "matched": [
            {"area": item.area_id, "other": item.other_id, "how": item.how}
            for item in report.matches
        ],
        "untranslated": list(report.untranslated),
        "left_out": [
            {"kind": item.kind, "id": item.id, "name": item.name} for item in report.left_out
        ],
        "differing": report.differing,
        "imported": imported,
    }


def _import_result(imported: ImportedModel, translator: Translator) -> ModelImported:
    """JSON output of ``model import``, documented in ``docs/json.md``."""
    report = imported.report
    return {
        "id": imported.model.id,
        "language": report.language,
        "in_other_languages": [
            {"file": file, "language": language} for file, language in report.in_other_languages
        ],
        "dimensions": report.dimensions,
        "areas": report.areas,
        "filled": {str(level): count for level, count in report.filled.items()},
        "left_over": [
            {
                "file": item.file,
                "line": item.line,
                "heading": item.heading,
                "reason": item.reason(translator),
                "optional": item.is_optional,
            }
            for item in report.left_over
        ],
        "matched": [
            {
                "area": item.area_id,
                "level": item.level,
                "heading": item.heading,
                "file": item.file,
                "line": item.line,
                "how": item.how,
            }
            for item in report.matches
        ],
        "empty": [{"area": area_id, "level": level} for area_id, level in report.empty],
    }
