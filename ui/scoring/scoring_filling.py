"""Fills the widgets of the scoring page from the session."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from app.model.maturity_model import Area
from app.session.rating import Rating
from ui.scoring.key_hints import key_hints
from ui.scoring.level_cards import LevelText
from ui.scoring.level_texts import (
    EarlierLevel,
    has_summaries,
    level_marks,
    level_texts,
    spoken_states,
)
from ui.scoring.scoring_body import ScoringBody
from ui.scoring.scoring_state import ScoringState
from ui.scoring.spoken_scoring import expected_beside_level


class ScoringFilling:
    """One method for each part that can change on its own, and ``fill_all``."""

    def __init__(self, state: ScoringState, body: ScoringBody) -> None:
        self._state = state
        self._body = body
        self._texts: list[LevelText] = []
        self._filled_as: tuple[object, ...] = ()

    @property
    def is_up_to_date(self) -> bool:
        """False if a setting of the session has changed that shows everywhere on the page."""
        return self._filled_as == self._settings_shown()

    def _settings_shown(self) -> tuple[object, ...]:
        session = self._state.session
        return session.language, session.half_levels, session.hide_earlier

    def fill_all(self) -> None:
        """Fill everything."""
        self._filled_as = self._settings_shown()
        area = self._state.area
        self._body.show_area(exists=area is not None)
        self.fill_agenda()
        self.fill_side()
        if area is not None:
            self._fill_header(area)
            self.fill_levels()
            self.fill_details()
        self.fill_keys()

    def fill_area(self) -> None:
        """Fill what depends on which area is the current one."""
        area = self._state.area
        if area is not None:
            self._body.agenda.view.set_current(area.id)
            self._fill_header(area)
            self.fill_levels()
            self.fill_details()
            self.fill_keys()

    def fill_agenda(self) -> None:
        """List all areas with their levels."""
        workspace, tr = self._state.workspace, self._state.context.texts
        self._body.agenda.fill(workspace.session, workspace.figures, tr)
        self._body.agenda.view.set_current(workspace.area_id)

    def fill_side(self) -> None:
        """Show the profile and the open points."""
        workspace, tr = self._state.workspace, self._state.context.texts
        before = workspace.before_while_scoring
        is_comparable = before is not None and before.means(workspace.figures)
        earlier = workspace.earlier if is_comparable else None
        self._body.side.fill(workspace.session, workspace.figures, earlier, tr)

    def fill_colours(self) -> None:
        """Repeat what carries the colours of dimensions."""
        area = self._state.area
        if area is not None:
            self._fill_header(area)
            self.fill_side()

    def _fill_header(self, area: Area) -> None:
        session, context = self._state.session, self._state.context
        dimension = session.model.dimension_of(area.id)
        number = session.model.dimensions.index(dimension)
        self._body.header.fill(
            colour=context.theme.dimension_mark(number),
            place=context.texts.gettext(
                "{dimension} · {number} of {total}",
                dimension=dimension.name.line_in(session.language),
                number=session.model.position_of(area.id) + 1,
                total=len(session.model.areas),
            ),
            title=area.label.line_in(session.language),
            question=area.question.line_in(session.language),
            has_summaries=has_summaries(area, session.language),
        )

    def fill_levels(self) -> None:
        """Show the level texts of the current area, in full or shortened."""
        area, context = self._state.area, self._state.context
        if area is None:
            return
        whole = self._body.header.is_whole()
        self._texts = level_texts(self._state.session, area, context.texts, whole=whole)
        self._body.levels.set_texts(self._texts)
        self._body.levels.apply_theme(context.theme)
        self.fill_marks()

    def fill_marks(self) -> None:
        """Mark the level of today, the target and the earlier level."""
        tr = self._state.context.texts
        marks = level_marks(
            self._state.session,
            self._state.rating,
            self._earlier_level(),
            tr,
            choosing_target=self._state.is_choosing_target,
        )
        self._body.levels.set_marks(marks, spoken_states(self._texts, marks, tr))

    def _earlier_level(self) -> EarlierLevel | None:
        """Only where the level texts are the same; anything else would not be comparable."""
        workspace = self._state.workspace
        earlier, before = workspace.earlier, workspace.before_while_scoring
        level = before.levels.get(self._state.area_id) if before is not None else None
        if earlier is None or level is None:
            return None
        expected = workspace.expected_level(self._state.area_id)
        return EarlierLevel(level, earlier.date, expected)

    def fill_details(self) -> None:
        """Show reason, evidence and decision; a note being edited is kept."""
        tr, rating, body = self._state.context.texts, self._state.rating, self._body
        body.not_applicable.fill(rating.area_id, rating.not_applicable)
        self.fill_decision()
        body.reason.note.setReadOnly(self._state.workspace.library.read_only is not None)
        body.reason.note.show_note(rating.area_id, self._note_of(rating))
        body.reason.fill_evidence(rating.evidence, tr)
        body.fit_lower()

    def fill_decision(self) -> None:
        """Show level, target, confidence and weight."""
        tr = self._state.context.texts
        state, decision = self._state, self._body.decision
        decision.fill(state.session, state.rating, tr)
        decision.show_expected(expected_beside_level(state.workspace, state.area_id, tr))

    def _note_of(self, rating: Rating) -> str:
        """The requested note: an unsaved one must stay visible."""
        note = rating.note
        for waiting in self._state.workshop.unsaved:
            wanted = dict(waiting.wanted).get((rating.area_id, "note"))
            note = wanted if isinstance(wanted, str) else note
        return note

    def fill_keys(self) -> None:
        """Show the keys that are useful where the focus is."""
        tr, areas = self._state.context.texts, self._state.session.model.areas
        position = self._state.position
        self._body.keys.fill(is_first=position <= 0, is_last=position >= len(areas) - 1, tr=tr)
        self._body.keys.show_hints(*key_hints(self._state, QApplication.focusWidget()))
