"""Dialog with the frozen versions of a plan, and how each stands today."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from app.planning.plan import Plan
from app.planning.versions import VersionProgress, measured
from app.session.session import Session
from app.words.plan_words import step_name
from app.words.texts import Translator
from app.words.variant_words import (
    STANDING_WORDS,
    place_then_in_words,
    version_name,
    version_now_in_words,
    version_then_in_words,
)
from ui.dialogs.base import Sheet
from ui.dialogs.row_list import RowList
from ui.widgets.announcer import announce
from ui.widgets.basics import make_label


class VersionsDialog(Sheet):
    """The newest version first; below the list the one that is chosen."""

    def __init__(
        self,
        tr: Translator,
        session: Session,
        plan: Plan,
        today: date,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("versions-dialog", tr.gettext("Versions of the plan"), "", parent)
        self._tr, self._session, self._plan, self._today = tr, session, plan, today
        self._versions = tuple(reversed(session.plan_versions))
        self.versions = RowList(
            "version-list",
            tr.gettext("Versions, newest first"),
            (tr.gettext("Version"), tr.gettext("Frozen on"), tr.gettext("Frozen by")),
        )
        self.then, self.now = make_label("secondary", wrap=True), make_label("strong", wrap=True)
        self.then.setObjectName("version-then")
        self.now.setObjectName("version-now")
        self.steps = RowList(
            "version-steps",
            tr.gettext("Steps of the version"),
            (
                tr.gettext("Step"),
                tr.gettext("Planned then"),
                tr.gettext("Planned now"),
                tr.gettext("Status"),
            ),
        )
        for part in (self.versions, self.then, self.now, self.steps):
            self.body.addWidget(part)
        close = self.add_button("close", tr.gettext("Close"), is_primary=True)
        close.clicked.connect(self.accept)
        self.versions.fill(
            [(version_name(each, tr), tr.moment(each.at), each.by) for each in self._versions]
        )
        self.versions.currentItemChanged.connect(lambda *_: self._show_chosen(is_said=True))
        self._show_chosen(is_said=False)
        self.want(820)
        self.versions.setFocus()

    def _show_chosen(self, *, is_said: bool) -> None:
        version = self._versions[max(0, self.versions.row)]
        progress = measured(version, self._session, self._plan, self._today)
        self.then.setText(version_then_in_words(version, self._tr))
        self.now.setText(version_now_in_words(progress, self._today, self._tr))
        self.steps.fill(self._rows(progress))
        if is_said:
            announce(self, self.now.text())

    def _rows(self, progress: VersionProgress) -> list[tuple[str, str, str, str]]:
        tr = self._tr
        return [
            (
                step_name(self._session, each.key),
                place_then_in_words(each.step.start, tr),
                place_then_in_words(each.now, tr, is_planned=each.key in self._plan.starts),
                tr.gettext(STANDING_WORDS[each.standing]),
            )
            for each in progress.steps
        ]
