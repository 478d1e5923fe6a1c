"""Head of the library page: whose sessions are shown, search, and a button for a new one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from app.words.texts import Translator
from ui.context import Context
from ui.type_scale import TYPE, scaled
from ui.widgets.basics import ElidedLabel, plain_tool_tip
from ui.widgets.flow_layout import SideBySide
from ui.widgets.page_tabs import PageTabs
from ui.widgets.search_field import SearchField


class LibraryHead(QWidget):
    """One row: title and place at the left, what can be done at the right."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = ElidedLabel("title")
        self.title.setObjectName("library-title")
        self.place = ElidedLabel("secondary")
        self.search = SearchField()
        self.search.setObjectName("session-search")
        self.search.setClearButtonEnabled(True)
        self._searched_at: str | None = None
        TYPE.changed.connect(self._fit)
        self._fit()
        self.all_clients = self._made("all-clients")
        self.new_session = self._made("new-session")
        self.new_session.setProperty("role", "primary")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.title)
        words.addWidget(self.place)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addStretch(1)
        for each in (self.search, self.all_clients, self.new_session):
            row.addWidget(each)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(PageTabs(context, "library"), 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(SideBySide(words, row))

    def _fit(self) -> None:
        self.search.setFixedWidth(scaled(280))
        self.title.setMinimumWidth(scaled(160))  # with less, it stands above the rest

    @staticmethod
    def _made(name: str) -> QPushButton:
        button = QPushButton()
        button.setObjectName(name)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAutoDefault(True)
        return button

    def search_at(self, client_id: str | None) -> None:
        """Search the sessions of one client, or of all for ``None``.

        What was typed for all of them, or for another one, may be a name that the one must not
        see, so it goes.
        """
        if client_id is not None and client_id != self._searched_at:
            self.search.clear()
        self._searched_at = client_id

    def show_list(self, *, has_list: bool, has_others: bool) -> None:
        """Show what belongs to a list; ``has_others`` if more than one client has sessions."""
        self.search.setVisible(has_list)
        self.new_session.setVisible(has_list)
        self.all_clients.setVisible(has_others)

    def show_place(self, tr: Translator, path: Path, count: int, client: str) -> None:
        """Say whose sessions are shown, how many there are, and in which file.

        ``client`` is empty where all are shown, or none is known.
        """
        self.title.setText(client or tr.gettext("Library"))
        self.place.setText(
            tr.ngettext("{name} · {n} session", "{name} · {n} sessions", count, name=path.name)
        )
        self.setToolTip(plain_tool_tip(str(path)))

    def show_unopened(self, tr: Translator) -> None:
        """Say that this is the library, and nothing of what is in it."""
        self.title.setText(tr.gettext("Library"))
        self.place.setText("")
        self.setToolTip("")

    def retranslate(self, tr: Translator, *, shows_all: bool) -> None:
        """Set every text that does not depend on the library."""
        self.search.setPlaceholderText(
            tr.gettext("Search organisation, unit or title")
            if shows_all
            else tr.gettext("Search unit or title")
        )
        self.search.setAccessibleName(tr.gettext("Search sessions"))
        for clear in self.search.findChildren(QToolButton):  # Qt's own
            clear.setAccessibleName(tr.gettext("Clear the search"))
        one, others = tr.gettext("One organisation only"), tr.gettext("All organisations")
        for button, words in (
            (self.new_session, tr.gettext("New session")),
            (self.all_clients, one if shows_all else others),
        ):
            button.setText(words)
            button.setAccessibleName(words)
