"""Reads pages that describe the levels inside: as headings, as list items or in a table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from app.model.scale import HIGHEST_LEVEL
from app.words.plain_text import inline_text, plain_text
from data.models.pages.alignment import heading_key
from data.models.pages.levels import PLURAL_WORDS, Label, find_label, without_edges
from data.models.pages.marks import Cell, Found, Line, Rest, levels_in_items
from data.models.pages.panels import Panel
from data.models.pages.tables import levels_in_table
from data.models.pages.text import MAX_HEADINGS, Heading, PageText, Section

_HTML_HEADING = re.compile(r"<h(?P<depth>[1-6])\b[^>]*>(?P<words>.*)</h(?P=depth)>", re.IGNORECASE)
_EMPHASISED = re.compile(r"([*_])(?![*_])(?P<words>.+)\1")
_NAME_AND_SHORT = re.compile(
    r"\s+[-–—]+\s+|\s*(?:——|--|[:：])\s*|(?<=[\u3040-\u9fff])\s*[-–—]\s*(?=[\u3040-\u9fff])"
)
_LEVELS_IN_GENERAL = re.compile(
    rf"(?:(?:the|our|all|die|alle|unsere|les|los|i|os|as|de)\s+)?(?:maturity\s+|成熟度)?{PLURAL_WORDS}"
    r"(?:\s+(?:in general|explained|at a glance|overview|im überblick|allgemein))?"
    rf"|.*\bmaturity {PLURAL_WORDS}\b.*"
    rf"|.*\b{PLURAL_WORDS} (?:of maturity|der reife|de madurez|de maturité)\b.*",
    re.IGNORECASE,
)
_BEFORE_LEVEL = re.compile(r"[\W\d_]*")
_PREFIX_END = re.compile(r"\s*(?:[-–—:：,，(（]|\s[|/])\s*$")
_FEW_SECTIONS = 3


@dataclass(frozen=True, slots=True)
class InnerArea:
    """An area with its levels; ``parent`` is the heading above it, empty for the page itself."""

    heading: str
    line: int
    cells: tuple[Cell, ...]
    parent: str = ""
    question: str = ""
    is_in_list: bool = False


@dataclass(slots=True)
class InnerPage:
    """A page with the levels inside.

    ``intro`` is the text before its first heading, ``leads`` are texts around the levels of an
    area, ``rests`` what else its tables hold, and ``without_levels`` the sections that describe no
    level. ``general`` are the levels as the page describes them for all areas.
    """

    text: PageText
    areas: list[InnerArea] = field(default_factory=list)
    intro: str = ""
    introductions: dict[str, str] = field(default_factory=dict)
    leads: list[Section] = field(default_factory=list)
    rests: list[Rest] = field(default_factory=list)
    without_levels: list[Section] = field(default_factory=list)
    has_tabs: bool = False
    is_title_area: bool = False
    general: tuple[Cell, ...] = ()

    @property
    def title(self) -> str:
        """The title of the page, unless it is that of one of its areas."""
        return "" if self.is_title_area else self.text.title

    @property
    def is_overview(self) -> bool:
        """True for a page that only lists the levels of the model, with their names."""
        return not self.areas


def levels_inside(text: PageText) -> InnerPage | None:
    """The areas of a page that states at least two levels inside, else nothing."""
    page = InnerPage(text)
    nodes = _nodes(text)
    page.has_tabs = any(node.is_panel and node.level is None for node in nodes)
    _take_level_headings(page, nodes)
    _take_sections(page, nodes)
    levels = {cell.level for area in page.areas for cell in area.cells}
    page.areas.sort(key=lambda area: area.line)
    _name_first_area(page, nodes)
    for area in [area for area in page.areas if _is_general(page, area)]:
        page.general = area.cells
        page.areas.remove(area)
    return page if len(levels) > 1 else None


def _name_first_area(page: InnerPage, nodes: Sequence[_Node]) -> None:
    """Call the area right below the title by it where further ``#`` headings are areas."""
    tops = [node for node in nodes if node.depth == 1]
    if page.text.may_title_be_heading and nodes[0].is_area and any(top.is_area for top in tops):
        page.is_title_area = True
        page.areas = [
            area if area.heading else replace(area, heading=page.text.title) for area in page.areas
        ]


def _is_general(page: InnerPage, area: InnerArea) -> bool:
    """True for a list of levels under a heading such as *Levels*, or of names amid other texts."""
    if not area.is_in_list:
        return False
    if len(page.areas) > 1:
        return _LEVELS_IN_GENERAL.fullmatch(area.heading) is not None
    return len(page.without_levels) >= _FEW_SECTIONS and all(cell.name for cell in area.cells)


# ---- headings and tabs -------------------------------------------------------------------------


@dataclass(slots=True, eq=False)
class _Node:
    """A heading or a panel; the first node stands for the page itself.

    ``start`` to ``end`` are its own lines, its text goes on to ``last``. ``is_rest`` is true for
    the text behind a panel, which belongs to the heading around it.
    """

    depth: float
    words: str
    start: int
    end: int
    last: int
    level: int | None = None
    beside: str = ""
    prefix: str = ""
    is_panel: bool = False
    is_rest: bool = False
    parent: _Node | None = None
    is_area: bool = False


def _nodes(text: PageText) -> list[_Node]:
    """The page, its headings and the panels with levels in their order, each with its parent."""
    all_panels = text.panels[:MAX_HEADINGS]
    panels = [panel for panel in all_panels if _has_levels(text, panel, all_panels)]
    nodes = [_Node(0, "", 0, 0, len(text.lines))]
    ends = _ends_by_depth(text)
    parts: list[Heading | Panel] = [*text.headings, *panels]
    for each in sorted(parts, key=lambda each: each.start):
        parent = next(node for node in reversed(nodes) if each.start < node.last)
        last = each.end if isinstance(each, Panel) else ends[each.start]
        around = min((p.end for p in panels if p.start < each.start < p.end), default=last)
        node = _node(each, parent, min(last, around))
        nodes.append(node)
    return _with_rests(nodes, text)


_IN_PANEL = 0.5
"""A panel stands between the heading above it and the headings inside."""


def _ends_by_depth(text: PageText) -> dict[int, int]:
    """End of the part under each heading: before the next one that is no deeper."""
    ends: dict[int, int] = {}
    open_headings: list[Heading] = []
    for heading in text.headings:
        while open_headings and open_headings[-1].depth >= heading.depth:
            ends[open_headings.pop().start] = heading.start
        open_headings.append(heading)
    return ends | {heading.start: len(text.lines) for heading in open_headings}


def _node(each: Heading | Panel, parent: _Node, last: int) -> _Node:
    """The node of a heading or panel, with the level it states."""
    if isinstance(each, Panel):
        depth = parent.depth + _IN_PANEL
        node = _Node(depth, each.name, each.start, each.start + 1, last, is_panel=True)
    else:
        node = _Node(each.depth, each.words, each.start, each.end, last)
    node.parent = parent
    label = _stated_level(node.words)
    if label is not None:
        before = node.words[: label.start]
        node.level = label.number
        node.prefix = without_edges(_BEFORE_LEVEL.sub("", before, count=1))
        node.beside = without_edges(node.words[label.end :])
    return node


def _stated_level(words: str) -> Label | None:
    """The level that a heading states for its text, alone or behind the name of an area."""
    label = find_label(words)
    if label is None or label.number > HIGHEST_LEVEL:
        return None
    before = words[: label.start]
    is_heading = _BEFORE_LEVEL.fullmatch(before) or _PREFIX_END.search(before)
    return label if is_heading else None


def _has_levels(text: PageText, panel: Panel, panels: Sequence[Panel]) -> bool:
    """True for a panel that is a level, or has levels in it; any other one is text."""
    if _stated_level(panel.name):
        return True
    inside = range(panel.start + 1, panel.end)
    headings = (each.words for each in text.headings if each.start in inside)
    names = (each.name for each in panels if each.start in inside)
    return any(map(_stated_level, (*headings, *names))) or bool(
        _levels_in(text, panel.start + 1, panel.end)
    )


def _with_rests(nodes: Sequence[_Node], text: PageText) -> list[_Node]:
    """The nodes, with further ones for the texts behind panels."""
    rests: list[_Node] = []
    for index, node in enumerate(nodes):
        around = node.parent
        if not node.is_panel or around is None:
            continue
        following = next((n.start for n in nodes[index + 1 :] if n.start >= node.last), around.last)
        last = min(following, around.last)
        filled = (at for at in range(node.last, last) if (text.lines[at] or "").strip())
        start = next(filled, None)
        if start is not None:
            rest = _Node(around.depth + _IN_PANEL, around.words, start, start, last)
            rest.is_rest, rest.parent = True, around
            rests.append(rest)
    return sorted([*nodes, *rests], key=lambda node: node.start)


# ---- levels under headings of their own --------------------------------------------------------


def _take_level_headings(page: InnerPage, nodes: Sequence[_Node]) -> None:
    for node in nodes:
        around = _level_around(node)
        if node.level == around or (node.is_panel and around is not None):
            node.level = None  # a part of the text of that level
    leveled = [node for node in nodes if node.level is not None]
    if len({node.level for node in leveled}) < 2:
        for node in leveled:
            node.level = None
        return
    _take_areas_behind_levels(leveled)
    by_area: dict[tuple[int, str], list[_Node]] = {}
    for node in leveled:
        owner = _owner(node)
        by_area.setdefault((owner.start, heading_key(node.prefix)), []).append(node)
    for members in by_area.values():
        owner, prefix = _owner(members[0]), members[0].prefix
        owner.is_area = owner.is_area or not prefix
        section = _body(page.text, owner, nodes)
        question, lead = ("", section) if prefix else _question_in(section)
        page.areas.append(
            InnerArea(
                prefix or owner.words,
                page.text.line_number(members[0].start if prefix else owner.start),
                tuple(_level_cell(page.text, node, leveled) for node in members),
                _parent_words(owner, is_area=not prefix),
                question,
            )
        )
        if not prefix:
            _keep_lead(page, owner, lead)


def _take_areas_behind_levels(leveled: Sequence[_Node]) -> None:
    """Take the words behind levels for areas where they tell several of one level apart.

    ``Level 1 Skills``, ``Level 1 Teams``, ``Level 2 Skills``: these are no names of levels.
    """
    by_owner: dict[int, list[_Node]] = {}
    for node in leveled:
        if not node.prefix:
            by_owner.setdefault(_owner(node).start, []).append(node)
    for nodes in by_owner.values():
        words = [heading_key(node.beside) for node in nodes]
        pairs = {(node.level, word) for node, word in zip(nodes, words, strict=True)}
        is_repeated = len({node.level for node in nodes}) < len(nodes)
        if is_repeated and all(words) and len(pairs) == len(nodes) and len(set(words)) < len(nodes):
            for node in nodes:
                node.prefix, node.beside = node.beside, ""


def _owner(node: _Node) -> _Node:
    """Area of a level: the closest heading or tab above it that is not a level itself."""
    owner = node.parent
    while owner is not None and owner.level is not None:
        owner = owner.parent
    assert owner is not None  # the page itself is above everything
    return owner


def _level_around(node: _Node) -> int | None:
    """The level whose text a heading stands in."""
    around = node.parent
    while around is not None and around.level is None:
        around = around.parent
    return around.level if around else None


def _level_cell(text: PageText, node: _Node, leveled: Sequence[_Node]) -> Cell:
    """A level with its text, without that of other levels under headings below its own."""
    name, short = _name_and_short(node.beside)
    pieces, at = [], node.end
    for inner in leveled:
        if at <= inner.start < node.last:
            pieces.append(text.text(at, inner.start))
            at = inner.last
    pieces.append(text.text(at, node.last))
    body = "\n\n".join(filter(None, pieces)).strip()
    assert node.level is not None
    return Cell(node.level, text.line_number(node.start), body, name, short)


def _name_and_short(beside: str) -> tuple[str, str]:
    parts = _NAME_AND_SHORT.split(beside, maxsplit=1)
    name = without_edges(parts[0])
    return (name, without_edges(parts[1])) if len(parts) == 2 and name else (beside, "")


def _parent_words(owner: _Node, *, is_area: bool) -> str:
    """The heading of the dimension; one that is an area itself holds no others."""
    owner = owner.parent if owner.is_rest and owner.parent else owner
    parent = owner.parent if is_area else owner
    while parent is not None and (parent.is_area or parent.level is not None):
        parent = parent.parent
    return parent.words if parent else ""


# ---- levels in the text under a heading ----------------------------------------------------------


def _take_sections(page: InnerPage, nodes: Sequence[_Node]) -> None:
    """Look for lists and tables of levels in everything that is not the text of a level."""
    found = [
        (node, _levels_in(page.text, node.end, _body_end(node, nodes, page.text)))
        for node in nodes
        if not node.is_area and not _is_in_level(node)
    ]
    for node, levels in found:
        node.is_area = levels is not None
    for node, levels in found:
        if levels is not None:
            _take_found(page, node, levels)
    for node, levels in found:
        if levels is None:
            _keep_section(page, node, _body(page.text, node, nodes))


def _is_in_level(node: _Node) -> bool:
    owner: _Node | None = node
    while owner is not None:
        if owner.level is not None:
            return True
        owner = owner.parent
    return False


def _levels_in(text: PageText, start: int, end: int) -> Found | None:
    lines = [
        Line(text.line_number(at), line, at in text.code)
        for at in range(start, end)
        if (line := text.lines[at]) is not None
    ]
    found = levels_in_items(lines) or levels_in_table(lines)
    levels = {cell.level for run in found.runs for cell in run.cells} if found else ()
    return found if len(levels) > 1 else None


def _take_found(page: InnerPage, node: _Node, found: Found) -> None:
    named = [run for run in found.runs if run.heading]
    for run in found.runs:
        is_own = not run.heading
        heading = run.heading or node.words
        above = _parent_words(node, is_area=is_own) if is_own or not node.words else node.words
        parent = run.parent or above
        page.areas.append(
            InnerArea(heading, run.line, run.cells, parent, run.question, is_in_list=True)
        )
    page.rests += found.rest
    line = page.text.line_number(node.start)
    question, lead = _question_in(Section(node.words, line, found.before, page.text.file))
    if question and not named:
        page.areas[-1] = replace(page.areas[-1], question=question)
    _keep_lead(page, node, lead)
    if found.after:
        page.leads.append(Section(node.words, line, found.after, page.text.file))


def _keep_section(page: InnerPage, node: _Node, body: Section) -> None:
    """Keep a text that describes no level: an introduction, or a section of its own."""
    if node.depth == 0:
        page.intro = body.text
    elif not plain_text(body.text):
        return
    elif node.is_rest:
        page.leads.append(body)
    elif any(area.parent == node.words for area in page.areas):
        page.introductions[heading_key(node.words)] = body.text
    else:
        page.without_levels.append(body)


def _keep_lead(page: InnerPage, node: _Node, lead: Section) -> None:
    if node.depth == 0:
        page.intro = lead.text
    elif plain_text(lead.text):
        page.leads.append(lead)


# ---- texts -------------------------------------------------------------------------------------


def _body(text: PageText, node: _Node, nodes: Sequence[_Node]) -> Section:
    """A heading and the text up to the next heading or tab."""
    body = text.text(node.end, _body_end(node, nodes, text))
    return Section(node.words, text.line_number(node.start), body.strip(), text.file)


def _body_end(node: _Node, nodes: Sequence[_Node], text: PageText) -> int:
    at = nodes.index(node) + 1
    return nodes[at].start if at < len(nodes) else len(text.lines)


def _question_in(section: Section) -> tuple[str, Section]:
    """The question a text begins with, set as a small heading or in italics, and the rest."""
    first, _, rest = section.text.partition("\n")
    words = first.strip()
    found = _HTML_HEADING.fullmatch(words) or _EMPHASISED.fullmatch(words)
    if found is None:
        return "", section
    return inline_text(found["words"]), replace(section, text=rest.strip())


# ---- several levels of a model in one file -----------------------------------------------------


@dataclass(frozen=True, slots=True)
class LevelPart:
    """The part of a page that would be a page of its own: a level with its areas."""

    level: int
    heading: Section
    text: PageText
    holds_areas_only: bool


@dataclass(frozen=True, slots=True)
class SplitPage:
    """A page with all areas under each level; ``without_levels`` are its other sections."""

    text: PageText
    parts: tuple[LevelPart, ...]
    without_levels: tuple[Section, ...]

    @property
    def title(self) -> str:
        """The title of the page."""
        return self.text.title


def split_by_level(text: PageText) -> SplitPage | None:
    """A page that has the same areas under several levels; nothing for any other page."""
    nodes = _nodes(text)
    leveled = [node for node in nodes if node.level is not None]
    owners = {id(_owner(node)) for node in leveled}
    if len({node.level for node in leveled}) < max(2, len(leveled)) or len(owners) != 1:
        return None
    inside = [n for n in nodes if n.parent and _is_in_level(n.parent) and not n.is_panel]
    top = int(min((node.depth for node in inside if not node.is_rest), default=0))
    areas = [_headings_below(inside, node, top) for node in leveled]
    if not _repeats(areas):
        return None
    deeper = [_headings_below(inside, node, top + 1) for node in leveled]
    names = {key for each in deeper for _, key in each}
    is_two_deep = _repeats(deeper) and len(names) * 2 > max(map(len, deeper))
    parts = tuple(_part(text, node, top, holds_areas_only=not is_two_deep) for node in leveled)
    others = [_body(text, node, nodes) for node in nodes if not _is_in_level(node)]
    return SplitPage(text, parts, tuple(each for each in others if plain_text(each.text)))


def _headings_below(nodes: Sequence[_Node], level: _Node, depth: int) -> list[tuple[str, str]]:
    """Keys of the headings of a depth in a level, each with the key above it in the level."""
    return [
        (
            heading_key(node.parent.words if node.parent and node.parent is not level else ""),
            heading_key(node.words),
        )
        for node in nodes
        if level.start < node.start < level.last and node.depth == depth
    ]


def _repeats(headings_by_level: Sequence[Sequence[tuple[str, str]]]) -> bool:
    """True if at least half of the headings come at several levels."""
    counts = Counter(key for each in headings_by_level for key in set(each))
    return bool(counts) and sum(count > 1 for count in counts.values()) * 2 >= len(counts)


def _part(text: PageText, level: _Node, top: int, *, holds_areas_only: bool) -> LevelPart:
    """The part of a level, with its topmost headings as ``##``."""
    assert level.level is not None
    shift = top - 2
    headings = tuple(
        Heading(each.depth - shift, each.words, each.start - level.end, each.end - level.end)
        for each in text.headings
        if level.start < each.start < level.last
    )
    heading = Section(level.words, text.line_number(level.start), "", text.file)
    part = PageText(
        text.file,
        level.words,
        "",
        text.lines[level.end : level.last],
        text.numbers[level.end : level.last],
        headings,
    )
    return LevelPart(level.level, heading, part, holds_areas_only)
