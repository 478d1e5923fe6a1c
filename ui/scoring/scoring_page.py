"""The scoring page: one area at a time, its levels side by side, and what the group decided."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QSize, Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QTextCursor
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget

from app.errors import AppError, InvalidInput
from app.jobs import import_lock
from app.model.maturity_model import Area
from app.session.field_types import MAX_NOTE_LENGTH
from app.session.rating import Confidence, Rating
from app.workshop.workshop import Workshop
from ui.context import Context
from ui.scoring.agenda_list import COMPACT_WIDTH, Agenda
from ui.scoring.area_header import AreaHeader
from ui.scoring.decision_card import DecisionCard, parsed_weight
from ui.scoring.evidence_opener import open_evidence
from ui.scoring.find_area import Findable, FindArea
from ui.scoring.key_bar import KeyBar
from ui.scoring.level_cards import LevelCards, LevelText
from ui.scoring.level_texts import EarlierLevel, level_marks, level_texts, spoken_states
from ui.scoring.not_applicable_bar import NotApplicableBar
from ui.scoring.reason_card import ReasonCard
from ui.widgets.basics import make_frame, make_label
from ui.widgets.controls import follow_in_tabs
from ui.widgets.page import Page
from ui.widgets.side_profile import SideProfile

RADAR_AFTER_MS = 60
_HALF = Fraction(1, 2)


class ScoringPage(Page):
    """Agenda, area, profile, and the keys that drive them."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName("scoring-page")
        # A click beside the text fields gives the keys back to the levels.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._is_choosing_target = False
        self._texts: list[LevelText] = []
        self._shown_as: tuple[object, ...] = ()
        self._build()
        self._connect()
        self.retranslate()

    # ---- building ----------------------------------------------------------------------------

    def _build(self) -> None:
        self.agenda = Agenda()
        self.side = SideProfile()
        self.keys = KeyBar()
        self._nothing = make_label("lead", wrap=True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        columns = QHBoxLayout()
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(0)
        columns.addWidget(self.agenda)
        columns.addWidget(make_frame("upright-rule"))
        columns.addWidget(self._build_centre(), 1)
        columns.addWidget(self._nothing, 1)
        columns.addWidget(make_frame("upright-rule"))
        columns.addWidget(self.side)
        # The page has no layout of its own: a label that grows inside would otherwise have the
        # whole window laid out anew with every key press.
        self._body = QWidget(self)
        layout = QVBoxLayout(self._body)
        layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(columns, 1)
        layout.addWidget(make_frame("rule"))
        layout.addWidget(self.keys)
        self._find = FindArea(self)
        self._escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        self._escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._escape.setEnabled(False)

    def _build_centre(self) -> QWidget:
        self._centre = QWidget()
        self.header = AreaHeader()
        self.not_applicable = NotApplicableBar()
        self.levels = LevelCards()
        self.reason = ReasonCard()
        self.decision = DecisionCard()
        self._lower = QGridLayout()
        self._lower.setSpacing(12)
        self._lower.addWidget(self.reason, 0, 0)
        self._lower.addWidget(self.decision, 0, 1)
        for card in (self.reason, self.decision):
            # The widths follow the stretch alone: a long level name must not move the border.
            card.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._lower.setColumnStretch(0, 3)
        self._lower.setColumnStretch(1, 2)
        self._lower.setColumnMinimumWidth(1, 344)
        self._centre_layout = QVBoxLayout(self._centre)
        self._centre_layout.addWidget(self.header)
        self._centre_layout.addWidget(self.not_applicable)
        self._centre_layout.addWidget(self.levels, 1)
        self._centre_layout.addLayout(self._lower)
        return self._centre

    def _connect(self) -> None:
        context = self.context
        context.session_opened.connect(self.not_applicable.forget)
        context.session_opened.connect(self._on_session_opened)
        context.areas_changed.connect(self._on_areas_changed)
        context.earlier_changed.connect(self._fill)
        context.position_changed.connect(self._on_position_changed)
        context.language_changed.connect(self._on_language_changed)
        context.theme_changed.connect(self._apply_theme)
        context.settling.connect(self.reason.note.flush)
        context.settling.connect(self._store_weight)
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.reason.note.flush)
        self._escape.activated.connect(self._stop_choosing_target)
        self.agenda.view.area_chosen.connect(self._go_to)
        self.side.area_chosen.connect(self._go_to)
        self._find.area_chosen.connect(self._go_to)
        self.keys.back_pressed.connect(self._previous)
        self.keys.next_pressed.connect(self._go_on)
        self.levels.level_chosen.connect(self._choose)
        self.levels.cards_made.connect(self._order_tabs)
        self.side.points_made.connect(self._order_tabs)
        self.header.whole_toggled.connect(self._fill_levels)
        self._connect_decision()
        self._connect_reason()

    def _connect_decision(self) -> None:
        self.decision.target_chosen.connect(self._set_target)
        self.decision.confidence_chosen.connect(self._set_confidence)
        self.decision.weight_entered.connect(self._on_weight_entered)
        self.decision.half_pressed.connect(self._toggle_half)
        self.decision.not_applicable_pressed.connect(self._toggle_not_applicable)
        self.not_applicable.reason_entered.connect(self._on_reason_entered)
        self.not_applicable.made_applicable.connect(self._make_applicable)
        self.not_applicable.left.connect(self._take_focus)

    def _connect_reason(self) -> None:
        self.reason.note.note_typed.connect(self._on_note_typed)
        self.reason.note.left.connect(self._take_focus)
        self.reason.note.focus_left.connect(self._on_note_left)
        self.reason.note.grew_too_long.connect(self._on_note_too_long)
        self.reason.form_wanted.connect(self._add_evidence)
        self.reason.form.left.connect(self._close_form)
        self.reason.form.link_entered.connect(self._on_link_entered)
        self.reason.form.file_entered.connect(self._on_file_entered)
        self.reason.file_dropped.connect(self._on_file_dropped)
        self.reason.evidence_opened.connect(self._open_evidence)
        self.reason.evidence_removed.connect(self._remove_evidence)

    # ---- what the window asks of a page ------------------------------------------------------

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        """What the keys do here; levels and halves as the session has them."""
        if self._area() is None:
            return {"go_on": self._go_on}
        own: dict[str, Callable[[], None]] = {
            "level.clear": self._clear,
            "not_applicable": self._toggle_not_applicable,
            "area.previous": self._previous,
            "area.next": self._next,
            "go_on": self._go_on,
            "go_back": self._previous,
            "target": self._toggle_choosing_target,
            "evidence": self._add_evidence,
            "note": self._edit_note,
            "weight": self._edit_weight,
            "confidence": self._choose_confidence,
            "find_area": self._find_area,
        }
        for level in self.context.session.model.levels:
            if level.number <= 9:
                own[f"level.{level.number}"] = partial(self._choose, level.number)
        if self.context.session.half_levels:
            own["level.half"] = self._toggle_half
        return own

    def on_shown(self) -> None:
        """Show what other pages changed, take the focus, load the radar once it is painted."""
        self._fill()
        self._take_focus()
        QTimer.singleShot(RADAR_AFTER_MS, self, self._load_radar)

    def retranslate(self) -> None:
        """Set every text."""
        tr = self.context.texts
        self._nothing.setText(tr.gettext("This model has no areas to score."))
        for part in (
            self.header,
            self.not_applicable,
            self.decision,
            self.reason,
            self.side,
            self._find,
        ):
            part.retranslate(tr)
        self._apply_theme()
        self._fill()

    # ---- filling -----------------------------------------------------------------------------

    def _fill(self) -> None:
        """Show everything of the current area anew."""
        if self.context.workshop is None:
            return
        session = self.context.session
        self._shown_as = (session.language, session.half_levels)
        area = self._area()
        self._centre.setVisible(area is not None)
        self._nothing.setVisible(area is None)
        self._fill_agenda()
        self._fill_side()
        if area is not None:
            self._fill_header(area)
            self._fill_levels()
            self._fill_details()
        self._fill_keys()

    def _fill_agenda(self) -> None:
        context = self.context
        self.agenda.fill(context.session, context.figures, context.texts)
        self.agenda.view.set_current(context.area_id)

    def _fill_side(self) -> None:
        context = self.context
        before = context.before
        shown = context.earlier if before is not None and before.means(context.figures) else None
        self.side.fill(context.session, context.figures, shown, context.texts)

    def _fill_header(self, area: Area) -> None:
        session, tr = self.context.session, self.context.texts
        dimension = session.model.dimension_of(area.id)
        number = session.model.dimensions.index(dimension)
        self.header.fill(
            colour=self.context.theme.dimension_mark(number),
            place=tr.gettext(
                "{dimension} · {number} of {total}",
                dimension=dimension.name.in_language(session.language),
                number=session.model.position_of(area.id) + 1,
                total=len(session.model.areas),
            ),
            title=area.name.in_language(session.language),
            question=area.question.in_language(session.language),
        )

    def _fill_levels(self) -> None:
        area = self._area()
        if area is None:
            return
        whole = self.header.is_whole()
        self._texts = level_texts(self.context.session, area, self.context.texts, whole=whole)
        self.levels.set_texts(self._texts)
        self.levels.apply_theme(self.context.theme)
        self._fill_marks()

    def _order_tabs(self) -> None:
        """Tab walks as the eye does: agenda, head, levels, reason, decision, points, footer."""
        follow_in_tabs(self.header.switch, [*self.levels.cards(), self.reason.add])
        follow_in_tabs(self.decision.weight, self.side.points())

    def _fill_marks(self) -> None:
        context = self.context
        marks = level_marks(
            context.session,
            self._rating(),
            self._earlier_level(),
            context.texts,
            choosing_target=self._is_choosing_target,
        )
        self.levels.set_marks(marks, spoken_states(self._texts, marks, context.texts))

    def _earlier_level(self) -> EarlierLevel | None:
        """Only where the level texts are the same; anything else would compare the unlike."""
        earlier, before = self.context.earlier, self.context.before
        level = before.levels.get(self.context.area_id) if before is not None else None
        return None if earlier is None or level is None else EarlierLevel(level, earlier.date)

    def _fill_details(self) -> None:
        """Reason, evidence and decision; a note that is being typed stays as it is."""
        tr, rating = self.context.texts, self._rating()
        self.not_applicable.fill(rating.area_id, rating.not_applicable)
        self.decision.fill(self.context.session, rating, tr)
        self.reason.note.show_note(rating.area_id, self._note_of(rating))
        self.reason.fill_evidence(rating.evidence, tr)

    def _note_of(self, rating: Rating) -> str:
        """The note as it is wanted: what could not be stored yet is not taken from the screen."""
        note = rating.note
        for waiting in self._workshop().unsaved:
            wanted = dict(waiting.wanted).get((rating.area_id, "note"))
            note = wanted if isinstance(wanted, str) else note
        return note

    def _fill_keys(self) -> None:
        tr = self.context.texts
        areas = self.context.session.model.areas
        place = self._place()
        self.keys.fill(is_first=place <= 0, is_last=place >= len(areas) - 1, tr=tr)
        levels = self._level_keys()
        if self._is_choosing_target:
            self.keys.show_hints(
                tr.gettext("Target: press {lowest}–{highest}", lowest=levels[0], highest=levels[1]),
                [
                    (levels, tr.gettext("target")),
                    ([tr.pgettext("key", "Del")], tr.gettext("clear target")),
                    ([tr.pgettext("key", "Esc")], tr.gettext("cancel")),
                ],
            )
            return
        half = [([","], tr.gettext("half"))] if self.context.session.half_levels else []
        self.keys.show_hints(
            "",
            [
                (levels, tr.gettext("score")),
                *half,
                (["N"], tr.gettext("not applicable")),
                (["C"], tr.gettext("reason")),
                (["G"], tr.gettext("target")),
                (["E"], tr.gettext("evidence")),
                (["?"], tr.gettext("all keys")),
            ],
        )

    def _level_keys(self) -> list[str]:
        model = self.context.session.model
        return [str(model.lowest_level), str(min(model.highest_level, 9))]

    def _apply_theme(self) -> None:
        theme = self.context.theme
        self.agenda.apply_theme(theme)
        self.header.apply_theme(theme)
        self.side.apply_theme(theme)
        self.levels.apply_theme(theme)
        self.decision.apply_theme(theme)
        area = self._area()
        if area is not None:
            self._fill_header(area)
            self._fill_side()

    # ---- what the context tells --------------------------------------------------------------

    def _on_session_opened(self) -> None:
        self._is_choosing_target = False
        self._escape.setEnabled(False)
        self._find.hide()
        self.reason.close_form()
        self.reason.form.forget()
        self._fill()

    def _on_areas_changed(self, area_ids: frozenset[str]) -> None:
        session = self.context.session
        if not area_ids and self._shown_as == (session.language, session.half_levels):
            return
        if not area_ids or self._area() is None:
            self._fill()
            return
        if self.context.area_id in area_ids:
            self._fill_marks()
            self._fill_details()
        self._fill_agenda()
        self._fill_side()

    def _on_position_changed(self, _area_id: str) -> None:
        self._stop_choosing_target()
        self.reason.put_form_aside()
        self.reason.show_fault("")
        area = self._area()
        if area is None:
            return
        self.agenda.view.set_current(area.id)
        self._fill_header(area)
        self._fill_levels()
        self._fill_details()
        self._fill_keys()

    def _on_language_changed(self) -> None:
        self.retranslate()

    # ---- levels and targets ------------------------------------------------------------------

    def _choose(self, level: int) -> None:
        """A digit or a card: the level, or the target while one is being chosen."""
        if self._is_choosing_target:
            self._set_target(level)
        else:
            self._settle()
            self._workshop().set_level(self.context.area_id, level)

    def _clear(self) -> None:
        if self._is_choosing_target:
            self._set_target(None)
        else:
            self._settle()
            self._workshop().set_level(self.context.area_id, None)

    def _toggle_half(self) -> None:
        """Half a level more, or back to the whole one; the highest level has none above it."""
        rating = self._rating()
        level = rating.level if rating.is_applicable else None
        if level is None:
            return
        self._settle()
        highest = self.context.session.model.highest_level
        if level.denominator != 1:
            self._workshop().set_level(self.context.area_id, level - _HALF)
        elif level < highest:
            self._workshop().set_level(self.context.area_id, level + _HALF)

    def _toggle_choosing_target(self) -> None:
        if self._is_choosing_target:
            self._stop_choosing_target()
            return
        self._settle()
        self._is_choosing_target = True
        self._escape.setEnabled(True)
        self._fill_marks()
        self._fill_keys()

    def _stop_choosing_target(self) -> None:
        if self._is_choosing_target:
            self._is_choosing_target = False
            self._escape.setEnabled(False)
            self._fill_marks()
            self._fill_keys()

    def _set_target(self, target: int | None) -> None:
        self._settle()
        self._stop_choosing_target()
        self._workshop().set_target(self.context.area_id, target)

    # ---- not applicable ----------------------------------------------------------------------

    def _toggle_not_applicable(self) -> None:
        self._settle()
        self._stop_choosing_target()
        if self._rating().is_applicable:
            self.not_applicable.ask()
        else:
            self._make_applicable()

    def _make_applicable(self) -> None:
        self._settle()
        self._workshop().set_not_applicable(self.context.area_id, None)
        self._take_focus()

    def _on_reason_entered(self, reason: str) -> None:
        try:
            self._workshop().set_not_applicable(self.context.area_id, reason)
        except InvalidInput as fault:
            self.not_applicable.show_fault(fault.say(self.context.texts))
            return
        self.not_applicable.close_field()

    # ---- confidence and weight ---------------------------------------------------------------

    def _choose_confidence(self) -> None:
        self._settle()
        self.decision.offer_confidence()

    def _set_confidence(self, confidence: Confidence | None) -> None:
        self._settle()
        self._workshop().set_confidence(self.context.area_id, confidence)

    def _edit_weight(self) -> None:
        self._settle()
        self.decision.edit_weight()

    def _store_weight(self) -> None:
        """A weight still being typed belongs to this area, not to the one gone to next."""
        if self.context.workshop is not None and self.context.area_id:
            self.decision.store_weight()

    def _on_weight_entered(self, text: str) -> None:
        try:
            self._workshop().set_weight(self.context.area_id, parsed_weight(text))
        except InvalidInput as fault:
            self.decision.show_weight_fault(fault.say(self.context.texts))
            return
        self.decision.fill(self.context.session, self._rating(), self.context.texts)

    # ---- reason and evidence -----------------------------------------------------------------

    def _edit_note(self) -> None:
        self._stop_choosing_target()
        self.reason.put_form_aside()
        self.reason.note.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.reason.note.moveCursor(QTextCursor.MoveOperation.End)

    def _on_note_typed(self, area_id: str, note: str) -> None:
        workshop = self.context.workshop
        if workshop is None or not workshop.session.model.has_area(area_id):
            return
        try:
            workshop.set_note(area_id, note)
        except InvalidInput as fault:
            self.reason.show_fault(fault.say(self.context.texts))
            return
        self.reason.show_fault("")

    def _on_note_left(self) -> None:
        if self.context.workshop is not None:
            self.context.workshop.close_step()

    def _on_note_too_long(self) -> None:
        self.reason.show_fault(
            self.context.texts.gettext(
                "A reason can have at most {most} characters. Attach longer texts as a file.",
                most=MAX_NOTE_LENGTH,
            )
        )

    def _add_evidence(self) -> None:
        self._settle()
        self._stop_choosing_target()
        self.reason.open_form(self.context.area_id)

    def _close_form(self) -> None:
        self.reason.close_form()
        self._take_focus()

    def _on_link_entered(self, address: str, title: str) -> None:
        workshop = self._workshop()
        self._attach(lambda area_id: workshop.add_link(area_id, address, title))

    def _on_file_entered(self, path: Path) -> None:
        workshop = self._workshop()
        self._attach(lambda area_id: workshop.add_file(area_id, path))

    def _on_file_dropped(self, path: Path) -> None:
        self.reason.put_form_aside()
        self._on_file_entered(path)

    def _attach(self, add: Callable[[str], None]) -> None:
        self._settle()
        try:
            add(self.context.area_id)
        except AppError as fault:
            self.reason.open_form_for_fault(self.context.area_id, fault.say(self.context.texts))
            return
        self._close_form()

    def _remove_evidence(self, evidence_id: str) -> None:
        self._settle()
        self._workshop().remove_evidence(self.context.area_id, evidence_id)
        self._take_focus()

    def _open_evidence(self, evidence_id: str) -> None:
        library = self.context.library
        entry = next((e for e in self._rating().evidence if e.id == evidence_id), None)
        if library is None or entry is None:
            return
        try:
            open_evidence(entry, library.file_content, self)
        except AppError as fault:
            self.context.error_raised.emit(fault)

    # ---- moving ------------------------------------------------------------------------------

    def _go_on(self) -> None:
        """The next area; after the last one the results."""
        if self._place() >= len(self.context.session.model.areas) - 1:
            self._settle()
            self.context.page_requested.emit("results")
        else:
            self._next()

    def _next(self) -> None:
        self._step(1)

    def _previous(self) -> None:
        self._step(-1)

    def _step(self, by: int) -> None:
        areas = self.context.session.model.areas
        place = self._place() + by
        if 0 <= place < len(areas):
            self._go_to(areas[place].id)

    def _go_to(self, area_id: str) -> None:
        self._settle()
        self.context.go_to(area_id)

    def _find_area(self) -> None:
        self._settle()
        session = self.context.session
        language = session.language
        self._find.open(
            [
                Findable(
                    area.id,
                    f"{area.name.in_language(language)} · {dimension.name.in_language(language)}",
                    (
                        f"{area.name.in_language(language)} {area.label.in_language(language)} "
                        f"{dimension.name.in_language(language)}",
                    ),
                )
                for dimension, area in session.model.entries()
            ]
        )

    # ---- small helpers -----------------------------------------------------------------------

    def _workshop(self) -> Workshop:
        if self.context.workshop is None:
            raise RuntimeError("no session is open")
        return self.context.workshop

    def _area(self) -> Area | None:
        if self.context.workshop is None or not self.context.area_id:
            return None
        return self.context.session.model.area(self.context.area_id)

    def _rating(self) -> Rating:
        return self.context.session.rating(self.context.area_id)

    def _place(self) -> int:
        area = self._area()
        return 0 if area is None else self.context.session.model.position_of(area.id)

    def _settle(self) -> None:
        self.context.settle()

    def _take_focus(self) -> None:
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _load_radar(self) -> None:
        with import_lock:
            from ui.widgets.radar_view import RadarView

        self.side.set_radar(lambda parent: RadarView(self.context, "dimension", compact=True))

    # ---- size --------------------------------------------------------------------------------

    def minimumSizeHint(self) -> QSize:
        """Smaller than any window we support, so that the page never holds one open."""
        return QSize(760, 440)

    def sizeHint(self) -> QSize:
        return QSize(1280, 740)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the columns to the new size."""
        super().resizeEvent(event)
        self._body.setGeometry(self.rect())
        self._fit(event.size().width(), event.size().height())
        self._find.place()
        if self.context.workshop is not None:
            self._fill_agenda()

    def _fit(self, width: int, height: int) -> None:
        """Narrow windows shrink the agenda to a strip; low ones lose white space first."""
        narrow, wide, low = width < 1160, width >= 1400, height < 620
        self.agenda.set_compact(narrow)
        self.agenda.setFixedWidth(COMPACT_WIDTH if narrow else (256 if wide else 216))
        side = 320 if wide else (240 if not narrow else 224)
        self.side.setFixedWidth(side)
        self.side.set_radar_height(min(side - 32, round(height * (0.3 if low else 0.38))))
        margin = 24 if wide else 16
        self._centre_layout.setContentsMargins(margin, 12 if low else 20, margin, 12)
        self._centre_layout.setSpacing(8 if low else 12)
        lower = 156 if low else max(160, min(200, round(height * 0.23)))
        self.reason.setFixedHeight(lower)
        self.decision.setFixedHeight(lower)
        self.header.prefer_whole(width >= 1700 and height >= 860)
