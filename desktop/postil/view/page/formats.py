"""How each kind of block is set: fonts, spacing and margins, as Qt's text formats."""

from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF, QTextBlockFormat, QTextCharFormat

from postil.view.look.contrast import mix
from postil.view.look.fonts import MONOSPACED
from postil.view.look.theme import Theme
from postil.view.page.direction import goes_left
from postil.view.page.typography import BOOKISH, MEASURES, Typography
from postil_db.records import Block, BlockKind, Content, Style, StyleKind

SIZE = 18
"""Height of the reading font in pixels at zoom 1."""
INDENT = 1.7
"""How far lists and quotes step in, in ems."""
ROW = 0.3
"""Room above and below the cells of a table's row, in ems."""
SMALL = 0.86
"""Size of captions and footnotes, in ems."""

HEADINGS = {1: (1.85, 1.2), 2: (1.4, 1.25), 3: (1.17, 1.3)}
_JOINED = (BlockKind.LIST_ITEM, BlockKind.CODE, BlockKind.TABLE_ROW, BlockKind.QUOTE, BlockKind.FOOTNOTE)
_FLOWING = (BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.LIST_ITEM, BlockKind.FOOTNOTE)
_SAMPLE = "Anyone who reads for hours wants lines of an even, quiet length, neither long nor short; "


@dataclass(frozen=True, slots=True)
class Set:
    """The formats of one block. `lead`: pixels above its first line that are its own: a picture, the cells of a row."""

    block: QTextBlockFormat
    text: QTextCharFormat
    size: float
    lead: float = 0.0


@dataclass(slots=True)
class _Spacing:
    """What a kind of block asks for, in pixels and heights of its font. `before`: the side where lines begin."""

    size: float
    line: float
    top: float = 0.0
    bottom: float = 0.0
    before: float = 0.0
    after: float = 0.0
    indent: float = 0.0
    lead: float = 0.0
    bold: bool = False
    faint: bool = False


@dataclass(frozen=True, slots=True)
class Room:
    """What a block holds besides lines of text: `lead` pixels high, set in type of `size` (0: as the others).

    `framed`: a picture that cannot be shown, with its description in a frame.
    """

    lead: float = 0.0
    size: float = 0.0
    framed: bool = False


NOTHING = Room()


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a block stands among its neighbours."""

    joined_before: bool
    joined_after: bool
    first: bool
    below_title: bool
    after_paragraph: bool
    before_paragraph: bool
    before_caption: bool
    after_panel: bool
    left: bool
    empty: bool


class Formats:
    """Makes and keeps the formats for one theme, typography and language.

    `byline`: room to leave below (or above) the title; `room`: width of the lines where the view is narrow; `reach`:
    what a wide table may take; `tall`: what a picture may take of the height of the view. `mirrored`: the document runs
    from right to left.
    """

    def __init__(
        self,
        theme: Theme,
        typography: Typography = BOOKISH,
        language: str = "",
        byline: float = 0.0,
        *,
        mirrored: bool = False,
    ) -> None:
        self.theme, self.byline, self.mirrored = theme, byline, mirrored
        self.typography, self.leading = typography, typography.leading(language)
        self._flush = typography.justified and typography.may_justify(language)
        self.em = SIZE * typography.zoom
        self.room = self.reach = self.tall = 0.0
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
        self.soft = mix(self.quiet, self.ink, 0.4)  # of captions: readable on every highlight, too
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

    def of(self, content: Content, index: int, room: Room = NOTHING) -> Set:
        """The formats of a block where it stands: the first and last of a list or a code block have more air."""
        block = content.blocks[index]
        before = content.blocks[index - 1].kind if index else None
        after = content.blocks[index + 1].kind if index + 1 < len(content.blocks) else None
        place = _Place(
            block.kind in _JOINED and block.kind is before,
            block.kind in _JOINED and block.kind is after,
            index == 0,
            index == 1 and before is BlockKind.HEADING,
            before is BlockKind.PARAGRAPH,
            after is BlockKind.PARAGRAPH,
            after is BlockKind.CAPTION,
            before in (BlockKind.CODE, BlockKind.IMAGE, BlockKind.QUOTE),
            goes_left(block.text, otherwise=self.mirrored) and block.kind is not BlockKind.CODE,
            not block.text,
        )
        key = (block.kind, block.level, place, room)
        if key not in self._made:
            self._made[key] = self._make(block, place, room)
        return self._made[key]

    def styled(self, base: Set, styles: frozenset[StyleKind], href: str) -> QTextCharFormat:
        """The format of a run with these styles inside a block set as `base`."""
        key = (base.size, base.text.fontWeight(), base.text.fontItalic(), styles, href)
        made = self._styled.get(key)
        if made is None:
            made = self._styled[key] = self._style(base, styles, href)
        return made

    def cell_font(self, size: float, *, bold: bool = False) -> QFont:
        """The font of a table's cells, `size` pixels high; its digits are of one width."""
        font = QFont(self.font)
        font.setPixelSize(max(1, round(size)))
        font.setBold(bold)
        font.setFeature(QFont.Tag("tnum"), 1)
        return font

    @property
    def cell_size(self) -> float:
        """Height of the font in tables where nothing asks for a smaller one."""
        return self.em * 0.88

    def _spacing(self, block: Block, place: _Place, room: Room) -> _Spacing:
        em = self.em
        asked = _Spacing(em, self.leading, bottom=em * 0.8)
        match block.kind:
            case BlockKind.PARAGRAPH if self.typography.indented:
                asked.indent = em * 1.4 if place.after_paragraph else 0.0
                asked.bottom = 0.0 if place.before_paragraph else em * 0.8
            case BlockKind.HEADING:
                scale, line = HEADINGS.get(block.level, (1.0, 1.4))
                above = 0.0 if place.first else 1.8 if block.level < 3 else 1.3
                asked = _Spacing(room.size or em * scale, line, em * above, em * 0.65, bold=True)
            case BlockKind.LIST_ITEM:
                asked.before = em * INDENT * (block.level + 1)
                asked.bottom = em * (0.3 if place.joined_after else 0.8)
            case BlockKind.QUOTE:
                asked.before, asked.after = em * INDENT * (block.level + 1), em * INDENT
                asked.bottom = em * (0.5 if place.joined_after else 0.9)
            case BlockKind.CODE:
                top, bottom = 0.0 if place.joined_before else em * 1.1, 0.0 if place.joined_after else em * 1.5
                asked = _Spacing(em * 0.82, 1.55, top, bottom, em * 0.9, em * 0.9)
            case BlockKind.TABLE_ROW | BlockKind.IMAGE:
                asked = self._led(block, place, room)
            case BlockKind.CAPTION:
                asked = _Spacing(em * SMALL, 1.45, 0.0, em * 1.3, faint=True)
            case BlockKind.FOOTNOTE:
                top = 0.0 if place.joined_before else em * 1.6
                bottom = em * (0.35 if place.joined_after else 0.9)
                asked = _Spacing(em * SMALL, self.leading, top, bottom, em * INDENT)
            case BlockKind.RULE:
                asked.top = asked.bottom = em * 0.6
        return asked

    def _led(self, block: Block, place: _Place, room: Room) -> _Spacing:
        """For what has something above its first line, which takes its margin."""
        em = self.em
        if block.kind is BlockKind.TABLE_ROW:
            pad = em * ROW
            above = 2 * pad if place.joined_before else pad + em * (1.5 if place.after_panel else 0.8)
            bottom = 0.0 if place.joined_after else pad + em * 1.1
            return _Spacing(room.size, 0.0, room.lead + above, bottom, lead=room.lead, bold=block.level > 0)
        aside = em * 0.9 if room.framed else 0.0
        above = em * (2.1 if place.after_panel else 0.9)
        bottom = em * (0.45 if place.before_caption else 1.2) + aside
        line = 0.0 if place.empty else 1.45
        return _Spacing(em * SMALL, line, room.lead + above, bottom, aside, aside, lead=room.lead, faint=True)

    def _make(self, block: Block, place: _Place, room: Room) -> Set:
        asked = self._spacing(block, place, room)
        if place.first:
            if block.kind is BlockKind.HEADING:
                asked.bottom += self.byline
            else:
                asked.top += self.byline
        elif place.below_title and asked.lead:
            asked.top += (
                self.byline
            )  # of two margins that meet Qt leaves the wider one: here, that with a picture in it
        if block.kind is BlockKind.TABLE_ROW:
            font = self.cell_font(asked.size, bold=asked.bold)
        else:
            font = QFont(self.mono if block.kind is BlockKind.CODE else self.font)
            font.setPixelSize(max(1, round(asked.size)))
            font.setBold(asked.bold)
        text = QTextCharFormat()
        text.setFont(font)
        text.setForeground(self.soft if asked.faint else self.ink)
        spaced = QTextBlockFormat()
        spaced.setLineHeight(round(asked.size * asked.line), QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        spaced.setTopMargin(round(asked.top))
        spaced.setBottomMargin(round(asked.bottom))
        left, right = (asked.after, asked.before) if place.left else (asked.before, asked.after)
        spaced.setLeftMargin(round(left))
        spaced.setRightMargin(round(right))
        spaced.setTextIndent(round(asked.indent))
        spaced.setLayoutDirection(Qt.LayoutDirection.RightToLeft if place.left else Qt.LayoutDirection.LeftToRight)
        if block.kind is BlockKind.HEADING:
            spaced.setHeadingLevel(min(6, max(1, block.level)))
        if self._flush and block.kind in _FLOWING:
            spaced.setAlignment(Qt.AlignmentFlag.AlignJustify)
        return Set(spaced, text, asked.size, asked.lead)

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
