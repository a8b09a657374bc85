"""Documents and pages for the tests of the reading view."""

import random
from collections.abc import Sequence
from datetime import UTC, datetime

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from postil.view.look.theme import themes
from postil.view.page.page import Page
from postil_db.records import (
    AnchorState,
    Annotation,
    Block,
    BlockKind,
    Color,
    Content,
    Document,
    DocumentInfo,
    EntityKind,
    Mention,
    Origin,
    Selector,
)

NOW = datetime(2026, 1, 27, tzinfo=UTC)
LIGHT, SEPIA, DARK, CONTRAST = themes().values()
WORDS = ["river", "quiet", "letter", "market", "stone", "evening", "window", "paper", "garden", "answer"]


def document(content: Content, **more: str) -> Document:
    info = DocumentInfo(
        1,
        more.get("title", "A title"),
        ("A. Writer",) if more.get("byline") else (),
        "en",
        "2026-01-27" if more.get("byline") else "",
        "",
        "text/plain",
        "0" * 64,
        "0" * 64,
        1,
        0,
        0,
        NOW,
        None,
    )
    return Document(info, content)


def paragraphs(*texts: str) -> Content:
    return Content(tuple(Block(BlockKind.PARAGRAPH, text) for text in texts))


def book(words: int, seed: int = 1) -> Content:
    """A generated book: chapters of paragraphs of 20 to 120 words."""
    rnd = random.Random(seed)
    blocks: list[Block] = []
    left = words
    while left > 0:
        if len(blocks) % 60 == 0:
            blocks.append(Block(BlockKind.HEADING, f"Chapter {len(blocks) // 60 + 1}", 1))
        size = rnd.randint(20, 120)
        blocks.append(Block(BlockKind.PARAGRAPH, " ".join(rnd.choices(WORDS, k=size)).capitalize() + "."))
        left -= size
    return Content(tuple(blocks))


def annotation(id_: int, start: int, end: int, color: Color = Color.YELLOW, note: str = "") -> Annotation:
    place = Selector(start, end, "", "", "", "", "")
    return Annotation(id_, 1, place, color, note, (), AnchorState.EXACT, NOW, NOW)


def mention(start: int, end: int, kind: EntityKind = EntityKind.PERSON, entity: int = 1) -> Mention:
    return Mention(entity, 1, start, end, "Somebody", kind, Origin.MODEL)


def shown(qtbot: QtBot, content: Content, position: int = 0, size: tuple[int, int] = (900, 700)) -> Page:
    """A page in a real window, laid out and painted."""
    page = Page(LIGHT)
    qtbot.addWidget(page)
    page.resize(*size)
    with qtbot.waitExposed(page):
        page.show()
    with qtbot.waitSignal(page.painted):
        page.show_document(document(content), position)
    settle(qtbot, page)
    return page


def settle(qtbot: QtBot, page: Page) -> None:
    """Wait until the window has all that it wants."""
    qtbot.waitUntil(lambda: not page.text._idle.isActive())


def picture(page: Page) -> QImage:
    """The viewport as it is painted, in one picture of logical size."""
    return page.text.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def differing(one: QImage, other: QImage) -> QRect:
    """The bounds of all pixels that differ."""
    rect = QRect()
    for y in range(one.height()):
        for x in range(one.width()):
            if one.pixel(x, y) != other.pixel(x, y):
                rect |= QRect(x, y, 1, 1)
    return rect


def colors(image: QImage, area: QRect) -> set[str]:
    area = area & image.rect()
    points = (QPoint(x, y) for y in range(area.top(), area.bottom()) for x in range(area.left(), area.right()))
    return {image.pixelColor(point).name() for point in points}


def edge(page: Page, offset: int) -> QPoint:
    """Where the caret stands before `offset`, in the viewport; the window must hold it."""
    cursor = page.text.textCursor()
    cursor.setPosition(page.text.window_.position(offset))
    return page.text.cursorRect(cursor).center()


def spread(content: Content, count: int, seed: int = 7) -> tuple[Sequence[Annotation], Sequence[Mention]]:
    """Marks all over a text: nine in ten are mentions of some letters, one in ten a highlight of some words."""
    rnd = random.Random(seed)
    length = len(content.text)
    starts = sorted(rnd.randrange(length - 400) for _ in range(count))
    kinds, tints = list(EntityKind), list(Color)
    mentions = [mention(s, s + rnd.randint(4, 20), rnd.choice(kinds), n) for n, s in enumerate(starts) if n % 10]
    highlights = [
        annotation(n, s, s + rnd.randint(20, 380), rnd.choice(tints)) for n, s in enumerate(starts) if not n % 10
    ]
    return highlights, mentions
