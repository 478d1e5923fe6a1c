"""Plain text from the Markdown of model texts.

Model texts are Markdown, but many are a single line typed without a thought of marks:
``> 90 % of the builds``, ``# of incidents``, ``2*3*4``, ``List<String>``. CommonMark would take
such signs away, so the rules of the parser (markdown-it-py) are narrowed here: what is not clearly
markup comes out unchanged (``typed_signs``).

The parser is imported with the first text that may hold a mark; most texts hold none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import zip_longest
from typing import TYPE_CHECKING

from app.words.typed_signs import (
    emphasis,
    is_bracketed_address,
    is_link,
    is_tag_of_html,
    is_typed_backslash,
    markup_tags,
    name_in_code,
    needs_no_end,
    raised,
    tag_name,
    text_of_tag,
)

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
_BLANKS = re.compile(r"[ \t\n\r\f\v\x1c-\x1f\x85\u2028\u2029]+")  # no-break spaces stay
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)

_ONE_LINE = "one_line"
_FOR_AND_AGAINST = "for_and_against"
_COMPARISON = re.compile(r">[ \t]*(?:[=≥≈~<>]|[-+±.,€$£]?[ \t]*\d)")
_NUMBER_SIGN = re.compile(r"#[ \t]+(\S)")
_LIST_MARK = re.compile(r"[ \t>]*(?:[-+*]|\d{1,9}[.)])[ \t]")
_SIGN_AT_THE_BEGINNING = re.compile(r"\+|[*\d]|-[ \t]*(?![ \t\w]|$)|-[ \t]+\d|-[ \t]*$")
_PLUS = re.compile(r"^[ \t]*\+[ \t]+\S", re.MULTILINE)
_WORDS_AFTER_A_FENCE = re.compile(r"~{3,}[ \t]*[^\s{]+[ \t]+[^\s={]+(?:[ \t]|$)")
_SHORTCODE = re.compile(r"\{\{[<%][^{}]{0,500}[>%]\}\}")
_CODE_OF_A_PAGE = re.compile(r"<(script|style)\b[^>]*>.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_DEFINITION = re.compile(r"\[((?:[^\[\]\\]|\\.){1,999})\]:[ \t]*\n?[ \t]*<?(\S+)")
_COMMENT_AS_DEFINITION = re.compile(
    r"\[[^\[\]\n]{1,99}\]:[ \t]*(?:#|<>)[ \t]+(?:\([^()\n]*\)|\"[^\"\n]*\"|'[^'\n]*')[ \t]*$",
    re.MULTILINE,
)
"""``[//]: # (a comment)``, as Markdown has no comments of its own."""
_BEGINNING_OF_A_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9-]*)")
_ONLY_TAGS = re.compile(r"(?:\s*<[^<>]*>)+\s*")
_TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A paragraph, a line of code, a row of a table or, with ``is_item``, an item with a bullet.

    ``number`` is that of a numbered item, as in the text; ``is_row`` tells rows of tables.
    """

    text: str
    is_item: bool = False
    number: str = field(default="", compare=False)
    is_row: bool = field(default=False, compare=False)


def plain_text(markdown: str) -> str:
    """The text without marks on one line."""
    return " ".join(block.text for block in text_blocks(markdown))


def listed_text(markdown: str) -> str:
    """The text without marks on one line, where items and rows can still be told apart."""
    blocks = text_blocks(markdown)
    is_listed = len(blocks) > 1
    pieces = []
    for block, following in zip_longest(blocks, blocks[1:]):
        bullet = "• " if is_listed and block.is_item else ""
        semicolon = ";" if block.is_row and following and following.is_row else ""
        pieces.append(f"{bullet}{block.text}{semicolon}")
    return " ".join(pieces)


@lru_cache(maxsize=4096)
def text_blocks(markdown: str) -> tuple[TextBlock, ...]:
    """The text without marks, block by block; none is empty and each is one line.

    Numbers of lists stay in front of their items. A text of one line is a sentence: there ``#``,
    ``>``, ``+``, ``*`` and ``1.`` at its beginning are kept too.
    """
    if len(markdown) > MAX_PARSED or not _MAY_BE_MARKDOWN.search(markdown):
        blocks = [TextBlock(_on_one_line(part)) for part in _EMPTY_LINE.split(markdown)]
    else:
        environment = {
            _ONE_LINE: "\n" not in markdown.strip(),
            _FOR_AND_AGAINST: _PLUS.search(markdown) is not None,
        }
        blocks = list(_blocks(_parsed(markdown, environment), environment))
    return tuple(block for block in blocks if block.text)


@lru_cache(maxsize=4096)
def inline_text(markdown: str) -> str:
    """A heading or another text without blocks, without marks and on one line."""
    if len(markdown) > MAX_PARSED or not _MAY_BE_MARKDOWN.search(markdown):
        return _on_one_line(markdown)
    tokens = _parser().parseInline(markdown)
    _find_markup(tokens)
    return _joined(tokens)


def without_comments(html: str) -> str:
    """HTML or Markdown without comments; one that is never closed goes on to the end."""
    return _COMMENT.sub("", html)


# ---- tokens to text ---------------------------------------------------------------------------


def _blocks(tokens: Sequence[Token], environment: dict[str, bool]) -> Iterator[TextBlock]:
    mark = number = ""
    is_item = False
    cells: list[str] | None = None
    for token in tokens:
        match token.type:
            case "list_item_open":
                if mark:
                    yield TextBlock(mark, number=number)
                number = f"{token.info}{token.markup}" if token.info else ""
                keeps_sign = token.markup == "+" or (
                    token.markup == "-" and environment[_FOR_AND_AGAINST]
                )
                mark = number or (token.markup if keeps_sign else "")
                is_item = not mark
            case "list_item_close" if mark:
                yield TextBlock(mark, number=number)
                mark = number = ""
            case "tr_open":
                cells = []
            case "tr_close" if cells is not None:
                yield TextBlock(_on_one_line(" | ".join(cells)), is_row=True)
                cells = None
            case "inline" if cells is not None:
                cells.append(_joined([token]))
            case "inline" | "html_block":
                text = _joined([token])
                if text:
                    yield TextBlock(f"{mark} {text}".lstrip(), is_item, number)
                    mark, number, is_item = "", "", False
            case "fence" | "code_block":
                if mark:
                    yield TextBlock(mark, number=number)
                    mark = number = ""
                yield from (TextBlock(_on_one_line(line)) for line in token.content.split("\n"))


def _parsed(markdown: str, environment: dict[str, bool]) -> list[Token]:
    """The tokens; those of HTML blocks have the inline ones as children."""
    tokens = _parser().parse(markdown, dict(environment))
    for token in tokens:
        if token.type == "html_block":
            html = _CODE_OF_A_PAGE.sub("", without_comments(token.content))
            token.children = _parser().parseInline(html)[0].children
            token.meta["lone"] = [
                tag
                for line in html.split("\n")
                if _ONLY_TAGS.fullmatch(line)
                for tag in _TAG.findall(line)
            ]
    _find_markup(tokens)
    return tokens


def _find_markup(tokens: Sequence[Token]) -> None:
    """Hide the tags that are markup; what only looks like a tag is shown."""
    tags = [
        (child, token)
        for token in tokens
        for child in _leaves(token.children or ())
        if child.type == "html_inline"
    ]
    answers = markup_tags(child.content for child, _ in tags)
    for (child, block), is_markup in zip(tags, answers, strict=True):
        # Pages are cut at headings, so a frame may begin in one text and end in another.
        is_frame = child.content in block.meta.get("lone", ()) and is_tag_of_html(child.content)
        child.hidden = is_markup or is_frame


def _leaves(tokens: Sequence[Token]) -> Iterator[Token]:
    for token in tokens:
        if token.children:
            yield from _leaves(token.children)
        else:
            yield token


def _joined(tokens: Sequence[Token]) -> str:
    return _on_one_line("".join(_pieces(tokens)))


def _pieces(tokens: Sequence[Token]) -> Iterator[str]:
    for index, token in enumerate(tokens):
        if token.children:
            yield from _pieces(token.children)
        elif token.type in ("softbreak", "hardbreak"):
            yield " "
        elif token.type == "html_inline" and token.hidden:
            yield text_of_tag(token.content)
        elif token.type == "link_open" and tokens[index + 1].type == "link_close":
            yield str(token.attrs["href"])
        elif token.type == "text" and _is_above_the_line(tokens, index):
            yield raised(token.content)
        elif token.type != "html_block":
            yield token.content


def _is_above_the_line(tokens: Sequence[Token], index: int) -> bool:
    around = tokens[index - 1 : index + 2 : 2] if index else ()
    return [tag_name(each.content) for each in around if each.hidden] == ["sup", "sup"]


def _on_one_line(text: str) -> str:
    return _BLANKS.sub(" ", text).strip()


# ---- the parser -------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import (
        blockquote,
        fence,
        heading,
        hr,
        html_block,
        lheading,
        list_block,
        reference,
        table,
    )
    from markdown_it.rules_inline import autolink, escape, image, link

    def quote(state: StateBlock, line: int, end: int, silent: bool) -> bool:
        is_typed = _is_sentence(state, line) or _COMPARISON.match(_line(state, line))
        return not is_typed and blockquote(state, line, end, silent)

    def title(state: StateBlock, line: int, end: int, silent: bool) -> bool:
        return not _is_number_sign(state, line) and heading(state, line, end, silent)

    def underlined(state: StateBlock, line: int, end: int, silent: bool) -> bool:
        before = len(state.tokens)
        if not lheading(state, line, end, silent):
            return False
        if len(_line(state, state.line - 1).rstrip()) > 2:
            return True
        del state.tokens[before:]  # a single = or - is a sign
        state.line = line
        return False

    def listing(state: StateBlock, line: int, end: int, silent: bool) -> bool:
        is_typed = _is_sentence(state, line) and _SIGN_AT_THE_BEGINNING.match(_line(state, line))
        return not is_typed and list_block(state, line, end, silent)

    def rule(state: StateBlock, line: int, end: int, silent: bool) -> bool:
        return not _is_sentence(state, line) and hr(state, line, end, silent)

    def code(state: StateBlock, line: int, end: int, silent: bool) -> bool:
        is_typed = state.env.get(_ONE_LINE) or _WORDS_AFTER_A_FENCE.match(_line(state, line))
        return not is_typed and fence(state, line, end, silent)

    def html(state: StateBlock, line: int, end: int, silent: bool) -> bool:
        return _is_html_block(state, line) and html_block(state, line, end, silent)

    def definition(state: StateBlock, line: int, end: int, silent: bool) -> bool:
        return _is_definition(state, line) and reference(state, line, end, silent)

    def rows(state: StateBlock, line: int, end: int, silent: bool) -> bool:
        before = len(state.tokens)
        found = table(state, line, end, silent)
        if found and not silent:
            _add_cells_beyond_the_head(state, before)
        return found

    def reference_or_link(state: StateInline, silent: bool) -> bool:
        return _is_link(state, state.pos) and link(state, silent)

    def picture(state: StateInline, silent: bool) -> bool:
        if state.src[state.pos : state.pos + 2] != "![":
            return False
        return _is_link(state, state.pos + 1) and image(state, silent)

    def address(state: StateInline, silent: bool) -> bool:
        return is_bracketed_address(state.src, state.pos) and autolink(state, silent)

    def backslash(state: StateInline, silent: bool) -> bool:
        if state.src[state.pos] != "\\" or is_typed_backslash(state.src, state.pos):
            return False
        return escape(state, silent)

    parser = MarkdownIt("commonmark", {"maxNesting": 50}).enable(["table", "strikethrough"])
    interrupts = ["paragraph", "reference", "blockquote"]
    block, inline = parser.block.ruler, parser.inline.ruler
    block.at("table", rows, {"alt": ["paragraph", "reference"]})
    block.at("fence", code, {"alt": [*interrupts, "list"]})
    block.at("blockquote", quote, {"alt": [*interrupts, "list"]})
    block.at("hr", rule, {"alt": [*interrupts, "list"]})
    block.at("list", listing, {"alt": interrupts})
    block.at("reference", definition)
    block.at("html_block", html, {"alt": interrupts})
    block.at("heading", title, {"alt": interrupts})
    block.at("lheading", underlined)
    inline.at("autolink", address)
    inline.at("escape", backslash)
    inline.at("emphasis", _emphasis)
    inline.at("link", reference_or_link)
    inline.at("image", picture)
    inline.before("emphasis", "shortcode", _shortcode)
    return parser


def _is_sentence(state: StateBlock, line: int) -> bool:
    """True in a text of one line, and behind the bullet or number of an item."""
    if state.env.get(_ONE_LINE):
        return True
    begin = state.bMarks[line] + state.tShift[line]
    margin = state.src[state.src.rfind("\n", 0, begin) + 1 : begin]
    return _LIST_MARK.match(margin) is not None


def _line(state: StateBlock, line: int) -> str:
    if not 0 <= line < len(state.bMarks):
        return ""
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _is_number_sign(state: StateBlock, line: int) -> bool:
    """True for ``# of incidents``: a single sign in a sentence, a list or before a small letter."""
    found = _NUMBER_SIGN.match(_line(state, line))
    if _is_sentence(state, line):
        return not _line(state, line).startswith("##")
    neighbours = (_line(state, line - 1), _line(state, line + 1))
    return found is not None and (
        found[1].islower() or any(_NUMBER_SIGN.match(each) for each in neighbours)
    )


def _is_html_block(state: StateBlock, line: int) -> bool:
    """True if a block of HTML begins here: a comment, or a tag that has an end or needs none."""
    content = _line(state, line)
    if content.startswith("<!--"):
        return "-->" in state.src[state.bMarks[line] :]
    found = _BEGINNING_OF_A_TAG.match(content)
    if found is None or _is_sentence(state, line) or not is_tag_of_html(f"<{found[1]}>"):
        return False
    return (
        f"</{found[1].lower()}" in state.src.lower()
        or needs_no_end(content)
        or _ONLY_TAGS.fullmatch(content) is not None
    )


def _is_definition(state: StateBlock, line: int) -> bool:
    """True for a comment, and the address of a link that is used: ``[1]: https://example.org``."""
    begin = state.bMarks[line] + state.tShift[line]
    if _COMMENT_AS_DEFINITION.match(state.src, begin):
        return True
    found = _DEFINITION.match(state.src, begin)
    if found is None or not is_link(" ", 1, found[2]):
        return False
    use = re.compile(re.escape(f"[{found[1]}]") + "(?!:)", re.IGNORECASE)
    return use.search(state.src) is not None


def _add_cells_beyond_the_head(state: StateBlock, first: int) -> None:
    """Add the cells of rows that are longer than the head; the parser leaves them out."""
    from markdown_it.rules_block.table import escapedSplit

    width = 0
    added: list[Token] = []
    for token in state.tokens[first:]:
        added.append(token)
        if token.type == "th_open":
            width += 1
        if token.type == "tr_open" and token.map:
            row = escapedSplit(_line(state, token.map[0]).strip().removeprefix("|"))
            row = row[:-1] if not row[-1] else row
        if token.type == "tr_close":
            for cell in row[width:]:
                added[-1:-1] = [_inline_token(cell.strip(), token)]
    state.tokens[first:] = added


def _inline_token(content: str, beside: Token) -> Token:
    return type(beside)("inline", "", 0, content=content, children=[], map=None)


def _is_link(state: StateInline, start: int) -> bool:
    """True if no address follows a label, or one that makes it a link."""
    if state.src[start] != "[":
        return False
    end = state.md.helpers.parseLinkLabel(state, start, True)
    if end < 0:
        return False
    if state.src[end + 1 : end + 2] != "(":
        return True
    begin = end + 2
    while begin < state.posMax and state.src[begin].isspace():
        begin += 1
    found = state.md.helpers.parseLinkDestination(state.src, begin, state.posMax)
    return not found.ok or is_link(state.src, start, found.str)


def _emphasis(state: StateInline, silent: bool) -> bool:
    """Opening and closing runs of ``*`` and ``_``, as narrow as ``typed_signs`` has them."""
    from markdown_it.rules_inline.state_inline import Delimiter

    start, source = state.pos, state.src
    marker = source[start]
    if silent or marker not in "*_":
        return False
    name = name_in_code(source, start)
    if name:
        state.pending += name
        state.pos += len(name)
        return True
    end = start
    while end < state.posMax and source[end] == marker:
        end += 1
    can_open, can_close = emphasis(source[: state.posMax], start, end)
    for _ in range(end - start):
        state.push("text", "", 0).content = marker
        place = len(state.tokens) - 1
        delimiter = Delimiter(ord(marker), end - start, place, -1, can_open, can_close)
        state.delimiters.append(delimiter)
    state.pos = end
    return True


def _shortcode(state: StateInline, silent: bool) -> bool:
    """Shortcodes of site generators such as ``{{< icon >}}`` say nothing to a reader."""
    found = _SHORTCODE.match(state.src, state.pos)
    if not found:
        return False
    state.pos = found.end()
    return True
