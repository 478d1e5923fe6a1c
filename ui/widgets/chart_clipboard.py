"""Charts on the clipboard: as a picture, as SVG, and as a table in text."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QCoreApplication, QMimeData
from PySide6.QtGui import QGuiApplication, QImage


def chart_data(png: bytes, svg: bytes, table: str) -> QMimeData:
    """A chart in the formats other programs understand."""
    mime = QMimeData()
    mime.setImageData(QImage.fromData(QByteArray(png)))
    mime.setData("image/svg+xml", QByteArray(svg))
    mime.setText(table)
    return mime


def put_on_clipboard(mime: QMimeData) -> None:
    """Replace what is on the clipboard."""
    QGuiApplication.clipboard().setMimeData(mime)
    _forget_at_exit()


@cache
def _forget_at_exit() -> None:
    application = QCoreApplication.instance()
    if application is not None:
        application.aboutToQuit.connect(_forget)


def _forget() -> None:
    """Without a screen Qt crashes at exit when the clipboard still holds our data."""
    if QGuiApplication.platformName() == "offscreen":
        QGuiApplication.clipboard().clear()
