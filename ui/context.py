"""What all pages share: language, colours, the open session, and who is told when they change."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.errors import AppError, StorageUnavailable
from app.words.texts import Translator, translator_for
from exports.palette import LIGHT, PALETTES, Palette

if TYPE_CHECKING:
    from app.figures.earlier import EarlierFigures
    from app.figures.scoring import Profile
    from app.model.maturity_model import MaturityModel
    from app.ports import Library
    from app.session.session import Session
    from app.workshop.workshop import Workshop
    from ui.services import Services


class Context(QObject):
    """The state of the window outside its widgets.

    Pages read :attr:`session`, :attr:`figures` and :attr:`area_id`, change things through
    :attr:`workshop` only, and refill what they show when a signal tells them to.
    """

    language_changed = Signal()
    theme_changed = Signal()
    #: A session was opened, closed or replaced: fill everything anew.
    session_opened = Signal()
    #: Ids of the areas that look different (``frozenset[str]``); empty: details or saving.
    areas_changed = Signal(object)
    #: The same a moment earlier, for what is on the screen at once: the radar, which blits.
    figures_changed = Signal(object)
    #: Another area is the current one (its id).
    position_changed = Signal(str)
    #: Another earlier session stands beside this one, or none.
    earlier_changed = Signal()
    #: Another page is wanted: ``library``, ``scoring`` or ``results``.
    page_requested = Signal(str)
    #: Whoever holds something that is still being typed stores it now.
    settling = Signal()
    #: A sentence for the notice bar: something was done.
    notice_raised = Signal(str)
    #: An error of ``app.errors`` for the notice bar.
    error_raised = Signal(object)

    def __init__(
        self,
        services: Services,
        parent: QObject | None = None,
        texts: Translator | None = None,
    ) -> None:
        super().__init__(parent)
        self.services = services
        self.texts: Translator = texts or translator_for("en")
        self.theme: Palette = LIGHT
        self.library: Library | None = None
        self.workshop: Workshop | None = None
        self.area_id = ""
        self.earlier: Session | None = None
        self._figures: Profile | None = None
        self._before: tuple[Session, MaturityModel, EarlierFigures] | None = None
        self._unsubscribe: Callable[[], None] | None = None

    @property
    def session(self) -> Session:
        """The open session; only pages that need one may ask."""
        if self.workshop is None:
            raise RuntimeError("no session is open")
        return self.workshop.session

    @property
    def figures(self) -> Profile:
        """All figures of the open session, computed once per change."""
        if self._figures is None:
            from app.figures.scoring import profile

            self._figures = profile(self.session)
        return self._figures

    @property
    def before(self) -> EarlierFigures | None:
        """What of the earlier session may be shown, computed once; ``None`` without one."""
        if self.earlier is None or self.workshop is None:
            return None
        model = self.session.model
        known = self._before
        if known is None or known[0] is not self.earlier or known[1] is not model:
            from app.figures.earlier import earlier_figures

            known = (self.earlier, model, earlier_figures(model, self.earlier))
            self._before = known
        return known[2]

    def compare_with(self, session_id: str | None) -> None:
        """Show this earlier session beside the open one, or none; errors as in ``app.errors``."""
        if self.library is None or self.workshop is None:
            return
        self.earlier = None if session_id is None else self.library.load_session(session_id)
        self.earlier_changed.emit()

    def settle(self) -> None:
        """Store what is still being typed; call it before undo, redo, an export and closing."""
        self.settling.emit()

    def set_language(self, language: str) -> None:
        """Show the interface in this language from now on."""
        self.texts = translator_for(language)
        self.language_changed.emit()

    def set_theme(self, name: str) -> None:
        """Show ``light`` or ``dark`` from now on."""
        self.theme = PALETTES[name]
        self.theme_changed.emit()

    def open_session(self, session_id: str) -> None:
        """Load a session and go to where it was left; errors as in ``app.errors``."""
        from app.workshop.workshop import Workshop

        if self.library is None:
            raise RuntimeError("no library is open")
        self.settle()
        workshop = Workshop(self.library.load_session(session_id), self.library)
        self._let_go()
        self.workshop = workshop
        self._figures = None
        self._unsubscribe = workshop.subscribe(self._on_areas_changed)
        areas = workshop.session.model.areas
        left_at = self.library.position_in(session_id)
        known = left_at is not None and workshop.session.model.has_area(left_at)
        self.area_id = left_at if known and left_at else (areas[0].id if areas else "")
        self.earlier = self._newest_before(self.library, session_id)
        self.session_opened.emit()
        self._remember_position()

    def close_session(self) -> None:
        """Let go of the open session."""
        self.settle()
        self._let_go()
        self.session_opened.emit()

    def go_to(self, area_id: str) -> None:
        """Make another area the current one; it is remembered for the next start."""
        if self.workshop is None or area_id == self.area_id:
            return
        self.settle()
        self.workshop.close_step()
        self.area_id = area_id
        self.position_changed.emit(area_id)
        self._remember_position()

    def _remember_position(self) -> None:
        """Note the place for the next start; a disk that is full does not stop the work."""
        if self.library is None:
            return
        try:
            self.library.remember_position(self.session.id, self.area_id)
        except StorageUnavailable as error:
            self.error_raised.emit(error)

    @staticmethod
    def _newest_before(library: Library, session_id: str) -> Session | None:
        """The latest earlier session; one that cannot be read must not keep this one closed."""
        with suppress(AppError):
            for summary in library.earlier_sessions(session_id):
                return library.load_session(summary.id)
        return None

    def _let_go(self) -> None:
        if self._unsubscribe is not None:
            self._unsubscribe()
        self._unsubscribe = None
        self.workshop = None
        self.earlier = None
        self._before = None
        self.area_id = ""
        self._figures = None

    def _on_areas_changed(self, area_ids: frozenset[str]) -> None:
        self._figures = None
        self.figures_changed.emit(area_ids)
        self.areas_changed.emit(area_ids)
