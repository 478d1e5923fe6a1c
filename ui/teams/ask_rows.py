"""Who can ask whom, in words: one row per area, with the marks of the teams between the words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.comparison.teams import AreaAcross, LevelOfTeams, Question
from app.words.texts import Translator
from ui.teams.teams_shown import Scope, counted_teams, listed, named_teams

_MOST_MARKS = 8
_TEAMS, _OTHERS = "\ue000", "\ue001"
"""Stand in a sentence where marks are drawn; from the private area of Unicode."""


@dataclass(frozen=True, slots=True)
class MarkOf:
    """The mark of a team in a sentence."""

    team_id: str
    mark: str


Piece = str | MarkOf
"""A word, or a mark between words."""


@dataclass(frozen=True, slots=True)
class AskRow:
    """One area: its question, and who can ask whom, a line for each level that asks."""

    area_id: str
    label: str
    dimension: int
    question: str
    lines: tuple[tuple[Piece, ...], ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class HeadingRow:
    """A heading within the list."""

    label: str
    sentence: str
    area_id: str = ""


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A sentence within the list."""

    label: str
    sentence: str
    area_id: str = ""


AnyRow = AskRow | HeadingRow | NoteRow


def ask_rows(scope: Scope, chosen: str, tr: Translator) -> tuple[AnyRow, ...]:
    """Areas in which teams can ask others, in model order, then those where nobody can.

    With a ``chosen`` team only what it can ask, and what it can be asked.
    """
    wording = _Wording(scope, tr)
    rows: list[AnyRow] = []
    for area in scope.group.areas:
        questions = tuple(_about(chosen, area.questions))
        if questions:
            rows.append(wording.row(area, questions))
    if not chosen:
        rows += wording.nobody(scope.group.model.lowest_level + 1)
    return tuple(rows)


def _about(chosen: str, questions: Sequence[Question]) -> Iterator[Question]:
    """The part of the questions that a team asks or is asked; all of them without one."""
    for question in questions:
        asking, ahead = question.asking, question.ahead
        if not chosen:
            yield question
        elif chosen in asking.team_ids:
            yield Question(LevelOfTeams(asking.level, (chosen,)), ahead)
        else:
            mine = tuple(
                LevelOfTeams(each.level, (chosen,)) for each in ahead if chosen in each.team_ids
            )
            if mine:
                yield Question(asking, mine)


def ask_summary(scope: Scope, chosen: str, rows: Sequence[AnyRow], tr: Translator) -> str:
    """A sentence or two on how much there is to ask."""
    count = sum(isinstance(row, AskRow) and bool(row.lines) for row in rows)
    if chosen:
        asks = sum(chosen in area.can_ask() for area in scope.group.areas)
        asked = sum(
            any(chosen in each.team_ids for q in area.questions for each in q.ahead)
            for area in scope.group.areas
        )
        return " ".join(
            (
                tr.ngettext(
                    "{team} can ask in {n} area.", "{team} can ask in {n} areas.", asks,
                    team=scope.board.names[chosen],
                ),
                tr.ngettext("It can be asked in {n}.", "It can be asked in {n}.", asked),
            )
        )  # fmt: skip
    if not count:
        return tr.gettext("In no area is a team two levels ahead of another.")
    said = tr.ngettext(
        "In {n} area a team is two levels or more ahead of another.",
        "In {n} areas a team is two levels or more ahead of another.",
        count,
    )
    asked_ids = {
        team_id
        for area in scope.group.areas
        for question in area.questions
        for each in question.ahead
        for team_id in each.team_ids
    }
    if asked_ids >= {team.id for team in scope.group.teams}:
        said += " " + tr.gettext("Every team can be asked at least once.")
    return said


class _Wording:
    def __init__(self, scope: Scope, tr: Translator) -> None:
        self._tr = tr
        self._model = scope.group.model
        self._group = scope.group
        self._names: Mapping[str, str] = scope.board.names
        self._marks: Mapping[str, str] = scope.board.marks
        self._places = {each.id: place for place, each in enumerate(self._model.dimensions)}

    def row(self, area: AreaAcross, questions: Sequence[Question]) -> AskRow:
        """An area with all teams that can ask others about it."""
        described = self._model.area(area.area_id)
        label = described.label.line_in(self._tr.language)
        question = described.question.line_in(self._tr.language)
        spoken = " ".join(self._spoken(each) + "." for each in questions)
        return AskRow(
            area.area_id,
            label,
            self._places[area.dimension_id],
            question,
            tuple(tuple(self._pieces(each)) for each in questions),
            f"{label}. {question} {spoken}".replace("  ", " "),
        )

    def nobody(self, level: int) -> Iterator[AnyRow]:
        """Areas in which no team is above a level."""
        tr, found = self._tr, self._group.nobody_above(level)
        if not found:
            return
        heading = tr.gettext("No team above {level}", level=level)
        yield HeadingRow(heading, heading)
        for area in found:
            label = self._model.area(area.area_id).label.line_in(tr.language)
            place = self._places[area.dimension_id]
            yield AskRow(area.area_id, label, place, "", (), f"{heading}: {label}")
        note = tr.gettext("Nobody here to ask: look outside.")
        yield NoteRow(note, note)

    def _template(self, question: Question) -> str:
        asking = question.asking
        return self._tr.ngettext(
            "{teams} at\N{NO-BREAK SPACE}{level} can ask {others}",
            "{teams} at\N{NO-BREAK SPACE}{level} can ask {others}",
            len(asking.team_ids),
            teams=_TEAMS,
            level=self._tr.number(asking.level),
            others=_OTHERS,
        )

    def _spoken(self, question: Question) -> str:
        """The same with names."""
        others = listed(
            self._at(self._tr.number(each.level)).replace(_TEAMS, self._named(each.team_ids))
            for each in question.ahead
        )
        said = self._template(question)
        return said.replace(_TEAMS, self._named(question.asking.team_ids)).replace(_OTHERS, others)

    def _named(self, team_ids: Sequence[str]) -> str:
        return named_teams(team_ids, self._names, self._tr)

    def _pieces(self, question: Question) -> Iterator[Piece]:
        """Words and marks in the order of the sentence."""
        for word in self._template(question).split(" "):
            before, teams, after = word.partition(_TEAMS)
            if teams:
                yield from self._marked(question.asking.team_ids)
                yield from filter(None, (before + after,))
                continue
            before, others, after = word.partition(_OTHERS)
            if others:
                yield from self._others(question.ahead)
                yield from filter(None, (before + after,))
            else:
                yield word

    def _marked(self, team_ids: Sequence[str]) -> Iterator[Piece]:
        if len(team_ids) > _MOST_MARKS:
            yield from counted_teams(len(team_ids), self._tr).split(" ")
        else:
            yield from (MarkOf(each, self._marks[each]) for each in team_ids)

    def _others(self, ahead: Sequence[LevelOfTeams]) -> Iterator[Piece]:
        """Teams ahead by level; the name of one that is alone there, the number of very many."""
        count = sum(len(each.team_ids) for each in ahead)
        if count > _MOST_MARKS and len(ahead) > 1:
            low, high = (self._tr.number(ahead[place].level) for place in (0, -1))
            level = self._tr.gettext("{low} to {high}", low=low, high=high)
            yield from self._at(level).replace(_TEAMS, counted_teams(count, self._tr)).split(" ")
            return
        for number, each in enumerate(ahead):
            is_last = number == len(ahead) - 1
            rest = self._at(self._tr.number(each.level)).partition(_TEAMS)[2]
            yield from self._marked(each.team_ids)
            if len(each.team_ids) == 1:
                rest = self._names[each.team_ids[0]] + rest
            words = [word for word in rest.removeprefix(",").split(" ") if word]
            if words and not is_last:
                words[-1] += ","
            yield from words

    def _at(self, level: str) -> str:
        return self._tr.gettext("{team}, at\N{NO-BREAK SPACE}{level}", team=_TEAMS, level=level)
