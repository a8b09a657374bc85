import random
from dataclasses import replace
from html import unescape

import pytest
from markdown_it import MarkdownIt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot
from tests.postil.view.page.pages import document, paragraphs, settle, shown

from postil.view.page.citing import as_markdown, with_citation
from postil_db.records import Block, BlockKind, Content, Style, StyleKind

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform has no frames

CONTENT = Content(
    (
        Block(BlockKind.HEADING, "A title", 2),
        Block(
            BlockKind.PARAGRAPH,
            "Some bold and a link with *stars*.",
            styles=(Style(5, 10, StyleKind.BOLD), Style(16, 20, StyleKind.LINK, "https://example.org/a")),
        ),
        Block(BlockKind.LIST_ITEM, "first", 0, "1."),
        Block(BlockKind.LIST_ITEM, "second", 1, "•"),
        Block(BlockKind.QUOTE, "Said so"),
        Block(BlockKind.CODE, "a = [1]"),
        Block(BlockKind.CODE, "  b = *a"),
        Block(BlockKind.TABLE_ROW, "Name\tAge"),
        Block(BlockKind.TABLE_ROW, "A|B\t3"),
        Block(BlockKind.PARAGRAPH, "1. is no list"),
    )
)
MARKDOWN = """## A title

Some **bold** and a [link](https://example.org/a) with \\*stars\\*.

1. first
    - second

> Said so

```
a = [1]
  b = *a
```

| Name | Age |
| --- | --- |
| A\\|B | 3 |

1\\. is no list"""


def test_markdown_keeps_every_kind_of_block() -> None:
    assert as_markdown(CONTENT, 0, len(CONTENT.text)) == MARKDOWN


def test_a_piece_of_one_block_comes_without_its_sign() -> None:
    start = CONTENT.text.index("title")
    assert as_markdown(CONTENT, start, start + 5) == "title"
    start, end = CONTENT.text.index("ld and"), CONTENT.text.index("nk with")
    assert as_markdown(CONTENT, start, end) == "**ld** and a [li](https://example.org/a)"


@pytest.mark.parametrize("seed", range(30))
def test_markdown_reads_back_as_the_words_that_were_copied(seed: int) -> None:
    rnd = random.Random(seed)
    words = "".join(rnd.choices("ab \\*_[]<>`#-+1.~&", k=40)).strip() or "a"
    words = " ".join(words.split()).replace("~~", "~").replace("&", "and")
    rendered = MarkdownIt("commonmark").render(as_markdown(paragraphs(words), 0, len(words)))
    assert unescape(rendered) == f"<p>{words}</p>\n"


def test_a_citation_names_what_is_known() -> None:
    text = paragraphs("To be, or not to be.")
    info = replace(
        document(text).info, authors=("W. Shakespeare", "A. Friend"), title="Hamlet", source="https://example.org/h"
    )
    assert with_citation(text, 0, 5, info) == "“To be” — W. Shakespeare, A. Friend, Hamlet, https://example.org/h"
    assert with_citation(text, 0, 5, replace(info, authors=(), source="")) == "“To be” — Hamlet"
    assert with_citation(text, 0, 5, replace(info, published="2026-01-27")).count("2026") == 1
    assert with_citation(text, 0, 5, None) == "“To be”"


def test_the_menu_copies_in_every_way(qtbot: QtBot) -> None:
    page = shown(qtbot, CONTENT)
    page.show_document(document(CONTENT))
    settle(qtbot, page)
    start, end = CONTENT.text.index("bold"), CONTENT.text.index("irst")
    page.select(start, end)
    actions = {action.text().partition("\t")[0]: action for action in page.text.context_menu().actions()}
    actions["Copy with citation"].trigger()
    assert QGuiApplication.clipboard().text() == f"“{CONTENT.text[start:end]}” — A title"
    actions["Copy as Markdown"].trigger()
    assert QGuiApplication.clipboard().text() == as_markdown(CONTENT, start, end)
    actions["Copy"].trigger()
    assert QGuiApplication.clipboard().text() == CONTENT.text[start:end]
    page.clear_selection()
    actions["Copy with citation"].trigger()
    assert QGuiApplication.clipboard().text() == CONTENT.text[start:end], "nothing selected leaves the clipboard alone"
