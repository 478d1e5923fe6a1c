"""Beginning, opening and archiving sessions, and taking models in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.errors import AppError, InvalidInput
from app.model.maturity_model import MaturityModel
from app.session.checkpoints import Checkpoint
from app.session.session import NewSession, SessionSummary
from app.words.texts import N_
from app.workshop.history import Change
from ui.context import Context
from ui.library.library_page import LibraryPage
from ui.shell.actions import SPEC_BY_ID
from ui.shell.notice_bar import NoticeButton

if TYPE_CHECKING:
    from ui.dialogs.checkpoints import CheckpointsDialog
    from ui.dialogs.new_session import NewSessionDialog
    from ui.shell.window import MainWindow

CHECKPOINT = "checkpoint"


class SessionFlow(QObject):
    """Everything about sessions as a whole."""

    def __init__(self, context: Context, window: MainWindow) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self._returned_by: Change | None = None
        context.areas_changed.connect(self._withdraw_undo)
        context.session_opened.connect(self._withdraw_undo)

    def connect_page(self, page: LibraryPage) -> None:
        """Listen to the library page."""
        page.session_chosen.connect(self.open)
        page.new_session_wanted.connect(self.begin)
        page.sample_wanted.connect(self.open_sample)
        page.archive_wanted.connect(self.archive)

    def handlers(self) -> dict[str, Callable[[], None]]:
        """What can be done now."""
        own: dict[str, Callable[[], None]] = {}
        if self._context.library is not None:
            own = {
                "session.new": self.begin,
                "session.archived": self.show_archived,
                "sample": self.open_sample,
                "model.import": self.import_model,
            }
        if self._context.workshop is not None:
            own["checkpoints"] = self.checkpoints
        return own

    # ---- opening and archiving ---------------------------------------------------------------

    def open(self, session_id: str) -> None:
        """Open a session and go on scoring where it was left."""
        context = self._context
        if not self._may_leave(session_id):
            return
        try:
            if context.workshop is None or context.session.id != session_id:
                context.open_session(session_id)
        except AppError as error:
            self._window.say_error(error)
            return
        self._window.show_page("scoring")

    def _may_leave(self, session_id: str) -> bool:
        """Another session can be opened once everything of this one is saved."""
        context = self._context
        context.settle()
        if context.workshop is not None and context.session.id == session_id:
            return True
        return self._is_saved(N_("Another session can be opened once everything here is saved."))

    def open_sample(self) -> None:
        """Put the sample into the library, where it is missing, and open it."""
        context = self._context
        if context.library is None:
            return
        try:
            session_id = context.services.create_sample(context.library, context.texts.language)
        except AppError as error:
            self._window.say_error(error)
            return
        self.open(session_id)

    def archive(self, summary: SessionSummary) -> None:
        """Put a session away; the notice takes it back."""
        context = self._context
        if context.library is None:
            return
        if context.workshop is not None and context.session.id == summary.id:
            if not self._may_leave(""):
                return
            context.close_session()
        if self._set_archived(summary.id, archived=True):
            self._say_archived(summary)

    def _say_archived(self, summary: SessionSummary) -> None:
        tr = self._context.texts
        self._window.notices.show_notice(
            tr.gettext(
                "“{title}” of {organisation} was archived. Nothing is deleted.",
                title=summary.title,
                organisation=summary.organisation.name,
            ),
            buttons=(NoticeButton(tr.gettext("Undo"), lambda: self._bring_back(summary.id)),),
            key="archived",
            again=partial(self._say_archived, summary),
        )

    def _bring_back(self, session_id: str) -> None:
        self._window.notices.withdraw("archived")
        self._set_archived(session_id, archived=False)

    def show_archived(self) -> None:
        """The sessions that were put away, to bring some of them back."""
        from ui.dialogs.archived import ArchivedDialog

        if self._context.library is None:
            return
        dialog = ArchivedDialog(
            self._context.texts, self._context.library.archived_sessions(), self._window
        )
        dialog.bring_back_wanted.connect(lambda summary: self._bring_back(summary.id))
        dialog.open()

    def _set_archived(self, session_id: str, *, archived: bool) -> bool:
        """Whether it could be stored; the library may be another one by now."""
        library = self._context.library
        if library is None:
            return False
        try:
            library.archive_session(session_id, archived)
        except AppError as error:
            self._window.say_error(error)
            return False
        self._window.library_page.refresh()
        return True

    # ---- checkpoints ---------------------------------------------------------------------------

    def checkpoints(self) -> None:
        """Give this moment a name, or return to one that has one."""
        from ui.dialogs.checkpoints import CheckpointsDialog

        context = self._context
        context.settle()
        if context.workshop is None or not self._is_saved(
            N_("A checkpoint can be saved once everything else is saved.")
        ):
            return
        lead = self._window.saving.state_in_full()
        dialog = CheckpointsDialog(context.texts, lead, self._window)
        dialog.fill(context.session.milestones)
        dialog.name_given.connect(lambda name: self._set_checkpoint(name, dialog))
        dialog.return_wanted.connect(self._return_to)
        dialog.removal_wanted.connect(
            lambda checkpoint: self._remove_checkpoint(checkpoint, dialog)
        )
        dialog.open()

    def _is_saved(self, otherwise: str) -> bool:
        """Whether nothing waits to be stored; if something does, the sentence is said."""
        if self._window.saving.is_saved:
            return True
        self._window.notices.show_notice(self._context.texts.gettext(otherwise), warning=True)
        return False

    def _set_checkpoint(self, name: str, dialog: CheckpointsDialog) -> None:
        workshop = self._context.workshop
        if workshop is None:
            return
        try:
            checkpoint = workshop.add_checkpoint(name)
        except InvalidInput as error:
            dialog.say_at_name(error.say(self._context.texts))
            return
        dialog.accept()
        if not workshop.unsaved:
            self._say_checkpoint(
                N_("Checkpoint “{name}” saved. {keys} leads back to it."), checkpoint
            )

    def _remove_checkpoint(self, checkpoint: Checkpoint, dialog: CheckpointsDialog) -> None:
        workshop = self._context.workshop
        if workshop is not None:
            workshop.remove_checkpoint(checkpoint)
            dialog.fill(workshop.session.milestones)

    def _return_to(self, checkpoint: Checkpoint) -> None:
        workshop = self._context.workshop
        if workshop is None:
            return
        try:
            changed = workshop.return_to(checkpoint)
        except AppError as error:
            self._window.say_error(error)
            return
        if workshop.unsaved:
            return  # the notice that cannot be overlooked says so
        if changed:
            self._returned_by = workshop.undoable
            self._say_returned(checkpoint, len(changed))
        else:
            self._say_checkpoint(
                N_("Everything already matches the checkpoint “{name}”."), checkpoint
            )

    def _say_returned(self, checkpoint: Checkpoint, count: int) -> None:
        tr = self._context.texts
        self._window.notices.show_notice(
            tr.ngettext(
                "{n} area was reset to the checkpoint “{name}”.",
                "{n} areas were reset to the checkpoint “{name}”.",
                count,
                name=checkpoint.name,
            ),
            buttons=(NoticeButton(tr.gettext("Undo"), self._window.undo),),
            key=CHECKPOINT,
            again=partial(self._say_returned, checkpoint, count),
        )

    def _withdraw_undo(self) -> None:
        """Take the offer to undo the return away, as soon as undo would do something else."""
        workshop = self._context.workshop
        if self._returned_by is not None and (
            workshop is None or workshop.undoable is not self._returned_by
        ):
            self._returned_by = None
            self._window.notices.withdraw(CHECKPOINT)

    def _say_checkpoint(self, template: str, checkpoint: Checkpoint) -> None:
        from ui.dialogs.key_sheet import key_in_words

        keys = key_in_words(SPEC_BY_ID["checkpoints"].keys[0])
        self._window.notices.show_notice(
            self._context.texts.gettext(template, name=checkpoint.name, keys=keys),
            key=CHECKPOINT,
            again=partial(self._say_checkpoint, template, checkpoint),
        )

    # ---- new sessions ------------------------------------------------------------------------

    def begin(self, model_id: str = "") -> None:
        """Ask for a new session; with a model chosen beforehand if there is one."""
        from ui.dialogs.new_session import NewSessionDialog

        context = self._context
        if context.library is None or not self._may_leave(""):
            return
        dialog = NewSessionDialog(
            context.texts,
            context.library,
            self.models(),
            self._window.settings,
            parent=self._window,
        )
        if model_id:
            dialog.choose_model(model_id)
        dialog.session_wanted.connect(lambda new: self._create(new, dialog))
        dialog.open()

    def models(self) -> tuple[MaturityModel, ...]:
        """The built-in models and those of the library."""
        library = self._context.library
        imported = library.models() if library is not None else ()
        return (*self._context.services.builtin_models(), *imported)

    def _create(self, new: NewSession, dialog: NewSessionDialog) -> None:
        library = self._context.library
        if library is None:
            return
        try:
            session = library.create_session(new)
        except AppError as error:
            dialog.show_error(error)
            return
        dialog.accept()
        self.open(session.id)

    # ---- models ------------------------------------------------------------------------------

    def import_model(self, files: Sequence[Path] = ()) -> None:
        """Read a model from files or published pages, show the report, and keep it on request."""
        from ui.dialogs.model_import import ModelImportDialog

        context = self._context
        if context.library is None:
            return
        dialog = ModelImportDialog(
            context.texts, context.services, self._window.tasks, self._window.settings, self._window
        )
        dialog.model_accepted.connect(self._keep_model)
        dialog.open()
        if files:
            dialog.read(list(files))

    def _keep_model(self, model: MaturityModel, begin: bool) -> None:
        context, tr = self._context, self._context.texts
        if context.library is None:
            return
        try:
            context.library.add_model(model)
        except AppError as error:
            self._window.say_error(error)
            return
        self._window.notices.show_notice(
            tr.gettext(
                "The model “{name}” is in the library.", name=model.name.in_language(tr.language)
            )
        )
        if begin:
            self.begin(model.id)
