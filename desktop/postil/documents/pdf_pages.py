"""The printed pages of a document, once it is known where its text went."""

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from postil.documents.canonical import Places
from postil.documents.pdf_joins import Text
from postil.documents.pdf_lines import PAGE_BITS, Sheet
from postil.documents.printed import pack
from postil_db.records import PrintedPage

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    type Ints = NDArray[np.int64]


def printed_pages(sheets: Sequence[Sheet], texts: Sequence[Text], went: Places) -> tuple[PrintedPage, ...]:
    """Make the pages. `texts`: of each block that was found, its text with the places of its characters."""
    import numpy as np

    parts = [part for block in range(len(texts)) for part in _offsets(block, texts[block], went)]
    none = [np.empty(0, np.int64)]
    offsets = np.concatenate([part[0] for part in parts] or none)
    places = np.concatenate([part[1] for part in parts] or none)
    order = np.argsort(places >> PAGE_BITS, kind="stable")
    offsets, places = offsets[order], places[order]
    bounds = np.searchsorted(places >> PAGE_BITS, np.arange(len(sheets) + 1))
    pages: list[PrintedPage] = []
    end = 0
    for sheet, first, last in zip(sheets, bounds[:-1], bounds[1:], strict=True):
        pages.append(_page(sheet, offsets[first:last], places[first:last] & ((1 << PAGE_BITS) - 1), end))
        end = pages[-1].end
    return tuple(pages)


def _offsets(block: int, text: Text, went: Places) -> list[tuple["Ints", "Ints"]]:
    """Where the characters of a block are in the canonical text, and their places, of those that have one."""
    import numpy as np

    places = np.frombuffer(text.places, np.int64)
    found_in = [went.content.blocks[index].text for _start, index in went.parts[block]]
    runs = went.runs(block)
    if len(runs) == 1 and found_in[0] != text.text:
        pairs = _matched(text.text, found_in[0], runs[0][1])
    else:  # what a cut took away at a part's end has no place any more
        pairs = [(start, offset, len(part)) for (start, offset), part in zip(runs, found_in, strict=True)]
    found = []
    for start, offset, length in pairs:
        there = places[start : start + length]
        known = np.flatnonzero(there >= 0)
        found.append((known + offset, there[known]))
    return found


def _matched(ours: str, canonical: str, offset: int) -> list[tuple[int, int, int]]:
    """The stretches that two titles share, which may differ in blanks, quotation marks or capitals."""
    matches = SequenceMatcher(None, ours, canonical, autojunk=False).get_matching_blocks()
    return [(match.a, offset + match.b, match.size) for match in matches if match.size]


def _page(sheet: Sheet, offsets: "Ints", places: "Ints", end_before: int) -> PrintedPage:
    import numpy as np

    boxes = np.frombuffer(sheet.boxes, np.float32).reshape(-1, 4)[places]
    lines = np.frombuffer(sheet.lines, np.int32)[places]
    start, end = (int(offsets.min()), int(offsets.max()) + 1) if len(offsets) else (end_before, end_before)
    return PrintedPage(sheet.width, sheet.height, start, end, pack(offsets, boxes, lines))
