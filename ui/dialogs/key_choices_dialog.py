"""Dialog that changes the keys of actions."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QKeySequenceEdit, QLineEdit, QPushButton, QWidget

from app.words.texts import Translator
from ui.dialogs.base import Form, Sheet
from ui.dialogs.key_sheet import key_in_words
from ui.dialogs.row_list import RowList
from ui.shell.actions import ActionSpec, said
from ui.shell.key_choices import KeyChoices, changeable, portable
from ui.widgets.announcer import announce


class KeyChoicesDialog(Sheet):
    """The actions with a single key, and a field that takes another one."""

    def __init__(self, tr: Translator, keys: KeyChoices, parent: QWidget | None = None) -> None:
        lead = tr.gettext(
            "Choose a line, go to the field and press the new key. With Ctrl or Alt it acts"
            " even if single letters and digits are switched off."
        )
        super().__init__("key-choices", tr.gettext("Change keys"), lead, parent)
        self._tr = tr
        self._keys = keys
        self._specs = changeable()
        heads = (tr.gettext("What the key does"), tr.gettext("Key"))
        self.list = RowList("key-list", tr.gettext("Keys and what they do"), heads)
        self.body.addWidget(self.list)
        self.key = QKeySequenceEdit()
        self.key.setObjectName("new-key")
        self.key.setMaximumSequenceLength(1)
        self.form = Form()
        self.form.add_field(tr.gettext("New key"), self.key, " ")
        for line in self.key.findChildren(QLineEdit):
            line.setAccessibleName(tr.gettext("New key"))
            line.setPlaceholderText(tr.gettext("Press the key"))
        self.body.addLayout(self.form)
        self.body.addLayout(self._build_buttons())
        self.list.currentItemChanged.connect(self._on_moved)
        self.list.chosen.connect(self.key.setFocus)
        close = self.add_button("close-dialog", tr.gettext("Close"), is_primary=True)
        close.clicked.connect(self.accept)
        self._fill()
        self.want(560, 580)

    def _build_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        for name, text, run in (
            ("use-key", self._tr.gettext("Use this key"), self._use),
            ("usual-key", self._tr.gettext("Usual key"), self._reset),
        ):
            button = QPushButton(text)
            button.setObjectName(name)
            button.setAutoDefault(False)
            button.clicked.connect(run)
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _fill(self) -> None:
        self.list.fill([(self._named(spec), self._key_of(spec)) for spec in self._specs])

    def _named(self, spec: ActionSpec) -> str:
        return said(spec, self._tr).rstrip("…")

    def _key_of(self, spec: ActionSpec) -> str:
        keys = self._keys.keys_of(spec.id)
        return key_in_words(keys[0], self._tr) if keys else self._tr.gettext("none")

    @property
    def _spec(self) -> ActionSpec:
        return self._specs[max(0, self.list.row)]

    def _on_moved(self) -> None:
        self.key.clear()
        self.form.show_fault(self.key, "")

    def _use(self) -> None:
        key, tr = portable(self.key.keySequence()), self._tr
        owner = self._keys.why_not(self._spec.id, key)
        if not key:
            fault = tr.gettext("Please press a key in the field first.")
        elif isinstance(owner, ActionSpec):
            fault = tr.gettext(
                "“{key}” already does “{action}”. Please choose another key.",
                key=key_in_words(key, tr),
                action=self._named(owner),
            )
        elif owner:
            fault = tr.gettext(
                "“{key}” has the same meaning everywhere. Please choose another key.",
                key=key_in_words(key, tr),
            )
        else:
            self._keys.change(self._spec.id, key)
            self._show_change()
            return
        self.form.show_fault(self.key, fault)

    def _reset(self) -> None:
        self._keys.reset(self._spec.id)
        self._show_change()

    def _show_change(self) -> None:
        spec = self._spec
        self._fill()
        self._on_moved()
        announce(self, f"{self._named(spec)}: {self._key_of(spec)}")
