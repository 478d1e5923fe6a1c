"""Model import dialog: choose files or pages, preview the result."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QWidget,
)

from app.errors import AppError, InvalidFile
from app.model.maturity_model import MaturityModel, Source
from app.words.formula_guard import guarded_cells
from app.words.sorting import sort_key
from app.words.texts import Translator
from ui.dialogs.base import Form, Sheet
from ui.dialogs.files import ask_folder, ask_open_files, models_folder, remember_models_folder
from ui.dialogs.text_dialog import read_only_text
from ui.languages import language_name
from ui.services import ImportedModelFile, Services, WantedModel
from ui.shell.settings import Settings
from ui.shell.tasks import Task, TaskRunner
from ui.widgets.fields import Choice

PAGE_LANGUAGES = (
    "ar", "bg", "ca", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "he", "hi", "hr", "hu",
    "id", "it", "ja", "ko", "lt", "lv", "nb", "nl", "pl", "pt", "pt-BR", "ro", "ru", "sk", "sl",
    "sr", "sv", "th", "tr", "uk", "vi", "zh", "zh-Hant",
)  # fmt: skip
"""Languages of pages to choose from; the command line takes any."""


class ModelImportDialog(Sheet):
    """Choose files or a folder, read the report, keep the model or not."""

    #: The model, and True to start a session on it at once.
    model_accepted = Signal(object, bool)

    def __init__(
        self,
        tr: Translator,
        services: Services,
        tasks: TaskRunner,
        settings: Settings,
        models: Sequence[MaturityModel],
        client_id: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        lead = tr.gettext(
            "A model is one .yaml or .json file, or published Markdown pages: .md files for each"
            " level or with the levels inside, or the folder they lie in."
        )
        super().__init__("model-import", tr.gettext("Import a maturity model"), lead, parent)
        self._tr = tr
        self._services = services
        self._tasks = tasks
        self._settings = settings
        self._client_id = client_id
        self._models = {model.id: model for model in models}
        self._wanted = WantedModel(())
        self._begin_when_read: bool | None = None
        self._read: ImportedModelFile | None = None
        self._files: list[Path] = []
        self._task: Task | None = None
        self._build()
        self._connect()
        self._show_nothing_yet()

    def _build(self) -> None:
        tr = self._tr
        self.choose_files = QPushButton(tr.gettext("Choose files…"))
        self.choose_folder = QPushButton(tr.gettext("Choose a folder…"))
        across = QHBoxLayout()
        across.setSpacing(8)
        for name, button in (
            ("choose-files", self.choose_files),
            ("choose-folder", self.choose_folder),
        ):
            button.setObjectName(name)
            button.setAccessibleName(button.text())
            across.addWidget(button)
        across.addStretch(1)
        self.language = Choice()
        self.language.setObjectName("page-language")
        self.language.addItem(tr.gettext("Detect automatically"), "")
        names = {code: language_name(code) for code in PAGE_LANGUAGES}
        for code, name in sorted(names.items(), key=lambda each: sort_key(each[1])):
            self.language.addItem(name, code)
        self.join_to = Choice()
        self.join_to.setObjectName("join-to")
        self.join_to.addItem(tr.gettext("None: a model of its own"), "")
        for model in self._models.values():
            self.join_to.addItem(model.name.line_in(tr.language) or model.id, model.id)
        self.source = QLineEdit()
        self.source.setObjectName("page-source")
        self.source.setPlaceholderText(tr.gettext("Address; read from a git checkout if empty"))
        self.licence = QLineEdit()
        self.licence.setObjectName("page-licence")
        self.licence.setPlaceholderText(tr.gettext("Such as CC-BY-4.0"))
        form = Form()
        form.add_field(tr.gettext("Language of the pages"), self.language)
        form.add_field(tr.gettext("Add as a language to"), self.join_to)
        form.add_field(tr.gettext("Source of the pages"), self.source)
        form.add_field(tr.gettext("Licence of the pages"), self.licence)
        self.with_optional = QCheckBox(
            tr.gettext("Certifications and sample key figures become areas, too")
        )
        self.with_optional.setObjectName("with-optional")
        self.report = read_only_text("", tr.gettext("What was read"))
        self.report.setObjectName("import-report")
        self.report.setPlaceholderText(
            tr.gettext("The report appears here: what was matched, what was not, what is empty.")
        )
        self.body.addLayout(across)
        self.body.addLayout(form)
        self.body.addWidget(self.with_optional)
        self.body.addWidget(self.report, 1)
        self._copy = self.add_button("copy-report", tr.gettext("Copy"))
        self._cancel = self.add_button("cancel", tr.gettext("Cancel"))
        self._begin = self.add_button("keep-and-begin", tr.gettext("Keep it and begin a session"))
        self._keep = self.add_button("keep-model", tr.gettext("Keep the model"), is_primary=True)
        self.want(760, 640)

    def _connect(self) -> None:
        self.choose_files.clicked.connect(self._ask_for_files)
        self.choose_folder.clicked.connect(self._ask_for_folder)
        self.language.activated.connect(lambda _row: self.read(self._files))
        self.join_to.activated.connect(lambda _row: self.read(self._files))
        self.with_optional.clicked.connect(lambda _checked: self.read(self._files))
        self._copy.clicked.connect(
            lambda: QGuiApplication.clipboard().setText(guarded_cells(self.report.toPlainText()))
        )
        self._cancel.clicked.connect(self.reject)
        self._keep.clicked.connect(lambda: self._accept(begin=False))
        self._begin.clicked.connect(lambda: self._accept(begin=True))

    def _show_nothing_yet(self) -> None:
        self._read = None
        for button in (self._keep, self._begin, self._copy):
            button.setEnabled(False)

    @property
    def _folder(self) -> Path:
        return models_folder(self._settings, self._client_id)

    def _ask_for_files(self) -> None:
        tr = self._tr
        kinds = tr.gettext("Models and pages (*.yaml *.yml *.json *.md);;All files (*)")
        ask_open_files(self, tr.gettext("Choose files"), self._folder, kinds, self.read)

    def _ask_for_folder(self) -> None:
        title = self._tr.gettext("Choose a folder of pages")
        ask_folder(self, title, self._folder, lambda folder: self.read([folder]))

    def read(self, files: Sequence[Path]) -> None:
        """Read files in the background and show the report or the faults."""
        if not files:
            return
        self._files = list(files)
        remember_models_folder(self._settings, self._client_id, self._files[0].parent)
        self._show_nothing_yet()
        self._begin_when_read = None
        self.show_fault("")
        names = ", ".join(path.name for path in self._files)
        self.report.setPlainText(self._tr.gettext("Reading {names} …", names=names))
        services, tr, wanted = self._services, self._tr, self._what_is_wanted()
        self._wanted = wanted
        task = self._tasks.start(lambda _progress: services.read_model(wanted, tr))
        self._task = task
        task.succeeded.connect(self._show_report)
        task.failed.connect(self._show_faults)

    def _what_is_wanted(self) -> WantedModel:
        """The files as they are to be read now."""
        return WantedModel(
            tuple(self._files),
            self.language.currentData() or None,
            self.with_optional.isChecked(),
            Source("", self.source.text().strip(), "", self.licence.text().strip()),
            self._models.get(self.join_to.currentData()),
        )

    def _show_report(self, read: ImportedModelFile) -> None:
        if self.sender() is not self._task:
            return  # something else was chosen meanwhile
        self._read = read
        name = read.model.name.line_in(self._tr.language) or read.model.id
        self.report.setPlainText("\n".join((name, "", *read.report)))
        for button in (self._keep, self._begin, self._copy):
            button.setEnabled(True)
        self._keep.setFocus()
        if self._begin_when_read is not None:
            self._accept(begin=self._begin_when_read)

    def _show_faults(self, error: Exception) -> None:
        if self.sender() is not self._task:
            return
        if not isinstance(error, AppError):
            self.report.setPlainText("")
            self.show_fault(
                self._tr.gettext(
                    "The selection could not be read because of an error in the program. "
                    "Please report the error."
                )
            )
            raise error
        self.show_fault(error.say(self._tr))
        lines = error.lines(self._tr) if isinstance(error, InvalidFile) else []
        self.report.setPlainText("\n".join(lines))
        self._copy.setEnabled(bool(lines))

    def _accept(self, *, begin: bool) -> None:
        if self._read is None:
            return
        if self._what_is_wanted() != self._wanted:  # a source was typed since
            self.read(self._files)
            self._begin_when_read = begin
            return
        model: MaturityModel = self._read.model
        self.accept()
        self.model_accepted.emit(model, begin)
