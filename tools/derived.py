"""Keep what is generated current: ``python tools/derived.py [--check]``.

Generated are the JSON schemas in ``docs/json-schema/`` and the tables of ``docs/json.md``, the JSON
Schema of model files, and the JSON copies of built-in models. ``--check`` changes nothing and ends
with 1 where a run would change something.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from pydantic import ConfigDict, create_model  # noqa: E402

from app.session.session import SESSION  # noqa: E402
from data.models.build import derived_files as derived_from_models  # noqa: E402
from data.plans.schema import InstanceEntry  # noqa: E402
from data.sessions.schema import session_file  # noqa: E402
from exports.json_keys import FiguresKeys, ShownKeys  # noqa: E402
from stufenplan.commands import answers  # noqa: E402

PAGE = ROOT / "docs" / "json.md"
SCHEMAS = ROOT / "docs" / "json-schema"
CLASSES: Mapping[str, Any] = {
    "session-created": answers.SessionNew,
    "session-imported": answers.SessionImported,
    "session-list": answers.SessionList,
    "session-edit": answers.SessionEdited,
    "session-score": answers.SessionScored,
    "session-targets": answers.SessionTargets,
    "session-compare": answers.SessionComparison,
    "session-review": answers.SessionReviewed,
    "session-plan": answers.SessionPlan,
    "session-question": answers.SessionQuestion,
    "plan": answers.PlanAnswer,
    "unit-rollup": answers.RollUp,
    "model-list": answers.ModelList,
    "model-import": answers.ModelImported,
    "model-check": answers.ModelChecked,
    "model-join": answers.ModelJoined,
    "model-map": answers.MappingList,
    "model-mapping": answers.MappingEntry,
    "library-check": answers.LibraryChecked,
    "library-backup": answers.BackupEntry,
    "library-backups": answers.BackupList,
    "library-restore": answers.LibraryRestored,
    "library-merge": answers.LibraryMerged,
    "library-portfolio": answers.Portfolio,
    "library-rename": answers.PlaceRenamed,
    "library-merge-places": answers.PlacesMerged,
    "library-deletions": answers.DeletionList,
    "deletion": answers.DeletionDone,
    "demo": answers.Sample,
}
_ORDER = (
    "type", "format", "const", "enum", "description", "additionalProperties", "required",
    "properties", "items", "minItems", "maxItems", "minLength", "maxLength", "minimum", "maximum",
    "exclusiveMinimum", "pattern",
)  # fmt: skip
"""The order of keywords in a schema."""
_LEFT_OUT = ("title", "$ref", "$defs", "anyOf", "default")
_SECTION = re.compile(r"^## (.+)\n\n`.*json-schema/([a-z-]+)\.schema\.json", re.MULTILINE)
_TABLE = re.compile(r"\| key \| type \| meaning \|\n(?:\|.*\n)+")


def derived_files() -> dict[Path, str]:
    """Path and right content of every generated file."""
    page = PAGE.read_text(encoding="utf-8")
    content_by_path = derived_from_models()
    for title, name in _SECTION.findall(page):
        schema = schema_of(name, title)
        content_by_path[SCHEMAS / f"{name}.schema.json"] = (
            json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
        )
        begin = page.index(f"json-schema/{name}.schema.json")
        page = page[:begin] + _TABLE.sub(table_of(schema), page[begin:], count=1)
    content_by_path[PAGE] = page
    return content_by_path


# ---- schemas -----------------------------------------------------------------------------------


def schema_of(name: str, title: str) -> dict[str, Any]:
    """The JSON Schema of a document, without references: it can be read from top to bottom."""
    schema = _OTHERS[name]() if name in _OTHERS else _schema_of_class(CLASSES[name])
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        **{key: value for key, value in schema.items() if key != "description"},
    }


def _session_file() -> dict[str, Any]:
    """What is read, and the figures, which are not."""
    schema = _schema_of_class(session_file())
    figures = _schema_of_class(FiguresKeys)
    evidence = schema["properties"]["ratings"]["items"]["properties"]["evidence"]
    figures["properties"]["areas"]["items"]["properties"]["evidence"] = evidence
    figures["description"] = "The figures of `session show`."
    schema["properties"]["figures"] = figures
    schema["required"].append("figures")
    return schema


def _session_show() -> dict[str, Any]:
    """Details as in a session file, then what is shown of it."""
    file = _session_file()["properties"]
    session = file["session"]["properties"]
    details = {key: session[key] for key in ("id", *SESSION.keyed, "organisation")}
    schema = _schema_of_class(ShownKeys)
    schema["properties"] = {**details, **schema["properties"], **file["figures"]["properties"]}
    schema["required"] = list(schema["properties"])
    return schema


def _plan_input() -> dict[str, Any]:
    """The schema of a planning problem that is read: keys with a default may be left out."""
    generated = InstanceEntry.model_json_schema(mode="validation")
    return _plain(generated, generated["$defs"])


_OTHERS = {
    "session-file": _session_file,
    "session-show": _session_show,
    "plan-input": _plan_input,
}


def _schema_of_class(answer: Any) -> dict[str, Any]:
    holder = create_model("Holder", __config__=ConfigDict(extra="forbid"), answer=(answer, ...))
    generated = holder.model_json_schema(mode="serialization")
    return _plain(generated["properties"]["answer"], generated.get("$defs", {}))


def _plain(schema: Mapping[str, Any], definitions: Mapping[str, Any]) -> dict[str, Any]:
    """A schema with its references resolved, and ``null`` as one of several types."""
    found = {key: value for key, value in schema.items() if key not in _LEFT_OUT}
    if "$ref" in schema:
        target = _plain(definitions[schema["$ref"].rpartition("/")[2]], definitions)
        target.pop("description", None)  # describes the class, not this use of it
        found = {**target, **found}
    if "anyOf" in schema:
        choice, _null = (_plain(each, definitions) for each in schema["anyOf"])
        found = {**_nullable(choice), **found}
    if "properties" in found:
        properties = found["properties"].items()
        found["properties"] = {key: _plain(value, definitions) for key, value in properties}
    for key in ("items", "additionalProperties"):
        if isinstance(found.get(key), dict):
            found[key] = _plain(found[key], definitions)
    return dict(sorted(found.items(), key=lambda item: _ORDER.index(item[0])))


def _nullable(schema: dict[str, Any]) -> dict[str, Any]:
    enumeration = {"enum": [*schema["enum"], None]} if "enum" in schema else {}
    return {**schema, "type": [schema["type"], "null"], **enumeration}


# ---- tables of the page ------------------------------------------------------------------------


def table_of(schema: Mapping[str, Any]) -> str:
    """A row for each key."""
    head = ["| key | type | meaning |", "|---|---|---|"]
    rows = (f"| `{key}` | {kind} | {meaning} |" for key, kind, meaning in _keys(schema, ""))
    return "\n".join([*head, *rows]) + "\n"


def _keys(schema: Mapping[str, Any], path: str) -> Iterator[tuple[str, str, str]]:
    """Every key below a path, with type and meaning."""
    for key, inner in schema.get("properties", {}).items():
        mark = "" if key in schema.get("required", ()) else "?"
        yield f"{path}{key}{mark}", _type(inner), inner.get("description", "")
        yield from _keys(inner, f"{path}{key}.")
        yield from _keys(inner.get("items", {}), f"{path}{key}[].")
    others = schema.get("additionalProperties")
    if isinstance(others, dict):
        yield f"{path}<level>", _type(others), others["description"]


def _type(schema: Mapping[str, Any]) -> str:
    if "const" in schema:
        said = json.dumps(schema["const"]).strip('"')
        return f"`{said}`"
    if "enum" in schema:
        choices = ("null" if choice is None else choice for choice in schema["enum"])
        return ", ".join(f"`{choice}`" for choice in choices)
    kinds = schema.get("type", "any")
    kinds = [kinds] if isinstance(kinds, str) else list(kinds)
    if schema.get("format") == "date":
        kinds[0] = "date"
    inner = schema.get("items", {}).get("type")
    if inner not in (None, "object"):
        kinds[0] = f"array of {inner}"
    return " or ".join(kinds)


def main() -> int:
    """Write what is not current, or only name it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    is_check = parser.parse_args().check
    stale = [
        path
        for path, content in derived_files().items()
        if not path.exists() or path.read_text(encoding="utf-8") != content
    ]
    for path in stale:
        if is_check:
            sys.stderr.write(f"{path.relative_to(ROOT)} is not current: python tools/derived.py\n")
        else:
            path.write_text(derived_files()[path], encoding="utf-8", newline="\n")
    return 1 if is_check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
