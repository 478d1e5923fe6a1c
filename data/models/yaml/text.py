"""Parses a safe subset of YAML to plain data; every fault has its line."""

from __future__ import annotations

import re
from typing import Any, NoReturn

from ruamel.yaml import YAML
from ruamel.yaml.composer import Composer
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import AliasEvent, ScalarEvent
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.scanner import Scanner, ScannerError

from app.errors import Fault
from app.words.characters import first_control_or_half, replace_unprintable
from app.words.texts import N_
from data.fault_words import Place, path_in_words, shortened
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
    "expected a single document": N_(
        "A second document begins here; a model file holds one. Remove the line ---."
    ),
}
_NULLS = frozenset(("", "~", "null"))
"""Not ``Null``, which is a number in German."""
_BREAKS = "\r\n\x85\u2028\u2029"
_BLOCK_INDICATORS = re.compile(r"([+-])?([1-9])?((?<![+-])(?<![+-].)[+-])?")
_ENDLESS_TAG = re.compile(r"(?:^|[\s\[{,:?-])!\S{1000}")
_NOT_YAML = N_("This is not readable as YAML; check indentation, quotes and colons near this line.")
_TAG = N_("Type tags with ! are not allowed; remove the tag.")
_TAB = N_("There is a tab in the indentation; YAML allows only spaces there.")


def read_yaml(text: str) -> LocatedDocument:
    """The content of a YAML text; all scalars stay texts (``NO`` and ``1.10`` keep their form).

    Refused, each with its line: more than one document, anchors, aliases, merge keys, tags,
    directives, keys that are there twice, keys that are not plain texts, nesting deeper than
    ``MAX_DEPTH`` and more than ``MAX_NODES`` values. A key without a value counts as left out,
    and so do ``null`` and ``~`` without quotes.
    ruamel.yaml's ``compose`` builds nodes only, so nothing is ever expanded, and reading stops at
    the first limit. Never raises; look at ``faults``.
    """
    yaml = YAML(typ="safe", pure=True)
    yaml.Scanner = _Scanner
    yaml.Composer = _Composer  # type: ignore[assignment] # how ruamel lets its parts be replaced
    composer: _Composer = yaml.composer
    document = composer.document
    endless_tag = _ENDLESS_TAG.search(text)
    if endless_tag:  # the parser takes quadratic time over one: 12 s for a megabyte
        document.stop(Fault(_TAG, text.count("\n", 0, endless_tag.end()) + 1))
        return document
    try:
        node = yaml.compose(text)
    except _Stop:
        document.stop()
    except MarkedYAMLError as error:
        document.stop(*_syntax_faults(error, text))
    except (YAMLError, ValueError, ArithmeticError, LookupError, AssertionError):
        # ruamel.yaml lets some of Python's own errors out on broken escapes and directives
        document.stop(Fault(_NOT_YAML, composer.line))
    else:
        document.data = None if node is None else _content(node)
    return document


def _syntax_faults(error: MarkedYAMLError, text: str) -> list[Fault]:
    unclosed = "unexpected end of stream" in str(error.problem)
    mark = (unclosed and error.context_mark) or error.problem_mark or error.context_mark
    line = mark.line + 1 if mark else 0
    lines = text.split("\n")
    tabbed = [
        number
        for number, content in enumerate(lines, start=1)
        if "\t" in content[: len(content) - len(content.lstrip())]
        and not content.lstrip().startswith("#")
        and content.strip()
    ]
    if line in tabbed or "\\t" in str(error.problem) or "tab" in str(error.problem):
        return [Fault(_TAB, number) for number in tabbed or [line]]
    said = f"{error.problem} {error.context}"
    for problem, sentence in _SENTENCE_BY_PROBLEM.items():
        if problem in said:
            return [Fault(sentence, min(line, len(lines)))]
    return [Fault(_NOT_YAML, min(line, len(lines)))]


class _Stop(Exception):
    """Stops reading; the fault has been recorded already."""


class _Scanner(Scanner):
    """Takes tabs between tokens and inside of lines, as YAML 1.2 does; ruamel's own does not."""

    def scan_to_next_token(self) -> None:
        if self.reader.index == 0 and self.reader.peek() == "\ufeff":
            self.reader.forward()
        while True:
            is_indented_by_tab = self._skip_blanks() and not self.flow_level
            if self.reader.peek() == "#":
                while self.reader.peek() not in "\0" + _BREAKS:
                    self.reader.forward()
            if self.scan_line_break():
                self.allow_simple_key = self.allow_simple_key or not self.flow_level
            elif is_indented_by_tab and self.reader.peek() != "\0":
                where = self.reader.get_mark()
                raise ScannerError(None, None, "found a tab in the indentation", where)
            else:
                return

    def scan_plain_spaces(self, indent: Any, start_mark: Any) -> Any:
        length = 0
        while self.reader.peek(length) in " \t":
            length += 1
        if self.reader.peek(length) in _BREAKS:
            self.reader.forward(length)
            return self._with_breaks(super().scan_plain_spaces(indent, start_mark), indent)
        blanks = self.reader.prefix(length)
        self.reader.forward(length)
        return [blanks] if blanks else []

    def scan_block_scalar_indicators(self, start_mark: Any) -> Any:
        length = 0
        while self.reader.peek(length) in "+-123456789":
            length += 1
        found = _BLOCK_INDICATORS.fullmatch(self.reader.prefix(length))
        if found is None or self.reader.peek(length) != "\t":
            return super().scan_block_scalar_indicators(start_mark)
        self.reader.forward(length)
        sign, digit = found[1] or found[3], found[2]
        return sign and sign == "+", digit and int(digit)

    def scan_block_scalar_ignored_line(self, start_mark: Any) -> Any:
        while self.reader.peek() in " \t":
            self.reader.forward()
        return super().scan_block_scalar_ignored_line(start_mark)

    def _with_breaks(self, chunks: Any, indent: int) -> Any:
        """Take in as well lines of tabs and blanks alone, and tabs behind the indentation."""
        while self.reader.peek() == "\t":
            length = 0
            while self.reader.peek(length) in " \t":
                length += 1
            is_empty = self.reader.peek(length) in _BREAKS
            if not is_empty and self.reader.column < max(indent, 1):
                break
            self.reader.forward(length)
            if not is_empty:
                break
            chunks = [*(each for each in chunks if each != " "), self.scan_line_break()]
            while self.reader.peek() == " ":
                self.reader.forward()
        return chunks

    def _skip_blanks(self) -> bool:
        """Go to what stands next in the line; True if a tab stands before it in its indentation."""
        is_at_the_beginning = self.reader.column == 0
        has_tab = False
        while self.reader.peek() in " \t":
            has_tab = has_tab or self.reader.peek() == "\t"
            self.reader.forward()
        return is_at_the_beginning and has_tab


class _Composer(Composer):
    """Composes ruamel's nodes within our limits, and reports where we allow less than YAML.

    ``faults`` are collected while composing, so that those before a syntax error are kept.
    """

    def __init__(self, loader: YAML) -> None:
        super().__init__(loader)
        self.document = LocatedDocument()
        self.line = 0
        self._place: Place = ()
        self._nodes = 0
        self._line_by_key: dict[int, dict[str, int]] = {}

    def compose_document(self) -> Any:
        event = self.parser.peek_event()
        self.line = event.start_mark.line + 1
        if event.version or event.tags:
            self._fault(N_("Directives that begin with a percent sign are not allowed."))
        return super().compose_document()

    def compose_node(self, parent: Any, index: Any) -> Any:
        event = self.parser.peek_event()
        self.line = event.start_mark.line + 1
        outer = self._place
        self._nodes += 1
        if self._nodes > MAX_NODES:
            self._place = ()
            self._stop(
                N_("The file has more than {limit} values; it is not read any further."),
                limit=MAX_NODES,
            )
        if isinstance(parent, MappingNode) and index is None:
            self._enter_key(parent, event)
        elif isinstance(index, Node):
            self._place = (*outer, index.value)
        else:
            self._place = outer if index is None else (*outer, index)
            self.document.line_by_place[self._place] = self.line
        node = self._composed(parent, index, event)
        self._place = outer
        return node

    def _composed(self, parent: Any, index: Any, event: Any) -> Any:
        if isinstance(event, AliasEvent):
            self._fault(N_("References with * are not allowed; write the value out again."))
            self.parser.get_event()
            return ScalarNode("", "", event.start_mark, event.end_mark)
        if event.anchor:
            self._fault(N_("Anchors with & are not allowed; remove the anchor."))
            event.anchor = None  # or ruamel warns of a second one with this name
        if event.ctag is not None and str(event.ctag) != "!":
            self._fault(_TAG)
        if isinstance(event, ScalarEvent):
            self._check_characters(event)
        elif self.depth >= MAX_DEPTH:
            self._place = ()
            self._stop(
                N_("The values are nested more than {limit} deep; check the brackets."),
                limit=MAX_DEPTH,
            )
        return super().compose_node(parent, index)

    def _enter_key(self, mapping: Any, event: Any) -> None:
        if not isinstance(event, ScalarEvent):
            self._stop(N_("A key must be a plain text."))  # what follows could not be placed
        self._check_characters(event)
        if event.value == "<<":
            self._fault(N_("Merge keys (<<) are not allowed; write the values out."))
        self._place = (*self._place, event.value)
        lines = self._line_by_key.setdefault(id(mapping), {})
        if event.value in lines:
            self._fault(
                N_("The key {key} appears twice; the first one is in line {first}."),
                key=shortened(event.value),
                first=lines[event.value],
            )
        elif event.value != "<<":
            lines[event.value] = self.document.line_by_place[self._place] = self.line

    def _check_characters(self, event: Any) -> None:
        if first_control_or_half(event.value):
            self._fault(N_("The text has an invisible control character or half a character."))
            event.value = replace_unprintable(event.value)

    def _fault(self, template: str, **values: object) -> None:
        path = path_in_words(self._place)
        self.document.faults.append(Fault(template, self.line, path, tuple(values.items())))

    def _stop(self, template: str, **values: object) -> NoReturn:
        self._fault(template, **values)
        raise _Stop


def _content(node: Any) -> Any:
    """The plain content of a node; of keys that are there twice, the first one counts."""
    if isinstance(node, SequenceNode):
        return [_content(each) for each in node.value]
    if isinstance(node, MappingNode):
        content: dict[str, Any] = {}
        for key, value in node.value:
            if key.value != "<<" and (found := _content(value)) is not None:
                content.setdefault(key.value, found)
        return content
    return None if node.value in _NULLS and node.style is None else node.value
