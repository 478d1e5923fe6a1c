"""Dialog that freezes the plan as a numbered version, with a remark and who did it."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtWidgets import QWidget

from app.planning.plan import Plan
from app.planning.versions import frozen
from app.words.texts import Translator
from app.workshop.workshop import Workshop
from ui.dialogs.base import Form, Sheet
from ui.widgets.fields import make_line


class FreezeDialog(Sheet):
    """Stays open until the version has been stored."""

    def __init__(
        self,
        tr: Translator,
        workshop: Workshop,
        plan: Plan,
        by: str,
        parent: QWidget | None = None,
    ) -> None:
        number = frozen(workshop.session, plan, at=_now()).number
        super().__init__(
            "freeze-version-dialog",
            tr.gettext("Freeze version {number} of the plan", number=number),
            tr.gettext(
                "A version keeps the plan as it is now. Later plans and the status of the steps are"
                " measured by it."
            ),
            parent,
        )
        self._tr, self._workshop, self._plan = tr, workshop, plan
        self.remark, self.by = make_line("version-remark"), make_line("version-by")
        self.by.setText(by)
        form = Form()
        form.add_field(
            tr.gettext("Remark"), self.remark, tr.gettext("Such as: as decided by the board")
        )
        form.add_field(tr.gettext("Frozen by"), self.by)
        self.body.addLayout(form)
        cancel = self.add_button("cancel", tr.gettext("Cancel"))
        cancel.clicked.connect(self.reject)
        self.freeze = self.add_button("freeze", tr.gettext("Freeze"), is_primary=True)
        self.freeze.clicked.connect(self._submit)
        self.want(560)
        self.remark.setFocus()

    def _submit(self) -> None:
        version = frozen(
            self._workshop.session,
            self._plan,
            at=_now(),
            by=self.by.text().strip(),
            remark=self.remark.text().strip(),
        )
        self.accept_after(lambda: self._workshop.freeze_plan(version), self._tr)


def _now() -> datetime:
    return datetime.now(UTC).astimezone().replace(microsecond=0)
