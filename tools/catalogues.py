"""Keep the catalogues of our texts current: ``python tools/catalogues.py [--check]``.

Collects every marked text, merges it into the German and English catalogues and compiles them.
English texts are the keys, so the English catalogue repeats them. ``--check`` changes nothing and
ends with 1 where a run would change something or where a German text is missing or unsure.
"""

from __future__ import annotations

import argparse
import ast
import io
import sys
from datetime import UTC, datetime
from pathlib import Path
from string import Formatter

import click
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir, extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "app" / "words" / "locale"
PACKAGES = ("app", "data", "exports", "ui", "stufenplan")
START = ROOT / "start.py"
LANGUAGES = ("de", "en")
UNDATED = datetime(2026, 1, 1, tzinfo=UTC)
KEYWORDS = {"gettext": None, "N_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}

CLICK_TEXTS = (
    "Usage:",
    "Options",
    "Commands",
    "required",
    "Missing command.",
    "Missing argument",
    "Missing option",
    "Missing parameter",
    "No such command {name!r}.",
    "No such option {name!r}.",
    "Did you mean {possibility}?",
    "Got unexpected extra argument ({args})",
    "Invalid value: {message}",
    "Invalid value for {param_hint}: {message}",
    "Option {name!r} requires an argument.",
    "Option {name!r} does not take a value.",
    "{value!r} is not {choice}.",
)
"""Messages of click that the command line can show; click looks them up in our catalogue."""


def click_messages() -> list[str | tuple[str, ...]]:
    """Click's own spelling of :data:`CLICK_TEXTS`, some with their plural.

    Raises ``KeyError`` for a message that click has reworded.
    """
    found: dict[str, str | tuple[str, ...]] = {}
    for path in sorted(Path(click.__file__).parent.glob("*.py")):
        keywords = {"_": None, "ngettext": (1, 2)}
        for _line, message, _comments, _context in extract_from_file("python", path, keywords):
            found[message if isinstance(message, str) else message[0]] = message
    return [found[text] for text in CLICK_TEXTS]


def template() -> Catalog:
    """Every marked text of the program, sorted, without locations (they change too often)."""
    catalogue = Catalog(project="Stufenplan", charset="utf-8")
    for package in PACKAGES:
        found = extract_from_dir(ROOT / package, [("**.py", "python")], keywords=KEYWORDS)
        for _file, _line, message, _comments, context in found:
            if message and message != "":
                catalogue.add(message, context=context)
    for _line, message, _comments, context in extract_from_file("python", START, keywords=KEYWORDS):
        catalogue.add(message, context=context)
    for message in click_messages():
        catalogue.add(message)
    return catalogue


def unreachable() -> list[str]:
    """Marked texts inside f-strings; finding them depends on the Python version."""
    said = []
    for path in (START, *(p for package in PACKAGES for p in (ROOT / package).rglob("*.py"))):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        strings = (node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr))
        calls = (call for string in strings for call in ast.walk(string))
        for call in calls:
            if not isinstance(call, ast.Call) or not call.args:
                continue
            name = getattr(call.func, "attr", getattr(call.func, "id", ""))
            if name in KEYWORDS and isinstance(call.args[0], ast.Constant):
                where = f"{path.relative_to(ROOT)}:{call.lineno}"
                said.append(f"{where}: take the text out of the f-string")
    return said


def catalogue_path(language: str) -> Path:
    """The text file of a language's catalogue."""
    return LOCALE / language / "LC_MESSAGES" / "stufenplan.po"


def updated(language: str, texts: Catalog) -> Catalog:
    """The language's catalogue with all texts of the program and no others."""
    path = catalogue_path(language)
    known = (
        read_po(io.BytesIO(path.read_bytes()), locale=language)
        if path.exists()
        else Catalog(locale=language)
    )
    fresh = Catalog(locale=language, project="Stufenplan", charset="utf-8")
    for message in sorted(texts, key=_sort_key):
        if not message.id:
            continue
        old = known.get(_single(message), message.context)
        # A singular that is also used as a plural's first form must not inherit its pair.
        same = old is not None and isinstance(old.id, str) == isinstance(message.id, str)
        translated = old.string if same and old is not None else ""
        if language == "en":
            translated = message.id
        fresh.add(message.id, translated or _blank(message), context=message.context)
    return fresh


def faults(catalogue: Catalog) -> list[str]:
    """Texts that are missing, fuzzy, or have wrong placeholders."""
    said = []
    for message in catalogue:
        if not message.id:
            continue
        keys = message.id if isinstance(message.id, tuple) else (message.id,)
        texts = message.string if isinstance(message.string, tuple) else (message.string,)
        if not all(texts):
            said.append(f"missing: {keys[0]}")
        elif message.fuzzy:
            said.append(f"unsure: {keys[0]}")
        elif _names(*texts) != _names(*keys):
            said.append(f"placeholders differ: {keys[0]}")
    return said


def po_bytes(catalogue: Catalog) -> bytes:
    """The catalogue as text, deterministic."""
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=100, no_location=True, omit_header=True)
    header = (
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        f'"Language: {catalogue.locale}\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
    )
    return header.encode() + buffer.getvalue()


def mo_bytes(po: bytes, language: str) -> bytes:
    """The compiled form of a catalogue's text."""
    catalogue = read_po(io.BytesIO(po), locale=language)
    catalogue.creation_date = UNDATED  # else every minute would make another file
    buffer = io.BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def run(*, check: bool) -> list[str]:
    """Update all catalogues, or with ``check`` only say what is wrong."""
    texts = template()
    said = unreachable()
    for language in LANGUAGES:
        path = catalogue_path(language)
        catalogue = updated(language, texts)
        po = po_bytes(catalogue)
        mo = mo_bytes(po, language)
        for target, content in ((path, po), (path.with_suffix(".mo"), mo)):
            if check and (not target.exists() or target.read_bytes() != content):
                said.append(f"{target.relative_to(ROOT)} is out of date")
            elif not check:
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)
        said += [f"{language}: {fault}" for fault in faults(catalogue)]
    return said


def _sort_key(message: Message) -> tuple[str, str]:
    return _single(message), message.context or ""


def _single(message: Message) -> str:
    return message.id[0] if isinstance(message.id, tuple) else str(message.id)


def _blank(message: Message) -> str | tuple[str, str]:
    return ("", "") if isinstance(message.id, tuple) else ""


def _names(*texts: object) -> set[str]:
    return {name for text in texts for _, name, _, _ in Formatter().parse(str(text)) if name}


def main() -> int:
    """Command line entry point."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing, only report")
    said = run(check=parser.parse_args().check)
    for line in said:
        sys.stderr.write(line + "\n")
    return 1 if said else 0


if __name__ == "__main__":
    raise SystemExit(main())
