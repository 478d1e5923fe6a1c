"""The About dialog: version, licence and sources of the built-in models."""

from __future__ import annotations

import platform
from collections.abc import Iterator, Sequence

from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QApplication, QWidget

from app.model.maturity_model import MaturityModel
from app.words.texts import Translator
from ui.dialogs.base import Sheet
from ui.dialogs.text_dialog import read_only_text


class AboutDialog(Sheet):
    """Version, licence, models and their sources."""

    def __init__(
        self, tr: Translator, models: Sequence[MaturityModel], parent: QWidget | None = None
    ) -> None:
        lead = tr.gettext("From a maturity model to a scored session, a radar and a roadmap.")
        super().__init__("about-dialog", "Stufenplan", lead, parent)
        text = "\n".join(_lines(tr, models))
        self.body.addWidget(read_only_text(text, tr.gettext("About Stufenplan")))
        close = self.add_button("close-dialog", tr.gettext("Close"), is_primary=True)
        close.clicked.connect(self.accept)
        self.want(600, 440)


def _lines(tr: Translator, models: Sequence[MaturityModel]) -> Iterator[str]:
    yield tr.gettext("Version {version}", version=QApplication.applicationVersion())
    yield tr.gettext(
        "With Python {python} and Qt {qt}", python=platform.python_version(), qt=qVersion()
    )
    yield ""
    yield tr.gettext("Free software under the MIT licence.")
    yield tr.gettext(
        "Qt for Python is used under the LGPL 3. The file THIRD-PARTY names all libraries."
    )
    yield tr.gettext(
        "Stufenplan works without an internet connection: your data stays on this "
        "computer until you share it yourself."
    )
    for model in models:
        yield ""
        yield tr.gettext(
            "{model}, version {version}",
            model=model.name.line_in(tr.language),
            version=model.content_version,
        )
        yield model.description.line_in(tr.language)
        for source in model.sources:
            parts = (source.title, source.repository, source.commit, source.licence)
            yield "• " + ", ".join(part for part in parts if part)
    yield ""
    yield tr.gettext(
        "This program is not an official product of the Cloud Native Computing Foundation."
    )
