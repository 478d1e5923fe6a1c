"""An open session, with everything its pages show."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.errors import AppError, StorageUnavailable
from app.figures.earlier import EarlierFigures, earlier_figures
from app.figures.scoring import Profile, profile
from app.model.comparability import comparable_area_ids
from app.model.maturity_model import MaturityModel
from app.planning.expected import ExpectedLevel, expected_levels
from app.ports import Library
from app.session.session import Session
from app.workshop.workshop import Workshop
from ui.context import Context

if TYPE_CHECKING:
    from app.comparison.comparison import Comparison
    from ui.roadmap.plan_source import PlanSource


@dataclass(frozen=True, slots=True)
class _Before:
    """Figures of an earlier session, and what they were computed for."""

    earlier: Session
    model: MaturityModel
    language: str
    figures: EarlierFigures
    expected: Mapping[str, ExpectedLevel]

    @classmethod
    def of(cls, session: Session, earlier: Session) -> _Before:
        """Compute them for a session."""
        model, language = session.model, session.language
        figures = earlier_figures(model, language, earlier)
        return cls(earlier, model, language, figures, expected_levels(earlier))

    def is_for(self, session: Session, earlier: Session) -> bool:
        """True if they are those of these two sessions."""
        is_same_text = self.model is session.model and self.language == session.language
        return self.earlier is earlier and is_same_text


class Workspace(QObject):
    """Library, running session, figures and position: complete as long as it exists.

    Pages read :attr:`session`, :attr:`figures` and :attr:`area_id`, change things only through
    :attr:`workshop`, and refill what they show when a signal says so. Another session gets a
    workspace of its own.
    """

    #: Ids of the areas that look different (``frozenset[str]``); empty: details or saving.
    areas_changed = Signal(object)
    #: The same, emitted first, for the radar, which blits at once.
    figures_changed = Signal(object)
    #: Id of the new current area.
    position_changed = Signal(str)
    #: Another earlier session is shown for comparison, or none.
    earlier_changed = Signal()
    #: Other sessions of the library may have changed, or decisions about them.
    others_changed = Signal()

    def __init__(self, context: Context, library: Library, session_id: str) -> None:
        """Load a session at the area where it was left; raises errors of ``app.errors``."""
        super().__init__()
        self._context = context
        self.library = library
        self.workshop = Workshop(library.load_session(session_id), library)
        self.area_id = self._area_left_at()
        self.earlier: Session | None = self.newest_before()
        self._wanted_id = None if self.earlier is None else self.earlier.id
        self._is_chosen = False
        self._figures: Profile | None = None
        self._before: _Before | None = None
        self._compared_as = self._place()
        #: The sessions that are compared on the page for it; ``None`` unless there are some.
        self.compared: Callable[[], Comparison | None] = lambda: None
        self._plan: PlanSource | None = None
        self._unsubscribe = self.workshop.subscribe(self._on_areas_changed)

    def close(self) -> None:
        """Unsubscribe from the workshop; the workspace is freed with its last reference."""
        self._unsubscribe()
        self.stop_planning()

    @property
    def plan(self) -> PlanSource:
        """The current plan; nothing is computed before it is read."""
        if self._plan is None:
            from ui.roadmap.plan_source import PlanSource

            self._plan = PlanSource(self.workshop, self)
        return self._plan

    def stop_planning(self) -> None:
        """Stop looking for a better plan, for good."""
        if self._plan is not None:
            self._plan.stop()

    @property
    def session(self) -> Session:
        """The session as stored."""
        return self.workshop.session

    @property
    def figures(self) -> Profile:
        """All figures of the session, computed once per change."""
        if self._figures is None:
            self._figures = profile(self.session)
        return self._figures

    @property
    def before(self) -> EarlierFigures | None:
        """Comparable figures of the earlier session, cached; ``None`` without one."""
        if self.earlier is None:
            return None
        session, cached = self.session, self._before
        if cached is None or not cached.is_for(session, self.earlier):
            cached = self._before = _Before.of(session, self.earlier)
        return cached.figures

    @property
    def before_while_scoring(self) -> EarlierFigures | None:
        """Like :attr:`before`, without areas that are undecided if their levels are to be hidden.

        An earlier level on screen pulls along a group that has not decided yet.
        """
        before, session = self.before, self.session
        if before is None or not session.hide_earlier:
            return before
        open_ids = {
            rating.area_id
            for rating in session.all_ratings()
            if rating.level is None and rating.is_applicable
        }
        return before.without(open_ids, session.model)

    def expected_level(self, area_id: str) -> ExpectedLevel | None:
        """The level that steps done since the earlier session lead to, once an area is decided.

        ``None`` before, whatever is hidden: it would pull the group along. Only where the level of
        then is comparable.
        """
        before = self.before
        if before is None or self._before is None or area_id not in before.levels:
            return None
        is_decided = self.session.rating(area_id).is_scored
        return self._before.expected.get(area_id) if is_decided else None

    def compare_with(self, session_id: str | None) -> None:
        """Compare with an earlier session, or with none; raises errors of ``app.errors``."""
        self.earlier = None if session_id is None else self.library.load_session(session_id)
        self._wanted_id, self._is_chosen = session_id, True
        self.earlier_changed.emit()

    def compare_like(self, former: Workspace) -> None:
        """Keep what the user chose to compare this session with, or that it was nothing."""
        if former._is_chosen:
            self._wanted_id, self._is_chosen = former._wanted_id, True
            wanted = self._wanted_id
            self.earlier = None if wanted is None else self._earlier_as_it_is(wanted)

    def look_again_at_earlier(self) -> None:
        """Follow the library: the earlier session may have been corrected, moved or archived."""
        self.others_changed.emit()
        if self._wanted_id is None:
            return
        found = self._earlier_as_it_is(self._wanted_id)
        if found != self.earlier:
            self.earlier = found
            self.earlier_changed.emit()

    def _earlier_as_it_is(self, session_id: str) -> Session | None:
        with suppress(AppError):
            earlier = self.library.earlier_sessions(self.session.id)
            if session_id in {each.id for each in earlier}:
                return self.library.load_session(session_id)
        return self.newest_before()

    def go_to(self, area_id: str) -> None:
        """Make another area the current one and remember it for the next start."""
        if area_id == self.area_id:
            return
        self._context.flush_pending_edits()
        self.workshop.close_step()
        self.area_id = area_id
        self.position_changed.emit(area_id)
        self.remember_position()

    def go_by(self, step: int) -> None:
        """Go so many areas on in model order, or back; nowhere beyond the first or last one."""
        model = self.session.model
        areas = model.areas
        place = model.position_of(self.area_id) + step if areas else -1
        if 0 <= place < len(areas):
            self.go_to(areas[place].id)

    def remember_position(self) -> None:
        """Store the position; best effort, so that a full disk does not stop the work."""
        try:
            self.library.remember_position(self.session.id, self.area_id)
        except StorageUnavailable as error:
            self._context.error_raised.emit(error)

    def move_to(self, library: Library) -> None:
        """Continue in another library that holds a copy of this session."""
        self.library = library
        self.workshop.move_to(library)

    def _area_left_at(self) -> str:
        model = self.session.model
        area_id = self.library.position_in(self.session.id)
        if area_id and model.has_area(area_id):
            return area_id
        return model.areas[0].id if model.areas else ""

    def newest_before(self) -> Session | None:
        """The latest earlier session of which something is comparable.

        An unreadable one must not keep this one from opening.
        """
        session = self.session
        with suppress(AppError):
            for summary in self.library.earlier_sessions(session.id):
                with suppress(AppError):
                    earlier = self.library.load_session(summary.id)
                    languages = (session.language, earlier.language)
                    if comparable_area_ids(session.model, earlier.model, languages):
                        return earlier
        return None

    def _place(self) -> tuple[object, ...]:
        """Key of the sessions that count as earlier ones: organisation, unit and date."""
        session, unit = self.session, self.session.unit
        return session.organisation.id, None if unit is None else unit.id, session.date

    def _on_areas_changed(self, area_ids: frozenset[str]) -> None:
        self._figures = None
        if self._compared_as != self._place():
            self._compared_as = self._place()
            self.earlier = self.newest_before()
            self._wanted_id = None if self.earlier is None else self.earlier.id
            self._is_chosen = False
            self.earlier_changed.emit()
        self.figures_changed.emit(area_ids)
        self.areas_changed.emit(area_ids)
