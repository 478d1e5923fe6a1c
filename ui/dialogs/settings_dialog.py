"""Settings dialog: language, colours and user's name; changes apply at once."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPushButton, QWidget

from app.session.names import MAX_NAME_LENGTH
from app.words.texts import Translator
from ui.dialogs.base import Form, Sheet
from ui.widgets.fields import make_choice


class SettingsDialog(Sheet):
    """Choices that are applied while they are made."""

    language_chosen = Signal(str)
    theme_chosen = Signal(str)
    name_changed = Signal(str)
    single_keys_switched = Signal(bool)
    keys_wanted = Signal()

    def __init__(
        self,
        tr: Translator,
        theme: str,
        user_name: str,
        parent: QWidget | None = None,
        *,
        single_keys: bool = True,
    ) -> None:
        lead = tr.gettext("The language of the model texts is set per session, in the View menu.")
        super().__init__("settings-dialog", tr.gettext("Settings"), lead, parent)
        form = Form()
        self.language = make_choice(
            "language-choice", (("Deutsch", "de"), ("English", "en")), tr.language
        )
        self.theme = make_choice(
            "theme-choice",
            (
                (tr.gettext("Use system setting"), "system"),
                (tr.gettext("Light"), "light"),
                (tr.gettext("Dark"), "dark"),
            ),
            theme,
        )
        self.user_name = QLineEdit(user_name)
        self.user_name.setObjectName("user-name")
        self.user_name.setMaxLength(MAX_NAME_LENGTH)
        form.add_field(tr.gettext("Language of the program"), self.language)
        form.add_field(tr.gettext("Colours"), self.theme)
        self.single_keys = QCheckBox(tr.gettext("Single letters and digits act as keys"))
        self.single_keys.setObjectName("single-keys")
        self.single_keys.setChecked(single_keys)
        self.change_keys = QPushButton(tr.gettext("Change keys…"))
        self.change_keys.setObjectName("change-keys")
        self.change_keys.setAutoDefault(False)
        form.add_field(
            tr.gettext("Keys"), self.single_keys, tr.gettext("Off: only keys with Ctrl or Alt act"),
            beside=self.change_keys,
        )  # fmt: skip
        # Last, so that a key pressed by mistake when the dialog opens cannot replace the name.
        form.add_field(
            tr.gettext("Your name"),
            self.user_name,
            tr.gettext("Proposed as the facilitator of new sessions"),
        )
        self.body.addLayout(form)
        self.body.addStretch(1)
        self.language.activated.connect(
            lambda _row: self.language_chosen.emit(self.language.currentData())
        )
        self.theme.activated.connect(lambda _row: self.theme_chosen.emit(self.theme.currentData()))
        self.user_name.textEdited.connect(self.name_changed)
        self.single_keys.toggled.connect(self.single_keys_switched)
        self.change_keys.clicked.connect(self.keys_wanted)
        close = self.add_button("close-dialog", tr.gettext("Close"), is_primary=True)
        close.clicked.connect(self.accept)
        self.want(560, 400)
