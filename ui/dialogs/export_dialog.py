"""The export dialog: format, language, comparison and target file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from app.comparison.comparison import Comparison
from app.session.session import Session, SessionSummary
from app.words.texts import N_, Translator, translator_for
from exports.export import ExportKind, ExportRequest
from exports.report_names import suggested_name
from ui.dialogs.base import Form, Sheet
from ui.dialogs.files import (
    ask_save_file,
    looked_up,
    remember_reports_folder,
    reports_folder,
)
from ui.languages import language_name
from ui.shell.settings import Settings
from ui.type_scale import scaled
from ui.widgets.basics import make_label, plain_tool_tip
from ui.widgets.fields import Choice

REPORT_LANGUAGES = ("de", "en")
_AS_COMPARED = "compared"


_WORDS = {
    ExportKind.WORKBOOK: (
        N_("Excel workbook (.xlsx)"),
        N_("Summary, profile, gaps and roadmap with live formulas"),
    ),
    ExportKind.AREA_CHART: (
        N_("Radar by area (.png, .svg, .pdf)"),
        N_("One axis for every area"),
    ),
    ExportKind.DIMENSION_CHART: (
        N_("Radar by dimension (.png, .svg, .pdf)"),
        N_("One axis for every dimension"),
    ),
    ExportKind.SCORES: (
        N_("Scores as a table (.csv)"),
        N_("For a spreadsheet; can be edited there and read in again"),
    ),
    ExportKind.JSON: (
        N_("All data (.json)"),
        N_("Complete, documented, and can be read in again"),
    ),
    ExportKind.LIBRARY: (
        N_("Library with this session alone (.stufenplan)"),
        N_("To hand over: with history and files; to be merged into the other library"),
    ),
}


class ExportDialog(Sheet):
    """The form; remembers folder, kind and language."""

    export_wanted = Signal(object)

    def __init__(
        self,
        tr: Translator,
        session: Session,
        earlier: Sequence[SessionSummary],
        settings: Settings,
        parent: QWidget | None = None,
        *,
        compared: Comparison | None = None,
    ) -> None:
        """``compared`` are the sessions that are compared on the page for it, if any are."""
        super().__init__("export-dialog", tr.gettext("Export"), "", parent)
        self._compared = compared
        self._tr = tr
        self._session = session
        self._settings = settings
        self._is_own_name = False
        self._build(earlier)
        self._connect()
        self._restore()

    def _build(self, earlier: Sequence[SessionSummary]) -> None:
        tr = self._tr
        self._group = QButtonGroup(self)
        self.formats: dict[ExportKind, QRadioButton] = {}
        choices = QVBoxLayout()
        choices.setSpacing(2)
        for place, (kind, (words, hint)) in enumerate(_WORDS.items()):
            radio = QRadioButton(tr.gettext(words))
            radio.setObjectName(f"format-{kind.name.lower()}")
            radio.setAccessibleName(tr.gettext(words))
            radio.setAccessibleDescription(tr.gettext(hint))
            remark = make_label("secondary", wrap=True)
            remark.setText(tr.gettext(hint))
            remark.setContentsMargins(scaled(22), 0, 0, 6)
            choices.addWidget(radio)
            choices.addWidget(remark)
            self._group.addButton(radio, place)
            self.formats[kind] = radio
        self.language = Choice()
        self.language.setObjectName("report-language")
        for code in REPORT_LANGUAGES:
            self.language.addItem(language_name(code), code)
        self.earlier = Choice()
        self.earlier.setObjectName("earlier-session")
        self.earlier.addItem(tr.gettext("No comparison"), "")
        for summary in earlier:
            self.earlier.addItem(f"{summary.title} · {tr.long_date(summary.date)}", summary.id)
        if self._compared is not None:
            n = len(self._compared.sessions)
            words = tr.ngettext(
                "{n} session as on the page “Compare”", "{n} sessions as on the page “Compare”", n
            )
            self.earlier.addItem(words, _AS_COMPARED)
            self.earlier.setCurrentIndex(self.earlier.count() - 1)
        self.transparent = QCheckBox(tr.gettext("Transparent ground"))
        self.transparent.setObjectName("transparent")
        self.target = QLineEdit()
        self.target.setObjectName("target-file")
        self.browse = QPushButton(tr.gettext("Browse…"))
        self.browse.setObjectName("browse")
        self.browse.setAccessibleName(tr.gettext("Browse for a file name"))
        self.form = Form()
        self.form.add_field(tr.gettext("Language of the report"), self.language)
        self.form.add_field(tr.gettext("Compare with"), self.earlier)
        self.form.add_field(tr.gettext("File"), self.target, beside=self.browse)
        self.body.addLayout(choices)
        self.body.addLayout(self.form)
        self.body.addWidget(self.transparent)
        self.body.addStretch(1)
        self._cancel = self.add_button("cancel", tr.gettext("Cancel"))
        self._export = self.add_button("export", tr.gettext("Export"), is_primary=True)
        self.want(760)  # fits most paths

    def _connect(self) -> None:
        self._cancel.clicked.connect(self.reject)
        self._export.clicked.connect(self._submit)
        self.browse.clicked.connect(self._browse)
        self._group.idClicked.connect(lambda _id: self._on_choice_changed())
        self.language.activated.connect(lambda _row: self._on_choice_changed())
        self.target.textEdited.connect(self._on_target_edited)

    def _restore(self) -> None:
        kind = self._settings.text("export/format", ExportKind.WORKBOOK.name)
        chosen = ExportKind[kind] if kind in ExportKind.__members__ else ExportKind.WORKBOOK
        self.formats[chosen].setChecked(True)
        # A model may speak a language in which no report is written.
        wanted = (self._settings.text("export/language"), self._session.language, self._tr.language)
        language = next(code for code in wanted if code in REPORT_LANGUAGES)
        self.language.setCurrentIndex(self.language.findData(language))
        self._on_choice_changed()
        self.formats[chosen].setFocus()

    @property
    def chosen(self) -> ExportKind:
        """The kind that is chosen."""
        return next(kind for kind, radio in self.formats.items() if radio.isChecked())

    def choose_earlier(self, session_id: str) -> None:
        """Propose a session to compare with."""
        if self._compared is None:
            self.earlier.setCurrentIndex(max(0, self.earlier.findData(session_id)))

    def _on_choice_changed(self) -> None:
        """Propose a file name, or only adapt the suffix of one that was typed."""
        kind = self.chosen
        self.language.setEnabled(kind.has_language)
        self.earlier.setEnabled(kind.has_comparison and self.earlier.count() > 1)
        self.transparent.setEnabled(kind.is_picture)
        if not self._is_own_name:
            self.target.setText(str(self._proposal(kind)))
        else:
            path = Path(self.target.text())
            ending = path.suffix.lower()
            if ending not in kind.endings and path.name:
                is_kind = any(ending in other.endings for other in ExportKind)
                stem = path.with_suffix("") if is_kind else path  # "Report v1.2" keeps its .2
                self.target.setText(f"{stem}{kind.endings[0]}")
        self._look_at_target()

    def _proposal(self, kind: ExportKind) -> Path:
        language = self.language.currentData() if kind.has_language else self._tr.language
        translator, ending = translator_for(language), kind.endings[0].lstrip(".")
        name = suggested_name(self._session, kind.report, translator, ending)
        return reports_folder(self._settings, self._session.organisation.id) / name

    def _on_target_edited(self) -> None:
        self._is_own_name = True
        self._look_at_target()

    def _look_at_target(self) -> None:
        """Warn if the file exists."""
        target = self._target()
        self.target.setToolTip(plain_tool_tip(self.target.text()))
        tr = self._tr
        said = ""
        is_there = looked_up(target.is_file, otherwise=False)
        if is_there and self.chosen is ExportKind.LIBRARY:
            said = tr.gettext("There is a file of this name. Please choose another name.")
        elif is_there:
            said = tr.gettext("There is a file of this name; it will be replaced.")
        self.form.show_fault(self.target, said)

    def _target(self) -> Path:
        target = Path(self.target.text().strip())
        try:
            return target.expanduser()
        except RuntimeError:  # ``~name`` of an unknown user
            return target

    def _browse(self) -> None:
        kind = self.chosen
        pattern = " ".join(f"*{ending}" for ending in kind.endings)
        ask_save_file(
            self,
            self._tr.gettext("Export"),
            self._target() if self.target.text().strip() else self._proposal(kind),
            f"{self._tr.gettext(_WORDS[kind][0])} ({pattern})",
            self._take,
            replaces=False,  # shown at the field
        )

    def _take(self, path: Path) -> None:
        self.target.setText(str(path))
        self._on_target_edited()

    def _submit(self) -> None:
        kind, target = self.chosen, self._target()
        fault = self._fault_of(kind, target)
        if fault:
            self.form.show_fault(self.target, fault)
            self.target.setFocus()
            return
        remember_reports_folder(self._settings, self._session.organisation.id, target.parent)
        self._settings.put("export/format", kind.name)
        self._settings.put("export/language", self.language.currentData())
        earlier = self.earlier.currentData() if self.earlier.isEnabled() else ""
        compared = None
        if earlier == _AS_COMPARED:
            earlier = self._compared_before()
            compared = self._compared if kind is ExportKind.WORKBOOK else None
        request = ExportRequest(
            kind,
            target,
            self.language.currentData(),
            earlier,
            transparent=self.transparent.isEnabled() and self.transparent.isChecked(),
            comparison=compared,
        )
        self.accept()
        self.export_wanted.emit(request)

    def _compared_before(self) -> str:
        """The session before this one among those compared; empty if this is the oldest."""
        sessions = () if self._compared is None else self._compared.sessions
        ids = [session.id for session in sessions]
        place = ids.index(self._session.id) if self._session.id in ids else 0
        return ids[place - 1] if place else ""

    def _fault_of(self, kind: ExportKind, target: Path) -> str:
        tr = self._tr
        if not self.target.text().strip() or not target.name:
            return tr.gettext("Please enter a file name.")
        if target.suffix.lower() not in kind.endings:
            endings = ", ".join(kind.endings)
            return tr.gettext("The file name has to end in {endings}.", endings=endings)
        if not target.is_absolute():
            return tr.gettext("Please enter the folder, too, or use Browse.")
        # If the folder is not readable, the export reports why.
        if not looked_up(target.parent.is_dir, otherwise=True):
            return tr.gettext(
                "There is no folder {folder}. Choose another one.", folder=target.parent
            )
        if kind is ExportKind.LIBRARY and looked_up(target.exists, otherwise=False):
            return tr.gettext("There is a file of this name. Please choose another name.")
        return ""
