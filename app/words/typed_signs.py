r"""Tells signs that were typed as such from marks of Markdown and HTML.

CommonMark takes ``2**10``, ``src/**/*.ts``, ``C:\temp\*.txt`` or ``if a <b then c> d`` for
markup. The rules here are stricter: what is not clearly a mark is text. They look at strings only;
``plain_text`` builds them into the parser.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape

_WORD = re.compile(
    # No script that writes without blanks: there, emphasis always begins inside a "word".
    r"[^\W_\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff"
    r"\U00020000-\U0003ffff]"
)
_OPENING = "([{<|“”„‟‘’‚«»‹›–—…¿¡（「『【《〈、。，：；！？"  # noqa: RUF001 - Chinese and Japanese signs are meant
_CLOSING = ")]}>|“”‘’«»‹›–—….,;:!?%°-（）「」『』【】《》〈〉、。，：；！？"  # noqa: RUF001
_MARKS = "*_~"
_QUOTES = "\"'"
_NEVER_AFTER_AN_OPENING = ")]},;:!?%"
_NEVER_BEFORE_A_CLOSING = "([{</\\=@"
_GLOB = re.compile(r"\*[./\\-]")

_NAMES_OF_PYTHON = (
    "all annotations bases bool builtins bytes call cause class closure code contains context "
    "copy deepcopy debug defaults del delattr delete delitem dict dir doc enter eq exit file "
    "format fspath future ge get getattr getattribute getitem getstate globals gt hash iadd "
    "import index init iter le len lt main match_args missing module mro mul name ne new next or "
    "package path post_init pycache qualname radd reduce reduce_ex repr reversed round self set "
    "set_name setattr setitem setstate sizeof slots spec str sub subclasses subclasshook suppress "
    "traceback truediv version weakref wrapped add and aenter aexit aiter anext await "
    "tests mocks snapshots fixtures dirname filename typename proto "
    "FILE LINE DATE TIME FUNCTION VERSION"
)
_NAME_OF_PYTHON = re.compile(rf"__(?:{_NAMES_OF_PYTHON.replace(' ', '|')})__(?!\w)")
_NAME_IN_CODE = re.compile(r"__[A-Za-z0-9]+(?:_[A-Za-z0-9]+)*__(?=[.(\[/]\w|\(\)|[ ]?==?[ ])")
_NAME_IN_A_PATH = re.compile(r"__\w+?__(?!\w)")

_BACKSLASH_OF_A_PATH = re.compile(r"\\[A-Za-z0-9]|^[A-Za-z]:\\|^\.{1,2}\\|^%\w+%\\")
_REACH = 200

_ADDRESS = re.compile(
    r"[a-z][a-z0-9+.-]*:|//|\.{0,2}/|#\w|\?\w|\S+/|\S*\.[a-z]{2,}(?:$|[#?:/])|\S*\{\{|\S+@\S+\.",
    re.IGNORECASE,
)
_CLEAR_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+:/?/|mailto:|\.{0,2}/|#\w|\S+/", re.IGNORECASE)
_BRACKETED_ADDRESS = re.compile(
    r"<(?:[a-z][a-z0-9+.-]+://\S|(?:mailto|tel|xmpp|sips?|urn):\S|[^\s<>@:]+@[^\s<>@:]+\.\w)",
    re.IGNORECASE,
)


# ---- emphasis ---------------------------------------------------------------------------------


def emphasis(source: str, start: int, end: int) -> tuple[bool, bool]:
    """True, True if the run of ``*`` or ``_`` from start to end may open, may close emphasis."""
    if _is_sum_or_product(source, start, end):
        return False, False
    before = source[start - 1] if start else " "
    after = source[end] if end < len(source) else " "
    is_strong_star = source[start] == "*" and end - start > 1
    return (
        _may_open(source, end, before, after, is_strong_star)
        and (_opens_here(source, start, before) or (is_strong_star and _joins(before, after)))
        and not (is_strong_star and _is_in_a_word(source, start, end, before, after)),
        _may_close(before)
        and (_closes_here(source, end, after) or (is_strong_star and _joins(after, before))),
    )


def name_in_code(source: str, start: int) -> str:
    """A name such as ``__init__`` that begins here, or nothing."""
    if source[start] != "_" or (start and _is_word(source[start - 1])):
        return ""
    found = _NAME_OF_PYTHON.match(source, start) or _NAME_IN_CODE.match(source, start)
    if found is None and start and source[start - 1] in "./":
        found = _NAME_IN_A_PATH.match(source, start)
    return found.group() if found else ""


def _is_word(sign: str) -> bool:
    return _WORD.match(sign) is not None


def _is_sum_or_product(source: str, start: int, end: int) -> bool:
    """True for ``2*3`` and ``2**10``."""
    return source[start - 1 : start].isdigit() and source[end : end + 1].isdigit()


def _may_open(source: str, end: int, before: str, after: str, is_strong: bool) -> bool:
    if after.isspace() or after in _NEVER_AFTER_AN_OPENING:
        return False
    if after in _QUOTES and not _is_word(source[end + 1 : end + 2] or " "):
        return False
    if after in "/\\":
        return is_strong and before.isspace() and source[end + 1 : end + 2].isalnum()
    return is_strong or not _GLOB.match(source, end - 1)


def _may_close(before: str) -> bool:
    return not before.isspace() and before not in _NEVER_BEFORE_A_CLOSING


def _opens_here(source: str, start: int, before: str) -> bool:
    """True if what stands before lets emphasis begin: a blank, a bracket, a quote."""
    if before in _QUOTES:
        outer = source[start - 2] if start > 1 else " "
        return outer.isspace() or outer in _OPENING
    return before.isspace() or before in _OPENING or before in _MARKS or _is_without_blanks(before)


def _closes_here(source: str, end: int, after: str) -> bool:
    if after in _QUOTES:
        outer = source[end + 1] if end + 1 < len(source) else " "
        return outer.isspace() or outer in _CLOSING
    return after.isspace() or after in _CLOSING or after in _MARKS or _is_without_blanks(after)


def _is_without_blanks(sign: str) -> bool:
    return sign.isalnum() and not _is_word(sign)


def _joins(outer: str, inner: str) -> bool:
    """True for strong parts of words: ``Dev**Ops**``, ``Cloud-**Native**``, ``**A**/**B**``."""
    return (_is_word(outer) or outer in "-/:") and (_is_word(inner) or inner in _MARKS)


def _is_in_a_word(source: str, start: int, end: int, before: str, after: str) -> bool:
    """True for ``a**b**c``: this run and the next one both stand inside of words."""
    if not (_is_word(before) and _is_word(after)):
        return False
    following = source.find(source[start:end], end)
    if following < 0:
        return True
    outer = source[following + end - start : following + end - start + 1]
    return _is_word(source[following - 1]) and _is_word(outer or " ")


# ---- backslashes, links, tags ------------------------------------------------------------------


def is_typed_backslash(source: str, position: int) -> bool:
    r"""True for the backslashes of paths and patterns: ``C:\*.txt``, ``\\server``, ``\d+\.\d+``."""
    begin = position
    while begin > 0 and position - begin < _REACH and not source[begin - 1].isspace():
        begin -= 1
    end = position
    while end < len(source) and end - position < _REACH and not source[end].isspace():
        end += 1
    word = source[begin:end].lstrip("*_~`\"'(„“")
    return _BACKSLASH_OF_A_PATH.search(word) is not None


def is_link(source: str, start: int, address: str) -> bool:
    """True if a label at ``start`` with this address is a link, and not ``array[i](j)``."""
    is_inside_code = start > 0 and (_is_word(source[start - 1]) or source[start - 1] in "_])")
    pattern = _CLEAR_ADDRESS if is_inside_code else _ADDRESS
    return pattern.match(address) is not None


def is_bracketed_address(source: str, start: int) -> bool:
    """True for ``<https://…>`` and ``<team@example.org>``, False for ``<user@host>``."""
    return _BRACKETED_ADDRESS.match(source, start) is not None


_BREAKING_TAGS = (
    "address article aside blockquote br caption center dd details div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hr legend li main nav ol optgroup option p pre "
    "section summary table tbody td tfoot th thead tr ul"
)
_OPTIONAL_END_TAGS = frozenset(("dd", "dt", "li", "p", "td", "th", "tr"))
_ALWAYS_EMPTY = frozenset(("br", "hr", "wbr"))
_EMPTY_WITH_ATTRIBUTES = frozenset(
    ("area", "base", "col", "embed", "img", "input", "link", "meta", "param", "source", "track")
)
_MORE_TAGS = (
    "a abbr audio b bdi bdo big body button canvas circle cite code colgroup data defs del dfn em "
    "font g head html i iframe ins kbd label map mark noscript object path picture q rect rp rt "
    "ruby s samp script select small span strike strong style sub sup svg template textarea time "
    "title tt u use var video"
)
_BREAKING = frozenset(_BREAKING_TAGS.split())
_TAGS = _BREAKING | _ALWAYS_EMPTY | _EMPTY_WITH_ATTRIBUTES | set(_MORE_TAGS.split())
_OPENING_TAG = re.compile(r"<([A-Za-z][A-Za-z0-9-]*)(.*?)(/?)>", re.DOTALL)
_CLOSING_TAG = re.compile(r"</([A-Za-z][A-Za-z0-9-]*)\s*>")


_ALTERNATIVE = re.compile(r"""\salt\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_RAISED = str.maketrans("0123456789+-−()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾")


def text_of_tag(tag: str) -> str:
    """The text in place of a tag that is markup: of a picture its alternative, else hardly any."""
    name = tag_name(tag)
    if name == "img" and (found := _ALTERNATIVE.search(tag)):
        return unescape(next(filter(None, found.groups()), ""))
    return " " if name in _BREAKING else ""


def raised(text: str) -> str:
    """A text above the line: 10<sup>6</sup> is another number than 106."""
    return text.translate(_RAISED) if all(ord(sign) in _RAISED for sign in text) else text


def tag_name(tag: str) -> str:
    """The name of an opening or closing tag in small letters, or nothing."""
    found = _OPENING_TAG.match(tag) or _CLOSING_TAG.match(tag)
    return found[1].lower() if found else ""


def is_tag_of_html(tag: str) -> bool:
    """True for names of HTML, and for a page's own such as ``<x-icon name="y">``."""
    found = _OPENING_TAG.match(tag)
    own = found is not None and "-" in found[1] and "=" in found[2]
    return own or tag_name(tag) in _TAGS


def needs_no_end(tag: str) -> bool:
    """True for opening tags that are complete: ``<br>``, ``<img src=…>``, ``<i class=… />``."""
    found = _OPENING_TAG.match(tag)
    if found is None or not is_tag_of_html(tag):
        return False
    name, attributes, slash = found[1].lower(), found[2], found[3]
    if name in _ALWAYS_EMPTY:
        return "=" in attributes or not attributes.strip()
    return "=" in attributes or bool(slash)


def markup_tags(tags: Iterable[str]) -> list[bool]:
    """For each tag of a text, in order: True if it is markup, False if it is to be shown.

    Markup are complete tags, and pairs of an opening and a closing one. ``List<String>``,
    ``Option<i>`` and ``<client name>`` have no end.
    """
    listed = list(tags)
    answers = [tag.startswith("<!--") or needs_no_end(tag) for tag in listed]
    open_at: dict[str, list[int]] = {}
    optional: list[int] = []
    for index, tag in enumerate(listed):
        name = tag_name(tag)
        if not name or not (is_tag_of_html(tag) or open_at.get(name)):
            continue
        if _OPENING_TAG.match(tag):
            open_at.setdefault(name, []).append(index)
            if name in _OPTIONAL_END_TAGS:
                optional.append(index)
        elif open_at.get(name):
            begin = open_at[name].pop()
            answers[begin] = answers[index] = True
            if name in ("ol", "ul", "dl", "table"):
                while optional and optional[-1] > begin:
                    answers[optional.pop()] = True
    return answers
