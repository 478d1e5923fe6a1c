"""All actions in one table: name, keys, and place in the menus.

Menus, key sheet and shortcuts are built from this table. An action is enabled while it has a
handler: one of the shell, of a flow, or of the visible page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence

from app.errors import AppError
from app.model.scale import LEVEL_KEYS, key_of_level
from app.words.texts import N_, Translator


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One action.

    ``keys`` are in Qt's portable form, the first one is shown. An action without keys states the
    ``reason``. Actions with the same ``choice`` exclude each other and can be checked.
    """

    id: str
    text: str
    group: str
    keys: tuple[str, ...] = ()
    reason: str = ""
    choice: str = ""

    @property
    def is_plain(self) -> bool:
        """True if it has a key without Ctrl or Alt; such keys are inactive in text fields."""
        return any("Ctrl" not in key and "Alt" not in key for key in self.keys)


_RARE = "used once in a while, and found in the menu"
_VARIANT = "in the menu of the scenarios"
_TAB = "a tab of the roadmap"
_CHOSEN_ONCE = "chosen once and kept"


def level_action(level: int) -> str:
    """Id of the action that sets a level: that of its key."""
    return f"level.{key_of_level(level)}"


def dimension_action(level: int) -> str:
    """Id of the action that sets the targets of a dimension to a level."""
    return f"dimension.{key_of_level(level)}"


def _levels() -> Iterator[ActionSpec]:
    for key in LEVEL_KEYS:
        yield ActionSpec(f"level.{key}", N_("Level {level}"), "levels", (key,))


def _dimension_levels() -> Iterator[ActionSpec]:
    for key in LEVEL_KEYS:
        words = N_("Targets of the dimension to {level}")
        yield ActionSpec(f"dimension.{key}", words, "dimension", (f"Shift+{key}",))


TABLE: tuple[ActionSpec, ...] = (
    ActionSpec("session.new", N_("New session…"), "file", ("Ctrl+N",)),
    ActionSpec("session.follow", N_("New session from this one…"), "library", reason=_RARE),
    ActionSpec("sample", N_("Open the sample workshop"), "file", reason=_RARE),
    ActionSpec("library.open", N_("Open library…"), "file", ("Ctrl+O",)),
    ActionSpec("library.new", N_("New library…"), "file", ("Ctrl+Shift+N",)),
    ActionSpec("library.merge", N_("Merge another library into this one…"), "file", reason=_RARE),
    ActionSpec("library.backup", N_("Back up now"), "file", reason=_RARE),
    ActionSpec("library.restore", N_("Restore a backup…"), "file", reason=_RARE),
    ActionSpec("library.check", N_("Check the library"), "file", reason=_RARE),
    ActionSpec("model.import", N_("Import a maturity model…"), "file", ("Ctrl+I",)),
    ActionSpec("session.import", N_("Import a session…"), "file", reason=_RARE),
    ActionSpec("scores.import", N_("Import scores from CSV…"), "file", reason=_RARE),
    ActionSpec("session.export", N_("Export…"), "file", ("Ctrl+E",)),
    ActionSpec("settings", N_("Settings…"), "file", ("Ctrl+,",)),
    ActionSpec("quit", N_("Quit"), "file", ("Ctrl+Q",)),
    ActionSpec("undo", N_("Undo"), "edit", ("Ctrl+Z",)),
    ActionSpec("redo", N_("Redo"), "edit", ("Ctrl+Shift+Z", "Ctrl+Y")),
    ActionSpec("checkpoints", N_("Checkpoints…"), "edit", ("Ctrl+S",)),
    ActionSpec("find_area", N_("Find an area"), "edit", ("Ctrl+F",)),
    ActionSpec("search", N_("Search sessions"), "library", ("Ctrl+F",)),
    ActionSpec("session.open", N_("Open the session"), "library", ("Return", "Enter")),
    ActionSpec("client.open", N_("Open the organisation"), "library", ("Return", "Enter")),
    ActionSpec("client.new_session", N_("New session of the organisation…"), "library", ("N",)),
    ActionSpec("portfolio.overdue", N_("Overdue only"), "library", ("O",)),
    ActionSpec("teams.areas", N_("Profiles of the teams by area"), "library", ("A",)),
    ActionSpec("session.edit", N_("Edit the session…"), "library", ("F2",)),
    ActionSpec("session.take_over", N_("Begin from last time…"), "session", reason=_RARE),
    ActionSpec(
        "earlier.hide",
        N_("Hide earlier levels until decided"),
        "session",
        (),
        _CHOSEN_ONCE,
        "earlier.hide",
    ),
    ActionSpec("session.archive", N_("Archive the session"), "library", ("Ctrl+Del",)),
    ActionSpec("client.rename", N_("Rename organisation or unit…"), "library", reason=_RARE),
    ActionSpec("client.merge", N_("Merge organisations or units…"), "library", reason=_RARE),
    ActionSpec("session.delete", N_("Delete for good…"), "library", reason=_RARE),
    ActionSpec("session.archived", N_("Archived sessions…"), "library", reason=_RARE),
    ActionSpec("go_on", N_("Next"), "session", ("Space", "PgDown")),
    ActionSpec("go_back", N_("Back"), "session", ("PgUp",)),
    ActionSpec("area.next", N_("Next area"), "session", ("Right",)),
    ActionSpec("area.previous", N_("Previous area"), "session", ("Left",)),
    *_levels(),
    ActionSpec("level.half", N_("Half a level more or less"), "levels", (",",)),
    ActionSpec("level.clear", N_("Clear the level"), "levels", ("Del",)),
    ActionSpec("not_applicable", N_("Not applicable, with reason"), "session", ("N",)),
    ActionSpec("note", N_("Reason"), "session", ("C",)),
    ActionSpec("evidence", N_("Add evidence"), "session", ("E",)),
    ActionSpec("target", N_("Target level"), "session", ("G",)),
    ActionSpec("confidence", N_("Confidence"), "session", ("Shift+C",)),
    ActionSpec("weight", N_("Weight"), "session", ("W",)),
    ActionSpec("chart.by_dimension", N_("Profile by dimension"), "results", ("Ctrl+D",)),
    ActionSpec("chart.by_area", N_("Profile by area"), "results", ("Ctrl+Shift+D",)),
    ActionSpec("chart.table", N_("Profile as a table"), "results", ("Ctrl+T",)),
    ActionSpec("chart.order", N_("Sort the compared areas"), "results", ("S",)),
    ActionSpec("chart.other_axes", N_("Overlay of dimensions or areas"), "results", ("D",)),
    ActionSpec("chart.levels", N_("Compared areas as a heat map"), "results", ("L",)),
    ActionSpec("chart.copy", N_("Copy the chart"), "results", ("Ctrl+C",)),
    ActionSpec("chart.save", N_("Save the chart…"), "results", ("Ctrl+Shift+S",)),
    ActionSpec(
        "targets.confirm",
        N_("Confirm the implied target, or type the date"),
        "targets",
        ("Return", "Enter"),
    ),
    ActionSpec("targets.sponsor", N_("Sponsor"), "targets", ("S",)),
    ActionSpec("targets.against", N_("Decided against"), "targets", ("Z",)),
    *_dimension_levels(),
    ActionSpec(
        "targets.details",
        N_("Date and sponsor of the dimension…"),
        "targets",
        reason="a button in the row of the dimension",
    ),
    ActionSpec(
        "targets.defaults",
        N_("Set all targets not discussed"),
        "targets",
        reason="a button beside the table",
    ),
    ActionSpec(
        "targets.path", N_("Intermediate targets"), "targets", reason="a field beside the table"
    ),
    ActionSpec(
        "targets.prerequisite",
        N_("Add a prerequisite…"),
        "targets",
        reason="a button beside the table",
    ),
    ActionSpec("plan.earlier", N_("Pin the step a quarter earlier"), "roadmap", ("Alt+Left",)),
    ActionSpec("plan.later", N_("Pin the step a quarter later"), "roadmap", ("Alt+Right",)),
    ActionSpec("plan.pin", N_("Pin the step, or unpin it"), "roadmap", ("P",)),
    ActionSpec("plan.unpin", N_("Unpin the step"), "roadmap", ("U",)),
    ActionSpec("plan.why", N_("Why here, and why not earlier"), "roadmap", ("Y",)),
    ActionSpec("plan.edit", N_("Edit the step…"), "roadmap", ("Return", "Enter", "E")),
    ActionSpec("plan.status", N_("Status of the step"), "roadmap", ("X",)),
    ActionSpec("plan.capacity", N_("Capacity"), "roadmap", ("C",)),
    ActionSpec("plan.order", N_("Best plan or by priority"), "roadmap", ("O",)),
    ActionSpec("plan.settings", N_("Plan settings…"), "roadmap", ("S",)),
    ActionSpec("plan.sort", N_("Sort the steps by this column"), "roadmap", ("S",)),
    ActionSpec("plan.dependencies", N_("Dependencies of all steps"), "roadmap", ("D",)),
    ActionSpec("plan.milestones", N_("Milestones…"), "roadmap", ("M",)),
    ActionSpec("plan.profile", N_("Profile by the end of a quarter…"), "roadmap", ("R",)),
    ActionSpec("plan.view", N_("Quarters, or now, next and later"), "roadmap", ("N",)),
    ActionSpec("plan.scenarios", N_("Scenarios"), "roadmap", ("W",)),
    ActionSpec("plan.keep", N_("Keep the plan as a scenario…"), "roadmap", reason=_VARIANT),
    ActionSpec("plan.compare", N_("Compare scenarios…"), "roadmap", ("Shift+W",)),
    ActionSpec("plan.ask", N_("Ask the plan…"), "roadmap", ("Q",)),
    ActionSpec("plan.freeze", N_("Freeze version…"), "roadmap", reason=_VARIANT),
    ActionSpec("plan.versions", N_("Versions…"), "roadmap", reason=_VARIANT),
    ActionSpec("page.library", N_("Library"), "view", ("Ctrl+1",)),
    ActionSpec("page.teams", N_("Teams"), "view", reason="the tab beside the sessions"),
    ActionSpec("page.portfolio", N_("Portfolio of all organisations"), "view", reason=_RARE),
    ActionSpec("clients.all", N_("All organisations, or one"), "view", ("Ctrl+Shift+L",)),
    ActionSpec("page.scoring", N_("Scoring"), "view", ("Ctrl+3",)),
    ActionSpec("page.results", N_("Results"), "view", ("Ctrl+4",)),
    ActionSpec("page.compare", N_("Compare sessions"), "view", reason="the tab beside the results"),
    ActionSpec("page.targets", N_("Roadmap"), "view", ("Ctrl+5",)),
    ActionSpec("page.priorities", N_("Priorities of the steps"), "view", reason=_TAB),
    ActionSpec("page.board", N_("Board of the roadmap"), "view", reason=_TAB),
    ActionSpec("page.timeline", N_("Timeline of the roadmap"), "view", reason=_TAB),
    ActionSpec("page.table", N_("Steps as a table"), "view", reason=_TAB),
    ActionSpec("tab.next", N_("Next tab"), "view", ("Ctrl+PgDown", "Ctrl+Tab")),
    ActionSpec("tab.previous", N_("Previous tab"), "view", ("Ctrl+PgUp", "Ctrl+Shift+Tab")),
    ActionSpec("notice.next", N_("Go to the newest notice"), "view", ("F8",)),
    ActionSpec("type.larger", N_("Larger type"), "view", ("Ctrl++", "Ctrl+=")),
    ActionSpec("type.smaller", N_("Smaller type"), "view", ("Ctrl+-",)),
    ActionSpec("type.usual", N_("Usual size of type"), "view", ("Ctrl+0",)),
    ActionSpec("full_screen", N_("Full screen"), "view", ("F11",), choice="full_screen"),
    ActionSpec("view.system", N_("Use system setting"), "colours", (), _CHOSEN_ONCE, "theme"),
    ActionSpec("view.light", N_("Light"), "colours", (), _CHOSEN_ONCE, "theme"),
    ActionSpec("view.dark", N_("Dark"), "colours", (), _CHOSEN_ONCE, "theme"),
    ActionSpec("language.de", "Deutsch", "language", (), _CHOSEN_ONCE, "language"),
    ActionSpec("language.en", "English", "language", (), _CHOSEN_ONCE, "language"),
    ActionSpec("keys", N_("All keys"), "help", ("F1", "?", "Shift+?")),
    ActionSpec("about", N_("About Stufenplan"), "help", reason=_RARE),
)

SPEC_BY_ID: Mapping[str, ActionSpec] = {spec.id: spec for spec in TABLE}

#: Entries of the menus: ids, ``-`` for a separator and ``>group`` for a submenu.
MENUS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("file", (
        "session.new", "sample", "-", "library.open", "library.new", "library.merge", "-",
        "library.backup", "library.restore", "library.check", "-", "model.import",
        "session.import", "scores.import", "session.export", "-", "settings", "quit",
    )),
    ("edit", ("undo", "redo", "checkpoints", "-", "find_area", "search")),
    ("session", (
        "session.open", "session.edit", "session.follow", "session.take_over", "earlier.hide",
        "session.archive", "session.archived", "session.delete", "-", "client.open",
        "client.new_session", "client.rename", "client.merge", "-", "go_on", "go_back",
        "area.next", "area.previous", "-", ">levels", "not_applicable", "note", "evidence",
        "target", "confidence", "weight", "-", ">targets", ">dimension", ">roadmap", "-",
        ">results",
    )),
    ("view", (
        "page.library", "page.teams", "page.portfolio", "page.scoring", "page.results",
        "page.compare", "page.targets", "page.priorities", "page.board", "page.timeline",
        "page.table", "-",
        "tab.next", "tab.previous", "-", "clients.all", "teams.areas", "portfolio.overdue",
        "notice.next", "-",
        "type.larger", "type.smaller", "type.usual", "full_screen", "-",
        ">colours", ">language", ">model_language",
    )),
    ("help", ("keys", "about")),
)  # fmt: skip

SUBMENUS: Mapping[str, str] = {
    "levels": N_("Set the level"),
    "targets": N_("Targets"),
    "dimension": N_("Targets of the dimension"),
    "roadmap": N_("Roadmap"),
    "results": N_("Chart"),
    "colours": N_("Colours"),
    "language": N_("Language of the program"),
    "model_language": N_("Language of the model"),
}

Handlers = Mapping[str, Callable[[], None]]


class Actions(QObject):
    """One ``QAction`` per row of the table, run by its current handler."""

    #: A handler raised an ``AppError``; also carries the id of the action.
    failed = Signal(object, str)
    #: An action that failed last time has worked; carries its id.
    succeeded = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._handlers: dict[str, Callable[[], None]] = {}
        self._failed: set[str] = set()
        #: True while a handler runs.
        self.is_running = False
        self._level_of: dict[str, int] = {}
        self.by_id: dict[str, QAction] = {}
        for spec in TABLE:
            self.by_id[spec.id] = self._made(spec)

    def _made(self, spec: ActionSpec) -> QAction:
        action = QAction(self)
        action.setObjectName(f"action-{spec.id}")
        action.setShortcuts([QKeySequence(key) for key in spec.keys])
        action.setMenuRole(_ROLES.get(spec.id, QAction.MenuRole.NoRole))
        action.setCheckable(bool(spec.choice))
        action.setEnabled(False)
        # Holding a key down must not score one area after another.
        action.setAutoRepeat(spec.id in ("area.next", "area.previous", "undo", "redo"))
        action.triggered.connect(lambda _checked=False, id_=spec.id: self.run(id_))
        return action

    def take_keys(self, keys_of: Callable[[str], tuple[str, ...]]) -> None:
        """Act on these keys from now on."""
        for id_, action in self.by_id.items():
            action.setShortcuts([QKeySequence(key) for key in keys_of(id_)])

    def __getitem__(self, action_id: str) -> QAction:
        return self.by_id[action_id]

    def set_handlers(self, handlers: Handlers) -> None:
        """Replace all handlers; actions without one are disabled."""
        self._handlers = {id_: run for id_, run in handlers.items() if id_ in self.by_id}
        for id_, action in self.by_id.items():
            action.setEnabled(id_ in self._handlers)

    def handles(self, action_id: str) -> bool:
        """True if the action has a handler."""
        return action_id in self._handlers

    def run(self, action_id: str) -> None:
        """Run the handler; an ``AppError`` is emitted by :attr:`failed`. No-op without one."""
        handler = self._handlers.get(action_id)
        if handler is None:
            return
        self.is_running = True
        try:
            handler()
        except AppError as error:
            self._failed.add(action_id)
            self.failed.emit(error, action_id)
        else:
            if action_id in self._failed:
                self._failed.remove(action_id)
                self.succeeded.emit(action_id)
        finally:
            self.is_running = False

    def press_digit(self, digit: str) -> None:
        """Run the action that has this digit now, alone or with Ctrl or Shift, if one has it."""
        sequence = QKeySequence(digit)
        found = (id_ for id_, action in self.by_id.items() if sequence in action.shortcuts())
        self.run(next((id_ for id_ in found if self.handles(id_)), ""))

    def check(self, choice: str, action_id: str) -> None:
        """Check one action of a choice, and uncheck the others."""
        for spec in TABLE:
            if spec.choice == choice:
                self.by_id[spec.id].setChecked(spec.id == action_id)

    def name_levels(self, levels: Iterable[int], tr: Translator) -> None:
        """Name the levels after the scale in use: the key ``0`` sets level 0 or level 10."""
        scale = tuple(levels)
        self._level_of = {
            action(level): level for level in scale for action in (level_action, dimension_action)
        }
        self.retranslate(tr)

    def retranslate(self, tr: Translator) -> None:
        """Set every text."""
        for spec in TABLE:
            self.by_id[spec.id].setText(said(spec, tr, self._level_of.get(spec.id)))


def is_of_level(spec: ActionSpec) -> bool:
    """True for the actions of which there is one for each level."""
    return spec.group in ("levels", "dimension") and spec.id[-1].isdigit()


def said(spec: ActionSpec, tr: Translator, level: int | None = None) -> str:
    """The name of an action; ``level`` is what the key of a level sets on the scale in use."""
    if is_of_level(spec):
        return tr.gettext(spec.text, level=spec.id[-1] if level is None else level)
    return tr.gettext(spec.text)


#: Entries that macOS moves into its application menu.
_ROLES = {
    "quit": QAction.MenuRole.QuitRole,
    "settings": QAction.MenuRole.PreferencesRole,
    "about": QAction.MenuRole.AboutRole,
}
