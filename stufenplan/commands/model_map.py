"""Command ``model map``: mappings between versions of models."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from app.comparison.mappings import (
    RELATIONS,
    ModelMapping,
    ModelVersion,
    version_of,
)
from app.comparison.reviews import Verdict
from app.errors import InvalidInput, NotFound
from app.model.maturity_model import MaturityModel
from app.ports import Library
from app.session.session import FACILITATOR
from app.words.texts import N_, Translator
from stufenplan.commands.console import (
    FILE,
    TEXT,
    Command,
    Console,
    json_option,
    option,
    pass_console,
    print_json,
    write,
)
from stufenplan.commands.opened import opened

if TYPE_CHECKING:
    from stufenplan.commands.answers import MappingEntry, MappingList

YAML_ENDINGS = (".yaml", ".yml")
_BETWEEN = "@"
"""Between id and version of a model."""

Versions = Mapping[ModelVersion, MaturityModel]


@click.command(
    "map",
    cls=Command,
    help=N_("Mappings of areas between versions of a model: take in, list, write, withdraw."),
)
@click.argument("file", type=FILE, metavar="[FILE]", required=False)
@option(
    "--export",
    "export",
    type=TEXT,
    nargs=2,
    default=None,
    metavar="FROM TO",
    help=N_("Write FILE from what was decided on sessions; versions are named MODEL@VERSION."),
)
@option(
    "--withdraw",
    type=TEXT,
    nargs=2,
    default=None,
    metavar="FROM TO",
    help=N_("Withdraw the mapping from one version to another."),
)
@option("--source", type=TEXT, default="", metavar="TEXT", help=N_("Who says so, for FILE."))
@option(
    "--facilitator",
    type=TEXT,
    default="",
    envvar="STUFENPLAN_FACILITATOR",
    metavar="NAME",
    help=N_("Who decides it, for the log. Otherwise STUFENPLAN_FACILITATOR, else nobody."),
)
@json_option
@pass_console
def map_model(
    console: Console,
    /,
    file: Path | None,
    export: tuple[str, str] | None,
    withdraw: tuple[str, str] | None,
    source: str,
    facilitator: str,
    as_json: bool,
) -> None:
    """Take in, list, write or withdraw mappings."""
    by = str(FACILITATOR.typed(facilitator))
    if withdraw and (export or file):
        raise InvalidInput(N_("--withdraw stands alone: name the two versions only."))
    if export and file is None:
        raise InvalidInput(N_("Name the file that --export is to write."))
    if file is None and not withdraw:
        _list(console, as_json)
        return
    with opened(console) as library:
        versions = _versions(library)
        if export and file is not None:
            found = _written(library, versions, export, file, source)
            said, values = N_("Wrote {path}."), {"path": file}
        elif withdraw:
            found = _withdrawn(library, withdraw, by)
            said, values = N_("The mapping was withdrawn."), {}
        else:
            assert file is not None
            found = _taken_in(library, versions, file, by)
            said, values = N_("The mapping is in the library."), {}
    if as_json:
        print_json(_entry(found))
        return
    console.say(said, **values)
    _print(found, console.translator)


def _versions(library: Library) -> Versions:
    """All versions of models that are known, those imported last for one version."""
    from data.models.builtin import builtin_models

    return {version_of(each): each for each in (*builtin_models(), *library.model_versions())}


def _list(console: Console, as_json: bool) -> None:
    with opened(console) as library:
        mappings = library.mappings.all()
    if as_json:
        answer: MappingList = {"mappings": [_entry(each) for each in mappings]}
        print_json(answer)
        return
    if not mappings:
        console.say(N_("There is no mapping in this library."))
    for mapping in mappings:
        _print(mapping, console.translator)


def _taken_in(library: Library, versions: Versions, file: Path, by: str) -> ModelMapping:
    from data.models.mappings.reader import read_mapping

    mapping = read_mapping(file, tuple(versions.values()), library.mappings.all())
    library.mappings.add(mapping, by)
    return mapping


def _withdrawn(library: Library, named: tuple[str, str], by: str) -> ModelMapping:
    mappings = library.mappings.all()
    known = [version for mapping in mappings for version in mapping.versions]
    ends = tuple(_found_version(known, each) for each in named)
    for mapping in mappings:
        if mapping.versions == ends:
            library.mappings.withdraw(mapping.digest, by)
            return mapping
    raise NotFound(
        N_("There is no mapping from {earlier} to {later}. “model map” shows those there are."),
        earlier=ends[0],
        later=ends[1],
    )


def _written(
    library: Library, versions: Versions, named: tuple[str, str], file: Path, source: str
) -> ModelMapping:
    from app.comparison.mapping_export import mapping_of_decisions
    from data.files import write_document_bytes
    from data.models.mappings.writer import mapping_to_yaml

    if file.suffix.lower() not in YAML_ENDINGS:
        raise InvalidInput(
            N_("A mapping is written to a file that ends in .yaml, not “{name}”."), name=file.name
        )
    earlier, later = (versions[_found_version(versions, each)] for each in named)
    reviews = [library.reviews.of(client.id) for client in library.organisations()]
    made = mapping_of_decisions(earlier, later, reviews, library.mappings.all(), source)
    write_document_bytes(file, mapping_to_yaml(made).encode("utf-8"))
    return made


def _found_version(known: Iterable[ModelVersion], named: str) -> ModelVersion:
    """The version with this id and version or beginning of one; ``MODEL`` alone if it has one."""
    versions = tuple(dict.fromkeys(known))
    model_id, _, beginning = named.partition(_BETWEEN)
    of_model = [each for each in versions if each.model_id == model_id]
    exact = [each for each in of_model if each.content_version == beginning]
    found = exact or [each for each in of_model if each.content_version.startswith(beginning)]
    if len(found) == 1:
        return found[0]
    among = found or of_model or versions
    raise NotFound(
        N_("“{named}” does not name one version of a model. Known are: {known}."),
        named=named,
        known=", ".join(f"{each.model_id}{_BETWEEN}{each.content_version}" for each in among)
        or "–",
    )


# ---- answers -----------------------------------------------------------------------------------


def _entry(mapping: ModelMapping) -> MappingEntry:
    return {
        "earlier": {
            "model": mapping.earlier.model_id,
            "version": mapping.earlier.content_version,
        },
        "later": {"model": mapping.later.model_id, "version": mapping.later.content_version},
        "source": mapping.source,
        "digest": mapping.digest,
        "pairs": [
            {"then": pair.area_then, "now": pair.area_now, "relation": pair.relation.value}
            for pair in mapping.pairs
        ],
    }


def _print(mapping: ModelMapping, tr: Translator) -> None:
    """Both versions, how many areas relate in which way, and the pairs with two names."""
    source = f" ({mapping.source})" if mapping.source else ""
    write(f"{mapping.earlier} → {mapping.later}{source}")
    write(f"  {'; '.join(_counts(mapping, tr))}")
    for relation in RELATIONS:
        for pair in mapping.pairs:
            if pair.relation is relation and pair.area_then != pair.area_now:
                write(f"  {relation.value:<8}  {pair.area_then} → {pair.area_now}")


def _counts(mapping: ModelMapping, tr: Translator) -> list[str]:
    n = {
        relation: sum(pair.relation is relation for pair in mapping.pairs) for relation in RELATIONS
    }
    said = {
        Verdict.EQUAL: tr.ngettext("{n} area is equal", "{n} areas are equal", n[Verdict.EQUAL]),
        Verdict.PART_OF: tr.ngettext(
            "{n} is a part of another", "{n} are parts of others", n[Verdict.PART_OF]
        ),
        Verdict.COVERS: tr.ngettext("{n} covers another", "{n} cover others", n[Verdict.COVERS]),
        Verdict.OVERLAPS: tr.ngettext(
            "{n} overlaps with another", "{n} overlap with others", n[Verdict.OVERLAPS]
        ),
    }
    return [said[relation] for relation in RELATIONS if n[relation]]
