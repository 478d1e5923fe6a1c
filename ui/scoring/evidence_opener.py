"""Opens evidence: links in the browser, files in their default application."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from app.errors import AppError, InvalidInput, StorageUnavailable
from app.session.evidence import Evidence, EvidenceKind
from app.session.links import link_target
from app.words.texts import N_
from ui.context import Context

_SAFE_SCHEMES = ("http", "https", "mailto")
#: File types that are displayed, not executed. Others are saved where the user chooses.
_SAFE_ENDINGS = (
    ".pdf", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".tif", ".tiff", ".txt", ".md",
    ".csv", ".json", ".yaml", ".yml", ".log", ".xml", ".docx", ".xlsx", ".pptx", ".odt", ".ods",
    ".odp", ".mp3", ".mp4", ".webm", ".wav", ".eml",
)  # fmt: skip


def open_evidence(
    evidence: Evidence,
    content_of: Callable[[str], bytes],
    context: Context,
    parent: QWidget,
) -> None:
    """Show a piece of evidence; raises ``InvalidInput`` or ``StorageUnavailable``."""
    if evidence.kind is EvidenceKind.LINK:
        _open_link(evidence.address)
        return
    content = content_of(evidence.digest)
    name = Path(evidence.address.replace("\\", "/")).name or "evidence"
    if Path(name).suffix.lower() in _SAFE_ENDINGS:
        _open_copy(context.services.copy_for_viewing(name, content))
    else:
        _offer_to_save(content, name, context, parent)


def _open_link(address: str) -> None:
    try:
        url = QUrl(link_target(address), QUrl.ParsingMode.TolerantMode)
    except InvalidInput:
        url = QUrl()  # it came with a file or from an earlier release
    if url.scheme().lower() not in _SAFE_SCHEMES or not url.isValid():
        raise InvalidInput(
            N_(
                "The link “{address}” was not opened. Only web and e-mail addresses "
                "are allowed; please change the link."
            ),
            address=address,
        )
    if not QDesktopServices.openUrl(url):
        raise StorageUnavailable(
            N_("No program on this computer can open “{address}”. Install a suitable program."),
            address=address,
        )


def _open_copy(copy: Path) -> None:
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(copy))):
        raise StorageUnavailable(
            N_("No program on this computer can open “{address}”. Install a suitable program."),
            address=copy.name,
        )


def _offer_to_save(content: bytes, name: str, context: Context, parent: QWidget) -> None:
    dialog = QFileDialog(parent)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.selectFile(name)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(lambda path: _save(content, Path(path), context))
    dialog.open()


def _save(content: bytes, path: Path, context: Context) -> None:
    try:
        context.services.write_file(path, content)
    except AppError as error:
        context.error_raised.emit(error)
