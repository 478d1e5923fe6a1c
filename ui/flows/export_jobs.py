"""Turns an export somebody ordered into a job that can run beside the window.

Whatever the library has to give is read here, on the window's thread; the job itself gets frozen
data only.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtWidgets import QApplication

from app.jobs import Progress, import_lock
from app.ports import Library
from app.session.session import Session, Unit
from app.words.texts import translator_for
from ui.dialogs.export_dialog import ExportOrder, Format

Job = Callable[[Progress], None]


def export_job(order: ExportOrder, session: Session, library: Library) -> Job:
    """The job; a library file is written by the library itself, here and at once.

    Raises the errors of ``app.errors`` for what cannot be read or, for a library file, written.
    """
    if order.format is Format.LIBRARY:
        library.export_session(session.id, order.target)
        return _nothing_left
    earlier = library.load_session(order.earlier_id) if order.earlier_id else None
    if order.format is Format.WORKBOOK:
        return _workbook_job(order, session, earlier)
    if order.format is Format.JSON:
        return _json_job(order, session, library)
    return _chart_job(order, session, earlier)


def _workbook_job(order: ExportOrder, session: Session, earlier: Session | None) -> Job:
    today = datetime.now().astimezone().date()
    version = QApplication.applicationVersion()

    def job(progress: Progress) -> None:
        with import_lock:
            from exports.workbook.workbook import write_workbook

        write_workbook(
            session,
            order.target,
            order.language,
            today=today,
            earlier=earlier,
            progress=progress,
            exported_with=version,
        )

    return job


def _json_job(order: ExportOrder, session: Session, library: Library) -> Job:
    from exports.session_json import filed_digests, session_to_document, write_session_json

    changes = library.changes(session.id)
    document = session_to_document(
        session,
        exported_with=QApplication.applicationVersion(),
        changes=changes,
        files={digest: library.file_content(digest) for digest in filed_digests(session, changes)},
        unit_path=_unit_path(session, library),
        position=library.position_in(session.id),
    )

    def job(_progress: Progress) -> None:
        write_session_json(document, order.target)

    return job


def _chart_job(order: ExportOrder, session: Session, earlier: Session | None) -> Job:
    def job(_progress: Progress) -> None:
        with import_lock:
            from exports.radar.radar import save_chart

        save_chart(
            session,
            order.target,
            "area" if order.format is Format.AREA_CHART else "dimension",
            translator=translator_for(order.language),
            earlier=earlier,
            language=order.language,
        )

    return job


def _unit_path(session: Session, library: Library) -> tuple[Unit, ...]:
    """The units from the top of the organisation down to the session's own."""
    units = {unit.id: unit for unit in library.units(session.organisation.id)}
    path: list[Unit] = []
    unit = session.unit
    while unit is not None and unit not in path:
        path.insert(0, unit)
        unit = units.get(unit.parent_id) if unit.parent_id else None
    return tuple(path)


def _nothing_left(_progress: Progress) -> None:
    """It is done already."""
