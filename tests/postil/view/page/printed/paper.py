"""Printed pages for tests: letters of one width on a grid, in blocks of a few lines, and a printer that draws lines."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from threading import Lock

from pytestqt.qtbot import QtBot
from tests.postil.view.page.pages import LIGHT, WORDS, document

from postil.documents.printed import Box, Glyphs, pack
from postil.documents.printing import Raster
from postil.view.look.theme import Theme
from postil.view.page.page import Page
from postil.view.page.printed.reading import PrintedReading
from postil_db.records import Block, BlockKind, Content, PrintedPage

WIDTH, HEIGHT = 612.0, 792.0
LEFT, TOP = 72.0, 72.0
ADVANCE, LEADING, TALL = 6.4, 14.0, 11.5
"""Of a letter: how wide, from one line to the next, and the height of its box; in points."""


@dataclass(frozen=True)
class Line:
    """One printed line: the offset it begins with, its text, and where it stands."""

    start: int
    text: str
    x: float
    y: float

    def boxes(self) -> list[Box]:
        return [
            (self.x + at * ADVANCE, self.y, self.x + (at + 1) * ADVANCE, self.y + TALL) for at in range(len(self.text))
        ]


@dataclass(frozen=True)
class Sheets:
    """A document with pages. `lines`: of each page."""

    content: Content
    pages: tuple[PrintedPage, ...]
    lines: tuple[tuple[Line, ...], ...]
    alike: Glyphs | None = None
    """The characters of the first page, where all pages are the same."""

    def glyphs(self, page: int) -> Glyphs:
        if self.alike is not None:
            return replace(self.alike, offsets=self.alike.offsets + self.pages[page].start)
        rows = self.lines[page]
        offsets = [line.start + at for line in rows for at in range(len(line.text))]
        numbers = [number for number, line in enumerate(rows) for _ in line.text]
        return Glyphs.unpack(pack(offsets, [box for line in rows for box in line.boxes()], numbers))


def printed(*pages: Sequence[str]) -> Sheets:
    """Lay texts out: each page a sequence of paragraphs, each of which is cut into lines of 60 letters."""
    blocks: list[Block] = []
    sheets: list[PrintedPage] = []
    rows: list[tuple[Line, ...]] = []
    at = 0
    for paragraphs in pages:
        first, y, lines = at, TOP, list[Line]()
        for text in paragraphs:
            for cut in _cut(text, 60):
                lines.append(Line(at + cut, text[cut : _end(text, cut, 60)], LEFT, y))
                y += LEADING
            y += LEADING / 2
            blocks.append(Block(BlockKind.PARAGRAPH, text))
            at += len(text) + 1
        sheets.append(PrintedPage(WIDTH, HEIGHT, first, max(first, at - 1), b""))
        rows.append(tuple(lines))
    return Sheets(Content(tuple(blocks)), tuple(sheets), tuple(rows))


def _end(text: str, start: int, most: int) -> int:
    """Where a line ends: at a blank, if there is one."""
    if len(text) - start <= most:
        return len(text)
    blank = text.rfind(" ", start, start + most)
    return blank if blank > start else start + most


def _cut(text: str, most: int) -> list[int]:
    starts, at = [0], _end(text, 0, most)
    while at < len(text):
        at += text[at] == " "
        starts.append(at)
        at = _end(text, at, most)
    return starts


def sheets(count: int, lines: int, columns: int) -> Sheets:
    """Many equal pages, made fast: `lines` paragraphs of one line each, but every fifth begins a new block."""
    words = " ".join(WORDS * (columns // 10 + 2))
    line = words[: columns - 1] + "."
    block = Block(BlockKind.PARAGRAPH, " ".join([line] * 5))
    each = lines // 5
    rows: list[tuple[Line, ...]] = []
    pages: list[PrintedPage] = []
    at = 0
    for _ in range(count):
        here = [
            Line(at + n * (len(block.text) + 1) + k * (len(line) + 1), line, LEFT, TOP + (n * 5 + k) * LEADING)
            for n in range(each)
            for k in range(5)
        ]
        end = at + each * (len(block.text) + 1)
        rows.append(tuple(here))
        pages.append(PrintedPage(WIDTH, HEIGHT, at, end - 1, b""))
        at = end
    made = Sheets(Content((block,) * (each * count)), tuple(pages), tuple(rows))
    return replace(made, alike=made.glyphs(0))


class BlankPrinter:
    """Draws paper with a grey band across; counts what it is asked for."""

    def __init__(self) -> None:
        self.asked: list[tuple[int, int]] = []
        self.stopped = 0
        self._lock = Lock()

    def draw(self, page: int, width: int) -> Raster:
        with self._lock:
            self.asked.append((page, width))
        height = round(width * HEIGHT / WIDTH)
        rows = bytearray(b"\xff" * (width * 4 * height))
        rows[: width * 4 * 10] = b"\x80" * (width * 4 * 10)
        return Raster(width, height, width * 4, bytes(rows))

    def stop(self) -> None:
        self.stopped += 1


def shown(
    qtbot: QtBot,
    made: Sheets,
    size: tuple[int, int] = (800, 700),
    theme: Theme = LIGHT,
    printer: BlankPrinter | None = None,
) -> tuple[Page, PrintedReading]:
    """A page in a real window that shows printed pages, drawn and with the characters of those in view."""
    page = Page(theme)
    qtbot.addWidget(page, before_close_func=lambda _page: page.show_document(None))
    page.resize(*size)
    with qtbot.waitExposed(page):
        page.show()
    page.show_document(document(made.content))
    page.faces.glyphs_wanted.connect(lambda at: page.faces.take_glyphs(at, made.glyphs(at)))
    page.faces.set_pages(made.pages, printer or BlankPrinter())
    page.set_printed(True)
    assert page.faces.side is not None
    view = page.faces.side.view
    settle(qtbot, view)
    return page, view


def settle(qtbot: QtBot, view: PrintedReading) -> None:
    """Wait until every page in view is drawn."""
    rasters = view.rasters
    assert rasters is not None
    qtbot.waitUntil(
        lambda: (
            not view._settled.isActive()
            and all(
                (image := rasters.image(page)) is not None and image.width() == view.sheets.device_width(page)
                for page in view.in_view()
            )
        )
    )
