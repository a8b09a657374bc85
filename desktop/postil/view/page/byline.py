"""The small line under a title: who, when and where from."""

from datetime import datetime
from pathlib import PurePath
from urllib.parse import urlsplit

from PySide6.QtCore import QDate, QLocale

from postil_db.records import DocumentInfo


def byline(info: DocumentInfo) -> str:
    """Authors, date of publication and source, as far as they are known."""
    parts = [", ".join(info.authors), _date(info.published), _source(info.source)]
    return "  ·  ".join(part for part in parts if part)


def _date(published: str) -> str:
    try:
        day = datetime.fromisoformat(published)
    except ValueError:
        return published
    return QLocale().toString(QDate(day.year, day.month, day.day), QLocale.FormatType.LongFormat)


def _source(source: str) -> str:
    address = urlsplit(source)
    if address.scheme in ("http", "https"):
        return (address.hostname or "").removeprefix("www.")
    return PurePath(source).name
