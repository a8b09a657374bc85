import ctypes
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from tests import pdf_files
from tests.pdf_files import Page, pdf

from postil.documents.crossing import Crossing
from postil.documents.faults import Broken, DocumentError, Empty, NotText, TooMuch
from postil.documents.limits import Child, ChildDied
from postil.documents.parse import parse_bytes
from postil.documents.printed import Glyphs
from postil.documents.reader import read_file
from postil_db.records import BlockKind, StyleKind


@pytest.fixture(scope="module")
def sample() -> Crossing:
    return parse_bytes(pdf_files.SAMPLE.read_bytes(), "two-columns.pdf")


def read(*pages: Page, title: str = "A title", **more: object) -> Crossing:
    return parse_bytes(pdf(pages, **more), "x.pdf", title)  # type: ignore[arg-type]


def body(found: Crossing) -> list[str]:
    return [block.text for block in found.document.content.blocks[1:]]


def misplaced(data: bytes, found: Crossing, pages: int = 1000, glyphs: int = 100_000) -> Iterator[tuple[int, str, str]]:
    """Yield what stands in the text where PDFium says something else: page, text, and what PDFium says."""
    text, document = found.document.content.text, pypdfium2.PdfDocument(data)
    seen: set[int] = set()
    for number, printed in enumerate(found.document.pages[:pages]):
        page = document[number]
        said = _said(page)
        unpacked = Glyphs.unpack(printed.glyphs)
        for offset, box in list(zip(unpacked.offsets.tolist(), unpacked.boxes.tolist(), strict=True))[:glyphs]:
            assert offset not in seen, "a character has two places"
            seen.add(offset)
            there = _inside(page, printed.width, printed.height, box, said)
            if text[offset] not in there and text[offset] not in unicodedata.normalize("NFKC", there):
                yield number, text[offset], there
    document.close()


type _Edges = tuple[float, float, float, float]


def _said(page: pypdfium2.PdfPage) -> list[tuple[_Edges, str]]:
    text, rect = page.get_textpage(), pdfium.FS_RECTF()
    raw = text.raw
    said = []
    for index in range(pdfium.FPDFText_CountChars(raw)):
        pdfium.FPDFText_GetLooseCharBox(raw, index, rect)
        code = pdfium.FPDFText_GetUnicode(raw, index)
        sign = "-" if code in (0x02, 0xAD, 0xFFFE) else chr(code)
        said.append(((rect.left, rect.bottom, rect.right, rect.top), sign))
    return said


def _inside(
    page: pypdfium2.PdfPage, width: float, height: float, box: list[float], said: list[tuple[_Edges, str]]
) -> str:
    """The characters whose boxes hold a box, which is given as the page is shown."""
    x, y = ctypes.c_double(), ctypes.c_double()
    corners = []
    for at_x, at_y in (box[:2], box[2:]):
        size = round(width * 1000), round(height * 1000)
        pdfium.FPDF_DeviceToPage(page.raw, 0, 0, *size, 0, round(at_x * 1000), round(at_y * 1000), x, y)
        corners.append((x.value, y.value))
    (x0, x1), (y0, y1) = (sorted(edge) for edge in zip(*corners, strict=True))
    found = "".join(
        sign
        for edges, sign in said
        if edges[0] < x0 + 0.1 and edges[1] < y0 + 0.1 and edges[2] > x1 - 0.1 and edges[3] > y1 - 0.1
    )
    return found.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def test_columns_are_read_one_after_the_other_though_they_were_drawn_row_by_row(sample: Crossing) -> None:
    text = sample.document.content.text
    assert "few have ever set foot on it. Its first keeper" in text
    assert "died" not in text
    assert "death in Bergen by his own daughter, who had kept the light after him." in text


def test_hyphens_of_line_ends_are_undone_and_those_of_words_kept(sample: Crossing) -> None:
    text = sample.document.content.text
    assert "lit the lighthouse lamp" in text
    assert "a well-known book" in text


def test_hyphens_are_judged_by_how_the_document_writes_the_word() -> None:
    page = Page()
    page.lines(
        50,
        80,
        [
            "The part-time keeper and the lighthouse both were old when the new part-",
            "time keeper came and put the old lamp of the light-",
            "house out, behind-the-scenes as it were, and behind-",
            "the-scenes it stayed.",
        ],
    )
    assert "new part-time keeper" in body(read(page))[0]
    assert "the lighthouse out" in body(read(page))[0]
    assert "and behind-the-scenes it" in body(read(page))[0]


def test_ligatures_are_undone_with_a_place_for_each_letter(sample: Crossing) -> None:
    text = sample.document.content.text
    at = text.index("first keeper")
    glyphs = Glyphs.unpack(sample.document.pages[0].glyphs)
    boxes = {int(offset): box for offset, box in zip(glyphs.offsets, glyphs.boxes.tolist(), strict=True)}
    assert boxes[at][2] == pytest.approx(boxes[at + 1][0], abs=0.05)
    assert boxes[at][2] - boxes[at][0] == pytest.approx(boxes[at + 1][2] - boxes[at + 1][0], abs=0.05)


def test_running_heads_and_page_numbers_are_left_out_and_counted(sample: Crossing) -> None:
    assert "Quarterly" not in sample.document.content.text
    assert any("running heads" in note and "(6 lines)" in note for note in sample.notes)


def test_a_number_that_counts_nothing_stays() -> None:
    pages = []
    for number in (7, 30, 12):
        page = Page()
        page.lines(50, 80, ["Some text that stands on this page, and", "goes on for another line."])
        page.texts.append((196, 540, 10, "roman", str(number)))
        pages.append(page)
    assert {"7", "30", "12"} <= set(body(read(*pages)))


def test_a_paragraph_goes_on_over_the_page_and_a_turned_page_is_read_as_well(sample: Crossing) -> None:
    assert any("passed at all, and he wrote only the hour." in text for text in body(sample))


def test_headings_lists_title_and_what_the_file_says_about_itself(sample: Crossing) -> None:
    document = sample.document
    kinds = [(block.kind, block.marker, block.text) for block in document.content.blocks]
    assert kinds[0] == (BlockKind.HEADING, "", "Light on the Outer Skerry")
    assert (BlockKind.HEADING, "", "2. What the Diary Says") in kinds
    assert (BlockKind.LIST_ITEM, "•", "the height of the flame;") in kinds
    assert (document.title, document.authors, document.published) == (
        "Light on the Outer Skerry",
        ("Ingrid Solheim",),
        "2024-03-05",
    )
    assert [(section.title, section.level) for section in document.content.sections] == [
        ("Light on the Outer Skerry", 1),
        ("2. What the Diary Says", 2),
    ]
    assert (document.media_type, document.language) == ("application/pdf", "en")


def test_every_character_is_where_the_page_has_it(sample: Crossing) -> None:
    assert list(misplaced(pdf_files.SAMPLE.read_bytes(), sample)) == []
    printed = sum(len(Glyphs.unpack(page.glyphs)) for page in sample.document.pages)
    # All but the blanks that join lines.
    assert printed > 0.95 * (len(sample.document.content.text) - len(sample.document.content.blocks))


def test_pages_are_as_they_are_shown(sample: Crossing) -> None:
    assert [(page.width, page.height) for page in sample.document.pages] == [(400, 560), (400, 560), (560, 400)]
    text = sample.document.content.text
    glyphs = Glyphs.unpack(sample.document.pages[2].glyphs)
    start = text.index("All three stand")
    (left, top, right, bottom), *more = glyphs.rects(start, start + len("All three stand"))
    assert not more
    # The page is turned, so that its lines run down the screen.
    assert bottom - top > 3 * (right - left)
    assert glyphs.glyph_at((left + right) / 2, top + 1) == start


def test_crop_boxes_and_turned_pages_keep_every_place() -> None:
    pages = [Page(rotate=turn, crop=(30, 100, 380, 540)) for turn in (0, 90, 180, 270)]
    for page in pages:
        page.lines(50, 80, ["A line of text that is only here", "and another one below it."])
    data = pdf(pages)
    found = parse_bytes(data, "x.pdf")
    assert list(misplaced(data, found)) == []
    assert [(page.width, page.height) for page in found.document.pages] == [(350, 440), (440, 350)] * 2


@pytest.mark.parametrize("title", ["Another title", "light on the outer SKERRY", ""])
def test_places_hold_whatever_becomes_of_the_title(title: str) -> None:
    data = pdf_files.SAMPLE.read_bytes()
    assert list(misplaced(data, parse_bytes(data, "x.pdf", title))) == [] or title.endswith("SKERRY")


def test_places_hold_where_a_long_paragraph_is_split(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("postil.documents.canonical.LONGEST_BLOCK", 120)
    data = pdf_files.SAMPLE.read_bytes()
    found = parse_bytes(data, "x.pdf")
    assert len(found.document.content.blocks) > 12
    assert list(misplaced(data, found)) == []


def test_letters_beyond_the_first_plane_and_those_made_of_two_are_one_character_each() -> None:
    page = Page()
    page.texts.append((50, 80, 12, "odd", "abcd"))
    data = pdf([page], odd=["🦉", "e", "\u0301", "\u2126"])
    found = parse_bytes(data, "x.pdf", "A title")
    assert body(found) == ["🦉éΩ"]
    assert len(Glyphs.unpack(found.document.pages[0].glyphs)) == 3


def test_a_line_drawn_from_the_left_is_read_from_the_right_where_its_letters_are() -> None:
    page = Page()
    page.texts.append((50, 80, 12, "odd", "abcd"))
    page.texts.append((50, 120, 12, "odd", "efg h abcd"))
    data = pdf([page], odd=["ם", "ו", "ל", "ש", "o", "n", "e", "2"])
    assert body(parse_bytes(data, "x.pdf", "A title"))[0].startswith("שלום")
    assert list(misplaced(data, parse_bytes(data, "x.pdf", "A title"))) == []


def test_a_footnote_is_tied_to_its_number_in_the_text() -> None:
    page = Page()
    y = page.lines(50, 80, ["The lamp was lit in the year that the island got"] * 6)
    page.texts.append((50, y, 10, "roman", "its name"))
    page.texts.append((86.5, y - 4, 6, "roman", "1"))
    page.texts.append((50, 500, 8, "roman", "1 See the diary of the second keeper."))
    found = read(page)
    note = found.document.content.blocks[-1]
    assert (note.kind, note.marker, note.text) == (BlockKind.FOOTNOTE, "1", "See the diary of the second keeper.")
    links = [
        style.href for block in found.document.content.blocks for style in block.styles if style.kind is StyleKind.LINK
    ]
    assert links == [f"#{note.anchor}"]


def test_small_print_that_nothing_refers_to_is_no_footnote() -> None:
    page = Page()
    page.lines(50, 80, ["The lamp was lit in the year that the island got"] * 6)
    page.texts.append((50, 500, 8, "roman", "1 See the diary of the second keeper."))
    assert read(page).document.content.blocks[-1].kind is not BlockKind.FOOTNOTE


def test_web_links_are_kept_and_others_are_not() -> None:
    def link(top: int, address: str) -> str:
        return f"<< /Type /Annot /Subtype /Link /Rect [50 {top - 12} 350 {top}] /A << /S /URI /URI ({address}) >> >>"

    page = Page()
    page.lines(50, 80, ["the web"])
    page.lines(50, 120, ["a file"])
    page.extra = f"/Annots [{link(490, 'https://example.org/')} {link(450, 'file:///etc/passwd')}]"
    found = [style for block in read(page).document.content.blocks for style in block.styles]
    assert [(style.kind, style.href) for style in found] == [(StyleKind.LINK, "https://example.org/")]


def test_a_file_without_text_is_told_and_pages_without_any_are_counted() -> None:
    with pytest.raises(Empty, match="holds no text"):
        read(Page(), Page())
    page = Page()
    page.lines(50, 80, ["Some text on one of the pages."])
    found = read(Page(), page, Page())
    assert "Pages without text, perhaps scanned: 2 of 3." in found.notes
    assert [len(one.glyphs) > 50 for one in found.document.pages] == [False, True, False]


def test_a_scanned_file_is_told_what_to_do() -> None:
    page = Page(drawing="q 300 0 0 300 50 50 cm BI /W 1 /H 1 /CS /G /BPC 8 ID x EI Q")
    data = pdf([page])
    with pytest.raises(Empty, match=r"scanned.*OCR"):
        parse_bytes(data, "scan.pdf")


def test_a_locked_file_is_told() -> None:
    lock = (
        b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <"
        + b"61" * 32
        + b"> /U <"
        + b"62" * 32
        + b"> >> /ID [<00> <00>]"
    )
    with pytest.raises(NotText, match="password"):
        parse_bytes(pdf([Page()]).replace(b"/Root 1 0 R", b"/Root 1 0 R " + lock), "locked.pdf")


@pytest.mark.parametrize("keep", [9, 300, 2000, 4000])
def test_a_file_cut_off_is_read_as_far_as_it_goes_or_told(keep: int) -> None:
    try:
        told = parse_bytes(pdf_files.SAMPLE.read_bytes()[:keep], "cut.pdf").document.content.text
    except (Broken, Empty) as fault:
        told = str(fault)
    assert told.endswith(".")


def test_a_page_that_would_take_for_ever_is_ended(tmp_path: Path) -> None:
    # Each form draws the next one ten times.
    forms = {
        100
        + depth: f"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F {101 + depth} 0 R >> "
        f"/Font << /roman 10 0 R >> >> /Length {len(drawn)} >>\nstream\n{drawn}\nendstream"
        for depth in range(12)
        for drawn in ["/F Do " * 10 if depth < 11 else "BT /roman 9 Tf (x) Tj ET"]
    }
    page = Page(resources="/XObject << /F 100 0 R >>", drawing="/F Do")
    data = pdf([page], more=forms)
    with Child("postil.documents.worker", memory_mb=1024, cpu_seconds=1) as child:
        file = tmp_path / "bomb.pdf"
        file.write_bytes(data)
        with pytest.raises(ChildDied):  # of time; or PDFium ends itself where it gets no more memory
            list(child.ask({"path": str(file), "title": "", "whole_page": False}, silence_s=30))


def test_pages_cross_from_the_child(sample: Crossing) -> None:
    found = read_file(pdf_files.SAMPLE)
    assert found.document.pages == sample.document.pages
    assert found.notes == sample.notes


def test_every_character_of_real_files_is_where_the_page_has_it(corpora: Path) -> None:
    files = [file for file in sorted((corpora / "pdf").rglob("*.pdf")) if file.stat().st_size < 60_000]
    read = 0
    for file in files:
        data = file.read_bytes()
        if b"%PDF-" not in data[:1024]:
            continue
        try:
            found = parse_bytes(data, file.name)
        except DocumentError:
            continue
        read += 1
        assert list(misplaced(data, found, pages=1, glyphs=200)) == [], file.name
    assert read > 40


def test_more_pages_than_anybody_reads_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("postil.documents.pdf._MOST_PAGES", 1)
    pages = [Page(), Page()]
    for page in pages:
        page.lines(40, 60, ["Some words."])
    two = pdf(pages)
    with pytest.raises(TooMuch, match=r"“two\.pdf” has 2 pages; the most that is read is 1\. Split it\."):
        parse_bytes(two, "two.pdf")
