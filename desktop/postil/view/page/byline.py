"""The small line under a title: who, when and where from."""

import re
from datetime import datetime
from pathlib import PurePath

from PySide6.QtCore import QDate, QLocale

from postil_db.records import DocumentInfo

_SITE = re.compile(r"https?://(?:[^/?#]*@)?(?:www\.)?([^/:?#]+)", re.IGNORECASE)


def byline(info: DocumentInfo) -> str:
    """Authors, date of publication and source, as far as they are known."""
    parts = [", ".join(info.authors), spoken_date(info.published), _source(info.source)]
    return "  ·  ".join(part for part in parts if part)


def spoken_date(published: str) -> str:
    """A date as the reader's language says it; what is no date stays as it is."""
    try:
        day = datetime.fromisoformat(published)
    except ValueError:
        return published
    return QLocale().toString(QDate(day.year, day.month, day.day), QLocale.FormatType.LongFormat)


def _source(source: str) -> str:
    site = _SITE.match(source)
    return site[1].lower() if site else PurePath(source).name
