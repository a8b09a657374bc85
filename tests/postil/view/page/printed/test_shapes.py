from itertools import pairwise

from PySide6.QtCore import QRectF
from tests.postil.view.page.pages import LIGHT, annotation, mention
from tests.postil.view.page.printed import paper

from postil.documents.printed import Glyphs, pack
from postil.view.page.decoration import Manner
from postil.view.page.overlay import Overlay
from postil.view.page.printed.leaf import Leaf
from postil.view.page.printed.shapes import Shapes, shapes
from postil_db.records import Annotation, Color, Mention, PrintedPage


def made(
    sheets: paper.Sheets, marks: list[Annotation], names: list[Mention], page: int = 0, block: int = 0
) -> Shapes | None:
    overlay = Overlay(LIGHT, 18)
    overlay.clear(sheets.content)
    overlay.set_annotations(marks)
    overlay.set_mentions(names)
    leaf = Leaf(sheets.pages[page], sheets.glyphs(page))
    return shapes(overlay, leaf, block, Manner(LIGHT, 18), 1.0)


def test_a_highlight_lies_under_just_its_letters() -> None:
    sheets = paper.printed(["Some words of one line."])
    found = made(sheets, [annotation(1, 5, 10)], [])
    assert found is not None
    ground = found.decoration.grounds[0][1].boundingRect()
    assert ground.left() == paper.LEFT + 5 * paper.ADVANCE
    assert abs(ground.right() - (paper.LEFT + 10 * paper.ADVANCE)) < 0.1
    assert QRectF(0, paper.TOP - 2, 999, paper.TALL + 4).contains(ground)


def test_lines_under_one_highlight_never_cover_each_other() -> None:
    text = "word " * 60
    found = made(paper.printed([text.strip()]), [annotation(1, 0, 290)], [])
    assert found is not None
    rects = found.decoration.grounds[0][1].toSubpathPolygons()
    boxes = sorted((polygon.boundingRect() for polygon in rects), key=lambda box: box.top())
    assert len(boxes) == 5
    assert all(upper.bottom() <= lower.top() + 1 for upper, lower in pairwise(boxes))


def test_the_line_beside_a_highlight_stands_at_the_columns_edge_wherever_the_highlight_begins() -> None:
    found = made(paper.printed(["Some words of one line."]), [annotation(1, 12, 20, note="So.")], [])
    assert found is not None
    assert [(round(column.left), [bar.note for bar in column.bars]) for column in found.beside] == [(72, [True])]


def test_a_highlight_over_two_columns_has_a_line_beside_each() -> None:
    left = [(50.0 + 6 * at, 600.0, 56.0 + 6 * at, 611.0) for at in range(10)]
    right = [(300.0 + 6 * at, 100.0, 306.0 + 6 * at, 111.0) for at in range(10)]
    sheets = paper.printed(["A" * 10 + " " + "B" * 9])
    glyphs = Glyphs.unpack(pack(range(20), [*left, *right], [0] * 10 + [1] * 10))
    overlay = Overlay(LIGHT, 18)
    overlay.clear(sheets.content)
    overlay.set_annotations([annotation(1, 2, 18, note="So.")])
    found = shapes(overlay, Leaf(PrintedPage(600, 800, 0, 20, b""), glyphs), 0, Manner(LIGHT, 18), 1.0)
    assert found is not None
    assert [(column.left, column.bars[0].note) for column in found.beside] == [(50.0, True), (300.0, False)]
    assert all(bar.bottom > bar.top for column in found.beside for bar in column.bars)


def test_a_high_sign_of_a_formula_does_not_push_the_line_under_a_name_down() -> None:
    boxes = [(10.0 * at, 100.0, 10.0 * at + 9, 111.0) for at in range(10)]
    boxes[6] = (60.0, 90.0, 69.0, 140.0)
    leaf = Leaf(PrintedPage(600, 800, 0, 10, b""), Glyphs.unpack(pack(range(10), boxes, [0] * 10)))
    assert leaf.rects(0, 10) == [(0.0, 100.0, 99.0, 111.0)]


def test_of_a_mark_that_goes_on_overleaf_each_page_shows_its_part() -> None:
    sheets = paper.printed(["First page here."], ["Second page here."])
    marks = [annotation(1, 6, 24)]
    first, second = made(sheets, marks, []), made(sheets, marks, [], page=1, block=1)
    assert first is not None
    assert second is not None
    assert made(sheets, marks, [], page=1, block=0) is None


def test_names_are_underlined_on_paper_too() -> None:
    found = made(paper.printed(["Some words of one line."]), [], [mention(5, 10)])
    assert found is not None
    (_, _, _, lines), *_ = found.decoration.lines
    assert [(line.x1(), line.x2()) for line in lines] == [(104.0, 136.0)]


def test_the_line_beside_a_highlight_has_the_pattern_of_its_colour() -> None:
    found = made(paper.printed(["Some words of one line."]), [annotation(1, 5, 10, Color.PINK)], [])
    assert found is not None
    assert [bar.kind for column in found.beside for bar in column.bars] == [Color.PINK]


def test_the_column_of_a_nested_item_is_the_pages_and_never_that_beside_it() -> None:
    rows = ((50, 300, 0), (120, 280, 1), (185, 300, 2), (250, 290, 3), (330, 560, 0), (345, 560, 1))
    boxes = [(left, 100.0 + 20 * y, right, 111.0 + 20 * y) for left, right, y in rows]
    leaf = Leaf(
        PrintedPage(600, 800, 0, 6, b""), Glyphs.unpack(pack(range(6), boxes, range(6)))
    )  # one sign for a line will do
    assert [round(leaf.column_left(line)) for line in range(6)] == [50, 50, 50, 50, 330, 330]
