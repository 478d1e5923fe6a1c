"""The window: header, notices, one page at a time, menus; and what holds for all pages.

It is shown before the rest of the program is loaded: :meth:`MainWindow.furnish` brings in the
pages once the first paint is done, so that somebody sees the window as soon as there is one.
"""

from __future__ import annotations

import importlib
from functools import partial
from typing import TYPE_CHECKING

# Every Qt class costs time when its name is first used, ``Qt`` itself most of all. What the first
# paint does not need is therefore reached through the modules.
from PySide6 import QtCore, QtGui, QtWidgets
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMainWindow

from app.words.texts import N_, Translator, translator_for
from exports.palette import PALETTES, Palette
from ui.shell.settings import Settings
from ui.theme import apply_theme
from ui.trace import mark

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from app.errors import AppError
    from app.workshop.history import Change
    from ui.context import Context
    from ui.flows.exports import ExportFlow
    from ui.flows.libraries import LibraryFlow
    from ui.flows.session_import import SessionImport
    from ui.flows.sessions import SessionFlow
    from ui.library.library_page import LibraryPage
    from ui.shell.actions import Actions
    from ui.shell.header_bar import HeaderBar
    from ui.shell.notice_bar import NoticeBar
    from ui.shell.saving import SavingWatch
    from ui.shell.tasks import TaskRunner
    from ui.widgets.page import Page

BRAND = "Stufenplan"
HEADER_HEIGHT = 48
DEFAULT_SIZE = (1280, 800)
SMALLEST = (960, 600)
REMEMBER_AFTER_MS = 400
NO_PAINT_MS = 2_000
NOT_SAVED_KEY = "not-saved"
_MENUS = (
    ("file", N_("&File")),
    ("edit", N_("&Edit")),
    ("session", N_("&Session")),
    ("view", N_("&View")),
    ("help", N_("&Help")),
)
_PAGES = {
    "library": ("ui.library.library_page", "LibraryPage"),
    "scoring": ("ui.scoring.scoring_page", "ScoringPage"),
    "results": ("ui.results.results_page", "ResultsPage"),
}


class MainWindow(QMainWindow):
    """The frame around the pages."""

    #: The window has been painted for the first time; now the rest may be loaded.
    painted = Signal()
    #: The window is about to be gone for good.
    leaving = Signal()

    def __init__(self, settings: Settings, language: str) -> None:
        super().__init__()
        self.settings = settings
        self.texts: Translator = translator_for(language)
        self.context: Context | None = None
        self._pages: dict[str, Page] = {}
        self._page = ""
        self._was_painted = False
        self._reached_by_tab: QtWidgets.QWidget | None = None
        self._qt_texts: QtCore.QTranslator | None = None
        self.setObjectName("main-window")
        self.setWindowTitle(BRAND)
        self.setMinimumSize(*SMALLEST)
        self._build_shell()
        self._retranslate_shell()
        self._remember = QtCore.QTimer(self)
        self._remember.setSingleShot(True)
        self._remember.setInterval(REMEMBER_AFTER_MS)
        self._remember.timeout.connect(self._remember_place)

    # ---- building ----------------------------------------------------------------------------

    def _build_shell(self) -> None:
        """What the first paint shows: titles of the menus, the header with our name, ground."""
        apply_theme(_application(), self._theme())
        self._menus = {key: self.menuBar().addMenu("") for key, _ in _MENUS}
        self._shell = QtWidgets.QWidget()
        bar = QtWidgets.QFrame(self._shell)
        bar.setProperty("role", "bar")
        bar.setFixedHeight(HEADER_HEIGHT)
        brand = QtWidgets.QLabel(BRAND)
        brand.setProperty("role", "brand")
        row = QtWidgets.QHBoxLayout(bar)
        row.setContentsMargins(16, 0, 16, 0)
        row.addWidget(brand)
        row.addStretch(1)
        rule = QtWidgets.QFrame()
        rule.setProperty("role", "rule")
        layout = QtWidgets.QVBoxLayout(self._shell)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(bar)
        layout.addWidget(rule)
        layout.addStretch(1)
        self.setCentralWidget(self._shell)

    def _retranslate_shell(self) -> None:
        for key, title in _MENUS:
            self._menus[key].setTitle(self.texts.gettext(title))

    def _build(self) -> None:
        from ui.shell.actions import Actions
        from ui.shell.header_bar import HeaderBar
        from ui.shell.notice_bar import NoticeBar
        from ui.widgets.basics import make_frame

        self.actions_table: Actions = Actions(self)
        self.header: HeaderBar = HeaderBar()
        self.notices: NoticeBar = NoticeBar()
        self.stack = QtWidgets.QStackedWidget()
        centre = QtWidgets.QWidget()
        layout = QtWidgets.QVBoxLayout(centre)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        layout.addWidget(make_frame("rule"))
        layout.addWidget(self.notices)
        layout.addWidget(self.stack, 1)
        self.setCentralWidget(centre)
        self._build_menus()
        self.setAcceptDrops(True)
        self.setAnimated(False)  # nothing docks here; Qt would animate every change of layout
        self.header.show_page("library", has_session=False)
        self.actions_table.check("theme", f"view.{self.settings.theme}")

    def _build_menus(self) -> None:
        from ui.shell.actions import MENUS

        for key, entries in MENUS:
            for entry in entries:
                self._add_entry(self._menus[key], entry)
        self._fill_submenus()
        # Actions act in the whole window, wherever their menu is.
        self.addActions(list(self.actions_table.by_id.values()))

    def _add_entry(self, menu: QtWidgets.QMenu, entry: str) -> None:
        if entry == "-":
            menu.addSeparator()
        elif entry.startswith(">"):
            self._menus[entry[1:]] = menu.addMenu("")
        else:
            menu.addAction(self.actions_table[entry])

    def _fill_submenus(self) -> None:
        groups = {
            "levels": ("level.",),
            "results": ("chart.",),
            "colours": ("view.",),
            "language": ("language.",),
        }
        for key, prefixes in groups.items():
            for id_, action in self.actions_table.by_id.items():
                if id_.startswith(prefixes):
                    self._menus[key].addAction(action)

    # ---- after the first paint ---------------------------------------------------------------

    def furnish(self, context: Context) -> None:
        """Bring in pages, flows and actions; the library is opened afterwards."""
        from ui.flows.exports import ExportFlow
        from ui.flows.libraries import LibraryFlow
        from ui.flows.session_import import SessionImport
        from ui.flows.sessions import SessionFlow
        from ui.shell.saving import SavingWatch
        from ui.shell.tasks import TaskRunner

        self.context = context
        self._build()
        context.texts = self.texts
        context.theme = self._theme()
        self.tasks: TaskRunner = TaskRunner(self)
        self.saving: SavingWatch = SavingWatch(context, self.notices, self)
        self.libraries: LibraryFlow = LibraryFlow(context, self)
        self.sessions: SessionFlow = SessionFlow(context, self)
        self.exports: ExportFlow = ExportFlow(context, self)
        self.imports: SessionImport = SessionImport(context, self)
        self._connect(context)
        self.library_page.refresh()
        self.stack.setCurrentWidget(self.library_page)
        self._page = "library"
        self.retranslate()

    def _connect(self, context: Context) -> None:
        context.session_opened.connect(self._on_session_opened)
        context.areas_changed.connect(self._on_areas_changed)
        context.language_changed.connect(self._on_language_changed)
        context.theme_changed.connect(self._on_theme_changed)
        context.page_requested.connect(self.show_page)
        context.notice_raised.connect(self.notices.show_notice)
        context.error_raised.connect(self.say_error)
        self.actions_table.failed.connect(self.say_error)
        self.header.page_chosen.connect(self.show_page)
        self.header.undo_pressed.connect(lambda: self.actions_table.run("undo"))
        self.library_page.state_changed.connect(self.refresh_actions)
        self.libraries.connect_page(self.library_page)
        self.sessions.connect_page(self.library_page)
        QtGui.QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_scheme_changed)

    @property
    def library_page(self) -> LibraryPage:
        """The page with the list of sessions."""
        from ui.library.library_page import LibraryPage

        page = self.page("library")
        if not isinstance(page, LibraryPage):
            raise TypeError(type(page))
        return page

    def page(self, name: str) -> Page:
        """A page, built when it is first asked for."""
        if name not in self._pages:
            if self.context is None:
                raise RuntimeError("the window is not furnished yet")
            module, kind = _PAGES[name]
            page: Page = getattr(importlib.import_module(module), kind)(self.context)
            self._pages[name] = page
            self.stack.addWidget(page)
        return self._pages[name]

    # ---- pages -------------------------------------------------------------------------------

    @property
    def page_name(self) -> str:
        """``library``, ``scoring`` or ``results``."""
        return self._page

    def show_page(self, name: str) -> None:
        """Go to a page; scoring and results need an open session."""
        context = self.context
        if context is None or (name != "library" and context.workshop is None):
            self.header.show_page(self._page, has_session=False)
            return
        context.settle()
        page = self.page(name)
        self._page = name
        self.stack.setCurrentWidget(page)
        self.settings.put("window/page", name)
        page.on_shown()
        self.refresh_actions()

    def refresh_actions(self) -> None:
        """Enable what can be done now, and say where we are."""
        if self.context is None or not self._page:
            return
        handlers = self._own_handlers(self.context)
        handlers.update(self.page(self._page).handlers())
        self.actions_table.set_handlers(handlers)
        self._show_history()
        self._show_place()

    def _own_handlers(self, context: Context) -> dict[str, Callable[[], None]]:
        own: dict[str, Callable[[], None]] = {
            "quit": self._quit,
            "settings": self.open_settings,
            "keys": self.open_keys,
            "about": self.open_about,
            "page.library": lambda: self.show_page("library"),
            "view.system": lambda: self.choose_theme("system"),
            "view.light": lambda: self.choose_theme("light"),
            "view.dark": lambda: self.choose_theme("dark"),
            "language.de": lambda: self.choose_language("de"),
            "language.en": lambda: self.choose_language("en"),
        }
        own.update(self.libraries.handlers())
        own.update(self.sessions.handlers())
        own.update(self.exports.handlers())
        own.update(self.imports.handlers())
        if context.workshop is not None:
            own["page.scoring"] = lambda: self.show_page("scoring")
            own["page.results"] = lambda: self.show_page("results")
            if context.workshop.undoable is not None:
                own["undo"] = self.undo
            if context.workshop.redoable is not None:
                own["redo"] = self.redo
        return own

    # ---- undo --------------------------------------------------------------------------------

    def undo(self) -> None:
        """Take the last step back and show the area it belongs to."""
        self._travel(forward=False)

    def redo(self) -> None:
        """Make the step again that was taken back last."""
        self._travel(forward=True)

    def _travel(self, *, forward: bool) -> None:
        context = self.context
        if context is None or context.workshop is None:
            return
        context.settle()
        workshop = context.workshop
        step = workshop.redoable if forward else workshop.undoable
        if step is None or not self.saving.is_saved:
            return
        if len(step.area_ids) == 1:
            context.go_to(next(iter(step.area_ids)))
        if forward:
            workshop.redo()
        else:
            workshop.undo()

    def _show_history(self) -> None:
        from ui.widgets.basics import menu_text, plain_tool_tip

        workshop = self.context.workshop if self.context else None
        undoable = workshop.undoable if workshop else None
        redoable = workshop.redoable if workshop else None
        tr = self.texts
        undo = tr.gettext("Undo")
        redo = tr.gettext("Redo")
        if undoable is not None:
            undo = tr.gettext("Undo: {step}", step=self._described(undoable))
        if redoable is not None:
            redo = tr.gettext("Redo: {step}", step=self._described(redoable))
        self.actions_table["undo"].setText(menu_text(undo))
        self.actions_table["redo"].setText(menu_text(redo))
        self.actions_table["undo"].setEnabled(undoable is not None)
        self.actions_table["redo"].setEnabled(redoable is not None)
        self.header.show_undo(plain_tool_tip(undo), possible=undoable is not None)

    def _described(self, change: Change) -> str:
        from app.words.describe import describe_change

        context = self.context
        if context is None:
            return ""
        session = context.session
        return describe_change(change, session.model, session.language, self.texts)

    # ---- what the context tells --------------------------------------------------------------

    def _on_session_opened(self) -> None:
        self._fill_model_languages()
        if self.context is not None and self.context.workshop is None and self._page != "library":
            self.show_page("library")
        self.refresh_actions()

    def _on_areas_changed(self, area_ids: frozenset[str]) -> None:
        if area_ids and self._knows_history():
            self._show_history()
        else:
            self._fill_model_languages()
            self.refresh_actions()

    def _knows_history(self) -> bool:
        """Whether undo and redo are offered exactly when they are possible."""
        workshop = self.context.workshop if self.context else None
        if workshop is None:
            return False
        return self.actions_table.handles("undo") == (
            workshop.undoable is not None
        ) and self.actions_table.handles("redo") == (workshop.redoable is not None)

    def say_error(self, error: AppError) -> None:
        """Show the sentence of an error as a notice."""
        from app.errors import Cancelled

        said, not_saved = error.say(self.texts), self.notices.notice(NOT_SAVED_KEY)
        if isinstance(error, Cancelled) or (not_saved is not None and said in not_saved.details):
            return  # somebody wanted it, or it is said already, with the ways out
        self.notices.show_notice(said, warning=True, again=partial(self.say_error, error))

    def say_unexpected(self, report: str) -> None:
        """A fault of ours: a calm sentence, and the report for whoever can mend it."""
        tr = self.texts
        from ui.shell.notice_bar import NoticeButton

        details = NoticeButton(tr.gettext("Details"), lambda: self._open_report(report))
        self.notices.show_notice(
            tr.gettext(
                "An error has occurred. Everything that was shown as saved is saved. "
                "Please report the error with the report under “Details”."
            ),
            buttons=(details,),
            warning=True,
            key="fault",
            again=partial(self.say_unexpected, report),
        )

    def _open_report(self, report: str) -> None:
        from ui.dialogs.text_dialog import TextDialog

        tr = self.texts
        log = self.context.services.log_file() if self.context else ""
        lead = tr.gettext("The report is kept in {path} as well.", path=log)
        TextDialog(tr, tr.gettext("Error report"), lead, report, self).open()

    def _show_place(self) -> None:
        context = self.context
        has_session = context is not None and context.workshop is not None
        self.header.show_page(self._page, has_session=has_session)
        if context is None or context.workshop is None:
            self.header.title.setText("")
            self.setWindowTitle(BRAND)
            return
        session = context.session
        when = self.texts.short_date(session.date)
        parts = [
            session.organisation.name,
            session.unit.full_name if session.unit else "",
            session.title,
            when,
        ]
        place = " · ".join(" ".join(part.split()) for part in parts if part)
        self.header.title.setText(place)
        self.setWindowTitle(f"{place} – {BRAND}")
        self.saving.show_time()

    def _fill_model_languages(self) -> None:
        from ui.languages import language_name

        menu = self._menus["model_language"]
        menu.clear()
        context = self.context
        languages = context.session.model.languages if context and context.workshop else ()
        menu.menuAction().setEnabled(len(languages) > 1)
        # Clearing the menu takes its actions, not their group: a new one each time would pile up.
        group = menu.findChild(QtGui.QActionGroup) or QtGui.QActionGroup(menu)
        for code in languages:
            action = menu.addAction(language_name(code))
            action.setObjectName(f"action-model_language.{code}")
            action.setCheckable(True)
            action.setActionGroup(group)
            action.setChecked(context is not None and code == context.session.language)
            action.triggered.connect(
                lambda _checked=False, code=code: self.choose_model_language(code)
            )

    def choose_model_language(self, code: str) -> None:
        """Show the model's texts of this session in another language; can be undone."""
        if self.context is not None and self.context.workshop is not None:
            self.context.settle()
            self.context.workshop.set_detail("language", code)

    # ---- language and colours ----------------------------------------------------------------

    def choose_language(self, language: str) -> None:
        """Speak this language from now on, and at the next start."""
        self.settings.put("view/language", language)
        self.texts = translator_for(language)
        if self.context is not None:
            self.context.set_language(language)

    def choose_theme(self, choice: str) -> None:
        """Wear these colours from now on; ``system`` follows the system's wish."""
        self.settings.put("view/theme", choice)
        if self.context is not None:
            self.context.set_theme(self._theme().name)

    def show_colours(self) -> None:
        """Give the whole program the chosen colours."""
        apply_theme(_application(), self._theme())
        self.actions_table.check("theme", f"view.{self.settings.theme}")

    def _theme(self) -> Palette:
        choice = self.settings.theme
        if choice == "system":
            choice = "dark" if self._system_is_dark() else "light"
        return PALETTES[choice]

    def _system_is_dark(self) -> bool:
        if self.context is None:
            # Before we have put on colours of our own, the system's are a cheaper way to know.
            ground = _application().palette().color(QtGui.QPalette.ColorRole.Window)
            return ground.lightness() < 128
        return QtGui.QGuiApplication.styleHints().colorScheme() is QtCore.Qt.ColorScheme.Dark

    def _on_scheme_changed(self) -> None:
        if self.settings.theme == "system" and self.context is not None:
            self.context.set_theme(self._theme().name)

    def _on_theme_changed(self) -> None:
        self.show_colours()
        if self.context is not None:
            self.saving.show_time()

    def _on_language_changed(self) -> None:
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text of the frame in the current language."""
        tr = self.texts
        from ui.shell.actions import SUBMENUS

        self._retranslate_shell()
        self._load_qt_texts()
        self.actions_table.retranslate(tr)
        self.actions_table.check("language", f"language.{tr.language}")
        for key, title in SUBMENUS.items():
            self._menus[key].setTitle(tr.gettext(title))
        self.header.retranslate(tr)
        self.notices.retranslate(tr)
        self.saving.retranslate()
        self._show_history()
        self._show_place()

    def _load_qt_texts(self) -> None:
        """Qt's own buttons and dates in the language of the window."""
        language = self.texts.language
        QtCore.QLocale.setDefault(QtCore.QLocale(language))
        application = _application()
        if self._qt_texts is not None:
            application.removeTranslator(self._qt_texts)
            self._qt_texts.deleteLater()
            self._qt_texts = None
        if language != "en":
            translator = QtCore.QTranslator(self)
            folder = QtCore.QLibraryInfo.path(QtCore.QLibraryInfo.LibraryPath.TranslationsPath)
            if translator.load(f"qtbase_{language}", folder):
                application.installTranslator(translator)
                self._qt_texts = translator

    # ---- dialogs of the frame ----------------------------------------------------------------

    def open_settings(self) -> None:
        """Language and colours in one place."""
        from ui.dialogs.settings_dialog import SettingsDialog

        dialog = SettingsDialog(self.texts, self.settings.theme, self)

        def change_language(language: str) -> None:
            """A dialog speaks the language it was made in, so another one takes its place."""
            self.choose_language(language)
            dialog.accept()
            self.open_settings()

        dialog.language_chosen.connect(change_language)
        dialog.theme_chosen.connect(self.choose_theme)
        dialog.open()

    def open_keys(self) -> None:
        """All keys on one sheet."""
        from ui.dialogs.key_sheet import KeySheet

        context = self.context
        levels = context.session.model.levels if context and context.workshop else ()
        KeySheet(self.texts, [level.number for level in levels], self).open()

    def open_about(self) -> None:
        """Version, licence and where the model comes from."""
        from ui.dialogs.about import AboutDialog

        if self.context is not None:
            AboutDialog(self.texts, self.context.services.builtin_models(), self).open()

    # ---- place on the screen -----------------------------------------------------------------

    def show_at_last_place(self) -> None:
        """Show the window where it was, moved back onto a screen where that is gone."""
        self.resize(*DEFAULT_SIZE)
        if not self.settings.geometry.isEmpty():
            self.restoreGeometry(self.settings.geometry)
        self._move_onto_screen()
        self.show()
        QtCore.QTimer.singleShot(NO_PAINT_MS, self, self._on_painted)

    def _move_onto_screen(self) -> None:
        frame = self.frameGeometry()
        screens = QtGui.QGuiApplication.screens()
        if any(screen.availableGeometry().intersects(frame) for screen in screens):
            return
        place = QtGui.QGuiApplication.primaryScreen().availableGeometry()
        self.move(place.topLeft())

    def _remember_place(self) -> None:
        self.settings.put("window/geometry", self.saveGeometry())

    def bring_forward(self) -> None:
        """Come to the front; somebody started the program a second time."""
        if self.isMinimized():
            self.showNormal()
        self.show()
        self.raise_()
        self.activateWindow()
        QtWidgets.QApplication.alert(self)

    # ---- Qt's events -------------------------------------------------------------------------

    def paintEvent(self, event: QtGui.QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._was_painted:
            QtCore.QTimer.singleShot(0, self, self._on_painted)

    def _on_painted(self) -> None:
        if not self._was_painted:
            self._was_painted = True
            mark("painted")
            self.painted.emit()

    def event(self, event: QtCore.QEvent) -> bool:
        if isinstance(event, QtGui.QKeyEvent) and (
            event.type() == QtCore.QEvent.Type.ShortcutOverride
        ):
            from ui.shell.keys import belongs_to

            focused = QtWidgets.QApplication.focusWidget()
            by_tab = focused is not None and focused is self._reached_by_tab
            if belongs_to(focused, event, reached_by_tab=by_tab):
                event.accept()
                return True
        return super().event(event)

    def focusNextPrevChild(self, next: bool) -> bool:
        moved = super().focusNextPrevChild(next)
        self._reached_by_tab = QtWidgets.QApplication.focusWidget()
        return moved

    def resizeEvent(self, event: QtGui.QResizeEvent) -> None:
        super().resizeEvent(event)
        self._remember.start()

    def moveEvent(self, event: QtGui.QMoveEvent) -> None:
        super().moveEvent(event)
        self._remember.start()

    def dragEnterEvent(self, event: QtGui.QDragEnterEvent) -> None:
        if self.context is not None and dropped_files(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QtGui.QDropEvent) -> None:
        files = dropped_files(event)
        if self.context is not None and files:
            event.acceptProposedAction()
            QtCore.QTimer.singleShot(0, self, lambda: self.take_files(files))

    def take_files(self, files: list[Path]) -> None:
        """Open a library that was dropped or double-clicked; other files may be a model."""
        from ui.flows.session_import import looks_like_session

        if files[0].suffix == ".stufenplan":
            self.libraries.open(files[0])
        elif files[0].suffix == ".json" and looks_like_session(files[0]):
            self.imports.read(files[0])
        else:
            self.sessions.import_model(files)

    def _quit(self) -> None:
        self.close()

    def closeEvent(self, event: QtGui.QCloseEvent) -> None:
        """Go only when everything is saved, or somebody said so."""
        if self.context is not None:
            self.context.settle()
            if not (self.saving.may_close() and self.exports.may_close()):
                event.ignore()
                return
            self._remember.stop()
            self._remember_place()
            self.tasks.shut_down()
            self.leaving.emit()
            self.libraries.close()
        super().closeEvent(event)


def dropped_files(event: QtGui.QDropEvent) -> list[Path]:
    """The local files that are being dropped."""
    from pathlib import Path

    urls = event.mimeData().urls()
    return [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]


def _application() -> QtWidgets.QApplication:
    application = QtWidgets.QApplication.instance()
    if not isinstance(application, QtWidgets.QApplication):
        raise TypeError("the window needs an application")
    return application
