"""Non-blocking file dialogs, and the folders they start in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSettings, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from app.words.texts import Translator
from ui.shell.settings import Settings

_REPORTS, _MODELS = "reports", "models"
"""Settings with a folder for each client: the name of a folder often is that of a client."""
_RECENT = ("FileDialog/history", "FileDialog/lastVisited")


def documents_folder() -> Path:
    """The user's documents folder, or their home where there is none."""
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    documents = Path(place or Path.home())
    return documents if looked_up(documents.is_dir, otherwise=False) else Path.home()


def reports_folder(settings: Settings, client_id: str | None) -> Path:
    """Folder of this client's last report; the documents folder if there is none."""
    return _existing(remembered_reports_folder(settings, client_id)) or documents_folder()


def remembered_reports_folder(settings: Settings, client_id: str | None) -> str:
    """Folder of this client's last report, even if it is not there any more; empty if none."""
    return settings.text(f"{_REPORTS}/{client_id}")


def remember_reports_folder(settings: Settings, client_id: str, folder: Path) -> None:
    """Begin here with the next report of this client."""
    settings.put(f"{_REPORTS}/{client_id}", str(folder))


def models_folder(settings: Settings, client_id: str | None) -> Path:
    """Folder of the last model imported for this client; the home folder if there is none."""
    return _existing(settings.text(f"{_MODELS}/{client_id}")) or Path.home()


def remember_models_folder(settings: Settings, client_id: str | None, folder: Path) -> None:
    """Begin here with the next model imported for this client."""
    settings.put(f"{_MODELS}/{client_id}", str(folder))


def _existing(folder: str) -> Path | None:
    is_there = bool(folder) and looked_up(Path(folder).is_dir, otherwise=False)
    return Path(folder) if is_there else None


def library_filter(tr: Translator) -> str:
    """The name filter for libraries."""
    return tr.gettext("Libraries (*.stufenplan);;All files (*)")


def looked_up(look: Callable[[], bool], *, otherwise: bool) -> bool:
    """Result of a file system query; ``otherwise`` if access is denied."""
    try:
        return look()
    except OSError:
        return otherwise


def free_name(path: Path) -> Path:
    """The path, or ``name-2``, ``name-3`` … beside it where there is such a file already."""
    candidates = (path.with_stem(f"{path.stem}-{number}") for number in range(2, 100))
    for candidate in (path, *candidates):
        if not looked_up(candidate.exists, otherwise=False):
            return candidate
    return path


def ask_open_files(
    parent: QWidget,
    title: str,
    folder: Path,
    name_filter: str,
    chosen: Callable[[list[Path]], None],
) -> QFileDialog:
    """Ask for one or more existing files."""
    dialog = _dialog(parent, title, folder, name_filter)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.filesSelected.connect(lambda names: chosen([Path(name) for name in names]))
    dialog.open()
    return dialog


def ask_open_file(
    parent: QWidget, title: str, folder: Path, name_filter: str, chosen: Callable[[Path], None]
) -> QFileDialog:
    """Ask for one existing file."""
    dialog = _dialog(parent, title, folder, name_filter)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.fileSelected.connect(lambda name: chosen(Path(name)))
    dialog.open()
    return dialog


def ask_folder(
    parent: QWidget, title: str, folder: Path, chosen: Callable[[Path], None]
) -> QFileDialog:
    """Ask for an existing folder."""
    dialog = _dialog(parent, title, folder, "")
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.fileSelected.connect(lambda name: chosen(Path(name)))
    dialog.open()
    return dialog


def ask_save_file(
    parent: QWidget,
    title: str,
    proposal: Path,
    name_filter: str,
    chosen: Callable[[Path], None],
    *,
    replaces: bool = True,
) -> QFileDialog:
    """Ask for a name to write to; the proposal's suffix is added if it is missing.

    Without ``replaces`` the caller refuses a name in use, so the dialog does not ask about it, and
    proposes a name that is free.
    """
    if not replaces:
        proposal = free_name(proposal)
    dialog = _dialog(parent, title, proposal.parent, name_filter)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setOption(QFileDialog.Option.DontConfirmOverwrite, not replaces)
    dialog.setDefaultSuffix(proposal.suffix.lstrip("."))
    dialog.selectFile(proposal.name)
    dialog.fileSelected.connect(lambda name: chosen(Path(name)))
    dialog.open()
    return dialog


def ask_chart_file(
    parent: QWidget, tr: Translator, proposal: Path, chosen: Callable[[Path], None]
) -> QFileDialog:
    """Ask where to save a chart; the ending decides between PNG, SVG and PDF."""
    title = tr.gettext("Save the chart")
    dialog = ask_save_file(parent, title, proposal, ";;".join(_CHART_FILTERS), chosen)
    dialog.filterSelected.connect(
        lambda chosen: dialog.setDefaultSuffix(chosen.partition("*.")[2].rstrip(")"))
    )
    return dialog


_CHART_FILTERS = ("PNG (*.png)", "SVG (*.svg)", "PDF (*.pdf)")


def _dialog(parent: QWidget, title: str, folder: Path, name_filter: str) -> QFileDialog:
    before = _recent_places()
    dialog = QFileDialog(parent, title, str(folder), name_filter)
    dialog.setObjectName("file-dialog")
    dialog.setHistory([])
    dialog.finished.connect(dialog.deleteLater)
    dialog.destroyed.connect(lambda: _restore_recent_places(before))
    return dialog


def _recent_places() -> dict[str, object]:
    """Recent folders that Qt's own dialog keeps for all programs of Qt."""
    store = QSettings(QSettings.Scope.UserScope, "QtProject")
    return {key: store.value(key) for key in _RECENT if store.contains(key)}


def _restore_recent_places(before: dict[str, object]) -> None:
    """Restore the recent folders of before: new ones would name one client to the next."""
    store = QSettings(QSettings.Scope.UserScope, "QtProject")
    for key in _RECENT:
        if key not in before:
            store.remove(key)
        elif store.value(key) != before[key]:
            store.setValue(key, before[key])
