"""The flows of a window, and which of their methods handles which action."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from ui.flows.backups import BackupFlow
from ui.flows.libraries import LibraryFlow
from ui.flows.library_check import LibraryCheck

if TYPE_CHECKING:
    from app.session.units import Organisation
    from ui.flows.checkpoints import CheckpointFlow
    from ui.flows.correcting import CorrectingFlow
    from ui.flows.deleting import DeletingFlow
    from ui.flows.exports import ExportFlow
    from ui.flows.host import Host
    from ui.flows.merging import MergeFlow
    from ui.flows.model_import import ModelImport
    from ui.flows.naming import NamingFlow
    from ui.flows.restoring import RestoreFlow
    from ui.flows.score_import import ScoreImport
    from ui.flows.session_import import SessionImport
    from ui.flows.sessions import SessionFlow
    from ui.flows.taking_over import TakingOverFlow

Handlers = dict[str, Callable[[], None]]


class Flows:
    """Every flow once; those that a filled library does not need are built at their first use.

    ``state_in_full`` words the saving state for the checkpoint dialog, ``undo`` takes the last
    step back.
    """

    def __init__(
        self, host: Host, state_in_full: Callable[[], str], undo: Callable[[], None]
    ) -> None:
        self._host = host
        self._state_in_full = state_in_full
        self._undo = undo
        self.libraries = LibraryFlow(host)
        self.backups = BackupFlow(host)
        self.checks = LibraryCheck(host, lambda: self.restoring.ask())

    # ---- built at their first use ------------------------------------------------------------

    @cached_property
    def restoring(self) -> RestoreFlow:
        """Restores backups."""
        from ui.flows.restoring import RestoreFlow

        flow = RestoreFlow(self._host, lambda: self.libraries.path)
        flow.open_wanted.connect(self.libraries.open)
        return flow

    @cached_property
    def merging(self) -> MergeFlow:
        """Merges libraries."""
        from ui.flows.merging import MergeFlow

        return MergeFlow(self._host)

    @cached_property
    def sessions(self) -> SessionFlow:
        """Creates, opens and archives sessions."""
        from ui.flows.sessions import SessionFlow

        flow = SessionFlow(self._host)
        flow.delete_wanted.connect(lambda summary: self.deleting.ask(summary))
        return flow

    @cached_property
    def correcting(self) -> CorrectingFlow:
        """Corrects the details of sessions."""
        from ui.flows.correcting import CorrectingFlow

        return CorrectingFlow(self._host)

    @cached_property
    def taking_over(self) -> TakingOverFlow:
        """Begins sessions from the one before."""
        from ui.flows.taking_over import TakingOverFlow

        return TakingOverFlow(self._host)

    @cached_property
    def naming(self) -> NamingFlow:
        """Renames and merges organisations and units."""
        from ui.flows.naming import NamingFlow

        return NamingFlow(self._host)

    @cached_property
    def deleting(self) -> DeletingFlow:
        """Deletes sessions, units and clients for good."""
        from ui.flows.deleting import DeletingFlow

        return DeletingFlow(self._host)

    @cached_property
    def models(self) -> ModelImport:
        """Imports models."""
        from ui.flows.model_import import ModelImport

        return ModelImport(self._host, self.sessions)

    @cached_property
    def imports(self) -> SessionImport:
        """Imports sessions."""
        from ui.flows.session_import import SessionImport

        return SessionImport(self._host, self.sessions)

    @cached_property
    def scores(self) -> ScoreImport:
        """Imports scores from CSV."""
        from ui.flows.score_import import ScoreImport

        return ScoreImport(self._host)

    @cached_property
    def checkpoints(self) -> CheckpointFlow:
        """Saves checkpoints and returns to them."""
        from ui.flows.checkpoints import CheckpointFlow

        return CheckpointFlow(self._host, self._state_in_full, self._undo)

    @cached_property
    def exports(self) -> ExportFlow:
        """Exports sessions."""
        from ui.flows.exports import ExportFlow

        return ExportFlow(self._host)

    # ---- for the shell -----------------------------------------------------------------------

    def on_session_opened(self) -> None:
        """Offer to begin from the session before; without one the flow is not even loaded."""
        earlier = self._host.state.workspace.earlier
        if earlier is not None:
            self.taking_over.offer(earlier)

    def handlers(self) -> Handlers:
        """Actions that are always possible: ids to handlers."""
        return {
            "library.open": self.libraries.choose,
            "library.new": self.libraries.create,
            "library.restore": lambda: self.restoring.ask(),
        }

    def library_handlers(self) -> Handlers:
        """Actions that need an open library."""
        return {
            "library.backup": self.backups.back_up,
            "library.check": self.checks.check,
            "library.merge": lambda: self.merging.ask(),
            "session.new": lambda: self.sessions.begin(),
            "session.archived": lambda: self.sessions.show_archived(),
            "sample": lambda: self.sessions.open_sample(),
            "model.import": lambda: self.models.ask(),
            "session.import": lambda: self.imports.ask(),
        }

    def session_handlers(self) -> Handlers:
        """Actions that need an open session."""
        return {
            "session.follow": lambda: self.sessions.begin_from(),
            "session.edit": lambda: self.correcting.ask(),
            "session.take_over": lambda: self.taking_over.ask(),
            "earlier.hide": lambda: self.taking_over.switch_earlier(),
            "client.rename": lambda: self.naming.ask_rename(self._open_client),
            "client.merge": lambda: self.naming.ask_merge(self._open_client),
            "checkpoints": lambda: self.checkpoints.ask(),
            "scores.import": lambda: self.scores.ask(),
            "session.export": lambda: self.exports.ask(),
        }

    @property
    def _open_client(self) -> Organisation:
        return self._host.state.workspace.session.organisation

    def may_close(self) -> bool:
        """True unless an export is being written; see :meth:`ExportFlow.may_close`."""
        return "exports" not in vars(self) or self.exports.may_close()

    def close(self) -> None:
        """Stop what runs by itself and close the library."""
        self.backups.stop()
        self.checks.stop()
        self.libraries.close()
