"""YAML text to plain content: a small, safe part of YAML, with every fault named by its line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from app.errors import Fault
from app.words.characters import first_control_or_half, replace_unprintable
from app.words.texts import N_
from data.fault_words import Place, shortened
from data.models.located import MAX_DEPTH, MAX_NODES, LocatedDocument

_SENTENCE_BY_PROBLEM = {
    "mapping values are not allowed here": N_(
        "A colon is not expected here; put a text with a colon in quotes or check the indentation."
    ),
    "could not find expected ':'": N_("A colon is missing after a key in this line or above."),
    "found unexpected end of stream": N_("A quotation mark is not closed before the file ends."),
    "found unknown escape character": N_(
        "There is an unknown backslash sequence in a text in double quotes."
    ),
    "expected <block end>": N_("The indentation does not fit the lines above."),
    "did not find expected <block": N_("The indentation does not fit the lines above."),
    "cannot start any token": N_(
        "A value begins with a character that has a meaning in YAML; put the text in quotes."
    ),
    "expected ',' or": N_("A bracket is not closed, or a comma is missing between its entries."),
    "expected the node content": N_("A value is missing here."),
}
_ENDLESS_TAG = re.compile(r"(?:^|[\s\[{,:?-])![\w-]{1000}", re.ASCII)
_NOT_YAML = N_("This is not readable as YAML; check indentation, quotes and colons near this line.")
_TAG = N_("Type tags with ! are not allowed; remove the tag.")
_TAB = N_("There is a tab in the indentation; YAML allows only spaces there.")


def read_yaml(text: str) -> LocatedDocument:
    """The content of a YAML text; all scalars stay texts (``NO`` and ``1.10`` keep their form).

    Refused, each with its line: more than one document, anchors, aliases, merge keys, tags,
    directives, keys that are there twice, keys that are not plain texts, nesting deeper than
    ``MAX_DEPTH`` and more than ``MAX_NODES`` values. A key without a value counts as left out.
    The content is built from the parser's stream of events, so that nothing is ever expanded and
    reading stops at the first limit. Never raises; look at ``faults``.
    """
    builder = _Builder()
    endless_tag = _ENDLESS_TAG.search(text)
    if endless_tag:  # the parser takes quadratic time over one: 12 s for a megabyte
        line = text.count("\n", 0, endless_tag.end()) + 1
        builder.document.stop(Fault(_TAG, line))
        return builder.document
    try:
        for event in YAML(typ="safe", pure=True).parse(text):
            if not builder.take(event):
                builder.document.stop()
                break
    except MarkedYAMLError as error:
        builder.document.stop(*_syntax_faults(error, text))
    except (YAMLError, ValueError, ArithmeticError, LookupError, AssertionError):
        # ruamel.yaml lets some of Python's own errors out on broken escapes and directives
        builder.document.stop(Fault(_NOT_YAML, builder.last_line))
    return builder.document


def _syntax_faults(error: MarkedYAMLError, text: str) -> list[Fault]:
    unclosed = "unexpected end of stream" in str(error.problem)
    mark = (unclosed and error.context_mark) or error.problem_mark or error.context_mark
    line = mark.line + 1 if mark else 0
    lines = text.split("\n")
    tabbed = [
        number
        for number, content in enumerate(lines, start=1)
        if "\t" in content[: len(content) - len(content.lstrip())] and content.strip()
    ]
    if line in tabbed or "\\t" in str(error.problem) or "tab" in str(error.problem):
        return [Fault(_TAB, number) for number in tabbed or [line]]
    said = f"{error.problem} {error.context}"
    for problem, sentence in _SENTENCE_BY_PROBLEM.items():
        if problem in said:
            return [Fault(sentence, min(line, len(lines)))]
    return [Fault(_NOT_YAML, min(line, len(lines)))]


@dataclass(slots=True)
class _Open:
    """A mapping or list whose end has not come yet."""

    place: Place
    content: dict[str, Any] | list[Any]
    key: str | None = None
    seen: dict[str, int] = field(default_factory=dict)
    dropped: bool = False


class _Builder:
    """Builds the content from events, one at a time."""

    def __init__(self) -> None:
        self.document = LocatedDocument()
        self.last_line = 0
        self._open: list[_Open] = []
        self._documents = 0
        self._nodes = 0

    def take(self, event: Event) -> bool:
        """Take the next event; false where reading must stop."""
        self.last_line = event.start_mark.line + 1
        if isinstance(event, DocumentStartEvent):
            return self._start_document(event)
        if isinstance(event, MappingEndEvent | SequenceEndEvent):
            self._open.pop()
            return True
        if isinstance(event, AliasEvent | ScalarEvent | MappingStartEvent | SequenceStartEvent):
            return self._take_node(event)
        return True

    def _fault(self, template: str, place: Place = (), **values: object) -> None:
        fault = self.document.fault(template, place, **values)
        self.document.faults.append(Fault(fault.template, self.last_line, fault.path, fault.values))

    def _start_document(self, event: DocumentStartEvent) -> bool:
        self._documents += 1
        if event.version or event.tags:
            self._fault(N_("Directives that begin with a percent sign are not allowed."))
        if self._documents > 1:
            self._fault(
                N_("A second document begins here; a model file holds one. Remove the line ---.")
            )
        return self._documents == 1

    def _take_node(self, event: Event) -> bool:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            self._fault(
                N_("The file has more than {limit} values; it is not read any further."),
                limit=MAX_NODES,
            )
            return False
        if self._expects_key():
            return self._take_key(event)
        place = self._next_place()
        if not isinstance(self._container(), dict):
            self.document.line_by_place[place] = self.last_line
        self._refuse_extras(event, place)
        if isinstance(event, MappingStartEvent | SequenceStartEvent):
            return self._start_collection(event, place)
        self._store(self._scalar(event, place))
        return True

    def _container(self) -> dict[str, Any] | list[Any] | None:
        return self._open[-1].content if self._open else None

    def _expects_key(self) -> bool:
        return isinstance(self._container(), dict) and self._open[-1].key is None

    def _next_place(self) -> Place:
        if not self._open:
            return ()
        current = self._open[-1]
        if isinstance(current.content, dict):
            return (*current.place, current.key or "")
        return (*current.place, len(current.content))

    def _take_key(self, event: Event) -> bool:
        current = self._open[-1]
        if not isinstance(event, ScalarEvent):
            self._fault(N_("A key must be a plain text."), current.place)
            return False  # what follows could not be placed
        key = self._checked(event.value, current.place)
        self._refuse_extras(event, (*current.place, key))
        current.key = key
        current.dropped = True
        if key == "<<":
            self._fault(N_("Merge keys (<<) are not allowed; write the values out."), current.place)
        elif key in current.seen:
            self._fault(
                N_("The key {key} appears twice; the first one is in line {first}."),
                (*current.place, key),
                key=shortened(key),
                first=current.seen[key],
            )
        else:
            current.dropped = False
            current.seen[key] = self.last_line
            self.document.line_by_place[(*current.place, key)] = self.last_line
        return True

    def _refuse_extras(self, event: Event, place: Place) -> None:
        if isinstance(event, AliasEvent):
            self._fault(N_("References with * are not allowed; write the value out again."), place)
            return
        if getattr(event, "anchor", None):
            self._fault(N_("Anchors with & are not allowed; remove the anchor."), place)
        tag = getattr(event, "ctag", None)
        if tag is not None and str(tag) != "!":
            self._fault(_TAG, place)

    def _start_collection(self, event: Event, place: Place) -> bool:
        content: dict[str, Any] | list[Any] = {} if isinstance(event, MappingStartEvent) else []
        self._store(content)
        self._open.append(_Open(place, content))
        if len(self._open) > MAX_DEPTH:
            self._fault(
                N_("The values are nested more than {limit} deep; check the brackets."),
                limit=MAX_DEPTH,
            )
            return False
        return True

    def _store(self, value: Any) -> None:
        if not self._open:
            self.document.data = value
            return
        current = self._open[-1]
        if isinstance(current.content, list):
            current.content.append(value)
            return
        if not current.dropped and value is not None and current.key is not None:
            current.content[current.key] = value
        current.key = None

    def _scalar(self, event: Event, place: Place) -> str | None:
        if not isinstance(event, ScalarEvent):
            return None
        if event.value == "" and event.style is None:
            return None
        return self._checked(event.value, place)

    def _checked(self, text: str, place: Place) -> str:
        if not first_control_or_half(text):
            return text
        self._fault(N_("The text has an invisible control character or half a character."), place)
        return replace_unprintable(text)
