"""How each kind of block is set: fonts, spacing and margins, as Qt's text formats."""

from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF, QTextBlockFormat, QTextCharFormat, QTextOption

from postil.view.look.contrast import mix
from postil.view.look.fonts import MONOSPACED
from postil.view.look.theme import Theme
from postil.view.page.typography import BOOKISH, MEASURES, Typography
from postil_db.records import Block, BlockKind, Content, Style, StyleKind

SIZE = 18
"""Height of the reading font in pixels at zoom 1."""
INDENT = 1.7
"""How far lists and quotes step in, in ems."""

_HEADINGS = {1: (1.85, 1.2), 2: (1.4, 1.25), 3: (1.17, 1.3)}
_JOINED = (BlockKind.LIST_ITEM, BlockKind.CODE, BlockKind.TABLE_ROW, BlockKind.QUOTE)
_FLOWING = (BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.LIST_ITEM)
_SAMPLE = "Anyone who reads for hours wants lines of an even, quiet length, neither long nor short; "


@dataclass(frozen=True, slots=True)
class Set:
    """The formats of one block."""

    block: QTextBlockFormat
    text: QTextCharFormat
    size: float


class Formats:
    """Makes and keeps the formats for one theme, typography and language.

    `byline`: room to leave below (or above) the title; `room`: width of the lines where the view is narrow.
    """

    def __init__(self, theme: Theme, typography: Typography = BOOKISH, language: str = "", byline: float = 0.0) -> None:
        self.theme, self.byline = theme, byline
        self.typography, self._leading = typography, typography.leading(language)
        self.em = SIZE * typography.zoom
        self.room = 0.0
        self.font = QFont(typography.family)
        self.font.setPixelSize(round(self.em))
        self.font.setFamilies(typography.families(language))
        self.mono = QFont()
        self.mono.setFamilies([*MONOSPACED, "monospace"])
        self.mono.setFixedPitch(True)
        self.paper = theme.color("page")
        self.link = theme.color("link")
        self.ink = theme.color("text")
        self.quiet = theme.color("faint")
        self._made: dict[tuple[object, ...], Set] = {}
        self._styled: dict[tuple[object, ...], QTextCharFormat] = {}

    @property
    def measure(self) -> int:
        """Characters in a full line."""
        return min(max(MEASURES[0], self.typography.measure), MEASURES[1])

    @property
    def column(self) -> float:
        """Width of a line of the full measure, in pixels."""
        return QFontMetricsF(self.font).horizontalAdvance(_SAMPLE) / len(_SAMPLE) * self.measure

    def of(self, content: Content, index: int, tabs: tuple[float, ...] = ()) -> Set:
        """The formats of a block where it stands: the first and last of a list or a code block have more air."""
        block = content.blocks[index]
        before = content.blocks[index - 1].kind if index else None
        after = content.blocks[index + 1].kind if index + 1 < len(content.blocks) else None
        top, bottom = self._joined(block, before), self._joined(block, after)
        key = (block.kind, block.level, top, bottom, index == 0, tabs)
        if key not in self._made:
            self._made[key] = self._make(block, joined=(top, bottom), first=index == 0, tabs=tabs)
        return self._made[key]

    def styled(self, base: Set, styles: frozenset[StyleKind], href: str) -> QTextCharFormat:
        """The format of a run with these styles inside a block set as `base`."""
        key = (base.size, base.text.fontWeight(), base.text.fontItalic(), styles, href)
        made = self._styled.get(key)
        if made is None:
            made = self._styled[key] = self._style(base, styles, href)
        return made

    def table_tabs(self, rows: list[Block]) -> tuple[float, ...]:
        """Where the columns of a table begin, in pixels."""
        font = QFont(self.font)
        font.setPixelSize(round(self.em * 0.88))
        metrics = QFontMetricsF(font)
        widths: list[float] = []
        for row in rows[:200]:
            for at, cell in enumerate(row.text.split("\t")):
                wide = min(metrics.horizontalAdvance(cell), self.column * 0.5) + self.em * 1.2
                if at == len(widths):
                    widths.append(wide)
                widths[at] = max(widths[at], wide)
        shrink = min(1.0, (self.room or self.column) / max(1.0, sum(widths)))
        return tuple(round(sum(widths[: at + 1]) * shrink, 1) for at in range(len(widths) - 1))

    @staticmethod
    def _joined(block: Block, neighbour: BlockKind | None) -> bool:
        return block.kind in _JOINED and block.kind is neighbour

    def _make(self, block: Block, *, joined: tuple[bool, bool], first: bool, tabs: tuple[float, ...]) -> Set:
        em, size, line, bold = self.em, self.em, self._leading, False
        top, bottom = 0.0, em * 0.8
        left = right = 0.0
        font, ink = QFont(self.font), self.ink
        match block.kind:
            case BlockKind.HEADING:
                scale, line = _HEADINGS.get(block.level, (1.0, 1.4))
                size, bold = em * scale, True
                top, bottom = em * (0.0 if first else 1.8 if block.level < 3 else 1.3), em * 0.65
            case BlockKind.LIST_ITEM:
                left = em * INDENT * (block.level + 1)
                bottom = em * (0.3 if joined[1] else 0.8)
            case BlockKind.QUOTE:
                left, right = em * INDENT * (block.level + 1), em * INDENT
                bottom = em * (0.5 if joined[1] else 0.9)
            case BlockKind.CODE:
                font, size, line = QFont(self.mono), em * 0.82, 1.55
                left = right = em * 0.9
                top = 0.0 if joined[0] else em * 1.1
                bottom = 0.0 if joined[1] else em * 1.5
            case BlockKind.TABLE_ROW:
                size, line = em * 0.88, 1.5
                top, bottom = em * 0.22, em * (0.22 if joined[1] else 1.0)
            case BlockKind.RULE:
                top = bottom = em * 0.6
            case _:
                pass
        if first:
            room = self.byline
            top, bottom = (top, bottom + room) if block.kind is BlockKind.HEADING else (top + room, bottom)
        font.setPixelSize(max(1, round(size)))
        font.setBold(bold)
        text = QTextCharFormat()
        text.setFont(font)
        text.setForeground(ink)
        spaced = QTextBlockFormat()
        spaced.setLineHeight(round(size * line), QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        spaced.setTopMargin(round(top))
        spaced.setBottomMargin(round(bottom))
        spaced.setLeftMargin(round(left))
        spaced.setRightMargin(round(right))
        if block.kind is BlockKind.HEADING:
            spaced.setHeadingLevel(min(6, max(1, block.level)))
        if self.typography.justified and block.kind in _FLOWING:
            spaced.setAlignment(Qt.AlignmentFlag.AlignJustify)
        if tabs:
            spaced.setTabPositions([QTextOption.Tab(at, QTextOption.TabType.LeftTab) for at in tabs])
        return Set(spaced, text, size)

    def _style(self, base: Set, styles: frozenset[StyleKind], href: str) -> QTextCharFormat:
        made = QTextCharFormat(base.text)
        if StyleKind.BOLD in styles:
            made.setFontWeight(QFont.Weight.Bold)
        if StyleKind.ITALIC in styles:
            made.setFontItalic(True)
        if StyleKind.CODE in styles:
            made.setFontFamilies([*MONOSPACED, "monospace"])
            made.setProperty(QTextCharFormat.Property.FontPixelSize, round(base.size * 0.86))
        if StyleKind.STRIKE in styles:
            made.setFontStrikeOut(True)
        if StyleKind.SUPER in styles:
            made.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSuperScript)
        elif StyleKind.SUB in styles:
            made.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSubScript)
        if href:
            made.setAnchor(True)
            made.setAnchorHref(href)
            made.setForeground(self.link)
            made.setFontUnderline(True)
            made.setUnderlineColor(mix(self.link, self.paper, 0.6))
        return made


def runs(length: int, styles: tuple[Style, ...]) -> list[tuple[int, int, frozenset[StyleKind], str]]:
    """Cut `length` characters wherever styles begin or end: (start, end, kinds, href), in order and without gaps."""
    edges = sorted({0, length} | {min(max(0, edge), length) for style in styles for edge in (style.start, style.end)})
    cut = []
    for start, end in pairwise(edges):
        here = [style for style in styles if style.start <= start and end <= style.end]
        href = next((style.href for style in here if style.kind is StyleKind.LINK), "")
        cut.append((start, end, frozenset(style.kind for style in here), href))
    return cut
