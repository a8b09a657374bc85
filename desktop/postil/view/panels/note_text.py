"""A note's Markdown as a document to paint: no raw HTML, nothing loaded, headings no louder than the note."""

from math import ceil
from typing import override

from PySide6.QtCore import QUrl
from PySide6.QtGui import QColor, QFont, QImage, QTextCharFormat, QTextCursor, QTextDocument

from postil.view.panels.entity_links import with_links

type Unit = tuple[int, int, QTextCharFormat]

INDENT = 16
_BLANK = 1  # side in pixels of what stands for every image


class NoteDocument(QTextDocument):
    """Rendered Markdown. Whatever it refers to is answered by an empty picture: no path or address is opened."""

    @override
    def loadResource(self, _kind: int, _name: QUrl | str) -> QImage:
        """Answer for images and the like."""
        blank = QImage(_BLANK, _BLANK, QImage.Format.Format_ARGB32)
        blank.fill(0)
        return blank


def render(document: QTextDocument, text: str, font: QFont, link: QColor, code: QColor) -> None:
    """Fill `document` with a note's Markdown, set in `font`; `link` and `code`: colours of links, of code's ground."""
    document.setDocumentMargin(0)
    document.setDefaultFont(font)
    document.setIndentWidth(INDENT)
    features = QTextDocument.MarkdownFeature
    document.setMarkdown(with_links(text), features.MarkdownDialectGitHub | features.MarkdownNoHTML)
    for start, end, look in _changes(document, link, code):
        cursor = QTextCursor(document)
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(look)
    _tighten(document)
    document.setUndoRedoEnabled(False)


def _changes(document: QTextDocument, link: QColor, code: QColor) -> list[Unit]:
    """The runs whose look is not right yet, and what to merge into it."""
    found: list[Unit] = []
    block = document.begin()
    while block.isValid():
        heading = block.blockFormat().headingLevel() > 0
        walk = block.begin()
        while not walk.atEnd():
            piece = walk.fragment()
            look = QTextCharFormat()
            if heading:
                look.setFontWeight(QFont.Weight.DemiBold)
                look.setProperty(QTextCharFormat.Property.FontSizeAdjustment, 0)
            if piece.charFormat().isAnchor():
                look.setForeground(link)
                look.setFontUnderline(True)
            if piece.charFormat().fontFixedPitch():
                look.setBackground(code)
            found.append((piece.position(), piece.position() + piece.length(), look))
            walk += 1
        block = block.next()
    return found


def _tighten(document: QTextDocument) -> None:
    """Half a line between paragraphs, nothing above the first or below the last."""
    block = document.begin()
    while block.isValid():
        look = block.blockFormat()
        above = 2 if block.textList() is not None else 6
        look.setTopMargin(0 if block == document.begin() else min(max(look.topMargin(), 2), above))
        look.setBottomMargin(0)
        look.setLeftMargin(min(look.leftMargin(), INDENT))
        look.setRightMargin(0)
        QTextCursor(block).setBlockFormat(look)
        block = block.next()


def height_within(document: QTextDocument, limit: float) -> int:
    """The height of the document, or of those of its lines that lie within `limit` pixels."""
    whole = document.size().height()
    if whole <= limit:
        return ceil(whole)
    bottom, block = 0.0, document.begin()
    while block.isValid():
        top = document.documentLayout().blockBoundingRect(block).top()
        for number in range(block.layout().lineCount()):
            line = block.layout().lineAt(number)
            if top + line.y() + line.height() > limit:
                return max(1, ceil(bottom))
            bottom = top + line.y() + line.height()
        block = block.next()
    return max(1, ceil(bottom))
