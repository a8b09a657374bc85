"""What stands on a PDF page beside its text: links, pictures, and the marks that other programs left."""

import ctypes
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from postil.documents.pdf_chars import Turn
from postil.documents.pdf_marks import Mark, marks_of
from postil.documents.printed import Box

_MOST_LINKS, _MOST_OBJECTS = 2000, 3000
_LONGEST_ADDRESS = 2000


@dataclass
class Extras:
    """Of a page: where it links to, what other programs marked in its text, how many pictures and other marks."""

    links: list[tuple[Box, str]]
    marks: list[Mark]
    pictures: int
    notes: int


def extras_of(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage, turn: Turn) -> Extras:
    """Look at a page."""
    objects = min(pdfium.FPDFPage_CountObjects(page.raw), _MOST_OBJECTS)
    kinds = (pdfium.FPDFPageObj_GetType(pdfium.FPDFPage_GetObject(page.raw, at)) for at in range(objects))
    pictures = sum(kind == pdfium.FPDF_PAGEOBJ_IMAGE for kind in kinds)
    marks, notes = marks_of(page, turn)
    return Extras(_links(document, page, turn), marks, pictures, notes)


def _links(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage, turn: Turn) -> list[tuple[Box, str]]:
    found: list[tuple[Box, str]] = []
    position, link, rect = ctypes.c_int(0), pdfium.FPDF_LINK(), pdfium.FS_RECTF()
    while len(found) < _MOST_LINKS and pdfium.FPDFLink_Enumerate(page.raw, position, link):
        action = pdfium.FPDFLink_GetAction(link)
        address = _address(document, action) if action else ""
        if address and pdfium.FPDFLink_GetAnnotRect(link, rect):
            found.append((turn.box(rect.left, rect.bottom, rect.right, rect.top), address))
    return found


def _address(document: pypdfium2.PdfDocument, action: object) -> str:
    """A web or mail address, "" for whatever else a link may do."""
    length = pdfium.FPDFAction_GetURIPath(document.raw, action, None, 0)
    if not 1 < length <= _LONGEST_ADDRESS:
        return ""
    buffer = ctypes.create_string_buffer(length)
    pdfium.FPDFAction_GetURIPath(document.raw, action, buffer, length)
    address = buffer.value.decode("utf-8", "replace").strip()
    return address if address.lower().startswith(("http://", "https://", "mailto:")) and " " not in address else ""
