"""Highlights that another program left in a PDF, found again in the text: they become annotations of the document."""

import ctypes
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pypdfium2
import pypdfium2.raw as pdfium

from postil.documents.canonical import clean
from postil.documents.parsed import Remark
from postil.documents.pdf_chars import Turn
from postil.documents.pdf_lines import PAGE_BITS, Sheet
from postil.documents.pdf_making import Made
from postil.documents.printed import Box

if TYPE_CHECKING:
    import numpy as np

_ON_TEXT = frozenset(
    (
        pdfium.FPDF_ANNOT_HIGHLIGHT,
        pdfium.FPDF_ANNOT_UNDERLINE,
        pdfium.FPDF_ANNOT_SQUIGGLY,
        pdfium.FPDF_ANNOT_STRIKEOUT,
    )
)
_BESIDE = frozenset((pdfium.FPDF_ANNOT_TEXT, pdfium.FPDF_ANNOT_FREETEXT))
_MOST_MARKS, _MOST_BOXES, _LONGEST_NOTE = 2000, 500, 100_000


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark on a page: where it lies, as the page is shown, and what was written to it ("" = nothing)."""

    boxes: tuple[Box, ...]
    note: str


def marks_of(page: pypdfium2.PdfPage, turn: Turn) -> tuple[list[Mark], int]:
    """Give the marks on the text of a page, and how many others there are, which stand beside it."""
    found, others = list[Mark](), 0
    for at in range(min(pdfium.FPDFPage_GetAnnotCount(page.raw), _MOST_MARKS)):
        annotation = pdfium.FPDFPage_GetAnnot(page.raw, at)
        if not annotation:
            continue
        kind = pdfium.FPDFAnnot_GetSubtype(annotation)
        boxes = _boxes(annotation, turn) if kind in _ON_TEXT else ()
        if boxes:
            found.append(Mark(boxes, _note(annotation)))
        others += kind in _BESIDE or (kind in _ON_TEXT and not boxes)
        pdfium.FPDFPage_CloseAnnot(annotation)
    return found, others


def remarks(marks: Mapping[int, Sequence[Mark]], sheets: Sequence[Sheet], made: Made) -> tuple[list[Remark], int]:
    """Find what the marks of all pages lie on; how many lie on nothing that was read.

    `marks`: by the numbers of their pages.
    """
    import numpy as np

    where = _places(set(marks), made)
    found, lost = list[Remark](), 0
    for number, there in marks.items():
        boxes = np.frombuffer(sheets[number].boxes, np.float32).reshape(-1, 4)
        for mark in there:
            inside = {index for box in mark.boxes for index in _inside(boxes, box)}
            spots = sorted(where[place] for index in inside if (place := (number << PAGE_BITS) + index) in where)
            if not spots:
                lost += 1
                continue
            (block, start), (last, end) = spots[0], spots[-1]
            texts = [made.blocks[at].text for at in range(block, last + 1)]
            texts[-1] = texts[-1][: end + 1]
            texts[0] = texts[0][start:]
            # Some programs write the marked words themselves there.
            note = "" if _letters(mark.note) == _letters("".join(texts)) else mark.note
            found.append(Remark(block, start, last, end + 1, note))
    return found, lost


def _places(pages: set[int], made: Made) -> dict[int, tuple[int, int]]:
    """The block and the place in it of each character on these pages."""
    return {
        place: (block, at)
        for block, text in enumerate(made.texts)
        for at, place in enumerate(text.places)
        if place >= 0 and place >> PAGE_BITS in pages and not text.text[at].isspace()
    }


def _inside(boxes: "np.ndarray[Any, Any]", box: Box) -> list[int]:
    """The characters whose middles lie in a box."""
    left, top, right, bottom = box
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    return [int(index) for index in ((left <= x) & (x <= right) & (top <= y) & (y <= bottom)).nonzero()[0]]


def _boxes(annotation: Any, turn: Turn) -> tuple[Box, ...]:  # noqa: ANN401 - a handle of PDFium
    quad, found = pdfium.FS_QUADPOINTSF(), list[Box]()
    for at in range(min(pdfium.FPDFAnnot_CountAttachmentPoints(annotation), _MOST_BOXES)):
        if pdfium.FPDFAnnot_GetAttachmentPoints(annotation, at, quad):
            xs, ys = (quad.x1, quad.x2, quad.x3, quad.x4), (quad.y1, quad.y2, quad.y3, quad.y4)
            found.append(turn.box(min(xs), min(ys), max(xs), max(ys)))
    return tuple(found)


def _note(annotation: Any) -> str:  # noqa: ANN401 - a handle of PDFium
    length = pdfium.FPDFAnnot_GetStringValue(annotation, b"Contents", None, 0)
    if not 2 < length <= _LONGEST_NOTE:
        return ""
    buffer = ctypes.create_string_buffer(length)
    pdfium.FPDFAnnot_GetStringValue(
        annotation, b"Contents", ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR)), length
    )
    return clean(buffer.raw[: length - 2].decode("utf-16-le", "replace")).strip()


def _letters(text: str) -> str:
    return "".join(re.findall(r"\w+", text.casefold()))
