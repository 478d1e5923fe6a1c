"""Plain text from the Markdown of model texts.

Model texts are Markdown, but many are a single line typed without a thought of marks:
``> 90 % of the builds``, ``# of incidents``, ``2*3*4``, ``List<String>``. CommonMark would take
such signs away, so the parser (markdown-it-py) gets a few rules of our own that keep them.

The parser is imported with the first text that may hold a mark; most texts hold none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

MAX_PARSED = 10_000
"""Longer texts are shown with their marks: a hostile one would hold the window up for seconds."""

_MAY_BE_MARKDOWN = re.compile(
    r"[<>\[*_~`\\#|]|&#?\w+;|\{\{|^[ \t]*(?:[-+=]|\d+[.)][ \t])|^(?: {4}|\t)", re.MULTILINE
)
_EMPTY_LINE = re.compile(r"\n[ \t]*\n")
_ONE_LINE = "one_line"
_COMPARISON = re.compile(r">[ \t]*[=≈~]?[ \t]*\d")
_NUMBER_SIGN = re.compile(r"#[ \t]+([^\W\d_])")
_PYTHON_NAME = re.compile(r"(?<!\w)__[^\W_]+(?:_[^\W_]+)*__(?=[.(\[]\w)")
_SHORTCODE = re.compile(r"\{\{[<%][^{}]{0,500}[>%]\}\}")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_OPENING_TAG = re.compile(r"<([A-Za-z][A-Za-z0-9-]*)(.*)>", re.DOTALL)
_BREAKING_TAGS = frozenset(
    ("br", "div", "dd", "dl", "dt", "hr", "li", "ol", "p", "table", "td", "th", "tr", "ul")
)
_TAGS = _BREAKING_TAGS | {
    "a", "abbr", "audio", "b", "blockquote", "caption", "center", "code", "col", "colgroup", "del",
    "details", "em", "figcaption", "figure", "font", "h1", "h2", "h3", "h4", "h5", "h6", "i",
    "iframe", "img", "ins", "kbd", "mark", "path", "picture", "pre", "q", "s", "samp", "small",
    "source", "span", "strike", "strong", "style", "sub", "summary", "sup", "svg", "tbody",
    "tfoot", "thead", "tt", "u", "video", "wbr",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A paragraph, a line of code, a row of a table or, with ``is_item``, an item with a bullet."""

    text: str
    is_item: bool = False


def plain_text(markdown: str) -> str:
    """The text without marks on one line."""
    return " ".join(block.text for block in text_blocks(markdown))


@lru_cache(maxsize=4096)
def text_blocks(markdown: str) -> tuple[TextBlock, ...]:
    """The text without marks, block by block; none is empty and each is one line.

    Numbers of lists stay in front of their items. A text of one line is a sentence: there ``#``,
    ``>`` and ``1.`` at its beginning are kept too.
    """
    if len(markdown) > MAX_PARSED or not _MAY_BE_MARKDOWN.search(markdown):
        blocks = [TextBlock(_on_one_line(part)) for part in _EMPTY_LINE.split(markdown)]
    else:
        environment = {_ONE_LINE: "\n" not in markdown.strip()}
        blocks = list(_blocks(_parser().parse(markdown, environment)))
    return tuple(block for block in blocks if block.text)


@lru_cache(maxsize=4096)
def inline_text(markdown: str) -> str:
    """A heading or another text without blocks, without marks and on one line."""
    if len(markdown) > MAX_PARSED or not _MAY_BE_MARKDOWN.search(markdown):
        return _on_one_line(markdown)
    return _joined(_parser().parseInline(markdown))


def without_comments(html: str) -> str:
    """HTML or Markdown without comments; one that is never closed goes on to the end."""
    return _COMMENT.sub("", html)


# ---- tokens to text ---------------------------------------------------------------------------


def _blocks(tokens: Sequence[Token]) -> Iterator[TextBlock]:
    mark = ""
    is_item = False
    cells: list[str] | None = None
    for token in tokens:
        match token.type:
            case "list_item_open":
                mark = f"{token.info}{token.markup} " if token.info else ""
                is_item = not token.info
            case "tr_open":
                cells = []
            case "tr_close" if cells is not None:
                yield TextBlock(" | ".join(cells))
                cells = None
            case "inline" if cells is not None:
                cells.append(_joined([token]))
            case "inline" | "html_block":
                text = _joined([token]) if token.type == "inline" else _html_text(token.content)
                yield TextBlock(mark + text if text else "", is_item)
                mark, is_item = "", False
            case "fence" | "code_block":
                yield from (TextBlock(_on_one_line(line)) for line in token.content.split("\n"))


def _html_text(html: str) -> str:
    """Text of an HTML block, without tags and comments."""
    return _joined(_parser().parseInline(without_comments(html)))


def _joined(tokens: Sequence[Token]) -> str:
    return _on_one_line("".join(_pieces(tokens)))


def _pieces(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        if token.children:
            yield from _pieces(token.children)
        elif token.type in ("softbreak", "hardbreak"):
            yield " "
        elif token.type == "html_inline":
            yield _tag_text(token.content)
        else:
            yield token.content


def _tag_text(tag: str) -> str:
    """Nothing for a tag of HTML; what only looks like one, as in ``List<String>``, stays."""
    found = _OPENING_TAG.fullmatch(tag)
    if found is None:  # a closing tag, a comment, a declaration
        return " " if tag[2:-1].strip().lower() in _BREAKING_TAGS else ""
    name, attributes = found.groups()
    if name in _BREAKING_TAGS or name.lower() in _BREAKING_TAGS:
        return " "
    is_html = name in _TAGS or "-" in name or "=" in attributes
    return "" if is_html else tag


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


# ---- the parser -------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import blockquote, heading, list_block

    def quote(state: StateBlock, line: int, end: int, silent: bool) -> bool:
        is_typed = _is_sentence(state) or _COMPARISON.match(_line(state, line))
        return not is_typed and blockquote(state, line, end, silent)

    def title(state: StateBlock, line: int, end: int, silent: bool) -> bool:
        return not _is_number_sign(state, line) and heading(state, line, end, silent)

    def listing(state: StateBlock, line: int, end: int, silent: bool) -> bool:
        is_typed = _is_sentence(state) and _line(state, line)[:1].isdigit()
        return not is_typed and list_block(state, line, end, silent)

    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    interrupts = ["paragraph", "reference", "blockquote"]
    parser.block.ruler.at("blockquote", quote, {"alt": [*interrupts, "list"]})
    parser.block.ruler.at("heading", title, {"alt": interrupts})
    parser.block.ruler.at("list", listing, {"alt": interrupts})
    parser.inline.ruler.before("emphasis", "typed_signs", _typed_signs)
    parser.inline.ruler.before("emphasis", "shortcode", _shortcode)
    return parser


def _is_sentence(state: StateBlock) -> bool:
    return bool(state.env.get(_ONE_LINE))


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _is_number_sign(state: StateBlock, line: int) -> bool:
    """True for ``# of incidents``: a single sign before a small letter, or in a sentence."""
    content = _line(state, line)
    if _is_sentence(state):
        return not content.startswith("##")
    found = _NUMBER_SIGN.match(content)
    return found is not None and found[1].islower()


def _typed_signs(state: StateInline, silent: bool) -> bool:
    """Asterisks inside of words and numbers, and names such as ``__init__.py``, are no emphasis."""
    start, source = state.pos, state.src
    name = _PYTHON_NAME.match(source, start)
    if name:
        return _take(state, name.group(), silent)
    if source[start] != "*":
        return False
    end = start
    while end < state.posMax and source[end] == "*":
        end += 1
    before, after = source[start - 1 : start], source[end : end + 1]
    is_power = before.isdigit() and after.isdigit()
    is_inside_a_word = end - start == 1 and before.isalnum() and after.isalnum()
    is_open = any(each.marker == ord("*") and each.open for each in state.delimiters)
    if not is_power and (is_open or not is_inside_a_word):
        return False
    return _take(state, source[start:end], silent)


def _shortcode(state: StateInline, silent: bool) -> bool:
    """Shortcodes of site generators such as ``{{< icon >}}`` say nothing to a reader."""
    found = _SHORTCODE.match(state.src, state.pos)
    if not found:
        return False
    state.pos = found.end()
    return True


def _take(state: StateInline, text: str, silent: bool) -> bool:
    if not silent:
        state.pending += text
    state.pos += len(text)
    return True
