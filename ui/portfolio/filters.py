"""Search, filters and order of the portfolio."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from PySide6.QtCore import QSignalBlocker, QSize, QTimer, Signal
from PySide6.QtWidgets import QToolButton, QWidget

from app.portfolio import SOON_DAYS, Client, SortBy, Wanted, in_order
from app.words.texts import Translator
from ui.type_scale import TYPE, scaled
from ui.widgets.fields import Choice
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.search_field import SearchField

SEARCH_AFTER_MS = 120
_HALF_YEAR, _YEAR, _QUARTER = 182, 365, 91
_WIDEST, _WIDEST_LIST = 260, 480
_OVERDUE = "overdue"
_SINCE, _BEFORE = "since", "before"
Option = tuple[str, str]
"""Key and words."""


class FilterChoice(Choice):
    """A choice as wide as what is chosen; its list is as wide as its widest entry."""

    def sizeHint(self) -> QSize:
        """Room for the text and the arrow."""
        width = self.fontMetrics().horizontalAdvance(self.currentText()) + scaled(46)
        return QSize(min(width, scaled(_WIDEST)), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def showPopup(self) -> None:
        """Open the list, wide enough to read it."""
        advance = self.fontMetrics().horizontalAdvance
        widest = max((advance(self.itemText(row)) for row in range(self.count())), default=0)
        self.view().setMinimumWidth(min(widest + scaled(32), scaled(_WIDEST_LIST)))
        super().showPopup()


class Filters(QWidget):
    """One row that wraps: a search field and choices; those without a choice are hidden.

    What was chosen is remembered while the page is hidden, when the fields themselves are empty:
    they would name other clients.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chosen: dict[str, str] = {}
        self.search = SearchField()
        self.search.setObjectName("client-search")
        self.search.setClearButtonEnabled(True)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SEARCH_AFTER_MS)
        self._timer.timeout.connect(self.take_words)
        self.search.textChanged.connect(self._timer.start)
        names = ("model", "facilitator", "unit", "tag", "last", "due", "order")
        self.choices = {name: FilterChoice() for name in names}
        row = FlowLayout(self, spacing=8)
        row.addWidget(self.search)
        for name, choice in self.choices.items():
            choice.setObjectName(f"portfolio-{name}")
            choice.activated.connect(lambda _place, name=name: self._choose(name))
            row.addWidget(choice)
        TYPE.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self.search.setFixedWidth(scaled(216))

    # ---- what is wanted ----------------------------------------------------------------------

    def wanted(self, today: date) -> Wanted:
        """The filters, seen from today."""
        chosen = self._chosen.get
        last, due = chosen("last", ""), chosen("due", "")
        kind, _, days = last.partition(" ")
        day = today - timedelta(days=int(days)) if days else None
        return Wanted(
            words=chosen("words", ""),
            model=chosen("model", ""),
            facilitator=chosen("facilitator", ""),
            unit=chosen("unit", ""),
            tag=chosen("tag", ""),
            since=day if kind == _SINCE else None,
            before=day if kind == _BEFORE else None,
            within_days=int(due) if due.isdecimal() else None,
            overdue=due == _OVERDUE,
        )

    @property
    def order(self) -> SortBy:
        """The order of the clients."""
        return SortBy(self._chosen.get("order", SortBy.NAME.value))

    def switch_overdue(self) -> None:
        """Show only what is overdue, or all again."""
        self._set("due", "" if self._chosen.get("due") == _OVERDUE else _OVERDUE)

    def show_overdue(self) -> None:
        """Show only what is overdue."""
        self._set("due", _OVERDUE)

    def show_soon(self) -> None:
        """Show what is due soon, or overdue."""
        self._set("due", str(SOON_DAYS))

    def show_all(self) -> None:
        """Drop every filter; the order stays."""
        self._chosen = {name: key for name, key in self._chosen.items() if name == "order"}
        for name, choice in self.choices.items():
            if name != "order" and choice.count():
                choice.setCurrentIndex(0)
                choice.updateGeometry()
        with QSignalBlocker(self.search):
            self.search.clear()
        self.changed.emit()

    def take_words(self) -> None:
        """Search for what is in the field now."""
        self._timer.stop()
        if self._chosen.get("words", "") != self.search.text().strip():
            self._set("words", self.search.text().strip())

    def _choose(self, name: str) -> None:
        self._set(name, self.choices[name].currentData())

    def _set(self, name: str, key: str) -> None:
        self._chosen[name] = key
        if (choice := self.choices.get(name)) is not None:
            choice.setCurrentIndex(max(0, choice.findData(key)))
            choice.updateGeometry()
        self.changed.emit()

    # ---- filling -----------------------------------------------------------------------------

    def fill(self, clients: Sequence[Client], tr: Translator) -> None:
        """Offer what the clients have; a choice that is not there any more is dropped."""
        sessions = [each for client in clients for each in client.sessions]
        models = {each.model_id: each.model_in(tr.language) for each in sessions}
        units = (unit.full_name for client in clients for unit in client.units)
        all_ = {
            "model": tr.gettext("Model: all"),
            "facilitator": tr.gettext("Facilitator: all"),
            "unit": tr.gettext("Unit: all"),
            "tag": tr.gettext("Tag: all"),
        }
        offered: dict[str, list[Option]] = {
            "model": sorted(models.items(), key=lambda option: option[1]),
            "facilitator": _named(each.facilitator for each in sessions),
            "unit": _named(units),
            "tag": _named(tag for each in sessions for tag in each.tags),
        }
        for name, options in offered.items():
            self._offer(name, [("", all_[name]), *options], least=2 if name != "model" else 3)
        self._offer("last", _last_options(tr))
        self._offer("due", _due_options(tr))
        self._offer("order", _orders(tr))
        with QSignalBlocker(self.search):
            self.search.setText(self._chosen.get("words", ""))

    def clear(self) -> None:
        """Name nobody until it is filled again."""
        self._timer.stop()
        for choice in self.choices.values():
            with QSignalBlocker(choice):
                choice.clear()
        with QSignalBlocker(self.search):
            self.search.clear()

    def _offer(self, name: str, options: Sequence[Option], least: int = 0) -> None:
        choice = self.choices[name]
        chosen = self._chosen.get(name, options[0][0])
        if chosen not in (key for key, _ in options):
            chosen = options[0][0]
            self._chosen.pop(name, None)
        with QSignalBlocker(choice):
            choice.clear()
            for key, words in options:
                choice.addItem(words, key)
            choice.setCurrentIndex(choice.findData(chosen))
        choice.setVisible(len(options) >= least)
        choice.updateGeometry()

    def retranslate(self, tr: Translator) -> None:
        """Set the texts that do not depend on the clients."""
        words = tr.gettext("Search organisations")
        self.search.setPlaceholderText(words)
        self.search.setAccessibleName(words)
        self.search.setToolTip(tr.gettext("The search looks at organisation, unit, title and tag."))
        for clear in self.search.findChildren(QToolButton):  # Qt's own
            clear.setAccessibleName(tr.gettext("Clear the search"))
        names = {
            "model": tr.gettext("Model"),
            "facilitator": tr.gettext("Facilitator"),
            "unit": tr.gettext("Unit"),
            "tag": tr.gettext("Tag"),
            "last": tr.gettext("Last session"),
            "due": tr.gettext("Next workshop"),
            "order": tr.gettext("Sort"),
        }
        for name, choice in self.choices.items():
            choice.setAccessibleName(names[name])


def _named(names: Iterable[str]) -> list[Option]:
    return [(name, name) for name in in_order(names)]


def _last_options(tr: Translator) -> list[Option]:
    return [
        ("", tr.gettext("Last session: any time")),
        (f"{_SINCE} {_HALF_YEAR}", tr.gettext("Last session: in the last 6 months")),
        (f"{_BEFORE} {_HALF_YEAR}", tr.gettext("Last session: over 6 months ago, or none")),
        (f"{_BEFORE} {_YEAR}", tr.gettext("Last session: over a year ago, or none")),
    ]


def _due_options(tr: Translator) -> list[Option]:
    return [
        ("", tr.gettext("Due: all")),
        (_OVERDUE, tr.gettext("Due: overdue")),
        (str(SOON_DAYS), tr.gettext("Due: within 4 weeks, or overdue")),
        (str(_QUARTER), tr.gettext("Due: within 3 months, or overdue")),
    ]


def _orders(tr: Translator) -> list[Option]:
    return [
        (SortBy.NAME.value, tr.gettext("Sort: by name")),
        (SortBy.DUE.value, tr.gettext("Sort: by next workshop")),
        (SortBy.OVERDUE.value, tr.gettext("Sort: overdue first")),
    ]
