"""Card with the list of clients and the heads of its columns."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QListView, QVBoxLayout, QWidget

from app.portfolio import Client, Shape, SortBy
from app.words.portfolio_words import client_in_words
from ui.context import Context
from ui.portfolio.client_delegate import ROW_HEIGHT, ClientDelegate, ColumnHeads
from ui.portfolio.client_list import ClientList, ClientRow
from ui.type_scale import TYPE, scaled
from ui.widgets.basics import make_frame

_ABOVE, _BELOW = 4, 8


class ClientView(QListView):
    """The list; tells how wide its rows are."""

    resized = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setViewport(QWidget())
        self.setObjectName("client-list")
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        TYPE.changed.connect(self.scheduleDelayedItemsLayout)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit(self.viewport().width())


class ClientsCard(QWidget):
    """The clients in order, one of them selected."""

    #: Another client is selected; carries its id.
    selected = Signal(str)
    #: The selected client shall be opened.
    open_wanted = Signal()

    def __init__(
        self,
        context: Context,
        read_shapes: Callable[[Collection[str]], Mapping[str, Shape]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self.heads = ColumnHeads()
        self.list = ClientView()
        self.rows = ClientList(self._in_words, read_shapes, self)
        self._delegate = ClientDelegate(self.rows, self.list)
        self.list.setModel(self.rows)
        self.list.setItemDelegate(self._delegate)
        self.list.resized.connect(self.heads.set_room)
        self.list.doubleClicked.connect(lambda _index: self.open_wanted.emit())
        self.list.selectionModel().currentChanged.connect(self._on_current_changed)
        card = make_frame("card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(4, _ABOVE, 4, _BELOW)
        inside.setSpacing(0)
        inside.addWidget(self.heads)
        inside.addWidget(self.list)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(card)
        TYPE.changed.connect(self._fit)

    def fill(self, rows: Sequence[ClientRow], order: SortBy) -> None:
        """Show these clients; what was selected is selected no more."""
        self.heads.set_sorted("name" if order is SortBy.NAME else "due")
        self.rows.fill(rows)
        self._fit()

    def _fit(self) -> None:
        """Shrink to the rows."""
        rows = self.rows.rowCount() * scaled(ROW_HEIGHT)
        self.setMaximumHeight(rows + self.heads.height() + _ABOVE + _BELOW + 2)

    def retranslate(self) -> None:
        """Set every text."""
        tr = self._context.texts
        self.list.setAccessibleName(tr.gettext("Organisations"))
        self._delegate.texts = tr
        self.heads.retranslate(tr)

    def apply_theme(self) -> None:
        """Take the colours of the window."""
        self._delegate.theme = self._context.theme
        self.heads.apply_theme(self._context.theme)
        self.list.viewport().update()

    @property
    def current(self) -> Client | None:
        """The selected client."""
        index = self.list.currentIndex()
        return self.rows.row(index.row()).client if index.isValid() else None

    def choose(self, client_id: str) -> bool:
        """Select a client, else the first one; True if it is there."""
        place = self.rows.place_of(client_id)
        self.list.setCurrentIndex(self.rows.index(max(0, place)))
        return place >= 0

    def move_by(self, by: int) -> None:
        """Select the client so many rows further down."""
        place = self.list.currentIndex().row() + by
        if 0 <= place < self.rows.rowCount():
            self.list.setCurrentIndex(self.rows.index(place))

    def _in_words(self, row: ClientRow) -> str:
        return client_in_words(row.client, row.due, self._context.texts)

    def _on_current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self.selected.emit(self.rows.row(current.row()).client.organisation.id)
