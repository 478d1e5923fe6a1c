"""Head and bottom bar of the portfolio."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.portfolio import Client
from app.words.portfolio_words import assessed_in_words
from app.words.texts import Translator
from ui.context import Context
from ui.dialogs.key_sheet import action_hints, move_hint
from ui.shell.key_choices import KeyChoices
from ui.type_scale import TYPE, scaled
from ui.widgets.basics import ElidedLabel, make_bar, menu_text, plain_tool_tip
from ui.widgets.controls import PressButton
from ui.widgets.key_hints import Hint, KeyHints
from ui.widgets.page_tabs import PageTabs

_LONGEST_ON_BUTTON = 30


class PortfolioHead(QWidget):
    """Tabs at the left; what is counted, and a button for a new session, at the right."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._tabs = PageTabs(context, "portfolio")
        self.counted = ElidedLabel("secondary")
        self.counted.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.new_session = PressButton("portfolio-new-session", "primary")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self._tabs)
        layout.addWidget(self.counted, 1)
        layout.addWidget(self.new_session)
        context.language_changed.connect(self.retranslate)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text that does not depend on the library."""
        self.new_session.set_text(self._context.texts.gettext("New session"))

    def fill(self, library: str, clients: Sequence[Client], sessions: int) -> None:
        """Say what is in the library."""
        tr = self._context.texts
        self.new_session.setVisible(bool(clients))  # else it is what the page itself proposes
        units = sum(len(client.units) for client in clients)
        parts = (
            library,
            tr.ngettext("{n} organisation", "{n} organisations", len(clients)),
            tr.ngettext("{n} unit", "{n} units", units),
            tr.ngettext("{n} session", "{n} sessions", sessions),
        )
        self.counted.setText(" · ".join(parts))

    def clear(self) -> None:
        """Say nothing."""
        self.counted.setText("")


class BottomBar(QWidget):
    """The selected client, the keys, and a button that opens it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.selected = ElidedLabel("secondary")
        self._hints = KeyHints()
        self.open = PressButton("open-client", "primary")
        frame, row = make_bar(self)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        row.addWidget(self.selected, 1)
        row.addWidget(self._hints)
        row.addWidget(self.open)
        TYPE.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self.selected.setMinimumWidth(scaled(200))

    def fill(self, client: Client | None, keys: KeyChoices, tr: Translator) -> None:
        """Name the selected client, and the keys that act now."""
        self._hints.set_hints(() if client is None else _hints(keys, tr))
        self.open.setVisible(client is not None)
        if client is None:
            self.selected.setText("")
            self.open.set_text("", "-")
            return
        name = " ".join(client.organisation.name.split())
        self.selected.setText(
            tr.gettext(
                "Selected: {organisation}, {assessed}",
                organisation=name,
                assessed=assessed_in_words(client, tr),
            )
        )
        spoken = tr.gettext("Open {organisation}", organisation=name)
        is_long = len(name) > _LONGEST_ON_BUTTON
        shown = f"{name[:_LONGEST_ON_BUTTON].rstrip()}…" if is_long else name
        self.open.set_text(menu_text(tr.gettext("Open {organisation}", organisation=shown)), spoken)
        self.open.setToolTip(plain_tool_tip(spoken) if is_long else "")


def _hints(keys: KeyChoices, tr: Translator) -> list[Hint]:
    actions = (
        ("client.open", tr.pgettext("what a key does", "open")),
        ("search", tr.gettext("search")),
        ("portfolio.overdue", tr.gettext("overdue only")),
        ("client.new_session", tr.gettext("new session")),
        ("keys", tr.gettext("all keys")),
    )
    return [move_hint(tr.gettext("organisation"), tr), *action_hints(actions, keys, tr)]
