"""PDF files: text in reading order, with the place of every character on its page."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import batched

import pypdfium2

from postil.documents.canonical import Places
from postil.documents.faults import Empty, TooMuch
from postil.documents.kinds import Kind
from postil.documents.parsed import Parsed
from postil.documents.pdf_about import Entry, about, outline
from postil.documents.pdf_blocks import passages_of
from postil.documents.pdf_chars import PageChars, Run
from postil.documents.pdf_columns import columns_of, pieces_of, rows_of
from postil.documents.pdf_edges import edge_lines
from postil.documents.pdf_extras import extras_of
from postil.documents.pdf_file import opened
from postil.documents.pdf_joins import Words
from postil.documents.pdf_lines import PAGE_BITS, Line, Sheet, line_of
from postil.documents.pdf_making import blocks_of
from postil.documents.pdf_marks import Mark, remarks
from postil.documents.pdf_pages import printed_pages
from postil.documents.printed import Box
from postil_db.records import PrintedPage

_MOST_PAGES = 10_000
_PAGES_AT_ONCE = 100


@dataclass
class _Pages:
    """What was found on the pages of a file."""

    sheets: list[Sheet] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    links: dict[int, list[tuple[Box, str]]] = field(default_factory=dict)
    marks: dict[int, list[Mark]] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)


def parse_pdf(data: bytes, name: str) -> Parsed:
    """Read a PDF. Raises a DocumentError."""
    with opened(data) as document:
        pages = len(document)
        if pages > _MOST_PAGES:
            raise TooMuch(f"“{name}” has {pages:,} pages; the most that is read is {_MOST_PAGES:,}. Split it.")
        said, contents = about(document), list(outline(document))
    found = _read(data, pages)
    if not found.lines:
        raise Empty(_scanned(found, name))
    entries = _placed(contents, found.sheets)
    left_out = edge_lines(found.lines)
    found.counts["edges"] = len(left_out)
    # A page of nothing but its number is better read than lost.
    lines = [line for index, line in enumerate(found.lines) if index not in left_out] or found.lines
    words = Words(lines)
    made = blocks_of(passages_of(lines), words, entries, _linked(found), said.title)
    marked, lost = remarks(found.marks, found.sheets, made)
    found.counts["marks"] += lost

    def printed(went: Places) -> tuple[PrintedPage, ...]:
        return printed_pages(found.sheets, made.texts, went)

    return Parsed(
        blocks=made.blocks,
        media_type=Kind.PDF,
        title=made.title,
        authors=said.authors,
        published=said.made,
        language=said.language,
        notes=list(_notes(found)),
        sections=made.sections,
        pages=printed,
        comments=marked,
    )


def _read(data: bytes, pages: int) -> _Pages:
    """Read all pages, opening the file anew now and then: PDFium keeps what it has once loaded until it is closed."""
    found = _Pages()
    for numbers in batched(range(pages), _PAGES_AT_ONCE):
        with opened(data) as document:
            _read_part(document, numbers, found)
    return found


def _read_part(document: pypdfium2.PdfDocument, numbers: Sequence[int], found: _Pages) -> None:
    fonts = dict[int, int]()
    columns = found.lines[-1].column if found.lines else 0
    for number in numbers:
        try:
            page = document[number]
        except pypdfium2.PdfiumError:
            found.sheets.append(Sheet(number, 595.0, 842.0))
            found.counts["damaged"] += 1
            continue
        try:
            columns = _read_page(document, page, found, fonts, columns)
        finally:
            page.close()


def _read_page(
    document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage, found: _Pages, fonts: dict[int, int], columns: int
) -> int:
    """Read one page; return how many columns of text there are up to its end."""
    chars = PageChars(page, fonts)
    try:
        runs = chars.runs()
    finally:
        chars.close()
    sheet = Sheet(len(found.sheets), chars.width, chars.height, chars.turn)
    found.sheets.append(sheet)
    beside = extras_of(document, page, chars.turn)
    found.counts["unknown"] += chars.unknown
    found.counts["pictures"] += beside.pictures
    found.counts["marks"] += beside.notes
    if beside.marks:
        found.marks[sheet.number] = beside.marks
    if beside.links:
        found.links[sheet.number] = beside.links
    if not runs:
        found.counts["empty"] += 1
    number = 0
    for way in _ways(runs):
        for column in columns_of(pieces_of(rows_of([run for run in runs if run.way == way]))):
            columns += 1
            for row in column.rows:
                number += 1
                line = line_of(row, column, sheet, columns, number)
                if line is not None:
                    found.lines.append(line)
                    found.counts["unknown"] += sum(unicodedata.category(sign) == "Co" for sign in line.text)
    return columns


def _ways(runs: Sequence[Run]) -> list[int]:
    """The directions in which text runs on a page, that of most of it first."""
    lengths: Counter[int] = Counter()
    for run in runs:
        lengths[run.way] += len(run.texts)
    return [way for way, _count in lengths.most_common()]


def _placed(entries: Iterable[Entry], sheets: Sequence[Sheet]) -> list[Entry]:
    """Entries of the contents, with their heights as the pages are shown."""
    found = []
    for entry in entries:
        turn = sheets[entry.page].turn
        top = turn.point(0, entry.top)[1] if turn is not None and entry.top is not None else None
        found.append(replace(entry, top=top))
    return found


def _linked(found: _Pages) -> Mapping[int, str]:
    """The addresses that characters lead to, by the places of those."""
    import numpy as np

    linked: dict[int, str] = {}
    for number, links in found.links.items():
        boxes = np.frombuffer(found.sheets[number].boxes, np.float32).reshape(-1, 4)
        x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
        for (left, top, right, bottom), href in links:
            inside = np.flatnonzero((left <= x) & (x <= right) & (top <= y) & (y <= bottom))
            linked.update(((number << PAGE_BITS) + int(index), href) for index in inside)
    return linked


def _scanned(found: _Pages, name: str) -> str:
    if found.counts["damaged"] == len(found.sheets):
        return f"The pages of “{name}” are damaged: none of them could be read. Get it once more and open that."
    if not found.counts["pictures"]:
        return f"“{name}” holds no text: its pages are empty, or hold only drawings and the fields of a form."
    return (
        f"“{name}” holds no text, only pictures of pages: it was probably scanned. "
        "Have its text recognised first (OCR), and open the file that comes out."
    )


def _notes(found: _Pages) -> list[str]:
    counts, pages = found.counts, len(found.sheets)
    told = {
        "empty": "Pages without text, perhaps scanned: {count} of {pages}.",
        "damaged": "Pages that are damaged and could not be read: {count} of {pages}.",
        "edges": "Left out of the text: running heads, running feet and page numbers ({count} lines).",
        "pictures": "Left out of the text, and shown on the printed pages: pictures ({count}).",
        "marks": "Not taken over: notes that another program put beside the text ({count}).",
        "unknown": "Characters whose meaning the file does not tell: {count}.",
    }
    return [sentence.format(count=counts[what], pages=pages) for what, sentence in told.items() if counts[what]]
