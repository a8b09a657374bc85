"""The child process that draws printed pages: `python -m postil.documents.printing_worker`.

Pixels are drawn straight into a file that the parent made: nothing of their size crosses the pipe.
"""

import ctypes
import logging
import mmap
from collections.abc import Iterator, Mapping
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from postil.documents.faults import Broken, DocumentError
from postil.documents.pdf_file import opened
from postil.documents.serving import ChildRefused, serve

_WHITE = 0xFFFFFFFF
_MOST_PIXELS = 30_000_000
"""Of one page: its file stays below what a child may write."""


class Drawer:
    """Draws pages of one file at a time, which stays open from one request to the next."""

    def __init__(self) -> None:
        self._path = ""
        self._document: pypdfium2.PdfDocument | None = None

    def handle(self, request: dict[str, Any]) -> Iterator[Mapping[str, object]]:
        """Draw a page and say how large it became."""
        try:
            document = self._opened(request["path"])
            if not 0 <= request["page"] < len(document):
                raise Broken(f"There is no page {request['page'] + 1} in this file any more. Open the document again.")
            yield self._drawn(document, request["page"], request["width"], request["into"])
        except DocumentError as fault:
            raise ChildRefused(str(fault), type(fault).__name__) from None

    def _opened(self, path: str) -> pypdfium2.PdfDocument:
        if self._document is None or path != self._path:
            self._document, self._path = opened(path, forms=True), path
        return self._document

    def _drawn(self, document: pypdfium2.PdfDocument, number: int, width: int, into: str) -> Mapping[str, object]:
        try:
            page = document[number]
        except pypdfium2.PdfiumError:
            raise Broken(f"Page {number + 1} is damaged and cannot be drawn.") from None
        try:
            size = _size(page.get_size(), width)
            with open(into, "r+b") as file:  # noqa: PTH123 - a handle is what mmap takes
                file.truncate(size[0] * size[1] * 4)
                with mmap.mmap(file.fileno(), 0) as pixels:
                    _draw(page, size, pixels)
        finally:
            page.close()
        return {"width": size[0], "height": size[1], "stride": size[0] * 4}


def _size(page: tuple[float, float], width: int) -> tuple[int, int]:
    """The picture's size in pixels, `width` wide unless it would be too many of them."""
    page_width, page_height = page
    scale = max(width, 1) / max(page_width, 1e-3)
    most = (_MOST_PIXELS / max(page_width * page_height, 1e-6)) ** 0.5
    scale = min(scale, most)
    return max(1, round(page_width * scale)), max(1, min(round(page_height * scale), _MOST_PIXELS))


def _draw(page: pypdfium2.PdfPage, size: tuple[int, int], pixels: mmap.mmap) -> None:
    width, height = size
    buffer = (ctypes.c_char * len(pixels)).from_buffer(pixels)
    bitmap = pdfium.FPDFBitmap_CreateEx(width, height, pdfium.FPDFBitmap_BGRx, ctypes.addressof(buffer), width * 4)
    try:
        if not bitmap:
            raise MemoryError
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, _WHITE)
        where = (bitmap, page.raw, 0, 0, width, height, 0, pdfium.FPDF_ANNOT)
        pdfium.FPDF_RenderPageBitmap(*where)
        if page.formenv is not None:
            pdfium.FPDF_FFLDraw(page.formenv.raw, *where)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
        del buffer  # or the mapping could not be closed


if __name__ == "__main__":
    logging.disable()
    serve(Drawer().handle)
