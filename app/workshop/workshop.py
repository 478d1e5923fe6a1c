"""``Workshop``: the single entry point for changes to a session."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path
from uuid import uuid4

from app.errors import InvalidInput
from app.session.checkpoints import MAX_CHECKPOINTS, TOO_MANY_CHECKPOINTS, Checkpoint
from app.session.evidence import Evidence, EvidenceKind
from app.session.field_types.texts import Text
from app.session.fields import NO_FIELD
from app.session.links import link_target
from app.session.names import checked_name
from app.session.rating import RATING, Confidence
from app.session.session import SESSION
from app.session.units import Affiliation, affiliation_named
from app.words.texts import N_
from app.workshop.history import state_at
from app.workshop.plan_variants import PlanVariants
from app.workshop.validation import Wanted

OTHER_SPELLING = N_(
    "“{typed}” is only another spelling of “{name}”. Rename the organisation or unit instead: that"
    " changes it for all its sessions."
)
ADDRESS = Text(N_("An address can have at most {most} characters."))


class Workshop(PlanVariants):
    """A running session and everything that can be decided in it."""

    def set_level(self, area_id: str, level: Fraction | int | None) -> None:
        """Set or clear the level of an area; an area that was not applicable becomes applicable.

        Raises ``InvalidInput`` for a level outside the scale or a half where none are allowed.
        """
        wanted: Wanted = {(area_id, "level"): level}
        if level is not None and self._latest(area_id, "not_applicable") is not None:
            wanted[area_id, "not_applicable"] = None
        self._change(wanted)

    def set_weight(self, area_id: str, weight: Fraction) -> None:
        """Set how much an area counts: greater than 0, at most 10."""
        self._change({(area_id, "weight"): weight})

    def set_confidence(self, area_id: str, confidence: Confidence | None) -> None:
        """Note how well the level is supported."""
        self._change({(area_id, "confidence"): confidence})

    def set_note(self, area_id: str, note: str) -> None:
        """Set the reason or comment; calls until :meth:`close_step` are one step for undo."""
        self._change({(area_id, "note"): note}, self._merge_key(area_id, "note"))

    def set_not_applicable(self, area_id: str, reason: str | None) -> None:
        """Take an area out with a reason, or back in with ``None``."""
        self._change({(area_id, "not_applicable"): reason})

    def add_link(self, area_id: str, address: str, title: str = "") -> None:
        """Attach a link as evidence."""
        address = ADDRESS.typed(address).strip()
        if not address:
            raise InvalidInput(N_("Please enter an address."))
        link_target(address)  # else it would be refused only when it is opened
        title = ADDRESS.typed(title).strip() or address
        self._add_evidence(area_id, Evidence(uuid4().hex, EvidenceKind.LINK, title, address))

    def add_file(self, area_id: str, path: Path) -> None:
        """Take a file of up to 10 MB into the library as evidence."""
        self._add_evidence(area_id, self._repository.add_file(path))

    def remove_evidence(self, area_id: str, evidence_id: str) -> None:
        """Detach evidence; a file stays in the library, so that undo brings it back."""
        kept = tuple(e for e in self._latest_evidence(area_id) if e.id != evidence_id)
        self._change({(area_id, "evidence"): kept})

    def set_detail(self, field: str, value: str | date | bool) -> None:
        """Set a field of the session itself, such as title or date."""
        if not SESSION[field].has_column:
            raise InvalidInput(NO_FIELD, field=field)
        self._change({(None, field): value}, self._merge_key("", field))

    def correct(self, details: Mapping[str, object]) -> None:
        """Set fields of the session itself as one step, such as title, date and affiliation.

        Raises ``InvalidInput`` for the first value that is not legal, and where half levels are
        no longer to be allowed, but still set.
        """
        if "milestones" in details:
            raise InvalidInput(NO_FIELD, field="milestones")
        self._change({(None, field): value for field, value in details.items()})

    def affiliation(self, organisation: str | None, unit: str | None) -> Affiliation:
        """The organisation and the path of units of these names, for :meth:`correct`.

        ``None`` stands for the present one; a unit stays only with its organisation. Raises
        ``InvalidInput`` for a name that is missing or too long, and for another spelling of a
        present one: that would be a new name for all sessions.
        """
        present = self._latest(None, "affiliation")
        if not isinstance(present, Affiliation):
            raise TypeError("an affiliation is no other type")
        name = present.organisation.name if organisation is None else organisation
        wanted = affiliation_named(name, unit or "")
        found = self._repository.located(wanted)
        for typed, known in zip(wanted.parts, found.parts, strict=True):
            if known in present.parts and typed.name != known.name:
                raise InvalidInput(OTHER_SPELLING, typed=typed.name, name=known.name)
        if unit is None and found.organisation == present.organisation:
            return present
        return found

    def add_checkpoint(self, name: str) -> Checkpoint:
        """Name the current state of the session.

        Raises ``InvalidInput`` for a name that is empty, too long or taken, and when the session
        has all the checkpoints it can hold.
        """
        checkpoints = self._latest_checkpoints()
        if len(checkpoints) >= MAX_CHECKPOINTS:
            raise InvalidInput(TOO_MANY_CHECKPOINTS, most=MAX_CHECKPOINTS)
        name = checked_name(name, N_("Please give the checkpoint a name."))
        if any(known.name == name for known in checkpoints):
            raise InvalidInput(
                N_("There is a checkpoint “{name}” already. Choose another name."), name=name
            )
        now = datetime.now(UTC).astimezone().replace(microsecond=0)
        checkpoint = Checkpoint(uuid4().hex, name, now)
        self._change({(None, "milestones"): (*checkpoints, checkpoint)})
        return checkpoint

    def remove_checkpoint(self, checkpoint: Checkpoint) -> None:
        """Remove the name; ratings are unchanged."""
        kept = tuple(known for known in self._latest_checkpoints() if known != checkpoint)
        self._change({(None, "milestones"): kept})

    def return_to(self, checkpoint: Checkpoint) -> frozenset[str]:
        """Bring all that is decided back to where it was at a checkpoint, as one step.

        Title, date, language and checkpoints stay as they are. Returns the ids of the areas that
        changed; none while something older cannot be stored. Raises ``NotFound`` for a checkpoint
        that is not in the log of this session.
        """
        if not self._store_waiting():
            return frozenset()
        self._resolve_uncertain()
        changes = self._repository.changes(self._session.id)
        then = state_at(self._session, changes, checkpoint)
        wanted: Wanted = {(None, name): getattr(then, name) for name in ("half_levels", "plan")}
        for rating in then.all_ratings():
            for field in RATING.fields:
                wanted[rating.area_id, field] = getattr(rating, field)
        wanted = {k: value for k, value in wanted.items() if self._session.value(*k) != value}
        if wanted:  # not validated: a half level stays when halves are no longer allowed
            self._store_or_keep(wanted)
        return frozenset(area_id for area_id, _ in wanted if area_id is not None)

    def change_all(self, wanted: Wanted) -> None:
        """Store many values as one step, all or nothing.

        Raises ``InvalidInput`` for the first value that is not legal; callers that read files
        check every row beforehand, so that they can name every fault.
        """
        self._change(wanted)

    def _latest_evidence(self, area_id: str) -> tuple[Evidence, ...]:
        evidence = self._latest(area_id, "evidence")
        return evidence if isinstance(evidence, tuple) else ()

    def _latest_checkpoints(self) -> tuple[Checkpoint, ...]:
        checkpoints = self._latest(None, "milestones")
        return checkpoints if isinstance(checkpoints, tuple) else ()

    def _add_evidence(self, area_id: str, evidence: Evidence) -> None:
        present = self._latest_evidence(area_id)
        self._change({(area_id, "evidence"): (*present, evidence)})
