"""Language tags in the content of a model file, which mean the same in any case."""

from __future__ import annotations

from collections.abc import Set
from typing import Any

from app.words.language_tags import canonical_tag, is_language_tag
from data.fault_words import Place
from data.models.located import LocatedDocument


def write_tags_usually(document: LocatedDocument) -> None:
    """Write declared languages, and the keys of texts, in their usual case.

    ``pt-br`` becomes ``pt-BR``; whatever is no declared language stays as it is.
    """
    data = document.data
    declared = data.get("languages") if isinstance(data, dict) else None
    if not isinstance(declared, list):
        return
    data["languages"] = [
        canonical_tag(code) if isinstance(code, str) and is_language_tag(code) else code
        for code in declared
    ]
    known = frozenset(code for code in data["languages"] if isinstance(code, str))
    _Renaming(document, known).rename(data, ())


class _Renaming:
    def __init__(self, document: LocatedDocument, known: Set[str]) -> None:
        self._lines = document.line_by_place
        self._known = known

    def rename(self, value: Any, place: Place) -> None:
        """Rename keys inside a value, and move their lines along."""
        if isinstance(value, list):
            for index, each in enumerate(value):
                self.rename(each, (*place, index))
        elif isinstance(value, dict):
            for key, each in list(value.items()):
                self.rename(each, (*place, key))
            self._rename_keys(value, place)

    def _rename_keys(self, content: dict[str, Any], place: Place) -> None:
        usual = {key: self._usual(key) for key in content}
        if all(key == name for key, name in usual.items()):
            return
        renamed: dict[str, Any] = {}
        for key, each in content.items():
            name = usual[key] if usual[key] not in content else key
            renamed[name] = each
            if name != key and (*place, key) in self._lines:
                self._lines[*place, name] = self._lines[*place, key]
        content.clear()
        content.update(renamed)

    def _usual(self, key: str) -> str:
        if key in self._known or not is_language_tag(key):
            return key
        tag = canonical_tag(key)
        return tag if tag in self._known else key
