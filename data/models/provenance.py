"""Origin of imported pages: as named by the user, else read from their git checkout."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence, Set
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from app.model.maturity_model import Source
from data.models.git_checkout import Checkout, checkout_of
from data.models.import_report import ImportedModel

MAX_LENGTH = 300
"""Of a line in a model file."""

MAX_LICENCE_BYTES = 100_000
_LICENCE_FILE = re.compile(r"(?:licen[cs]e|copying)(?:[.-][\w.-]*)?", re.IGNORECASE)
_SPDX = re.compile(r"SPDX-License-Identifier:\s*([\w.+() -]+)")
_LICENCES = (
    ("AGPL-3.0", r"GNU AFFERO GENERAL PUBLIC LICENSE\s+Version 3"),
    ("LGPL-3.0", r"GNU LESSER GENERAL PUBLIC LICENSE\s+Version 3"),
    ("LGPL-2.1", r"GNU LESSER GENERAL PUBLIC LICENSE\s+Version 2\.1"),
    ("GPL-3.0", r"GNU GENERAL PUBLIC LICENSE\s+Version 3"),
    ("GPL-2.0", r"GNU GENERAL PUBLIC LICENSE\s+Version 2"),
    ("Apache-2.0", r"Apache License,?\s+Version 2\.0"),
    ("MPL-2.0", r"Mozilla Public License,?\s+(?:Version|v\.?)\s*2\.0"),
    ("EPL-2.0", r"Eclipse Public License\s*-?\s*v\s*2\.0"),
    ("EUPL-1.2", r"European Union Public Licen[cs]e\s+v\.?\s*1\.2"),
    ("CC0-1.0", r"CC0 1\.0 Universal"),
    ("Unlicense", r"free and unencumbered software released into the public domain"),
    ("BSD-3-Clause", r"Neither the name of[\s\S]+endorse or promote products"),
    ("BSD-2-Clause", r"Redistributions in binary form must reproduce"),
    ("ISC", r"Permission to use, copy, modify, and(?:/or)? distribute this software"),
    ("MIT-0", r"MIT No Attribution"),
    ("MIT", r"Permission is hereby granted, free of charge, to any person obtaining a copy"),
)
_CREATIVE_COMMONS = re.compile(
    r"(?:Creative Commons )?(Attribution(?:-NonCommercial)?(?:-ShareAlike|-NoDerivatives)?)"
    r"\s+(\d\.\d)\s+(?:International|Unported|Generic)"
)
_CC_PARTS = {"Attribution": "BY", "NonCommercial": "NC", "ShareAlike": "SA", "NoDerivatives": "ND"}


@dataclass(frozen=True, slots=True)
class Origin:
    """Origin of a model as far as it was named; empty texts are unknown."""

    title: str = ""
    repository: str = ""
    commit: str = ""
    licence: str = ""

    def __bool__(self) -> bool:
        return any((self.title, self.repository, self.commit, self.licence))


def with_origin(imported: ImportedModel, paths: Sequence[Path], named: Origin) -> ImportedModel:
    """An imported model with the origin of its pages as its first source.

    What was ``named`` counts; the rest comes from the git checkout the pages are in. Pages that
    git does not know are in none. A commit is marked ``-dirty`` if a page differs from it.
    """
    model = imported.model
    found = _of_checkout(paths, {match.file for match in imported.report.matches})
    if not named and not found:
        return imported
    texts = (
        named.title or found.title or model.name.in_language(model.languages[0]),
        named.repository or found.repository,
        named.commit or found.commit,
        named.licence or found.licence,
    )
    source = Source(*(" ".join(text.split())[:MAX_LENGTH].rstrip() for text in texts))
    with_source = dataclasses.replace(model, sources=(source, *model.sources))
    return dataclasses.replace(imported, model=with_source)


def _of_checkout(paths: Sequence[Path], names: Set[str]) -> Origin:
    with suppress(OSError):
        checkout = checkout_of(paths[0])
        if checkout is not None:
            files = [file for path in paths for file in _pages(path, names)]
            return _described(checkout, paths[0].resolve(), files)
    return Origin()


def _described(checkout: Checkout, place: Path, files: Sequence[Path]) -> Origin:
    known = [file for file in files if checkout.path_of(file) is not None]
    if not known:
        return Origin()
    is_changed = len(known) < len(files) or any(map(checkout.is_changed, known))
    commit = f"{checkout.commit}-dirty" if checkout.commit and is_changed else checkout.commit
    inside = place.relative_to(checkout.root).as_posix()
    name = "/".join(checkout.repository.split("/")[3:])
    title = ": ".join(part for part in (name, inside) if part not in {"", "."})
    return Origin(title, checkout.repository, commit, _licence(checkout.root, place))


def _pages(path: Path, names: Set[str]) -> list[Path]:
    """The pages that were read, by their names in the report: the file, or those in a folder."""
    if path.is_dir():
        return [path / name for name in sorted(names) if (path / name).is_file()]
    return [path]


def _licence(root: Path, place: Path) -> str:
    """The licence in the nearest folder that has one, up to the root of the checkout."""
    for folder in (place, *place.parents):
        for file in _licence_files(folder):
            with file.open("rb") as content:
                text = content.read(MAX_LICENCE_BYTES).decode("utf-8", errors="replace")
            return licence_name(text)
        if folder == root:
            break
    return ""


def _licence_files(folder: Path) -> list[Path]:
    """The licence files in a folder, the most general one first."""
    if not folder.is_dir():
        return []
    found = [
        file for file in folder.iterdir() if _LICENCE_FILE.fullmatch(file.name) and file.is_file()
    ]
    return sorted(found, key=lambda file: (file.name.lower()[0] != "l", len(file.name), file.name))


def licence_name(text: str) -> str:
    """The SPDX name of a licence by its text, else its first line."""
    spdx = _SPDX.search(text)
    if spdx:
        return spdx[1].strip()
    plain = " ".join(text.split())
    commons = _CREATIVE_COMMONS.search(plain)
    if commons:
        parts = [_CC_PARTS[part] for part in commons[1].split("-")]
        return "-".join(["CC", *parts, commons[2]])
    for name, pattern in _LICENCES:
        if re.search(pattern, plain, re.IGNORECASE):
            return name
    return next((line.strip("#*= \t") for line in text.splitlines() if line.strip("#*= \t")), "")
