"""What a PDF says about itself: title, authors, day, language, and its table of contents."""

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pypdfium2
import pypdfium2.raw as pdfium

from postil.documents.canonical import one_line

_MOST_ENTRIES = 5000
_LONGEST_ENTRY = 300
_DEEPEST = 6

_NO_TITLE = re.compile(
    r"^(?:microsoft (?:word|powerpoint|excel)\b.*|untitled.*|unbenannt.*|document\d*|dokument\d*|title|titel|slide \d+|"
    r"about:blank|no title|print|"
    r".*\.(?:docx?|pdf|tex|dvi|indd|pptx?|xlsx?|odt|rtf|txt|html?|qxp|qxd|pmd|eps|ps|cdr|fm))$",
    re.IGNORECASE,
)
_NO_AUTHOR = re.compile(
    r"^(?:admin\w*|user\w*|owner|unknown|anonymous|author|default|microsoft.*|windows.*|root|test|\W*|.*\\.*|pc\d*)$",
    re.IGNORECASE,
)
_DAY = re.compile(r"^(?:D:)?(\d{4})(\d{2})?(\d{2})?")


@dataclass(frozen=True)
class About:
    """Title, authors, day of making (ISO 8601) and language; "" or () for what is not said, or not sensible."""

    title: str
    authors: tuple[str, ...]
    made: str
    language: str


@dataclass(frozen=True)
class Entry:
    """An entry of the table of contents. `page` counts from 0; `top` in points, None where it names a whole page."""

    title: str
    level: int
    page: int
    top: float | None


def about(document: pypdfium2.PdfDocument) -> About:
    """Return what the document's metadata say."""
    said = {key: one_line(document.get_metadata_value(key)) for key in ("Title", "Author", "CreationDate")}
    return About(_title(said["Title"]), _authors(said["Author"]), _day(said["CreationDate"]), _language(document))


def outline(document: pypdfium2.PdfDocument) -> Iterator[Entry]:
    """Yield the entries that lead to a page; of a contents list without end, the first ones."""
    for count, bookmark in enumerate(document.get_toc(max_depth=_DEEPEST)):
        if count >= _MOST_ENTRIES:
            return
        title = one_line(bookmark.get_title())[:_LONGEST_ENTRY]
        target = bookmark.get_dest()
        page = target.get_index() if target is not None else None
        if title and page is not None and 0 <= page < len(document):
            yield Entry(title, bookmark.level, page, _top(target))


def _top(target: pypdfium2.PdfDest) -> float | None:
    """How high up on the page an entry leads, in the page's own coordinates."""
    mode, values = target.get_view()
    at = {pdfium.PDFDEST_VIEW_XYZ: 1, pdfium.PDFDEST_VIEW_FITH: 0, pdfium.PDFDEST_VIEW_FITBH: 0}.get(mode)
    return float(values[at]) if at is not None and len(values) > at and values[at] is not None else None


def _title(said: str) -> str:
    return said if re.search(r"[^\W\d_]{2}", said) and not _NO_TITLE.match(said) else ""


def _authors(said: str) -> tuple[str, ...]:
    parts = re.split(r"\s*;\s*|\s+(?:and|und|et|&)\s+", said)
    if len(parts) == 1 and all(" " in part.strip() for part in said.split(",")):
        parts = said.split(",")  # not "Solheim, Ingrid"
    names = (part.strip(" ,") for part in parts)
    return tuple(name for name in names if re.search(r"[^\W\d_]{2}", name) and not _NO_AUTHOR.match(name))


def _day(said: str) -> str:
    match = _DAY.match(said)
    if match is None:
        return ""
    year, month, day = (int(part or 1) for part in match.groups())
    try:
        made = date(year, month, day)
    except ValueError:
        return ""
    return made.isoformat() if year >= 1985 and made <= datetime.now(UTC).date() else ""


def _language(document: pypdfium2.PdfDocument) -> str:
    length = pdfium.FPDFCatalog_GetLanguage(document.raw, None, 0)
    if not 2 < length <= 100:
        return ""
    buffer = (ctypes.c_ushort * (length // 2))()
    pdfium.FPDFCatalog_GetLanguage(document.raw, buffer, length)
    return bytes(buffer).decode("utf-16-le", "replace").strip("\0 ")
