"""The sliding window: the part of a book that stands in a QTextDocument, block for block, and how offsets map to it.

Offsets are code points of the canonical text; positions are Qt's, in the document. They are mapped block by block, so
that nothing which Qt adds or takes away in one block can shift another.
"""

from collections.abc import Callable

from PySide6.QtGui import QTextBlock, QTextCursor, QTextDocument, QTextLayout, QTextOption

from postil.anchors.offsets import Utf16
from postil.view.page import tables
from postil.view.page.formats import NOTHING, Formats, Room, Set, runs
from postil.view.page.headings import smaller
from postil.view.page.tables import Columns
from postil_db.records import BlockKind, Content

BEFORE, AFTER = 1_500, 6_000
"""Characters laid out around a place before the first paint."""
STEP = 8_000
"""Characters added when the window slides."""
MOST = 120_000
"""Characters kept; a shorter document ends up in the window as a whole."""

_SHOWN = str.maketrans({"\n": "\u2028", "\r": " ", "\u2029": "\u2028", "\ufdd0": "\ufffd", "\ufdd1": "\ufffd"})
"""Characters that Qt would make a new block of, and what stands for each on the page; offsets stay as they are."""
_IN_ROWS = _SHOWN | {ord("\t"): tables.SEPARATOR}

_MEASURED = (BlockKind.TABLE_ROW, BlockKind.IMAGE, BlockKind.HEADING)
"""Kinds of blocks that hold more than lines of text of their usual size."""

type PictureSize = Callable[[str], tuple[int, int] | None]


def _no_size(_digest: str) -> tuple[int, int] | None:
    return None


class TextWindow:
    """Fills `document` with the blocks `first` up to `end` (not with it) of one content."""

    def __init__(
        self, document: QTextDocument, content: Content, formats: Formats, picture_size: PictureSize = _no_size
    ) -> None:
        self.document, self.content, self.formats = document, content, formats
        self._picture_size = picture_size
        self.first = self.end = 0
        self._maps: dict[int, Utf16] = {}
        self._columns: dict[int, Columns] = {}
        self._rooms: dict[int, Room] = {}

    @property
    def whole(self) -> bool:
        """Whether the whole content stands in the window."""
        return self.first == 0 and self.end == len(self.content.blocks)

    @property
    def range(self) -> tuple[int, int]:
        """The offsets it holds, end included as a place for the caret."""
        starts, blocks = self.content.starts, self.content.blocks
        return starts[self.first], starts[self.end - 1] + len(blocks[self.end - 1].text)

    @property
    def full(self) -> bool:
        """Whether it holds more than it should."""
        low, high = self.range
        return high - low > MOST

    def rebuild(self, offset: int) -> None:
        """Fill the empty document with a small window around `offset`."""
        at = self.content.block_at(offset)
        self.first = self._reach(at, BEFORE, -1)
        self.end = self._reach(at, AFTER + offset - self.content.starts[at], 1)
        self.forget()
        cursor = QTextCursor(self.document)
        cursor.beginEditBlock()
        self._insert(cursor, self.first, self.end, first=True)
        cursor.endEditBlock()
        self._lay_rows(self.first, self.end)

    def forget(self) -> None:
        """Forget what was measured: the formats or the room are others."""
        self._maps.clear()
        self._columns.clear()
        self._rooms.clear()

    def grow(self, direction: int) -> int:
        """Add blocks at the end (1) or the start (-1); gives how many."""
        cursor = QTextCursor(self.document)
        if direction > 0:
            until = self._reach(self.end, STEP, 1)
            cursor.movePosition(QTextCursor.MoveOperation.End)
            cursor.beginEditBlock()
            self._insert(cursor, self.end, until, first=False)
            cursor.endEditBlock()
            added, self.end = until - self.end, until
            self._lay_rows(until - added - 1, until)
            return added
        since = self._reach(self.first, STEP, -1)
        old = self.document.begin()
        cursor.beginEditBlock()
        cursor.insertBlock(old.blockFormat(), old.charFormat())
        cursor.movePosition(QTextCursor.MoveOperation.Start)
        self._insert(cursor, since, self.first, first=True)
        cursor.endEditBlock()
        added, self.first = self.first - since, since
        self._lay_rows(since, since + added + 1)
        return added

    def trim(self, direction: int) -> int:
        """Take blocks away at the end (1) or the start (-1); gives how many."""
        cursor = QTextCursor(self.document)
        if direction > 0:
            until = max(self.first + 1, self._reach(self.end, STEP, -1))
            taken = self.end - until
            cursor.setPosition(self.block(until).position() - 1)
            cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
            cursor.removeSelectedText()
            self.end = until
            self._lay_rows(until - 1, until)
            return taken
        since = min(self.end - 1, self._reach(self.first, STEP, 1))
        taken = since - self.first
        fitting = self._set(since)
        cursor.beginEditBlock()
        cursor.setPosition(self.block(since).position(), QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        cursor.setPosition(0)
        cursor.setBlockFormat(fitting.block)  # Qt leaves the removed block's format on the one that moved up
        cursor.setBlockCharFormat(fitting.text)
        cursor.endEditBlock()
        self.first = since
        self._lay_rows(since, since + 1)
        return taken

    def block(self, index: int) -> QTextBlock:
        """The document's block for a block of the content that is in the window."""
        return self.document.findBlockByNumber(index - self.first)

    def index(self, block: QTextBlock) -> int:
        """The content's index of a block of the document."""
        return self.first + block.blockNumber()

    def position(self, offset: int) -> int:
        """The document's position of `offset`, or of the window's end that is nearer."""
        index = min(max(self.content.block_at(offset), self.first), self.end - 1)
        return self.block(index).position() + self.map(index).to_utf16(offset - self.content.starts[index])

    def offset(self, position: int) -> int:
        """The offset of a position of the document."""
        block = self.document.findBlock(position)
        index = self.index(block)
        return self.content.starts[index] + self.map(index).to_code_points(position - block.position())

    def nearest(self, offset: int) -> int:
        """`offset`, or the end of the window that is nearer to it."""
        low, high = self.range
        return min(max(low, offset), high)

    def map(self, index: int) -> Utf16:
        """The conversion of offsets within one block."""
        made = self._maps.get(index)
        if made is None:
            made = self._maps[index] = Utf16(self.content.blocks[index].text)
        return made

    def size(self, index: int) -> float:
        """The height of a block's font in pixels."""
        return self._set(index).size

    def _reach(self, block: int, characters: int, direction: int) -> int:
        """The block edge at least so many characters away, or the end of the content."""
        blocks = self.content.blocks
        while characters > 0 and 0 < block + (direction > 0) <= len(blocks):
            characters -= len(blocks[block if direction > 0 else block - 1].text) + 1
            block += direction
        return block

    def lead(self, index: int) -> float:
        """How many pixels above a block's place are its own: a picture, or the cells of a table's row."""
        return self._set(index).lead

    def picture(self, index: int) -> tuple[float, float] | None:
        """Width and height that a picture is shown in; None for one that cannot be shown."""
        natural = self._picture_size(self.content.blocks[index].image)
        if natural is None or not all(natural):
            return None
        zoom = self.formats.typography.zoom
        wide, high = natural[0] * zoom, natural[1] * zoom
        scale = min(1.0, self.formats.room / wide, self.formats.tall / high)
        return max(1.0, round(wide * scale)), max(1.0, round(high * scale))

    def columns(self, index: int) -> Columns:
        """The columns of the table that a row belongs to."""
        if index not in self._columns:
            blocks, start, end = self.content.blocks, index, index
            while start > 0 and blocks[start - 1].kind is BlockKind.TABLE_ROW:
                start -= 1
            while end < len(blocks) and blocks[end].kind is BlockKind.TABLE_ROW:
                end += 1
            formats = self.formats
            made = tables.columns(
                blocks[start:end],
                formats.cell_font(formats.cell_size),
                formats.cell_size,
                formats.room,
                max(formats.room, formats.reach),
                mirrored=formats.mirrored,
            )
            self._columns.update(dict.fromkeys(range(start, end), made))
        return self._columns[index]

    def separators(self, index: int) -> list[int]:
        """Where the cells of a row end, in Qt's units."""
        units = self.map(index)
        return [units.to_utf16(at) for at, sign in enumerate(self.content.blocks[index].text) if sign == "\t"]

    def keep_row(self, index: int) -> None:
        """Lay a row of a table out, if Qt has laid it out in its own way since."""
        layout = self.block(index).layout()
        where = self.columns(index)
        if not tables.is_laid(layout, where):
            tables.lay(layout, self.separators(index), where)

    def _lay_rows(self, start: int, end: int) -> None:
        blocks = self.content.blocks
        rows = [
            at for at in range(max(start, self.first), min(end, self.end)) if blocks[at].kind is BlockKind.TABLE_ROW
        ]
        if rows:
            self.document.documentLayout().documentSize()  # Qt's turn first: it would undo what is done before
        for index in rows:
            self.keep_row(index)

    def _set(self, index: int) -> Set:
        return self.formats.of(self.content, index, self._room(index))

    def _room(self, index: int) -> Room:
        kind = self.content.blocks[index].kind
        if kind not in _MEASURED:
            return NOTHING
        if index not in self._rooms:
            rooms = {BlockKind.TABLE_ROW: self._row_room, BlockKind.IMAGE: self._picture_room}
            self._rooms[index] = rooms.get(kind, self._heading_room)(index)
        return self._rooms[index]

    def _picture_room(self, index: int) -> Room:
        size, em, described = self.picture(index), self.formats.em, bool(self.content.blocks[index].text)
        if size is None:
            return Room(em * (0.9 if described else 3.2), framed=True)
        return Room(size[1] + (em * 0.45 if described else 0.0))

    def _heading_room(self, index: int) -> Room:
        size = smaller(self.content.blocks[index], self.formats)
        return Room(size=size) if size else NOTHING

    def _row_room(self, index: int) -> Room:
        """Measured apart, before the row is in the document: Qt must know its height to place what follows."""
        block, where = self.content.blocks[index], self.columns(index)
        fitting = self.formats.of(self.content, index, Room(0.0, where.size))
        layout = QTextLayout(block.text.translate(_IN_ROWS), fitting.text.font())
        option = QTextOption()
        option.setTextDirection(fitting.block.layoutDirection())
        layout.setTextOption(option)
        if block.styles:
            units = self.map(index)
            ranges = []
            for a, e, kinds, href in runs(len(block.text), block.styles):
                one = QTextLayout.FormatRange()
                one.start, one.length = units.to_utf16(a), units.to_utf16(e) - units.to_utf16(a)
                one.format = self.formats.styled(fitting, kinds, href) if kinds else fitting.text
                ranges.append(one)
            layout.setFormats(ranges)
        return Room(tables.lay(layout, self.separators(index), where), where.size)

    def _insert(self, cursor: QTextCursor, start: int, end: int, *, first: bool) -> None:
        for index in range(start, end):
            block, fitting = self.content.blocks[index], self._set(index)
            if first and index == start:
                cursor.setBlockFormat(fitting.block)
                cursor.setBlockCharFormat(fitting.text)
            else:
                cursor.insertBlock(fitting.block, fitting.text)
            text = block.text.translate(_IN_ROWS if block.kind is BlockKind.TABLE_ROW else _SHOWN)
            if not block.styles:
                cursor.insertText(text, fitting.text)
                continue
            for a, e, kinds, href in runs(len(text), block.styles):
                cursor.insertText(text[a:e], self.formats.styled(fitting, kinds, href) if kinds else fitting.text)
