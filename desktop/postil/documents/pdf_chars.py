"""The characters of a PDF page as PDFium reports them, as runs of one baseline, size and direction.

Text is built from one call for each index: PDFium's own whole-page text has other indices than its boxes.
"""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import hypot
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from postil.documents.printed import Box

BOLD, ITALIC, RAISED = 1, 2, 4

_HYPHENS = frozenset("\x02\ufffe\u00ad")
"""PDFium's own signs for a hyphen at a line's end, and the one that is seen only there."""

_MEANT = frozenset((0x02, 0x09, 0x0A, 0x0D))
"""Of the controls; the others come from files that do not tell what their characters are."""

_GAP = 0.9
"""Of the size: more room than this between two characters of a line may be a gutter between columns."""

_ELSEWHERE = 0.15
"""Of the size: a baseline farther off than this is another one, or raised or lowered text."""

_FONT_BOLD, _FONT_ITALIC = 1 << 18, 1 << 6
_BOLD_NAMES = ("bold", "black", "heavy", "cmbx", "demi", "sfbx", "-bd")
_ITALIC_NAMES = ("italic", "oblique", "cmti", "sfti", "-it")


def _direct(function: Any, result: Any, *arguments: Any) -> Any:  # noqa: ANN401 - ctypes has no types for these
    """A function of PDFium that takes addresses: without its typed pointers a call takes half the time."""
    address = ctypes.cast(function, ctypes.c_void_p).value or 0
    return ctypes.CFUNCTYPE(result, *arguments)(address)


_UNICODE = _direct(pdfium.FPDFText_GetUnicode, ctypes.c_uint, ctypes.c_void_p, ctypes.c_int)
_TEXT_OBJECT = _direct(pdfium.FPDFText_GetTextObject, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
_LOOSE_BOX = _direct(pdfium.FPDFText_GetLooseCharBox, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)


@dataclass(slots=True)
class Run:
    """Characters that stand side by side, each with its box on the page as shown, in the order of the text.

    `way`: where the text runs, in quarter turns from "to the right", clockwise. `base`: its baseline, along with
    `left`, `right` measured as if the page were turned so that the text runs to the right.
    `order`: when PDFium tells it. `spaced`: a blank follows. `broken`: it ends with a hyphen that its line's end may
    have made.
    """

    base: float
    size: float
    way: int
    texts: list[str] = field(default_factory=list)
    boxes: list[Box | None] = field(default_factory=list)
    flags: list[int] = field(default_factory=list)
    left: float = 0.0
    right: float = 0.0
    order: int = 0
    spaced: bool = False
    broken: bool = False

    @property
    def top(self) -> float:
        """About where its tall letters end."""
        return self.base - 0.75 * self.size

    @property
    def bottom(self) -> float:
        """About where letters like "g" end."""
        return self.base + 0.22 * self.size


@dataclass(frozen=True, slots=True)
class _Pen:
    """What is the same for all characters of one text object."""

    base: float
    size: float
    way: int
    flags: int


class PageChars:
    """Reads one page. `width` and `height` are those of the page as shown, in points; `turn` leads there.

    `unknown`: how many of its characters had no meaning, once its runs are known.
    """

    def __init__(self, page: pypdfium2.PdfPage, fonts: dict[int, int]) -> None:
        self.width, self.height = page.get_size()
        self._text = page.get_textpage()
        self._raw = self._text.raw
        self._address = ctypes.cast(self._raw, ctypes.c_void_p).value or 0
        self._rect = pdfium.FS_RECTF()
        self._rect_address = ctypes.addressof(self._rect)
        self._fonts = fonts
        self.unknown = 0
        self.turn = _turn_of(page, self.width, self.height)

    def close(self) -> None:
        """Let go of the page's text."""
        self._text.close()

    def runs(self) -> list[Run]:
        """Return the runs in the order in which PDFium tells them."""
        runs: list[Run] = []
        run: Run | None = None
        address = self._address
        handle, pen = 0, _Pen(0, 0, 0, 0)
        for index, text in self._characters():
            if text in "\r\n":
                run = None
                continue
            generated = text == " " and pdfium.FPDFText_IsGenerated(self._raw, index) == 1
            if generated:
                if run is not None:
                    run.spaced = True
                continue
            found = _TEXT_OBJECT(address, index) or 0
            if found != handle:
                handle, pen = found, self._pen(index)
            box = self._box(index)
            sides = self._sides(box, pen.way)
            if run is None or not _continues(run, pen, sides):
                if not text.strip():
                    if run is not None:
                        run.spaced = True
                    continue
                run = Run(pen.base, pen.size, pen.way, left=sides[0], right=sides[1], order=index)
                runs.append(run)
            _add(run, text, box, sides, pen.flags)
            if text in _HYPHENS:
                run.texts[-1], run.broken = "-", True
                run = None
        return runs

    def _characters(self) -> Iterator[tuple[int, str]]:
        """Yield index and character; the second half of a pair of surrogates goes with the first."""
        address, high = self._address, 0
        for index in range(pdfium.FPDFText_CountChars(self._raw)):
            code = _UNICODE(address, index)
            if 0x20 <= code < 0xD800:
                high = 0
                yield index, chr(code)
            elif 0xD800 <= code < 0xDC00:
                high = code
            elif 0xDC00 <= code < 0xE000:
                if high:
                    yield index, chr(0x10000 + ((high - 0xD800) << 10) + code - 0xDC00)
                high = 0
            elif 0 < code < 0x20 and code not in _MEANT:
                self.unknown += 1
            elif code >= 0x20 or code in _MEANT:
                high = 0
                yield index, " " if code == 0x09 else chr(min(code, 0x10FFFF))

    def _box(self, index: int) -> Box:
        rect = self._rect
        _LOOSE_BOX(self._address, index, self._rect_address)
        return self.turn.box(rect.left, rect.bottom, rect.right, rect.top)

    def _pen(self, index: int) -> _Pen:
        matrix, x, y = pdfium.FS_MATRIX(), ctypes.c_double(), ctypes.c_double()
        pdfium.FPDFText_GetMatrix(self._raw, index, matrix)
        pdfium.FPDFText_GetCharOrigin(self._raw, index, x, y)
        size = abs(pdfium.FPDFText_GetFontSize(self._raw, index)) * hypot(matrix.c, matrix.d)
        along = self.turn.direction(matrix.a, matrix.b)
        way = (0 if along[0] >= 0 else 2) if abs(along[0]) >= abs(along[1]) else (1 if along[1] > 0 else 3)
        origin = self.turn.point(x.value, y.value)
        return _Pen(self._across(origin, way), max(size, 0.1), way, self._font(index))

    def _across(self, point: tuple[float, float], way: int) -> float:
        """How far down a point lies, on a page turned so that text of this way runs to the right."""
        x, y = point
        return (y, self.width - x, self.height - y, x)[way]

    def _sides(self, box: Box, way: int) -> tuple[float, float]:
        """Left and right edge of a box, on a page turned so."""
        left, top, right, bottom = box
        if way in (0, 2):
            return (left, right) if way == 0 else (self.width - right, self.width - left)
        return (top, bottom) if way == 1 else (self.height - bottom, self.height - top)

    def _font(self, index: int) -> int:
        found = pdfium.FPDFText_GetTextObject(self._raw, index)
        font = pdfium.FPDFTextObj_GetFont(found) if found else None
        if not font:
            return 0
        address = ctypes.cast(font, ctypes.c_void_p).value or 0
        if address not in self._fonts:
            name = ctypes.create_string_buffer(200)
            pdfium.FPDFFont_GetBaseFontName(font, name, len(name))
            called, flags = name.value.decode("latin-1").lower(), pdfium.FPDFFont_GetFlags(font)
            bold = bool(flags > 0 and flags & _FONT_BOLD) or any(sign in called for sign in _BOLD_NAMES)
            italic = bool(flags > 0 and flags & _FONT_ITALIC) or any(sign in called for sign in _ITALIC_NAMES)
            self._fonts[address] = BOLD * bold + ITALIC * italic
        return self._fonts[address]


@dataclass(frozen=True, slots=True)
class Turn:
    """From a page's own coordinates to points from the top left corner of the page as shown."""

    x: tuple[float, float, float]
    y: tuple[float, float, float]

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the page's own coordinates is shown."""
        return self.x[0] + self.x[1] * x + self.x[2] * y, self.y[0] + self.y[1] * x + self.y[2] * y

    def direction(self, x: float, y: float) -> tuple[float, float]:
        """Where a direction leads as shown."""
        return self.x[1] * x + self.x[2] * y, self.y[1] * x + self.y[2] * y

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Where a box is shown."""
        (x, x_along, x_across), (y, y_along, y_across) = self.x, self.y
        x0, x1 = x + x_along * left + x_across * bottom, x + x_along * right + x_across * top
        y0, y1 = y + y_along * left + y_across * bottom, y + y_along * right + y_across * top
        return (x0, y0, x1, y1) if x0 <= x1 and y0 <= y1 else (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _turn_of(page: pypdfium2.PdfPage, width: float, height: float) -> Turn:
    """Ask PDFium itself where it draws three points, so that crop boxes and turned pages are as they are drawn."""
    fine, far = 1000, 1000
    x, y = ctypes.c_int(), ctypes.c_int()

    def shown(at_x: float, at_y: float) -> tuple[float, float]:
        size = round(width * fine), round(height * fine)
        pdfium.FPDF_PageToDevice(page.raw, 0, 0, *size, 0, at_x, at_y, x, y)
        return x.value / fine, y.value / fine

    (x0, y0), (x1, y1), (x2, y2) = shown(0, 0), shown(far, 0), shown(0, far)
    return Turn((x0, (x1 - x0) / far, (x2 - x0) / far), (y0, (y1 - y0) / far, (y2 - y0) / far))


def _continues(run: Run, pen: _Pen, sides: tuple[float, float]) -> bool:
    """Whether a character stands in the run's line, right beside it."""
    if run.way != pen.way or abs(run.base - pen.base) > _ELSEWHERE * run.size:
        return False
    if not 0.85 < pen.size / run.size < 1.18:
        return False
    left, right = sides
    return left - run.right < _GAP * run.size and run.left - right < _GAP * run.size


def _add(run: Run, text: str, box: Box, sides: tuple[float, float], flags: int) -> None:
    if run.spaced and run.texts and text != " ":
        run.texts.append(" ")  # one that is not printed, so it has no place
        run.boxes.append(None)
        run.flags.append(flags)
    run.texts.append(text)
    run.boxes.append(box)
    run.flags.append(flags)
    run.left, run.right = min(run.left, sides[0]), max(run.right, sides[1])
    run.spaced = False
