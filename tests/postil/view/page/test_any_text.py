"""What is selected is what was meant, in any text: by offsets, by the keyboard's caret and by the mouse."""

import os
from collections.abc import Iterator
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from tests.postil.view.page.pages import document, edge, paragraphs, settle, shown

from postil.view.page import window
from postil.view.page.page import Page
from postil_db.records import Block, BlockKind, Content, Style, StyleKind

EXAMPLES = int(os.environ.get("POSTIL_EXAMPLES", "25"))
"""How many texts are tried; more for a long look."""

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform has no frames

PIECES = (
    *("a", "word ", "The river, and then. ", " ", "-", "1,250.00", "ﬁ", "é", "e\u0301", "a\u0308\u0331"),
    *("\U0001f600", "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\U0001f1ee\U0001f1f3", "\u2764\ufe0f"),
    *(
        "שלום ",
        "عربي ",
        "ك\u0650",
        "क्षि",
        "ไทย",
        "印度",
        "\U00020000\U00020001",
        "한국 ",
        "\u00a0",
        "\u200f",
        "x\u0336",
    ),
)
WORDS = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
ROWS = st.lists(st.lists(WORDS, min_size=1, max_size=4).map("\t".join), min_size=1, max_size=4)


@st.composite
def styled(draw: st.DrawFn, kind: BlockKind) -> Block:
    text = draw(WORDS)
    ends = sorted((draw(st.integers(0, len(text))), draw(st.integers(0, len(text)))))
    style = Style(ends[0], ends[1], draw(st.sampled_from((StyleKind.BOLD, StyleKind.SUPER, StyleKind.CODE))))
    return Block(kind, text, draw(st.integers(0, 3)), "1.", (style,) if ends[0] < ends[1] else ())


PARTS = st.one_of(
    st.sampled_from([kind for kind in BlockKind if kind is not BlockKind.TABLE_ROW]).flatmap(styled).map(lambda b: [b]),
    ROWS.map(lambda rows: [Block(BlockKind.TABLE_ROW, row, int(not at)) for at, row in enumerate(rows)]),
)
CONTENTS = st.lists(PARTS, min_size=1, max_size=6).map(lambda parts: Content(tuple(chain.from_iterable(parts))))


@pytest.fixture(scope="module")
def page(qapp: object) -> Iterator[Page]:
    made = Page()
    made.resize(700, 600)
    made.show()
    QTest.qWaitForWindowExposed(made)
    yield made
    made.close()
    made.deleteLater()


@settings(max_examples=EXAMPLES, deadline=None)
@given(content=CONTENTS, data=st.data())
def test_a_selection_comes_back_as_it_was_made(page: Page, content: Content, data: st.DataObject) -> None:
    text, length = page.text, len(content.text)
    page.show_document(document(content))
    for _ in range(4):
        anchor, caret = data.draw(st.integers(0, length)), data.draw(st.integers(0, length))
        page.select(anchor, caret)
        cursor = text.textCursor()
        assert (text.window_.offset(cursor.anchor()), text.window_.offset(cursor.position())) == (anchor, caret)
        text.chosen.set(0, 0)
        text.chosen.follow(text.window_, cursor)  # as after a key or the mouse
        assert (text.chosen.anchor, text.chosen.caret) == (anchor, caret)
        start, end = page.selection()
        assert page.selected_text() == content.text[start:end]
        if start < end:
            text.copy_selection()
            assert QGuiApplication.clipboard().text() == content.text[start:end]


@settings(max_examples=EXAMPLES, deadline=None)
@given(rows=ROWS)
def test_a_point_in_a_table_is_the_place_in_its_cell(page: Page, rows: list[str]) -> None:
    """Only where writing runs one way: where directions meet, one place on the page stands for two in the text."""
    ascii_ = [row.translate({ord(sign): "x" for sign in row if not sign.isascii()}) for row in rows]
    plain = ["\t".join(" ".join(cell.split()) for cell in row.split("\t")) for row in ascii_]  # as canonical texts are
    content = Content(tuple(Block(BlockKind.TABLE_ROW, row) for row in plain))
    text = page.text
    page.show_document(document(content))
    for at in range(len(content.text) + 1):
        block, within = content.block_at(at), at - content.starts[content.block_at(at)]
        line = text.window_.block(block).layout().lineForTextPosition(within)
        wrapped = within and plain[block][within - 1] == " " and line.textStart() == within
        empty = not plain[block] or (within and plain[block][within - 1 :] == "\t")
        if not wrapped and not empty:  # an end of a line and the beginning of the next are one offset
            got = text.caret_at(edge(page, at))
            assert got == at or abs(edge(page, got).x() - edge(page, at).x()) < 3, (at, plain)  # narrow blanks


TABLE = Content(
    (
        Block(BlockKind.HEADING, "Tolls", 1),
        Block(BlockKind.TABLE_ROW, "Year\tBridge\tRemarks", 1),
        Block(
            BlockKind.TABLE_ROW,
            "1687\tBassano \U0001f600 upon Brenta\tRaised after the flood, against all protest " * 2,
        ),
        Block(BlockKind.TABLE_ROW, "1688\tCittadella\tNone"),
        Block(BlockKind.PARAGRAPH, "After the table."),
    )
)


@pytest.mark.parametrize(
    ("first", "last"),
    [("ssano", "flood"), ("flood", "688"), ("upon", "against"), ("olls", "tadella"), ("Cit", "After")],
)
def test_a_drag_through_a_table_selects_exactly_what_lies_between(qtbot: QtBot, first: str, last: str) -> None:
    page = shown(qtbot, TABLE)
    start, end = TABLE.text.index(first), TABLE.text.index(last, TABLE.text.index(first)) + len(last)
    viewport, none = page.text.viewport(), Qt.KeyboardModifier.NoModifier
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, none, edge(page, start))
    QTest.mouseMove(viewport, (edge(page, start) + edge(page, end)) / 2)
    QTest.mouseMove(viewport, edge(page, end))
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, none, edge(page, end))
    assert page.selection() == (start, end)


def test_a_double_click_in_a_cell_selects_its_word(qtbot: QtBot) -> None:
    page = shown(qtbot, TABLE)
    for word in ("Bassano", "flood", "1688", "None"):
        at = edge(page, TABLE.text.index(word) + 2)
        QTest.mouseDClick(page.text.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
        QTest.mouseRelease(page.text.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
        assert page.selected_text() == word


def test_a_long_table_is_cut_between_its_rows_and_stays_in_place(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(window, "MOST", 20_000)
    rows = [
        Block(BlockKind.TABLE_ROW, f"{n}\tA river with a name of its own\tToll {n * 7} and {n}") for n in range(3_000)
    ]
    content = Content((*paragraphs("Before.").blocks, *rows))
    page = shown(qtbot, content, position=content.starts[1_500])
    bar, text = page.text.verticalScrollBar(), page.text
    assert page.position() == content.starts[1_500]
    assert not text.window_.whole
    for _ in range(80):
        bar.setValue(bar.value() + 340)
    settle(qtbot, page)
    assert text.window_.first > 1_600
    assert text.content.blocks[text.window_.first].kind is BlockKind.TABLE_ROW
    for index in range(text.content.block_at(page.position()), text.content.block_at(page.position()) + 5):
        layout = text.window_.block(index).layout()
        assert [layout.lineAt(n).x() for n in range(3)] == sorted({layout.lineAt(n).x() for n in range(3)})
        assert layout.lineAt(0).y() < 0
    for _ in range(80):
        bar.setValue(bar.value() - 340)
    assert page.position() == content.starts[1_500]
